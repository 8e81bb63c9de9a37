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

/// Messages by id, as they are written: most of a file is not said in one visit.
type Messages = HashMap<&'static str, Written>;

/// A message as it is written, and as it was read once it was said.
struct Written {
    text: &'static str,
    read: OnceCell<Option<Message<&'static str>>>,
}

/// All messages of one language. An id that it lacks comes back as it is, which the tests say happens never.
pub struct Texts {
    language: Language,
    messages: Messages,
    /// What comes later, file by file, and who has it come when a message is missing.
    later: [OnceCell<Messages>; 2],
    ask: Option<fn(&'static str) -> String>,
}

impl Texts {
    /// Reads the messages of `language` from its `files`, as the site has them. They are kept as long as the
    /// program runs. Without any the page can say only that it cannot go on.
    #[must_use]
    pub fn of(language: Language, files: Vec<String>) -> Self {
        let mut messages = Messages::new();
        read(language.failure(), &mut messages);
        for file in files {
            read(file.leak(), &mut messages);
        }
        Self { language, messages, later: Default::default(), ask: None }
    }

    /// The same, with the files that come later ([`Language::later_paths`]): `ask` has the next one come once a
    /// message is in none of the others.
    #[must_use]
    pub fn with_later(self, ask: fn(&'static str) -> String) -> Self {
        Self { ask: Some(ask), ..self }
    }

    /// The same, with the files of this source tree.
    #[cfg(test)]
    pub(crate) fn new(language: Language) -> Self {
        Self::of(language, language.files().map(str::to_owned).into())
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
        let pattern = self.pattern(id)?;
        let mut text = String::new();
        Arguments { language: self.language, named }.write(pattern, &mut text);
        Some(match self.language {
            Language::En => text,
            Language::Ko => particle::resolve(&text),
        })
    }

    /// The message `id`, or its attribute `id.attribute`.
    fn pattern(&self, id: &str) -> Option<&Pattern<&'static str>> {
        let Some((id, name)) = id.split_once('.') else {
            return self.message(id)?.value.as_ref();
        };
        let attributes = &self.message(id)?.attributes;
        let attribute = attributes.iter().find(|attribute| attribute.id.name == name)?;
        Some(&attribute.value)
    }

    fn message(&self, id: &str) -> Option<&Message<&'static str>> {
        let found = self.messages.get(id).or_else(|| {
            let ask = self.ask?;
            self.later.iter().zip(self.language.later_paths()).find_map(|(later, path)| {
                let messages = later.get_or_init(|| {
                    let mut messages = Messages::new();
                    read(ask(path).leak(), &mut messages);
                    messages
                });
                messages.get(id)
            })
        });
        found?.message()
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

impl Written {
    fn message(&self) -> Option<&Message<&'static str>> {
        let read = || {
            // A part that cannot be read is left out; a test makes it impossible.
            let resource = parser::parse_runtime(self.text).unwrap_or_else(|(rest, _)| rest);
            resource.body.into_iter().find_map(|entry| match entry {
                Entry::Message(message) => Some(message),
                _ => None,
            })
        };
        self.read.get_or_init(read).as_ref()
    }
}

/// Finds the messages of a file: each begins a line with its id, and nothing that belongs to it does.
fn read(file: &'static str, messages: &mut Messages) {
    let begins = |text: &str| text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let mut rest = file;
    while !rest.is_empty() {
        let lines = rest.match_indices('\n').map(|(at, _)| at + 1);
        let end = { lines }.find(|&line| begins(&rest[line..])).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(end);
        if let Some((id, _)) = text.split_once([' ', '=']).filter(|_| begins(text)) {
            messages.insert(id, Written { text, read: OnceCell::new() });
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::{Messages, read};
    use crate::language::Language;
    use fluent_syntax::ast::Entry;
    use fluent_syntax::parser;

    #[test]
    fn messages_are_found_and_read_one_by_one_as_the_whole_file_is() {
        for language in Language::ALL {
            for file in language.files().into_iter().chain(language.atlas_files()) {
                let whole = parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
                let mut messages = Messages::new();
                read(file, &mut messages);
                for entry in whole.body {
                    let Entry::Message(message) = entry else { continue };
                    let found = messages.remove(message.id.name).expect(message.id.name);
                    let alone = found.message().expect(message.id.name);
                    assert_eq!(
                        (&alone.value, &alone.attributes),
                        (&message.value, &message.attributes)
                    );
                }
                assert!(messages.is_empty(), "{:?} are none", messages.keys());
            }
        }
    }
}
