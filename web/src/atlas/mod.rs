//! The kernels whose structs can be looked at, as far as they have come.

mod names;
mod shelf;

pub use shelf::{Coming, Shelf};

use crate::browser::fetch;
use crate::browser::files::Loaded;
use nicscope_core::atlas::{
    BASE_OBJECT, BtfFault, Guide, Kernels, Layouts, WholeError, WholeKernel,
};
use std::cell::{Ref, RefCell};
use std::mem;
use std::rc::Rc;

/// Where the site has what it brings of the atlas.
const FOLDER: &str = "atlas/";
/// The kernel that the page begins with: the one that is modelled.
pub const FIRST_KERNEL: &str = "6.12";
/// The name of the reader's own kernel in links.
pub const OWN_KERNEL: &str = "own";

/// All that has come; the same for the whole visit.
#[derive(Clone, Default)]
pub struct Library(Rc<RefCell<Content>>);

#[derive(Default)]
struct Content {
    guide: Rc<Guide>,
    shelves: Vec<Shelf>,
    start: Start,
    /// A file that was dropped while another page was shown.
    offered: Vec<Loaded>,
}

/// How far what the page needs at once has come.
#[derive(Default)]
enum Start {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// It comes; those who asked are told of each part.
    Comes(Vec<Rc<dyn Fn()>>),
    /// There is no list of kernels to be had.
    Failed,
    /// It is here, as far as it can be had.
    Here,
}

impl PartialEq for Library {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Whether a file refers to what is not in it: it is a module's.
fn lacks_base(error: &WholeError) -> bool {
    matches!(error.error.fault, BtfFault::Name | BtfFault::Reference)
}

/// Why a file of the reader's was not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// It is no BTF, or is damaged; or a module's whose kernel is not here.
    Unreadable(WholeError),
    /// The kernel's own file must come first, or with it.
    NoBase,
}

impl Library {
    /// What is there of a kernel.
    #[must_use]
    pub fn shelf(&self, name: &str) -> Option<Shelf> {
        self.0.borrow().shelves.iter().find(|shelf| shelf.name == name).cloned()
    }

    /// What is there of all kernels.
    #[must_use]
    pub fn shelves(&self) -> Ref<'_, [Shelf]> {
        Ref::map(self.0.borrow(), |content| content.shelves.as_slice())
    }

    /// The structs on the way of a packet.
    #[must_use]
    pub fn guide(&self) -> Rc<Guide> {
        Rc::clone(&self.0.borrow().guide)
    }

    /// Whether what the page needs at once cannot be had; who asks again may have it.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        matches!(self.0.borrow().start, Start::Failed)
    }

    /// Has what the page needs at once come: the guide, the list of kernels, and their chosen structs.
    /// Says that it comes, and after each part that something has come, also if somebody else has asked for it.
    pub async fn begin(&self, changed: impl Fn() + 'static) {
        match &mut self.0.borrow_mut().start {
            Start::Comes(told) => return told.push(Rc::new(changed)),
            Start::Here => return,
            start => *start = Start::Comes(vec![Rc::new(changed)]),
        }
        self.tell();
        let guide = fetch::bytes(&[FOLDER, "guide.txt"].concat()).await;
        let kernels = fetch::bytes(&[FOLDER, "kernels.txt"].concat()).await;
        let guide = guide.and_then(|bytes| Guide::read(&bytes).ok()).unwrap_or_default();
        let Some(kernels) = kernels.and_then(|bytes| Kernels::read(&bytes).ok()) else {
            return self.end(Start::Failed);
        };
        {
            let mut content = self.0.borrow_mut();
            content.guide = Rc::new(guide);
            let own = std::mem::take(&mut content.shelves);
            content.shelves = kernels.kernels.into_iter().map(Shelf::of).chain(own).collect();
        }
        let mut names: Vec<String> = self.shelves().iter().map(|one| one.name.clone()).collect();
        // The one that the page begins with comes first.
        names.sort_by_key(|name| name != FIRST_KERNEL);
        for name in names.iter().filter(|name| *name != OWN_KERNEL) {
            let bytes = fetch::bytes(&[FOLDER, name, ".structs"].concat()).await;
            let read = bytes.and_then(|bytes| Layouts::read(&bytes).ok()).map(Rc::new);
            self.change(name, |shelf| {
                shelf.is_missing = read.is_none();
                shelf.chosen = read;
            });
            self.tell();
        }
        self.end(Start::Here);
    }

    /// Tells those who asked that something is another than before.
    fn tell(&self) {
        let told = match &self.0.borrow().start {
            Start::Comes(told) => told.clone(),
            _ => Vec::new(),
        };
        told.iter().for_each(|changed| changed());
    }

    /// Nothing more comes.
    fn end(&self, start: Start) {
        let start = std::mem::replace(&mut self.0.borrow_mut().start, start);
        if let Start::Comes(told) = start {
            told.iter().for_each(|changed| changed());
        }
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Shelf)) {
        let mut content = self.0.borrow_mut();
        if let Some(shelf) = content.shelves.iter_mut().find(|shelf| shelf.name == name) {
            change(shelf);
        }
    }

    /// Has a whole kernel come, and says how far it is.
    pub async fn complete(&self, name: &str, changed: impl Fn() + Clone + 'static) {
        let Some(kernel) = self.shelf(name).and_then(|shelf| shelf.to_fetch()) else { return };
        let total = kernel.objects.iter().map(|object| object.packed_bytes).sum();
        let coming = |done: u32| Some(Coming::Bytes { done, total });
        self.change(name, |shelf| shelf.coming = coming(0));
        changed();
        let mut objects = Vec::new();
        let mut before = 0;
        for object in &kernel.objects {
            let path = [FOLDER, &kernel.file(object)].concat();
            let told = {
                let (library, name, changed) = (self.clone(), name.to_owned(), changed.clone());
                move |bytes: u32| {
                    library.change(&name, |shelf| shelf.coming = coming(before + bytes));
                    changed();
                }
            };
            let bytes = match fetch::as_they_come(&path, told).await {
                Some(packed) => fetch::unzipped(packed).await,
                None => None,
            };
            let Some(bytes) = bytes else {
                self.change(name, |shelf| shelf.coming = Some(Coming::Failed));
                return changed();
            };
            objects.push((object.name.clone(), bytes));
            before += object.packed_bytes;
        }
        let whole = WholeKernel::read(objects).ok().map(Rc::new);
        self.change(name, |shelf| {
            shelf.coming = whole.is_none().then_some(Coming::Failed);
            shelf.whole = whole;
        });
        changed();
    }

    /// Keeps files until the page of structs is shown.
    pub fn offer(&self, files: Vec<Loaded>) {
        self.0.borrow_mut().offered = files;
    }

    /// The files that were kept.
    #[must_use]
    pub fn offered(&self) -> Vec<Loaded> {
        mem::take(&mut self.0.borrow_mut().offered)
    }

    /// Takes a file of the reader's own kernel: the kernel's, or a module's over it. Which of the two it is,
    /// reading shows: a module's refers to what only its kernel has.
    ///
    /// # Errors
    /// What is wrong with it; what was there before stays.
    pub fn take(&self, name: &str, bytes: Vec<u8>) -> Result<(), Refused> {
        let alone = WholeKernel::read(vec![(BASE_OBJECT.to_owned(), bytes.clone())]);
        let whole = match (alone, self.shelf(OWN_KERNEL).and_then(|own| own.whole)) {
            (Ok(whole), _) => whole,
            (Err(_), Some(base)) => {
                let mut whole = (*base).clone();
                whole.add(name.to_owned(), bytes).map_err(Refused::Unreadable)?;
                whole
            }
            (Err(error), None) if lacks_base(&error) => return Err(Refused::NoBase),
            (Err(error), None) => return Err(Refused::Unreadable(error)),
        };
        let mut content = self.0.borrow_mut();
        content.shelves.retain(|shelf| shelf.name != OWN_KERNEL);
        content.shelves.push(Shelf::own(whole));
        Ok(())
    }
}
