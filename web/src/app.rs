//! The application: language and theme around the page.

use crate::browser::{document, failure, location, storage};
use crate::pages::walk::WalkPage;
use crate::text::{Language, Texts};
use crate::views::{Header, Theme, Words};
use nicscope_core::scenario::Link;
use std::rc::Rc;
use yew::prelude::*;

/// Under which name the chosen language is remembered.
const LANGUAGE: &str = "nicscope.language";
/// Under which name the chosen theme is remembered.
const THEME: &str = "nicscope.theme";

/// The language that a link asks for.
fn of_link(hash: &str) -> Option<Language> {
    Language::from_tag(Link::read(hash).ok()?.language?)
}

/// The link's language, or the one that was chosen, or the first that the browser wants and the
/// page speaks.
fn first_language() -> Language {
    if let Some(language) = of_link(&location::hash()) {
        return language;
    }
    let chosen = storage::read(LANGUAGE);
    let mut tags = chosen.into_iter().chain(document::wanted_languages());
    tags.find_map(|tag| Language::from_tag(&tag)).unwrap_or_default()
}

/// Everything.
#[component]
pub fn App() -> Html {
    let language = use_state_eq(first_language);
    let theme = use_state_eq(|| Theme::of(storage::read(THEME).as_deref()));
    use_effect_with((), {
        let language = language.setter();
        move |()| {
            let moves = location::on_change(move |hash| {
                if let Some(asked) = of_link(&hash) {
                    language.set(asked);
                }
            });
            move || drop(moves)
        }
    });
    let words = use_memo(*language, |language| Words(Rc::new(Texts::new(*language))));
    use_effect_with((*language, Rc::clone(&words)), |(language, words)| {
        document::set_language(language.tag());
        let say = |id| words.say(id).to_string();
        failure::set_words(failure::Words {
            title: say("failure-title"),
            advice: say("failure-advice"),
            copy: say("failure-copy"),
            reload: say("failure-reload"),
        });
    });
    use_effect_with(*theme, |theme| document::set_theme(theme.name()));
    let onlanguage = {
        let language = language.setter();
        use_callback((), move |chosen: Language, ()| {
            storage::write(LANGUAGE, Some(chosen.tag()));
            language.set(chosen);
        })
    };
    let ontheme = {
        let theme = theme.setter();
        use_callback((), move |chosen: Theme, ()| {
            storage::write(THEME, chosen.name());
            theme.set(chosen);
        })
    };
    let header = use_callback(*theme, move |(content, onhelp): (Html, Callback<()>), theme| {
        html! {
            <Header theme={*theme} ontheme={ontheme.clone()} onlanguage={onlanguage.clone()} {onhelp}>
                { content }
            </Header>
        }
    });
    html! {
        <ContextProvider<Words> context={(*words).clone()}>
            <WalkPage {header} />
        </ContextProvider<Words>>
    }
}
