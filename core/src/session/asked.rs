//! What a session looks up only when it is asked: a run that nobody asks about has no machine for it.

use super::{Outcome, Rejection, Session};
use crate::timeline::Tally;
use crate::view::{ObjectId, Recall};

impl Session {
    /// How often lines, and by them members, were run up to [`Tally::step`]; none if nobody asked for it.
    #[must_use]
    pub fn tally(&self) -> Option<&Tally> {
        self.tally.as_ref()
    }

    /// What became of the member that was asked for last, up to [`Recall::step`]; none if nobody asked.
    #[must_use]
    pub fn recalled(&self) -> Option<&Recall> {
        self.recall.as_ref()
    }

    /// Counts on, or back.
    pub(super) fn count(&mut self, steps: u64) -> Outcome {
        let start = || Tally::new(self.keyframes.nearest(0).clone());
        let tally = self.tally.get_or_insert_with(start);
        tally.follow(&self.keyframes, &self.scenario.traffic, self.now.step, steps);
        if tally.step() == self.now.step { Outcome::AtEnd } else { Outcome::Unfinished }
    }

    /// Recalls on, or back, or another member.
    pub(super) fn recall(&mut self, object: ObjectId, path: &str, steps: u64) -> Outcome {
        let same = self.recall.take().filter(|recall| recall.is_of(object, path));
        let start = || self.keyframes.nearest(0).clone();
        let Some(mut recall) = same.or_else(|| Recall::new(start(), object, path)) else {
            return Outcome::Rejected(Rejection::NoSuchMember);
        };
        recall.follow(&self.keyframes, &self.scenario.traffic, self.now.step, steps);
        let done = recall.step() == self.now.step;
        self.recall = Some(recall);
        if done { Outcome::AtEnd } else { Outcome::Unfinished }
    }
}
