//! `recv` on a stream: bytes go from the queued packets to user memory, whole packets are freed.
//!
//! The reader comes from `poll`, so there is something to read. Left out: sleeping in `recv`,
//! peeking, urgent data, auto-tuning of the buffer (`tcp_rcv_space_adjust`).

use super::{ReleaseSock, ReleaseSockBacklog, TcpSendAck, tcp};
use crate::fact::{Sink, routine};
use crate::kernel::build_skb::SkbAttemptDeferFree;
use crate::kernel::softirq::LocalBhEnableIp;
use crate::machine::{
    ACK_PUSHED, ACK_PUSHED2, ACK_SCHED, Act, CallFrame, Flow, Run, SOFTIRQ_DISABLE_OFFSET, Socket,
    TCP_FIN, TcpState,
};
use crate::units::{PacketId, SkbId, SocketId};

/// What the application asks for at once: iperf3's 128 KiB.
const LENGTH: u32 = 131_072;

routine! {
    /// Reads from a stream. Returns the bytes read; 0 at the end.
    TcpRecvmsg { socket: SocketId, copied: u32 } lines RecvLine;
    Visible "tcp_recvmsg" "net/ipv4/tcp.c" : 2856;
    Lock 3667 in "net/core/sock.c" "lock_sock(sk): sk_lock.owned = 1" Kernel Takes Socket Lock
        writes["sock.sk_lock.owned"];
    Unlock 3668 in "net/core/sock.c" "spin_unlock_bh(&sk->sk_lock.slock)"
        Kernel Calls Socket Cpu;
    Read 2871 "ret = tcp_recvmsg_locked(sk, msg, len)" Kernel Calls Socket Cpu;
    Release 2872 "release_sock(sk)" Kernel Calls Socket Cpu;
    Return 2884 "return ret" Kernel Returns Socket Cpu;
}

impl Run for TcpRecvmsg {
    fn run<S: Sink>(&mut self, line: RecvLine, act: &mut Act<'_, S>) -> Flow<RecvLine> {
        let socket = self.socket;
        act.did(socket.0, PacketId::NONE);
        match line {
            RecvLine::Lock => {
                act.cpu().preempt_count += SOFTIRQ_DISABLE_OFFSET;
                tcp(act, socket).owned = true;
                Flow::Next(RecvLine::Unlock)
            }
            RecvLine::Unlock => Flow::Call(CallFrame::of(LocalBhEnableIp {}), RecvLine::Read),
            RecvLine::Read => {
                let read = TcpRecvmsgLocked { socket, copied: 0, used: 0, skb: SkbId::NONE };
                Flow::Call(CallFrame::of(read), RecvLine::Release)
            }
            RecvLine::Release => {
                self.copied = act.result();
                Flow::Call(CallFrame::of(ReleaseSock { socket }), RecvLine::Return)
            }
            RecvLine::Return => Flow::Return(self.copied),
        }
    }
}

routine! {
    /// Copies from packet to packet while there are any and the buffer has room.
    TcpRecvmsgLocked { socket: SocketId, copied: u32, used: u32, skb: SkbId } lines LockedLine;
    Visible "tcp_recvmsg_locked" "net/ipv4/tcp.c" : 2576;
    Next 2647 "skb = the queued packet that holds copied_seq" Kernel Looks Socket Cpu
        reads["sock.sk_receive_queue", "tcp_sock.copied_seq", "tcp_skb_cb.seq", "sk_buff.next"];
    Copy 2766 "skb_copy_datagram_msg(skb, offset, used)" Kernel Copies Skb Copy
        reads["sk_buff.data", "sk_buff.len", "skb_shared_info.frags"];
    Advance 2799 "copied_seq += used; copied += used" Kernel Writes Socket Cpu
        writes["tcp_sock.copied_seq"];
    Whole 2819 "if used + offset < skb->len: go on" Kernel Tests Skb Cpu reads["sk_buff.len"];
    Fin 2830 "FIN: copied_seq++; this is the end" Kernel Writes Socket Cpu
        writes["tcp_sock.copied_seq"];
    Uncharge 1527 "tcp_eat_recv_skb(): unlink; sock_rfree(): sk_rmem_alloc -= truesize"
        Kernel Writes Socket Atomic
        reads["sk_buff.destructor", "sk_buff.sk", "sk_buff.truesize", "sk_buff.next",
              "sk_buff.prev"]
        writes["sock.sk_receive_queue", "sock.sk_backlog.rmem_alloc", "sock.sk_forward_alloc",
               "sk_buff.destructor", "sk_buff.sk", "sk_buff.next", "sk_buff.prev"];
    Eat 1530 "skb_attempt_defer_free(skb)" Kernel Calls Skb Cpu;
    Flush 2717 "a backlog waits: __sk_flush_backlog(sk)" Kernel Calls Socket Lock
        reads["sock.sk_backlog.tail"];
    Deferred 3146 in "net/core/sock.c" "tcp_release_cb(): if TCP_ACK_DEFERRED: tcp_send_ack()"
        Kernel Tests Socket Cpu reads["sock.sk_tsq_flags"] writes["sock.sk_tsq_flags"];
    Flushed 3149 in "net/core/sock.c" "__sk_flush_backlog() ends: spin_unlock_bh()"
        Kernel Calls Socket Cpu;
    Cleanup 2841 "tcp_cleanup_rbuf(sk, copied): is an ACK due for what was read?"
        Kernel Tests Socket Cpu
        reads["tcp_sock.rcv_nxt", "tcp_sock.rcv_wup", "inet_connection_sock.icsk_ack.pending",
              "inet_connection_sock.icsk_ack.rcv_mss", "sock.sk_backlog.rmem_alloc"];
    Return 2842 "return copied" Kernel Returns Socket Cpu;
}

impl TcpRecvmsgLocked {
    /// The packet to read next, or where else to go.
    fn next<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<LockedLine> {
        use LockedLine as L;
        let socket = &act.m.sockets[self.socket.index()];
        self.skb = socket.receive_queue.head;
        let copied_seq = socket.tcp.copied_seq;
        let flush = self.copied > 0 && !socket.tcp.backlog.is_empty();
        act.did(self.socket.0, act.m.packet_of(self.skb));
        match self.skb.some() {
            _ if self.copied == LENGTH => Flow::Next(L::Cleanup),
            Some(skb) => {
                let record = &act.m.skbs.objects[skb.index()];
                let offset = copied_seq.wrapping_sub(record.tcp.seq);
                Flow::Next(if offset < record.len { L::Copy } else { L::Fin })
            }
            None => Flow::Next(if flush { L::Flush } else { L::Cleanup }),
        }
    }

    fn copy<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<LockedLine> {
        let record = &act.m.skbs.objects[self.skb.index()];
        let copied_seq = act.m.sockets[self.socket.index()].tcp.copied_seq;
        let offset = copied_seq.wrapping_sub(record.tcp.seq);
        self.used = (record.len - offset).min(LENGTH - self.copied);
        act.work(act.m.settings.costs.copy_ns(self.used));
        Flow::Next(LockedLine::Advance)
    }
}

/// Counts the frames of a packet that was read to its end: those with data as read, a bare FIN as
/// TCP's own.
fn count_read<S>(act: &mut Act<'_, S>, skb: SkbId, socket: SocketId) {
    let with_data = |packet: &PacketId| act.traffic.frames[packet.index()].payload > 0;
    let all = act.m.skbs.packets(skb).count() as u64;
    let read = act.m.skbs.packets(skb).filter(with_data).count() as u64;
    act.m.sockets[socket.index()].packets_read += read;
    act.m.control += all - read;
    act.m.skbs.objects[skb.index()].counted = true;
}

/// Whether reading makes an ACK due (`__tcp_cleanup_rbuf`).
fn ack_due(socket: &Socket, copied: u32) -> bool {
    let tcp = &socket.tcp;
    let owed = tcp.ack_pending & ACK_SCHED != 0;
    let segments = tcp.rcv_nxt.wrapping_sub(tcp.rcv_wup) > tcp.rcv_mss;
    let pushed = tcp.ack_pending & (ACK_PUSHED | ACK_PUSHED2) != 0;
    if owed && (segments || copied > 0 && pushed && socket.rmem_alloc == 0) {
        return true;
    }
    // A window that has at least doubled is told at once.
    let offered = tcp.receive_window();
    let full = tcp.window_from_space(socket.rcvbuf);
    let free = tcp.window_from_space(socket.rcvbuf.saturating_sub(socket.rmem_alloc));
    let open = tcp.state == TcpState::Established && copied > 0;
    open && 2 * u64::from(offered) <= u64::from(full)
        && free != 0
        && u64::from(free) >= 2 * u64::from(offered)
}

impl Run for TcpRecvmsgLocked {
    fn run<S: Sink>(&mut self, line: LockedLine, act: &mut Act<'_, S>) -> Flow<LockedLine> {
        use LockedLine as L;
        let (socket, skb) = (self.socket, self.skb);
        match line {
            L::Next => return self.next(act),
            L::Copy | L::Whole | L::Eat => act.did_skb(skb),
            L::Advance | L::Fin | L::Uncharge => act.did(socket.0, act.m.packet_of(skb)),
            _ => act.did(socket.0, PacketId::NONE),
        }
        match line {
            L::Next => unreachable!("handled above"),
            L::Copy => self.copy(act),
            L::Advance => {
                let record = &mut act.m.sockets[socket.index()];
                record.tcp.copied_seq = record.tcp.copied_seq.wrapping_add(self.used);
                record.bytes_read += u64::from(self.used);
                self.copied += self.used;
                Flow::Next(L::Whole)
            }
            L::Whole => {
                let record = &act.m.skbs.objects[skb.index()];
                let copied_seq = act.m.sockets[socket.index()].tcp.copied_seq;
                let offset = copied_seq.wrapping_sub(record.tcp.seq);
                if offset < record.len {
                    return Flow::Next(L::Next);
                }
                let fin = record.tcp_flags & TCP_FIN != 0;
                Flow::Next(if fin { L::Fin } else { L::Uncharge })
            }
            L::Fin => {
                let tcp = tcp(act, socket);
                tcp.copied_seq = tcp.copied_seq.wrapping_add(1);
                Flow::Next(L::Uncharge)
            }
            L::Uncharge => {
                let record = &mut act.m.sockets[socket.index()];
                record.receive_queue.pop(&mut act.m.skbs);
                act.m.uncharge(skb, socket);
                Flow::Next(L::Eat)
            }
            L::Eat => {
                count_read(act, skb, socket);
                Flow::Call(CallFrame::of(SkbAttemptDeferFree { skb }), L::Next)
            }
            L::Flush => {
                act.cpu().preempt_count += SOFTIRQ_DISABLE_OFFSET;
                Flow::Call(CallFrame::of(ReleaseSockBacklog::of(socket)), L::Deferred)
            }
            L::Deferred if tcp(act, socket).take_deferred_ack() => {
                Flow::Call(CallFrame::of(TcpSendAck { socket }), L::Flushed)
            }
            L::Deferred => Flow::Next(L::Flushed),
            L::Flushed => Flow::Call(CallFrame::of(LocalBhEnableIp {}), L::Next),
            L::Cleanup if ack_due(&act.m.sockets[socket.index()], self.copied) => {
                Flow::Call(CallFrame::of(TcpSendAck { socket }), L::Return)
            }
            L::Cleanup => Flow::Next(L::Return),
            L::Return => Flow::Return(self.copied),
        }
    }
}
