//! The run over time: a lane for each actor, markers, and the place of the run among them.

mod field;
mod tools;

use super::words::{Words, use_words};
use crate::player::{Action, Seen, Span};
use crate::widgets::{Hook, HookContext, Part, on_change, part};
use nicscope_core::diagram::lanes::{ROWS, Row};
use nicscope_core::timeline::Marker;
use yew::prelude::*;

/// Height of a row, and of the times above them.
const ROW: i32 = 15;
const HEAD: i32 = 18;
const HEIGHT: i32 = HEAD + ROW * 7;
/// Width of the lanes' names, in pixels.
const NAMES: i32 = 96;

/// The run over time. It is made only while it is on the page.
#[derive(Clone, PartialEq)]
pub struct TimelineView {
    /// The window; none before it was asked for.
    pub seen: Option<Seen>,
    /// Where the run is.
    pub step: u64,
    /// How far it is known.
    pub explored: u64,
    /// When the last step was made.
    pub at_ns: u64,
    /// When the first frame arrives.
    pub first_ns: u64,
    /// Where to send what is asked.
    pub send: Callback<Action>,
}

impl Part for TimelineView {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        on_change(hooks, (), {
            let send = self.send.clone();
            move |()| move || send.emit(Action::Span(Span::Open(false)))
        });
        // Another run does not know yet that it is seen.
        on_change(hooks, self.seen.is_none(), {
            let send = self.send.clone();
            move |unseen| {
                if *unseen {
                    send.emit(Action::Span(Span::Open(true)));
                }
            }
        });
        let lanes = field::Lanes { place: self.clone(), words: words.clone() };
        let (seen, first_ns, send) = (self.seen.clone(), self.first_ns, self.send.clone());
        html! {
            <section class="timeline" aria-label={words.say("timeline-label")} data-testid="timeline">
                { part(lanes) }
                { part(tools::Tools { seen, first_ns, words, send }) }
            </section>
        }
    }
}

/// The row of a marker, from the top.
fn row_of(marker: Marker) -> i32 {
    let place = ROWS.iter().position(|row| row.contains(&marker.lane()));
    i32::try_from(place.unwrap_or(0)).unwrap_or(0)
}

/// The row at a height, if it is not the times' head.
fn row_at(y: i32) -> Option<Row> {
    let place = usize::try_from((y - HEAD).div_euclid(ROW)).ok()?;
    Some(ROWS[place.min(ROWS.len() - 1)])
}

/// What a row is called.
fn name(words: &Words, row: Row) -> AttrValue {
    words.say(&format!("lane-{}", row[0].id()))
}

/// A marker's outline around its letter.
const fn glyph(marker: Marker) -> &'static str {
    match marker {
        // Points down: something comes in.
        Marker::Arrival => "M-6-7H6V3L0 7-6 3z",
        Marker::CardDrop | Marker::Drop => "M-9 0L-4-7H4L9 0 4 7H-4z",
        // Points back: it is made ready again.
        Marker::Rearm => "M-9 0L-5-7H7V7H-5z",
        Marker::Interrupt => "M-6 7H6V-3L0-7-6-3z",
        Marker::Budget => "M-7-7H7V7H-7z",
        Marker::Merge => "M-8-7H8L5 7H-5z",
        // Points on: somebody goes on.
        Marker::Wakeup => "M9 0L5-7H-7V7H5z",
    }
}

/// A marker's glyph with its letter, around a point.
fn drawn(marker: Marker, x: i32, y: i32) -> Html {
    html! {
        <g class={classes!("mark", format!("mark-{}", marker.id()))}
            transform={format!("translate({x} {y})")}>
            <path d={glyph(marker)} />
            <text y="4.5" text-anchor="middle">{ marker.letter() }</text>
        </g>
    }
}
