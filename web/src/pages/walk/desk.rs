//! The desk: the player, what is shown of it, and what the reader asks of it.

use super::links::{self, Asked, Linked};
use crate::browser::document;
use crate::browser::files::Loaded;
use crate::player::{Action, Capture, Player, Refusal, Snapshot, Source, Workload, ready};
use crate::views::Found;
use crate::widgets::Kept;
use nicscope_core::diagram::Target;
use nicscope_core::machine::Driver;
use nicscope_core::scenario::{CaptureError, LinkError, SHIPPED, Setup};
use nicscope_core::view::{Followed, ObjectKind};
use std::cell::RefCell;
use std::rc::Rc;
use yew::AttrValue;

/// The place of the call stack's pane among the panes.
const CODE_PANE: usize = 0;
/// The place of the object's pane among the panes.
pub(super) const OBJECT_PANE: usize = 1;

/// Something that the reader should know.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Notice {
    /// A capture could not be read.
    Capture(String, CaptureError),
    /// The run has no such step.
    NoSuchStep(u64),
    /// Nothing more happens to what is followed, or nothing happened before.
    Nothing {
        /// On, not back.
        on: bool,
    },
    /// What was searched for happens nowhere in this run.
    Never,
    /// The capture that the page opens with could not be fetched.
    NoFirstCapture,
    /// A capture that the page brings could not be fetched.
    NotFetched(&'static str),
    /// A link could not be read.
    Link(LinkError),
    /// A link names an object that this machine does not have.
    NoSuchObject(String),
    /// At this step the model comes to another state than a link says.
    OtherState(u64),
}

/// The player with what shows it.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) player: Rc<RefCell<Option<Player>>>,
    pub(super) shown: Kept<Option<Snapshot>>,
    /// Which of the panes is open.
    pub(super) pane: Kept<usize>,
    /// The member that was searched for last.
    pub(super) marked: Kept<Option<(ObjectKind, AttrValue)>>,
    pub(super) notice: Kept<Option<Notice>>,
    pub(super) asked: Kept<Option<Asked>>,
    pub(super) linked: Rc<RefCell<Linked>>,
    /// The notice is about a move, and goes with the next one.
    pub(super) passing: Rc<RefCell<bool>>,
}

impl Desk {
    pub(super) fn publish(&self) {
        let snapshot = self.player.borrow_mut().as_mut().map(Player::show);
        if let Some(shown) = &snapshot {
            self.arrived(shown);
        }
        self.shown.put(snapshot);
    }

    /// Opens a workload; one that cannot be opened leaves what was open as it was. Says whether it
    /// could.
    pub(super) fn open(&self, workload: Workload) -> bool {
        let name = match &workload.source {
            Source::Capture(capture) => capture.name.clone(),
            Source::Ready(name) => (*name).to_owned(),
        };
        match Player::open(workload) {
            Ok(player) => {
                self.opened(&player.workload());
                let mut current = self.player.borrow_mut();
                *current = Some(match current.as_ref() {
                    Some(before) => player.after(before),
                    None => player,
                });
                drop(current);
                self.notice.set(None);
                self.publish();
                let wanted = self.linked.borrow_mut().wanted.take();
                wanted.into_iter().for_each(|found| self.choose(found));
                true
            }
            Err(error) => {
                self.notice.set(Some(Notice::Capture(name, error)));
                false
            }
        }
    }

    /// Opens the first of the reader's files with the machine that is chosen, or as a link asks.
    pub(super) fn open_first(&self, files: Vec<Loaded>) {
        let Some((name, bytes)) = files.into_iter().next().filter(|file| !self.answer(file)) else {
            return;
        };
        match Capture::read(name.clone(), bytes) {
            Ok(capture) => self.turn_to_capture(capture),
            Err(error) => self.notice.set(Some(Notice::Capture(name, error))),
        }
    }

    /// Opens a capture with the machine that is chosen.
    pub(super) fn turn_to_capture(&self, capture: Capture) {
        let chosen = self.workload();
        let setup = chosen.map_or_else(first_setup, |old| old.setup.without_generator());
        self.turn_to(Workload { source: Source::Capture(capture), setup });
    }

    /// Opens a ready scenario where the capture that the page begins with could not be had.
    pub(super) fn open_instead(&self) {
        if let Some(source) = ready("generator") {
            self.open(Workload { source, setup: first_setup() });
        }
        self.notice.set(Some(Notice::NoFirstCapture));
    }

    /// Looks at what was clicked on the stage, and keeps looking at it.
    pub(super) fn pick(&self, targets: &[Target]) {
        let found = self.player.borrow().as_ref().and_then(|player| player.meant_by(targets));
        if let Some(found) = found {
            self.look(found);
        }
    }

    fn look(&self, followed: Followed) {
        self.act(Action::Look(Some(followed)));
        self.pane.set(OBJECT_PANE);
        // Where the panes lie below, the reader would not see it otherwise.
        document::bring("tab-object");
    }

    /// Goes to what was searched for.
    pub(super) fn choose(&self, found: Found) {
        if self.player.borrow().is_none() {
            // The run is still to be opened.
            self.linked.borrow_mut().wanted = Some(found);
            return;
        }
        let mut marked = None;
        match found {
            Found::Object(id) => self.look(id.into()),
            Found::Packet(packet) => self.look(Followed::Packet(packet)),
            Found::Member(id, path) => {
                marked = Some((id.kind, path));
                self.look(id.into());
            }
            Found::Routine(routine) => {
                self.act(Action::ToRoutine(routine));
                self.pane.set(CODE_PANE);
            }
            Found::Line(line) => self.act(Action::ToLine(line)),
            // Another page's.
            Found::Struct { .. } => {}
        }
        self.marked.set(marked);
    }

    pub(super) fn act(&self, action: Action) {
        if let Action::Open(workload) = action {
            return self.turn_to(workload);
        }
        let moves = action.moves();
        if moves {
            self.forget_step();
        }
        let done = self.player.borrow_mut().as_mut().map(|player| player.act(&action));
        match done {
            None => {}
            Some(Ok(())) => {
                if moves && self.passing.replace(false) {
                    self.notice.set(None);
                }
                self.publish();
            }
            Some(Err(refusal)) => {
                self.refuse(refusal);
                self.publish();
            }
        }
    }

    /// Another page is shown: what played stays where it is.
    pub(super) fn pause(&self) {
        let plays = self.shown.get().is_some_and(|shown| shown.playing);
        if plays {
            self.act(Action::Toggle);
        }
    }

    /// Says why something could not be done.
    pub(super) fn refuse(&self, refusal: Refusal) {
        self.passing.replace(true);
        match refusal {
            Refusal::NoSuchStep(last) => self.beyond(last),
            Refusal::Never => self.notice.set(Some(Notice::Never)),
            Refusal::Nothing { on } => self.notice.set(Some(Notice::Nothing { on })),
        }
    }

    /// One frame's work; says whether there is more.
    pub(super) fn tick(&self, at_ms: f64) -> bool {
        let tick = self.player.borrow_mut().as_mut().map(|player| player.tick(at_ms));
        let Some(tick) = tick else { return false };
        if let Some(refusal) = tick.refused {
            self.refuse(refusal);
        }
        if tick.changed {
            self.publish();
        }
        tick.goes_on
    }

    pub(super) fn workload(&self) -> Option<Rc<Workload>> {
        self.player.borrow().as_ref().map(Player::workload)
    }
}

/// The machine that the page begins with.
pub(super) fn first_setup() -> Setup {
    Setup::of(Driver::Ice)
}

/// The capture that the page begins with, on that machine.
pub(super) fn first_workload(capture: Capture) -> Workload {
    Workload { source: Source::Capture(capture), setup: first_setup() }
}

/// Opens the capture that the page begins with.
pub(super) async fn open_first(desk: &Desk) {
    let name = SHIPPED[0];
    match links::shipped(desk, name).await {
        // The reader was faster.
        None => {}
        Some(Some(bytes)) => match Capture::shipped(name, bytes) {
            Ok(capture) => {
                desk.open(first_workload(capture));
            }
            Err(error) => desk.notice.set(Some(Notice::Capture(name.to_owned(), error))),
        },
        Some(None) => desk.open_instead(),
    }
}
