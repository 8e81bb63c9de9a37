//! GRO's IPv4 layer: which held packets can be of the same flow.

use super::tcp::Tcp4GroReceive;
use super::udp::Udp4GroReceive;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Fault, Flow, IPPROTO_TCP, IPPROTO_UDP, Run};
use crate::units::{NapiId, SkbId};

routine! {
    /// Checks the IPv4 header and keeps the candidates with equal addresses and protocol.
    InetGroReceive { napi: NapiId, skb: SkbId } lines InetGroLine;
    Visible "inet_gro_receive" "net/ipv4/af_inet.c" : 1477;
    Header 1500 "ihl == 5, checksum right, not a fragment; else flush" Kernel Tests Skb Miss
        reads["iphdr.ihl", "iphdr.frag_off", "iphdr.check", "napi_gro_cb.data_offset"]
        writes["napi_gro_cb.flush"];
    Candidates 1512 "for each held: other protocol or address: same_flow = 0" Kernel Tests Skb Cpu
        reads["iphdr.saddr", "iphdr.daddr", "gro_list.list", "sk_buff.list"]
        writes["napi_gro_cb.same_flow"];
    Transport 1541 "pp = ops->gro_receive(head, skb)" Kernel Calls Skb Cpu
        reads["napi_gro_cb.data_offset"]
        writes["sk_buff.transport_header", "napi_gro_cb.data_offset"];
}

impl Run for InetGroReceive {
    fn run<S: Sink>(&mut self, line: InetGroLine, act: &mut Act<'_, S>) -> Flow<InetGroLine> {
        let (napi, skb) = (self.napi, self.skb);
        act.did_skb(skb);
        let frame = act.traffic.frames[act.m.packet_of(skb).index()];
        let record = &mut act.m.skbs.objects[skb.index()];
        match line {
            InetGroLine::Header => {
                let plain = frame.ip_header == 20
                    && !frame.fragment
                    && !matches!(frame.fault, Fault::IpHeader | Fault::IpChecksum)
                    && matches!(frame.protocol, IPPROTO_TCP | IPPROTO_UDP);
                // Padding or a cut packet: the header's length is not what came.
                record.gro.flush |= !plain || u32::from(frame.ip_length) != record.len;
                if plain {
                    return Flow::Next(InetGroLine::Candidates);
                }
                Flow::Return(SkbId::NONE.0)
            }
            InetGroLine::Candidates => {
                let pair = |flow: u32| {
                    let flow = act.traffic.flows[flow as usize];
                    (flow.source, flow.destination, flow.protocol)
                };
                for held in act.m.gro_list(napi, skb).iter() {
                    let of_held = act.traffic.frames[act.m.packet_of(held).index()].flow;
                    let same = pair(of_held) == pair(frame.flow);
                    act.m.skbs.objects[held.index()].gro.same_flow &= same;
                }
                Flow::Next(InetGroLine::Transport)
            }
            InetGroLine::Transport if frame.protocol == IPPROTO_UDP => {
                Flow::CallLast(CallFrame::of(Udp4GroReceive { skb }))
            }
            InetGroLine::Transport => Flow::CallLast(CallFrame::of(Tcp4GroReceive { napi, skb })),
        }
    }
}
