//! The machine at power-on, for given settings and traffic.

use crate::kernel::boot::Setup;
use crate::kernel::scheduler::DoIdle;
use crate::kernel::softirq::RunKsoftirqd;
use crate::machine::{
    CallFrame, Connection, Cpu, Drops, EventQueue, Iommu, Machine, Nic, PageAllocator, PredFlags,
    Settings, SkbSlab, Socket, Task, TaskKind, TaskState, TcpSock, Traffic,
};
use crate::units::{SocketId, TaskId};
use crate::user::application::{Application, StreamApplication};

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
    let number = |sockets: &[Socket]| SocketId(u32::try_from(sockets.len()).expect("few sockets"));
    for flow in traffic.udp_flows() {
        let reader = CallFrame::of(Application { socket: number(&sockets), reads: 0 });
        sockets.push(Socket { flow, ..Socket::default() });
        tasks.push(task(TaskKind::Application, reader, TaskState::Interruptible));
    }
    for connection in traffic.connections() {
        let reader = CallFrame::of(StreamApplication { socket: number(&sockets), reads: 0 });
        sockets.push(connected(&connection, &settings));
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
        control: 0,
        skb_failures_left: 0,
    }
}

/// The socket of a connection that is established at the first numbers seen of it.
fn connected(connection: &Connection, settings: &Settings) -> Socket {
    let Connection { flow, rcv_nxt, snd_nxt, window, header_length } = *connection;
    let pred_flags = PredFlags { on: true, header_length, window };
    let mut tcp = TcpSock::established(rcv_nxt, snd_nxt, pred_flags);
    tcp.rcv_wnd = tcp.window_from_space(settings.tcp_rmem);
    Socket { flow, rcvbuf: settings.tcp_rmem, bound: true, tcp, ..Socket::default() }
}

fn task(kind: TaskKind, frame: CallFrame, state: TaskState) -> Task {
    Task { kind, stack: vec![frame], state }
}
