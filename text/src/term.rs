//! Names of what the core speaks of in ids: actors, objects, reasons, contexts.

use super::catalogue::Texts;
use super::message::Value;
use nicscope_core::fact::{Object, Subject};
use nicscope_core::machine::{Context, DropPlace, DropReason};
use nicscope_core::units::{CpuId, PacketId};
use std::fmt::Debug;

/// The number in a fact that stands for no object.
pub(super) const NONE: u16 = u16::MAX;

/// The actor, as a sentence begins with it.
#[must_use]
pub fn subject(texts: &Texts, subject: Subject, cpu: CpuId) -> String {
    texts.format(&id("subject", subject), &[("cpu", Value::from(cpu.0))])
}

/// The object that a fact names: its kind with its number.
#[must_use]
pub fn object(texts: &Texts, kind: Object, number: u16) -> String {
    if let (Object::Reason, Some(&reason)) = (kind, DropReason::ALL.get(usize::from(number))) {
        return drop_reason(texts, reason);
    }
    texts.format(&id("object", kind), &[("value", Value::from(number))])
}

/// The packet with its number.
#[must_use]
pub fn packet(texts: &Texts, packet: PacketId) -> String {
    texts.format("packet", &[("value", Value::from(packet.0))])
}

/// The reason's short name.
#[must_use]
pub fn drop_reason(texts: &Texts, reason: DropReason) -> String {
    texts.text(&id("drop", reason))
}

/// One line on what it means.
#[must_use]
pub fn drop_explanation(texts: &Texts, reason: DropReason) -> String {
    texts.text(&format!("{}.explanation", id("drop", reason)))
}

/// Where packets are lost.
#[must_use]
pub fn drop_place(texts: &Texts, place: DropPlace) -> String {
    texts.text(&id("place", place))
}

/// The context's name.
#[must_use]
pub fn context(texts: &Texts, context: Context) -> String {
    texts.text(&id("context", context))
}

/// `group-name`, with the name of a variant in kebab case.
pub(super) fn id(group: &str, variant: impl Debug) -> String {
    let mut id = String::from(group);
    kebab(&mut id, &format!("{variant:?}"));
    id
}

/// Appends `-each-word` of a name in camel case.
pub(super) fn kebab(id: &mut String, name: &str) {
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            id.push('-');
        }
        id.push(letter.to_ascii_lowercase());
    }
}
