//! What a reader may ask for, and why it may be refused.

use super::{Grain, Span, Workload};
use nicscope_core::fact::{LineId, RoutineId};
use nicscope_core::timeline::{Lane, Marker};
use nicscope_core::view::Followed;

/// What a reader asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// So many steps on, or back.
    Step(i32),
    /// To the next or the previous step of what is pinned; without that, of the packet in work.
    Follow(bool),
    /// To the next or the previous step of what is looked at.
    ToObject(bool),
    /// Play, or pause.
    Toggle,
    /// To the moment before the first frame.
    First,
    /// To the end.
    Last,
    /// To a step.
    To(u64),
    /// To a time, in ns since power-on.
    ToTime(u64),
    /// To the step of these lanes that is nearest to a time.
    ToLane(&'static [Lane], u64),
    /// To the next step with one of these markers, or to the previous one; from the last to the first.
    ToMarker(&'static [Marker], bool),
    /// To where this line is run next; from the end to the start.
    ToLine(LineId),
    /// To where this routine begins next; from the end to the start.
    ToRoutine(RoutineId),
    /// Another window of the timeline.
    Span(Span),
    /// How far a step goes.
    Grain(Grain),
    /// Which notch of the speed.
    Speed(usize),
    /// Another run.
    Open(Workload),
    /// Look at this until something else is asked for; at nothing: at the object of each step.
    Look(Option<Followed>),
}

impl Action {
    /// Whether it is about another place of the run, not about how that is shown.
    #[must_use]
    pub const fn moves(&self) -> bool {
        !matches!(self, Self::Span(_) | Self::Grain(_) | Self::Speed(_) | Self::Look(_))
    }
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The run has no such step; this is the last one.
    NoSuchStep(u64),
    /// Nothing more happens to what is followed, or nothing happened to it before.
    Nothing {
        /// On, not back.
        on: bool,
    },
    /// It happens nowhere in this run.
    Never,
}
