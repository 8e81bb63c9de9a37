//! Intel `igb`'s clean loop: one packet a turn, a refill whenever sixteen slots are free.
//!
//! Left out: XDP, timestamps in the buffer, VLAN tags.

use super::construct::IgbConstructSkb;
use super::refill::IgbAllocRxBuffers;
use crate::fact::{Sink, routine};
use crate::hardware::descriptor::{EOP, IGB_RXE, checksum_verified};
use crate::kernel::build_skb::{KfreeSkbReason, NapiBuildSkb, is_short, pad, reserve_and_put};
use crate::kernel::driver::dma::DmaUnmapPageAttrs;
use crate::kernel::gro::{EthTypeTrans, NapiGroReceive};
use crate::machine::{Act, CallFrame, Driver, DropReason, Flow, Run};
use crate::units::{PacketId, RingId, SkbId, ring_next};

/// Free slots that are worth a refill (`IGB_RX_BUFFER_WRITE`).
const IGB_RX_BUFFER_WRITE: u32 = 16;

routine! {
    /// Cleans the ring: up to a budget of packets.
    IgbCleanRxIrq { ring: RingId, packets: u32, cleaned: u32 } lines IgbCleanLine;
    Inlined "igb_clean_rx_irq" "drivers/net/ethernet/intel/igb/igb_main.c" : 8873;
    Loop 8893 "while total_packets < budget" Driver Tests Budget Cpu;
    RefillBatch 8902 "if cleaned_count >= 16: igb_alloc_rx_buffers(cleaned_count)"
        Driver Calls Ring Cpu reads["igb_ring.next_to_use"];
    ReadLength 8908 "size = rx_desc->wb.upper.length; if !size: break" Driver Tests Descriptor Miss
        reads["e1000_adv_rx_desc.wb.upper.length", "igb_ring.next_to_clean", "igb_ring.desc"];
    Barrier 8916 "dma_rmb()" Driver Reads Descriptor Cpu;
    GetBuffer 8834 "rx_buffer = igb_get_rx_buffer(): pgcnt = page_count; pagecnt_bias--"
        Driver Takes RxBuf Cpu
        reads["igb_rx_buffer.page", "page._refcount", "igb_ring.rx_buffer_info"]
        writes["igb_rx_buffer.pagecnt_bias"];
    PrepareBuff 8937 "xdp_prepare_buff(&xdp, hard_start, offset, size)" Driver Writes RxBuf Cpu
        reads["igb_rx_buffer.page_offset"]
        writes["xdp_buff.data", "xdp_buff.data_end", "xdp_buff.data_hard_start"];
    AddFrag 8958 "skb of the buffers before: igb_add_rx_frag(rx_ring, rx_buffer, skb)"
        Driver Calls RxBuf Cpu;
    BuildSkb 8960 "no XDP program; skb = igb_build_skb(rx_ring, rx_buffer)" Driver Calls RxBuf Cpu
        reads["igb_ring.xdp_prog"];
    ConstructSkb 8963 "legacy-rx: skb = igb_construct_skb(rx_ring, rx_buffer, &xdp)"
        Driver Calls RxBuf Cpu reads["igb_ring.flags"];
    TestSkb 8967 "if !skb: pagecnt_bias++, break" Driver Tests Skb Cpu
        writes["igb_rx_buffer.pagecnt_bias"];
    PutBuffer 8973 "igb_put_rx_buffer(rx_ring, rx_buffer)" Driver Calls RxBuf Cpu;
    Cleaned 8974 "cleaned_count++; igb_is_non_eop(): next_to_clean++" Driver Writes Ring Cpu
        reads["e1000_adv_rx_desc.wb.upper.status_error"] writes["igb_ring.next_to_clean"];
    DropError 8767 "if error bits: dev_kfree_skb_any(skb), continue" Driver Calls Skb Cpu
        reads["e1000_adv_rx_desc.wb.upper.status_error"];
    Pad 8773 "eth_skb_pad(skb): zeros up to 60 bytes" Driver Writes Skb Cpu
        writes["sk_buff.tail", "sk_buff.len"];
    Fields 8990 "igb_process_skb_fields(rx_ring, rx_desc, skb)" Driver Calls Skb Cpu;
    Receive 8992 "napi_gro_receive(&q_vector->napi, skb)" Driver Calls Skb Cpu;
    Count 8998 "total_packets++" Driver Counts Budget Cpu;
    RefillRest 9023 "if cleaned_count: igb_alloc_rx_buffers(cleaned_count)" Driver Tests Ring Cpu
        reads["igb_ring.next_to_use"];
    Return 9026 "return total_packets" Driver Returns Budget Cpu;
}

impl Run for IgbCleanRxIrq {
    fn run<S: Sink>(&mut self, line: IgbCleanLine, act: &mut Act<'_, S>) -> Flow<IgbCleanLine> {
        use IgbCleanLine as L;
        match line {
            L::Loop => {
                act.did(self.packets, PacketId::NONE);
                let napi = &act.m.napis[act.m.rings[self.ring.index()].napi.index()];
                Flow::Next(if self.packets >= u32::from(napi.weight) {
                    L::RefillRest
                } else if self.cleaned >= IGB_RX_BUFFER_WRITE {
                    L::RefillBatch
                } else {
                    L::ReadLength
                })
            }
            L::RefillBatch => {
                act.did(self.ring.0, PacketId::NONE);
                Flow::Call(self.refill(act), L::ReadLength)
            }
            L::ReadLength | L::Barrier | L::GetBuffer => self.buffer(line, act),
            L::PrepareBuff | L::AddFrag | L::BuildSkb | L::ConstructSkb => self.buffer(line, act),
            L::TestSkb | L::PutBuffer | L::Cleaned => self.after_build(line, act),
            L::DropError | L::Pad | L::Fields | L::Receive | L::Count => self.packet(line, act),
            L::RefillRest => {
                act.did(self.ring.0, PacketId::NONE);
                if self.cleaned == 0 {
                    return Flow::Next(L::Return);
                }
                Flow::Call(self.refill(act), L::Return)
            }
            L::Return => {
                act.did(self.packets, PacketId::NONE);
                Flow::Return(self.packets)
            }
        }
    }
}

impl IgbCleanRxIrq {
    fn refill<S: Sink>(&mut self, act: &Act<'_, S>) -> CallFrame {
        let ntu = u32::from(act.m.rings[self.ring.index()].next_to_use);
        let left = std::mem::take(&mut self.cleaned);
        CallFrame::of(IgbAllocRxBuffers { ring: self.ring, left, ntu })
    }

    /// Lines up to the packet's `sk_buff`.
    fn buffer<S: Sink>(&mut self, line: IgbCleanLine, act: &mut Act<'_, S>) -> Flow<IgbCleanLine> {
        use IgbCleanLine as L;
        let ring = &act.m.rings[self.ring.index()];
        let (slot, begun) = (ring.next_to_clean, ring.skb);
        let done = ring.descriptors[usize::from(slot)].length != 0;
        let packet =
            if done { act.m.packet_in(self.ring, u32::from(slot)) } else { PacketId::NONE };
        act.did(u32::from(slot), packet);
        match line {
            L::ReadLength => Flow::Next(if done { L::Barrier } else { L::RefillRest }),
            L::Barrier => Flow::Next(L::GetBuffer),
            L::GetBuffer => {
                act.m.take_buffer(self.ring, slot);
                Flow::Next(if begun.is_none() { L::PrepareBuff } else { L::AddFrag })
            }
            L::AddFrag => {
                let (slot, skb) = (u32::from(slot), begun);
                Flow::Call(CallFrame::of(IgbAddRxFrag { ring: self.ring, slot, skb }), L::TestSkb)
            }
            L::PrepareBuff if act.m.settings.legacy_rx => Flow::Next(L::ConstructSkb),
            L::PrepareBuff => Flow::Next(L::BuildSkb),
            L::ConstructSkb => {
                let (ring, slot, skb) = (self.ring, u32::from(slot), SkbId::NONE);
                Flow::Call(CallFrame::of(IgbConstructSkb { ring, slot, skb }), L::TestSkb)
            }
            _ => {
                let slot = u32::from(slot);
                let build = IgbBuildSkb { ring: self.ring, slot, skb: SkbId::NONE };
                Flow::Call(CallFrame::of(build), L::TestSkb)
            }
        }
    }

    /// Lines that give the buffer back.
    fn after_build<S: Sink>(
        &mut self,
        line: IgbCleanLine,
        act: &mut Act<'_, S>,
    ) -> Flow<IgbCleanLine> {
        use IgbCleanLine as L;
        let slot = act.m.rings[self.ring.index()].next_to_clean;
        match line {
            L::TestSkb => {
                let skb = SkbId(act.result());
                let ring = &mut act.m.rings[self.ring.index()];
                ring.skb = skb;
                if skb.is_none() {
                    // The slot stays where it is: the next poll tries again.
                    ring.alloc_buf_failed += 1;
                    ring.rx_buf[usize::from(slot)].pagecnt_bias += 1;
                    act.did(SkbId::NONE.0, act.m.packet_in(self.ring, u32::from(slot)));
                    return Flow::Next(L::RefillRest);
                }
                act.did_skb(skb);
                Flow::Next(L::PutBuffer)
            }
            L::PutBuffer => {
                let packet = act.m.packet_of(act.m.rings[self.ring.index()].skb);
                act.did(u32::from(slot), packet);
                let put = IgbPutRxBuffer { ring: self.ring, slot: u32::from(slot) };
                Flow::Call(CallFrame::of(put), L::Cleaned)
            }
            _ => {
                self.cleaned += 1;
                let ring = &mut act.m.rings[self.ring.index()];
                let status = ring.descriptors[usize::from(slot)].status;
                ring.next_to_clean = ring_next(slot, ring.count);
                let short = is_short(&act.m.skbs.objects[ring.skb.index()]);
                act.did(self.ring.0, PacketId::NONE);
                if status & EOP == 0 {
                    return Flow::Next(L::Loop);
                }
                Flow::Next(match (status & IGB_RXE != 0, short) {
                    (true, _) => L::DropError,
                    (false, true) => L::Pad,
                    (false, false) => L::Fields,
                })
            }
        }
    }

    /// Lines that hand the packet on.
    fn packet<S: Sink>(&mut self, line: IgbCleanLine, act: &mut Act<'_, S>) -> Flow<IgbCleanLine> {
        use IgbCleanLine as L;
        let ring = &mut act.m.rings[self.ring.index()];
        let skb = ring.skb;
        match line {
            L::DropError => {
                ring.skb = SkbId::NONE;
                act.did_skb(skb);
                let reason = DropReason::ReceiveError as u32;
                Flow::Call(CallFrame::of(KfreeSkbReason { skb, reason }), L::Loop)
            }
            L::Pad => {
                pad(&mut act.m.skbs.objects[skb.index()]);
                act.did_skb(skb);
                Flow::Next(L::Fields)
            }
            L::Fields => {
                act.did_skb(skb);
                let fields = IgbProcessSkbFields { ring: self.ring, skb };
                Flow::Call(CallFrame::of(fields), L::Receive)
            }
            L::Receive => {
                let napi = ring.napi;
                ring.packets += 1;
                ring.bytes += u64::from(act.m.skbs.objects[skb.index()].len);
                act.did_skb(skb);
                let receive = NapiGroReceive { napi, skb, result: 0 };
                Flow::Call(CallFrame::of(receive), L::Count)
            }
            _ => {
                ring.skb = SkbId::NONE;
                self.packets += 1;
                act.did(self.packets, PacketId::NONE);
                Flow::Next(L::Loop)
            }
        }
    }
}

routine! {
    /// Wraps an `sk_buff` around the half page that the device wrote; copies nothing.
    IgbBuildSkb { ring: RingId, slot: u32, skb: SkbId } lines IgbBuildLine;
    Inlined "igb_build_skb" "drivers/net/ethernet/intel/igb/igb_main.c" : 8548;
    Build 8567 "skb = napi_build_skb(data_hard_start, truesize)" Driver Calls RxBuf Cpu
        reads["xdp_buff.data_hard_start"];
    Reserve 8572 "skb_reserve(); __skb_put(size); flip page_offset" Driver Writes Skb Cpu
        writes["sk_buff.data", "sk_buff.tail", "sk_buff.len", "igb_rx_buffer.page_offset"];
}

impl Run for IgbBuildSkb {
    fn run<S: Sink>(&mut self, line: IgbBuildLine, act: &mut Act<'_, S>) -> Flow<IgbBuildLine> {
        match line {
            IgbBuildLine::Build => {
                act.did(self.slot, act.m.packet_in(self.ring, self.slot));
                let build = NapiBuildSkb { ring: self.ring, slot: self.slot, skb: SkbId::NONE };
                Flow::Call(CallFrame::of(build), IgbBuildLine::Reserve)
            }
            IgbBuildLine::Reserve => {
                self.skb = SkbId(act.result());
                match self.skb.some() {
                    Some(skb) => {
                        reserve_and_put(act, self.ring, self.slot, skb);
                        act.did_skb(skb);
                        let slot = u16::try_from(self.slot).expect("a slot number");
                        act.m.flip_half(self.ring, slot);
                    }
                    None => act.did(SkbId::NONE.0, act.m.packet_in(self.ring, self.slot)),
                }
                Flow::Return(self.skb.0)
            }
        }
    }
}

routine! {
    /// Makes the buffer a fragment of the packet that began in an earlier one.
    IgbAddRxFrag { ring: RingId, slot: u32, skb: SkbId } lines IgbFragLine;
    Inlined "igb_add_rx_frag" "drivers/net/ethernet/intel/igb/igb_main.c" : 8475;
    Add 8487 "skb_add_rx_frag(skb, page, page_offset, size, truesize)" Driver Links Skb Cpu
        reads["igb_rx_buffer.page", "igb_rx_buffer.page_offset"]
        writes["skb_shared_info.frags", "skb_shared_info.nr_frags", "sk_buff.len",
               "sk_buff.data_len", "sk_buff.truesize", "skb_frag.netmem", "skb_frag.offset",
               "skb_frag.len"];
    Flip 8490 "page_offset ^= truesize: the other half is next" Driver Writes RxBuf Cpu
        writes["igb_rx_buffer.page_offset"];
}

impl Run for IgbAddRxFrag {
    fn run<S: Sink>(&mut self, line: IgbFragLine, act: &mut Act<'_, S>) -> Flow<IgbFragLine> {
        let slot = u16::try_from(self.slot).expect("a slot number");
        match line {
            IgbFragLine::Add => {
                act.m.add_rx_frag(self.ring, slot, self.skb, 0);
                act.did_skb(self.skb);
                Flow::Next(IgbFragLine::Flip)
            }
            IgbFragLine::Flip => {
                act.did(self.slot, act.m.packet_of(self.skb));
                act.m.flip_half(self.ring, slot);
                Flow::Return(self.skb.0)
            }
        }
    }
}

routine! {
    /// Recycles or releases the buffer of a packet.
    IgbPutRxBuffer { ring: RingId, slot: u32 } lines PutLine;
    Inlined "igb_put_rx_buffer" "drivers/net/ethernet/intel/igb/igb_main.c" : 8852;
    TestReuse 8444 "if pgcnt - pagecnt_bias <= 1: nobody holds the other half"
        Driver Tests RxBuf Cpu reads["igb_rx_buffer.pagecnt_bias", "page.flags"];
    Reuse 8420 "igb_reuse_rx_page(): rx_buffer_info[next_to_alloc++] = this page"
        Driver Gives RxBuf Cpu reads["igb_ring.next_to_alloc"]
        writes["igb_ring.next_to_alloc", "igb_rx_buffer.dma", "igb_rx_buffer.page"];
    Unmap 8862 "dma_unmap_page_attrs(page)" Driver Calls RxBuf Cpu reads["igb_rx_buffer.dma"];
    Drain 8865 "__page_frag_cache_drain(page, pagecnt_bias)" Driver Frees RxBuf Atomic
        reads["igb_rx_buffer.pagecnt_bias"] writes["page._refcount", "igb_rx_buffer.page"];
}

impl Run for IgbPutRxBuffer {
    fn run<S: Sink>(&mut self, line: PutLine, act: &mut Act<'_, S>) -> Flow<PutLine> {
        use PutLine as L;
        let slot = u16::try_from(self.slot).expect("a slot number");
        let packet = act.m.packet_of(act.m.rings[self.ring.index()].skb);
        act.did(self.slot, packet);
        match line {
            L::TestReuse => {
                let reuse = act.m.can_reuse(self.ring, slot);
                Flow::Next(if reuse { L::Reuse } else { L::Unmap })
            }
            L::Reuse => {
                act.m.reuse_page(self.ring, slot);
                Flow::Return(0)
            }
            L::Unmap => {
                let page = act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].page;
                Flow::Call(CallFrame::of(DmaUnmapPageAttrs { page }), L::Drain)
            }
            L::Drain => {
                act.m.release_page(self.ring, slot);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Takes over what the descriptor says about the packet.
    IgbProcessSkbFields { ring: RingId, skb: SkbId } lines FieldsLine;
    Inlined "igb_process_skb_fields" "drivers/net/ethernet/intel/igb/igb_main.c" : 8789;
    Hash 8709 "igb_rx_hash(): skb->hash = rss" Driver Writes Skb Cpu
        reads["e1000_adv_rx_desc.wb.lower.hi_dword.rss"]
        writes["sk_buff.hash", "sk_buff.l4_hash", "sk_buff.sw_hash"];
    Checksum 8698 "igb_rx_checksum(): ip_summed = CHECKSUM_UNNECESSARY if UDPCS or TCPCS"
        Driver Writes Skb Cpu reads["e1000_adv_rx_desc.wb.upper.status_error"]
        writes["sk_buff.ip_summed"];
    Type 8818 "skb_record_rx_queue(); skb->protocol = eth_type_trans(skb, netdev)"
        Driver Calls Skb Cpu reads["igb_ring.queue_index", "igb_ring.netdev"]
        writes["sk_buff.queue_mapping", "sk_buff.protocol"];
}

impl Run for IgbProcessSkbFields {
    fn run<S: Sink>(&mut self, line: FieldsLine, act: &mut Act<'_, S>) -> Flow<FieldsLine> {
        let ring = &act.m.rings[self.ring.index()];
        let slot = if ring.next_to_clean == 0 { ring.count } else { ring.next_to_clean } - 1;
        let descriptor = ring.descriptors[usize::from(slot)];
        let skb = &mut act.m.skbs.objects[self.skb.index()];
        match line {
            FieldsLine::Hash => {
                skb.hash = descriptor.rss_hash;
                act.did_skb(self.skb);
                Flow::Next(FieldsLine::Checksum)
            }
            FieldsLine::Checksum => {
                skb.checksum_unnecessary = checksum_verified(Driver::Igb, &descriptor);
                act.did_skb(self.skb);
                Flow::Next(FieldsLine::Type)
            }
            FieldsLine::Type => {
                skb.record_rx_queue(self.ring);
                act.did_skb(self.skb);
                Flow::CallLast(CallFrame::of(EthTypeTrans { skb: self.skb }))
            }
        }
    }
}
