//! Intel `igb`, from probe to the armed vectors, queue by queue where it loops over them.
//!
//! Left out: NVM, PHY, firmware, transmit queues and their vectors (below five queues each has one of
//! its own, behind those of receive).

use super::refill::IgbAllocRxBuffers;
use crate::fact::{Sink, routine};
use crate::kernel::boot::{FIRST_QUEUE, NapiEnable, NetifNapiAddWeight, RequestThreadedIrq, arm};
use crate::kernel::driver::setup::enable_queue;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{PacketId, RingId};

routine! {
    /// Brings the device to life and builds its software objects.
    IgbProbe { queue: RingId } lines IgbProbeLine;
    Visible "igb_probe" "drivers/net/ethernet/intel/igb/igb_main.c" : 3184;
    Enable 3205 "pci_enable_device_mem(pdev)" Driver Writes Device Firmware;
    DmaMask 3209 "dma_set_mask_and_coherent(64 bits)" Driver Writes Device Cpu
        writes["device.coherent_dma_mask"];
    BusMaster 3220 "pci_set_master(pdev)" Driver Writes Device Firmware;
    MapBar 3240 "io_addr = pci_iomap(pdev, BAR 0)" Driver Maps Device Firmware
        writes["igb_adapter.io_addr"];
    Vectors 1101 "igb_set_interrupt_capability(): pci_enable_msix_range()"
        Driver Allocates Vector Firmware;
    Rings 1180 "igb_alloc_q_vector(): q_vector with its ring" Driver Allocates Ring Slab
        writes["igb_ring.count", "igb_q_vector.rx"];
    RssTable 4520 "igb_setup_mrqc(): RETA entry i = i * queues / 128"
        Driver Writes Register MmioWrite writes["RETA"];
    NapiAdd 1195 "netif_napi_add(netdev, &q_vector->napi, igb_poll)" Driver Calls Vector Cpu;
}

impl Run for IgbProbe {
    fn run<S: Sink>(&mut self, line: IgbProbeLine, act: &mut Act<'_, S>) -> Flow<IgbProbeLine> {
        use IgbProbeLine as L;
        let (queue, after) = (self.queue, act.m.queue_after(self.queue));
        let of_vector = matches!(line, L::Vectors | L::NapiAdd);
        act.did(if of_vector { 1 + queue.0 } else { queue.0 }, PacketId::NONE);
        match line {
            L::Enable => Flow::Next(L::DmaMask),
            L::DmaMask => Flow::Next(L::BusMaster),
            L::BusMaster => {
                act.m.nic.bus_master = true;
                Flow::Next(L::MapBar)
            }
            L::MapBar => {
                act.m.map_registers();
                Flow::Next(L::Vectors)
            }
            L::Vectors => {
                act.m.create_vectors();
                Flow::Next(L::Rings)
            }
            L::Rings => {
                act.m.create_ring(queue);
                self.queue = after.unwrap_or(FIRST_QUEUE);
                Flow::Next(if after.is_some() { L::Rings } else { L::RssTable })
            }
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

routine! {
    /// Brings the interface up.
    IgbOpen { queue: RingId } lines IgbOpenLine;
    Visible "__igb_open" "drivers/net/ethernet/intel/igb/igb_main.c" : 4117;
    SetupRings 4142 "igb_setup_all_rx_resources(): igb_setup_rx_resources(ring)"
        Driver Calls Ring Cpu;
    Configure 4153 "igb_configure(): igb_configure_rx_ring(ring)" Driver Calls Ring Cpu;
    Fill 1993 "igb_alloc_rx_buffers(ring, igb_desc_unused(ring))" Driver Calls Ring Cpu
        reads["igb_ring.next_to_use", "igb_ring.next_to_clean"];
    RequestIrq 4155 "igb_request_irq(): request_irq()" Driver Calls Vector Cpu;
    EnableNapi 4174 "napi_enable(&q_vector->napi)" Driver Calls Vector Cpu;
    Arm 1496 "igb_irq_enable(): EIAC, EIAM, EIMS = all queue bits" Driver Arms Vector MmioWrite
        writes["EIAC", "EIAM", "EIMS"];
}

impl Run for IgbOpen {
    fn run<S: Sink>(&mut self, line: IgbOpenLine, act: &mut Act<'_, S>) -> Flow<IgbOpenLine> {
        use IgbOpenLine as L;
        let (ring, vector) = (self.queue, act.m.vector_of(self.queue));
        let after = act.m.queue_after(ring);
        let of_vector = matches!(line, L::RequestIrq | L::EnableNapi | L::Arm);
        act.did(if of_vector { vector.0 } else { ring.0 }, PacketId::NONE);
        match line {
            L::SetupRings => {
                let setup = CallFrame::of(IgbSetupRxResources { ring });
                Flow::Call(setup, self.again(after, L::SetupRings, L::Configure))
            }
            L::Configure => {
                let configure = CallFrame::of(IgbConfigureRxRing { ring });
                Flow::Call(configure, self.again(after, L::Configure, L::Fill))
            }
            L::Fill => {
                let left = u32::from(act.m.rings[ring.index()].unused(0));
                let fill = CallFrame::of(IgbAllocRxBuffers { ring, left, ntu: 0 });
                Flow::Call(fill, self.again(after, L::Fill, L::RequestIrq))
            }
            L::RequestIrq => {
                let request = CallFrame::of(RequestThreadedIrq { vector });
                Flow::Call(request, self.again(after, L::RequestIrq, L::EnableNapi))
            }
            L::EnableNapi => {
                let enable = CallFrame::of(NapiEnable { napi: act.m.napi_of(ring) });
                Flow::Call(enable, self.again(after, L::EnableNapi, L::Arm))
            }
            // One write to EIMS arms them all.
            L::Arm => {
                for queue in 0..u32::from(act.m.settings.queues) {
                    arm(act, act.m.vector_of(RingId(queue)));
                }
                Flow::Return(0)
            }
        }
    }
}

impl IgbOpen {
    /// Once more with the next queue, or on with the first.
    fn again(&mut self, after: Option<RingId>, line: IgbOpenLine, on: IgbOpenLine) -> IgbOpenLine {
        self.queue = after.unwrap_or(FIRST_QUEUE);
        if after.is_some() { line } else { on }
    }
}

routine! {
    /// Allocates a ring's two arrays: one for the driver alone, one shared with the device.
    IgbSetupRxResources { ring: RingId } lines SetupRingLine;
    Visible "igb_setup_rx_resources" "drivers/net/ethernet/intel/igb/igb_main.c" : 4417;
    Shadow 4436 "rx_buffer_info = vmalloc(count entries)" Driver Allocates Ring Slab
        writes["igb_ring.rx_buffer_info"];
    Descriptors 4444 "desc = dma_alloc_coherent(count * 16); its DMA address in ring->dma"
        Driver Allocates Ring IovaMap writes["igb_ring.desc", "igb_ring.dma"];
    Indices 4449 "next_to_alloc = next_to_clean = next_to_use = 0" Driver Writes Ring Cpu
        writes["igb_ring.next_to_alloc", "igb_ring.next_to_clean", "igb_ring.next_to_use"];
}

impl Run for IgbSetupRxResources {
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
    /// Writes the queue's registers: here the ring's DMA address reaches the device.
    IgbConfigureRxRing { ring: RingId } lines ConfigureLine;
    Visible "igb_configure_rx_ring" "drivers/net/ethernet/intel/igb/igb_main.c" : 4750;
    Base 4767 "RDBAL, RDBAH = ring->dma; RDLEN = count * 16" Driver Writes Register MmioWrite
        reads["igb_ring.dma", "igb_ring.count"] writes["RDBAL", "RDBAH", "RDLEN"];
    Tail 4774 "ring->tail = io_addr + RDT(q); RDH = RDT = 0" Driver Writes Tail MmioWrite
        writes["igb_ring.tail", "RDH", "RDT"];
    Enable 4798 "RXDCTL.QUEUE_ENABLE = 1" Driver Writes Register MmioWrite writes["RXDCTL"];
}

impl Run for IgbConfigureRxRing {
    fn run<S: Sink>(&mut self, line: ConfigureLine, act: &mut Act<'_, S>) -> Flow<ConfigureLine> {
        act.did(self.ring.0, PacketId::NONE);
        match line {
            ConfigureLine::Base => {
                act.m.write_queue_context(self.ring);
                Flow::Next(ConfigureLine::Tail)
            }
            ConfigureLine::Tail => {
                act.m.locate_tail(self.ring);
                Flow::Next(ConfigureLine::Enable)
            }
            ConfigureLine::Enable => {
                enable_queue(act, self.ring);
                Flow::Return(0)
            }
        }
    }
}
