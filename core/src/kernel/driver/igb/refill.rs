//! Intel `igb`'s refill: every slot by itself, one doorbell at the end.

use crate::fact::{Cost, Sink, routine};
use crate::hardware::register::TailWrite;
use crate::kernel::driver::dma::DmaMapPageAttrs;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{PacketId, RingId, ring_next};

routine! {
    /// Refills free slots, each with a recycled or a fresh page, then rings the doorbell.
    IgbAllocRxBuffers { ring: RingId, left: u32, ntu: u32 } lines IgbAllocLine;
    Visible "igb_alloc_rx_buffers" "drivers/net/ethernet/intel/igb/igb_main.c" : 9076;
    TestPage 9036 "igb_alloc_mapped_page(): if bi->page: recycled" Driver Tests RxBuf Cpu
        reads["igb_rx_buffer.page"];
    AllocPage 9040 "page = dev_alloc_pages(GFP_ATOMIC); if !page: stop"
        Driver Allocates RxBuf PageAlloc;
    MapPage 9047 "dma = dma_map_page_attrs(page)" Driver Calls RxBuf Cpu
        writes["igb_rx_buffer.dma"];
    StockPage 9065 "page_ref_add(page, 65534); pagecnt_bias = 65535" Driver Writes RxBuf Atomic
        writes["page._refcount", "igb_rx_buffer.page", "igb_rx_buffer.page_offset",
               "igb_rx_buffer.pagecnt_bias"];
    WriteAddress 9105 "rx_desc->read.pkt_addr = dma + page_offset" Driver Writes Descriptor Cpu
        reads["igb_rx_buffer.dma", "igb_rx_buffer.page_offset"]
        writes["e1000_adv_rx_desc.read.pkt_addr"];
    ClearNext 9117 "i++; rx_desc->wb.upper.length = 0" Driver Writes Descriptor Cpu
        writes["e1000_adv_rx_desc.wb.upper.length"];
    Store 9126 "next_to_use = next_to_alloc = i" Driver Writes Ring Cpu
        reads["igb_ring.next_to_use"] writes["igb_ring.next_to_use", "igb_ring.next_to_alloc"];
    Barrier 9136 "dma_wmb()" Driver Writes Ring Cpu;
    Doorbell 9137 "writel(i, rx_ring->tail)" Driver Writes Tail MmioWrite
        reads["igb_ring.tail"] writes["RDT"];
}

impl Run for IgbAllocRxBuffers {
    fn run<S: Sink>(&mut self, line: IgbAllocLine, act: &mut Act<'_, S>) -> Flow<IgbAllocLine> {
        use IgbAllocLine as L;
        match line {
            L::TestPage | L::AllocPage | L::MapPage | L::StockPage => self.page(line, act),
            L::WriteAddress | L::ClearNext => self.descriptor(line, act),
            L::Store | L::Barrier | L::Doorbell => self.publish(line, act),
        }
    }
}

impl IgbAllocRxBuffers {
    fn slot(self) -> u16 {
        u16::try_from(self.ntu).expect("a slot number")
    }

    /// Lines that make sure of a page.
    fn page<S: Sink>(self, line: IgbAllocLine, act: &mut Act<'_, S>) -> Flow<IgbAllocLine> {
        use IgbAllocLine as L;
        let slot = self.slot();
        let page = act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].page;
        act.did(self.ntu, PacketId::NONE);
        match line {
            L::TestPage => Flow::Next(if page.is_none() { L::AllocPage } else { L::WriteAddress }),
            L::AllocPage => {
                let Some(fresh) = act.m.memory.allocate() else {
                    let ring = &mut act.m.rings[self.ring.index()];
                    ring.alloc_page_failed += 1;
                    let filled = ring.next_to_use != slot;
                    return if filled { Flow::Next(L::Store) } else { Flow::Return(0) };
                };
                act.m.rings[self.ring.index()].rx_buf[usize::from(slot)].page = fresh;
                Flow::Next(L::MapPage)
            }
            L::MapPage => Flow::Call(CallFrame::of(DmaMapPageAttrs { page }), L::StockPage),
            _ => {
                act.m.post_fresh_page(self.ring, slot, page);
                Flow::Next(L::WriteAddress)
            }
        }
    }

    /// Lines that write the descriptor.
    fn descriptor<S: Sink>(
        &mut self,
        line: IgbAllocLine,
        act: &mut Act<'_, S>,
    ) -> Flow<IgbAllocLine> {
        use IgbAllocLine as L;
        let slot = self.slot();
        act.did(self.ntu, PacketId::NONE);
        if line == L::WriteAddress {
            let address = act.m.buffer_address(self.ring, slot);
            let descriptor = &mut act.m.rings[self.ring.index()].descriptors[usize::from(slot)];
            descriptor.pkt_addr = address;
            descriptor.written_back = false;
            return Flow::Next(L::ClearNext);
        }
        let ring = &mut act.m.rings[self.ring.index()];
        self.ntu = u32::from(ring_next(slot, ring.count));
        ring.descriptors[self.ntu as usize].length = 0;
        // The line is about the slot that it writes.
        act.did(self.ntu, PacketId::NONE);
        self.left -= 1;
        Flow::Next(if self.left == 0 { L::Store } else { L::TestPage })
    }

    /// Lines that publish what was filled.
    fn publish<S: Sink>(self, line: IgbAllocLine, act: &mut Act<'_, S>) -> Flow<IgbAllocLine> {
        use IgbAllocLine as L;
        match line {
            L::Store => {
                let ring = &mut act.m.rings[self.ring.index()];
                ring.next_to_use = self.slot();
                ring.next_to_alloc = ring.next_to_use;
                act.did(self.ring.0, PacketId::NONE);
                Flow::Next(L::Barrier)
            }
            L::Barrier => {
                act.did(self.ring.0, PacketId::NONE);
                Flow::Next(L::Doorbell)
            }
            _ => {
                act.did(self.ntu, PacketId::NONE);
                let arrives_ns = act.m.settings.costs.ns(Cost::Message);
                act.start(TailWrite { queue: self.ring, value: self.ntu }, arrives_ns);
                Flow::Return(0)
            }
        }
    }
}
