//! Which window of the timeline is shown, and what moves it.

use nicscope_core::session::Session;
use nicscope_core::timeline::Window;
use std::rc::Rc;

/// The shortest window, in ns: single steps are told apart in it.
const SPAN_LEAST: u64 = 64;
/// The longest window before anything is known, in ns.
const SPAN_UNKNOWN: u64 = 10_000;

/// How the window is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Half as long, around this time, or around the place of the run.
    Closer(Option<u64>),
    /// Twice as long, likewise.
    Wider(Option<u64>),
    /// A quarter of its length towards the start.
    Earlier,
    /// A quarter of its length towards the end.
    Later,
    /// From the first frame to the end.
    Fit,
}

/// A window as it is shown; two are the same if they are the same publication.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What is in it.
    pub window: Rc<Window>,
    revision: u64,
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision && Rc::ptr_eq(&self.window, &other.window)
    }
}

/// The window of the timeline.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// None while it fits the run.
    chosen: Option<(u64, u64)>,
    /// It goes along when the place leaves it.
    follows: bool,
    /// What it was made from: its ends, and the last step that was surveyed.
    made_of: Option<((u64, u64), u64)>,
    seen: Option<Seen>,
}

impl Timeline {
    /// The place of the run was moved: the window is to show it.
    pub(super) fn follow(&mut self) {
        self.follows = true;
    }

    /// Changes the window.
    pub(super) fn look(&mut self, look: Look, session: &Session, first_ns: u64) {
        let (from, until) = self.between(session, first_ns);
        let (span, end) = (until - from, end(session, first_ns));
        let now_ns = session.machine().now;
        let inside = |at: &u64| (from..=until).contains(at);
        let around = |at: Option<u64>, long: u64| {
            let long = long.clamp(SPAN_LEAST, end.max(SPAN_LEAST));
            let at = at.or(Some(now_ns)).filter(inside).unwrap_or(from + span / 2);
            // What stands there stays there.
            let part = u128::from(at - from) * u128::from(long) / u128::from(span);
            let start = at.saturating_sub(u64::try_from(part).unwrap_or(0));
            let start = start.min(end.saturating_sub(long));
            (start, start + long)
        };
        self.follows = false;
        self.chosen = match look {
            Look::Closer(at) => Some(around(at, span / 2)),
            Look::Wider(at) => Some(around(at, span * 2)),
            Look::Earlier => {
                Some((from.saturating_sub(span / 4), from.saturating_sub(span / 4) + span))
            }
            Look::Later => {
                let start = (from + span / 4).min(end.saturating_sub(span).max(from));
                Some((start, start + span))
            }
            Look::Fit => None,
        };
    }

    /// What is to be shown; made anew only if something about it changed.
    pub(super) fn seen(&mut self, session: &Session, first_ns: u64) -> Seen {
        let now_ns = session.machine().now;
        if let Some((from, until)) = self.chosen
            && self.follows
            && !(from..until).contains(&now_ns)
        {
            let start = now_ns.saturating_sub((until - from) / 8);
            self.chosen = Some((start, start + (until - from)));
        }
        let made_of = (self.between(session, first_ns), session.surveyed().0);
        if let Some(seen) = self.seen.as_ref().filter(|_| self.made_of == Some(made_of)) {
            return seen.clone();
        }
        let revision = self.seen.as_ref().map_or(0, |seen| seen.revision + 1);
        let seen = Seen { window: Rc::new(session.window(made_of.0)), revision };
        self.made_of = Some(made_of);
        self.seen = Some(seen.clone());
        seen
    }

    fn between(&self, session: &Session, first_ns: u64) -> (u64, u64) {
        self.chosen.unwrap_or_else(|| {
            let end = end(session, first_ns);
            (first_ns.saturating_sub((end - first_ns) / 50), end)
        })
    }
}

/// The end of what is known, with a little room.
fn end(session: &Session, first_ns: u64) -> u64 {
    let known = session.surveyed().1.max(first_ns + SPAN_UNKNOWN);
    known + (known - first_ns) / 50
}
