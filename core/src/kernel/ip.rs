//! IPv4: header checks, early demux, local delivery.
//!
//! Left out: netfilter, IP options, reassembly (a fragment ends here under a plain name).

use super::build_skb::KfreeSkbReason;
use super::fragments::PskbPullTail;
use super::route::{FibValidateSource, IpError, IpRouteInputNoref, same_route};
use super::tcp::{TcpV4EarlyDemux, TcpV4Rcv};
use super::udp::UdpRcv;
use crate::fact::{Sink, routine};
use crate::machine::{
    Act, CallFrame, DropReason, Fault, Flow, IPPROTO_TCP, IPPROTO_UDP, Run, WireFrame,
};
use crate::units::{PacketId, SkbId};

routine! {
    /// Takes a batch of IPv4 packets.
    IpListRcv { checked: u32 } lines IpListLine;
    Visible "ip_list_rcv" "net/ipv4/ip_input.c" : 645;
    Each 658 "for each skb: skb = ip_rcv_core(skb)" Kernel Takes SkbList Cpu reads["sk_buff.list"]
        writes["sk_buff.list"];
    Dispatch 675 "ip_sublist_rcv(&sublist)" Kernel Calls SkbList Cpu;
}

impl Run for IpListRcv {
    fn run<S: Sink>(&mut self, line: IpListLine, act: &mut Act<'_, S>) -> Flow<IpListLine> {
        let cpu = act.cpu.index();
        match line {
            IpListLine::Each => {
                let left = act.m.cpus[cpu].climb.ip.count;
                act.did(left, PacketId::NONE);
                match act.m.cpus[cpu].climb.ip.pop(&mut act.m.skbs) {
                    Some(skb) => Flow::Call(IpRcvCore::frame(act, skb), IpListLine::Each),
                    None => Flow::Next(IpListLine::Dispatch),
                }
            }
            IpListLine::Dispatch => {
                let count = act.m.cpus[cpu].climb.checked.count;
                act.did(count, PacketId::NONE);
                if count == 0 {
                    return Flow::Return(0);
                }
                Flow::CallLast(CallFrame::of(IpSublistRcv { hint: u32::MAX, kept: 0 }))
            }
        }
    }
}

/// Bytes of an IPv4 header without options.
const IP_HLEN: u32 = 20;

routine! {
    /// Checks one IPv4 header.
    IpRcvCore { skb: SkbId } lines IpCoreLine;
    Visible "ip_rcv_core" "net/ipv4/ip_input.c" : 456;
    Pull 480 "if headlen < 20: pskb_may_pull(skb, sizeof(struct iphdr))" Kernel Calls Skb Cpu
        reads["sk_buff.len", "sk_buff.data_len", "sk_buff.users"];
    Header 496 "pkt_type, version, ihl, checksum, tot_len; else drop" Kernel Tests Skb Miss
        reads["sk_buff.pkt_type", "iphdr.version", "iphdr.ihl", "iphdr.check", "iphdr.tot_len",
              "sk_buff.network_header"];
    Trim 526 "pskb_trim_rcsum(skb, tot_len); transport_header" Kernel Writes Skb Cpu
        reads["sk_buff.network_header", "sk_buff.skb_iif", "sk_buff.destructor"]
        writes["sk_buff.len", "sk_buff.transport_header", "sk_buff.cb"];
    Drop 552 "kfree_skb_reason(skb, drop_reason)" Kernel Calls Skb Cpu;
}

/// Why IPv4 refuses a packet, if it does.
fn refusal(frame: &WireFrame) -> Option<DropReason> {
    match frame.fault {
        _ if !frame.to_host => Some(DropReason::OtherHost),
        Fault::IpHeader => Some(DropReason::IpHeader),
        Fault::IpChecksum => Some(DropReason::IpChecksum),
        Fault::IpLength => Some(DropReason::PacketTooSmall),
        _ => None,
    }
}

impl IpRcvCore {
    /// Called for this packet: the first line is only for one whose header is in a fragment.
    fn frame<S: Sink>(act: &Act<'_, S>, skb: SkbId) -> CallFrame {
        let frame = act.traffic.frames[act.m.packet_of(skb).index()];
        let in_head = act.m.skbs.objects[skb.index()].head_len() >= IP_HLEN;
        let first = if in_head || !frame.to_host { IpCoreLine::Header } else { IpCoreLine::Pull };
        CallFrame::at(Self { skb }, first)
    }
}

impl Run for IpRcvCore {
    fn run<S: Sink>(&mut self, line: IpCoreLine, act: &mut Act<'_, S>) -> Flow<IpCoreLine> {
        let skb = self.skb;
        let frame = act.traffic.frames[act.m.packet_of(skb).index()];
        act.did_skb(skb);
        match line {
            IpCoreLine::Pull => {
                let bytes = IP_HLEN - act.m.skbs.objects[skb.index()].head_len();
                let pull = PskbPullTail { skb, bytes };
                Flow::Call(CallFrame::of(pull), IpCoreLine::Header)
            }
            IpCoreLine::Header => {
                let refused = refusal(&frame).is_some();
                Flow::Next(if refused { IpCoreLine::Drop } else { IpCoreLine::Trim })
            }
            IpCoreLine::Trim => {
                // GRO has put the length of all segments into a merged packet's header.
                if act.m.skbs.objects[skb.index()].gro.count <= 1 {
                    act.m.trim(skb, u32::from(frame.ip_length));
                }
                let record = &mut act.m.skbs.objects[skb.index()];
                record.transport_header = record.data_offset + u16::from(frame.ip_header);
                let cpu = act.cpu.index();
                act.m.cpus[cpu].climb.checked.push(&mut act.m.skbs, skb);
                Flow::Return(0)
            }
            IpCoreLine::Drop => {
                let reason = refusal(&frame).expect("the header was refused") as u32;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
        }
    }
}

routine! {
    /// Routes each packet of a batch, and delivers those of one route together: before the first of
    /// another route joins them, and at the end. That one is `kept`.
    IpSublistRcv { hint: u32, kept: u32 } lines SublistLine;
    Visible "ip_sublist_rcv" "net/ipv4/ip_input.c" : 636;
    Each 616 "for each skb: ip_rcv_finish_core(skb, hint)" Kernel Takes SkbList Cpu
        reads["sk_buff.list"] writes["sk_buff.list"];
    Deliver 580 "for each skb: dst_input(skb): ip_local_deliver() or ip_error()"
        Kernel Takes SkbList Cpu reads["dst_entry.input", "sk_buff.list"] writes["sk_buff.list"];
}

impl Run for IpSublistRcv {
    fn run<S: Sink>(&mut self, line: SublistLine, act: &mut Act<'_, S>) -> Flow<SublistLine> {
        let cpu = act.cpu.index();
        match line {
            SublistLine::Each => {
                let left = act.m.cpus[cpu].climb.checked.count;
                act.did(left, PacketId::NONE);
                let Some(skb) = act.m.cpus[cpu].climb.checked.pop(&mut act.m.skbs) else {
                    self.kept = 0;
                    return Flow::Next(SublistLine::Deliver);
                };
                let packet = act.m.packet_of(skb);
                let finish = CallFrame::of(IpRcvFinishCore { skb, hint: self.hint });
                let hint = PacketId(std::mem::replace(&mut self.hint, packet.0));
                let same = hint.is_none() || same_route(act.traffic, hint, packet);
                self.kept = 1;
                Flow::Call(finish, if same { SublistLine::Each } else { SublistLine::Deliver })
            }
            SublistLine::Deliver => {
                let left = act.m.cpus[cpu].climb.deliver.count - self.kept;
                act.did(left, PacketId::NONE);
                if left == 0 {
                    let more = self.kept != 0;
                    return if more { Flow::Next(SublistLine::Each) } else { Flow::Return(0) };
                }
                let skb = act.m.cpus[cpu].climb.deliver.pop(&mut act.m.skbs).expect("one is left");
                let local = act.traffic.frames[act.m.packet_of(skb).index()].local;
                let input = if local {
                    CallFrame::of(IpLocalDeliver { skb })
                } else {
                    CallFrame::of(IpError { skb })
                };
                Flow::Call(input, SublistLine::Deliver)
            }
        }
    }
}

routine! {
    /// Finds the route of one packet: by the last one's, by early demux, or by lookup.
    IpRcvFinishCore { skb: SkbId, hint: u32 } lines FinishLine;
    Visible "ip_rcv_finish_core" "net/ipv4/ip_input.c" : 317;
    Hint 327 "if ip_can_use_hint(): ip_route_use_hint()" Kernel Tests Skb Cpu
        reads["sk_buff._skb_refdst", "iphdr.daddr", "iphdr.tos"];
    UseHint 2226 in "net/ipv4/route.c"
        "ip_route_use_hint(): if RTCF_LOCAL: fib_validate_source(); route = hint's"
        Kernel Calls Skb Cpu writes["sk_buff._skb_refdst"];
    Demux 349 "udp_v4_early_demux(skb)" Kernel Calls Skb Cpu reads["iphdr.protocol"];
    TcpDemux 339 "tcp_v4_early_demux(skb)" Kernel Calls Skb Cpu reads["iphdr.protocol"];
    Found 365 "if skb_valid_dst: the socket had the route" Kernel Tests Skb Cpu
        reads["sk_buff._skb_refdst"];
    Route 365 "if !skb_valid_dst: ip_route_input_noref()" Kernel Calls Skb Cpu
        reads["sk_buff._skb_refdst"];
    Accept 421 "return NET_RX_SUCCESS" Kernel Returns Skb Cpu;
}

impl IpRcvFinishCore {
    /// Whether the last packet's route fits.
    fn may_use_hint<S: Sink>(self, act: &Act<'_, S>) -> bool {
        let packet = act.m.packet_of(self.skb);
        PacketId(self.hint).some().is_some_and(|hint| act.traffic.same_destination(hint, packet))
    }
}

impl Run for IpRcvFinishCore {
    fn run<S: Sink>(&mut self, line: FinishLine, act: &mut Act<'_, S>) -> Flow<FinishLine> {
        use FinishLine as L;
        let skb = self.skb;
        act.did_skb(skb);
        let frame = act.traffic.frames[act.m.packet_of(skb).index()];
        match line {
            L::Hint if self.may_use_hint(act) => Flow::Next(L::UseHint),
            L::Hint => match frame.protocol {
                IPPROTO_UDP if !frame.fragment => Flow::Next(L::Demux),
                IPPROTO_TCP if !frame.fragment => Flow::Next(L::TcpDemux),
                _ => Flow::Next(L::Route),
            },
            L::UseHint if !frame.local => Flow::Next(L::Accept),
            L::UseHint => {
                let validate = FibValidateSource { skb };
                Flow::Call(CallFrame::of(validate), L::Accept)
            }
            L::Demux => Flow::Call(CallFrame::of(UdpV4EarlyDemux { skb }), L::Route),
            L::TcpDemux => Flow::Call(CallFrame::of(TcpV4EarlyDemux { skb }), L::Found),
            L::Found => Flow::Next(if act.result() != 0 { L::Accept } else { L::Route }),
            L::Route => Flow::Call(CallFrame::of(IpRouteInputNoref { skb }), L::Accept),
            L::Accept => {
                let cpu = act.cpu.index();
                act.m.cpus[cpu].climb.deliver.push(&mut act.m.skbs, skb);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Looks for a connected socket, to take its route; the model's sockets are not connected.
    UdpV4EarlyDemux { skb: SkbId } lines DemuxLine;
    Visible "udp_v4_early_demux" "net/ipv4/udp.c" : 2624;
    Find 2658 "sk = __udp4_lib_demux_lookup(): none is connected" Kernel Looks Skb Lookup;
}

impl Run for UdpV4EarlyDemux {
    fn run<S: Sink>(&mut self, _: DemuxLine, act: &mut Act<'_, S>) -> Flow<DemuxLine> {
        act.did_skb(self.skb);
        Flow::Return(0)
    }
}

routine! {
    /// Delivers a packet to this host.
    IpLocalDeliver { skb: SkbId } lines LocalLine;
    Visible "ip_local_deliver" "net/ipv4/ip_input.c" : 242;
    Fragment 249 "if ip_is_fragment(): ip_defrag()" Kernel Tests Skb Cpu reads["iphdr.frag_off"];
    Drop 250 "reassembly is not modelled: free" Kernel Calls Skb Cpu;
}

impl Run for IpLocalDeliver {
    fn run<S: Sink>(&mut self, line: LocalLine, act: &mut Act<'_, S>) -> Flow<LocalLine> {
        let skb = self.skb;
        act.did_skb(skb);
        match line {
            LocalLine::Fragment => {
                if act.traffic.frames[act.m.packet_of(skb).index()].fragment {
                    return Flow::Next(LocalLine::Drop);
                }
                Flow::CallLast(CallFrame::of(IpLocalDeliverFinish { skb }))
            }
            LocalLine::Drop => {
                let reason = DropReason::FragmentNotModelled as u32;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
        }
    }
}

routine! {
    /// Steps over the IP header.
    IpLocalDeliverFinish { skb: SkbId } lines LocalFinishLine;
    Visible "ip_local_deliver_finish" "net/ipv4/ip_input.c" : 227;
    Pull 230 "__skb_pull(skb, ip header)" Kernel Writes Skb Cpu
        reads["sk_buff.network_header", "sk_buff.transport_header"]
        writes["sk_buff.data", "sk_buff.len"];
}

impl Run for IpLocalDeliverFinish {
    fn run<S: Sink>(&mut self, _: LocalFinishLine, act: &mut Act<'_, S>) -> Flow<LocalFinishLine> {
        let record = &mut act.m.skbs.objects[self.skb.index()];
        let header = record.transport_header - record.data_offset;
        record.data_offset = record.transport_header;
        record.len -= u32::from(header);
        act.did_skb(self.skb);
        Flow::CallLast(CallFrame::of(IpProtocolDeliverRcu { skb: self.skb }))
    }
}

routine! {
    /// Calls the transport's handler.
    IpProtocolDeliverRcu { skb: SkbId } lines ProtocolLine;
    Visible "ip_protocol_deliver_rcu" "net/ipv4/ip_input.c" : 187;
    Raw 193 "raw_local_deliver(skb, protocol)" Kernel Calls Skb Cpu;
    Handler 205 "ret = ipprot->handler(skb)" Kernel Calls Skb Cpu reads["net_protocol.handler"];
    NotModelled 205 "this transport is not modelled yet: free" Kernel Calls Skb Cpu;
}

impl Run for IpProtocolDeliverRcu {
    fn run<S: Sink>(&mut self, line: ProtocolLine, act: &mut Act<'_, S>) -> Flow<ProtocolLine> {
        let skb = self.skb;
        act.did_skb(skb);
        match line {
            ProtocolLine::Raw => {
                Flow::Call(CallFrame::of(RawLocalDeliver { skb }), ProtocolLine::Handler)
            }
            ProtocolLine::Handler => {
                let packet = act.m.packet_of(skb);
                match act.traffic.frames[packet.index()].protocol {
                    IPPROTO_TCP => Flow::CallLast(CallFrame::of(TcpV4Rcv::of(skb))),
                    IPPROTO_UDP => Flow::CallLast(CallFrame::of(UdpRcv { skb })),
                    _ => Flow::Next(ProtocolLine::NotModelled),
                }
            }
            ProtocolLine::NotModelled => {
                let reason = DropReason::TransportNotModelled as u32;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
        }
    }
}

routine! {
    /// Gives raw sockets a copy; there are none.
    RawLocalDeliver { skb: SkbId } lines RawLine;
    Visible "raw_local_deliver" "net/ipv4/raw.c" : 200;
    Find 174 "no raw socket for this protocol" Kernel Looks Skb Cpu;
}

impl Run for RawLocalDeliver {
    fn run<S: Sink>(&mut self, _: RawLine, act: &mut Act<'_, S>) -> Flow<RawLine> {
        act.did_skb(self.skb);
        Flow::Return(0)
    }
}
