//! The timeline's markers: each can be reached with the keyboard and leads to its step.

use super::format::since_first;
use super::timeline::{drawn, middle, placed, row_of};
use super::words::Words;
use crate::browser::{input, keyboard};
use crate::player::{Action, Seen};
use nicscope_core::diagram::lanes::Row;
use nicscope_core::timeline::Marker;
use yew::prelude::*;

/// A marker's outline around its letter.
pub(super) const fn glyph(marker: Marker) -> &'static str {
    match marker {
        // Points down: something comes in.
        Marker::Arrival => "M-6-6H6V3L0 7-6 3z",
        Marker::CardDrop | Marker::Drop => "M-8 0L-4-6H4L8 0 4 6H-4z",
        // Points back: it is made ready again.
        Marker::Rearm => "M-9 0L-4-6H6V6H-4z",
        Marker::Interrupt => "M-6 6H6V-3L0-7-6-3z",
        Marker::Budget => "M-6-6H6V6H-6z",
        Marker::Merge => "M-7-6H7L4 6H-4z",
        // Points on: somebody goes on.
        Marker::Wakeup => "M9 0L4-6H-6V6H4z",
    }
}

/// Properties of [`Marks`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MarksProps {
    pub(super) seen: Seen,
    pub(super) rows: &'static [Row],
    pub(super) plot: i32,
    pub(super) height: i32,
    pub(super) first_ns: u64,
    pub(super) words: Words,
    pub(super) send: Callback<Action>,
}

/// The markers of the window: one stop of the Tab key, arrows between them, Enter to go there.
#[component]
pub(super) fn Marks(props: &MarksProps) -> Html {
    let MarksProps { seen, rows, plot, height, first_ns, words, send } = props;
    let current = use_state_eq(|| 0_usize);
    let marks = placed(seen, *plot);
    if marks.is_empty() {
        return Html::default();
    }
    let here = (*current).min(marks.len() - 1);
    let onkeydown = {
        let (current, send, last) = (current.setter(), send.clone(), marks.len() - 1);
        let step = marks[here].step;
        Callback::from(move |event: KeyboardEvent| {
            let next = match keyboard::pressed(&event).as_deref() {
                Some("ArrowRight" | "ArrowDown") => (here + 1).min(last),
                Some("ArrowLeft" | "ArrowUp") => here.saturating_sub(1),
                Some("Home") => 0,
                Some("End") => last,
                Some("Enter" | " " | "Space") => {
                    event.prevent_default();
                    return send.emit(Action::To(step));
                }
                _ => return,
            };
            event.prevent_default();
            current.set(next);
            input::focus(&format!("#mark-{next}"));
        })
    };
    let options = marks.iter().enumerate().map(|(number, mark)| {
        let onclick = {
            let (current, send, step) = (current.setter(), send.clone(), mark.step);
            Callback::from(move |_: MouseEvent| {
                current.set(number);
                send.emit(Action::To(step));
            })
        };
        let name =
            words.fill(&format!("marker-{}", mark.marker.id()), [("count", mark.count.into())]);
        let time = since_first(mark.at_ns, *first_ns);
        let label = format!("{name}, {time}");
        let y = middle(row_of(rows, mark.marker));
        html! {
            <g key={number} id={format!("mark-{number}")} role="option" class="mark-option"
                tabindex={if number == here { "0" } else { "-1" }} aria-label={label.clone()}
                aria-selected={(number == here).to_string()} data-step={mark.step.to_string()}
                data-marker={mark.marker.id()} {onclick}>
                <title>{ label }</title>
                { drawn(mark.marker, mark.x, y) }
            </g>
        }
    });
    html! {
        <svg class="lane-marks" role="listbox" aria-label={words.say("timeline-markers")}
            aria-orientation="horizontal" viewBox={format!("0 0 {plot} {height}")}
            width={plot.to_string()} height={height.to_string()} {onkeydown}>
            { for options }
        </svg>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct LegendProps {
    pub(super) words: Words,
}

/// What each marker's shape and letter mean.
#[component]
pub(super) fn Legend(props: &LegendProps) -> Html {
    let words = &props.words;
    let marks = Marker::ALL.into_iter().map(|marker| {
        html! {
            <li key={marker.id()}>
                <svg viewBox="-10 -8 20 16" width="20" height="16" aria-hidden="true">
                    { drawn(marker, 0, 0) }
                </svg>
                { words.say(&format!("legend-{}", marker.id())) }
            </li>
        }
    });
    html! {
        <details class="lane-legend">
            <summary data-testid="lanes-legend" aria-label={words.say("timeline-legend")}
                title={words.say("timeline-legend")}>{ "?" }</summary>
            <div class="lane-legend-card">
                <ul>{ for marks }</ul>
                <p>{ words.say("timeline-keys") }</p>
            </div>
        </details>
    }
}
