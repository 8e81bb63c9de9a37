//! The call stack, and the lines of the routine that runs.

use super::format::{link_to_source, source_link};
use super::words::{Words, use_words};
use crate::browser::document::reveal;
use crate::widgets::{Hook, HookContext, Part, on_change};
use nicscope_core::engine::info;
use nicscope_core::machine::Context;
use nicscope_core::view::{CodeView, FrameView};
use nicscope_text::context;
use yew::prelude::*;

/// Which function called which, and where in the innermost one the last step was.
#[derive(PartialEq)]
pub struct CodePane {
    /// The CPU's frames, outermost first.
    pub stack: Vec<FrameView>,
    /// The routine that ran, with the line.
    pub code: Option<CodeView>,
}

impl Part for CodePane {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let list = use_node_ref().run(hooks);
        on_change(hooks, (self.code, list.clone()), |(_, list)| reveal(list, "[aria-current]"));
        html! {
            <div class="code-pane">
                { stack(&words, &self.stack) }
                { self.code.map(|code| listing(&words, code, list)) }
            </div>
        }
    }
}

fn class_of(context: Context) -> &'static str {
    match context {
        Context::Task => "task",
        Context::Softirq => "softirq",
        Context::Hardirq | Context::HardirqInSoftirq => "hardirq",
    }
}

/// A function's name leads to its source; what is no kernel code has none.
fn name(frame: &FrameView) -> Html {
    let of = info(frame.routine);
    let name = html! { <code>{ frame.name }</code> };
    if of.file.is_empty() { name } else { link_to_source(of.file, of.source_line, name) }
}

/// The innermost frame is on top, as in a kernel's own back traces.
fn stack(words: &Words, frames: &[FrameView]) -> Html {
    let rows = frames.iter().enumerate().rev().map(|(depth, frame)| {
        let kind = class_of(frame.context);
        html! {
            <li key={depth}>
                { name(frame) }
                <span class={classes!("context", kind)}>{ context(&words.0, frame.context) }</span>
            </li>
        }
    });
    html! {
        <section class="stack" aria-label={words.say("stack-label")}>
            <h2>{ words.say("stack-label") }</h2>
            if frames.is_empty() {
                <p class="nothing">{ words.say("stack-empty") }</p>
            }
            <ol data-testid="stack" tabindex="0" aria-label={words.say("stack-order")}>{ for rows }</ol>
        </section>
    }
}

fn listing(words: &Words, code: CodeView, list: NodeRef) -> Html {
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
    let call = if hardware { "" } else { "()" };
    html! {
        <section class="listing" aria-label={words.say("listing-label")}>
            <h2><code>{ [code.info.name, call].concat() }</code></h2>
            <p class="file">
                if hardware { { words.say("source-hardware") } } else { { source_link(code.info.file, code.info.source_line) } }
                { " " }<span class="kind" title={words.say("listing-note")}>{ words.say("listing-kind") }</span>
            </p>
            <ol ref={list} data-testid="listing" tabindex="0" aria-label={words.say("listing-label")}>
                { for lines }
            </ol>
        </section>
    }
}
