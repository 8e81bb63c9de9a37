//! The receive ring: who owns each slot, and where the pointers stand.

use crate::engine::line_info;
use crate::fact::{Fact, Object};
use crate::machine::{Machine, RxQueue, RxRing};
use crate::units::{DmaAddr, PacketId, RingId, VirtAddr, ring_distance};

/// Slots shown one by one; a larger ring shows a strip of all and a window of this many.
pub const WINDOW: u16 = 64;

/// Who may touch a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The card: it will fill it.
    Nic,
    /// The driver, and the card has written it back: a packet waits.
    WrittenBack,
    /// The driver, filled but not yet given to the card (tail stands before it).
    Filled,
    /// The driver: nothing in it for anybody.
    Driver,
}

/// A pointer into the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointerKind {
    /// The driver's `next_to_clean`.
    NextToClean,
    /// The driver's `next_to_use`.
    NextToUse,
    /// The tail register, as the card has it.
    Tail,
    /// The card's head.
    Head,
}

/// One slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotView {
    /// Its index.
    pub index: u16,
    /// Who may touch it.
    pub owner: Owner,
    /// The packet in its buffer, if the card has written one back there.
    pub packet: Option<PacketId>,
    /// The last step was about it.
    pub touched: bool,
}

/// The ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RingView {
    /// Its number.
    pub number: u16,
    /// Slots in all.
    pub count: u16,
    /// Bytes of a descriptor.
    pub descriptor_bytes: u16,
    /// Its address for the CPU.
    pub desc: VirtAddr,
    /// Its address for the device.
    pub dma: DmaAddr,
    /// The pointers.
    pub pointers: [(PointerKind, u16); 4],
    /// How many slots each kind of owner has, in [`Owner`]'s order.
    pub owned: [u16; 4],
    /// The slots that are shown one by one.
    pub window: Vec<SlotView>,
    /// A larger ring as stretches of one owner, `(owner, first slot, how many)`, around the ring.
    pub stretches: Vec<(Owner, u16, u16)>,
}

pub(super) fn ring(machine: &Machine, number: RingId, fact: Option<&Fact>) -> Option<RingView> {
    let ring = machine.rings.get(number.index())?;
    let queue = machine.nic.queues.get(number.index())?;
    if ring.descriptors.is_empty() {
        return None;
    }
    let touched = fact.and_then(|fact| match line_info(fact.line).object {
        Object::Descriptor | Object::RxBuf => Some(fact.object),
        _ => None,
    });
    let first = window_start(ring, queue, touched);
    let window = (0..ring.count.min(WINDOW))
        .map(|offset| {
            let index = (first + offset) % ring.count;
            let owner = owner_of(ring, queue, index);
            let packet = (owner == Owner::WrittenBack)
                .then(|| machine.packet_in(number, u32::from(index)))
                .filter(|packet| !packet.is_none());
            SlotView { index, owner, packet, touched: touched == Some(index) }
        })
        .collect();
    let stretches = stretches(ring, queue);
    let mut owned = [0; 4];
    for &(owner, _, length) in &stretches {
        owned[owner as usize] += length;
    }
    Some(RingView {
        number: u16::try_from(number.0).expect("few rings"),
        count: ring.count,
        descriptor_bytes: machine.settings.descriptor_bytes(),
        desc: ring.desc,
        dma: ring.dma,
        pointers: [
            (PointerKind::NextToClean, ring.next_to_clean),
            (PointerKind::NextToUse, ring.next_to_use),
            (PointerKind::Tail, queue.tail),
            (PointerKind::Head, queue.head),
        ],
        owned,
        window,
        stretches,
    })
}

/// Who may touch slot `index`.
///
/// Around the ring from `next_to_clean`: written back up to head, the card's up to tail, filled up
/// to `next_to_use`, the driver's.
#[must_use]
pub(crate) fn owner_of(ring: &RxRing, queue: &RxQueue, index: u16) -> Owner {
    let from_clean = |slot| ring_distance(ring.next_to_clean, slot, ring.count);
    let at = from_clean(index);
    if at < from_clean(queue.head) {
        Owner::WrittenBack
    } else if at < from_clean(queue.tail) {
        Owner::Nic
    } else if at < from_clean(ring.next_to_use) {
        Owner::Filled
    } else {
        Owner::Driver
    }
}

fn stretches(ring: &RxRing, queue: &RxQueue) -> Vec<(Owner, u16, u16)> {
    let starts = [ring.next_to_clean, queue.head, queue.tail, ring.next_to_use];
    let mut stretches: Vec<(Owner, u16, u16)> = Vec::new();
    let mut start = 0;
    while start < ring.count {
        let end = starts.into_iter().filter(|&at| at > start).min().unwrap_or(ring.count);
        let owner = owner_of(ring, queue, start);
        match stretches.last_mut() {
            Some(last) if last.0 == owner => last.2 += end - start,
            _ => stretches.push((owner, start, end - start)),
        }
        start = end;
    }
    stretches
}

/// The window begins at a multiple of its size, at the slot in work.
fn window_start(ring: &RxRing, queue: &RxQueue, touched: Option<u16>) -> u16 {
    if ring.count <= WINDOW {
        return 0;
    }
    let work = touched.unwrap_or(if queue.head == ring.next_to_clean {
        queue.head
    } else {
        ring.next_to_clean
    });
    work / WINDOW * WINDOW
}

#[cfg(test)]
mod tests {
    use super::{Owner, owner_of, stretches};
    use crate::machine::{RxQueue, RxRing};

    #[test]
    fn owners_follow_each_other_around_a_ring_that_wrapped() {
        let ring = RxRing { count: 64, next_to_clean: 60, next_to_use: 58, ..RxRing::default() };
        let queue = RxQueue { count: 64, head: 3, tail: 56, ..RxQueue::default() };
        let owner = |index| owner_of(&ring, &queue, index);
        assert_eq!([60, 63, 0, 2].map(owner), [Owner::WrittenBack; 4]);
        assert_eq!([3, 55].map(owner), [Owner::Nic; 2]);
        assert_eq!([56, 57].map(owner), [Owner::Filled; 2]);
        assert_eq!([58, 59].map(owner), [Owner::Driver; 2]);
        let lengths: u16 = stretches(&ring, &queue).iter().map(|stretch| stretch.2).sum();
        assert_eq!(lengths, 64);
    }
}
