//! The address: what stands in it behind `#`, and the clipboard that shares it.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

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

/// Puts the whole address on the clipboard; says whether the browser allowed it.
pub async fn copy() -> bool {
    let window = gloo::utils::window();
    let navigator = window.navigator();
    // Where the page did not come over https, there is no clipboard.
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_undefined()) {
        return false;
    }
    let Ok(address) = window.location().href() else { return false };
    JsFuture::from(navigator.clipboard().write_text(&address)).await.is_ok()
}
