//! What just happened, in one sentence; why; and what it changed.

use super::format::{KERNEL, since_first, source_link};
use super::words::{Words, use_words};
use crate::widgets::{Hook, HookContext, Part};
use nicscope_core::fact::Fact;
use nicscope_core::view::{Change, CodeView};
use nicscope_text::{SpanKind, sentence, why};
use yew::prelude::*;

/// What is said before the first frame, in place of the last line of the boot.
#[derive(Clone, Debug, PartialEq)]
pub struct Intro {
    /// What is about to happen.
    pub sentence: AttrValue,
    /// What to do.
    pub advice: AttrValue,
    /// What to know about what is loaded.
    pub note: Option<AttrValue>,
}

/// The sentence of the last step with what belongs to it.
#[derive(PartialEq)]
pub struct Narration {
    /// What the last step did.
    pub fact: Option<Fact>,
    /// Members that it changed.
    pub changes: Vec<Change>,
    /// The routine that it belongs to.
    pub code: Option<CodeView>,
    /// When the first frame arrives.
    pub first_ns: u64,
    /// Said instead of the sentence.
    pub intro: Option<Intro>,
    /// It plays: nothing is read aloud.
    pub playing: bool,
}

impl Part for Narration {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let live = if self.playing { "off" } else { "polite" };
        let (sentence, why) = match (&self.intro, &self.fact) {
            (Some(intro), _) => (html! { intro.sentence.clone() }, Some(intro.advice.clone())),
            (None, Some(fact)) => (spans(&words, fact), why(&words.0, fact).map(AttrValue::from)),
            (None, None) => (html! { words.say("power-on") }, Some(words.say("power-on-advice"))),
        };
        html! {
            <section class="narration" aria-label={words.say("narration-label")}>
                <p class="sentence" aria-live={live} aria-atomic="true" data-testid="sentence">{ sentence }</p>
                <p class="why" data-testid="why">{ why }</p>
                if let Some(note) = self.intro.as_ref().and_then(|intro| intro.note.clone()) {
                    <p class="note" data-testid="note">{ note }</p>
                }
                if self.intro.is_none() {
                    <div class="particulars">
                        { changes(&words, &self.changes) }
                        <div class="where">
                            if let Some(code) = self.code {
                                { source(&words, code) }
                            }
                            if let Some(fact) = self.fact {
                                { time(&words, fact.at, self.first_ns) }
                            }
                        </div>
                    </div>
                }
            </section>
        }
    }
}

fn spans(words: &Words, fact: &Fact) -> Html {
    let spans = sentence(&words.0, fact).into_iter().map(|span| match span.kind {
        SpanKind::Plain => html! { { span.text } },
        SpanKind::Subject => html! { <b class="subject">{ span.text }</b> },
        SpanKind::Object => html! { <b class="object">{ span.text }</b> },
        SpanKind::Packet => html! { <b class="packet-name">{ span.text }</b> },
    });
    html! { <>{ for spans }</> }
}

fn changes(words: &Words, changes: &[Change]) -> Html {
    if changes.is_empty() {
        return html! {
            <p class="no-changes" data-testid="changes">{ words.say("changes-none") }</p>
        };
    }
    let items = changes.iter().map(|change| {
        let (owner, name) = change.member.split_once('.').unwrap_or(("", change.member));
        let owner = if owner.is_empty() { String::new() } else { format!("{owner}.") };
        html! {
            <li key={change.member}>
                <code><span class="owner">{ owner }</span>{ name }</code>
                if let Some(old) = change.old {
                    <del>{ old.to_string() }</del>
                }
                <span class="to" aria-label={words.say("changes-to")}>{ "→" }</span>
                <ins>{ change.new.to_string() }</ins>
            </li>
        }
    });
    html! {
        <ul class="changes" aria-label={words.say("changes-label")} data-testid="changes">
            { for items }
        </ul>
    }
}

/// The function with its place in the kernel's sources.
fn source(words: &Words, code: CodeView) -> Html {
    let line = code.line_info();
    if line.source_line() == 0 {
        return html! {
            <p class="source" data-testid="source">
                <code>{ code.info.name }</code>{ " " }
                <span class="kind">{ words.say("source-hardware") }</span>
            </p>
        };
    }
    html! {
        <p class="source" data-testid="source">
            <code>{ format!("{}()", code.info.name) }</code>{ " " }
            { source_link(line.source_file(), line.source_line()) }{ " " }
            <span class="kind">{ format!("Linux {KERNEL}") }</span>
        </p>
    }
}

fn time(words: &Words, at_ns: u64, first_ns: u64) -> Html {
    html! {
        <p class="time" data-testid="time">
            <span class="value">{ since_first(at_ns, first_ns) }</span>{ " " }
            <span class="kind" title={words.say("model-value-meaning")}>
                { words.say("model-value") }
            </span>
        </p>
    }
}
