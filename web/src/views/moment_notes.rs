//! A moment of the run for the reader's notes: the step in words, the ring as a table, the stage as a picture.

use super::format::{KERNEL, grouped};
use super::notes::{NotesDialog, Takeable};
use super::words::Words;
use crate::browser::{location, style};
use crate::widgets::part;
use nicscope_core::diagram::{Label, stage};
use nicscope_core::notes::{Theme, base_of, stage_picture};
use nicscope_core::view::{RingView, WalkView};
use nicscope_text::{sentence_text, why};
use std::rc::Rc;
use yew::prelude::*;

/// The picture's size, as a wide page has the stage.
const SIZE: (i32, i32) = (1_200, 500);
/// The height of a frame with the page.
const FRAME_HEIGHT: &str = "900";

/// The dialog; `here` is the address of the moment, without what is before its `#`.
pub fn moment_notes(words: &Words, view: &Rc<WalkView>, here: &str, onclose: Callback<()>) -> Html {
    let about = words.fill(
        "position",
        [("step", grouped(view.step).into()), ("last", grouped(view.explored).into())],
    );
    let (view, words, here) = (Rc::clone(view), words.clone(), here.to_owned());
    let take = Callback::from(move |theme: Theme| {
        let page = location::page();
        let link = [base_of(&page), "#", &here].concat();
        let step = ["step ", &view.step.to_string()].concat();
        let frame = [
            "<iframe src=\"",
            &link.replace('&', "&amp;"),
            "\" title=\"nicscope: ",
            &step,
            "\" width=\"100%\" height=\"",
            FRAME_HEIGHT,
            "\" loading=\"lazy\"></iframe>",
        ];
        let mut texts = vec![("notes-link", link.clone())];
        texts.push(("notes-step", step_text(&words, &view, &link)));
        if let Some(ring) = &view.ring {
            texts.push(("notes-ring", ring_table(&words, ring, &link)));
        }
        texts.push(("notes-iframe", frame.concat()));
        let say = |label: &Label| words.label(label).to_string();
        let scheme =
            [".stage { color-scheme: ", theme.color_scheme(), " } .paper { fill: var(--paper) }"];
        let rules = [style::rules_of(".stage"), scheme.concat()].concat();
        let picture = stage_picture(&stage(&view, SIZE.0, SIZE.1), &rules, &step, &say);
        Takeable { texts, picture, file: step.replace(' ', "-") }
    });
    part(NotesDialog { about, take, onclose })
}

/// What the step did, why, where the source has it, and what it changed.
fn step_text(words: &Words, view: &WalkView, link: &str) -> String {
    let step = words.fill("step-word", [("step", grouped(view.step).into())]);
    let mut text = ["[", &step, "](", link, ")"].concat();
    if let Some(line) = view.code.map(|code| code.line_info()).filter(|line| line.source_line() > 0)
    {
        let place = [line.source_file(), ":", &line.source_line().to_string()].concat();
        text.push_str(&[" · `", &place, "` · Linux ", KERNEL].concat());
    }
    text.push_str("\n\n");
    let said = match &view.fact {
        Some(fact) => sentence_text(&words.0, fact),
        None => words.say("power-on").to_string(),
    };
    text.push_str(&["**", &said, "**\n"].concat());
    if let Some(why) = view.fact.as_ref().and_then(|fact| why(&words.0, fact)) {
        text.push_str(&["\n", &why, "\n"].concat());
    }
    for (number, change) in view.changes.iter().enumerate() {
        let old = change.old.map(|old| old.to_string()).unwrap_or_default();
        let first = if number == 0 { "\n" } else { "" };
        let new = change.new.to_string();
        text.push_str(&[first, "* `", change.member, "`: ", &old, " → ", &new, "\n"].concat());
    }
    text
}

/// The slots that are shown, as a table of Markdown.
fn ring_table(words: &Words, ring: &RingView, link: &str) -> String {
    let name = words.fill("stage-ring", [("ring", ring.number.to_string().into())]);
    let heads = ["ring-slot", "ring-owner", "ring-packet", "ring-pointers"].map(|id| words.say(id));
    let mut text = ["[", &name, "](", link, ")\n\n| "].concat();
    text.push_str(&heads.join(" | "));
    text.push_str(" |\n| ---: | :---: | :--- | :--- |\n");
    for slot in &ring.window {
        let here = ring.pointers.iter().filter(|(_, at)| *at == slot.index);
        let pointers: Vec<String> =
            here.map(|(kind, _)| ["`", kind.name(), "`"].concat()).collect();
        let packet = slot.packet.map(|packet| ["#", &packet.0.to_string()].concat());
        let cells = [
            slot.index.to_string(),
            slot.owner.letter().to_string(),
            packet.unwrap_or_default(),
            pointers.join(", "),
        ];
        text.push_str(&["| ", &cells.join(" | "), " |\n"].concat());
    }
    text
}
