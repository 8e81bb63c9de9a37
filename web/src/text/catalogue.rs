//! The messages of one language, by id.

use super::language::Language;
use super::particle;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::cell::OnceCell;
use std::fmt;
use unic_langid::LanguageIdentifier;

/// What a message's `{ $argument }` may be: text or a number.
pub type Value<'a> = fluent_bundle::FluentValue<'a>;

type Bundle = FluentBundle<FluentResource>;

/// All messages of one language. An id it lacks is said in English; an id that English lacks too
/// comes back as it is.
pub struct Texts {
    language: Language,
    bundle: Bundle,
    /// Made when it is needed first, which the tests say is never.
    english: OnceCell<Bundle>,
}

impl Texts {
    /// Reads the messages of `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            language,
            bundle: bundle(language),
            english: OnceCell::new(),
        }
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
    pub fn format(&self, id: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.find(id, arguments).unwrap_or_else(|| id.to_owned())
    }

    /// The message `id` if there is one.
    #[must_use]
    pub fn find(&self, id: &str, arguments: &[(&str, Value<'_>)]) -> Option<String> {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        if let Some(text) = formatted(&self.bundle, id, &arguments) {
            return Some(match self.language {
                Language::En => text,
                Language::Ko => particle::resolve(&text),
            });
        }
        if self.language == Language::En {
            return None;
        }
        let english = self.english.get_or_init(|| bundle(Language::En));
        formatted(english, id, &arguments)
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
        formatter
            .debug_tuple("Texts")
            .field(&self.language)
            .finish()
    }
}

fn bundle(language: Language) -> Bundle {
    let tag: LanguageIdentifier = language.tag().parse().expect("a tag of our own");
    let mut bundle = Bundle::new(vec![tag]);
    bundle.set_use_isolating(false);
    for file in language.files() {
        // A part that cannot be read is left out and said in English; a test makes it impossible.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn formatted(bundle: &Bundle, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let pattern = match id.split_once('.') {
        None => bundle.get_message(id)?.value()?,
        Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
    };
    let mut errors = Vec::new();
    Some(
        bundle
            .format_pattern(pattern, Some(arguments), &mut errors)
            .into_owned(),
    )
}
