//! The program's second file, and the second of its words: what a first visit does not need.
//!
//! `cargo xtask build` splits the program (`xtask/src/split.rs`). What calls a function of the second file
//! calls in the first a relay, which calls [`load_later`] if that file is not there yet, and then the function. Nothing in the source knows which functions these are. boot.js fetches the file once the reader
//! has done something, so that as a rule it is there when it is needed. So it is with the words.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Hands boot.js what the second file is linked to. It asks for the words that the first step needs.
    #[wasm_bindgen(js_namespace = nicscope)]
    fn offer(exports: &JsValue);

    /// Has the second file fetched and linked before it returns.
    #[wasm_bindgen(js_namespace = nicscope, js_name = loadLater)]
    fn load();

    /// A file of words that come later.
    #[wasm_bindgen(js_namespace = nicscope, js_name = laterWords)]
    fn later_words(path: &str) -> String;

    /// Has such a file come.
    #[wasm_bindgen(js_namespace = nicscope, js_name = fetchWords)]
    fn fetched(path: &str) -> Promise;
}

/// Lets the second file come when it is needed.
pub fn allow() {
    offer(&wasm_bindgen::exports());
}

/// Has a file of words that come later come before it is needed. If it cannot be had, that is said when it is needed.
pub async fn fetch_words(path: &'static str) {
    let _ = JsFuture::from(fetched(path)).await;
}

/// A file of words that come later; it is waited for.
pub fn words(path: &'static str) -> String {
    later_words(path)
}

/// Called by relays.
#[wasm_bindgen]
pub fn load_later() {
    load();
}
