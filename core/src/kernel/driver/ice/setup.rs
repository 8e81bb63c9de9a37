//! Intel `ice`, from probe to the armed vector (`kernel-path` 1.2 to 1.27), one queue.
//!
//! Left out: firmware dialogue beyond one line each, DDP package, scheduler tree, transmit queues.

use super::refill::IceAllocRxBufs;
use crate::fact::{Sink, routine};
use crate::kernel::boot::{NapiEnable, NetifNapiAddWeight, RequestThreadedIrq, arm};
use crate::kernel::driver::setup::enable_queue;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{PacketId, RingId, VectorId};

const RING: RingId = RingId(0);

routine! {
    /// Brings the device to life and builds its software objects.
    IceProbe { } lines IceProbeLine;
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
        let receive = VectorId(1);
        act.did(
            if matches!(line, L::Vectors | L::NapiAdd) { receive.0 } else { 0 },
            PacketId::NONE,
        );
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
                act.m.create_ring();
                Flow::Next(L::MapRings)
            }
            L::MapRings => Flow::Next(L::RssTable),
            L::RssTable => {
                act.m.fill_rss_table();
                Flow::Next(L::NapiAdd)
            }
            L::NapiAdd => {
                Flow::CallLast(CallFrame::of(NetifNapiAddWeight { ring: RING, vector: receive }))
            }
        }
    }
}

routine! {
    /// Brings the interface up.
    IceOpen { vector: VectorId } lines IceOpenLine;
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
        let vector = self.vector;
        let of_vector = matches!(line, L::RequestIrq | L::EnableNapi | L::Arm);
        act.did(if of_vector { vector.0 } else { RING.0 }, PacketId::NONE);
        match line {
            L::SetupRings => Flow::Call(CallFrame::of(IceSetupRxRing { ring: RING }), L::Configure),
            L::Configure => Flow::Call(CallFrame::of(IceSetupRxCtx { ring: RING }), L::Fill),
            L::Fill => {
                let left = u32::from(act.m.rings[RING.index()].unused(0));
                let fill = IceAllocRxBufs { ring: RING, left, ntu: 0 };
                Flow::Call(CallFrame::of(fill), L::RequestIrq)
            }
            L::RequestIrq => {
                Flow::Call(CallFrame::of(RequestThreadedIrq { vector }), L::ConnectVector)
            }
            L::ConnectVector => Flow::Next(L::EnableQueue),
            L::EnableQueue => {
                enable_queue(act, RING);
                Flow::Next(L::EnableNapi)
            }
            L::EnableNapi => {
                let napi = act.m.nic.vectors[vector.index()].napi;
                Flow::Call(CallFrame::of(NapiEnable { napi }), L::Arm)
            }
            L::Arm => {
                arm(act, vector);
                Flow::Return(0)
            }
        }
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
