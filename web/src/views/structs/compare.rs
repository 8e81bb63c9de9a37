//! Two structs side by side: what was added, removed, moved, made another.

use super::Subject;
use super::table::place_of;
use crate::views::words::{Words, use_words};
use crate::widgets::{Button, Choice, Choices, Hook, HookContext, Part, kept};
use nicscope_core::atlas::{Member, Pair, compare};
use std::rc::Rc;
use yew::prelude::*;

/// A comparison with another struct, or with the same of another kernel.
#[derive(PartialEq)]
pub struct Compare {
    /// The struct that is looked at.
    pub subject: Rc<Subject>,
    /// What it is compared with, if that is here.
    pub other: Option<Rc<Subject>>,
    /// The kernel and the struct that were asked for.
    pub with: (AttrValue, AttrValue),
    /// The kernels to choose from, by name and by what they are.
    pub kernels: Vec<(AttrValue, AttrValue)>,
    /// The structs to choose from.
    pub names: Vec<AttrValue>,
    /// All structs of the other kernel shall come; none if they cannot.
    pub onfetch: Option<Callback<()>>,
    /// It shall be compared with another.
    pub onwith: Callback<(String, String)>,
    /// A member was chosen.
    pub onchoose: Callback<AttrValue>,
}

impl Part for Compare {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let all = kept(hooks, || false);
        let (kernel, name) = self.with.clone();
        let kernels = Choices {
            label: words.say("structs-compare-kernel"),
            testid: "compare-kernel",
            choices: self.kernels.iter().map(|(value, label)| choice(value, label)).collect(),
            chosen: kernel.clone(),
            onchange: self.onwith.reform(move |kernel| (kernel, name.to_string())),
        };
        let name = self.with.1.clone();
        let mut names: Vec<Choice> = self.names.iter().map(|name| choice(name, name)).collect();
        if !self.names.contains(&name) {
            names.insert(0, choice(&name, &name));
        }
        let names = Choices {
            label: words.say("structs-compare-name"),
            testid: "compare-name",
            choices: names,
            chosen: name,
            onchange: self.onwith.reform(move |name| (kernel.to_string(), name)),
        };
        let content = match &self.other {
            Some(other) => self.content(&words, other, all.get()),
            None => self.missing(&words),
        };
        let onchange = Callback::from(move |_: Event| all.set(!all.get()));
        html! {
            <section class="compare" data-testid="struct-compare">
                <div class="with">{ kernels.list() }{ names.list() }
                    <label class="check">
                        <input type="checkbox" data-testid="compare-all" {onchange} />
                        <span>{ words.say("structs-compare-all") }</span>
                    </label>
                </div>
                { content }
            </section>
        }
    }
}

fn choice(value: &AttrValue, label: &AttrValue) -> Choice {
    Choice { value: value.clone(), label: label.clone() }
}

/// What became of a member: the message that says it, and its class.
fn change(pair: &Pair<'_>) -> &'static str {
    if pair.is_added() {
        "added"
    } else if pair.is_removed() {
        "removed"
    } else if pair.is_resized() || pair.is_retyped() {
        "changed"
    } else if pair.is_moved() {
        "moved"
    } else {
        "same"
    }
}

impl Compare {
    /// The other struct is not at hand: it may be among those that can come.
    fn missing(&self, words: &Words) -> Html {
        let Some(onfetch) = &self.onfetch else {
            let said = words.say("structs-compare-none");
            return html! { <p class="nothing" role="status">{ said }</p> };
        };
        let (kernel, name) = &self.with;
        let which = [("name", name.as_str().into()), ("kernel", kernel.as_str().into())];
        let label = html! { words.say("structs-fetch-all") };
        html! {
            <div class="missing" role="status">
                <p>{ words.fill("structs-not-chosen", which) }</p>
                { Button::new("fetch-for-pair", onfetch.clone(), label).draw() }
            </div>
        }
    }

    fn content(&self, words: &Words, other: &Subject, all: bool) -> Html {
        let (old, new) = (&self.subject.layout, &other.layout);
        let pairs = compare(old, new);
        let count = |kind: &str| pairs.iter().filter(|pair| change(pair) == kind).count();
        let counts = [
            ("added", count("added").into()),
            ("removed", count("removed").into()),
            ("changed", count("changed").into()),
            ("moved", count("moved").into()),
        ];
        let sizes = [
            ("old", old.size.into()),
            ("new", new.size.into()),
            ("before", old.cachelines().into()),
            ("after", new.cachelines().into()),
        ];
        let shown = pairs.iter().filter(|pair| all || change(pair) != "same");
        let rows: Vec<Html> = shown.enumerate().map(|row| self.row(words, row)).collect();
        let is_same = rows.is_empty();
        let title = |of: &Subject| [&*of.layout.name, " · ", &of.title].concat();
        html! {
            <>
                <p class="sum" role="status" data-testid="compare-sum">
                    { words.fill("structs-compare-size", sizes) }{ " · " }
                    { words.fill("structs-compare-sum", counts) }
                </p>
                if is_same {
                    <p class="nothing">{ words.say("structs-compare-same") }</p>
                } else {
                    <div class="scroll" tabindex="0" role="region" aria-label={words.say("structs-form-compare")}>
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">{ words.say("structs-name") }</th>
                                    <th scope="col">{ words.say("structs-compare-change") }</th>
                                    <th scope="col">{ title(&self.subject) }</th>
                                    <th scope="col">{ title(other) }</th>
                                </tr>
                            </thead>
                            <tbody>{ for rows }</tbody>
                        </table>
                    </div>
                }
            </>
        }
    }

    fn row(&self, words: &Words, (number, pair): (usize, &Pair<'_>)) -> Html {
        let kind = change(pair);
        let mut said = words.say(&["structs-", kind].concat()).to_string();
        for (is, id) in [
            (kind == "changed" && pair.is_moved(), "structs-moved"),
            (pair.changes_cacheline(), "structs-other-line"),
        ] {
            if is {
                said.push_str(", ");
                said.push_str(&words.say(id));
            }
        }
        let onclick = self.onchoose.reform({
            let path = AttrValue::from(pair.path.clone());
            move |_: MouseEvent| path.clone()
        });
        let name = name(words, pair);
        html! {
            <tr key={number} class={kind} data-change={kind} data-member={pair.path.clone()}>
                <th scope="row">
                    if self.subject.place_of(&pair.path).is_some() {
                        <button type="button" {onclick}>{ name }</button>
                    } else {
                        { name }
                    }
                </th>
                <td>{ said }</td>
                <td>{ pair.old.map(|member| place(words, member)) }</td>
                <td>{ pair.new.map(|member| place(words, member)) }</td>
            </tr>
        }
    }
}

/// A member's path; of one without a name what it is, and what it lies in.
fn name(words: &Words, pair: &Pair<'_>) -> Html {
    let Some(around) = pair.path.strip_suffix('.') else {
        return html! { <code>{ pair.path.clone() }</code> };
    };
    let is_union = |member: &Member| member.type_name.starts_with("union");
    let is_union = pair.new.or(pair.old).is_some_and(is_union);
    let id = if is_union { "structs-unnamed-union" } else { "structs-unnamed-struct" };
    html! { <>if !around.is_empty() { <code>{ around.to_owned() }</code>{ " · " } }{ words.say(id) }</> }
}

/// Where a member lies, and its type.
fn place(words: &Words, member: &Member) -> Html {
    html! {
        <>
            <span>{ place_of(words, member) }</span>{ " " }
            <code>{ member.type_name.clone() }</code>
        </>
    }
}
