//! Softirqs: raising them, running them at interrupt exit, handing them to `ksoftirqd`.
//!
//! Only NET_RX has an action here. Left out: the other nine softirqs, PREEMPT_RT.

use super::napi::NetRxAction;
use super::scheduler::Schedule;
use super::socket::TryToWakeUp;
use crate::fact::{Sink, routine};
use crate::machine::{
    Act, CallFrame, Flow, KSOFTIRQD, NET_RX_SOFTIRQ, Run, SOFTIRQ_DISABLE_OFFSET, SOFTIRQ_OFFSET,
    TaskState,
};
use crate::units::{PacketId, SocketId};

/// Passes over the pending mask before `ksoftirqd` takes over (`MAX_SOFTIRQ_RESTART`).
const MAX_SOFTIRQ_RESTART: u32 = 10;
/// Jiffies after which `ksoftirqd` takes over (`MAX_SOFTIRQ_TIME`, 2 ms, at HZ 250).
const MAX_SOFTIRQ_TIME: u32 = 1;

routine! {
    /// Runs the pending softirqs, again while more become pending, within limits.
    HandleSoftirqs { pending: u32, restarts: u32, end: u32 } lines SoftirqLine;
    Visible "handle_softirqs" "kernel/softirq.c" : 536;
    Begin 553 "pending = local_softirq_pending(); preempt_count += SOFTIRQ_OFFSET"
        Kernel Reads Cpu Cpu reads["pcpu_hot.softirq_pending"] writes["pcpu_hot.preempt_count"];
    Clear 561 "set_softirq_pending(0); local_irq_enable()" Kernel Takes Softirq Cpu
        writes["pcpu_hot.softirq_pending"];
    Entry 578 "trace_softirq_entry(NET_RX)" Kernel Takes Softirq Cpu trace "softirq_entry";
    Action 579 "h->action(): net_rx_action()" Kernel Calls Softirq Cpu
        reads["softirq_action.action"];
    Exit 580 "trace_softirq_exit(NET_RX)" Kernel Returns Softirq Cpu trace "softirq_exit";
    Again 594 "local_irq_disable(); if pending && in time && !need_resched: restart"
        Kernel Tests Cpu Cpu reads["pcpu_hot.softirq_pending"];
    Defer 602 "wakeup_softirqd()" Kernel Wakes Task Wake;
    End 607 "preempt_count -= SOFTIRQ_OFFSET" Kernel Returns Cpu Cpu
        writes["pcpu_hot.preempt_count"];
}

impl HandleSoftirqs {
    pub(crate) fn new() -> Self {
        Self { pending: 0, restarts: MAX_SOFTIRQ_RESTART, end: 0 }
    }

    #[expect(clippy::cast_possible_truncation, reason = "jiffies wrap in the kernel too")]
    fn jiffies<S: Sink>(act: &Act<'_, S>) -> u32 {
        act.m.jiffies() as u32
    }
}

impl Run for HandleSoftirqs {
    fn run<S: Sink>(&mut self, line: SoftirqLine, act: &mut Act<'_, S>) -> Flow<SoftirqLine> {
        use SoftirqLine as L;
        match line {
            L::Begin => {
                self.end = Self::jiffies(act) + MAX_SOFTIRQ_TIME;
                let cpu = act.cpu();
                cpu.interrupts_on = false;
                cpu.preempt_count += SOFTIRQ_OFFSET;
                self.pending = cpu.softirq_pending;
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Next(L::Clear)
            }
            L::Clear => {
                let cpu = act.cpu();
                cpu.softirq_pending = 0;
                cpu.interrupts_on = true;
                act.did(u32::from(NET_RX_SOFTIRQ), PacketId::NONE);
                Flow::Next(L::Entry)
            }
            L::Entry => {
                assert_eq!(self.pending, 1 << NET_RX_SOFTIRQ, "only NET_RX is raised");
                act.did(u32::from(NET_RX_SOFTIRQ), PacketId::NONE);
                Flow::Next(L::Action)
            }
            L::Action => {
                act.did(u32::from(NET_RX_SOFTIRQ), PacketId::NONE);
                Flow::Call(CallFrame::of(NetRxAction::new()), L::Exit)
            }
            L::Exit => {
                act.did(u32::from(NET_RX_SOFTIRQ), PacketId::NONE);
                Flow::Next(L::Again)
            }
            L::Again => self.again(act),
            L::Defer => {
                act.did(KSOFTIRQD.0, PacketId::NONE);
                let wake = TryToWakeUp { socket: SocketId::NONE, task: KSOFTIRQD };
                Flow::Call(CallFrame::of(wake), L::End)
            }
            L::End => {
                act.cpu().preempt_count -= SOFTIRQ_OFFSET;
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

impl HandleSoftirqs {
    fn again<S: Sink>(&mut self, act: &mut Act<'_, S>) -> Flow<SoftirqLine> {
        act.did(act.cpu.0, PacketId::NONE);
        let in_time = Self::jiffies(act) < self.end;
        let cpu = act.cpu();
        cpu.interrupts_on = false;
        self.pending = cpu.softirq_pending;
        if self.pending == 0 {
            return Flow::Next(SoftirqLine::End);
        }
        self.restarts -= 1;
        if in_time && !cpu.need_resched && self.restarts > 0 {
            return Flow::Next(SoftirqLine::Clear);
        }
        Flow::Next(SoftirqLine::Defer)
    }
}

routine! {
    /// Sets a softirq's pending bit; interrupts are off.
    RaiseSoftirqIrqoff { } lines RaiseLine;
    Visible "__raise_softirq_irqoff" "kernel/softirq.c" : 721;
    Raise 725 "or_softirq_pending(1 << NET_RX_SOFTIRQ)" Kernel Raises Softirq Cpu
        writes["pcpu_hot.softirq_pending"] trace "softirq_raise";
}

impl Run for RaiseSoftirqIrqoff {
    fn run<S: Sink>(&mut self, _: RaiseLine, act: &mut Act<'_, S>) -> Flow<RaiseLine> {
        act.cpu().softirq_pending |= 1 << NET_RX_SOFTIRQ;
        act.did(u32::from(NET_RX_SOFTIRQ), PacketId::NONE);
        Flow::Return(0)
    }
}

routine! {
    /// Ends a section with bottom halves off; the last one runs what is pending. Until then one
    /// count is left, which keeps preemption off.
    LocalBhEnableIp { } lines BhEnableLine;
    Visible "__local_bh_enable_ip" "kernel/softirq.c" : 384;
    Enable 400 "preempt_count -= SOFTIRQ_DISABLE_OFFSET - 1; the 1 goes after softirqs"
        Kernel Returns Cpu Cpu
        writes["pcpu_hot.preempt_count"];
    Run 402 "if !in_interrupt() && softirq_pending: do_softirq()" Kernel Tests Cpu Cpu
        reads["pcpu_hot.preempt_count", "pcpu_hot.softirq_pending"];
    Interrupts 482 "do_softirq(): local_irq_restore(); preempt_count_dec()" Kernel Returns Cpu Cpu
        writes["pcpu_hot.preempt_count"];
}

impl Run for LocalBhEnableIp {
    fn run<S: Sink>(&mut self, line: BhEnableLine, act: &mut Act<'_, S>) -> Flow<BhEnableLine> {
        act.did(act.cpu.0, PacketId::NONE);
        match line {
            BhEnableLine::Enable => {
                let cpu = act.cpu();
                cpu.preempt_count -= SOFTIRQ_DISABLE_OFFSET - 1;
                if cpu.in_interrupt() || cpu.softirq_pending == 0 {
                    cpu.preempt_count -= 1;
                    return Flow::Return(0);
                }
                Flow::Next(BhEnableLine::Run)
            }
            // Another queue's interrupt may have run them since the test: do_softirq() asks again with
            // interrupts off.
            BhEnableLine::Run => {
                act.cpu().interrupts_on = false;
                if act.cpu().softirq_pending == 0 {
                    return Flow::Next(BhEnableLine::Interrupts);
                }
                Flow::Call(CallFrame::of(HandleSoftirqs::new()), BhEnableLine::Interrupts)
            }
            BhEnableLine::Interrupts => {
                let cpu = act.cpu();
                cpu.interrupts_on = true;
                cpu.preempt_count -= 1;
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// The thread that continues softirqs when an interrupt's exit had to stop.
    RunKsoftirqd { } lines KsoftirqdLine;
    Visible "run_ksoftirqd" "kernel/softirq.c" : 944;
    Sleep 158 in "kernel/smpboot.c" "while !softirq_pending: schedule()" Kernel Sleeps Task Cpu
        reads["pcpu_hot.softirq_pending"];
    Test 947 "local_irq_disable(); if local_softirq_pending()" Kernel Tests Cpu Cpu
        reads["pcpu_hot.softirq_pending"];
    Run 952 "handle_softirqs(true)" Kernel Calls Cpu Cpu;
    Enable 953 "local_irq_enable()" Kernel Returns Cpu Cpu;
    Resched 954 "cond_resched()" Kernel Tests Cpu Cpu;
}

impl Run for RunKsoftirqd {
    fn run<S: Sink>(&mut self, line: KsoftirqdLine, act: &mut Act<'_, S>) -> Flow<KsoftirqdLine> {
        use KsoftirqdLine as L;
        match line {
            L::Sleep => {
                act.did(KSOFTIRQD.0, PacketId::NONE);
                if act.cpu().softirq_pending != 0 {
                    return Flow::Next(L::Test);
                }
                act.m.tasks[KSOFTIRQD.index()].state = TaskState::Interruptible;
                Flow::Call(CallFrame::of(Schedule {}), L::Test)
            }
            L::Test => {
                act.did(act.cpu.0, PacketId::NONE);
                let pending = act.cpu().softirq_pending != 0;
                act.cpu().interrupts_on = !pending;
                Flow::Next(if pending { L::Run } else { L::Sleep })
            }
            L::Run => {
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Call(CallFrame::of(HandleSoftirqs::new()), L::Enable)
            }
            L::Enable => {
                act.cpu().interrupts_on = true;
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Next(L::Resched)
            }
            L::Resched => {
                act.did(act.cpu.0, PacketId::NONE);
                if act.cpu().need_resched {
                    return Flow::Call(CallFrame::of(Schedule {}), L::Sleep);
                }
                Flow::Next(L::Sleep)
            }
        }
    }
}
