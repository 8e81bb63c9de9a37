//! Buttons.

use super::icon::{Icon, Picture};
use yew::prelude::*;

/// Properties of [`IconButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct IconButtonProps {
    /// Its picture.
    pub picture: Picture,
    /// Its name.
    pub label: AttrValue,
    /// The key that does the same.
    #[prop_or_default]
    pub shortcut: Option<&'static str>,
    /// For tests.
    pub testid: &'static str,
    /// More classes.
    #[prop_or_default]
    pub class: &'static str,
    /// It can do nothing now.
    #[prop_or_default]
    pub disabled: bool,
    /// It is on or off, if it is a switch.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// What it does.
    pub onclick: Callback<()>,
}

/// A button with a picture; its name is read aloud and shown as a tip.
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    let onclick = props.onclick.reform(|_: MouseEvent| ());
    let title = match props.shortcut {
        Some(key) => AttrValue::from(format!("{} ({key})", props.label)),
        None => props.label.clone(),
    };
    html! {
        <button
            type="button"
            class={classes!("icon-button", props.class)}
            aria-label={props.label.clone()}
            aria-keyshortcuts={props.shortcut}
            {title}
            aria-disabled={props.disabled.then_some("true")}
            aria-pressed={props.pressed.map(|pressed| pressed.to_string())}
            data-testid={props.testid}
            {onclick}
        >
            <Icon picture={props.picture} />
        </button>
    }
}

/// Properties of [`Button`].
#[derive(Clone, PartialEq, Properties)]
pub struct ButtonProps {
    /// For tests.
    pub testid: &'static str,
    /// More classes.
    #[prop_or_default]
    pub class: &'static str,
    /// A tip, beyond its content.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// The language of its content, where that is not the page's.
    #[prop_or_default]
    pub lang: Option<&'static str>,
    /// It is the one of several that is chosen.
    #[prop_or_default]
    pub current: bool,
    /// What it does.
    pub onclick: Callback<()>,
    /// Its content.
    pub children: Html,
}

/// A button with words.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let onclick = props.onclick.reform(|_: MouseEvent| ());
    html! {
        <button
            type="button"
            class={classes!("button", props.class)}
            title={props.title.clone()}
            aria-current={props.current.then_some("true")}
            lang={props.lang}
            data-testid={props.testid}
            {onclick}
        >
            { props.children.clone() }
        </button>
    }
}
