//! `poll`: sleeping until a socket has something to read.
//!
//! One file descriptor, no time-out. Left out: busy polling, `select` and epoll, writability.

use super::scheduler::Schedule;
use super::socket::DefaultWakeFunction;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Flow, Run, TaskState, TcpState};
use crate::units::{PacketId, SocketId, TaskId};

routine! {
    /// Waits until the socket is readable, or at its end.
    DoSysPoll { socket: SocketId, registered: u32 } lines PollLine;
    Visible "do_sys_poll" "fs/select.c" : 973;
    Ask 920 "do_pollfd(): mask = tcp_poll(file, wait)" Kernel Calls Socket Cpu;
    Found 940 "if something was found: break" Kernel Tests Socket Cpu;
    Prepare 239 "poll_schedule_timeout(): state = TASK_INTERRUPTIBLE" Kernel Waits Task Cpu
        writes["task_struct.__state"];
    Sleep 240 "if !pwq->triggered: schedule()" Kernel Tests Task Cpu
        reads["poll_wqueues.triggered"];
    Woken 255 "state = TASK_RUNNING; pwq->triggered = 0" Kernel Writes Task Atomic
        writes["task_struct.__state", "poll_wqueues.triggered"];
    Leave 1016 "poll_freewait(): off the socket's wait queue" Kernel Takes Socket Lock
        writes["socket_wq.wait"];
}

impl Run for DoSysPoll {
    fn run<S: Sink>(&mut self, line: PollLine, act: &mut Act<'_, S>) -> Flow<PollLine> {
        use PollLine as L;
        let socket = self.socket;
        let task = act.cpu().current;
        match line {
            L::Ask | L::Found | L::Leave => act.did(socket.0, PacketId::NONE),
            _ => act.did(task.0, PacketId::NONE),
        }
        match line {
            L::Ask => {
                let registers = u32::from(self.registered == 0);
                self.registered = 1;
                Flow::Call(CallFrame::of(TcpPoll { socket, registers }), L::Found)
            }
            L::Found if act.result() != 0 => Flow::Next(L::Leave),
            L::Found => Flow::Next(L::Prepare),
            L::Prepare => {
                act.m.tasks[task.index()].state = TaskState::Interruptible;
                Flow::Next(L::Sleep)
            }
            L::Sleep if act.m.sockets[socket.index()].tcp.poll_triggered => Flow::Next(L::Woken),
            L::Sleep => Flow::Call(CallFrame::of(Schedule {}), L::Woken),
            L::Woken => {
                act.m.tasks[task.index()].state = TaskState::Running;
                act.m.sockets[socket.index()].tcp.poll_triggered = false;
                Flow::Next(L::Ask)
            }
            L::Leave => {
                act.m.sockets[socket.index()].sleeper = TaskId::NONE;
                act.m.sockets[socket.index()].tcp.poll_triggered = false;
                Flow::Return(1)
            }
        }
    }
}

routine! {
    /// Registers the poller the first time, then looks. Returns 1 if there is something.
    TcpPoll { socket: SocketId, registers: u32 } lines TcpPollLine;
    Visible "tcp_poll" "net/ipv4/tcp.c" : 514;
    Wait 522 "sock_poll_wait(): __pollwait() adds the task to the wait queue"
        Kernel Links Socket Lock writes["socket_wq.wait"];
    Look 579 "readable, or shut down by FIN, or closed?" Kernel Tests Socket Cpu
        reads["tcp_sock.rcv_nxt", "tcp_sock.copied_seq", "sock.sk_shutdown",
              "sock.__sk_common.skc_state"];
}

impl Run for TcpPoll {
    fn run<S: Sink>(&mut self, line: TcpPollLine, act: &mut Act<'_, S>) -> Flow<TcpPollLine> {
        act.did(self.socket.0, PacketId::NONE);
        let task = act.cpu().current;
        let socket = &mut act.m.sockets[self.socket.index()];
        match line {
            TcpPollLine::Wait => {
                if self.registers != 0 {
                    socket.sleeper = task;
                }
                Flow::Next(TcpPollLine::Look)
            }
            TcpPollLine::Look => {
                let found = socket.tcp.readable() != 0 || socket.tcp.state != TcpState::Established;
                Flow::Return(u32::from(found))
            }
        }
    }
}

routine! {
    /// Tells a poller that its socket has something.
    PollWake { socket: SocketId, task: TaskId } lines PollWakeLine;
    Visible "pollwake" "fs/select.c" : 208;
    Trigger 195 "pwq->triggered = 1; default_wake_function()" Kernel Writes Task Cpu
        reads["poll_table_entry.key"] writes["poll_wqueues.triggered"];
}

impl Run for PollWake {
    fn run<S: Sink>(&mut self, _: PollWakeLine, act: &mut Act<'_, S>) -> Flow<PollWakeLine> {
        act.did(self.task.0, PacketId::NONE);
        act.m.sockets[self.socket.index()].tcp.poll_triggered = true;
        // The poller stays on the wait queue: it takes itself off.
        let wake = DefaultWakeFunction { socket: SocketId::NONE, task: self.task };
        Flow::CallLast(CallFrame::of(wake))
    }
}
