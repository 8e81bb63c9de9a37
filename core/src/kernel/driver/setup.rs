//! What both drivers build before traffic: the same objects, reached by other names.

use crate::machine::{
    Act, Descriptor, Driver, Machine, PageAllocator, RxBuf, RxQueue, RxRing, Vector,
};
use crate::units::{DmaAddr, NapiId, PAGE_SIZE, RingId, VectorId, VirtAddr};

/// Where `ioremap` puts BAR 0: the start of the vmalloc area, a model value.
const BAR0: VirtAddr = VirtAddr(0xffff_c900_0020_0000);
/// `QRX_TAIL(0)` of the E810 (`ice_hw_autogen.h`).
const QRX_TAIL: u64 = 0x0029_0000;
/// `E1000_RDT(0)` of the 82576 (`e1000_regs.h`), a page of 0x100 for each of the first four queues.
const RDT: u64 = 0x2818;
/// `E1000_RDT(n)` for the queues from 4 on, 0x40 apart: where queue 0 would be.
const RDT_FROM_4: u64 = 0xc018;
/// Entries of the RSS table: the PF's by capability (`ice`), 128 (`igb`).
const RSS_TABLE: (usize, usize) = (2048, 128);

impl Machine {
    /// Maps the device's registers (BAR 0).
    pub(super) fn map_registers(&mut self) {
        self.nic.hw_addr = BAR0;
    }

    /// The card's vectors: 0 for link and admin events, then one for each receive queue.
    pub(super) fn create_vectors(&mut self) {
        let first_irq = match self.settings.driver {
            Driver::Ice => 145,
            Driver::Igb => 26,
        };
        let queues = self.settings.queues;
        let receive = |queue| Vector {
            rx_queue: Some(queue),
            itr_ns: self.settings.itr_ns,
            intrl_ns: self.settings.intrl_ns,
            set_itr: self.settings.driver == Driver::Igb,
            ..Vector::default()
        };
        let link = std::iter::once(Vector::default());
        self.nic.vectors = link.chain((0..queues).map(receive)).collect();
        self.irqs = crate::kernel::boot::interrupt_lines(first_irq, 1 + queues);
    }

    /// The queue after `queue`, if there is one.
    pub(super) fn queue_after(&self, queue: RingId) -> Option<RingId> {
        let next = RingId(queue.0 + 1);
        (next.0 < u32::from(self.settings.queues)).then_some(next)
    }

    /// The vector that serves a queue.
    pub(super) fn vector_of(&self, queue: RingId) -> VectorId {
        self.nic.queues[queue.index()].vector
    }

    /// The NAPI that cleans a queue.
    pub(super) fn napi_of(&self, queue: RingId) -> NapiId {
        self.rings[queue.index()].napi
    }

    /// The software ring, still without descriptor memory, and the device's queue of its number,
    /// which has the vector behind the link's.
    pub(super) fn create_ring(&mut self, queue: RingId) {
        let count = self.settings.rx_ring;
        let vector = VectorId(1 + queue.0);
        self.rings.push(RxRing { count, ..RxRing::default() });
        self.nic.queues.push(RxQueue { vector, count, ..RxQueue::default() });
    }

    /// Names a queue in each entry of the RSS table.
    pub(super) fn fill_rss_table(&mut self) {
        let entries = match self.settings.driver {
            Driver::Ice => RSS_TABLE.0,
            Driver::Igb => RSS_TABLE.1,
        };
        let queues = self.nic.queues.len();
        let queue = |entry| {
            // `ice` goes round the queues; `igb` gives each a block of the table.
            let queue = match self.settings.driver {
                Driver::Ice => entry % queues,
                Driver::Igb => entry * queues / entries,
            };
            u8::try_from(queue).expect("at most 256 queues")
        };
        self.nic.rss_table = (0..entries).map(queue).collect();
    }

    /// Coherent memory for the descriptors: one address for the CPU, another for the device.
    pub(super) fn allocate_descriptors(&mut self, ring: RingId) {
        let bytes = u32::from(self.settings.rx_ring) * u32::from(self.settings.descriptor_bytes());
        let pages = bytes.div_ceil(PAGE_SIZE);
        let first = self.memory.allocate_contiguous(pages);
        let dma = self.iommu.map_contiguous(first, pages);
        let record = &mut self.rings[ring.index()];
        record.desc = PageAllocator::virtual_address(first);
        record.dma = dma;
        record.descriptors = vec![Descriptor::default(); usize::from(record.count)];
    }

    /// The shadow array.
    pub(super) fn allocate_shadow(&mut self, ring: RingId) {
        let record = &mut self.rings[ring.index()];
        record.rx_buf = vec![RxBuf::default(); usize::from(record.count)];
    }

    /// Tells the device where the ring lies.
    pub(super) fn write_queue_context(&mut self, ring: RingId) {
        let base: DmaAddr = self.rings[ring.index()].dma;
        self.nic.queues[ring.index()].base = base;
    }

    /// Notes where the tail register is mapped.
    pub(super) fn locate_tail(&mut self, ring: RingId) {
        let offset = match self.settings.driver {
            Driver::Ice => QRX_TAIL + 4 * u64::from(ring.0),
            Driver::Igb if ring.0 >= 4 => RDT_FROM_4 + 0x40 * u64::from(ring.0),
            Driver::Igb => RDT + 0x100 * u64::from(ring.0),
        };
        self.rings[ring.index()].tail = self.nic.hw_addr.offset(offset);
    }
}

/// Lets the device use the queue.
pub(super) fn enable_queue<S: crate::fact::Sink>(act: &mut Act<'_, S>, ring: RingId) {
    act.m.nic.queues[ring.index()].enabled = true;
}
