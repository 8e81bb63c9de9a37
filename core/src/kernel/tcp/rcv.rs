//! TCP's entry: checks, the socket, and whose turn it is.

use super::{InetLookupEstablished, TcpAddBacklog, TcpRcvEstablished, TcpRcvStateProcess};
use crate::fact::{Sink, routine};
use crate::kernel::build_skb::KfreeSkbReason;
use crate::machine::{
    Act, CallFrame, DropReason, Fault, Flow, Run, TCP_FIN, TCP_SYN, TcpCb, TcpState,
};
use crate::units::{PacketId, SkbId, SocketId};

/// Bytes up to which a checksum is computed at once (`CHECKSUM_BREAK`, include/linux/skbuff.h).
const CHECKSUM_BREAK: u32 = 76;

routine! {
    /// Checks a segment, finds its socket, and hands it over or puts it aside.
    TcpV4Rcv { skb: SkbId, socket: SocketId, reason: u32 } lines RcvLine;
    Visible "tcp_v4_rcv" "net/ipv4/tcp_ipv4.c" : 2178;
    Header 2203 "if th->doff < 5: drop" Kernel Tests Skb Cpu reads["tcphdr.doff"];
    Checksum 2215 "skb_checksum_init(): CHECKSUM_UNNECESSARY is enough" Kernel Tests Skb Cpu
        reads["sk_buff.ip_summed", "tcphdr.check"];
    Steal 2221 "sk = skb->sk, as early demux found it; else look it up" Kernel Tests Skb Cpu
        reads["sk_buff.sk"];
    Socket 2224 "if !sk: no_tcp_socket" Kernel Tests Socket Cpu;
    FillCb 2337 "tcp_v4_fill_cb(skb, iph, th)" Kernel Calls Skb Cpu;
    Owned 2351 "bh_lock_sock(sk); if !sk->sk_lock.owned: tcp_v4_do_rcv()" Kernel Tests Socket Lock
        reads["sock.sk_lock.owned", "skb_shared_info.gso_segs"];
    Backlog 2354 "else: tcp_add_backlog(sk, skb)" Kernel Calls Socket Cpu;
    Queued 2357 "bh_unlock_sock(sk); if the backlog refused: drop" Kernel Tests Socket Lock;
    Listen 2341 "a listening socket's segment: the handshake comes later" Kernel Tests Skb Cpu;
    NoSocket 2366 "no socket: an RST would go, transmit comes later" Kernel Tests Skb Cpu;
    Drop 2386 "sk_skb_reason_drop(sk, skb, drop_reason)" Kernel Calls Skb Cpu;
}

impl TcpV4Rcv {
    pub(crate) fn of(skb: SkbId) -> Self {
        Self { skb, socket: SocketId::NONE, reason: 0 }
    }

    /// The backlog has taken the segment, perhaps swallowed it, or refused it.
    fn queued<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<RcvLine> {
        act.did(self.socket.0, PacketId::NONE);
        match act.result() {
            0 => Flow::Return(0),
            reason => {
                self.reason = reason - 1;
                act.m.sockets[self.socket.index()].drops += 1;
                Flow::Next(RcvLine::Drop)
            }
        }
    }

    fn refuse(&mut self, reason: DropReason) -> Flow<RcvLine> {
        self.reason = reason as u32;
        Flow::Next(RcvLine::Drop)
    }
}

impl Run for TcpV4Rcv {
    fn run<S: Sink>(&mut self, line: RcvLine, act: &mut Act<'_, S>) -> Flow<RcvLine> {
        use RcvLine as L;
        if line == L::Queued {
            return self.queued(act);
        }
        let skb = self.skb;
        let packet = act.m.packet_of(skb);
        let frame = act.traffic.frames[packet.index()];
        if line == L::Socket && !act.m.skbs.objects[skb.index()].socket.is_none() {
            self.socket = act.m.skbs.objects[skb.index()].socket;
        } else if line == L::Socket {
            self.socket = SocketId(act.result());
        }
        match line {
            L::Socket | L::Owned | L::Backlog => act.did(self.socket.0, packet),
            _ => act.did_skb(skb),
        }
        match line {
            L::Header if frame.tcp.length == 0 => self.refuse(DropReason::TcpHeader),
            L::Header => Flow::Next(L::Checksum),
            L::Checksum => {
                let short = act.m.skbs.objects[skb.index()].len <= CHECKSUM_BREAK;
                if short && frame.fault == Fault::TcpChecksum {
                    return self.refuse(DropReason::TcpChecksum);
                }
                Flow::Next(L::Steal)
            }
            L::Steal if act.m.skbs.objects[skb.index()].socket.is_none() => {
                Flow::Call(CallFrame::of(InetLookupEstablished { skb }), L::Socket)
            }
            L::Steal => Flow::Next(L::Socket),
            L::Socket if !self.socket.is_none() => Flow::Next(L::FillCb),
            L::Socket if frame.tcp.flags & TCP_SYN != 0 => Flow::Next(L::Listen),
            L::Socket => Flow::Next(L::NoSocket),
            L::FillCb => Flow::Call(CallFrame::of(TcpV4FillCb { skb }), L::Owned),
            L::Owned if act.m.sockets[self.socket.index()].tcp.owned => Flow::Next(L::Backlog),
            L::Owned => Flow::CallLast(CallFrame::of(TcpV4DoRcv { skb, socket: self.socket })),
            L::Backlog => Flow::Call(TcpAddBacklog::frame(act, skb, self.socket), L::Queued),
            L::Queued => unreachable!("handled above"),
            L::Listen => self.refuse(DropReason::HandshakeNotModelled),
            L::NoSocket if frame.fault == Fault::TcpChecksum => {
                self.refuse(DropReason::TcpChecksum)
            }
            L::NoSocket => self.refuse(DropReason::NoSocket),
            L::Drop => Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason: self.reason })),
        }
    }
}

routine! {
    /// Notes the sequence numbers beside the packet, where GRO's notes were.
    TcpV4FillCb { skb: SkbId } lines FillLine;
    Visible "tcp_v4_fill_cb" "net/ipv4/tcp_ipv4.c" : 2153;
    Fill 2163 "seq, end_seq = seq + SYN + FIN + payload, ack_seq, tcp_flags" Kernel Writes Skb Cpu
        reads["tcphdr.seq", "tcphdr.ack_seq", "sk_buff.len", "iphdr.tos", "sk_buff.tstamp"]
        writes["tcp_skb_cb.seq", "tcp_skb_cb.end_seq", "tcp_skb_cb.ack_seq", "tcp_skb_cb.tcp_flags",
               "tcp_skb_cb.ip_dsfield", "tcp_skb_cb.sacked", "tcp_skb_cb.has_rxtstamp"];
}

impl Run for TcpV4FillCb {
    fn run<S: Sink>(&mut self, _: FillLine, act: &mut Act<'_, S>) -> Flow<FillLine> {
        act.did_skb(self.skb);
        let tcp = act.traffic.frames[act.m.packet_of(self.skb).index()].tcp;
        let record = &mut act.m.skbs.objects[self.skb.index()];
        // GRO has put the flags of all segments together; a packet that it left alone has its own.
        record.tcp_flags |= tcp.flags;
        let ends =
            u32::from(record.tcp_flags & TCP_SYN != 0) + u32::from(record.tcp_flags & TCP_FIN != 0);
        let payload = record.len.saturating_sub(u32::from(tcp.length));
        record.tcp = TcpCb {
            seq: tcp.seq,
            end_seq: tcp.seq.wrapping_add(payload + ends),
            ack_seq: tcp.ack,
            window: tcp.window,
            header_length: tcp.length,
        };
        Flow::Return(0)
    }
}

routine! {
    /// Gives a segment to its connection; the socket is locked.
    TcpV4DoRcv { skb: SkbId, socket: SocketId } lines DoRcvLine;
    Visible "tcp_v4_do_rcv" "net/ipv4/tcp_ipv4.c" : 1896;
    State 1901 "if sk_state == TCP_ESTABLISHED: tcp_rcv_established(sk, skb)"
        Kernel Tests Socket Cpu
        reads["sock.__sk_common.skc_state", "sk_buff.hash", "sk_buff.napi_id", "sk_buff.skb_iif",
              "sock.sk_rx_dst"] writes["sock.sk_napi_id"];
    Other 1940 "tcp_rcv_state_process(sk, skb)" Kernel Calls Socket Cpu;
}

impl Run for TcpV4DoRcv {
    fn run<S: Sink>(&mut self, line: DoRcvLine, act: &mut Act<'_, S>) -> Flow<DoRcvLine> {
        let (skb, socket) = (self.skb, self.socket);
        act.did(socket.0, act.m.packet_of(skb));
        let established = act.m.sockets[socket.index()].tcp.state == TcpState::Established;
        match line {
            DoRcvLine::State if established => {
                Flow::CallLast(CallFrame::of(TcpRcvEstablished::of(skb, socket)))
            }
            DoRcvLine::State => Flow::Next(DoRcvLine::Other),
            DoRcvLine::Other => Flow::CallLast(CallFrame::of(TcpRcvStateProcess {
                skb,
                socket,
                reason: 0,
                queued: 0,
            })),
        }
    }
}
