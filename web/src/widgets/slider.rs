//! A slider.

use super::when_some;
use crate::browser::input::value_so_far;
use yew::prelude::*;

/// Properties of [`Slider`].
#[derive(Clone, PartialEq, Properties)]
pub struct SliderProps {
    /// What it sets.
    pub label: AttrValue,
    /// For tests.
    pub testid: &'static str,
    /// The least.
    #[prop_or_default]
    pub least: u64,
    /// The most.
    pub most: u64,
    /// Where it stands.
    pub value: u64,
    /// Where it stands, in words.
    pub text: AttrValue,
    /// It was moved.
    pub onmove: Callback<u64>,
}

/// A slider over whole numbers; it answers while it is being moved.
#[component]
pub fn Slider(props: &SliderProps) -> Html {
    let oninput = when_some(&props.onmove, |event: InputEvent| value_so_far(&event).parse().ok());
    html! {
        <input
            class="slider"
            type="range"
            aria-label={props.label.clone()}
            aria-valuetext={props.text.clone()}
            min={props.least.to_string()}
            max={props.most.to_string()}
            value={props.value.to_string()}
            data-testid={props.testid}
            {oninput}
        />
    }
}
