//! How large an element is.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

/// The width of an element in pixels, also when it changes; 0 until it is known.
#[hook]
pub fn use_width(node: &NodeRef) -> i32 {
    let width = use_state_eq(|| 0);
    let setter = width.setter();
    let node = node.clone();
    use_effect_with((), move |()| {
        let element = node.cast::<HtmlElement>();
        let watched = element.map(|element| {
            setter.set(element.client_width());
            watch(&element, setter)
        });
        move || {
            if let Some((observer, closure)) = watched {
                observer.disconnect();
                drop(closure);
            }
        }
    });
    *width
}

/// The height of the window's content in pixels, also when it changes.
#[hook]
pub fn use_viewport_height() -> i32 {
    let height = use_state_eq(viewport_height);
    let setter = height.setter();
    use_effect_with((), move |()| {
        let window = gloo::utils::window();
        let listener =
            EventListener::new(&window, "resize", move |_| setter.set(viewport_height()));
        move || drop(listener)
    });
    *height
}

fn viewport_height() -> i32 {
    let height = gloo::utils::window().inner_height().ok();
    height.and_then(|height| height.as_f64()).map_or(0, |height| height as i32)
}

type Seen = Closure<dyn FnMut(js_sys::Array)>;

fn watch(element: &HtmlElement, setter: UseStateSetter<i32>) -> (ResizeObserver, Seen) {
    let seen = element.clone();
    let closure = Closure::new(move |_| setter.set(seen.client_width()));
    let observer =
        ResizeObserver::new(closure.as_ref().unchecked_ref()).expect("browsers have it since 2020");
    let target: &Element = element;
    observer.observe(target);
    (observer, closure)
}
