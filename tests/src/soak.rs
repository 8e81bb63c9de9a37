//! Random machines and mutated captures, watched step by step, and mutated kernels, read to the last member:
//! `cargo xtask soak` runs many, the tests a few.

mod btf;
mod kernel;

pub use btf::Writer;
pub use kernel::{base, kernel, look, module};

use crate::random::{MTUS, scenario};
use nicscope_core::engine::invariant::check;
use nicscope_core::engine::{power_on, run_steps};
use nicscope_core::machine::Driver;
use nicscope_core::scenario::{Scenario, read_capture};
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// Captures that are mutated: all of the repository.
const CAPTURES: [&[u8]; 4] = [
    include_bytes!("../../static/captures/udp-small.pcap"),
    include_bytes!("../../static/captures/tcp-one-flow.pcap"),
    include_bytes!("../../static/captures/tcp-two-flows.pcap"),
    include_bytes!("../../static/captures/tcp-bidir.pcap"),
];
/// Frames of a capture that are kept.
const FRAMES: u32 = 24;

/// Watches the random machine of a seed for so many steps after its set-up; returns the steps made.
///
/// # Errors
/// What does not hold, at which step, in which machine.
pub fn machine(seed: u64, steps: u64) -> Result<u64, String> {
    watch(&scenario(&mut Pcg32::new(seed, 13)), steps)
}

/// Mutates a capture by a seed and, if it can still be read, watches a machine that receives it.
/// Returns the steps made: 0 if it was refused.
///
/// # Errors
/// As [`machine`].
pub fn capture(seed: u64, steps: u64) -> Result<u64, String> {
    let mut random = Pcg32::new(seed, 17);
    let mut below = |limit: usize| random.next_u32() as usize % limit;
    let whole = CAPTURES[below(CAPTURES.len())];
    let mut file = whole[..beginning(whole)].to_vec();
    for _ in 0..1 + below(8) {
        let at = below(file.len());
        match below(48) {
            0 => file.truncate(at.max(40)),
            1 => file.insert(at, u8::MAX),
            2 => drop(file.remove(at)),
            3 => file.extend_from_within(at..),
            _ => file[at] = [0, 1, 0x7f, 0x80, u8::MAX, file[at] ^ 1][below(6)],
        }
    }
    let Ok(traffic) = read_capture(&file, None) else {
        return Ok(0);
    };
    let driver = if below(2) == 0 { Driver::Ice } else { Driver::Igb };
    let mut scenario = Scenario::of(driver, traffic);
    scenario.settings.rx_ring = [16, 32, 64][below(3)];
    scenario.settings.mtu = MTUS[below(3)];
    watch(&scenario, steps)
}

/// Bytes of the first frames of a capture file.
fn beginning(file: &[u8]) -> usize {
    let mut end = 24;
    for _ in 0..FRAMES {
        let length = file[end + 8..end + 12].try_into().expect("four bytes");
        end += 16 + u32::from_le_bytes(length) as usize;
    }
    end
}

fn watch(scenario: &Scenario, steps: u64) -> Result<u64, String> {
    let traffic = &scenario.traffic;
    let mut machine = power_on(scenario.settings, traffic);
    let wrong = |step: u64, what: String| {
        format!("{what} at step {step}\n{:?}, {} frames", scenario.settings, traffic.frames.len())
    };
    while machine.arrived == 0 && run_steps(&mut machine, traffic, 16) == 16 {}
    let first = machine.step;
    while machine.step < first + steps && run_steps(&mut machine, traffic, 1) == 1 {
        check(&machine, traffic).map_err(|v| wrong(machine.step, format!("{v:?}")))?;
    }
    Ok(machine.step - first)
}
