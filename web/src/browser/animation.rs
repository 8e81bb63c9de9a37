//! Movement that the browser makes by itself.

use super::media;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::NodeRef;

/// Something on its way; dropped, it is there.
pub struct OnItsWay(JsValue);

impl Drop for OnItsWay {
    fn drop(&mut self) {
        // One that has ended takes it as well.
        let _ = call(&self.0, "cancel", &Array::new());
    }
}

/// Calls a method that web-sys has no stable name for.
fn call(object: &JsValue, name: &str, arguments: &Array) -> Option<JsValue> {
    let method = Reflect::get(object, &name.into()).ok()?.dyn_into::<Function>().ok()?;
    method.apply(object, arguments).ok()
}

/// Moves an element along a way, in pixels, and shows it for as long. Who wants no movement sees
/// none.
pub fn along(node: &NodeRef, way: &[(i32, i32)], duration_ms: u32) -> Option<OnItsWay> {
    if media::matches("(prefers-reduced-motion: reduce)") {
        return None;
    }
    let element = node.cast::<Element>()?;
    let lengths: Vec<f64> = way.windows(2).map(|ends| length(ends[0], ends[1])).collect();
    let whole = lengths.iter().sum::<f64>().max(1.0);
    let mut gone = 0.0;
    let frames = Array::new();
    for (place, (x, y)) in way.iter().enumerate() {
        let frame = Object::new();
        let set = |key: &str, value: &JsValue| {
            // It is a plain object.
            let _ = Reflect::set(&frame, &key.into(), value);
        };
        set("transform", &format!("translate({x}px, {y}px)").into());
        set("offset", &(gone / whole).min(1.0).into());
        set("opacity", &1.into());
        frames.push(&frame);
        gone += lengths.get(place).copied().unwrap_or_default();
    }
    call(&element, "animate", &Array::of2(&frames, &duration_ms.into())).map(OnItsWay)
}

fn length(from: (i32, i32), to: (i32, i32)) -> f64 {
    f64::from(to.0 - from.0).hypot(f64::from(to.1 - from.1))
}
