//! A struct for the reader's notes: link, frame, picture, table.

use super::Subject;
use crate::browser::{location, save};
use crate::views::words::{Words, use_words};
use crate::widgets::{Button, Choice, Choices, Dialog, Hook, HookContext, Kept, Part, kept, part};
use nicscope_core::diagram::Label;
use nicscope_core::notes::{Address, Note, Theme, base_of};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// The picture's width, and the height of a frame with the static page.
const WIDTH: i32 = 720;
const FRAME_HEIGHT: u32 = 640;
/// Pixels of a PNG for each of the picture's.
const SCALE: u32 = 2;
/// The themes, and the messages that name them.
const THEMES: [(Theme, &str, &str); 3] = [
    (Theme::System, "system", "notes-theme-system"),
    (Theme::Light, "light", "notes-theme-light"),
    (Theme::Dark, "dark", "notes-theme-dark"),
];

/// The dialog.
#[derive(PartialEq)]
pub struct Notes {
    /// The struct.
    pub subject: Rc<Subject>,
    /// The site has static pages of it.
    pub is_embedded: bool,
    /// The path of the member that is chosen.
    pub member: Option<AttrValue>,
    /// It was closed.
    pub onclose: Callback<()>,
}

/// What became of the last thing that was asked for.
#[derive(Clone, Copy, PartialEq)]
enum Done {
    Copied,
    Kept,
    Refused,
}

impl Part for Notes {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let theme = kept(hooks, || Theme::System);
        let done = kept(hooks, || None::<Done>);
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
        let said = done.get().map(|done| match done {
            Done::Copied => "notes-copied",
            Done::Kept => "notes-kept",
            Done::Refused => "notes-refused",
        });
        part(Dialog {
            testid: "notes-dialog",
            title: words.say("notes-title"),
            close: words.say("close"),
            onclose: self.onclose.clone(),
            content: html! {
                <div class="notes">
                    <p><code>{ self.about() }</code></p>
                    { themes.segments() }
                    { self.texts(&words, theme.get(), &done) }
                    <p class="done" role="status" data-testid="notes-done">
                        { said.map(|id| words.say(id)) }
                    </p>
                </div>
            },
        })
    }
}

impl Notes {
    /// What is taken along.
    fn about(&self) -> String {
        match &self.member {
            Some(path) => [&*self.subject.layout.name, ".", path].concat(),
            None => self.subject.declared(),
        }
    }

    /// Each of what can be taken along, as a button.
    fn texts(&self, words: &Words, theme: Theme, done: &Kept<Option<Done>>) -> Html {
        let page = location::page();
        let address = Address {
            base: base_of(&page),
            kernel: &self.subject.kernel,
            name: &self.subject.layout.name,
            member: self.member.as_deref(),
        };
        let language = words.0.language().tag();
        let frame = address.iframe(language, theme, &self.about(), FRAME_HEIGHT);
        let note = |label: &Label| words.label(label).to_string();
        let kernel = self.subject.linux();
        let note = Note {
            layout: &self.subject.layout,
            name: &self.subject.layout.name,
            kernel: &kernel,
            member: self.member.as_deref(),
            words: &note,
        };
        let live = address.live();
        let markdown = note.markdown(Some(&live));
        let copies = [
            ("notes-link", Some(live)),
            ("notes-markdown", Some(markdown)),
            ("notes-iframe", self.is_embedded.then_some(frame)),
            ("notes-svg", Some(note.picture(theme, WIDTH))),
        ];
        let copies = copies.into_iter().filter_map(|(id, text)| {
            let (text, done) = (text?, done.clone());
            let onclick = Callback::from(move |()| {
                let (text, done) = (text.clone(), done.clone());
                spawn_local(async move {
                    let taken = save::copy(&text).await;
                    done.put(Some(if taken { Done::Copied } else { Done::Refused }));
                });
            });
            Some(Button::new(id, onclick, html! { words.say(id) }).draw())
        });
        html! {
            <>
                <h3>{ words.say("notes-copy") }</h3>
                <div class="actions">{ for copies }</div>
                <h3>{ words.say("notes-keep") }</h3>
                <div class="actions">{ self.files(words, &note, theme, done) }</div>
            </>
        }
    }

    /// The picture as a file.
    fn files(
        &self,
        words: &Words,
        note: &Note<'_>,
        theme: Theme,
        done: &Kept<Option<Done>>,
    ) -> Html {
        let svg = note.picture(theme, WIDTH);
        let name = [&*self.subject.layout.name, "-", &self.subject.kernel].concat();
        let keeps_svg = {
            let (svg, name, done) = (svg.clone(), [&name, ".svg"].concat(), done.clone());
            Callback::from(move |()| {
                save::file(&name, "image/svg+xml", &svg);
                done.put(Some(Done::Kept));
            })
        };
        let keeps_png = {
            let (name, done) = ([&name, ".png"].concat(), done.clone());
            Callback::from(move |()| {
                let (svg, name, done) = (svg.clone(), name.clone(), done.clone());
                spawn_local(async move {
                    let taken = save::picture(&name, &svg, SCALE).await;
                    done.put(Some(if taken { Done::Kept } else { Done::Refused }));
                });
            })
        };
        html! {
            <>
                { Button::new("notes-svg-file", keeps_svg, html! { words.say("notes-svg-file") }).draw() }
                { Button::new("notes-png-file", keeps_png, html! { words.say("notes-png-file") }).draw() }
            </>
        }
    }
}
