//! How often the lines of a run touched the members of structs.
//!
//! Counted are the runs of each line; which members that is, the tables of the lines say. As the survey, it
//! follows with a machine of its own.

use super::keyframes::Keyframes;
use super::stop::{Stop, StopSink, watched_step};
use crate::engine::{Naming, ROUTINES, info, naming};
use crate::fact::LineId;
use crate::machine::{Machine, Traffic};

/// How often each line was run, up to a step.
#[derive(Clone, Debug)]
pub struct Tally {
    machine: Machine,
    /// By the line's routine, then by the line.
    runs: Vec<Vec<u32>>,
}

/// How often a member was touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touches {
    /// Runs of lines that read it.
    pub reads: u64,
    /// Runs of lines that write it.
    pub writes: u64,
}

impl Tally {
    /// Nothing has been counted; `start` is the machine at power-on.
    #[must_use]
    pub fn new(start: Machine) -> Self {
        let last = ROUTINES.iter().map(|&routine| routine as usize).max().unwrap_or(0);
        let mut runs = vec![Vec::new(); last + 1];
        for &routine in ROUTINES {
            runs[routine as usize] = vec![0; info(routine).deeds.len()];
        }
        Self { machine: start, runs }
    }

    /// Up to which step it has counted.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.machine.step
    }

    /// Goes to `step`, which must be explored, by so many steps at the most; or back, by as many, or anew from
    /// the start where that is nearer.
    pub fn follow(&mut self, keyframes: &Keyframes, traffic: &Traffic, step: u64, most: u64) {
        if step < self.machine.step / 2 {
            *self = Self::new(keyframes.nearest(0).clone());
        }
        if step < self.machine.step {
            let back = step.max(self.machine.step.saturating_sub(most));
            let mut machine = keyframes.at(traffic, back);
            let start = machine.clone();
            while machine.step < self.machine.step {
                let Some(line) = next_line(&mut machine, traffic) else { break };
                self.runs[line.routine as usize][usize::from(line.line)] -= 1;
            }
            self.machine = start;
        } else {
            let goal = step.min(self.machine.step.saturating_add(most));
            while self.machine.step < goal {
                let Some(line) = next_line(&mut self.machine, traffic) else { break };
                self.runs[line.routine as usize][usize::from(line.line)] += 1;
            }
        }
    }

    /// How often a line was run.
    #[must_use]
    pub fn runs(&self, line: LineId) -> u64 {
        self.runs[line.routine as usize][usize::from(line.line)].into()
    }

    /// All members of a struct that lines name, by path, also those that were never touched.
    #[must_use]
    pub fn of(&self, struct_name: &str) -> Vec<(String, Touches)> {
        let named = naming(struct_name);
        let mut paths: Vec<&str> = named.iter().map(|named| named.path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        let exactly = |path| self.sum(named.iter().filter(move |named| named.path == path));
        paths.into_iter().map(|path| (path.to_owned(), exactly(path))).collect()
    }

    /// How often each of these members of a struct was touched: by lines that name it, the whole that it is
    /// a part of, or a part of it. A line that names several parts of one touches it once.
    #[must_use]
    pub fn members(&self, struct_name: &str, paths: &[&str]) -> Vec<Touches> {
        let named = naming(struct_name);
        let of = |path: &&str| self.sum(named.iter().filter(|named| named.concerns(path)));
        paths.iter().map(of).collect()
    }

    fn sum<'a>(&self, named: impl Iterator<Item = &'a Naming>) -> Touches {
        let mut touches = Touches::default();
        let (mut read, mut written) = (None, None);
        for Naming { line, writes, .. } in named {
            let (sum, counted) = match writes {
                true => (&mut touches.writes, &mut written),
                false => (&mut touches.reads, &mut read),
            };
            if counted.replace(*line) != Some(*line) {
                *sum += self.runs(*line);
            }
        }
        touches
    }
}

/// Makes a step and says which line it was.
fn next_line(machine: &mut Machine, traffic: &Traffic) -> Option<LineId> {
    let mut sink = StopSink::new(Stop::Line);
    watched_step(machine, traffic, &mut sink).then_some(sink.fact?.line)
}
