//! What `cargo xtask bench` measures, natively and in wasm: the work alone. Whoever calls this holds
//! the clock.

pub mod kernel;
mod peer;

pub use peer::{EVENTS as PEER_EVENTS, run as peer_events};

use nicscope_core::engine::{power_on, record_steps, run_steps};
use nicscope_core::machine::{Driver, Machine, Settings, Traffic};
use nicscope_core::scenario::{Generator, Scenario};
use nicscope_core::session::{Command, Session};

/// Steps of the run that is sought in.
pub const SEEK_STEPS: u64 = 10_000_000;
/// Seeks measured.
pub const SEEKS: u64 = 400;
/// Facts kept at a time: a window of 16 MiB, used again.
const WINDOW: u64 = 1 << 20;

/// The reference run: eight rings of 2,048, sixteen flows at about 7.5 Gbit/s, so many frames.
#[must_use]
pub fn reference(packets: u32) -> Scenario {
    let generator =
        Generator { packets, payload: 1_458, flows: 16, gap_ns: 1_600, ..Generator::default() };
    let settings = Settings { queues: 8, rx_ring: 2_048, ..Settings::of(Driver::Ice) };
    Scenario { settings, traffic: generator.traffic() }
}

/// A run that can be made again from the moment before its first frame.
#[derive(Debug)]
pub struct Bench {
    traffic: Traffic,
    ready: Machine,
}

impl Bench {
    /// The reference run with so many frames.
    #[must_use]
    pub fn new(packets: u32) -> Self {
        let scenario = reference(packets);
        let mut session = Session::new(scenario.clone());
        session.run(Command::ToFirstFrame);
        while session.step() == 0 {
            session.run(Command::ToFirstFrame);
        }
        let mut ready = power_on(scenario.settings, &scenario.traffic);
        run_steps(&mut ready, &scenario.traffic, session.step());
        Self { traffic: scenario.traffic, ready }
    }

    /// To the end without recording; the machine there, and how many steps it took.
    #[must_use]
    pub fn plain(&self) -> (Machine, u64) {
        let mut machine = self.ready.clone();
        let steps = run_steps(&mut machine, &self.traffic, u64::MAX);
        (machine, steps)
    }

    /// To the end with every fact kept for a while; how many steps it took.
    #[must_use]
    pub fn recorded(&self) -> u64 {
        let mut machine = self.ready.clone();
        let mut facts = Vec::with_capacity(usize::try_from(WINDOW).expect("fits"));
        while record_steps(&mut machine, &self.traffic, WINDOW, &mut facts) == WINDOW {
            facts.clear();
        }
        machine.step - self.ready.step
    }
}

/// The step of the seek of that number: all over the run, in no order.
#[must_use]
pub fn seek_target(number: u64) -> u64 {
    number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) % SEEK_STEPS
}
