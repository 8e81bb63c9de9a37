//! Stepping by what is followed: the steps whose lines may mean an object are looked at one after the
//! other; those of a packet say so.

use super::{Outcome, Session};
use crate::machine::{Machine, Traffic};
use crate::timeline::{Stop, StopSink, watch_steps, watched_step};
use crate::view::{Followed, Place, concerns};

/// A machine on its way, and the same one behind it: brought up to just before a step that is to be
/// looked at, it says how things were.
struct Trail<'a> {
    now: Machine,
    before: Machine,
    sink: StopSink,
    traffic: &'a Traffic,
    followed: Followed,
}

impl<'a> Trail<'a> {
    fn from(start: &Machine, traffic: &'a Traffic, followed: Followed) -> Self {
        let sink = StopSink::new(match followed {
            Followed::Object(id) => Stop::OfStruct(id.in_lines()),
            Followed::Packet(packet) => Stop::OfPacket(packet.0),
        });
        Self { now: start.clone(), before: start.clone(), sink, traffic, followed }
    }

    /// One step on; none at the run's end, else whether the step is about what is followed.
    fn step(&mut self) -> Option<bool> {
        if !watched_step(&mut self.now, self.traffic, &mut self.sink) {
            return None;
        }
        Some(std::mem::take(&mut self.sink.met) && self.concerns())
    }

    fn concerns(&mut self) -> bool {
        let Followed::Object(object) = self.followed else { return true };
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
        concerns(&place, object)
    }
}

impl Session {
    /// On to the next step that is about it; without one, the place stays.
    pub(super) fn next(&mut self, followed: Followed) -> Outcome {
        let mut trail = Trail::from(&self.now, &self.scenario.traffic, followed);
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

    /// Back to the last step before this one that is about it, stretch by stretch; without one, the
    /// place stays.
    pub(super) fn previous(&mut self, followed: Followed) -> Outcome {
        let mut limit = self.now.step;
        // A keyframe's own step is made in the stretch before it.
        while limit > 1 {
            let start = self.keyframes.nearest(limit - 2);
            let mut trail = Trail::from(start, &self.scenario.traffic, followed);
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
