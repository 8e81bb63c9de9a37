//! The languages that the page speaks.

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English; what another language lacks is said in it.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Language {
    /// All languages, in the order of a menu.
    pub const ALL: [Self; 2] = [Self::En, Self::Ko];

    /// The language of a BCP 47 tag such as `ko-KR`; only its first part counts.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The tag, as `<html lang>` and the address carry it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }

    /// The id of the message that names the language in the language itself.
    #[must_use]
    pub const fn name_id(self) -> &'static str {
        match self {
            Self::En => "language-en",
            Self::Ko => "language-ko",
        }
    }

    /// Its messages: facts, terms, page.
    pub(super) const fn files(self) -> [&'static str; 3] {
        macro_rules! files {
            ($language:literal) => {
                [
                    include_str!(concat!("../../../static/text/", $language, "/facts.ftl")),
                    include_str!(concat!("../../../static/text/", $language, "/terms.ftl")),
                    include_str!(concat!("../../../static/text/", $language, "/page.ftl")),
                ]
            };
        }
        match self {
            Self::En => files!("en"),
            Self::Ko => files!("ko"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_tag_is_known_by_its_first_part() {
        for (tag, language) in [
            ("ko", Some(Language::Ko)),
            ("ko-KR", Some(Language::Ko)),
            ("KO_kr", Some(Language::Ko)),
            ("en-US-posix", Some(Language::En)),
            ("kok", None),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Language::from_tag(tag), language, "{tag}");
        }
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
    }
}
