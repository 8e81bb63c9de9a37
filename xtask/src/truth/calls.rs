//! The model's calls, in the form of the recordings.

use super::experiment::Model;
use nicscope_core::engine::{advance, info, line_info, power_on};
use nicscope_core::fact::{CallEntry, Fact, RoutineId, Sink};
use nicscope_core::machine::{Context, Driver, Machine, Traffic, context_of};
use std::collections::BTreeMap;

/// How a CPU enters an interrupt.
const INTERRUPTS: [RoutineId; 2] =
    [RoutineId::CommonInterrupt, RoutineId::SysvecApicTimerInterrupt];
/// The most steps of one experiment.
const STEPS_MAX: u64 = 5_000_000;

/// A call, or a tracepoint (`@name {args}`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) depth: u32,
    pub(super) name: String,
    pub(super) context: &'static str,
}

/// What the model did.
pub(super) struct Recorded {
    pub(super) calls: Vec<Call>,
    pub(super) polls_work: Vec<u32>,
    pub(super) gro_results: BTreeMap<String, u32>,
    pub(super) refills: Vec<u32>,
    pub(super) skb_lens_to_stack: BTreeMap<String, u32>,
}

/// What one step stated.
#[derive(Default)]
struct StepSink {
    fact: Option<Fact>,
    entries: Vec<CallEntry>,
}

impl Sink for StepSink {
    fn fact(&mut self, fact: Fact) {
        self.fact = Some(fact);
    }
    fn enter(&mut self, entry: CallEntry) {
        self.entries.push(entry);
    }
}

/// For each frame of each stack, whether it was entered inside the window.
#[derive(Default)]
struct Listed {
    tasks: BTreeMap<u32, Vec<bool>>,
    irq: Vec<bool>,
}

impl Listed {
    /// How many listed frames lie below the top of what CPU 0 runs.
    fn depth(&mut self, machine: &Machine) -> u32 {
        let cpu = &machine.cpus[0];
        let task = self.tasks.entry(cpu.current.0).or_default();
        task.resize(machine.tasks[cpu.current.index()].stack.len(), false);
        self.irq.resize(cpu.irq_stack.len(), false);
        let listed = task.iter().chain(&self.irq).filter(|&&listed| listed).count();
        u32::try_from(listed).expect("a shallow stack")
    }

    fn enter(&mut self, machine: &Machine, entry: &CallEntry, listed: bool) {
        let current = machine.cpus[0].current.0;
        let stack =
            if entry.on_irq_stack { &mut self.irq } else { self.tasks.entry(current).or_default() };
        stack.resize(entry.depth as usize, false);
        stack.push(listed);
    }
}

/// Runs the model and lists its calls, from the first interrupt on.
pub(super) fn record(model: &Model) -> Recorded {
    let mut machine = power_on(model.settings, &model.traffic);
    let mut sink = StepSink::default();
    let mut listed = Listed::default();
    let mut open = false;
    let mut recorded = Recorded {
        calls: Vec::new(),
        polls_work: Vec::new(),
        gro_results: BTreeMap::new(),
        refills: Vec::new(),
        skb_lens_to_stack: BTreeMap::new(),
    };
    loop {
        let context = machine.cpus[0].context();
        let depth = listed.depth(&machine);
        sink.entries.clear();
        // The window ends when the machine is idle and what was sent has been read. (The card may
        // fire once more for causes that arose during the poll: outside the window, as in the
        // recordings.)
        let cpu = &machine.cpus[0];
        let timed = machine.napis.iter().any(|napi| napi.timer_due.is_some());
        let idle = open && cpu.halted && !cpu.is_requested() && !timed;
        let ended = idle && accounted(&machine, &model.traffic);
        if ended || !advance(&mut machine, &model.traffic, &mut sink) || machine.step > STEPS_MAX {
            return recorded;
        }
        let fact = sink.fact.take().expect("each step states a fact");
        open |= fact.line.routine == RoutineId::CommonInterrupt;
        if open {
            tracepoint(&mut recorded, &machine, &fact, depth, name(context));
            count(&mut recorded, &machine, &fact);
        }
        for entry in &sink.entries {
            if INTERRUPTS.contains(&entry.routine) {
                listed.depth(&machine);
            }
            let below = listed_below(&mut listed, &machine, entry);
            if open {
                let context = name(context_of(entry.preempt_count));
                let name = info(entry.routine).name.to_owned();
                recorded.calls.push(Call { depth: below, name, context });
            }
            listed.enter(&machine, entry, open);
        }
    }
}

/// Whether every frame was read or dropped.
fn accounted(machine: &Machine, traffic: &Traffic) -> bool {
    let ended = machine.delivered() + machine.control + machine.drops.total();
    ended == traffic.frames.len() as u64
}

/// How many listed frames lie below the frame that was just entered.
fn listed_below(listed: &mut Listed, machine: &Machine, entry: &CallEntry) -> u32 {
    let cpu = &machine.cpus[0];
    let task = listed.tasks.entry(cpu.current.0).or_default();
    let task_below = if entry.on_irq_stack { task.len() } else { entry.depth as usize };
    let irq_below = if entry.on_irq_stack { entry.depth as usize } else { 0 };
    let count =
        |stack: &[bool], below: usize| stack.iter().take(below).filter(|&&listed| listed).count();
    let below = count(task, task_below) + count(&listed.irq, irq_below);
    u32::try_from(below).expect("a shallow stack")
}

fn name(context: Context) -> &'static str {
    match context {
        Context::Task => "task",
        Context::Softirq => "softirq",
        Context::Hardirq => "hardirq",
        Context::HardirqInSoftirq => "hardirq-in-softirq",
    }
}

fn tracepoint(
    recorded: &mut Recorded,
    machine: &Machine,
    fact: &Fact,
    depth: u32,
    context: &'static str,
) {
    let Some(tracepoint) = line_info(fact.line).tracepoint() else {
        return;
    };
    let object = fact.object;
    let arguments = match tracepoint {
        "irq_handler_entry" => {
            let device = match machine.settings.driver {
                Driver::Igb => "eth0-rx-0",
                Driver::Ice => "ice-eth0-TxRx-0",
            };
            format!("irq={object} name={device}")
        }
        "irq_handler_exit" => format!("irq={object} ret=handled"),
        "napi_gro_receive_exit" => format!("ret={object}"),
        "napi_poll" => {
            let napi = &machine.napis[usize::from(object)];
            recorded.polls_work.push(napi.last_work);
            format!("work {} budget {}", napi.last_work, napi.weight)
        }
        _ => format!("vec={object} [action=NET_RX]"),
    };
    let name = format!("@{tracepoint} {{{arguments}}}");
    recorded.calls.push(Call { depth, name, context });
}

/// Counts what the recordings count.
fn count(recorded: &mut Recorded, machine: &Machine, fact: &Fact) {
    let line = line_info(fact.line);
    match fact.line.routine {
        RoutineId::NapiGroReceive if line.tracepoint().is_some() => {
            let result = match fact.object {
                0 => "MERGED",
                1 => "MERGED_FREE",
                2 => "HELD",
                3 => "NORMAL",
                _ => "CONSUMED",
            };
            *recorded.gro_results.entry(result.to_owned()).or_default() += 1;
        }
        RoutineId::IgbAllocRxBuffers | RoutineId::IceAllocRxBufs if line.name() == "ClearNext" => {
            if let Some(last) = recorded.refills.last_mut() {
                *last += 1;
            }
        }
        RoutineId::IgbCleanRxIrq | RoutineId::IceCleanRxIrq
            if line.name().starts_with("Refill") =>
        {
            recorded.refills.push(0);
        }
        RoutineId::NetifReceiveSkbCore if line.name() == "Count" => {
            let skb = &machine.skbs.objects[usize::from(fact.object)];
            *recorded.skb_lens_to_stack.entry(skb.len.to_string()).or_default() += 1;
        }
        _ => {}
    }
}
