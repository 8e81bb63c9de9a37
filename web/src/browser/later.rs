//! The program's second file, and the second of its words: what a first visit does not need.
//!
//! `cargo xtask build` splits the program (`xtask/src/split.rs`). What calls a function of the second file
//! calls in the first a relay, which calls [`load_later`] if that file is not there yet, and then the function. Nothing in the source knows which functions these are. boot.js fetches the file once the reader
//! has done something, so that as a rule it is there when it is needed. So it is with the words.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Hands boot.js what the second file is linked to.
    #[wasm_bindgen(js_namespace = nicscope)]
    fn offer(exports: &JsValue);

    /// Has the second file fetched and linked before it returns.
    #[wasm_bindgen(js_namespace = nicscope, js_name = loadLater)]
    fn load();

    /// The words that come later; nothing where they came with the others.
    #[wasm_bindgen(js_namespace = nicscope, js_name = laterWords)]
    fn later_words(language: &str) -> String;
}

/// Lets the second file come when it is needed.
pub fn allow() {
    offer(&wasm_bindgen::exports());
}

/// The messages of a language that a first visit says nowhere, as a file; it is waited for.
pub fn words(language: &str) -> String {
    later_words(language)
}

/// Called by relays.
#[wasm_bindgen]
pub fn load_later() {
    load();
}
