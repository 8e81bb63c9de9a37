//! `igb` with `legacy-rx`: headers are copied, the rest of the packet stays in its buffers.
//!
//! Left out: timestamps in the buffer.

use crate::fact::{Sink, routine};
use crate::kernel::alloc_skb::{EthGetHeadlen, NapiAllocSkb};
use crate::kernel::driver::page::RX_HDR_SIZE;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{RingId, SkbId};

routine! {
    /// Copies the packet's headers, or all of a short one; the rest stays as a fragment.
    IgbConstructSkb { ring: RingId, slot: u32, skb: SkbId } lines ConstructLine;
    Inlined "igb_construct_skb" "drivers/net/ethernet/intel/igb/igb_main.c" : 8496;
    Alloc 8515 "skb = napi_alloc_skb(&q_vector->napi, IGB_RX_HDR_LEN)" Driver Calls RxBuf Cpu;
    TestSize 8524 "if !skb: return NULL; headlen = size; if > 256: eth_get_headlen(data)"
        Driver Tests Skb Cpu reads["xdp_buff.data", "xdp_buff.data_end"];
    Copy 8528 "memcpy(__skb_put(skb, headlen), xdp->data)" Driver Copies Skb Copy
        reads["xdp_buff.data"] writes["sk_buff.tail", "sk_buff.len"];
    AddRest 8533 "size -= headlen; skb_add_rx_frag(skb, 0, page, data + headlen, size)"
        Driver Links Skb Cpu reads["igb_rx_buffer.page"]
        writes["skb_shared_info.frags", "skb_shared_info.nr_frags", "sk_buff.len",
               "sk_buff.data_len", "sk_buff.truesize"];
    Flip 8537 "page_offset ^= truesize" Driver Writes RxBuf Cpu
        writes["igb_rx_buffer.page_offset"];
    TakeBack 8542 "nothing is left: pagecnt_bias++" Driver Writes RxBuf Cpu
        writes["igb_rx_buffer.pagecnt_bias"];
}

impl Run for IgbConstructSkb {
    fn run<S: Sink>(&mut self, line: ConstructLine, act: &mut Act<'_, S>) -> Flow<ConstructLine> {
        use ConstructLine as L;
        let slot = u16::try_from(self.slot).expect("a slot number");
        let packet = act.m.packet_in(self.ring, self.slot);
        let size = u32::from(act.m.rings[self.ring.index()].descriptors[usize::from(slot)].length);
        match line {
            L::Alloc | L::Flip | L::TakeBack => act.did(self.slot, packet),
            L::TestSize => {
                self.skb = SkbId(act.result());
                act.did(self.skb.0, packet);
            }
            _ => act.did_skb(self.skb),
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
                Flow::Next(L::Flip)
            }
            L::Flip => {
                act.m.flip_half(self.ring, slot);
                Flow::Return(self.skb.0)
            }
            L::TakeBack => {
                act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].pagecnt_bias += 1;
                Flow::Return(self.skb.0)
            }
        }
    }
}
