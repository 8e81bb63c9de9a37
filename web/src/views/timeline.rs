//! The run over time: a lane for each actor, markers, and the place of the run among them.

use super::format::since_first;
use super::marks::{Legend, Marks, glyph};
use super::words::{Words, use_words};
use crate::browser::size::use_width;
use crate::browser::{keyboard, pointer};
use crate::player::{Action, Look, Seen};
use crate::widgets::{IconButton, Picture};
use nicscope_core::diagram::lanes::{ROWS, ROWS_FEW, Row, bars, marks, ticks, time_at, x_of};
use nicscope_core::timeline::Marker;
use std::rc::Rc;
use yew::prelude::*;

/// Width of the lanes' names, in pixels.
const NAMES: i32 = 96;
/// Height of a row, and of the times above them.
const ROW: i32 = 13;
const HEAD: i32 = 14;
/// From this width on each lane has a row of its own.
const FULL: i32 = 1_100;
/// So many pixels of movement make a press a drag.
const DRAG: i32 = 4;

/// Properties of [`TimelineView`].
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The window.
    pub seen: Seen,
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

/// The run over time.
#[component]
pub fn TimelineView(props: &TimelineProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    let width = use_width(&node);
    let rows: &'static [Row] = if width >= FULL { &ROWS } else { &ROWS_FEW };
    let height = HEAD + ROW * i32::try_from(rows.len()).unwrap_or(0);
    let plot = width - NAMES;
    let look = |look: Look| props.send.reform(move |()| Action::Look(look));
    let content = (plot > 0).then(|| {
        html! {
            <>
                <Bulk seen={props.seen.clone()} {rows} {width} {height} first_ns={props.first_ns}
                    words={words.clone()} />
                <Seek props={props.clone()} {rows} {plot} words={words.clone()} />
                <Marks seen={props.seen.clone()} {rows} {plot} {height} words={words.clone()}
                    first_ns={props.first_ns} send={props.send.clone()} />
            </>
        }
    });
    html! {
        <section class="timeline" aria-label={words.say("timeline-label")} data-testid="timeline">
            <div ref={node} class="lanes">{ content }</div>
            <div class="lane-tools" role="group" aria-label={words.say("timeline-tools")}>
                <IconButton picture={Picture::Closer} label={words.say("timeline-closer")}
                    testid="lanes-closer" onclick={look(Look::Closer(None))} />
                <IconButton picture={Picture::Wider} label={words.say("timeline-wider")}
                    testid="lanes-wider" onclick={look(Look::Wider(None))} />
                <IconButton picture={Picture::Fit} label={words.say("timeline-fit")}
                    testid="lanes-fit" onclick={look(Look::Fit)} />
                <Legend words={words.clone()} />
            </div>
        </section>
    }
}

/// The row that holds a marker's lane, from the top.
pub(super) fn row_of(rows: &[Row], marker: Marker) -> i32 {
    let place = rows.iter().position(|row| row.contains(&marker.lane()));
    i32::try_from(place.unwrap_or(0)).unwrap_or(0)
}

/// The middle of a row.
pub(super) fn middle(row: i32) -> i32 {
    HEAD + row * ROW + ROW / 2
}

#[derive(Clone, PartialEq, Properties)]
struct BulkProps {
    seen: Seen,
    rows: &'static [Row],
    width: i32,
    height: i32,
    first_ns: u64,
    words: Words,
}

/// What does not change while the run moves within the window: one path for each row.
#[component]
fn Bulk(props: &BulkProps) -> Html {
    let BulkProps { width, height, first_ns, words, .. } = props;
    let window = &props.seen.window;
    let plot = width - NAMES;
    let rows = (0..).zip(props.rows).map(|(place, row)| {
        let bottom = HEAD + (place + 1) * ROW - 1;
        let id = row.iter().map(|lane| lane.id()).collect::<Vec<_>>().join("-");
        html! {
            <g key={id.clone()} class={classes!("lane", format!("lane-{}", row[0].id()))}>
                <text class="lane-name" x="0" y={(bottom - 2).to_string()}>
                    { words.say(&format!("lane-{id}")) }
                </text>
                <path class="lane-line" d={format!("M{NAMES} {bottom}.5H{width}")} />
                <path class="lane-bars" transform={format!("translate({NAMES} 0)")}
                    d={bars(window, row, plot, (bottom, ROW - 2))} />
            </g>
        }
    });
    let times = ticks(window, *first_ns, plot).into_iter().map(|(x, at_ns)| {
        let x = NAMES + x;
        html! {
            <g key={at_ns.to_string()} class="tick">
                <path d={format!("M{x}.5 0V{height}")} />
                <text x={(x + 4).to_string()} y={(HEAD - 3).to_string()}>
                    { since_first(at_ns, *first_ns) }
                </text>
            </g>
        }
    });
    html! {
        <svg class="lane-bulk" viewBox={format!("0 0 {width} {height}")} width={width.to_string()}
            height={height.to_string()} role="img" aria-label={words.say("timeline-picture")}>
            { for times }
            { for rows }
        </svg>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SeekProps {
    props: TimelineProps,
    rows: &'static [Row],
    plot: i32,
    words: Words,
}

/// The place of the run: a slider over time that is dragged, and a field that is pressed.
#[component]
fn Seek(seek: &SeekProps) -> Html {
    let SeekProps { props, rows, plot, words } = seek;
    let (rows, plot) = (*rows, *plot);
    let node = use_node_ref();
    let pressed = use_mut_ref(|| None::<(i32, bool)>);
    let window = Rc::clone(&props.seen.window);
    let wheel = (props.seen.clone(), plot, props.send.clone());
    use_effect_with(wheel, {
        let node = node.clone();
        move |(seen, plot, send)| {
            let (window, plot, send) = (Rc::clone(&seen.window), *plot, send.clone());
            let listener = pointer::on_wheel(&node, move |x, closer| {
                let at = Some(time_at(&window, x, plot));
                let look = if closer { Look::Closer(at) } else { Look::Wider(at) };
                send.emit(Action::Look(look));
            });
            move || drop(listener)
        }
    });
    let onpointerdown = {
        let pressed = Rc::clone(&pressed);
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                pointer::capture(&event);
                *pressed.borrow_mut() = Some((event.offset_x(), false));
            }
        })
    };
    let onpointermove = {
        let (pressed, send, window) = (Rc::clone(&pressed), props.send.clone(), Rc::clone(&window));
        Callback::from(move |event: PointerEvent| {
            let x = event.offset_x();
            if let Some((from, drags)) = &mut *pressed.borrow_mut() {
                *drags |= (x - *from).abs() >= DRAG;
                if *drags {
                    send.emit(Action::ToTime(time_at(&window, x, plot)));
                }
            }
        })
    };
    let onpointerup = {
        let (pressed, send) = (Rc::clone(&pressed), props.send.clone());
        Callback::from(move |event: PointerEvent| {
            let was = pressed.borrow_mut().take();
            if let Some((x, false)) = was {
                let at_ns = time_at(&window, x, plot);
                let row = usize::try_from((event.offset_y() - HEAD) / ROW).unwrap_or(0);
                send.emit(match rows.get(row) {
                    Some(row) if event.offset_y() >= HEAD => Action::ToLane(row, at_ns),
                    _ => Action::ToTime(at_ns),
                });
            }
        })
    };
    let onpointercancel = Callback::from(move |_: PointerEvent| *pressed.borrow_mut() = None);
    let onkeydown = {
        let send = props.send.clone();
        Callback::from(move |event: KeyboardEvent| {
            let ten = if event.shift_key() { 10 } else { 1 };
            let action = match keyboard::pressed(&event).as_deref() {
                Some("KeyW") => Action::Look(Look::Closer(None)),
                Some("KeyS") => Action::Look(Look::Wider(None)),
                Some("KeyA") => Action::Look(Look::Earlier),
                Some("KeyD") => Action::Look(Look::Later),
                Some("ArrowRight" | "ArrowUp") => Action::Step(ten),
                Some("ArrowLeft" | "ArrowDown") => Action::Step(-ten),
                Some("Home") => Action::First,
                Some("End") => Action::Last,
                _ => return,
            };
            event.prevent_default();
            send.emit(action);
        })
    };
    let inside =
        (seek.props.seen.window.from_ns..=seek.props.seen.window.until_ns).contains(&props.at_ns);
    let x = x_of(&seek.props.seen.window, props.at_ns, plot);
    let height = HEAD + ROW * i32::try_from(rows.len()).unwrap_or(0);
    let place = since_first(props.at_ns, props.first_ns);
    html! {
        <div ref={node} class="lane-seek" role="slider" tabindex="0" data-testid="lanes"
            data-from={seek.props.seen.window.from_ns.to_string()}
            data-until={seek.props.seen.window.until_ns.to_string()}
            aria-label={words.say("timeline-place")} aria-valuemin="0"
            aria-valuemax={props.explored.to_string()} aria-valuenow={props.step.to_string()}
            aria-valuetext={words.fill("timeline-at", [("time", place.into())])}
            aria-keyshortcuts="W S A D" {onpointerdown} {onpointermove} {onpointerup}
            {onpointercancel} {onkeydown}>
            <svg viewBox={format!("0 0 {plot} {height}")} width={plot.to_string()}
                height={height.to_string()} aria-hidden="true">
                if inside {
                    <path class="playhead" d={format!("M{x} 0V{height}M{} 0h10l-5 6z", x - 5)} />
                }
            </svg>
        </div>
    }
}

/// A marker's glyph with its letter, around a point.
pub(super) fn drawn(marker: Marker, x: i32, y: i32) -> Html {
    html! {
        <g class={classes!("mark", format!("mark-{}", marker.id()))}
            transform={format!("translate({x} {y})")}>
            <path d={glyph(marker)} />
            <text y="4" text-anchor="middle">{ marker.letter() }</text>
        </g>
    }
}

/// The markers of a window, for the row heights of this view.
pub(super) fn placed(seen: &Seen, plot: i32) -> Vec<nicscope_core::diagram::lanes::Mark> {
    marks(&seen.window, plot)
}
