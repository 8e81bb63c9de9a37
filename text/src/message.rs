//! Filling in a message: what of Project Fluent the page uses.
//!
//! A message names arguments and selects between variants by one: by its text, its number, or in
//! English by whether the number is one.

use super::language::Language;
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::borrow::Cow;

/// What a message's `{ $argument }` may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

macro_rules! from_number {
    ($($number:ty),+) => {$(
        impl From<$number> for Value<'_> {
            /// What does not fit becomes the largest number.
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )+};
}

from_number!(u8, u16, u32, u64, usize, i32, i64);

impl Value<'_> {
    fn write(&self, text: &mut String) {
        match self {
            Self::Text(own) => text.push_str(own),
            Self::Number(number) => text.push_str(&number.to_string()),
        }
    }

    /// Whether a variant of this key is meant.
    fn is(&self, key: &VariantKey<&str>, language: Language) -> bool {
        match (self, key) {
            (Self::Text(text), VariantKey::Identifier { name }) => text == name,
            (Self::Number(1), VariantKey::Identifier { name: "one" }) => language == Language::En,
            (Self::Number(number), VariantKey::NumberLiteral { value }) => {
                value.parse() == Ok(*number)
            }
            _ => false,
        }
    }
}

/// The arguments of one message.
pub(super) struct Arguments<'a> {
    pub(super) language: Language,
    pub(super) named: &'a [(&'a str, Value<'a>)],
}

impl Arguments<'_> {
    /// Appends the message with its arguments filled in.
    pub(super) fn write(&self, pattern: &Pattern<&str>, text: &mut String) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => text.push_str(value),
                PatternElement::Placeable { expression } => self.write_expression(expression, text),
            }
        }
    }

    fn write_expression(&self, expression: &Expression<&str>, text: &mut String) {
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => text.push_str(value),
            Expression::Inline(argument) => {
                if let Some(value) = self.value(argument) {
                    value.write(text);
                }
            }
            Expression::Select { selector, variants } => {
                let value = self.value(selector);
                let meant = |key| value.is_some_and(|value| value.is(key, self.language));
                let variant = variants.iter().find(|variant| meant(&variant.key));
                let variant = variant.or_else(|| variants.iter().find(|variant| variant.default));
                if let Some(variant) = variant {
                    self.write(&variant.value, text);
                }
            }
        }
    }

    /// The argument that an expression names. More than that no message does, a test says.
    fn value(&self, expression: &InlineExpression<&str>) -> Option<&Value<'_>> {
        let InlineExpression::VariableReference { id } = expression else {
            return None;
        };
        let argument = self.named.iter().find(|(name, _)| *name == id.name)?;
        Some(&argument.1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Language, Value};
    use fluent_syntax::ast::Entry;
    use fluent_syntax::parser;

    fn filled(source: &str, language: Language, named: &[(&str, Value<'_>)]) -> String {
        let resource = parser::parse(source).expect("a message");
        let Entry::Message(message) = &resource.body[0] else {
            panic!("a message");
        };
        let mut text = String::new();
        let pattern = message.value.as_ref().expect("a value");
        Arguments { language, named }.write(pattern, &mut text);
        text
    }

    #[test]
    fn arguments_are_filled_in_as_text_or_number() {
        let named = [("a", Value::from("b")), ("n", Value::from(1_234_u32))];
        let filled = |source| filled(source, Language::En, &named);
        assert_eq!(filled("m = x { $a } y { $n }"), "x b y 1234");
        assert_eq!(filled("m = { \"{\" }{ $missing }."), "{.");
        assert_eq!(Value::from(u64::MAX), Value::Number(i64::MAX));
    }

    #[test]
    fn a_variant_is_chosen_by_number_by_plural_or_by_text() {
        let source =
            "m = { $n ->\n [one] a frame\n [65535] none\n [x] X\n *[other] { $n } frames\n }";
        let of = |language, value: Value<'static>| filled(source, language, &[("n", value)]);
        assert_eq!(of(Language::En, Value::from(1_u8)), "a frame");
        assert_eq!(of(Language::Ko, Value::from(1_u8)), "1 frames");
        assert_eq!(of(Language::En, Value::from(65_535_u16)), "none");
        assert_eq!(of(Language::En, Value::from(0_u8)), "0 frames");
        assert_eq!(of(Language::En, Value::from("x")), "X");
        assert_eq!(of(Language::En, Value::from("65535")), "65535 frames");
        assert_eq!(filled(source, Language::En, &[]), " frames");
    }
}
