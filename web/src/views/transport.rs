//! What moves the run: buttons, scrub slider, granularity, speed.

use super::format::{grouped, since_first};
use super::words::{Words, use_words};
use crate::browser::{document, input};
use crate::player::{Action, Grain, SPEEDS};
use crate::widgets::{
    Choice, Choices, Hook, HookContext, IconButton, Part, Picture, Slider, on_change, when_some,
};
use yew::prelude::*;

/// First, back, play, on, last.
#[derive(PartialEq)]
pub struct Transport {
    /// It plays.
    pub playing: bool,
    /// Where to send what is asked.
    pub send: Callback<Action>,
}

impl Part for Transport {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let button = |picture, key: &str, shortcut, testid, action: Action| {
            let class = if action == Action::Toggle { "play" } else { "" };
            let onclick = self.send.reform(move |()| action.clone());
            let button = IconButton::new(picture, words.say(key), testid, onclick);
            IconButton { shortcut: Some(shortcut), class, ..button }.draw()
        };
        let (picture, key) =
            if self.playing { (Picture::Pause, "pause") } else { (Picture::Play, "play") };
        html! {
            <div class="buttons" role="group" aria-label={words.say("transport-label")}>
                { button(Picture::First, "to-first", "Home", "first", Action::First) }
                { button(Picture::Back, "step-back", "←", "back", Action::Step(-1)) }
                { button(picture, key, "Space", "play", Action::Toggle) }
                { button(Picture::Forward, "step-on", "→", "step", Action::Step(1)) }
                { button(Picture::Last, "to-end", "End", "last", Action::Last) }
            </div>
        }
    }
}

/// The whole run as a slider, with the step and the time.
#[derive(PartialEq)]
pub struct Scrubber {
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

impl Part for Scrubber {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let track = use_node_ref().run(hooks);
        let share = |step: u64| (step * 1_000_000 / self.explored.max(1)).to_string();
        on_change(
            hooks,
            (share(self.first_step), share(self.step), track.clone()),
            |(first, here, track)| {
                document::set_property(track, "--first", first);
                document::set_property(
                    track,
                    "--here",
                    &format!("calc(9px + (100% - 18px) * {here} / 1000000)"),
                );
            },
        );
        let place = [("step", grouped(self.step).into()), ("last", grouped(self.explored).into())];
        let slider = Slider {
            label: words.say("scrub-label"),
            testid: "scrub",
            most: self.explored,
            value: self.step,
            text: words.fill("position", place),
            onmove: self.send.reform(Action::To),
        };
        html! {
            <div class="scrubber">
                <div ref={track} class="reach">
                    <span class="first-mark" aria-hidden="true"></span>
                    { slider.draw() }
                </div>
                <p class="place">
                    <span class="step" data-testid="position">
                        { words.fill("step-word", [("step", grouped(self.step).into())]) }
                        <span class="of">{ format!(" / {}", grouped(self.explored)) }</span>
                        if !self.ended {
                            <span class="more" title={words.say("still-exploring")}>{ "…" }</span>
                        }
                    </span>
                    <span class="clock" title={words.say("clock-meaning")} data-testid="clock">
                        { since_first(self.at_ns, self.first_ns) }
                    </span>
                </p>
            </div>
        }
    }
}

/// How far a step goes, how fast it plays, and a step to jump to.
#[derive(PartialEq)]
pub struct Controls {
    /// How far a step goes.
    pub grain: Grain,
    /// Which notch of the speed.
    pub speed: usize,
    /// Where to send what is asked.
    pub send: Callback<Action>,
}

impl Part for Controls {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let field = use_node_ref().run(hooks);
        let grains = Grain::ALL.map(|grain| Choice {
            value: grain.id().into(),
            label: words.say(&["grain-", grain.id()].concat()),
        });
        let onchange = when_some(&self.send, |chosen: String| {
            let grain = Grain::ALL.into_iter().find(|grain| grain.id() == chosen)?;
            Some(Action::Grain(grain))
        });
        let speeds = (0..SPEEDS.len())
            .map(|notch| Choice { value: notch.to_string().into(), label: speed(&words, notch) });
        let onspeed =
            when_some(&self.send, |notch: String| Some(Action::Speed(notch.parse().ok()?)));
        let grains = Choices {
            label: words.say("grain-label"),
            testid: "grain",
            choices: grains.into(),
            chosen: self.grain.id().into(),
            onchange,
        };
        let speeds = Choices {
            label: words.say("speed-label"),
            testid: "speed",
            choices: speeds.collect(),
            chosen: self.speed.to_string().into(),
            onchange: onspeed,
        };
        html! {
            <div class="controls">
                { grains.segments() }
                { speeds.list() }
                { jump(&words, field, &self.send) }
            </div>
        }
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

/// A field for the number of a step.
fn jump(words: &Words, field: NodeRef, send: &Callback<Action>) -> Html {
    let onsubmit = {
        let (field, send) = (field.clone(), send.clone());
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
                <input ref={field} type="text" inputmode="numeric" pattern="[0-9, ]*"
                    autocomplete="off" size="9" data-testid="jump" />
            </label>
        </form>
    }
}
