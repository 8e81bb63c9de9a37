//! The files: the same keys in each language, each of them used, each with the arguments it gets.

use super::{all_files, all_written, line_messages, lines, written};
use crate::term::id;
use crate::{Language, Texts};
use nicscope_core::engine::line_info;
use nicscope_core::machine::{Context, Driver, DropPlace, DropReason};
use nicscope_core::view::{field_names, register_names};
use std::collections::BTreeSet;

#[test]
fn each_key_stands_once_and_in_the_same_file_of_every_language() {
    let keys = |language| -> Vec<Vec<String>> {
        let of = |file| written(file).into_iter().map(|message| message.id).collect();
        all_files(language).into_iter().map(of).collect()
    };
    let english = keys(Language::En);
    for language in Language::ALL {
        for (keys, english) in keys(language).iter().zip(&english) {
            assert_eq!(keys, english, "{language:?}");
        }
    }
    let all = all_written(Language::En);
    let unique: BTreeSet<&String> = all.iter().map(|message| &message.id).collect();
    assert_eq!(unique.len(), all.len(), "a key stands twice");
}

#[test]
fn each_line_and_each_field_has_its_sentence_and_each_sentence_is_of_one() {
    let fields = fields();
    let mut expected = line_messages();
    expected.extend(fields.iter().filter(|id| !id.contains('.')).cloned());
    for language in Language::ALL {
        let messages: BTreeSet<String> = written(language.files()[0])
            .into_iter()
            .map(|message| message.id)
            .filter(|id| !id.contains('.'))
            .collect();
        assert_eq!(messages, expected, "{language:?}");
        let of_fields = written(language.files()[0]).into_iter().map(|message| message.id);
        let of_fields: BTreeSet<String> = of_fields.filter(|id| is_field(id)).collect();
        assert_eq!(of_fields, fields, "{language:?}");
    }
}

/// The ids of registers, of structs whose bytes are shown, and of the parts of both.
fn fields() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for driver in [Driver::Ice, Driver::Igb] {
        for (register, parts) in register_names(driver) {
            ids.insert(format!("register-{register}"));
            ids.extend(parts.map(|part| format!("register-{register}.{part}")));
        }
    }
    for (owner, name) in field_names() {
        ids.insert(format!("bytes-{owner}"));
        ids.insert(format!("bytes-{owner}.{name}"));
    }
    ids
}

fn is_field(id: &str) -> bool {
    id.starts_with("register-") || id.starts_with("bytes-")
}

#[test]
fn each_id_that_terms_are_looked_up_by_exists_and_no_other() {
    let mut expected = BTreeSet::from(["packet".to_owned()]);
    for line in lines().map(line_info) {
        expected.insert(id("subject", line.subject));
        expected.insert(id("object", line.object));
    }
    for &reason in DropReason::ALL {
        expected.insert(id("drop", reason));
        expected.insert(id("drop", reason) + ".explanation");
    }
    let contexts = [Context::Task, Context::Softirq, Context::Hardirq, Context::HardirqInSoftirq];
    expected.extend(contexts.map(|context| id("context", context)));
    let places = [DropPlace::Card, DropPlace::Driver, DropPlace::Stack, DropPlace::Model];
    expected.extend(places.map(|place| id("place", place)));
    for language in Language::ALL {
        let terms: BTreeSet<String> =
            written(language.files()[1]).into_iter().map(|message| message.id).collect();
        assert_eq!(terms, expected, "{language:?}");
    }
}

#[test]
fn each_message_names_only_arguments_that_it_gets() {
    for language in Language::ALL {
        let [facts, terms, ..] = language.files();
        for message in written(facts) {
            let given: &[&str] = match message.id.split_once('.') {
                _ if is_field(&message.id) => &[],
                None => &["subject", "object", "packet", "value", "found"],
                Some((_, "object")) => &["value"],
                Some((_, "why")) => &[],
                Some(_) => panic!("nothing reads {}", message.id),
            };
            check(&message.id, &message.arguments, given);
        }
        for message in written(terms) {
            let given: &[&str] = match message.id.split_once('-').map_or("", |(group, _)| group) {
                "subject" => &["cpu"],
                "object" => &["value"],
                _ if message.id == "packet" => &["value"],
                _ => &[],
            };
            check(&message.id, &message.arguments, given);
        }
        let [.., structs] = language.atlas_files();
        for message in written(structs) {
            check(&message.id, &message.arguments, &[]);
        }
    }
}

fn check(id: &str, named: &BTreeSet<String>, given: &[&str]) {
    for argument in named {
        assert!(given.contains(&argument.as_str()), "{id}: ${argument}");
    }
}

#[test]
fn each_message_names_the_same_arguments_in_every_language() {
    let english = all_written(Language::En);
    for language in Language::ALL {
        for (message, english) in all_written(language).iter().zip(&english) {
            assert_eq!(message.arguments, english.arguments, "{}", message.id);
        }
    }
}

#[test]
fn no_message_is_empty_and_none_holds_a_mark() {
    for language in Language::ALL {
        for message in all_written(language) {
            assert!(!message.words.concat().trim().is_empty() || !message.arguments.is_empty());
            assert!(!message.words.concat().contains(crate::sentence::is_mark));
        }
    }
}

#[test]
fn a_missing_id_comes_back_as_it_is_and_a_language_names_itself() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        assert_eq!(texts.text("no-such-message"), "no-such-message");
        assert_eq!(texts.find("packet.no-such-attribute", &[]), None);
        assert_eq!(texts.text(Language::Ko.name_id()), "한국어");
        assert_eq!(texts.language(), language);
    }
}
