//! Media queries.

use gloo::events::EventListener;

/// Whether the browser meets a media query now.
#[must_use]
pub fn matches(query: &str) -> bool {
    let list = gloo::utils::window().match_media(query);
    list.ok().flatten().is_some_and(|list| list.matches())
}

/// Calls back when the browser begins or ceases to meet a media query, until dropped.
pub fn on_change(query: &str, changed: impl Fn(bool) + 'static) -> Option<EventListener> {
    let list = gloo::utils::window().match_media(query).ok().flatten()?;
    Some(EventListener::new(&list.clone(), "change", move |_| changed(list.matches())))
}
