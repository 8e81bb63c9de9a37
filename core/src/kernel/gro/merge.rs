//! Merging: the new packet's bytes become part of the held one. Only pointers move.

use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Frag, Run};
use crate::units::SkbId;

/// Lengths of a merged packet stay below this (`gro_ipv4_max_size`).
const GRO_MAX_SIZE: u32 = 65_536;
/// Fragments of one `sk_buff` (`MAX_SKB_FRAGS`).
const MAX_SKB_FRAGS: u8 = 17;
/// What the `sk_buff` alone is charged: 232 bytes, aligned.
const SK_BUFF_TRUESIZE: u32 = 256;

routine! {
    /// Moves a segment's payload into the held packet.
    SkbGroReceive { held: SkbId, skb: SkbId } lines MergeLine;
    Visible "skb_gro_receive" "net/core/gro.c" : 91;
    TestSize 114 "if p->len + len >= 65536 or flush: -E2BIG" Kernel Tests Skb Cpu
        reads["sk_buff.len", "napi_gro_cb.flush"];
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
        let (held, skb) = (self.held.index(), self.skb.index());
        act.did_skb(self.skb);
        let frame = act.traffic.frames[act.m.packet_of(self.skb).index()];
        let payload = u32::from(frame.payload);
        let headers = u16::from(frame.ip_header) + u16::from(frame.tcp.length);
        let objects = &mut act.m.skbs.objects;
        match line {
            MergeLine::TestSize => {
                let too_big = objects[held].len + payload >= GRO_MAX_SIZE;
                if too_big || objects[skb].gro.flush {
                    return Flow::Return(1);
                }
                let last = objects[held].gro.last.index();
                let pieces = 1 + objects[skb].frags.count;
                let room = objects[last].frags.count + pieces <= MAX_SKB_FRAGS;
                Flow::Next(if room { MergeLine::TakeHead } else { MergeLine::Chain })
            }
            MergeLine::TakeHead => {
                let record = &mut objects[skb];
                let in_head = record.len - record.data_len - u32::from(headers);
                let head = u16::try_from(in_head).expect("at most one buffer");
                let frag = Frag {
                    page: std::mem::take(&mut record.page),
                    head_offset: record.page_offset,
                    data_offset: record.data_offset + headers,
                    size: head,
                    packet: record.packet,
                    ..Frag::default()
                };
                record.gro.stolen_head = true;
                let last = objects[held].gro.last;
                act.m.skbs.push_frag(last, frag);
                while let Some(frag) = act.m.skbs.pop_frag(self.skb) {
                    act.m.skbs.push_frag(last, frag);
                }
                Flow::Next(MergeLine::Account)
            }
            MergeLine::Chain => {
                objects[skb].data_offset += headers;
                objects[skb].len = payload;
                let last = objects[held].gro.last;
                if last == self.held {
                    objects[held].frag_list = self.skb;
                } else {
                    objects[last.index()].next = self.skb;
                }
                objects[held].gro.last = self.skb;
                Flow::Next(MergeLine::Account)
            }
            MergeLine::Account => {
                let stolen = objects[skb].gro.stolen_head;
                let truesize = objects[skb].truesize;
                let moved = if stolen { truesize - SK_BUFF_TRUESIZE } else { truesize };
                let last = objects[held].gro.last.index();
                if stolen && last != held {
                    objects[last].len += payload;
                    objects[last].data_len += payload;
                    objects[last].truesize += moved;
                }
                objects[held].gro.count += 1;
                objects[held].len += payload;
                objects[held].data_len += payload;
                objects[held].truesize += moved;
                objects[skb].gro.same_flow = true;
                Flow::Return(0)
            }
        }
    }
}
