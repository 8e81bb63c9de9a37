//! The timer interrupt, as far as NAPI uses it: `gro_flush_timeout` ends.
//!
//! Left out: the tick and every other timer, the tree of timers (`hrtimer_interrupt` finds the one
//! that is due), `trace_local_timer_entry`.

use super::hardirq::IrqExitRcu;
use crate::fact::{Sink, routine};
use crate::machine::{
    Act, CallFrame, Flow, HARDIRQ_OFFSET, NAPI_DISABLE, NAPI_SCHED, NET_RX_SOFTIRQ, Run,
};
use crate::units::{NapiId, PacketId};

routine! {
    /// The local APIC's timer interrupt: entry, the timer that is due, exit.
    SysvecApicTimerInterrupt { napi: NapiId, saved: u32 } lines TimerLine;
    Inlined "sysvec_apic_timer_interrupt" "arch/x86/kernel/apic/apic.c" : 1049;
    Enter 190 in "arch/x86/include/asm/irq_stack.h"
        "interrupts off; irq_enter_rcu(): preempt_count += HARDIRQ_OFFSET"
        Kernel Takes Cpu IrqEntry writes["pcpu_hot.preempt_count"];
    Timer 1035 "hrtimer_interrupt(): timer->function(): napi_watchdog()" Kernel Calls Napi Cpu
        reads["napi_struct.timer", "hrtimer.function"];
    Leave 192 in "arch/x86/include/asm/irq_stack.h" "irq_exit_rcu()" Kernel Calls Cpu Cpu;
    Return 1059 "iret: interrupts on" Kernel Returns Cpu IrqEntry;
}

impl Run for SysvecApicTimerInterrupt {
    fn run<S: Sink>(&mut self, line: TimerLine, act: &mut Act<'_, S>) -> Flow<TimerLine> {
        let of_napi = line == TimerLine::Timer;
        act.did(if of_napi { self.napi.0 } else { act.cpu.0 }, PacketId::NONE);
        match line {
            TimerLine::Enter => {
                let cpu = act.cpu();
                cpu.interrupts_on = false;
                cpu.halted = false;
                cpu.preempt_count += HARDIRQ_OFFSET;
                self.saved = cpu.result;
                Flow::Next(TimerLine::Timer)
            }
            TimerLine::Timer => {
                Flow::Call(CallFrame::of(NapiWatchdog { napi: self.napi }), TimerLine::Leave)
            }
            TimerLine::Leave => Flow::Call(CallFrame::of(IrqExitRcu {}), TimerLine::Return),
            TimerLine::Return => {
                act.interrupt_returns();
                Flow::Return(self.saved)
            }
        }
    }
}

routine! {
    /// `gro_flush_timeout` is over: polls once more, unless the NAPI is owned. It asks for no
    /// second run (MISSED), since no device waits for an answer.
    NapiWatchdog { napi: NapiId } lines WatchdogLine;
    Visible "napi_watchdog" "net/core/dev.c" : 6663;
    Claim 6672 "if !DISABLE and !test_and_set_bit(SCHED, &napi->state)" Kernel Takes Napi Atomic
        reads["napi_struct.state"] writes["napi_struct.state"];
    Link 4663 "__napi_schedule_irqoff(): append napi to sd->poll_list" Kernel Links Napi Cpu
        writes["napi_struct.poll_list", "softnet_data.poll_list", "napi_struct.list_owner"];
    Raise 4668 "if !sd->in_net_rx_action: raise_softirq_irqoff(NET_RX)" Kernel Tests Softnet Cpu
        reads["softnet_data.in_net_rx_action"];
    SetPending 725 in "kernel/softirq.c" "or_softirq_pending(1 << NET_RX_SOFTIRQ)"
        Kernel Raises Softirq Cpu writes["pcpu_hot.softirq_pending"] trace "softirq_raise";
}

impl Run for NapiWatchdog {
    fn run<S: Sink>(&mut self, line: WatchdogLine, act: &mut Act<'_, S>) -> Flow<WatchdogLine> {
        use WatchdogLine as L;
        let owner = act.cpu;
        let object = match line {
            L::Claim | L::Link => self.napi.0,
            L::Raise => owner.0,
            L::SetPending => u32::from(NET_RX_SOFTIRQ),
        };
        act.did(object, PacketId::NONE);
        let napi = &mut act.m.napis[self.napi.index()];
        match line {
            L::Claim if napi.state & (NAPI_DISABLE | NAPI_SCHED) != 0 => Flow::Return(0),
            L::Claim => {
                napi.state |= NAPI_SCHED;
                Flow::Next(L::Link)
            }
            L::Link => {
                napi.list_owner = owner;
                act.cpu().softnet.poll_list.push_back(self.napi);
                Flow::Next(L::Raise)
            }
            L::Raise if act.cpu().softnet.in_net_rx_action => Flow::Return(0),
            L::Raise => Flow::Next(L::SetPending),
            L::SetPending => {
                act.cpu().softirq_pending |= 1 << NET_RX_SOFTIRQ;
                Flow::Return(0)
            }
        }
    }
}
