//! How large an element is.

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
