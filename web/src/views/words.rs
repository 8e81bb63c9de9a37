//! The words of the reader's language, for every view.

use crate::browser::later;
use nicscope_core::diagram::{Argument, Label};
use nicscope_text::{Language, Texts, Value};
use std::rc::Rc;
use yew::prelude::*;

/// The texts of the chosen language; shared by all views.
#[derive(Clone, Debug, PartialEq)]
pub struct Words(pub Rc<Texts>);

impl Words {
    /// The words of a language, of its files; what else there is of it comes when it is needed.
    #[must_use]
    pub fn of(language: Language, files: Vec<String>) -> Self {
        let texts = Texts::of(language, files);
        Self(Rc::new(texts.with_later(later::words)))
    }

    /// The message `id`.
    #[must_use]
    pub fn say(&self, id: &str) -> AttrValue {
        self.0.text(id).into()
    }

    /// The message `id` with its arguments.
    #[must_use]
    pub fn fill<const N: usize>(&self, id: &str, arguments: [(&str, Value<'_>); N]) -> AttrValue {
        self.0.format(id, &arguments).into()
    }

    /// What a diagram's label says.
    #[must_use]
    pub fn label(&self, label: &Label) -> AttrValue {
        match label {
            Label::Ident(name) => name.clone().into(),
            Label::Text { key, arguments } => {
                let arguments: Vec<(&str, Value<'_>)> =
                    arguments.iter().map(|(name, value)| (*name, argument(value))).collect();
                self.0.format(key, &arguments).into()
            }
        }
    }
}

fn argument(argument: &Argument) -> Value<'_> {
    match argument {
        Argument::Number(number) => Value::from(*number),
        Argument::Ident(name) => Value::from(name.as_str()),
    }
}

/// The words of the page.
///
/// # Panics
/// Outside the app, which provides them.
#[hook]
pub fn use_words() -> Words {
    use_context().expect("the app provides the words")
}
