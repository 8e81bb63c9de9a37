//! The network card: on-chip buffer, receive queues, interrupt vectors, counters.

use crate::units::{CpuId, DmaAddr, NapiId, PacketId, PhysAddr, RingId, VectorId, VirtAddr};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Descriptors that the card fetches by one DMA read: a model value, a burst of 256 bytes in
/// `ice`'s 32-byte format.
pub const FETCH_MAX: u16 = 8;
/// The on-chip receive packet buffer: a model value; the data sheet gives no size per port.
pub const PACKET_BUFFER_BYTES: u32 = 128 * 1024;

/// The card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nic {
    /// BAR 0 as the CPU sees it (`hw->hw_addr`), once mapped.
    pub hw_addr: VirtAddr,
    /// It may send memory requests (PCI Bus Master Enable).
    pub bus_master: bool,
    /// The wire may deliver.
    pub link_up: bool,
    /// Bytes in the on-chip packet buffer, of all queues.
    pub fifo_bytes: u32,
    /// The receive queues.
    pub queues: Vec<RxQueue>,
    /// The interrupt vectors.
    pub vectors: Vec<Vector>,
    /// Queue that each RSS table entry names.
    pub rss_table: Vec<u8>,
    /// What it counted.
    pub counters: NicCounters,
}

impl Nic {
    /// The queue that the RSS table names for a hash.
    #[must_use]
    pub fn queue_of(&self, rss_hash: u32) -> RingId {
        let entry = rss_hash as usize % self.rss_table.len();
        RingId(u32::from(self.rss_table[entry]))
    }
}

/// The device's side of a receive queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RxQueue {
    /// The driver enabled it.
    pub enabled: bool,
    /// Where the ring lies, for the device.
    pub base: DmaAddr,
    /// Slots.
    pub count: u16,
    /// Next slot to write back; the device's *head*.
    pub head: u16,
    /// Next slot to fetch.
    pub fetch: u16,
    /// The tail register: the device owns slots up to, not including, this one.
    pub tail: u16,
    /// Frames in the on-chip buffer for this queue, first come first.
    pub fifo: VecDeque<PacketId>,
    /// Bytes of the first of them that are in host memory already.
    pub written: u32,
    /// Buffer addresses of the fetched descriptors, oldest first.
    pub fetched: VecDeque<DmaAddr>,
    /// The engine works on a frame.
    pub busy: bool,
    /// The engine waits for descriptors.
    pub starved: bool,
    /// The vector that its cause raises.
    pub vector: VectorId,
}

/// One MSI-X vector with its cause and its moderation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Vector {
    /// Its name in /proc/interrupts: which queue it serves, or none for link and admin events.
    pub rx_queue: Option<u16>,
    /// The NAPI that its handler schedules.
    pub napi: NapiId,
    /// Interrupts are armed: INTENA of `GLINT_DYN_CTL` (`ice`), the bit in `EIMS` (`igb`).
    pub armed: bool,
    /// A cause waits to be told.
    pub cause: bool,
    /// The moderation timer runs.
    pub timer: bool,
    /// The least time between two interrupts by ITR, in ns.
    pub itr_ns: u32,
    /// The least time between two interrupts by rate limit (`ice`'s INTRL), in ns.
    pub intrl_ns: u32,
    /// `igb`: the handler still has a new EITR value to write (`set_itr`).
    pub set_itr: bool,
    /// `ice`: the driver polls on and asked for write-backs without interrupts (`wb_on_itr`).
    pub wb_on_itr: bool,
    /// When the software-triggered interrupt is due, if one was asked for.
    pub software_due: Option<u64>,
    /// When it fired last.
    pub fired_at: Option<u64>,
    /// How often it fired.
    pub fired: u64,
    /// The MSI-X table entry: where the message goes, and what it says.
    pub address: PhysAddr,
    /// The message's data: the CPU's vector number.
    pub data: u32,
    /// The CPU that the address names.
    pub cpu: CpuId,
}

/// What the card counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NicCounters {
    /// Frames that arrived.
    pub received: u64,
    /// Frames with a bad frame check sequence.
    pub crc_errors: u64,
    /// Frames shorter than 60 bytes without FCS.
    pub undersize: u64,
    /// Frames longer than the largest the card accepts.
    pub oversize: u64,
    /// Frames lost because the on-chip buffer was full while descriptors were there.
    pub buffer_full: u64,
    /// Frames lost because the on-chip buffer was full and the queue had no descriptor.
    pub no_descriptor: u64,
    /// DMA reads.
    pub dma_reads: u64,
    /// DMA writes.
    pub dma_writes: u64,
    /// Tail register writes that arrived.
    pub doorbells: u64,
    /// Accesses that the IOMMU refused.
    pub faults: u64,
}
