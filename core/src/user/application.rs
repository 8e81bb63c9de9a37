//! The application: a thread per UDP flow that reads datagrams for ever, or so many; and one per
//! TCP connection that polls and reads until its end.

use crate::fact::{Sink, routine};
use crate::kernel::poll::DoSysPoll;
use crate::kernel::scheduler::Schedule;
use crate::kernel::socket::UdpRecvmsg;
use crate::kernel::tcp::TcpRecvmsg;
use crate::machine::{Act, CallFrame, Flow, Run, TaskState};
use crate::units::{PacketId, SkbId, SocketId};

routine! {
    /// Opens a socket, then reads from it.
    Application { socket: SocketId, reads: u32 } lines ApplicationLine;
    Outside "application" "" : 0;
    Open 0 "fd = socket(AF_INET, SOCK_DGRAM); bind(fd, port)" Application Calls Socket Syscall
        writes["sock.sk_rcvbuf"];
    Receive 0 "n = recv(fd, buffer)" Application Calls Socket Syscall;
    Use 0 "use(buffer, n)" Application Reads Socket AppWork;
    Exit 0 "exit" Application Returns Task Syscall;
}

impl Run for Application {
    fn run<S: Sink>(
        &mut self,
        line: ApplicationLine,
        act: &mut Act<'_, S>,
    ) -> Flow<ApplicationLine> {
        use ApplicationLine as L;
        let task = act.cpu().current;
        match line {
            L::Open => {
                let rcvbuf = act.m.settings.rcvbuf;
                let socket = &mut act.m.sockets[self.socket.index()];
                socket.bound = true;
                socket.rcvbuf = rcvbuf;
                socket.reader = task;
                act.did(self.socket.0, PacketId::NONE);
                Flow::Next(L::Receive)
            }
            L::Receive => {
                act.did(self.socket.0, PacketId::NONE);
                let receive = UdpRecvmsg { socket: self.socket, skb: SkbId::NONE };
                Flow::Call(CallFrame::of(receive), L::Use)
            }
            L::Use => {
                act.did(self.socket.0, PacketId::NONE);
                act.work(u64::from(act.m.settings.app_ns));
                self.reads += 1;
                let limit = act.m.settings.reads;
                Flow::Next(if limit != 0 && self.reads >= limit { L::Exit } else { L::Receive })
            }
            L::Exit => {
                act.m.tasks[task.index()].state = TaskState::Dead;
                act.did(task.0, PacketId::NONE);
                Flow::CallLast(CallFrame::of(Schedule {}))
            }
        }
    }
}

routine! {
    /// Reads a stream to its end.
    StreamApplication { socket: SocketId, reads: u32 } lines StreamLine;
    Outside "application (stream)" "" : 0;
    Open 0 "fd = accept(listener): an established connection" Application Calls Socket Syscall;
    Poll 0 "poll({ fd, POLLIN })" Application Calls Socket Syscall;
    Receive 0 "n = recv(fd, buffer, 131072)" Application Calls Socket Syscall;
    End 0 "if n == 0: the peer has closed" Application Tests Socket Cpu;
    Use 0 "use(buffer, n)" Application Reads Socket AppWork;
    Exit 0 "exit" Application Returns Task Syscall;
}

impl Run for StreamApplication {
    fn run<S: Sink>(&mut self, line: StreamLine, act: &mut Act<'_, S>) -> Flow<StreamLine> {
        use StreamLine as L;
        let task = act.cpu().current;
        let socket = self.socket;
        if line == L::Exit {
            act.did(task.0, PacketId::NONE);
        } else {
            act.did(socket.0, PacketId::NONE);
        }
        match line {
            L::Open => {
                act.m.sockets[socket.index()].reader = task;
                Flow::Next(L::Poll)
            }
            L::Poll => Flow::Call(CallFrame::of(DoSysPoll { socket, registered: 0 }), L::Receive),
            L::Receive => Flow::Call(CallFrame::of(TcpRecvmsg { socket, copied: 0 }), L::End),
            L::End => Flow::Next(if act.result() == 0 { L::Exit } else { L::Use }),
            L::Use => {
                act.work(u64::from(act.m.settings.app_ns));
                self.reads += 1;
                let limit = act.m.settings.reads;
                Flow::Next(if limit != 0 && self.reads >= limit { L::Exit } else { L::Poll })
            }
            L::Exit => {
                act.m.tasks[task.index()].state = TaskState::Dead;
                Flow::CallLast(CallFrame::of(Schedule {}))
            }
        }
    }
}
