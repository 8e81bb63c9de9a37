//! How far one step goes.

use nicscope_core::timeline::Stop;

/// How far one step goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the stop of that name")]
pub enum Grain {
    #[default]
    Line,
    Function,
    Packet,
    Poll,
    Interrupt,
    Object,
}

impl Grain {
    /// All of them, the finest first.
    pub const ALL: [Self; 6] =
        [Self::Line, Self::Function, Self::Packet, Self::Poll, Self::Interrupt, Self::Object];

    /// Its name in ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Function => "function",
            Self::Packet => "packet",
            Self::Poll => "poll",
            Self::Interrupt => "interrupt",
            Self::Object => "object",
        }
    }

    /// Where a step of this size stops; for an object that is for the machine to say.
    pub(super) const fn stop(self) -> Option<Stop> {
        Some(match self {
            Self::Line => Stop::Line,
            Self::Function => Stop::Function,
            Self::Packet => Stop::Packet,
            Self::Poll => Stop::Poll,
            Self::Interrupt => Stop::Interrupt,
            Self::Object => return None,
        })
    }
}
