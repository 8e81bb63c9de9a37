//! What both drivers build before traffic: the same objects, reached by other names.

use crate::machine::{
    Act, Descriptor, Driver, Machine, PageAllocator, RxBuf, RxQueue, RxRing, Vector,
};
use crate::units::{DmaAddr, PAGE_SIZE, RingId, VectorId, VirtAddr};

/// Where `ioremap` puts BAR 0: the start of the vmalloc area, a model value.
const BAR0: VirtAddr = VirtAddr(0xffff_c900_0020_0000);
/// `QRX_TAIL(0)` of the E810 (`ice_hw_autogen.h`).
const QRX_TAIL: u64 = 0x0029_0000;
/// `E1000_RDT(0)` of the 82576.
const RDT: u64 = 0x2818;
/// Entries of the RSS table: the PF's by capability (`ice`), 128 (`igb`).
const RSS_TABLE: (usize, usize) = (2048, 128);

impl Machine {
    /// Maps the device's registers (BAR 0).
    pub(super) fn map_registers(&mut self) {
        self.nic.hw_addr = BAR0;
    }

    /// The card's vectors: 0 for link and admin events, 1 for receive queue 0.
    pub(super) fn create_vectors(&mut self) {
        let first_irq = match self.settings.driver {
            Driver::Ice => 145,
            Driver::Igb => 26,
        };
        let receive = Vector {
            rx_queue: Some(0),
            itr_ns: self.settings.itr_ns,
            intrl_ns: self.settings.intrl_ns,
            set_itr: self.settings.driver == Driver::Igb,
            ..Vector::default()
        };
        self.nic.vectors = vec![Vector::default(), receive];
        self.irqs = crate::kernel::boot::interrupt_lines(first_irq, 2);
    }

    /// The software ring, still without descriptor memory, and the device's queue of its number.
    pub(super) fn create_ring(&mut self) {
        let count = self.settings.rx_ring;
        self.rings.push(RxRing { count, ..RxRing::default() });
        self.nic.queues.push(RxQueue { vector: VectorId(1), count, ..RxQueue::default() });
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
            Driver::Igb => RDT + 0x100 * u64::from(ring.0),
        };
        self.rings[ring.index()].tail = self.nic.hw_addr.offset(offset);
    }
}

/// Lets the device use the queue.
pub(super) fn enable_queue<S: crate::fact::Sink>(act: &mut Act<'_, S>, ring: RingId) {
    act.m.nic.queues[ring.index()].enabled = true;
}
