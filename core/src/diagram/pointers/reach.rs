//! What a struct's members lead to.

use crate::atlas::{Guide, Layout, struct_name};

/// How deep structs that the guide does not have are looked into.
const LEVELS: u32 = 4;

/// How a member leads to a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// Its type is a pointer to it.
    Pointer,
    /// The struct lies within.
    Within,
    /// Its type does not say it: the guide does.
    Lead,
}

/// A member that leads to a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Its path from the struct.
    pub(super) path: String,
    pub(super) to: String,
    pub(super) kind: EdgeKind,
}

/// Finds layouts by name.
pub(super) type Lookup<'a> = &'a dyn Fn(&str) -> Option<Layout>;

/// All that a struct's members lead to: structs of the guide, what leads say, and where `beyond`, also
/// other structs that its own members point to.
pub(super) fn reaches(name: &str, lookup: Lookup, guide: &Guide, beyond: bool) -> Vec<Reach> {
    let mut found = Vec::new();
    if let Some(layout) = lookup(name) {
        let mut search = Search { owner: name, lookup, guide, beyond, found: &mut found };
        search.look(&layout, "", LEVELS);
    }
    found
}

struct Search<'a> {
    owner: &'a str,
    lookup: Lookup<'a>,
    guide: &'a Guide,
    beyond: bool,
    found: &'a mut Vec<Reach>,
}

impl Search<'_> {
    fn look(&mut self, layout: &Layout, prefix: &str, levels: u32) {
        for (path, member) in layout.paths() {
            let path = format!("{prefix}{path}");
            let mut add = |to: &str, kind| {
                self.found.push(Reach { path: path.clone(), to: to.to_owned(), kind });
            };
            let mut leads = self.guide.leads_of(self.owner, &path).peekable();
            if leads.peek().is_some() {
                leads.for_each(|lead| add(&lead.to, EdgeKind::Lead));
            } else if let Some(to) = pointee(&member.type_name) {
                let own = self.beyond && levels == LEVELS;
                if own || self.guide.find(to).is_some() {
                    add(to, EdgeKind::Pointer);
                }
            } else {
                let within = struct_name(&member.type_name);
                if self.guide.find(within).is_some() {
                    add(within, EdgeKind::Within);
                } else if levels > 0
                    && let Some(inner) = (self.lookup)(within)
                {
                    self.look(&inner, &format!("{path}."), levels - 1);
                }
            }
        }
    }
}

/// The struct or union that a type points to.
fn pointee(type_name: &str) -> Option<&str> {
    let before = type_name.split_once('*')?.0;
    let words = || before.split_whitespace().skip_while(|word| *word == "const");
    let named = matches!(words().next(), Some("struct" | "union")) && !before.contains('(');
    named.then(|| words().nth(1)).flatten()
}
