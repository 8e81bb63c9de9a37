//! Segments that come while a task works on the socket: they wait, and the task takes them when it
//! lets go.

use super::{TcpSendAck, TcpV4DoRcv, tcp};
use crate::fact::{Sink, routine};
use crate::kernel::coalesce::{KfreeSkbPartial, SkbTryCoalesce};
use crate::kernel::softirq::LocalBhEnableIp;
use crate::machine::{
    Act, CallFrame, DropReason, Fault, Flow, Run, SOFTIRQ_DISABLE_OFFSET, TCP_ACK, TCP_RST,
    TCP_SYN, TCP_URG, before,
};
use crate::units::{PacketId, SkbId, SocketId};

/// What a socket may send (`net.ipv4.tcp_wmem`, second value): half of it counts for the limit.
const SNDBUF: u32 = 16_384;
/// A little headroom above the receive buffer: only the owner can prune.
const HEADROOM: u32 = 64 * 1024;

routine! {
    /// Puts a segment aside. Returns 0, or 1 + the drop reason.
    TcpAddBacklog { skb: SkbId, socket: SocketId, tail: SkbId } lines AddLine;
    Visible "tcp_add_backlog" "net/ipv4/tcp_ipv4.c" : 2006;
    Condense 2027 "skb_condense(skb): fragments go behind the head, if they fit" Kernel Writes Skb Cpu
        reads["sk_buff.data_len"]
        writes["sk_buff.data_len", "sk_buff.truesize", "skb_shared_info.nr_frags"];
    Checksum 2031 "if tcp_checksum_complete(skb): TCP_CSUM" Kernel Tests Skb Cpu
        reads["sk_buff.ip_summed", "tcphdr.check"];
    Follows 2052 "does it follow the backlog's last: end_seq, flags, options?"
        Kernel Tests Skb Cpu
        reads["sock.sk_backlog.tail", "tcp_skb_cb.seq", "tcp_skb_cb.end_seq",
              "tcp_skb_cb.tcp_flags"];
    Coalesce 2075 "__skb_pull(skb, header); skb_try_coalesce(tail, skb)" Kernel Calls Skb Cpu
        writes["sk_buff.data", "sk_buff.len"];
    Merged 2107 "tail: end_seq, ack_seq, window, flags; kfree_skb_partial(skb)"
        Kernel Writes Skb Cpu
        writes["tcp_skb_cb.end_seq", "tcp_skb_cb.ack_seq", "tcp_skb_cb.tcp_flags",
               "sock.sk_backlog.len"];
    Push 2110 "not taken: __skb_push(skb, header)" Kernel Writes Skb Cpu
        writes["sk_buff.data", "sk_buff.len"];
    Limit 2129 "if len + rmem > 2 * sk_rcvbuf + sk_sndbuf / 2 + 64 KiB: SOCKET_BACKLOG"
        Kernel Tests Socket Cpu
        reads["sock.sk_backlog.len", "sock.sk_backlog.rmem_alloc", "sock.sk_rcvbuf",
              "sock.sk_sndbuf"];
    Append 1086 in "include/net/sock.h" "__sk_add_backlog(): tail->next = skb; len += truesize"
        Kernel Links Skb Cpu reads["sock.sk_backlog.tail"]
        writes["sock.sk_backlog.tail", "sock.sk_backlog.len", "sock.sk_backlog.head",
               "sk_buff.next"];
}

impl TcpAddBacklog {
    /// Called for this segment: the first line is only for one with fragments.
    pub(crate) fn frame<S: Sink>(act: &Act<'_, S>, skb: SkbId, socket: SocketId) -> CallFrame {
        let in_head = act.m.skbs.objects[skb.index()].data_len == 0;
        let first = if in_head { AddLine::Checksum } else { AddLine::Condense };
        CallFrame::at(Self { skb, socket, tail: SkbId::NONE }, first)
    }

    /// Whether it may be swallowed by the backlog's last.
    fn follows<S: Sink>(self, act: &Act<'_, S>) -> bool {
        let Some(tail) = self.tail.some() else {
            return false;
        };
        let objects = &act.m.skbs.objects;
        let (tail, skb) = (&objects[tail.index()], &objects[self.skb.index()]);
        let options = |packet: PacketId| act.traffic.frames[packet.index()].tcp.options;
        tail.tcp.end_seq == skb.tcp.seq
            && (tail.tcp_flags | skb.tcp_flags) & (TCP_SYN | TCP_RST | TCP_URG) == 0
            && tail.tcp_flags & skb.tcp_flags & TCP_ACK != 0
            && tail.tcp.header_length == skb.tcp.header_length
            && options(tail.packet) == options(skb.packet)
    }

    fn full<S: Sink>(self, act: &Act<'_, S>) -> bool {
        let socket = &act.m.sockets[self.socket.index()];
        let limit = u64::from(socket.rcvbuf) * 2 + u64::from(SNDBUF / 2 + HEADROOM);
        u64::from(socket.tcp.backlog_len) + u64::from(socket.rmem_alloc) > limit
    }

    fn merge<S: Sink>(self, act: &mut Act<'_, S>, how: u32) {
        let from = act.m.skbs.objects[self.skb.index()].clone();
        let delta = SkbTryCoalesce::delta_truesize(&from, how);
        tcp(act, self.socket).backlog_len += delta;
        let tail = &mut act.m.skbs.objects[self.tail.index()];
        tail.tcp.end_seq = from.tcp.end_seq;
        if !before(from.tcp.ack_seq, tail.tcp.ack_seq) {
            tail.tcp.ack_seq = from.tcp.ack_seq;
            tail.tcp.window = from.tcp.window;
        }
        tail.tcp_flags |= from.tcp_flags;
    }
}

impl Run for TcpAddBacklog {
    fn run<S: Sink>(&mut self, line: AddLine, act: &mut Act<'_, S>) -> Flow<AddLine> {
        use AddLine as L;
        let (skb, socket) = (self.skb, self.socket);
        if line == L::Limit {
            act.did(socket.0, act.m.packet_of(skb));
        } else {
            act.did_skb(skb);
        }
        let record = &mut act.m.skbs.objects[skb.index()];
        match line {
            L::Condense => {
                let bytes = act.m.condense(skb);
                act.spend(act.m.settings.costs.copy_ns(bytes));
                Flow::Next(L::Checksum)
            }
            L::Checksum
                if act.traffic.frames[record.packet.index()].fault == Fault::TcpChecksum =>
            {
                Flow::Return(1 + DropReason::TcpChecksum as u32)
            }
            L::Checksum => Flow::Next(L::Follows),
            L::Follows => {
                self.tail = tcp(act, socket).backlog.tail;
                Flow::Next(if self.follows(act) { L::Coalesce } else { L::Limit })
            }
            L::Coalesce => {
                record.data_offset += u16::from(record.tcp.header_length);
                record.len -= u32::from(record.tcp.header_length);
                Flow::Call(CallFrame::of(SkbTryCoalesce::of(self.tail, skb)), L::Merged)
            }
            L::Merged => match act.result() {
                0 => Flow::Next(L::Push),
                how => {
                    self.merge(act, how);
                    Flow::CallLast(CallFrame::of(KfreeSkbPartial::of(skb, how)))
                }
            },
            L::Push => {
                record.data_offset -= u16::from(record.tcp.header_length);
                record.len += u32::from(record.tcp.header_length);
                Flow::Next(L::Limit)
            }
            L::Limit => {
                if self.full(act) {
                    return Flow::Return(1 + DropReason::SocketBacklog as u32);
                }
                Flow::Next(L::Append)
            }
            L::Append => {
                let truesize = record.truesize;
                let tcp = &mut act.m.sockets[socket.index()].tcp;
                tcp.backlog.push(&mut act.m.skbs, skb);
                tcp.backlog_len += truesize;
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Lets go of a socket: what came meanwhile is processed first.
    ReleaseSock { socket: SocketId } lines ReleaseLine;
    Visible "release_sock" "net/core/sock.c" : 3672;
    Lock 3674 "spin_lock_bh(&sk->sk_lock.slock)" Kernel Takes Socket Lock
        writes["pcpu_hot.preempt_count"];
    Backlog 3675 "if sk->sk_backlog.tail: __release_sock(sk)" Kernel Tests Socket Cpu
        reads["sock.sk_backlog.tail"];
    Deferred 3680 "tcp_release_cb(): if TCP_ACK_DEFERRED and an ACK is owed: tcp_send_ack()"
        Kernel Tests Socket Cpu reads["sock.sk_tsq_flags"] writes["sock.sk_tsq_flags"];
    Disown 3682 "sock_release_ownership(): sk_lock.owned = 0" Kernel Writes Socket Cpu
        writes["sock.sk_lock.owned"];
    Unlock 3685 "spin_unlock_bh()" Kernel Calls Socket Cpu;
}

impl Run for ReleaseSock {
    fn run<S: Sink>(&mut self, line: ReleaseLine, act: &mut Act<'_, S>) -> Flow<ReleaseLine> {
        use ReleaseLine as L;
        let socket = self.socket;
        act.did(socket.0, PacketId::NONE);
        match line {
            L::Lock => {
                act.cpu().preempt_count += SOFTIRQ_DISABLE_OFFSET;
                Flow::Next(L::Backlog)
            }
            L::Backlog if tcp(act, socket).backlog.is_empty() => Flow::Next(L::Deferred),
            L::Backlog => Flow::Call(CallFrame::of(ReleaseSockBacklog::of(socket)), L::Deferred),
            L::Deferred => {
                if tcp(act, socket).take_deferred_ack() {
                    return Flow::Call(CallFrame::of(TcpSendAck { socket }), L::Disown);
                }
                Flow::Next(L::Disown)
            }
            L::Disown => {
                tcp(act, socket).owned = false;
                Flow::Next(L::Unlock)
            }
            L::Unlock => Flow::CallLast(CallFrame::of(LocalBhEnableIp {})),
        }
    }
}

routine! {
    /// Processes the backlog; entered and left with the socket's spinlock held.
    ReleaseSockBacklog { socket: SocketId, next: SkbId } lines BacklogLine;
    Visible "__release_sock" "net/core/sock.c" : 3103;
    Take 3111 "skb = sk_backlog.head; head = tail = NULL" Kernel Takes Socket Cpu
        reads["sock.sk_backlog.head"] writes["sock.sk_backlog.head", "sock.sk_backlog.tail"];
    Unlock 3113 "spin_unlock_bh(): interrupts may add to a new backlog" Kernel Calls Socket Cpu;
    Each 3120 "sk_backlog_rcv(sk, skb): tcp_v4_do_rcv()" Kernel Calls Skb Cpu reads["sk_buff.next"]
        writes["sk_buff.next"];
    Lock 3130 "spin_lock_bh(); again, if more has come" Kernel Takes Socket Lock;
    Done 3137 "sk_backlog.len = 0" Kernel Writes Socket Cpu writes["sock.sk_backlog.len"];
}

impl ReleaseSockBacklog {
    pub(crate) fn of(socket: SocketId) -> Self {
        Self { socket, next: SkbId::NONE }
    }
}

impl Run for ReleaseSockBacklog {
    fn run<S: Sink>(&mut self, line: BacklogLine, act: &mut Act<'_, S>) -> Flow<BacklogLine> {
        use BacklogLine as L;
        let socket = self.socket;
        if line == L::Each {
            act.did_skb(self.next);
        } else {
            act.did(socket.0, PacketId::NONE);
        }
        match line {
            L::Take => {
                self.next = std::mem::take(&mut tcp(act, socket).backlog).head;
                Flow::Next(L::Unlock)
            }
            L::Unlock => Flow::Call(CallFrame::of(LocalBhEnableIp {}), L::Each),
            L::Each => {
                let skb = self.next;
                self.next = std::mem::take(&mut act.m.skbs.objects[skb.index()].next);
                let then = if self.next.is_none() { L::Lock } else { L::Each };
                Flow::Call(CallFrame::of(TcpV4DoRcv { skb, socket }), then)
            }
            L::Lock => {
                act.cpu().preempt_count += SOFTIRQ_DISABLE_OFFSET;
                let more = !tcp(act, socket).backlog.is_empty();
                Flow::Next(if more { L::Take } else { L::Done })
            }
            L::Done => {
                tcp(act, socket).backlog_len = 0;
                Flow::Return(0)
            }
        }
    }
}
