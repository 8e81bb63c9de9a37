//! The bytes that lie in memory: a descriptor's, or those of a frame's headers; with the fields
//! that they hold, and which of them the step wrote.

mod descriptor;
mod frame;

use super::chosen::followed;
use super::fields::{Field, Fields};
use super::followed::{Followed, object_of_packet};
use super::object::Value;
use super::object_id::{ObjectId, ObjectKind};
use super::{Place, shown};
use crate::units::{DmaAddr, PacketId, VirtAddr};
use descriptor::descriptor;
use frame::{Found, frame, in_memory, page_of};

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BytesOf {
    /// A descriptor; whether the device wrote it last.
    Descriptor {
        /// It is in the write-back format.
        written_back: bool,
    },
    /// A frame's headers; whether they are those of the capture, else rebuilt from what is known.
    Headers {
        /// Whose.
        packet: PacketId,
        /// They were captured.
        captured: bool,
    },
}

/// A byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteView {
    /// Its value; none if the model does not hold it.
    pub value: Option<u8>,
    /// The step wrote it.
    pub written: bool,
}

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// The struct that it is of.
    pub owner: &'static str,
    /// Its name: a member, or bits by the kernel's name for them.
    pub name: &'static str,
    /// Its first byte.
    pub at: usize,
    /// Its bytes.
    pub size: usize,
    /// Its lowest bit in the number that these bytes are, and how many, if it is not all of them.
    pub bits: Option<(u8, u8)>,
    /// Its value; none if the model does not hold it.
    pub value: Option<Value>,
    /// The step wrote it.
    pub written: bool,
}

/// Bytes of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BytesView {
    /// The object that they are of; none for a frame that is in no memory of the host.
    pub id: Option<ObjectId>,
    /// What they are.
    pub of: BytesOf,
    /// Where the CPU finds the first.
    pub address: Option<VirtAddr>,
    /// Where the device finds it.
    pub dma: Option<DmaAddr>,
    /// The bytes.
    pub bytes: Vec<ByteView>,
    /// What they mean, in order.
    pub fields: Vec<FieldView>,
}

/// The bytes of `wanted`, or of what the last step was about; without those, of the step's packet,
/// or of the descriptor that is cleaned next.
#[must_use]
pub fn bytes(place: &Place<'_>, wanted: Option<Followed>) -> Option<BytesView> {
    let of_step = place.fact.map_or(PacketId::NONE, |fact| fact.packet);
    let (id, packet) = match wanted {
        None => (followed(place), of_step),
        Some(Followed::Object(id)) => (Some(id), of_step),
        Some(Followed::Packet(packet)) => (None, packet),
    };
    let of_id = |id: ObjectId| match id.kind {
        ObjectKind::IceDescriptor | ObjectKind::IgbDescriptor => descriptor(place, id),
        _ => in_memory(place.machine, id).map(|found| frame(place, Some(id), found)),
    };
    let of_packet = || {
        let holder = object_of_packet(place, packet).filter(|id| id.kind == ObjectKind::Skb);
        let lying = || of_id(page_of(place.machine, packet)?);
        holder.and_then(of_id).or_else(lying).or_else(|| {
            let found = Found { packet: packet.some()?, address: None, dma: None };
            Some(frame(place, None, found))
        })
    };
    let next = || {
        let queue = shown::queue(place.machine, place.before, place.traffic, place.fact.as_ref());
        let ring = place.machine.rings.get(queue.index())?;
        let number = u16::try_from(queue.0).ok()?;
        let driver = place.machine.settings.driver;
        descriptor(place, ObjectId::descriptor(driver, number, ring.next_to_clean))
    };
    id.and_then(of_id).or_else(of_packet).or_else(next)
}

/// Whether [`bytes`] shows bytes of such objects themselves.
#[must_use]
pub const fn has_bytes(kind: ObjectKind) -> bool {
    use ObjectKind as K;
    let descriptor = matches!(kind, K::IceDescriptor | K::IgbDescriptor);
    descriptor || matches!(kind, K::IceRxBuf | K::IgbRxBuffer | K::Page | K::Skb)
}

fn view(
    of: &Fields,
    field: &Field,
    bytes: &[Option<u8>],
    start: usize,
    written: bool,
) -> FieldView {
    FieldView {
        owner: of.name,
        name: field.name,
        at: start + field.at,
        size: field.size,
        bits: field.bits,
        value: of.value(field, bytes),
        written,
    }
}

#[cfg(test)]
mod tests {
    use super::{BytesView, FieldView, Value};
    use crate::machine::Driver;
    use crate::scenario::{Scenario, named};
    use crate::session::{Command, Outcome, Session};

    pub(super) fn session(driver: Driver) -> Session {
        let (_, generator) = named("generator").expect("a ready scenario");
        let mut session = Session::new(Scenario::of(driver, generator.traffic()));
        while session.run(Command::ToFirstFrame) == Outcome::Unfinished {}
        session
    }

    pub(super) fn field<'a>(view: &'a BytesView, name: &str) -> &'a FieldView {
        view.fields.iter().find(|field| field.name == name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub(super) fn number(view: &BytesView, name: &str) -> u64 {
        match field(view, name).value {
            Some(Value::Number(number) | Value::Hex(number)) => number,
            other => panic!("{name}: {other:?}"),
        }
    }
}
