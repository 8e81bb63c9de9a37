//! One of several: side by side, or as a list.

use crate::browser::input::value_of;
use yew::prelude::*;

/// One of the choices.
#[derive(Clone, PartialEq)]
pub struct Choice {
    /// What it stands for.
    pub value: AttrValue,
    /// How it is called.
    pub label: AttrValue,
}

/// Properties of [`Segments`] and [`Select`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChoiceProps {
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

/// Choices side by side: a group of radio buttons.
#[component]
pub fn Segments(props: &ChoiceProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| value_of(&event));
    let choices = props.choices.iter().map(|choice| {
        html! {
            <label key={choice.value.to_string()}>
                <input
                    type="radio"
                    name={props.testid}
                    value={choice.value.clone()}
                    checked={choice.value == props.chosen}
                    data-testid={format!("{}-{}", props.testid, choice.value)}
                    onchange={onchange.clone()}
                />
                <span>{ choice.label.clone() }</span>
            </label>
        }
    });
    html! {
        <fieldset class="segments" data-testid={props.testid}>
            <legend>{ props.label.clone() }</legend>
            <div>{ for choices }</div>
        </fieldset>
    }
}

/// Choices as a list that opens.
#[component]
pub fn Select(props: &ChoiceProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| value_of(&event));
    let choices = props.choices.iter().map(|choice| {
        html! {
            <option value={choice.value.clone()} selected={choice.value == props.chosen}>
                { choice.label.clone() }
            </option>
        }
    });
    html! {
        <label class="select">
            <span>{ props.label.clone() }</span>
            <select data-testid={props.testid} {onchange}>{ for choices }</select>
        </label>
    }
}
