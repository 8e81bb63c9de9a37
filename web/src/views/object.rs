//! One object of the kernel's memory as its struct lies there: offsets, cachelines, holes, and
//! the values that the model holds.

mod layouts;
mod rows;

use super::words::{Words, use_words};
use crate::browser::document;
use crate::player::{Action, Looked};
use crate::widgets::{
    Button, Choice, Choices, Hook, HookContext, IconButton, Kept, Part, Picture, kept, on_change,
    when_some,
};
use layouts::Atlas;
use nicscope_core::units::PacketId;
use nicscope_core::view::{
    Followed, MemberView, ObjectId, ObjectKind, ObjectView, Value, Whereabouts,
};
use rows::{Row, Struct, What};
use yew::prelude::*;

/// The id of the member that was searched for.
const MARKED: &str = "marked-member";

/// Which object is shown, its struct, its members.
#[derive(PartialEq)]
pub struct ObjectPane {
    /// The publication that is shown: there is something new to look at.
    pub revision: u64,
    /// The object stays when the step is about another.
    pub pinned: bool,
    /// What is to be seen; asked when the pane is drawn, so that a closed one costs nothing.
    pub look: Callback<(), Option<Looked>>,
    /// A struct's member that was searched for.
    pub marked: Option<(ObjectKind, AttrValue)>,
    /// Does what is asked.
    pub send: Callback<Action>,
}

impl Part for ObjectPane {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let atlas = layouts::layouts(hooks);
        let all = kept(hooks, || false);
        let looked = self.look.emit(());
        let object = looked.as_ref().and_then(|looked| looked.object.as_ref());
        let kind = object.map(|object| object.id.kind);
        let of = use_memo((atlas.clone(), kind), |(atlas, kind)| match atlas {
            Atlas::Here(layouts) => Struct::of(layouts, (*kind)?),
            _ => None,
        })
        .run(hooks);
        let marked =
            self.marked.clone().filter(|marked| Some(marked.0) == kind).map(|(_, path)| path);
        on_change(hooks, (marked.clone(), of.is_some()), |_| document::bring(MARKED));
        let looked = looked.as_ref().filter(|looked| looked.packet.is_some() || object.is_some());
        let Some(looked) = looked else {
            return html! { <p class="nothing">{ words.say("object-none") }</p> };
        };
        let content = match (object, &atlas, &*of) {
            (None, _, _) => absent(&words, looked.packet),
            (Some(object), Atlas::Here(layouts), Some(of)) => html! {
                <>
                    { header(&words, object, of, &layouts.kernel) }
                    if object.members.iter().all(|member| member.new.is_none()) {
                        <p class="nothing" data-testid="object-absent">{ words.say("object-absent") }</p>
                    }
                    { table(&words, object, of, (all.get(), marked.as_deref()), &self.send) }
                    { more(&words, of.members, &all) }
                </>
            },
            (_, Atlas::Asked, _) => html! { <p class="nothing">{ words.say("loading") }</p> },
            _ => html! { <p class="nothing">{ words.say("object-no-layouts") }</p> },
        };
        let shown = object.map(|object| object.id);
        let packet = looked.packet.map(|(packet, _)| packet.0);
        html! {
            <section class="object" aria-label={words.say("pane-object")} data-testid="object"
                data-object={shown.map(ObjectId::key)} data-pinned={self.pinned.to_string()}
                data-packet={packet.map(|packet| packet.to_string())}>
                { chooser(&words, looked, shown, self.pinned, &self.send) }
                if let Some(packet) = packet {
                    <p class="followed" data-testid="followed">
                        { words.fill("packet-followed", [("number", packet.into())]) }
                    </p>
                }
                <div class="of-object">
                    { of_object(&words, "object-earlier", false, &self.send) }
                    { of_object(&words, "object-later", true, &self.send) }
                </div>
                { content }
            </section>
        }
    }
}

/// Why there is no object of the packet that is followed.
fn absent(words: &Words, packet: Option<(PacketId, Whereabouts)>) -> Html {
    let Some((packet, place)) = packet else { return Html::default() };
    let key = match place {
        Whereabouts::Wire => "packet-on-wire",
        Whereabouts::Card => "packet-in-card",
        Whereabouts::In(_) | Whereabouts::Gone => "packet-gone",
    };
    let why = words.fill(key, [("number", packet.0.into())]);
    html! { <p class="nothing" data-testid="packet-absent">{ why }</p> }
}

/// The kind, those beside it, and whether it stays.
pub(super) fn chooser(
    words: &Words,
    looked: &Looked,
    shown: Option<ObjectId>,
    pinned: bool,
    send: &Callback<Action>,
) -> Html {
    let mut objects = looked.objects.clone();
    if let Some(shown) = shown {
        match objects.iter_mut().find(|id| id.kind == shown.kind) {
            Some(same) => *same = shown,
            None => objects.push(shown),
        }
    }
    let named = |id: &ObjectId| {
        let name = AttrValue::from(id.kind.struct_name());
        Choice { value: name.clone(), label: name }
    };
    let choices: Vec<Choice> = objects.iter().map(named).collect();
    let chosen = AttrValue::from(shown.map_or("", |shown| shown.kind.struct_name()));
    let onchange = when_some(send, move |value: String| {
        let found = objects.iter().find(|id| id.kind.struct_name() == value);
        found.map(|id| Action::Look(Some((*id).into())))
    });
    let beside = |picture, label: &str, testid, to: Option<ObjectId>| {
        let onclick = when_some(send, move |()| to.map(|to| Action::Look(Some(to.into()))));
        let button = IconButton::new(picture, words.say(label), testid, onclick);
        IconButton { disabled: to.is_none(), ..button }.draw()
    };
    let pin = send.reform({
        let to = shown.filter(|_| !pinned).map(Followed::Object);
        move |()| Action::Look(to)
    });
    let pin = IconButton::new(Picture::Pin, words.say("object-pin"), "object-pin", pin);
    let (label, testid) = (words.say("object-which"), "object-which");
    let [before, behind] = looked.neighbours;
    html! {
        <div class="chooser">
            { Choices { label, testid, choices, chosen, onchange }.list() }
            { beside(Picture::Back, "object-before", "object-before", before) }
            { beside(Picture::Forward, "object-behind", "object-behind", behind) }
            { IconButton { pressed: Some(pinned), ..pin }.draw() }
        </div>
    }
}

/// The button that leads to the next thing that happens to the object, or to the one before.
fn of_object(words: &Words, testid: &'static str, on: bool, send: &Callback<Action>) -> Html {
    let onclick = send.reform(move |()| Action::ToObject(on));
    Button::new(testid, onclick, html! { words.say(testid) }).draw()
}

fn header(words: &Words, object: &ObjectView, of: &Struct, kernel: &str) -> Html {
    let size = [("bytes", of.size.into()), ("lines", of.cachelines.into())];
    let unused = [("holes", of.holes.into()), ("unused", of.unused.into())];
    let ObjectId { kind, owner, number } = object.id;
    let which = [("number", number.into()), ("owner", u32::from(owner).into())];
    let kernel = kernel.split(['-', ' ']).nth(1).unwrap_or_default();
    html! {
        <header>
            <h2 data-testid="object-name">
                <code>{ kind.struct_name() }</code>{ " " }
                <span>{ words.fill(&["object-is-", kind.key()].concat(), which) }</span>
            </h2>
            <p class="size" data-testid="object-size">{ words.fill("object-size", size) }</p>
            <p class="about">
                if let Some(address) = object.address {
                    <code>{ Value::Virtual(address).to_string() }</code>{ " · " }
                }
                { words.fill("object-unused", unused) }{ " · Linux " }{ kernel }
            </p>
        </header>
    }
}

/// The rows that are shown: all of the struct's own, or those with a value and those that the step
/// touches; and the holes in the cachelines of these.
fn shown_rows<'a>(
    of: &'a Struct,
    object: &ObjectView,
    (all, marked): (bool, Option<&str>),
) -> Vec<&'a Row> {
    let held = |path: &str| {
        let value = object.members.iter().find(|one| one.path == path);
        value.is_some_and(|value| value.new.is_some() || value.old.is_some())
            || object.reads.contains(&path)
            || object.writes.contains(&path)
            || marked == Some(path)
    };
    let is_member = |row: &Row| match &row.what {
        What::Member { path, .. } => (all && row.own) || held(path),
        What::Hole => false,
    };
    let is_near = |hole: &Row| {
        of.rows.iter().any(|row| row.cacheline() == hole.cacheline() && is_member(row))
    };
    let shown = |row: &&Row| is_member(row) || (row.what == What::Hole && (all || is_near(row)));
    of.rows.iter().filter(shown).collect()
}

fn table(
    words: &Words,
    object: &ObjectView,
    of: &Struct,
    which: (bool, Option<&str>),
    send: &Callback<Action>,
) -> Html {
    let all = which.0;
    let rows = shown_rows(of, object, which);
    let lines = rows.chunk_by(|a, b| a.cacheline() == b.cacheline()).enumerate();
    let lines = lines.map(|(place, line)| {
        let name = words.fill("object-cacheline", [("line", line[0].cacheline().into())]);
        let rows = line.iter().map(|row| table_row(words, object, row, which, send));
        html! {
            <tbody key={place}>
                <tr class="cacheline"><th colspan="4" scope="rowgroup">{ name }</th></tr>
                { for rows }
            </tbody>
        }
    });
    let columns = ["object-offset", "object-member", "object-type", "object-value"];
    let heads = columns.map(|column| html! { <th scope="col">{ words.say(column) }</th> });
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={words.say("object-members")}>
            <table class={all.then_some("all")} data-testid="object-members">
                <thead><tr>{ for heads }</tr></thead>
                { for lines }
            </table>
        </div>
    }
}

fn table_row(
    words: &Words,
    object: &ObjectView,
    row: &Row,
    (all, marked): (bool, Option<&str>),
    send: &Callback<Action>,
) -> Html {
    let What::Member { path, type_name, bits } = &row.what else {
        return html! {
            <tr class="hole">
                <td>{ row.offset }</td>
                <td colspan="3">
                    <span>{ words.fill("object-hole", [("bytes", row.size.into())]) }</span>
                </td>
            </tr>
        };
    };
    let depth = if all { row.depth.min(4) } else { 0 };
    let inner = (depth > 0).then(|| ["in-", &depth.to_string()].concat());
    if path.is_empty() {
        return html! {
            <tr class="anonymous" data-member="">
                <td>{ row.offset }</td>
                <td colspan="3" class={inner}><code>{ type_name }</code></td>
            </tr>
        };
    }
    let value = object.members.iter().find(|member| member.path == path);
    let changed = value.is_some_and(|value| value.old != value.new);
    let touch = if changed || object.writes.contains(&path.as_str()) {
        Some(("w", "object-written"))
    } else {
        object.reads.contains(&path.as_str()).then_some(("r", "object-read"))
    };
    let is_marked = marked == Some(path);
    let class = classes!(
        changed.then_some("changed"),
        touch.is_some().then_some("touched"),
        is_marked.then_some("marked")
    );
    html! {
        <tr {class} id={is_marked.then_some(MARKED)} data-member={path.clone()}>
            <td>
                { row.offset }
                if let Some((first, size)) = bits {
                    <small>{ ":" }{ first }if *size > 1 { { "–" }{ first + size - 1 } }</small>
                }
            </td>
            <th scope="row" class={inner}>
                <code>{ breakable(path) }</code>
                if let Some((letter, meaning)) = touch {
                    <abbr title={words.say(meaning)} role="img" aria-label={words.say(meaning)}>{ letter }</abbr>
                }
            </th>
            <td><code>{ breakable(type_name) }</code></td>
            <td>{ value.map(|value| shown(words, value, send)) }</td>
        </tr>
    }
}

/// A name that may be broken behind its joints.
fn breakable(name: &str) -> Html {
    let parts = name.split_inclusive(['_', '.']);
    html! { <>{ for parts.map(|part| html! { <>{ part }<wbr /></> }) }</> }
}

/// Old and new value; only the one where nothing changed; nothing where the model has none.
fn shown(words: &Words, member: &MemberView, send: &Callback<Action>) -> Html {
    let new = member.new.map(|new| one(words, new, send));
    if member.old == member.new {
        return html! { <>{ new }</> };
    }
    html! {
        <>
            if let Some(old) = member.old {
                <del>{ old.to_string() }</del>{ " " }
            }
            <span class="to" role="img" aria-label={words.say("changes-to")}>{ "→" }</span>{ " " }
            <ins>{ new.unwrap_or_else(|| words.say("object-gone").to_string().into()) }</ins>
        </>
    }
}

fn one(words: &Words, value: Value, send: &Callback<Action>) -> Html {
    match value {
        Value::Pointer(Some(to)) => {
            let onclick = send.reform(move |()| Action::Look(Some(to.into())));
            let key = html! { to.key() };
            Button { class: "go", ..Button::new("object-go", onclick, key) }.draw()
        }
        Value::Itself => html! { <i>{ words.say("object-itself") }</i> },
        Value::Dma(_) => html! { <code class="device">{ value.to_string() }</code> },
        _ => html! { <code>{ value.to_string() }</code> },
    }
}

fn more(words: &Words, members: u32, all: &Kept<bool>) -> Html {
    let onclick = {
        let all = all.clone();
        Callback::from(move |()| all.set(!all.get()))
    };
    let label = if all.get() {
        words.say("object-fewer")
    } else {
        words.fill("object-all", [("members", members.into())])
    };
    Button { class: "more", ..Button::new("object-all", onclick, html! { label }) }.draw()
}
