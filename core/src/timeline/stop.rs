//! Where a run shall stop.

use crate::engine::{ROUTINES, advance, info, line_info};
use crate::fact::{CallEntry, Fact, LineId, LineInfo, Object, RoutineId, Sink};
use crate::machine::{Machine, Traffic};

/// A condition that a step may meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Every step.
    Line,
    /// A function is entered: the next step is its first line.
    Function,
    /// A frame arrives.
    Packet,
    /// A NAPI is polled.
    Poll,
    /// A CPU takes an interrupt.
    Interrupt,
    /// Something happens for this packet.
    OfPacket(u32),
    /// A line is about such an object, or names members of its struct.
    OfStruct(OfStruct),
    /// This line is run.
    OfLine(LineId),
    /// A line of this routine is run.
    OfRoutine(RoutineId),
    /// This function is entered: its first line is this step for an interrupt, else the CPU's next.
    Enter(RoutineId),
}

/// What lines say that may be about one object. Of which ring it is, or which of several of its
/// kind a line means, they do not say: that takes a look at the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfStruct {
    /// The struct.
    pub name: &'static str,
    /// What lines say of one of its kind, and which number, if they tell them apart.
    pub number: Option<u16>,
    /// What a line about it may be about.
    pub about: [Object; 2],
    /// Members of other structs that lead to it: a line that names one may be about it, too.
    pub through: &'static [&'static str],
}

impl OfStruct {
    /// The lines that name its members or what leads to it, a word of bits a routine; none if a number
    /// tells enough.
    fn naming(self) -> Vec<u64> {
        if self.number.is_some() && self.through.is_empty() {
            return vec![0; ROUTINES.len()];
        }
        let names =
            |path: &str| path.split('.').next() == Some(self.name) || self.through.contains(&path);
        let named = |line: LineInfo| line.writes().chain(line.reads()).any(names);
        let of = |routine: RoutineId| {
            let lines = (0..).zip(info(routine).lines());
            lines.fold(0, |lines, (number, line)| lines | u64::from(named(line)) << number)
        };
        let mut naming = vec![0; ROUTINES.len()];
        for &routine in ROUTINES {
            naming[routine as usize] = of(routine);
        }
        naming
    }
}

/// Watches whether a step met the condition, and keeps what it did.
#[derive(Clone, Debug)]
pub struct StopSink {
    stop: Stop,
    /// The lines that name members of [`Stop::OfStruct`]'s struct: they are read once, not at each
    /// step.
    naming: Vec<u64>,
    /// Whether a step did since this began to watch.
    pub met: bool,
    /// What the last step did.
    pub fact: Option<Fact>,
}

impl StopSink {
    /// Watches for `stop`.
    #[must_use]
    pub fn new(stop: Stop) -> Self {
        let naming = if let Stop::OfStruct(of) = stop { of.naming() } else { Vec::new() };
        Self { stop, naming, met: false, fact: None }
    }

    /// Once in the program, not at each place that states a fact: the page's code is smaller by it.
    #[inline(never)]
    fn is_met_by(&self, fact: Fact) -> bool {
        let LineId { routine, line } = fact.line;
        match self.stop {
            Stop::Line => true,
            Stop::Packet => routine == RoutineId::WireDeliver,
            Stop::Interrupt => routine == RoutineId::CommonInterrupt && line == 0,
            Stop::OfPacket(packet) => fact.packet.0 == packet,
            Stop::OfStruct(of) => {
                let about = of.about.contains(&line_info(fact.line).object);
                let meant = about && of.number.is_none_or(|number| number == fact.object);
                meant || self.naming[routine as usize] >> line & 1 != 0
            }
            Stop::OfLine(wanted) => fact.line == wanted,
            Stop::OfRoutine(wanted) => routine == wanted,
            Stop::Function | Stop::Poll | Stop::Enter(_) => false,
        }
    }
}

/// Makes up to `steps` steps that are watched; returns how many were made.
///
/// Replay watches too, for nothing: each kind of sink is a copy of the whole machine's code, and the
/// page shall have one.
#[inline(never)]
pub fn watch_steps(
    machine: &mut Machine,
    traffic: &Traffic,
    steps: u64,
    sink: &mut StopSink,
) -> u64 {
    let before = machine.step;
    while machine.step - before < steps && advance(machine, traffic, sink) {}
    machine.step - before
}

impl Sink for StopSink {
    #[inline]
    fn fact(&mut self, fact: Fact) {
        self.fact = Some(fact);
        self.met |= matches!(self.stop, Stop::Line) || self.is_met_by(fact);
    }

    fn enter(&mut self, entry: CallEntry) {
        self.met |= match self.stop {
            Stop::Function => true,
            Stop::Enter(routine) => entry.routine == routine,
            Stop::Poll => entry.routine == RoutineId::DoNapiPoll,
            _ => false,
        };
    }
}

/// One step that is watched.
pub fn watched_step(machine: &mut Machine, traffic: &Traffic, sink: &mut StopSink) -> bool {
    watch_steps(machine, traffic, 1, sink) == 1
}
