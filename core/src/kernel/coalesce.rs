//! One packet swallowed by another in a queue, and freeing what is left of it.
//!
//! Left out: clones, page_pool, zero-copy packets.

use super::build_skb::{KfreeSkbmem, SkbReleaseData};
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Flow, Frag, Machine, Run, SK_BUFF_TRUESIZE, SkBuff};
use crate::units::{PageId, SkbId};

/// Fragments of one `sk_buff` (`MAX_SKB_FRAGS`).
const MAX_SKB_FRAGS: u8 = 17;
/// The bytes were copied: the packet is freed as a whole.
const COPIED: u32 = 1;
/// Its head and pages went over: only the `sk_buff` is freed.
const STOLEN: u32 = 2;
/// Its pages went over, and nothing was left in its head: the packet is freed as a whole.
const MOVED: u32 = 3;

routine! {
    /// Lets `to` swallow `from`. Returns 0 if it cannot, 1 if bytes were copied, 2 if `from`'s
    /// head became a fragment, 3 if only its fragments went over.
    SkbTryCoalesce { to: SkbId, from: SkbId } lines CoalesceLine;
    Visible "skb_try_coalesce" "net/core/skbuff.c" : 6048;
    Copy 6071 "if len <= skb_tailroom(to): copy the bytes behind to's" Kernel Tests Skb Cpu
        reads["sk_buff.tail", "sk_buff.end", "sk_buff.len"];
    Room 6080 "refuse if either has a frag_list, or frags[] is full" Kernel Tests Skb Cpu
        reads["skb_shared_info.frag_list", "skb_shared_info.nr_frags"];
    Take 6101 "frags[nr_frags++] = from's head, if it holds data; then from's frags" Kernel Links Skb Cpu
        writes["skb_shared_info.frags", "skb_shared_info.nr_frags"];
    Account 6132 "to: truesize += delta; len, data_len += from's len" Kernel Writes Skb Cpu
        writes["sk_buff.truesize", "sk_buff.len", "sk_buff.data_len"];
}

impl SkbTryCoalesce {
    pub(crate) fn of(to: SkbId, from: SkbId) -> Self {
        Self { to, from }
    }

    /// What swallowing `from` in this way adds to the memory charged (`delta_truesize`).
    pub(crate) fn delta_truesize(from: &SkBuff, how: u32) -> u32 {
        match how {
            STOLEN => from.truesize - SK_BUFF_TRUESIZE,
            MOVED => from.truesize - from.head_truesize(),
            _ => 0,
        }
    }

    /// What goes over: the head too, unless all of it has been pulled.
    fn how(from: &SkBuff) -> u32 {
        if from.head_len() == 0 { MOVED } else { STOLEN }
    }

    fn fits_in_tailroom(self, m: &Machine) -> bool {
        let (to, from) = (&m.skbs.objects[self.to.index()], &m.skbs.objects[self.from.index()]);
        to.data_len == 0 && from.len <= to.room()
    }

    /// The bytes are behind `to`'s now; which frames they came in is kept.
    fn copy(self, m: &mut Machine) {
        for piece in m.skbs.copied(self.from) {
            m.skbs.push_frag(self.to, piece);
        }
        m.skbs.objects[self.to.index()].len += m.skbs.objects[self.from.index()].len;
    }

    fn take(self, m: &mut Machine) {
        let record = &mut m.skbs.objects[self.from.index()];
        if Self::how(record) == STOLEN {
            let head = Frag {
                page: std::mem::replace(&mut record.page, PageId::NONE),
                head_offset: record.page_offset,
                data_offset: record.data_offset,
                size: u16::try_from(record.head_len()).expect("within a buffer"),
                packet: record.packet,
                ..Frag::default()
            };
            m.skbs.push_frag(self.to, head);
        } else if record.len == 0 {
            // A FIN alone: the frame that it came in is kept.
            let fin = Frag { packet: record.packet, ..Frag::default() };
            m.skbs.push_frag(self.to, fin);
        }
        while let Some(frag) = m.skbs.pop_frag(self.from) {
            m.skbs.push_frag(self.to, Frag { next: crate::units::FragId::NONE, ..frag });
        }
    }
}

impl Run for SkbTryCoalesce {
    fn run<S: Sink>(&mut self, line: CoalesceLine, act: &mut Act<'_, S>) -> Flow<CoalesceLine> {
        use CoalesceLine as L;
        act.did_skb(self.from);
        let objects = &act.m.skbs.objects;
        let (to, from) = (&objects[self.to.index()], &objects[self.from.index()]);
        match line {
            L::Copy if self.fits_in_tailroom(act.m) => {
                act.spend(act.m.settings.costs.copy_ns(from.len));
                self.copy(act.m);
                Flow::Return(COPIED)
            }
            L::Copy => Flow::Next(L::Room),
            L::Room => {
                let chained = !to.frag_list.is_none() || !from.frag_list.is_none();
                let head = u8::from(Self::how(from) == STOLEN);
                let full = to.frags.count + from.frags.count + head > MAX_SKB_FRAGS;
                if chained || full { Flow::Return(0) } else { Flow::Next(L::Take) }
            }
            L::Take => {
                self.take(act.m);
                Flow::Next(L::Account)
            }
            L::Account => {
                let (length, how) = (from.len, Self::how(from));
                let delta = Self::delta_truesize(from, how);
                let to = &mut act.m.skbs.objects[self.to.index()];
                to.truesize += delta;
                to.len += length;
                to.data_len += length;
                Flow::Return(how)
            }
        }
    }
}

routine! {
    /// Frees what is left of a packet that another has swallowed.
    KfreeSkbPartial { skb: SkbId, how: u32 } lines PartialLine;
    Visible "kfree_skb_partial" "net/core/skbuff.c" : 6030;
    Test 6032 "if head_stolen: only the sk_buff is left" Kernel Tests Skb Cpu;
    Free 6034 "kmem_cache_free(skbuff_cache, skb)" Kernel Frees Skb Slab;
    Whole 6036 "__kfree_skb(skb)" Kernel Calls Skb Cpu;
}

impl KfreeSkbPartial {
    pub(crate) fn of(skb: SkbId, how: u32) -> Self {
        Self { skb, how }
    }
}

impl Run for KfreeSkbPartial {
    fn run<S: Sink>(&mut self, line: PartialLine, act: &mut Act<'_, S>) -> Flow<PartialLine> {
        act.did_skb(self.skb);
        match line {
            PartialLine::Test => {
                let stolen = self.how == STOLEN;
                Flow::Next(if stolen { PartialLine::Free } else { PartialLine::Whole })
            }
            PartialLine::Free => {
                act.m.skbs.release(self.skb);
                Flow::Return(0)
            }
            PartialLine::Whole => Flow::CallLast(CallFrame::of(KfreeSkb { skb: self.skb })),
        }
    }
}

routine! {
    /// Frees a packet that nobody holds any more.
    KfreeSkb { skb: SkbId } lines FreeLine;
    Visible "__kfree_skb" "net/core/skbuff.c" : 1197;
    Release 1199 "skb_release_all(skb)" Kernel Calls Skb Cpu
        reads["sk_buff.destructor", "sk_buff._skb_refdst"];
    Free 1200 "kfree_skbmem(skb)" Kernel Calls Skb Cpu;
}

impl Run for KfreeSkb {
    fn run<S: Sink>(&mut self, line: FreeLine, act: &mut Act<'_, S>) -> Flow<FreeLine> {
        act.did_skb(self.skb);
        match line {
            FreeLine::Release => {
                Flow::Call(CallFrame::of(SkbReleaseData { skb: self.skb }), FreeLine::Free)
            }
            FreeLine::Free => Flow::CallLast(CallFrame::of(KfreeSkbmem { skb: self.skb })),
        }
    }
}
