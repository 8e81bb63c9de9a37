//! NAPI instances and interrupt lines.

use super::sk_buff::SkbList;
use crate::units::{CpuId, NapiId, RingId, VectorId};
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
    /// `rx_list`: packets that wait to go up together.
    pub rx_list: SkbList,
    /// `rx_count`: segments on it.
    pub rx_count: u32,
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
