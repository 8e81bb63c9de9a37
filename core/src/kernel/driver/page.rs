//! One page, two packets: how both drivers post the halves of a page, or of two pages side by side,
//! in turn.
//!
//! A page enters with 65,535 references, all in the driver's stock (`pagecnt_bias`). Each packet
//! takes one out; so `page_count - pagecnt_bias` is how many fragments are held outside the driver.

use crate::fact::Sink;
use crate::machine::{Act, Machine, RxBuf};
use crate::units::{DmaAddr, PageId, RingId, SkbId, ring_next};

/// Bytes of a packet that are copied at most with `legacy-rx` (`ICE_RX_HDR_SIZE`, `IGB_RX_HDR_LEN`).
pub(super) const RX_HDR_SIZE: u32 = 256;
/// References of a fresh page (`USHRT_MAX`).
const USHRT_MAX: u16 = u16::MAX;

impl Machine {
    /// Puts a fresh page into a slot of the shadow array.
    pub(super) fn post_fresh_page(&mut self, ring: RingId, slot: u16, page: PageId) {
        self.memory.pages[page.index()].refcount += u32::from(USHRT_MAX) - 1;
        let page_offset = self.settings.rx_offset();
        self.rings[ring.index()].rx_buf[usize::from(slot)] =
            RxBuf { page, page_offset, pagecnt_bias: USHRT_MAX, pgcnt: 0 };
    }

    /// Where the device shall write for a slot.
    pub(super) fn buffer_address(&self, ring: RingId, slot: u16) -> DmaAddr {
        let buf = self.rings[ring.index()].rx_buf[usize::from(slot)];
        let iova = self.memory.pages[buf.page.index()].iova.expect("a posted page is mapped");
        iova.offset(u64::from(buf.page_offset))
    }

    /// Takes one reference out of the stock and notes the page's count, before anyone else can
    /// change it.
    pub(super) fn take_buffer(&mut self, ring: RingId, slot: u16) {
        let buf = &mut self.rings[ring.index()].rx_buf[usize::from(slot)];
        buf.pgcnt = self.memory.pages[buf.page.index()].refcount;
        buf.pagecnt_bias -= 1;
    }

    /// The packet went up: the other half is next.
    pub(super) fn flip_half(&mut self, ring: RingId, slot: u16) {
        let half = self.settings.frame_sz();
        self.rings[ring.index()].rx_buf[usize::from(slot)].page_offset ^= half;
    }

    /// Whether nobody holds the other half (`ice_can_reuse_rx_page`, `igb_can_reuse_rx_page`).
    /// The model's pages are all local and none is from the emergency reserve.
    pub(super) fn can_reuse(&self, ring: RingId, slot: u16) -> bool {
        let buf = &self.rings[ring.index()].rx_buf[usize::from(slot)];
        buf.pgcnt - u32::from(buf.pagecnt_bias) <= 1
    }

    /// Moves a slot's page to the slot that is filled next, with its mapping
    /// (`ice_reuse_rx_page`, `igb_reuse_rx_page`). Refills the stock when it runs low.
    pub(super) fn reuse_page(&mut self, ring: RingId, slot: u16) {
        let record = &mut self.rings[ring.index()];
        let mut buf = std::mem::take(&mut record.rx_buf[usize::from(slot)]);
        if buf.pagecnt_bias == 1 {
            self.memory.pages[buf.page.index()].refcount += u32::from(USHRT_MAX) - 1;
            buf.pagecnt_bias = USHRT_MAX;
        }
        record.rx_buf[usize::from(record.next_to_alloc)] = buf;
        record.next_to_alloc = ring_next(record.next_to_alloc, record.count);
        record.pages_reused += 1;
    }

    /// Attaches what was not copied of a packet's first buffer (`skb_add_rx_frag`).
    pub(super) fn add_rest(&mut self, ring: RingId, slot: u16, skb: SkbId) {
        let copied = self.skbs.objects[skb.index()].len;
        let copied = u16::try_from(copied).expect("at most 256 bytes");
        self.add_rx_frag(ring, slot, skb, copied);
    }

    /// Lets a slot's page go: drops the stock; whoever holds a packet of it frees it last
    /// (`__page_frag_cache_drain`).
    pub(super) fn release_page(&mut self, ring: RingId, slot: u16) {
        let record = &mut self.rings[ring.index()];
        let buf = std::mem::take(&mut record.rx_buf[usize::from(slot)]);
        record.pages_released += 1;
        self.memory.put(buf.page, u32::from(buf.pagecnt_bias));
    }
}

impl<S: Sink> Act<'_, S> {
    /// Copies a packet's first bytes into its head: all of a short one's `size`, of a longer one the
    /// headers, whose length was just returned. Returns how many bytes of the buffer are left.
    pub(super) fn copy_headers(&mut self, skb: SkbId, size: u32) -> u32 {
        let headers = if size > RX_HDR_SIZE { self.result() } else { size };
        self.spend(self.m.settings.costs.copy_ns(headers));
        self.m.skbs.objects[skb.index()].len = headers;
        size - headers
    }
}
