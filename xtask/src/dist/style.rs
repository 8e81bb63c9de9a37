//! The style sheet of the static pages, which stands in each of them: static/css/embed.css, and of tokens.css
//! what that names.

use crate::workspace;
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use nicscope_core::notes::Theme;
use sha2::{Digest, Sha256};
use std::fs;

/// The rules, and what they use.
pub(super) struct Style {
    rules: String,
    tokens: String,
}

impl Style {
    pub(super) fn read() -> Result<Self> {
        let file = |name: &str| {
            let path = workspace::root().join("static/css").join(name);
            fs::read_to_string(path).with_context(|| format!("no static/css/{name}"))
        };
        Self::of(&file("embed.css")?, &file("tokens.css")?)
    }

    fn of(rules: &str, all: &str) -> Result<Self> {
        let (rules, all) = (small(rules), small(all));
        let mut tokens = String::new();
        for use_ in rules.split("var(").skip(1) {
            let name = use_.split(')').next().unwrap_or_default();
            // What has another colour behind it is set where a member is marked.
            if name.contains(',') {
                continue;
            }
            let declared = all.split(['{', ';']).find_map(|line| {
                line.trim_start().strip_prefix(name)?.strip_prefix(':').map(str::trim)
            });
            let value = declared.with_context(|| format!("tokens.css has no {name}"))?;
            let line = format!("{name}:{value};");
            if !tokens.contains(&line) {
                tokens.push_str(&line);
            }
        }
        ensure!(!tokens.is_empty(), "embed.css uses no token");
        Ok(Self { rules, tokens })
    }

    /// The content of `<style>` for a theme.
    pub(super) fn text(&self, theme: Theme) -> String {
        format!(":root{{color-scheme:{};{}}}{}", theme.color_scheme(), self.tokens, self.rules)
    }
}

/// The source that lets a style sheet be used: its digest.
pub(super) fn source(style: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(style)))
}

/// Without comments and without space that says nothing.
fn small(css: &str) -> String {
    let mut text = String::new();
    for (number, part) in css.split("/*").enumerate() {
        let rest = if number == 0 { part } else { part.split_once("*/").map_or("", |part| part.1) };
        text.push_str(rest);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    ["{ ", " {", "; ", " }", ": ", ", "]
        .iter()
        .fold(text, |text, spaced| text.replace(spaced, spaced.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_tokens_that_its_rules_name_and_no_other() {
        let all = ":root {\n  --a: light-dark(#fff, #000); /* x */\n  --b: 1px;\n  --ab: 2px;\n}";
        let style = Style::of("p {\n  color: var(--a);\n  margin: 0 var(--a);\n}", all).expect("a");
        let expected = ":root{color-scheme:dark;--a:light-dark(#fff,#000);}\
                        p{color:var(--a);margin:0 var(--a);}";
        assert_eq!(style.text(Theme::Dark), expected);
        assert!(Style::of("p{color:var(--c)}", all).is_err());
    }

    /// As `openssl dgst -sha256 -binary | openssl base64` says of the empty text.
    #[test]
    fn a_source_is_the_digest_in_base64() {
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}
