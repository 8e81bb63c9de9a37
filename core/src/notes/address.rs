//! Where a struct is found on the site, and the lines of HTML and Markdown that lead there.

use super::Theme;
use crate::diagram::escaped;
use std::fmt::Write;

/// A struct's place on a site: the live page of it, its static page and picture.
#[derive(Clone, Copy, Debug)]
pub struct Address<'a> {
    /// Where the site is, with the slash at its end ([`base_of`]); may be relative.
    pub base: &'a str,
    /// The kernel's short name, `6.12`.
    pub kernel: &'a str,
    /// The struct's name.
    pub name: &'a str,
    /// The path of a member, `users.refs`.
    pub member: Option<&'a str>,
}

/// The site's address out of that of a page of it: without what follows the last slash of the path.
#[must_use]
pub fn base_of(page: &str) -> &str {
    let path = page.split(['#', '?']).next().unwrap_or_default();
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

impl Address<'_> {
    /// The struct on the live page: `#1/structs/6.12/sk_buff/len` below the base.
    #[must_use]
    pub fn live(&self) -> String {
        let mut address = format!("{}#1/structs", self.base);
        for part in [Some(self.kernel), Some(self.name), self.member].into_iter().flatten() {
            address.push('/');
            address.push_str(&percent(part));
        }
        address
    }

    /// The static page in a language, `en` or `ko`: it marks the member.
    #[must_use]
    pub fn page(&self, language: &str, theme: Theme) -> String {
        let page = self.file(language, theme, "html");
        match self.member {
            Some(member) => format!("{page}#{}", percent(member)),
            None => page,
        }
    }

    /// The picture, likewise; it marks nothing.
    #[must_use]
    pub fn picture(&self, language: &str, theme: Theme) -> String {
        self.file(language, theme, "svg")
    }

    fn file(&self, language: &str, theme: Theme, ending: &str) -> String {
        let (kernel, name) = (percent(self.kernel), percent(self.name));
        let ending = format!("{}.{ending}", theme.of_file());
        format!("{}embed/{language}/{kernel}/{name}{ending}", self.base)
    }

    /// A frame with the static page, as HTML; `title` says what it is to those who do not see it.
    #[must_use]
    pub fn iframe(&self, language: &str, theme: Theme, title: &str, height: u32) -> String {
        let (page, title) = (escaped(&self.page(language, theme)), escaped(title));
        let mut text = format!("<iframe src=\"{page}\" title=\"{title}\"");
        // Writing into a `String` cannot fail.
        let _ = write!(text, " width=\"100%\" height=\"{height}\" loading=\"lazy\"></iframe>");
        text
    }

    /// A link to the live page, as Markdown.
    #[must_use]
    pub fn markdown_link(&self) -> String {
        let path = self.member.map(|member| format!(".{member}")).unwrap_or_default();
        format!("[`{}{path}`]({})", self.name, self.live())
    }
}

/// A part of an address: what a C name does not have is escaped.
fn percent(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
