//! Links: the button that copies one, what is wrong with one, the card that asks for its file.

use super::format::grouped;
use super::words::{Words, use_words};
use crate::browser::files;
use crate::widgets::{Hook, HookContext, IconButton, Part, Picture};
use nicscope_core::scenario::{Digest, Expected, LinkError, LinkFault, Takes};
use yew::prelude::*;

/// What is wrong with a link, and where.
#[must_use]
pub fn link_error(words: &Words, error: &LinkError) -> AttrValue {
    let at = ("at", grouped(error.at as u64 + 1).into());
    match &error.fault {
        LinkFault::NotALink => words.say("error-link-none"),
        LinkFault::OtherVersion { version } => {
            words.fill("error-link-version", [("version", version.as_str().into())])
        }
        LinkFault::TooLong { length } => {
            words.fill("error-link-long", [("length", grouped(*length as u64).into())])
        }
        LinkFault::BadEscape => words.fill("error-link-escape", [at]),
        LinkFault::NoValue { part } => {
            words.fill("error-link-no-value", [("part", part.as_str().into()), at])
        }
        LinkFault::UnknownKey { key } => {
            words.fill("error-link-unknown", [("key", key.as_str().into()), at])
        }
        LinkFault::Twice { key } => {
            words.fill("error-link-twice", [("key", key.as_str().into()), at])
        }
        LinkFault::BadValue { key, value, expected } => {
            let expected = expectation(words, *expected);
            words.fill(
                "error-link-value",
                [
                    ("key", key.as_str().into()),
                    ("value", value.as_str().into()),
                    ("expected", expected.as_str().into()),
                    at,
                ],
            )
        }
        LinkFault::Missing { key } => words.fill("error-link-missing", [("key", (*key).into())]),
        LinkFault::Unfit { key } => {
            words.fill("error-link-unfit", [("key", key.as_str().into()), at])
        }
    }
}

fn expectation(words: &Words, expected: Expected) -> AttrValue {
    match expected {
        Expected::Setting(Takes::Word(names)) => names.join(", ").into(),
        Expected::Setting(Takes::Number { least, most, step: 1 }) => {
            format!("{}–{}", grouped(least), grouped(most)).into()
        }
        Expected::Setting(Takes::Number { least, most, step }) => {
            let (small, most) = (("small", grouped(least).into()), ("most", grouped(most).into()));
            let (least, step) =
                (("least", grouped(2 * step).into()), ("step", grouped(step).into()));
            words.fill("link-takes-steps", [small, least, most, step])
        }
        Expected::Digits => words.say("link-takes-digits"),
        Expected::Address => words.say("link-takes-address"),
        Expected::Object => words.say("link-takes-object"),
        Expected::Name => words.say("link-takes-name"),
    }
}

/// Copies a link to this moment, and says so.
#[derive(PartialEq)]
pub struct CopyLink {
    /// What came of it: whether the clipboard took it; none before, and after the next move.
    pub copied: Option<bool>,
    /// The link shall be copied.
    pub onclick: Callback<()>,
}

impl Part for CopyLink {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let onclick = self.onclick.clone();
        let button = IconButton::new(Picture::Link, words.say("link-copy"), "copy-link", onclick);
        let said = self.copied.map(|taken| if taken { "link-copied" } else { "link-in-address" });
        // The live region is there before it has anything to say, so that it is heard.
        html! {
            <>
                { button.draw() }
                <div class="copied" role="status" data-testid="copied">
                    if let Some(id) = said {
                        <p>{ words.say(id) }</p>
                    }
                </div>
            </>
        }
    }
}

/// Asks for the file of a link.
#[derive(PartialEq)]
pub struct AskFile {
    /// The file's name.
    pub name: AttrValue,
    /// What its SHA-256 begins with.
    pub digest: Digest,
    /// The name of another file that was given.
    pub other: Option<AttrValue>,
    /// A file was chosen.
    pub onfile: Callback<Vec<files::Loaded>>,
    /// The reader does not have it.
    pub onclose: Callback<()>,
}

impl Part for AskFile {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let close = IconButton::new(
            Picture::Close,
            words.say("link-file-close"),
            "ask-file-close",
            self.onclose.clone(),
        );
        let onfile = self.onfile.clone();
        let onchange = Callback::from(move |event: Event| files::chosen(&event, onfile.clone()));
        let digest = format!("{:016x}", u64::from_be_bytes(self.digest));
        let name = || ("file", self.name.as_str().into());
        html! {
            <section class="ask-file" aria-labelledby="ask-file-title" data-testid="ask-file">
                <div>
                    <h2 id="ask-file-title">{ words.fill("link-file-title", [name()]) }</h2>
                    <p>{ words.fill("link-file-advice", [("digest", digest.as_str().into())]) }</p>
                    <p class="other" role="alert" data-testid="other-file">
                        if let Some(other) = &self.other {
                            { words.fill("link-file-other", [("other", other.as_str().into())]) }
                        }
                    </p>
                </div>
                <label class="file button">
                    { Picture::File.draw() }
                    <span>{ words.say("file-choose") }</span>
                    <input type="file" data-testid="asked-file" {onchange} />
                </label>
                { close.draw() }
            </section>
        }
    }
}
