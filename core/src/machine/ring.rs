//! The receive ring: descriptors in memory that driver and device share, and the driver's shadow
//! array beside them.

use crate::units::{DmaAddr, NapiId, PacketId, PageId, SkbId, VirtAddr};
use serde::{Deserialize, Serialize};

/// A receive descriptor, whichever format it is in.
///
/// The driver writes the *read* format (`pkt_addr`); the device overwrites it with the *write-back*
/// format. What the two drivers test for "done" differs: `ice` looks at the DD bit of
/// `status_error0`, `igb` at `length`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Descriptor {
    /// Read format: where the device shall put the packet.
    pub pkt_addr: DmaAddr,
    /// Write-back: RSS hash.
    pub rss_hash: u32,
    /// Write-back: `pkt_len` (`ice`) or `length` (`igb`).
    pub length: u16,
    /// Write-back: `status_error0` (`ice`) or `status_error` (`igb`).
    pub status: u32,
    /// Write-back: packet type.
    pub ptype: u16,
    /// The device wrote it last, so `pkt_addr` is gone.
    pub written_back: bool,
    /// Whose packet the write-back is about: the model's note, not in memory.
    pub packet: PacketId,
}

/// The driver's note on one slot (`ice_rx_buf`, `igb_rx_buffer`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RxBuf {
    /// The page posted there, or none.
    pub page: PageId,
    /// Where packets go in the page: after the headroom of the first half, or of the second.
    pub page_offset: u16,
    /// References that the driver still holds in stock.
    pub pagecnt_bias: u16,
    /// `page_count` as sampled before the packet went up (`ice` only).
    pub pgcnt: u32,
}

/// A receive ring (`ice_rx_ring`, `igb_ring`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RxRing {
    /// Slots.
    pub count: u16,
    /// The NAPI that cleans it.
    pub napi: NapiId,
    /// Its descriptors' address for the CPU.
    pub desc: VirtAddr,
    /// Their address for the device.
    pub dma: DmaAddr,
    /// The tail register's mapped address.
    pub tail: VirtAddr,
    /// The descriptors.
    pub descriptors: Vec<Descriptor>,
    /// The shadow array.
    pub rx_buf: Vec<RxBuf>,
    /// Next slot to give to the device.
    pub next_to_use: u16,
    /// Next slot to look at for a packet.
    pub next_to_clean: u16,
    /// Next slot of the shadow array that receives a recycled page.
    pub next_to_alloc: u16,
    /// First descriptor of the packet in progress (`ice`).
    pub first_desc: u16,
    /// The packet in the clean loop's hands (`igb_ring.skb`, kept between polls while the rest of
    /// the packet is to come; a local variable in `ice`).
    pub skb: SkbId,
    /// Descriptors that were not the last of their packet (`rx_non_eop_descs`, `ice` only).
    pub non_eop_descs: u64,
    /// Packets received.
    pub packets: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Page or mapping failures (`rx_pg_alloc_fail`).
    pub alloc_page_failed: u32,
    /// `sk_buff` failures (`rx_alloc_fail`).
    pub alloc_buf_failed: u32,
    /// Pages given back to the ring.
    pub pages_reused: u64,
    /// Pages that had to leave the ring.
    pub pages_released: u64,
}

impl RxRing {
    /// Slots that the driver may fill; one always stays unused, so that full differs from empty
    /// (`ICE_RX_DESC_UNUSED`, `igb_desc_unused`).
    ///
    /// `from` is the oldest slot still in use: `first_desc` for `ice`, `next_to_clean` for `igb`.
    #[must_use]
    pub fn unused(&self, from: u16) -> u16 {
        let gap = if from > self.next_to_use { 0 } else { self.count };
        gap + from - self.next_to_use - 1
    }
}

#[cfg(test)]
mod tests {
    use super::RxRing;

    #[test]
    fn an_empty_ring_has_one_slot_fewer_than_its_count() {
        let ring = RxRing { count: 64, ..RxRing::default() };
        assert_eq!(ring.unused(0), 63);
    }

    #[test]
    fn a_ring_whose_next_to_use_wrapped_counts_across_the_end() {
        let ring = RxRing { count: 64, next_to_use: 63, ..RxRing::default() };
        assert_eq!(ring.unused(0), 0);
        assert_eq!(ring.unused(16), 16);
        let wrapped = RxRing { count: 64, next_to_use: 15, ..RxRing::default() };
        assert_eq!(wrapped.unused(16), 0);
    }
}
