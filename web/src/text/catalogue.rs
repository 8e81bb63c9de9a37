//! The messages of one language, by id.
//!
//! Of Project Fluent the syntax and its parser are used, `fluent-syntax`. Its resolver with the
//! plural rules of all languages, `fluent-bundle`, was measured: it adds 58 kB, compressed, to a
//! page that may have 300. [`super::message`] does what two languages need.

use super::language::Language;
use super::message::{Arguments, Value};
use super::particle;
use fluent_syntax::ast::{Entry, Message, Pattern};
use fluent_syntax::parser;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;

type Messages = HashMap<&'static str, Message<&'static str>>;

/// All messages of one language. An id of the page's own it lacks is said in English; an id that
/// nobody has comes back as it is.
pub struct Texts {
    language: Language,
    messages: Messages,
    /// Read when it is needed first, which the tests say is never.
    english: OnceCell<Messages>,
}

impl Texts {
    /// Reads the messages of `language`, with its `sentences` as the site has them. They are kept
    /// as long as the program runs.
    #[must_use]
    pub fn with_sentences(language: Language, sentences: String) -> Self {
        let mut messages = own_messages(language);
        read(sentences.leak(), &mut messages);
        Self { language, messages, english: OnceCell::new() }
    }

    /// The same, with the sentences of this source tree.
    #[cfg(test)]
    pub(crate) fn new(language: Language) -> Self {
        Self::with_sentences(language, language.sentences().to_owned())
    }

    /// Its language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message `id`, or its attribute `id.attribute`.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.format(id, &[])
    }

    /// The message `id` with its arguments filled in.
    #[must_use]
    pub fn format(&self, id: &str, named: &[(&str, Value<'_>)]) -> String {
        self.find(id, named).unwrap_or_else(|| id.to_owned())
    }

    /// The message `id` if there is one.
    #[must_use]
    pub fn find(&self, id: &str, named: &[(&str, Value<'_>)]) -> Option<String> {
        let (language, pattern) = match pattern(&self.messages, id) {
            Some(pattern) => (self.language, pattern),
            None if self.language == Language::En => return None,
            None => {
                let english = self.english.get_or_init(|| own_messages(Language::En));
                (Language::En, pattern(english, id)?)
            }
        };
        let mut text = String::new();
        Arguments { language, named }.write(pattern, &mut text);
        Some(match language {
            Language::En => text,
            Language::Ko => particle::resolve(&text),
        })
    }
}

/// Catalogues of one language are the same.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Texts").field(&self.language).finish()
    }
}

fn own_messages(language: Language) -> Messages {
    let mut messages = Messages::new();
    for file in language.own_files() {
        read(file, &mut messages);
    }
    messages
}

fn read(file: &'static str, messages: &mut Messages) {
    // A part that cannot be read is left out; a test makes it impossible.
    let resource = parser::parse_runtime(file).unwrap_or_else(|(rest, _)| rest);
    messages.extend(resource.body.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name, message)),
        _ => None,
    }));
}

/// The message `id`, or its attribute `id.attribute`.
fn pattern<'a>(messages: &'a Messages, id: &str) -> Option<&'a Pattern<&'static str>> {
    let Some((id, name)) = id.split_once('.') else {
        return messages.get(id)?.value.as_ref();
    };
    let attributes = &messages.get(id)?.attributes;
    let attribute = attributes.iter().find(|attribute| attribute.id.name == name)?;
    Some(&attribute.value)
}
