//! The program's other files, and its other words: what the first step, or a first visit, does not need.
//!
//! `cargo xtask build` divides the program (`xtask/src/split.rs`). What calls a function of another file
//! calls in the first a relay, which calls [`load_soon`] or [`load_later`] if that file is not there yet, and then the
//! function. Nothing in the source knows which functions these are. boot.js has the files come early enough, so that as
//! a rule they are there when they are needed. So it is with the words.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Hands boot.js what the other files are linked to. It has come what is needed soon.
    #[wasm_bindgen(js_namespace = nicscope)]
    fn offer(exports: &JsValue);

    /// Has the file that is needed soon come, or all.
    #[wasm_bindgen(js_namespace = nicscope, js_name = come)]
    fn coming(all: bool) -> Promise;

    /// Whether the file that is needed soon is there.
    #[wasm_bindgen(js_namespace = nicscope, js_name = isHere)]
    fn soon_is_here() -> bool;

    /// Has that file fetched and linked before it returns.
    #[wasm_bindgen(js_namespace = nicscope, js_name = loadSoon)]
    fn soon_now();

    /// The same of the other one.
    #[wasm_bindgen(js_namespace = nicscope, js_name = loadLater)]
    fn later_now();

    /// A file of words that come later.
    #[wasm_bindgen(js_namespace = nicscope, js_name = laterWords)]
    fn later_words(path: &str) -> String;

    /// Has such a file come.
    #[wasm_bindgen(js_namespace = nicscope, js_name = fetchWords)]
    fn fetched(path: &str) -> Promise;
}

/// Lets the other files come.
pub fn allow() {
    offer(&wasm_bindgen::exports());
}

/// Has a file of words that come later come before it is needed; says whether it could be had.
pub async fn fetch_words(path: &'static str) -> bool {
    JsFuture::from(fetched(path)).await.is_ok_and(|had| had.is_truthy())
}

/// A file of words that come later; it is waited for.
pub fn words(path: &'static str) -> String {
    later_words(path)
}

/// Whether the program can do more than its first step without waiting for a file.
#[must_use]
pub fn is_here() -> bool {
    soon_is_here()
}

/// Has the files come that are needed soon, or all, before they are needed. If they cannot be had, that is said when they
/// are.
pub async fn come(all: bool) {
    let _ = JsFuture::from(coming(all)).await;
}

/// Called by relays.
#[wasm_bindgen]
pub fn load_soon() {
    soon_now();
}

/// Called by relays.
#[wasm_bindgen]
pub fn load_later() {
    later_now();
}
