//! The IOMMU: which IOVA leads to which page, and the IOTLB in front of the table.

use super::memory::PageAllocator;
use crate::units::{DmaAddr, PAGE_SIZE, PageId, PhysAddr};
use serde::{Deserialize, Serialize};

/// One past the highest IOVA: the kernel hands them out from 4 GiB downward
/// (`alloc_iova_fast` under a 32-bit limit).
const TOP: u64 = 1 << 32;
/// Entries of the IOTLB: a model value; real sizes are not published.
const IOTLB_ENTRIES: u32 = 64;

/// The device's domain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Iommu {
    /// Whether it translates; else a device address is the physical one (`iommu=pt`).
    pub translates: bool,
    /// The page that each IOVA page leads to, counted downward from 4 GiB.
    table: Vec<PageId>,
    /// Runs of IOVA pages that are free again, each by the page of its lowest address: all runs
    /// that were unmapped are of one length.
    free: Vec<u32>,
    /// The IOVA page in each entry of the IOTLB: direct-mapped.
    iotlb: Vec<u32>,
    /// Translations found in the IOTLB.
    pub hits: u64,
    /// Translations that walked the table.
    pub misses: u64,
}

/// A translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Where it leads.
    pub physical: PhysAddr,
    /// Whether the IOTLB knew it.
    pub hit: bool,
}

impl Iommu {
    /// An empty domain.
    #[must_use]
    pub fn new(translates: bool) -> Self {
        Self {
            translates,
            table: Vec::new(),
            free: Vec::new(),
            iotlb: vec![u32::MAX; IOTLB_ENTRIES as usize],
            hits: 0,
            misses: 0,
        }
    }

    /// Maps a block of `count` pages, a power of two, at a multiple of its size.
    pub fn map(&mut self, page: PageId, count: u32) -> DmaAddr {
        if !self.translates {
            return DmaAddr(PageAllocator::physical(page).0);
        }
        let slot = self.free.pop().unwrap_or_else(|| {
            let first = self.table.len().next_multiple_of(count as usize);
            self.table.resize(first + count as usize, PageId::NONE);
            u32::try_from(self.table.len() - 1).expect("fewer than 2^20 IOVA pages")
        });
        for index in 0..count {
            self.table[(slot - index) as usize] = PageId(page.0 + index);
        }
        Self::address(slot)
    }

    /// Maps `count` pages that lie side by side to IOVAs that lie side by side.
    pub fn map_contiguous(&mut self, first: PageId, count: u32) -> DmaAddr {
        if !self.translates {
            return DmaAddr(PageAllocator::physical(first).0);
        }
        // IOVAs go downward, so the last page takes the first slot.
        for index in (0..count).rev() {
            self.table.push(PageId(first.0 + index));
        }
        Self::address(u32::try_from(self.table.len() - 1).expect("fewer than 2^20 IOVA pages"))
    }

    /// Takes the mapping of `count` pages away and forgets it in the IOTLB.
    pub fn unmap(&mut self, address: DmaAddr, count: u32) {
        if !self.translates {
            return;
        }
        let slot = Self::slot(address);
        self.free.push(slot);
        for slot in slot + 1 - count..=slot {
            self.table[slot as usize] = PageId::NONE;
            let entry = &mut self.iotlb[(slot % IOTLB_ENTRIES) as usize];
            if *entry == slot {
                *entry = u32::MAX;
            }
        }
    }

    /// Translates a device address, or none where nothing is mapped: a fault.
    pub fn translate(&mut self, address: DmaAddr) -> Option<Translation> {
        if !self.translates {
            return Some(Translation { physical: PhysAddr(address.0), hit: true });
        }
        let physical = self.look(address)?;
        let slot = Self::slot(address);
        let entry = &mut self.iotlb[(slot % IOTLB_ENTRIES) as usize];
        let hit = *entry == slot;
        *entry = slot;
        if hit {
            self.hits += 1;
        } else {
            self.misses += 1;
        }
        Some(Translation { physical, hit })
    }

    /// Where a device address leads, without touching the IOTLB.
    #[must_use]
    pub fn look(&self, address: DmaAddr) -> Option<PhysAddr> {
        if !self.translates {
            return Some(PhysAddr(address.0));
        }
        if address.0 >= TOP {
            return None;
        }
        let page = self.table.get(Self::slot(address) as usize)?.some()?;
        Some(PageAllocator::physical(page).offset(address.0 % u64::from(PAGE_SIZE)))
    }

    /// Bytes of its tables.
    #[must_use]
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.table) + size_of_val(&*self.free) + size_of_val(&*self.iotlb)
    }

    fn address(slot: u32) -> DmaAddr {
        DmaAddr(TOP - (u64::from(slot) + 1) * u64::from(PAGE_SIZE))
    }

    fn slot(address: DmaAddr) -> u32 {
        let page = (TOP - 1 - address.0) / u64::from(PAGE_SIZE);
        u32::try_from(page).expect("an IOVA below 4 GiB")
    }
}

#[cfg(test)]
mod tests {
    use super::Iommu;
    use crate::machine::memory::PageAllocator;
    use crate::units::{DmaAddr, PageId};

    #[test]
    fn contiguous_pages_stay_contiguous_for_the_device() {
        let mut iommu = Iommu::new(true);
        iommu.map(PageId(9), 1);
        let base = iommu.map_contiguous(PageId(20), 4);
        for index in 0..4 {
            let at = iommu.look(base.offset(u64::from(index) * 4096 + 7)).expect("mapped");
            assert_eq!(at, PageAllocator::physical(PageId(20 + index)).offset(7));
        }
    }

    #[test]
    fn a_block_of_two_pages_is_contiguous_at_an_even_page_and_leaves_as_a_whole() {
        let mut iommu = Iommu::new(true);
        iommu.map_contiguous(PageId(0), 1);
        for round in 0..2 {
            let address = iommu.map(PageId(8), 2);
            assert_eq!(address.0 % 8192, 0);
            for page in 0..2 {
                let at = address.offset(page * 4096);
                let physical = PageAllocator::physical(PageId(8 + u32::try_from(page).unwrap()));
                assert_eq!(iommu.look(at), Some(physical), "round {round}");
                assert_eq!(iommu.translate(at).map(|found| found.hit), Some(false));
            }
            iommu.unmap(address, 2);
            assert_eq!(iommu.look(address), None);
            assert_eq!(iommu.look(address.offset(4096)), None);
        }
    }

    #[test]
    fn an_unmapped_address_is_a_fault_even_after_a_hit() {
        let mut iommu = Iommu::new(true);
        let address = iommu.map(PageId(1), 1);
        assert!(!iommu.translate(address).expect("mapped").hit);
        assert!(iommu.translate(address).expect("mapped").hit);
        iommu.unmap(address, 1);
        assert_eq!(iommu.translate(address), None);
        assert_eq!(iommu.look(DmaAddr(u64::MAX)), None);
    }
}
