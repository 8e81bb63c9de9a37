//! The application: language and theme around the page.

use crate::browser::{document, failure, fetch, location, storage};
use crate::pages::walk::WalkPage;
use crate::text::{Language, Texts};
use crate::views::{Header, Theme, Words};
use nicscope_core::scenario::Link;
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

/// Properties of [`App`].
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The words that it begins with.
    pub first: Words,
}

/// The words of the language that index.html is in by now. If they cannot be had, the page says so.
pub async fn first_words() -> Option<Words> {
    let language = Language::from_tag(&document::language()).unwrap_or_default();
    let own = Words(Rc::new(Texts::with_sentences(language, String::new())));
    failure::set_words(failure_words(&own, "failure-advice"));
    let words = fetch_words(language).await;
    if words.is_none() {
        failure::show(&failure_words(&own, "failure-missing"), language.sentences_path());
    }
    words
}

async fn fetch_words(language: Language) -> Option<Words> {
    let sentences = fetch::text(language.sentences_path()).await?;
    Some(Words(Rc::new(Texts::with_sentences(language, sentences))))
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
#[component]
pub fn App(props: &AppProps) -> Html {
    let words = use_state_eq(|| props.first.clone());
    let theme = use_state_eq(|| Theme::of(storage::read(THEME).as_deref()));
    use_effect_with((*words).clone(), |words| {
        document::set_language(words.0.language().tag());
        failure::set_words(failure_words(words, "failure-advice"));
    });
    use_effect_with(*theme, |theme| document::set_theme(theme.name()));
    let onlanguage = {
        let words = words.setter();
        use_callback((), move |chosen: Language, ()| {
            let words = words.clone();
            spawn_local(async move {
                // Where its words cannot be had, the language stays.
                let Some(chosen_words) = fetch_words(chosen).await else { return };
                storage::write(LANGUAGE, Some(chosen.tag()));
                words.set(chosen_words);
            });
        })
    };
    let ontheme = {
        let theme = theme.setter();
        use_callback((), move |chosen: Theme, ()| {
            storage::write(THEME, chosen.name());
            theme.set(chosen);
        })
    };
    use_effect_with((), {
        let words = words.setter();
        move |()| {
            let moves = location::on_change(move |hash| {
                let Some(asked) = of_link(&hash) else { return };
                let words = words.clone();
                spawn_local(async move {
                    if let Some(asked) = fetch_words(asked).await {
                        words.set(asked);
                    }
                });
            });
            move || drop(moves)
        }
    });
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
