//! TCP's part of a socket: the members of `struct tcp_sock` and `struct inet_connection_sock` that
//! the receive path uses.

use super::sk_buff::{SkbList, SkbSlab};
use crate::units::SkbId;
use serde::{Deserialize, Serialize};

/// An ACK is owed (`ICSK_ACK_SCHED`).
pub const ACK_SCHED: u8 = 1;
/// A small segment, or the end of a write, came (`ICSK_ACK_PUSHED`).
pub const ACK_PUSHED: u8 = 4;
/// A second one came (`ICSK_ACK_PUSHED2`).
pub const ACK_PUSHED2: u8 = 8;
/// The ACK must go at once (`ICSK_ACK_NOW`).
pub const ACK_NOW: u8 = 16;
/// Data had to be dropped for want of memory (`ICSK_ACK_NOMEM`).
pub const ACK_NOMEM: u8 = 32;

/// The sender's segment size before the first segment is seen (`TCP_MSS_DEFAULT`).
const TCP_MSS_DEFAULT: u32 = 536;
/// Half of the memory is payload, until it is measured (`TCP_DEFAULT_SCALING_RATIO`, of 256).
const SCALING_RATIO: u8 = 128;

/// Whether `a` comes before `b` in sequence space (`before`, include/net/tcp.h).
#[must_use]
pub fn before(a: u32, b: u32) -> bool {
    a.wrapping_sub(b).cast_signed() < 0
}

/// Where a connection stands (`sk_state`). Left out: the states of a host that closes first
/// (`TCP_FIN_WAIT1` and on); it stays established here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TcpState {
    /// `TCP_CLOSE`: no connection, or it was reset.
    #[default]
    Close,
    /// `TCP_ESTABLISHED`.
    Established,
    /// `TCP_CLOSE_WAIT`: the peer's FIN has come.
    CloseWait,
    /// `TCP_LAST_ACK`: ours has gone since.
    LastAck,
}

/// What header prediction expects (`pred_flags`): an ACK with this header and this window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PredFlags {
    /// Prediction is on (`pred_flags` is not 0).
    pub on: bool,
    /// Header length in bytes (`tcp_header_len`).
    pub header_length: u8,
    /// The peer's window as it stands in the header (`snd_wnd`, unscaled).
    pub window: u16,
}

/// A connection's receiving side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TcpSock {
    /// Where the connection stands.
    pub state: TcpState,
    /// The next byte expected.
    pub rcv_nxt: u32,
    /// `rcv_nxt` when the last ACK went.
    pub rcv_wup: u32,
    /// The window offered then.
    pub rcv_wnd: u32,
    /// The next byte that the application has not read.
    pub copied_seq: u32,
    /// The oldest byte of ours that is not acknowledged.
    pub snd_una: u32,
    /// The next byte that we send.
    pub snd_nxt: u32,
    /// Header prediction.
    pub pred_flags: PredFlags,
    /// The peer's segment size as seen (`icsk_ack.rcv_mss`).
    pub rcv_mss: u32,
    /// Length of a last, shorter segment (`icsk_ack.last_seg_size`).
    pub last_seg_size: u32,
    /// ACKs that still go at once (`icsk_ack.quick`).
    pub quick: u8,
    /// What is owed (`icsk_ack.pending`): the `ACK_*` bits.
    pub ack_pending: u8,
    /// The delayed-ACK engine has seen a first segment (`icsk_ack.ato` is not 0).
    pub ato_started: bool,
    /// An ACK waits until the owner releases the socket (`TCPF_ACK_DEFERRED`).
    pub ack_deferred: bool,
    /// Payload's share of memory, of 256 (`scaling_ratio`).
    pub scaling_ratio: u8,
    /// Memory set aside and not yet charged (`sk_forward_alloc`).
    pub forward_alloc: u32,
    /// Segments behind a gap, by sequence number (`out_of_order_queue`).
    pub out_of_order: SkbList,
    /// Segments that came while a task owned the socket (`sk_backlog`).
    pub backlog: SkbList,
    /// Memory of the backlog (`sk_backlog.len`).
    pub backlog_len: u32,
    /// A task owns the socket (`sk_lock.owned`).
    pub owned: bool,
    /// `pollwake` has run since the poller looked last (`poll_wqueues.triggered`).
    pub poll_triggered: bool,
    /// ACKs that would have gone out: transmit comes later.
    pub acks_due: u64,
}

impl TcpSock {
    /// An established connection: the peer's next byte, ours, and what its headers look like.
    #[must_use]
    pub fn established(rcv_nxt: u32, snd_nxt: u32, pred_flags: PredFlags) -> Self {
        Self {
            state: TcpState::Established,
            rcv_nxt,
            rcv_wup: rcv_nxt,
            copied_seq: rcv_nxt,
            snd_una: snd_nxt,
            snd_nxt,
            pred_flags,
            rcv_mss: TCP_MSS_DEFAULT,
            scaling_ratio: SCALING_RATIO,
            ..Self::default()
        }
    }

    /// Bytes that the peer may still send (`tcp_receive_window`).
    #[must_use]
    pub fn receive_window(&self) -> u32 {
        let edge = self.rcv_wup.wrapping_add(self.rcv_wnd);
        if before(edge, self.rcv_nxt) { 0 } else { edge.wrapping_sub(self.rcv_nxt) }
    }

    /// Payload that fits into so much memory (`tcp_win_from_space`).
    #[must_use]
    pub fn window_from_space(&self, space: u32) -> u32 {
        let window = (u64::from(space) * u64::from(self.scaling_ratio)) >> 8;
        u32::try_from(window).expect("smaller than space")
    }

    /// Bytes in the receive queue (`rcv_nxt - copied_seq`); FIN counts as one.
    #[must_use]
    pub fn readable(&self) -> u32 {
        self.rcv_nxt.wrapping_sub(self.copied_seq)
    }

    /// Whether an ACK waited for the owner to let go, and is still owed; it waits no longer.
    pub fn take_deferred_ack(&mut self) -> bool {
        std::mem::take(&mut self.ack_deferred) && self.ack_pending & ACK_SCHED != 0
    }

    /// The segment of the out-of-order queue after which one with `seq` belongs, or none.
    #[must_use]
    pub fn out_of_order_place(&self, slab: &SkbSlab, seq: u32) -> SkbId {
        let starts_before = |skb: &SkbId| !before(seq, slab.objects[skb.index()].tcp.seq);
        self.out_of_order.iter(slab).take_while(starts_before).last().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{PredFlags, TcpSock, before};

    #[test]
    fn sequence_numbers_are_compared_around_the_wrap() {
        assert!(before(0xffff_fff0, 0x10));
        assert!(!before(0x10, 0xffff_fff0));
        assert!(!before(7, 7));
    }

    #[test]
    fn the_window_closes_as_data_comes_and_never_below_nothing() {
        let start = 0xffff_ff00;
        let mut tcp = TcpSock::established(start, 0, PredFlags::default());
        tcp.rcv_wnd = 0x200;
        assert_eq!(tcp.receive_window(), 0x200);
        tcp.rcv_nxt = start.wrapping_add(0x180);
        assert_eq!(tcp.receive_window(), 0x80);
        tcp.rcv_nxt = start.wrapping_add(0x300);
        assert_eq!(tcp.receive_window(), 0);
    }
}
