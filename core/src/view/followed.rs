//! What a reader follows from step to step: an object of the kernel's memory, or a packet, wherever it is.

use super::Place;
use super::chosen::skb_of;
use super::object_id::{ObjectId, ObjectKind};
use crate::engine::{info, line_info};
use crate::fact::{Object, RoutineId};
use crate::machine::{Driver, GRO_HASH_BUCKETS, Machine, Traffic};
use crate::units::{LocalKind, PacketId, PageId, ring_distance, ring_previous};

/// A packet's name in keys.
const PACKET: &str = "packet";

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Followed {
    /// An object.
    Object(ObjectId),
    /// A packet: the object that holds it, whichever that is.
    Packet(PacketId),
}

/// Where a packet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// This object holds it, or describes it.
    In(ObjectId),
    /// It has yet to arrive.
    Wire,
    /// The card has it, and no memory of the host's.
    Card,
    /// It was read, or dropped: its memory is free, or another's.
    Gone,
}

impl From<ObjectId> for Followed {
    fn from(id: ObjectId) -> Self {
        Self::Object(id)
    }
}

impl Followed {
    /// A short text that means it in any run of the same driver: `napi0`, `packet3`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Object(id) => id.key(),
            Self::Packet(packet) => format!("{PACKET}{}", packet.0),
        }
    }

    /// What such a text means; none if it means nothing. It need not exist.
    #[must_use]
    pub fn of_key(driver: Driver, key: &str) -> Option<Self> {
        match key.strip_prefix(PACKET) {
            Some(number) => Some(Self::Packet(PacketId(number.parse().ok()?))),
            None => Some(Self::Object(ObjectId::of_key(driver, key)?)),
        }
    }

    /// Whether a run of this machine with this traffic can ever have it: a ring has so many slots, a NAPI
    /// so many buckets. What is made and freed in the run may have any number.
    #[must_use]
    pub fn is_possible(self, machine: &Machine, traffic: &Traffic) -> bool {
        let id = match self {
            Self::Packet(packet) => return packet.index() < traffic.frames.len(),
            Self::Object(id) => id,
        };
        let slots = match id.kind {
            ObjectKind::GroList => GRO_HASH_BUCKETS as u32,
            _ => machine.settings.rx_ring.into(),
        };
        !id.kind.is_slot() || (id.owner < machine.settings.queues && id.number < slots)
    }

    /// The object to show for it at a place, if there is one.
    #[must_use]
    pub fn object(self, place: &Place<'_>) -> Option<ObjectId> {
        match self {
            Self::Object(id) => Some(id),
            Self::Packet(packet) => object_of_packet(place, packet),
        }
    }
}

/// Where a packet's bytes are described: its `sk_buff`, or the descriptor that the card wrote back, or,
/// until it does, the page that it wrote them into.
#[must_use]
pub fn object_of_packet(place: &Place<'_>, packet: PacketId) -> Option<ObjectId> {
    packet.some()?;
    let machine = place.machine;
    if let Some(skb) = skb_of(machine, packet) {
        return Some(ObjectId::new(ObjectKind::Skb, skb));
    }
    let mut slots = (0..).zip(&machine.rings);
    slots
        .find_map(|(number, _)| {
            Some(ObjectId::descriptor(
                machine.settings.driver,
                number,
                slot_of(machine, number, packet)?,
            ))
        })
        .or_else(|| written_page(machine, packet).map(ObjectId::page))
}

/// The slot whose descriptor says that the packet waits for the driver.
fn slot_of(machine: &Machine, number: u16, packet: PacketId) -> Option<u16> {
    let (ring, queue) =
        (machine.rings.get(usize::from(number))?, machine.nic.queues.get(usize::from(number))?);
    // Behind it the driver is done, though it may not have filled the slot anew.
    let first = match machine.settings.driver {
        Driver::Ice => ring.first_desc,
        Driver::Igb => ring.next_to_clean,
    };
    let waiting = ring_distance(first, queue.head, ring.count);
    let mut slots = (0..waiting).map(|offset| (first + offset) % ring.count);
    slots.find(|&slot| {
        let descriptor = ring.descriptors[usize::from(slot)];
        descriptor.written_back && descriptor.packet == packet
    })
}

/// The page that the card wrote the packet into, while it has not said so.
fn written_page(machine: &Machine, packet: PacketId) -> Option<PageId> {
    let queues = machine.nic.queues.iter().zip(&machine.rings);
    let mut written = queues.filter(|(queue, _)| queue.fifo.front() == Some(&packet));
    let (queue, ring) = written.next()?;
    let page = ring.rx_buf.get(usize::from(queue.head))?.page.some()?;
    machine.memory.pages[page.index()].content.contains(&packet).then_some(page)
}

/// What a queue's DMA touched last: what the step says if it is one, else the page that was written into
/// and not yet told of, else the descriptor that was written back, as long as the driver has not filled it
/// anew.
#[must_use]
pub fn by_dma(place: &Place<'_>, number: u16) -> Option<ObjectId> {
    let (machine, driver) = (place.machine, place.machine.settings.driver);
    let (ring, queue) =
        (machine.rings.get(usize::from(number))?, machine.nic.queues.get(usize::from(number))?);
    let of_step = || {
        let fact = place.fact.filter(|fact| fact.line.routine == RoutineId::RxQueueReceive)?;
        match line_info(fact.line).object {
            Object::Page => Some(ObjectId::new(ObjectKind::Page, fact.object.into())),
            Object::Descriptor => Some(ObjectId::descriptor(driver, number, fact.object)),
            _ => None,
        }
    };
    let written = || written_page(machine, *queue.fifo.front()?).map(ObjectId::page);
    let told = || {
        let slot = ring_previous(queue.head, ring.count);
        let is_back = ring.descriptors.get(usize::from(slot))?.written_back;
        is_back.then(|| ObjectId::descriptor(driver, number, slot))
    };
    of_step().filter(|id| id.exists(machine)).or_else(written).or_else(told)
}

/// Where a packet is at a place.
#[must_use]
pub fn whereabouts(place: &Place<'_>, packet: PacketId) -> Whereabouts {
    let machine = place.machine;
    if let Some(id) = object_of_packet(place, packet) {
        return Whereabouts::In(id);
    }
    if packet.0 >= machine.arrived {
        return Whereabouts::Wire;
    }
    let waits = machine.nic.queues.iter().any(|queue| queue.fifo.contains(&packet));
    let comes_in = machine.events.iter().any(|event| {
        let locals = info(event.frame.line.routine).locals.iter().zip(event.frame.locals);
        let mut packets = locals.filter(|(kind, _)| **kind == LocalKind::PacketId);
        packets.any(|(_, bits)| bits == packet.0)
    });
    if waits || comes_in { Whereabouts::Card } else { Whereabouts::Gone }
}

#[cfg(test)]
mod tests {
    use super::{Followed, ObjectId, PacketId};
    use crate::machine::Driver;

    #[test]
    fn a_key_means_a_packet_or_an_object() {
        let of = |key| Followed::of_key(Driver::Igb, key);
        let packet = Followed::Packet(PacketId(3));
        assert_eq!(of("packet3"), Some(packet));
        assert_eq!(packet.key(), "packet3");
        let slot = ObjectId::descriptor(Driver::Igb, 0, 3);
        assert_eq!(of("desc0.3"), Some(slot.into()));
        assert_eq!(Followed::Object(slot).key(), "desc0.3");
        for wrong in ["packet", "packet0.1", "packets3", "packet-1", "3"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
