//! NAPI instances and interrupt lines.

use super::sk_buff::SkbList;
use crate::units::{CpuId, NapiId, RingId, SkbId, VectorId};
use serde::{Deserialize, Serialize};

/// `NAPIF_STATE_SCHED`: owned, queued or being polled.
pub const NAPI_SCHED: u16 = 1 << 0;
/// `NAPIF_STATE_MISSED`: somebody asked again while it was owned.
pub const NAPI_MISSED: u16 = 1 << 1;
/// `NAPIF_STATE_DISABLE`: being disabled.
pub const NAPI_DISABLE: u16 = 1 << 2;
/// `NAPIF_STATE_NPSVC`: not enabled yet, or owned by netpoll.
pub const NAPI_NPSVC: u16 = 1 << 3;
/// `NAPIF_STATE_LISTED`: registered with its device.
pub const NAPI_LISTED: u16 = 1 << 4;

/// The most packets that one poll may take (`NAPI_POLL_WEIGHT`).
pub const NAPI_POLL_WEIGHT: u32 = 64;

/// Buckets of held packets (`GRO_HASH_BUCKETS`).
pub const GRO_HASH_BUCKETS: usize = 8;
/// Packets that a bucket holds (`MAX_GRO_SKBS`).
pub const MAX_GRO_SKBS: usize = 8;

/// The held packets of one bucket (`struct gro_list`), the youngest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroList {
    /// The packets; behind `count` none.
    pub held: [SkbId; MAX_GRO_SKBS],
    /// How many.
    pub count: u8,
}

impl GroList {
    /// The packets, the youngest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = SkbId> + use<> {
        self.held.into_iter().take(usize::from(self.count))
    }

    /// Puts a packet in front.
    ///
    /// # Panics
    /// If the bucket is full.
    pub fn push(&mut self, skb: SkbId) {
        assert!(usize::from(self.count) < MAX_GRO_SKBS, "a full bucket was flushed first");
        self.held.copy_within(..MAX_GRO_SKBS - 1, 1);
        self.held[0] = skb;
        self.count += 1;
    }

    /// Takes a packet out.
    ///
    /// # Panics
    /// If it is not there.
    pub fn remove(&mut self, skb: SkbId) {
        let place = self.iter().position(|held| held == skb).expect("a held packet");
        self.held.copy_within(place + 1.., place);
        self.held[MAX_GRO_SKBS - 1] = SkbId::NONE;
        self.count -= 1;
    }
}

/// A NAPI instance (`struct napi_struct`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Napi {
    /// `state`: the `NAPI_*` bits.
    pub state: u16,
    /// `weight`.
    pub weight: u16,
    /// `napi_id`.
    pub napi_id: u32,
    /// `list_owner`: the CPU whose list it is on.
    pub list_owner: CpuId,
    /// `gro_hash`: the held packets of each bucket, the youngest first.
    pub gro_hash: [GroList; GRO_HASH_BUCKETS],
    /// `gro_bitmask`: which buckets hold something.
    pub gro_bitmask: u8,
    /// `rx_list`: packets that wait to go up together.
    pub rx_list: SkbList,
    /// `rx_count`: segments on it.
    pub rx_count: u32,
    /// `defer_hard_irqs_count`: polls without work that may still leave the interrupt off.
    pub defer_hard_irqs_count: u32,
    /// `timer`: when it is due, if it runs.
    pub timer_due: Option<u64>,
    /// The rings that its poll cleans.
    pub rings: Vec<RingId>,
    /// The vector that wakes it.
    pub vector: VectorId,
    /// Polls so far.
    pub polls: u64,
    /// What the last poll returned.
    pub last_work: u32,
    /// Packets taken by all polls.
    pub work: u64,
}

/// An interrupt line (`struct irq_desc` with its one `irqaction`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IrqDesc {
    /// The Linux IRQ number.
    pub irq: u16,
    /// The device's vector.
    pub vector: VectorId,
    /// `irqaction->dev_id`: the NAPI of the q_vector, or none for link events.
    pub napi: NapiId,
    /// `IRQD_IRQ_INPROGRESS`.
    pub in_progress: bool,
    /// Interrupts taken (`kstat_irqs`).
    pub count: u64,
    /// A handler is registered.
    pub requested: bool,
}
