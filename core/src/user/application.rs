//! The application: a thread per UDP flow that reads datagrams for ever, or so many.

use crate::fact::{Sink, routine};
use crate::kernel::scheduler::Schedule;
use crate::kernel::socket::UdpRecvmsg;
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
                act.spend(u64::from(act.m.settings.app_ns));
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
