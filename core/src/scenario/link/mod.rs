//! A moment of a run as text: what stands in an address behind `#`.
//!
//! `#1/scenario=stream&rx_ring=64&step=4711&state=0123456789abcdef`: the version of links, then
//! pairs. The source is `scenario`, or `capture` (one that the page brings) with `host`, or `file`
//! (the reader's own, by name) with `sha256` and `host`. Settings have the names of [`KNOBS`].
//! `object` is what the reader looks at (`skb15`, `desc0.3`, `packet3`), in the view's own words.
//! `state` is the machine's hash at `step`: where another version of the model comes to another
//! state there, that can be said. `lang` is read and never written.

mod escape;
mod read;

use super::{Digest, ScenarioName, Setup, Takes};
use crate::machine::Driver;
use escape::escaped;

/// The version of links that this one writes, and reads.
const VERSION: &str = "1";
/// Characters of a link at most, with its `#`.
pub const LINK_MAX: usize = 2_000;
/// Bytes of a file's name that a link keeps: as many as file systems do.
const NAME_MAX: usize = 255;

/// A moment of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where the frames come from.
    pub source: LinkSource,
    /// The machine.
    pub setup: Setup,
    /// The step; none is the moment before the first frame.
    pub step: Option<u64>,
    /// The machine's hash at that step.
    pub state: Option<u64>,
    /// What the reader looks at, as the view names it; it need not exist.
    pub object: Option<String>,
    /// The language that the link asks for, as a tag.
    pub language: Option<&'static str>,
}

/// Where a link's frames come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkSource {
    /// A ready scenario.
    Ready(ScenarioName),
    /// A capture that the page brings, by its file's name.
    Shipped {
        /// Its name.
        name: &'static str,
        /// Whose traffic is played; none is the host that received most.
        host: Option<[u8; 4]>,
    },
    /// A file of the reader's.
    File {
        /// Its name.
        name: String,
        /// What its SHA-256 begins with.
        digest: Digest,
        /// Whose traffic is played.
        host: Option<[u8; 4]>,
    },
}

/// Why a link was refused, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkError {
    /// Bytes of the link before what is wrong.
    pub at: usize,
    /// What is wrong.
    pub fault: LinkFault,
}

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// It does not begin like a link.
    NotALink,
    /// It is of another version of links.
    OtherVersion {
        /// Which.
        version: String,
    },
    /// It is longer than [`LINK_MAX`].
    TooLong {
        /// How long it is.
        length: usize,
    },
    /// A `%` is not followed by two hexadecimal digits, or the bytes are no text.
    BadEscape,
    /// A part is not a name with a value.
    NoValue {
        /// The part.
        part: String,
    },
    /// Nothing is named so.
    UnknownKey {
        /// The name.
        key: String,
    },
    /// A name stands a second time.
    Twice {
        /// The name.
        key: String,
    },
    /// A name does not take the value.
    BadValue {
        /// The name.
        key: String,
        /// The value.
        value: String,
        /// What it takes.
        expected: Expected,
    },
    /// It does not say what it needs to say.
    Missing {
        /// The name that is missing.
        key: &'static str,
    },
    /// It names something that does not go with its source.
    Unfit {
        /// The name.
        key: String,
    },
}

/// What a name of a link takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// What a setting takes.
    Setting(Takes),
    /// Sixteen hexadecimal digits.
    Digits,
    /// An IPv4 address.
    Address,
    /// A file's name.
    Name,
    /// The name of an object.
    Object,
}

impl Link {
    /// Reads a link, with or without its `#`.
    ///
    /// # Errors
    /// If it is not one, says what is wrong and where.
    pub fn read(text: &str) -> Result<Self, LinkError> {
        read::link(text)
    }

    /// What can still be read of a link that was refused: the rest of it without the parts that are
    /// wrong. It says no state, since the machine may be another one; none if no source is left.
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        let mut left = text.trim_end_matches('&').to_owned();
        loop {
            let wrong = match read::link(&left) {
                Ok(link) => return Some(Self { state: None, ..link }),
                Err(error) => error.at,
            };
            let start = left.find('/')? + 1;
            let (before, after) = left[start..].split_at_checked(wrong.checked_sub(start)?)?;
            let begin = start + before.rfind('&').map_or(0, |place| place + 1);
            let end = after.find('&').map_or(left.len(), |place| wrong + place + 1);
            if begin == end {
                return None;
            }
            left.replace_range(begin..end, "");
            left.truncate(left.trim_end_matches('&').len());
        }
    }

    /// The link, without its `#`: at most [`LINK_MAX`] characters.
    #[must_use]
    pub fn write(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let host = match &self.source {
            LinkSource::Ready(name) => {
                pairs.push(("scenario", (*name).to_owned()));
                None
            }
            LinkSource::Shipped { name, host } => {
                pairs.push(("capture", (*name).to_owned()));
                *host
            }
            LinkSource::File { name, digest, host } => {
                pairs.push(("file", escaped(&kept_name(name))));
                pairs.push(("sha256", format!("{:016x}", u64::from_be_bytes(*digest))));
                *host
            }
        };
        if let Some([a, b, c, d]) = host {
            pairs.push(("host", format!("{a}.{b}.{c}.{d}")));
        }
        if self.setup.driver() == Driver::Igb {
            pairs.push(("driver", "igb".to_owned()));
        }
        pairs.extend(self.setup.chosen().map(|(key, value)| (key, value.to_owned())));
        pairs.extend(self.step.map(|step| ("step", step.to_string())));
        pairs.extend(self.state.map(|state| ("state", format!("{state:016x}"))));
        pairs.extend(self.object.iter().map(|object| ("object", object.clone())));
        let pairs: Vec<String> =
            pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        format!("{VERSION}/{}", pairs.join("&"))
    }
}

/// A file's name as a link keeps it: never empty, without control characters, not too long.
fn kept_name(name: &str) -> String {
    let mut kept: String = name.chars().filter(|letter| !letter.is_control()).collect();
    kept.truncate(kept.floor_char_boundary(NAME_MAX));
    if kept.is_empty() { "-".to_owned() } else { kept }
}
