//! `sk_buff`s: the packet's metadata as it climbs, and lists of them.

use crate::units::{FragId, PacketId, PageId, RingId, SkbId, SocketId, VirtAddr};
use serde::{Deserialize, Serialize};

/// Bytes of one `sk_buff` in the slab (`skbuff_head_cache` aligns 232 to 256).
const SLAB_STEP: u64 = 256;
/// Bytes of `skb_shared_info` at the end of each head, aligned.
const SHARED_INFO: u32 = 320;
/// What the `sk_buff` alone is charged: 232 bytes, aligned.
pub const SK_BUFF_TRUESIZE: u32 = 256;
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
    /// `head`, as an offset into that page: 0, half of its block, or that of a small head.
    pub page_offset: u16,
    /// Bytes of the buffer at `head`, with `skb_shared_info` at its end.
    pub head_size: u16,
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
    /// The queue that it came by, plus 1; 0 is not recorded.
    pub queue_mapping: u16,
    /// The NAPI that received it.
    pub napi_id: u32,
    /// The socket that it is queued on.
    pub socket: SocketId,
    /// Bytes in fragments and in `frag_list`.
    pub data_len: u32,
    /// Fragments (`skb_shared_info.frags`).
    pub frags: FragList,
    /// The first chained `sk_buff` (`skb_shared_info.frag_list`); the rest follow by `next`.
    pub frag_list: SkbId,
    /// Payload bytes of each merged segment (`skb_shared_info.gso_size`).
    pub gso_size: u16,
    /// Merged segments (`skb_shared_info.gso_segs`).
    pub gso_segs: u16,
    /// TCP flags, with FIN and PSH of all merged segments.
    pub tcp_flags: u8,
    /// TCP's notes.
    pub tcp: TcpCb,
    /// GRO's notes.
    pub gro: GroCb,
    /// In use: on a list or in a routine's hands.
    pub live: bool,
    /// Its packet has been counted as read or as dropped.
    pub counted: bool,
}

impl SkBuff {
    /// Notes the queue that it came by (`skb_record_rx_queue`).
    pub(crate) fn record_rx_queue(&mut self, ring: RingId) {
        self.queue_mapping = u16::try_from(ring.0 + 1).expect("few queues");
    }

    /// Bytes from `data` to `tail` (`skb_headlen`).
    #[must_use]
    pub fn head_len(&self) -> u32 {
        self.len - self.data_len
    }

    /// Bytes between `tail` and `end`, where `skb_shared_info` begins.
    #[must_use]
    pub fn room(&self) -> u32 {
        let tail = u32::from(self.data_offset) + self.head_len();
        u32::from(self.head_size) - SHARED_INFO - tail
    }

    /// What it is charged without fragments: its head and itself (`SKB_TRUESIZE`).
    #[must_use]
    pub fn head_truesize(&self) -> u32 {
        u32::from(self.head_size) + SK_BUFF_TRUESIZE
    }
}

/// GRO's notes on a packet (`struct napi_gro_cb`, in `skb->cb`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroCb {
    /// Segments in it.
    pub count: u16,
    /// It must not be merged.
    pub flush: bool,
    /// It belongs to the same flow as the one that just came.
    pub same_flow: bool,
    /// Its flow repeats one IP id.
    pub ip_fixedid: bool,
    /// What of it is left over after it was merged.
    pub free: GroFree,
    /// The jiffy in which it was held.
    pub age: u32,
    /// The `sk_buff` of its chain that takes the next fragment.
    pub last: SkbId,
}

/// What is left to free of a packet whose bytes another took over (`NAPI_GRO_CB(skb)->free`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GroFree {
    /// Nothing was taken over.
    #[default]
    Nothing,
    /// Its fragments: the head with the headers is left (`NAPI_GRO_FREE`).
    Head,
    /// Its head too: only the `sk_buff` is left (`NAPI_GRO_FREE_STOLEN_HEAD`).
    StolenHead,
}

/// TCP's notes on a segment (`struct tcp_skb_cb`, in `skb->cb`, where GRO's were).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TcpCb {
    /// Its first byte's sequence number.
    pub seq: u32,
    /// The next segment's: SYN and FIN count as one byte.
    pub end_seq: u32,
    /// What it acknowledges.
    pub ack_seq: u32,
    /// The peer's window, unscaled: in the header, not in `skb->cb`.
    pub window: u16,
    /// Header length in bytes (`th->doff * 4`).
    pub header_length: u8,
}

/// A piece of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Frag {
    /// The page; none for bytes that were copied into the head (`skb_try_coalesce`).
    pub page: PageId,
    /// Where the head that it was, or could have been, begins: 0, half of its block, or a small one.
    pub head_offset: u16,
    /// Where its bytes begin, from there.
    pub data_offset: u16,
    /// How many bytes.
    pub size: u16,
    /// The frame that they came in.
    pub packet: PacketId,
    /// The next fragment of the same `sk_buff`.
    pub next: FragId,
}

/// The fragments of one `sk_buff`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FragList {
    /// First, or none.
    pub first: FragId,
    /// Last, or none.
    pub last: FragId,
    /// How many are in pages (`nr_frags`).
    pub count: u8,
}

/// The slab of `sk_buff`s.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SkbSlab {
    /// All objects ever carved out.
    pub objects: Vec<SkBuff>,
    /// Objects that are free in the slab (not those in a CPU's cache).
    pub free: Vec<SkbId>,
    /// All fragments ever made.
    pub frags: Vec<Frag>,
    /// Fragments that are free.
    pub free_frags: Vec<FragId>,
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

    /// Adds a fragment to `skb`.
    pub fn push_frag(&mut self, skb: SkbId, frag: Frag) {
        let id = self.free_frags.pop().unwrap_or_else(|| {
            self.frags.push(Frag::default());
            FragId(u32::try_from(self.frags.len() - 1).expect("fewer than 2^32 fragments"))
        });
        self.frags[id.index()] = frag;
        let list = &mut self.objects[skb.index()].frags;
        match list.last.some() {
            None => list.first = id,
            Some(last) => self.frags[last.index()].next = id,
        }
        let list = &mut self.objects[skb.index()].frags;
        list.last = id;
        list.count += u8::from(!frag.page.is_none());
    }

    /// Takes the first fragment of `skb`.
    pub fn pop_frag(&mut self, skb: SkbId) -> Option<Frag> {
        let list = &mut self.objects[skb.index()].frags;
        let id = list.first.some()?;
        let mut frag = std::mem::take(&mut self.frags[id.index()]);
        list.first = std::mem::take(&mut frag.next);
        list.count -= u8::from(!frag.page.is_none());
        if list.first.is_none() {
            list.last = FragId::NONE;
        }
        self.free_frags.push(id);
        Some(frag)
    }

    /// Takes `bytes` off the front of the first fragment of `skb`, which is longer.
    pub fn cut_first_frag(&mut self, skb: SkbId, bytes: u32) {
        let bytes = u16::try_from(bytes).expect("less than a fragment");
        let first = self.objects[skb.index()].frags.first;
        let frag = &mut self.frags[first.index()];
        frag.data_offset += bytes;
        frag.size -= bytes;
    }

    /// The fragments of `skb`, first to last.
    pub fn frags_of(&self, skb: SkbId) -> impl Iterator<Item = &Frag> {
        let mut at = self.objects[skb.index()].frags.first;
        std::iter::from_fn(move || {
            let frag = &self.frags[at.some()?.index()];
            at = frag.next;
            Some(frag)
        })
    }

    /// `skb` and the `sk_buff`s chained on its `frag_list`.
    pub fn chain(&self, skb: SkbId) -> impl Iterator<Item = SkbId> {
        let mut at = self.objects[skb.index()].frag_list;
        std::iter::once(skb).chain(std::iter::from_fn(move || {
            let chained = at.some()?;
            at = self.objects[chained.index()].next;
            Some(chained)
        }))
    }

    /// What `skb` and what is chained to it hold, as it would be if it were copied into one head: a
    /// piece for each head and each fragment.
    #[must_use]
    pub fn copied(&self, skb: SkbId) -> Vec<Frag> {
        let piece = |size: u16, packet: PacketId| Frag { size, packet, ..Frag::default() };
        let of_part = |part: SkbId| {
            let record = &self.objects[part.index()];
            let head = u16::try_from(record.head_len()).expect("within a buffer");
            let frags = self.frags_of(part).map(move |frag| piece(frag.size, frag.packet));
            std::iter::once(piece(head, record.packet)).chain(frags)
        };
        self.chain(skb).flat_map(of_part).collect()
    }

    /// The frames whose bytes `skb` holds, each once: its own, and those of all that was merged
    /// into it. The pieces of one frame follow each other.
    pub fn packets(&self, skb: SkbId) -> impl Iterator<Item = PacketId> {
        let pieces = self.chain(skb).flat_map(|part| {
            let own = self.objects[part.index()].packet;
            std::iter::once(own).chain(self.frags_of(part).map(|frag| frag.packet))
        });
        let mut last = PacketId::NONE;
        pieces.filter(move |&packet| std::mem::replace(&mut last, packet) != packet)
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

    /// Puts `skb` behind `place`, or in front if that is none.
    pub fn insert_after(&mut self, slab: &mut SkbSlab, place: SkbId, skb: SkbId) {
        if place == self.tail {
            return self.push(slab, skb);
        }
        let next = match place.some() {
            None => std::mem::replace(&mut self.head, skb),
            Some(place) => std::mem::replace(&mut slab.objects[place.index()].next, skb),
        };
        slab.objects[skb.index()].next = next;
        self.count += 1;
    }

    /// Takes the one behind `place` out.
    pub fn remove_after(&mut self, slab: &mut SkbSlab, place: SkbId) -> Option<SkbId> {
        let Some(place) = place.some() else {
            return self.pop(slab);
        };
        let taken = slab.objects[place.index()].next.some()?;
        slab.objects[place.index()].next = std::mem::take(&mut slab.objects[taken.index()].next);
        self.count -= 1;
        if self.tail == taken {
            self.tail = place;
        }
        Some(taken)
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
