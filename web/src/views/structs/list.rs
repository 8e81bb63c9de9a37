//! The structs on the way of a packet, to choose from.

use super::About;
use crate::atlas::{Coming, Library, Shelf};
use crate::views::format::grouped;
use crate::views::words::{Words, use_words};
use crate::widgets::{Button, Choice, Choices, Hook, HookContext, Part};
use nicscope_core::atlas::Group;
use yew::prelude::*;

/// The kernel, its structs, and the way to all of them.
#[derive(PartialEq)]
pub struct List {
    /// Counts what has come.
    pub revision: u64,
    /// What there is.
    pub library: Library,
    /// What is said.
    pub about: About,
    /// The kernel that is looked at.
    pub kernel: AttrValue,
    /// The struct that is looked at.
    pub name: AttrValue,
    /// There is room for a list beside the struct.
    pub wide: bool,
    /// Another kernel was chosen.
    pub onkernel: Callback<String>,
    /// Another struct was chosen.
    pub onname: Callback<String>,
    /// All of the kernel shall come.
    pub onwhole: Callback<()>,
}

impl Part for List {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let shelf = self.library.shelf(&self.kernel);
        let shelves = self.library.shelves();
        let choices = shelves.iter().map(|shelf| {
            let value = shelf.name.clone().into();
            Choice { value, label: kernel_label(&words, shelf) }
        });
        let kernels = Choices {
            label: words.say("structs-kernel"),
            testid: "structs-kernel",
            choices: choices.collect(),
            chosen: self.kernel.clone(),
            onchange: self.onkernel.clone(),
        };
        let groups = shelf.as_ref().map(|shelf| {
            let groups = &self.about.guide.groups;
            let groups = groups.iter().map(|group| (group, names(group, shelf)));
            let groups: Vec<_> = groups.filter(|(_, names)| !names.is_empty()).collect();
            if self.wide { self.open(&words, &groups) } else { self.folded(&words, &groups) }
        });
        html! {
            <aside class="structs-list" aria-label={words.say("structs-list")}>
                { kernels.list() }
                { shelf.as_ref().map(|shelf| self.whole(&words, shelf)) }
                { groups }
            </aside>
        }
    }
}

/// A kernel among others: its version, or that it is the reader's own.
#[must_use]
pub fn kernel_label(words: &Words, shelf: &Shelf) -> AttrValue {
    match shelf.version() {
        Some(version) => ["Linux ", version].concat().into(),
        None => words.fill("structs-own", [("files", shelf.title.as_str().into())]),
    }
}

/// The structs of a group that a kernel has, with their sizes.
fn names<'a>(group: &'a Group, shelf: &Shelf) -> Vec<(&'a str, u32)> {
    let names = group.structs.iter().map(|entry| entry.claim.name.as_str());
    names.filter_map(|name| Some((name, shelf.size(name)?))).collect()
}

impl List {
    fn open(&self, words: &Words, groups: &[(&Group, Vec<(&str, u32)>)]) -> Html {
        let row = |(name, size): &(&str, u32)| {
            let (name, is_shown) = (AttrValue::from((*name).to_owned()), self.name == *name);
            let onclick = self.onname.reform({
                let name = name.to_string();
                move |_: MouseEvent| name.clone()
            });
            html! {
                <li key={name.to_string()}>
                    <button type="button" aria-current={is_shown.then_some("true")}
                        data-struct={name.clone()} {onclick}>
                        <code>{ name }</code><small>{ *size }</small>
                    </button>
                </li>
            }
        };
        let groups = groups.iter().map(|(group, names)| {
            let title = words.say(&["structs-group-", &group.name].concat());
            html! { <section key={group.name.clone()}><h2>{ title }</h2><ul>{ for names.iter().map(row) }</ul></section> }
        });
        html! { <nav aria-label={words.say("structs-list")}>{ for groups }</nav> }
    }

    fn folded(&self, words: &Words, groups: &[(&Group, Vec<(&str, u32)>)]) -> Html {
        let mut choices: Vec<Choice> = Vec::new();
        for (name, size) in groups.iter().flat_map(|(_, names)| names) {
            let label = [name, " · ", &size.to_string()].concat().into();
            choices.push(Choice { value: (*name).to_owned().into(), label });
        }
        if !choices.iter().any(|choice| choice.value == self.name) {
            let name = self.name.clone();
            choices.insert(0, Choice { value: name.clone(), label: name });
        }
        let (label, testid) = (words.say("structs-which"), "structs-which");
        let (chosen, onchange) = (self.name.clone(), self.onname.clone());
        Choices { label, testid, choices, chosen, onchange }.list()
    }

    /// How many structs there are in all, or the way to them.
    fn whole(&self, words: &Words, shelf: &Shelf) -> Html {
        if let Some(whole) = shelf.whole() {
            let skipped = whole.unknown().count();
            return html! {
                <p class="whole" role="status" data-testid="structs-whole">
                    { words.fill("structs-all-here", [("count", grouped(whole.structs().len() as u64).into())]) }
                    if skipped > 0 {
                        { " " }{ words.fill("structs-skipped", [("count", skipped.into())]) }
                    }
                </p>
            };
        }
        let megabytes = |bytes: u32| {
            let tenths = bytes / 100_000;
            [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string()].concat()
        };
        let said = match shelf.coming {
            Some(Coming::Bytes { done, total }) => {
                let (done, total) = (done.min(total), total.max(1));
                return html! {
                    <p class="whole" role="status" data-testid="structs-whole">
                        <progress value={done.to_string()} max={total.to_string()}
                            aria-label={words.say("structs-comes")}></progress>
                        { words.fill("structs-coming", [("done", megabytes(done).as_str().into()), ("total", megabytes(total).as_str().into())]) }
                    </p>
                };
            }
            Some(Coming::Failed) => Some(words.say("structs-not-fetched")),
            None => None,
        };
        let size = megabytes(shelf.bytes());
        let label = words.fill("structs-fetch", [("size", size.as_str().into())]);
        let button = Button::new("structs-fetch", self.onwhole.clone(), html! { label });
        html! {
            <div class="whole">
                <p role="alert">{ said }</p>
                { button.draw() }
            </div>
        }
    }
}
