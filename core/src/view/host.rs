//! The rest of the host: wire, card, CPU, NAPI, sockets, totals.

use crate::machine::{
    Context, Driver, DropReason, Machine, SkbList, Socket, TaskKind, TaskState, Traffic,
    TrafficFlow,
};
use crate::units::{NapiId, PacketId, RingId, SkbId};
use std::iter::successors;

/// Frames shown on the wire and in the on-chip buffer.
const SHOWN: usize = 6;

/// The wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireView {
    /// Frames in all.
    pub total: u32,
    /// Frames that arrived.
    pub arrived: u32,
    /// The next ones, with their length.
    pub coming: Vec<(PacketId, u32)>,
}

pub(super) fn wire(machine: &Machine, traffic: &Traffic) -> WireView {
    let coming = (machine.arrived..).zip(traffic.frames.iter().skip(machine.arrived as usize));
    WireView {
        total: u32::try_from(traffic.frames.len()).expect("fewer than 2^32 frames"),
        arrived: machine.arrived,
        coming: coming.take(SHOWN).map(|(number, f)| (PacketId(number), f.length)).collect(),
    }
}

/// An interrupt vector of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VectorView {
    /// Its index in the MSI-X table.
    pub index: u16,
    /// Its Linux IRQ number.
    pub irq: u16,
    /// It may fire.
    pub armed: bool,
    /// A cause waits.
    pub cause: bool,
    /// The moderation timer runs.
    pub timer: bool,
    /// Least time between two interrupts, in ns.
    pub itr_ns: u32,
    /// Least time by rate limit, in ns.
    pub intrl_ns: u32,
    /// Time since it fired last, in ns.
    pub since_fired_ns: Option<u64>,
    /// How often it fired.
    pub fired: u64,
}

/// The card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NicView {
    /// The queue that is shown, and how many there are.
    pub queue: (u16, u16),
    /// The vector that serves it, as a place in `vectors`.
    pub vector: usize,
    /// Frames in the on-chip buffer for all queues, and how many there are in all.
    pub fifo: (Vec<PacketId>, u32),
    /// Their bytes.
    pub fifo_bytes: u32,
    /// The card's head of the shown queue.
    pub head: u16,
    /// Its tail register.
    pub tail: u16,
    /// Descriptors fetched for it and not yet used.
    pub fetched: u16,
    /// It waits for descriptors.
    pub starved: bool,
    /// The vectors.
    pub vectors: Vec<VectorView>,
    /// IOTLB hits and misses.
    pub iotlb: (u64, u64),
    /// Whether the IOMMU translates.
    pub iommu: bool,
}

pub(super) fn nic(machine: &Machine, number: RingId) -> NicView {
    let queue = machine.nic.queues.get(number.index());
    let fifo = || machine.nic.queues.iter().flat_map(|queue| queue.fifo.iter().copied());
    let behind = |last: &PacketId| fifo().filter(|packet| packet > last).min();
    let short = |number: usize| u16::try_from(number).expect("few queues");
    let vectors = (0..).zip(&machine.nic.vectors).zip(&machine.irqs);
    NicView {
        queue: (short(number.index()), short(machine.nic.queues.len())),
        vector: queue.map_or(0, |queue| queue.vector.index()),
        fifo: (
            successors(fifo().min(), behind).take(SHOWN).collect(),
            u32::try_from(fifo().count()).expect("fits"),
        ),
        fifo_bytes: machine.nic.fifo_bytes,
        head: queue.map_or(0, |queue| queue.head),
        tail: queue.map_or(0, |queue| queue.tail),
        fetched: queue.map_or(0, |queue| u16::try_from(queue.fetched.len()).expect("fits")),
        starved: queue.is_some_and(|queue| queue.starved),
        vectors: vectors
            .map(|((index, vector), irq)| VectorView {
                index,
                irq: irq.irq,
                armed: vector.armed,
                cause: vector.cause,
                timer: vector.timer,
                itr_ns: vector.itr_ns,
                intrl_ns: vector.intrl_ns,
                since_fired_ns: vector.fired_at.map(|at| machine.now.saturating_sub(at)),
                fired: vector.fired,
            })
            .collect(),
        iotlb: (machine.iommu.hits, machine.iommu.misses),
        iommu: machine.iommu.translates,
    }
}

/// A CPU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CpuView {
    /// What `preempt_count` says.
    pub context: Context,
    /// It takes interrupts.
    pub interrupts_on: bool,
    /// It is stopped until an interrupt.
    pub halted: bool,
    /// Interrupts that wait at its APIC.
    pub requested: u16,
    /// `__softirq_pending`.
    pub softirq_pending: u32,
    /// `net_rx_action` runs or left work.
    pub in_net_rx_action: bool,
    /// NAPIs on its `poll_list`, with those that `net_rx_action` took.
    pub poll_list: u16,
    /// Times that budget or time ran out.
    pub time_squeeze: u32,
    /// The task that it runs.
    pub task: TaskKind,
    /// Tasks that wait for it.
    pub run_queue: u16,
}

pub(super) fn cpu(machine: &Machine) -> CpuView {
    let cpu = &machine.cpus[0];
    let softnet = &cpu.softnet;
    let polls = softnet.poll_list.len() + softnet.private_list.len() + softnet.repoll.len();
    let short = |count: usize| u16::try_from(count).expect("a short list");
    CpuView {
        context: cpu.context(),
        interrupts_on: cpu.interrupts_on,
        halted: cpu.halted,
        requested: short(cpu.requested.len()),
        softirq_pending: cpu.softirq_pending,
        in_net_rx_action: softnet.in_net_rx_action,
        poll_list: short(polls),
        time_squeeze: softnet.time_squeeze,
        task: machine.tasks[cpu.current.index()].kind,
        run_queue: short(cpu.run_queue.len()),
    }
}

/// A NAPI instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NapiView {
    /// Its number.
    pub number: u16,
    /// Its `state` bits.
    pub state: u16,
    /// Its weight.
    pub weight: u16,
    /// Packets that GRO holds, bucket by bucket, the youngest of each first.
    pub held: Vec<PacketId>,
    /// The segments in them.
    pub held_segments: u32,
    /// Packets that wait on `rx_list`.
    pub rx_list: Vec<PacketId>,
    /// Polls so far.
    pub polls: u64,
    /// What the last poll returned.
    pub last_work: u32,
}

pub(super) fn napi(machine: &Machine, number: NapiId) -> NapiView {
    let napi = &machine.napis[number.index()];
    let held = || napi.gro_hash.iter().flat_map(|list| list.iter());
    let segments = |skb: SkbId| u32::from(machine.skbs.objects[skb.index()].gro.count);
    NapiView {
        number: u16::try_from(number.0).expect("few NAPIs"),
        state: napi.state,
        weight: napi.weight,
        held: held().map(|skb| machine.packet_of(skb)).collect(),
        held_segments: held().map(segments).sum(),
        rx_list: napi.rx_list.iter(&machine.skbs).map(|skb| machine.packet_of(skb)).collect(),
        polls: napi.polls,
        last_work: napi.last_work,
    }
}

/// Packets on their way up the stack on a CPU, layer by layer; the first of each list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClimbView {
    /// With the receive core.
    pub core: Vec<PacketId>,
    /// With IP: not yet checked, then checked.
    pub ip: Vec<PacketId>,
    /// Past IP, for the transport layer.
    pub deliver: Vec<PacketId>,
}

pub(super) fn climb(machine: &Machine) -> ClimbView {
    let climb = &machine.cpus[0].climb;
    let packets = |lists: &[SkbList]| {
        let skbs = lists.iter().flat_map(|list| list.iter(&machine.skbs));
        skbs.map(|skb| machine.packet_of(skb)).collect()
    };
    ClimbView {
        core: packets(&[climb.core]),
        ip: packets(&[climb.ip, climb.checked]),
        deliver: packets(&[climb.deliver]),
    }
}

/// A socket and its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketView {
    /// The flow that it receives.
    pub flow: u32,
    /// It is bound.
    pub bound: bool,
    /// It is a TCP connection.
    pub stream: bool,
    /// The first packets in its two queues, next first, and how many there are in all.
    pub queue: (Vec<PacketId>, u32),
    /// Memory charged to it.
    pub rmem_alloc: u32,
    /// How much may be charged.
    pub rcvbuf: u32,
    /// Its reader sleeps in `recv`.
    pub reader_sleeps: bool,
    /// Its reader has ended.
    pub reader_ended: bool,
    /// Datagrams read.
    pub packets_read: u64,
    /// Bytes read.
    pub bytes_read: u64,
    /// Datagrams dropped here.
    pub drops: u32,
}

pub(super) fn socket(machine: &Machine, socket: &Socket) -> SocketView {
    let queued = socket.reader_queue.iter(&machine.skbs);
    let queued = queued.chain(socket.receive_queue.iter(&machine.skbs));
    let reader = socket.reader.some().map(|task| machine.tasks[task.index()].state);
    SocketView {
        flow: socket.flow,
        bound: socket.bound,
        stream: socket.tcp.rcv_mss != 0,
        queue: (
            queued.take(SHOWN).map(|skb| machine.packet_of(skb)).collect(),
            socket.reader_queue.count + socket.receive_queue.count,
        ),
        rmem_alloc: socket.rmem_alloc,
        rcvbuf: socket.rcvbuf,
        reader_sleeps: reader == Some(TaskState::Interruptible),
        reader_ended: reader == Some(TaskState::Dead),
        packets_read: socket.packets_read,
        bytes_read: socket.bytes_read,
        drops: socket.drops,
    }
}

/// What was counted so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalsView {
    /// Frames that arrived.
    pub arrived: u32,
    /// Datagrams that the application read.
    pub delivered: u64,
    /// Their bytes.
    pub bytes_read: u64,
    /// Frames that TCP took for itself.
    pub control: u64,
    /// Frames that ended otherwise: the reason, the counter that a user sees rise, how many.
    pub drops: Vec<(DropReason, &'static str, u64)>,
    /// Interrupts of receive vectors.
    pub interrupts: u64,
    /// Polls.
    pub polls: u64,
    /// Packets that the polls took.
    pub polled: u64,
    /// `sk_buff`s that entered the stack.
    pub skbs_to_stack: u64,
    /// DMA reads and writes of the card.
    pub dma: (u64, u64),
    /// Tail writes that arrived.
    pub doorbells: u64,
    /// Pages put back into the ring, and pages that had to leave it.
    pub pages: (u64, u64),
}

/// What a machine has counted so far.
#[must_use]
pub fn totals(machine: &Machine) -> TotalsView {
    let counters = &machine.nic.counters;
    TotalsView {
        arrived: machine.arrived,
        delivered: machine.delivered(),
        bytes_read: machine.bytes_read(),
        control: machine.control,
        drops: machine
            .drops
            .iter()
            .map(|(reason, count)| (reason, reason.counter(&machine.settings), count))
            .collect(),
        interrupts: machine.irqs.iter().map(|irq| irq.count).sum(),
        polls: machine.napis.iter().map(|napi| napi.polls).sum(),
        polled: machine.napis.iter().map(|napi| napi.work).sum(),
        skbs_to_stack: machine.cpus.iter().map(|cpu| u64::from(cpu.softnet.processed)).sum(),
        dma: (counters.dma_reads, counters.dma_writes),
        doorbells: counters.doorbells,
        pages: (
            machine.rings.iter().map(|ring| ring.pages_reused).sum(),
            machine.rings.iter().map(|ring| ring.pages_released).sum(),
        ),
    }
}

/// The flow's endpoints, for a label.
#[must_use]
pub fn endpoints(traffic: &Traffic, flow: u32) -> Option<TrafficFlow> {
    traffic.flows.get(flow as usize).copied()
}

/// The interface's driver name, as the kernel spells it.
#[must_use]
pub fn driver_name(driver: Driver) -> &'static str {
    match driver {
        Driver::Ice => "ice",
        Driver::Igb => "igb",
    }
}
