//! What is run: a capture or a ready scenario, and the machine it runs on.

use nicscope_core::machine::{Driver, Settings};
use nicscope_core::scenario::{
    CaptureError, Host, LIBRARY, Scenario, ScenarioName, hosts, named, read_capture,
};
use std::rc::Rc;

/// The ring sizes to choose from; the drivers take any multiple of 32 from 64 on.
pub const RINGS: [u16; 10] = [16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_160];
/// Sizes below what the drivers accept: they are there because one can see a whole lap.
pub const TEACHING_RINGS: [u16; 2] = [16, 32];

/// A capture file, and whose traffic in it is played.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub bytes: Rc<[u8]>,
    /// The addresses in it that received something, the busiest first.
    pub hosts: Rc<[Host]>,
    /// The one that is the simulated host.
    pub host: [u8; 4],
}

impl Capture {
    /// Reads a file; the host is the one that received most.
    ///
    /// # Errors
    /// If the file is not a readable capture, or nothing in it was received.
    pub fn read(name: String, bytes: Vec<u8>) -> Result<Self, CaptureError> {
        let hosts = hosts(&bytes)?;
        let busiest = hosts.first().ok_or(CaptureError::NothingReceived)?;
        Ok(Self { name, host: busiest.address, bytes: bytes.into(), hosts: hosts.into() })
    }
}

/// Where the frames come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A capture.
    Capture(Capture),
    /// A ready scenario.
    Ready(ScenarioName),
}

/// Everything that decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// Where the frames come from.
    pub source: Source,
    /// The driver.
    pub driver: Driver,
    /// The ring's size, if it is not the driver's or the scenario's own.
    pub ring: Option<u16>,
}

impl Workload {
    /// The scenario to run.
    ///
    /// # Errors
    /// If the capture holds nothing that its host received.
    pub fn scenario(&self) -> Result<Scenario, CaptureError> {
        let mut scenario = match &self.source {
            Source::Capture(capture) => {
                let traffic = read_capture(&capture.bytes, Some(capture.host))?;
                Scenario::of(self.driver, traffic)
            }
            Source::Ready(name) => {
                let (scenario, _) = named(name).ok_or(CaptureError::NothingReceived)?;
                Scenario { settings: self.for_driver(scenario.settings), ..scenario }
            }
        };
        if let Some(ring) = self.ring {
            scenario.settings.rx_ring = ring;
        }
        Ok(scenario)
    }

    /// A ready scenario's settings with what depends on the driver taken from the chosen one.
    fn for_driver(&self, settings: Settings) -> Settings {
        let (own, wanted) = (Settings::of(settings.driver), Settings::of(self.driver));
        Settings {
            driver: wanted.driver,
            itr_ns: wanted.itr_ns,
            intrl_ns: wanted.intrl_ns,
            rx_ring: if settings.rx_ring == own.rx_ring {
                wanted.rx_ring
            } else {
                settings.rx_ring
            },
            ..settings
        }
    }
}

/// The ready scenario of that name.
#[must_use]
pub fn ready(name: &str) -> Option<Source> {
    let name = LIBRARY.iter().find(|ready| **ready == name)?;
    Some(Source::Ready(name))
}

#[cfg(test)]
mod tests {
    use super::{Workload, ready};
    use nicscope_core::machine::Driver;

    #[test]
    fn a_ready_scenario_keeps_what_it_shows_with_the_other_driver() {
        let workload = |name, ring| Workload {
            source: ready(name).expect("in the library"),
            driver: Driver::Igb,
            ring,
        };
        let rings = |name, ring| workload(name, ring).scenario().map(|run| run.settings.rx_ring);
        assert_eq!(rings("ring-dry", None), Ok(64));
        assert_eq!(rings("generator", None), Ok(256));
        assert_eq!(rings("generator", Some(32)), Ok(32));
        assert!(ready("no-such").is_none());
    }
}
