//! Buttons.

use super::icon::Picture;
use yew::prelude::*;

/// A button with a picture; its name is read aloud and shown as a tip.
pub struct IconButton {
    /// Its picture.
    pub picture: Picture,
    /// Its name.
    pub label: AttrValue,
    /// The key that does the same.
    pub shortcut: Option<&'static str>,
    /// For tests.
    pub testid: &'static str,
    /// More classes.
    pub class: &'static str,
    /// It can do nothing now.
    pub disabled: bool,
    /// It is on or off, if it is a switch.
    pub pressed: Option<bool>,
    /// What it does.
    pub onclick: Callback<()>,
}

impl IconButton {
    /// One that is no switch and has no key.
    #[must_use]
    pub const fn new(
        picture: Picture,
        label: AttrValue,
        testid: &'static str,
        onclick: Callback<()>,
    ) -> Self {
        let (shortcut, class, disabled, pressed) = (None, "", false, None);
        Self { picture, label, shortcut, testid, class, disabled, pressed, onclick }
    }

    /// As it stands in a page.
    pub fn draw(self) -> Html {
        let Self { picture, label, shortcut, testid, class, disabled, pressed, onclick } = self;
        let onclick = onclick.reform(|_: MouseEvent| ());
        let title = match shortcut {
            Some(key) => [&label, " (", key, ")"].concat().into(),
            None => label.clone(),
        };
        html! {
            <button
                type="button"
                class={classes!("icon-button", class)}
                aria-label={label}
                aria-keyshortcuts={shortcut}
                {title}
                aria-disabled={disabled.then_some("true")}
                aria-pressed={pressed.map(|pressed| if pressed { "true" } else { "false" })}
                data-testid={testid}
                {onclick}
            >
                { picture.draw() }
            </button>
        }
    }
}

/// A button with words.
pub struct Button {
    /// For tests.
    pub testid: &'static str,
    /// More classes.
    pub class: &'static str,
    /// A tip, beyond its content.
    pub title: Option<AttrValue>,
    /// The language of its content, where that is not the page's.
    pub lang: Option<&'static str>,
    /// It is the one of several that is chosen.
    pub current: bool,
    /// What it does.
    pub onclick: Callback<()>,
    /// Its content.
    pub content: Html,
}

impl Button {
    /// One that needs no tip and is not one of several.
    #[must_use]
    pub const fn new(testid: &'static str, onclick: Callback<()>, content: Html) -> Self {
        Self { testid, class: "", title: None, lang: None, current: false, onclick, content }
    }

    /// As it stands in a page.
    pub fn draw(self) -> Html {
        html! {
            <button
                type="button"
                class={classes!("button", self.class)}
                title={self.title}
                aria-current={self.current.then_some("true")}
                lang={self.lang}
                data-testid={self.testid}
                onclick={self.onclick.reform(|_: MouseEvent| ())}
            >
                { self.content }
            </button>
        }
    }
}
