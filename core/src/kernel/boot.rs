//! Setting the path up: what the core does once, and what every driver asks of it.
//!
//! Order from `kernel-path` 1: who builds which object, and which address goes where. Left out:
//! the admin queue's dialogue, RTNL, sysfs, everything of transmit.

use super::driver::{IceOpen, IceProbe, IgbOpen, IgbProbe};
use super::scheduler::{Schedule, wake_up};
use crate::fact::{Cost, Sink, routine};
use crate::hardware::register::ArmVector;
use crate::hardware::wire::{WireDeliver, WireSent};
use crate::machine::{
    Act, CallFrame, Driver, Flow, IrqDesc, NAPI_LISTED, NAPI_NPSVC, NAPI_POLL_WEIGHT, NAPI_SCHED,
    NET_RX_SOFTIRQ, Napi, Run, TaskKind, TaskState,
};
use crate::units::{CpuId, NapiId, PacketId, PhysAddr, RingId, TaskId, VectorId};

/// The queue that a driver's loops over its queues begin with.
pub(super) const FIRST_QUEUE: RingId = RingId(0);
/// The first `napi_id` of this machine, as in the recordings: above the number of CPUs.
const FIRST_NAPI_ID: u32 = 0x2001;
/// The local APIC's window, where MSI-X messages go.
const LAPIC_WINDOW: PhysAddr = PhysAddr(0xfee0_0000);
/// The first vector that x86 gives to a device, after the legacy ones.
const FIRST_EXTERNAL_VECTOR: u32 = 0x22;
/// How long after the link the first frame comes: a model value, long enough for every reader to
/// reach `recv`.
const LEAD_NS: u64 = 100_000;
/// The same for each reader.
const LEAD_PER_READER_NS: u64 = 50_000;

routine! {
    /// The boot: core, driver, interface, application, link.
    Setup { } lines SetupLine;
    Outside "setup" "" : 0;
    Core 0 "boot: net_dev_init()" Kernel Calls Cpu Cpu;
    Driver 0 "modprobe: pci_driver.probe(device)" Kernel Calls Device Cpu;
    Up 0 "ip link set up: ndo_open(netdev)" Kernel Calls Device Cpu;
    Application 0 "start a reader for each UDP flow and TCP connection" Kernel Wakes Task Wake;
    Link 0 "netif_carrier_on(netdev)" Kernel Calls Device Cpu;
    End 0 "exit" Kernel Returns Task Cpu;
}

impl Run for Setup {
    fn run<S: Sink>(&mut self, line: SetupLine, act: &mut Act<'_, S>) -> Flow<SetupLine> {
        use SetupLine as L;
        let driver = act.m.settings.driver;
        match line {
            L::Core => {
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Call(CallFrame::of(NetDevInit {}), L::Driver)
            }
            L::Driver => {
                act.did(0, PacketId::NONE);
                let probe = match driver {
                    Driver::Ice => CallFrame::of(IceProbe { queue: FIRST_QUEUE }),
                    Driver::Igb => CallFrame::of(IgbProbe { queue: FIRST_QUEUE }),
                };
                Flow::Call(probe, L::Up)
            }
            L::Up => {
                act.did(0, PacketId::NONE);
                let open = match driver {
                    Driver::Ice => CallFrame::of(IceOpen { queue: FIRST_QUEUE }),
                    Driver::Igb => CallFrame::of(IgbOpen { queue: FIRST_QUEUE }),
                };
                Flow::Call(open, L::Application)
            }
            L::Application => {
                let readers = act.m.tasks.iter().filter(|task| task.kind == TaskKind::Application);
                act.did(u32::try_from(readers.count()).unwrap_or(u32::MAX), PacketId::NONE);
                for task in 0..act.m.tasks.len() {
                    if act.m.tasks[task].kind == TaskKind::Application {
                        let task = TaskId(u32::try_from(task).expect("a task number"));
                        wake_up(act.m, act.cpu, task);
                    }
                }
                Flow::Next(L::Link)
            }
            L::Link => {
                act.did(0, PacketId::NONE);
                Flow::Call(CallFrame::of(NetifCarrierOn {}), L::End)
            }
            L::End => {
                let task = act.cpu().current;
                act.m.tasks[task.index()].state = TaskState::Dead;
                act.did(task.0, PacketId::NONE);
                Flow::CallLast(CallFrame::of(Schedule {}))
            }
        }
    }
}

routine! {
    /// Prepares each CPU's `softnet_data` and registers the network's softirqs.
    NetDevInit { } lines NetDevInitLine;
    Visible "net_dev_init" "net/core/dev.c" : 12321;
    Softnet 12356 "for each possible CPU: sd->poll_list = empty" Kernel Writes Softnet Cpu
        writes["softnet_data.poll_list"];
    Register 12394 "open_softirq(NET_RX_SOFTIRQ, net_rx_action)" Kernel Registers Softirq Cpu
        writes["softirq_action.action"];
}

impl Run for NetDevInit {
    fn run<S: Sink>(&mut self, line: NetDevInitLine, act: &mut Act<'_, S>) -> Flow<NetDevInitLine> {
        match line {
            NetDevInitLine::Softnet => {
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Next(NetDevInitLine::Register)
            }
            NetDevInitLine::Register => {
                for cpu in &mut act.m.cpus {
                    cpu.softirq_registered |= 1 << NET_RX_SOFTIRQ;
                }
                act.did(u32::from(NET_RX_SOFTIRQ), PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Registers a NAPI with its poll function: owned, which means disabled.
    NetifNapiAddWeight { ring: RingId, vector: VectorId } lines NapiAddLine;
    Visible "netif_napi_add_weight" "net/core/dev.c" : 6769;
    Init 6793 "state = LISTED | SCHED | NPSVC; weight = 64; poll" Kernel Registers Napi Cpu
        writes["napi_struct.state", "napi_struct.weight", "napi_struct.poll",
               "napi_struct.gro_hash", "napi_struct.dev", "hrtimer.function", "gro_list.list",
               "gro_list.count"];
    Id 6796 "napi_hash_add(napi): napi_id" Kernel Writes Napi Cpu writes["napi_struct.napi_id"];
}

impl Run for NetifNapiAddWeight {
    fn run<S: Sink>(&mut self, line: NapiAddLine, act: &mut Act<'_, S>) -> Flow<NapiAddLine> {
        match line {
            NapiAddLine::Init => {
                let number = NapiId(u32::try_from(act.m.napis.len()).expect("few NAPIs"));
                act.m.napis.push(Napi {
                    state: NAPI_LISTED | NAPI_SCHED | NAPI_NPSVC,
                    weight: u16::try_from(NAPI_POLL_WEIGHT).expect("fits"),
                    rings: vec![self.ring],
                    vector: self.vector,
                    ..Napi::default()
                });
                act.m.rings[self.ring.index()].napi = number;
                act.m.nic.vectors[self.vector.index()].napi = number;
                act.did(number.0, PacketId::NONE);
                Flow::Next(NapiAddLine::Id)
            }
            NapiAddLine::Id => {
                let number = act.m.rings[self.ring.index()].napi;
                act.m.napis[number.index()].napi_id = FIRST_NAPI_ID + number.0;
                act.did(number.0, PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Registers the handler of a vector and programs the card's MSI-X table entry.
    RequestThreadedIrq { vector: VectorId } lines RequestIrqLine;
    Visible "request_threaded_irq" "kernel/irq/manage.c" : 2148;
    Action 2192 "action = { handler, dev_id: q_vector, name }" Kernel Allocates Irq Slab
        writes["irqaction.handler", "irqaction.dev_id", "irqaction.name"];
    Message 228 in "drivers/pci/msi/msi.c" "x86_vector_activate(); pci_write_msg_msix(entry)"
        Kernel Writes Vector MmioRead writes["msi_desc.msg"];
    Link 1807 "__setup_irq(): desc->action = action" Kernel Registers Irq Lock
        writes["irq_desc.action"];
}

impl Run for RequestThreadedIrq {
    fn run<S: Sink>(&mut self, line: RequestIrqLine, act: &mut Act<'_, S>) -> Flow<RequestIrqLine> {
        let desc = &mut act.m.irqs[self.vector.index()];
        match line {
            RequestIrqLine::Action => {
                act.did(u32::from(act.m.irqs[self.vector.index()].irq), PacketId::NONE);
                Flow::Next(RequestIrqLine::Message)
            }
            RequestIrqLine::Message => {
                let vector = &mut act.m.nic.vectors[self.vector.index()];
                vector.address = LAPIC_WINDOW;
                vector.data = FIRST_EXTERNAL_VECTOR + self.vector.0;
                vector.cpu = CpuId(0);
                act.did(self.vector.0, PacketId::NONE);
                Flow::Next(RequestIrqLine::Link)
            }
            RequestIrqLine::Link => {
                desc.requested = true;
                desc.napi = act.m.nic.vectors[self.vector.index()].napi;
                let irq = u32::from(desc.irq);
                act.did(irq, PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Releases a NAPI: from now on it may be scheduled.
    NapiEnable { napi: NapiId } lines NapiEnableLine;
    Visible "napi_enable" "net/core/dev.c" : 6839;
    Release 6849 "state &= ~(SCHED | NPSVC)" Kernel Gives Napi Atomic reads["napi_struct.state"]
        writes["napi_struct.state"];
}

impl Run for NapiEnable {
    fn run<S: Sink>(&mut self, _: NapiEnableLine, act: &mut Act<'_, S>) -> Flow<NapiEnableLine> {
        let napi = &mut act.m.napis[self.napi.index()];
        assert!(napi.state & NAPI_SCHED != 0, "only a disabled NAPI is enabled");
        napi.state &= !(NAPI_SCHED | NAPI_NPSVC);
        act.did(self.napi.0, PacketId::NONE);
        Flow::Return(0)
    }
}

routine! {
    /// The link is up: the wire begins to deliver.
    NetifCarrierOn { } lines CarrierLine;
    Visible "netif_carrier_on" "net/sched/sch_generic.c" : 589;
    On 591 "clear __LINK_STATE_NOCARRIER" Kernel Writes Device Cpu writes["net_device.state"];
}

impl Run for NetifCarrierOn {
    fn run<S: Sink>(&mut self, _: CarrierLine, act: &mut Act<'_, S>) -> Flow<CarrierLine> {
        act.m.nic.link_up = true;
        act.m.memory.failures_left = act.m.settings.page_failures;
        act.m.skb_failures_left = act.m.settings.skb_failures;
        act.did(0, PacketId::NONE);
        if !act.traffic.frames.is_empty() {
            let lead_ns = LEAD_NS + act.m.sockets.len() as u64 * LEAD_PER_READER_NS;
            act.start(WireDeliver {}, lead_ns);
            if let Some(first) = act.traffic.sent.first() {
                act.start(WireSent { number: 0 }, lead_ns + first.at_ns);
            }
        }
        Flow::Return(0)
    }
}

/// Lets an arming write travel to the card.
pub(super) fn arm<S: Sink>(act: &mut Act<'_, S>, vector: VectorId) {
    let arrives_ns = act.m.settings.costs.ns(Cost::Message);
    act.start(ArmVector { vector, software: 0 }, arrives_ns);
}

/// The interrupt lines of a card whose vector 0 is for link and admin events.
pub(super) fn interrupt_lines(first_irq: u16, vectors: u16) -> Vec<IrqDesc> {
    (0..vectors)
        .map(|number| IrqDesc {
            irq: first_irq + number,
            vector: VectorId(u32::from(number)),
            ..IrqDesc::default()
        })
        .collect()
}
