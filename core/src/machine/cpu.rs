//! A CPU: its stacks, its interrupt state, its run queue and its share of the network's state.

use super::call_frame::{CallFrame, Context};
use super::sk_buff::SkbList;
use crate::units::{NapiId, PageId, TaskId, VectorId};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// One hardware interrupt in `preempt_count` (`HARDIRQ_OFFSET`).
pub const HARDIRQ_OFFSET: u32 = 1 << 16;
/// One running softirq in `preempt_count` (`SOFTIRQ_OFFSET`).
pub const SOFTIRQ_OFFSET: u32 = 1 << 8;
/// One section with bottom halves off (`SOFTIRQ_DISABLE_OFFSET`).
pub const SOFTIRQ_DISABLE_OFFSET: u32 = 2 << 8;
/// All softirq bits of `preempt_count`, running or only disabled.
pub const SOFTIRQ_MASK: u32 = 0xff << 8;
/// The receive softirq's number.
pub const NET_RX_SOFTIRQ: u16 = 3;

/// One CPU.
///
/// A task has a stack of its own; interrupts and the softirqs that follow them share the CPU's
/// interrupt stack, as on x86. Which context a frame runs in is what `preempt_count` said when it
/// was entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cpu {
    /// When it is ready for its next line.
    pub free_at: u64,
    /// Until when a stretch of work goes on that an interrupt may cut short; 0 if none does.
    pub works_until: u64,
    /// What is left of such a stretch, for when the interrupt returns, in ns.
    pub owed_ns: u64,
    /// Frames of interrupts and of softirqs run at their end; the last is on top.
    pub irq_stack: Vec<CallFrame>,
    /// Hardirq, softirq and BH-off nesting.
    pub preempt_count: u32,
    /// Whether the CPU takes interrupts (EFLAGS.IF).
    pub interrupts_on: bool,
    /// Vectors that its local APIC has requested (IRR), by device vector.
    pub requested: VecDeque<VectorId>,
    /// Its local APIC's timer has requested an interrupt, for this NAPI.
    pub timer_requested: VecDeque<NapiId>,
    /// The task it runs; task 0 is idle.
    pub current: TaskId,
    /// Runnable tasks that wait, in order of wake-up.
    pub run_queue: VecDeque<TaskId>,
    /// The running task should give way (`TIF_NEED_RESCHED`).
    pub need_resched: bool,
    /// Idle stopped the CPU until an interrupt.
    pub halted: bool,
    /// What the routine that returned last gave back.
    pub result: u32,
    /// `__softirq_pending`.
    pub softirq_pending: u32,
    /// Softirqs whose action is registered (`softirq_vec`).
    pub softirq_registered: u32,
    /// This CPU's `softnet_data`.
    pub softnet: Softnet,
    /// The batch that climbs the stack here.
    pub climb: Climb,
    /// This CPU's cache of free `sk_buff`s (`napi_alloc_cache`).
    pub skb_cache: Vec<crate::units::SkbId>,
    /// The page that this CPU cuts small heads from (`napi_alloc_cache.page_small`).
    pub page_small: PageFrag1k,
}

/// A page that is handed out in pieces of 1 KiB, from its end (`struct page_frag_1k`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageFrag1k {
    /// The page; before the first piece, none.
    pub page: PageId,
    /// Where the last piece begins; the pieces below it have a reference each and are still here.
    pub offset: u16,
}

impl Cpu {
    /// Whether an interrupt waits to be taken.
    #[must_use]
    #[inline]
    pub fn is_requested(&self) -> bool {
        !self.requested.is_empty() || !self.timer_requested.is_empty()
    }

    /// The context that `preempt_count` stands for now.
    #[must_use]
    #[inline]
    pub fn context(&self) -> Context {
        context_of(self.preempt_count)
    }

    /// An interrupt arrives at `at`: a stretch of work stops there, and is owed the rest.
    pub fn cut_work_short(&mut self, at: u64) {
        if self.interrupts_on && self.works_until > at {
            self.owed_ns = self.works_until - at;
            self.works_until = 0;
            self.free_at = at;
        }
    }

    /// `in_interrupt()`: hardirq, softirq, or bottom halves off.
    #[must_use]
    pub fn in_interrupt(&self) -> bool {
        self.preempt_count >= SOFTIRQ_OFFSET
    }
}

/// The context that a `preempt_count` stands for.
#[must_use]
#[inline]
pub fn context_of(preempt_count: u32) -> Context {
    let softirq = preempt_count & SOFTIRQ_OFFSET != 0;
    match (preempt_count >= HARDIRQ_OFFSET, softirq) {
        (true, true) => Context::HardirqInSoftirq,
        (true, false) => Context::Hardirq,
        (false, true) => Context::Softirq,
        (false, false) => Context::Task,
    }
}

/// A CPU's networking state (`struct softnet_data`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Softnet {
    /// NAPIs waiting to be polled.
    pub poll_list: VecDeque<NapiId>,
    /// `net_rx_action`'s private list while it runs.
    pub private_list: VecDeque<NapiId>,
    /// NAPIs that used their weight and wait for the next round.
    pub repoll: VecDeque<NapiId>,
    /// `net_rx_action` runs, or left work behind.
    pub in_net_rx_action: bool,
    /// Packets that entered the stack here.
    pub processed: u32,
    /// Times that budget or time ran out.
    pub time_squeeze: u32,
}

/// A task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Task {
    /// What it is.
    pub kind: TaskKind,
    /// Its kernel (and, for the application, user) frames; the last is on top.
    pub stack: Vec<CallFrame>,
    /// Where it stands with the scheduler.
    pub state: TaskState,
}

/// What a task is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TaskKind {
    /// `swapper/0`: runs when nothing else does.
    #[default]
    Idle,
    /// `ksoftirqd/0`.
    Ksoftirqd,
    /// The boot: loads the driver and brings the interface up.
    Setup,
    /// A receiver thread of the application, with its socket.
    Application,
}

/// Where a task stands with the scheduler.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TaskState {
    /// Running, or on a run queue.
    #[default]
    Running,
    /// Asleep until woken (`TASK_INTERRUPTIBLE`).
    Interruptible,
    /// Ended.
    Dead,
}

/// Batches of packets on their way up the stack on one CPU: the list heads that the kernel keeps
/// on its stack while a batch climbs layer by layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Climb {
    /// What `napi->rx_list` held, now with the core.
    pub core: SkbList,
    /// What goes to the protocol handler.
    pub ip: SkbList,
    /// What passed IP's header checks.
    pub checked: SkbList,
    /// What one route's input handler gets.
    pub deliver: SkbList,
}
