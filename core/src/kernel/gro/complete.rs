//! Held packets leave GRO: their headers are made to fit, and they wait to go up.

use crate::fact::{Sink, routine};
use crate::kernel::napi::deliver_rx_list;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{NapiId, PacketId, SkbId};

routine! {
    /// Lets held packets go, the oldest of each bucket first.
    NapiGroFlush { napi: NapiId, old: u32 } lines FlushLine;
    Visible "napi_gro_flush" "net/core/gro.c" : 331;
    Next 336 "while gro_bitmask: napi_gro_complete(oldest of the bucket)" Kernel Tests Napi Cpu
        reads["napi_struct.gro_bitmask", "napi_struct.gro_hash", "gro_list.list", "gro_list.count",
              "sk_buff.list", "napi_gro_cb.age"]
        writes["napi_struct.gro_hash", "gro_list.list", "gro_list.count", "sk_buff.list",
               "napi_struct.gro_bitmask"];
}

impl Run for NapiGroFlush {
    fn run<S: Sink>(&mut self, _: FlushLine, act: &mut Act<'_, S>) -> Flow<FlushLine> {
        act.did(self.napi.0, PacketId::NONE);
        let napi = self.napi;
        let oldest = |list: &crate::machine::GroList| list.iter().next_back();
        let buckets = &act.m.napis[napi.index()].gro_hash;
        let now = u32::try_from(act.m.jiffies()).unwrap_or(u32::MAX);
        let due = |skb: &SkbId| self.old == 0 || act.m.skbs.objects[skb.index()].gro.age != now;
        match buckets.iter().filter_map(oldest).find(due) {
            None => Flow::Return(0),
            Some(skb) => {
                act.m.gro_unhold(napi, skb);
                Flow::Call(CallFrame::of(NapiGroComplete { napi, skb }), FlushLine::Next)
            }
        }
    }
}

routine! {
    /// One held packet leaves: fixed up if it is merged, queued for the way up.
    NapiGroComplete { napi: NapiId, skb: SkbId } lines CompleteLine;
    Visible "napi_gro_complete" "net/core/gro.c" : 271;
    Single 280 "if count == 1: gso_size = 0, nothing to fix" Kernel Tests Skb Cpu
        reads["napi_gro_cb.count"] writes["skb_shared_info.gso_size"];
    Inet 292 "inet_gro_complete(skb, 0)" Kernel Calls Skb Cpu;
    Queue 528 in "include/net/gro.h" "rx_list.add(skb); rx_count += segments" Kernel Links Skb Cpu
        writes["napi_struct.rx_list", "napi_struct.rx_count", "sk_buff.list"];
    TestBatch 530 in "include/net/gro.h" "if rx_count >= gro_normal_batch: gro_normal_list()"
        Kernel Tests Napi Cpu reads["napi_struct.rx_count"];
    Done 306 "return" Kernel Returns Napi Cpu;
}

impl Run for NapiGroComplete {
    fn run<S: Sink>(&mut self, line: CompleteLine, act: &mut Act<'_, S>) -> Flow<CompleteLine> {
        use CompleteLine as L;
        let (napi, skb) = (self.napi, self.skb);
        match line {
            L::TestBatch | L::Done => act.did(napi.0, PacketId::NONE),
            _ => act.did_skb(skb),
        }
        let record = &mut act.m.skbs.objects[skb.index()];
        match line {
            L::Single if record.gro.count == 1 => {
                record.gso_size = 0;
                Flow::Next(L::Queue)
            }
            L::Single => Flow::Next(L::Inet),
            L::Inet => Flow::Call(CallFrame::of(InetGroComplete { skb }), L::Queue),
            L::Queue => {
                let segments = u32::from(record.gro.count);
                let napi = &mut act.m.napis[napi.index()];
                napi.rx_list.push(&mut act.m.skbs, skb);
                napi.rx_count += segments;
                Flow::Next(L::TestBatch)
            }
            L::TestBatch => {
                let count = act.m.napis[napi.index()].rx_count;
                if count >= act.m.settings.gro_normal_batch {
                    return deliver_rx_list(act, napi, L::Done);
                }
                Flow::Return(0)
            }
            L::Done => Flow::Return(0),
        }
    }
}

routine! {
    /// Puts the length of all segments into the IP header.
    InetGroComplete { skb: SkbId } lines InetCompleteLine;
    Visible "inet_gro_complete" "net/ipv4/af_inet.c" : 1603;
    Length 1616 "iph->tot_len = skb->len; fix the checksum" Kernel Writes Skb Cpu
        reads["sk_buff.len"] writes["iphdr.tot_len", "iphdr.check"];
}

impl Run for InetGroComplete {
    fn run<S: Sink>(
        &mut self,
        _: InetCompleteLine,
        act: &mut Act<'_, S>,
    ) -> Flow<InetCompleteLine> {
        act.did_skb(self.skb);
        Flow::CallLast(CallFrame::of(Tcp4GroComplete { skb: self.skb }))
    }
}

routine! {
    /// Puts the pseudo-header's sum into the TCP header.
    Tcp4GroComplete { skb: SkbId } lines Tcp4CompleteLine;
    Visible "tcp4_gro_complete" "net/ipv4/tcp_offload.c" : 467;
    Checksum 482 "th->check = pseudo header; gso_type = TCPV4" Kernel Writes Skb Cpu
        reads["sk_buff.transport_header", "napi_gro_cb.ip_fixedid"]
        writes["tcphdr.check", "skb_shared_info.gso_type"];
}

impl Run for Tcp4GroComplete {
    fn run<S: Sink>(
        &mut self,
        _: Tcp4CompleteLine,
        act: &mut Act<'_, S>,
    ) -> Flow<Tcp4CompleteLine> {
        act.did_skb(self.skb);
        Flow::CallLast(CallFrame::of(TcpGroComplete { skb: self.skb }))
    }
}

routine! {
    /// States how many segments it stands for.
    TcpGroComplete { skb: SkbId } lines TcpCompleteLine;
    Visible "tcp_gro_complete" "net/ipv4/tcp_offload.c" : 399;
    Segments 406 "gso_segs = count; ip_summed = CHECKSUM_PARTIAL" Kernel Writes Skb Cpu
        reads["napi_gro_cb.count", "sk_buff.head", "sk_buff.transport_header"]
        writes["skb_shared_info.gso_segs", "sk_buff.ip_summed", "sk_buff.csum_start",
               "sk_buff.csum_offset"];
}

impl Run for TcpGroComplete {
    fn run<S: Sink>(&mut self, _: TcpCompleteLine, act: &mut Act<'_, S>) -> Flow<TcpCompleteLine> {
        let record = &mut act.m.skbs.objects[self.skb.index()];
        record.gso_segs = record.gro.count;
        record.checksum_unnecessary = true;
        act.did_skb(self.skb);
        Flow::Return(0)
    }
}
