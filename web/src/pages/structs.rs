//! The Structs page: every struct of a real kernel.

mod desk;
mod study;

use super::ask;
use super::walk::Run;
use crate::atlas::{Coming, Library, Refused};
use crate::browser::keyboard::{self, Key, Press};
use crate::browser::{document, files, input, style};
use crate::player::Studied;
use crate::views::structs::{
    About, Compare, List, Map, MemberPane, Pointers, Subject, head, notes, source, table, target,
};
use crate::views::{Found, HelpDialog, Search, Words};
use crate::widgets::{
    Button, Hook, HookContext, IconButton, Kept, Part, Picture, Tabs, kept, meets, on_change, part,
};
use desk::{Desk, Notice};
use nicscope_core::atlas::{BtfFault, Form};
use std::rc::Rc;
use yew::prelude::*;

/// From this width on the list stands beside the struct.
const WIDE: &str = "(min-width: 1100px)";
/// The style sheet of this page alone.
const STYLE: &str = "css/structs.css";
/// The forms, and the messages that name them.
const FORMS: [(Form, &str); 5] = [
    (Form::Map, "structs-form-map"),
    (Form::Table, "structs-form-table"),
    (Form::Source, "structs-form-source"),
    (Form::Pointers, "structs-form-pointers"),
    (Form::Compare, "structs-form-compare"),
];

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
        let desk = Desk::kept(hooks, &self.library, self.in_run(|run, file| run.open.emit(file)));
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
        let seen = (link.member.clone(), link.form, of.is_some(), desk.about.get().is_some());
        on_change(hooks, seen, {
            let node = node.clone();
            move |_| document::show(&node, "tr.chosen, li.chosen")
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
        let search = |onclose| self.search(&desk, onclose);
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
                    { notice(words, &desk) }
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

/// Whether a member lies in the struct at a path.
fn lies_in(member: &str, path: &str) -> bool {
    member.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
}

/// The button that takes a kernel of the reader's own.
fn own_file(words: &Words, desk: &Desk) -> Html {
    let onfile = desk.on(Desk::take);
    let onchange = Callback::from(move |event: Event| files::chosen(&event, onfile.clone()));
    html! {
        <label class="file button own-kernel" title={words.say("structs-own-advice")}>
            { Picture::File.draw() }
            <span>{ words.say("structs-own-choose") }</span>
            <input type="file" data-testid="own-kernel" {onchange} />
        </label>
    }
}

fn notice(words: &Words, desk: &Desk) -> Html {
    let text = desk.notice.get().map(|notice| match &notice {
        Notice::Link(error) => {
            words.fill("structs-error-link", [("part", error.part.as_str().into())])
        }
        Notice::Taken(file) => words.fill("structs-own-taken", [("file", file.as_str().into())]),
        Notice::Refused(file, refused) => refusal(words, file, refused),
    });
    let notice = desk.notice.clone();
    let dismiss = Callback::from(move |()| notice.set(None));
    html! {
        <div class="notices" role="alert">
            if let Some(text) = text {
                <div class="notice">
                    <p data-testid="notice">{ text }</p>
                    { IconButton::new(Picture::Close, words.say("close"), "notice-close", dismiss).draw() }
                </div>
            }
        </div>
    }
}

/// Why a file was not taken, and what to do.
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
    fn search(&self, desk: &Desk, onclose: Option<Callback<()>>) -> Search {
        let choose = self.in_run(|run, found| run.choose.emit(found));
        let onchoose = desk.on(move |desk, found| match found {
            Found::Struct { .. } => desk.to_found(&found),
            _ => choose.emit(found),
        });
        Search { ask: ask(&self.library, &self.run, &desk.link.get().kernel), onchoose, onclose }
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
            onwhole: desk.on(|desk, ()| desk.fetch_whole()),
        });
        let chosen = subject.and_then(|subject| subject.place_of(link.member.as_deref()?));
        let content = match subject {
            Some(subject) => self.subject(desk, about, subject, (chosen, run)),
            None => self.missing(words, desk),
        };
        let member = subject.map(|subject| self.member(desk, about, subject, (chosen, run)));
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

    /// The struct, from the side that was chosen.
    fn subject(
        &self,
        desk: &Desk,
        about: &About,
        subject: &Rc<Subject>,
        (chosen, run): (Option<usize>, Option<&Rc<Studied>>),
    ) -> Html {
        let words = &about.words;
        let form = desk.link.get().form;
        let onchoose = desk.on(|desk, path: AttrValue| desk.to_member(&path));
        let content = match form {
            Form::Table => table(words, subject, chosen, &onchoose),
            Form::Source => source(words, subject, chosen, &onchoose),
            Form::Pointers => part(Pointers {
                subject: Rc::clone(subject),
                about: about.clone(),
                shelf: self.library.shelf(&subject.kernel).unwrap_or_default(),
                onname: desk.on(|desk, name: String| desk.to_struct(&name)),
            }),
            Form::Compare => self.comparison(desk, subject, onchoose),
            _ => part(Map { subject: Rc::clone(subject), chosen, run: run.cloned(), onchoose }),
        };
        let tabs = Tabs {
            label: words.say("structs-forms"),
            panels: FORMS.iter().map(|(form, name)| (form.name(), words.say(name))).collect(),
            open: FORMS.iter().position(|one| one.0 == form).unwrap_or_default(),
            onopen: desk.on(|desk, open: usize| desk.to_form(FORMS[open].0)),
            content,
        };
        html! { <>{ head(words, about, subject, desk.on(|desk, ()| desk.notes.set(true))) }{ tabs.draw() }</> }
    }

    /// What can be taken along.
    fn notes(&self, words: &Words, desk: &Desk, subject: &Rc<Subject>) -> Html {
        let guide = self.library.guide();
        let entry = guide.find(&subject.layout.name);
        let is_embedded = entry.is_some_and(|entry| entry.claim.is_of(&subject.kernel));
        let onclose = desk.on(|desk, ()| desk.notes.set(false));
        notes(words, (subject, desk.link.get().member), is_embedded, onclose)
    }

    fn comparison(
        &self,
        desk: &Desk,
        subject: &Rc<Subject>,
        onchoose: Callback<AttrValue>,
    ) -> Html {
        let shelves = self.library.shelves();
        let is_other = |name: &String| **name != *subject.kernel;
        let other = || shelves.iter().rev().map(|shelf| &shelf.name).find(|name| is_other(name));
        let with =
            desk.link.get().with.unwrap_or_else(|| {
                (other().cloned().unwrap_or_default(), subject.layout.name.clone())
            });
        let kernels = shelves.iter().map(|shelf| {
            let label = ["Linux ", shelf.version().unwrap_or(&shelf.title)].concat();
            (shelf.name.clone().into(), label.into())
        });
        let shelf = self.library.shelf(&with.0);
        let guide = self.library.guide();
        let names = guide.entries().map(|entry| entry.claim.name.clone());
        let names = names.filter(|name| shelf.as_ref().is_some_and(|shelf| shelf.has(name)));
        let closed =
            |kernel: &str, name: &str| self::subject(&self.library, (kernel, name), &|_| false);
        let own = closed(&subject.kernel, &subject.layout.name);
        part(Compare {
            subject: own.unwrap_or_else(|| Rc::clone(subject)),
            other: closed(&with.0, &with.1),
            with: (with.0.into(), with.1.into()),
            kernels: kernels.collect(),
            names: names.map(AttrValue::from).collect(),
            onwith: desk.on(Desk::to_pair),
            onchoose,
        })
    }

    fn member(
        &self,
        desk: &Desk,
        about: &About,
        subject: &Rc<Subject>,
        (chosen, run): (Option<usize>, Option<&Rc<Studied>>),
    ) -> Html {
        let name = &subject.layout.name;
        let shelves = self.library.shelves();
        let elsewhere = chosen.map(|place| {
            let path = &subject.paths[place];
            let others = shelves.iter().filter(|shelf| *shelf.name != *subject.kernel);
            others.map(|shelf| {
                let layout = shelf.layout(name);
                let at = layout.and_then(|layout| layout.member(path).map(|one| one.offset));
                let said = at.map(|at| about.words.fill("structs-at", [("offset", at.into())]));
                (AttrValue::from(["Linux ", shelf.version().unwrap_or(&shelf.name)].concat()), said)
            })
        });
        let leads = chosen.and_then(|place| {
            let to = target(&subject.layout.members[place].type_name);
            let shelf = self.library.shelf(&subject.kernel)?;
            (to != name && shelf.has(to)).then(|| AttrValue::from(to.to_owned()))
        });
        part(MemberPane {
            subject: Rc::clone(subject),
            about: about.clone(),
            chosen,
            elsewhere: elsewhere.into_iter().flatten().collect(),
            opens: self.opens(desk, subject, chosen),
            leads,
            run: run.cloned(),
            onname: desk.on(|desk, name: String| desk.to_struct(&name)),
            onmember: desk.on(|desk, path: AttrValue| desk.to_member(&path)),
            onfound: self.in_run(|run, found| run.choose.emit(found)),
            onstep: self.in_run(|run, step| run.to_step.emit(step)),
        })
    }

    /// Whether the struct that a member is can be opened in place, and is.
    fn opens(
        &self,
        desk: &Desk,
        subject: &Subject,
        chosen: Option<usize>,
    ) -> Option<(bool, Callback<()>)> {
        let place = chosen?;
        let (path, member) = (subject.paths.get(place)?, &subject.layout.members[place]);
        let is_plain = !member.type_name.contains(['*', '[', '(']);
        let shelf = self.library.shelf(&subject.kernel)?;
        let is_struct = is_plain && shelf.has(target(&member.type_name));
        let is_open = subject.paths.get(place + 1).is_some_and(|next| lies_in(next, path));
        let path = path.to_string();
        let toggle = desk.on(move |desk, ()| desk.toggle(&path));
        is_struct.then_some((is_open, toggle))
    }

    /// The struct is not at hand: it may be among those that can come.
    fn missing(&self, words: &Words, desk: &Desk) -> Html {
        let link = desk.link.get();
        let which = [("name", link.name.as_str().into()), ("kernel", link.kernel.as_str().into())];
        let shelf = self.library.shelf(&link.kernel);
        let (said, offer) = match &shelf {
            None if self.library.shelves().is_empty() => ("loading", false),
            None if link.kernel == crate::atlas::OWN_KERNEL => ("structs-own-gone", false),
            None => ("structs-no-kernel", false),
            Some(shelf) if shelf.whole().is_some() => ("structs-no-struct", false),
            Some(shelf) if matches!(shelf.coming, Some(Coming::Bytes { .. })) => ("loading", false),
            Some(shelf) if !shelf.is_here() && !shelf.is_missing => ("loading", false),
            Some(_) => ("structs-not-chosen", true),
        };
        let fetch = desk.on(|desk, ()| desk.fetch_whole());
        let label = html! { words.say("structs-fetch-all") };
        html! {
            <div class="missing" role="status" data-testid="struct-missing">
                <p>{ words.fill(said, which) }</p>
                if offer { { Button::new("fetch-for-struct", fetch, label).draw() } }
            </div>
        }
    }
}
