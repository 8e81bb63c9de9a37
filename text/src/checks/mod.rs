//! What must be true of the message files, beyond what the compiler can know.

mod files;
mod korean;
mod sentences;

use super::Language;
use super::sentence::message_id;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use nicscope_core::engine::{ROUTINES, info};
use nicscope_core::fact::LineId;
use std::collections::BTreeSet;

/// A message or an attribute, as it is written.
struct Written {
    /// `id` or `id.attribute`.
    id: String,
    /// Its literal words, all variants.
    words: Vec<String>,
    /// The arguments it names.
    arguments: BTreeSet<String>,
}

/// The messages of one file of a language, attributes included, in order.
fn written(source: &'static str) -> Vec<Written> {
    let resource = parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut all = Vec::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name.to_owned();
                for attribute in &message.attributes {
                    let id = format!("{id}.{}", attribute.id.name);
                    all.push(read(id, &attribute.value));
                }
                all.push(read(id, &message.value.expect("a message has a value")));
            }
            Entry::Term(term) => panic!("{} is out of reach for Texts", term.id.name),
            Entry::Junk { content } => panic!("not a message: {content}"),
            _ => {}
        }
    }
    all
}

fn read(id: String, pattern: &Pattern<&str>) -> Written {
    let mut message = Written { id, words: Vec::new(), arguments: BTreeSet::new() };
    message.pattern(pattern);
    message
}

impl Written {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push((*value).to_owned()),
                PatternElement::Placeable { expression } => match expression {
                    Expression::Inline(argument) => self.argument(argument),
                    Expression::Select { selector, variants } => {
                        self.argument(selector);
                        for variant in variants {
                            self.pattern(&variant.value);
                        }
                    }
                },
            }
        }
    }

    fn argument(&mut self, expression: &InlineExpression<&str>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.to_owned());
            }
            other => panic!("{}: {other:?} is more than an argument", self.id),
        }
    }
}

/// The files of a language.
fn all_files(language: Language) -> Vec<&'static str> {
    language.files().into_iter().chain(language.atlas_files()).collect()
}

/// The messages of a language, those of the atlas aside.
fn walk_written(language: Language) -> Vec<Written> {
    language.files().into_iter().flat_map(written).collect()
}

/// The messages of a language's atlas.
fn atlas_written(language: Language) -> Vec<Written> {
    language.atlas_files().into_iter().flat_map(written).collect()
}

/// All messages of a language.
fn all_written(language: Language) -> Vec<Written> {
    all_files(language).into_iter().flat_map(written).collect()
}

/// Every line of every routine.
fn lines() -> impl Iterator<Item = LineId> {
    ROUTINES.iter().flat_map(|&routine| {
        let count = u8::try_from(info(routine).deeds.len()).expect("few lines");
        (0..count).map(move |line| LineId { routine, line })
    })
}

/// The ids of all lines.
fn line_messages() -> BTreeSet<String> {
    lines().map(message_id).collect()
}
