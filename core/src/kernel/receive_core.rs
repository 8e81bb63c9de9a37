//! The core's receive path: a batch leaves NAPI and each packet finds its protocol.
//!
//! A batch climbs layer by layer, not packet by packet. Left out: RPS, taps, tc and netfilter
//! ingress, VLAN devices, rx_handlers, generic XDP.

use super::build_skb::KfreeSkbReason;
use super::ip::IpListRcv;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, DropReason, ETH_P_IP, Flow, Run, SkbList};
use crate::units::{PacketId, SkbId};

/// `ETH_P_ARP`: every kernel handles it, the model does not yet.
const ARP: u16 = 0x0806;
/// `ETH_P_8021Q`, likewise.
const VLAN: u16 = 0x8100;
/// `ETH_P_IPV6`, likewise.
const IPV6: u16 = 0x86dd;

routine! {
    /// Takes a batch from NAPI.
    NetifReceiveSkbListInternal { head: SkbId, tail: SkbId, count: u32 } lines ListInternalLine;
    Visible "netif_receive_skb_list_internal" "net/core/dev.c" : 6004;
    Stamp 6009 "for each skb: net_timestamp_check()" Kernel Takes SkbList Cpu reads["sk_buff.list"]
        writes["sk_buff.list"];
}

impl NetifReceiveSkbListInternal {
    pub(crate) fn of(list: SkbList) -> Self {
        Self { head: list.head, tail: list.tail, count: list.count }
    }
}

impl Run for NetifReceiveSkbListInternal {
    fn run<S: Sink>(
        &mut self,
        _: ListInternalLine,
        act: &mut Act<'_, S>,
    ) -> Flow<ListInternalLine> {
        let list = SkbList { head: self.head, tail: self.tail, count: self.count };
        let climb = &mut act.cpu().climb;
        assert!(climb.core.is_empty() && climb.ip.is_empty(), "one batch climbs at a time");
        climb.core = list;
        act.did(self.count, PacketId::NONE);
        Flow::CallLast(CallFrame::of(NetifReceiveSkbListCore {}))
    }
}

routine! {
    /// Finds each packet's protocol and hands runs of one protocol on together.
    NetifReceiveSkbListCore { } lines ListCoreLine;
    Visible "__netif_receive_skb_list_core" "net/core/dev.c" : 5852;
    Each 5875 "for each skb: __netif_receive_skb_core(&skb, &pt_prev)" Kernel Takes SkbList Cpu
        reads["sk_buff.list"] writes["sk_buff.list"];
    Protocol 5890 "__netif_receive_skb_list_ptype(): ip_list_rcv(sublist)" Kernel Calls SkbList Cpu
        reads["packet_type.list_func"];
}

impl Run for NetifReceiveSkbListCore {
    fn run<S: Sink>(&mut self, line: ListCoreLine, act: &mut Act<'_, S>) -> Flow<ListCoreLine> {
        let cpu = act.cpu.index();
        match line {
            ListCoreLine::Each => {
                let left = act.m.cpus[cpu].climb.core.count;
                act.did(left, PacketId::NONE);
                match act.m.cpus[cpu].climb.core.pop(&mut act.m.skbs) {
                    Some(skb) => {
                        let core = NetifReceiveSkbCore { skb };
                        Flow::Call(CallFrame::of(core), ListCoreLine::Each)
                    }
                    None => Flow::Next(ListCoreLine::Protocol),
                }
            }
            ListCoreLine::Protocol => {
                let count = act.m.cpus[cpu].climb.ip.count;
                act.did(count, PacketId::NONE);
                if count == 0 {
                    return Flow::Return(0);
                }
                Flow::CallLast(CallFrame::of(IpListRcv { checked: 0 }))
            }
        }
    }
}

routine! {
    /// Delivers one packet to everyone interested; here only its protocol.
    NetifReceiveSkbCore { skb: SkbId } lines CoreLine;
    Visible "__netif_receive_skb_core" "net/core/dev.c" : 5587;
    Count 5614 "network_header = data; softnet_data.processed++" Kernel Counts Skb Cpu
        reads["sk_buff.data", "sk_buff.dev", "sk_buff.mac_header"]
        writes["sk_buff.network_header", "sk_buff.skb_iif", "softnet_data.processed",
               "sk_buff.mac_len"];
    Protocol 5751 "pt_prev = handler of skb->protocol" Kernel Looks Skb Lookup
        reads["sk_buff.protocol", "packet_type.type"];
    Unhandled 5774 "no handler: drop" Kernel Calls Skb Cpu;
}

impl Run for NetifReceiveSkbCore {
    fn run<S: Sink>(&mut self, line: CoreLine, act: &mut Act<'_, S>) -> Flow<CoreLine> {
        let skb = self.skb;
        match line {
            CoreLine::Count => {
                act.cpu().softnet.processed += 1;
                let record = &mut act.m.skbs.objects[skb.index()];
                record.network_header = record.data_offset;
                act.did_skb(skb);
                Flow::Next(CoreLine::Protocol)
            }
            CoreLine::Protocol => {
                act.did_skb(skb);
                if act.m.skbs.objects[skb.index()].protocol != ETH_P_IP {
                    return Flow::Next(CoreLine::Unhandled);
                }
                let cpu = act.cpu.index();
                act.m.cpus[cpu].climb.ip.push(&mut act.m.skbs, skb);
                Flow::Return(0)
            }
            CoreLine::Unhandled => {
                act.did_skb(skb);
                // A kernel has handlers for these; that the model has none is not a drop of its own.
                let known = matches!(act.m.skbs.objects[skb.index()].protocol, ARP | VLAN | IPV6);
                let reason = if known {
                    DropReason::ProtocolNotModelled
                } else {
                    DropReason::UnhandledProto
                };
                let reason = reason as u32;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
        }
    }
}
