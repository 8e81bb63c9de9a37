//! Style sheets that come later.

use super::document::by_id;
use wasm_bindgen::JsCast;
use web_sys::CssStyleSheet;

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

/// The page's rules of the colours and of one class, for a picture that has no page around it: there the class is
/// what the rules of the page's root are for.
#[must_use]
pub fn rules_of(class: &str) -> String {
    let sheets = gloo::utils::document().style_sheets();
    let mut text = String::new();
    for place in 0..sheets.length() {
        let sheet = sheets.item(place).and_then(|sheet| sheet.dyn_into::<CssStyleSheet>().ok());
        let Some(rules) = sheet.and_then(|sheet| sheet.css_rules().ok()) else { continue };
        for rule in (0..rules.length()).filter_map(|place| rules.item(place)) {
            let rule = rule.css_text();
            let is_theme = rule.starts_with(":root[");
            if rule.starts_with(class) || (rule.starts_with(":root") && !is_theme) {
                text.push_str(&rule.replacen(":root", class, 1));
            }
        }
    }
    text
}
