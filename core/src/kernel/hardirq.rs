//! The hard interrupt: from the CPU's vector to the driver's handler and back.
//!
//! Left out: mitigations at entry, `irq_desc->lock`, entropy, `note_interrupt`, threaded handlers.

use super::driver::{IceMsixCleanRings, IgbMsixRing};
use super::softirq::HandleSoftirqs;
use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Driver, Flow, HARDIRQ_OFFSET, Run};
use crate::units::{PacketId, VectorId};

routine! {
    /// The interrupt's entry and exit, as the CPU's IDT reaches it.
    CommonInterrupt { vector: VectorId, saved: u32 } lines CommonLine;
    Inlined "common_interrupt" "arch/x86/kernel/irq.c" : 313;
    Enter 190 in "arch/x86/include/asm/irq_stack.h"
        "interrupts off; irq_enter_rcu(): preempt_count += HARDIRQ_OFFSET"
        Kernel Takes Vector IrqEntry writes["pcpu_hot.preempt_count"];
    Handle 217 in "arch/x86/include/asm/idtentry.h" "__common_interrupt(vector)"
        Kernel Calls Vector Cpu;
    Leave 192 in "arch/x86/include/asm/irq_stack.h" "irq_exit_rcu()" Kernel Calls Cpu Cpu;
    Return 219 in "arch/x86/include/asm/idtentry.h" "iret: interrupts on"
        Kernel Returns Cpu IrqEntry;
}

impl Run for CommonInterrupt {
    fn run<S: Sink>(&mut self, line: CommonLine, act: &mut Act<'_, S>) -> Flow<CommonLine> {
        match line {
            CommonLine::Enter => {
                let cpu = act.cpu();
                cpu.interrupts_on = false;
                cpu.halted = false;
                cpu.preempt_count += HARDIRQ_OFFSET;
                // What the interrupted code was about to read: its registers are saved.
                self.saved = cpu.result;
                act.did(self.vector.0, PacketId::NONE);
                Flow::Next(CommonLine::Handle)
            }
            CommonLine::Handle => {
                act.did(self.vector.0, PacketId::NONE);
                let handler = CallFrame::of(DoCommonInterrupt { vector: self.vector });
                Flow::Call(handler, CommonLine::Leave)
            }
            CommonLine::Leave => {
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Call(CallFrame::of(IrqExitRcu {}), CommonLine::Return)
            }
            CommonLine::Return => {
                act.interrupt_returns();
                act.did(act.cpu.0, PacketId::NONE);
                Flow::Return(self.saved)
            }
        }
    }
}

routine! {
    /// Finds the interrupt line behind the CPU's vector.
    DoCommonInterrupt { vector: VectorId } lines DoCommonLine;
    Visible "__common_interrupt" "arch/x86/kernel/irq.c" : 313;
    Lookup 270 "desc = vector_irq[vector]; handle_irq(desc)" Kernel Looks Irq Cpu
        reads["irq_desc.handle_irq"];
}

impl Run for DoCommonInterrupt {
    fn run<S: Sink>(&mut self, _: DoCommonLine, act: &mut Act<'_, S>) -> Flow<DoCommonLine> {
        let irq = act.m.irqs[self.vector.index()].irq;
        act.did(u32::from(irq), PacketId::NONE);
        Flow::CallLast(CallFrame::of(HandleEdgeIrq { vector: self.vector }))
    }
}

routine! {
    /// The flow handler of an edge: counts, acknowledges, runs the handlers.
    HandleEdgeIrq { vector: VectorId } lines EdgeLine;
    Visible "handle_edge_irq" "kernel/irq/chip.c" : 787;
    Count 809 "kstat_incr_irqs_this_cpu(desc)" Kernel Counts Irq Lock
        reads["irq_desc.irq_common_data.state_use_accessors"]
        writes["irq_desc.kstat_irqs", "irq_desc.tot_count"];
    Acknowledge 812 "chip->irq_ack(): EOI to the local APIC" Kernel Acknowledges Irq MmioWrite
        reads["irq_data.chip", "irq_chip.irq_ack"];
    Handle 831 "handle_irq_event(desc)" Kernel Calls Irq Cpu reads["irq_desc.action"];
}

impl Run for HandleEdgeIrq {
    fn run<S: Sink>(&mut self, line: EdgeLine, act: &mut Act<'_, S>) -> Flow<EdgeLine> {
        let desc = &mut act.m.irqs[self.vector.index()];
        let irq = u32::from(desc.irq);
        match line {
            EdgeLine::Count => {
                desc.count += 1;
                act.did(irq, PacketId::NONE);
                Flow::Next(EdgeLine::Acknowledge)
            }
            EdgeLine::Acknowledge => {
                act.did(irq, PacketId::NONE);
                Flow::Next(EdgeLine::Handle)
            }
            EdgeLine::Handle => {
                act.did(irq, PacketId::NONE);
                Flow::CallLast(CallFrame::of(HandleIrqEvent { vector: self.vector }))
            }
        }
    }
}

routine! {
    /// Marks the line in progress around its handlers.
    HandleIrqEvent { vector: VectorId } lines IrqEventLine;
    Visible "handle_irq_event" "kernel/irq/handle.c" : 202;
    Begin 207 "set IRQD_IRQ_INPROGRESS; __handle_irq_event_percpu(desc)" Kernel Writes Irq Lock
        writes["irq_desc.irq_common_data.state_use_accessors"];
    End 213 "clear IRQD_IRQ_INPROGRESS" Kernel Writes Irq Lock
        writes["irq_desc.irq_common_data.state_use_accessors"];
}

impl Run for HandleIrqEvent {
    fn run<S: Sink>(&mut self, line: IrqEventLine, act: &mut Act<'_, S>) -> Flow<IrqEventLine> {
        let begins = line == IrqEventLine::Begin;
        let desc = &mut act.m.irqs[self.vector.index()];
        desc.in_progress = begins;
        let irq = u32::from(desc.irq);
        act.did(irq, PacketId::NONE);
        if begins {
            let percpu = CallFrame::of(HandleIrqEventPercpu { vector: self.vector });
            Flow::Call(percpu, IrqEventLine::End)
        } else {
            Flow::Return(0)
        }
    }
}

routine! {
    /// Calls each registered handler of the line.
    HandleIrqEventPercpu { vector: VectorId } lines PercpuLine;
    Visible "__handle_irq_event_percpu" "kernel/irq/handle.c" : 139;
    Entry 157 "trace_irq_handler_entry(irq, action)" Kernel Reads Irq Cpu
        reads["irq_desc.action"] trace "irq_handler_entry";
    Handler 158 "res = action->handler(irq, dev_id)" Kernel Calls Irq Cpu
        reads["irqaction.handler", "irqaction.dev_id"];
    Exit 159 "trace_irq_handler_exit(irq, action, res)" Kernel Returns Irq Cpu
        trace "irq_handler_exit";
}

impl Run for HandleIrqEventPercpu {
    fn run<S: Sink>(&mut self, line: PercpuLine, act: &mut Act<'_, S>) -> Flow<PercpuLine> {
        let irq = act.m.irqs[self.vector.index()].irq;
        act.did(u32::from(irq), PacketId::NONE);
        match line {
            PercpuLine::Entry => Flow::Next(PercpuLine::Handler),
            PercpuLine::Handler => {
                let vector = self.vector;
                let handler = match act.m.settings.driver {
                    Driver::Ice => CallFrame::of(IceMsixCleanRings { vector }),
                    Driver::Igb => CallFrame::of(IgbMsixRing { vector }),
                };
                Flow::Call(handler, PercpuLine::Exit)
            }
            PercpuLine::Exit => Flow::Return(0),
        }
    }
}

routine! {
    /// Leaves the hard interrupt and runs what softirqs it raised.
    IrqExitRcu { } lines IrqExitLine;
    Visible "irq_exit_rcu" "kernel/softirq.c" : 672;
    Leave 660 "preempt_count -= HARDIRQ_OFFSET" Kernel Returns Cpu Cpu
        writes["pcpu_hot.preempt_count"];
    Test 661 "if !in_interrupt() && softirq_pending: invoke_softirq()" Kernel Tests Cpu Cpu
        reads["pcpu_hot.preempt_count", "pcpu_hot.softirq_pending"];
}

impl Run for IrqExitRcu {
    fn run<S: Sink>(&mut self, line: IrqExitLine, act: &mut Act<'_, S>) -> Flow<IrqExitLine> {
        act.did(act.cpu.0, PacketId::NONE);
        match line {
            IrqExitLine::Leave => {
                act.cpu().preempt_count -= HARDIRQ_OFFSET;
                Flow::Next(IrqExitLine::Test)
            }
            IrqExitLine::Test => {
                let cpu = act.cpu();
                if !cpu.in_interrupt() && cpu.softirq_pending != 0 {
                    Flow::CallLast(CallFrame::of(HandleSoftirqs::new()))
                } else {
                    Flow::Return(0)
                }
            }
        }
    }
}
