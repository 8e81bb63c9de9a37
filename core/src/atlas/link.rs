//! A place in the atlas as text: what stands in an address behind `#`.
//!
//! `#1/structs/6.12/sk_buff/users.refs&form=table`, `#1/structs/6.12/ice_rx_ring&with=7.2/ice_rx_ring`: the
//! version of links, a kernel, a struct, a member; how it is shown, and what it is compared with. What is
//! missing at the end is what the page begins with. `lang` is read and never written.

/// What such a link begins with.
const START: &str = "1/structs";
/// Characters of a link at most.
const LINK_MAX: usize = 2_000;

/// How a struct is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As its cachelines.
    #[default]
    Map,
    /// As a table.
    Table,
    /// As C declares it.
    Source,
    /// With what it leads to.
    Pointers,
    /// Beside another.
    Compare,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Map, Self::Table, Self::Source, Self::Pointers, Self::Compare];

    /// Its name in links and ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Table => "table",
            Self::Source => "source",
            Self::Pointers => "pointers",
            Self::Compare => "compare",
        }
    }
}

/// A place in the atlas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StructLink {
    /// A kernel's short name; empty for the one that the page begins with.
    pub kernel: String,
    /// A struct or union; empty for the one that the page begins with.
    pub name: String,
    /// A member, by its path.
    pub member: Option<String>,
    /// How the struct is shown.
    pub form: Form,
    /// What it is compared with: a kernel, and a struct of it.
    pub with: Option<(String, String)>,
}

/// A part of a link that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructLinkError {
    /// The part.
    pub part: String,
    /// Bytes of the link before it.
    pub at: usize,
}

/// Whether an address leads into the atlas, readable or not.
#[must_use]
pub fn is_struct_link(text: &str) -> bool {
    text.strip_prefix(START).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '&']))
}

impl StructLink {
    /// A struct of a kernel.
    #[must_use]
    pub fn of(kernel: &str, name: &str) -> Self {
        Self { kernel: kernel.to_owned(), name: name.to_owned(), ..Self::default() }
    }

    /// Reads a link without its `#`: what can be read of it, and the first part that cannot.
    #[must_use]
    pub fn read(text: &str) -> (Self, Option<StructLinkError>) {
        let mut link = Self::default();
        let wrong = |part: &str| StructLinkError {
            part: part.to_owned(),
            // A part of the text: it begins within it.
            at: (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize),
        };
        let Some(rest) = text.strip_prefix(START).filter(|_| text.len() <= LINK_MAX) else {
            return (link, Some(wrong(text)));
        };
        let mut parts = rest.split('&');
        let path = parts.next().unwrap_or_default();
        let mut fault = link.path(path).map(wrong);
        for part in parts {
            if link.pair(part).is_none() {
                fault = fault.or_else(|| Some(wrong(part)));
            }
        }
        (link, fault)
    }

    /// Reads kernel, struct and member; gives what cannot be.
    fn path<'a>(&mut self, path: &'a str) -> Option<&'a str> {
        let mut names = path.split('/').skip(1);
        let mut name = || names.next().filter(|name| !name.is_empty());
        let (kernel, of, member) = (name(), name(), name());
        let beyond = name();
        let plain = |name: &Option<&'a str>| name.is_none_or(is_plain);
        if let Some(wrong) = [kernel, of, member].into_iter().find(|name| !plain(name)) {
            return wrong;
        }
        self.kernel = kernel.unwrap_or_default().to_owned();
        self.name = of.unwrap_or_default().to_owned();
        self.member = member.map(str::to_owned);
        beyond
    }

    fn pair(&mut self, part: &str) -> Option<()> {
        match part.split_once('=')? {
            ("form", name) => self.form = Form::ALL.into_iter().find(|form| form.name() == name)?,
            ("with", place) => {
                let (kernel, name) = place.split_once('/')?;
                if !is_plain(kernel) || !is_plain(name) {
                    return None;
                }
                self.with = Some((kernel.to_owned(), name.to_owned()));
            }
            ("lang", _) => {}
            _ => return None,
        }
        Some(())
    }

    /// The link, without its `#`. What has a name that no C has is left out.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = START.to_owned();
        let names = [Some(&self.kernel), Some(&self.name), self.member.as_ref()];
        for name in names.into_iter().flatten().take_while(|name| is_plain(name)) {
            text.push('/');
            text.push_str(name);
        }
        if self.form != Form::default() {
            text.push_str("&form=");
            text.push_str(self.form.name());
        }
        if let Some((kernel, name)) = &self.with
            && is_plain(kernel)
            && is_plain(name)
        {
            for part in ["&with=", kernel, "/", name] {
                text.push_str(part);
            }
        }
        text
    }
}

/// Whether a name may stand in a link as it is. `~` tells types of one name apart.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.~+-".contains(&byte);
    !name.is_empty() && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{Form, StructLink, StructLinkError, is_struct_link};

    #[test]
    fn what_is_written_is_read_the_same() {
        let plain = StructLink::of("6.12", "sk_buff");
        assert_eq!(plain.write(), "1/structs/6.12/sk_buff");
        let member = Some("users.refs".to_owned());
        let with = Some(("7.2".to_owned(), "sk_buff".to_owned()));
        let full = StructLink { member, with, form: Form::Compare, ..plain.clone() };
        let text = "1/structs/6.12/sk_buff/users.refs&form=compare&with=7.2/sk_buff";
        assert_eq!(full.write(), text);
        for link in [plain, full, StructLink::default(), StructLink::of("6.1", "")] {
            assert_eq!(StructLink::read(&link.write()), (link, None));
        }
    }

    #[test]
    fn what_is_right_is_read_and_the_first_wrong_part_is_named() {
        let read = |text: &str| {
            assert!(is_struct_link(text));
            let (link, error) = StructLink::read(text);
            (link.write(), error.map(|StructLinkError { part, at }| (part, at)))
        };
        let wrong = |part: &str, at| Some((part.to_owned(), at));
        let page = "1/structs/6.12/page";
        assert_eq!(read("1/structs/6.12/page&form=x"), (page.to_owned(), wrong("form=x", 20)));
        assert_eq!(read("1/structs/6.12/page&lang=ko"), (page.to_owned(), None));
        assert_eq!(read("1/structs/6.12/page//&x"), (page.to_owned(), wrong("x", 22)));
        assert_eq!(read("1/structs/<b>/page"), ("1/structs".to_owned(), wrong("<b>", 10)));
        assert_eq!(read("1/structs/6.12/page/lru/x").1, wrong("x", 24));
        assert_eq!(read("1/structs&with=7.2").1, wrong("with=7.2", 10));
        assert!(!is_struct_link("1/structsx") && !is_struct_link("1/capture=a"));
        assert!(StructLink::read(&format!("1/structs/{}", "a".repeat(2_000))).1.is_some());
        assert!(StructLink::read("#").1.is_some());
    }
}
