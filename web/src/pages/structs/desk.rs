//! The desk: which struct is looked at, what has come of the kernels, and what the reader asks for.

use crate::atlas::{FIRST_KERNEL, Library, OWN_KERNEL, Refused};
use crate::browser::files::{self, Loaded};
use crate::browser::{fetch, location};
use crate::views::structs::About;
use crate::views::{Found, Words, use_words};
use crate::widgets::{Hook, HookContext, Kept, kept, on_change};
use nicscope_core::atlas::{Form, StructLink, StructLinkError};
use nicscope_core::scenario::is_capture;
use nicscope_text::Language;
use std::collections::BTreeSet;
use yew::platform::spawn_local;
use yew::prelude::*;

/// The struct that the page begins with.
const FIRST_STRUCT: &str = "sk_buff";

/// Something that the reader should know.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Notice {
    /// A part of the address means nothing.
    Link(StructLinkError),
    /// A file of the reader's was not taken.
    Refused(String, Refused),
    /// Files of the reader's were taken.
    Taken(Vec<String>),
}

/// What the page keeps.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) library: Library,
    pub(super) link: Kept<StructLink>,
    /// Counts what has come.
    pub(super) revision: Kept<u64>,
    pub(super) about: Kept<Option<About>>,
    pub(super) notice: Kept<Option<Notice>>,
    pub(super) hovers: Kept<bool>,
    /// What can be taken along is shown.
    pub(super) notes: Kept<bool>,
    /// The paths of structs within the one that is looked at that were opened in place.
    pub(super) opened: Kept<BTreeSet<String>>,
    /// The words of the other pages, as long as this one's are not there.
    pub(super) words: Words,
}

impl Desk {
    /// The state that is kept from one drawing of the page to the next.
    pub(super) fn kept(
        hooks: &mut HookContext,
        library: &Library,
        oncapture: Callback<Vec<Loaded>>,
    ) -> Self {
        let words = use_words().run(hooks);
        let desk = Self {
            library: library.clone(),
            link: kept(hooks, || completed(StructLink::read(&location::hash()).0)),
            revision: kept(hooks, || 0),
            about: kept(hooks, || None),
            notice: kept(hooks, || None),
            hovers: kept(hooks, || false),
            notes: kept(hooks, || false),
            opened: kept(hooks, BTreeSet::new),
            words: words.clone(),
        };
        on_change(hooks, (), {
            let desk = desk.clone();
            move |()| desk.listen(oncapture)
        });
        on_change(hooks, words.0.language(), {
            let desk = desk.clone();
            move |language| spawn_local(desk.learn(*language))
        });
        desk
    }

    /// Has come what the page needs, follows the address, and takes dropped files.
    fn listen(self, oncapture: Callback<Vec<Loaded>>) -> impl FnOnce() {
        self.follow(&location::hash());
        let moved = self.clone();
        let moves = location::on_change(move |hash| moved.follow(&hash));
        let hovers = self.hovers.clone();
        let taken = self.clone();
        let drops = files::on_drop(
            Callback::from(move |over| hovers.set(over)),
            Callback::from(move |files: Vec<Loaded>| {
                let are_captures = files.iter().all(|(_, bytes)| is_capture(bytes));
                if are_captures { oncapture.emit(files) } else { taken.take(files) }
            }),
        );
        let offered = self.library.offered();
        if !offered.is_empty() {
            self.take(offered);
        }
        move || drop((moves, drops))
    }

    /// Has the words of a language come, and then the structs.
    async fn learn(self, language: Language) {
        let paths = language.paths().into_iter().chain(language.atlas_paths());
        let asked: Vec<_> = paths.map(fetch::text).collect();
        let mut files = Vec::new();
        for file in asked {
            // Without words the structs are there all the same.
            files.extend(file.await);
        }
        let words = Words::of(language, files);
        let desk = self.clone();
        let changed = move || desk.has_come(&words);
        changed();
        self.library.begin(changed).await;
    }

    /// Asks again for what could not be had.
    pub(super) fn ask_again(&self) {
        spawn_local(self.clone().learn(self.words.0.language()));
    }

    fn has_come(&self, words: &Words) {
        let shelves = self.library.shelves();
        let version =
            |shelf: &crate::atlas::Shelf| Some((shelf.name.clone(), shelf.version()?.to_owned()));
        let versions = shelves.iter().filter_map(version).collect();
        let about = About { words: words.clone(), guide: self.library.guide(), versions };
        drop(shelves);
        self.about.put(Some(about));
        self.changed();
    }

    /// Something has come: the page is drawn again.
    fn changed(&self) {
        self.revision.put(self.revision.get() + 1);
    }

    /// Does what the address says.
    fn follow(&self, hash: &str) {
        if !nicscope_core::atlas::is_struct_link(hash) {
            return;
        }
        let (link, error) = StructLink::read(hash);
        self.notice.set(error.map(Notice::Link));
        self.link.set(completed(link));
    }

    /// Goes to a place; a struct is a new entry of the browser's history, all else is not.
    pub(super) fn go(&self, link: StructLink) {
        let here = self.link.get();
        let write = if (&here.kernel, &here.name) == (&link.kernel, &link.name) {
            location::replace
        } else {
            location::push
        };
        write(&link.write());
        if here.name != link.name {
            self.opened.set(BTreeSet::new());
        }
        self.notice.set(None);
        self.link.set(link);
    }

    pub(super) fn to_struct(&self, name: &str) {
        let here = self.link.get();
        let form = if here.form == Form::Compare { Form::Map } else { here.form };
        self.go(StructLink { form, ..StructLink::of(&here.kernel, name) });
    }

    /// Goes to what was searched for.
    pub(super) fn to_found(&self, found: &Found) {
        if let Found::Struct { kernel, name, member } = found {
            let here = self.link.get();
            let form = if here.form == Form::Compare { Form::Map } else { here.form };
            let member = member.as_ref().map(AttrValue::to_string);
            self.go(StructLink { form, member, ..StructLink::of(kernel, name) });
        }
    }

    pub(super) fn to_kernel(&self, kernel: String) {
        self.go(StructLink { kernel, ..self.link.get() });
    }

    /// Opens the struct at a path in place, or closes it.
    pub(super) fn toggle(&self, path: &str) {
        let mut opened = self.opened.get();
        if !opened.remove(path) {
            opened.insert(path.to_owned());
        }
        self.opened.set(opened);
    }

    pub(super) fn to_form(&self, form: Form) {
        self.go(StructLink { form, ..self.link.get() });
    }

    /// Looks at a member.
    pub(super) fn to_member(&self, path: &str) {
        let member = Some(path.to_owned()).filter(|path| !path.is_empty());
        self.go(StructLink { member, ..self.link.get() });
    }

    pub(super) fn to_pair(&self, with: (String, String)) {
        self.go(StructLink { with: Some(with), form: Form::Compare, ..self.link.get() });
    }

    /// Has all of a kernel come.
    pub(super) fn fetch_whole(&self, kernel: String) {
        let desk = self.clone();
        spawn_local(async move {
            let told = desk.clone();
            desk.library.complete(&kernel, move || told.changed()).await;
        });
    }

    /// Takes files of the reader's own kernel, the largest first: a module's are read over the kernel's, and by far
    /// smaller. What is wrong with one is said, those before it stay.
    pub(super) fn take(&self, files: Vec<Loaded>) {
        let mut taken: Vec<String> = Vec::new();
        let mut wrong = None;
        for (name, bytes) in files {
            match self.library.take(&name, bytes) {
                Ok(()) => taken.push(name),
                Err(refused) => wrong = wrong.or(Some(Notice::Refused(name, refused))),
            }
        }
        if !taken.is_empty() {
            self.go(StructLink { kernel: OWN_KERNEL.to_owned(), ..self.link.get() });
        }
        self.notice.set(wrong.or(Some(Notice::Taken(taken))));
        self.changed();
    }

    /// A way into the page, for a view.
    pub(super) fn on<T: 'static>(&self, act: impl Fn(&Self, T) + 'static) -> Callback<T> {
        let desk = self.clone();
        Callback::from(move |value| act(&desk, value))
    }
}

/// A link with what the page begins with in place of what is missing.
fn completed(mut link: StructLink) -> StructLink {
    for (part, first) in [(&mut link.kernel, FIRST_KERNEL), (&mut link.name, FIRST_STRUCT)] {
        if part.is_empty() {
            first.clone_into(part);
        }
    }
    link
}
