//! Values of form fields.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Event, InputEvent, NodeRef};

/// What stands in the field that an event came from.
#[must_use]
pub fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(target) => {
            target.dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default()
        }
    }
}

/// What stands in a field while it is being changed.
#[must_use]
pub fn value_so_far(event: &InputEvent) -> String {
    value_of(event)
}

/// Writes into a field, over what the reader wrote.
pub fn set_value(node: &NodeRef, value: &str) {
    if let Some(input) = node.cast::<HtmlInputElement>() {
        input.set_value(value);
    }
}

/// What stands in a field.
#[must_use]
pub fn value_in(node: &NodeRef) -> String {
    node.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

/// Gives the keyboard to an element.
pub fn focus(selector: &str) {
    let found = gloo::utils::document().query_selector(selector);
    if let Ok(Some(element)) = found {
        let _ = match element.dyn_into::<web_sys::HtmlElement>() {
            Ok(element) => element.focus(),
            Err(element) => match element.dyn_into::<web_sys::SvgElement>() {
                Ok(element) => element.focus(),
                Err(_) => return,
            },
        };
    }
}
