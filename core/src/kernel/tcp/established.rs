//! A segment of an established connection: predicted, or checked step by step.

use super::{TcpAck, TcpAckSndCheck, TcpCheckSpace, TcpDataQueue, TcpDataReady, TcpEventDataRecv};
use super::{TcpQueueRcv, tcp};
use crate::fact::{Sink, routine};
use crate::kernel::build_skb::KfreeSkbReason;
use crate::kernel::coalesce::{KfreeSkb, KfreeSkbPartial};
use crate::kernel::socket::SockDefWakeup;
use crate::machine::{
    ACK_SCHED, Act, CallFrame, DropReason, Fault, Flow, Machine, Run, TCP_ACK, TCP_PSH, TCP_RST,
    TCP_SYN, TcpState, before,
};
use crate::units::{PacketId, SkbId, SocketId};

routine! {
    /// Takes a segment: the fast path if its header is the one expected.
    TcpRcvEstablished { skb: SkbId, socket: SocketId, eaten: u32, reason: u32 }
    lines EstablishedLine;
    Visible "tcp_rcv_established" "net/ipv4/tcp_input.c" : 6148;
    Predict 6187 "if flags, window, seq and ack are as predicted: fast path" Kernel Tests Socket Cpu
        reads["tcp_sock.pred_flags", "tcp_sock.rcv_nxt", "tcp_sock.snd_nxt", "tcp_skb_cb.seq"];
    PureAck 6229 "no data: tcp_ack(sk, skb, 0)" Kernel Calls Skb Cpu;
    FreeAck 6230 "__kfree_skb(skb)" Kernel Calls Skb Cpu;
    SpaceAck 6231 "tcp_data_snd_check(sk)" Kernel Calls Socket Cpu;
    TestMemory 6250 "if skb->truesize > sk_forward_alloc: step5" Kernel Tests Socket Cpu
        reads["sk_buff.truesize", "sock.sk_forward_alloc"];
    FastPull 6268 "TCPHPHits++; __skb_pull(skb, header)" Kernel Writes Skb Cpu
        reads["tcp_sock.tcp_header_len"] writes["sk_buff.data", "sk_buff.len"];
    FastQueue 6269 "eaten = tcp_queue_rcv(sk, skb)" Kernel Calls Socket Cpu;
    FastEvent 6271 "tcp_event_data_recv(sk, skb)" Kernel Calls Socket Cpu;
    FastAck 6273 "if ack_seq != snd_una: tcp_ack(sk, skb, FLAG_DATA)" Kernel Tests Socket Cpu
        reads["tcp_skb_cb.ack_seq", "tcp_sock.snd_una"];
    FastSpace 6276 "tcp_data_snd_check(sk)" Kernel Calls Socket Cpu;
    FastCheck 6283 "__tcp_ack_snd_check(sk, 0)" Kernel Calls Socket Cpu
        reads["inet_connection_sock.icsk_ack.pending"];
    FastFree 6285 "if eaten: kfree_skb_partial(skb)" Kernel Tests Skb Cpu;
    FastReady 6287 "tcp_data_ready(sk)" Kernel Calls Socket Cpu;
    Slow 6293 "if too short or checksum wrong: TCP_CSUM; if no ACK, RST, SYN: TCP_FLAGS"
        Kernel Tests Skb Cpu reads["tcphdr.check", "sk_buff.ip_summed"];
    Validate 6305 "tcp_validate_incoming(sk, skb, th)" Kernel Calls Socket Cpu;
    Passed 6306 "if it was refused: return" Kernel Tests Socket Cpu;
    Ack 6309 "step5: reason = tcp_ack(sk, skb, FLAG_SLOWPATH)" Kernel Calls Skb Cpu;
    Data 6320 "tcp_data_queue(sk, skb)" Kernel Tests Skb Cpu;
    Space 6322 "tcp_data_snd_check(sk)" Kernel Calls Socket Cpu;
    Check 6323 "tcp_ack_snd_check(sk)" Kernel Tests Socket Cpu
        reads["inet_connection_sock.icsk_ack.pending"];
    Drop 6333 "tcp_drop_reason(sk, skb, reason)" Kernel Calls Skb Cpu;
}

impl TcpRcvEstablished {
    pub(crate) fn of(skb: SkbId, socket: SocketId) -> Self {
        Self { skb, socket, eaten: 0, reason: 0 }
    }

    /// Whether header, sequence and acknowledgement are the expected ones.
    fn predicted(self, m: &Machine) -> bool {
        let (record, tcp) =
            (&m.skbs.objects[self.skb.index()], &m.sockets[self.socket.index()].tcp);
        let predicted = tcp.pred_flags;
        predicted.on
            && record.tcp_flags & !TCP_PSH == TCP_ACK
            && record.tcp.header_length == predicted.header_length
            && record.tcp.window == predicted.window
            && record.tcp.seq == tcp.rcv_nxt
            && !before(tcp.snd_nxt, record.tcp.ack_seq)
    }

    fn drop(&mut self, reason: DropReason) -> Flow<EstablishedLine> {
        self.reason = reason as u32;
        Flow::Next(EstablishedLine::Drop)
    }

    fn predict<S: Sink>(&mut self, act: &Act<'_, S>) -> Flow<EstablishedLine> {
        use EstablishedLine as L;
        if !self.predicted(act.m) {
            return Flow::Next(L::Slow);
        }
        let record = &act.m.skbs.objects[self.skb.index()];
        let fault = act.traffic.frames[record.packet.index()].fault;
        if record.len == u32::from(record.tcp.header_length) {
            return Flow::Next(L::PureAck);
        }
        if fault == Fault::TcpChecksum {
            return self.drop(DropReason::TcpChecksum);
        }
        Flow::Next(L::TestMemory)
    }

    /// The lines of a predicted segment with data.
    fn fast_path<S: Sink>(
        &mut self,
        line: EstablishedLine,
        act: &mut Act<'_, S>,
    ) -> Flow<EstablishedLine> {
        use EstablishedLine as L;
        let (skb, socket) = (self.skb, self.socket);
        let record = &mut act.m.skbs.objects[skb.index()];
        match line {
            L::TestMemory => {
                let truesize = record.truesize;
                let enough = truesize <= tcp(act, socket).forward_alloc;
                Flow::Next(if enough { L::FastPull } else { L::Ack })
            }
            L::FastPull => {
                record.data_offset += u16::from(record.tcp.header_length);
                record.len -= u32::from(record.tcp.header_length);
                Flow::Next(L::FastQueue)
            }
            L::FastQueue => Flow::Call(CallFrame::of(TcpQueueRcv::of(skb, socket)), L::FastEvent),
            L::FastEvent => {
                self.eaten = act.result();
                Flow::Call(CallFrame::of(TcpEventDataRecv { skb, socket }), L::FastAck)
            }
            L::FastAck => {
                if record.tcp.ack_seq == act.m.sockets[socket.index()].tcp.snd_una {
                    return Flow::Next(L::FastCheck);
                }
                Flow::Call(CallFrame::of(TcpAck { skb, socket, slow: 0 }), L::FastSpace)
            }
            L::FastSpace => Flow::Call(CallFrame::of(TcpCheckSpace { socket }), L::FastCheck),
            L::FastCheck if tcp(act, socket).ack_pending & ACK_SCHED == 0 => {
                Flow::Next(L::FastFree)
            }
            L::FastCheck => {
                Flow::Call(CallFrame::of(TcpAckSndCheck { socket, gaps: 0 }), L::FastFree)
            }
            L::FastFree if self.eaten != 0 => {
                Flow::Call(CallFrame::of(KfreeSkbPartial::of(skb, self.eaten)), L::FastReady)
            }
            L::FastFree => Flow::Next(L::FastReady),
            _ => Flow::CallLast(CallFrame::of(TcpDataReady { socket })),
        }
    }

    fn slow<S: Sink>(&mut self, act: &Act<'_, S>) -> Flow<EstablishedLine> {
        let record = &act.m.skbs.objects[self.skb.index()];
        if act.traffic.frames[record.packet.index()].fault == Fault::TcpChecksum {
            return self.drop(DropReason::TcpChecksum);
        }
        if record.tcp_flags & (TCP_ACK | TCP_RST | TCP_SYN) == 0 {
            return self.drop(DropReason::TcpFlags);
        }
        Flow::Next(EstablishedLine::Validate)
    }
}

impl Run for TcpRcvEstablished {
    fn run<S: Sink>(
        &mut self,
        line: EstablishedLine,
        act: &mut Act<'_, S>,
    ) -> Flow<EstablishedLine> {
        use EstablishedLine as L;
        let (skb, socket) = (self.skb, self.socket);
        match line {
            L::Predict | L::TestMemory | L::FastQueue | L::FastEvent | L::FastAck | L::Validate => {
                act.did(socket.0, act.m.packet_of(skb));
            }
            L::PureAck
            | L::FreeAck
            | L::FastPull
            | L::FastFree
            | L::Slow
            | L::Ack
            | L::Data
            | L::Drop => act.did_skb(skb),
            // The packet may be gone: only the socket is named.
            _ => act.did(socket.0, PacketId::NONE),
        }
        match line {
            L::Predict => self.predict(act),
            L::TestMemory
            | L::FastPull
            | L::FastQueue
            | L::FastEvent
            | L::FastAck
            | L::FastSpace
            | L::FastCheck
            | L::FastFree
            | L::FastReady => self.fast_path(line, act),
            L::PureAck => Flow::Call(CallFrame::of(TcpAck { skb, socket, slow: 0 }), L::FreeAck),
            L::FreeAck => {
                act.m.count_control(skb);
                Flow::Call(CallFrame::of(KfreeSkb { skb }), L::SpaceAck)
            }
            L::SpaceAck => Flow::CallLast(CallFrame::of(TcpCheckSpace { socket })),
            L::Slow => self.slow(act),
            L::Validate => {
                let validate = TcpValidateIncoming { skb, socket, reason: 0 };
                Flow::Call(CallFrame::of(validate), L::Passed)
            }
            L::Passed if act.result() == 0 => Flow::Return(0),
            L::Passed => Flow::Next(L::Ack),
            L::Ack => Flow::Call(CallFrame::of(TcpAck { skb, socket, slow: 1 }), L::Data),
            L::Data => match act.result() {
                0 => Flow::Call(CallFrame::of(TcpDataQueue::of(skb, socket)), L::Space),
                reason => {
                    self.reason = reason - 1;
                    Flow::Next(L::Drop)
                }
            },
            L::Space => Flow::Call(CallFrame::of(TcpCheckSpace { socket }), L::Check),
            L::Check if tcp(act, socket).ack_pending & ACK_SCHED == 0 => Flow::Return(0),
            L::Check => Flow::CallLast(CallFrame::of(TcpAckSndCheck { socket, gaps: 1 })),
            L::Drop => {
                act.m.sockets[socket.index()].drops += 1;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason: self.reason }))
            }
        }
    }
}

routine! {
    /// Checks sequence numbers and flags; frees what fails. Returns 1 if the segment passed.
    TcpValidateIncoming { skb: SkbId, socket: SocketId, reason: u32 } lines ValidateLine;
    Visible "tcp_validate_incoming" "net/ipv4/tcp_input.c" : 6001;
    Sequence 6026 "tcp_sequence(): end_seq >= rcv_wup and seq <= rcv_nxt + window"
        Kernel Tests Socket Cpu
        reads["tcp_skb_cb.seq", "tcp_skb_cb.end_seq", "tcp_sock.rcv_wup", "tcp_sock.rcv_nxt",
              "tcp_sock.rcv_wnd"];
    Rst 6048 "if th->rst: reset if seq == rcv_nxt, else a challenge ACK" Kernel Tests Skb Cpu
        reads["tcphdr.rst"];
    Syn 6095 "if th->syn: a challenge ACK; else pass" Kernel Tests Skb Cpu reads["tcphdr.syn"];
    Answer 6040 "an ACK would answer it: transmit comes later" Kernel Tests Socket Cpu;
    Discard 6116 "tcp_drop_reason(sk, skb, reason)" Kernel Calls Skb Cpu;
    Reset 6120 "tcp_reset(): sk_err = ECONNRESET, in TCP_CLOSE_WAIT EPIPE; sk_state = TCP_CLOSE"
        Kernel Writes Socket Cpu
        writes["sock.__sk_common.skc_state", "sock.sk_err"];
    Wake 4898 in "net/ipv4/tcp.c" "tcp_done(): sk->sk_state_change(sk)" Kernel Calls Socket Cpu
        reads["sock.sk_state_change"];
    Free 6121 "__kfree_skb(skb)" Kernel Calls Skb Cpu;
}

impl TcpValidateIncoming {
    /// Why the sequence numbers do not fit, if they do not (`tcp_sequence`).
    fn misfit(self, m: &Machine) -> Option<DropReason> {
        let segment = m.skbs.objects[self.skb.index()].tcp;
        let tcp = &m.sockets[self.socket.index()].tcp;
        if before(segment.end_seq, tcp.rcv_wup) {
            return Some(DropReason::TcpOldSequence);
        }
        let edge = tcp.rcv_nxt.wrapping_add(tcp.receive_window());
        before(edge, segment.seq).then_some(DropReason::TcpInvalidSequence)
    }

    fn answer(&mut self, reason: DropReason) -> Flow<ValidateLine> {
        self.reason = reason as u32;
        Flow::Next(ValidateLine::Answer)
    }
}

impl Run for TcpValidateIncoming {
    fn run<S: Sink>(&mut self, line: ValidateLine, act: &mut Act<'_, S>) -> Flow<ValidateLine> {
        use ValidateLine as L;
        let (skb, socket) = (self.skb, self.socket);
        match line {
            L::Sequence | L::Answer | L::Reset | L::Wake => {
                act.did(socket.0, act.m.packet_of(skb));
            }
            _ => act.did_skb(skb),
        }
        let record = &act.m.skbs.objects[skb.index()];
        let (flags, seq) = (record.tcp_flags, record.tcp.seq);
        match line {
            L::Sequence => match self.misfit(act.m) {
                None => Flow::Next(L::Rst),
                Some(reason) if flags & TCP_RST != 0 => {
                    self.reason = reason as u32;
                    Flow::Next(L::Discard)
                }
                Some(_) if flags & TCP_SYN != 0 => self.answer(DropReason::TcpInvalidSyn),
                Some(reason) => self.answer(reason),
            },
            L::Rst if flags & TCP_RST == 0 => Flow::Next(L::Syn),
            L::Rst if seq == tcp(act, socket).rcv_nxt => Flow::Next(L::Reset),
            L::Rst => self.answer(DropReason::TcpReset),
            L::Syn if flags & TCP_SYN != 0 => self.answer(DropReason::TcpInvalidSyn),
            L::Syn => Flow::Return(1),
            L::Answer => Flow::Next(L::Discard),
            L::Discard => {
                act.m.sockets[socket.index()].drops += 1;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason: self.reason }))
            }
            L::Reset => {
                tcp(act, socket).state = TcpState::Close;
                Flow::Next(L::Wake)
            }
            L::Wake => Flow::Call(CallFrame::of(SockDefWakeup { socket }), L::Free),
            L::Free => {
                act.m.count_control(skb);
                Flow::CallLast(CallFrame::of(KfreeSkb { skb }))
            }
        }
    }
}
