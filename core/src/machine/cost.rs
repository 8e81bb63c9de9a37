//! How long each kind of work takes: one table, with where each figure comes from.
//!
//! All are **model values**: orders of magnitude for a server of about 3 GHz, to make the
//! proportions plausible. Only order is claimed exactly, and that is checked against recordings
//! under the profile `emulator`.

use super::settings::CostProfile;
use crate::fact::Cost;

/// One row: the kind, ns under `server`, ns under `emulator`.
type Row = (Cost, u32, u32);

/// In the order of [`Cost`].
const TABLE: [Row; Cost::COUNT] = [
    (Cost::Free, 0, 0),
    // About a dozen instructions at three a cycle.
    (Cost::Cpu, 2, 1),
    // A line last written by the device: last-level cache or memory, 50 to 100 ns.
    (Cost::Miss, 70, 1),
    // A locked operation on a line that this CPU holds: about 20 cycles.
    (Cost::Atomic, 7, 1),
    (Cost::Lock, 8, 1),
    // Store fence and a posted write: the CPU goes on at once.
    (Cost::MmioWrite, 25, 1),
    // A PCIe round trip, about 1 µs.
    (Cost::MmioRead, 1_000, 1),
    // Per-CPU slab cache.
    (Cost::Slab, 12, 1),
    // Per-CPU page list.
    (Cost::PageAlloc, 45, 1),
    // Per-CPU IOVA cache, one page-table entry.
    (Cost::IovaMap, 90, 1),
    // A hash bucket, often cold.
    (Cost::Lookup, 25, 1),
    // Set-up of a copy; the bytes come on top, see `COPY_BYTES_PER_NS`.
    (Cost::Copy, 10, 1),
    // Mode switch with mitigations, stack switch: some 1,000 cycles.
    (Cost::IrqEntry, 300, 1),
    (Cost::Wake, 150, 1),
    // Direct cost of a switch, about 1 µs.
    (Cost::ContextSwitch, 1_000, 1),
    (Cost::Syscall, 100, 1),
    // Admin queue command or slow bus operation: tens of µs.
    (Cost::Firmware, 20_000, 1),
    // The setting `app_ns` comes on top.
    (Cost::AppWork, 0, 1),
    // A stage of the card's pipeline.
    (Cost::NicStage, 10, 0),
    // Start of a posted write; the bytes come on top, see `BUS_BYTES_PER_NS`.
    (Cost::DmaWrite, 10, 0),
    // A PCIe read round trip for the device: some 500 ns.
    (Cost::DmaRead, 500, 0),
    // An IOTLB hit; a miss adds `IOTLB_MISS_NS`.
    (Cost::Iotlb, 5, 0),
    // A posted write on its way up: message or register.
    (Cost::Message, 250, 0),
];

const _: () = {
    let mut row = 0;
    while row < TABLE.len() {
        assert!(TABLE[row].0 as usize == row, "the table is in the order of Cost");
        row += 1;
    }
};

/// The same table by profile, as the engine reads it.
const NS: [[u32; Cost::COUNT]; 2] = {
    let mut ns = [[0; Cost::COUNT]; 2];
    let mut row = 0;
    while row < TABLE.len() {
        ns[0][row] = TABLE[row].1;
        ns[1][row] = TABLE[row].2;
        row += 1;
    }
    ns
};

/// A page-table walk of the IOMMU: several memory reads. Model value.
const IOTLB_MISS_NS: u32 = 200;
/// Bytes that the bus moves in a nanosecond: PCIe 4.0 x16, less overhead. Model value.
const BUS_BYTES_PER_NS: u32 = 24;
/// Bytes that a copy to user memory moves in a nanosecond: 10 GB/s. Model value.
const COPY_BYTES_PER_NS: u32 = 10;

impl CostProfile {
    /// How long a line of this kind takes, in ns.
    #[must_use]
    #[inline]
    pub fn ns(self, cost: Cost) -> u64 {
        u64::from(NS[self as usize][cost as usize])
    }

    /// What an IOTLB miss adds, in ns.
    #[must_use]
    pub fn iotlb_miss_ns(self) -> u64 {
        self.unless_emulator(IOTLB_MISS_NS)
    }

    /// How long the bus moves so many bytes, in ns.
    #[must_use]
    pub fn bus_ns(self, bytes: u32) -> u64 {
        self.unless_emulator(bytes / BUS_BYTES_PER_NS)
    }

    /// How long a copy of so many bytes takes, in ns.
    #[must_use]
    pub fn copy_ns(self, bytes: u32) -> u64 {
        self.unless_emulator(bytes / COPY_BYTES_PER_NS)
    }

    fn unless_emulator(self, ns: u32) -> u64 {
        match self {
            Self::Server => u64::from(ns),
            Self::Emulator => 0,
        }
    }
}
