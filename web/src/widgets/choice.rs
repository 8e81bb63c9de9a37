//! One of several: side by side, or as a list.

use crate::browser::input::value_of;
use yew::prelude::*;

/// One of the choices.
pub struct Choice {
    /// What it stands for.
    pub value: AttrValue,
    /// How it is called.
    pub label: AttrValue,
}

/// Several, of which one is chosen.
pub struct Choices {
    /// What is chosen here.
    pub label: AttrValue,
    /// For tests; also the name of the group.
    pub testid: &'static str,
    /// All of them.
    pub choices: Vec<Choice>,
    /// The value of the one that is chosen.
    pub chosen: AttrValue,
    /// Another was chosen.
    pub onchange: Callback<String>,
}

impl Choices {
    /// Side by side: a group of radio buttons.
    pub fn segments(self) -> Html {
        let Self { label, testid, choices, chosen, onchange } = self;
        let onchange = onchange.reform(|event: Event| value_of(&event));
        let choices = choices.into_iter().map(|Choice { value, label }| {
            html! {
                <label key={&*value}>
                    <input
                        type="radio"
                        name={testid}
                        value={value.clone()}
                        checked={value == chosen}
                        data-testid={[testid, "-", &value].concat()}
                        onchange={onchange.clone()}
                    />
                    <span>{ label }</span>
                </label>
            }
        });
        html! {
            <fieldset class="segments" data-testid={testid}>
                <legend>{ label }</legend>
                <div>{ for choices }</div>
            </fieldset>
        }
    }

    /// As a list that opens.
    pub fn list(self) -> Html {
        let Self { label, testid, choices, chosen, onchange } = self;
        let onchange = onchange.reform(|event: Event| value_of(&event));
        let choices = choices.into_iter().map(|Choice { value, label }| {
            html! { <option value={value.clone()} selected={value == chosen}>{ label }</option> }
        });
        html! {
            <label class="select">
                <span>{ label }</span>
                <select data-testid={testid} {onchange}>{ for choices }</select>
            </label>
        }
    }
}
