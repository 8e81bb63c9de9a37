//! Beside the lanes: the window's buttons, and the way from marker to marker.

use super::super::format::since_first;
use super::field::says_marker;
use super::{Words, drawn};
use crate::player::{Action, MARKERS, Seen, Span};
use crate::widgets::{Choice, Choices, HookContext, IconButton, Kept, Part, Picture, kept};
use nicscope_core::diagram::lanes::marks;
use nicscope_core::timeline::Marker;
use yew::prelude::*;

/// Where a list of markers is as wide as this, those within a finger's width stand as one.
const LIST: i32 = 2_000;

/// Buttons for all that the lanes can do.
#[derive(PartialEq)]
pub(super) struct Tools {
    pub(super) seen: Option<Seen>,
    pub(super) first_ns: u64,
    pub(super) words: Words,
    pub(super) send: Callback<Action>,
}

impl Part for Tools {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = &self.words;
        let kind = kept(hooks, || None::<Marker>);
        let open = kept(hooks, || false);
        let button = |picture, key: &str, shortcut, testid, action: Action| {
            let onclick = self.send.reform(move |()| action.clone());
            let button = IconButton::new(picture, words.say(key), testid, onclick);
            IconButton { shortcut: Some(shortcut), ..button }.draw()
        };
        let look = |picture, key: &str, shortcut, testid, span: Span| {
            button(picture, key, shortcut, testid, Action::Span(span))
        };
        let all: &'static [Marker] = &Marker::ALL;
        let wanted = kind.get().map_or(&MARKERS[..], |kind| &all[kind as usize..=kind as usize]);
        let mut choices = vec![Choice { value: "any".into(), label: words.say("timeline-any") }];
        choices.extend(Marker::ALL.map(|marker| {
            let meaning = words.say(&["legend-", marker.id()].concat());
            let label = [marker.letter(), " ", &meaning].concat();
            Choice { value: marker.id().into(), label: label.into() }
        }));
        let onchange = {
            let kind = kind.clone();
            Callback::from(move |id: String| {
                kind.set(Marker::ALL.into_iter().find(|marker| marker.id() == id));
            })
        };
        let kinds = Choices {
            label: words.say("timeline-markers"),
            testid: "marker-kind",
            choices,
            chosen: kind.get().map_or("any", Marker::id).into(),
            onchange,
        };
        html! {
            <div class="lane-tools" role="group" aria-label={words.say("timeline-tools")}>
                { kinds.list() }
                <div class="lane-buttons">
                    { button(Picture::Back, "timeline-previous", "Q", "marker-previous", Action::ToMarker(wanted, false)) }
                    { button(Picture::Forward, "timeline-next", "E", "marker-next", Action::ToMarker(wanted, true)) }
                    { self.list(&open) }
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
}

impl Tools {
    /// The window's markers as a list that opens; each leads to its step.
    fn list(&self, open: &Kept<bool>) -> Html {
        let words = &self.words;
        let toggle = {
            let open = open.clone();
            Callback::from(move |()| open.set(!open.get()))
        };
        let button = |picture, key, testid| {
            IconButton::new(picture, words.say(key), testid, toggle.clone()).draw()
        };
        let found = match &self.seen {
            Some(seen) if open.get() => marks(&seen.window, LIST),
            _ => Vec::new(),
        };
        let items = found.iter().map(|mark| {
            let step = mark.step;
            let onclick = self.send.reform(move |_: MouseEvent| Action::To(step));
            html! {
                <li>
                    <button type="button" data-step={step.to_string()} {onclick}>
                        <svg viewBox="-10 -8 20 16" width="20" height="16" aria-hidden="true">
                            { drawn(mark.marker, 0, 0) }
                        </svg>
                        <span>{ says_marker(words, mark) }</span>
                        <span class="at">{ since_first(mark.at_ns, self.first_ns) }</span>
                    </button>
                </li>
            }
        });
        html! {
            <div class="lane-list">
                { button(Picture::List, "timeline-list", "marker-list") }
                if open.get() {
                    <div class="lane-card" data-testid="marker-card">
                        <div class="lane-card-head">
                            <h2>{ words.say("timeline-list") }</h2>
                            { button(Picture::Close, "close", "marker-card-close") }
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
}
