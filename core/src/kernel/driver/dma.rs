//! The kernel's DMA mapping calls, as the drivers make them for a buffer's pages.
//!
//! Left out: swiotlb, lazy invalidation (the model invalidates at once), sync of memory that is
//! not coherent (on x86 `dma_skip_sync` makes it a flag test).

use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Run};
use crate::units::{PacketId, PageId};

routine! {
    /// Maps a page for the device; the ring's slot gets the address.
    DmaMapPageAttrs { page: PageId } lines MapLine;
    Visible "dma_map_page_attrs" "kernel/dma/mapping.c" : 155;
    Map 171 "iommu_dma_map_page(): iova = alloc_iova(); page_table[iova] = page"
        Kernel Maps Page IovaMap;
}

impl Run for DmaMapPageAttrs {
    fn run<S: Sink>(&mut self, _: MapLine, act: &mut Act<'_, S>) -> Flow<MapLine> {
        let address = act.m.iommu.map(self.page, act.m.memory.block());
        act.m.memory.pages[self.page.index()].iova = Some(address);
        act.did(self.page.0, PacketId::NONE);
        Flow::Return(0)
    }
}

routine! {
    /// Takes a page away from the device.
    DmaUnmapPageAttrs { page: PageId } lines UnmapLine;
    Visible "dma_unmap_page_attrs" "kernel/dma/mapping.c" : 183;
    Unmap 193 "iommu_dma_unmap_page(): page_table[iova] = none; flush IOTLB; free_iova()"
        Kernel Maps Page IovaMap;
}

impl Run for DmaUnmapPageAttrs {
    fn run<S: Sink>(&mut self, _: UnmapLine, act: &mut Act<'_, S>) -> Flow<UnmapLine> {
        let address = act.m.memory.pages[self.page.index()].iova.take();
        let pages = act.m.memory.block();
        act.m.iommu.unmap(address.expect("only a mapped page is unmapped"), pages);
        act.did(self.page.0, PacketId::NONE);
        Flow::Return(0)
    }
}
