//! A struct as C declares it, with what lies where.

use super::Subject;
use crate::views::words::Words;
use nicscope_core::atlas::{SourceKind, SourceLine, source_order};
use yew::prelude::*;

/// The declaration; a member is chosen by its line.
pub fn source(
    words: &Words,
    subject: &Subject,
    chosen: Option<usize>,
    onchoose: &Callback<AttrValue>,
) -> Html {
    let lines = source_order(&subject.layout);
    let lines = lines.iter().enumerate().map(|line| row(words, subject, line, chosen, onchoose));
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={words.say("structs-form-source")}>
            <ol class="source" data-testid="struct-source">{ for lines }</ol>
        </div>
    }
}

fn row(
    words: &Words,
    subject: &Subject,
    (number, line): (usize, &SourceLine),
    chosen: Option<usize>,
    onchoose: &Callback<AttrValue>,
) -> Html {
    let depth = ["in-", &line.depth.min(6).to_string()].concat();
    let said = |class: &'static str, said: AttrValue| html! { <li key={number} class={classes!(class, depth.clone())}>{ said }</li> };
    match line.kind {
        SourceKind::Member(place) => {
            let (path, member) = (&subject.paths[place], &subject.layout.members[place]);
            let is_chosen = chosen == Some(place);
            let onclick = onchoose.reform({
                let path = path.clone();
                move |_: MouseEvent| path.clone()
            });
            html! {
                <li key={number} class={classes!(depth, is_chosen.then_some("chosen"))} data-member={path.clone()}>
                    <button type="button" aria-pressed={is_chosen.to_string()} {onclick}>
                        <code>{ line.text.clone() }</code>
                    </button>
                    <small>{ super::table::offset(member) }{ " · " }{ super::table::size(words, member) }</small>
                </li>
            }
        }
        SourceKind::Open(_) | SourceKind::Close(_) => {
            html! { <li key={number} class={depth}><code>{ line.text.clone() }</code></li> }
        }
        SourceKind::Hole(hole) => {
            said("hole", words.fill("structs-hole", [("bytes", hole.size.into())]))
        }
        SourceKind::BitHole(hole) => {
            said("hole", words.fill("structs-bit-hole", [("bits", hole.bit_size.into())]))
        }
        SourceKind::Padding { bytes, bits } => {
            let size = [("bytes", bytes.into()), ("bits", bits.into())];
            said("hole", words.fill("structs-padding", size))
        }
        SourceKind::Cacheline { number, ago: 0 } => {
            said("border", words.fill("structs-border", [("line", number.into())]))
        }
        SourceKind::Cacheline { number, ago } => {
            let border = [("line", number.into()), ("bytes", ago.into())];
            said("border", words.fill("structs-border-ago", border))
        }
    }
}
