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

/// All messages of one language. An id it lacks is said in English; an id that English lacks too
/// comes back as it is.
pub struct Texts {
    language: Language,
    messages: Messages,
    /// Read when it is needed first, which the tests say is never.
    english: OnceCell<Messages>,
}

impl Texts {
    /// Reads the messages of `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, messages: messages(language), english: OnceCell::new() }
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
                let english = self.english.get_or_init(|| messages(Language::En));
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

fn messages(language: Language) -> Messages {
    let read = |file| {
        // A part that cannot be read is left out and said in English; a test makes it impossible.
        parser::parse_runtime(file).unwrap_or_else(|(rest, _)| rest)
    };
    let entries = language.files().into_iter().flat_map(|file| read(file).body);
    entries
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some((message.id.name, message)),
            _ => None,
        })
        .collect()
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
