//! NAPI: scheduling a poll from the interrupt, the receive softirq's loop over polls, and giving
//! the instance up when its work is done.
//!
//! Left out: threaded NAPI, busy polling, netpoll, RPS, deferred `sk_buff` frees from other CPUs, RPS IPIs.

use super::driver::{IceNapiPoll, IgbPoll};
use super::gro::NapiGroFlush;
use super::receive_core::NetifReceiveSkbListInternal;
use super::softirq::RaiseSoftirqIrqoff;
use crate::fact::{Sink, routine};
use crate::hardware::interrupt_controller::ApicTimer;
use crate::machine::{
    Act, CallFrame, Driver, Flow, NAPI_DISABLE, NAPI_MISSED, NAPI_NPSVC, NAPI_SCHED,
    NET_RX_SOFTIRQ, Run,
};
use crate::units::{CpuId, NapiId, PacketId};

routine! {
    /// Tries to become the owner of the NAPI; notes a missed request if somebody owns it.
    NapiSchedulePrep { napi: NapiId } lines PrepLine;
    Visible "napi_schedule_prep" "net/core/dev.c" : 6312;
    Claim 6329 "try_cmpxchg(state, state | SCHED); if it was SCHED: state |= MISSED"
        Kernel Takes Napi Atomic reads["napi_struct.state"] writes["napi_struct.state"];
}

impl Run for NapiSchedulePrep {
    fn run<S: Sink>(&mut self, _: PrepLine, act: &mut Act<'_, S>) -> Flow<PrepLine> {
        let napi = &mut act.m.napis[self.napi.index()];
        let state = napi.state;
        let claimed = state & (NAPI_DISABLE | NAPI_SCHED) == 0;
        if state & NAPI_DISABLE == 0 {
            napi.state |= NAPI_SCHED;
            if state & NAPI_SCHED != 0 {
                napi.state |= NAPI_MISSED;
            }
        }
        act.did(self.napi.0, PacketId::NONE);
        Flow::Return(u32::from(claimed))
    }
}

routine! {
    /// Queues an owned NAPI on this CPU, with interrupts off: the list and the pending mask are
    /// shared with interrupts of this CPU.
    NapiSchedule { napi: NapiId } lines ScheduleNapiLine;
    Visible "__napi_schedule" "net/core/dev.c" : 6293;
    Link 4663 "append napi to sd->poll_list; list_owner = this CPU" Kernel Links Napi Cpu
        writes["napi_struct.poll_list", "softnet_data.poll_list", "napi_struct.list_owner"];
    Raise 4668 "if !sd->in_net_rx_action: raise_softirq_irqoff(NET_RX)" Kernel Tests Softnet Cpu
        reads["softnet_data.in_net_rx_action"];
    SetPending 725 in "kernel/softirq.c" "or_softirq_pending(1 << NET_RX_SOFTIRQ)"
        Kernel Raises Softirq Cpu writes["pcpu_hot.softirq_pending"] trace "softirq_raise";
}

impl Run for NapiSchedule {
    fn run<S: Sink>(
        &mut self,
        line: ScheduleNapiLine,
        act: &mut Act<'_, S>,
    ) -> Flow<ScheduleNapiLine> {
        match line {
            ScheduleNapiLine::Link => {
                let (napi, owner) = (self.napi, act.cpu);
                act.m.napis[napi.index()].list_owner = owner;
                act.cpu().softnet.poll_list.push_back(napi);
                act.did(napi.0, PacketId::NONE);
                Flow::Next(ScheduleNapiLine::Raise)
            }
            ScheduleNapiLine::Raise => {
                act.did(act.cpu.0, PacketId::NONE);
                if act.cpu().softnet.in_net_rx_action {
                    return Flow::Return(0);
                }
                Flow::Next(ScheduleNapiLine::SetPending)
            }
            ScheduleNapiLine::SetPending => {
                act.cpu().softirq_pending |= 1 << NET_RX_SOFTIRQ;
                act.did(u32::from(NET_RX_SOFTIRQ), PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// The receive softirq: polls each NAPI of its list once, within budget and time.
    NetRxAction { budget: i32, time_limit: u32 } lines NetRxLine;
    Visible "net_rx_action" "net/core/dev.c" : 7052;
    Begin 7064 "in_net_rx_action = true; budget = netdev_budget" Kernel Writes Softnet Cpu
        reads["net_hotdata.netdev_budget", "net_hotdata.netdev_budget_usecs"]
        writes["softnet_data.in_net_rx_action"];
    Splice 7066 "list = splice(sd->poll_list)" Kernel Takes Softnet Cpu
        reads["softnet_data.poll_list"] writes["softnet_data.poll_list"];
    TestEmpty 7074 "if list.empty(): break, or finish" Kernel Tests Softnet Cpu
        reads["softnet_data.poll_list"] writes["softnet_data.in_net_rx_action"];
    Poll 7091 "napi_poll(first(list), &repoll)" Kernel Calls Softnet Cpu;
    Charge 7091 "budget -= work" Kernel Counts Budget Cpu;
    Limit 7097 "if budget <= 0 or jiffies >= time_limit: time_squeeze++, break"
        Kernel Tests Budget Cpu writes["softnet_data.time_squeeze"];
    Requeue 7106 "sd->poll_list = list + sd->poll_list + repoll" Kernel Links Softnet Cpu
        writes["softnet_data.poll_list"];
    RaiseAgain 7109 "if !poll_list.empty(): __raise_softirq_irqoff(NET_RX)" Kernel Tests Softnet Cpu
        reads["softnet_data.poll_list"] writes["softnet_data.in_net_rx_action"];
    SendIpis 7114 "net_rps_action_and_irq_enable(sd)" Kernel Calls Softnet Cpu
        reads["softnet_data.rps_ipi_list"];
}

impl NetRxAction {
    pub(crate) fn new() -> Self {
        Self { budget: 0, time_limit: 0 }
    }
}

impl Run for NetRxAction {
    fn run<S: Sink>(&mut self, line: NetRxLine, act: &mut Act<'_, S>) -> Flow<NetRxLine> {
        use NetRxLine as L;
        let cpu = act.cpu.0;
        match line {
            L::Begin => {
                self.begin(act);
                act.did(cpu, PacketId::NONE);
                Flow::Next(L::Splice)
            }
            L::Splice => {
                let softnet = &mut act.cpu().softnet;
                softnet.private_list.append(&mut softnet.poll_list);
                act.did(cpu, PacketId::NONE);
                Flow::Next(L::TestEmpty)
            }
            L::TestEmpty => {
                act.did(cpu, PacketId::NONE);
                self.test_empty(act)
            }
            L::Poll => {
                act.did(cpu, PacketId::NONE);
                let napi = act.cpu().softnet.private_list[0];
                Flow::Call(CallFrame::of(NapiPoll { napi, work: 0 }), L::Charge)
            }
            L::Charge => {
                let work = act.result();
                self.budget -= work.cast_signed();
                act.did(self.budget.max(0).cast_unsigned(), PacketId::NONE);
                Flow::Next(L::Limit)
            }
            L::Limit => {
                act.did(self.budget.max(0).cast_unsigned(), PacketId::NONE);
                if self.budget <= 0 || act.m.jiffies() >= u64::from(self.time_limit) {
                    act.cpu().softnet.time_squeeze += 1;
                    return Flow::Next(L::Requeue);
                }
                Flow::Next(L::TestEmpty)
            }
            L::Requeue => {
                let softnet = &mut act.cpu().softnet;
                let mut arrived = std::mem::take(&mut softnet.poll_list);
                softnet.poll_list.append(&mut softnet.private_list);
                softnet.poll_list.append(&mut arrived);
                softnet.poll_list.append(&mut softnet.repoll);
                act.cpu().interrupts_on = false;
                act.did(cpu, PacketId::NONE);
                Flow::Next(L::RaiseAgain)
            }
            L::RaiseAgain => {
                act.did(cpu, PacketId::NONE);
                let softnet = &mut act.cpu().softnet;
                if softnet.poll_list.is_empty() {
                    softnet.in_net_rx_action = false;
                    return Flow::Next(L::SendIpis);
                }
                Flow::Call(CallFrame::of(RaiseSoftirqIrqoff {}), L::SendIpis)
            }
            L::SendIpis => {
                act.did(cpu, PacketId::NONE);
                Flow::CallLast(CallFrame::of(NetRpsActionAndIrqEnable {}))
            }
        }
    }
}

impl NetRxAction {
    fn begin<S: Sink>(&mut self, act: &mut Act<'_, S>) {
        let settings = act.m.settings;
        self.budget = settings.netdev_budget.cast_signed();
        let limit_ns = u64::from(settings.netdev_budget_usecs) * 1_000;
        let jiffies = act.m.jiffies() + limit_ns.div_ceil(crate::machine::JIFFY_NS);
        self.time_limit = u32::try_from(jiffies).unwrap_or(u32::MAX);
        act.cpu().softnet.in_net_rx_action = true;
    }

    fn test_empty<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<NetRxLine> {
        let softnet = &mut act.cpu().softnet;
        if !softnet.private_list.is_empty() {
            return Flow::Next(NetRxLine::Poll);
        }
        if !softnet.repoll.is_empty() {
            return Flow::Next(NetRxLine::Requeue);
        }
        softnet.in_net_rx_action = false;
        if softnet.poll_list.is_empty() {
            return Flow::Return(0);
        }
        // An interrupt queued a NAPI meanwhile and raised nothing, since the flag was set.
        softnet.in_net_rx_action = true;
        Flow::Next(NetRxLine::Splice)
    }
}

routine! {
    /// Sends the IPIs that RPS asked for, and takes interrupts again.
    NetRpsActionAndIrqEnable { } lines RpsLine;
    Visible "net_rps_action_and_irq_enable" "net/core/dev.c" : 6201;
    Enable 6215 "no IPIs wait; local_irq_enable()" Kernel Returns Cpu Cpu
        reads["softnet_data.rps_ipi_list"];
}

impl Run for NetRpsActionAndIrqEnable {
    fn run<S: Sink>(&mut self, _: RpsLine, act: &mut Act<'_, S>) -> Flow<RpsLine> {
        act.cpu().interrupts_on = true;
        act.did(act.cpu.0, PacketId::NONE);
        Flow::Return(0)
    }
}

routine! {
    /// Polls one NAPI and puts it on the repoll list if it used its weight.
    NapiPoll { napi: NapiId, work: u32 } lines NapiPollLine;
    Inlined "napi_poll" "net/core/dev.c" : 6959;
    Unlink 6965 "take n off the private list" Kernel Takes Napi Cpu reads["napi_struct.poll_list"]
        writes["napi_struct.poll_list"];
    Repoll 6972 "if asked to: append n to repoll" Kernel Links Napi Cpu
        writes["napi_struct.poll_list"];
}

impl Run for NapiPoll {
    fn run<S: Sink>(&mut self, line: NapiPollLine, act: &mut Act<'_, S>) -> Flow<NapiPollLine> {
        act.did(self.napi.0, PacketId::NONE);
        match line {
            NapiPollLine::Unlink => {
                let first = act.cpu().softnet.private_list.pop_front();
                assert_eq!(first, Some(self.napi), "the first of the list is polled");
                let poll = CallFrame::of(DoNapiPoll { napi: self.napi, work: 0 });
                Flow::Call(poll, NapiPollLine::Repoll)
            }
            NapiPollLine::Repoll => {
                let napi = &act.m.napis[self.napi.index()];
                let (work, again) = (napi.last_work, act.result() != 0);
                if again {
                    act.cpu().softnet.repoll.push_back(self.napi);
                }
                Flow::Return(work)
            }
        }
    }
}

routine! {
    /// Calls the driver's poll; keeps the NAPI if it used its whole weight.
    DoNapiPoll { napi: NapiId, work: u32 } lines DoNapiPollLine;
    Visible "__napi_poll" "net/core/dev.c" : 6886;
    Call 6900 "if SCHED: work = n->poll(n, weight)" Kernel Calls Napi Cpu
        reads["napi_struct.state", "napi_struct.poll", "napi_struct.weight"];
    Trace 6901 "trace_napi_poll(n, work, weight)" Kernel Returns Napi Cpu trace "napi_poll";
    Decide 6910 "if work < weight: return; the driver has given it up" Kernel Tests Napi Cpu
        reads["napi_struct.weight"];
    FlushGro 6940 "if gro_bitmask: napi_gro_flush(n, HZ >= 1000)" Kernel Tests Napi Cpu
        reads["napi_struct.gro_bitmask"];
    Flush 6943 "gro_normal_list(n)" Kernel Delivers Napi Cpu
        reads["napi_struct.gro_bitmask", "napi_struct.rx_count", "napi_struct.rx_list"]
        writes["napi_struct.rx_list", "napi_struct.rx_count"];
    Keep 6954 "*repoll = true" Kernel Returns Napi Cpu;
}

impl Run for DoNapiPoll {
    fn run<S: Sink>(&mut self, line: DoNapiPollLine, act: &mut Act<'_, S>) -> Flow<DoNapiPollLine> {
        use DoNapiPollLine as L;
        let napi = self.napi;
        act.did(napi.0, PacketId::NONE);
        match line {
            L::Call => {
                let poll = match act.m.settings.driver {
                    Driver::Ice => CallFrame::of(IceNapiPoll { napi, work: 0 }),
                    Driver::Igb => CallFrame::of(IgbPoll { napi, work: 0 }),
                };
                Flow::Call(poll, L::Trace)
            }
            L::Trace => {
                self.work = act.result();
                let record = &mut act.m.napis[napi.index()];
                record.polls += 1;
                record.last_work = self.work;
                record.work += u64::from(self.work);
                Flow::Next(L::Decide)
            }
            L::Decide => {
                let weight = u32::from(act.m.napis[napi.index()].weight);
                assert!(self.work <= weight, "a poll takes at most its weight");
                if self.work < weight {
                    return Flow::Return(0);
                }
                Flow::Next(L::FlushGro)
            }
            L::FlushGro if act.m.napis[napi.index()].gro_bitmask != 0 => {
                Flow::Call(CallFrame::of(NapiGroFlush { napi, old: 0 }), L::Flush)
            }
            L::FlushGro => Flow::Next(L::Flush),
            L::Flush => deliver_rx_list(act, napi, L::Keep),
            L::Keep => Flow::Return(1),
        }
    }
}

/// Sends what waits on `rx_list` up the stack, if anything does (`gro_normal_list`), and goes on
/// with `then`.
pub(crate) fn deliver_rx_list<L, S: Sink>(act: &mut Act<'_, S>, napi: NapiId, then: L) -> Flow<L> {
    let record = &mut act.m.napis[napi.index()];
    if record.rx_count == 0 {
        return Flow::Next(then);
    }
    record.rx_count = 0;
    let list = std::mem::take(&mut record.rx_list);
    Flow::Call(CallFrame::of(NetifReceiveSkbListInternal::of(list)), then)
}

routine! {
    /// Gives the NAPI up, unless somebody asked for another run; says whether to re-arm.
    NapiCompleteDone { napi: NapiId, work: u32, timeout_ns: u32, keep: u32 } lines CompleteLine;
    Visible "napi_complete_done" "net/core/dev.c" : 6354;
    TestOwner 6365 "if NPSVC or IN_BUSY_POLL: return false" Kernel Tests Napi Cpu
        reads["napi_struct.state"];
    Timeout 6369 "if work_done: timeout if packets are held; defer_hard_irqs_count = setting"
        Kernel Writes Napi Cpu
        reads["napi_struct.gro_bitmask", "net_device.gro_flush_timeout",
              "net_device.napi_defer_hard_irqs", "napi_struct.dev"]
        writes["napi_struct.defer_hard_irqs_count"];
    Defer 6374 "if defer_hard_irqs_count > 0: count--; timeout = gro_flush_timeout; ret = !timeout"
        Kernel Tests Napi Cpu
        reads["napi_struct.defer_hard_irqs_count", "net_device.gro_flush_timeout"]
        writes["napi_struct.defer_hard_irqs_count"];
    FlushGro 6385 "if gro_bitmask: napi_gro_flush(n, timeout armed)" Kernel Tests Napi Cpu
        reads["napi_struct.gro_bitmask"];
    Deliver 6388 "gro_normal_list(n)" Kernel Delivers Napi Cpu
        reads["napi_struct.gro_bitmask", "napi_struct.rx_count", "napi_struct.rx_list"]
        writes["napi_struct.rx_list", "napi_struct.rx_count"];
    Disown 6396 "list_owner = -1" Kernel Writes Napi Cpu writes["napi_struct.list_owner"];
    Release 6412 "try_cmpxchg(state, state & ~(SCHED | MISSED)); keep SCHED if MISSED"
        Kernel Gives Napi Atomic reads["napi_struct.state"] writes["napi_struct.state"];
    RunAgain 6415 "if MISSED: __napi_schedule(n), return false" Kernel Calls Napi Cpu;
    StartTimer 6420 "if timeout: hrtimer_start(&n->timer, timeout); return ret"
        Kernel Writes Napi Cpu writes["napi_struct.timer"];
    Refuse 6416 "return false: the interrupt stays off" Kernel Returns Napi Cpu;
}

impl NapiCompleteDone {
    /// Called after a poll that took `work` packets.
    pub(crate) fn frame(napi: NapiId, work: u32) -> CallFrame {
        CallFrame::of(Self { napi, work, timeout_ns: 0, keep: 0 })
    }

    /// The lines that decide about the timer and the interrupt.
    fn defer<S: Sink>(&mut self, line: CompleteLine, act: &mut Act<'_, S>) -> Flow<CompleteLine> {
        let settings = act.m.settings;
        let napi = &mut act.m.napis[self.napi.index()];
        if line == CompleteLine::Timeout {
            if self.work > 0 {
                let held = napi.gro_bitmask != 0;
                self.timeout_ns = if held { settings.gro_flush_timeout_ns } else { 0 };
                napi.defer_hard_irqs_count = settings.napi_defer_hard_irqs;
            }
            return Flow::Next(CompleteLine::Defer);
        }
        if napi.defer_hard_irqs_count > 0 {
            napi.defer_hard_irqs_count -= 1;
            self.timeout_ns = settings.gro_flush_timeout_ns;
            self.keep = u32::from(self.timeout_ns > 0);
        }
        Flow::Next(CompleteLine::FlushGro)
    }
}

impl Run for NapiCompleteDone {
    fn run<S: Sink>(&mut self, line: CompleteLine, act: &mut Act<'_, S>) -> Flow<CompleteLine> {
        use CompleteLine as L;
        act.did(self.napi.0, PacketId::NONE);
        let settings = act.m.settings;
        let napi = &mut act.m.napis[self.napi.index()];
        match line {
            L::TestOwner if napi.state & NAPI_NPSVC != 0 => Flow::Return(0),
            // With neither set, as is usual, these two lines find nothing to do.
            L::TestOwner if settings.gro_flush_timeout_ns | settings.napi_defer_hard_irqs != 0 => {
                Flow::Next(L::Timeout)
            }
            L::TestOwner => Flow::Next(L::FlushGro),
            L::Timeout | L::Defer => self.defer(line, act),
            L::FlushGro if napi.gro_bitmask != 0 => {
                let old = u32::from(self.timeout_ns > 0);
                let flush = NapiGroFlush { napi: self.napi, old };
                Flow::Call(CallFrame::of(flush), L::Deliver)
            }
            L::FlushGro => Flow::Next(L::Deliver),
            L::Deliver => deliver_rx_list(act, self.napi, L::Disown),
            L::Disown => {
                napi.list_owner = CpuId::NONE;
                Flow::Next(L::Release)
            }
            L::Release => {
                assert!(napi.state & NAPI_SCHED != 0, "only the owner completes");
                let missed = napi.state & NAPI_MISSED != 0;
                napi.state &= !NAPI_MISSED;
                if missed {
                    return Flow::Next(L::RunAgain);
                }
                napi.state &= !NAPI_SCHED;
                if self.timeout_ns > 0 {
                    return Flow::Next(L::StartTimer);
                }
                Flow::Return(1)
            }
            L::StartTimer => {
                let delay_ns = u64::from(self.timeout_ns);
                napi.timer_due = Some(act.at + delay_ns);
                act.start(ApicTimer { napi: self.napi }, delay_ns);
                Flow::Return(1 - self.keep)
            }
            L::RunAgain => Flow::Call(CallFrame::of(NapiSchedule { napi: self.napi }), L::Refuse),
            L::Refuse => Flow::Return(0),
        }
    }
}
