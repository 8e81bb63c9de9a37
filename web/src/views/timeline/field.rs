//! The lanes: drawn anew when the window changes; above them the playhead, which moves each frame.

use super::super::format::{grouped, since_first};
use super::{HEAD, HEIGHT, NAMES, ROW, TimelineView, Words, drawn, name, row_at, row_of};
use crate::browser::document::set_property;
use crate::browser::{keyboard, pointer};
use crate::player::{Action, MARKERS, Seen, Span};
use crate::widgets::{Hook, HookContext, Kept, Part, kept, on_change, part, width};
use nicscope_core::diagram::lanes::{
    Mark, ROWS, Stands, bars, marks, stands, ticks, time_at, x_of,
};
use std::rc::Rc;
use yew::prelude::*;

/// So many pixels of movement make a press a drag.
const DRAG: i32 = 4;
/// So far from a marker's middle it is meant.
const MARK: i32 = 9;

/// Names, lanes, markers, playhead.
#[derive(PartialEq)]
pub(super) struct Lanes {
    pub(super) place: TimelineView,
    pub(super) words: Words,
}

impl Part for Lanes {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let Self { place, words } = self;
        let node = use_node_ref().run(hooks);
        let width = width(hooks, &node, true, 0);
        let plot = width - NAMES;
        let marks = use_memo((place.seen.clone(), plot), |(seen, plot)| {
            seen.as_ref().map_or_else(Vec::new, |seen| marks(&seen.window, *plot))
        })
        .run(hooks);
        let names = (0..).zip(ROWS).map(|(place, row)| {
            let baseline = HEAD + (place + 1) * ROW - 3;
            html! { <text x="0" y={baseline.to_string()}>{ name(words, row) }</text> }
        });
        let field = place.seen.as_ref().filter(|_| plot > 0).map(|seen| {
            let bulk = Bulk {
                seen: seen.clone(),
                marks: Rc::clone(&marks),
                plot,
                first_ns: place.first_ns,
                words: words.clone(),
            };
            let (place, seen, words) = (place.clone(), seen.clone(), words.clone());
            html! { <>{ part(bulk) }{ part(Seek { place, seen, marks, plot, words }) }</> }
        });
        html! {
            <div ref={node} class="lanes">
                <svg class="lane-names" width={NAMES.to_string()} height={HEIGHT.to_string()}
                    aria-hidden="true">{ for names }</svg>
                { field }
            </div>
        }
    }
}

/// What does not change while the run moves within the window: one path for each row.
#[derive(PartialEq)]
struct Bulk {
    seen: Seen,
    marks: Rc<Vec<Mark>>,
    plot: i32,
    first_ns: u64,
    words: Words,
}

impl Part for Bulk {
    fn draw(&self, _: &mut HookContext) -> Html {
        let Self { seen, marks, plot, first_ns, words } = self;
        let window = &seen.window;
        let rows = (0..).zip(ROWS).map(|(place, row)| {
            let bottom = HEAD + (place + 1) * ROW - 1;
            html! {
                <g class={format!("lane-{}", row[0].id())}>
                    <path class="lane-line" d={format!("M0 {bottom}.5H{plot}")} />
                    <path class="lane-bars" d={bars(window, row, *plot, (bottom, ROW - 3))} />
                </g>
            }
        });
        let times = ticks(window, *first_ns, *plot).into_iter().map(|(x, at_ns)| {
            html! {
                <g class="tick">
                    <path d={format!("M{x}.5 4V{HEIGHT}")} />
                    <text x={(x + 4).to_string()} y={(HEAD - 5).to_string()}>
                        { since_first(at_ns, *first_ns) }
                    </text>
                </g>
            }
        });
        let marks = marks
            .iter()
            .map(|mark| drawn(mark.marker, mark.x, HEAD + row_of(mark.marker) * ROW + ROW / 2));
        html! {
            <svg class="lane-bulk" viewBox={format!("0 0 {plot} {HEIGHT}")} width={plot.to_string()}
                height={HEIGHT.to_string()} role="img" aria-label={words.say("timeline-picture")}>
                { for times }
                { for rows }
                { for marks }
            </svg>
        }
    }
}

/// The place of the run: a slider over time, and a field that is pressed, dragged and zoomed.
#[derive(Clone, PartialEq)]
struct Seek {
    place: TimelineView,
    seen: Seen,
    marks: Rc<Vec<Mark>>,
    plot: i32,
    words: Words,
}

impl Seek {
    /// The marker at a place.
    fn mark_at(&self, x: i32, y: i32) -> Option<&Mark> {
        let near = |mark: &&Mark| {
            (mark.x - x).abs() <= MARK && row_at(y) == Some(ROWS[row_of(mark.marker) as usize])
        };
        self.marks.iter().rfind(near)
    }

    /// Where a press leads: to a marker's step, to the step that stands there, or to the time.
    fn press(&self, x: i32, y: i32) -> Action {
        let at_ns = time_at(&self.seen.window, x, self.plot);
        if let Some(mark) = self.mark_at(x, y) {
            return Action::To(mark.step);
        }
        let Some(row) = row_at(y) else { return Action::ToTime(at_ns) };
        match stands(&self.seen.window, row, x, self.plot) {
            Stands::Step(passage) => Action::To(passage.step),
            Stands::Steps(..) => Action::ToLane(row, at_ns),
            Stands::Nothing => Action::ToTime(at_ns),
        }
    }

    /// What stands at a place, in words.
    fn says(&self, x: i32, y: i32) -> AttrValue {
        let words = &self.words;
        let first_ns = self.place.first_ns;
        let time = |at_ns: u64| ("time", since_first(at_ns, first_ns).into());
        if let Some(mark) = self.mark_at(x, y) {
            let marker = says_marker(words, mark);
            let name = ("name", marker.to_string().into());
            return words.fill("timeline-marker", [name, time(mark.at_ns)]);
        }
        let at_ns = time_at(&self.seen.window, x, self.plot);
        let Some(row) = row_at(y) else {
            return words.fill("timeline-at", [time(at_ns)]);
        };
        let lane = ("lane", name(words, row).to_string().into());
        match stands(&self.seen.window, row, x, self.plot) {
            Stands::Step(passage) => {
                let step = ("step", grouped(passage.step).into());
                words.fill("timeline-step", [lane, step, time(passage.at_ns)])
            }
            Stands::Steps(count, share) => {
                let count = ("count", count.into());
                let share = ("share", share.to_string().into());
                words.fill("timeline-steps", [lane, count, share, time(at_ns)])
            }
            Stands::Nothing => words.fill("timeline-nothing", [lane, time(at_ns)]),
        }
    }
}

/// What a marker, or several together, stand for.
pub(super) fn says_marker(words: &Words, mark: &Mark) -> AttrValue {
    words.fill(&format!("marker-{}", mark.marker.id()), [("count", mark.count.into())])
}

/// What a key does on the lanes.
fn key(event: &KeyboardEvent) -> Option<Action> {
    let ten = if event.shift_key() { 10 } else { 1 };
    Some(match keyboard::pressed(event)?.as_str() {
        "KeyW" | "+" | "=" => Action::Span(Span::Zoom(None, 500)),
        "KeyS" | "-" => Action::Span(Span::Zoom(None, 2_000)),
        "KeyA" => Action::Span(Span::Shift(false)),
        "KeyD" => Action::Span(Span::Shift(true)),
        "0" => Action::Span(Span::Fit),
        "KeyQ" => Action::ToMarker(&MARKERS, false),
        "KeyE" => Action::ToMarker(&MARKERS, true),
        "ArrowRight" | "ArrowUp" => Action::Step(ten),
        "ArrowLeft" | "ArrowDown" => Action::Step(-ten),
        "Home" => Action::First,
        "End" => Action::Last,
        _ => return None,
    })
}

/// Where a press began, when the window began there, and whether it became a drag.
type Pressed = Option<(i32, u64, bool)>;

impl Part for Seek {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let Self { place: run, seen, plot, words, .. } = self;
        let (window, plot) = (&seen.window, *plot);
        let node = use_node_ref().run(hooks);
        let pressed = use_mut_ref(|| Pressed::None).run(hooks);
        let hover = kept(hooks, || None::<(i32, i32)>);
        on_change(hooks, (seen.clone(), plot), {
            let (node, send) = (node.clone(), run.send.clone());
            move |(seen, plot)| {
                let (window, plot) = (Rc::clone(&seen.window), *plot);
                let listener = pointer::on_wheel(&node, move |x, by| {
                    let at = Some(time_at(&window, x, plot));
                    let per_mille =
                        if by < 0 { 1_000_000 / (1_000 - 4 * by) } else { 1_000 + 4 * by };
                    send.emit(Action::Span(Span::Zoom(at, per_mille.unsigned_abs())));
                });
                move || drop(listener)
            }
        });
        let away = match run.at_ns {
            at_ns if at_ns < window.from_ns => Some("before"),
            at_ns if at_ns > window.until_ns => Some("behind"),
            _ => None,
        };
        let x = x_of(window, run.at_ns, plot);
        on_change(hooks, (x, node.clone()), |(x, node)| {
            set_property(node, "--x", &format!("{x}px"))
        });
        on_change(hooks, (hover.get(), node.clone()), |(hover, node)| {
            if let Some((x, _)) = hover {
                set_property(node, "--at", &format!("{x}px"));
            }
        });
        let [onpointerdown, onpointermove, onpointerup, onpointerleave] =
            pointers(self, &pressed, &hover);
        let onkeydown = {
            let send = run.send.clone();
            Callback::from(move |event: KeyboardEvent| {
                if let Some(action) = key(&event) {
                    event.prevent_default();
                    send.emit(action);
                }
            })
        };
        let place = since_first(run.at_ns, run.first_ns);
        html! {
            <div ref={node} class="lane-seek" role="slider" tabindex="0" data-testid="lanes"
                data-from={window.from_ns.to_string()} data-until={window.until_ns.to_string()}
                aria-label={words.say("timeline-place")} aria-valuemin="0"
                aria-valuemax={run.explored.to_string()} aria-valuenow={run.step.to_string()}
                aria-valuetext={words.fill("timeline-at", [("time", place.clone().into())])}
                aria-keyshortcuts="W S A D Q E + - 0" {onpointerdown} {onpointermove}
                onpointercancel={onpointerleave.clone()} {onpointerup} {onpointerleave} {onkeydown}>
                <div class={classes!("playhead", away)} aria-hidden="true"></div>
                <span class={classes!("playhead-time", away)} aria-hidden="true"
                    data-testid="playhead">{ place }</span>
                if let Some((x, y)) = hover.get() {
                    <span class={if x * 2 < plot { "lane-tip" } else { "lane-tip before" }}
                        aria-hidden="true" data-testid="lane-tip">{ self.says(x, y) }</span>
                }
            </div>
        }
    }
}

/// What pressing, moving, releasing and leaving do.
fn pointers(
    seek: &Seek,
    pressed: &Rc<std::cell::RefCell<Pressed>>,
    hover: &Kept<Option<(i32, i32)>>,
) -> [Callback<PointerEvent>; 4] {
    let at = |event: &PointerEvent| (event.offset_x(), event.offset_y());
    let down = {
        let (pressed, from_ns) = (Rc::clone(pressed), seek.seen.window.from_ns);
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                pointer::capture(&event);
                *pressed.borrow_mut() = Some((event.offset_x(), from_ns, false));
            }
        })
    };
    let moved = {
        let (pressed, hover) = (Rc::clone(pressed), hover.clone());
        let (seen, plot, send) = (seek.seen.clone(), seek.plot, seek.place.send.clone());
        Callback::from(move |event: PointerEvent| {
            let (x, y) = at(&event);
            let Some((from, from_ns, drags)) = &mut *pressed.borrow_mut() else {
                return hover.set(Some((x, y)));
            };
            *drags |= (x - *from).abs() >= DRAG;
            if *drags {
                hover.set(None);
                let window = &seen.window;
                let moved = time_at(window, (x - *from).abs(), plot) - window.from_ns;
                let start =
                    if x > *from { from_ns.saturating_sub(moved) } else { *from_ns + moved };
                send.emit(Action::Span(Span::From(start)));
            }
        })
    };
    let up = {
        let (pressed, seek) = (Rc::clone(pressed), seek.clone());
        Callback::from(move |event: PointerEvent| {
            let was = pressed.borrow_mut().take();
            if let Some((x, _, false)) = was {
                seek.place.send.emit(seek.press(x, event.offset_y()));
            }
        })
    };
    let left = {
        let (pressed, hover) = (Rc::clone(pressed), hover.clone());
        Callback::from(move |_: PointerEvent| {
            *pressed.borrow_mut() = None;
            hover.set(None);
        })
    };
    [down, moved, up, left]
}
