//! Who acts when: each step belongs to the lane of its actor, and takes its time there.

use super::stop::{Stop, StopSink, watched_step};
use crate::engine::line_info;
use crate::fact::{Fact, Object, RoutineId, Subject, Verb};
use crate::machine::{CallFrame, Context, Machine, Traffic};

/// An actor on the timeline, from the wire up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// The cable.
    Wire,
    /// The card with its DMA.
    Nic,
    /// What lies between the card and the rest: the IOMMU, and messages that reach the local APIC.
    Bus,
    /// The CPU in a hard interrupt.
    Hardirq,
    /// The CPU in a softirq, outside any poll.
    Softirq,
    /// The CPU in a poll: the driver, `sk_buff`s, GRO.
    Napi,
    /// The CPU in a softirq above the driver: receive core, IP, UDP, TCP, socket.
    Stack,
    /// The CPU in a task in the kernel: system calls, `ksoftirqd`, set-up, idle.
    Task,
    /// The CPU in the application's own code.
    Application,
}

impl Lane {
    /// How many there are.
    pub const COUNT: usize = 9;
    /// All of them, from the wire up.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Wire,
        Self::Nic,
        Self::Bus,
        Self::Hardirq,
        Self::Softirq,
        Self::Napi,
        Self::Stack,
        Self::Task,
        Self::Application,
    ];

    /// Its name in ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Nic => "nic",
            Self::Bus => "bus",
            Self::Hardirq => "hardirq",
            Self::Softirq => "softirq",
            Self::Napi => "napi",
            Self::Stack => "stack",
            Self::Task => "task",
            Self::Application => "application",
        }
    }
}

/// An event that one looks for in a long run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Marker {
    /// A frame arrives.
    Arrival,
    /// The card, or the IOMMU in front of it, drops a frame.
    CardDrop,
    /// The card's vector is armed again.
    Rearm,
    /// A CPU takes an interrupt.
    Interrupt,
    /// A poll used its weight up, or `net_rx_action()` its budget or time.
    Budget,
    /// GRO merged a packet into one that it holds.
    Merge,
    /// The kernel drops a packet.
    Drop,
    /// A task is woken.
    Wakeup,
}

impl Marker {
    /// How many there are.
    pub const COUNT: usize = 8;
    /// All of them, from the wire up.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Arrival,
        Self::CardDrop,
        Self::Rearm,
        Self::Interrupt,
        Self::Budget,
        Self::Merge,
        Self::Drop,
        Self::Wakeup,
    ];

    /// Its name in ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::CardDrop => "card-drop",
            Self::Rearm => "rearm",
            Self::Interrupt => "interrupt",
            Self::Budget => "budget",
            Self::Merge => "merge",
            Self::Drop => "drop",
            Self::Wakeup => "wakeup",
        }
    }

    /// The letter that stands for it.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Arrival => "F",
            Self::CardDrop | Self::Drop => "D",
            Self::Rearm => "R",
            Self::Interrupt => "I",
            Self::Budget => "B",
            Self::Merge => "M",
            Self::Wakeup => "W",
        }
    }

    /// The lane beside which it is shown.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::Arrival => Lane::Wire,
            Self::CardDrop | Self::Rearm => Lane::Nic,
            Self::Interrupt => Lane::Hardirq,
            Self::Budget => Lane::Softirq,
            Self::Merge => Lane::Napi,
            Self::Drop | Self::Wakeup => Lane::Stack,
        }
    }
}

/// One step as the timeline sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// How many steps have been made with it.
    pub step: u64,
    /// Whose it is.
    pub lane: Lane,
    /// When it was done, in ns since power-on.
    pub at_ns: u64,
    /// Until when it takes its actor, unless an interrupt cuts it short.
    pub until_ns: u64,
    /// What it is marked as.
    pub marker: Option<Marker>,
    /// Where the task works: in the kernel or in its own code.
    pub task: Lane,
    /// The task works on in this time: an interrupt had cut it short and is over.
    pub resumed: Option<(u64, u64)>,
    /// This time is not spent after all, as an interrupt arrived: up to the time in the middle it
    /// was that lane's, and from there on the task's.
    pub cut: Option<(u64, (Lane, u64), u64)>,
}

/// A machine whose steps are watched for the timeline.
#[derive(Clone, Debug)]
pub struct Passes {
    machine: Machine,
    /// Whose the CPU's last step was, and until when; from there on the task has it.
    own: (Lane, u64),
}

impl Passes {
    /// Watches from here on.
    #[must_use]
    pub fn of(machine: Machine) -> Self {
        Self { machine, own: (Lane::Task, 0) }
    }

    /// The machine after the last step.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Makes one step and says what the timeline shows of it; none at the run's end.
    pub fn pass(&mut self, traffic: &Traffic) -> Option<Passage> {
        let machine = &mut self.machine;
        let working = working_in(machine);
        let (squeezed, free_at) = (machine.cpus[0].softnet.time_squeeze, machine.cpus[0].free_at);
        let mut sink = StopSink::new(Stop::Line);
        if !watched_step(machine, traffic, &mut sink) {
            return None;
        }
        let fact = sink.fact.expect("each step states a fact");
        let line = line_info(fact.line);
        let lane = lane_of(&fact, line.subject, working);
        let cpu = &machine.cpus[0];
        let mut until_ns = fact.at + machine.settings.costs.ns(line.cost);
        let (mut resumed, mut cut) = (None, None);
        if lane < Lane::Hardirq {
            cut = (cpu.free_at < free_at).then_some((cpu.free_at, self.own, free_at));
        } else {
            if lane < Lane::Task && cpu.works_until > 0 {
                resumed = Some((until_ns, cpu.free_at));
            } else {
                until_ns = cpu.free_at;
            }
            self.own = (lane, until_ns);
        }
        let marker = if cpu.softnet.time_squeeze > squeezed {
            Some(Marker::Budget)
        } else {
            marker_of(&fact, lane)
        };
        let (step, at_ns, task) = (machine.step, fact.at, task_in(machine));
        Some(Passage { step, lane, at_ns, until_ns, marker, task, resumed, cut })
    }
}

/// What the CPU works at in a step of its own: the lane of the frame on top.
///
/// A frame's context is what `preempt_count` said when it was entered. The code that starts the
/// softirqs at the end of an interrupt is entered outside any, but on the interrupt's stack.
fn working_in(machine: &Machine) -> Lane {
    let cpu = &machine.cpus[0];
    let on_irq_stack = !cpu.irq_stack.is_empty();
    let stack = machine.running_stack(crate::units::CpuId(0));
    match stack.last().map_or(Context::Task, |frame| frame.entered_in) {
        Context::Hardirq | Context::HardirqInSoftirq => Lane::Hardirq,
        Context::Task if !on_irq_stack => Lane::Task,
        Context::Task | Context::Softirq => softirq_work(stack),
    }
}

/// Where the task works that runs, or that an interrupt holds up.
fn task_in(machine: &Machine) -> Lane {
    let task = &machine.tasks[machine.cpus[0].current.index()];
    let own = task
        .stack
        .last()
        .is_some_and(|frame| line_info(frame.line).subject == Subject::Application);
    if own { Lane::Application } else { Lane::Task }
}

/// What a softirq works at. Making and freeing `sk_buff`s belongs to who asked for it.
fn softirq_work(stack: &[CallFrame]) -> Lane {
    let mut routines = stack.iter().rev().map(|frame| frame.line.routine);
    let buffers = RoutineId::NapiBuildSkb..RoutineId::EthTypeTrans;
    match routines.find(|routine| !buffers.contains(routine)) {
        Some(routine) if routine >= RoutineId::NetifReceiveSkbListInternal => Lane::Stack,
        Some(routine) if routine >= RoutineId::NapiPoll => Lane::Napi,
        _ => Lane::Softirq,
    }
}

fn lane_of(fact: &Fact, subject: Subject, on_cpu: Lane) -> Lane {
    match subject {
        Subject::Wire => Lane::Wire,
        Subject::Nic => Lane::Nic,
        Subject::Iommu | Subject::Lapic => Lane::Bus,
        Subject::Application => Lane::Application,
        Subject::Kernel | Subject::Driver => match fact.line.routine {
            // Its first line runs in the step that takes the interrupt.
            RoutineId::CommonInterrupt | RoutineId::SysvecApicTimerInterrupt => Lane::Hardirq,
            _ => on_cpu,
        },
    }
}

/// `GRO_MERGED` and `GRO_MERGED_FREE`, as a [`Object::GroResult`].
const MERGED: std::ops::RangeInclusive<u16> = 0..=1;

fn marker_of(fact: &Fact, lane: Lane) -> Option<Marker> {
    let line = line_info(fact.line);
    match (fact.line.routine, line.verb, line.object) {
        (RoutineId::WireDeliver, ..) => Some(Marker::Arrival),
        (RoutineId::CommonInterrupt, ..) if fact.line.line == 0 => Some(Marker::Interrupt),
        (RoutineId::DoNapiPoll, ..) if line.name() == "Keep" => Some(Marker::Budget),
        (_, Verb::Drops, Object::Reason) if lane < Lane::Hardirq => Some(Marker::CardDrop),
        (_, Verb::Drops, Object::Reason) => Some(Marker::Drop),
        (_, Verb::Arms, Object::Vector) if lane == Lane::Nic => Some(Marker::Rearm),
        (_, Verb::Returns, Object::GroResult) if MERGED.contains(&fact.object) => {
            Some(Marker::Merge)
        }
        (_, Verb::Wakes, Object::Task) => Some(Marker::Wakeup),
        _ => None,
    }
}
