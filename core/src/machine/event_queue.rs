//! What the hardware will do, in order of time; ties go by order of entry.

use super::call_frame::CallFrame;
use serde::{Deserialize, Serialize};

/// A hardware activity that continues at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: u64,
    /// Which of two at the same moment comes first.
    pub sequence: u64,
    /// What.
    pub frame: CallFrame,
}

/// The events to come.
///
/// A handful at a time, so a sorted list (latest first) beats a heap, and is plain to compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventQueue {
    events: Vec<Event>,
    sequence: u64,
}

impl EventQueue {
    /// When the next event is due; the end of time if there is none.
    #[must_use]
    #[inline]
    pub fn due(&self) -> u64 {
        self.events.last().map_or(u64::MAX, |event| event.at)
    }

    /// Enters an activity that continues at `at`.
    #[inline]
    pub fn push(&mut self, at: u64, frame: CallFrame) {
        let event = Event { at, sequence: self.sequence, frame };
        self.sequence += 1;
        let mut place = self.events.len();
        while place > 0 && self.events[place - 1].at <= at {
            place -= 1;
        }
        self.events.insert(place, event);
    }

    /// Takes the next one.
    #[inline]
    pub fn pop(&mut self) -> Option<Event> {
        self.events.pop()
    }

    /// All events, next first.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use super::EventQueue;
    use crate::fact::{LineId, RoutineId};
    use crate::machine::{CallFrame, Context};

    fn frame(tag: u32) -> CallFrame {
        let line = LineId { routine: RoutineId::WireDeliver, line: 0 };
        CallFrame { line, entered_in: Context::Task, ends: false, locals: [tag, 0, 0, 0] }
    }

    #[test]
    fn events_at_the_same_moment_leave_in_the_order_they_came() {
        let mut queue = EventQueue::default();
        for (at, tag) in [(5, 1), (3, 2), (5, 3), (3, 4), (4, 5)] {
            queue.push(at, frame(tag));
        }
        let order: Vec<_> =
            std::iter::from_fn(|| queue.pop()).map(|event| event.frame.locals[0]).collect();
        assert_eq!(order, [2, 4, 5, 1, 3]);
        assert_eq!(queue.due(), u64::MAX);
    }
}
