//! A slider.

use super::when_some;
use crate::browser::input::value_so_far;
use yew::prelude::*;

/// A slider over whole numbers from 0 on; it answers while it is being moved.
pub struct Slider {
    /// What it sets.
    pub label: AttrValue,
    /// For tests.
    pub testid: &'static str,
    /// The most.
    pub most: u64,
    /// Where it stands.
    pub value: u64,
    /// Where it stands, in words.
    pub text: AttrValue,
    /// It was moved.
    pub onmove: Callback<u64>,
}

impl Slider {
    /// As it stands in a page.
    pub fn draw(self) -> Html {
        let oninput =
            when_some(&self.onmove, |event: InputEvent| value_so_far(&event).parse().ok());
        html! {
            <input
                class="slider"
                type="range"
                aria-label={self.label}
                aria-valuetext={self.text}
                min="0"
                max={self.most.to_string()}
                value={self.value.to_string()}
                data-testid={self.testid}
                {oninput}
            />
        }
    }
}
