//! Sockets.

use super::sk_buff::{SkbList, SkbSlab};
use super::tcp_sock::TcpSock;
use crate::units::TaskId;
use serde::{Deserialize, Serialize};

/// A socket: the members of `struct sock` and `struct udp_sock` that the path uses, and TCP's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Socket {
    /// The flow of the workload that it receives.
    pub flow: u32,
    /// `sk_receive_queue`: where the softirq appends.
    pub receive_queue: SkbList,
    /// `reader_queue`: where `recv` takes from.
    pub reader_queue: SkbList,
    /// `sk_rmem_alloc`: memory charged for queued packets.
    pub rmem_alloc: u32,
    /// `forward_deficit`: memory read but not yet given back (`struct udp_sock`).
    pub forward_deficit: u32,
    /// `sk_rcvbuf`: how much may be charged.
    pub rcvbuf: u32,
    /// The task on its wait queue (`sk_wq`): asleep in `recv`, or in `poll`; or none.
    pub sleeper: TaskId,
    /// The task that reads from it.
    pub reader: TaskId,
    /// Frames whose data was read.
    pub packets_read: u64,
    /// Their payload bytes.
    pub bytes_read: u64,
    /// Frames dropped here (`sk_drops`).
    pub drops: u32,
    /// It is bound: lookups find it.
    pub bound: bool,
    /// TCP's part; closed for UDP.
    pub tcp: TcpSock,
}

impl Socket {
    /// A datagram of this size was taken from the reader's queue (`udp_rmem_release`, partial):
    /// the memory goes back in lots of a quarter of the buffer, or when the queue is empty.
    ///
    /// Returns whether memory went back; then the softirq's queue is spliced over too.
    pub fn uncharge(&mut self, truesize: u32) -> bool {
        self.forward_deficit += truesize;
        let lot = self.rcvbuf >> 2;
        if self.forward_deficit < lot && !self.reader_queue.is_empty() {
            return false;
        }
        self.rmem_alloc -= self.forward_deficit;
        self.forward_deficit = 0;
        true
    }

    /// Moves what the softirq queued to the reader's queue.
    pub fn splice(&mut self, slab: &mut SkbSlab) {
        while let Some(skb) = self.receive_queue.pop(slab) {
            self.reader_queue.push(slab, skb);
        }
    }
}
