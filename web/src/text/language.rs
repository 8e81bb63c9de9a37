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

    /// Where the site has its sentences, one for each line of each routine. They are most of the
    /// words, so only those of the language that is spoken are fetched.
    #[must_use]
    pub const fn sentences_path(self) -> &'static str {
        match self {
            Self::En => "text/en/facts.ftl",
            Self::Ko => "text/ko/facts.ftl",
        }
    }

    /// Where the site has its words of the atlas: the page's own, and what is said of structs. They are fetched
    /// with that page.
    #[must_use]
    pub const fn atlas_paths(self) -> [&'static str; 2] {
        match self {
            Self::En => ["text/en/atlas.ftl", "text/en/structs.ftl"],
            Self::Ko => ["text/ko/atlas.ftl", "text/ko/structs.ftl"],
        }
    }

    /// Its messages that the program brings along: terms, page.
    pub(super) const fn own_files(self) -> [&'static str; 2] {
        match self {
            Self::En => [
                include_str!("../../../static/text/en/terms.ftl"),
                include_str!("../../../static/text/en/page.ftl"),
            ],
            Self::Ko => [
                include_str!("../../../static/text/ko/terms.ftl"),
                include_str!("../../../static/text/ko/page.ftl"),
            ],
        }
    }

    /// Its sentences, as the site has them.
    #[cfg(test)]
    pub(super) const fn sentences(self) -> &'static str {
        match self {
            Self::En => include_str!("../../../static/text/en/facts.ftl"),
            Self::Ko => include_str!("../../../static/text/ko/facts.ftl"),
        }
    }

    /// All its messages: facts, terms, page.
    #[cfg(test)]
    pub(super) const fn files(self) -> [&'static str; 3] {
        let [terms, page] = self.own_files();
        [self.sentences(), terms, page]
    }

    /// All its messages of the atlas: the page's own, what is said of structs.
    #[cfg(test)]
    pub(super) const fn atlas_files(self) -> [&'static str; 2] {
        match self {
            Self::En => [
                include_str!("../../../static/text/en/atlas.ftl"),
                include_str!("../../../static/text/en/structs.ftl"),
            ],
            Self::Ko => [
                include_str!("../../../static/text/ko/atlas.ftl"),
                include_str!("../../../static/text/ko/structs.ftl"),
            ],
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

    #[test]
    fn the_sentences_of_each_language_are_part_of_the_site() {
        let page = include_str!("../../index.html");
        for language in Language::ALL {
            let (folder, file) = language.sentences_path().rsplit_once('/').expect("a folder");
            let copied =
                format!("href=\"../static/{folder}/{file}\" data-target-path=\"{folder}\"");
            assert!(page.contains(&copied), "index.html has no `{copied}`");
        }
    }
}
