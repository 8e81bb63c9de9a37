//! GRO's TCP layer: merge, keep apart, or let the held one go.

use super::merge::SkbGroReceive;
use crate::fact::{Sink, routine};
use crate::machine::{
    Act, CallFrame, Fault, Flow, Machine, Run, TCP_CWR, TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN,
    TCP_URG, Traffic,
};
use crate::units::{NapiId, SkbId};

routine! {
    /// TCP over IPv4: the checksum first.
    Tcp4GroReceive { napi: NapiId, skb: SkbId } lines Tcp4GroLine;
    Visible "tcp4_gro_receive" "net/ipv4/tcp_offload.c" : 444;
    Checksum 449 "skb_gro_checksum_validate(); wrong: flush" Kernel Tests Skb Cpu
        reads["sk_buff.ip_summed"] writes["napi_gro_cb.flush"];
    Pull 454 "th = tcp_gro_pull_header(skb)" Kernel Calls Skb Cpu;
    Receive 460 "if !th: flush; pp = tcp_gro_receive(head, skb, th)" Kernel Tests Skb Cpu
        writes["napi_gro_cb.flush"];
}

impl Run for Tcp4GroReceive {
    fn run<S: Sink>(&mut self, line: Tcp4GroLine, act: &mut Act<'_, S>) -> Flow<Tcp4GroLine> {
        let (napi, skb) = (self.napi, self.skb);
        act.did_skb(skb);
        let frame = act.traffic.frames[act.m.packet_of(skb).index()];
        let gro = &mut act.m.skbs.objects[skb.index()].gro;
        match line {
            Tcp4GroLine::Checksum if !gro.flush && frame.fault == Fault::TcpChecksum => {
                gro.flush = true;
                Flow::Return(SkbId::NONE.0)
            }
            Tcp4GroLine::Checksum => Flow::Next(Tcp4GroLine::Pull),
            Tcp4GroLine::Pull => {
                Flow::Call(CallFrame::of(TcpGroPullHeader { skb }), Tcp4GroLine::Receive)
            }
            Tcp4GroLine::Receive if act.result() == 0 => {
                act.m.skbs.objects[skb.index()].gro.flush = true;
                Flow::Return(SkbId::NONE.0)
            }
            Tcp4GroLine::Receive => {
                let receive = TcpGroReceive { napi, skb, held: SkbId::NONE, flush: 1 };
                Flow::CallLast(CallFrame::of(receive))
            }
        }
    }
}

routine! {
    /// Steps over the TCP header, if it is whole.
    TcpGroPullHeader { skb: SkbId } lines PullLine;
    Visible "tcp_gro_pull_header" "net/ipv4/tcp_offload.c" : 280;
    Pull 304 "if doff < 5: NULL; skb_gro_pull(skb, thlen)" Kernel Tests Skb Cpu
        writes["napi_gro_cb.data_offset"];
}

impl Run for TcpGroPullHeader {
    fn run<S: Sink>(&mut self, _: PullLine, act: &mut Act<'_, S>) -> Flow<PullLine> {
        act.did_skb(self.skb);
        let frame = act.traffic.frames[act.m.packet_of(self.skb).index()];
        Flow::Return(u32::from(frame.tcp.length >= 20))
    }
}

routine! {
    /// Finds the held packet of the flow and decides by both headers.
    TcpGroReceive { napi: NapiId, skb: SkbId, held: SkbId, flush: u32 } lines TcpGroLine;
    Visible "tcp_gro_receive" "net/ipv4/tcp_offload.c" : 309;
    Lookup 325 "p = tcp_gro_lookup(): the held packet with these ports" Kernel Looks Skb Cpu
        reads["tcphdr.source", "tcphdr.dest", "gro_list.list", "sk_buff.list",
              "sk_buff.transport_header"] writes["napi_gro_cb.same_flow"];
    Compare 330 "flush = flags, ack, options, window, ttl, tos, id, length or seq do not fit"
        Kernel Tests Skb Cpu
        reads["tcphdr.ack_seq", "tcphdr.seq", "iphdr.id", "skb_shared_info.gso_size", "tcphdr.cwr"]
        writes["napi_gro_cb.ip_fixedid"];
    Merged 372 "if merged: p's flags |= FIN, PSH" Kernel Tests Skb Cpu
        reads["tcphdr.fin", "tcphdr.psh"] writes["tcphdr.fin", "tcphdr.psh"];
    Final 379 "last of its kind? flush = len < mss or URG, PSH, RST, SYN, FIN" Kernel Tests Skb Cpu
        reads["napi_gro_cb.same_flow", "tcphdr.urg", "tcphdr.psh", "tcphdr.rst", "tcphdr.syn",
              "tcphdr.fin"] writes["napi_gro_cb.flush"];
}

impl Run for TcpGroReceive {
    fn run<S: Sink>(&mut self, line: TcpGroLine, act: &mut Act<'_, S>) -> Flow<TcpGroLine> {
        use TcpGroLine as L;
        let skb = self.skb;
        act.did_skb(skb);
        match line {
            L::Lookup => {
                self.lookup(act);
                Flow::Next(if self.held.is_none() { L::Final } else { L::Compare })
            }
            L::Compare => {
                let apart = act.m.keeps_apart(act.traffic, self.held, skb);
                self.flush = u32::from(apart);
                if apart {
                    return Flow::Next(L::Final);
                }
                Flow::Call(CallFrame::of(SkbGroReceive { held: self.held, skb }), L::Merged)
            }
            L::Merged => {
                self.flush = act.result();
                if self.flush == 0 {
                    let flags = act.m.skbs.objects[skb.index()].tcp_flags & (TCP_FIN | TCP_PSH);
                    act.m.skbs.objects[self.held.index()].tcp_flags |= flags;
                }
                Flow::Next(L::Final)
            }
            L::Final => Flow::Return(self.finish(act).0),
        }
    }
}

impl TcpGroReceive {
    fn lookup<S: Sink>(&mut self, act: &mut Act<'_, S>) {
        let flow_of = |m: &Machine, skb| act.traffic.frames[m.packet_of(skb).index()].flow;
        let flow = flow_of(act.m, self.skb);
        for held in act.m.gro_list(self.napi, self.skb).iter() {
            let same_ports = flow_of(act.m, held) == flow;
            let gro = &mut act.m.skbs.objects[held.index()].gro;
            if gro.same_flow && same_ports {
                self.held = held;
                return;
            }
            gro.same_flow = false;
        }
    }

    /// Whether the segment is the last that can be merged; the held packet that must leave now.
    fn finish<S: Sink>(self, act: &mut Act<'_, S>) -> SkbId {
        let frame = act.traffic.frames[act.m.packet_of(self.skb).index()];
        let compared = self.held.some().filter(|_| self.flush == 0);
        let mss = compared.map_or(1, |held| act.m.skbs.objects[held.index()].gso_size);
        let last = TCP_URG | TCP_PSH | TCP_RST | TCP_SYN | TCP_FIN;
        let flush = frame.payload < mss || frame.tcp.flags & last != 0;
        let gro = &mut act.m.skbs.objects[self.skb.index()].gro;
        gro.flush |= flush;
        if !gro.same_flow || flush { self.held } else { SkbId::NONE }
    }
}

impl Machine {
    /// Whether a segment cannot be merged into the held packet of its flow.
    fn keeps_apart(&mut self, traffic: &Traffic, held: SkbId, skb: SkbId) -> bool {
        let first = traffic.frames[self.packet_of(held).index()];
        let frame = traffic.frames[self.packet_of(skb).index()];
        let held_flags = self.skbs.objects[held.index()].tcp_flags;
        let record = &mut self.skbs.objects[held.index()];
        let (one, two) = (&frame.tcp, &first.tcp);
        let header = frame.tcp.flags & TCP_CWR != 0
            || (one.flags ^ held_flags) & !(TCP_CWR | TCP_FIN | TCP_PSH) != 0
            || (one.ack, one.options, one.window, one.length)
                != (two.ack, two.options, two.window, two.length);
        let network = (frame.ttl, frame.tos, frame.df) != (first.ttl, first.tos, first.df);
        let offset = frame.ip_id.wrapping_sub(first.ip_id);
        if !header && !network && record.gro.count == 1 && frame.df && offset == 0 {
            record.gro.ip_fixedid = true;
        }
        let expected = if record.gro.ip_fixedid { 0 } else { record.gro.count };
        let length = frame.payload == 0 || frame.payload > record.gso_size;
        let headers = u32::from(first.ip_header) + u32::from(first.tcp.length);
        let next = first.tcp.seq.wrapping_add(record.len - headers);
        header || network || offset != expected || length || next != frame.tcp.seq
    }
}
