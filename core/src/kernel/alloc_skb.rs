//! An `sk_buff` with a small head of its own, for headers that are copied out of a buffer.
//!
//! Left out: heads of other sizes, pages from the emergency reserve.

use super::build_skb::{BuildSkbAround, refill_cache, take_cached};
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, ETH_P_IP, Fault, Flow, Run, WireFrame};
use crate::units::{PacketId, RingId, SkbId};

/// Bytes of a small head (`SZ_1K`).
pub(crate) const SMALL_HEAD: u16 = 1024;
/// Bytes before the packet in it (`NET_SKB_PAD`).
const NET_SKB_PAD: u16 = 64;
/// Small heads in a page.
const HEADS: u16 = 4;

routine! {
    /// Allocates an `sk_buff` whose head is 1 KiB of this CPU's page, for the buffer of `slot`.
    NapiAllocSkb { ring: RingId, slot: u32, skb: SkbId } lines AllocLine;
    Visible "napi_alloc_skb" "net/core/skbuff.c" : 806;
    Head 851 "data = page_frag_alloc_1k(&nc->page_small)" Kernel Takes Page Cpu
        reads["page_frag_1k.va", "page_frag_1k.offset"] writes["page_frag_1k.offset"];
    Page 252 "used up: page = alloc_pages_node(0); page_ref_add(page, 3)"
        Kernel Allocates Page PageAlloc writes["page_frag_1k.va", "page._refcount"];
    NoHead 862 "if !data: return NULL" Kernel Returns Skb Cpu;
    Take 864 "skb = __napi_build_skb(data, 1024): napi_skb_cache_get()" Kernel Takes Skb Slab
        reads["napi_alloc_cache.skb_count", "napi_alloc_cache.skb_cache"]
        writes["napi_alloc_cache.skb_count"];
    Refill 356 "skb_count = kmem_cache_alloc_bulk(skbuff_cache, GFP_ATOMIC, 16)"
        Kernel Allocates SkbList Slab
        writes["napi_alloc_cache.skb_cache", "napi_alloc_cache.skb_count"];
    FreeHead 866 "if !skb: skb_free_frag(data); return NULL" Kernel Frees Page Atomic
        writes["page._refcount"];
    Build 545 "__build_skb_around(skb, data, 1024)" Kernel Calls Skb Cpu;
    Reserve 875 "head_frag = 1; skb_reserve(skb, NET_SKB_PAD)" Kernel Writes Skb Cpu
        writes["sk_buff.head_frag", "sk_buff.data", "sk_buff.tail"];
}

impl NapiAllocSkb {
    pub(super) fn of(ring: RingId, slot: u32) -> Self {
        Self { ring, slot, skb: SkbId::NONE }
    }

    /// Lines that get the head's memory.
    fn head<S: Sink>(line: AllocLine, packet: PacketId, act: &mut Act<'_, S>) -> Flow<AllocLine> {
        use AllocLine as L;
        let small = &mut act.cpu().page_small;
        if line == L::Head {
            if small.offset == 0 {
                act.did(crate::units::PageId::NONE.0, packet);
                return Flow::Next(L::Page);
            }
            small.offset -= SMALL_HEAD;
            let page = small.page;
            act.did(page.0, packet);
            return Flow::Next(L::Take);
        }
        let Some(page) = act.m.memory.allocate() else {
            act.did(crate::units::PageId::NONE.0, packet);
            return Flow::Next(L::NoHead);
        };
        act.m.memory.pages[page.index()].refcount += u32::from(HEADS - 1);
        let small = &mut act.cpu().page_small;
        (small.page, small.offset) = (page, (HEADS - 1) * SMALL_HEAD);
        act.did(page.0, packet);
        Flow::Next(L::Take)
    }
}

impl Run for NapiAllocSkb {
    fn run<S: Sink>(&mut self, line: AllocLine, act: &mut Act<'_, S>) -> Flow<AllocLine> {
        use AllocLine as L;
        let packet = act.m.packet_in(self.ring, self.slot);
        let small = act.cpu().page_small;
        match line {
            L::Head | L::Page => Self::head(line, packet, act),
            L::NoHead => {
                act.did(SkbId::NONE.0, packet);
                Flow::Return(SkbId::NONE.0)
            }
            L::Take => {
                self.skb = take_cached(act, packet);
                Flow::Next(if self.skb.is_none() { L::Refill } else { L::Build })
            }
            L::Refill => Flow::Next(if refill_cache(act) { L::Take } else { L::FreeHead }),
            L::FreeHead => {
                act.did(small.page.0, packet);
                act.m.memory.put(small.page, 1);
                Flow::Return(SkbId::NONE.0)
            }
            L::Build => {
                act.did_skb(self.skb);
                let (offset, size) = (u32::from(small.offset), u32::from(SMALL_HEAD));
                let around = BuildSkbAround { skb: self.skb, page: small.page, offset, size };
                Flow::Call(CallFrame::of(around), L::Reserve)
            }
            L::Reserve => {
                act.m.skbs.objects[self.skb.index()].data_offset = NET_SKB_PAD;
                act.did_skb(self.skb);
                Flow::Return(self.skb.0)
            }
        }
    }
}

routine! {
    /// Finds how many bytes of a frame are headers. Returns that.
    EthGetHeadlen { skb: SkbId } lines HeadlenLine;
    Visible "eth_get_headlen" "net/ethernet/eth.c" : 125;
    Dissect 142 "flow dissector: Ethernet, IP, transport; min(__skb_get_poff(), 256)"
        Kernel Reads Skb Miss reads["ethhdr.h_proto", "iphdr.ihl", "iphdr.protocol"];
}

impl Run for EthGetHeadlen {
    fn run<S: Sink>(&mut self, _: HeadlenLine, act: &mut Act<'_, S>) -> Flow<HeadlenLine> {
        act.did_skb(self.skb);
        let frame = act.traffic.frames[act.m.packet_of(self.skb).index()];
        Flow::Return(header_length(&frame))
    }
}

/// Bytes of a frame's headers, as far as the frame was parsed: what is not IPv4 counts its Ethernet
/// header alone, each fragment its IP header, a header that is refused nothing beyond Ethernet's.
fn header_length(frame: &WireFrame) -> u32 {
    const ETH_HLEN: u32 = 14;
    if frame.ethertype != ETH_P_IP || frame.fault == Fault::IpHeader {
        return ETH_HLEN;
    }
    // __skb_get_poff(), net/core/flow_dissector.c.
    let transport = match frame.protocol {
        _ if frame.fragment => 0,
        6 => u32::from(frame.tcp.length.max(20)),
        1 | 2 | 17 | 136 => 8,
        33 | 132 => 12,
        _ => 0,
    };
    ETH_HLEN + u32::from(frame.ip_header) + transport
}
