//! A segment's data: in order to the receive queue, charged to the socket; the reader is told.
//!
//! Left out: collapsing of a full queue (`tcp_collapse`), the limit of all sockets' memory.

use super::event_data_recv::quick_acks;
use super::{TcpDataQueueOfo, TcpEventDataRecv, TcpOfoQueue, tcp};
use crate::fact::{Sink, routine};
use crate::kernel::build_skb::KfreeSkbReason;
use crate::kernel::coalesce::{KfreeSkb, KfreeSkbPartial, SkbTryCoalesce};
use crate::kernel::socket::{SockDefReadable, SockDefWakeup};
use crate::machine::{
    ACK_NOMEM, ACK_NOW, ACK_SCHED, Act, CallFrame, DropReason, Flow, Machine, Run, Socket, TCP_FIN,
    TcpState, before,
};
use crate::units::{PacketId, SkbId, SocketId};

/// Bytes of a page, the lot in which memory is set aside.
const PAGE_SIZE: u32 = 4096;
routine! {
    /// Decides by sequence number where a segment's data goes.
    TcpDataQueue { skb: SkbId, socket: SocketId, eaten: u32, reason: u32 } lines DataLine;
    Visible "tcp_data_queue" "net/ipv4/tcp_input.c" : 5277;
    Empty 5292 "if seq == end_seq: no data" Kernel Tests Skb Cpu
        reads["tcp_skb_cb.seq", "tcp_skb_cb.end_seq"];
    FreeEmpty 5293 "__kfree_skb(skb)" Kernel Calls Skb Cpu;
    Pull 5297 "__skb_pull(skb, header)" Kernel Writes Skb Cpu
        reads["sk_buff.transport_header", "tcphdr.doff"] writes["sk_buff.data", "sk_buff.len"];
    Sequence 5306 "seq == rcv_nxt: in order; else old, beyond the window, or behind a gap"
        Kernel Tests Socket Cpu
        reads["tcp_skb_cb.seq", "tcp_sock.rcv_nxt", "tcp_sock.rcv_wup", "tcp_sock.rcv_wnd"];
    Memory 5325 "tcp_try_rmem_schedule(sk, skb, truesize)" Kernel Tests Socket Cpu
        reads["sock.sk_backlog.rmem_alloc", "sock.sk_rcvbuf"] writes["sock.sk_forward_alloc"];
    NoMemory 5327 "pending |= ICSK_ACK_NOMEM | ICSK_ACK_NOW; sk_data_ready(sk)"
        Kernel Calls Socket Cpu writes["inet_connection_sock.icsk_ack.pending"];
    Forced 5332 "if the queue holds data: drop; else take it all the same" Kernel Tests Socket Cpu
        reads["sock.sk_receive_queue"];
    Queue 5340 "eaten = tcp_queue_rcv(sk, skb)" Kernel Calls Socket Cpu;
    Event 5342 "if skb->len: tcp_event_data_recv(sk, skb)" Kernel Tests Skb Cpu;
    Fin 5343 "if TCPHDR_FIN: tcp_fin(sk)" Kernel Tests Skb Cpu reads["tcp_skb_cb.tcp_flags"];
    Gap 5346 "if out_of_order_queue: tcp_ofo_queue(sk)" Kernel Tests Socket Cpu
        reads["tcp_sock.out_of_order_queue"];
    Closed 5352 "if the gap is closed: pending |= ICSK_ACK_NOW" Kernel Writes Socket Cpu
        writes["inet_connection_sock.icsk_ack.pending"];
    Predict 5359 "tcp_fast_path_check(sk)" Kernel Writes Socket Cpu
        writes["tcp_sock.pred_flags"];
    Free 5361 "if eaten: kfree_skb_partial(skb)" Kernel Tests Socket Cpu;
    Ready 5364 "tcp_data_ready(sk)" Kernel Calls Socket Cpu;
    Quick 5376 "tcp_enter_quickack_mode(sk); inet_csk_schedule_ack(sk)" Kernel Writes Socket Cpu
        writes["inet_connection_sock.icsk_ack.quick", "inet_connection_sock.icsk_ack.pending"];
    Drop 5379 "tcp_drop_reason(sk, skb, reason)" Kernel Calls Skb Cpu;
    OutOfOrder 5405 "tcp_data_queue_ofo(sk, skb)" Kernel Calls Socket Cpu;
}

impl TcpDataQueue {
    pub(crate) fn of(skb: SkbId, socket: SocketId) -> Self {
        Self { skb, socket, eaten: 0, reason: 0 }
    }

    fn refuse(&mut self, reason: DropReason) -> Flow<DataLine> {
        self.reason = reason as u32;
        Flow::Next(DataLine::Quick)
    }

    fn by_sequence(&mut self, m: &Machine) -> Flow<DataLine> {
        let record = &m.skbs.objects[self.skb.index()];
        let tcp = &m.sockets[self.socket.index()].tcp;
        let (seq, end_seq, window) = (record.tcp.seq, record.tcp.end_seq, tcp.receive_window());
        let bare_fin = record.len == 0 && record.tcp_flags & TCP_FIN != 0;
        if seq == tcp.rcv_nxt {
            if window == 0 && !bare_fin {
                return self.refuse(DropReason::TcpZeroWindow);
            }
            return Flow::Next(DataLine::Memory);
        }
        if !before(tcp.rcv_nxt, end_seq) {
            return self.refuse(DropReason::TcpOldData);
        }
        if !before(seq, tcp.rcv_nxt.wrapping_add(window)) {
            return self.refuse(DropReason::TcpOverwindow);
        }
        if before(seq, tcp.rcv_nxt) {
            // Its beginning came before: the rest is in order.
            if window == 0 {
                return self.refuse(DropReason::TcpZeroWindow);
            }
            return Flow::Next(DataLine::Memory);
        }
        Flow::Next(DataLine::OutOfOrder)
    }

    /// The lines that set memory aside.
    fn memory<S: Sink>(&mut self, line: DataLine, act: &mut Act<'_, S>) -> Flow<DataLine> {
        use DataLine as L;
        let socket = self.socket;
        let record = &act.m.skbs.objects[self.skb.index()];
        let (truesize, data) = (record.truesize, record.len != 0);
        match line {
            L::Memory => {
                let room = schedule_memory(&mut act.m.sockets[socket.index()], truesize);
                Flow::Next(if room { L::Queue } else { L::NoMemory })
            }
            L::NoMemory => {
                tcp(act, socket).ack_pending |= ACK_NOMEM | ACK_NOW | ACK_SCHED;
                Flow::Call(CallFrame::of(SockDefReadable { socket }), L::Forced)
            }
            _ => {
                if data && !act.m.sockets[socket.index()].receive_queue.is_empty() {
                    self.reason = DropReason::ProtoMem as u32;
                    return Flow::Next(L::Drop);
                }
                tcp(act, socket).forward_alloc += truesize.next_multiple_of(PAGE_SIZE);
                Flow::Next(L::Queue)
            }
        }
    }

    /// Frees what is left of a segment that the queue's last has swallowed.
    fn free<S: Sink>(self, act: &mut Act<'_, S>) -> Flow<DataLine> {
        act.did(self.socket.0, PacketId::NONE);
        if self.eaten == 0 {
            return Flow::Next(DataLine::Ready);
        }
        Flow::Call(CallFrame::of(KfreeSkbPartial::of(self.skb, self.eaten)), DataLine::Ready)
    }
}

impl Run for TcpDataQueue {
    fn run<S: Sink>(&mut self, line: DataLine, act: &mut Act<'_, S>) -> Flow<DataLine> {
        use DataLine as L;
        let (skb, socket) = (self.skb, self.socket);
        match line {
            L::Empty | L::FreeEmpty | L::Pull | L::Event | L::Fin | L::Drop => act.did_skb(skb),
            L::Sequence | L::Memory | L::Queue | L::OutOfOrder | L::NoMemory | L::Forced => {
                act.did(socket.0, act.m.packet_of(skb));
            }
            L::Free => return self.free(act),
            _ => act.did(socket.0, PacketId::NONE),
        }
        let record = &mut act.m.skbs.objects[skb.index()];
        match line {
            L::Empty if record.tcp.seq == record.tcp.end_seq => Flow::Next(L::FreeEmpty),
            L::Empty => Flow::Next(L::Pull),
            L::FreeEmpty => {
                act.m.count_control(skb);
                Flow::CallLast(CallFrame::of(KfreeSkb { skb }))
            }
            L::Pull => {
                record.data_offset += u16::from(record.tcp.header_length);
                record.len -= u32::from(record.tcp.header_length);
                Flow::Next(L::Sequence)
            }
            L::Sequence => self.by_sequence(act.m),
            L::Memory | L::NoMemory | L::Forced => self.memory(line, act),
            L::Queue => Flow::Call(CallFrame::of(TcpQueueRcv::of(skb, socket)), L::Event),
            L::Event => {
                self.eaten = act.result();
                if act.m.skbs.objects[skb.index()].len == 0 {
                    return Flow::Next(L::Fin);
                }
                Flow::Call(CallFrame::of(TcpEventDataRecv { skb, socket }), L::Fin)
            }
            L::Fin if record.tcp_flags & TCP_FIN != 0 => {
                Flow::Call(CallFrame::of(TcpFin { socket }), L::Gap)
            }
            L::Fin => Flow::Next(L::Gap),
            L::Gap if tcp(act, socket).out_of_order.is_empty() => Flow::Next(L::Predict),
            L::Gap => Flow::Call(CallFrame::of(TcpOfoQueue::of(socket)), L::Closed),
            L::Closed => {
                let tcp = tcp(act, socket);
                if tcp.out_of_order.is_empty() {
                    tcp.ack_pending |= ACK_NOW;
                }
                Flow::Next(L::Predict)
            }
            L::Predict => {
                let record = &mut act.m.sockets[socket.index()];
                record.tcp.fast_path_check(record.rmem_alloc < record.rcvbuf);
                Flow::Next(L::Free)
            }
            L::Free => unreachable!("handled above"),
            L::Ready => Flow::CallLast(CallFrame::of(TcpDataReady { socket })),
            L::Quick => {
                quick_acks(&mut act.m.sockets[socket.index()]);
                tcp(act, socket).ack_pending |= ACK_SCHED;
                Flow::Next(L::Drop)
            }
            L::Drop => {
                act.m.sockets[socket.index()].drops += 1;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason: self.reason }))
            }
            L::OutOfOrder => Flow::CallLast(CallFrame::of(TcpDataQueueOfo::of(skb, socket))),
        }
    }
}

/// Sets memory aside for a packet, a page at a time (`tcp_try_rmem_schedule`); whether it may have
/// it. A queue over its limit is asked to shrink first, which is left out.
pub(super) fn schedule_memory(socket: &mut Socket, truesize: u32) -> bool {
    if socket.rmem_alloc > socket.rcvbuf {
        socket.tcp.pred_flags.on = false;
        return false;
    }
    let missing = truesize.saturating_sub(socket.tcp.forward_alloc);
    socket.tcp.forward_alloc += missing.next_multiple_of(PAGE_SIZE);
    true
}

routine! {
    /// Appends data that is in order. Returns whether the queue's last swallowed it.
    TcpQueueRcv { skb: SkbId, socket: SocketId, eaten: u32 } lines QueueLine;
    Visible "tcp_queue_rcv" "net/ipv4/tcp_input.c" : 5202;
    Coalesce 5208 "eaten = tail && tcp_try_coalesce(sk, tail, skb)" Kernel Tests Socket Cpu
        reads["sock.sk_receive_queue", "tcp_skb_cb.end_seq", "tcp_skb_cb.seq"];
    Advance 5211 "tcp_rcv_nxt_update(tp, end_seq)" Kernel Writes Socket Cpu
        writes["tcp_sock.rcv_nxt", "tcp_sock.bytes_received"];
    Append 5213 "if !eaten: __skb_queue_tail(&sk->sk_receive_queue, skb)" Kernel Links Skb Cpu
        writes["sock.sk_receive_queue", "sk_buff.next", "sk_buff.prev"];
    Charge 5214 "skb_set_owner_r(): sk_rmem_alloc += truesize" Kernel Writes Socket Atomic
        reads["sk_buff.truesize", "sk_buff.destructor"]
        writes["sk_buff.sk", "sock.sk_backlog.rmem_alloc", "sock.sk_forward_alloc",
               "sk_buff.destructor"];
}

/// `skb_try_coalesce` has been asked: its answer is the result.
const ASKED: u32 = u32::MAX;

impl TcpQueueRcv {
    pub(crate) fn of(skb: SkbId, socket: SocketId) -> Self {
        Self { skb, socket, eaten: 0 }
    }
}

impl Run for TcpQueueRcv {
    fn run<S: Sink>(&mut self, line: QueueLine, act: &mut Act<'_, S>) -> Flow<QueueLine> {
        use QueueLine as L;
        let (skb, socket) = (self.skb, self.socket);
        if line == L::Append {
            act.did_skb(skb);
        } else {
            act.did(socket.0, act.m.packet_of(skb));
        }
        let segment = act.m.skbs.objects[skb.index()].tcp;
        match line {
            L::Coalesce => {
                let tail = act.m.sockets[socket.index()].receive_queue.tail;
                match tail.some() {
                    Some(to) if act.m.skbs.objects[to.index()].tcp.end_seq == segment.seq => {
                        self.eaten = ASKED;
                        Flow::Call(CallFrame::of(SkbTryCoalesce::of(to, skb)), L::Advance)
                    }
                    _ => Flow::Next(L::Advance),
                }
            }
            L::Advance => {
                self.eaten = if self.eaten == ASKED { act.result() } else { 0 };
                tcp(act, socket).rcv_nxt = segment.end_seq;
                if self.eaten == 0 {
                    return Flow::Next(L::Append);
                }
                let to = act.m.sockets[socket.index()].receive_queue.tail;
                act.m.charge_coalesced(socket, to, skb, self.eaten);
                Flow::Return(self.eaten)
            }
            L::Append => {
                let list = &mut act.m.sockets[socket.index()].receive_queue;
                list.push(&mut act.m.skbs, skb);
                Flow::Next(L::Charge)
            }
            L::Charge => {
                act.m.set_owner(skb, socket);
                Flow::Return(0)
            }
        }
    }
}

impl Machine {
    /// Charges a packet to its socket (`skb_set_owner_r`).
    pub(super) fn set_owner(&mut self, skb: SkbId, socket: SocketId) {
        let truesize = self.skbs.objects[skb.index()].truesize;
        self.skbs.objects[skb.index()].socket = socket;
        let record = &mut self.sockets[socket.index()];
        record.rmem_alloc += truesize;
        record.tcp.forward_alloc = record.tcp.forward_alloc.saturating_sub(truesize);
    }

    /// Charges what `skb`, swallowed by `to`, has brought; its notes are merged
    /// (`tcp_try_coalesce`).
    pub(super) fn charge_coalesced(&mut self, socket: SocketId, to: SkbId, skb: SkbId, how: u32) {
        let from = self.skbs.objects[skb.index()].clone();
        let delta = SkbTryCoalesce::delta_truesize(&from, how);
        let record = &mut self.sockets[socket.index()];
        record.rmem_alloc += delta;
        record.tcp.forward_alloc = record.tcp.forward_alloc.saturating_sub(delta);
        let to = &mut self.skbs.objects[to.index()];
        to.tcp.end_seq = from.tcp.end_seq;
        to.tcp.ack_seq = from.tcp.ack_seq;
        to.tcp_flags |= from.tcp_flags;
    }
}

routine! {
    /// The peer has sent all: what is read after the queue is the end.
    TcpFin { socket: SocketId } lines FinLine;
    Visible "tcp_fin" "net/ipv4/tcp_input.c" : 4618;
    Shutdown 4624 "inet_csk_schedule_ack(sk); sk_shutdown |= RCV_SHUTDOWN" Kernel Writes Socket Cpu
        writes["sock.sk_shutdown", "inet_connection_sock.icsk_ack.pending"];
    State 4631 "if TCP_ESTABLISHED: tcp_set_state(sk, TCP_CLOSE_WAIT)" Kernel Writes Socket Cpu
        writes["sock.__sk_common.skc_state"];
    Purge 4670 "skb_rbtree_purge(&tp->out_of_order_queue)" Kernel Tests Socket Cpu
        writes["tcp_sock.out_of_order_queue"];
    Wake 4675 "sk->sk_state_change(sk): sock_def_wakeup()" Kernel Calls Socket Cpu
        reads["sock.sk_state_change"];
}

impl Run for TcpFin {
    fn run<S: Sink>(&mut self, line: FinLine, act: &mut Act<'_, S>) -> Flow<FinLine> {
        let socket = self.socket;
        act.did(socket.0, PacketId::NONE);
        match line {
            FinLine::Shutdown => {
                tcp(act, socket).ack_pending |= ACK_SCHED;
                Flow::Next(FinLine::State)
            }
            FinLine::State => {
                let tcp = tcp(act, socket);
                if tcp.state == TcpState::Established {
                    tcp.state = TcpState::CloseWait;
                }
                Flow::Next(FinLine::Purge)
            }
            FinLine::Purge => {
                let list = &mut act.m.sockets[socket.index()].tcp.out_of_order;
                let Some(skb) = list.pop(&mut act.m.skbs) else {
                    return Flow::Next(FinLine::Wake);
                };
                act.m.uncharge(skb, socket);
                let drop = KfreeSkbReason { skb, reason: DropReason::NotSpecified as u32 };
                Flow::Call(CallFrame::of(drop), FinLine::Purge)
            }
            FinLine::Wake => Flow::CallLast(CallFrame::of(SockDefWakeup { socket })),
        }
    }
}

impl Machine {
    /// Takes a packet's charge off its socket (`sock_rfree`): whole pages go back.
    pub(super) fn uncharge(&mut self, skb: SkbId, socket: SocketId) {
        let truesize = self.skbs.objects[skb.index()].truesize;
        self.skbs.objects[skb.index()].socket = SocketId::NONE;
        let record = &mut self.sockets[socket.index()];
        record.rmem_alloc -= truesize;
        record.tcp.forward_alloc = (record.tcp.forward_alloc + truesize) % PAGE_SIZE;
    }
}

routine! {
    /// Tells the reader, if there is as much to read as it asks for.
    TcpDataReady { socket: SocketId } lines DataReadyLine;
    Visible "tcp_data_ready" "net/ipv4/tcp_input.c" : 5271;
    Test 5273 "if rcv_nxt - copied_seq >= sk_rcvlowat: sk_data_ready(sk)" Kernel Tests Socket Cpu
        reads["tcp_sock.rcv_nxt", "tcp_sock.copied_seq", "sock.sk_rcvlowat", "sock.sk_data_ready"];
}

impl Run for TcpDataReady {
    fn run<S: Sink>(&mut self, _: DataReadyLine, act: &mut Act<'_, S>) -> Flow<DataReadyLine> {
        act.did(self.socket.0, PacketId::NONE);
        let record = &act.m.sockets[self.socket.index()].tcp;
        if record.readable() == 0 && record.state == TcpState::Established {
            return Flow::Return(0);
        }
        Flow::CallLast(CallFrame::of(SockDefReadable { socket: self.socket }))
    }
}
