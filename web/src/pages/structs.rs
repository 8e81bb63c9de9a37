//! The Structs page: every struct of a real kernel.

mod desk;
mod sight;
mod study;

use super::ask;
use super::walk::Run;
use crate::atlas::{Coming, Library, OWN_KERNEL, Refused};
use crate::browser::keyboard::{self, Key, Press};
use crate::browser::{document, files, input, style};
use crate::player::Studied;
use crate::views::structs::{About, List, Subject, notes};
use crate::views::{Found, HelpDialog, Said, Search, Words, notice};
use crate::widgets::{
    Button, Hook, HookContext, IconButton, Kept, Part, Picture, kept, meets, on_change, part,
};
use desk::{Desk, Notice};
use nicscope_core::atlas::{BtfFault, lies_in};
use nicscope_core::notes::PageRows;
use sight::Sight;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// From this width on the list stands beside the struct.
const WIDE: &str = "(min-width: 1100px)";
/// The style sheet of this page alone.
const STYLE: &str = "css/structs.css";

/// The Structs page.
#[derive(PartialEq)]
pub struct StructsPage {
    /// Makes the page's head around what stands in it; gets the callback that opens help.
    pub header: Callback<(Html, Callback<()>), Html>,
    /// Leads to an address of another page; without one, back to the run.
    pub to: Callback<Option<String>>,
    /// What has come of the kernels; kept for the whole visit.
    pub library: Library,
    /// The run of the other page.
    pub run: Run,
}

impl Part for StructsPage {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let wide = meets(hooks, WIDE);
        let desk = Desk::kept(hooks, &self.library, self.in_run(|run, files| run.open.emit(files)));
        let node = use_node_ref().run(hooks);
        let (help, searches) = (kept(hooks, || false), kept(hooks, || false));
        on_change(hooks, (), {
            let (help, searches) = (help.clone(), searches.clone());
            move |()| {
                let keys = keyboard::on_press(move |press| pressed(press, &help, &searches));
                move || drop(keys)
            }
        });
        on_change(hooks, (), |()| style::bring(STYLE));
        let link = desk.link.get();
        on_change(hooks, [&*link.name, " · nicscope"].concat(), |title| {
            document::set_title(title)
        });
        let place = (link.kernel.clone(), link.name.clone(), link.member.clone());
        let key = (desk.revision.get(), place, desk.opened.get());
        let subject = use_memo(key, |(_, (kernel, name, member), opened)| {
            let leads = |path: &str| member.as_deref().is_some_and(|member| lies_in(member, path));
            let is_open = |path: &str| opened.contains(path) || leads(path);
            subject(&self.library, (kernel, name), &is_open)
        })
        .run(hooks);
        let of = (*subject).as_deref();
        let run = study::studied(hooks, &self.run, of, link.member.as_deref());
        let found_struct = use_memo((), |()| Cell::new(false)).run(hooks);
        let place = (link.name.clone(), link.member.clone());
        let seen = (place, link.form, of.is_some(), desk.about.get().is_some());
        on_change(hooks, seen, {
            let (node, found_struct) = (node.clone(), Rc::clone(&found_struct));
            move |_| {
                document::show(&node, "tr.chosen, li.chosen");
                // What was searched for goes on with the keyboard.
                if found_struct.take() {
                    input::focus(".subject :is([role=listbox], .scroll)");
                }
            }
        });
        let about = desk.about.get();
        let words = about.as_ref().map_or(&desk.words, |about| &about.words);
        let onhelp = {
            let help = help.clone();
            Callback::from(move |()| help.set(true))
        };
        let onclose_search = {
            let searches = searches.clone();
            Callback::from(move |()| searches.set(false))
        };
        let search = |onclose| self.search(&desk, &found_struct, onclose);
        let found = if wide {
            part(search(None))
        } else {
            let label = words.say("search-label");
            let open = searches.clone();
            let open = Callback::from(move |()| open.set(true));
            let open = IconButton::new(Picture::Search, label, "search-open", open);
            IconButton { shortcut: Some("/"), ..open }.draw()
        };
        let content = html! { <>{ found }{ own_file(words, &desk) }</> };
        let header = self.header.emit((content, onhelp));
        let onclose = {
            let help = help.clone();
            Callback::from(move |()| help.set(false))
        };
        html! {
            // All words of a language are the same to Yew, these with more in them too: so the key.
            <ContextProvider<Words> key={if about.is_some() { "all" } else { "own" }} context={words.clone()}>
                <div class={classes!("page", "of-structs", desk.hovers.get().then_some("hovered"))}>
                    { header }
                    { notice(words, noticed(words, &desk), desk.on(|desk, ()| desk.notice.set(None))) }
                    if let Some(about) = &about {
                        { self.body(&desk, about, (*subject).as_ref(), (run.as_ref(), wide), &node) }
                    } else {
                        <main class="structs waiting" aria-busy="true">
                            <p>{ words.say("loading") }</p>
                        </main>
                    }
                    if help.get() { { part(HelpDialog { onclose }) } }
                    if let Some(subject) = subject.as_ref().as_ref().filter(|_| desk.notes.get()) {
                        { self.notes(words, &desk, subject) }
                    }
                    if searches.get() { { search(Some(onclose_search)).in_dialog(words) } }
                    if desk.hovers.get() {
                        <p class="drop-here" role="status">{ words.say("structs-drop-here") }</p>
                    }
                </div>
            </ContextProvider<Words>>
        }
    }
}

/// What a key asks for; says whether it was one of this page's.
fn pressed(press: Press, help: &Kept<bool>, searches: &Kept<bool>) -> bool {
    match press.key {
        Key::Question => help.set(true),
        Key::Slash => {
            if !input::focus("#search") {
                searches.set(true);
            }
        }
        _ => return false,
    }
    true
}

/// A struct of a kernel, if it is at hand; the structs within it at these paths are opened.
fn subject(
    library: &Library,
    (kernel, name): (&str, &str),
    is_open: &dyn Fn(&str) -> bool,
) -> Option<Rc<Subject>> {
    let shelf = library.shelf(kernel)?;
    let layout = shelf.layout(name)?.opened(is_open, &|name| shelf.layout(name));
    Some(Rc::new(Subject::new(&shelf.name, &shelf.title, layout)))
}

/// The button that takes a kernel of the reader's own.
fn own_file(words: &Words, desk: &Desk) -> Html {
    let onfile = desk.on(Desk::take);
    let onchange = Callback::from(move |event: Event| files::chosen(&event, onfile.clone()));
    html! {
        <label class="file button own-kernel" title={words.say("structs-own-advice")}>
            { Picture::File.draw() }
            <span>{ words.say("structs-own-choose") }</span>
            <input type="file" multiple={true} data-testid="own-kernel" {onchange} />
        </label>
    }
}

/// What the reader should know.
fn noticed(words: &Words, desk: &Desk) -> Option<Said> {
    desk.notice.get().map(|notice| match &notice {
        Notice::Link(error) => {
            Said::Wrong(words.fill("structs-error-link", [("part", error.part.as_str().into())]))
        }
        Notice::Taken(files) => {
            let (count, names) = (files.len(), files.join(", "));
            let all = [("count", count.into()), ("file", names.as_str().into())];
            Said::Well(words.fill("structs-own-taken", all))
        }
        Notice::Refused(file, refused) => Said::Wrong(refusal(words, file, refused)),
    })
}

fn refusal(words: &Words, file: &str, refused: &Refused) -> AttrValue {
    let file = ("file", file.into());
    match refused {
        Refused::NoBase => words.fill("structs-error-no-base", [file]),
        Refused::Unreadable(error) => {
            let fault = match error.error.fault {
                BtfFault::NotBtf => "not-btf",
                BtfFault::BigEndian => "big-endian",
                BtfFault::Version(_) => "version",
                BtfFault::Section => "section",
                BtfFault::CutShort => "cut-short",
                BtfFault::Strings => "strings",
                BtfFault::Name => "name",
                BtfFault::Reference => "reference",
            };
            let said = words.say(&["structs-fault-", fault].concat());
            let at = ("offset", error.error.offset.into());
            words.fill("structs-error-file", [file, ("fault", (&*said).into()), at])
        }
    }
}

impl StructsPage {
    /// The search; what is the run's leads there.
    fn search(
        &self,
        desk: &Desk,
        found_struct: &Rc<Cell<bool>>,
        onclose: Option<Callback<()>>,
    ) -> Search {
        let choose = self.in_run(|run, found| run.choose.emit(found));
        let found_struct = Rc::clone(found_struct);
        let onchoose = desk.on(move |desk, found| match found {
            Found::Struct { .. } => {
                found_struct.set(true);
                desk.to_found(&found);
            }
            _ => choose.emit(found),
        });
        let kernel = desk.link.get().kernel;
        Search { ask: ask(&self.library, &self.run, (&kernel, true)), onchoose, onclose }
    }

    /// A way into the run: its page is shown.
    fn in_run<T: 'static>(&self, act: fn(&Run, T)) -> Callback<T> {
        let (run, to) = (self.run.clone(), self.to.clone());
        Callback::from(move |value| {
            act(&run, value);
            to.emit(None);
        })
    }

    fn body(
        &self,
        desk: &Desk,
        about: &About,
        subject: Option<&Rc<Subject>>,
        (run, wide): (Option<&Rc<Studied>>, bool),
        node: &NodeRef,
    ) -> Html {
        let (words, link) = (&about.words, desk.link.get());
        let list = part(List {
            revision: desk.revision.get(),
            library: self.library.clone(),
            about: about.clone(),
            kernel: link.kernel.clone().into(),
            name: link.name.clone().into(),
            wide,
            onkernel: desk.on(Desk::to_kernel),
            onname: desk.on(|desk, name: String| desk.to_struct(&name)),
            onwhole: desk.on(|desk, ()| desk.fetch_whole(desk.link.get().kernel)),
        });
        let sight = subject.map(|subject| Sight::of((self, desk), about, subject, run));
        let content = match &sight {
            Some(sight) => sight.sides(),
            None => self.missing(words, desk),
        };
        let member = sight.as_ref().map(Sight::member);
        html! {
            <main class={classes!("structs", wide.then_some("beside"))} data-testid="structs"
                data-kernel={link.kernel} data-struct={link.name}
                data-member={link.member.unwrap_or_default()}>
                { list }
                <article class="subject" ref={node.clone()}>{ content }</article>
                <aside class="around">{ member }</aside>
            </main>
        }
    }

    /// What can be taken along.
    fn notes(&self, words: &Words, desk: &Desk, subject: &Rc<Subject>) -> Html {
        let (kernel, name) = (&*subject.kernel, &subject.layout.name);
        let rows = || {
            let (guide, shelf) = (self.library.guide(), self.library.shelf(kernel)?);
            let entry = guide.find(name).filter(|entry| entry.claim.is_of(kernel))?;
            let own = shelf.layout(name)?;
            Some(PageRows::of(&own, (entry, kernel), &|name| shelf.layout(name)))
        };
        let onclose = desk.on(|desk, ()| desk.notes.set(false));
        notes(words, (subject, desk.link.get().member), rows(), onclose)
    }

    /// The struct is not at hand: it may be among those that can come.
    fn missing(&self, words: &Words, desk: &Desk) -> Html {
        let link = desk.link.get();
        let which = [("name", link.name.as_str().into()), ("kernel", link.kernel.as_str().into())];
        let shelf = self.library.shelf(&link.kernel);
        let again = || {
            let onclick = desk.on(|desk, ()| desk.ask_again());
            Button::new("structs-again", onclick, html! { words.say("structs-again") }).draw()
        };
        let fetch = || {
            let onclick = desk.on(|desk, ()| desk.fetch_whole(desk.link.get().kernel));
            let label = html! { words.say("structs-fetch-all") };
            Button::new("fetch-for-struct", onclick, label).draw()
        };
        let (said, offer) = match &shelf {
            None if link.kernel == OWN_KERNEL => ("structs-own-gone", None),
            None if self.library.has_failed() => ("structs-unreachable", Some(again())),
            None if self.library.shelves().is_empty() => ("loading", None),
            None => ("structs-no-kernel", None),
            Some(shelf) if shelf.whole().is_some() => match &*link.kernel {
                OWN_KERNEL => ("structs-own-no-struct", None),
                _ => ("structs-no-struct", None),
            },
            Some(shelf) if matches!(shelf.coming, Some(Coming::Bytes { .. })) => ("loading", None),
            Some(shelf) if !shelf.is_here() && !shelf.is_missing => ("loading", None),
            Some(_) => ("structs-not-chosen", Some(fetch())),
        };
        html! {
            <div class="missing" role="status" data-testid="struct-missing">
                <p>{ words.fill(said, which) }</p>
                { offer }
            </div>
        }
    }
}
