//! One member: what it is for, who touches it, where it leads, its value in the run; and the struct around it.

use super::subject::source;
use super::table::place_of;
use super::{About, Subject};
use crate::player::Studied;
use crate::views::Found;
use crate::views::format::grouped;
use crate::views::words::{Words, use_words};
use crate::widgets::{Button, Hook, HookContext, IconButton, Part, Picture};
use nicscope_core::atlas::{Member, struct_name};
use nicscope_core::engine::info;
use nicscope_core::fact::RoutineId;
use nicscope_core::view::{Turn, Value, touching};
use std::rc::Rc;
use yew::prelude::*;

/// Changes of a value that are listed: the last ones.
const TURNS: usize = 12;

/// The member that is chosen, or what to do if none is; and the struct.
#[derive(PartialEq)]
pub struct MemberPane {
    /// The struct.
    pub subject: Rc<Subject>,
    /// What is said of it.
    pub about: About,
    /// The place of the member.
    pub chosen: Option<usize>,
    /// The member that the struct does not have, if one was asked for.
    pub missing: Option<AttrValue>,
    /// Whether the kernel is the one that the model is of.
    pub is_modelled: bool,
    /// The offsets of the member in other kernels, by their names; none where it is not there.
    pub elsewhere: Vec<(AttrValue, Option<AttrValue>)>,
    /// The struct that it leads to or holds, if that is at hand.
    pub leads: Option<AttrValue>,
    /// Whether the struct that it is is open in place, if it can be, and what opens or closes it.
    pub opens: Option<(bool, Callback<()>)>,
    /// What the run has of it.
    pub run: Option<Rc<Studied>>,
    /// Another struct shall be looked at.
    pub onname: Callback<String>,
    /// Another member shall be looked at.
    pub onmember: Callback<AttrValue>,
    /// A function of the run was chosen.
    pub onfound: Callback<Found>,
    /// A step of the run was chosen.
    pub onstep: Callback<u64>,
}

/// The name of the struct that a type points to or is.
#[must_use]
pub fn target(type_name: &str) -> &str {
    let base = type_name.split(['*', '[', '(']).next().unwrap_or_default().trim_end();
    struct_name(base)
}

/// Whether a type points to a struct or union, or is one.
#[must_use]
pub fn is_struct(type_name: &str) -> bool {
    let base = type_name.trim_start_matches("const ").trim_start_matches("volatile ");
    ["struct ", "union "].iter().any(|keyword| base.starts_with(keyword))
}

impl Part for MemberPane {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let found = self.chosen.and_then(|place| {
            Some((place, self.subject.paths.get(place)?, self.subject.layout.members.get(place)?))
        });
        let content = match found {
            Some((place, path, member)) => self.member(&words, place, path, member),
            None => self.none(&words),
        };
        html! {
            <>
                <section class="of-member" aria-label={words.say("structs-member")}
                    data-testid="struct-member">
                    { content }
                </section>
                { self.life(&words) }
            </>
        }
    }
}

impl MemberPane {
    /// No member is shown: why, or what to do.
    fn none(&self, words: &Words) -> Html {
        let Some(missing) = &self.missing else {
            return html! { <p class="nothing">{ words.say("structs-choose") }</p> };
        };
        let struct_name = self.subject.declared();
        let which = [("struct", struct_name.as_str().into()), ("name", missing.as_str().into())];
        let said = words.fill("structs-no-member", which);
        html! { <p class="nothing" role="status" data-testid="member-missing">{ said }</p> }
    }

    fn member(&self, words: &Words, place: usize, path: &AttrValue, member: &Member) -> Html {
        let Subject { kernel, layout, .. } = &*self.subject;
        let said = self.about.member(kernel, &layout.name, path);
        let source = said.as_ref().map(|(_, claim)| source(claim, &self.about.version(claim)));
        let leads = self.leads.clone().map(|name| {
            let onclick = self.onname.reform({
                let name = name.to_string();
                move |()| name.clone()
            });
            let label = html! { <code>{ name }</code> };
            Button { class: "go", ..Button::new("struct-leads", onclick, label) }.draw()
        });
        let elsewhere = self.elsewhere.iter().map(|(kernel, at)| {
            let at = at.clone().unwrap_or_else(|| words.say("structs-not-there"));
            html! { <li key={kernel.to_string()}>{ kernel }{ ": " }{ at }</li> }
        });
        let touching = touching(&layout.name, path);
        let leave = self.onmember.reform(|()| AttrValue::default());
        let close = IconButton::new(Picture::Close, words.say("close"), "member-close", leave);
        html! {
            <>
                { IconButton { class: "member-close", ..close }.draw() }
                <h3><code>{ [&*layout.name, ".", path].concat() }</code></h3>
                <p class="type"><code>{ member.type_name.clone() }</code></p>
                <p class="figures" data-testid="member-place">{ place_of(words, member) }</p>
                { self.opens.clone().map(|opens| opener(words, opens)) }
                if let Some((said, _)) = said { <p class="said" data-testid="member-said">{ said }</p> }
                <dl>
                    { leads.map(|leads| entry(words, "structs-leads", leads)) }
                    { self.beside(words, place) }
                    { self.routines(words, "structs-written-by", &touching.writes) }
                    { self.routines(words, "structs-read-by", &touching.reads) }
                    { self.touches(words, place) }
                    { self.value(words, path) }
                    { self.history(words) }
                    { entry(words, "structs-elsewhere", html! { <ul>{ for elsewhere }</ul> }) }
                    { source.map(|source| entry(words, "structs-source", source)) }
                </dl>
            </>
        }
    }

    /// Those that share its bytes; each can be shown in its place.
    fn beside(&self, words: &Words, place: usize) -> Option<Html> {
        let beside = self.subject.beside(place);
        let member = |path: &AttrValue| {
            let onclick = self.onmember.reform({
                let path = path.clone();
                move |_: MouseEvent| path.clone()
            });
            html! {
                <button type="button" class="routine" key={path.to_string()} {onclick}>
                    <code>{ path }</code>
                </button>
            }
        };
        let shown =
            html! { <span data-testid="member-beside">{ for beside.iter().map(member) }</span> };
        (!beside.is_empty()).then(|| entry(words, "structs-beside", shown))
    }

    /// Functions of the model; each leads to where it begins next in the run.
    fn routines(&self, words: &Words, label: &str, routines: &[RoutineId]) -> Option<Html> {
        let label = [label, if self.is_modelled { "" } else { "-in-model" }].concat();
        let routine = |&routine: &RoutineId| {
            let onclick = self.onfound.reform(move |_: MouseEvent| Found::Routine(routine));
            html! {
                <button type="button" class="routine" key={routine as u16} {onclick}>
                    <code>{ info(routine).name }</code>
                </button>
            }
        };
        let shown = html! { <>{ for routines.iter().map(routine) }</> };
        (!routines.is_empty()).then(|| entry(words, &label, shown))
    }

    /// How often the run touched it.
    fn touches(&self, words: &Words, place: usize) -> Option<Html> {
        let run = self.run.as_ref()?;
        let touches = run.touches.get(place)?;
        let [writes, reads] = [touches.writes, touches.reads].map(grouped);
        let counts = [("writes", writes.as_str().into()), ("reads", reads.as_str().into())];
        let said = html! { <span data-testid="member-touches">{ words.fill("structs-touches", counts) }</span> };
        Some(entry(words, "structs-in-run", said))
    }

    /// Its value in the run, if the model holds it.
    fn value(&self, words: &Words, path: &str) -> Option<Html> {
        let run = self.run.as_ref()?;
        let object = run.object.as_ref()?;
        let value = object.members.iter().find(|member| member.path == path)?.new?;
        let (object, step) = (object.id.key(), grouped(run.step));
        let which = [("object", object.as_str().into()), ("step", step.as_str().into())];
        Some(html! {
            <>
                <dt>{ words.fill("structs-value", which) }</dt>
                <dd data-testid="member-value"><code>{ value.to_string() }</code></dd>
            </>
        })
    }

    /// The last changes of its value, the newest first.
    fn history(&self, words: &Words) -> Option<Html> {
        let run = self.run.as_ref().filter(|run| !run.turns.is_empty())?;
        let value = |value: Option<Value>| match value {
            Some(value) => value.to_string(),
            None => "–".to_owned(),
        };
        let row = |turn: &Turn| {
            let step = turn.step;
            let onclick = self.onstep.reform(move |_: MouseEvent| step);
            html! {
                <li key={step.to_string()}>
                    <button type="button" {onclick}>{ words.fill("step-word", [("step", grouped(step).into())]) }</button>
                    <code>{ info(turn.line.routine).name }</code>
                    <span><code>{ value(turn.old) }</code>{ " → " }<code>{ value(turn.new) }</code></span>
                </li>
            }
        };
        let rows = run.turns.iter().rev().take(TURNS).map(row);
        let label = words.fill("structs-history", [("count", grouped(run.count).into())]);
        Some(html! {
            <>
                <dt>{ label }</dt>
                <dd><ol class="turns" data-testid="member-history">{ for rows }</ol></dd>
            </>
        })
    }

    /// Who makes the struct, who uses it, how long it lives.
    fn life(&self, words: &Words) -> Option<Html> {
        let Subject { kernel, layout, .. } = &*self.subject;
        let name = &layout.name;
        let of = self.about.entry(kernel, name)?;
        let part = |label: &str, id: &str| {
            let said = self.about.find(&[name, id].concat())?;
            Some(entry(words, label, html! { said }))
        };
        let source = source(&of.claim, &self.about.version(&of.claim));
        Some(html! {
            <section class="of-member life" aria-label={self.subject.declared()}>
                <h3><code>{ self.subject.declared() }</code></h3>
                <dl>
                    { part("structs-made", "--made") }
                    { part("structs-used", "--used") }
                    { part("structs-life", "--life") }
                    { entry(words, "structs-source", source) }
                </dl>
            </section>
        })
    }
}

/// The button that opens a struct in place, or closes it.
fn opener(words: &Words, (is_open, onclick): (bool, Callback<()>)) -> Html {
    let label = words.say(if is_open { "structs-close" } else { "structs-open" });
    Button { class: "go", ..Button::new("struct-open", onclick, html! { label }) }.draw()
}

fn entry(words: &Words, label: &str, said: Html) -> Html {
    html! { <><dt>{ words.say(label) }</dt><dd>{ said }</dd></> }
}
