//! A run that is played: the session, and what moves it from frame to frame.

mod action;
mod grain;
mod looking;
mod shown;
mod study;
mod timeline;
mod workload;

pub use action::{Action, Refusal};
pub use grain::Grain;
pub use shown::{Looked, Searched, Shown, Snapshot};
pub use study::{Studied, Study};
pub use timeline::{Seen, Span};
pub use workload::{Capture, Origin, RINGS, Source, TEACHING_RINGS, Workload, ready};

use crate::browser::clock::now_ms;
use crate::browser::later;
use nicscope_core::scenario::{CaptureError, Link};
use nicscope_core::session::{Command, Outcome, Rejection, Session};
use nicscope_core::timeline::{Marker, Stop};
use nicscope_core::view::{Followed, object};
use std::rc::Rc;
use timeline::Timeline;

/// Tenths of a step in a second for each notch of the speed; the last plays as fast as it can.
pub const SPEEDS: [u32; 13] = [1, 2, 5, 10, 20, 50, 100, 250, 600, 2_500, 10_000, 50_000, u32::MAX];
/// The notch to begin with: slow enough to follow.
const SPEED: usize = 5;
/// Milliseconds of a frame that playing may take.
const BUDGET_MS: f64 = 8.0;
/// Milliseconds without a command before the rest of the run is explored.
const QUIET_MS: f64 = 120.0;
/// Milliseconds of a frame in which steps are summed up for the timeline; fewer while it plays.
const SURVEY_MS: f64 = 10.0;
const SURVEY_PLAYING_MS: f64 = 2.0;
/// Steps that are summed up before the time is looked at.
const SURVEY_STEPS: u64 = 4_096;
/// Steps that are made one by one; more are faster made by a jump.
const ONE_BY_ONE: u64 = 16;

/// The markers that one looks for first: what was lost, used up, merged, made ready again.
pub const MARKERS: [Marker; 5] = nicscope_core::diagram::lanes::DRAWN;

/// What a frame came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// There is something new to show.
    pub changed: bool,
    /// There is more to do in the next frame.
    pub goes_on: bool,
    /// Why what was asked for could not be done.
    pub refused: Option<Refusal>,
}

/// A session with what moves it.
pub struct Player {
    session: Session,
    timeline: Timeline,
    workload: Rc<Workload>,
    revision: u64,
    pinned: Option<Followed>,
    playing: bool,
    grain: Grain,
    speed: usize,
    pending: Option<Command>,
    first_step: u64,
    first_ns: u64,
    /// Steps that are due, in ten-thousandths.
    due: f64,
    played_at: Option<f64>,
    /// Since when nothing is asked for; none until a frame has come since the last time.
    quiet_since: Option<f64>,
    /// Steps of one frame at full speed.
    stride: u64,
}

impl Player {
    /// A player before the first frame of a run.
    ///
    /// # Errors
    /// If the workload has nothing to run.
    pub fn open(workload: Workload) -> Result<Self, CaptureError> {
        let mut session = Session::new(workload.scenario()?);
        while session.run(Command::ToFirstFrame) == Outcome::Unfinished {}
        let first_step = session.step();
        session.run(Command::By(1));
        let first_ns = session.machine().now;
        session.run(Command::ToStep(first_step));
        Ok(Self {
            session,
            timeline: Timeline::default(),
            workload: Rc::new(workload),
            revision: 0,
            pinned: None,
            playing: false,
            grain: Grain::default(),
            speed: SPEED,
            pending: None,
            first_step,
            first_ns,
            due: 0.0,
            played_at: None,
            quiet_since: None,
            stride: 256,
        })
    }

    /// The same, shown after another: what it shows is never taken for what that one showed.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        Self { revision: before.revision, ..self }
    }

    /// What runs.
    #[must_use]
    pub fn workload(&self) -> Rc<Workload> {
        Rc::clone(&self.workload)
    }

    /// The link of this place.
    #[must_use]
    pub fn link(&self) -> Link {
        let machine = self.session.machine();
        let link = self.workload.link(Some((machine.step, machine.state_hash())));
        Link { object: self.pinned.map(Followed::key), ..link }
    }

    /// What is to be shown now.
    pub fn show(&mut self) -> Snapshot {
        self.revision += 1;
        Snapshot(Rc::new(Shown {
            revision: self.revision,
            view: Rc::new(self.session.walk()),
            pinned: self.pinned,
            hash: self.session.machine().state_hash(),
            playing: self.playing,
            busy: self.pending.is_some(),
            timeline: self.timeline.seen(&self.session, self.first_ns),
            grain: self.grain,
            speed: self.speed,
            first_step: self.first_step,
            first_ns: self.first_ns,
            cut: self.session.scenario().traffic.cut,
            workload: Rc::clone(&self.workload),
        }))
    }

    /// Does what is asked.
    ///
    /// # Errors
    /// If there is no such step.
    pub fn act(&mut self, action: &Action) -> Result<(), Refusal> {
        self.quiet_since = None;
        match action {
            Action::Grain(grain) => self.grain = *grain,
            Action::Speed(notch) => self.speed = (*notch).min(SPEEDS.len() - 1),
            Action::Span(span) => self.timeline.change(*span, &self.session, self.first_ns),
            Action::Toggle => {
                self.timeline.follow();
                self.playing = !self.playing && !self.at_end();
                self.pending = None;
                self.played_at = None;
                self.due = 0.0;
                if self.playing {
                    // The press is answered at once.
                    self.playing = self.make(1, now_ms()) != Outcome::AtEnd;
                }
            }
            Action::Open(_) => {}
            Action::Look(object) => self.pinned = *object,
            move_ => {
                self.timeline.follow();
                self.playing = false;
                return self.start(move_);
            }
        }
        Ok(())
    }

    /// The command that makes one step, as large as was chosen.
    fn one_step(&mut self, on: bool) -> Command {
        let kept = if self.grain == Grain::Object { self.kept() } else { None };
        match (self.grain.stop(), kept) {
            (Some(stop), _) if on => Command::Forward(stop),
            (Some(stop), _) => Command::Back(stop),
            (None, Some(kept)) if on => Command::Next(kept),
            (None, Some(kept)) => Command::Previous(kept),
            (None, None) => Command::By(if on { 1 } else { -1 }),
        }
    }

    /// What is looked at; from now on it stays.
    fn kept(&mut self) -> Option<Followed> {
        if self.pinned.is_none() {
            self.pinned = object(&self.session.place_now(), None).map(|object| object.id.into());
        }
        self.pinned
    }

    fn start(&mut self, action: &Action) -> Result<(), Refusal> {
        match *action {
            Action::Step(steps) if self.grain == Grain::Line => {
                self.command(Command::By(steps.into()))
            }
            Action::Step(steps) => {
                for _ in 0..steps.unsigned_abs() {
                    let step = self.one_step(steps > 0);
                    self.command(step)?;
                }
                Ok(())
            }
            Action::Follow(on) if self.pinned.is_some() => self.start(&Action::ToObject(on)),
            Action::Follow(on) => {
                let Some(packet) = self.session.fact().and_then(|fact| fact.packet.some()) else {
                    return self.command(Command::By(if on { 1 } else { -1 }));
                };
                let (stop, here) = (Stop::OfPacket(packet.0), self.session.step());
                let command = if on { Command::Forward(stop) } else { Command::Back(stop) };
                match self.session.run(command) {
                    Outcome::Moved => Ok(()),
                    _ => {
                        self.session.run(Command::ToStep(here));
                        Err(Refusal::Nothing { on })
                    }
                }
            }
            Action::ToObject(on) => match self.kept() {
                Some(kept) if on => self.command(Command::Next(kept)),
                Some(kept) => self.command(Command::Previous(kept)),
                None => Ok(()),
            },
            Action::ToLine(line) => self.command(Command::Find(Stop::OfLine(line))),
            Action::ToRoutine(routine) => self.command(Command::Begin(routine)),
            Action::First => self.command(Command::ToStep(self.first_step)),
            Action::Last => self.command(Command::ToEnd),
            Action::To(step) => self.command(Command::ToStep(step)),
            Action::ToTime(at_ns) => {
                // Beyond what is known there is nothing to point at.
                let known = self.session.surveyed().1;
                self.command(Command::ToTime(at_ns.min(known)))
            }
            Action::ToLane(lanes, at_ns) => match self.session.nearest(lanes, at_ns) {
                Some(step) => self.command(Command::ToStep(step)),
                None => Ok(()),
            },
            Action::ToMarker(markers, on) => {
                let ends = [self.session.step(), if on { 0 } else { u64::MAX }];
                let mut ends = ends.into_iter();
                match ends.find_map(|step| self.session.marked(markers, (step, on))) {
                    Some(found) => self.command(Command::ToStep(found)),
                    // What is not explored yet may have one.
                    None if !self.session.explored().1 => Ok(()),
                    None => Err(Refusal::Never),
                }
            }
            _ => Ok(()),
        }
    }

    fn command(&mut self, command: Command) -> Result<(), Refusal> {
        self.pending = None;
        let outcome = self.session.run(command);
        match (outcome, command) {
            (Outcome::Unfinished, _) => self.pending = Some(command),
            (Outcome::Rejected(Rejection::NoSuchStep { last }), _) => {
                return Err(Refusal::NoSuchStep(last));
            }
            (Outcome::AtEnd, Command::Next(_)) => return Err(Refusal::Nothing { on: true }),
            (Outcome::AtStart, Command::Previous(_)) => return Err(Refusal::Nothing { on: false }),
            (Outcome::AtEnd, Command::Find(_) | Command::Begin(_)) => return Err(Refusal::Never),
            _ => {}
        }
        Ok(())
    }

    fn at_end(&self) -> bool {
        let (explored, ended) = self.session.explored();
        ended && self.session.step() >= explored
    }

    /// Does one frame's work.
    pub fn tick(&mut self, at_ms: f64) -> Tick {
        let (explored, ended) = self.session.explored();
        let behind = self.timeline.is_open() && self.session.surveyed().0 < explored;
        let known = ended && !behind;
        // From a frame on: what was asked for is to be seen before anything else is done.
        let quiet_ms = now_ms() - *self.quiet_since.get_or_insert_with(now_ms);
        let mut tick = Tick { changed: true, goes_on: true, refused: None };
        if let Some(command) = self.pending {
            tick.refused = self.command(command).err();
        } else if self.playing {
            tick.changed = self.play(at_ms);
            if behind {
                tick.changed |= self.survey(SURVEY_PLAYING_MS);
            }
            tick.goes_on = self.playing || !known;
        } else if known || quiet_ms < QUIET_MS || !later::is_here() {
            tick.changed = false;
            tick.goes_on = !known;
        } else if behind {
            tick.changed = self.survey(SURVEY_MS);
        } else {
            self.session.run(Command::Explore);
        }
        tick
    }

    /// Sums up more for the timeline; says whether there is something new to see.
    fn survey(&mut self, for_ms: f64) -> bool {
        let started = now_ms();
        while self.session.run(Command::Survey(SURVEY_STEPS)) == Outcome::Unfinished
            && now_ms() - started < for_ms
        {}
        self.timeline.is_due(&self.session, self.first_ns)
    }

    /// Makes the steps that are due; says whether there were any.
    fn play(&mut self, at_ms: f64) -> bool {
        let elapsed = self.played_at.map_or(0.0, |played_at| (at_ms - played_at).clamp(0.0, 250.0));
        self.played_at = Some(at_ms);
        let steps = match SPEEDS[self.speed] {
            u32::MAX => self.stride,
            speed => {
                self.due += elapsed * f64::from(speed);
                let steps = (self.due / 10_000.0).floor();
                self.due -= steps * 10_000.0;
                // Not negative, and far below 2^52.
                steps as u64
            }
        };
        if steps == 0 {
            return false;
        }
        let started = now_ms();
        let outcome = self.make(steps, started);
        if outcome == Outcome::AtEnd {
            self.playing = false;
        }
        let taken = now_ms() - started;
        self.stride = match taken {
            taken if taken < BUDGET_MS / 2.0 => (self.stride * 2).min(1 << 20),
            taken if taken > BUDGET_MS => (self.stride / 2).max(1),
            _ => self.stride,
        };
        true
    }

    fn make(&mut self, steps: u64, started: f64) -> Outcome {
        if self.grain == Grain::Line && steps > ONE_BY_ONE {
            let steps = i64::try_from(steps).unwrap_or(i64::MAX);
            return self.session.run(Command::By(steps));
        }
        for _ in 0..steps {
            let step = self.one_step(true);
            let outcome = self.session.run(step);
            if outcome == Outcome::AtEnd || now_ms() - started > BUDGET_MS {
                return outcome;
            }
        }
        Outcome::Moved
    }
}
