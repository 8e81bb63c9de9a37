//! Native dialogs: the browser keeps focus within, and closes them on Escape.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::NodeRef;

/// Opens a `<dialog>` above the page.
pub fn open(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>()
        && !dialog.open()
    {
        // It fails only for an element that is not in the document.
        let _ = dialog.show_modal();
    }
}

/// Closes it.
pub fn close(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Closes whichever is open.
pub fn close_all() {
    let found = gloo::utils::document().query_selector("dialog[open]");
    if let Ok(Some(dialog)) = found {
        dialog.unchecked_into::<HtmlDialogElement>().close();
    }
}

/// Whether any dialog is open.
#[must_use]
pub fn any_open() -> bool {
    let found = gloo::utils::document().query_selector("dialog[open]");
    found.is_ok_and(|found| found.is_some())
}
