//! The languages that the page speaks.

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
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

    /// Where the site has its words: terms, page. Only those of the language that is spoken are fetched; boot.js
    /// asks for them while the program is still compiled.
    #[must_use]
    pub const fn paths(self) -> [&'static str; 2] {
        match self {
            Self::En => ["text/en/terms.ftl", "text/en/page.ftl"],
            Self::Ko => ["text/ko/terms.ftl", "text/ko/page.ftl"],
        }
    }

    /// Where the site has the words that come later: what is said of steps, for which boot.js asks as soon as the
    /// program has begun, and what a first visit says nowhere (`xtask/src/pack.rs`).
    #[must_use]
    pub const fn later_paths(self) -> [&'static str; 2] {
        match self {
            Self::En => ["text/en/facts.ftl", "text/en/later.ftl"],
            Self::Ko => ["text/ko/facts.ftl", "text/ko/later.ftl"],
        }
    }

    /// Where the site has its words of the atlas: the page's own, and what is said of structs. They are fetched
    /// with that page.
    #[must_use]
    pub const fn atlas_paths(self) -> [&'static str; 3] {
        match self {
            Self::En => ["text/en/atlas.ftl", "text/en/notes.ftl", "text/en/structs.ftl"],
            Self::Ko => ["text/ko/atlas.ftl", "text/ko/notes.ftl", "text/ko/structs.ftl"],
        }
    }

    /// What the program itself can say: that it cannot go on.
    pub(super) const fn failure(self) -> &'static str {
        match self {
            Self::En => include_str!("../../static/text/en/failure.ftl"),
            Self::Ko => include_str!("../../static/text/ko/failure.ftl"),
        }
    }

    /// All its messages: facts, terms, page, failure.
    #[cfg(test)]
    pub(super) const fn files(self) -> [&'static str; 4] {
        match self {
            Self::En => [
                include_str!("../../static/text/en/facts.ftl"),
                include_str!("../../static/text/en/terms.ftl"),
                include_str!("../../static/text/en/page.ftl"),
                self.failure(),
            ],
            Self::Ko => [
                include_str!("../../static/text/ko/facts.ftl"),
                include_str!("../../static/text/ko/terms.ftl"),
                include_str!("../../static/text/ko/page.ftl"),
                self.failure(),
            ],
        }
    }

    /// All its messages of the atlas: the page's own, what is said of structs.
    #[cfg(test)]
    pub(super) const fn atlas_files(self) -> [&'static str; 3] {
        match self {
            Self::En => [
                include_str!("../../static/text/en/atlas.ftl"),
                include_str!("../../static/text/en/notes.ftl"),
                include_str!("../../static/text/en/structs.ftl"),
            ],
            Self::Ko => [
                include_str!("../../static/text/ko/atlas.ftl"),
                include_str!("../../static/text/ko/notes.ftl"),
                include_str!("../../static/text/ko/structs.ftl"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;
    use std::path::Path;

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
    fn the_words_of_each_language_are_part_of_the_site_and_asked_for_early() {
        let page = include_str!("../../web/index.html");
        let boot = include_str!("../../web/boot.js");
        assert!(page.contains("rel=\"copy-dir\" href=\"../static/text\""), "index.html");
        for language in Language::ALL {
            let early = language.paths().into_iter().chain(language.later_paths());
            for path in early.chain(language.atlas_paths()) {
                let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static").join(path);
                assert!(file.is_file(), "there is no {path}");
            }
            for path in language.paths().into_iter().chain(language.later_paths()) {
                let name = path.rsplit('/').next().and_then(|file| file.strip_suffix(".ftl"));
                let name = name.expect("a file of messages");
                let asked = [format!("\"{name}\""), format!("/{name}.ftl`")];
                assert!(asked.iter().any(|asked| boot.contains(asked)), "boot.js: {path}");
            }
        }
    }
}
