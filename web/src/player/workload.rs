//! What is run: a capture or a ready scenario, and the machine it runs on.

use nicscope_core::machine::Driver;
use nicscope_core::scenario::{CaptureError, Host, LIBRARY, Scenario, ScenarioName, Setup, hosts};
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
        let mut setup = Setup::of(self.driver);
        if let Some(ring) = self.ring {
            setup.choose("rx_ring", &ring.to_string()).expect("a size that the drivers take");
        }
        match &self.source {
            Source::Capture(capture) => setup.capture(&capture.bytes, Some(capture.host)),
            Source::Ready(name) => setup.ready(name).ok_or(CaptureError::NothingReceived),
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
