//! Stepping by object: the steps whose lines may mean it are looked at one after the other.

use super::{Outcome, Session};
use crate::machine::{Machine, Traffic};
use crate::timeline::{Stop, StopSink, watch_steps, watched_step};
use crate::view::{ObjectId, Place, concerns};

/// A machine on its way, and the same one behind it: brought up to just before a step that is to be
/// looked at, it says how things were.
struct Trail<'a> {
    now: Machine,
    before: Machine,
    sink: StopSink,
    traffic: &'a Traffic,
    object: ObjectId,
}

impl<'a> Trail<'a> {
    fn from(start: &Machine, traffic: &'a Traffic, object: ObjectId) -> Self {
        let sink = StopSink::new(Stop::OfStruct(object.in_lines()));
        Self { now: start.clone(), before: start.clone(), sink, traffic, object }
    }

    /// One step on; none at the run's end, else whether the step concerns the object.
    fn step(&mut self) -> Option<bool> {
        if !watched_step(&mut self.now, self.traffic, &mut self.sink) {
            return None;
        }
        Some(std::mem::take(&mut self.sink.met) && self.concerns())
    }

    fn concerns(&mut self) -> bool {
        let behind = self.now.step - 1 - self.before.step;
        watch_steps(&mut self.before, self.traffic, behind, &mut StopSink::new(Stop::Line));
        let place = Place {
            machine: &self.now,
            before: &self.before,
            fact: self.sink.fact,
            traffic: self.traffic,
            explored: self.now.step,
            ended: false,
        };
        concerns(&place, self.object)
    }
}

impl Session {
    /// On to the next step that concerns the object; without one, the place stays.
    pub(super) fn next(&mut self, object: ObjectId) -> Outcome {
        let mut trail = Trail::from(&self.now, &self.scenario.traffic, object);
        let found = loop {
            match trail.step() {
                Some(false) => {}
                Some(true) => break Outcome::Moved,
                None => break Outcome::AtEnd,
            }
        };
        let step = trail.now.step;
        while self.reach(step) == Outcome::Unfinished {}
        if found == Outcome::Moved {
            self.place(step);
        }
        found
    }

    /// Back to the last step before this one that concerns the object, stretch by stretch; without
    /// one, the place stays.
    pub(super) fn previous(&mut self, object: ObjectId) -> Outcome {
        let mut limit = self.now.step;
        // A keyframe's own step is made in the stretch before it.
        while limit > 1 {
            let start = self.keyframes.nearest(limit - 2);
            let mut trail = Trail::from(start, &self.scenario.traffic, object);
            let (start, mut found) = (start.step, None);
            while trail.now.step + 1 < limit {
                if trail.step() == Some(true) {
                    found = Some(trail.now.step);
                }
            }
            if let Some(step) = found {
                self.place(step);
                return Outcome::Moved;
            }
            limit = start + 1;
        }
        Outcome::AtStart
    }
}
