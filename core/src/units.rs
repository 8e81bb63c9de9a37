//! The quantities that everything else is written in: addresses, handles, sizes.
//!
//! An address is meaningful to one party only, so the three kinds are three types:
//! a CPU cannot dereference a [`DmaAddr`] and a device cannot be handed a [`VirtAddr`].

use serde::{Deserialize, Serialize};

/// Bytes in a page (x86-64).
pub const PAGE_SIZE: u32 = 4096;

macro_rules! address {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl $name {
            /// The address `bytes` further on.
            #[must_use]
            pub const fn offset(self, bytes: u64) -> Self {
                Self(self.0 + bytes)
            }
        }
    };
}

address! {
    /// An address that the CPU uses: kernel virtual memory, or a mapped register (MMIO).
    VirtAddr
}
address! {
    /// An address on the memory bus, after the IOMMU.
    PhysAddr
}
address! {
    /// An address that a device uses (`dma_addr_t`): an IOVA when an IOMMU translates.
    DmaAddr
}

/// A value that fits into one local variable of a call frame.
pub trait Local: Copy {
    /// What the value is.
    const KIND: LocalKind;
    /// The bits to keep in the frame.
    fn bits(self) -> u32;
    /// The value those bits stand for.
    fn from_bits(bits: u32) -> Self;
}

/// What a local variable of a call frame is: a number, or the handle of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the type of that name")]
pub enum LocalKind {
    Number,
    PacketId,
    SkbId,
    PageId,
    FragId,
    CpuId,
    TaskId,
    SocketId,
    NapiId,
    RingId,
    VectorId,
}

impl Local for u32 {
    const KIND: LocalKind = LocalKind::Number;
    fn bits(self) -> u32 {
        self
    }
    fn from_bits(bits: u32) -> Self {
        bits
    }
}

impl Local for i32 {
    const KIND: LocalKind = LocalKind::Number;
    fn bits(self) -> u32 {
        self.cast_unsigned()
    }
    fn from_bits(bits: u32) -> Self {
        bits.cast_signed()
    }
}

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// No such object: the model's NULL.
            pub const NONE: Self = Self(u32::MAX);

            /// The place in its arena.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// Whether this is [`Self::NONE`].
            #[must_use]
            pub const fn is_none(self) -> bool {
                self.0 == u32::MAX
            }

            /// The handle, unless it is [`Self::NONE`].
            #[must_use]
            pub const fn some(self) -> Option<Self> {
                if self.is_none() { None } else { Some(self) }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::NONE
            }
        }

        impl Local for $name {
            const KIND: LocalKind = LocalKind::$name;
            fn bits(self) -> u32 {
                self.0
            }
            fn from_bits(bits: u32) -> Self {
                Self(bits)
            }
        }
    };
}

handle! {
    /// A frame of the workload, numbered as it arrives; the first is 0.
    PacketId
}
handle! {
    /// An `sk_buff` in the slab.
    SkbId
}
handle! {
    /// A physical page that the packet path uses.
    PageId
}
handle! {
    /// A fragment: a piece of a page that an `sk_buff` holds beside its head.
    FragId
}
handle! {
    /// A CPU.
    CpuId
}
handle! {
    /// A task: a schedulable thread.
    TaskId
}
handle! {
    /// A socket.
    SocketId
}
handle! {
    /// A NAPI instance.
    NapiId
}
handle! {
    /// A receive ring, and the device's queue of the same number.
    RingId
}
handle! {
    /// An MSI-X vector of the device: its table index.
    VectorId
}

/// `index` one place further in a ring of `count` slots.
#[must_use]
pub const fn ring_next(index: u16, count: u16) -> u16 {
    if index + 1 == count { 0 } else { index + 1 }
}

/// The slot before `index` in a ring of `count`.
#[must_use]
pub const fn ring_previous(index: u16, count: u16) -> u16 {
    if index == 0 { count - 1 } else { index - 1 }
}

/// How many slots lie from `from` up to, not including, `to` in a ring of `count`.
#[must_use]
pub const fn ring_distance(from: u16, to: u16, count: u16) -> u16 {
    if to >= from { to - from } else { count - from + to }
}

#[cfg(test)]
mod tests {
    use super::{ring_distance, ring_next, ring_previous};

    #[test]
    fn an_index_at_the_last_slot_wraps_to_the_first() {
        assert_eq!(ring_next(62, 64), 63);
        assert_eq!(ring_next(63, 64), 0);
        assert_eq!(ring_previous(0, 64), 63);
        assert_eq!(ring_previous(63, 64), 62);
    }

    #[test]
    fn a_distance_across_the_wrap_counts_both_parts() {
        assert_eq!(ring_distance(60, 4, 64), 8);
        assert_eq!(ring_distance(4, 60, 64), 56);
        assert_eq!(ring_distance(7, 7, 64), 0);
    }
}
