//! The keys, listed.

use super::words::use_words;
use crate::widgets::{Dialog, Hook, HookContext, Part, part};
use yew::prelude::*;

/// Keys with the message that says what they do.
const KEYS: [(&[&str], &str); 9] = [
    (&["→", "←"], "key-step"),
    (&["Shift", "→ ←"], "key-ten"),
    (&["↑", "↓"], "key-packet"),
    (&["Space"], "key-play"),
    (&["Home"], "key-home"),
    (&["End"], "key-end"),
    (&["/"], "key-search"),
    (&["?"], "key-help"),
    (&["Esc"], "key-close"),
];

/// Likewise where the lanes have focus.
const LANE_KEYS: [(&[&str], &str); 4] = [
    (&["W", "S"], "key-zoom"),
    (&["A", "D"], "key-shift"),
    (&["0"], "key-fit"),
    (&["Q", "E"], "key-marker"),
];

/// What the keys do, and what is a model value.
#[derive(PartialEq)]
pub struct HelpDialog {
    /// It was closed.
    pub onclose: Callback<()>,
}

impl Part for HelpDialog {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let row = |(keys, message): &(&[&'static str], &'static str)| {
            let caps = keys.iter().map(|key| html! { <kbd key={*key}>{ *key }</kbd> });
            html! {
                <div key={*message}>
                    <dt>{ for caps }</dt>
                    <dd>{ words.say(message) }</dd>
                </div>
            }
        };
        part(Dialog {
            testid: "help-dialog",
            title: words.say("help-title"),
            close: words.say("close"),
            onclose: self.onclose.clone(),
            content: html! {
                <>
                    <dl class="keys">{ for KEYS.iter().map(row) }</dl>
                    <h3>{ words.say("help-lanes") }</h3>
                    <dl class="keys">{ for LANE_KEYS.iter().map(row) }</dl>
                    <p>{ words.say("help-buttons") }</p>
                    <p>{ words.say("help-model") }</p>
                </>
            },
        })
    }
}
