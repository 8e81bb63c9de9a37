//! The pages, and which of them the address means.

pub mod structs;
pub mod walk;

use crate::atlas::{FIRST_KERNEL, Library, Shelf};
use crate::browser::{document, location};
use crate::views::{Found, Searchable, use_words};
use crate::widgets::{Hook, HookContext, Kept, Part, kept, meets, on_change, part};
use nicscope_core::atlas::{StructLink, is_struct_link};
use std::cell::Cell;
use structs::StructsPage;
use walk::{First, Run, WIDE, Walk, WalkPage};
use yew::platform::spawn_local;
use yew::prelude::*;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Walk,
    Structs,
}

impl Page {
    /// The page that an address means.
    fn of(hash: &str) -> Self {
        if is_struct_link(hash) { Self::Structs } else { Self::Walk }
    }
}

/// The page that is open. The run of the other stays as it is.
#[derive(PartialEq)]
pub struct Pages {
    /// Makes the page's head around what stands in it; gets the callback that opens help.
    pub header: Callback<(Html, Callback<()>), Html>,
    /// The run that it begins with.
    pub first: First,
}

impl Part for Pages {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let wide = meets(hooks, WIDE);
        let page = kept(hooks, || Page::of(&location::hash()));
        let library = kept(hooks, Library::default).get();
        let onkernel = {
            let (library, page) = (library.clone(), page.clone());
            Callback::from(move |files| {
                // They are read there, and what is wrong with one is said there.
                library.offer(files);
                location::push(&StructLink::default().write());
                page.set(Page::Structs);
            })
        };
        let walk = Walk::kept(hooks, page.get() == Page::Walk, &self.first, onkernel);
        let title = (page.get() == Page::Walk).then(|| words.say("page-title"));
        on_change(hooks, title, |title| title.iter().for_each(|title| document::set_title(title)));
        on_change(hooks, (), {
            let page = page.clone();
            move |()| {
                let moves = location::on_change(move |hash| page.set(Page::of(&hash)));
                move || drop(moves)
            }
        });
        let ways = use_memo((), |()| Ways::to(&page, &walk, &library)).run(hooks);
        let header = {
            let (header, page, to) = (self.header.clone(), page.get(), ways.to.clone());
            Callback::from(move |(content, help): (Html, Callback<()>)| {
                let nav = part(Nav { page, to: to.clone() });
                header.emit((html! { <>{ nav }{ content }</> }, help))
            })
        };
        match page.get() {
            Page::Walk => {
                let (ask, onchoose) = (ways.ask.clone(), ways.onchoose.clone());
                WalkPage { header, ask, onchoose }.draw(&words, &walk, wide)
            }
            Page::Structs => {
                part(StructsPage { header, to: ways.to.clone(), library, run: walk.run() })
            }
        }
    }
}

/// The ways from page to page; the same for the whole visit.
struct Ways {
    /// To an address; without one back to the run, at the moment where it was left.
    to: Callback<Option<String>>,
    /// What there is to search, on the page of the run.
    ask: Callback<Callback<Searchable>>,
    /// To what was searched for there.
    onchoose: Callback<Found>,
}

impl Ways {
    fn to(page: &Kept<Page>, walk: &Walk, library: &Library) -> Self {
        let (page, run) = (page.clone(), walk.run());
        let to = {
            let leave = run.leave.clone();
            Callback::from(move |hash: Option<String>| {
                let here = leave.emit(());
                if page.get() == Page::Walk {
                    // The browser's way back leads to the moment that was left.
                    here.iter().for_each(|here| location::replace(here));
                }
                let hash = hash.or(here).unwrap_or_default();
                location::push(&hash);
                page.set(Page::of(&hash));
            })
        };
        let onchoose = {
            let (to, choose) = (to.clone(), run.choose.clone());
            Callback::from(move |found| match found {
                Found::Struct { .. } => to.emit(Some(address(&found))),
                _ => choose.emit(found),
            })
        };
        Self { to, ask: ask(library, &run, (FIRST_KERNEL, false)), onchoose }
    }
}

/// The address of a struct that was searched for.
fn address(found: &Found) -> String {
    match found {
        Found::Struct { kernel, name, member } => {
            let member = member.as_ref().map(AttrValue::to_string);
            StructLink { member, ..StructLink::of(kernel, name) }.write()
        }
        _ => String::new(),
    }
}

/// What there is to search: the run, and the structs of a kernel as soon as they have come; with what is said of
/// these where the page is theirs.
fn ask(
    library: &Library,
    run: &Run,
    (kernel, is_theirs): (&str, bool),
) -> Callback<Callback<Searchable>> {
    let (library, run, kernel) = (library.clone(), run.clone(), kernel.to_owned());
    Callback::from(move |tell: Callback<Searchable>| {
        let (asked, run, kernel) = (library.clone(), run.clone(), kernel.clone());
        let now = move || {
            let shelf = asked.shelf(&kernel).filter(Shelf::is_here);
            let guide = is_theirs.then(|| asked.guide());
            Searchable { run: run.searched.emit(()), shelf, guide }
        };
        let first = now();
        let is_here = Cell::new(first.shelf.is_some());
        tell.emit(first);
        if !is_here.get() {
            let library = library.clone();
            let changed = move || {
                let more = now();
                if more.shelf.is_some() && !is_here.replace(true) {
                    tell.emit(more);
                }
            };
            spawn_local(async move { library.begin(changed).await });
        }
    })
}

/// The names of the pages.
#[derive(PartialEq)]
struct Nav {
    page: Page,
    to: Callback<Option<String>>,
}

impl Part for Nav {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let link = |of: Page, id: &'static str, href: &'static str, hash: Option<&str>| {
            let hash = hash.map(str::to_owned);
            let onclick = self.to.reform(move |event: MouseEvent| {
                event.prevent_default();
                hash.clone()
            });
            html! {
                <a {href} aria-current={(self.page == of).then_some("page")} data-testid={id} {onclick}>
                    { words.say(id) }
                </a>
            }
        };
        html! {
            <nav class="pages" aria-label={words.say("pages-label")}>
                { link(Page::Walk, "page-walk", "#", None) }
                { link(Page::Structs, "page-structs", "#1/structs", Some("1/structs")) }
            </nav>
        }
    }
}
