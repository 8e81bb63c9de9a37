//! What a struct is: its name, what it is for, its size.

use super::{About, Subject};
use crate::views::words::Words;
use crate::widgets::Button;
use nicscope_core::atlas::{BitHole, Hole};
use yew::prelude::*;

/// Above every side of a struct.
pub fn head(words: &Words, about: &About, subject: &Subject, onnotes: Callback<()>) -> Html {
    let layout = &subject.layout;
    let entry = about.entry(&subject.kernel, &layout.name);
    let purpose = entry.and_then(|_| about.find(&layout.name));
    html! {
        <header class="structs-head">
            { Button { class: "notes-open", ..Button::new("notes-open", onnotes, html! { words.say("notes-open") }) }.draw() }
            <h2 data-testid="struct-name"><code>{ subject.declared() }</code></h2>
            <p class="figures" data-testid="struct-size">{ figures(words, subject) }</p>
            if let Some(purpose) = purpose { <p class="purpose">{ purpose }</p> }
        </header>
    }
}

/// Bytes, cachelines, holes, and of which kernel.
fn figures(words: &Words, subject: &Subject) -> AttrValue {
    let layout = &subject.layout;
    // Members that stand in the struct twice, under a group's name too, have their holes twice.
    let mut holes: Vec<&Hole> = layout.holes.iter().collect();
    holes.sort_by_key(|hole| hole.offset);
    holes.dedup();
    let mut bits: Vec<&BitHole> = layout.bit_holes.iter().collect();
    bits.sort_by_key(|hole| (hole.offset, hole.bit_offset));
    bits.dedup();
    let unused = holes.iter().map(|hole| hole.size).sum::<u32>() + layout.padding;
    let size = [("bytes", layout.size.into()), ("lines", layout.cachelines().into())];
    let size = words.fill("structs-size", size);
    let unused = [("holes", holes.len().into()), ("unused", unused.into())];
    let unused = words.fill("structs-unused", unused);
    let mut said = [&size, " · ", &unused].concat();
    let count = bits.iter().map(|hole| hole.bit_size).sum::<u32>() + layout.bit_padding;
    if count > 0 {
        said.push_str(" · ");
        said.push_str(&words.fill("structs-bits", [("bits", count.into())]));
    }
    said.push_str(" · ");
    said.push_str(&subject.linux());
    said.into()
}
