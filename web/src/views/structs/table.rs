//! A struct as a table: what lies where, in the order of the offsets that C gives.

use super::Subject;
use crate::views::words::Words;
use nicscope_core::atlas::{CACHELINE_BYTES, Member};
use yew::prelude::*;

/// The table; a member is chosen by its name.
pub fn table(
    words: &Words,
    subject: &Subject,
    chosen: Option<usize>,
    onchoose: &Callback<AttrValue>,
) -> Html {
    let columns = ["structs-offset", "structs-bytes", "structs-type", "structs-name"];
    let heads = columns.map(|column| html! { <th scope="col">{ words.say(column) }</th> });
    let members = subject.layout.members.iter().enumerate();
    let rows = members.map(|(place, member)| {
        let path = &subject.paths[place];
        let is_chosen = chosen == Some(place);
        let onclick = onchoose.reform({
            let path = path.clone();
            move |_: MouseEvent| path.clone()
        });
        let depth = (member.depth > 1).then(|| ["in-", &(member.depth - 1).min(4).to_string()].concat());
        html! {
            <tr key={place} class={is_chosen.then_some("chosen")} id={is_chosen.then_some("chosen-member")}
                data-member={path.clone()}>
                <td>{ offset(member) }</td>
                <td>{ size(words, member) }</td>
                <td class={depth}><code>{ member.type_name.clone() }</code></td>
                <td>
                    if !path.is_empty() {
                        <button type="button" aria-pressed={is_chosen.to_string()} {onclick}>
                            <code>{ member.name.clone() }</code>
                        </button>
                    }
                </td>
            </tr>
        }
    });
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={words.say("structs-form-table")}>
            <table data-testid="struct-table">
                <thead><tr>{ for heads }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

/// Where a member lies: its byte, and its bits if it has no whole ones.
pub(super) fn offset(member: &Member) -> String {
    let mut text = member.offset.to_string();
    if let Some((first, bits)) = member.bit_offset.zip(member.bit_size) {
        text.push(':');
        text.push_str(&first.to_string());
        if bits > 1 {
            text.push('–');
            text.push_str(&(first + bits - 1).to_string());
        }
    }
    text
}

/// How large it is: bytes, or bits.
pub(super) fn size(words: &Words, member: &Member) -> AttrValue {
    match member.bit_size {
        Some(bits) => words.fill("structs-bits-of", [("bits", bits.into())]),
        None => member.size.to_string().into(),
    }
}

/// Where a member lies, in words: its offset, its size, its cacheline.
pub(super) fn place_of(words: &Words, member: &Member) -> AttrValue {
    let (offset, size) = (offset(member), size(words, member));
    let line = ("line", (member.offset / CACHELINE_BYTES).into());
    let place = [("offset", offset.as_str().into()), ("size", (&*size).into()), line];
    words
        .fill(if member.bit_size.is_some() { "structs-place-bits" } else { "structs-place" }, place)
}
