//! `ice` with `legacy-rx`: headers are copied, the rest of the packet stays in its buffers.
//!
//! Left out: more than 15 fragments, which no frame of five buffers has.

use crate::fact::{Sink, routine};
use crate::kernel::alloc_skb::{EthGetHeadlen, NapiAllocSkb};
use crate::kernel::driver::page::RX_HDR_SIZE;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{RingId, SkbId};

routine! {
    /// Copies the packet's headers, or all of a short one; the rest stays as fragments.
    IceConstructSkb { ring: RingId, slot: u32, ntc: u32, skb: SkbId } lines ConstructLine;
    Inlined "ice_construct_skb" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 1023;
    Alloc 1041 "skb = napi_alloc_skb(&q_vector->napi, ICE_RX_HDR_SIZE)" Driver Calls RxBuf Cpu;
    TestSize 1049 "if !skb: return NULL; skb_record_rx_queue(); if size > 256: eth_get_headlen(data)"
        Driver Tests Skb Cpu reads["xdp_buff.data", "xdp_buff.data_end"]
        writes["sk_buff.queue_mapping"];
    Copy 1053 "memcpy(__skb_put(skb, headlen), xdp->data)" Driver Copies Skb Copy
        reads["xdp_buff.data"] writes["sk_buff.tail", "sk_buff.len"];
    AddRest 1067 "size -= headlen; skb_add_rx_frag(skb, 0, page, page_offset + headlen, size)"
        Driver Links Skb Cpu reads["ice_rx_buf.page", "ice_rx_buf.page_offset"]
        writes["skb_shared_info.frags", "skb_shared_info.nr_frags", "sk_buff.len",
               "sk_buff.data_len", "sk_buff.truesize"];
    TakeBack 1076 "nothing is left: pagecnt_bias++" Driver Writes RxBuf Cpu
        writes["ice_rx_buf.pagecnt_bias"];
    AddFrags 1085 "if fragments: xdp_update_skb_shared_info(): theirs come behind"
        Driver Links Skb Cpu reads["skb_shared_info.xdp_frags_size"]
        writes["skb_shared_info.frags", "skb_shared_info.nr_frags", "sk_buff.len",
               "sk_buff.data_len", "sk_buff.truesize"];
}

impl Run for IceConstructSkb {
    fn run<S: Sink>(&mut self, line: ConstructLine, act: &mut Act<'_, S>) -> Flow<ConstructLine> {
        use ConstructLine as L;
        let slot = u16::try_from(self.slot).expect("a slot number");
        let packet = act.m.packet_in(self.ring, self.slot);
        let size = u32::from(act.m.rings[self.ring.index()].descriptors[usize::from(slot)].length);
        match line {
            L::Alloc | L::TakeBack => act.did(self.slot, packet),
            L::TestSize => {
                self.skb = SkbId(act.result());
                act.did(self.skb.0, packet);
            }
            _ => act.did_skb(self.skb),
        }
        if let (L::TestSize, Some(skb)) = (line, self.skb.some()) {
            act.m.skbs.objects[skb.index()].record_rx_queue(self.ring);
        }
        match line {
            L::Alloc => {
                Flow::Call(CallFrame::of(NapiAllocSkb::of(self.ring, self.slot)), L::TestSize)
            }
            L::TestSize if self.skb.is_none() => Flow::Return(SkbId::NONE.0),
            L::TestSize if size > RX_HDR_SIZE => {
                Flow::Call(CallFrame::of(EthGetHeadlen { skb: self.skb }), L::Copy)
            }
            L::TestSize => Flow::Next(L::Copy),
            L::Copy => {
                let rest = act.copy_headers(self.skb, size);
                Flow::Next(if rest > 0 { L::AddRest } else { L::TakeBack })
            }
            L::AddRest => {
                act.m.add_rest(self.ring, slot, self.skb);
                self.after_first(act)
            }
            L::TakeBack => {
                act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].pagecnt_bias += 1;
                self.after_first(act)
            }
            L::AddFrags => {
                while self.slot != self.ntc {
                    let slot = u16::try_from(self.slot).expect("a slot number");
                    act.m.add_rx_frag(self.ring, slot, self.skb, 0);
                    self.slot = self.next(act);
                }
                Flow::Return(self.skb.0)
            }
        }
    }
}

impl IceConstructSkb {
    fn next<S: Sink>(self, act: &Act<'_, S>) -> u32 {
        (self.slot + 1) % u32::from(act.m.rings[self.ring.index()].count)
    }

    fn after_first<S: Sink>(&mut self, act: &Act<'_, S>) -> Flow<ConstructLine> {
        self.slot = self.next(act);
        if self.slot == self.ntc {
            return Flow::Return(self.skb.0);
        }
        Flow::Next(ConstructLine::AddFrags)
    }
}
