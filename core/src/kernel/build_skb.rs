//! Wrapping an `sk_buff` around a buffer that the device wrote, and freeing it after use.
//!
//! Left out: clones, `dataref`, page_pool, remote CPUs' deferred frees.

use super::softirq::LocalBhEnableIp;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Flow, Frag, Machine, Run, SOFTIRQ_DISABLE_OFFSET, SkBuff};
use crate::units::{PacketId, PageId, RingId, SkbId};

/// `sk_buff`s that a CPU's cache takes from the slab at once (`NAPI_SKB_CACHE_BULK`).
const NAPI_SKB_CACHE_BULK: usize = 16;

routine! {
    /// Takes an `sk_buff` from this CPU's cache and points it at the buffer of `slot`.
    NapiBuildSkb { ring: RingId, slot: u32, skb: SkbId } lines BuildLine;
    Visible "napi_build_skb" "net/core/skbuff.c" : 560;
    Take 355 "skb = napi_alloc_cache.pop(); if empty: refill" Kernel Takes Skb Slab
        reads["napi_alloc_cache.skb_count", "napi_alloc_cache.skb_cache"]
        writes["napi_alloc_cache.skb_count"];
    Refill 356 "kmem_cache_alloc_bulk(skbuff_cache, GFP_ATOMIC, 16)" Kernel Allocates SkbList Slab
        writes["napi_alloc_cache.skb_cache", "napi_alloc_cache.skb_count"];
    Fail 362 "return NULL" Kernel Returns Skb Cpu;
    Build 545 "__build_skb_around(skb, data, frag_size)" Kernel Calls Skb Cpu;
    Mark 565 "skb->head_frag = 1" Kernel Writes Skb Cpu writes["sk_buff.head_frag"];
}

impl Run for NapiBuildSkb {
    fn run<S: Sink>(&mut self, line: BuildLine, act: &mut Act<'_, S>) -> Flow<BuildLine> {
        use BuildLine as L;
        match line {
            L::Take => {
                let packet = act.m.packet_in(self.ring, self.slot);
                self.skb = take_cached(act, packet);
                Flow::Next(if self.skb.is_none() { L::Refill } else { L::Build })
            }
            L::Refill => Flow::Next(if refill_cache(act) { L::Take } else { L::Fail }),
            L::Fail => {
                act.did(SkbId::NONE.0, PacketId::NONE);
                Flow::Return(SkbId::NONE.0)
            }
            L::Build => {
                act.did_skb(self.skb);
                let buf = act.m.rings[self.ring.index()].rx_buf[self.slot as usize];
                let settings = act.m.settings;
                let around = BuildSkbAround {
                    skb: self.skb,
                    page: buf.page,
                    offset: u32::from(buf.page_offset - settings.rx_offset()),
                    size: u32::from(settings.frame_sz()),
                };
                Flow::Call(CallFrame::of(around), L::Mark)
            }
            L::Mark => {
                act.did_skb(self.skb);
                Flow::Return(self.skb.0)
            }
        }
    }
}

/// Takes a free `sk_buff` out of this CPU's cache for `packet`, or none if the cache is empty.
pub(super) fn take_cached<S: Sink>(act: &mut Act<'_, S>, packet: PacketId) -> SkbId {
    let skb = act.cpu().skb_cache.pop().unwrap_or(SkbId::NONE);
    act.did(skb.0, packet);
    if let Some(taken) = skb.some() {
        let record = &mut act.m.skbs.objects[taken.index()];
        (record.packet, record.live) = (packet, true);
    }
    skb
}

/// Fills this CPU's cache from the slab. Returns whether there was memory.
pub(super) fn refill_cache<S: Sink>(act: &mut Act<'_, S>) -> bool {
    if act.m.skb_failures_left > 0 {
        act.m.skb_failures_left -= 1;
        act.did(0, PacketId::NONE);
        return false;
    }
    for _ in 0..NAPI_SKB_CACHE_BULK {
        let skb = act.m.skbs.allocate();
        act.cpu().skb_cache.push(skb);
    }
    act.did(16, PacketId::NONE);
    true
}

routine! {
    /// Fills an `sk_buff` in for a buffer of `size` bytes.
    BuildSkbAround { skb: SkbId, page: PageId, offset: u32, size: u32 } lines AroundLine;
    Visible "__build_skb_around" "net/core/skbuff.c" : 440;
    Point 383 "head = data = buffer; tail, end, truesize; users = dataref = 1" Kernel Writes Skb Cpu
        writes["sk_buff.head", "sk_buff.data", "sk_buff.tail", "sk_buff.end", "sk_buff.truesize",
               "sk_buff.users", "skb_shared_info.dataref", "sk_buff.alloc_cpu",
               "sk_buff.mac_header", "sk_buff.transport_header"];
}

impl Run for BuildSkbAround {
    fn run<S: Sink>(&mut self, _: AroundLine, act: &mut Act<'_, S>) -> Flow<AroundLine> {
        let record = &mut act.m.skbs.objects[self.skb.index()];
        *record = SkBuff {
            packet: record.packet,
            page: self.page,
            page_offset: u16::try_from(self.offset).expect("within a block"),
            head_size: u16::try_from(self.size).expect("half a block at most"),
            live: true,
            ..SkBuff::default()
        };
        record.truesize = record.head_truesize();
        act.did_skb(self.skb);
        Flow::Return(0)
    }
}

/// Bytes of the shortest Ethernet frame without its FCS (`ETH_ZLEN`).
const ETH_ZLEN: u32 = 60;

/// Whether `eth_skb_pad` has something to do: only padding was missing from the capture.
pub(crate) fn is_short(skb: &SkBuff) -> bool {
    skb.len < ETH_ZLEN
}

/// Appends zeros up to the shortest Ethernet frame (`eth_skb_pad`).
pub(crate) fn pad(skb: &mut SkBuff) {
    skb.len = ETH_ZLEN;
}

/// Steps over the headroom and takes the bytes in the buffer of `slot` in (`skb_reserve`,
/// `__skb_put`).
pub(crate) fn reserve_and_put<S: Sink>(act: &mut Act<'_, S>, ring: RingId, slot: u32, skb: SkbId) {
    let size = act.m.rings[ring.index()].descriptors[slot as usize].length;
    let record = &mut act.m.skbs.objects[skb.index()];
    record.data_offset = act.m.settings.rx_offset();
    record.len = u32::from(size);
}

routine! {
    /// Drops the data's reference to its page.
    SkbReleaseData { skb: SkbId } lines ReleaseLine;
    Visible "skb_release_data" "net/core/skbuff.c" : 1097;
    PutPage 1091 "skb_free_head(): give back one reference of the page" Kernel Frees Page Atomic
        reads["sk_buff.head_frag", "sk_buff.head", "sk_buff.cloned", "sk_buff.pp_recycle",
              "skb_shared_info.nr_frags", "skb_shared_info.frag_list", "skb_frag.netmem"]
        writes["page._refcount"];
}

impl Run for SkbReleaseData {
    fn run<S: Sink>(&mut self, _: ReleaseLine, act: &mut Act<'_, S>) -> Flow<ReleaseLine> {
        let SkBuff { page, packet, .. } = act.m.skbs.objects[self.skb.index()];
        act.m.memory.put(page, 1);
        act.m.skbs.objects[self.skb.index()].page = PageId::NONE;
        act.m.release_merged(self.skb);
        act.did(page.0, packet);
        Flow::Return(0)
    }
}

routine! {
    /// Gives the `sk_buff` itself back to the slab.
    KfreeSkbmem { skb: SkbId } lines FreeMemLine;
    Visible "kfree_skbmem" "net/core/skbuff.c" : 1137;
    Free 1143 "kmem_cache_free(skbuff_cache, skb)" Kernel Frees Skb Slab reads["sk_buff.fclone"];
}

impl Run for KfreeSkbmem {
    fn run<S: Sink>(&mut self, _: FreeMemLine, act: &mut Act<'_, S>) -> Flow<FreeMemLine> {
        act.did_skb(self.skb);
        act.m.skbs.release(self.skb);
        Flow::Return(0)
    }
}

routine! {
    /// Drops a packet: states the reason and frees it.
    KfreeSkbReason { skb: SkbId, reason: u32 } lines DropLine;
    Visible "sk_skb_reason_drop" "net/core/skbuff.c" : 1234;
    Reason 1219 "trace_kfree_skb(skb, reason)" Kernel Drops Reason Cpu reads["sk_buff.users"];
    Release 1199 "skb_release_all(skb)" Kernel Calls Skb Cpu
        reads["sk_buff.destructor", "sk_buff._skb_refdst"];
    Free 1200 "kfree_skbmem(skb)" Kernel Calls Skb Cpu;
}

impl Run for KfreeSkbReason {
    fn run<S: Sink>(&mut self, line: DropLine, act: &mut Act<'_, S>) -> Flow<DropLine> {
        match line {
            DropLine::Reason => {
                let reason = crate::machine::DropReason::ALL[self.reason as usize];
                // Each merged segment is a frame of its own.
                for _ in 0..act.m.skbs.packets(self.skb).count() {
                    act.m.drops.count(reason);
                }
                act.m.skbs.objects[self.skb.index()].counted = true;
                let packet = act.m.skbs.objects[self.skb.index()].packet;
                act.did(self.reason, packet);
                Flow::Next(DropLine::Release)
            }
            DropLine::Release => {
                act.did_skb(self.skb);
                Flow::Call(CallFrame::of(SkbReleaseData { skb: self.skb }), DropLine::Free)
            }
            DropLine::Free => {
                act.did_skb(self.skb);
                Flow::CallLast(CallFrame::of(KfreeSkbmem { skb: self.skb }))
            }
        }
    }
}

impl Machine {
    /// Drops what was merged into `skb`: its fragments' pages, and the chained `sk_buff`s.
    pub(super) fn release_merged(&mut self, skb: SkbId) {
        while let Some(frag) = self.skbs.pop_frag(skb) {
            self.put_frag(&frag);
        }
        let mut chained = std::mem::take(&mut self.skbs.objects[skb.index()].frag_list);
        while let Some(part) = chained.some() {
            chained = self.skbs.objects[part.index()].next;
            self.memory.put(self.skbs.objects[part.index()].page, 1);
            while let Some(frag) = self.skbs.pop_frag(part) {
                self.put_frag(&frag);
            }
            self.skbs.release(part);
        }
    }

    /// Drops a fragment's reference to its page; bytes that were copied into a head have none.
    fn put_frag(&mut self, frag: &Frag) {
        if !frag.page.is_none() {
            self.memory.put(frag.page, 1);
        }
    }
}

/// `sk_buff`s that a CPU's cache holds (`NAPI_SKB_CACHE_SIZE`); half go back when it is full.
const NAPI_SKB_CACHE_SIZE: usize = 64;

routine! {
    /// Gives an `sk_buff` whose data is gone back to this CPU's cache.
    NapiSkbCachePut { skb: SkbId } lines CachePutLine;
    Visible "napi_skb_cache_put" "net/core/skbuff.c" : 1450;
    Put 1459 "nc->skb_cache.push(skb)" Kernel Gives Skb Cpu reads["napi_alloc_cache.skb_count"]
        writes["napi_alloc_cache.skb_cache", "napi_alloc_cache.skb_count"];
    Overflow 1466 "cache full: the upper half back to the slab" Kernel Frees SkbList Slab
        reads["napi_alloc_cache.skb_cache"] writes["napi_alloc_cache.skb_count"];
}

impl Run for NapiSkbCachePut {
    fn run<S: Sink>(&mut self, line: CachePutLine, act: &mut Act<'_, S>) -> Flow<CachePutLine> {
        match line {
            CachePutLine::Put => {
                act.did_skb(self.skb);
                act.m.skbs.objects[self.skb.index()] = SkBuff::default();
                act.cpu().skb_cache.push(self.skb);
                if act.cpu().skb_cache.len() == NAPI_SKB_CACHE_SIZE {
                    return Flow::Next(CachePutLine::Overflow);
                }
                Flow::Return(0)
            }
            CachePutLine::Overflow => {
                let half = NAPI_SKB_CACHE_SIZE / 2;
                for _ in 0..half {
                    let skb = act.cpu().skb_cache.pop().expect("a full cache");
                    act.m.skbs.release(skb);
                }
                act.did(32, PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Frees a packet of which only the head is left.
    NapiKfreeSkb { skb: SkbId } lines NapiFreeLine;
    Visible "__napi_kfree_skb" "net/core/skbuff.c" : 1473;
    Release 1475 "skb_release_all(skb)" Kernel Calls Skb Cpu
        reads["sk_buff.destructor", "sk_buff._skb_refdst"];
    Put 1476 "napi_skb_cache_put(skb)" Kernel Calls Skb Cpu;
}

impl Run for NapiKfreeSkb {
    fn run<S: Sink>(&mut self, line: NapiFreeLine, act: &mut Act<'_, S>) -> Flow<NapiFreeLine> {
        act.did_skb(self.skb);
        let skb = self.skb;
        match line {
            NapiFreeLine::Release => {
                Flow::Call(CallFrame::of(SkbReleaseData { skb }), NapiFreeLine::Put)
            }
            NapiFreeLine::Put => Flow::CallLast(CallFrame::of(NapiSkbCachePut { skb })),
        }
    }
}

routine! {
    /// Frees the `sk_buff` of a merged packet; its head lives on as a fragment.
    NapiSkbFreeStolenHead { skb: SkbId } lines StolenLine;
    Visible "napi_skb_free_stolen_head" "net/core/skbuff.c" : 1479;
    Put 1488 "napi_skb_cache_put(skb)" Kernel Calls Skb Cpu;
}

impl Run for NapiSkbFreeStolenHead {
    fn run<S: Sink>(&mut self, _: StolenLine, act: &mut Act<'_, S>) -> Flow<StolenLine> {
        act.did_skb(self.skb);
        Flow::CallLast(CallFrame::of(NapiSkbCachePut { skb: self.skb }))
    }
}

routine! {
    /// Frees a packet that was read, where its memory came from: here always this CPU.
    SkbAttemptDeferFree { skb: SkbId } lines DeferLine;
    Visible "skb_attempt_defer_free" "net/core/skbuff.c" : 7180;
    TestCpu 7187 "if skb->alloc_cpu is this CPU: kfree_skb_napi_cache()" Kernel Tests Skb Cpu
        reads["sk_buff.alloc_cpu"];
    Release 7168 "local_bh_disable(); skb_release_all(skb)" Kernel Calls Skb Cpu
        reads["sk_buff.destructor", "sk_buff._skb_refdst"] writes["pcpu_hot.preempt_count"];
    Put 1475 "napi_skb_cache_put(skb)" Kernel Calls Skb Cpu;
    Enable 7169 "local_bh_enable()" Kernel Calls Cpu Cpu;
}

impl Run for SkbAttemptDeferFree {
    fn run<S: Sink>(&mut self, line: DeferLine, act: &mut Act<'_, S>) -> Flow<DeferLine> {
        let skb = self.skb;
        if line == DeferLine::Enable {
            act.did(act.cpu.0, PacketId::NONE);
        } else {
            act.did_skb(skb);
        }
        match line {
            DeferLine::TestCpu => Flow::Next(DeferLine::Release),
            DeferLine::Release => {
                act.cpu().preempt_count += SOFTIRQ_DISABLE_OFFSET;
                Flow::Call(CallFrame::of(SkbReleaseData { skb }), DeferLine::Put)
            }
            DeferLine::Put => Flow::Call(CallFrame::of(NapiSkbCachePut { skb }), DeferLine::Enable),
            DeferLine::Enable => Flow::CallLast(CallFrame::of(LocalBhEnableIp {})),
        }
    }
}
