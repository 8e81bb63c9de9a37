//! What became of one member of one object, step by step up to a place.

use super::object::Value;
use super::object_id::ObjectId;
use crate::fact::LineId;
use crate::machine::{Machine, Traffic};
use crate::timeline::{Keyframes, Stop, StopSink, watched_step};
use std::collections::VecDeque;

/// Changes that are shown: the last ones.
pub const CHANGES_SHOWN: usize = 100;
/// Changes that are kept: a place a little further back then has its last ones, too.
const CHANGES_KEPT: usize = 2 * CHANGES_SHOWN;

/// A change of a member's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The step that made it.
    pub step: u64,
    /// When, in ns since power-on.
    pub at_ns: u64,
    /// The line of that step; the table need not say that it writes the member.
    pub line: LineId,
    /// The value before; none if the member had none, as that of a free `sk_buff`.
    pub old: Option<Value>,
    /// The value after; none if it has none any more.
    pub new: Option<Value>,
}

/// The changes of one member's value from power-on to a step.
#[derive(Clone, Debug)]
pub struct Recall {
    object: ObjectId,
    path: &'static str,
    read: fn(&Machine, ObjectId) -> Option<Value>,
    machine: Machine,
    value: Option<Value>,
    turns: VecDeque<Turn>,
    count: u64,
}

impl Recall {
    /// Nothing has been recalled; `start` is the machine at power-on. None if the model does not hold
    /// such a member.
    #[must_use]
    pub fn new(start: Machine, object: ObjectId, path: &str) -> Option<Self> {
        let &(path, read) = object.kind.rows().find(|(found, _)| *found == path)?;
        let value = read(&start, object);
        let turns = VecDeque::new();
        Some(Self { object, path, read, machine: start, value, turns, count: 0 })
    }

    /// Whether it is about that member.
    #[must_use]
    pub fn is_of(&self, object: ObjectId, path: &str) -> bool {
        (self.object, self.path) == (object, path)
    }

    /// Up to which step it knows all changes.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.machine.step
    }

    /// How many changes there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The last changes, [`CHANGES_SHOWN`] at the most, in the order of their steps.
    pub fn turns(&self) -> impl DoubleEndedIterator<Item = &Turn> {
        self.turns.range(self.turns.len().saturating_sub(CHANGES_SHOWN)..)
    }

    /// Goes to `step`, which must be explored, by so many steps at the most; back at once where the last
    /// changes before it are still known, else anew from the start.
    pub fn follow(&mut self, keyframes: &Keyframes, traffic: &Traffic, step: u64, most: u64) {
        if step < self.machine.step {
            self.back(keyframes, traffic, step);
        }
        let goal = step.min(self.machine.step.saturating_add(most));
        let mut sink = StopSink::new(Stop::Line);
        while self.machine.step < goal && watched_step(&mut self.machine, traffic, &mut sink) {
            let new = (self.read)(&self.machine, self.object);
            if let (true, Some(fact)) = (new != self.value, sink.fact) {
                if self.turns.len() == CHANGES_KEPT {
                    self.turns.pop_front();
                }
                let (step, at_ns, old) = (self.machine.step, fact.at, self.value);
                self.turns.push_back(Turn { step, at_ns, line: fact.line, old, new });
                self.count += 1;
                self.value = new;
            }
        }
    }

    fn back(&mut self, keyframes: &Keyframes, traffic: &Traffic, step: u64) {
        let left = self.turns.partition_point(|turn| turn.step <= step);
        let count = self.count - (self.turns.len() - left) as u64;
        if left < CHANGES_SHOWN && count > left as u64 {
            self.machine.clone_from(keyframes.nearest(0));
            self.turns.clear();
            self.count = 0;
        } else {
            self.machine = keyframes.at(traffic, step);
            self.turns.truncate(left);
            self.count = count;
        }
        self.value = (self.read)(&self.machine, self.object);
    }
}
