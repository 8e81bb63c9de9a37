//! One kernel of the atlas.

use super::OWN_KERNEL;
use super::names::Names;
use nicscope_core::atlas::{FoundName, Kernel, Layout, Layouts, Member, WholeKernel, struct_name};
use std::cell::OnceCell;
use std::rc::Rc;

/// What is there of a kernel.
#[derive(Clone, Default)]
pub struct Shelf {
    /// Its short name: `6.12`.
    pub name: String,
    /// What it is: the package's version and the architecture.
    pub title: String,
    /// The site's list of its files.
    kernel: Option<Kernel>,
    /// The chosen structs.
    pub(super) chosen: Option<Rc<Layouts>>,
    /// Their names, once something was searched for.
    names: Rc<OnceCell<Names>>,
    /// They cannot be had.
    pub is_missing: bool,
    /// All structs.
    pub(super) whole: Option<Rc<WholeKernel>>,
    /// How far the whole kernel has come, while it comes.
    pub coming: Option<Coming>,
}

/// A kernel that is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// So many bytes of all.
    Bytes {
        /// Those that are here.
        done: u32,
        /// All of them.
        total: u32,
    },
    /// It cannot be had.
    Failed,
}

/// What has come of a kernel is the same as long as no more of it comes.
impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        let same = |one: Option<*const ()>, other| one == other;
        let chosen = |shelf: &Self| shelf.chosen.as_ref().map(|chosen| Rc::as_ptr(chosen).cast());
        let whole = |shelf: &Self| shelf.whole.as_ref().map(|whole| Rc::as_ptr(whole).cast());
        self.name == other.name
            && same(chosen(self), chosen(other))
            && same(whole(self), whole(other))
    }
}

impl Shelf {
    pub(super) fn of(kernel: Kernel) -> Self {
        Self {
            name: kernel.name.clone(),
            title: [&kernel.version, " ", &kernel.architecture].concat(),
            kernel: Some(kernel),
            ..Self::default()
        }
    }

    pub(super) fn own(whole: WholeKernel) -> Self {
        let title = whole.objects().collect::<Vec<_>>().join(", ");
        let whole = Some(Rc::new(whole));
        Self { name: OWN_KERNEL.to_owned(), title, whole, ..Self::default() }
    }

    /// Whether all of its structs can be fetched: they are neither here nor on their way.
    #[must_use]
    pub fn can_come(&self) -> bool {
        self.to_fetch().is_some()
    }

    /// What would have to be fetched for all of it.
    pub(super) fn to_fetch(&self) -> Option<Kernel> {
        let comes = matches!(self.coming, Some(Coming::Bytes { .. }));
        self.kernel.clone().filter(|_| self.whole.is_none() && !comes)
    }

    /// The package's version; none of the reader's own kernel.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.kernel.as_ref().map(|kernel| kernel.version.as_str())
    }

    /// Bytes that all of it would have to be fetched with.
    #[must_use]
    pub fn bytes(&self) -> u32 {
        let objects = self.kernel.iter().flat_map(|kernel| &kernel.objects);
        objects.map(|object| object.packed_bytes).sum()
    }

    /// The size of a struct in bytes.
    #[must_use]
    pub fn size(&self, name: &str) -> Option<u32> {
        let chosen = self.chosen.as_ref().and_then(|chosen| chosen.find(name));
        let size = chosen.map(|layout| layout.size);
        size.or_else(|| Some(self.whole.as_ref()?.layout(name)?.size))
    }

    /// Whether something is there.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.chosen.is_some() || self.whole.is_some()
    }

    /// All of it, if that is here.
    #[must_use]
    pub fn whole(&self) -> Option<&WholeKernel> {
        self.whole.as_deref()
    }

    /// Whether a struct is at hand.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.find(name).is_some())
            || self.whole.as_ref().is_some_and(|whole| whole.has(name))
    }

    /// Searches all structs and members that are at hand: the best of what fits, and how many do.
    #[must_use]
    pub fn find(&self, typed: &str, most: usize) -> (Vec<FoundName>, usize) {
        if let Some(whole) = &self.whole {
            let found = whole.find(typed, most);
            return (found.best, found.total);
        }
        let Some(chosen) = &self.chosen else { return (Vec::new(), 0) };
        self.names.get_or_init(|| Names::of(chosen)).find(typed, most)
    }

    /// A struct with its own members.
    #[must_use]
    pub fn layout(&self, name: &str) -> Option<Layout> {
        let chosen = self.chosen.as_ref().and_then(|chosen| chosen.find(name)).cloned();
        chosen.or_else(|| self.whole.as_ref()?.layout(name))
    }

    /// The member of a struct at a path, which may lie in structs within it; the inner none says that there is no
    /// such member, the outer that the struct around it is not at hand.
    #[must_use]
    pub fn place_of(&self, name: &str, path: &str) -> Option<Option<Member>> {
        let is_around =
            |of: &str| path.strip_prefix(of).is_some_and(|inner| inner.starts_with('.'));
        let Some(layout) = self.layout(name) else { return Some(None) };
        let layout = layout.opened(&is_around, &|name| self.layout(name));
        let around = layout.paths().filter(|(of, _)| is_around(of)).last();
        let found = layout.member(path).cloned();
        let is_hidden = found.is_none()
            && around.is_some_and(|(_, member)| !self.has(struct_name(&member.type_name)));
        (!is_hidden).then_some(found)
    }

    /// A struct with the members of those within it too.
    #[must_use]
    pub fn expanded(&self, name: &str, levels: u32) -> Option<Layout> {
        // A whole kernel has each struct within another; the chosen ones have some.
        let whole = self.whole.as_ref().and_then(|whole| whole.expanded(name, levels));
        whole.or_else(|| self.chosen.as_ref()?.expanded(name, levels))
    }
}
