//! The Walk page: the machine on one stage, played step by step.

mod desk;
mod first;
mod links;
mod run;
mod ways;

use crate::player::{Snapshot, Source};
use crate::views::{
    AskFile, BytesPane, CodePane, Controls, CopyLink, Counters, Found, HelpDialog, Intro,
    Narration, ObjectPane, RegistersPane, RingTable, Said, Scrubber, Search, Searchable, StageView,
    Summary, TimelineView, Transport, Words, WorkloadDialog, capture_error, grouped, link_error,
    moment_notes, notice,
};
use crate::widgets::{IconButton, Picture, Tabs, part};
use desk::Notice;
pub use first::First;
pub use run::Run;
use std::rc::Rc;
use ways::Above;
pub use ways::Walk;
use yew::prelude::*;

/// From this width on the panes stand beside the stage.
pub const WIDE: &str = "(min-width: 1100px)";

/// The panes: their names in ids, and the messages that name them. Those from [`WIDE_PANES`] on
/// stand elsewhere where there is room.
const PANES: [(&str, &str); 7] = [
    ("code", "pane-code"),
    ("object", "pane-object"),
    ("registers", "pane-registers"),
    ("bytes", "pane-bytes"),
    ("counters", "pane-counters"),
    ("ring", "pane-ring"),
    ("timeline", "timeline-label"),
];
const WIDE_PANES: usize = 6;

/// The Walk page.
pub struct WalkPage {
    /// Makes the page's head around what stands in it; gets the callback that opens help.
    pub header: Callback<(Html, Callback<()>), Html>,
    /// What there is to search.
    pub ask: Callback<Callback<Searchable>>,
    /// To what was searched for.
    pub onchoose: Callback<Found>,
}

impl WalkPage {
    /// Draws it with its state.
    pub fn draw(&self, words: &Words, walk: &Walk, wide: bool) -> Html {
        let head = self.head(words, walk, wide);
        let header = self.header.emit((head, walk.ways.help.clone()));
        let dismiss = {
            let notice = walk.notice.clone();
            Callback::from(move |()| notice.set(None))
        };
        html! {
            <div class={classes!("page", walk.hovers.then_some("hovered"))}>
                { header }
                { notice(words, noticed(words, walk).map(Said::Wrong), dismiss) }
                { ask(walk) }
                { body(words, walk, wide) }
                { self.above(words, walk) }
                if walk.hovers {
                    <p class="drop-here" role="status">{ words.say("drop-here") }</p>
                }
            </div>
        }
    }

    /// What stands in the page's head: what runs, the search, the link. They come all at once: nothing moves.
    fn head(&self, words: &Words, walk: &Walk, wide: bool) -> Html {
        let Some(shown) = &walk.shown else {
            return Html::default();
        };
        let ways = &walk.ways;
        let summary = part(Summary {
            workload: Rc::clone(&shown.workload),
            frames: shown.view.wire.total,
            ring: shown.view.ring.as_ref().map(|ring| ring.count),
            onopen: ways.workload.clone(),
        });
        let search = if wide {
            part(self.search(None))
        } else {
            let label = words.say("search-label");
            let open = IconButton::new(Picture::Search, label, "search-open", ways.search.clone());
            IconButton { shortcut: Some("/"), ..open }.draw()
        };
        let copy = part(CopyLink { copied: walk.copied, onclick: ways.share.clone() });
        let label = words.say("notes-open");
        let notes = IconButton::new(Picture::Note, label, "notes-open", ways.notes.clone());
        let notes = IconButton { class: "moment-notes", ..notes }.draw();
        html! { <>{ summary }{ search }{ copy }{ notes }</> }
    }

    fn search(&self, onclose: Option<Callback<()>>) -> Search {
        Search { ask: self.ask.clone(), onchoose: self.onchoose.clone(), onclose }
    }

    fn above(&self, words: &Words, walk: &Walk) -> Html {
        let ways = &walk.ways;
        let onclose = ways.close.clone();
        match (walk.above, &walk.shown) {
            (Above::Help, _) => part(HelpDialog { onclose }),
            (Above::Search, _) => self.search(Some(onclose)).in_dialog(words),
            (Above::Notes, Some(shown)) => moment_notes(words, &shown.view, &ways.here(), onclose),
            (Above::Workload, Some(shown)) => part(WorkloadDialog {
                workload: Rc::clone(&shown.workload),
                send: ways.send.clone(),
                onfile: ways.onfile.clone(),
                onshipped: ways.onshipped.clone(),
                onclose,
            }),
            _ => Html::default(),
        }
    }
}

/// What the reader should know.
fn noticed(words: &Words, walk: &Walk) -> Option<AttrValue> {
    walk.notice.get().as_ref().map(|notice| match notice {
        Notice::Capture(name, error) => capture_error(words, name, error),
        Notice::NoSuchStep(last) => words.fill("error-no-step", [("last", grouped(*last).into())]),
        Notice::Nothing { on: true } => words.say("nothing-more"),
        Notice::Nothing { on: false } => words.say("nothing-before"),
        Notice::Never => words.say("nothing-ever"),
        Notice::NoFirstCapture => words.say("error-no-first-capture"),
        Notice::NotFetched(name) => words.fill("error-not-fetched", [("file", (*name).into())]),
        Notice::Link(error) => link_error(words, error),
        Notice::NoSuchObject(key) => {
            words.fill("error-link-object", [("object", key.as_str().into())])
        }
        Notice::OtherState(step) => {
            words.fill("error-link-state", [("step", grouped(*step).into())])
        }
    })
}

/// The card that asks for a link's file.
fn ask(walk: &Walk) -> Option<Html> {
    let asked = walk.asked.as_ref()?;
    Some(part(AskFile {
        name: asked.name.clone().into(),
        digest: asked.digest,
        other: asked.other.clone().map(AttrValue::from),
        onfile: walk.ways.onfile.clone(),
        onclose: walk.ways.stop_asking.clone(),
    }))
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

/// The stage with what belongs to it. Its place is there before there is something to show, so that the first drawing
/// has the right size; as many things stand in it and around it then, so that it stays the same element.
fn body(words: &Words, walk: &Walk, wide: bool) -> Html {
    let shown = walk.shown.as_ref();
    let data = |of: &dyn Fn(&Snapshot) -> String| shown.map(of);
    html! {
        <main class={classes!("walk", wide.then_some("beside"))} data-testid={shown.map(|_| "walk")}
            data-step={data(&|shown| shown.view.step.to_string())}
            data-state-hash={data(&|shown| format!("{:016x}", shown.hash))}
            data-playing={data(&|shown| shown.playing.to_string())}
            data-ended={data(&|shown| shown.view.ended.to_string())}
            data-first-step={data(&|shown| shown.first_step.to_string())}
            data-first-ns={data(&|shown| shown.first_ns.to_string())}
            aria-busy={shown.is_none_or(|shown| shown.busy).then_some("true")}>
            <div class="scene">
                <div ref={walk.place.clone()} class="stage-place" data-testid="stage"
                    tabindex={wide.then_some("0")}>
                    { for shown.map(|shown| stage(shown, walk)) }
                </div>
                if let Some(shown) = shown {
                    { narration(words, shown) }
                } else {
                    <p class="waiting">{ words.say("loading") }</p>
                }
            </div>
            { shown.map(|shown| around(words, shown, walk, wide)).unwrap_or_default() }
        </main>
    }
}

fn stage(shown: &Snapshot, walk: &Walk) -> Html {
    part(StageView {
        view: Rc::clone(&shown.view),
        place: walk.place.clone(),
        width: walk.width,
        motion_ms: shown.motion_ms(),
        onpick: walk.ways.onpick.clone(),
    })
}

fn narration(words: &Words, shown: &Snapshot) -> Html {
    let view = &shown.view;
    part(Narration {
        fact: view.fact,
        changes: view.changes.clone(),
        code: view.code,
        first_ns: shown.first_ns,
        intro: intro(words, shown),
        playing: shown.playing,
    })
}

/// What stands around the scene.
fn around(words: &Words, shown: &Snapshot, walk: &Walk, wide: bool) -> Html {
    let (view, send) = (&shown.view, &walk.ways.send);
    let scrubber = part(Scrubber {
        step: view.step,
        explored: view.explored,
        ended: view.ended,
        first_step: shown.first_step,
        at_ns: view.at_ns,
        first_ns: shown.first_ns,
        send: send.clone(),
    });
    let transport = part(Transport { playing: shown.playing, send: send.clone() });
    let controls = part(Controls { grain: shown.grain, speed: shown.speed, send: send.clone() });
    html! {
        <>
            { panes(words, shown, walk, wide) }
            <div class="bar">
                if wide { { timeline(shown, walk) } }
                { scrubber }
                { transport }
                if wide { { controls.clone() } }
            </div>
            if !wide { { controls } }
        </>
    }
}

fn timeline(shown: &Snapshot, walk: &Walk) -> Html {
    part(TimelineView {
        seen: shown.timeline.clone(),
        step: shown.view.step,
        explored: shown.view.explored,
        at_ns: shown.view.at_ns,
        first_ns: shown.first_ns,
        send: walk.ways.send.clone(),
    })
}

/// Details: beside the stage, or, with the timeline among them, as tabs.
fn panes(words: &Words, shown: &Snapshot, walk: &Walk, wide: bool) -> Html {
    let (view, ways) = (&shown.view, &walk.ways);
    let (revision, pinned) = (shown.revision, shown.pinned.is_some());
    let panes = if wide { &PANES[..WIDE_PANES] } else { &PANES[..] };
    let open = walk.pane.get().min(panes.len() - 1);
    let content = match panes[open].0 {
        "code" => part(CodePane { stack: view.stack.clone(), code: view.code }),
        "object" => part(ObjectPane {
            revision,
            pinned,
            marked: walk.marked.clone(),
            look: ways.look.clone(),
            send: ways.send.clone(),
        }),
        "registers" => part(RegistersPane { revision, look: ways.registers.clone() }),
        "bytes" => {
            part(BytesPane { revision, pinned, look: ways.bytes.clone(), send: ways.send.clone() })
        }
        "timeline" => timeline(shown, walk),
        "counters" => part(Counters { totals: view.totals.clone() }),
        _ => part(RingTable { ring: view.ring.clone(), onnotes: ways.notes.clone() }),
    };
    let tabs = Tabs {
        label: words.say("panes-label"),
        panels: panes.iter().map(|(id, name)| (*id, words.say(name))).collect(),
        open,
        onopen: {
            let pane = walk.pane.clone();
            Callback::from(move |open| pane.set(open))
        },
        content,
    };
    html! {
        <aside class="panes">
            { tabs.draw() }
        </aside>
    }
}
