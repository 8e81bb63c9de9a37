//! `cargo xtask bench`: how fast the engine is, how heavy and how smooth the page. One line of JSON a figure.
//!
//! Benchmarks measure; they never fail on a time. Figures of one run can be compared with each
//! other; the machine's speed drifts, so native, wasm and the peers' workload take turns in it.

mod btf;
mod site;
mod wasm;

use crate::child;
use anyhow::{Result, ensure};
use nicscope_tests::bench::{Bench, PEER_EVENTS, SEEK_STEPS, SEEKS, peer_events};
use serde_json::json;
use std::time::Instant;
use wasm::{Answer, Wasm};

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only the page: its weight, and its figures in a browser
    #[arg(long)]
    page: bool,
    /// Only the structs: all layouts of a kernel, and the search in its names
    #[arg(long, conflicts_with = "page")]
    atlas: bool,
    /// Set by the command itself: it runs again in the release profile
    #[arg(long, hide = true)]
    released: bool,
}

/// Frames of the run whose speed is measured.
const PACKETS: u32 = 30_000;
/// Frames of the run that is sought in: enough for its ten million steps.
const SEEK_PACKETS: u32 = 65_000;
/// Rounds; the median of each figure counts, so that what else the machine does weighs little.
const ROUNDS: usize = 11;
/// Rounds of seeks; likewise.
const SEEK_ROUNDS: usize = 5;

/// Measures in the release profile, whatever profile the command was built in.
pub(crate) fn run(args: Args) -> Result<()> {
    if !args.released {
        let mut command = child::command("cargo");
        command.args(["run", "--quiet", "--locked", "--release", "-p", "xtask", "--"]);
        command.args(["bench", "--released"]);
        let only = [(args.page, "--page"), (args.atlas, "--atlas")];
        return child::run(command.args(only.iter().filter(|(is, _)| *is).map(|(_, only)| only)));
    }
    if args.page {
        return page();
    }
    if args.atlas {
        return atlas();
    }
    let mut wasm = Wasm::start()?;
    speed(&mut wasm)?;
    wasm.finish()?;
    atlas()?;
    // The memory figure is of a module that has done nothing else.
    let mut wasm = Wasm::start()?;
    seeks(&mut wasm)?;
    wasm.finish()?;
    page()
}

fn atlas() -> Result<()> {
    let mut wasm = Wasm::start()?;
    btf::layouts(&mut wasm)?;
    wasm.finish()?;
    btf::search()
}

fn page() -> Result<()> {
    site::build()?;
    site::weight()?;
    site::embeds()?;
    site::in_browser()
}

fn speed(wasm: &mut Wasm) -> Result<()> {
    let bench = Bench::new(PACKETS);
    wasm.ask(&format!("prepare {PACKETS}"))?;
    let (end, steps) = bench.plain();
    let names = [
        "steps_per_s_native",
        "steps_per_s_native_recorded",
        "peer_plain_loop_events_per_s",
        "steps_per_s_wasm",
        "steps_per_s_wasm_recorded",
        "peer_plain_loop_events_per_s_wasm",
    ];
    let mut figures = names.map(|name| (name, Vec::new()));
    for _ in 0..ROUNDS {
        let round = [
            natively(steps, || bench.plain().1)?,
            natively(steps, || bench.recorded())?,
            natively(PEER_EVENTS, peer_events)?,
            in_wasm(steps, wasm, "plain")?,
            in_wasm(steps, wasm, "recorded")?,
            in_wasm(PEER_EVENTS, wasm, "peer")?,
        ];
        for ((_, figures), figure) in figures.iter_mut().zip(round) {
            figures.push(figure);
        }
    }
    let figures = figures.map(|(name, figures)| (name, percentile(figures, 50)));
    for (name, figure) in figures {
        print(name, figure.round(), "1/s");
    }
    let per_packet = count(steps) / f64::from(PACKETS);
    print("packets_per_s_native", (figures[0].1 / per_packet).round(), "1/s");
    print("steps_per_packet", per_packet, "1");
    print("state_bytes", count(end.state_bytes()), "B");
    Ok(())
}

fn seeks(wasm: &mut Wasm) -> Result<()> {
    let explored = wasm.ask(&format!("explore {SEEK_PACKETS}"))?;
    ensure!(explored.value >= count(SEEK_STEPS), "the run has {} steps only", explored.value);
    print("explore10m_ms", explored.ms, "ms");
    let (mut p50, mut p99, mut bytes) = (Vec::new(), Vec::new(), 0.0);
    for _ in 0..SEEK_ROUNDS {
        let seeks = wasm.ask(&format!("seeks {SEEKS}"))?;
        p50.push(percentile(seeks.all.clone(), 50));
        p99.push(percentile(seeks.all, 99));
        bytes = seeks.bytes;
    }
    print("seek10m_p50_ms", percentile(p50, 50), "ms");
    print("seek10m_p99_ms", percentile(p99, 50), "ms");
    print("seek10m_memory_mb", bytes / f64::from(1 << 20), "MiB");
    Ok(())
}

/// How much a second of what `work` counts; all runs must count the same.
fn natively(expected: u64, work: impl Fn() -> u64) -> Result<f64> {
    let start = Instant::now();
    let done = work();
    let seconds = start.elapsed().as_secs_f64();
    ensure!(done == expected, "counted {done} instead of {expected}");
    Ok(count(done) / seconds)
}

/// The same of the function of that name in wasm.
fn in_wasm(expected: u64, wasm: &mut Wasm, work: &str) -> Result<f64> {
    let Answer { value, ms, .. } = wasm.ask(work)?;
    ensure!(value == count(expected), "{work} counted {value} in wasm instead of {expected}");
    Ok(value * 1_000.0 / ms)
}

fn percentile(mut figures: Vec<f64>, percent: usize) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures[figures.len() * percent / 100]
}

#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
fn count(count: u64) -> f64 {
    count as f64
}

fn print(name: &str, value: f64, unit: &str) {
    let value = (value * 1_000.0).round() / 1_000.0;
    println!("{}", json!({"name": name, "value": value, "unit": unit}));
}
