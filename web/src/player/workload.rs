//! What is run: a capture or a ready scenario, and the machine it runs on.

use nicscope_core::scenario::{
    CaptureError, Digest, Host, LIBRARY, Link, LinkSource, Scenario, ScenarioName, Setup, digest,
    hosts,
};
use std::rc::Rc;

/// The ring sizes to choose from; the drivers take any multiple of 32 from 64 on.
pub const RINGS: [u16; 10] = [16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_160];
/// Sizes below what the drivers accept: they are there because one can see a whole lap.
pub const TEACHING_RINGS: [u16; 2] = [16, 32];

/// Where a capture comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The page brings it, under this name.
    Shipped(&'static str),
    /// It is the reader's; this is its digest.
    File(Digest),
}

/// A capture file, and whose traffic in it is played.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// The file's name.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its content.
    pub bytes: Rc<[u8]>,
    /// The addresses in it that received something, the busiest first.
    pub hosts: Rc<[Host]>,
    /// The one that is the simulated host.
    pub host: [u8; 4],
}

impl Capture {
    /// Reads a file of the reader's; the host is the one that received most.
    ///
    /// # Errors
    /// If the file is not a readable capture, or nothing in it was received.
    pub fn read(name: String, bytes: Vec<u8>) -> Result<Self, CaptureError> {
        let origin = Origin::File(digest(&bytes));
        Self::of(name, origin, bytes)
    }

    /// Reads a capture that the page brings.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn shipped(name: &'static str, bytes: Vec<u8>) -> Result<Self, CaptureError> {
        Self::of(name.to_owned(), Origin::Shipped(name), bytes)
    }

    fn of(name: String, origin: Origin, bytes: Vec<u8>) -> Result<Self, CaptureError> {
        let hosts = hosts(&bytes)?;
        let busiest = hosts.first().ok_or(CaptureError::NothingReceived)?;
        let host = busiest.address;
        Ok(Self { name, origin, host, bytes: bytes.into(), hosts: hosts.into() })
    }

    fn link(&self) -> LinkSource {
        match self.origin {
            Origin::Shipped(name) => {
                let busiest = self.hosts.first().map(|host| host.address);
                let host = (busiest != Some(self.host)).then_some(self.host);
                LinkSource::Shipped { name, host }
            }
            Origin::File(digest) => {
                LinkSource::File { name: self.name.clone(), digest, host: Some(self.host) }
            }
        }
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
    /// The machine.
    pub setup: Setup,
}

impl Workload {
    /// The scenario to run.
    ///
    /// # Errors
    /// If the capture holds nothing that its host received.
    pub fn scenario(&self) -> Result<Scenario, CaptureError> {
        match &self.source {
            Source::Capture(capture) => self.setup.capture(&capture.bytes, Some(capture.host)),
            Source::Ready(name) => self.setup.ready(name).ok_or(CaptureError::NothingReceived),
        }
    }

    /// A link to a step of it with the machine's hash there, or to before the first frame.
    #[must_use]
    pub fn link(&self, moment: Option<(u64, u64)>) -> Link {
        let source = match &self.source {
            Source::Capture(capture) => capture.link(),
            Source::Ready(name) => LinkSource::Ready(name),
        };
        let (step, state) = moment.unzip();
        Link { source, setup: self.setup.clone(), step, state, object: None, language: None }
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
    use super::{Capture, Source, Workload, ready};
    use nicscope_core::machine::Driver;
    use nicscope_core::scenario::{Link, Setup};

    const UDP_SMALL: &[u8] = include_bytes!("../../../static/captures/udp-small.pcap");

    #[test]
    fn a_link_names_the_source_and_a_file_by_its_content() {
        let link = |source| {
            let link = Workload { source, setup: Setup::of(Driver::Ice) }.link(Some((7, 255)));
            assert_eq!(Link::read(&link.write()).as_ref(), Ok(&link));
            link.write()
        };
        let moment = "step=7&state=00000000000000ff";
        let ready = link(ready("stream").expect("in the library"));
        assert_eq!(ready, format!("1/scenario=stream&{moment}"));
        let shipped = Capture::shipped("udp-small.pcap", UDP_SMALL.to_vec()).expect("a capture");
        let other = Capture { host: [192, 0, 2, 1], ..shipped.clone() };
        assert_eq!(link(Source::Capture(shipped)), format!("1/capture=udp-small.pcap&{moment}"));
        let named = format!("1/capture=udp-small.pcap&host=192.0.2.1&{moment}");
        assert_eq!(link(Source::Capture(other)), named);
        let file = Capture::read("my own.pcap".to_owned(), UDP_SMALL.to_vec()).expect("a capture");
        // The digest is what `sha256sum static/captures/udp-small.pcap` begins with.
        let file_link = link(Source::Capture(file));
        let named = "1/file=my%20own.pcap&sha256=89e450d3cb6daa31&host=192.0.2.2";
        assert_eq!(file_link, format!("{named}&{moment}"));
        assert!(super::ready("no-such").is_none());
    }
}
