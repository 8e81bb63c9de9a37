//! The simulated host as one plain value.
//!
//! [`Machine`] is the whole truth: a checkpoint is `machine.clone()`. Plain records in arenas,
//! reached by handles; fixed-width integers; no clock and no randomness. What moves it lives in
//! [`crate::hardware`], [`crate::kernel`] and [`crate::user`].

mod act;
mod call_frame;
mod cost;
mod cpu;
mod drop;
mod event_queue;
mod heads;
mod iommu;
mod memory;
mod napi;
mod nic;
mod ring;
mod settings;
mod sk_buff;
mod socket;
mod state_hash;
mod tcp_sock;
mod traffic;

pub(crate) use act::{Act, Flow, Run};
pub use call_frame::{CallFrame, Context};
pub use cpu::{
    Climb, Cpu, HARDIRQ_OFFSET, NET_RX_SOFTIRQ, PageFrag1k, SOFTIRQ_DISABLE_OFFSET, SOFTIRQ_MASK,
    SOFTIRQ_OFFSET, Softnet, Task, TaskKind, TaskState, context_of,
};
pub use drop::{DropPlace, DropReason, Drops};
pub use event_queue::{Event, EventQueue};
pub use heads::{ETH_P_8021Q, ETH_P_IPV6, Header, Heads, headers};
pub use iommu::{Iommu, Translation};
pub use memory::{Page, PageAllocator};
pub use napi::{
    GRO_HASH_BUCKETS, GroList, IrqDesc, MAX_GRO_SKBS, NAPI_DISABLE, NAPI_LISTED, NAPI_MISSED,
    NAPI_NPSVC, NAPI_POLL_WEIGHT, NAPI_SCHED, Napi,
};
pub use nic::{FETCH_MAX, Nic, NicCounters, PACKET_BUFFER_BYTES, RxQueue, Vector};
pub use ring::{Descriptor, RxBuf, RxRing};
pub use settings::{CostProfile, Driver, Settings};
pub use sk_buff::{
    Frag, FragList, GroCb, GroFree, SK_BUFF_TRUESIZE, SkBuff, SkbList, SkbSlab, TcpCb,
};
pub use socket::Socket;
pub use tcp_sock::{
    ACK_NOMEM, ACK_NOW, ACK_PUSHED, ACK_PUSHED2, ACK_SCHED, PredFlags, TcpSock, TcpState, before,
};
pub use traffic::{
    Connection, ETH_P_IP, Fault, Flow as TrafficFlow, IPPROTO_TCP, IPPROTO_UDP, SentFrame, TCP_ACK,
    TCP_CWR, TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN, TCP_URG, TcpHeader, Traffic, WireFrame,
};

use crate::units::{CpuId, PacketId, RingId, SkbId, TaskId};
use serde::{Deserialize, Serialize};

/// The idle task.
pub const IDLE: TaskId = TaskId(0);
/// `ksoftirqd/0`.
pub const KSOFTIRQD: TaskId = TaskId(1);
/// Nanoseconds in a jiffy (HZ 250).
pub const JIFFY_NS: u64 = 4_000_000;

/// The whole simulated host.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Machine {
    /// How it is set up.
    pub settings: Settings,
    /// Steps made.
    pub step: u64,
    /// When the last step was made.
    pub now: u64,
    /// What the hardware will do.
    pub events: EventQueue,
    /// The CPUs.
    pub cpus: Vec<Cpu>,
    /// All tasks.
    pub tasks: Vec<Task>,
    /// Pages.
    pub memory: PageAllocator,
    /// The IOMMU in front of them.
    pub iommu: Iommu,
    /// `sk_buff`s.
    pub skbs: SkbSlab,
    /// The card.
    pub nic: Nic,
    /// Interrupt lines, by the device's vector.
    pub irqs: Vec<IrqDesc>,
    /// NAPI instances.
    pub napis: Vec<Napi>,
    /// Receive rings.
    pub rings: Vec<RxRing>,
    /// Sockets.
    pub sockets: Vec<Socket>,
    /// Frames that the wire has delivered.
    pub arrived: u32,
    /// Frames that ended other than in `recv`.
    pub drops: Drops,
    /// Frames that TCP took for itself: acknowledgements and ends without data.
    pub control: u64,
    /// `sk_buff` allocations that are still to fail, for a scenario of memory pressure.
    pub skb_failures_left: u32,
}

impl Machine {
    /// The kernel's coarse clock.
    #[must_use]
    pub fn jiffies(&self) -> u64 {
        self.now / JIFFY_NS
    }

    /// The state's hash: equal states have equal hashes on every target.
    #[must_use]
    pub fn state_hash(&self) -> u64 {
        state_hash::of(self)
    }

    /// Frames whose data the application has read.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.sockets.iter().map(|socket| socket.packets_read).sum()
    }

    /// Payload bytes that the application has read.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.sockets.iter().map(|socket| socket.bytes_read).sum()
    }

    /// Bytes that a checkpoint takes: the arenas that grow with the machine.
    #[must_use]
    pub fn state_bytes(&self) -> u64 {
        fn of<T>(items: &[T]) -> usize {
            size_of_val(items)
        }
        let rings = self.rings.iter().map(|ring| of(&ring.descriptors) + of(&ring.rx_buf));
        let stacks = self.tasks.iter().map(|task| of(&task.stack));
        let arenas = of(&self.memory.pages) + of(&self.memory.free) + self.iommu.bytes();
        let arenas = arenas + of(&self.skbs.objects) + of(&self.skbs.free) + of(&self.skbs.frags);
        let rest = of(&self.sockets) + of(&self.nic.rss_table) + of(&self.tasks);
        (size_of::<Self>() + rings.sum::<usize>() + stacks.sum::<usize>() + arenas + rest) as u64
    }

    /// Counts a segment that TCP took for itself; each merged one is a frame of its own.
    pub(crate) fn count_control(&mut self, skb: SkbId) {
        self.control += self.skbs.packets(skb).count() as u64;
        self.skbs.objects[skb.index()].counted = true;
    }

    /// The packet that the device has written back to a ring's slot, or none.
    #[must_use]
    pub fn packet_in(&self, ring: RingId, slot: u32) -> PacketId {
        let descriptor = &self.rings[ring.index()].descriptors[slot as usize];
        if descriptor.written_back { descriptor.packet } else { PacketId::NONE }
    }

    /// The packet that an `sk_buff` describes, or none.
    #[must_use]
    pub fn packet_of(&self, skb: SkbId) -> PacketId {
        skb.some().map_or(PacketId::NONE, |skb| self.skbs.objects[skb.index()].packet)
    }

    /// The frames on top of which the CPU works now: its interrupt stack or its task's.
    #[must_use]
    pub fn running_stack(&self, cpu: CpuId) -> &[CallFrame] {
        let record = &self.cpus[cpu.index()];
        if record.irq_stack.is_empty() {
            &self.tasks[record.current.index()].stack
        } else {
            &record.irq_stack
        }
    }
}
