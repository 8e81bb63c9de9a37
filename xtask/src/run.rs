//! `cargo xtask run`: the machine without a browser.

use anyhow::{Context, Result, bail};
use nicscope_core::engine::{power_on, run_steps};
use nicscope_core::machine::{Driver, Machine, Traffic};
use nicscope_core::scenario::{
    CaptureError, Generator, KNOBS, KnobError, LIBRARY, Scenario, named, read_capture, set_knobs,
};
use nicscope_core::session::STEPS_MAX;
use nicscope_core::view::{TotalsView, totals};
use serde_json::json;
use std::path::PathBuf;

/// Options of `cargo xtask run`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A capture file whose received frames are played
    #[arg(long, value_name = "FILE", conflicts_with = "scenario")]
    pcap: Option<PathBuf>,
    /// The host whose frames are played (default: the address that received most bytes)
    #[arg(long, value_name = "ADDRESS", requires = "pcap")]
    host: Option<std::net::Ipv4Addr>,
    /// A ready scenario (default: generator)
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// A setting, again for more
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// One line of JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Runs to the end and prints the figures.
pub(crate) fn run(args: Args) -> Result<()> {
    let scenario = scenario(&args)?;
    let mut machine = power_on(scenario.settings, &scenario.traffic);
    run_steps(&mut machine, &scenario.traffic, STEPS_MAX);
    let figures = figures(&machine, &scenario.traffic, totals(&machine));
    if args.json {
        println!("{figures}");
        return Ok(());
    }
    for (name, value) in figures.as_object().context("the figures are an object")? {
        match value.as_object() {
            None => {
                println!("{name:<24} {}", value.as_str().map_or(value.to_string(), str::to_owned))
            }
            Some(parts) if parts.is_empty() => println!("{name:<24} none"),
            Some(parts) => {
                println!("{name}");
                parts.iter().for_each(|(part, value)| println!("  {part:<22} {value}"));
            }
        }
    }
    Ok(())
}

fn scenario(args: &Args) -> Result<Scenario> {
    let (mut scenario, mut generator) = if let Some(path) = &args.pcap {
        let file =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let traffic = read_capture(&file, args.host.map(|host| host.octets()))
            .map_err(|error| anyhow::anyhow!("{}: {}", path.display(), explain(&error)))?;
        (Scenario::of(Driver::Ice, traffic), None)
    } else {
        let name = args.scenario.as_deref().unwrap_or("generator");
        let Some((scenario, generator)) = named(name) else {
            bail!("no scenario is named {name}; there are: {}", LIBRARY.join(", "));
        };
        (scenario, Some(generator))
    };
    let mut settings = Vec::new();
    for setting in &args.settings {
        let Some(pair) = setting.split_once('=') else {
            bail!("a setting is KEY=VALUE, not {setting}\n{}", possible());
        };
        settings.push(pair);
    }
    set_knobs(&mut scenario, generator.as_mut(), &settings).map_err(|error| refuse(&error))?;
    if let Some(generator) = generator {
        scenario.traffic = Generator::traffic(&generator);
    }
    Ok(scenario)
}

fn explain(error: &CaptureError) -> String {
    match error {
        CaptureError::NotACapture => {
            "this is not a pcap capture (its first bytes are no magic number of one)".to_owned()
        }
        CaptureError::NotEthernet { link_type } => {
            format!("its link type is {link_type}; only Ethernet (1) can be played")
        }
        CaptureError::CutShort { frame, offset } => {
            format!("it ends in the middle of frame {frame}, which begins at byte {offset}")
        }
        CaptureError::BadRecord { frame, offset } => {
            format!("the record of frame {frame}, at byte {offset}, is malformed")
        }
        CaptureError::NothingReceived => "no host received a frame in it".to_owned(),
        CaptureError::TooMany { limit } => format!("it holds more than {limit} frames"),
    }
}

fn refuse(error: &KnobError) -> anyhow::Error {
    match error {
        KnobError::Unknown { key } => {
            anyhow::anyhow!("there is no setting {key}\n{}", possible())
        }
        KnobError::BadValue { key, value, takes } => {
            anyhow::anyhow!("{key} does not take {value}: it takes {takes}")
        }
        KnobError::NoGenerator { key } => {
            anyhow::anyhow!("{key} belongs to the generator, and the traffic is a capture")
        }
    }
}

fn possible() -> String {
    let mut lines = String::from("settings:");
    for knob in KNOBS {
        lines.push_str(&format!("\n  {:<20} {:<44} {}", knob.key, knob.source(), knob.takes));
    }
    lines
}

fn figures(machine: &Machine, traffic: &Traffic, totals: TotalsView) -> serde_json::Value {
    let dropped: serde_json::Map<String, serde_json::Value> = totals
        .drops
        .iter()
        .map(|(reason, counter, count)| (format!("{} ({counter})", reason.name()), json!(count)))
        .collect();
    let per_poll = totals.polled.checked_mul(100).and_then(|work| work.checked_div(totals.polls));
    let per_poll = per_poll.unwrap_or(0);
    json!({
        "frames_in": traffic.frames.len(),
        "delivered": totals.delivered,
        "taken_by_tcp": totals.control,
        "dropped": dropped,
        "interrupts": totals.interrupts,
        "polls": totals.polls,
        "packets_per_poll": format!("{}.{:02}", per_poll / 100, per_poll % 100),
        "skbs_to_stack": totals.skbs_to_stack,
        "bytes_read": totals.bytes_read,
        "dma_reads": totals.dma.0,
        "dma_writes": totals.dma.1,
        "doorbells": totals.doorbells,
        "pages_reused": totals.pages.0,
        "pages_released": totals.pages.1,
        "simulated_ns": machine.now,
        "steps": machine.step,
        "state_hash": format!("{:016x}", machine.state_hash()),
    })
}
