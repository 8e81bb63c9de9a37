//! One step: the actor whose turn it is does exactly one thing.

use super::routines::{Step, run};
use crate::fact::{CallEntry, Fact, NoSink, Sink};
use crate::kernel::hardirq::CommonInterrupt;
use crate::kernel::timer::SysvecApicTimerInterrupt;
use crate::machine::{
    Act, CallFrame, Context, Cpu, HARDIRQ_OFFSET, IDLE, Machine, Traffic, context_of,
};
use crate::units::CpuId;

/// Makes one step. Returns whether there was one to make.
///
/// The hardware goes first at equal times: what has arrived is there when the CPU looks.
#[inline(always)]
pub fn advance<S: Sink>(machine: &mut Machine, traffic: &Traffic, sink: &mut S) -> bool {
    let hardware_at = machine.events.due();
    let (cpu, cpu_at) = next_cpu(machine);
    if hardware_at == u64::MAX && cpu_at == u64::MAX {
        return false;
    }
    if hardware_at <= cpu_at {
        step_hardware(machine, traffic, sink);
    } else {
        step_cpu(machine, traffic, sink, cpu, cpu_at);
    }
    machine.step += 1;
    true
}

/// Makes up to `steps` steps without recording; returns how many were made.
pub fn run_steps(machine: &mut Machine, traffic: &Traffic, steps: u64) -> u64 {
    let before = machine.step;
    while machine.step - before < steps && advance(machine, traffic, &mut NoSink) {}
    machine.step - before
}

/// Makes up to `steps` steps and keeps their facts; returns how many were made.
pub fn record_steps(
    machine: &mut Machine,
    traffic: &Traffic,
    steps: u64,
    facts: &mut Vec<Fact>,
) -> u64 {
    let before = machine.step;
    while machine.step - before < steps && advance(machine, traffic, facts) {}
    machine.step - before
}

/// The CPU whose next line comes first, and when; the end of time if all are halted.
#[inline(always)]
fn next_cpu(machine: &Machine) -> (CpuId, u64) {
    let mut first = (CpuId(0), u64::MAX);
    for (number, cpu) in (0..).zip(&machine.cpus) {
        if cpu.halted && !cpu.is_requested() {
            continue;
        }
        if cpu.free_at < first.1 {
            first = (CpuId(number), cpu.free_at);
        }
    }
    first
}

#[inline(always)]
fn step_hardware<S: Sink>(machine: &mut Machine, traffic: &Traffic, sink: &mut S) {
    let event = machine.events.pop().expect("an event is due");
    machine.now = event.at;
    let mut frame = event.frame;
    let costs = machine.settings.costs;
    let mut act = Act::new(machine, traffic, sink, event.at, CpuId(0), frame.line);
    let (step, cost) = run(&mut frame, &mut act);
    let extra_ns = act.extra_ns;
    match step {
        Step::Stay => machine.events.push(event.at + costs.ns(cost) + extra_ns, frame),
        Step::Return(_) => {}
        Step::Call(_) | Step::Halt => unreachable!("hardware neither calls nor halts"),
    }
    // A halted CPU that was just asked for an interrupt wakes now, not in its past.
    for cpu in &mut machine.cpus {
        if cpu.halted && cpu.free_at < event.at {
            cpu.free_at = event.at;
        }
    }
}

#[inline(always)]
fn step_cpu<S: Sink>(
    machine: &mut Machine,
    traffic: &Traffic,
    sink: &mut S,
    number: CpuId,
    at: u64,
) {
    machine.now = at;
    let cpu = &mut machine.cpus[number.index()];
    if cpu.interrupts_on && cpu.is_requested() {
        take_interrupt(cpu, sink, number);
    }
    // A task's frame goes back to the stack of the task that ran it, even when the line switched
    // to another task. The frame is read in each branch, not after them: measured 15 % faster, as
    // the CPU then guesses the stack instead of waiting for it.
    let current = cpu.current;
    let (mut frame, on_irq_stack) = match cpu.irq_stack.last() {
        Some(&frame) => (frame, true),
        None => {
            let task = &machine.tasks[current.index()];
            (*task.stack.last().expect("a task always has something to run"), false)
        }
    };
    let costs = machine.settings.costs;
    let mut act = Act::new(machine, traffic, sink, at, number, frame.line);
    let (step, cost) = run(&mut frame, &mut act);
    let (took_ns, works) = (costs.ns(cost) + act.extra_ns, act.works);
    let cpu = &mut machine.cpus[number.index()];
    cpu.free_at = at + took_ns;
    cpu.works_until = if works { cpu.free_at } else { 0 };
    let stack =
        if on_irq_stack { &mut cpu.irq_stack } else { &mut machine.tasks[current.index()].stack };
    match step {
        Step::Stay => *stack.last_mut().expect("the frame that ran") = frame,
        Step::Halt => {
            *stack.last_mut().expect("the frame that ran") = frame;
            cpu.halted = true;
        }
        Step::Call(mut callee) => {
            *stack.last_mut().expect("the frame that ran") = frame;
            callee.entered_in = context_of(cpu.preempt_count);
            stack.push(callee);
            sink.enter(CallEntry {
                routine: callee.line.routine,
                cpu: number,
                depth: u32::try_from(stack.len() - 1).expect("a shallow stack"),
                on_irq_stack,
                preempt_count: cpu.preempt_count,
            });
        }
        Step::Return(value) => {
            cpu.result = value;
            stack.pop();
            while stack.last().is_some_and(|caller| caller.ends) {
                stack.pop();
            }
        }
    }
}

/// The CPU takes the timer's request, whose vector has the higher priority, or its oldest.
#[cold]
fn take_interrupt<S: Sink>(cpu: &mut Cpu, sink: &mut S, number: CpuId) {
    let mut frame = match cpu.timer_requested.pop_front() {
        Some(napi) => CallFrame::of(SysvecApicTimerInterrupt { napi, saved: 0 }),
        None => {
            let vector = cpu.requested.pop_front().expect("an interrupt is requested");
            CallFrame::of(CommonInterrupt { vector, saved: 0 })
        }
    };
    frame.entered_in = match context_of(cpu.preempt_count) {
        Context::Softirq => Context::HardirqInSoftirq,
        _ => Context::Hardirq,
    };
    cpu.irq_stack.push(frame);
    sink.enter(CallEntry {
        routine: frame.line.routine,
        cpu: number,
        depth: u32::try_from(cpu.irq_stack.len() - 1).expect("a shallow stack"),
        on_irq_stack: true,
        preempt_count: cpu.preempt_count + HARDIRQ_OFFSET,
    });
    debug_assert!(cpu.current != IDLE || cpu.free_at > 0, "idle ran before");
}
