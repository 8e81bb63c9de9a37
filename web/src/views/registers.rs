//! The card's registers: where each lies, what it holds, what its bits mean.

use super::format::source_link;
use super::words::{Words, use_words};
use crate::widgets::{Hook, HookContext, Part};
use nicscope_core::view::{RegisterField, RegisterView};
use yew::prelude::*;

/// The registers that the model holds, of the queue that the step is about.
#[derive(PartialEq)]
pub struct RegistersPane {
    /// The publication that is shown: there is something new to look at.
    pub revision: u64,
    /// The registers; asked when the pane is drawn, so that a closed one costs nothing.
    pub look: Callback<(), Option<Vec<RegisterView>>>,
}

impl Part for RegistersPane {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let registers = self.look.emit(()).unwrap_or_default();
        if registers.is_empty() {
            return html! { <p class="nothing">{ words.say("registers-none") }</p> };
        }
        html! {
            <ul class="registers" data-testid="registers" tabindex="0"
                aria-label={words.say("registers-list")}>
                { for registers.iter().map(|register| one(&words, register)) }
            </ul>
        }
    }
}

fn one(words: &Words, register: &RegisterView) -> Html {
    let key = ["register-", register.name].concat();
    let (file, line) = register.source;
    let index = register.index.map(|index| format!("({index})"));
    let touch = match (register.written, register.read) {
        (true, _) => Some(("w", "object-written")),
        (_, true) => Some(("r", "object-read")),
        _ => None,
    };
    let changed = register.written && register.old != register.new
        || register.fields.iter().any(|field| field.old != field.new);
    let class = classes!(touch.is_some().then_some("touched"), changed.then_some("changed"));
    html! {
        <li key={register.name} {class} data-register={register.name}>
            <h2>
                <code>{ register.name }{ index }</code>
                if let Some((letter, meaning)) = touch {
                    <abbr title={words.say(meaning)} role="img" aria-label={words.say(meaning)}>{ letter }</abbr>
                }
            </h2>
            <p class="value">{ value(words, register) }</p>
            <p class="where">
                { words.fill("registers-at", [("offset", hex(register.offset.into()).into())]) }{ " · " }
                { source_link(file, line) }
            </p>
            <p class="means">{ words.say(&key) }</p>
            if let Some(posted) = register.posted {
                <p class="posted">
                    { words.fill("registers-posted", [("value", hex(posted.into()).into())]) }
                </p>
            }
            if !register.fields.is_empty() {
                <ul>{ for register.fields.iter().map(|field| part(words, &key, field)) }</ul>
            }
        </li>
    }
}

fn hex(number: u64) -> String {
    format!("{number:#x}")
}

fn value(words: &Words, register: &RegisterView) -> Html {
    match (register.old, register.new) {
        // A wide one is shown by its parts alone.
        (None, None) if !register.fields.is_empty() && register.name != "EITR" => Html::default(),
        (_, None) => words.say("registers-unwritten").to_string().into(),
        (old, Some(new)) => {
            let old = old.filter(|old| *old != new);
            change(words, old.map(u64::from), new.into())
        }
    }
}

/// The value, with the one before it if the step changed it.
fn change(words: &Words, old: Option<u64>, new: u64) -> Html {
    let Some(old) = old else { return html! { <code>{ hex(new) }</code> } };
    html! {
        <>
            <del>{ hex(old) }</del>{ " " }
            <span class="to" role="img" aria-label={words.say("changes-to")}>{ "→" }</span>{ " " }
            <ins>{ hex(new) }</ins>
        </>
    }
}

fn part(words: &Words, register: &str, field: &RegisterField) -> Html {
    let old = (field.old != field.new).then_some(field.old);
    let meaning = [register, ".", field.name].concat();
    html! {
        <li class={old.map(|_| "changed")} data-part={field.name}>
            <span class="bits">{ super::bytes::bits(words, field.low, field.size) }</span>
            <code>{ field.name }</code>
            <span class="value">{ change(words, old, field.new) }</span>
            <span class="means">{ words.say(&meaning) }</span>
        </li>
    }
}
