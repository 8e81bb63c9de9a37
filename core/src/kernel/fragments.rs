//! Bytes of a packet outside its head: fragments taken from the ring, cut off, or pulled in.

use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Frag, Machine, Run};
use crate::units::{RingId, SkbId};

impl Machine {
    /// Makes the buffer of `slot`, but for the first `copied` bytes, the next fragment of `skb`:
    /// `skb_add_rx_frag`, and what `ice_add_xdp_frag` with `xdp_update_skb_shared_info` amounts to.
    pub(crate) fn add_rx_frag(&mut self, ring: RingId, slot: u16, skb: SkbId, copied: u16) {
        let ring = &self.rings[ring.index()];
        let buf = ring.rx_buf[usize::from(slot)];
        let size = ring.descriptors[usize::from(slot)].length - copied;
        let rx_offset = self.settings.rx_offset();
        let record = &mut self.skbs.objects[skb.index()];
        record.len += u32::from(size);
        record.data_len += u32::from(size);
        record.truesize += u32::from(self.settings.frame_sz());
        let frag = Frag {
            page: buf.page,
            head_offset: buf.page_offset - rx_offset,
            data_offset: rx_offset + copied,
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

    /// Copies all that lies outside a packet's head behind it if there is room, and counts the memory
    /// that the packet then holds (`skb_condense`, [`skbuff.c`:6939]). Returns the bytes copied.
    pub(crate) fn condense(&mut self, skb: SkbId) -> u32 {
        let record = &self.skbs.objects[skb.index()];
        let (bytes, own) = (record.data_len, record.packet);
        if bytes > record.room() {
            return 0;
        }
        // Which other frames' bytes they are is kept.
        let merged = self.skbs.copied(skb).into_iter().filter(|piece| piece.packet != own);
        let merged: Vec<Frag> = merged.collect();
        self.release_merged(skb);
        for piece in merged {
            self.skbs.push_frag(skb, piece);
        }
        let record = &mut self.skbs.objects[skb.index()];
        record.data_len = 0;
        record.truesize = record.head_truesize();
        bytes
    }
}

routine! {
    /// Copies bytes from a packet's first fragment behind its head.
    PskbPullTail { skb: SkbId, bytes: u32 } lines PullLine;
    Visible "__pskb_pull_tail" "net/core/skbuff.c" : 2850;
    Copy 2867 "skb_copy_bits(skb, headlen, tail, delta); the fragment shrinks" Kernel Copies Skb Copy
        reads["skb_shared_info.frags"]
        writes["sk_buff.tail", "sk_buff.data_len", "skb_shared_info.frags"];
}

impl Run for PskbPullTail {
    fn run<S: Sink>(&mut self, _: PullLine, act: &mut Act<'_, S>) -> Flow<PullLine> {
        act.did_skb(self.skb);
        act.spend(act.m.settings.costs.copy_ns(self.bytes));
        act.m.skbs.objects[self.skb.index()].data_len -= self.bytes;
        act.m.skbs.cut_first_frag(self.skb, self.bytes);
        Flow::Return(1)
    }
}
