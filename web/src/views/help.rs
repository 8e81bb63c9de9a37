//! The keys, listed.

use super::words::use_words;
use crate::widgets::Dialog;
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

/// Properties of [`HelpDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// It was closed.
    pub onclose: Callback<()>,
}

/// What the keys do, and what is a model value.
#[component]
pub fn HelpDialog(props: &HelpProps) -> Html {
    let words = use_words();
    let keys = KEYS.map(|(keys, message)| {
        let caps = keys.iter().map(|key| html! { <kbd key={*key}>{ *key }</kbd> });
        html! {
            <div key={message}>
                <dt>{ for caps }</dt>
                <dd>{ words.say(message) }</dd>
            </div>
        }
    });
    html! {
        <Dialog testid="help-dialog" title={words.say("help-title")} close={words.say("close")}
            onclose={props.onclose.clone()}>
            <dl class="keys">{ for keys }</dl>
            <p>{ words.say("help-buttons") }</p>
            <p>{ words.say("help-model") }</p>
        </Dialog>
    }
}
