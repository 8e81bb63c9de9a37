//! A struct for people's notes: a picture, a table, and the addresses that lead back to it.
//!
//! The page and `cargo xtask dist` make the same. Words come from who asks ([`Label`]).

mod address;
mod markdown;
mod moment;
mod page_rows;
mod picture;
mod rows;
mod theme;

pub use address::{Address, base_of};
pub use moment::stage_picture;
pub use page_rows::{PageRow, PageRows};
pub use picture::map;
pub use rows::{Row, bits_and_bytes, rows};
pub use theme::Theme;

use crate::atlas::{Layout, Member};
use crate::diagram::{Argument, Label};

/// A struct, or one member of it, as somebody takes it along.
#[derive(Clone, Copy)]
pub struct Note<'a> {
    /// The struct.
    pub layout: &'a Layout,
    /// The name by which it was asked for: the struct's, or that of a typedef.
    pub name: &'a str,
    /// The kernel, as it is written: `Linux 6.12.107-1 amd64`.
    pub kernel: &'a str,
    /// The path of the member that is meant, `users.refs`; none for the struct as a whole.
    pub member: Option<&'a str>,
    /// Says a label in the reader's language.
    pub words: &'a dyn Fn(&Label) -> String,
}

impl Note<'_> {
    /// The struct as C names it: `struct sk_buff`, or what a typedef stands for: `udp_skb_cb`.
    #[must_use]
    pub fn title(&self) -> String {
        if self.layout.name == self.name {
            format!("{} {}", self.layout.kind.keyword(), self.name)
        } else {
            self.name.to_owned()
        }
    }

    /// What stands beside the name: `232 B · 4 cachelines · Linux 6.12.107-1 amd64`.
    #[must_use]
    pub fn facts(&self) -> String {
        let bytes = ("bytes", Argument::Number(self.layout.size.into()));
        let lines = ("lines", Argument::Number(self.layout.cachelines().into()));
        let size = self.say("notes-size-of", vec![bytes, lines]);
        format!("{size} · {}", self.kernel)
    }

    /// A member in one line: what is said when it is pointed at.
    #[must_use]
    pub fn line(&self, member: &Member) -> String {
        let (offset, size) = bits_and_bytes(member, self.words);
        self.say(
            "notes-line",
            vec![
                ("member", Argument::Ident(member.name.clone())),
                ("type", Argument::Ident(member.type_name.clone())),
                ("offset", Argument::Ident(offset)),
                ("size", Argument::Ident(size)),
            ],
        )
    }

    /// The member that is meant, or what of the path the layout has: `users` of `users.refs`.
    fn meant(&self) -> Option<usize> {
        let mut path = self.member?;
        loop {
            let found = self.layout.paths().find(|(own, _)| own == path);
            if let Some((_, member)) = found {
                return self.layout.members.iter().position(|own| std::ptr::eq(own, member));
            }
            path = path.rsplit_once('.')?.0;
        }
    }

    fn say(&self, key: &'static str, arguments: Vec<(&'static str, Argument)>) -> String {
        (self.words)(&Label::Text { key, arguments })
    }
}
