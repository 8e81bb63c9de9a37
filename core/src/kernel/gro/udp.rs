//! UDP in GRO: looked at, not merged, since no socket here asks for `UDP_GRO`.

use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Fault, Flow, Run};
use crate::units::SkbId;

routine! {
    /// The UDP layer of GRO, IPv4 part.
    Udp4GroReceive { skb: SkbId } lines Udp4GroLine;
    Visible "udp4_gro_receive" "net/ipv4/udp_offload.c" : 716;
    Checksum 729 "checksum known; udp_encap_needed_key off: no socket lookup" Kernel Tests Skb Cpu
        reads["napi_gro_cb.csum_cnt", "udphdr.check"];
}

impl Run for Udp4GroReceive {
    fn run<S: Sink>(&mut self, _: Udp4GroLine, act: &mut Act<'_, S>) -> Flow<Udp4GroLine> {
        act.did_skb(self.skb);
        let packet = act.m.packet_of(self.skb);
        if act.traffic.frames[packet.index()].fault == Fault::UdpChecksum {
            act.m.skbs.objects[self.skb.index()].gro.flush = true;
            return Flow::Return(SkbId::NONE.0);
        }
        Flow::CallLast(CallFrame::of(UdpGroReceive { skb: self.skb }))
    }
}

routine! {
    /// The UDP layer of GRO.
    UdpGroReceive { skb: SkbId } lines UdpGroLine;
    Visible "udp_gro_receive" "net/ipv4/udp_offload.c" : 631;
    Flush 696 "no socket asked for UDP_GRO: flush = 1" Kernel Writes Skb Cpu
        writes["napi_gro_cb.flush"];
}

impl Run for UdpGroReceive {
    fn run<S: Sink>(&mut self, _: UdpGroLine, act: &mut Act<'_, S>) -> Flow<UdpGroLine> {
        act.m.skbs.objects[self.skb.index()].gro.flush = true;
        act.did_skb(self.skb);
        Flow::Return(SkbId::NONE.0)
    }
}
