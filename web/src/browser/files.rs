//! Files that the reader drops or chooses. They are read here and go nowhere.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, HtmlInputElement};
use yew::Callback;

/// A file's name and content.
pub type Loaded = (String, Vec<u8>);

/// Reads a file and hands it over.
fn read(file: File, done: Callback<Loaded>) {
    spawn_local(async move {
        if let Ok(buffer) = JsFuture::from(file.array_buffer()).await {
            let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
            done.emit((file.name(), bytes));
        }
    });
}

/// Takes files that are dropped anywhere on the page; `over` hears when one hovers above it.
pub fn on_drop(over: Callback<bool>, done: Callback<Loaded>) -> [EventListener; 3] {
    let document = gloo::utils::document();
    let options = EventListenerOptions::enable_prevent_default();
    let hover = over.clone();
    let drag = EventListener::new_with_options(&document, "dragover", options, move |event| {
        event.prevent_default();
        hover.emit(true);
    });
    let left = over.clone();
    let leave = EventListener::new(&document, "dragleave", move |event| {
        let event: &DragEvent = event.unchecked_ref();
        // It also leaves each element on its way; only out of the window has no place to go.
        if event.related_target().is_none() {
            left.emit(false);
        }
    });
    let drop = EventListener::new_with_options(&document, "drop", options, move |event| {
        event.prevent_default();
        over.emit(false);
        let event: &DragEvent = event.unchecked_ref();
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            read(file, done.clone());
        }
    });
    [drag, leave, drop]
}

/// Takes the file that was chosen in an `<input type="file">`, and empties the input so that the
/// same file can be chosen again.
pub fn chosen(event: &yew::Event, done: Callback<Loaded>) {
    let Some(target) = event.target() else { return };
    let input: HtmlInputElement = target.unchecked_into();
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        read(file, done);
    }
    input.set_value("");
}
