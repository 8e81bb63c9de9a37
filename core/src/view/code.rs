//! The running routine's lines, and the call stack.

use crate::engine::{info, line_info};
use crate::fact::{Fact, LineInfo, RoutineId, RoutineInfo, Subject};
use crate::machine::{CallFrame, Context, Machine, TaskKind};

/// A routine with one of its lines marked.
#[derive(Clone, Copy, Debug)]
pub struct CodeView {
    /// The routine.
    pub routine: RoutineId,
    /// Its description.
    pub info: &'static RoutineInfo,
    /// The line that ran.
    pub line: u8,
}

impl PartialEq for CodeView {
    fn eq(&self, other: &Self) -> bool {
        (self.routine, self.line) == (other.routine, other.line)
    }
}

impl Eq for CodeView {}

impl CodeView {
    /// The line that ran.
    #[must_use]
    pub fn line_info(&self) -> LineInfo {
        self.info.line(self.line)
    }
}

/// A frame of the call stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameView {
    /// The routine.
    pub routine: RoutineId,
    /// Its name, as the kernel spells it.
    pub name: &'static str,
    /// The line that it is at: the one that ran if it is on top, else the one after its call.
    pub line: u8,
    /// The context in which it was entered.
    pub context: Context,
    /// The task whose stack it is on; none for the interrupt stack.
    pub task: Option<TaskKind>,
}

pub(super) fn code(fact: &Fact) -> CodeView {
    CodeView { routine: fact.line.routine, info: info(fact.line.routine), line: fact.line.line }
}

/// The CPU's frames when the fact's line ran: those of its task, then those of the interrupt.
pub(super) fn stack(before: &Machine, fact: Option<&Fact>) -> Vec<FrameView> {
    let cpu = &before.cpus[0];
    let task = &before.tasks[cpu.current.index()];
    let view = |frame: &CallFrame, task| FrameView {
        routine: frame.line.routine,
        name: info(frame.line.routine).name,
        line: frame.line.line,
        context: frame.entered_in,
        task,
    };
    let mut frames: Vec<FrameView> =
        task.stack.iter().map(|frame| view(frame, Some(task.kind))).collect();
    frames.extend(cpu.irq_stack.iter().map(|frame| view(frame, None)));
    let Some(fact) = fact else { return frames };
    let on_cpu = matches!(
        line_info(fact.line).subject,
        Subject::Kernel | Subject::Driver | Subject::Application
    );
    let on_top = frames.last().map(|frame| frame.routine) == Some(fact.line.routine);
    if on_cpu && !on_top {
        // The interrupt's first line: its frame was made in this very step.
        frames.push(FrameView {
            routine: fact.line.routine,
            name: info(fact.line.routine).name,
            line: fact.line.line,
            context: Context::Hardirq,
            task: None,
        });
    }
    frames
}
