//! Something for the reader's notes: links and tables to copy, a picture to copy or to save.

use super::words::use_words;
use crate::browser::save;
use crate::widgets::{Button, Choice, Choices, Dialog, Hook, HookContext, Part, kept, part};
use nicscope_core::notes::Theme;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Pixels of a PNG for each of the picture's.
const SCALE: u32 = 2;
/// The themes, and the messages that name them.
const THEMES: [(Theme, &str, &str); 3] = [
    (Theme::System, "system", "notes-theme-system"),
    (Theme::Light, "light", "notes-theme-light"),
    (Theme::Dark, "dark", "notes-theme-dark"),
];

/// What can be taken along.
pub(super) struct Takeable {
    /// Texts, each under the message that names it.
    pub texts: Vec<(&'static str, String)>,
    /// The picture, as SVG.
    pub picture: String,
    /// What its file is called, without an ending.
    pub file: String,
}

/// The dialog.
#[derive(PartialEq)]
pub(super) struct NotesDialog {
    /// What is taken along.
    pub about: AttrValue,
    /// Makes it for a theme.
    pub take: Callback<Theme, Takeable>,
    /// It was closed.
    pub onclose: Callback<()>,
}

impl Part for NotesDialog {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let theme = kept(hooks, || Theme::System);
        let done = kept(hooks, || None::<&'static str>);
        let chosen = THEMES.iter().find(|one| one.0 == theme.get()).map_or("", |one| one.1);
        let themes = Choices {
            label: words.say("notes-theme"),
            testid: "notes-theme",
            choices: THEMES
                .map(|(_, value, id)| Choice { value: value.into(), label: words.say(id) })
                .into(),
            chosen: chosen.into(),
            onchange: {
                let theme = theme.clone();
                Callback::from(move |value: String| {
                    let found = THEMES.iter().find(|one| one.1 == value);
                    theme.set(found.map_or(Theme::System, |one| one.0));
                })
            },
        };
        let Takeable { mut texts, picture, file } = self.take.emit(theme.get());
        texts.push(("notes-svg", picture.clone()));
        let button = |id, onclick| Button::new(id, onclick, html! { words.say(id) }).draw();
        let copies = texts.into_iter().map(|(id, text)| {
            let done = done.clone();
            let onclick = Callback::from(move |()| {
                let (text, done) = (text.clone(), done.clone());
                spawn_local(async move {
                    let taken = save::copy(&text).await;
                    done.put(Some(if taken { "notes-copied" } else { "notes-refused" }));
                });
            });
            button(id, onclick)
        });
        let svg = {
            let (picture, file, done) = (picture.clone(), [&file, ".svg"].concat(), done.clone());
            Callback::from(move |()| {
                save::file(&file, "image/svg+xml", &picture);
                done.put(Some("notes-kept"));
            })
        };
        let png = {
            let (file, done) = ([&file, ".png"].concat(), done.clone());
            Callback::from(move |()| {
                let (picture, file, done) = (picture.clone(), file.clone(), done.clone());
                spawn_local(async move {
                    let taken = save::picture(&file, &picture, SCALE).await;
                    done.put(Some(if taken { "notes-kept" } else { "notes-refused" }));
                });
            })
        };
        part(Dialog {
            testid: "notes-dialog",
            title: words.say("notes-title"),
            close: words.say("close"),
            onclose: self.onclose.clone(),
            content: html! {
                <div class="notes">
                    <p>{ self.about.clone() }</p>
                    { themes.segments() }
                    <h3>{ words.say("notes-copy") }</h3>
                    <div class="actions">{ for copies }</div>
                    <h3>{ words.say("notes-keep") }</h3>
                    <div class="actions">{ button("notes-svg-file", svg) }{ button("notes-png-file", png) }</div>
                    <p class="done" role="status" data-testid="notes-done">
                        { done.get().map(|id| words.say(id)) }
                    </p>
                </div>
            },
        })
    }
}
