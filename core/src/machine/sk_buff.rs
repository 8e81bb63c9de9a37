//! `sk_buff`s: the packet's metadata as it climbs, and lists of them.

use crate::units::{PacketId, PageId, SkbId, SocketId, VirtAddr};
use serde::{Deserialize, Serialize};

/// Bytes of one `sk_buff` in the slab (`skbuff_head_cache` aligns 232 to 256).
const SLAB_STEP: u64 = 256;
/// Where the model's slab begins, in the direct map.
const SLAB_BASE: VirtAddr = VirtAddr(0xffff_8881_8000_0000);

/// An `sk_buff`: the members that the modelled path uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SkBuff {
    /// The frame whose bytes it describes.
    pub packet: PacketId,
    /// The next in its list.
    pub next: SkbId,
    /// The page that `head` points into.
    pub page: PageId,
    /// `head`, as an offset into that page: 0 or 2048.
    pub page_offset: u16,
    /// `data - head`.
    pub data_offset: u16,
    /// Bytes of packet data from `data` on.
    pub len: u32,
    /// Memory charged for it.
    pub truesize: u32,
    /// Ethertype, as `eth_type_trans` found it.
    pub protocol: u16,
    /// Offset of the Ethernet header from `head`.
    pub mac_header: u16,
    /// Offset of the IP header from `head`.
    pub network_header: u16,
    /// Offset of the transport header from `head`.
    pub transport_header: u16,
    /// The device checked the checksum (`CHECKSUM_UNNECESSARY`).
    pub checksum_unnecessary: bool,
    /// Flow hash from the descriptor.
    pub hash: u32,
    /// The NAPI that received it.
    pub napi_id: u32,
    /// The socket that it is queued on.
    pub socket: SocketId,
    /// In use: on a list or in a routine's hands.
    pub live: bool,
    /// Its packet has been counted as read or as dropped.
    pub counted: bool,
}

/// The slab of `sk_buff`s.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SkbSlab {
    /// All objects ever carved out.
    pub objects: Vec<SkBuff>,
    /// Objects that are free in the slab (not those in a CPU's cache).
    pub free: Vec<SkbId>,
}

impl SkbSlab {
    /// Takes a free object out of the slab.
    pub fn allocate(&mut self) -> SkbId {
        self.free.pop().unwrap_or_else(|| {
            self.objects.push(SkBuff::default());
            SkbId(u32::try_from(self.objects.len() - 1).expect("fewer than 2^32 sk_buffs"))
        })
    }

    /// Gives an object back to the slab.
    pub fn release(&mut self, skb: SkbId) {
        self.objects[skb.index()] = SkBuff::default();
        self.free.push(skb);
    }

    /// The object's address.
    #[must_use]
    pub fn address(skb: SkbId) -> VirtAddr {
        SLAB_BASE.offset(u64::from(skb.0) * SLAB_STEP)
    }
}

/// A list of `sk_buff`s, linked through [`SkBuff::next`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SkbList {
    /// First, or none.
    pub head: SkbId,
    /// Last, or none.
    pub tail: SkbId,
    /// How many.
    pub count: u32,
}

impl SkbList {
    /// Whether nothing is on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Appends `skb`.
    pub fn push(&mut self, slab: &mut SkbSlab, skb: SkbId) {
        slab.objects[skb.index()].next = SkbId::NONE;
        match self.tail.some() {
            None => self.head = skb,
            Some(tail) => slab.objects[tail.index()].next = skb,
        }
        self.tail = skb;
        self.count += 1;
    }

    /// Takes the first.
    pub fn pop(&mut self, slab: &mut SkbSlab) -> Option<SkbId> {
        let first = self.head.some()?;
        self.head = std::mem::take(&mut slab.objects[first.index()].next);
        self.count -= 1;
        if self.count == 0 {
            self.tail = SkbId::NONE;
        }
        Some(first)
    }

    /// Its members, first to last.
    pub fn iter<'a>(&self, slab: &'a SkbSlab) -> impl Iterator<Item = SkbId> + use<'a> {
        let mut at = self.head;
        std::iter::from_fn(move || {
            let skb = at.some()?;
            at = slab.objects[skb.index()].next;
            Some(skb)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{SkbList, SkbSlab};

    #[test]
    fn a_list_gives_its_members_back_in_order_and_ends_empty() {
        let mut slab = SkbSlab::default();
        let mut list = SkbList::default();
        let made: Vec<_> = (0..3).map(|_| slab.allocate()).collect();
        for &skb in &made {
            list.push(&mut slab, skb);
        }
        assert_eq!(list.iter(&slab).collect::<Vec<_>>(), made);
        let taken: Vec<_> = std::iter::from_fn(|| list.pop(&mut slab)).collect();
        assert_eq!(taken, made);
        assert_eq!(list, SkbList::default());
    }
}
