//! Where facts go. With [`NoSink`] recording costs nothing: the calls compile to nothing.

use super::{Fact, RoutineId};
use crate::units::CpuId;
use serde::{Deserialize, Serialize};

/// A routine was entered on a CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallEntry {
    /// The routine.
    pub routine: RoutineId,
    /// Where it runs.
    pub cpu: CpuId,
    /// How many frames lie below it: on the interrupt stack, or on its task's.
    pub depth: u32,
    /// Whether that is the interrupt stack.
    pub on_irq_stack: bool,
    /// `preempt_count` at entry: it decides the context's name.
    pub preempt_count: u32,
}

/// Receives what the machine states.
pub trait Sink {
    /// One thing happened.
    fn fact(&mut self, fact: Fact);
    /// A routine was entered.
    fn enter(&mut self, entry: CallEntry);
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSink;

impl Sink for NoSink {
    #[inline(always)]
    fn fact(&mut self, _: Fact) {}
    #[inline(always)]
    fn enter(&mut self, _: CallEntry) {}
}

impl Sink for Vec<Fact> {
    #[inline]
    fn fact(&mut self, fact: Fact) {
        self.push(fact);
    }
    #[inline(always)]
    fn enter(&mut self, _: CallEntry) {}
}
