//! The scheduler, as far as the packet path needs it: who runs next, and waking sleepers.
//!
//! Tasks run in order of wake-up and give way only when they sleep; `ksoftirqd` also when it asks
//! (`cond_resched`) and another was woken. Left out: preemption of a running task, priorities,
//! virtual run time, load balancing.

use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Flow, IDLE, KSOFTIRQD, Machine, Run, TaskState};
use crate::units::{CpuId, PacketId, TaskId};

/// Makes a sleeping task runnable on `cpu`.
pub(crate) fn wake_up(machine: &mut Machine, cpu: CpuId, task: TaskId) {
    let record = &mut machine.tasks[task.index()];
    if record.state != TaskState::Interruptible {
        return;
    }
    record.state = TaskState::Running;
    let cpu = &mut machine.cpus[cpu.index()];
    // A task that has not yet left the CPU stays there; its own schedule() will keep it.
    if cpu.current != task {
        cpu.run_queue.push_back(task);
    }
    // ksoftirqd has an ordinary task's priority: one that slept long goes first.
    if matches!(cpu.current, IDLE | KSOFTIRQD) && cpu.current != task {
        cpu.need_resched = true;
    }
}

routine! {
    /// Gives the CPU to the next task; returns when this task has it again.
    Schedule { } lines ScheduleLine;
    Visible "schedule" "kernel/sched/core.c" : 6812;
    Pick 6685 "next = pick_next_task(rq)" Kernel Looks Task Cpu reads["task_struct.__state"];
    Switch 6732 "context_switch(rq, prev, next)" Kernel Switches Task ContextSwitch
        writes["rq.curr"];
    Finish 5355 "finish_task_switch(prev)" Kernel Returns Task Cpu;
}

impl Run for Schedule {
    fn run<S: Sink>(&mut self, line: ScheduleLine, act: &mut Act<'_, S>) -> Flow<ScheduleLine> {
        let previous = act.cpu().current;
        let runnable =
            previous != IDLE && act.m.tasks[previous.index()].state == TaskState::Running;
        match line {
            ScheduleLine::Pick => {
                let cpu = act.cpu();
                cpu.need_resched = false;
                let next = cpu.run_queue.front().copied();
                let next = next.unwrap_or(if runnable { previous } else { IDLE });
                act.did(next.0, PacketId::NONE);
                if next == previous {
                    return Flow::Return(0);
                }
                Flow::Next(ScheduleLine::Switch)
            }
            ScheduleLine::Switch => {
                let cpu = act.cpu();
                let next = cpu.run_queue.pop_front().unwrap_or(IDLE);
                if runnable {
                    cpu.run_queue.push_back(previous);
                }
                cpu.current = next;
                act.did(next.0, PacketId::NONE);
                Flow::Next(ScheduleLine::Finish)
            }
            ScheduleLine::Finish => {
                act.did(previous.0, PacketId::NONE);
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// The idle task: stops the CPU until an interrupt, then looks whether a task may run.
    DoIdle { } lines IdleLine;
    Visible "do_idle" "kernel/sched/idle.c" : 271;
    Halt 346 "hlt: stop until an interrupt" Kernel Waits Cpu Free;
    Resume 375 "if need_resched(): schedule_idle()" Kernel Tests Cpu Cpu;
}

impl Run for DoIdle {
    fn run<S: Sink>(&mut self, line: IdleLine, act: &mut Act<'_, S>) -> Flow<IdleLine> {
        act.did(act.cpu.0, PacketId::NONE);
        match line {
            // An interrupt may have come since the test: the kernel tests with interrupts off.
            IdleLine::Halt if act.cpu().need_resched => Flow::Next(IdleLine::Resume),
            IdleLine::Halt => Flow::Halt(IdleLine::Resume),
            IdleLine::Resume if act.cpu().need_resched => {
                Flow::Call(CallFrame::of(Schedule {}), IdleLine::Resume)
            }
            IdleLine::Resume => Flow::Next(IdleLine::Halt),
        }
    }
}
