//! Media queries.

use gloo::events::EventListener;
use yew::prelude::*;

/// Whether the browser meets a media query now.
#[must_use]
pub fn matches(query: &str) -> bool {
    let list = gloo::utils::window().match_media(query);
    list.ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the browser meets a media query, also when that changes.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let met = use_state_eq(|| matches(query));
    let setter = met.setter();
    use_effect_with((), move |()| {
        let list = gloo::utils::window().match_media(query).ok().flatten();
        let listener = list.map(|list| {
            EventListener::new(&list.clone(), "change", move |_| setter.set(list.matches()))
        });
        move || drop(listener)
    });
    *met
}
