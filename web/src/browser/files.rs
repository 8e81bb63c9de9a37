//! Files that the reader drops or chooses. They are read here and go nowhere.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::Callback;

/// A file's name and content.
pub type Loaded = (String, Vec<u8>);

/// Reads files and hands them over together, the largest first.
fn read(list: &FileList, done: Callback<Vec<Loaded>>) {
    let files: Vec<File> = (0..list.length()).filter_map(|number| list.get(number)).collect();
    spawn_local(async move {
        let mut all = Vec::new();
        for file in files {
            // A folder cannot be read: whoever gets it says that nothing is in it.
            let buffer = JsFuture::from(file.array_buffer()).await;
            let bytes = buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
            all.push((file.name(), bytes.unwrap_or_default()));
        }
        all.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
        if !all.is_empty() {
            done.emit(all);
        }
    });
}

/// Takes files that are dropped anywhere on the page; `over` hears when one hovers above it.
pub fn on_drop(over: Callback<bool>, done: Callback<Vec<Loaded>>) -> [EventListener; 3] {
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
        if let Some(files) = files {
            read(&files, done.clone());
        }
    });
    [drag, leave, drop]
}

/// Takes the files that were chosen in an `<input type="file">`, and empties the input so that the
/// same ones can be chosen again.
pub fn chosen(event: &yew::Event, done: Callback<Vec<Loaded>>) {
    let Some(target) = event.target() else { return };
    let input: HtmlInputElement = target.unchecked_into();
    if let Some(files) = input.files() {
        read(&files, done);
    }
    input.set_value("");
}
