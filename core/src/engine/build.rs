//! The machine at power-on, for given settings and traffic.

use crate::kernel::boot::Setup;
use crate::kernel::scheduler::DoIdle;
use crate::kernel::softirq::RunKsoftirqd;
use crate::machine::{
    CallFrame, Cpu, Drops, EventQueue, Iommu, Machine, Nic, PageAllocator, Settings, SkbSlab,
    Socket, Task, TaskKind, TaskState, Traffic,
};
use crate::units::{SocketId, TaskId};
use crate::user::application::Application;

/// The task that sets the path up.
const SETUP: TaskId = TaskId(2);

/// The machine before its first step: one CPU, about to set the path up.
#[must_use]
pub fn power_on(settings: Settings, traffic: &Traffic) -> Machine {
    let mut tasks = vec![
        task(TaskKind::Idle, CallFrame::of(DoIdle {}), TaskState::Running),
        task(TaskKind::Ksoftirqd, CallFrame::of(RunKsoftirqd {}), TaskState::Interruptible),
        task(TaskKind::Setup, CallFrame::of(Setup {}), TaskState::Running),
    ];
    let mut sockets = Vec::new();
    for flow in traffic.udp_flows() {
        let socket = SocketId(u32::try_from(sockets.len()).expect("a socket number"));
        sockets.push(Socket { flow, ..Socket::default() });
        let reader = CallFrame::of(Application { socket, reads: 0 });
        tasks.push(task(TaskKind::Application, reader, TaskState::Interruptible));
    }
    let cpu = Cpu { current: SETUP, interrupts_on: true, ..Cpu::default() };
    Machine {
        settings,
        step: 0,
        now: 0,
        events: EventQueue::default(),
        cpus: vec![cpu],
        tasks,
        memory: PageAllocator { order: settings.rx_pg_order(), ..PageAllocator::default() },
        iommu: Iommu::new(settings.iommu),
        skbs: SkbSlab::default(),
        nic: Nic::default(),
        irqs: Vec::new(),
        napis: Vec::new(),
        rings: Vec::new(),
        sockets,
        arrived: 0,
        drops: Drops::default(),
        skb_failures_left: 0,
    }
}

fn task(kind: TaskKind, frame: CallFrame, state: TaskState) -> Task {
    Task { kind, stack: vec![frame], state }
}
