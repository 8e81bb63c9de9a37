//! The Walk page: the machine on one stage, played step by step.

use crate::browser::clock::Clock;
use crate::browser::files::{self, Loaded};
use crate::browser::keyboard::{self, Key, Press};
use crate::browser::media::use_media;
use crate::browser::{document, fetch};
use crate::player::{Action, Capture, Player, Snapshot, Source, Workload, ready};
use crate::views::{
    CodePane, Controls, Counters, HelpDialog, Intro, Narration, RingTable, Scrubber, StageView,
    Summary, TimelineView, Transport, Words, WorkloadDialog, capture_error, grouped, use_words,
};
use crate::widgets::{IconButton, Panel, Picture, Tabs};
use nicscope_core::machine::Driver;
use nicscope_core::scenario::CaptureError;
use std::cell::RefCell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// The capture that the page opens with.
const FIRST_CAPTURE: &str = "udp-small.pcap";
/// From this width on the panes stand beside the stage.
const WIDE: &str = "(min-width: 1100px)";

/// Something that the reader should know.
#[derive(Clone, Debug, PartialEq)]
enum Notice {
    /// A capture could not be read.
    Capture(String, CaptureError),
    /// The run has no such step.
    NoSuchStep(u64),
    /// The capture that the page opens with could not be fetched.
    NoFirstCapture,
}

/// What of the page is open above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Above {
    Nothing,
    Help,
    Workload,
}

/// The player with what shows it.
#[derive(Clone)]
struct Desk {
    player: Rc<RefCell<Option<Player>>>,
    shown: UseStateSetter<Option<Snapshot>>,
    notice: UseStateSetter<Option<Notice>>,
}

impl Desk {
    fn publish(&self) {
        let snapshot = self.player.borrow_mut().as_mut().map(Player::show);
        self.shown.set(snapshot);
    }

    /// Opens a workload; one that cannot be opened leaves what was open as it was.
    fn open(&self, workload: Workload) {
        let name = match &workload.source {
            Source::Capture(capture) => capture.name.clone(),
            Source::Ready(name) => (*name).to_owned(),
        };
        match Player::open(workload) {
            Ok(player) => {
                *self.player.borrow_mut() = Some(player);
                self.notice.set(None);
                self.publish();
            }
            Err(error) => self.notice.set(Some(Notice::Capture(name, error))),
        }
    }

    /// Opens a file with the driver and the ring that are chosen.
    fn open_file(&self, (name, bytes): Loaded, chosen: Option<Rc<Workload>>) {
        match Capture::read(name.clone(), bytes) {
            Ok(capture) => self.open(Workload {
                source: Source::Capture(capture),
                driver: chosen.as_ref().map_or(Driver::Ice, |chosen| chosen.driver),
                ring: chosen.and_then(|chosen| chosen.ring),
            }),
            Err(error) => self.notice.set(Some(Notice::Capture(name, error))),
        }
    }

    fn act(&self, action: Action) {
        if let Action::Open(workload) = action {
            return self.open(workload);
        }
        let done = self.player.borrow_mut().as_mut().map(|player| player.act(&action));
        match done {
            None => {}
            Some(Ok(())) => self.publish(),
            Some(Err(last)) => self.notice.set(Some(Notice::NoSuchStep(last))),
        }
    }

    /// One frame's work; says whether there is more.
    fn tick(&self, at_ms: f64) -> bool {
        let tick = self.player.borrow_mut().as_mut().map(|player| player.tick(at_ms));
        let Some(tick) = tick else { return false };
        if let Some(last) = tick.refused {
            self.notice.set(Some(Notice::NoSuchStep(last)));
        }
        if tick.changed {
            self.publish();
        }
        tick.goes_on
    }

    fn workload(&self) -> Option<Rc<Workload>> {
        self.player.borrow().as_ref().map(Player::workload)
    }
}

/// What a key asks for.
fn action_of(press: Press) -> Option<Action> {
    let steps = if press.shift { 10 } else { 1 };
    Some(match press.key {
        Key::Right => Action::Step(steps),
        Key::Left => Action::Step(-steps),
        Key::Down => Action::Follow(true),
        Key::Up => Action::Follow(false),
        Key::Space => Action::Toggle,
        Key::Home => Action::First,
        Key::End => Action::Last,
        Key::Question => return None,
    })
}

/// Opens the capture that comes with the page.
async fn open_first(desk: Desk, clock: Rc<Clock>) {
    let bytes = fetch::bytes(&format!("captures/{FIRST_CAPTURE}")).await;
    if desk.workload().is_some() {
        // The reader was faster.
        return;
    }
    match bytes {
        Some(bytes) => desk.open_file((FIRST_CAPTURE.to_owned(), bytes), None),
        None => {
            if let Some(source) = ready("generator") {
                desk.open(Workload { source, driver: Driver::Ice, ring: None });
            }
            desk.notice.set(Some(Notice::NoFirstCapture));
        }
    }
    clock.wake();
}

/// The page's state with its ways in: keys, files, clock.
struct Walk {
    shown: Option<Snapshot>,
    notice: UseStateHandle<Option<Notice>>,
    above: UseStateHandle<Above>,
    hovers: bool,
    send: Callback<Action>,
    onfile: Callback<Loaded>,
}

#[hook]
fn use_walk() -> Walk {
    let player = use_mut_ref(|| None::<Player>);
    let shown = use_state(|| None::<Snapshot>);
    let notice = use_state_eq(|| None::<Notice>);
    let above = use_state_eq(|| Above::Nothing);
    let hovers = use_state_eq(|| false);
    let desk = Desk { player, shown: shown.setter(), notice: notice.setter() };
    let clock = use_memo((), |()| {
        let desk = desk.clone();
        Clock::new(move |at_ms| desk.tick(at_ms))
    });
    let send = {
        let (desk, clock) = (desk.clone(), Rc::clone(&clock));
        use_callback((), move |action: Action, ()| {
            desk.act(action);
            clock.wake();
        })
    };
    let onfile = {
        let (desk, clock) = (desk.clone(), Rc::clone(&clock));
        use_callback((), move |file: Loaded, ()| {
            desk.open_file(file, desk.workload());
            clock.wake();
        })
    };
    use_effect_with((), {
        let (send, onfile) = (send.clone(), onfile.clone());
        let (above, hovers) = (above.setter(), hovers.setter());
        move |()| {
            spawn_local(open_first(desk, Rc::clone(&clock)));
            let keys = keyboard::on_press(move |press| {
                match action_of(press) {
                    Some(action) => send.emit(action),
                    None => above.set(Above::Help),
                }
                true
            });
            let over = Callback::from(move |over| hovers.set(over));
            let drops = files::on_drop(over, onfile);
            move || {
                drop((keys, drops));
                clock.stop();
            }
        }
    });
    Walk { shown: (*shown).clone(), notice, above, hovers: *hovers, send, onfile }
}

/// Properties of [`WalkPage`].
#[derive(PartialEq, Properties)]
pub struct WalkProps {
    /// Makes the page's head around what stands in it; gets the callback that opens help.
    pub header: Callback<(Html, Callback<()>), Html>,
}

/// The Walk page.
#[component]
pub fn WalkPage(props: &WalkProps) -> Html {
    let words = use_words();
    let wide = use_media(WIDE);
    let walk = use_walk();
    let open = |what: Above| {
        let above = walk.above.setter();
        Callback::from(move |()| above.set(what))
    };
    use_effect_with(words.say("page-title"), |title| document::set_title(title));
    let summary = walk.shown.as_ref().map(|shown| {
        html! {
            <Summary workload={Rc::clone(&shown.workload)} frames={shown.view.wire.total}
                ring={shown.view.ring.as_ref().map(|ring| ring.count)}
                onopen={open(Above::Workload)} />
        }
    });
    let header = props.header.emit((html! { <>{ summary }</> }, open(Above::Help)));
    html! {
        <div class={classes!("page", walk.hovers.then_some("hovered"))}>
            { header }
            { notice(&words, &walk) }
            if let Some(shown) = &walk.shown {
                { body(&words, shown, &walk.send, wide) }
            } else {
                <main class="walk waiting" aria-busy="true"><p>{ words.say("loading") }</p></main>
            }
            { above(&walk, open(Above::Nothing)) }
            if walk.hovers {
                <p class="drop-here" role="status">{ words.say("drop-here") }</p>
            }
        </div>
    }
}

fn notice(words: &Words, walk: &Walk) -> Html {
    let text = (*walk.notice).as_ref().map(|notice| match notice {
        Notice::Capture(name, error) => capture_error(words, name, error),
        Notice::NoSuchStep(last) => words.fill("error-no-step", [("last", grouped(*last).into())]),
        Notice::NoFirstCapture => words.say("error-no-first-capture"),
    });
    let notice = walk.notice.setter();
    let dismiss = Callback::from(move |()| notice.set(None));
    // The live region is there before it has anything to say, so that it is heard.
    html! {
        <div class="notices" role="alert">
            if let Some(text) = text {
                <div class="notice">
                    <p data-testid="notice">{ text }</p>
                    <IconButton picture={Picture::Close} label={words.say("close")}
                        testid="notice-close" onclick={dismiss} />
                </div>
            }
        </div>
    }
}

fn above(walk: &Walk, onclose: Callback<()>) -> Html {
    match (*walk.above, &walk.shown) {
        (Above::Help, _) => html! { <HelpDialog {onclose} /> },
        (Above::Workload, Some(shown)) => html! {
            <WorkloadDialog workload={Rc::clone(&shown.workload)} send={walk.send.clone()}
                onfile={walk.onfile.clone()} {onclose} />
        },
        _ => Html::default(),
    }
}

/// Before the first frame: what is loaded, and what to do.
fn intro(words: &Words, shown: &Snapshot) -> Option<Intro> {
    if shown.view.step != shown.first_step {
        return None;
    }
    let frames = ("frames", shown.view.wire.total.into());
    let sentence = match &shown.workload.source {
        Source::Capture(capture) => {
            let [a, b, c, d] = capture.host;
            let host = format!("{a}.{b}.{c}.{d}");
            words.fill("intro-capture", [frames, ("host", host.into())])
        }
        Source::Ready(name) => {
            let name = words.say(&format!("ready-{name}"));
            words.fill("intro-ready", [frames, ("name", name.to_string().into())])
        }
    };
    let note = (shown.cut > 0).then(|| words.fill("captured-short", [("cut", shown.cut.into())]));
    Some(Intro { sentence, advice: words.say("intro-advice"), note })
}

fn body(words: &Words, shown: &Snapshot, send: &Callback<Action>, wide: bool) -> Html {
    let view = &shown.view;
    let narration = html! {
        <Narration fact={view.fact} changes={view.changes.clone()} code={view.code}
            first_ns={shown.first_ns} intro={intro(words, shown)} playing={shown.playing} />
    };
    let controls = html! {
        <Controls grain={shown.grain} speed={shown.speed} send={send.clone()} />
    };
    let timeline = html! {
        <TimelineView seen={shown.timeline.clone()} step={view.step} explored={view.explored}
            at_ns={view.at_ns} first_ns={shown.first_ns} send={send.clone()} />
    };
    html! {
        <main class={classes!("walk", wide.then_some("beside"))} data-testid="walk"
            data-step={view.step.to_string()} data-state-hash={format!("{:016x}", shown.hash)}
            data-playing={shown.playing.to_string()} data-ended={view.ended.to_string()}
            data-first-step={shown.first_step.to_string()}
            data-first-ns={shown.first_ns.to_string()} aria-busy={shown.busy.then_some("true")}>
            <div class="scene">
                <StageView view={Rc::clone(view)} />
                { narration }
            </div>
            { panes(words, shown, (!wide).then(|| timeline.clone())) }
            <div class="bar">
                if wide { { timeline } }
                <Scrubber step={view.step} explored={view.explored} ended={view.ended}
                    first_step={shown.first_step} at_ns={view.at_ns} first_ns={shown.first_ns}
                    send={send.clone()} />
                <Transport playing={shown.playing} send={send.clone()} />
                if wide { { controls.clone() } }
            </div>
            if !wide { { controls } }
        </main>
    }
}

/// Details: beside the stage, or, with the timeline among them, as tabs.
fn panes(words: &Words, shown: &Snapshot, timeline: Option<Html>) -> Html {
    let view = &shown.view;
    let code = html! { <CodePane stack={view.stack.clone()} code={view.code} /> };
    let counters = html! { <Counters totals={view.totals.clone()} /> };
    let ring = html! { <RingTable ring={view.ring.clone()} /> };
    let Some(timeline) = timeline else {
        return html! {
            <aside class="panes">
                { code }
                { counters }
                <details class="ring-details">
                    <summary data-testid="ring-open">{ words.say("pane-ring") }</summary>
                    { ring }
                </details>
            </aside>
        };
    };
    let panels = [
        ("code", "pane-code", code),
        ("timeline", "timeline-label", timeline),
        ("counters", "pane-counters", counters),
        ("ring", "pane-ring", ring),
    ];
    let panels = panels.map(|(id, key, content)| Panel { id, label: words.say(key), content });
    html! {
        <aside class="panes">
            <Tabs label={words.say("panes-label")} panels={panels.to_vec()} />
        </aside>
    }
}
