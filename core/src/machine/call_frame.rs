//! Call frames as data: what a CPU or a piece of hardware is in the middle of.

use crate::fact::{Described, LineId};
use serde::{Deserialize, Serialize};

/// A routine in progress: its next line and its local variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CallFrame {
    /// The line that runs next.
    pub line: LineId,
    /// `preempt_count`'s context bits when the routine was entered.
    pub entered_in: Context,
    /// It has nothing left to do: it returns when its callee does.
    pub ends: bool,
    /// The local variables, as the routine packs them.
    pub locals: [u32; 4],
}

const _: () = assert!(size_of::<CallFrame>() == 20);

impl CallFrame {
    /// A frame that is about to run the first line of `routine`.
    #[inline]
    pub(crate) fn of<R: Described>(routine: R) -> Self {
        Self::at(routine, R::FIRST)
    }

    /// A frame that is about to run `line` of `routine`.
    #[inline]
    pub(crate) fn at<R: Described>(routine: R, line: R::Line) -> Self {
        Self {
            line: LineId { routine: R::ID, line: line.into() },
            entered_in: Context::Task,
            ends: false,
            locals: routine.pack(),
        }
    }
}

/// Which kind of code a CPU runs, as `preempt_count` tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Context {
    /// A task, or code outside any interrupt section.
    Task,
    /// The bottom half.
    Softirq,
    /// The top half.
    Hardirq,
    /// An interrupt that landed while a softirq runs.
    HardirqInSoftirq,
}
