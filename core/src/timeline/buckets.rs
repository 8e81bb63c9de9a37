//! Steps summed up over equal stretches of time.

use super::lanes::{Lane, Marker, Passage};

/// What happened in one stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The first step made in it; `u64::MAX` if none was.
    pub first_step: u64,
    /// Steps made in it, by lane.
    pub steps: [u32; Lane::COUNT],
    /// Nanoseconds that each lane's actor was busy. The card does several things at a time: its
    /// sum may exceed the stretch.
    pub busy_ns: [u64; Lane::COUNT],
    /// Steps of each marker.
    pub marks: [u32; Marker::COUNT],
    /// The first step of each marker, and when it was made; means nothing where there is none.
    pub first_marked: [(u64, u64); Marker::COUNT],
}

impl Bucket {
    /// Nothing happened.
    pub const EMPTY: Self = Self {
        first_step: u64::MAX,
        steps: [0; Lane::COUNT],
        busy_ns: [0; Lane::COUNT],
        marks: [0; Marker::COUNT],
        first_marked: [(u64::MAX, u64::MAX); Marker::COUNT],
    };

    /// Adds what happened in a later stretch.
    pub(super) fn absorb(&mut self, later: &Self) {
        self.first_step = self.first_step.min(later.first_step);
        for lane in 0..Lane::COUNT {
            self.steps[lane] += later.steps[lane];
            self.busy_ns[lane] += later.busy_ns[lane];
        }
        for marker in 0..Marker::COUNT {
            self.marks[marker] += later.marks[marker];
            self.first_marked[marker] = self.first_marked[marker].min(later.first_marked[marker]);
        }
    }
}

/// Equal stretches of time, side by side. Their number never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buckets {
    /// When the first begins, in ns since power-on.
    pub from_ns: u64,
    /// How long each is.
    pub width_ns: u64,
    /// All of them.
    pub list: Vec<Bucket>,
}

impl Buckets {
    /// So many empty ones, of that width.
    #[must_use]
    pub fn new(from_ns: u64, width_ns: u64, count: usize) -> Self {
        Self { from_ns, width_ns, list: vec![Bucket::EMPTY; count] }
    }

    /// When the last one ends.
    #[must_use]
    pub fn until_ns(&self) -> u64 {
        self.from_ns.saturating_add(self.width_ns.saturating_mul(self.list.len() as u64))
    }

    /// Which one a time lies in, if any.
    #[must_use]
    pub fn place(&self, at_ns: u64) -> Option<usize> {
        let place = usize::try_from(at_ns.checked_sub(self.from_ns)? / self.width_ns).ok()?;
        (place < self.list.len()).then_some(place)
    }

    /// Makes them wide enough to hold this time: two become one, as often as needed.
    pub fn grow_to(&mut self, at_ns: u64) {
        while at_ns >= self.until_ns() {
            let count = self.list.len();
            for place in 0..count {
                let pair = (self.list.get(2 * place).copied(), self.list.get(2 * place + 1));
                let (Some(mut one), Some(other)) = pair else {
                    self.list[place] = Bucket::EMPTY;
                    continue;
                };
                one.absorb(other);
                self.list[place] = one;
            }
            self.width_ns *= 2;
        }
    }

    /// Adds a step; what lies outside is left out.
    pub fn add(&mut self, passage: &Passage) {
        if let Some(place) = self.place(passage.at_ns) {
            let bucket = &mut self.list[place];
            bucket.first_step = bucket.first_step.min(passage.step);
            bucket.steps[passage.lane as usize] += 1;
            if let Some(marker) = passage.marker {
                let marker = marker as usize;
                bucket.marks[marker] += 1;
                let marked = (passage.step, passage.at_ns);
                bucket.first_marked[marker] = bucket.first_marked[marker].min(marked);
            }
        }
        let own = (passage.at_ns, passage.until_ns);
        self.each_overlap(own, |bucket, ns| bucket.busy_ns[passage.lane as usize] += ns);
        let task = passage.task as usize;
        if let Some(resumed) = passage.resumed {
            self.each_overlap(resumed, |bucket, ns| bucket.busy_ns[task] += ns);
        }
        if let Some((from, (lane, own_until), until)) = passage.cut {
            for (lane, cut) in [
                (lane as usize, (from, until.min(own_until))),
                (task, (from.max(own_until), until)),
            ] {
                // What began before these stretches were watched was never added.
                self.each_overlap(cut, |bucket, ns| {
                    bucket.busy_ns[lane] = bucket.busy_ns[lane].saturating_sub(ns);
                });
            }
        }
    }

    /// Each one that this time touches, with how much of it.
    fn each_overlap(&mut self, (from, until): (u64, u64), mut act: impl FnMut(&mut Bucket, u64)) {
        let (mut at, end) = (from.max(self.from_ns), until.min(self.until_ns()));
        while at < end {
            let place = (at - self.from_ns) / self.width_ns;
            let stop = end.min(self.from_ns + (place + 1) * self.width_ns);
            let place = usize::try_from(place).expect("within the list");
            act(&mut self.list[place], stop - at);
            at = stop;
        }
    }
}
