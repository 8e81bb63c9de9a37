//! One sentence per fact: who does what to what.

use super::catalogue::Texts;
use super::message::Value;
use super::term::{self, NONE};
use nicscope_core::engine::line_info;
use nicscope_core::fact::{Fact, LineId};
use nicscope_core::units::CpuId;

/// What a part of a sentence is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// Words in between.
    Plain,
    /// Who acts.
    Subject,
    /// What it is done to.
    Object,
    /// The packet it is done for.
    Packet,
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub kind: SpanKind,
    /// Its text.
    pub text: String,
}

/// Private-use characters around the arguments: one that opens each kind, one that closes all.
const SUBJECT: char = '\u{e000}';
const OBJECT: char = '\u{e001}';
const PACKET: char = '\u{e002}';
const CLOSE: char = '\u{e003}';

/// Whether a character only marks where a span begins or ends.
pub(super) fn is_mark(letter: char) -> bool {
    (SUBJECT..=CLOSE).contains(&letter)
}

/// The CPU that acts: a fact names none, and there is one so far.
const CPU: CpuId = CpuId(0);

/// The sentence of a fact, in parts.
#[must_use]
pub fn sentence(texts: &Texts, fact: &Fact) -> Vec<Span> {
    spans(&marked(texts, fact))
}

/// The sentence of a fact, as plain text.
#[must_use]
pub fn sentence_text(texts: &Texts, fact: &Fact) -> String {
    marked(texts, fact).replace(is_mark, "")
}

/// What a line says whenever it is run: numbers that differ are an `n`.
#[must_use]
pub fn line_text(texts: &Texts, line: LineId) -> String {
    let (value, packet) = (Value::from("n"), texts.format("packet", &[("value", "n".into())]));
    let kind = line_info(line).object;
    let object = || texts.format(&term::id("object", kind), &[("value", "n".into())]);
    filled(texts, line, [value, Value::from("yes")], object, packet).replace(is_mark, "")
}

/// Why it is done, what it prevents, or what to notice; not every line has something to add.
#[must_use]
pub fn why(texts: &Texts, fact: &Fact) -> Option<String> {
    texts.find(&format!("{}.why", message_id(fact.line)), &[])
}

/// The id of a line's message: `ice-clean-rx-irq-test-dd`.
#[must_use]
pub fn message_id(line: LineId) -> String {
    let mut id = String::new();
    term::kebab(&mut id, &format!("{:?}", line.routine));
    term::kebab(&mut id, line_info(line).name());
    id.split_off(1)
}

/// The sentence with marks around its arguments.
fn marked(texts: &Texts, fact: &Fact) -> String {
    let found = if fact.object == NONE { "no" } else { "yes" };
    let packet = match fact.packet.some() {
        Some(packet) => term::packet(texts, packet),
        None => String::new(),
    };
    let object = || term::object(texts, line_info(fact.line).object, fact.object);
    let numbers = [Value::from(fact.object), Value::from(found)];
    let said = filled(texts, fact.line, numbers, object, packet.clone());
    if packet.is_empty() || said.contains(PACKET) { said } else { of_packet(&said, &packet) }
}

/// A sentence that does not name its packet, with the packet: an `sk_buff` is used again and again.
fn of_packet(said: &str, packet: &str) -> String {
    let (words, end) = said.split_at(said.len() - usize::from(said.ends_with(['.', '?'])));
    format!("{words} ({PACKET}{packet}{CLOSE}){end}")
}

/// A line's sentence with its number and whether it names an object.
fn filled(
    texts: &Texts,
    line: LineId,
    [value, found]: [Value<'_>; 2],
    object: impl Fn() -> String,
    packet: String,
) -> String {
    let id = message_id(line);
    let numbers = [("value", value), ("found", found)];
    // A line whose kind of object says too little names its object itself.
    let object = texts.find(&format!("{id}.object"), &numbers).unwrap_or_else(object);
    let [value, found] = numbers;
    let subject = term::subject(texts, line_info(line).subject, CPU);
    texts.format(
        &id,
        &[
            ("subject", mark(SUBJECT, &subject)),
            ("object", mark(OBJECT, &object)),
            ("packet", mark(PACKET, &packet)),
            value,
            found,
        ],
    )
}

fn mark(open: char, text: &str) -> Value<'static> {
    Value::from(format!("{open}{text}{CLOSE}"))
}

fn spans(marked: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut kind = SpanKind::Plain;
    for letter in marked.chars() {
        kind = match letter {
            SUBJECT => SpanKind::Subject,
            OBJECT => SpanKind::Object,
            PACKET => SpanKind::Packet,
            CLOSE => SpanKind::Plain,
            _ => {
                match spans.last_mut() {
                    Some(last) if last.kind == kind => last.text.push(letter),
                    _ => spans.push(Span { kind, text: letter.to_string() }),
                }
                continue;
            }
        };
    }
    spans
}
