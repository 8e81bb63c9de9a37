//! TCP, receive side of an established connection, in the order that a segment meets it.
//!
//! A connection is established at the first numbers seen of it. Left out: the handshake and the
//! sender's states, timestamps and PAWS, SACK, urgent data, congestion control, auto-tuning of the
//! receive buffer, and everything of transmit: where an ACK would leave, a line says so.

mod ack;
mod backlog;
mod data_queue;
mod early_demux;
mod established;
mod event_data_recv;
mod out_of_order;
mod rcv;
mod recvmsg;
mod send_ack;
mod state_process;

pub(crate) use ack::TcpAck;
pub(crate) use backlog::{ReleaseSock, ReleaseSockBacklog, TcpAddBacklog};
pub(crate) use data_queue::{TcpDataQueue, TcpDataReady, TcpFin, TcpQueueRcv};
pub(crate) use early_demux::{InetLookupEstablished, TcpV4EarlyDemux};
pub(crate) use established::{TcpRcvEstablished, TcpValidateIncoming};
pub(crate) use event_data_recv::TcpEventDataRecv;
pub(crate) use out_of_order::{TcpDataQueueOfo, TcpOfoQueue};
pub(crate) use rcv::{TcpV4DoRcv, TcpV4FillCb, TcpV4Rcv};
pub(crate) use recvmsg::{TcpRecvmsg, TcpRecvmsgLocked};
pub(crate) use send_ack::{TcpAckSndCheck, TcpCheckSpace, TcpSendAck};
pub(crate) use state_process::TcpRcvStateProcess;

use crate::machine::{Act, TcpSock};
use crate::units::SocketId;

/// TCP's part of a socket.
fn tcp<'a, S>(act: &'a mut Act<'_, S>, socket: SocketId) -> &'a mut TcpSock {
    &mut act.m.sockets[socket.index()].tcp
}
