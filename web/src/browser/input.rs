//! Values of form fields.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::{Event, FocusEvent, InputEvent, MouseEvent, NodeRef};

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

/// Gives the keyboard to an element; says whether there is one.
pub fn focus(selector: &str) -> bool {
    let found = gloo::utils::document().query_selector(selector);
    // What is drawn takes it by the same name.
    let found = found.ok().flatten().map(JsCast::unchecked_into::<HtmlElement>);
    found.is_some_and(|element| element.focus().is_ok())
}

/// What had the keyboard before another element got it.
#[must_use]
pub fn left_by(event: &FocusEvent) -> Option<HtmlElement> {
    event.related_target()?.dyn_into().ok()
}

/// Takes the keyboard from a field, and gives it back to what had it before, if that is known.
pub fn give_back(field: &NodeRef, to: Option<HtmlElement>) {
    let Some(field) = field.cast::<HtmlElement>() else { return };
    let _ = field.blur();
    if let Some(to) = to {
        let _ = to.focus();
    }
}

/// The id of the element with one that an event happened in, the innermost; empty if there is none.
#[must_use]
pub fn part_of(event: &Event) -> String {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let part = target.and_then(|target| target.closest("[id]").ok().flatten());
    part.map(|part| part.id()).unwrap_or_default()
}

/// The ids of all elements under the pointer, the uppermost first, with those of their parents.
#[must_use]
pub fn ids_under(event: &MouseEvent) -> Vec<String> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let under = gloo::utils::document().elements_from_point(x, y);
    let elements = under.iter().filter_map(|element| element.dyn_into::<Element>().ok());
    let with_parents =
        elements.flat_map(|element| [Some(element.clone()), element.parent_element()]);
    with_parents.flatten().map(|element| element.id()).filter(|id| !id.is_empty()).collect()
}
