//! The whole run in a bounded summary, and any window of it exactly.
//!
//! The survey follows the exploration with a machine of its own: it watches each step, where
//! exploring does not, and so costs exploring nothing.

use super::buckets::{Bucket, Buckets};
use super::keyframes::Keyframes;
use super::lanes::{Lane, Passage, Passes};
use crate::machine::{Machine, Traffic};

/// Stretches of the summary.
const BUCKETS: usize = 2_048;
/// Stretches of a window that is looked at exactly.
const COLUMNS: u64 = 512;
/// Steps of a window at the most for it to be made anew, exactly.
const EXACT_STEPS: u64 = 60_000;
/// Steps of a window at the most for each to be shown by itself.
const SINGLE_STEPS: usize = 700;

/// What the timeline knows of a run.
#[derive(Clone, Debug)]
pub struct Survey {
    passes: Passes,
    buckets: Buckets,
}

/// A window of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Where it begins, in ns since power-on.
    pub from_ns: u64,
    /// Where it ends.
    pub until_ns: u64,
    /// What happened in it; they may begin before it and end behind it.
    pub buckets: Buckets,
    /// Each step, where they are few.
    pub passages: Vec<Passage>,
}

impl Survey {
    /// Of a run that has not begun.
    #[must_use]
    pub fn new(start: Machine) -> Self {
        // It begins so fine that the first frame's way is seen, and doubles from there.
        Self { passes: Passes::of(start), buckets: Buckets::new(0, 64, BUCKETS) }
    }

    /// The last step that it knows.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.passes.machine().step
    }

    /// When that was made.
    #[must_use]
    pub fn until_ns(&self) -> u64 {
        self.passes.machine().now
    }

    /// The summary of all of it.
    #[must_use]
    pub fn buckets(&self) -> &Buckets {
        &self.buckets
    }

    /// Goes on to `step`, by so many steps at the most.
    pub fn follow(&mut self, traffic: &Traffic, step: u64, most: u64) {
        let goal = step.min(self.passes.machine().step + most);
        while self.passes.machine().step < goal {
            let Some(passage) = self.passes.pass(traffic) else { break };
            // Busy beyond the end counts too: the stretch must hold it.
            let until = passage.resumed.map_or(passage.until_ns, |resumed| resumed.1);
            self.buckets.grow_to(until.max(passage.at_ns));
            self.buckets.add(&passage);
        }
    }

    /// The window between two times; exactly, if it is not too long.
    #[must_use]
    pub fn window(
        &self,
        keyframes: &Keyframes,
        traffic: &Traffic,
        (from_ns, until_ns): (u64, u64),
    ) -> Window {
        let until_ns = until_ns.max(from_ns + 1);
        let steps = self.within(from_ns, until_ns).flat_map(|bucket| bucket.steps);
        if steps.map(u64::from).sum::<u64>() > EXACT_STEPS {
            return Window {
                from_ns,
                until_ns,
                buckets: self.summary(from_ns, until_ns),
                passages: Vec::new(),
            };
        }
        let width_ns = (until_ns - from_ns).div_ceil(COLUMNS);
        let count = (until_ns - from_ns).div_ceil(width_ns);
        let count = usize::try_from(count).expect("few");
        let mut buckets = Buckets::new(from_ns, width_ns, count);
        let mut passages = Vec::new();
        let mut passes = Passes::of(keyframes.before_time(from_ns).clone());
        while passes.machine().step < self.passes.machine().step {
            let Some(passage) = passes.pass(traffic) else { break };
            // The last stretch may end behind the window.
            if passage.at_ns >= buckets.until_ns() {
                break;
            }
            buckets.add(&passage);
            let inside = passage.until_ns >= from_ns && passage.at_ns < until_ns;
            if inside && passages.len() <= SINGLE_STEPS {
                passages.push(passage);
            }
        }
        if passages.len() > SINGLE_STEPS {
            passages.clear();
        }
        Window { from_ns, until_ns, buckets, passages }
    }

    /// The step of a lane that is made nearest to a time, if the lane has any.
    #[must_use]
    pub fn nearest(
        &self,
        keyframes: &Keyframes,
        traffic: &Traffic,
        lanes: &[Lane],
        at_ns: u64,
    ) -> Option<u64> {
        let list = &self.buckets.list;
        let here = self.buckets.place(at_ns).unwrap_or(list.len() - 1);
        let has = |place: &usize| lanes.iter().any(|lane| list[*place].steps[*lane as usize] > 0);
        let before = (0..here).rev().find(has);
        let after = (here + 1..list.len()).find(has);
        let places = [before, Some(here).filter(has), after];
        let mut best: Option<(u64, u64)> = None;
        for place in places.into_iter().flatten() {
            let first = list[place].first_step;
            let later = list[place + 1..].iter().map(|bucket| bucket.first_step);
            let last = later.min().unwrap_or(u64::MAX).min(self.passes.machine().step + 1);
            let mut passes = Passes::of(keyframes.nearest(first - 1).clone());
            while passes.machine().step + 1 < last {
                let Some(passage) = passes.pass(traffic) else { break };
                if !lanes.contains(&passage.lane) {
                    continue;
                }
                let past = at_ns.saturating_sub(passage.until_ns.max(passage.at_ns + 1) - 1);
                let away = past.max(passage.at_ns.saturating_sub(at_ns));
                if best.is_none_or(|(least, _)| away < least) {
                    best = Some((away, passage.step));
                }
            }
        }
        best.map(|(_, step)| step)
    }

    /// The stretches that a time touches.
    fn within(&self, from_ns: u64, until_ns: u64) -> impl Iterator<Item = &Bucket> {
        let width_ns = self.buckets.width_ns;
        let index = |at: u64| usize::try_from(at / width_ns).unwrap_or(usize::MAX).min(BUCKETS);
        let (first, end) = (index(from_ns), index(until_ns - 1).saturating_add(1).min(BUCKETS));
        self.buckets.list[first..end.max(first)].iter()
    }

    /// A window of the summary.
    fn summary(&self, from_ns: u64, until_ns: u64) -> Buckets {
        let width_ns = self.buckets.width_ns;
        Buckets {
            from_ns: from_ns / width_ns * width_ns,
            width_ns,
            list: self.within(from_ns, until_ns).copied().collect(),
        }
    }
}
