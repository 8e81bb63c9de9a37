//! The page's head: name, what runs, language, theme, help.

use super::words::use_words;
use crate::widgets::{Button, Hook, HookContext, IconButton, Part, Picture};
use nicscope_text::Language;
use yew::prelude::*;

/// A theme: the system's, or one of our own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the theme of that name")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// Its name, as it is remembered; the system's has none.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme of that name.
    #[must_use]
    pub fn of(name: Option<&str>) -> Self {
        match name {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    const fn look(self) -> (Picture, &'static str) {
        match self {
            Self::System => (Picture::System, "theme-system"),
            Self::Light => (Picture::Sun, "theme-light"),
            Self::Dark => (Picture::Moon, "theme-dark"),
        }
    }
}

/// The line at the top.
#[derive(PartialEq)]
pub struct Header {
    /// The theme.
    pub theme: Theme,
    /// Another theme was chosen.
    pub ontheme: Callback<Theme>,
    /// Another language was chosen.
    pub onlanguage: Callback<Language>,
    /// Help is wanted.
    pub onhelp: Callback<()>,
    /// What runs.
    pub content: Html,
}

impl Part for Header {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let language = words.0.language();
        let other = Language::ALL.into_iter().find(|one| *one != language).unwrap_or_default();
        let onlanguage = self.onlanguage.reform(move |()| other);
        let theme = self.theme;
        let ontheme = self.ontheme.reform(move |()| theme.next());
        let (picture, name) = theme.look();
        let name_of_other = html! { words.say(other.name_id()) };
        let language = Button {
            class: "language",
            lang: Some(other.tag()),
            ..Button::new("language", onlanguage, name_of_other)
        };
        let help =
            IconButton::new(Picture::Help, words.say("help-title"), "help", self.onhelp.clone());
        html! {
            <header class="top">
                <h1>{ words.say("app-name") }</h1>
                { self.content.clone() }
                <div class="settings">
                    { language.draw() }
                    { IconButton::new(picture, words.say(name), "theme", ontheme).draw() }
                    { IconButton { shortcut: Some("?"), ..help }.draw() }
                </div>
            </header>
        }
    }
}
