//! Merging: the new packet's bytes become part of the held one. Only pointers move.

use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Frag, GroFree, Run, SK_BUFF_TRUESIZE, SkbSlab};
use crate::units::SkbId;

/// Lengths of a merged packet stay below this (`gro_ipv4_max_size`).
const GRO_MAX_SIZE: u32 = 65_536;
/// Fragments of one `sk_buff` (`MAX_SKB_FRAGS`).
const MAX_SKB_FRAGS: u8 = 17;

routine! {
    /// Moves a segment's payload into the held packet.
    SkbGroReceive { held: SkbId, skb: SkbId } lines MergeLine;
    Visible "skb_gro_receive" "net/core/gro.c" : 91;
    TestSize 114 "if p->len + len >= 65536 or flush: -E2BIG" Kernel Tests Skb Cpu
        reads["sk_buff.len", "napi_gro_cb.flush", "sk_buff.pp_recycle",
              "net_device.gro_ipv4_max_size"];
    TakeFrags 149 "no data in skb's head: its frags become p's; head and sk_buff are left"
        Kernel Links Skb Cpu reads["napi_gro_cb.last"]
        writes["skb_shared_info.frags", "skb_shared_info.nr_frags", "napi_gro_cb.free"];
    TakeHead 181 "frags[nr_frags++] = { page, offset, size } of skb's head" Kernel Links Skb Cpu
        reads["napi_gro_cb.last"] writes["skb_shared_info.frags", "skb_shared_info.nr_frags"];
    Chain 211 "no room: frag_list or last->next = skb; last = skb" Kernel Links Skb Cpu
        writes["skb_shared_info.frag_list", "napi_gro_cb.last"];
    Account 219 "count++; len, data_len, truesize grow; same_flow = 1" Kernel Counts Skb Cpu
        writes["napi_gro_cb.count", "sk_buff.len", "sk_buff.data_len", "sk_buff.truesize",
               "napi_gro_cb.same_flow"];
}

impl Run for SkbGroReceive {
    fn run<S: Sink>(&mut self, line: MergeLine, act: &mut Act<'_, S>) -> Flow<MergeLine> {
        act.did_skb(self.skb);
        let frame = act.traffic.frames[act.m.packet_of(self.skb).index()];
        let headers = u16::from(frame.ip_header) + u16::from(frame.tcp.length);
        let payload = u32::from(frame.payload);
        match line {
            MergeLine::TestSize => return self.test_size(&act.m.skbs, payload, headers.into()),
            MergeLine::TakeFrags => self.take_frags(&mut act.m.skbs, headers.into()),
            MergeLine::TakeHead => self.take_head(&mut act.m.skbs, headers),
            MergeLine::Chain => self.chain(&mut act.m.skbs, payload, headers),
            MergeLine::Account => {
                self.account(&mut act.m.skbs, payload);
                return Flow::Return(0);
            }
        }
        Flow::Next(MergeLine::Account)
    }
}

impl SkbGroReceive {
    fn test_size(self, skbs: &SkbSlab, payload: u32, headers: u32) -> Flow<MergeLine> {
        let (held, skb) = (&skbs.objects[self.held.index()], &skbs.objects[self.skb.index()]);
        if held.len + payload >= GRO_MAX_SIZE || skb.gro.flush {
            return Flow::Return(1);
        }
        let in_head = skb.head_len() > headers;
        let pieces = skb.frags.count + u8::from(in_head);
        let room = skbs.objects[held.gro.last.index()].frags.count + pieces <= MAX_SKB_FRAGS;
        Flow::Next(match (room, in_head) {
            (false, _) => MergeLine::Chain,
            (true, false) => MergeLine::TakeFrags,
            (true, true) => MergeLine::TakeHead,
        })
    }

    /// The head, with what it holds of the headers, is left to be freed.
    fn take_frags(self, skbs: &mut SkbSlab, headers: u32) {
        let record = &mut skbs.objects[self.skb.index()];
        let eaten = headers - record.head_len();
        record.gro.free = GroFree::Head;
        record.len -= record.data_len;
        record.data_len = 0;
        skbs.cut_first_frag(self.skb, eaten);
        self.move_frags(skbs);
    }

    fn take_head(self, skbs: &mut SkbSlab, headers: u16) {
        let record = &mut skbs.objects[self.skb.index()];
        let in_head = record.head_len() - u32::from(headers);
        let frag = Frag {
            page: std::mem::take(&mut record.page),
            head_offset: record.page_offset,
            data_offset: record.data_offset + headers,
            size: u16::try_from(in_head).expect("at most one buffer"),
            packet: record.packet,
            ..Frag::default()
        };
        record.gro.free = GroFree::StolenHead;
        let last = skbs.objects[self.held.index()].gro.last;
        skbs.push_frag(last, frag);
        self.move_frags(skbs);
    }

    fn move_frags(self, skbs: &mut SkbSlab) {
        let last = skbs.objects[self.held.index()].gro.last;
        while let Some(frag) = skbs.pop_frag(self.skb) {
            skbs.push_frag(last, frag);
        }
    }

    fn chain(self, skbs: &mut SkbSlab, payload: u32, headers: u16) {
        let record = &mut skbs.objects[self.skb.index()];
        record.data_offset += headers;
        record.len = payload;
        let last = std::mem::replace(&mut skbs.objects[self.held.index()].gro.last, self.skb);
        if last == self.held {
            skbs.objects[last.index()].frag_list = self.skb;
        } else {
            skbs.objects[last.index()].next = self.skb;
        }
    }

    fn account(self, skbs: &mut SkbSlab, payload: u32) {
        let record = &mut skbs.objects[self.skb.index()];
        record.gro.same_flow = true;
        let free = record.gro.free;
        let moved = match free {
            GroFree::Nothing => record.truesize,
            GroFree::Head => record.truesize - record.head_truesize(),
            GroFree::StolenHead => record.truesize - SK_BUFF_TRUESIZE,
        };
        let held = &mut skbs.objects[self.held.index()];
        held.gro.count += 1;
        let last = held.gro.last;
        let mut grows = |skb: SkbId| {
            let record = &mut skbs.objects[skb.index()];
            record.len += payload;
            record.data_len += payload;
            record.truesize += moved;
        };
        grows(self.held);
        if free != GroFree::Nothing && last != self.held {
            grows(last);
        }
    }
}
