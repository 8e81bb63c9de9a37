//! The struct that is looked at, and what is said of it.

use crate::views::format::link_to_source_of;
use crate::views::words::Words;
use nicscope_core::atlas::{Claim, Entry, Guide, Layout, Member, message_id};
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

    /// The place of the member at a path.
    #[must_use]
    pub fn place_of(&self, path: &str) -> Option<usize> {
        self.paths.iter().position(|known| known == path && !path.is_empty())
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
    link_to_source_of(tag, file, line, html! { claim.source.clone() })
}
