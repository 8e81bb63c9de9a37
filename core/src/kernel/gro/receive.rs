//! GRO's entry: the driver's packet finds its bucket, and its result is carried out.

use super::complete::NapiGroComplete;
use super::inet::InetGroReceive;
use crate::fact::{Sink, routine};
use crate::kernel::build_skb::{NapiKfreeSkb, NapiSkbFreeStolenHead};
use crate::kernel::napi::deliver_rx_list;
use crate::machine::{Act, CallFrame, ETH_P_IP, Flow, GroCb, GroFree, MAX_GRO_SKBS, Run};
use crate::units::{NapiId, PacketId, SkbId};

/// `GRO_MERGED`: became part of a held packet.
const GRO_MERGED: u32 = 0;
/// `GRO_MERGED_FREE`: the same, and its `sk_buff` is free.
const GRO_MERGED_FREE: u32 = 1;
/// `GRO_HELD`: waits for more of its flow.
const GRO_HELD: u32 = 2;
/// `GRO_NORMAL`: goes up as it is.
const GRO_NORMAL: u32 = 3;
/// The least ethertype (`ETH_P_802_3_MIN`).
const ETH_P_802_3_MIN: u16 = 0x0600;
/// The protocol of frames with an LLC header (`ETH_P_802_2`).
const ETH_P_802_2: u16 = 0x0004;
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
        // Below it stands a length, and the frame is LLC's.
        let protocol =
            if frame.ethertype < ETH_P_802_3_MIN { ETH_P_802_2 } else { frame.ethertype };
        skb.protocol = protocol;
        act.did_skb(self.skb);
        Flow::Return(u32::from(protocol))
    }
}

routine! {
    /// Takes a packet from the driver: GRO decides what becomes of it.
    NapiGroReceive { napi: NapiId, skb: SkbId, result: u32 } lines GroReceiveLine;
    Visible "napi_gro_receive" "net/core/gro.c" : 642;
    Mark 646 "skb_mark_napi_id(skb, napi)" Kernel Writes Skb Cpu reads["napi_struct.napi_id"]
        writes["sk_buff.napi_id"];
    Ask 651 "ret = dev_gro_receive(napi, skb)" Kernel Calls Skb Cpu;
    Finish 619 "napi_skb_finish(): NORMAL: queue; MERGED_FREE: free the sk_buff; else nothing"
        Kernel Tests GroResult Cpu reads["napi_gro_cb.free"];
    Queue 528 in "include/net/gro.h" "GRO_NORMAL: rx_list.add(skb); rx_count++" Kernel Links Skb Cpu
        writes["napi_struct.rx_list", "napi_struct.rx_count", "sk_buff.list"];
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
                Flow::Call(CallFrame::of(DevGroReceive { napi, skb, held: SkbId::NONE }), L::Finish)
            }
            L::Finish => {
                self.result = act.result();
                act.did(self.result, act.m.packet_of(skb));
                let free = act.m.skbs.objects[skb.index()].gro.free;
                match (self.result, free) {
                    (GRO_NORMAL, _) => Flow::Next(L::Queue),
                    (GRO_MERGED_FREE, GroFree::StolenHead) => {
                        Flow::Call(CallFrame::of(NapiSkbFreeStolenHead { skb }), L::Exit)
                    }
                    (GRO_MERGED_FREE, _) => {
                        Flow::Call(CallFrame::of(NapiKfreeSkb { skb }), L::Exit)
                    }
                    _ => Flow::Next(L::Exit),
                }
            }
            L::Queue => {
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
                act.did(self.result, PacketId::NONE);
                Flow::Return(self.result)
            }
        }
    }
}

routine! {
    /// Picks the bucket, asks the protocol, and decides what becomes of the packet.
    DevGroReceive { napi: NapiId, skb: SkbId, held: SkbId } lines DevGroLine;
    Visible "dev_gro_receive" "net/core/gro.c" : 480;
    Bucket 482 "bucket = hash & 7; gro_list_prepare(): mark held packets of this flow"
        Kernel Looks Skb Cpu
        reads["sk_buff.hash", "napi_struct.gro_hash", "gro_list.list", "sk_buff.list",
              "sk_buff.dev", "sk_buff.vlan_all", "sk_buff.mac_header"]
        writes["napi_gro_cb.same_flow", "napi_gro_cb.count", "napi_gro_cb.flush"];
    Protocol 532 "pp = inet_gro_receive(head, skb), or no handler: GRO_NORMAL" Kernel Calls Skb Cpu
        reads["sk_buff.protocol", "napi_gro_cb.data_offset", "sk_buff.ip_summed",
              "sk_buff.csum_level"] writes["sk_buff.network_header", "napi_gro_cb.csum_cnt"];
    Complete 546 "if pp: take it out of the bucket, napi_gro_complete(pp)" Kernel Tests Skb Cpu
        reads["gro_list.count", "sk_buff.list"]
        writes["napi_struct.gro_hash", "gro_list.list", "gro_list.count", "sk_buff.list"];
    Decide 552 "if same_flow: merged; if flush: GRO_NORMAL" Kernel Tests Skb Cpu
        reads["napi_gro_cb.same_flow", "napi_gro_cb.flush"];
    FlushOldest 558 "if the bucket is full: gro_flush_oldest()" Kernel Tests Skb Cpu
        reads["napi_struct.gro_hash", "gro_list.list", "gro_list.count", "sk_buff.list"]
        writes["napi_struct.gro_hash", "gro_list.list", "sk_buff.list"];
    Hold 565 "age = jiffies; last = skb; hold it: GRO_HELD" Kernel Links Skb Cpu
        reads["gro_list.count"]
        writes["napi_gro_cb.age", "napi_gro_cb.last", "napi_struct.gro_hash",
               "napi_struct.gro_bitmask", "skb_shared_info.gso_size", "gro_list.list",
               "gro_list.count", "sk_buff.list"];
}

impl Run for DevGroReceive {
    fn run<S: Sink>(&mut self, line: DevGroLine, act: &mut Act<'_, S>) -> Flow<DevGroLine> {
        use DevGroLine as L;
        let (napi, skb) = (self.napi, self.skb);
        act.did_skb(skb);
        match line {
            L::Bucket => {
                self.prepare(act);
                Flow::Next(L::Protocol)
            }
            L::Protocol if act.m.skbs.objects[skb.index()].protocol != ETH_P_IP => {
                Flow::Return(GRO_NORMAL)
            }
            L::Protocol => {
                let inet = InetGroReceive { napi, skb };
                Flow::Call(CallFrame::of(inet), L::Complete)
            }
            L::Complete => match SkbId(act.result()).some() {
                None => Flow::Next(L::Decide),
                Some(held) => self.complete(act, held, L::Decide),
            },
            L::Decide => {
                let gro = &act.m.skbs.objects[skb.index()].gro;
                if gro.same_flow {
                    let merged =
                        if gro.free == GroFree::Nothing { GRO_MERGED } else { GRO_MERGED_FREE };
                    return Flow::Return(merged);
                }
                if gro.flush {
                    return Flow::Return(GRO_NORMAL);
                }
                Flow::Next(L::FlushOldest)
            }
            L::FlushOldest => {
                let list = act.m.gro_list(napi, skb);
                let oldest = list.iter().next_back();
                match oldest.filter(|_| usize::from(list.count) == MAX_GRO_SKBS) {
                    Some(oldest) => self.complete(act, oldest, L::Hold),
                    None => Flow::Next(L::Hold),
                }
            }
            L::Hold => {
                self.hold(act);
                Flow::Return(GRO_HELD)
            }
        }
    }
}

impl DevGroReceive {
    /// Resets GRO's notes on the packet and marks the held packets that may be of its flow.
    fn prepare<S: Sink>(self, act: &mut Act<'_, S>) {
        let list = act.m.gro_list(self.napi, self.skb);
        let record = &mut act.m.skbs.objects[self.skb.index()];
        let frame = act.traffic.frames[record.packet.index()];
        record.gro = GroCb { count: 1, ..GroCb::default() };
        record.tcp_flags = frame.tcp.flags;
        let hash = record.hash;
        for held in list.iter() {
            let held = &mut act.m.skbs.objects[held.index()];
            held.gro.same_flow = held.hash == hash;
        }
    }

    fn complete<S: Sink>(
        self,
        act: &mut Act<'_, S>,
        held: SkbId,
        then: DevGroLine,
    ) -> Flow<DevGroLine> {
        act.m.gro_unhold(self.napi, held);
        Flow::Call(CallFrame::of(NapiGroComplete { napi: self.napi, skb: held }), then)
    }

    fn hold<S: Sink>(self, act: &mut Act<'_, S>) {
        let jiffies = act.m.jiffies();
        let record = &mut act.m.skbs.objects[self.skb.index()];
        let frame = act.traffic.frames[record.packet.index()];
        record.gro.age = u32::try_from(jiffies).unwrap_or(u32::MAX);
        record.gro.last = self.skb;
        record.gso_size = frame.payload;
        act.m.gro_hold(self.napi, self.skb);
    }
}
