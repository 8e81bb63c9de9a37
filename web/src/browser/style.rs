//! Style sheets that come later.

use super::document::by_id;

/// Has a style sheet of the site come, if it has not.
pub fn bring(path: &str) {
    let id = ["style-", path].concat();
    let document = gloo::utils::document();
    if by_id(&id).is_some() {
        return;
    }
    let Ok(link) = document.create_element("link") else { return };
    let attributes = [("id", &*id), ("rel", "stylesheet"), ("href", path)];
    let set = attributes.into_iter().all(|(name, value)| link.set_attribute(name, value).is_ok());
    if let Some(head) = document.head().filter(|_| set) {
        let _ = head.append_child(&link);
    }
}
