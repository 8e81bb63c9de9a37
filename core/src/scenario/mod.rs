//! What is put into the machine: settings, and the frames that the wire will deliver.

mod capture;
mod generator;
mod knobs;
mod library;
mod link;
mod parse;
mod pcapng;
mod setup;

pub use capture::{
    CaptureError, Digest, Host, digest, hosts, is_capture, read_capture, traffic_of,
};
pub use generator::{Generator, Protocol};
pub use knobs::{KNOBS, Knob, KnobError, Takes, set_knob, set_knobs};
pub use library::{LIBRARY, SHIPPED, ScenarioName, named};
pub use link::{Expected, LINK_MAX, Link, LinkError, LinkFault, LinkSource};
pub use parse::{Parsed, parse_frame};
pub use setup::Setup;

use crate::machine::{Driver, Settings, Traffic};
use serde::{Deserialize, Serialize};

/// Steps of a run at the most.
pub const STEPS_MAX: u64 = 200_000_000;

/// Everything that decides a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// The machine's settings.
    pub settings: Settings,
    /// What the wire delivers.
    pub traffic: Traffic,
}

impl Scenario {
    /// A driver's defaults, with this traffic.
    #[must_use]
    pub fn of(driver: Driver, traffic: Traffic) -> Self {
        Self { settings: Settings::of(driver), traffic }
    }
}
