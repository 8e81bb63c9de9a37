//! Beside the lanes: the window's buttons, and the way from marker to marker.

use super::super::format::since_first;
use super::field::says_marker;
use super::{Words, drawn};
use crate::player::{Action, MARKERS, Seen, Span};
use crate::widgets::{Choice, IconButton, Picture, Select};
use nicscope_core::diagram::lanes::marks;
use nicscope_core::timeline::Marker;
use yew::prelude::*;

/// Where a list of markers is as wide as this, those within a finger's width stand as one.
const LIST: i32 = 2_000;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ToolsProps {
    pub(super) seen: Option<Seen>,
    pub(super) first_ns: u64,
    pub(super) words: Words,
    pub(super) send: Callback<Action>,
}

/// Buttons for all that the lanes can do.
#[component]
pub(super) fn Tools(props: &ToolsProps) -> Html {
    let words = &props.words;
    let kind = use_state_eq(|| None::<Marker>);
    let button = |picture, key: &str, shortcut, testid, action: Action| {
        let onclick = props.send.reform(move |()| action.clone());
        html! { <IconButton {picture} label={words.say(key)} shortcut={Some(shortcut)} {testid} {onclick} /> }
    };
    let look = |picture, key: &str, shortcut, testid, span: Span| {
        button(picture, key, shortcut, testid, Action::Span(span))
    };
    let all: &'static [Marker] = &Marker::ALL;
    let wanted = kind.map_or(&MARKERS[..], |kind| &all[kind as usize..=kind as usize]);
    let any = Choice { value: "any".into(), label: words.say("timeline-any") };
    let kinds = Marker::ALL.into_iter().map(|marker| Choice {
        value: marker.id().into(),
        label: format!("{} {}", marker.letter(), words.say(&format!("legend-{}", marker.id())))
            .into(),
    });
    let choices: Vec<Choice> = std::iter::once(any).chain(kinds).collect();
    let onchange = {
        let kind = kind.setter();
        Callback::from(move |id: String| {
            kind.set(Marker::ALL.into_iter().find(|marker| marker.id() == id));
        })
    };
    html! {
        <div class="lane-tools" role="group" aria-label={words.say("timeline-tools")}>
            <Select label={words.say("timeline-markers")} testid="marker-kind" {choices}
                chosen={kind.map_or("any", Marker::id)} {onchange} />
            <div class="lane-buttons">
                { button(Picture::Back, "timeline-previous", "Q", "marker-previous", Action::ToMarker(wanted, false)) }
                { button(Picture::Forward, "timeline-next", "E", "marker-next", Action::ToMarker(wanted, true)) }
                <List ..props.clone() />
            </div>
            <div class="lane-buttons">
                { look(Picture::Closer, "timeline-closer", "W", "lanes-closer", Span::Zoom(None, 500)) }
                { look(Picture::Wider, "timeline-wider", "S", "lanes-wider", Span::Zoom(None, 2_000)) }
                { look(Picture::Left, "timeline-earlier", "A", "lanes-earlier", Span::Shift(false)) }
                { look(Picture::Right, "timeline-later", "D", "lanes-later", Span::Shift(true)) }
                { look(Picture::Fit, "timeline-fit", "0", "lanes-fit", Span::Fit) }
            </div>
        </div>
    }
}

/// The window's markers as a list that opens; each leads to its step.
#[component]
fn List(props: &ToolsProps) -> Html {
    let words = &props.words;
    let open = use_state_eq(|| false);
    let toggle = {
        let (open, now) = (open.setter(), *open);
        Callback::from(move |()| open.set(!now))
    };
    let found = match &props.seen {
        Some(seen) if *open => marks(&seen.window, LIST),
        _ => Vec::new(),
    };
    let items = found.iter().map(|mark| {
        let step = mark.step;
        let onclick = props.send.reform(move |_: MouseEvent| Action::To(step));
        html! {
            <li>
                <button type="button" data-step={step.to_string()} {onclick}>
                    <svg viewBox="-10 -8 20 16" width="20" height="16" aria-hidden="true">
                        { drawn(mark.marker, 0, 0) }
                    </svg>
                    <span>{ says_marker(words, mark) }</span>
                    <span class="at">{ since_first(mark.at_ns, props.first_ns) }</span>
                </button>
            </li>
        }
    });
    html! {
        <div class="lane-list">
            <IconButton picture={Picture::List} label={words.say("timeline-list")}
                testid="marker-list" onclick={toggle.clone()} />
            if *open {
                <div class="lane-card" data-testid="marker-card">
                    <div class="lane-card-head">
                        <h2>{ words.say("timeline-list") }</h2>
                        <IconButton picture={Picture::Close} label={words.say("close")}
                            testid="marker-card-close" onclick={toggle} />
                    </div>
                    if found.is_empty() {
                        <p>{ words.say("timeline-none") }</p>
                    }
                    <ol>{ for items }</ol>
                    <p class="note">{ words.say("timeline-keys") }</p>
                </div>
            }
        </div>
    }
}
