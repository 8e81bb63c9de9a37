//! The call stack, and the lines of the routine that runs.

use super::words::{Words, use_words};
use crate::browser::document::reveal;
use crate::text::context;
use nicscope_core::machine::Context;
use nicscope_core::view::{CodeView, FrameView};
use yew::prelude::*;

/// Properties of [`CodePane`].
#[derive(Clone, PartialEq, Properties)]
pub struct CodeProps {
    /// The CPU's frames, outermost first.
    pub stack: Vec<FrameView>,
    /// The routine that ran, with the line.
    pub code: Option<CodeView>,
}

/// Which function called which, and where in the innermost one the last step was.
#[component]
pub fn CodePane(props: &CodeProps) -> Html {
    let words = use_words();
    html! {
        <div class="code-pane">
            <Stack frames={props.stack.clone()} words={words.clone()} />
            if let Some(code) = props.code {
                <Listing {code} {words} />
            }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct StackProps {
    frames: Vec<FrameView>,
    words: Words,
}

fn class_of(context: Context) -> &'static str {
    match context {
        Context::Task => "task",
        Context::Softirq => "softirq",
        Context::Hardirq | Context::HardirqInSoftirq => "hardirq",
    }
}

/// The innermost frame is on top, as in a kernel's own back traces.
#[component]
fn Stack(props: &StackProps) -> Html {
    let words = &props.words;
    let frames = props.frames.iter().enumerate().rev().map(|(depth, frame)| {
        let kind = class_of(frame.context);
        html! {
            <li key={depth}>
                <code>{ frame.name }</code>
                <span class={classes!("context", kind)}>{ context(&words.0, frame.context) }</span>
            </li>
        }
    });
    html! {
        <section class="stack" aria-label={words.say("stack-label")}>
            <h2>{ words.say("stack-label") }</h2>
            if props.frames.is_empty() {
                <p class="nothing">{ words.say("stack-empty") }</p>
            }
            <ol data-testid="stack" tabindex="0" aria-label={words.say("stack-order")}>{ for frames }</ol>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ListingProps {
    code: CodeView,
    words: Words,
}

#[component]
fn Listing(props: &ListingProps) -> Html {
    let (code, words) = (props.code, &props.words);
    let list = use_node_ref();
    use_effect_with((code, list.clone()), |(_, list)| reveal(list, "[aria-current]"));
    let lines = (0..).zip(code.info.lines()).map(|(number, line): (u8, _)| {
        let now = number == code.line;
        let source = line.source_line();
        let source = if source == 0 { String::new() } else { source.to_string() };
        html! {
            <li key={number} aria-current={now.then_some("step")} class={now.then_some("now")}>
                <span class="line">{ source }</span>
                <code>{ line.code() }</code>
            </li>
        }
    });
    let hardware = code.info.file.is_empty();
    let name = if hardware { code.info.name.to_owned() } else { format!("{}()", code.info.name) };
    html! {
        <section class="listing" aria-label={words.say("listing-label")}>
            <h2><code>{ name }</code></h2>
            <p class="file">
                if hardware { { words.say("source-hardware") } } else { { code.info.file } }
                { " " }<span class="kind" title={words.say("listing-note")}>{ words.say("listing-kind") }</span>
            </p>
            <ol ref={list} data-testid="listing" tabindex="0" aria-label={words.say("listing-label")}>
                { for lines }
            </ol>
        </section>
    }
}
