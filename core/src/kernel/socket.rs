//! The socket: waking the reader, `recv`, and freeing what was read.
//!
//! Left out: epoll, busy polling, peeking, time-outs, `reuseport`.

use super::build_skb::{KfreeSkbReason, KfreeSkbmem, SkbReleaseData};
use super::poll::PollWake;
use super::scheduler::{Schedule, wake_up};
use super::softirq::LocalBhEnableIp;
use crate::fact::{Sink, routine};
use crate::machine::{
    Act, CallFrame, DropReason, Fault, Flow, IPPROTO_TCP, Run, SOFTIRQ_DISABLE_OFFSET, TaskState,
};
use crate::units::{PacketId, SkbId, SocketId, TaskId};

routine! {
    /// Tells whoever sleeps on the socket that there is something to read.
    SockDefReadable { socket: SocketId } lines ReadableLine;
    Visible "sock_def_readable" "net/core/sock.c" : 3483;
    TestSleeper 3491 "if skwq_has_sleeper(wq): __wake_up_sync_key()" Kernel Tests Socket Atomic
        reads["sock.sk_wq", "socket_wq.wait"];
}

impl Run for SockDefReadable {
    fn run<S: Sink>(&mut self, _: ReadableLine, act: &mut Act<'_, S>) -> Flow<ReadableLine> {
        act.did(self.socket.0, PacketId::NONE);
        let sleeper = act.m.sockets[self.socket.index()].sleeper;
        match sleeper.some() {
            None => Flow::Return(0),
            Some(task) => {
                Flow::CallLast(CallFrame::of(WakeUpSyncKey { socket: self.socket, task }))
            }
        }
    }
}

routine! {
    /// Tells whoever sleeps on the socket that its state has changed.
    SockDefWakeup { socket: SocketId } lines WakeupLine;
    Visible "sock_def_wakeup" "net/core/sock.c" : 3460;
    TestSleeper 3466 "if skwq_has_sleeper(wq): wake_up_interruptible_all()"
        Kernel Tests Socket Atomic reads["sock.sk_wq", "socket_wq.wait"];
}

impl Run for SockDefWakeup {
    fn run<S: Sink>(&mut self, _: WakeupLine, act: &mut Act<'_, S>) -> Flow<WakeupLine> {
        act.did(self.socket.0, PacketId::NONE);
        match act.m.sockets[self.socket.index()].sleeper.some() {
            None => Flow::Return(0),
            Some(task) => Flow::CallLast(CallFrame::of(PollWake { socket: self.socket, task })),
        }
    }
}

routine! {
    /// Walks the wait queue.
    WakeUpSyncKey { socket: SocketId, task: TaskId } lines WakeUpLine;
    Visible "__wake_up_sync_key" "kernel/sched/wait.c" : 167;
    Call 173 "under the queue's lock: call the first entry's func, key EPOLLIN"
        Kernel Calls Task Cpu reads["wait_queue_entry.func"];
}

impl Run for WakeUpSyncKey {
    fn run<S: Sink>(&mut self, _: WakeUpLine, act: &mut Act<'_, S>) -> Flow<WakeUpLine> {
        act.did(self.task.0, PacketId::NONE);
        let (socket, task) = (self.socket, self.task);
        let flow = act.m.sockets[socket.index()].flow;
        // Readers of datagrams sleep in recv, readers of streams in poll.
        Flow::CallLast(match act.traffic.flows[flow as usize].protocol {
            IPPROTO_TCP => CallFrame::of(PollWake { socket, task }),
            _ => CallFrame::of(ReceiverWakeFunction { socket, task }),
        })
    }
}

macro_rules! wake_chain {
    ($($(#[$doc:meta])* $name:ident $line:ident $kernel:literal $file:literal $at:literal
       $src:literal $code:literal => $next:ident;)+) => {$(
        routine! {
            $(#[$doc])*
            $name { socket: SocketId, task: TaskId } lines $line;
            Visible $kernel $file : $at;
            Call $src $code Kernel Calls Task Cpu;
        }

        impl Run for $name {
            fn run<S: Sink>(&mut self, _: $line, act: &mut Act<'_, S>) -> Flow<$line> {
                act.did(self.task.0, PacketId::NONE);
                let next = $next { socket: self.socket, task: self.task };
                Flow::CallLast(CallFrame::of(next))
            }
        }
    )+};
}

wake_chain! {
    /// Wakes only for what the sleeper waits for.
    ReceiverWakeFunction ReceiverWakeLine "receiver_wake_function" "net/core/datagram.c" 74 82
        "key has EPOLLIN: autoremove_wake_function()" => AutoremoveWakeFunction;
    /// Wakes, and takes the sleeper off the wait queue.
    AutoremoveWakeFunction AutoremoveLine "autoremove_wake_function" "kernel/sched/wait.c" 383 385
        "default_wake_function(); list_del_init_careful()" => DefaultWakeFunction;
    /// Wakes a task.
    DefaultWakeFunction DefaultWakeLine "default_wake_function" "kernel/sched/core.c" 7060 7064
        "try_to_wake_up(the entry's task)" => TryToWakeUp;
}

routine! {
    /// Makes a sleeping task runnable; `socket` is none if it does not sleep on one.
    TryToWakeUp { socket: SocketId, task: TaskId } lines TryWakeLine;
    Visible "try_to_wake_up" "kernel/sched/core.c" : 4142;
    Claim 4182 "if p->state & TASK_INTERRUPTIBLE: p->state = TASK_WAKING" Kernel Tests Task Lock
        reads["task_struct.__state"] writes["task_struct.__state"];
}

impl Run for TryToWakeUp {
    fn run<S: Sink>(&mut self, _: TryWakeLine, act: &mut Act<'_, S>) -> Flow<TryWakeLine> {
        act.did(self.task.0, PacketId::NONE);
        if let Some(socket) = self.socket.some() {
            act.m.sockets[socket.index()].sleeper = TaskId::NONE;
        }
        if act.m.tasks[self.task.index()].state != TaskState::Interruptible {
            return Flow::Return(0);
        }
        if act.cpu().current == self.task {
            // It has not left the CPU yet: being runnable again is enough. Nobody reads the kernel's 1
            // for "woken"; what is returned here is what the enqueue returns, and it succeeded.
            wake_up(act.m, act.cpu, self.task);
            return Flow::Return(0);
        }
        Flow::CallLast(CallFrame::of(TtwuDoActivate { task: self.task }))
    }
}

routine! {
    /// Puts the task on this CPU's run queue.
    TtwuDoActivate { task: TaskId } lines ActivateLine;
    Visible "ttwu_do_activate" "kernel/sched/core.c" : 3668;
    Activate 3690 "activate_task(rq, p); wakeup_preempt(rq, p)" Kernel Wakes Task Wake
        writes["task_struct.on_rq", "task_struct.__state"];
}

impl Run for TtwuDoActivate {
    fn run<S: Sink>(&mut self, _: ActivateLine, act: &mut Act<'_, S>) -> Flow<ActivateLine> {
        act.did(self.task.0, PacketId::NONE);
        wake_up(act.m, act.cpu, self.task);
        Flow::Return(0)
    }
}

routine! {
    /// Reads one datagram into user memory.
    UdpRecvmsg { socket: SocketId, skb: SkbId } lines RecvLine;
    Visible "udp_recvmsg" "net/ipv4/udp.c" : 1879;
    Receive 1895 "skb = __skb_recv_udp(sk)" Kernel Calls Socket Cpu;
    Copy 1922 "copy_linear_skb(skb): payload to user memory" Kernel Copies Skb Copy
        reads["sk_buff.data", "sk_buff.len"];
    BadChecksum 1974 "checksum wrong: kfree_skb(skb), try again" Kernel Calls Skb Cpu;
    Consume 1971 "skb_consume_udp(sk, skb, copied)" Kernel Calls Skb Cpu;
    Return 1972 "return copied" Kernel Returns Socket Cpu;
}

impl Run for UdpRecvmsg {
    fn run<S: Sink>(&mut self, line: RecvLine, act: &mut Act<'_, S>) -> Flow<RecvLine> {
        match line {
            RecvLine::Receive => {
                act.did(self.socket.0, PacketId::NONE);
                let receive = SkbRecvUdp { socket: self.socket, skb: SkbId::NONE };
                Flow::Call(CallFrame::of(receive), RecvLine::Copy)
            }
            RecvLine::Copy => {
                self.skb = SkbId(act.result());
                act.did_skb(self.skb);
                let packet = act.m.packet_of(self.skb);
                if act.traffic.frames[packet.index()].fault == Fault::UdpChecksum {
                    return Flow::Next(RecvLine::BadChecksum);
                }
                let skb = &mut act.m.skbs.objects[self.skb.index()];
                skb.counted = true;
                let length = skb.len;
                act.work(act.m.settings.costs.copy_ns(length));
                let socket = &mut act.m.sockets[self.socket.index()];
                socket.packets_read += 1;
                socket.bytes_read += u64::from(length);
                Flow::Next(RecvLine::Consume)
            }
            RecvLine::BadChecksum => {
                act.did_skb(self.skb);
                let reason = DropReason::UdpChecksum as u32;
                let drop = KfreeSkbReason { skb: self.skb, reason };
                Flow::Call(CallFrame::of(drop), RecvLine::Receive)
            }
            RecvLine::Consume => {
                act.did_skb(self.skb);
                Flow::Call(CallFrame::of(SkbConsumeUdp { skb: self.skb }), RecvLine::Return)
            }
            RecvLine::Return => {
                act.did(self.socket.0, PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Takes the next datagram, or sleeps until there is one.
    SkbRecvUdp { socket: SocketId, skb: SkbId } lines SkbRecvLine;
    Visible "__skb_recv_udp" "net/ipv4/udp.c" : 1770;
    Lock 1790 "spin_lock_bh(&reader_queue.lock)" Kernel Takes Socket Lock;
    TryReader 1791 "skb = first of reader_queue; uncharge" Kernel Takes Socket Cpu
        reads["udp_sock.reader_queue", "udp_sock.forward_deficit"]
        writes["udp_sock.reader_queue", "udp_sock.forward_deficit", "sock.sk_backlog.rmem_alloc"];
    Splice 1811 "splice sk_receive_queue into reader_queue, try again" Kernel Takes Socket Lock
        reads["sock.sk_receive_queue"] writes["sock.sk_receive_queue", "udp_sock.reader_queue"];
    Unlock 1796 "spin_unlock_bh(&reader_queue.lock)" Kernel Calls Socket Cpu;
    Got 1797 "if skb: return skb" Kernel Returns Socket Cpu;
    Prepare 94 in "net/core/datagram.c" "prepare_to_wait_exclusive(TASK_INTERRUPTIBLE)"
        Kernel Waits Task Lock writes["socket_wq.wait", "task_struct.__state"];
    Recheck 101 in "net/core/datagram.c" "if !queue.empty(): try again; else schedule()"
        Kernel Tests Socket Atomic reads["sock.sk_receive_queue"];
}

impl Run for SkbRecvUdp {
    fn run<S: Sink>(&mut self, line: SkbRecvLine, act: &mut Act<'_, S>) -> Flow<SkbRecvLine> {
        use SkbRecvLine as L;
        let number = self.socket.index();
        let packet = act.m.packet_of(self.skb);
        match line {
            L::Lock => {
                act.cpu().preempt_count += SOFTIRQ_DISABLE_OFFSET;
                act.did(self.socket.0, PacketId::NONE);
                Flow::Next(L::TryReader)
            }
            L::TryReader => self.try_reader(act),
            L::Splice => {
                let socket = &mut act.m.sockets[number];
                socket.splice(&mut act.m.skbs);
                act.did(self.socket.0, PacketId::NONE);
                Flow::Next(L::TryReader)
            }
            L::Unlock => {
                act.did(self.socket.0, packet);
                Flow::Call(CallFrame::of(LocalBhEnableIp {}), L::Got)
            }
            L::Got => {
                act.did(self.socket.0, packet);
                match self.skb.some() {
                    Some(skb) => Flow::Return(skb.0),
                    None => Flow::Next(L::Prepare),
                }
            }
            L::Prepare => {
                let task = act.cpu().current;
                act.m.sockets[number].sleeper = task;
                act.m.tasks[task.index()].state = TaskState::Interruptible;
                act.did(task.0, PacketId::NONE);
                Flow::Next(L::Recheck)
            }
            L::Recheck => {
                act.did(self.socket.0, PacketId::NONE);
                if act.m.sockets[number].receive_queue.is_empty() {
                    return Flow::Call(CallFrame::of(Schedule {}), L::Lock);
                }
                let task = act.cpu().current;
                act.m.sockets[number].sleeper = TaskId::NONE;
                act.m.tasks[task.index()].state = TaskState::Running;
                Flow::Next(L::Lock)
            }
        }
    }
}

impl SkbRecvUdp {
    fn try_reader<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<SkbRecvLine> {
        let socket = &mut act.m.sockets[self.socket.index()];
        if let Some(skb) = socket.reader_queue.pop(&mut act.m.skbs) {
            let record = &mut act.m.skbs.objects[skb.index()];
            record.socket = SocketId::NONE;
            let truesize = record.truesize;
            if socket.uncharge(truesize) {
                socket.splice(&mut act.m.skbs);
            }
            self.skb = skb;
            act.did(self.socket.0, act.m.packet_of(skb));
            return Flow::Next(SkbRecvLine::Unlock);
        }
        let more = !socket.receive_queue.is_empty();
        act.did(self.socket.0, PacketId::NONE);
        Flow::Next(if more { SkbRecvLine::Splice } else { SkbRecvLine::Unlock })
    }
}

routine! {
    /// Frees a datagram that was read.
    SkbConsumeUdp { skb: SkbId } lines ConsumeLine;
    Visible "skb_consume_udp" "net/ipv4/udp.c" : 1671;
    Release 1446 in "net/core/skbuff.c" "__consume_stateless_skb(): skb_release_data(skb)"
        Kernel Calls Skb Cpu reads["sk_buff.users"];
    Free 1447 in "net/core/skbuff.c" "kfree_skbmem(skb)" Kernel Calls Skb Cpu;
}

impl Run for SkbConsumeUdp {
    fn run<S: Sink>(&mut self, line: ConsumeLine, act: &mut Act<'_, S>) -> Flow<ConsumeLine> {
        act.did_skb(self.skb);
        match line {
            ConsumeLine::Release => {
                Flow::Call(CallFrame::of(SkbReleaseData { skb: self.skb }), ConsumeLine::Free)
            }
            ConsumeLine::Free => Flow::CallLast(CallFrame::of(KfreeSkbmem { skb: self.skb })),
        }
    }
}
