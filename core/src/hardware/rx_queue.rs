//! A receive queue's engine in the card: fetches descriptors, writes packets and descriptors to
//! host memory by DMA, and raises the interrupt's cause.
//!
//! From `kernel-path` 2.3 to 2.8. A frame that is longer than a buffer takes the next ones too; its
//! last descriptor alone raises the cause, a choice of the model. Left out: write-back in whole
//! cache lines (each descriptor is written back at once), DDIO.

use super::descriptor;
use super::moderation::raise_cause;
use crate::fact::{Sink, routine};
use crate::machine::{Act, DropReason, FETCH_MAX, Flow, Run};
use crate::units::{DmaAddr, PacketId, RingId, ring_distance, ring_next};

routine! {
    /// Puts frames from the on-chip buffer into host memory, one after the other.
    RxQueueReceive { queue: RingId, packet: PacketId } lines RxQueueLine;
    Outside "rx_queue" "" : 0;
    TestDescriptor 0 "if no descriptor fetched: fetch, or wait for tail"
        Nic Tests Descriptor NicStage reads["RLAN.head", "QRX_TAIL"];
    WaitForTail 0 "head == tail: frame stays in fifo" Nic Waits Tail Free reads["QRX_TAIL"];
    TranslateRing 0 "physical = iommu(base + head * size)" Iommu Translates Ring Iotlb
        reads["RLAN.base"];
    FetchDescriptors 0 "dma_read(descriptors up to tail)" Nic Reads Descriptor DmaRead
        reads["ice_32b_rx_flex_desc.read.pkt_addr"];
    TranslateBuffer 0 "physical = iommu(pkt_addr)" Iommu Translates Page Iotlb;
    WriteData 0 "dma_write(pkt_addr, frame)" Nic Writes Page DmaWrite;
    WriteBack 0 "dma_write(descriptor: length, status, hash)" Nic Writes Descriptor DmaWrite
        writes["ice_32b_rx_flex_desc.wb.status_error0", "ice_32b_rx_flex_desc.wb.pkt_len",
               "ice_32b_rx_flex_desc_nic.rss_hash", "RLAN.head"];
    RaiseCause 0 "vector.cause = 1" Nic Raises Vector NicStage;
    Fault 0 "access refused: count, drop" Iommu Drops Reason Free;
}

impl Run for RxQueueReceive {
    fn run<S: Sink>(&mut self, line: RxQueueLine, act: &mut Act<'_, S>) -> Flow<RxQueueLine> {
        use RxQueueLine as L;
        let number = self.queue.index();
        match line {
            L::TestDescriptor => self.test_descriptor(act),
            L::WaitForTail => {
                let queue = &mut act.m.nic.queues[number];
                queue.busy = false;
                queue.starved = true;
                let tail = queue.tail;
                act.did(u32::from(tail), self.packet);
                Flow::Return(0)
            }
            L::TranslateRing => {
                let size = u64::from(act.m.settings.descriptor_bytes());
                let queue = &act.m.nic.queues[number];
                let address = queue.base.offset(u64::from(queue.fetch) * size);
                self.translate(act, address, self.queue.0, L::FetchDescriptors)
            }
            L::FetchDescriptors => self.fetch_descriptors(act),
            L::TranslateBuffer => {
                let address = act.m.nic.queues[number].fetched[0];
                let page = act.m.iommu.look(address).map_or(u32::MAX, |at| act.m.memory.at(at).0);
                self.translate(act, address, page, L::WriteData)
            }
            L::WriteData => self.write_data(act),
            L::WriteBack => self.write_back(act),
            L::RaiseCause => {
                let vector = act.m.nic.queues[number].vector;
                act.did(vector.0, self.packet);
                raise_cause(act, vector);
                self.next_frame(act)
            }
            L::Fault => {
                act.m.nic.counters.faults += 1;
                act.m.drops.count(DropReason::IommuFault);
                act.did(DropReason::IommuFault as u32, self.packet);
                act.m.nic.queues[number].fetched.pop_front();
                self.leave_fifo(act);
                self.next_frame(act)
            }
        }
    }
}

impl RxQueueReceive {
    fn test_descriptor<S: Sink>(self, act: &mut Act<'_, S>) -> Flow<RxQueueLine> {
        let queue = &act.m.nic.queues[self.queue.index()];
        let (head, fetched) = (queue.head, !queue.fetched.is_empty());
        let available = queue.fetch != queue.tail;
        act.did(u32::from(head), self.packet);
        // Without an IOMMU a device address is the physical one: nothing to translate.
        let translates = act.m.iommu.translates;
        Flow::Next(match (fetched, available) {
            (true, _) if translates => RxQueueLine::TranslateBuffer,
            (true, _) => RxQueueLine::WriteData,
            (false, true) if translates => RxQueueLine::TranslateRing,
            (false, true) => RxQueueLine::FetchDescriptors,
            (false, false) => RxQueueLine::WaitForTail,
        })
    }

    fn translate<S: Sink>(
        self,
        act: &mut Act<'_, S>,
        address: DmaAddr,
        object: u32,
        then: RxQueueLine,
    ) -> Flow<RxQueueLine> {
        act.did(object, self.packet);
        match act.m.iommu.translate(address) {
            None => Flow::Next(RxQueueLine::Fault),
            Some(translation) => {
                if !translation.hit {
                    act.spend(act.m.settings.costs.iotlb_miss_ns());
                }
                Flow::Next(then)
            }
        }
    }

    /// Reads the next descriptors up to tail, but not across the ring's end: one burst.
    fn fetch_descriptors<S: Sink>(self, act: &mut Act<'_, S>) -> Flow<RxQueueLine> {
        let queue = &mut act.m.nic.queues[self.queue.index()];
        let ring = &act.m.rings[self.queue.index()];
        let first = queue.fetch;
        let wanted =
            ring_distance(first, queue.tail, queue.count).min(FETCH_MAX).min(queue.count - first);
        for slot in first..first + wanted {
            queue.fetched.push_back(ring.descriptors[usize::from(slot)].pkt_addr);
        }
        queue.fetch = (first + wanted) % queue.count;
        act.m.nic.counters.dma_reads += 1;
        let bytes = u32::from(wanted * act.m.settings.descriptor_bytes());
        act.spend(act.m.settings.costs.bus_ns(bytes));
        act.did(u32::from(first), self.packet);
        let translates = act.m.iommu.translates;
        Flow::Next(if translates { RxQueueLine::TranslateBuffer } else { RxQueueLine::WriteData })
    }

    fn write_data<S: Sink>(self, act: &mut Act<'_, S>) -> Flow<RxQueueLine> {
        let address = act.m.nic.queues[self.queue.index()].fetched[0];
        let at = act.m.iommu.look(address).expect("translated on the line before");
        let (page, half) = (act.m.memory.at(at), act.m.memory.half(at));
        act.m.memory.pages[page.index()].content[half] = self.packet;
        act.m.nic.counters.dma_writes += 1;
        let bytes = self.left(act).min(u32::from(act.m.settings.rx_buf_len()));
        act.spend(act.m.settings.costs.bus_ns(bytes));
        act.did(page.0, self.packet);
        Flow::Next(RxQueueLine::WriteBack)
    }

    fn write_back<S: Sink>(self, act: &mut Act<'_, S>) -> Flow<RxQueueLine> {
        let frame = act.traffic.frames[self.packet.index()];
        let left = self.left(act);
        let room = u32::from(act.m.settings.rx_buf_len());
        let queue = &mut act.m.nic.queues[self.queue.index()];
        let slot = queue.head;
        queue.head = ring_next(slot, queue.count);
        queue.fetched.pop_front();
        act.m.rings[self.queue.index()].descriptors[usize::from(slot)] = if left > room {
            descriptor::filled(act.m.settings.rx_buf_len(), self.packet)
        } else {
            descriptor::written_back(act.m.settings.driver, &frame, left, self.packet)
        };
        act.m.nic.counters.dma_writes += 1;
        act.did(u32::from(slot), self.packet);
        if left > room {
            act.m.nic.queues[self.queue.index()].written += room;
            return Flow::Next(RxQueueLine::TestDescriptor);
        }
        self.leave_fifo(act);
        Flow::Next(RxQueueLine::RaiseCause)
    }

    /// Bytes of the frame that are still on the chip.
    fn left<S: Sink>(self, act: &Act<'_, S>) -> u32 {
        let written = act.m.nic.queues[self.queue.index()].written;
        act.traffic.frames[self.packet.index()].length - written
    }

    /// The frame leaves the on-chip buffer.
    fn leave_fifo<S: Sink>(self, act: &mut Act<'_, S>) {
        let queue = &mut act.m.nic.queues[self.queue.index()];
        queue.written = 0;
        let left = queue.fifo.pop_front();
        assert_eq!(left, Some(self.packet), "frames leave the on-chip buffer in order");
        act.m.nic.fifo_bytes -= act.traffic.frames[self.packet.index()].length;
    }

    fn next_frame<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<RxQueueLine> {
        if let Some(&packet) = act.m.nic.queues[self.queue.index()].fifo.front() {
            self.packet = packet;
            return Flow::Next(RxQueueLine::TestDescriptor);
        }
        act.m.nic.queues[self.queue.index()].busy = false;
        Flow::Return(0)
    }
}
