//! Generic receive offload, as far as UDP meets it: looked at, not merged, batched upward.
//!
//! Left out until TCP comes: the hash buckets, merging, held packets, flushing. UDP is merged only
//! for sockets that ask for it (`UDP_GRO`), which none does here.

use super::napi::deliver_rx_list;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, ETH_P_IP, Fault, Flow, IPPROTO_UDP, Run};
use crate::units::{NapiId, SkbId};

/// `GRO_NORMAL`: goes up as it is.
const GRO_NORMAL: u32 = 3;
/// Bytes of an Ethernet header.
const ETH_HLEN: u16 = 14;

routine! {
    /// Reads the Ethernet header and steps over it.
    EthTypeTrans { skb: SkbId } lines EthLine;
    Visible "eth_type_trans" "net/ethernet/eth.c" : 155;
    Pull 164 "dev = netdev; mac_header = data; pull 14 bytes; return h_proto" Kernel Writes Skb Miss
        reads["ethhdr.h_proto"]
        writes["sk_buff.dev", "sk_buff.mac_header", "sk_buff.data", "sk_buff.len",
               "sk_buff.pkt_type"];
}

impl Run for EthTypeTrans {
    fn run<S: Sink>(&mut self, _: EthLine, act: &mut Act<'_, S>) -> Flow<EthLine> {
        let skb = &mut act.m.skbs.objects[self.skb.index()];
        let frame = act.traffic.frames[skb.packet.index()];
        skb.mac_header = skb.data_offset;
        skb.data_offset += ETH_HLEN;
        skb.len -= u32::from(ETH_HLEN);
        skb.protocol = frame.ethertype;
        act.did_skb(self.skb);
        Flow::Return(u32::from(frame.ethertype))
    }
}

routine! {
    /// Takes a packet from the driver: GRO decides what becomes of it.
    NapiGroReceive { napi: NapiId, skb: SkbId, result: u32 } lines GroReceiveLine;
    Visible "napi_gro_receive" "net/core/gro.c" : 642;
    Mark 646 "skb_mark_napi_id(skb, napi)" Kernel Writes Skb Cpu reads["napi_struct.napi_id"]
        writes["sk_buff.napi_id"];
    Ask 651 "ret = dev_gro_receive(napi, skb)" Kernel Calls Skb Cpu;
    Queue 528 in "include/net/gro.h" "GRO_NORMAL: rx_list.add(skb); rx_count++" Kernel Links Skb Cpu
        writes["napi_struct.rx_list", "napi_struct.rx_count"];
    TestBatch 530 in "include/net/gro.h" "if rx_count >= gro_normal_batch: gro_normal_list()"
        Kernel Tests Napi Cpu reads["napi_struct.rx_count", "net_hotdata.gro_normal_batch"];
    Exit 652 "trace_napi_gro_receive_exit(ret)" Kernel Returns GroResult Cpu
        trace "napi_gro_receive_exit";
}

impl Run for NapiGroReceive {
    fn run<S: Sink>(&mut self, line: GroReceiveLine, act: &mut Act<'_, S>) -> Flow<GroReceiveLine> {
        use GroReceiveLine as L;
        let (napi, skb) = (self.napi, self.skb);
        match line {
            L::Mark => {
                let napi_id = act.m.napis[napi.index()].napi_id;
                act.m.skbs.objects[skb.index()].napi_id = napi_id;
                act.did_skb(skb);
                Flow::Next(L::Ask)
            }
            L::Ask => {
                act.did_skb(skb);
                Flow::Call(CallFrame::of(DevGroReceive { napi, skb }), L::Queue)
            }
            L::Queue => {
                self.result = act.result();
                assert_eq!(self.result, GRO_NORMAL, "nothing is merged yet");
                let record = &mut act.m.napis[napi.index()];
                record.rx_list.push(&mut act.m.skbs, skb);
                record.rx_count += 1;
                act.did_skb(skb);
                Flow::Next(L::TestBatch)
            }
            L::TestBatch => {
                let full = act.m.napis[napi.index()].rx_count >= act.m.settings.gro_normal_batch;
                act.did(napi.0, act.m.packet_of(skb));
                if full { deliver_rx_list(act, napi, L::Exit) } else { Flow::Next(L::Exit) }
            }
            L::Exit => {
                // The batch may be freed by now, so no packet is named.
                act.did(self.result, crate::units::PacketId::NONE);
                Flow::Return(self.result)
            }
        }
    }
}

routine! {
    /// Picks the bucket and asks the protocol.
    DevGroReceive { napi: NapiId, skb: SkbId } lines DevGroLine;
    Visible "dev_gro_receive" "net/core/gro.c" : 480;
    Bucket 482 "bucket = hash & 7; gro_list_prepare()" Kernel Looks Skb Cpu
        reads["sk_buff.hash", "napi_struct.gro_hash"];
    Protocol 532 "pp = inet_gro_receive(head, skb), or no handler: GRO_NORMAL" Kernel Calls Skb Cpu
        reads["sk_buff.protocol"];
    Normal 582 "flush: ret = GRO_NORMAL" Kernel Returns Skb Cpu;
}

impl Run for DevGroReceive {
    fn run<S: Sink>(&mut self, line: DevGroLine, act: &mut Act<'_, S>) -> Flow<DevGroLine> {
        let skb = self.skb;
        act.did_skb(skb);
        match line {
            DevGroLine::Bucket => Flow::Next(DevGroLine::Protocol),
            DevGroLine::Protocol => {
                if act.m.skbs.objects[skb.index()].protocol != ETH_P_IP {
                    return Flow::Next(DevGroLine::Normal);
                }
                Flow::Call(CallFrame::of(InetGroReceive { skb }), DevGroLine::Normal)
            }
            DevGroLine::Normal => Flow::Return(GRO_NORMAL),
        }
    }
}

routine! {
    /// The IPv4 layer of GRO.
    InetGroReceive { skb: SkbId } lines InetGroLine;
    Visible "inet_gro_receive" "net/ipv4/af_inet.c" : 1477;
    Header 1500 "ihl == 5, checksum right, not a fragment; else flush" Kernel Tests Skb Miss
        reads["iphdr.ihl", "iphdr.frag_off", "iphdr.check"] writes["napi_gro_cb.flush"];
    Transport 1541 "pp = ops->gro_receive(head, skb)" Kernel Calls Skb Cpu;
}

impl Run for InetGroReceive {
    fn run<S: Sink>(&mut self, line: InetGroLine, act: &mut Act<'_, S>) -> Flow<InetGroLine> {
        act.did_skb(self.skb);
        let packet = act.m.packet_of(self.skb);
        let frame = act.traffic.frames[packet.index()];
        let udp = frame.protocol == IPPROTO_UDP;
        match line {
            InetGroLine::Header => {
                let plain = frame.ip_header == 20
                    && !frame.fragment
                    && !matches!(frame.fault, Fault::IpHeader | Fault::IpChecksum);
                if plain { Flow::Next(InetGroLine::Transport) } else { Flow::Return(0) }
            }
            InetGroLine::Transport if udp => {
                Flow::CallLast(CallFrame::of(Udp4GroReceive { skb: self.skb }))
            }
            InetGroLine::Transport => Flow::Return(0),
        }
    }
}

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
            return Flow::Return(0);
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
        act.did_skb(self.skb);
        Flow::Return(0)
    }
}
