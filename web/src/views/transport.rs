//! What moves the run: buttons, scrub slider, granularity, speed.

use super::format::{grouped, since_first};
use super::words::{Words, use_words};
use crate::browser::{document, input};
use crate::player::{Action, Grain, SPEEDS};
use crate::widgets::{Choice, IconButton, Picture, Segments, Select, Slider, when_some};
use yew::prelude::*;

/// Properties of [`Transport`].
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// It plays.
    pub playing: bool,
    /// Where to send what is asked.
    pub send: Callback<Action>,
}

/// First, back, play, on, last.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let words = use_words();
    let button = |picture, key: &str, shortcut, testid, action: Action| {
        let onclick = props.send.reform(move |()| action.clone());
        html! { <IconButton {picture} label={words.say(key)} {shortcut} {testid} {onclick} /> }
    };
    let (picture, key) =
        if props.playing { (Picture::Pause, "pause") } else { (Picture::Play, "play") };
    let toggle = props.send.reform(|()| Action::Toggle);
    html! {
        <div class="buttons" role="group" aria-label={words.say("transport-label")}>
            { button(Picture::First, "to-first", Some("Home"), "first", Action::First) }
            { button(Picture::Back, "step-back", Some("←"), "back", Action::Step(-1)) }
            <IconButton {picture} label={words.say(key)} shortcut={Some("Space")} testid="play"
                class="play" onclick={toggle} />
            { button(Picture::Forward, "step-on", Some("→"), "step", Action::Step(1)) }
            { button(Picture::Last, "to-end", Some("End"), "last", Action::Last) }
        </div>
    }
}

/// Properties of [`Scrubber`].
#[derive(Clone, PartialEq, Properties)]
pub struct ScrubberProps {
    /// Where the run is.
    pub step: u64,
    /// How far it is known.
    pub explored: u64,
    /// Whether that is its end.
    pub ended: bool,
    /// The step before the first frame.
    pub first_step: u64,
    /// When the last step was made.
    pub at_ns: u64,
    /// When the first frame arrives.
    pub first_ns: u64,
    /// Where to send what is asked.
    pub send: Callback<Action>,
}

/// The whole run as a slider, with the step and the time.
#[component]
pub fn Scrubber(props: &ScrubberProps) -> Html {
    let words = use_words();
    let track = use_node_ref();
    let share = |step: u64| (step * 1_000_000 / props.explored.max(1)).to_string();
    use_effect_with(
        (share(props.first_step), share(props.step), track.clone()),
        |(first, here, track)| {
            document::set_property(track, "--first", first);
            document::set_property(
                track,
                "--here",
                &format!("calc(9px + (100% - 18px) * {here} / 1000000)"),
            );
        },
    );
    let onmove = props.send.reform(Action::To);
    let position = position(&words, props);
    html! {
        <div class="scrubber">
            <div ref={track} class="reach">
                <span class="first-mark" aria-hidden="true"></span>
                <Slider label={words.say("scrub-label")} testid="scrub" most={props.explored}
                    value={props.step} text={position} {onmove} />
            </div>
            <p class="place">
                <span class="step" data-testid="position">
                    { words.fill("step-word", [("step", grouped(props.step).into())]) }
                    <span class="of">{ format!(" / {}", grouped(props.explored)) }</span>
                    if !props.ended {
                        <span class="more" title={words.say("still-exploring")}>{ "…" }</span>
                    }
                </span>
                <span class="clock" title={words.say("clock-meaning")} data-testid="clock">
                    { since_first(props.at_ns, props.first_ns) }
                </span>
            </p>
        </div>
    }
}

fn position(words: &Words, props: &ScrubberProps) -> AttrValue {
    words.fill(
        "position",
        [("step", grouped(props.step).into()), ("last", grouped(props.explored).into())],
    )
}

/// Properties of [`Controls`].
#[derive(Clone, PartialEq, Properties)]
pub struct ControlsProps {
    /// How far a step goes.
    pub grain: Grain,
    /// Which notch of the speed.
    pub speed: usize,
    /// Where to send what is asked.
    pub send: Callback<Action>,
}

/// How far a step goes, how fast it plays, and a step to jump to.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let words = use_words();
    let grains = Grain::ALL.map(|grain| Choice {
        value: grain.id().into(),
        label: words.say(&format!("grain-{}", grain.id())),
    });
    let onchange = when_some(&props.send, |chosen: String| {
        let grain = Grain::ALL.into_iter().find(|grain| grain.id() == chosen)?;
        Some(Action::Grain(grain))
    });
    let speeds = (0..SPEEDS.len())
        .map(|notch| Choice { value: notch.to_string().into(), label: speed(&words, notch) });
    let onspeed = when_some(&props.send, |notch: String| Some(Action::Speed(notch.parse().ok()?)));
    html! {
        <div class="controls">
            <Segments label={words.say("grain-label")} testid="grain" choices={grains.to_vec()}
                chosen={props.grain.id()} {onchange} />
            <Select label={words.say("speed-label")} testid="speed" choices={speeds.collect::<Vec<_>>()}
                chosen={props.speed.to_string()} onchange={onspeed} />
            <Jump send={props.send.clone()} />
        </div>
    }
}

fn speed(words: &Words, notch: usize) -> AttrValue {
    match SPEEDS[notch] {
        u32::MAX => words.say("speed-fast"),
        tenths if tenths < 10 => {
            words.fill("speed-steps", [("steps", format!("0.{tenths}").as_str().into())])
        }
        tenths => words.fill("speed-steps", [("steps", grouped((tenths / 10).into()).into())]),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct JumpProps {
    send: Callback<Action>,
}

/// A field for the number of a step.
#[component]
fn Jump(props: &JumpProps) -> Html {
    let words = use_words();
    let field = use_node_ref();
    let onsubmit = {
        let (field, send) = (field.clone(), props.send.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let digits: String =
                input::value_in(&field).chars().filter(char::is_ascii_digit).collect();
            if let Ok(step) = digits.parse() {
                send.emit(Action::To(step));
                input::set_value(&field, "");
            }
        })
    };
    html! {
        <form class="jump" {onsubmit}>
            <label>
                <span>{ words.say("jump-label") }</span>
                <input ref={field} type="text" inputmode="numeric" autocomplete="off" size="9"
                    data-testid="jump" />
            </label>
        </form>
    }
}
