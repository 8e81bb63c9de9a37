//! The document: its language, its theme, custom properties of elements.

use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::NodeRef;

fn root() -> Option<web_sys::Element> {
    gloo::utils::document().document_element()
}

/// The element with that id.
#[must_use]
pub fn by_id(id: &str) -> Option<web_sys::Element> {
    gloo::utils::document().get_element_by_id(id)
}

/// Gives the first such element these classes, and no others.
pub fn set_classes(selector: &str, classes: &str) {
    if let Ok(Some(found)) = gloo::utils::document().query_selector(selector) {
        found.set_class_name(classes);
    }
}

/// In which language the page is. boot.js says it first: the one chosen at an earlier visit, or the
/// one that the reader's browser wants.
#[must_use]
pub fn language() -> String {
    root().and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// Says in which language the page is.
pub fn set_language(tag: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Asks for a theme by name, or, with none, for the system's.
pub fn set_theme(theme: Option<&str>) {
    let Some(root) = root() else { return };
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    gloo::utils::document().set_title(title);
}

/// Sets a custom property of an element, where the page's policy forbids a style attribute.
pub fn set_property(node: &NodeRef, name: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property(name, value);
    }
}

/// Scrolls the nearest list so that the element is seen, and nothing else.
pub fn reveal(container: &NodeRef, selector: &str) {
    let Some(container) = container.cast::<HtmlElement>() else {
        return;
    };
    let Ok(Some(found)) = container.query_selector(selector) else {
        return;
    };
    let (outer, inner) = (container.get_bounding_client_rect(), found.get_bounding_client_rect());
    let by = if inner.top() < outer.top() {
        inner.top() - outer.top()
    } else if inner.bottom() > outer.bottom() {
        inner.bottom() - outer.bottom()
    } else {
        return;
    };
    container.set_scroll_top(container.scroll_top() + by.round() as i32);
}

/// Scrolls what is around it, as little as can be, so that the first element of that kind is seen.
pub fn show(container: &NodeRef, selector: &str) {
    let container = container.cast::<HtmlElement>();
    let found = container.and_then(|container| container.query_selector(selector).ok().flatten());
    if let Some(found) = found {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        found.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls the page, if need be, so that an element is seen.
pub fn bring(id: &str) {
    if let Some(element) = by_id(id) {
        element.scroll_into_view();
    }
}

/// Puts text on the clipboard, if the browser allows it.
pub fn copy(text: &str) {
    let _ = gloo::utils::window().navigator().clipboard().write_text(text);
}
