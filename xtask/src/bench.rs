//! `cargo xtask bench`: how fast the engine is. One line of JSON a figure.
//!
//! Benchmarks measure; they never fail on a time. Figures of one run can be compared with each
//! other; the machine's speed drifts between runs, so the peers' workload is run in the same one.

mod btf;
mod peer;

use crate::child;
use anyhow::Result;
use nicscope_core::engine::{power_on, record_steps, run_steps};
use nicscope_core::machine::{Driver, Machine, Settings, Traffic};
use nicscope_core::scenario::{Generator, Scenario};
use nicscope_core::session::{Command, Outcome, Session};
use serde_json::json;
use std::time::Instant;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Set by the command itself: it runs again in the release profile
    #[arg(long, hide = true)]
    released: bool,
}

/// Frames of the measured run.
const PACKETS: u32 = 30_000;
/// Seeks measured.
const SEEKS: u64 = 400;
/// Runs of each measurement; the median counts.
const RUNS: usize = 5;

/// Measures in the release profile, whatever profile the command was built in.
pub(crate) fn run(args: Args) -> Result<()> {
    if !args.released {
        let mut command = child::command("cargo");
        command.args(["run", "--quiet", "--locked", "--release", "-p", "xtask", "--"]);
        return child::run(command.args(["bench", "--released"]));
    }
    let scenario = reference();
    engine(&scenario);
    seeks(scenario);
    btf::layouts()?;
    print("peer_plain_loop_events_per_s", median(peer::events_per_s), "1/s");
    Ok(())
}

/// One queue of 2,048, one flow at 7.5 Gbit/s: what the model has of the reference run so far.
fn reference() -> Scenario {
    let generator =
        Generator { packets: PACKETS, payload: 1_458, gap_ns: 1_600, ..Generator::default() };
    Scenario { settings: Settings::of(Driver::Ice), traffic: generator.traffic() }
}

fn engine(scenario: &Scenario) {
    let traffic = &scenario.traffic;
    let ready = ready(scenario);
    let mut end = ready.clone();
    run_steps(&mut end, traffic, u64::MAX);
    let steps = end.step - ready.step;
    let per_s = |run: fn(&mut Machine, &Traffic)| {
        median(|| {
            let mut machine = ready.clone();
            let start = Instant::now();
            run(&mut machine, traffic);
            rate(machine.step - ready.step, start)
        })
    };
    let plain = per_s(|machine, traffic| {
        run_steps(machine, traffic, u64::MAX);
    });
    print("steps_per_s_native", plain, "1/s");
    let recorded = per_s(|machine, traffic| {
        // The window of facts is used again, as the timeline will.
        let mut facts = Vec::with_capacity(1 << 20);
        while record_steps(machine, traffic, 1 << 20, &mut facts) == 1 << 20 {
            facts.clear();
        }
    });
    print("steps_per_s_native_recorded", recorded, "1/s");
    print("packets_per_s_native", plain * u64::from(PACKETS) / steps, "1/s");
    print("steps_per_packet", steps / u64::from(PACKETS), "1");
    print("state_bytes", end.state_bytes(), "B");
}

/// The machine at the moment before its first frame.
fn ready(scenario: &Scenario) -> Machine {
    let mut session = Session::new(scenario.clone());
    session.run(Command::ToFirstFrame);
    let mut machine = power_on(scenario.settings, &scenario.traffic);
    run_steps(&mut machine, &scenario.traffic, session.step());
    machine
}

fn seeks(scenario: Scenario) {
    let mut session = Session::new(scenario);
    while session.run(Command::ToEnd) == Outcome::Unfinished {}
    let last = session.step();
    let mut times_us: Vec<u64> = (0..SEEKS)
        .map(|number| {
            // Steps spread over the run by a multiplicative sequence.
            let step = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % last;
            let start = Instant::now();
            session.run(Command::ToStep(step));
            u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
        })
        .collect();
    times_us.sort_unstable();
    print("seek_p50_us_native", times_us[times_us.len() / 2], "us");
    print("seek_p99_us_native", times_us[times_us.len() * 99 / 100], "us");
    print("seek_run_steps", last, "1");
}

fn rate(count: u64, start: Instant) -> u64 {
    let ns = start.elapsed().as_nanos().max(1);
    u64::try_from(u128::from(count) * 1_000_000_000 / ns).unwrap_or(u64::MAX)
}

fn median(mut measure: impl FnMut() -> u64) -> u64 {
    let mut figures: Vec<u64> = (0..RUNS).map(|_| measure()).collect();
    figures.sort_unstable();
    figures[RUNS / 2]
}

fn print(name: &str, value: u64, unit: &str) {
    println!("{}", json!({"name": name, "value": value, "unit": unit}));
}
