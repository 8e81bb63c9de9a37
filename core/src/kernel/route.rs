//! IPv4's routes: lookup, the check of the source, and where a packet for another host ends.
//!
//! Left out: forwarding, which is off; multicast and broadcast routes: what came to a group MAC
//! counts as this host's.

use super::build_skb::KfreeSkbReason;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, DropReason, Flow, Run, Traffic};
use crate::units::{PacketId, SkbId};

/// Whether two packets that follow each other have one route. The local one is cached; one to
/// nowhere is made for each packet, unless the last one's serves as a hint.
pub(super) fn same_route(traffic: &Traffic, one: PacketId, other: PacketId) -> bool {
    let local = |packet: PacketId| traffic.frames[packet.index()].local;
    local(one) == local(other) && (local(one) || traffic.same_destination(one, other))
}

routine! {
    /// Looks the route up.
    IpRouteInputNoref { skb: SkbId } lines RouteLine;
    Visible "ip_route_input_noref" "net/ipv4/route.c" : 2529;
    Slow 2526 "ip_route_input_slow(skb, daddr, saddr, dev)" Kernel Calls Skb Cpu;
}

impl Run for IpRouteInputNoref {
    fn run<S: Sink>(&mut self, _: RouteLine, act: &mut Act<'_, S>) -> Flow<RouteLine> {
        act.did_skb(self.skb);
        Flow::CallLast(CallFrame::of(IpRouteInputSlow { skb: self.skb }))
    }
}

routine! {
    /// Looks the route up in the table.
    IpRouteInputSlow { skb: SkbId } lines SlowLine;
    Visible "ip_route_input_slow" "net/ipv4/route.c" : 2265;
    Lookup 2347 "fib_lookup(net, &fl4, res)" Kernel Calls Skb Cpu;
    Local 2364 "res->type == RTN_LOCAL: fib_validate_source()" Kernel Calls Skb Cpu
        reads["fib_result.type"];
    NoRoute 2372 "res->type is not RTN_LOCAL, no forwarding: err = -EHOSTUNREACH; goto no_route"
        Kernel Tests Skb Cpu reads["fib_result.type"] writes["fib_result.type", "fib_result.fi"];
    Unreachable 2425 "rth = rt_dst_alloc(); dst.input = ip_error; skb_dst_set(skb, &rth->dst)"
        Kernel Writes Skb Cpu
        writes["dst_entry.input", "dst_entry.error", "sk_buff._skb_refdst"];
    Set 2406 "skb_dst_set_noref(skb, local route)" Kernel Writes Skb Cpu
        reads["fib_nh_common.nhc_rth_input"] writes["sk_buff._skb_refdst"];
}

impl Run for IpRouteInputSlow {
    fn run<S: Sink>(&mut self, line: SlowLine, act: &mut Act<'_, S>) -> Flow<SlowLine> {
        let skb = self.skb;
        act.did_skb(skb);
        match line {
            SlowLine::Lookup => {
                let local = act.traffic.frames[act.m.packet_of(skb).index()].local;
                let then = if local { SlowLine::Local } else { SlowLine::NoRoute };
                Flow::Call(CallFrame::of(FibTableLookup { skb }), then)
            }
            SlowLine::Local => Flow::Call(CallFrame::of(FibValidateSource { skb }), SlowLine::Set),
            SlowLine::NoRoute => Flow::Next(SlowLine::Unreachable),
            SlowLine::Set | SlowLine::Unreachable => Flow::Return(0),
        }
    }
}

routine! {
    /// Walks the routing trie.
    FibTableLookup { skb: SkbId } lines FibLine;
    Visible "fib_table_lookup" "net/ipv4/fib_trie.c" : 1426;
    Walk 1453 "longest prefix of daddr" Kernel Looks Skb Lookup;
}

impl Run for FibTableLookup {
    fn run<S: Sink>(&mut self, _: FibLine, act: &mut Act<'_, S>) -> Flow<FibLine> {
        act.did_skb(self.skb);
        Flow::Return(0)
    }
}

routine! {
    /// Checks that the source address may come in here.
    FibValidateSource { skb: SkbId } lines ValidateLine;
    Visible "fib_validate_source" "net/ipv4/fib_frontend.c" : 421;
    Check 428 "rp_filter off, source not local: accept" Kernel Tests Skb Lookup;
}

impl Run for FibValidateSource {
    fn run<S: Sink>(&mut self, _: ValidateLine, act: &mut Act<'_, S>) -> Flow<ValidateLine> {
        act.did_skb(self.skb);
        Flow::Return(0)
    }
}

routine! {
    /// Drops a packet for which there is no route.
    IpError { skb: SkbId } lines ErrorLine;
    Visible "ip_error" "net/ipv4/route.c" : 963;
    Count 992 "no forwarding, dst.error is EHOSTUNREACH: InAddrErrors++" Kernel Counts Skb Cpu
        reads["dst_entry.error"];
    Drop 1040 "kfree_skb_reason(skb, IP_INADDRERRORS)" Kernel Calls Skb Cpu;
}

impl Run for IpError {
    fn run<S: Sink>(&mut self, line: ErrorLine, act: &mut Act<'_, S>) -> Flow<ErrorLine> {
        let skb = self.skb;
        act.did_skb(skb);
        match line {
            ErrorLine::Count => Flow::Next(ErrorLine::Drop),
            ErrorLine::Drop => {
                let reason = DropReason::IpInAddrErrors as u32;
                Flow::CallLast(CallFrame::of(KfreeSkbReason { skb, reason }))
            }
        }
    }
}
