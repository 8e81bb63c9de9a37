//! The acknowledgement that a segment carries: what of ours the peer has.
//!
//! Left out: the retransmit queue, SACK, congestion control, and the peer's window beyond the
//! header's field.

use super::tcp;
use crate::fact::{Sink, routine};
use crate::machine::{Act, DropReason, Flow, Run, TcpSock, before};
use crate::units::{SkbId, SocketId};

routine! {
    /// Takes the acknowledgement in. Returns 0, or 1 + the drop reason.
    TcpAck { skb: SkbId, socket: SocketId, slow: u32 } lines AckLine;
    Visible "tcp_ack" "net/ipv4/tcp_input.c" : 3964;
    Old 3991 "if ack before snd_una: old_ack, or TCP_TOO_OLD_ACK" Kernel Tests Socket Cpu
        reads["tcp_skb_cb.ack_seq", "tcp_sock.snd_una", "tcp_sock.max_window"];
    Unsent 4008 "if ack after snd_nxt: TCP_ACK_UNSENT_DATA" Kernel Tests Socket Cpu
        reads["tcp_sock.snd_nxt"];
    Advance 4038 "tcp_snd_una_update(tp, ack)" Kernel Writes Socket Cpu
        writes["tcp_sock.snd_una", "tcp_sock.bytes_acked"];
    Window 4048 "tcp_ack_update_window(): snd_wnd, pred_flags; snd_una = ack"
        Kernel Writes Socket Cpu
        reads["tcphdr.window", "tcp_sock.snd_wnd", "tcp_sock.snd_wl1", "tcp_sock.max_window"]
        writes["tcp_sock.snd_wnd", "tcp_sock.pred_flags", "tcp_sock.snd_una", "tcp_sock.snd_wl1",
               "tcp_sock.max_window"];
}

/// The largest window without scaling: how far back an old acknowledgement may lie.
const MAX_TCP_WINDOW: u32 = 65_535;

impl Run for TcpAck {
    fn run<S: Sink>(&mut self, line: AckLine, act: &mut Act<'_, S>) -> Flow<AckLine> {
        use AckLine as L;
        act.did(self.socket.0, act.m.packet_of(self.skb));
        let segment = act.m.skbs.objects[self.skb.index()].tcp;
        let rcvbuf_free = {
            let socket = &act.m.sockets[self.socket.index()];
            socket.rmem_alloc < socket.rcvbuf
        };
        let tcp = tcp(act, self.socket);
        let ack = segment.ack_seq;
        match line {
            L::Old if before(ack, tcp.snd_una.wrapping_sub(MAX_TCP_WINDOW)) => {
                Flow::Return(1 + DropReason::TcpTooOldAck as u32)
            }
            L::Old if before(ack, tcp.snd_una) => Flow::Return(0),
            L::Old => Flow::Next(L::Unsent),
            L::Unsent if before(tcp.snd_nxt, ack) => {
                Flow::Return(1 + DropReason::TcpAckUnsentData as u32)
            }
            L::Unsent if self.slow == 0 && before(tcp.snd_una, ack) => Flow::Next(L::Advance),
            L::Unsent => Flow::Next(L::Window),
            L::Advance => {
                tcp.snd_una = ack;
                Flow::Return(0)
            }
            L::Window => {
                if tcp.pred_flags.window != segment.window {
                    tcp.pred_flags.window = segment.window;
                    tcp.pred_flags.on = false;
                    tcp.fast_path_check(rcvbuf_free);
                }
                tcp.snd_una = ack;
                Flow::Return(0)
            }
        }
    }
}

impl TcpSock {
    /// Turns header prediction on if nothing stands against it (`tcp_fast_path_check`).
    pub(super) fn fast_path_check(&mut self, rcvbuf_free: bool) {
        self.pred_flags.on |= self.out_of_order.is_empty() && self.rcv_wnd != 0 && rcvbuf_free;
    }
}
