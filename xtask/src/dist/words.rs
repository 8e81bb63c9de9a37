//! The words of the static pages.

use crate::workspace;
use anyhow::{Context, Result};
use nicscope_core::atlas::message_id;
use nicscope_core::diagram::{Argument, Label};
use nicscope_text::{Language, Texts, Value};
use std::fs;

/// The words of one language.
pub(super) struct Words {
    pub(super) language: Language,
    texts: Texts,
}

impl Words {
    /// Reads what is said of notes, of structs as far as that is written, and the page's own.
    pub(super) fn read(language: Language) -> Result<Self> {
        let folder = workspace::root().join("static/text").join(language.tag());
        let read = |file: &str| {
            fs::read_to_string(folder.join(file)).with_context(|| format!("no {file}"))
        };
        // A struct may be named as a message of the page is: that of the struct counts.
        let files = ["page.ftl", "atlas.ftl", "notes.ftl", "structs.ftl"].map(read);
        let files = files.into_iter().collect::<Result<_>>()?;
        Ok(Self { language, texts: Texts::of(language, files) })
    }

    /// Says a label.
    pub(super) fn say(&self, label: &Label) -> String {
        let (key, arguments) = match label {
            Label::Ident(says) => return says.clone(),
            Label::Text { key, arguments } => (key, arguments),
        };
        let argument = |(name, argument): &(&'static str, Argument)| {
            let value = match argument {
                Argument::Number(number) => Value::from(*number),
                Argument::Ident(says) => Value::from(says.clone()),
            };
            (*name, value)
        };
        self.texts.format(key, &arguments.iter().map(argument).collect::<Vec<_>>())
    }

    /// The message of that id.
    pub(super) fn text(&self, id: &str) -> String {
        self.texts.text(id)
    }

    /// The message of that id with its arguments.
    pub(super) fn fill(&self, id: &str, arguments: &[(&str, &str)]) -> String {
        let arguments: Vec<_> =
            arguments.iter().map(|(name, value)| (*name, Value::from(*value))).collect();
        self.texts.format(id, &arguments)
    }

    /// What is said of a struct, or of its member; nothing where nothing is written. `part` is a word behind the
    /// struct's: `made`, `used`, `life`.
    pub(super) fn of(&self, name: &str, path: Option<&str>, part: &str) -> Option<String> {
        let id = message_id(name, path);
        let id = if part.is_empty() { id } else { format!("{id}--{part}") };
        self.texts.find(&id, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = include_str!("../../../static/text/en/notes.ftl");
    const KOREAN: &str = include_str!("../../../static/text/ko/notes.ftl");
    /// What asks for them.
    const SOURCES: [&str; 7] = [
        include_str!("../../../core/src/diagram/cachelines.rs"),
        include_str!("../../../core/src/notes/markdown.rs"),
        include_str!("../../../core/src/notes/mod.rs"),
        include_str!("../../../core/src/notes/picture.rs"),
        include_str!("../../../core/src/notes/rows.rs"),
        include_str!("index.rs"),
        include_str!("page.rs"),
    ];

    /// The ids of a file's messages, and behind each the arguments it names.
    fn messages(file: &str) -> Vec<(String, Vec<&str>)> {
        let mut all: Vec<(String, Vec<&str>)> = Vec::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                all.push((id.to_owned(), Vec::new()));
            }
            let names = line.split('$').skip(1).filter_map(|rest| rest.split(' ').next());
            if let Some((_, named)) = all.last_mut() {
                named.extend(names);
                named.sort_unstable();
                named.dedup();
            }
        }
        all
    }

    #[test]
    fn both_languages_say_the_same_messages_with_the_same_arguments_and_each_is_asked_for() {
        let (mut english, mut korean) = (messages(ENGLISH), messages(KOREAN));
        assert!(english.len() > 15);
        for (id, _) in &english {
            let quoted = format!("\"{id}\"");
            assert!(SOURCES.iter().any(|source| source.contains(&quoted)), "nobody asks for {id}");
        }
        english.sort_unstable();
        korean.sort_unstable();
        assert_eq!(english, korean);
    }

    #[test]
    fn particles_follow_what_is_filled_in_and_what_is_not_written_is_left_out() {
        let words = Words::read(Language::Ko).expect("the committed files");
        let bits =
            Label::Text { key: "notes-bits", arguments: vec![("bits", Argument::Number(3))] };
        assert_eq!(words.say(&bits), "3비트");
        assert_eq!(words.of("no_such_struct", None, ""), None);
        assert_eq!(words.of("no_such_struct", Some("a.b"), "made"), None);
    }
}
