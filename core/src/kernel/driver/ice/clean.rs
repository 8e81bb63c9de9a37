//! Intel `ice`'s clean loop: one packet a turn, then one refill.
//!
//! Left out: XDP and AF_XDP, Flow Director status descriptors, VLAN tags, timestamps.

use super::construct::IceConstructSkb;
use super::refill::IceAllocRxBufs;
use crate::fact::{Sink, routine};
use crate::hardware::descriptor::{DD, EOP, ICE_RXE, checksum_verified};
use crate::kernel::build_skb::{KfreeSkbReason, NapiBuildSkb, is_short, pad, reserve_and_put};
use crate::kernel::driver::dma::DmaUnmapPageAttrs;
use crate::kernel::gro::{EthTypeTrans, NapiGroReceive};
use crate::machine::{Act, CallFrame, Driver, DropReason, Flow, Run};
use crate::units::{PacketId, RingId, SkbId, ring_next, ring_previous};

routine! {
    /// The clean loop: one packet a turn, then one refill.
    IceCleanRxIrq { ring: RingId, packets: u32, ntc: u32, failed: u32 } lines IceCleanLine;
    Visible "ice_clean_rx_irq" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 1183;
    Loop 1203 "while total_rx_pkts < budget" Driver Tests Budget Cpu;
    TestDd 1220 "if !(rx_desc->wb.status_error0 & DD): break" Driver Tests Descriptor Miss
        reads["ice_rx_ring.next_to_clean", "ice_32b_rx_flex_desc.wb.status_error0",
              "ice_rx_ring.desc"];
    Barrier 1227 "dma_rmb()" Driver Reads Descriptor Cpu;
    ReadSize 1242 "size = rx_desc->wb.pkt_len" Driver Reads Descriptor Cpu
        reads["ice_32b_rx_flex_desc.wb.pkt_len"];
    GetBuffer 930 "rx_buf = ice_get_rx_buf(): pagecnt_bias--; ntc++" Driver Takes RxBuf Cpu
        reads["ice_rx_buf.page", "ice_rx_ring.rx_buf"] writes["ice_rx_buf.pagecnt_bias"];
    PrepareBuff 1257 "xdp_prepare_buff(xdp, hard_start, offset, size)" Driver Writes RxBuf Cpu
        reads["ice_rx_buf.page_offset"]
        writes["xdp_buff.data", "xdp_buff.data_end", "xdp_buff.data_hard_start"];
    AddFrag 865 "ice_add_xdp_frag(): frags[nr_frags++] = { page, page_offset, size }"
        Driver Links RxBuf Cpu reads["ice_rx_buf.page", "ice_rx_buf.page_offset"]
        writes["skb_shared_info.frags", "skb_shared_info.nr_frags",
               "skb_shared_info.xdp_frags_size", "skb_frag.netmem", "skb_frag.offset",
               "skb_frag.len"];
    TestEop 38 in "drivers/net/ethernet/intel/ice/ice_txrx_lib.h"
        "if !(status_error0 & EOF): continue" Driver Tests Descriptor Cpu
        reads["ice_32b_rx_flex_desc.wb.status_error0"];
    SampleCount 953 "ice_get_pgcnts(): each rx_buf->pgcnt = page_count(page)" Driver Reads Page Cpu
        reads["page._refcount"] writes["ice_rx_buf.pgcnt"];
    BuildSkb 1281 "no XDP program; skb = ice_build_skb(rx_ring, xdp)" Driver Calls Descriptor Cpu
        reads["ice_rx_ring.xdp_prog"];
    ConstructSkb 1283 "legacy-rx: skb = ice_construct_skb(rx_ring, xdp)" Driver Calls Descriptor
        Cpu reads["ice_rx_ring.flags"];
    PutBuffer 1289 "ice_put_rx_mbuf(rx_ring, xdp, ntc, verdict)" Driver Calls RxBuf Cpu;
    TestSkb 1291 "if !skb: break" Driver Tests Skb Cpu;
    DropError 1297 "if RXE: dev_kfree_skb_any(skb), continue" Driver Calls Skb Cpu
        reads["ice_32b_rx_flex_desc.wb.status_error0"];
    Pad 1304 "eth_skb_pad(skb): zeros up to 60 bytes" Driver Writes Skb Cpu
        writes["sk_buff.tail", "sk_buff.len"];
    Fields 1311 "ice_process_skb_fields(rx_ring, rx_desc, skb)" Driver Calls Skb Cpu;
    Receive 1315 "ice_receive_skb(rx_ring, skb, vlan_tci)" Driver Calls Skb Cpu;
    Count 1318 "total_rx_pkts++" Driver Counts Budget Cpu;
    StoreClean 1321 "rx_ring->next_to_clean = ntc" Driver Writes Ring Cpu
        writes["ice_rx_ring.next_to_clean"];
    Refill 1323 "failure = ice_alloc_rx_bufs(rx_ring, ICE_RX_DESC_UNUSED)" Driver Calls Ring Cpu
        reads["ice_rx_ring.first_desc", "ice_rx_ring.next_to_use"];
    Return 1333 "return budget if the refill failed, else total_rx_pkts" Driver Returns Budget Cpu;
}

impl Run for IceCleanRxIrq {
    fn run<S: Sink>(&mut self, line: IceCleanLine, act: &mut Act<'_, S>) -> Flow<IceCleanLine> {
        use IceCleanLine as L;
        match line {
            L::Loop => {
                act.did(self.packets, PacketId::NONE);
                let more = self.packets < self.weight(act);
                Flow::Next(if more { L::TestDd } else { L::StoreClean })
            }
            L::TestDd | L::Barrier | L::ReadSize | L::TestEop => self.read(line, act),
            L::GetBuffer | L::PrepareBuff | L::AddFrag => self.buffer(line, act),
            L::SampleCount | L::BuildSkb | L::ConstructSkb | L::PutBuffer => self.wrap(line, act),
            L::TestSkb | L::DropError | L::Pad | L::Fields | L::Receive | L::Count => {
                self.packet(line, act)
            }
            L::StoreClean | L::Refill | L::Return => self.finish(line, act),
        }
    }
}

impl IceCleanRxIrq {
    fn weight<S: Sink>(self, act: &Act<'_, S>) -> u32 {
        let napi = &act.m.napis[act.m.rings[self.ring.index()].napi.index()];
        u32::from(napi.weight)
    }

    /// The first slot of the packet in hand; the others follow up to `ntc`, and are its fragments.
    fn first<S: Sink>(self, act: &Act<'_, S>) -> u16 {
        act.m.rings[self.ring.index()].first_desc
    }

    /// The slot read last: `ntc` moved on when its buffer was taken.
    fn last<S: Sink>(self, act: &Act<'_, S>) -> u16 {
        ring_previous(self.ntc(), act.m.rings[self.ring.index()].count)
    }

    /// The status of the packet's last descriptor.
    fn last_status<S: Sink>(self, act: &Act<'_, S>) -> u32 {
        act.m.rings[self.ring.index()].descriptors[usize::from(self.last(act))].status
    }

    #[expect(clippy::cast_possible_truncation, reason = "a slot number")]
    fn ntc(self) -> u16 {
        self.ntc as u16
    }

    /// Lines that read the descriptor.
    fn read<S: Sink>(&mut self, line: IceCleanLine, act: &mut Act<'_, S>) -> Flow<IceCleanLine> {
        use IceCleanLine as L;
        let slot = if line == L::TestEop { u32::from(self.last(act)) } else { self.ntc };
        let status = act.m.rings[self.ring.index()].descriptors[slot as usize].status;
        let done = status & DD != 0;
        let packet = if done { act.m.packet_in(self.ring, slot) } else { PacketId::NONE };
        act.did(slot, packet);
        Flow::Next(match line {
            L::TestDd if !done => L::StoreClean,
            L::TestDd => L::Barrier,
            L::Barrier => L::ReadSize,
            L::ReadSize => L::GetBuffer,
            _ if status & EOP != 0 => L::SampleCount,
            _ => {
                act.m.rings[self.ring.index()].non_eop_descs += 1;
                L::Loop
            }
        })
    }

    /// Lines that take the buffer.
    fn buffer<S: Sink>(&mut self, line: IceCleanLine, act: &mut Act<'_, S>) -> Flow<IceCleanLine> {
        use IceCleanLine as L;
        let slot = if line == L::GetBuffer { self.ntc() } else { self.last(act) };
        let packet = act.m.packet_in(self.ring, u32::from(slot));
        act.did(u32::from(slot), packet);
        match line {
            L::GetBuffer => {
                act.m.take_buffer(self.ring, slot);
                let count = act.m.rings[self.ring.index()].count;
                self.ntc = u32::from(ring_next(slot, count));
                // xdp->data is set from the packet's first buffer to the end of its last.
                Flow::Next(if slot == self.first(act) { L::PrepareBuff } else { L::AddFrag })
            }
            // The slots from first_desc to ntc are the fragments; no list is kept beside them.
            _ => Flow::Next(L::TestEop),
        }
    }

    /// Lines that make an `sk_buff` of the packet's buffers.
    fn wrap<S: Sink>(&mut self, line: IceCleanLine, act: &mut Act<'_, S>) -> Flow<IceCleanLine> {
        use IceCleanLine as L;
        let first = self.first(act);
        let packet = act.m.packet_in(self.ring, u32::from(first));
        let object = match line {
            L::SampleCount => act.m.rings[self.ring.index()].rx_buf[usize::from(first)].page.0,
            _ => u32::from(first),
        };
        act.did(object, packet);
        match line {
            L::SampleCount => {
                let ring = &mut act.m.rings[self.ring.index()];
                let mut slot = first;
                while u32::from(slot) != self.ntc {
                    let buf = &mut ring.rx_buf[usize::from(slot)];
                    buf.pgcnt = act.m.memory.pages[buf.page.index()].refcount;
                    slot = ring_next(slot, ring.count);
                }
                let legacy = act.m.settings.legacy_rx;
                Flow::Next(if legacy { L::ConstructSkb } else { L::BuildSkb })
            }
            L::ConstructSkb => {
                let (ring, slot, skb) = (self.ring, u32::from(first), SkbId::NONE);
                let construct = IceConstructSkb { ring, slot, ntc: self.ntc, skb };
                Flow::Call(CallFrame::of(construct), L::PutBuffer)
            }
            L::BuildSkb => {
                let slot = u32::from(first);
                let build = IceBuildSkb { ring: self.ring, slot, ntc: self.ntc, skb: SkbId::NONE };
                Flow::Call(CallFrame::of(build), L::PutBuffer)
            }
            _ => {
                let skb = SkbId(act.result());
                let ring = &mut act.m.rings[self.ring.index()];
                ring.skb = skb;
                ring.alloc_buf_failed += u32::from(skb.is_none());
                let put = IcePutRxMbuf {
                    ring: self.ring,
                    slot: u32::from(first),
                    ntc: self.ntc,
                    built: u32::from(!skb.is_none()),
                };
                Flow::Call(CallFrame::of(put), L::TestSkb)
            }
        }
    }

    /// Lines that handle the packet.
    fn packet<S: Sink>(&mut self, line: IceCleanLine, act: &mut Act<'_, S>) -> Flow<IceCleanLine> {
        use IceCleanLine as L;
        let ring = &mut act.m.rings[self.ring.index()];
        let skb = ring.skb;
        if skb.is_none() {
            act.did(SkbId::NONE.0, PacketId::NONE);
            return Flow::Next(L::StoreClean);
        }
        if line == L::Count {
            ring.skb = SkbId::NONE;
            self.packets += 1;
            act.did(self.packets, PacketId::NONE);
            return Flow::Next(L::Loop);
        }
        act.did_skb(skb);
        match line {
            L::TestSkb if self.last_status(act) & ICE_RXE != 0 => Flow::Next(L::DropError),
            L::TestSkb if is_short(&act.m.skbs.objects[skb.index()]) => Flow::Next(L::Pad),
            L::TestSkb => Flow::Next(L::Fields),
            L::DropError => {
                act.m.rings[self.ring.index()].skb = SkbId::NONE;
                let reason = DropReason::ReceiveError as u32;
                Flow::Call(CallFrame::of(KfreeSkbReason { skb, reason }), L::Loop)
            }
            L::Pad => {
                pad(&mut act.m.skbs.objects[skb.index()]);
                Flow::Next(L::Fields)
            }
            L::Fields => {
                let fields = IceProcessSkbFields { ring: self.ring, ntc: self.ntc, skb };
                Flow::Call(CallFrame::of(fields), L::Receive)
            }
            _ => Flow::Call(CallFrame::of(IceReceiveSkb { ring: self.ring, skb }), L::Count),
        }
    }

    /// Lines after the loop.
    fn finish<S: Sink>(&mut self, line: IceCleanLine, act: &mut Act<'_, S>) -> Flow<IceCleanLine> {
        use IceCleanLine as L;
        let weight = self.weight(act);
        let ntc = self.ntc();
        let ring = &mut act.m.rings[self.ring.index()];
        match line {
            L::StoreClean => {
                ring.next_to_clean = ntc;
                act.did(self.ring.0, PacketId::NONE);
                Flow::Next(L::Refill)
            }
            L::Refill => {
                let left = u32::from(ring.unused(ring.first_desc));
                let ntu = u32::from(ring.next_to_use);
                act.did(self.ring.0, PacketId::NONE);
                let refill = IceAllocRxBufs { ring: self.ring, left, ntu };
                Flow::Call(CallFrame::of(refill), L::Return)
            }
            _ => {
                self.failed = act.result();
                let returned = if self.failed != 0 { weight } else { self.packets };
                act.did(returned, PacketId::NONE);
                Flow::Return(returned)
            }
        }
    }
}

routine! {
    /// Wraps an `sk_buff` around the half page that the device wrote; copies nothing.
    IceBuildSkb { ring: RingId, slot: u32, ntc: u32, skb: SkbId } lines IceBuildLine;
    Inlined "ice_build_skb" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 970;
    Build 989 "skb = napi_build_skb(data_hard_start, frame_sz)" Driver Calls RxBuf Cpu
        reads["xdp_buff.data_hard_start", "xdp_buff.frame_sz"];
    Reserve 996 "skb_record_rx_queue(); skb_reserve(); __skb_put(size)" Driver Writes Skb Cpu
        reads["ice_rx_ring.q_index"]
        writes["sk_buff.queue_mapping", "sk_buff.data", "sk_buff.tail", "sk_buff.len"];
    Frags 1005 "if fragments: xdp_update_skb_shared_info(): len, data_len, truesize grow"
        Driver Writes Skb Cpu reads["skb_shared_info.xdp_frags_size"]
        writes["skb_shared_info.nr_frags", "sk_buff.len", "sk_buff.data_len",
               "sk_buff.truesize"];
}

impl Run for IceBuildSkb {
    fn run<S: Sink>(&mut self, line: IceBuildLine, act: &mut Act<'_, S>) -> Flow<IceBuildLine> {
        match line {
            IceBuildLine::Build => {
                act.did(self.slot, act.m.packet_in(self.ring, self.slot));
                let build = NapiBuildSkb { ring: self.ring, slot: self.slot, skb: SkbId::NONE };
                Flow::Call(CallFrame::of(build), IceBuildLine::Reserve)
            }
            IceBuildLine::Reserve => {
                self.skb = SkbId(act.result());
                let Some(skb) = self.skb.some() else {
                    act.did(SkbId::NONE.0, act.m.packet_in(self.ring, self.slot));
                    return Flow::Return(SkbId::NONE.0);
                };
                reserve_and_put(act, self.ring, self.slot, skb);
                act.m.skbs.objects[skb.index()].record_rx_queue(self.ring);
                act.did_skb(skb);
                self.slot = self.next(act);
                if self.slot == self.ntc {
                    return Flow::Return(skb.0);
                }
                Flow::Next(IceBuildLine::Frags)
            }
            IceBuildLine::Frags => {
                while self.slot != self.ntc {
                    let slot = u16::try_from(self.slot).expect("a slot number");
                    act.m.add_rx_frag(self.ring, slot, self.skb, 0);
                    self.slot = self.next(act);
                }
                act.did_skb(self.skb);
                Flow::Return(self.skb.0)
            }
        }
    }
}

impl IceBuildSkb {
    fn next<S: Sink>(self, act: &Act<'_, S>) -> u32 {
        (self.slot + 1) % u32::from(act.m.rings[self.ring.index()].count)
    }
}

routine! {
    /// Recycles or releases the buffers of the packet in hand.
    IcePutRxMbuf { ring: RingId, slot: u32, ntc: u32, built: u32 } lines PutLine;
    Visible "ice_put_rx_mbuf" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 1137;
    Flip 1159 "if delivered: page_offset ^= frame_sz; else pagecnt_bias++" Driver Writes RxBuf Cpu
        writes["ice_rx_buf.page_offset", "ice_rx_buf.pagecnt_bias"];
    TestReuse 816 "if pgcnt - pagecnt_bias <= 1: nobody holds the other half" Driver Tests RxBuf Cpu
        reads["ice_rx_buf.pgcnt", "ice_rx_buf.pagecnt_bias", "page.flags"];
    Reuse 892 "ice_reuse_rx_page(): rx_buf[next_to_alloc++] = this page" Driver Gives RxBuf Cpu
        reads["ice_rx_ring.next_to_alloc"]
        writes["ice_rx_ring.next_to_alloc", "ice_rx_buf.dma", "ice_rx_buf.page"];
    Unmap 1113 "dma_unmap_page_attrs(page)" Driver Calls RxBuf Cpu reads["ice_rx_buf.dma"];
    Drain 1116 "__page_frag_cache_drain(page, pagecnt_bias)" Driver Frees RxBuf Atomic
        reads["ice_rx_buf.pagecnt_bias"] writes["page._refcount", "ice_rx_buf.page"];
    Advance 1167 "xdp->data = NULL; first_desc = ntc" Driver Writes Ring Cpu
        writes["xdp_buff.data", "ice_rx_ring.first_desc"];
}

impl Run for IcePutRxMbuf {
    fn run<S: Sink>(&mut self, line: PutLine, act: &mut Act<'_, S>) -> Flow<PutLine> {
        use PutLine as L;
        let ring = &act.m.rings[self.ring.index()];
        let count = ring.count;
        let slot = u16::try_from(self.slot).expect("a slot number");
        let packet = act.m.packet_of(ring.skb);
        match line {
            L::Flip => {
                act.did(u32::from(slot), packet);
                if self.built == 0 {
                    let ring = &mut act.m.rings[self.ring.index()];
                    ring.rx_buf[usize::from(slot)].pagecnt_bias += 1;
                } else {
                    act.m.flip_half(self.ring, slot);
                }
                Flow::Next(L::TestReuse)
            }
            L::TestReuse => {
                act.did(u32::from(slot), packet);
                let reuse = act.m.can_reuse(self.ring, slot);
                Flow::Next(if reuse { L::Reuse } else { L::Unmap })
            }
            L::Reuse => {
                act.did(u32::from(slot), packet);
                act.m.reuse_page(self.ring, slot);
                Flow::Next(self.next(count))
            }
            L::Unmap => {
                act.did(u32::from(slot), packet);
                let page = act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].page;
                Flow::Call(CallFrame::of(DmaUnmapPageAttrs { page }), L::Drain)
            }
            L::Drain => {
                act.did(u32::from(slot), packet);
                act.m.release_page(self.ring, slot);
                Flow::Next(self.next(count))
            }
            L::Advance => {
                act.did(self.ring.0, PacketId::NONE);
                if self.built == 0 {
                    act.m.drops.count(DropReason::SkbAllocFailed);
                }
                act.m.rings[self.ring.index()].first_desc =
                    u16::try_from(self.ntc).expect("a slot number");
                Flow::Return(0)
            }
        }
    }
}

impl IcePutRxMbuf {
    /// On to the packet's next buffer, if there is one.
    fn next(&mut self, count: u16) -> PutLine {
        self.slot = (self.slot + 1) % u32::from(count);
        if self.slot == self.ntc { PutLine::Advance } else { PutLine::Flip }
    }
}

routine! {
    /// Takes over what the descriptor says about the packet.
    IceProcessSkbFields { ring: RingId, ntc: u32, skb: SkbId } lines FieldsLine;
    Visible "ice_process_skb_fields" "drivers/net/ethernet/intel/ice/ice_txrx_lib.c" : 192;
    Hash 80 "ice_rx_hash_to_skb(): skb->hash = rss_hash" Driver Writes Skb Cpu
        reads["ice_32b_rx_flex_desc_nic.rss_hash"]
        writes["sk_buff.hash", "sk_buff.l4_hash", "sk_buff.sw_hash"];
    Type 209 "skb->protocol = eth_type_trans(skb, netdev)" Driver Calls Skb Cpu
        reads["ice_rx_ring.netdev"] writes["sk_buff.protocol"];
    Checksum 146 "ice_rx_csum(): ip_summed = CHECKSUM_UNNECESSARY if L3L4P" Driver Writes Skb Cpu
        reads["ice_32b_rx_flex_desc.wb.status_error0"] writes["sk_buff.ip_summed"];
}

impl Run for IceProcessSkbFields {
    fn run<S: Sink>(&mut self, line: FieldsLine, act: &mut Act<'_, S>) -> Flow<FieldsLine> {
        let ring = &act.m.rings[self.ring.index()];
        let slot = (self.ntc + u32::from(ring.count) - 1) % u32::from(ring.count);
        let descriptor = ring.descriptors[slot as usize];
        let skb = &mut act.m.skbs.objects[self.skb.index()];
        match line {
            FieldsLine::Hash => {
                skb.hash = descriptor.rss_hash;
                act.did_skb(self.skb);
                Flow::Next(FieldsLine::Type)
            }
            FieldsLine::Type => {
                act.did_skb(self.skb);
                Flow::Call(CallFrame::of(EthTypeTrans { skb: self.skb }), FieldsLine::Checksum)
            }
            FieldsLine::Checksum => {
                skb.checksum_unnecessary = checksum_verified(Driver::Ice, &descriptor);
                act.did_skb(self.skb);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Hands the packet to GRO.
    IceReceiveSkb { ring: RingId, skb: SkbId } lines ReceiveLine;
    Visible "ice_receive_skb" "drivers/net/ethernet/intel/ice/ice_txrx_lib.c" : 228;
    Give 234 "napi_gro_receive(&q_vector->napi, skb)" Driver Calls Skb Cpu;
}

impl Run for IceReceiveSkb {
    fn run<S: Sink>(&mut self, _: ReceiveLine, act: &mut Act<'_, S>) -> Flow<ReceiveLine> {
        act.did_skb(self.skb);
        let ring = &mut act.m.rings[self.ring.index()];
        ring.packets += 1;
        ring.bytes += u64::from(act.m.skbs.objects[self.skb.index()].len);
        let napi = ring.napi;
        Flow::CallLast(CallFrame::of(NapiGroReceive { napi, skb: self.skb, result: 0 }))
    }
}
