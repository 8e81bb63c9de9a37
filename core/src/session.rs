//! The one door: a run, a place in it, and commands that move the place.
//!
//! The front end, the tests and the command line use this and nothing below it to drive a run.
//! [`Session::run`] never fails half-way: what cannot be done is [`Outcome::Rejected`] and leaves
//! the place as it was.

mod asked;
mod follow;

use crate::engine::{info, power_on};
use crate::fact::{Fact, LineId, RoutineId, Traced};
use crate::machine::Machine;
pub use crate::scenario::STEPS_MAX;
use crate::scenario::Scenario;
use crate::timeline::{
    Buckets, Keyframes, Lane, Marker, Stop, StopSink, Survey, Tally, Window, watched_step,
};
use crate::view::{self, Followed, ObjectId, Place, Recall, WalkView};
use serde::{Deserialize, Serialize};

/// Steps that one command makes at the most before it reports back: some tens of milliseconds.
const SLICE: u64 = 500_000;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// On to the next step that meets the condition.
    Forward(Stop),
    /// Back to the last step before this one that meets the condition.
    Back(Stop),
    /// On to the next step that reads, writes or names this object, or is about this packet; if there
    /// is none, the place stays.
    Next(Followed),
    /// Back to the last step before this one that does; if there is none, the place stays.
    Previous(Followed),
    /// On to the next step that meets the condition, and from the end to the first one of the run;
    /// if there is none, the place stays.
    Find(Stop),
    /// On to where this routine begins next, in the same way; for what no one calls that is its
    /// first line.
    Begin(RoutineId),
    /// On by so many steps, or back.
    By(i64),
    /// To this step.
    ToStep(u64),
    /// To the last step made at or before this time, in ns.
    ToTime(u64),
    /// To just before the first frame arrives.
    ToFirstFrame,
    /// To the end of the run.
    ToEnd,
    /// Explores the run further, without moving the place.
    Explore,
    /// Sums up more of what is explored for the timeline, by so many steps at the most.
    Survey(u64),
    /// Counts which lines were run up to this place, by so many steps at the most; it does not move
    /// the place.
    Tally(u64),
    /// Looks up what became of one member of one object up to this place, by so many steps at the most; it
    /// does not move the place.
    Recall(ObjectId, &'static str, u64),
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The place is where it was asked to be.
    Moved,
    /// The run ends before the condition is met: the place is its end.
    AtEnd,
    /// Nothing before this place meets the condition: the place is the start.
    AtStart,
    /// More slices are needed: run the same command again.
    Unfinished,
    /// It cannot be done.
    Rejected(Rejection),
}

/// Why a command was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rejection {
    /// The run has no such step.
    NoSuchStep {
        /// The last one.
        last: u64,
    },
    /// No frame arrives in this run.
    NoFrame,
    /// The model does not hold this member of the object.
    NoSuchMember,
}

/// A run and a place in it.
#[derive(Clone, Debug)]
pub struct Session {
    scenario: Scenario,
    keyframes: Keyframes,
    survey: Survey,
    /// What was counted; a run that nobody asks about has none.
    tally: Option<Tally>,
    recall: Option<Recall>,
    now: Machine,
    before: Machine,
    fact: Option<Fact>,
    first_frame: Option<u64>,
}

impl Session {
    /// A run of `scenario`, at power-on.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        let start = power_on(scenario.settings, &scenario.traffic);
        Self {
            keyframes: Keyframes::new(start.clone()),
            survey: Survey::new(start.clone()),
            tally: None,
            recall: None,
            now: start.clone(),
            before: start,
            scenario,
            fact: None,
            first_frame: None,
        }
    }

    /// What is run.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The machine at this place.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.now
    }

    /// The machine one step earlier.
    #[must_use]
    pub fn before(&self) -> &Machine {
        &self.before
    }

    /// What the last step did; none at power-on.
    #[must_use]
    pub fn fact(&self) -> Option<Fact> {
        self.fact
    }

    /// The place: how many steps have been made.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.now.step
    }

    /// How far the run is known, and whether that is its end.
    #[must_use]
    pub fn explored(&self) -> (u64, bool) {
        (self.keyframes.explored(), self.keyframes.ended())
    }

    /// What the Walk page shows of this place.
    #[must_use]
    pub fn walk(&self) -> WalkView {
        view::walk(&self.place_now())
    }

    /// This place, for the views.
    #[must_use]
    pub fn place_now(&self) -> Place<'_> {
        let (explored, ended) = self.explored();
        Place {
            machine: &self.now,
            before: &self.before,
            fact: self.fact,
            traffic: &self.scenario.traffic,
            explored,
            ended,
        }
    }

    /// Does what is asked.
    pub fn run(&mut self, command: Command) -> Outcome {
        match command {
            Command::Forward(Stop::Line) => self.by(1),
            Command::Back(Stop::Line) => self.by(-1),
            Command::Forward(stop) => self.forward(stop),
            Command::Back(stop) => self.back(stop),
            Command::Next(followed) => self.next(followed),
            Command::Previous(followed) => self.previous(followed),
            Command::Find(stop) => self.find(stop),
            Command::Begin(routine) => self.begin(routine),
            Command::By(steps) => self.by(steps),
            Command::ToStep(step) => self.seek_step(step),
            Command::ToTime(at_ns) => self.seek_time(at_ns),
            Command::ToFirstFrame => self.seek_first_frame(),
            Command::ToEnd => match self.explore() {
                Outcome::Unfinished => Outcome::Unfinished,
                _ => {
                    self.place(self.keyframes.explored());
                    Outcome::AtEnd
                }
            },
            Command::Explore => self.explore(),
            Command::Survey(steps) => {
                let explored = self.keyframes.explored();
                self.survey.follow(&self.scenario.traffic, explored, steps);
                if self.survey.step() < explored { Outcome::Unfinished } else { Outcome::AtEnd }
            }
            Command::Tally(steps) => self.count(steps),
            Command::Recall(object, path, steps) => self.recall(object, path, steps),
        }
    }

    /// What the timeline knows: up to which step, and up to which time in ns.
    #[must_use]
    pub fn surveyed(&self) -> (u64, u64) {
        (self.survey.step(), self.survey.until_ns())
    }

    /// The timeline's summary of all that is surveyed.
    #[must_use]
    pub fn survey(&self) -> &Buckets {
        self.survey.buckets()
    }

    /// The timeline between two times, as far as it is surveyed.
    #[must_use]
    pub fn window(&self, between_ns: (u64, u64)) -> Window {
        self.survey.window(&self.keyframes, &self.scenario.traffic, between_ns)
    }

    /// The step of these lanes that is made nearest to a time, as far as the run is surveyed.
    #[must_use]
    pub fn nearest(&self, lanes: &[Lane], at_ns: u64) -> Option<u64> {
        self.survey.nearest(&self.keyframes, &self.scenario.traffic, lanes, at_ns)
    }

    /// The next step with one of these markers after a step, or the last one before it, as far as
    /// the run is surveyed.
    #[must_use]
    pub fn marked(&self, markers: &[Marker], from: (u64, bool)) -> Option<u64> {
        self.survey.marked(&self.keyframes, &self.scenario.traffic, markers, from)
    }

    /// Puts the place at an explored step.
    fn place(&mut self, step: u64) {
        if step == self.now.step {
            return;
        }
        if step == self.now.step + 1 {
            self.before.clone_from(&self.now);
        } else {
            self.before = self.keyframes.at(&self.scenario.traffic, step.saturating_sub(1));
            self.now = self.before.clone();
        }
        self.fact = None;
        if step > 0 {
            let mut sink = StopSink::new(Stop::Line);
            watched_step(&mut self.now, &self.scenario.traffic, &mut sink);
            self.fact = sink.fact;
        }
    }

    /// Makes sure that `step` is explored, or the run's end if it ends before.
    fn reach(&mut self, step: u64) -> Outcome {
        let explored = self.keyframes.explored();
        if step <= explored || self.keyframes.ended() {
            return Outcome::Moved;
        }
        self.keyframes.explore(&self.scenario.traffic, (step - explored).min(SLICE));
        let done = step <= self.keyframes.explored() || self.keyframes.ended();
        if done { Outcome::Moved } else { Outcome::Unfinished }
    }

    fn explore(&mut self) -> Outcome {
        if self.keyframes.explored() >= STEPS_MAX {
            return Outcome::AtEnd;
        }
        self.keyframes.explore(&self.scenario.traffic, SLICE);
        if self.keyframes.ended() { Outcome::AtEnd } else { Outcome::Unfinished }
    }

    fn by(&mut self, steps: i64) -> Outcome {
        let wanted = self.now.step.saturating_add_signed(steps);
        if self.reach(wanted) == Outcome::Unfinished {
            return Outcome::Unfinished;
        }
        let explored = self.keyframes.explored();
        let at_end = wanted > explored;
        let at_start = self.now.step == 0 && steps < 0;
        self.place(wanted.min(explored));
        match (at_end, at_start) {
            (true, _) => Outcome::AtEnd,
            (_, true) => Outcome::AtStart,
            _ => Outcome::Moved,
        }
    }

    fn seek_step(&mut self, step: u64) -> Outcome {
        if step > STEPS_MAX {
            return Outcome::Rejected(Rejection::NoSuchStep { last: self.keyframes.explored() });
        }
        if self.reach(step) == Outcome::Unfinished {
            return Outcome::Unfinished;
        }
        let last = self.keyframes.explored();
        if step > last {
            return Outcome::Rejected(Rejection::NoSuchStep { last });
        }
        self.place(step);
        Outcome::Moved
    }

    fn seek_time(&mut self, at_ns: u64) -> Outcome {
        if !self.keyframes.ended() && self.keyframes.explored_ns() <= at_ns {
            return match self.explore() {
                Outcome::Unfinished => Outcome::Unfinished,
                _ => self.seek_time(at_ns),
            };
        }
        let step = self.keyframes.step_at_time(&self.scenario.traffic, at_ns);
        self.place(step);
        Outcome::Moved
    }

    fn seek_first_frame(&mut self) -> Outcome {
        if self.scenario.traffic.frames.is_empty() {
            return Outcome::Rejected(Rejection::NoFrame);
        }
        if let Some(step) = self.first_frame {
            return self.seek_step(step);
        }
        let mut machine = self.keyframes.nearest(0).clone();
        let mut sink = StopSink::new(Stop::Packet);
        while watched_step(&mut machine, &self.scenario.traffic, &mut sink) {
            if sink.met {
                self.first_frame = Some(machine.step - 1);
                return match self.seek_step(machine.step - 1) {
                    Outcome::Unfinished => self.seek_first_frame(),
                    outcome => outcome,
                };
            }
        }
        Outcome::Rejected(Rejection::NoFrame)
    }

    fn forward(&mut self, stop: Stop) -> Outcome {
        let mut machine = self.now.clone();
        let mut sink = StopSink::new(stop);
        while watched_step(&mut machine, &self.scenario.traffic, &mut sink) {
            if sink.met {
                while self.reach(machine.step) == Outcome::Unfinished {}
                self.place(machine.step);
                return Outcome::Moved;
            }
        }
        while self.reach(machine.step) == Outcome::Unfinished {}
        self.place(machine.step);
        Outcome::AtEnd
    }

    fn find(&mut self, stop: Stop) -> Outcome {
        let from = self.now.step;
        if self.forward(stop) == Outcome::Moved {
            return Outcome::Moved;
        }
        self.place(0);
        let outcome = self.forward(stop);
        if outcome != Outcome::Moved {
            self.place(from);
        }
        outcome
    }

    fn begin(&mut self, routine: RoutineId) -> Outcome {
        if info(routine).traced == Traced::Outside {
            return self.find(Stop::OfLine(LineId { routine, line: 0 }));
        }
        let outcome = self.find(Stop::Enter(routine));
        // The step that a CPU takes an interrupt in is its first line.
        let begun = self.fact.is_some_and(|fact| fact.line.routine == routine);
        if outcome != Outcome::Moved || begun {
            return outcome;
        }
        // The hardware may act before the first line.
        self.forward(Stop::OfRoutine(routine))
    }

    /// Replays stretch by stretch, from the one before this place, until one meets the condition.
    fn back(&mut self, stop: Stop) -> Outcome {
        let mut limit = self.now.step;
        let mut sink = StopSink::new(stop);
        // A keyframe's own step is made in the stretch before it.
        while limit > 1 {
            let mut machine = self.keyframes.nearest(limit - 2).clone();
            let start = machine.step;
            let mut found = None;
            while machine.step + 1 < limit {
                watched_step(&mut machine, &self.scenario.traffic, &mut sink);
                if std::mem::take(&mut sink.met) {
                    found = Some(machine.step);
                }
            }
            if let Some(step) = found {
                self.place(step);
                return Outcome::Moved;
            }
            limit = start + 1;
        }
        self.place(0);
        Outcome::AtStart
    }
}
