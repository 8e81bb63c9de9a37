//! A run that is played: the session, and what moves it from frame to frame.

mod workload;

pub use workload::{Capture, Origin, RINGS, Source, TEACHING_RINGS, Workload, ready};

use crate::browser::clock::now_ms;
use nicscope_core::diagram::{Target, object_of};
use nicscope_core::scenario::{CaptureError, Link};
use nicscope_core::session::{Command, Outcome, Rejection, Session};
use nicscope_core::timeline::Stop;
use nicscope_core::view::{
    BytesView, ObjectId, ObjectView, RegisterView, WalkView, bytes, has_bytes, neighbour, object,
    objects, registers,
};
use std::rc::Rc;

/// Steps a second for each notch of the speed; the last plays as fast as it can.
pub const SPEEDS: [u32; 10] = [1, 2, 5, 10, 25, 60, 250, 1_000, 5_000, u32::MAX];
/// The notch to begin with: slow enough to follow.
const SPEED: usize = 2;
/// Milliseconds of a frame that playing may take.
const BUDGET_MS: f64 = 8.0;
/// Milliseconds without a command before the rest of the run is explored.
const QUIET_MS: f64 = 120.0;
/// Steps that are made one by one; more are faster made by a jump.
const ONE_BY_ONE: u64 = 16;

/// How far one step goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the stop of that name")]
pub enum Grain {
    #[default]
    Line,
    Function,
    Packet,
    Poll,
    Interrupt,
}

impl Grain {
    /// All of them, the finest first.
    pub const ALL: [Self; 5] =
        [Self::Line, Self::Function, Self::Packet, Self::Poll, Self::Interrupt];

    /// Its name in ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Function => "function",
            Self::Packet => "packet",
            Self::Poll => "poll",
            Self::Interrupt => "interrupt",
        }
    }

    const fn stop(self) -> Stop {
        match self {
            Self::Line => Stop::Line,
            Self::Function => Stop::Function,
            Self::Packet => Stop::Packet,
            Self::Poll => Stop::Poll,
            Self::Interrupt => Stop::Interrupt,
        }
    }
}

/// What a reader asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// So many steps on, or back.
    Step(i32),
    /// To the next or the previous step of the packet in work.
    Follow(bool),
    /// Play, or pause.
    Toggle,
    /// To the moment before the first frame.
    First,
    /// To the end.
    Last,
    /// To a step.
    To(u64),
    /// How far a step goes.
    Grain(Grain),
    /// Which notch of the speed.
    Speed(usize),
    /// Another run.
    Open(Workload),
    /// Look at this object until another is asked for; at none: at that of each step.
    Look(Option<ObjectId>),
}

/// What the object pane shows; made only while it is open.
pub struct Looked {
    /// The object, if there is any.
    pub object: Option<ObjectView>,
    /// One of each kind, to choose from.
    pub objects: Vec<ObjectId>,
    /// Those of its kind before and behind it.
    pub neighbours: [Option<ObjectId>; 2],
}

/// What the page shows: a copy of the place, with the player's own state.
#[derive(Debug)]
pub struct Shown {
    /// Counts what was shown before.
    pub revision: u64,
    /// The place.
    pub view: Rc<WalkView>,
    /// The object that stays looked at when the step is about another.
    pub pinned: Option<ObjectId>,
    /// The machine's hash.
    pub hash: u64,
    /// It plays.
    pub playing: bool,
    /// A jump is under way.
    pub busy: bool,
    /// How far a step goes.
    pub grain: Grain,
    /// Which notch of the speed.
    pub speed: usize,
    /// The step before the first frame.
    pub first_step: u64,
    /// When the first frame arrives, in ns since power-on.
    pub first_ns: u64,
    /// Frames of which only the beginning was captured.
    pub cut: u32,
    /// What runs.
    pub workload: Rc<Workload>,
}

/// A [`Shown`] that is passed around; two are the same if they are the same publication.
#[derive(Clone, Debug)]
pub struct Snapshot(pub Rc<Shown>);

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.0.revision == other.0.revision
    }
}

impl std::ops::Deref for Snapshot {
    type Target = Shown;
    fn deref(&self) -> &Shown {
        &self.0
    }
}

/// What a frame came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// There is something new to show.
    pub changed: bool,
    /// There is more to do in the next frame.
    pub goes_on: bool,
    /// The step that was asked for does not exist; this is the last one.
    pub refused: Option<u64>,
}

/// A session with what moves it.
pub struct Player {
    session: Session,
    workload: Rc<Workload>,
    revision: u64,
    pinned: Option<ObjectId>,
    playing: bool,
    grain: Grain,
    speed: usize,
    pending: Option<Command>,
    first_step: u64,
    first_ns: u64,
    /// Steps that are due, in thousandths.
    due: f64,
    played_at: Option<f64>,
    asked_at: f64,
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
            asked_at: now_ms(),
            stride: 256,
        })
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
        Link { object: self.pinned.map(ObjectId::key), ..link }
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
            grain: self.grain,
            speed: self.speed,
            first_step: self.first_step,
            first_ns: self.first_ns,
            cut: self.session.scenario().traffic.cut,
            workload: Rc::clone(&self.workload),
        }))
    }

    /// What the object pane shows now.
    #[must_use]
    pub fn looked(&self) -> Looked {
        let place = self.session.place_now();
        let object = object(&place, self.pinned);
        let beside = |on| object.as_ref().and_then(|object| neighbour(&place, object.id, on));
        Looked { neighbours: [beside(false), beside(true)], objects: objects(&place), object }
    }

    /// The card's registers now.
    #[must_use]
    pub fn registers(&self) -> Vec<RegisterView> {
        registers(&self.session.place_now())
    }

    /// What the pane of bytes shows now, with the objects that have some.
    #[must_use]
    pub fn bytes(&self) -> Option<(BytesView, Looked)> {
        let place = self.session.place_now();
        let shown = bytes(&place, self.pinned)?;
        let beside = |on| shown.id.and_then(|id| neighbour(&place, id, on));
        let objects = objects(&place).into_iter().filter(|id| has_bytes(id.kind)).collect();
        let neighbours = [beside(false), beside(true)];
        Some((shown, Looked { object: None, objects, neighbours }))
    }

    /// The object behind the first of these that has one.
    #[must_use]
    pub fn object_of(&self, targets: &[Target]) -> Option<ObjectId> {
        let (place, ring) = (self.session.place_now(), self.session.walk().ring);
        targets.iter().find_map(|&target| object_of(&place, ring.as_ref(), target))
    }

    /// Does what is asked.
    ///
    /// # Errors
    /// With the last step if there is no such step.
    pub fn act(&mut self, action: &Action) -> Result<(), u64> {
        self.asked_at = now_ms();
        match action {
            Action::Grain(grain) => self.grain = *grain,
            Action::Speed(notch) => self.speed = (*notch).min(SPEEDS.len() - 1),
            Action::Toggle => {
                self.playing = !self.playing && !self.at_end();
                self.pending = None;
                self.played_at = None;
                self.due = 0.0;
                if self.playing {
                    // The press is answered at once.
                    self.playing = self.make(1, self.asked_at) != Outcome::AtEnd;
                }
            }
            Action::Open(_) => {}
            Action::Look(object) => self.pinned = *object,
            move_ => {
                self.playing = false;
                return self.start(move_);
            }
        }
        Ok(())
    }

    fn start(&mut self, action: &Action) -> Result<(), u64> {
        match *action {
            Action::Step(steps) if self.grain == Grain::Line => {
                self.command(Command::By(steps.into()))
            }
            Action::Step(steps) => {
                let stop = self.grain.stop();
                for _ in 0..steps.unsigned_abs() {
                    self.command(if steps > 0 {
                        Command::Forward(stop)
                    } else {
                        Command::Back(stop)
                    })?;
                }
                Ok(())
            }
            Action::Follow(on) => {
                let Some(packet) = self.session.fact().and_then(|fact| fact.packet.some()) else {
                    return self.command(Command::By(if on { 1 } else { -1 }));
                };
                let stop = Stop::OfPacket(packet.0);
                self.command(if on { Command::Forward(stop) } else { Command::Back(stop) })
            }
            Action::First => self.command(Command::ToStep(self.first_step)),
            Action::Last => self.command(Command::ToEnd),
            Action::To(step) => self.command(Command::ToStep(step)),
            _ => Ok(()),
        }
    }

    fn command(&mut self, command: Command) -> Result<(), u64> {
        self.pending = None;
        match self.session.run(command) {
            Outcome::Unfinished => self.pending = Some(command),
            Outcome::Rejected(Rejection::NoSuchStep { last }) => return Err(last),
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
        let ended = self.session.explored().1;
        let mut tick = Tick { changed: true, goes_on: true, refused: None };
        if let Some(command) = self.pending {
            tick.refused = self.command(command).err();
        } else if self.playing {
            tick.changed = self.play(at_ms);
            tick.goes_on = self.playing || !ended;
        } else if ended || now_ms() - self.asked_at < QUIET_MS {
            tick.changed = false;
            tick.goes_on = !ended;
        } else {
            self.session.run(Command::Explore);
        }
        tick
    }

    /// Makes the steps that are due; says whether there were any.
    fn play(&mut self, at_ms: f64) -> bool {
        let elapsed = self.played_at.map_or(0.0, |played_at| (at_ms - played_at).clamp(0.0, 250.0));
        self.played_at = Some(at_ms);
        let steps = match SPEEDS[self.speed] {
            u32::MAX => self.stride,
            speed => {
                self.due += elapsed * f64::from(speed);
                let steps = (self.due / 1_000.0).floor();
                self.due -= steps * 1_000.0;
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
        let stop = self.grain.stop();
        for _ in 0..steps {
            let outcome = self.session.run(Command::Forward(stop));
            if outcome == Outcome::AtEnd || now_ms() - started > BUDGET_MS {
                return outcome;
            }
        }
        Outcome::Moved
    }
}
