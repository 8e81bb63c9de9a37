//! One struct as it is seen: from the side that was chosen, with the member that was chosen.

use super::desk::Desk;
use super::{StructsPage, subject};
use crate::atlas::{FIRST_KERNEL, Shelf};
use crate::player::Studied;
use crate::views::structs::{
    About, Compare, Map, MemberPane, Pointers, Subject, head, is_struct, kernel_label, source,
    table, target,
};
use crate::widgets::{Tabs, part};
use nicscope_core::atlas::{Form, lies_in};
use std::rc::Rc;
use yew::prelude::*;

/// The forms, and the messages that name them.
const FORMS: [(Form, &str); 5] = [
    (Form::Map, "structs-form-map"),
    (Form::Table, "structs-form-table"),
    (Form::Source, "structs-form-source"),
    (Form::Pointers, "structs-form-pointers"),
    (Form::Compare, "structs-form-compare"),
];

/// A struct, and what its sides are drawn from.
pub(super) struct Sight<'a> {
    page: &'a StructsPage,
    desk: &'a Desk,
    about: &'a About,
    subject: &'a Rc<Subject>,
    /// The place of the member that is chosen.
    chosen: Option<usize>,
    /// What the run has of the struct.
    run: Option<&'a Rc<Studied>>,
}

impl<'a> Sight<'a> {
    pub(super) fn of(
        (page, desk): (&'a StructsPage, &'a Desk),
        about: &'a About,
        subject: &'a Rc<Subject>,
        run: Option<&'a Rc<Studied>>,
    ) -> Self {
        let chosen = desk.link.get().member.and_then(|member| subject.place_of(&member));
        Self { page, desk, about, subject, chosen, run }
    }

    /// The struct, from the side that was chosen.
    pub(super) fn sides(&self) -> Html {
        let Self { desk, about, subject, chosen, .. } = *self;
        let words = &about.words;
        let form = desk.link.get().form;
        let onchoose = desk.on(|desk, path: AttrValue| desk.to_member(&path));
        let content = match form {
            Form::Table => table(words, subject, chosen, &onchoose),
            Form::Source => source(words, subject, chosen, &onchoose),
            Form::Pointers => part(Pointers {
                subject: Rc::clone(subject),
                about: about.clone(),
                shelf: self.page.library.shelf(&subject.kernel).unwrap_or_default(),
                onname: desk.on(|desk, name: String| desk.to_struct(&name)),
            }),
            Form::Compare => self.comparison(onchoose),
            _ => {
                let run = self.run.cloned();
                part(Map { subject: Rc::clone(subject), chosen, run, onchoose })
            }
        };
        let tabs = Tabs {
            label: words.say("structs-forms"),
            panels: FORMS.iter().map(|(form, name)| (form.name(), words.say(name))).collect(),
            open: FORMS.iter().position(|one| one.0 == form).unwrap_or_default(),
            onopen: desk.on(|desk, open: usize| desk.to_form(FORMS[open].0)),
            content,
        };
        let head = head(words, about, subject, desk.on(|desk, ()| desk.notes.set(true)));
        html! { <>{ head }{ tabs.draw() }</> }
    }

    fn comparison(&self, onchoose: Callback<AttrValue>) -> Html {
        let Self { desk, subject, .. } = *self;
        let library = &self.page.library;
        let shelves = library.shelves();
        let is_other = |name: &String| **name != *subject.kernel;
        let other = || shelves.iter().rev().map(|shelf| &shelf.name).find(|name| is_other(name));
        let with =
            desk.link.get().with.unwrap_or_else(|| {
                (other().cloned().unwrap_or_default(), subject.layout.name.clone())
            });
        let kernels = shelves
            .iter()
            .map(|shelf| (shelf.name.clone().into(), kernel_label(&self.about.words, shelf)));
        let shelf = library.shelf(&with.0);
        let guide = library.guide();
        let names = guide.entries().map(|entry| entry.claim.name.clone());
        let names = names.filter(|name| shelf.as_ref().is_some_and(|shelf| shelf.has(name)));
        let fetched = with.0.clone();
        let onfetch = desk.on(move |desk, ()| desk.fetch_whole(fetched.clone()));
        let can_come = shelf.as_ref().is_some_and(|shelf| shelf.can_come());
        let closed = |kernel: &str, name: &str| self::subject(library, (kernel, name), &|_| false);
        let own = closed(&subject.kernel, &subject.layout.name);
        part(Compare {
            subject: own.unwrap_or_else(|| Rc::clone(subject)),
            other: closed(&with.0, &with.1),
            with: (with.0.into(), with.1.into()),
            kernels: kernels.collect(),
            names: names.map(AttrValue::from).collect(),
            onwith: desk.on(Desk::to_pair),
            onfetch: can_come.then_some(onfetch),
            onchoose,
        })
    }

    /// The member that was chosen, and the struct around it.
    pub(super) fn member(&self) -> Html {
        let Self { page, desk, about, subject, chosen, .. } = *self;
        let name = &subject.layout.name;
        let shelves = page.library.shelves();
        let elsewhere = chosen.map(|place| {
            let path = &subject.paths[place];
            // Of a struct that nobody chose it cannot be told before all of a kernel is here.
            let guide = page.library.guide();
            let is_chosen = guide.find(name).is_some();
            let is_known = move |shelf: &&Shelf| is_chosen || shelf.has(name) || !shelf.can_come();
            let others = shelves.iter().filter(|shelf| *shelf.name != *subject.kernel);
            let others = others.filter(is_known);
            others.filter_map(|shelf| {
                let at = shelf.place_of(name, path)?.map(|member| member.offset);
                let said = at.map(|at| about.words.fill("structs-at", [("offset", at.into())]));
                Some((kernel_label(&about.words, shelf), said))
            })
        });
        let leads = chosen.and_then(|place| {
            let of = &subject.layout.members[place].type_name;
            let shelf = page.library.shelf(&subject.kernel)?;
            let to = shelf.layout(target(of)).map_or(target(of).to_owned(), |layout| layout.name);
            // Where the struct is not here yet, all of them can be fetched.
            let is_there = shelf.has(&to) || shelf.can_come() && is_struct(of);
            (to != *name && is_there).then(|| AttrValue::from(to))
        });
        part(MemberPane {
            subject: Rc::clone(subject),
            about: about.clone(),
            chosen,
            missing: desk.link.get().member.filter(|_| chosen.is_none()).map(AttrValue::from),
            is_modelled: *subject.kernel == *FIRST_KERNEL,
            elsewhere: elsewhere.into_iter().flatten().collect(),
            opens: self.opens(),
            leads,
            run: self.run.cloned(),
            onname: desk.on(|desk, name: String| desk.to_struct(&name)),
            onmember: desk.on(|desk, path: AttrValue| desk.to_member(&path)),
            onfound: page.in_run(|run, found| run.choose.emit(found)),
            onstep: page.in_run(|run, step| run.to_step.emit(step)),
        })
    }

    /// Whether the struct that the member is can be opened in place, and is.
    fn opens(&self) -> Option<(bool, Callback<()>)> {
        let Self { desk, subject, .. } = *self;
        let place = self.chosen?;
        let (path, member) = (subject.paths.get(place)?, &subject.layout.members[place]);
        let is_plain = !member.type_name.contains(['*', '[', '(']);
        let shelf = self.page.library.shelf(&subject.kernel)?;
        let is_struct = is_plain && shelf.has(target(&member.type_name));
        let is_open = subject.paths.get(place + 1).is_some_and(|next| lies_in(next, path));
        let path = path.to_string();
        let toggle = desk.on(move |desk, ()| desk.toggle(&path));
        is_struct.then_some((is_open, toggle))
    }
}
