//! The address: what stands in it behind `#`, and the clipboard that shares it.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

/// What stands behind `#`; empty if nothing does.
#[must_use]
pub fn hash() -> String {
    let hash = gloo::utils::window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// Writes it without a new entry in the browser's history.
pub fn replace(hash: &str) {
    if let Ok(history) = gloo::utils::window().history() {
        // A browser refuses only when it is asked too often.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{hash}")));
    }
}

/// Writes it as a new entry in the browser's history.
pub fn push(hash: &str) {
    if let Ok(history) = gloo::utils::window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("#{hash}")));
    }
}

/// Calls back when the reader or the browser's history changed it, until dropped.
pub fn on_change(changed: impl Fn(String) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "hashchange", move |_| changed(hash()))
}

/// The whole address.
#[must_use]
pub fn page() -> String {
    gloo::utils::window().location().href().unwrap_or_default()
}
