//! UDP, receive side: checks, socket lookup, charging and queueing.
//!
//! Left out: multicast, encapsulation, socket filters, memory pressure (`PROTO_MEM`), ICMP errors
//! back to the sender.

use super::build_skb::KfreeSkbReason;
use super::socket::SockDefReadable;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, DropReason, Fault, Flow, Run};
use crate::units::{SkbId, SocketId};

/// Bytes up to which a checksum is computed at once (`CHECKSUM_BREAK`, include/linux/skbuff.h).
const CHECKSUM_BREAK: u32 = 76;
/// Bytes of a UDP header.
const UDP_HLEN: u16 = 8;

routine! {
    /// UDP's entry.
    UdpRcv { skb: SkbId } lines UdpRcvLine;
    Visible "udp_rcv" "net/ipv4/udp.c" : 2693;
    Call 2695 "__udp4_lib_rcv(skb, udp_table, IPPROTO_UDP)" Kernel Calls Skb Cpu;
}

impl Run for UdpRcv {
    fn run<S: Sink>(&mut self, _: UdpRcvLine, act: &mut Act<'_, S>) -> Flow<UdpRcvLine> {
        act.did_skb(self.skb);
        let socket = SocketId::NONE;
        Flow::CallLast(CallFrame::of(Udp4LibRcv { skb: self.skb, socket }))
    }
}

routine! {
    /// Checks a datagram and finds its socket.
    Udp4LibRcv { skb: SkbId, socket: SocketId } lines LibRcvLine;
    Visible "__udp4_lib_rcv" "net/ipv4/udp.c" : 2450;
    Length 2475 "if ulen > skb->len or ulen < 8: drop" Kernel Tests Skb Cpu
        reads["udphdr.len", "sk_buff.len", "sk_buff.transport_header"];
    Checksum 2485 "udp4_csum_init(): CHECKSUM_UNNECESSARY is enough" Kernel Tests Skb Cpu
        reads["udphdr.check", "sk_buff.ip_summed"];
    Lookup 2510 "sk = __udp4_lib_lookup(saddr, sport, daddr, dport)" Kernel Calls Skb Cpu
        reads["udphdr.source", "udphdr.dest"];
    Deliver 2511 "if sk: return udp_unicast_rcv_skb(sk, skb, uh)" Kernel Tests Socket Cpu;
    Drop 2530 "sk_skb_reason_drop(sk, skb, drop_reason)" Kernel Calls Skb Cpu;
}

impl Udp4LibRcv {
    /// A bad checksum is found here only in a short datagram; in a longer one when it is copied.
    fn refusal<S: Sink>(self, act: &Act<'_, S>) -> Option<DropReason> {
        let short = act.m.skbs.objects[self.skb.index()].len <= CHECKSUM_BREAK;
        match act.traffic.frames[act.m.packet_of(self.skb).index()].fault {
            Fault::UdpLength => Some(DropReason::UdpHeader),
            Fault::UdpChecksum if short => Some(DropReason::UdpChecksum),
            _ => None,
        }
    }
}

impl Run for Udp4LibRcv {
    fn run<S: Sink>(&mut self, line: LibRcvLine, act: &mut Act<'_, S>) -> Flow<LibRcvLine> {
        use LibRcvLine as L;
        let skb = self.skb;
        let refusal = self.refusal(act);
        if line == L::Deliver {
            self.socket = SocketId(act.result());
            act.did(self.socket.0, act.m.packet_of(skb));
        } else {
            act.did_skb(skb);
        }
        match line {
            L::Length if refusal == Some(DropReason::UdpHeader) => Flow::Next(L::Drop),
            L::Length => Flow::Next(L::Checksum),
            L::Checksum if refusal.is_some() => Flow::Next(L::Drop),
            L::Checksum => Flow::Next(L::Lookup),
            L::Lookup => Flow::Call(CallFrame::of(Udp4LibLookup { skb }), L::Deliver),
            L::Deliver => match self.socket.some() {
                Some(socket) => Flow::CallLast(CallFrame::of(UdpUnicastRcvSkb { skb, socket })),
                None => Flow::Next(L::Drop),
            },
            L::Drop => {
                let reason = refusal.unwrap_or(DropReason::NoSocket) as u32;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
        }
    }
}

routine! {
    /// Finds the socket: first by this address and port, then by the port alone.
    Udp4LibLookup { skb: SkbId } lines LookupLine;
    Visible "__udp4_lib_lookup" "net/ipv4/udp.c" : 527;
    ByAddress 541 "udp4_lib_lookup2(daddr, dport): none is bound to the address"
        Kernel Calls Skb Cpu;
    ByPort 568 "udp4_lib_lookup2(INADDR_ANY, dport)" Kernel Calls Skb Cpu;
}

impl Run for Udp4LibLookup {
    fn run<S: Sink>(&mut self, line: LookupLine, act: &mut Act<'_, S>) -> Flow<LookupLine> {
        act.did_skb(self.skb);
        let (skb, any) = (self.skb, u32::from(line == LookupLine::ByPort));
        let lookup = CallFrame::of(Udp4LibLookup2 { skb, any });
        match line {
            LookupLine::ByAddress => Flow::Call(lookup, LookupLine::ByPort),
            LookupLine::ByPort => Flow::CallLast(lookup),
        }
    }
}

routine! {
    /// Searches one hash chain.
    Udp4LibLookup2 { skb: SkbId, any: u32 } lines Lookup2Line;
    Visible "udp4_lib_lookup2" "net/ipv4/udp.c" : 467;
    Search 480 "best score in the chain" Kernel Looks Socket Lookup
        reads["udp_hslot.head", "sock.__sk_common.skc_rcv_saddr", "sock.__sk_common.skc_num"];
}

impl Run for Udp4LibLookup2 {
    fn run<S: Sink>(&mut self, _: Lookup2Line, act: &mut Act<'_, S>) -> Flow<Lookup2Line> {
        let packet = act.m.packet_of(self.skb);
        let flow = act.traffic.frames[packet.index()].flow;
        let bound = |socket: &crate::machine::Socket| socket.bound && socket.flow == flow;
        let found = (self.any != 0)
            .then(|| act.m.sockets.iter().position(bound))
            .flatten()
            .map_or(SocketId::NONE, |at| SocketId(u32::try_from(at).expect("a socket number")));
        act.did(found.0, packet);
        Flow::Return(found.0)
    }
}

routine! {
    /// Hands a datagram to its one socket.
    UdpUnicastRcvSkb { skb: SkbId, socket: SocketId } lines UnicastLine;
    Visible "udp_unicast_rcv_skb" "net/ipv4/udp.c" : 2428;
    Call 2436 "udp_queue_rcv_skb(sk, skb)" Kernel Calls Socket Cpu;
}

impl Run for UdpUnicastRcvSkb {
    fn run<S: Sink>(&mut self, _: UnicastLine, act: &mut Act<'_, S>) -> Flow<UnicastLine> {
        act.did(self.socket.0, act.m.packet_of(self.skb));
        let queue = UdpQueueRcvSkb { skb: self.skb, socket: self.socket };
        Flow::CallLast(CallFrame::of(queue))
    }
}

routine! {
    /// One datagram, or segments of one: here always one.
    UdpQueueRcvSkb { skb: SkbId, socket: SocketId } lines QueueLine;
    Visible "udp_queue_rcv_skb" "net/ipv4/udp.c" : 2270;
    Call 2276 "not gso: udp_queue_rcv_one_skb(sk, skb)" Kernel Calls Socket Cpu;
}

impl Run for UdpQueueRcvSkb {
    fn run<S: Sink>(&mut self, _: QueueLine, act: &mut Act<'_, S>) -> Flow<QueueLine> {
        act.did(self.socket.0, act.m.packet_of(self.skb));
        let one = UdpQueueRcvOneSkb { skb: self.skb, socket: self.socket };
        Flow::CallLast(CallFrame::of(one))
    }
}

routine! {
    /// Steps over the UDP header and queues; drops if the socket is full.
    UdpQueueRcvOneSkb { skb: SkbId, socket: SocketId } lines QueueOneLine;
    Visible "udp_queue_rcv_one_skb" "net/ipv4/udp.c" : 2159;
    Pull 2255 "udp_csum_pull_header(skb)" Kernel Writes Skb Cpu
        writes["sk_buff.data", "sk_buff.len"];
    Enqueue 2127 "rc = __udp_enqueue_schedule_skb(sk, skb)" Kernel Calls Socket Cpu;
    Result 2128 "if rc < 0: RcvbufErrors++, drop" Kernel Tests Socket Cpu;
}

impl Run for UdpQueueRcvOneSkb {
    fn run<S: Sink>(&mut self, line: QueueOneLine, act: &mut Act<'_, S>) -> Flow<QueueOneLine> {
        let (skb, socket) = (self.skb, self.socket);
        match line {
            QueueOneLine::Pull => {
                let record = &mut act.m.skbs.objects[skb.index()];
                record.data_offset += UDP_HLEN;
                record.len -= u32::from(UDP_HLEN);
                act.did_skb(skb);
                Flow::Next(QueueOneLine::Enqueue)
            }
            QueueOneLine::Enqueue => {
                act.did(socket.0, act.m.packet_of(skb));
                let enqueue = UdpEnqueueScheduleSkb { skb, socket };
                Flow::Call(CallFrame::of(enqueue), QueueOneLine::Result)
            }
            QueueOneLine::Result => {
                // On success the reader may own the packet by now: only the socket is named.
                act.did(socket.0, crate::units::PacketId::NONE);
                if act.result() == 0 {
                    return Flow::Return(0);
                }
                let reason = DropReason::SocketRcvbuff as u32;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
        }
    }
}

routine! {
    /// Charges the socket, appends the datagram, tells the reader.
    UdpEnqueueScheduleSkb { skb: SkbId, socket: SocketId } lines EnqueueLine;
    Visible "__udp_enqueue_schedule_skb" "net/ipv4/udp.c" : 1568;
    TestMemory 1582 "if rmem + size > rcvbuf and rmem > rcvbuf: drop" Kernel Tests Socket Miss
        reads["sock.sk_backlog.rmem_alloc", "sock.sk_rcvbuf", "sk_buff.truesize"];
    Refuse 1635 "sk_drops++; return -ENOMEM" Kernel Counts Socket Atomic writes["sock.sk_drops"];
    Condense 1598 "if rmem > rcvbuf / 2: skb_condense(skb)" Kernel Writes Skb Cpu
        reads["sk_buff.data_len"]
        writes["sk_buff.data_len", "sk_buff.truesize", "skb_shared_info.nr_frags"];
    Charge 1605 "atomic_add(size, &sk->sk_rmem_alloc)" Kernel Writes Socket Atomic
        writes["sock.sk_backlog.rmem_alloc"];
    Append 1621 "__skb_queue_tail(&sk->sk_receive_queue, skb)" Kernel Links Skb Lock
        writes["sock.sk_receive_queue", "sk_buff.next", "sk_buff.prev"];
    Ready 1625 "sk->sk_data_ready(sk): sock_def_readable()" Kernel Calls Socket Cpu
        reads["sock.sk_data_ready"];
}

impl Run for UdpEnqueueScheduleSkb {
    fn run<S: Sink>(&mut self, line: EnqueueLine, act: &mut Act<'_, S>) -> Flow<EnqueueLine> {
        use EnqueueLine as L;
        let size = act.m.skbs.objects[self.skb.index()].truesize;
        let packet = act.m.packet_of(self.skb);
        if matches!(line, L::Append | L::Condense) {
            act.did_skb(self.skb);
        } else {
            act.did(self.socket.0, packet);
        }
        let socket = &mut act.m.sockets[self.socket.index()];
        match line {
            L::TestMemory => {
                let full =
                    socket.rmem_alloc + size > socket.rcvbuf && socket.rmem_alloc > socket.rcvbuf;
                let pressed = socket.rmem_alloc > socket.rcvbuf / 2;
                let has_frags = act.m.skbs.objects[self.skb.index()].data_len > 0;
                Flow::Next(match (full, pressed && has_frags) {
                    (true, _) => L::Refuse,
                    (false, true) => L::Condense,
                    (false, false) => L::Charge,
                })
            }
            L::Refuse => {
                socket.drops += 1;
                Flow::Return(1)
            }
            L::Condense => {
                let bytes = act.m.condense(self.skb);
                act.spend(act.m.settings.costs.copy_ns(bytes));
                Flow::Next(L::Charge)
            }
            L::Charge => {
                socket.rmem_alloc += size;
                Flow::Next(L::Append)
            }
            L::Append => {
                act.m.skbs.objects[self.skb.index()].socket = self.socket;
                socket.receive_queue.push(&mut act.m.skbs, self.skb);
                Flow::Next(L::Ready)
            }
            L::Ready => Flow::CallLast(CallFrame::of(SockDefReadable { socket: self.socket })),
        }
    }
}
