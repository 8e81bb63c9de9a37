//! How large an element is.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlElement, ResizeObserver};
use yew::NodeRef;

/// An element that is watched, until dropped.
pub struct Watched {
    observer: ResizeObserver,
    #[expect(dead_code, reason = "held until it is dropped")]
    seen: Closure<dyn FnMut(js_sys::Array)>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The width of the first such element in pixels; 0 if there is none.
#[must_use]
pub fn width_of(selector: &str) -> i32 {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    found.map_or(0, |element| element.client_width())
}

/// The width of an element in pixels; 0 while it is not there.
#[must_use]
pub fn width(node: &NodeRef) -> i32 {
    node.cast::<HtmlElement>().map_or(0, |element| element.client_width())
}

/// Calls back with the width of an element in pixels, soon and whenever it changes, until dropped.
///
/// # Panics
/// In a browser from before 2020.
pub fn on_width(node: &NodeRef, changed: impl Fn(i32) + 'static) -> Option<Watched> {
    let element = node.cast::<HtmlElement>()?;
    let watched = element.clone();
    let seen = Closure::new(move |_| changed(watched.client_width()));
    let observer =
        ResizeObserver::new(seen.as_ref().unchecked_ref()).expect("browsers have it since 2020");
    observer.observe(&element);
    Some(Watched { observer, seen })
}

/// The height of the window's content in pixels.
#[must_use]
pub fn viewport_height() -> i32 {
    let height = gloo::utils::window().inner_height().ok();
    height.and_then(|height| height.as_f64()).map_or(0, |height| height as i32)
}

/// Calls back with the height of the window's content when it changes, until dropped.
pub fn on_viewport_height(changed: impl Fn(i32) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "resize", move |_| changed(viewport_height()))
}
