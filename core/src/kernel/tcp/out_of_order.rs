//! Data behind a gap: kept by sequence number until the gap is filled.
//!
//! The kernel keeps a red-black tree; the model a list in the same order. Left out: SACK blocks,
//! growth of the window.

use super::data_queue::schedule_memory;
use super::event_data_recv::measure_rcv_mss;
use super::{TcpFin, tcp};
use crate::fact::{Sink, routine};
use crate::kernel::build_skb::KfreeSkbReason;
use crate::kernel::coalesce::{KfreeSkbPartial, SkbTryCoalesce};
use crate::kernel::socket::SockDefReadable;
use crate::machine::{ACK_SCHED, Act, CallFrame, DropReason, Flow, Run, TCP_FIN, before};
use crate::units::{PacketId, SkbId, SocketId};

routine! {
    /// Puts a segment behind a gap in its place.
    TcpDataQueueOfo { skb: SkbId, socket: SocketId, place: SkbId } lines OfoLine;
    Inlined "tcp_data_queue_ofo" "net/ipv4/tcp_input.c" : 5054;
    Memory 5065 "tcp_try_rmem_schedule(sk, skb, truesize)" Kernel Tests Socket Cpu
        reads["sock.sk_backlog.rmem_alloc", "sock.sk_rcvbuf"] writes["sock.sk_forward_alloc"];
    NoMemory 5067 "sk_data_ready(sk)" Kernel Calls Socket Cpu;
    Refuse 5068 "tcp_drop_reason(sk, skb, PROTO_MEM)" Kernel Calls Skb Cpu;
    Owe 5074 "pred_flags = 0; inet_csk_schedule_ack(sk)" Kernel Writes Socket Cpu
        writes["tcp_sock.pred_flags", "inet_connection_sock.icsk_ack.pending"];
    Place 5123 "find the last segment that starts no later" Kernel Looks Socket Lookup
        reads["tcp_sock.out_of_order_queue", "tcp_sock.ooo_last_skb", "tcp_skb_cb.seq",
              "sk_buff.rbnode"];
    Coalesce 5156 "if it ends where this starts: tcp_ooo_try_coalesce()" Kernel Calls Skb Cpu
        reads["tcp_skb_cb.end_seq"];
    Eaten 5107 "swallowed: kfree_skb_partial(skb)" Kernel Tests Skb Cpu;
    Merged 5132 "all of it is there: tcp_drop_reason(skb, TCP_OFOMERGE)" Kernel Calls Skb Cpu;
    Insert 5164 "rb_link_node(skb); rb_insert_color()" Kernel Links Skb Cpu
        writes["tcp_sock.out_of_order_queue", "tcp_sock.ooo_last_skb", "sk_buff.rbnode"];
    Covered 5181 "each one that it covers: TCP_OFOMERGE" Kernel Tests Socket Cpu;
    Condense 5197 "skb_condense(skb): fragments go behind the head, if they fit" Kernel Writes Skb Cpu
        reads["sk_buff.data_len"]
        writes["sk_buff.data_len", "sk_buff.truesize", "skb_shared_info.nr_frags"];
    Charge 5198 "skb_set_owner_r(): sk_rmem_alloc += truesize" Kernel Writes Socket Atomic
        reads["sk_buff.destructor"]
        writes["sk_buff.sk", "sock.sk_backlog.rmem_alloc", "sock.sk_forward_alloc",
               "sk_buff.destructor"];
}

impl TcpDataQueueOfo {
    pub(crate) fn of(skb: SkbId, socket: SocketId) -> Self {
        Self { skb, socket, place: SkbId::NONE }
    }

    /// Where it goes: into a neighbour, nowhere, or behind the neighbour.
    fn place<S: Sink>(&mut self, act: &Act<'_, S>) -> Flow<OfoLine> {
        let objects = &act.m.skbs.objects;
        let segment = objects[self.skb.index()].tcp;
        let record = &act.m.sockets[self.socket.index()].tcp;
        self.place = record.out_of_order_place(&act.m.skbs, segment.seq);
        let Some(place) = self.place.some() else {
            return Flow::Next(OfoLine::Insert);
        };
        let neighbour = objects[place.index()].tcp;
        if neighbour.end_seq == segment.seq {
            return Flow::Next(OfoLine::Coalesce);
        }
        let inside = !before(neighbour.end_seq, segment.end_seq);
        if !inside && neighbour.seq == segment.seq {
            // It covers its neighbour, and takes its place.
            let earlier = segment.seq.wrapping_sub(1);
            self.place = record.out_of_order_place(&act.m.skbs, earlier);
        }
        Flow::Next(if inside { OfoLine::Merged } else { OfoLine::Insert })
    }

    /// Drops what the new segment covers: the next one, as long as there is such a one.
    fn covered<S: Sink>(&self, act: &mut Act<'_, S>) -> Flow<OfoLine> {
        let objects = &act.m.skbs.objects;
        let record = &objects[self.skb.index()];
        let covers = |next: &SkbId| !before(record.tcp.end_seq, objects[next.index()].tcp.end_seq);
        let Some(next) = record.next.some().filter(covers) else {
            let in_head = record.data_len == 0;
            return Flow::Next(if in_head { OfoLine::Charge } else { OfoLine::Condense });
        };
        let list = &mut act.m.sockets[self.socket.index()].tcp.out_of_order;
        list.remove_after(&mut act.m.skbs, self.skb);
        act.m.uncharge(next, self.socket);
        let drop = KfreeSkbReason { skb: next, reason: DropReason::TcpOfoMerge as u32 };
        Flow::Call(CallFrame::of(drop), OfoLine::Covered)
    }
}

impl Run for TcpDataQueueOfo {
    fn run<S: Sink>(&mut self, line: OfoLine, act: &mut Act<'_, S>) -> Flow<OfoLine> {
        use OfoLine as L;
        let (skb, socket) = (self.skb, self.socket);
        match line {
            L::Refuse | L::Coalesce | L::Eaten | L::Merged | L::Insert | L::Condense => {
                act.did_skb(skb)
            }
            _ => act.did(socket.0, act.m.packet_of(skb)),
        }
        match line {
            L::Memory => {
                let truesize = act.m.skbs.objects[skb.index()].truesize;
                let room = schedule_memory(&mut act.m.sockets[socket.index()], truesize);
                Flow::Next(if room { L::Owe } else { L::NoMemory })
            }
            L::NoMemory => Flow::Call(CallFrame::of(SockDefReadable { socket }), L::Refuse),
            L::Refuse | L::Merged => {
                let memory = line == L::Refuse;
                let reason =
                    if memory { DropReason::ProtoMem } else { DropReason::TcpOfoMerge } as u32;
                act.m.sockets[socket.index()].drops += 1;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
            L::Owe => {
                measure_rcv_mss(act.m, skb, socket);
                let tcp = tcp(act, socket);
                tcp.pred_flags.on = false;
                tcp.ack_pending |= ACK_SCHED;
                Flow::Next(L::Place)
            }
            L::Place => self.place(act),
            L::Coalesce => Flow::Call(CallFrame::of(SkbTryCoalesce::of(self.place, skb)), L::Eaten),
            L::Eaten => match act.result() {
                0 => Flow::Next(L::Insert),
                how => {
                    act.m.charge_coalesced(socket, self.place, skb, how);
                    Flow::CallLast(CallFrame::of(KfreeSkbPartial::of(skb, how)))
                }
            },
            L::Insert => {
                let list = &mut act.m.sockets[socket.index()].tcp.out_of_order;
                list.insert_after(&mut act.m.skbs, self.place, skb);
                Flow::Next(L::Covered)
            }
            L::Covered => self.covered(act),
            L::Condense => {
                let bytes = act.m.condense(skb);
                act.spend(act.m.settings.costs.copy_ns(bytes));
                Flow::Next(L::Charge)
            }
            L::Charge => {
                act.m.set_owner(skb, socket);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// The gap is filled: what lay behind it moves to the receive queue.
    TcpOfoQueue { socket: SocketId, skb: SkbId, eaten: u32, fin: u32 } lines MoveLine;
    Inlined "tcp_ofo_queue" "net/ipv4/tcp_input.c" : 4986;
    Next 4997 "first of the tree; stop if it starts after rcv_nxt" Kernel Looks Socket Cpu
        reads["tcp_sock.out_of_order_queue", "tcp_sock.rcv_nxt", "tcp_skb_cb.seq",
              "sk_buff.rbnode"];
    Take 5008 "rb_erase(skb)" Kernel Takes Skb Cpu
        writes["tcp_sock.out_of_order_queue", "sk_buff.rbnode"];
    Drop 5011 "nothing of it is new: TCP_OFO_DROP" Kernel Calls Skb Cpu
        reads["tcp_skb_cb.end_seq"];
    Coalesce 5016 "eaten = tail && tcp_try_coalesce(sk, tail, skb)" Kernel Tests Skb Cpu
        reads["sock.sk_receive_queue"];
    Advance 5017 "tcp_rcv_nxt_update(tp, end_seq)" Kernel Writes Socket Cpu
        reads["tcp_skb_cb.tcp_flags"] writes["tcp_sock.rcv_nxt"];
    Append 5020 "if !eaten: __skb_queue_tail(&sk->sk_receive_queue, skb)" Kernel Links Skb Cpu
        writes["sock.sk_receive_queue", "sk_buff.next", "sk_buff.prev"];
    Free 5022 "else: kfree_skb_partial(skb)" Kernel Calls Skb Cpu;
    Fin 5024 "if fin: tcp_fin(sk)" Kernel Tests Socket Cpu;
}

/// `skb_try_coalesce` has been asked: its answer is the result.
const ASKED: u32 = u32::MAX;

impl TcpOfoQueue {
    pub(crate) fn of(socket: SocketId) -> Self {
        Self { socket, skb: SkbId::NONE, eaten: 0, fin: 0 }
    }

    /// The first one, if it is its turn.
    fn next<S: Sink>(&mut self, act: &Act<'_, S>) -> Flow<MoveLine> {
        let record = &act.m.sockets[self.socket.index()].tcp;
        self.skb = record.out_of_order.head;
        let due = |skb: SkbId| !before(record.rcv_nxt, act.m.skbs.objects[skb.index()].tcp.seq);
        if self.skb.some().is_some_and(due) { Flow::Next(MoveLine::Take) } else { Flow::Return(0) }
    }

    fn coalesce<S: Sink>(&mut self, act: &Act<'_, S>) -> Flow<MoveLine> {
        let tail = act.m.sockets[self.socket.index()].receive_queue.tail;
        let seq = act.m.skbs.objects[self.skb.index()].tcp.seq;
        match tail.some() {
            Some(to) if act.m.skbs.objects[to.index()].tcp.end_seq == seq => {
                self.eaten = ASKED;
                let coalesce = SkbTryCoalesce::of(to, self.skb);
                Flow::Call(CallFrame::of(coalesce), MoveLine::Advance)
            }
            _ => {
                self.eaten = 0;
                Flow::Next(MoveLine::Advance)
            }
        }
    }

    fn advance<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<MoveLine> {
        self.eaten = if self.eaten == ASKED { act.result() } else { 0 };
        let record = &act.m.skbs.objects[self.skb.index()];
        self.fin = u32::from(record.tcp_flags & TCP_FIN != 0);
        let end_seq = record.tcp.end_seq;
        tcp(act, self.socket).rcv_nxt = end_seq;
        Flow::Next(if self.eaten == 0 { MoveLine::Append } else { MoveLine::Free })
    }
}

impl Run for TcpOfoQueue {
    fn run<S: Sink>(&mut self, line: MoveLine, act: &mut Act<'_, S>) -> Flow<MoveLine> {
        use MoveLine as L;
        let (skb, socket) = (self.skb, self.socket);
        match line {
            L::Next | L::Fin => act.did(socket.0, PacketId::NONE),
            L::Advance => act.did(socket.0, act.m.packet_of(skb)),
            _ => act.did_skb(skb),
        }
        match line {
            L::Next => self.next(act),
            L::Take => {
                let record = &mut act.m.sockets[socket.index()].tcp;
                record.out_of_order.pop(&mut act.m.skbs);
                let end_seq = act.m.skbs.objects[skb.index()].tcp.end_seq;
                let new = before(record.rcv_nxt, end_seq);
                Flow::Next(if new { L::Coalesce } else { L::Drop })
            }
            L::Drop => {
                act.m.uncharge(skb, socket);
                act.m.sockets[socket.index()].drops += 1;
                let reason = DropReason::TcpOfoDrop as u32;
                Flow::Call(CallFrame::of(KfreeSkbReason { skb, reason }), L::Next)
            }
            L::Coalesce => self.coalesce(act),
            L::Advance => self.advance(act),
            L::Append => {
                let list = &mut act.m.sockets[socket.index()].receive_queue;
                list.push(&mut act.m.skbs, skb);
                Flow::Next(L::Fin)
            }
            L::Free => {
                let to = act.m.sockets[socket.index()].receive_queue.tail;
                act.m.charge_coalesced(socket, to, skb, self.eaten);
                act.m.uncharge(skb, socket);
                Flow::Call(CallFrame::of(KfreeSkbPartial::of(skb, self.eaten)), L::Fin)
            }
            L::Fin if self.fin != 0 => Flow::CallLast(CallFrame::of(TcpFin { socket })),
            L::Fin => Flow::Next(L::Next),
        }
    }
}
