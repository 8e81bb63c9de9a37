//! Bytes as they lie in memory, beside the fields that they are: pointing at one marks the other.

use super::object::chooser;
use super::words::{Words, use_words};
use crate::browser::document::reveal;
use crate::browser::input::{focus, part_of};
use crate::player::{Action, Looked};
use crate::widgets::{Hook, HookContext, Part, kept, on_change};
use nicscope_core::view::{BytesOf, BytesView, FieldView, Value};
use yew::prelude::*;

/// Bytes in a row.
const ROW: usize = 16;

/// The bytes of the step's object, or of one that was picked.
#[derive(PartialEq)]
pub struct BytesPane {
    /// The publication that is shown: there is something new to look at.
    pub revision: u64,
    /// The object stays when the step is about another.
    pub pinned: bool,
    /// The bytes with the objects to choose from; asked when the pane is drawn.
    pub look: Callback<(), Option<(BytesView, Looked)>>,
    /// Does what is asked.
    pub send: Callback<Action>,
}

/// What is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    Byte(usize),
    Field(usize),
}

impl Pick {
    /// As elements name it: `b12`, `f3`.
    fn of(part: &str) -> Option<Self> {
        let (kind, number) = part.split_at_checked(1)?;
        let number = number.parse().ok()?;
        Some(if kind == "b" { Self::Byte(number) } else { Self::Field(number) })
    }

    fn id(self) -> String {
        let (kind, number) = match self {
            Self::Byte(number) => ("b", number),
            Self::Field(number) => ("f", number),
        };
        [kind, &number.to_string()].concat()
    }

    /// Where an arrow leads from here.
    fn moved(self, key: &str, view: &BytesView) -> Option<Self> {
        let (at, last, row) = match self {
            Self::Byte(at) => (at, view.bytes.len(), ROW),
            Self::Field(at) => (at, view.fields.len(), 1),
        };
        let to = match key {
            "ArrowRight" => at + 1,
            "ArrowLeft" => at.checked_sub(1)?,
            "ArrowDown" => at + row,
            "ArrowUp" => at.checked_sub(row)?,
            "Home" => 0,
            "End" => last.checked_sub(1)?,
            _ => return None,
        };
        let to = (to < last).then_some(to)?;
        Some(if matches!(self, Self::Byte(_)) { Self::Byte(to) } else { Self::Field(to) })
    }

    /// Whether a field is marked.
    fn marks_field(self, number: usize, field: &FieldView) -> bool {
        match self {
            Self::Byte(at) => (field.at..field.at + field.size).contains(&at),
            Self::Field(picked) => picked == number,
        }
    }

    /// Whether a byte is marked: it is pointed at, or is of a field that is marked.
    fn marks_byte(self, at: usize, view: &BytesView) -> bool {
        let of = |field: &FieldView| (field.at..field.at + field.size).contains(&at);
        let mut fields = view.fields.iter().enumerate();
        self == Self::Byte(at)
            || fields.any(|(number, field)| self.marks_field(number, field) && of(field))
    }
}

impl Part for BytesPane {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let picked = kept(hooks, || None::<Pick>);
        let list = use_node_ref().run(hooks);
        on_change(hooks, (picked.get(), list.clone()), |(picked, list)| {
            if matches!(picked, Some(Pick::Byte(_))) {
                reveal(list, ".marked");
            }
        });
        let Some((view, looked)) = self.look.emit(()) else {
            return html! { <p class="nothing">{ words.say("bytes-none") }</p> };
        };
        let point = {
            let picked = picked.clone();
            move |part: String| {
                if let Some(pick) = Pick::of(&part) {
                    picked.set(Some(pick));
                }
            }
        };
        let (onmouseover, onclick, onfocusin) = {
            let (over, click, focused) = (point.clone(), point.clone(), point);
            (
                Callback::from(move |event: MouseEvent| over(part_of(&event))),
                Callback::from(move |event: MouseEvent| click(part_of(&event))),
                Callback::from(move |event: FocusEvent| focused(part_of(&event))),
            )
        };
        let onkeydown = {
            let view = view.clone();
            Callback::from(move |event: KeyboardEvent| {
                let from = Pick::of(&part_of(&event));
                if let Some(to) = from.and_then(|from| from.moved(&event.key(), &view)) {
                    event.prevent_default();
                    focus(&["#", &to.id()].concat());
                }
            })
        };
        let key = view.id.map(|id| id.key());
        html! {
            <section class="object bytes" aria-label={words.say("pane-bytes")} data-testid="bytes"
                data-object={key}>
                { chooser(&words, &looked, view.id, self.pinned, &self.send) }
                { header(&words, &view) }
                <div class="pointed" {onmouseover} {onclick} {onfocusin} {onkeydown}>
                    { hex(&words, &view, picked.get()) }
                    <div ref={list} class="scroll">{ fields(&words, &view, picked.get()) }</div>
                </div>
            </section>
        }
    }
}

fn header(words: &Words, view: &BytesView) -> Html {
    let what = match view.of {
        BytesOf::Descriptor { written_back: false } => words.say("bytes-read"),
        BytesOf::Descriptor { written_back: true } => words.say("bytes-written-back"),
        BytesOf::Headers { packet, captured } => {
            let key = if captured { "bytes-captured" } else { "bytes-made" };
            words.fill(key, [("packet", packet.0.into())])
        }
    };
    let address = |key: &str, value: Option<Value>| {
        value.map(|value| {
            let address = words.fill(key, [("address", value.to_string().into())]);
            html! { <p class="about">{ address }</p> }
        })
    };
    html! {
        <header>
            <p class="size" data-testid="bytes-of">{ what }</p>
            { address("bytes-virtual", view.address.map(Value::Virtual)) }
            { address("bytes-device", view.dma.map(Value::Dma)) }
            if view.address.is_none() {
                <p class="about">{ words.say("bytes-nowhere") }</p>
            }
        </header>
    }
}

fn mark(class: &'static str, is: bool) -> Option<&'static str> {
    is.then_some(class)
}

/// What the keyboard reaches: the part that is picked, else the first.
fn tabindex(is_picked: bool, none_picked: bool, first: bool) -> &'static str {
    if is_picked || (none_picked && first) { "0" } else { "-1" }
}

fn hex(words: &Words, view: &BytesView, picked: Option<Pick>) -> Html {
    let picked_byte =
        picked.filter(|pick| matches!(pick, Pick::Byte(at) if *at < view.bytes.len()));
    let first = view.address.map_or(0, |address| address.0);
    let rows = view.bytes.chunks(ROW).enumerate().map(|(row, bytes)| {
        let start = row * ROW;
        let cells = bytes.iter().enumerate().map(|(place, byte)| {
            let at = start + place;
            let pick = Pick::Byte(at);
            let is_picked = picked == Some(pick);
            let class = classes!(
                mark("written", byte.written),
                mark("unknown", byte.value.is_none()),
                mark("marked", picked.is_some_and(|picked| picked.marks_byte(at, view))),
            );
            html! {
                <span key={at} id={pick.id()} role="radio" {class}
                    aria-checked={is_picked.to_string()}
                    tabindex={tabindex(is_picked, picked_byte.is_none(), at == 0)}>
                    { byte.value.map_or_else(|| "··".to_owned(), |value| format!("{value:02x}")) }
                </span>
            }
        });
        let address = (first + start as u64) & 0xffff;
        html! {
            <div class="row" key={row}>
                <span class="at">{ format!("…{address:04x}") }</span>{ for cells }
            </div>
        }
    });
    html! {
        <div class="hex" role="radiogroup" aria-label={words.say("bytes-hex")} data-testid="hex">
            { for rows }
        </div>
    }
}

/// Bits of a number, as data sheets count them.
pub(super) fn bits(words: &Words, low: u8, size: u8) -> AttrValue {
    let number = |bit: u8| u32::from(bit).into();
    match size {
        1 => words.fill("bytes-bit", [("bit", number(low))]),
        _ => words.fill("bytes-bits", [("high", number(low + size - 1)), ("low", number(low))]),
    }
}

fn fields(words: &Words, view: &BytesView, picked: Option<Pick>) -> Html {
    let picked_field =
        picked.filter(|pick| matches!(pick, Pick::Field(at) if *at < view.fields.len()));
    let mut owner = "";
    let rows = view.fields.iter().enumerate().map(|(number, field)| {
        let opens = field.owner != owner;
        owner = field.owner;
        let key = ["bytes-", field.owner].concat();
        let pick = Pick::Field(number);
        let is_picked = picked == Some(pick);
        let class = classes!(
            "field",
            mark("part", field.bits.is_some()),
            mark("written", field.written),
            mark("unknown", field.value.is_none()),
            mark("marked", picked.is_some_and(|picked| picked.marks_field(number, field))),
        );
        let value = field.value.map(|value| value.to_string());
        html! {
            <>
                if opens {
                    <p class="owner"><code>{ field.owner }</code>{ " " }{ words.say(&key) }</p>
                }
                <div id={pick.id()} role="radio" {class} aria-checked={is_picked.to_string()}
                    tabindex={tabindex(is_picked, picked_field.is_none(), number == 0)}
                    data-field={field.name}>
                    <span class="at">
                        if let Some((low, size)) = field.bits {
                            { bits(words, low, size) }
                        } else {
                            { field.at }if field.size > 1 { { "–" }{ field.at + field.size - 1 } }
                        }
                    </span>
                    <code>{ field.name }</code>
                    <span class="value">
                        { value.unwrap_or_else(|| words.say("bytes-unknown").to_string()) }
                    </span>
                    <span class="means">{ words.say(&[&key, ".", field.name].concat()) }</span>
                </div>
            </>
        }
    });
    html! {
        <div class="fields" role="radiogroup" aria-label={words.say("bytes-fields")} data-testid="fields">
            { for rows }
        </div>
    }
}
