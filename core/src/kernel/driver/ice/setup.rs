//! Intel `ice`, from probe to the armed vector (`kernel-path` 1.2 to 1.27): what it loops over its
//! queues for, it does here queue by queue.
//!
//! Left out: firmware dialogue beyond one line each, DDP package, scheduler tree, transmit queues.

use super::refill::IceAllocRxBufs;
use crate::fact::{Sink, routine};
use crate::kernel::boot::{FIRST_QUEUE, NapiEnable, NetifNapiAddWeight, RequestThreadedIrq, arm};
use crate::kernel::driver::setup::enable_queue;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{PacketId, RingId};

routine! {
    /// Brings the device to life and builds its software objects.
    IceProbe { queue: RingId } lines IceProbeLine;
    Visible "ice_probe" "drivers/net/ethernet/intel/ice/ice_main.c" : 5258;
    Enable 5288 "pcim_enable_device(pdev)" Driver Writes Device Firmware;
    MapBar 5292 "hw_addr = pcim_iomap_regions(pdev, BAR 0)" Driver Maps Device Firmware
        writes["ice_hw.hw_addr"];
    DmaMask 5306 "dma_set_mask_and_coherent(64 bits)" Driver Writes Device Cpu
        writes["device.coherent_dma_mask"];
    BusMaster 5312 "pci_set_master(pdev)" Driver Writes Device Firmware;
    InitDevice 5104 "ice_init_dev(pf): reset, firmware, capabilities" Driver Asks Device Firmware;
    Vectors 197 in "drivers/net/ethernet/intel/ice/ice_irq.c"
        "ice_ena_msix_range(pf); ice_vsi_alloc_q_vectors()" Driver Allocates Vector Firmware
        writes["ice_q_vector.reg_idx"];
    Rings 1418 in "drivers/net/ethernet/intel/ice/ice_lib.c" "ice_vsi_alloc_rings(vsi)"
        Driver Allocates Ring Slab writes["ice_rx_ring.count"];
    MapRings 858 in "drivers/net/ethernet/intel/ice/ice_base.c" "ice_vsi_map_rings_to_vectors(vsi)"
        Driver Links Ring Cpu
        writes["ice_rx_ring.q_vector", "ice_rx_ring.next", "ice_q_vector.rx.rx_ring"];
    RssTable 3704 "ice_fill_rss_lut(lut): entry i = i % queues" Driver Writes Register Firmware;
    NapiAdd 2788 in "drivers/net/ethernet/intel/ice/ice_lib.c" "ice_napi_add(vsi)"
        Driver Calls Vector Cpu;
}

impl Run for IceProbe {
    fn run<S: Sink>(&mut self, line: IceProbeLine, act: &mut Act<'_, S>) -> Flow<IceProbeLine> {
        use IceProbeLine as L;
        let (queue, after) = (self.queue, act.m.queue_after(self.queue));
        let of_vector = matches!(line, L::Vectors | L::NapiAdd);
        act.did(if of_vector { 1 + queue.0 } else { queue.0 }, PacketId::NONE);
        match line {
            L::Enable => Flow::Next(L::MapBar),
            L::MapBar => {
                act.m.map_registers();
                Flow::Next(L::DmaMask)
            }
            L::DmaMask => Flow::Next(L::BusMaster),
            L::BusMaster => {
                act.m.nic.bus_master = true;
                Flow::Next(L::InitDevice)
            }
            L::InitDevice => Flow::Next(L::Vectors),
            L::Vectors => {
                act.m.create_vectors();
                Flow::Next(L::Rings)
            }
            L::Rings => {
                act.m.create_ring(queue);
                Flow::Next(self.again(after, L::Rings, L::MapRings))
            }
            L::MapRings => Flow::Next(self.again(after, L::MapRings, L::RssTable)),
            L::RssTable => {
                act.m.fill_rss_table();
                Flow::Next(L::NapiAdd)
            }
            L::NapiAdd => {
                let vector = act.m.vector_of(queue);
                let add = CallFrame::of(NetifNapiAddWeight { ring: queue, vector });
                let Some(next) = after else { return Flow::CallLast(add) };
                self.queue = next;
                Flow::Call(add, L::NapiAdd)
            }
        }
    }
}

impl IceProbe {
    /// Once more with the next queue, or on with the first.
    fn again(
        &mut self,
        after: Option<RingId>,
        line: IceProbeLine,
        on: IceProbeLine,
    ) -> IceProbeLine {
        self.queue = after.unwrap_or(FIRST_QUEUE);
        if after.is_some() { line } else { on }
    }
}

routine! {
    /// Brings the interface up.
    IceOpen { queue: RingId } lines IceOpenLine;
    Visible "ice_vsi_open" "drivers/net/ethernet/intel/ice/ice_main.c" : 7462;
    SetupRings 7473 "ice_vsi_setup_rx_rings(vsi): ice_setup_rx_ring(ring)" Driver Calls Ring Cpu;
    Configure 7477 "ice_vsi_cfg_lan(vsi): ice_vsi_cfg_rxq(ring)" Driver Calls Ring Cpu;
    Fill 626 in "drivers/net/ethernet/intel/ice/ice_base.c"
        "ice_alloc_rx_bufs(ring, ICE_RX_DESC_UNUSED)" Driver Calls Ring Cpu;
    RequestIrq 7483 "ice_vsi_req_irq_msix(vsi): request_irq()" Driver Calls Vector Cpu;
    ConnectVector 1930 in "drivers/net/ethernet/intel/ice/ice_lib.c"
        "ice_vsi_cfg_msix(vsi): QINT_RQCTL, GLINT_ITR" Driver Writes Register MmioWrite
        writes["QINT_RQCTL", "GLINT_ITR"];
    EnableQueue 743 in "drivers/net/ethernet/intel/ice/ice_base.c"
        "ice_vsi_start_all_rx_rings(): QRX_CTRL.QENA_REQ, wait for QENA_STAT"
        Driver Writes Register Firmware writes["QRX_CTRL"];
    EnableNapi 6760 "ice_napi_enable_all(vsi): napi_enable(napi)" Driver Calls Vector Cpu;
    Arm 732 in "drivers/net/ethernet/intel/ice/ice.h"
        "ice_vsi_ena_irq(vsi): GLINT_DYN_CTL = INTENA | CLEARPBA" Driver Arms Vector MmioWrite
        writes["GLINT_DYN_CTL"];
}

impl Run for IceOpen {
    fn run<S: Sink>(&mut self, line: IceOpenLine, act: &mut Act<'_, S>) -> Flow<IceOpenLine> {
        use IceOpenLine as L;
        let (ring, vector) = (self.queue, act.m.vector_of(self.queue));
        let after = act.m.queue_after(ring);
        let of_vector = matches!(line, L::RequestIrq | L::EnableNapi | L::Arm);
        act.did(if of_vector { vector.0 } else { ring.0 }, PacketId::NONE);
        match line {
            L::SetupRings => {
                let setup = CallFrame::of(IceSetupRxRing { ring });
                Flow::Call(setup, self.again(after, L::SetupRings, L::Configure))
            }
            L::Configure => Flow::Call(CallFrame::of(IceSetupRxCtx { ring }), L::Fill),
            L::Fill => {
                let left = u32::from(act.m.rings[ring.index()].unused(0));
                let fill = CallFrame::of(IceAllocRxBufs { ring, left, ntu: 0 });
                Flow::Call(fill, self.again(after, L::Configure, L::RequestIrq))
            }
            L::RequestIrq => {
                let request = CallFrame::of(RequestThreadedIrq { vector });
                Flow::Call(request, self.again(after, L::RequestIrq, L::ConnectVector))
            }
            L::ConnectVector => Flow::Next(self.again(after, L::ConnectVector, L::EnableQueue)),
            L::EnableQueue => {
                enable_queue(act, ring);
                Flow::Next(self.again(after, L::EnableQueue, L::EnableNapi))
            }
            L::EnableNapi => {
                let enable = CallFrame::of(NapiEnable { napi: act.m.napi_of(ring) });
                Flow::Call(enable, self.again(after, L::EnableNapi, L::Arm))
            }
            L::Arm => {
                arm(act, vector);
                let Some(next) = after else { return Flow::Return(0) };
                self.queue = next;
                Flow::Next(L::Arm)
            }
        }
    }
}

impl IceOpen {
    /// Once more with the next queue, or on with the first.
    fn again(&mut self, after: Option<RingId>, line: IceOpenLine, on: IceOpenLine) -> IceOpenLine {
        self.queue = after.unwrap_or(FIRST_QUEUE);
        if after.is_some() { line } else { on }
    }
}

routine! {
    /// Allocates a ring's two arrays: one for the driver alone, one shared with the device.
    IceSetupRxRing { ring: RingId } lines SetupRingLine;
    Visible "ice_setup_rx_ring" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 483;
    Shadow 493 "rx_buf = kcalloc(count entries)" Driver Allocates Ring Slab
        writes["ice_rx_ring.rx_buf"];
    Descriptors 501 "desc = dmam_alloc_coherent(count * 32); its DMA address in ring->dma"
        Driver Allocates Ring IovaMap writes["ice_rx_ring.desc", "ice_rx_ring.dma"];
    Indices 509 "next_to_use = next_to_clean = first_desc = 0" Driver Writes Ring Cpu
        writes["ice_rx_ring.next_to_use", "ice_rx_ring.next_to_clean", "ice_rx_ring.first_desc"];
}

impl Run for IceSetupRxRing {
    fn run<S: Sink>(&mut self, line: SetupRingLine, act: &mut Act<'_, S>) -> Flow<SetupRingLine> {
        act.did(self.ring.0, PacketId::NONE);
        match line {
            SetupRingLine::Shadow => {
                act.m.allocate_shadow(self.ring);
                Flow::Next(SetupRingLine::Descriptors)
            }
            SetupRingLine::Descriptors => {
                act.m.allocate_descriptors(self.ring);
                Flow::Next(SetupRingLine::Indices)
            }
            SetupRingLine::Indices => Flow::Return(0),
        }
    }
}

routine! {
    /// Writes the queue's context: here the ring's DMA address reaches the device.
    IceSetupRxCtx { ring: RingId } lines SetupCtxLine;
    Inlined "ice_setup_rx_ctx" "drivers/net/ethernet/intel/ice/ice_base.c" : 379;
    Context 400 "rlan_ctx.base = ring->dma >> 7; qlen; dbuf; prefena = 1"
        Driver Writes Register MmioWrite reads["ice_rx_ring.dma", "ice_rx_ring.count"]
        writes["RLAN.base"];
    Tail 494 "ring->tail = hw_addr + QRX_TAIL(q); writel(0, ring->tail)"
        Driver Writes Tail MmioWrite writes["ice_rx_ring.tail", "QRX_TAIL"];
}

impl Run for IceSetupRxCtx {
    fn run<S: Sink>(&mut self, line: SetupCtxLine, act: &mut Act<'_, S>) -> Flow<SetupCtxLine> {
        act.did(self.ring.0, PacketId::NONE);
        match line {
            SetupCtxLine::Context => {
                act.m.write_queue_context(self.ring);
                Flow::Next(SetupCtxLine::Tail)
            }
            SetupCtxLine::Tail => {
                act.m.locate_tail(self.ring);
                Flow::Return(0)
            }
        }
    }
}
