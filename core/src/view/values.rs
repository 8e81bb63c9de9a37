//! What a step changed: members of structs, and registers.

use super::object::{self, Value};
use crate::engine::line_info;
use crate::fact::Fact;
use crate::machine::Machine;
use crate::units::RingId;

/// A member that a step changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path: `struct.member`, or a register's name.
    pub member: &'static str,
    /// Before the step; none if it had no value, as the fields of a descriptor in the other format.
    pub old: Option<Value>,
    /// After it.
    pub new: Value,
}

/// The members that the fact's line writes, and that really changed; the ring, the NAPI and the
/// registers are those of `queue`.
pub(super) fn changes(
    before: &Machine,
    after: &Machine,
    queue: RingId,
    fact: &Fact,
) -> Vec<Change> {
    line_info(fact.line)
        .writes()
        .filter_map(|member| {
            let old = value(before, queue, member, fact);
            let new = value(after, queue, member, fact)?;
            (old != Some(new)).then_some(Change { member, old, new })
        })
        .collect()
}

/// The value of a member for the fact's object; none if the model does not hold it.
fn value(machine: &Machine, queue: RingId, member: &str, fact: &Fact) -> Option<Value> {
    let Some((owner, path)) = member.split_once('.') else {
        return register(machine, queue, member);
    };
    match object::named(machine, queue, owner, fact) {
        Some(id) => id.member(machine, path),
        None => register(machine, queue, member),
    }
}

fn register(machine: &Machine, queue: RingId, name: &str) -> Option<Value> {
    let queue = machine.nic.queues.get(queue.index())?;
    let vector = machine.nic.vectors.get(queue.vector.index());
    Some(match name {
        "QRX_TAIL" | "RDT" => Value::Number(queue.tail.into()),
        "RLAN.head" | "RDH" => Value::Number(queue.head.into()),
        "RLAN.base" => Value::Dma(queue.base),
        "GLINT_DYN_CTL.INTENA" => Value::Number(vector?.armed.into()),
        _ => return None,
    })
}
