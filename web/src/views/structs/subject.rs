//! The struct that is looked at, and what is said of it.

use crate::views::format::link_to_source_of;
use crate::views::words::Words;
use nicscope_core::atlas::{Claim, Entry, Guide, Layout, Member, StructKind, lies_in, message_id};
use nicscope_core::diagram::WHOLE;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// A struct of a kernel.
#[derive(Debug, PartialEq)]
pub struct Subject {
    /// The kernel's short name.
    pub kernel: AttrValue,
    /// What the kernel is.
    pub title: AttrValue,
    /// The struct with its own members.
    pub layout: Layout,
    /// The path of each member; empty for an anonymous one.
    pub paths: Vec<AttrValue>,
}

impl Subject {
    /// A layout of a kernel.
    #[must_use]
    pub fn new(kernel: &str, title: &str, layout: Layout) -> Self {
        let mut named = layout.paths();
        let path = |member: &Member| match member.name.as_str() {
            "" => AttrValue::default(),
            _ => named.next().map(|(path, _)| path.into()).unwrap_or_default(),
        };
        let paths = layout.members.iter().map(path).collect();
        drop(named);
        let (kernel, title) = (kernel.to_owned().into(), title.to_owned().into());
        Self { kernel, title, layout, paths }
    }

    /// The kernel, as it is written: `Linux 6.12.107-1 amd64`; of the reader's own, its files.
    #[must_use]
    pub fn linux(&self) -> String {
        let is_version = self.title.starts_with(|first: char| first.is_ascii_digit());
        [if is_version { "Linux " } else { "" }, &self.title].concat()
    }

    /// The place of the member at a path.
    #[must_use]
    pub fn place_of(&self, path: &str) -> Option<usize> {
        self.paths.iter().position(|known| known == path && !path.is_empty())
    }

    /// The unions that a member lies in, the outermost first: the place of the union's own member, none for the
    /// struct as a whole, and which of its alternatives the member is in.
    fn unions_around(&self, place: usize) -> Vec<(Option<usize>, usize)> {
        let members = &self.layout.members;
        let mut unions = Vec::new();
        let mut inner = place;
        while let Some(depth) = members.get(inner).map(|member| member.depth) {
            let around = (0..inner).rev().find(|outer| members[*outer].depth < depth);
            let is_union = match around {
                Some(outer) => members[outer].type_name.starts_with("union"),
                None => self.layout.kind == StructKind::Union,
            };
            if is_union {
                let first = around.map_or(0, |outer| outer + 1);
                let before = members[first..inner].iter().filter(|member| member.depth == depth);
                unions.push((around, before.count()));
            }
            let Some(outer) = around else { break };
            inner = outer;
        }
        unions.reverse();
        unions
    }

    /// Which alternative of each union is shown so that a member is, by the place of the union's own member.
    #[must_use]
    pub fn shown_with(&self, place: usize) -> BTreeMap<usize, usize> {
        let unions = self.unions_around(place).into_iter();
        unions.map(|(owner, order)| (owner.unwrap_or(WHOLE), order)).collect()
    }

    /// The paths of members in the other alternatives of the innermost union that a member lies in.
    #[must_use]
    pub fn beside(&self, place: usize) -> Vec<AttrValue> {
        let Some((owner, order)) = self.unions_around(place).pop() else { return Vec::new() };
        let members = &self.layout.members;
        let (first, depth) = owner.map_or((0, 0), |owner| (owner + 1, members[owner].depth));
        let mut alternative = None;
        let mut beside = Vec::new();
        for place in (first..members.len()).take_while(|place| members[*place].depth > depth) {
            if members[place].depth == depth + 1 {
                alternative = Some(alternative.map_or(0, |number: usize| number + 1));
            }
            // What lies in a named struct has its name before it.
            let is_outermost = !self.paths[place].is_empty()
                && beside.last().is_none_or(|last: &AttrValue| !lies_in(&self.paths[place], last));
            if alternative != Some(order) && is_outermost {
                beside.push(self.paths[place].clone());
            }
        }
        beside
    }

    /// The struct's keyword and name, as C has them.
    #[must_use]
    pub fn declared(&self) -> String {
        [self.layout.kind.keyword(), " ", &self.layout.name].concat()
    }

    /// Its own members that have names.
    pub fn named(&self) -> impl Iterator<Item = (usize, &AttrValue, &Member)> {
        let members = self.paths.iter().zip(&self.layout.members).enumerate();
        members
            .filter(|(_, (path, _))| !path.is_empty())
            .map(|(place, (path, member))| (place, path, member))
    }
}

/// What is said of structs, in the reader's language.
#[derive(Clone, PartialEq)]
pub struct About {
    /// The words.
    pub words: Words,
    /// For which kernels they are meant.
    pub guide: Rc<Guide>,
    /// The kernels' names, and the versions of their packages.
    pub versions: Vec<(String, String)>,
}

impl About {
    /// What is said of a struct of a kernel, if anything is.
    #[must_use]
    pub fn entry(&self, kernel: &str, name: &str) -> Option<&Entry> {
        let entry = self.guide.find(name)?;
        // The reader's own kernel is none of ours: what is said may fit it.
        (entry.claim.is_of(kernel) || !self.knows(kernel)).then_some(entry)
    }

    /// The version of the kernel whose source a claim means.
    pub(super) fn version(&self, claim: &Claim) -> String {
        let kernel = claim.source_kernel();
        let found = self.versions.iter().find(|(name, _)| name == kernel);
        found.map(|(_, version)| version.clone()).unwrap_or_default()
    }

    fn knows(&self, kernel: &str) -> bool {
        self.guide.entries().any(|entry| entry.claim.is_of(kernel))
    }

    /// The message of that id, if there is one.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<AttrValue> {
        self.words.0.find(id, &[]).map(Into::into)
    }

    /// What is said of a member, with where the source has it.
    #[must_use]
    pub fn member(&self, kernel: &str, name: &str, path: &str) -> Option<(AttrValue, &Claim)> {
        let claim = self.entry(kernel, name)?.member(path)?;
        (claim.is_of(kernel) || !self.knows(kernel))
            .then(|| self.find(&message_id(name, Some(path))).map(|said| (said, claim)))?
    }
}

/// Where the source has what a claim says: the version is that of a kernel's package.
pub(super) fn source(claim: &Claim, version: &str) -> Html {
    let tag = version.split(['-', ' ']).next().unwrap_or_default();
    let (file, line) = claim.source.rsplit_once(':').unwrap_or_default();
    // A long path is broken between folders.
    let folders =
        claim.source.split_inclusive('/').map(|part| html! { <>{ part.to_owned() }<wbr /></> });
    let link = link_to_source_of(tag, file, line, folders.collect());
    html! { <>{ link }<small>{ " v" }{ tag.to_owned() }</small></> }
}

#[cfg(test)]
mod tests {
    use super::Subject;
    use nicscope_core::atlas::Layouts;
    use std::collections::BTreeMap;

    #[test]
    fn members_of_a_union_stand_beside_each_other_and_each_can_be_shown() {
        let text = include_bytes!("../../../../static/atlas/6.12.structs");
        let layouts = Layouts::read(text).expect("the committed structs");
        let of = |name| Subject::new("6.12", "", layouts.find(name).expect("a struct").clone());
        let skb = of("sk_buff");
        let place = |path| skb.place_of(path).expect("a member");
        assert_eq!(skb.beside(place("dev")), ["dev_scratch"]);
        assert_eq!(
            skb.beside(place("rbnode")),
            ["next", "prev", "dev", "dev_scratch", "list", "ll_node"]
        );
        let union = place("next") - 2;
        assert_eq!(skb.shown_with(place("rbnode")), BTreeMap::from([(union, 1)]));
        assert_eq!(skb.shown_with(place("len")), BTreeMap::new());
        let inner = skb.shown_with(place("dev_scratch"));
        assert_eq!(inner.values().copied().collect::<Vec<_>>(), [0, 1]);
        assert!(skb.beside(place("len")).is_empty());
    }
}
