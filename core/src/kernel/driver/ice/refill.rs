//! Intel `ice`'s refill: once a poll, every free slot, one doorbell in steps of eight.

use crate::fact::{Cost, Sink, routine};
use crate::hardware::register::TailWrite;
use crate::kernel::driver::dma::DmaMapPageAttrs;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{PacketId, RingId, ring_next};

routine! {
    /// Refills free slots, each with a recycled or a fresh page.
    IceAllocRxBufs { ring: RingId, left: u32, ntu: u32 } lines IceAllocLine;
    Visible "ice_alloc_rx_bufs" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 722;
    TestPage 677 "ice_alloc_mapped_page(): if rx_buf->page: recycled" Driver Tests RxBuf Cpu
        reads["ice_rx_buf.page"];
    AllocPage 681 "page = dev_alloc_pages(GFP_ATOMIC); if !page: stop"
        Driver Allocates RxBuf PageAlloc;
    MapPage 688 "dma = dma_map_page_attrs(page)" Driver Calls RxBuf Cpu writes["ice_rx_buf.dma"];
    StockPage 703 "page_ref_add(page, 65534); pagecnt_bias = 65535" Driver Writes RxBuf Atomic
        writes["page._refcount", "ice_rx_buf.page", "ice_rx_buf.page_offset",
               "ice_rx_buf.pagecnt_bias"];
    WriteAddress 751 "rx_desc->read.pkt_addr = dma + page_offset" Driver Writes Descriptor Cpu
        reads["ice_rx_buf.dma", "ice_rx_buf.page_offset"]
        writes["ice_32b_rx_flex_desc.read.pkt_addr"];
    ClearNext 763 "ntu++; rx_desc->wb.status_error0 = 0" Driver Writes Descriptor Cpu
        writes["ice_32b_rx_flex_desc.wb.status_error0"];
    Release 768 "if next_to_use != ntu: ice_release_rx_desc(rx_ring, ntu)" Driver Tests Ring Cpu
        reads["ice_rx_ring.next_to_use"];
}

impl Run for IceAllocRxBufs {
    fn run<S: Sink>(&mut self, line: IceAllocLine, act: &mut Act<'_, S>) -> Flow<IceAllocLine> {
        use IceAllocLine as L;
        let slot = u16::try_from(self.ntu).expect("a slot number");
        let page = act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].page;
        if line != L::Release {
            act.did(self.ntu, PacketId::NONE);
        }
        match line {
            L::TestPage if self.left == 0 => Flow::Next(L::Release),
            L::TestPage => Flow::Next(if page.is_none() { L::AllocPage } else { L::WriteAddress }),
            L::AllocPage => {
                let Some(fresh) = act.m.memory.allocate() else {
                    act.m.rings[self.ring.index()].alloc_page_failed += 1;
                    return Flow::Next(L::Release);
                };
                act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].page = fresh;
                Flow::Next(L::MapPage)
            }
            L::MapPage => Flow::Call(CallFrame::of(DmaMapPageAttrs { page }), L::StockPage),
            L::StockPage => {
                act.m.post_fresh_page(self.ring, slot, page);
                Flow::Next(L::WriteAddress)
            }
            L::WriteAddress => {
                let address = act.m.buffer_address(self.ring, slot);
                let ring = &mut act.m.rings[self.ring.index()];
                let descriptor = &mut ring.descriptors[usize::from(slot)];
                descriptor.pkt_addr = address;
                descriptor.written_back = false;
                Flow::Next(L::ClearNext)
            }
            L::ClearNext => {
                let ring = &mut act.m.rings[self.ring.index()];
                self.ntu = u32::from(ring_next(slot, ring.count));
                ring.descriptors[self.ntu as usize].status = 0;
                // The line is about the slot that it writes.
                act.did(self.ntu, PacketId::NONE);
                self.left -= 1;
                Flow::Next(if self.left == 0 { L::Release } else { L::TestPage })
            }
            L::Release => {
                act.did(self.ring.0, PacketId::NONE);
                let failed = u32::from(self.left > 0);
                if act.m.rings[self.ring.index()].next_to_use == slot {
                    return Flow::Return(failed);
                }
                let release = IceReleaseRxDesc { ring: self.ring, value: self.ntu, failed };
                Flow::CallLast(CallFrame::of(release))
            }
        }
    }
}

routine! {
    /// Publishes the filled slots: the tail register takes multiples of 8.
    IceReleaseRxDesc { ring: RingId, value: u32, failed: u32 } lines IceReleaseLine;
    Visible "ice_release_rx_desc" "drivers/net/ethernet/intel/ice/ice_txrx_lib.c" : 16;
    Store 20 "next_to_use = next_to_alloc = val; val &= ~7" Driver Writes Ring Cpu
        writes["ice_rx_ring.next_to_use", "ice_rx_ring.next_to_alloc"];
    Barrier 37 "wmb()" Driver Writes Ring Lock;
    Doorbell 38 "writel(val, rx_ring->tail)" Driver Writes Tail MmioWrite reads["ice_rx_ring.tail"]
        writes["QRX_TAIL"];
}

impl Run for IceReleaseRxDesc {
    fn run<S: Sink>(&mut self, line: IceReleaseLine, act: &mut Act<'_, S>) -> Flow<IceReleaseLine> {
        let ring = &mut act.m.rings[self.ring.index()];
        match line {
            IceReleaseLine::Store => {
                let before = ring.next_to_use & !7;
                ring.next_to_use = u16::try_from(self.value).expect("a slot number");
                ring.next_to_alloc = ring.next_to_use;
                self.value &= !7;
                act.did(self.ring.0, PacketId::NONE);
                if u32::from(before) == self.value {
                    return Flow::Return(self.failed);
                }
                Flow::Next(IceReleaseLine::Barrier)
            }
            IceReleaseLine::Barrier => {
                act.did(self.ring.0, PacketId::NONE);
                Flow::Next(IceReleaseLine::Doorbell)
            }
            IceReleaseLine::Doorbell => {
                act.did(self.value, PacketId::NONE);
                let arrives_ns = act.m.settings.costs.ns(Cost::Message);
                act.start(TailWrite { queue: self.ring, value: self.value }, arrives_ns);
                Flow::Return(self.failed)
            }
        }
    }
}
