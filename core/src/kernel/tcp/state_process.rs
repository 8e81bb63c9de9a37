//! A segment for a connection whose peer has sent FIN, or that was reset.
//!
//! Left out: the listening and the connecting states, and those of a host that closes first.

use super::{TcpAck, TcpAckSndCheck, TcpCheckSpace, TcpDataQueue, TcpValidateIncoming, tcp};
use crate::fact::{Sink, routine};
use crate::kernel::build_skb::KfreeSkbReason;
use crate::kernel::coalesce::KfreeSkb;
use crate::machine::{ACK_SCHED, Act, CallFrame, DropReason, Flow, Run, TCP_FIN, TcpState, before};
use crate::units::{PacketId, SkbId, SocketId};

routine! {
    /// Takes a segment of a connection whose peer has sent FIN, or that was reset.
    TcpRcvStateProcess { skb: SkbId, socket: SocketId, reason: u32, queued: u32 } lines StateLine;
    Visible "tcp_rcv_state_process" "net/ipv4/tcp_input.c" : 6781;
    Closed 6792 "if sk_state == TCP_CLOSE: discard" Kernel Tests Socket Cpu
        reads["sock.__sk_common.skc_state"];
    Validate 6857 "tcp_validate_incoming(sk, skb, th)" Kernel Calls Socket Cpu;
    Passed 6858 "if it was refused: return" Kernel Tests Socket Cpu;
    Ack 6861 "reason = tcp_ack(sk, skb, FLAG_SLOWPATH)" Kernel Calls Skb Cpu;
    Last 6987 "if TCP_LAST_ACK and our FIN is acknowledged: tcp_done()" Kernel Tests Socket Cpu
        reads["tcp_sock.snd_una", "tcp_sock.write_seq"] writes["sock.__sk_common.skc_state"];
    Consume 7046 "__kfree_skb(skb)" Kernel Calls Skb Cpu;
    Text 7000 "TCP_CLOSE_WAIT: what starts at rcv_nxt or later is not taken"
        Kernel Tests Skb Cpu reads["tcp_skb_cb.seq", "tcp_sock.rcv_nxt"];
    Abort 7020 "old data that goes beyond rcv_nxt: TCP_ABORT_ON_DATA" Kernel Tests Skb Cpu
        reads["tcp_skb_cb.end_seq", "sock.sk_shutdown"] writes["sock.__sk_common.skc_state"];
    Queue 7028 "tcp_data_queue(sk, skb)" Kernel Calls Skb Cpu;
    Space 7035 "tcp_data_snd_check(sk)" Kernel Calls Socket Cpu;
    Check 7036 "tcp_ack_snd_check(sk)" Kernel Tests Socket Cpu
        reads["inet_connection_sock.icsk_ack.pending"];
    Queued 7039 "if !queued: discard" Kernel Tests Socket Cpu;
    Discard 7041 "tcp_drop_reason(sk, skb, reason)" Kernel Calls Skb Cpu;
}

impl Run for TcpRcvStateProcess {
    fn run<S: Sink>(&mut self, line: StateLine, act: &mut Act<'_, S>) -> Flow<StateLine> {
        use StateLine as L;
        let (skb, socket) = (self.skb, self.socket);
        match line {
            L::Closed | L::Validate | L::Last => act.did(socket.0, act.m.packet_of(skb)),
            // The packet may be gone: only the socket is named.
            L::Passed | L::Space | L::Check | L::Queued => act.did(socket.0, PacketId::NONE),
            _ => act.did_skb(skb),
        }
        match line {
            L::Closed if tcp(act, socket).state == TcpState::Close => {
                self.reason = DropReason::TcpClose as u32;
                Flow::Next(L::Discard)
            }
            L::Closed => Flow::Next(L::Validate),
            L::Validate => {
                let validate = TcpValidateIncoming { skb, socket, reason: 0 };
                Flow::Call(CallFrame::of(validate), L::Passed)
            }
            L::Passed if act.result() == 0 => Flow::Return(0),
            L::Passed => Flow::Next(L::Ack),
            L::Ack => Flow::Call(CallFrame::of(TcpAck { skb, socket, slow: 1 }), L::Last),
            L::Last => {
                let refused = act.result();
                let tcp = tcp(act, socket);
                let acknowledged = tcp.snd_una == tcp.snd_nxt;
                if refused != 0 {
                    self.reason = refused - 1;
                    return Flow::Next(L::Discard);
                }
                if tcp.state == TcpState::LastAck && acknowledged {
                    tcp.state = TcpState::Close;
                    return Flow::Next(L::Consume);
                }
                Flow::Next(L::Text)
            }
            L::Consume => {
                act.m.count_control(skb);
                Flow::CallLast(CallFrame::of(KfreeSkb { skb }))
            }
            L::Text => {
                self.reason = DropReason::NotSpecified as u32;
                let seq = act.m.skbs.objects[skb.index()].tcp.seq;
                let old = before(seq, tcp(act, socket).rcv_nxt);
                Flow::Next(if old { L::Abort } else { L::Space })
            }
            L::Abort => {
                let record = &act.m.skbs.objects[skb.index()];
                let fin = u32::from(record.tcp_flags & TCP_FIN != 0);
                let end = record.tcp.end_seq.wrapping_sub(fin);
                let tcp = tcp(act, socket);
                if before(tcp.rcv_nxt, end) {
                    tcp.state = TcpState::Close;
                    self.reason = DropReason::TcpAbortOnData as u32;
                    return Flow::Next(L::Discard);
                }
                Flow::Next(L::Queue)
            }
            L::Queue => {
                self.queued = 1;
                Flow::Call(CallFrame::of(TcpDataQueue::of(skb, socket)), L::Space)
            }
            L::Space => Flow::Call(CallFrame::of(TcpCheckSpace { socket }), L::Check),
            L::Check if tcp(act, socket).ack_pending & ACK_SCHED == 0 => Flow::Next(L::Queued),
            L::Check => Flow::Call(CallFrame::of(TcpAckSndCheck { socket, gaps: 1 }), L::Queued),
            L::Queued if self.queued != 0 => Flow::Return(0),
            L::Queued => Flow::Next(L::Discard),
            L::Discard => {
                act.m.sockets[socket.index()].drops += 1;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason: self.reason }))
            }
        }
    }
}
