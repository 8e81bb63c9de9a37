//! What TCP learns from each segment with data: that an ACK is owed, and how large segments are.

use super::tcp;
use crate::fact::{Sink, routine};
use crate::machine::{
    ACK_PUSHED, ACK_PUSHED2, ACK_SCHED, Act, Flow, Machine, Run, Socket, TCP_PSH,
};
use crate::units::{SkbId, SocketId};

/// Quick ACKs at most (`TCP_MAX_QUICKACKS`).
const TCP_MAX_QUICKACKS: u32 = 16;
/// What this host announces as its largest segment, at MTU 1500 (`tp->advmss`).
const ADVMSS: u32 = 1460;
/// The segment size that every host takes (`TCP_MSS_DEFAULT`).
const TCP_MSS_DEFAULT: u32 = 536;
/// The smallest segment size (`TCP_MIN_MSS`).
const TCP_MIN_MSS: u32 = 88;
/// Bytes of a TCP header without options.
const TCP_HLEN: u32 = 20;

routine! {
    /// Notes that data came: an ACK is owed, the segment size is measured.
    TcpEventDataRecv { skb: SkbId, socket: SocketId } lines EventLine;
    Visible "tcp_event_data_recv" "net/ipv4/tcp_input.c" : 829;
    Schedule 835 "inet_csk_schedule_ack(sk)" Kernel Writes Socket Cpu
        writes["inet_connection_sock.icsk_ack.pending"];
    Measure 837 "tcp_measure_rcv_mss(sk, skb)" Kernel Writes Socket Cpu
        reads["skb_shared_info.gso_size", "sk_buff.len"]
        writes["inet_connection_sock.icsk_ack.rcv_mss", "tcp_sock.scaling_ratio"];
    Quick 847 "first data: tcp_incr_quickack(sk)" Kernel Writes Socket Cpu
        writes["inet_connection_sock.icsk_ack.quick", "inet_connection_sock.icsk_ack.ato"];
}

impl Run for TcpEventDataRecv {
    fn run<S: Sink>(&mut self, line: EventLine, act: &mut Act<'_, S>) -> Flow<EventLine> {
        act.did(self.socket.0, act.m.packet_of(self.skb));
        match line {
            EventLine::Schedule => {
                tcp(act, self.socket).ack_pending |= ACK_SCHED;
                Flow::Next(EventLine::Measure)
            }
            EventLine::Measure => {
                measure_rcv_mss(act.m, self.skb, self.socket);
                let first = !tcp(act, self.socket).ato_started;
                if first { Flow::Next(EventLine::Quick) } else { Flow::Return(0) }
            }
            EventLine::Quick => {
                quick_acks(&mut act.m.sockets[self.socket.index()]);
                tcp(act, self.socket).ato_started = true;
                Flow::Return(0)
            }
        }
    }
}

/// Learns the peer's segment size, and payload's share of memory (`tcp_measure_rcv_mss`).
pub(super) fn measure_rcv_mss(m: &mut Machine, skb: SkbId, socket: SocketId) {
    let record = &m.skbs.objects[skb.index()];
    let tcp = &mut m.sockets[socket.index()].tcp;
    let last = std::mem::take(&mut tcp.last_seg_size);
    let pushed = record.tcp_flags & TCP_PSH != 0;
    let size = if record.gso_size == 0 { record.len } else { u32::from(record.gso_size) };
    if size >= tcp.rcv_mss {
        if size != tcp.rcv_mss {
            let ratio = u64::from(record.len) * 256 / u64::from(record.truesize);
            tcp.scaling_ratio = u8::try_from(ratio.max(1)).unwrap_or(u8::MAX);
        }
        tcp.rcv_mss = size.min(ADVMSS);
        tcp.ack_pending |= if pushed { ACK_PUSHED } else { 0 };
        return;
    }
    let header = u32::from(record.tcp.header_length);
    let with_header = size + header;
    let full = with_header >= TCP_MSS_DEFAULT + TCP_HLEN;
    if full || (with_header >= TCP_MIN_MSS + TCP_HLEN && !pushed) {
        tcp.last_seg_size = with_header - u32::from(tcp.pred_flags.header_length);
        if tcp.last_seg_size == last {
            tcp.rcv_mss = last;
            return;
        }
    }
    tcp.ack_pending |= if tcp.ack_pending & ACK_PUSHED != 0 { ACK_PUSHED2 } else { 0 };
    tcp.ack_pending |= ACK_PUSHED;
}

/// The next ACKs go at once (`tcp_incr_quickack`).
pub(super) fn quick_acks(socket: &mut Socket) {
    let tcp = &mut socket.tcp;
    let in_window = tcp.rcv_wnd / (2 * tcp.rcv_mss.max(1));
    let quick = if in_window == 0 { 2 } else { in_window.min(TCP_MAX_QUICKACKS) };
    tcp.quick = tcp.quick.max(u8::try_from(quick).expect("at most 16"));
}
