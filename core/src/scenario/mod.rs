//! What is put into the machine: settings, and the frames that the wire will deliver.

mod capture;
mod generator;
mod knobs;
mod library;
mod parse;
mod pcapng;

pub use capture::{CaptureError, Host, hosts, read_capture, traffic_of};
pub use generator::{Generator, Protocol};
pub use knobs::{KNOBS, Knob, KnobError, set_knob};
pub use library::{LIBRARY, ScenarioName, named};
pub use parse::{Parsed, parse_frame};

use crate::machine::{Driver, Settings, Traffic};
use serde::{Deserialize, Serialize};

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
