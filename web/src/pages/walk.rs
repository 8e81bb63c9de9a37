//! The Walk page: the machine on one stage, played step by step.

mod desk;
mod links;

use crate::browser::clock::Clock;
use crate::browser::files::{self, Loaded};
use crate::browser::keyboard::{self, Key, Press};
use crate::browser::media::use_media;
use crate::browser::{document, input, location};
use crate::player::{Action, Looked, Player, Searched, Snapshot, Source};
use crate::views::{
    AskFile, BytesPane, CodePane, Controls, CopyLink, Counters, Found, HelpDialog, Intro,
    Narration, ObjectPane, RegistersPane, RingTable, Scrubber, Search, SearchDialog, StageView,
    Summary, TimelineView, Transport, Words, WorkloadDialog, capture_error, grouped, link_error,
    use_words,
};
use crate::widgets::{IconButton, Panel, Picture, Tabs};
use desk::{Desk, Notice};
use links::{Asked, Linked};
use nicscope_core::diagram::Target;
use nicscope_core::view::{BytesView, ObjectKind, RegisterView};
use std::cell::RefCell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// From this width on the panes stand beside the stage.
const WIDE: &str = "(min-width: 1100px)";

/// What of the page is open above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Above {
    Nothing,
    Help,
    Search,
    Workload,
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
        Key::Question | Key::Slash => return None,
    })
}

/// The page's state with its ways in: keys, files, clock.
struct Walk {
    shown: Option<Snapshot>,
    notice: UseStateHandle<Option<Notice>>,
    above: UseStateHandle<Above>,
    hovers: bool,
    /// What came of copying a link.
    copied: Option<bool>,
    /// The file that a link asks for.
    asked: Option<Asked>,
    send: Callback<Action>,
    onfile: Callback<Loaded>,
    /// A capture that the page brings was chosen.
    onshipped: Callback<&'static str>,
    share: Callback<()>,
    stop_asking: Callback<()>,
    /// Which of the panes is open.
    pane: UseStateHandle<usize>,
    /// What the object pane shows; asked only while it is open.
    look: Callback<(), Option<Looked>>,
    /// The same of the panes of registers and of bytes.
    registers: Callback<(), Option<Vec<RegisterView>>>,
    bytes: Callback<(), Option<(BytesView, Looked)>>,
    onpick: Callback<Vec<Target>>,
    /// What there is to search; asked only when the reader turns to it.
    searched: Callback<(), Option<Searched>>,
    onchoose: Callback<Found>,
    marked: UseStateHandle<Option<(ObjectKind, AttrValue)>>,
}

/// What a pane asks of the player when it is drawn.
#[hook]
fn use_look<T: 'static>(
    player: &Rc<RefCell<Option<Player>>>,
    of: fn(&Player) -> Option<T>,
) -> Callback<(), Option<T>> {
    let player = Rc::clone(player);
    use_callback((), move |(), ()| player.borrow().as_ref().and_then(of))
}

#[hook]
fn use_walk() -> Walk {
    let player = use_mut_ref(|| None::<Player>);
    let shown = use_state(|| None::<Snapshot>);
    let notice = use_state_eq(|| None::<Notice>);
    let above = use_state_eq(|| Above::Nothing);
    let hovers = use_state_eq(|| false);
    let asked = use_state_eq(|| None::<Asked>);
    let copied = use_state_eq(|| None::<bool>);
    let linked = use_mut_ref(Linked::default);
    let pane = use_state_eq(|| 0);
    let marked = use_state_eq(|| None);
    let passing = use_mut_ref(|| false);
    let desk = Desk {
        player,
        shown: shown.setter(),
        pane: pane.setter(),
        marked: marked.setter(),
        notice: notice.setter(),
        asked: asked.setter(),
        linked,
        passing,
    };
    let clock = use_memo((), |()| {
        let desk = desk.clone();
        Clock::new(move |at_ms| desk.tick(at_ms))
    });
    let send = {
        let (desk, clock, copied) = (desk.clone(), Rc::clone(&clock), copied.setter());
        use_callback((), move |action: Action, ()| {
            copied.set(None);
            desk.act(action);
            clock.wake();
        })
    };
    let onfile = {
        let (desk, clock) = (desk.clone(), Rc::clone(&clock));
        use_callback((), move |file: Loaded, ()| {
            desk.open_file(file);
            clock.wake();
        })
    };
    let onshipped = {
        let (desk, clock) = (desk.clone(), Rc::clone(&clock));
        use_callback((), move |name: &'static str, ()| {
            spawn_local(links::turn_to_shipped(desk.clone(), Rc::clone(&clock), name));
        })
    };
    let share = {
        let (desk, copied) = (desk.clone(), copied.setter());
        use_callback((), move |(), ()| {
            let Some(here) = desk.here() else { return };
            location::replace(&here);
            let copied = copied.clone();
            spawn_local(async move { copied.set(Some(location::copy().await)) });
        })
    };
    let stop_asking = {
        let desk = desk.clone();
        use_callback((), move |(), ()| desk.stop_asking())
    };
    let look = use_look(&desk.player, |player| Some(player.looked()));
    let registers = use_look(&desk.player, |player| Some(player.registers()));
    let bytes = use_look(&desk.player, Player::bytes);
    let onpick = {
        let desk = desk.clone();
        use_callback((), move |targets: Vec<Target>, ()| desk.pick(&targets))
    };
    let searched = {
        let player = Rc::clone(&desk.player);
        use_callback((), move |(), ()| player.borrow().as_ref().map(Player::searched))
    };
    let onchoose = {
        let (desk, clock) = (desk.clone(), Rc::clone(&clock));
        use_callback((), move |found: Found, ()| {
            desk.choose(found);
            clock.wake();
        })
    };
    use_effect_with((), {
        let (send, onfile) = (send.clone(), onfile.clone());
        let (above, hovers) = (above.setter(), hovers.setter());
        move |()| {
            spawn_local(links::follow(desk.clone(), Rc::clone(&clock), location::hash()));
            let followed = Rc::clone(&clock);
            let moves = location::on_change(move |hash| {
                spawn_local(links::follow(desk.clone(), Rc::clone(&followed), hash));
            });
            let keys = keyboard::on_press(move |press| {
                match action_of(press) {
                    Some(action) => send.emit(action),
                    None if press.key == Key::Question => above.set(Above::Help),
                    None => {
                        if !input::focus("#search") {
                            above.set(Above::Search);
                        }
                    }
                }
                true
            });
            let over = Callback::from(move |over| hovers.set(over));
            let drops = files::on_drop(over, onfile);
            move || {
                drop((keys, drops, moves));
                clock.stop();
            }
        }
    });
    Walk {
        shown: (*shown).clone(),
        notice,
        above,
        hovers: *hovers,
        copied: *copied,
        asked: (*asked).clone(),
        send,
        onfile,
        onshipped,
        share,
        stop_asking,
        pane,
        look,
        registers,
        bytes,
        onpick,
        searched,
        onchoose,
        marked,
    }
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
    let copy = html! { <CopyLink copied={walk.copied} onclick={walk.share.clone()} /> };
    let search = if wide {
        html! { <Search look={walk.searched.clone()} onchoose={walk.onchoose.clone()} /> }
    } else {
        html! {
            <IconButton picture={Picture::Search} label={words.say("search-label")}
                shortcut={Some("/")} testid="search-open" onclick={open(Above::Search)} />
        }
    };
    // All at once: what stands in the head does not move.
    let content = walk.shown.is_some().then(|| html! { <>{ summary }{ search }{ copy }</> });
    let content = content.unwrap_or_default();
    let header = props.header.emit((content, open(Above::Help)));
    html! {
        <div class={classes!("page", walk.hovers.then_some("hovered"))}>
            { header }
            { notice(&words, &walk) }
            { ask(&walk) }
            if let Some(shown) = &walk.shown {
                { body(&words, shown, &walk, wide) }
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
        Notice::Nothing { on: true } => words.say("nothing-more"),
        Notice::Nothing { on: false } => words.say("nothing-before"),
        Notice::Never => words.say("nothing-ever"),
        Notice::NoFirstCapture => words.say("error-no-first-capture"),
        Notice::NotFetched(name) => words.fill("error-not-fetched", [("file", (*name).into())]),
        Notice::Link(error) => link_error(words, error),
        Notice::OtherState(step) => {
            words.fill("error-link-state", [("step", grouped(*step).into())])
        }
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

/// The card that asks for a link's file.
fn ask(walk: &Walk) -> Option<Html> {
    let asked = walk.asked.as_ref()?;
    let other = asked.other.clone().map(AttrValue::from);
    Some(html! {
        <AskFile name={asked.name.clone()} digest={asked.digest} {other}
            onfile={walk.onfile.clone()} onclose={walk.stop_asking.clone()} />
    })
}

fn above(walk: &Walk, onclose: Callback<()>) -> Html {
    match (*walk.above, &walk.shown) {
        (Above::Help, _) => html! { <HelpDialog {onclose} /> },
        (Above::Search, _) => html! {
            <SearchDialog look={walk.searched.clone()} onchoose={walk.onchoose.clone()} {onclose} />
        },
        (Above::Workload, Some(shown)) => html! {
            <WorkloadDialog workload={Rc::clone(&shown.workload)} send={walk.send.clone()}
                onfile={walk.onfile.clone()} onshipped={walk.onshipped.clone()} {onclose} />
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

fn body(words: &Words, shown: &Snapshot, walk: &Walk, wide: bool) -> Html {
    let (view, send) = (&shown.view, &walk.send);
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
                <StageView view={Rc::clone(view)} motion_ms={shown.motion_ms()} onpick={walk.onpick.clone()} />
                { narration }
            </div>
            { panes(words, shown, walk, (!wide).then(|| timeline.clone())) }
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
fn panes(words: &Words, shown: &Snapshot, walk: &Walk, timeline: Option<Html>) -> Html {
    let view = &shown.view;
    let code = html! { <CodePane stack={view.stack.clone()} code={view.code} /> };
    let counters = html! { <Counters totals={view.totals.clone()} /> };
    let ring = html! { <RingTable ring={view.ring.clone()} /> };
    let object = html! {
        <ObjectPane revision={shown.revision} pinned={shown.pinned.is_some()}
            marked={(*walk.marked).clone()} look={walk.look.clone()} send={walk.send.clone()} />
    };
    let registers = html! {
        <RegistersPane revision={shown.revision} look={walk.registers.clone()} />
    };
    let bytes = html! {
        <BytesPane revision={shown.revision} pinned={shown.pinned.is_some()}
            look={walk.bytes.clone()} send={walk.send.clone()} />
    };
    let panel = |(id, key, content)| Panel { id, label: words.say(key), content };
    let wide = timeline.is_none();
    let mut panels = vec![
        ("code", "pane-code", code),
        ("object", "pane-object", object),
        ("registers", "pane-registers", registers),
        ("bytes", "pane-bytes", bytes),
    ];
    if let Some(timeline) = timeline {
        panels.extend([
            ("timeline", "timeline-label", timeline),
            ("counters", "pane-counters", counters.clone()),
            ("ring", "pane-ring", ring.clone()),
        ]);
    }
    let panels: Vec<Panel> = panels.into_iter().map(panel).collect();
    html! {
        <aside class="panes">
            <Tabs label={words.say("panes-label")} {panels} open={walk.pane.clone()} />
            // What lies in memory takes the whole height.
            if wide && *walk.pane == 0 {
                { counters }
                <details class="ring-details">
                    <summary data-testid="ring-open">{ words.say("pane-ring") }</summary>
                    { ring }
                </details>
            }
        </aside>
    }
}
