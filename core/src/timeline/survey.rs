//! The whole run in a bounded summary, and any window of it exactly.
//!
//! The survey follows the exploration with a machine of its own: it watches each step, where
//! exploring does not, and so costs exploring nothing.

use super::buckets::{Bucket, Buckets};
use super::keyframes::{HARDWARE_LINE_NS, Keyframes};
use super::lanes::{Lane, Marker, Passage, Passes};
use crate::machine::{Machine, Traffic};

/// Stretches of the summary.
const BUCKETS: usize = 8_192;
/// Stretches of a window that is looked at exactly.
const COLUMNS: u64 = 512;
/// Stretches at the most of a window that is taken from the summary.
const COLUMNS_SUMMED: usize = 1_024;
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
        // The hardware does several things at a time: one that began earlier may still go on.
        let reach = usize::try_from(HARDWARE_LINE_NS / self.buckets.width_ns + 1).unwrap_or(here);
        let near = here.saturating_sub(reach);
        let before = (0..near).rev().find(has);
        let after = (here + 1..list.len()).find(has);
        let places = before.into_iter().chain((near..=here).filter(has)).chain(after);
        let mut best: Option<(u64, u64)> = None;
        for place in places {
            self.each_in(keyframes, traffic, place, &mut |passage| {
                let past = at_ns.saturating_sub(passage.until_ns.max(passage.at_ns + 1) - 1);
                let away = past.max(passage.at_ns.saturating_sub(at_ns));
                if lanes.contains(&passage.lane) && best.is_none_or(|(least, _)| away < least) {
                    best = Some((away, passage.step));
                }
            });
        }
        best.map(|(_, step)| step)
    }

    /// The next step with one of these markers after `step`, or the last one before it; none if
    /// there is no further one.
    #[must_use]
    pub fn marked(
        &self,
        keyframes: &Keyframes,
        traffic: &Traffic,
        markers: &[Marker],
        (step, on): (u64, bool),
    ) -> Option<u64> {
        let list = &self.buckets.list;
        let has =
            |place: &usize| markers.iter().any(|marker| list[*place].marks[*marker as usize] > 0);
        let here = list.iter().rposition(|bucket| bucket.first_step <= step).unwrap_or(0);
        let other = if on { (here + 1..list.len()).find(has) } else { (0..here).rev().find(has) };
        let mut found = None;
        for place in Some(here).filter(has).into_iter().chain(other) {
            self.each_in(keyframes, traffic, place, &mut |passage| {
                let wanted =
                    if on { passage.step > step && found.is_none() } else { passage.step < step };
                if wanted && passage.marker.is_some_and(|marker| markers.contains(&marker)) {
                    found = Some(passage.step);
                }
            });
            if found.is_some() {
                break;
            }
        }
        found
    }

    /// Makes the steps of one stretch again.
    fn each_in(
        &self,
        keyframes: &Keyframes,
        traffic: &Traffic,
        place: usize,
        act: &mut dyn FnMut(&Passage),
    ) {
        let list = &self.buckets.list;
        let first = list[place].first_step;
        let later = list[place + 1..].iter().map(|bucket| bucket.first_step);
        let last = later.min().unwrap_or(u64::MAX).min(self.passes.machine().step + 1);
        let mut passes = Passes::of(keyframes.nearest(first - 1).clone());
        while passes.machine().step + 1 < last {
            let Some(passage) = passes.pass(traffic) else { break };
            if passage.step >= first {
                act(&passage);
            }
        }
    }

    /// The stretches that a time touches.
    fn within(&self, from_ns: u64, until_ns: u64) -> impl Iterator<Item = &Bucket> {
        let width_ns = self.buckets.width_ns;
        let index = |at: u64| usize::try_from(at / width_ns).unwrap_or(usize::MAX).min(BUCKETS);
        let (first, end) = (index(from_ns), index(until_ns - 1).saturating_add(1).min(BUCKETS));
        self.buckets.list[first..end.max(first)].iter()
    }

    /// A window of the summary; where it has many stretches, several of them are one.
    fn summary(&self, from_ns: u64, until_ns: u64) -> Buckets {
        let count = self.within(from_ns, until_ns).count();
        let together = count.div_ceil(COLUMNS_SUMMED).max(1);
        let width_ns = self.buckets.width_ns;
        let mut list: Vec<Bucket> = Vec::with_capacity(count / together + 1);
        for (place, bucket) in self.within(from_ns, until_ns).enumerate() {
            match list.last_mut() {
                Some(last) if place % together > 0 => last.absorb(bucket),
                _ => list.push(*bucket),
            }
        }
        Buckets {
            from_ns: from_ns / width_ns * width_ns,
            width_ns: width_ns * together as u64,
            list,
        }
    }
}
