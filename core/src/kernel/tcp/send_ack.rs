//! Whether an ACK must go now, and what changes when it does. The ACK itself ends in a line that
//! says so: transmit comes later.
//!
//! Left out: the delayed-ACK timer, compressed SACKs, ping-pong mode, `rcv_ssthresh` (the window
//! opens as far as memory allows at once).

use super::tcp;
use crate::fact::{Sink, routine};
use crate::machine::{ACK_NOMEM, ACK_NOW, ACK_SCHED, Act, CallFrame, Flow, Run, Socket};
use crate::units::{PacketId, SocketId};

routine! {
    /// Looks whether somebody waits for room to send; with transmit left out nobody does.
    TcpCheckSpace { socket: SocketId } lines SpaceLine;
    Visible "tcp_check_space" "net/ipv4/tcp_input.c" : 5783;
    Test 5788 "if SOCK_NOSPACE: tcp_new_space(sk)" Kernel Tests Socket Atomic
        reads["socket.flags"];
}

impl Run for TcpCheckSpace {
    fn run<S: Sink>(&mut self, _: SpaceLine, act: &mut Act<'_, S>) -> Flow<SpaceLine> {
        act.did(self.socket.0, PacketId::NONE);
        Flow::Return(0)
    }
}

routine! {
    /// Decides when the owed ACK goes; `gaps` says whether out-of-order data counts.
    TcpAckSndCheck { socket: SocketId, gaps: u32 } lines CheckLine;
    Visible "__tcp_ack_snd_check" "net/ipv4/tcp_input.c" : 5804;
    Test 5810 "now, if more than one full segment is new, or quick ACKs, or ICSK_ACK_NOW"
        Kernel Tests Socket Cpu
        reads["tcp_sock.rcv_nxt", "tcp_sock.rcv_wup", "inet_connection_sock.icsk_ack.rcv_mss",
              "inet_connection_sock.icsk_ack.quick", "inet_connection_sock.icsk_ack.pending"];
    Defer 5827 "a task owns the socket: TCP_ACK_DEFERRED" Kernel Writes Socket Atomic
        writes["sock.sk_tsq_flags"];
    Send 5831 "tcp_send_ack(sk)" Kernel Calls Socket Cpu;
    Delay 5836 "tcp_send_delayed_ack(sk): the timer comes with transmit" Kernel Waits Socket Cpu;
}

/// Whether the ACK goes at once, or at the end of a backlog's segments.
fn goes_now(socket: &Socket) -> bool {
    let tcp = &socket.tcp;
    let new = tcp.rcv_nxt.wrapping_sub(tcp.rcv_wup);
    let full = new > tcp.rcv_mss && select_window(socket) >= tcp.rcv_wnd;
    full || tcp.quick > 0 || tcp.ack_pending & ACK_NOW != 0
}

/// The window that memory allows now (`__tcp_select_window`).
fn select_window(socket: &Socket) -> u32 {
    let tcp = &socket.tcp;
    let used = socket.rmem_alloc + tcp.backlog_len;
    let free = tcp.window_from_space(socket.rcvbuf.saturating_sub(used));
    let full = tcp.window_from_space(socket.rcvbuf);
    let too_little = free < full / 2 && (free < full / 16 || free < tcp.rcv_mss.min(full));
    if too_little { 0 } else { free }
}

impl Run for TcpAckSndCheck {
    fn run<S: Sink>(&mut self, line: CheckLine, act: &mut Act<'_, S>) -> Flow<CheckLine> {
        use CheckLine as L;
        let socket = self.socket;
        act.did(socket.0, PacketId::NONE);
        match line {
            L::Test => {
                let now = goes_now(&act.m.sockets[socket.index()]);
                let tcp = tcp(act, socket);
                // Behind a gap, without SACK, each segment has an ACK of its own, which the peer
                // counts: none is put off.
                let behind_gap = self.gaps != 0 && !tcp.out_of_order.is_empty();
                Flow::Next(match now {
                    true if tcp.owned => L::Defer,
                    false if !behind_gap => L::Delay,
                    _ => L::Send,
                })
            }
            L::Defer => {
                tcp(act, socket).ack_deferred = true;
                Flow::Return(0)
            }
            L::Send => Flow::CallLast(CallFrame::of(TcpSendAck { socket })),
            L::Delay => Flow::Return(0),
        }
    }
}

routine! {
    /// Would send an ACK; what is settled by it is settled.
    TcpSendAck { socket: SocketId } lines SendLine;
    Visible "tcp_send_ack" "net/ipv4/tcp_output.c" : 4295;
    Transmit 4291 "__tcp_transmit_skb(): transmit comes later, no ACK leaves"
        Kernel Counts Socket Cpu;
    Window 278 "tcp_select_window(): rcv_wnd, never smaller; rcv_wup = rcv_nxt"
        Kernel Writes Socket Cpu
        reads["sock.sk_rcvbuf", "sock.sk_backlog.rmem_alloc", "tcp_sock.scaling_ratio",
              "tcp_sock.window_clamp", "tcp_sock.rcv_ssthresh"]
        writes["tcp_sock.rcv_wnd", "tcp_sock.rcv_wup"];
    Settle 196 "tcp_event_ack_sent(): quick--; pending = 0" Kernel Writes Socket Cpu
        writes["inet_connection_sock.icsk_ack.quick", "inet_connection_sock.icsk_ack.pending"];
}

impl Run for TcpSendAck {
    fn run<S: Sink>(&mut self, line: SendLine, act: &mut Act<'_, S>) -> Flow<SendLine> {
        act.did(self.socket.0, PacketId::NONE);
        let window = select_window(&act.m.sockets[self.socket.index()]);
        let tcp = tcp(act, self.socket);
        match line {
            SendLine::Transmit => {
                tcp.acks_due += 1;
                Flow::Next(SendLine::Window)
            }
            SendLine::Window => {
                let nomem = tcp.ack_pending & ACK_NOMEM != 0;
                let window = if nomem { 0 } else { window.max(tcp.receive_window()) };
                tcp.pred_flags.on &= window != 0;
                tcp.rcv_wnd = window;
                tcp.rcv_wup = tcp.rcv_nxt;
                Flow::Next(SendLine::Settle)
            }
            SendLine::Settle => {
                tcp.quick -= u8::from(tcp.quick > 0 && tcp.ack_pending & ACK_SCHED != 0);
                tcp.ack_pending = 0;
                Flow::Return(0)
            }
        }
    }
}
