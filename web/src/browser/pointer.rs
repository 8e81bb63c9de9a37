//! Pointers: mouse, pen, finger, wheel.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};
use yew::NodeRef;

/// Lets the element that an event is for hear of this pointer until it is released, wherever it goes.
pub fn capture(event: &PointerEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = element {
        // It fails only for a pointer that is gone.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Calls back when the wheel is turned above an element, with where, in pixels from its left edge,
/// and how far, at most a hundred either way, negative away from the reader; the page does not scroll.
pub fn on_wheel(node: &NodeRef, turned: impl Fn(i32, i32) + 'static) -> Option<EventListener> {
    let element = node.cast::<Element>()?;
    let options = EventListenerOptions::enable_prevent_default();
    let target = element.clone();
    Some(EventListener::new_with_options(&target, "wheel", options, move |event| {
        let event: &WheelEvent = event.unchecked_ref();
        // Some browsers count in lines.
        let unit = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 30.0 };
        let by = (event.delta_y() * unit) as i32;
        if by != 0 {
            event.prevent_default();
            let left = element.get_bounding_client_rect().left();
            turned(event.client_x() - left.round() as i32, by.clamp(-100, 100));
        }
    }))
}
