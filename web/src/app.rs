//! The application: language and theme around the page.

use crate::browser::{document, failure, fetch, later, location, storage};
use crate::pages::Pages;
use crate::pages::walk::First;
use crate::views::{Header, Theme, Words};
use crate::widgets::{HookContext, Kept, Part, kept, on_change, part};
use nicscope_core::scenario::Link;
use nicscope_text::{Language, Texts};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Under which name the chosen language is remembered; boot.js reads it.
const LANGUAGE: &str = "nicscope.language";
/// Under which name the chosen theme is remembered.
const THEME: &str = "nicscope.theme";

/// The language that a link asks for; boot.js reads it too.
fn of_link(hash: &str) -> Option<Language> {
    Language::from_tag(Link::read(hash).ok()?.language?)
}

/// The words of the language that index.html is in by now. If they cannot be had, the page says so.
pub async fn first_words() -> Option<Words> {
    let language = Language::from_tag(&document::language()).unwrap_or_default();
    let own = Words(Rc::new(Texts::of(language, Vec::new())));
    failure::set_words(failure_words(&own, "failure-advice"));
    let missing = |path| failure::show(&failure_words(&own, "failure-missing"), path);
    fetch_words(language).await.map_err(missing).ok()
}

/// The words of a language, or the path of a file that cannot be had.
async fn fetch_words(language: Language) -> Result<Words, &'static str> {
    let mut files = Vec::new();
    for (path, file) in language.paths().map(|path| (path, fetch::text(path))) {
        files.push(file.await.ok_or(path)?);
    }
    Ok(Words::of(language, files))
}

/// What the card says that is shown instead of a page that cannot go on.
fn failure_words(words: &Words, advice: &str) -> failure::Words {
    let say = |id| words.say(id).to_string();
    failure::Words {
        title: say("failure-title"),
        advice: say(advice),
        copy: say("failure-copy"),
        reload: say("failure-reload"),
    }
}

/// Everything.
#[derive(PartialEq)]
pub struct App {
    /// The words that it begins with.
    pub words: Words,
    /// The run that it begins with.
    pub first: First,
}

impl Part for App {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = kept(hooks, || self.words.clone());
        let theme = kept(hooks, || Theme::of(storage::read(THEME).as_deref()));
        on_change(hooks, words.get(), |words| {
            document::set_language(words.0.language().tag());
            failure::set_words(failure_words(words, "failure-advice"));
        });
        on_change(hooks, theme.get(), |theme| document::set_theme(theme.name()));
        on_change(hooks, (), {
            let words = words.clone();
            move |()| {
                let moves = location::on_change(move |hash| {
                    if let Some(asked) = of_link(&hash) {
                        spawn_local(turn_to(asked, words.clone(), false));
                    }
                });
                move || drop(moves)
            }
        });
        let onlanguage = {
            let words = words.clone();
            Callback::from(move |chosen| spawn_local(turn_to(chosen, words.clone(), true)))
        };
        let ontheme = {
            let theme = theme.clone();
            Callback::from(move |chosen: Theme| {
                storage::write(THEME, chosen.name());
                theme.set(chosen);
            })
        };
        let theme = theme.get();
        let header = Callback::from(move |(content, onhelp)| {
            let (ontheme, onlanguage) = (ontheme.clone(), onlanguage.clone());
            part(Header { theme, ontheme, onlanguage, onhelp, content })
        });
        html! {
            <ContextProvider<Words> context={words.get()}>
                { part(Pages { header, first: self.first.clone() }) }
            </ContextProvider<Words>>
        }
    }
}

/// Speaks another language, if its words can be had; one that the reader chose is remembered.
async fn turn_to(language: Language, words: Kept<Words>, chosen: bool) {
    let Ok(others) = fetch_words(language).await else { return };
    // What the page says now is to be in that language at once.
    if !later::fetch_words(language.later_paths()[0]).await {
        return;
    }
    if chosen {
        storage::write(LANGUAGE, Some(language.tag()));
    }
    words.set(others);
}
