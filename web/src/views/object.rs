//! One object of the kernel's memory as its struct lies there: offsets, cachelines, holes, and
//! the values that the model holds.

mod layouts;
mod rows;

use super::words::{Words, use_words};
use crate::player::Action;
use crate::widgets::{Button, Choice, Select, when_some};
use layouts::{Atlas, use_layouts};
use nicscope_core::view::{MemberView, ObjectId, ObjectView, Value};
use rows::{Row, rows};
use yew::prelude::*;

/// The value of the choice that follows the step.
const FOLLOW: &str = "step";

/// Properties of [`ObjectPane`].
#[derive(Clone, PartialEq, Properties)]
pub struct ObjectProps {
    /// The object, if there is any.
    pub object: Option<ObjectView>,
    /// It stays when the step is about another.
    pub pinned: bool,
    /// Those to choose from.
    pub objects: Vec<ObjectId>,
    /// Does what is asked.
    pub send: Callback<Action>,
}

/// Which object is shown, its struct, its members.
#[component]
pub fn ObjectPane(props: &ObjectProps) -> Html {
    let words = use_words();
    let atlas = use_layouts();
    let all = use_state_eq(|| false);
    let object = props.object.as_ref();
    let content = match (&atlas, object) {
        (_, None) => html! { <p class="nothing">{ words.say("object-none") }</p> },
        (Atlas::Asked, _) => html! { <p class="nothing">{ words.say("loading") }</p> },
        (Atlas::Missing, _) => html! { <p class="nothing">{ words.say("object-no-layouts") }</p> },
        (Atlas::Here(layouts), Some(object)) => {
            let struct_ = rows(layouts, object, *all);
            html! {
                <>
                    { header(&words, object, struct_.as_ref(), &layouts.kernel) }
                    if let Some(struct_) = struct_ {
                        { table(&words, object, &struct_.rows, &props.send) }
                        { more(&words, struct_.members, &all) }
                    }
                </>
            }
        }
    };
    let pinned = props.pinned.to_string();
    html! {
        <section class="object" aria-label={words.say("pane-object")} data-testid="object"
            data-pinned={pinned}>
            { chooser(&words, props) }
            { content }
        </section>
    }
}

fn chooser(words: &Words, props: &ObjectProps) -> Html {
    let shown = props.object.as_ref().map(|object| object.id).filter(|_| props.pinned);
    let mut objects = props.objects.clone();
    if let Some(shown) = shown.filter(|shown| !objects.contains(shown)) {
        objects.insert(0, shown);
    }
    let follow = Choice { value: FOLLOW.into(), label: words.say("object-follow") };
    let named = |id: &ObjectId| {
        let name = AttrValue::from(id.to_string());
        Choice { value: name.clone(), label: name }
    };
    let choices = std::iter::once(follow).chain(objects.iter().map(named)).collect::<Vec<_>>();
    let chosen = shown.map_or(FOLLOW.into(), |id| AttrValue::from(id.to_string()));
    let onchange = when_some(&props.send, move |value: String| {
        let found = objects.iter().find(|id| id.to_string() == value).copied();
        (found.is_some() || value == FOLLOW).then_some(Action::Look(found))
    });
    html! {
        <Select label={words.say("object-which")} testid="object-which" {choices} {chosen} {onchange} />
    }
}

fn header(
    words: &Words,
    object: &ObjectView,
    struct_: Option<&rows::Struct>,
    kernel: &str,
) -> Html {
    let facts = struct_.map(|of| {
        words.fill(
            "object-size",
            [
                ("bytes", of.size.into()),
                ("lines", of.cachelines.into()),
                ("holes", of.holes.into()),
                ("unused", of.unused.into()),
            ],
        )
    });
    let kernel = kernel.split(['-', ' ']).nth(1).unwrap_or_default();
    html! {
        <header>
            <h2 data-testid="object-name">
                <code>{ object.id.kind.struct_name() }</code>{ " " }
                <span class="number">{ object.id.number }</span>
            </h2>
            <p class="about">
                if let Some(address) = object.address {
                    <code>{ format!("{:#x}", address.0) }</code>{ " · " }
                }
                { facts }{ " · " }{ format!("Linux {kernel}") }
            </p>
        </header>
    }
}

fn table(words: &Words, object: &ObjectView, rows: &[Row], send: &Callback<Action>) -> Html {
    let lines = rows.chunk_by(|a, b| a.cacheline() == b.cacheline()).map(|line| {
        let number = line[0].cacheline();
        let name = words.fill("object-cacheline", [("line", number.into())]);
        let rows = line.iter().map(|row| table_row(words, object, row, send));
        html! {
            <tbody key={number}>
                <tr class="cacheline"><th colspan="4" scope="rowgroup">{ name }</th></tr>
                { for rows }
            </tbody>
        }
    });
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={words.say("object-members")}>
            <table data-testid="object-members">
                <thead>
                    <tr>
                        <th scope="col">{ words.say("object-offset") }</th>
                        <th scope="col">{ words.say("object-member") }</th>
                        <th scope="col">{ words.say("object-type") }</th>
                        <th scope="col">{ words.say("object-value") }</th>
                    </tr>
                </thead>
                { for lines }
            </table>
        </div>
    }
}

fn table_row(words: &Words, object: &ObjectView, row: &Row, send: &Callback<Action>) -> Html {
    match row {
        Row::Hole { offset, bytes } => html! {
            <tr key={format!("hole-{offset}")} class="hole">
                <td>{ offset }</td>
                <td colspan="3">
                    <span>{ words.fill("object-hole", [("bytes", (*bytes).into())]) }</span>
                </td>
            </tr>
        },
        Row::Member { path, place, type_name, .. } => {
            let value = object.members.iter().find(|member| member.path == path);
            let writes = object.writes.contains(&path.as_str());
            let reads = object.reads.contains(&path.as_str());
            let changed = value.is_some_and(|value| value.old != value.new);
            let touch = if writes || changed {
                Some(("w", words.say("object-written")))
            } else {
                reads.then(|| ("r", words.say("object-read")))
            };
            let class =
                classes!(changed.then_some("changed"), touch.is_some().then_some("touched"));
            html! {
                <tr key={path.clone()} {class} data-member={path.clone()}>
                    <td>{ place }</td>
                    <th scope="row">
                        <code>{ path }</code>
                        if let Some((letter, meaning)) = touch {
                            <abbr title={meaning.clone()} aria-label={meaning}>{ letter }</abbr>
                        }
                    </th>
                    <td><code>{ type_name }</code></td>
                    <td>{ value.map(|value| shown(words, value, send)) }</td>
                </tr>
            }
        }
    }
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
            let onclick = send.reform(move |()| Action::Look(Some(to)));
            html! {
                <Button testid="object-go" class="go" {onclick}>{ to.to_string() }</Button>
            }
        }
        Value::Itself => html! { <i>{ words.say("object-itself") }</i> },
        Value::Dma(_) => html! { <code class="device">{ value.to_string() }</code> },
        _ => html! { <code>{ value.to_string() }</code> },
    }
}

fn more(words: &Words, members: u32, all: &UseStateHandle<bool>) -> Html {
    let onclick = {
        let (all, now) = (all.setter(), **all);
        Callback::from(move |()| all.set(!now))
    };
    let label = if **all {
        words.say("object-fewer")
    } else {
        words.fill("object-all", [("members", members.into())])
    };
    html! { <Button testid="object-all" {onclick}>{ label }</Button> }
}
