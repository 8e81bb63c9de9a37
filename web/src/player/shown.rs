//! What is shown of a run.

use super::{Grain, SPEEDS, Seen, Workload};
use nicscope_core::machine::Driver;
use nicscope_core::units::PacketId;
use nicscope_core::view::{Followed, ObjectId, ObjectView, WalkView, Whereabouts};
use std::rc::Rc;

/// What moves for less than this is not seen to move.
const MOTION_LEAST_MS: u32 = 100;

/// What the object pane shows; made only while it is open.
pub struct Looked {
    /// The packet that is followed, and where it is.
    pub packet: Option<(PacketId, Whereabouts)>,
    /// The object, if there is any.
    pub object: Option<ObjectView>,
    /// One of each kind, to choose from.
    pub objects: Vec<ObjectId>,
    /// Those of its kind before and behind it.
    pub neighbours: [Option<ObjectId>; 2],
}

/// What there is to search; made when the reader turns to it.
pub struct Searched {
    /// The driver.
    pub driver: Driver,
    /// How many packets its traffic has.
    pub packets: usize,
    /// Every object that is there.
    pub objects: Vec<ObjectId>,
    /// Of each kind, the one to show.
    pub chosen: Vec<ObjectId>,
}

/// What the page shows: a copy of the place, with the player's own state.
#[derive(Debug)]
pub struct Shown {
    /// Counts what was shown before.
    pub revision: u64,
    /// The place.
    pub view: Rc<WalkView>,
    /// What stays looked at when the step is about something else.
    pub pinned: Option<Followed>,
    /// The machine's hash.
    pub hash: u64,
    /// It plays.
    pub playing: bool,
    /// A jump is under way.
    pub busy: bool,
    /// The timeline, if it is on the page.
    pub timeline: Option<Seen>,
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

impl Shown {
    /// How long what moves on the stage is on its way, in ms: 400 at a step a second and more, up
    /// to 4,000 at a tenth of one. None where the next step comes too soon to see it.
    #[must_use]
    pub fn motion_ms(&self) -> Option<u32> {
        let tenths = SPEEDS[self.speed];
        let on_its_way = 4_000 / tenths.min(10);
        let until_next = if self.playing { 10_000 / tenths } else { u32::MAX };
        Some(on_its_way.min(until_next / 5 * 4)).filter(|&ms| ms >= MOTION_LEAST_MS)
    }
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
