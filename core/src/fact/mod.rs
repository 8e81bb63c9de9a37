//! What happened, and the table that says what each line of each routine does.
//!
//! A [`Fact`] is 16 bytes: which line ran, on which object, for which packet, when. Everything
//! else about it (subject, verb, what it reads and writes, source, cost) is static: the line's
//! [`LineInfo`].

mod describe;
mod routine_id;
mod sink;
mod vocabulary;

pub(crate) use describe::routine;
pub use describe::{Deed, Described, LineInfo, RoutineInfo, Traced};
pub use routine_id::RoutineId;
pub use sink::{CallEntry, NoSink, Sink};
pub use vocabulary::{Cost, Object, Subject, Verb};

use crate::units::PacketId;
use serde::{Deserialize, Serialize};

/// One line of one routine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineId {
    /// The routine.
    pub routine: RoutineId,
    /// Its line, from 0.
    pub line: u8,
}

/// One thing that happened: "the NIC writes back descriptor 7 of packet 12".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fact {
    /// When it was done, in nanoseconds since power-on.
    pub at: u64,
    /// The packet it was done for, or [`PacketId::NONE`].
    pub packet: PacketId,
    /// The line that did it.
    pub line: LineId,
    /// Which object of the line's kind: an index, or the value that the line states.
    pub object: u16,
}

const _: () = assert!(size_of::<Fact>() == 16);
