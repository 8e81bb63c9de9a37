//! Bytes of a packet outside its head: fragments taken from the ring, cut off, or pulled in.

use super::build_skb::{HEADROOM, sk_buff_truesize};
use crate::machine::{Frag, Machine};
use crate::units::{RingId, SkbId};

/// Bytes of `skb_shared_info` at the end of each head, aligned.
const SHARED_INFO: u32 = 320;

impl Machine {
    /// Makes the buffer of `slot` the next fragment of `skb`: `skb_add_rx_frag` of `igb`, and what
    /// `ice_add_xdp_frag` with `xdp_update_skb_shared_info` amounts to.
    pub(crate) fn add_rx_frag(&mut self, ring: RingId, slot: u16, skb: SkbId) {
        let ring = &self.rings[ring.index()];
        let buf = ring.rx_buf[usize::from(slot)];
        let size = ring.descriptors[usize::from(slot)].length;
        let record = &mut self.skbs.objects[skb.index()];
        record.len += u32::from(size);
        record.data_len += u32::from(size);
        record.truesize += u32::from(self.settings.frame_sz());
        let frag = Frag {
            page: buf.page,
            head_offset: buf.page_offset - HEADROOM,
            data_offset: HEADROOM,
            size,
            packet: record.packet,
            ..Frag::default()
        };
        self.skbs.push_frag(skb, frag);
    }

    /// Cuts a packet that was not merged down to `len` bytes (`pskb_trim`,
    /// [`skbuff.c`:2696]).
    pub(crate) fn trim(&mut self, skb: SkbId, len: u32) {
        let record = &mut self.skbs.objects[skb.index()];
        let head = record.len - record.data_len;
        if record.len <= len {
            return;
        }
        record.len = len;
        record.data_len = len.saturating_sub(head);
        let mut left = record.data_len;
        for _ in 0..record.frags.count {
            let Some(mut frag) = self.skbs.pop_frag(skb) else { break };
            if left == 0 {
                self.memory.put(frag.page, 1);
                continue;
            }
            let kept = left.min(u32::from(frag.size));
            left -= kept;
            frag.size = u16::try_from(kept).expect("at most what it was");
            self.skbs.push_frag(skb, frag);
        }
        self.condense(skb);
    }

    /// Copies a packet's fragments behind its head if there is room, and counts the memory that it
    /// then holds (`skb_condense`, [`skbuff.c`:6939]).
    pub(crate) fn condense(&mut self, skb: SkbId) {
        let frame_sz = u32::from(self.settings.frame_sz());
        let record = &mut self.skbs.objects[skb.index()];
        let tail = u32::from(record.data_offset) + record.len - record.data_len;
        if record.data_len > frame_sz - SHARED_INFO - tail {
            return;
        }
        record.data_len = 0;
        record.truesize = sk_buff_truesize(frame_sz);
        while let Some(frag) = self.skbs.pop_frag(skb) {
            self.memory.put(frag.page, 1);
        }
    }
}
