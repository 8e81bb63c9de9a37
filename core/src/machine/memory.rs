//! Host memory as the packet path uses it: pages with their reference counts, and the addresses
//! by which CPU, bus and device know them.

use crate::units::{DmaAddr, PAGE_SIZE, PacketId, PageId, PhysAddr, VirtAddr};
use serde::{Deserialize, Serialize};

/// Where the kernel's direct map begins (x86-64, no KASLR).
const DIRECT_MAP: u64 = 0xffff_8880_0000_0000;
/// Where the model's pages lie in physical memory: above 4 GiB, so that no address is by chance
/// equal to an IOVA.
const PAGES_AT: PhysAddr = PhysAddr(0x1_0000_0000);

/// One 4 KiB page of the packet path, or the first of a block of them (a compound page's head).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Page {
    /// `page->_refcount`.
    pub refcount: u32,
    /// Where the device sees it, or none.
    pub iova: Option<DmaAddr>,
    /// Whose bytes each half of it, or of its block, holds.
    pub content: [PacketId; 2],
}

/// The pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageAllocator {
    /// All pages ever handed out.
    pub pages: Vec<Page>,
    /// Pages of a block, as a power of two: all blocks of a run are alike.
    pub order: u8,
    /// Blocks that are free now; the last freed is taken first, as in a per-CPU list.
    pub free: Vec<PageId>,
    /// Allocations that are still to fail, for a scenario of memory pressure.
    pub failures_left: u32,
}

impl PageAllocator {
    /// A block with one reference, or none under memory pressure (`dev_alloc_pages`).
    pub fn allocate(&mut self) -> Option<PageId> {
        if self.failures_left > 0 {
            self.failures_left -= 1;
            return None;
        }
        let page = self.free.pop().unwrap_or_else(|| {
            // A block lies at a multiple of its size, as the buddy allocator cuts them.
            let first = self.pages.len().next_multiple_of(1 << self.order);
            self.pages.resize(first + (1 << self.order), Page::default());
            PageId(u32::try_from(first).expect("fewer than 2^32 pages"))
        });
        self.pages[page.index()].refcount = 1;
        Some(page)
    }

    /// `count` pages side by side, for coherent memory; they are never freed while the interface
    /// is up.
    pub fn allocate_contiguous(&mut self, count: u32) -> PageId {
        let first = PageId(u32::try_from(self.pages.len()).expect("fewer than 2^32 pages"));
        for _ in 0..count {
            self.pages.push(Page { refcount: 1, ..Page::default() });
        }
        first
    }

    /// Drops `references`; at zero the page is free. Returns whether it is.
    ///
    /// # Panics
    /// If more references are dropped than there are, or a mapped page is freed.
    pub fn put(&mut self, page: PageId, references: u32) -> bool {
        let record = &mut self.pages[page.index()];
        assert!(record.refcount >= references, "page reference count below zero");
        record.refcount -= references;
        if record.refcount > 0 {
            return false;
        }
        assert!(record.iova.is_none(), "a page is freed while the device can reach it");
        record.content = [PacketId::NONE; 2];
        self.free.push(page);
        true
    }

    /// Its address on the memory bus.
    #[must_use]
    pub fn physical(page: PageId) -> PhysAddr {
        PAGES_AT.offset(u64::from(page.0) * u64::from(PAGE_SIZE))
    }

    /// Its address for the CPU (`page_address`).
    #[must_use]
    pub fn virtual_address(page: PageId) -> VirtAddr {
        VirtAddr(DIRECT_MAP + Self::physical(page).0)
    }

    /// Pages of a block.
    #[must_use]
    pub fn block(&self) -> u32 {
        1 << self.order
    }

    /// Which half of its block an address lies in: 0 or 1.
    #[must_use]
    pub fn half(&self, address: PhysAddr) -> usize {
        let bytes = u64::from(PAGE_SIZE) << self.order;
        usize::from(address.0 % bytes >= bytes / 2)
    }

    /// The block at an address on the memory bus, by its first page (`virt_to_head_page`).
    #[must_use]
    pub fn at(&self, address: PhysAddr) -> PageId {
        let page = ((address.0 - PAGES_AT.0) / u64::from(PAGE_SIZE)) >> self.order << self.order;
        PageId(u32::try_from(page).expect("an address of a page"))
    }
}
