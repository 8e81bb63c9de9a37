//! A window of the timeline as rows: what is drawn in bulk, markers, and the times below.

use crate::timeline::{Bucket, Lane, Marker, Passage, Window};
use std::fmt::Write;

/// Between two markers of a kind, at the least.
const CELL: i32 = 36;
/// Between two times, at the least.
const TICK: i32 = 130;

/// A row of the timeline: one lane, or several that share it.
pub type Row = &'static [Lane];

/// A row for each actor, and for each context of the CPU.
pub const ROWS: [Row; 7] = [
    &[Lane::Wire],
    &[Lane::Nic],
    &[Lane::Bus],
    &[Lane::Hardirq],
    &[Lane::Softirq, Lane::Napi, Lane::Stack],
    &[Lane::Task],
    &[Lane::Application],
];

/// The markers that are drawn; the others are plain from the lanes.
pub const DRAWN: [Marker; 5] =
    [Marker::CardDrop, Marker::Rearm, Marker::Budget, Marker::Merge, Marker::Drop];

/// What stands at a place of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// One step.
    Step(Passage),
    /// Several steps, and how long they took, in hundredths of the stretch.
    Steps(u32, u64),
    /// None.
    Nothing,
}

/// What stands at a place of a row: the step that is drawn over it, or the steps near it.
#[must_use]
pub fn stands(window: &Window, row: Row, x: i32, width: i32) -> Stands {
    let at_ns = time_at(window, x, width);
    if !window.passages.is_empty() {
        let own = window.passages.iter().rev().filter(|passage| row.contains(&passage.lane));
        let mut near = own.filter(|passage| {
            let from = x_of(window, passage.at_ns, width);
            let until = x_of(window, passage.until_ns, width).max(from + 2);
            (from - 1..=until).contains(&x)
        });
        return near.next().map_or(Stands::Nothing, |passage| Stands::Step(*passage));
    }
    let buckets = &window.buckets;
    // As wide as a finger's tip is sure of.
    let reach = time_at(window, 2, width) - window.from_ns;
    let first = at_ns.saturating_sub(reach).max(buckets.from_ns);
    let places = buckets.place(first).unwrap_or(0)
        ..=buckets.place(at_ns.saturating_add(reach)).unwrap_or(buckets.list.len() - 1);
    let near = &buckets.list[places];
    let each = |bucket: &Bucket| row.iter().map(|lane| bucket.steps[*lane as usize]).sum::<u32>();
    let busy = |bucket: &Bucket| row.iter().map(|lane| bucket.busy_ns[*lane as usize]).sum::<u64>();
    let (count, busy_ns) = (near.iter().map(each).sum(), near.iter().map(busy).sum::<u64>());
    if count == 0 && busy_ns == 0 {
        return Stands::Nothing;
    }
    Stands::Steps(count, (busy_ns * 100 / (buckets.width_ns * near.len() as u64)).min(100))
}

/// One marker, or several of a kind that lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it marks.
    pub marker: Marker,
    /// Where it stands.
    pub x: i32,
    /// How many.
    pub count: u32,
    /// The step of the first.
    pub step: u64,
    /// When the first was made, in ns since power-on.
    pub at_ns: u64,
}

/// Where a time stands in a window that is drawn so wide.
#[must_use]
pub fn x_of(window: &Window, at_ns: u64, width: i32) -> i32 {
    let at = at_ns.clamp(window.from_ns, window.until_ns) - window.from_ns;
    let span = u128::from(window.until_ns - window.from_ns);
    let x = u128::from(at) * u128::from(width.unsigned_abs()) / span;
    i32::try_from(x).unwrap_or(width)
}

/// The time that stands there.
#[must_use]
pub fn time_at(window: &Window, x: i32, width: i32) -> u64 {
    let span = u128::from(window.until_ns - window.from_ns);
    let (x, width) = (x.clamp(0, width).unsigned_abs(), width.max(1).unsigned_abs());
    let at = span * u128::from(x) / u128::from(width);
    window.from_ns + u64::try_from(at).unwrap_or(0)
}

/// What a row's actors did, as the data of a path whose base is at `bottom`: a bar is as high as
/// they were busy, or, where each step is shown, a full one for each.
#[must_use]
pub fn bars(window: &Window, row: Row, width: i32, (bottom, height): (i32, i32)) -> String {
    let mut data = String::new();
    let mut bar = |from: i32, until: i32, h: i32| {
        // Writing to a string cannot fail.
        let _ = write!(data, "M{from} {bottom}v-{h}h{}v{h}z", (until - from).max(1));
    };
    if !window.passages.is_empty() {
        let own = window.passages.iter().filter(|passage| row.contains(&passage.lane));
        for passage in own {
            let from = x_of(window, passage.at_ns, width);
            let until = x_of(window, passage.until_ns, width);
            // A gap tells two steps apart that follow each other.
            bar(from, (until - 1).max(from + 2), height);
        }
        return data;
    }
    let buckets = &window.buckets;
    let mut open: Option<(i32, i32, i32)> = None;
    for (place, bucket) in (0_u64..).zip(&buckets.list) {
        let from_ns = buckets.from_ns + place * buckets.width_ns;
        let from = x_of(window, from_ns, width);
        let until = x_of(window, from_ns + buckets.width_ns, width);
        let busy: u64 = row.iter().map(|lane| bucket.busy_ns[*lane as usize]).sum();
        let acted = row.iter().any(|lane| bucket.steps[*lane as usize] > 0);
        let share = busy.min(buckets.width_ns) * u64::from(height.unsigned_abs());
        let share = i32::try_from(share.div_ceil(buckets.width_ns)).unwrap_or(height);
        let h = if busy > 0 || acted { share.max(height / 3) } else { 0 };
        match &mut open {
            Some((_, end, high)) if *high == h && *end >= from => *end = until,
            _ => {
                if let Some((from, until, h)) = open.filter(|(.., h)| *h > 0) {
                    bar(from, until, h);
                }
                open = Some((from, until, h));
            }
        }
    }
    if let Some((from, until, h)) = open.filter(|(.., h)| *h > 0) {
        bar(from, until, h);
    }
    data
}

/// The markers, in order of time; those of a kind that would overlap stand as one.
#[must_use]
pub fn marks(window: &Window, width: i32) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut last: [Option<usize>; Marker::COUNT] = [None; Marker::COUNT];
    let buckets = &window.buckets;
    for (place, bucket) in (0_u64..).zip(&buckets.list) {
        let at_ns = buckets.from_ns + place * buckets.width_ns;
        for marker in DRAWN {
            let count = bucket.marks[marker as usize];
            if count == 0 {
                continue;
            }
            let x = x_of(window, at_ns, width);
            match last[marker as usize].map(|last| &mut marks[last]) {
                Some(mark) if x - mark.x < CELL => mark.count += count,
                _ => {
                    last[marker as usize] = Some(marks.len());
                    let (step, at_ns) = bucket.first_marked[marker as usize];
                    marks.push(Mark { marker, x, count, step, at_ns });
                }
            }
        }
    }
    marks
}

/// Round times, counted from `zero_ns`, with where they stand.
#[must_use]
pub fn ticks(window: &Window, zero_ns: u64, width: i32) -> Vec<(i32, u64)> {
    let most = u64::from((width / TICK).max(1).unsigned_abs());
    let span = window.until_ns - window.from_ns;
    let mut unit = 1;
    let every = loop {
        let found = [1, 2, 5].map(|times| times * unit).into_iter().find(|ns| span / ns <= most);
        if let Some(found) = found {
            break found;
        }
        unit *= 10;
    };
    let first = if window.from_ns >= zero_ns {
        zero_ns + (window.from_ns - zero_ns).div_ceil(every) * every
    } else {
        zero_ns - (zero_ns - window.from_ns) / every * every
    };
    let times = std::iter::successors(Some(first), |at| Some(at + every));
    times.take_while(|at| *at < window.until_ns).map(|at| (x_of(window, at, width), at)).collect()
}
