//! Which window of the timeline is shown, and what moves it.

use crate::browser::clock::now_ms;
use nicscope_core::session::Session;
use nicscope_core::timeline::Window;
use std::rc::Rc;

/// The shortest window, in ns: single steps are told apart in it.
const SPAN_LEAST: u64 = 64;
/// The longest window before anything is known, in ns.
const SPAN_UNKNOWN: u64 = 10_000;
/// Milliseconds between two pictures of a run that is still being made.
const GROWS_MS: f64 = 250.0;

/// How the window is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The timeline is on the page, or is no longer: what nobody sees is not made.
    Open(bool),
    /// So many thousandths of its length, around this time, or around the place of the run.
    Zoom(Option<u64>, u32),
    /// A quarter of its length towards the end, or towards the start.
    Shift(bool),
    /// Beginning at this time, as long as it is.
    From(u64),
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

/// What a window was made from.
#[derive(Clone, Copy, Debug)]
struct Made {
    between: (u64, u64),
    chosen: bool,
    /// How far the run was surveyed: the step and the time.
    surveyed: (u64, u64),
    at_ms: f64,
}

/// The window of the timeline.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    open: bool,
    /// None while it fits the run.
    chosen: Option<(u64, u64)>,
    /// It goes along when the place leaves it.
    follows: bool,
    made: Option<(Made, Seen)>,
}

impl Timeline {
    /// Whether it is on the page.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// The place of the run was moved: the window is to show it.
    pub(super) fn follow(&mut self) {
        self.follows = true;
    }

    /// Changes the window.
    pub(super) fn change(&mut self, change: Span, session: &Session, first_ns: u64) {
        let (from, until) = self.between(session, first_ns);
        let (span, end) = (until - from, end(session, first_ns));
        // No further than what is known.
        let begin = |start: u64| Some((start.min(end.saturating_sub(span)), span));
        let chosen = match change {
            Span::Open(open) => {
                self.open = open;
                return;
            }
            Span::Zoom(at, per_mille) => {
                let now_ns = session.machine().now;
                let inside = |at: &u64| (from..=until).contains(at);
                let at = at.or(Some(now_ns)).filter(inside).unwrap_or(from + span / 2);
                let long = scaled(span, per_mille.into(), 1_000).clamp(SPAN_LEAST, end);
                // What stands there stays there.
                let start = at.saturating_sub(scaled(at - from, long, span));
                Some((start.min(end - long), long))
            }
            Span::Shift(true) => begin(from + span / 4),
            Span::Shift(false) => begin(from.saturating_sub(span / 4)),
            // All of it is there: it goes on to grow with the run.
            Span::From(_) if self.chosen.is_none() => None,
            Span::From(start) => begin(start),
            Span::Fit => None,
        };
        self.follows = false;
        self.chosen = chosen.map(|(start, long)| (start, start + long));
    }

    /// What is to be shown; made anew only if something about it changed. None while nobody sees it.
    pub(super) fn seen(&mut self, session: &Session, first_ns: u64) -> Option<Seen> {
        if !self.open {
            return None;
        }
        let now_ns = session.machine().now;
        if let Some((from, until)) = self.chosen
            && self.follows
            && !(from..until).contains(&now_ns)
        {
            let start = now_ns.saturating_sub((until - from) / 8);
            self.chosen = Some((start, start + (until - from)));
        }
        if self.is_due(session, first_ns) {
            let between = self.between(session, first_ns);
            let revision = self.made.as_ref().map_or(0, |(_, seen)| seen.revision + 1);
            let window = Rc::new(session.window(between));
            let (chosen, surveyed) = (self.chosen.is_some(), session.surveyed());
            let made = Made { between, chosen, surveyed, at_ms: now_ms() };
            self.made = Some((made, Seen { window, revision }));
        }
        self.made.as_ref().map(|(_, seen)| seen.clone())
    }

    /// Whether what is seen is to be made anew; while the run grows, only a few times a second.
    pub(super) fn is_due(&self, session: &Session, first_ns: u64) -> bool {
        let Some((made, _)) = self.made.as_ref().filter(|_| self.open) else {
            return self.open;
        };
        let between = self.between(session, first_ns);
        let (chosen, step) = (self.chosen.is_some(), session.surveyed().0);
        if made.chosen != chosen || chosen && made.between != between {
            return true;
        }
        let same = made.surveyed.0 == step || chosen && made.surveyed.1 > between.1;
        let complete = session.explored() == (step, true);
        !same && (complete || now_ms() - made.at_ms >= GROWS_MS)
    }

    fn between(&self, session: &Session, first_ns: u64) -> (u64, u64) {
        self.chosen.unwrap_or_else(|| {
            let end = end(session, first_ns);
            (first_ns.saturating_sub((end - first_ns) / 50), end)
        })
    }
}

/// `value` times `by` over `of`.
fn scaled(value: u64, by: u64, of: u64) -> u64 {
    u64::try_from(u128::from(value) * u128::from(by) / u128::from(of)).unwrap_or(u64::MAX)
}

/// The end of what is known, with a little room.
fn end(session: &Session, first_ns: u64) -> u64 {
    let known = session.surveyed().1.max(first_ns + SPAN_UNKNOWN);
    known + (known - first_ns) / 50
}
