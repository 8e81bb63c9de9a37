//! What a run has of a struct: for the page of structs.

use super::Player;
use crate::browser::clock::now_ms;
use nicscope_core::session::{Command, Outcome};
use nicscope_core::timeline::Touches;
use nicscope_core::view::{ObjectView, Turn, object, objects};

/// Steps that are looked at before the time is.
const STEPS: u64 = 16_384;
/// Milliseconds of a frame that looking may take.
const BUDGET_MS: f64 = 8.0;

/// What shall be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// The struct.
    pub name: String,
    /// The paths of its members.
    pub paths: Vec<String>,
    /// The member whose changes are wanted.
    pub member: Option<String>,
}

/// What a run has of it at the moment where it was left.
#[derive(Clone, Debug, PartialEq)]
pub struct Studied {
    /// The struct.
    pub name: String,
    /// The step.
    pub step: u64,
    /// When the first frame arrived, in ns since power-on.
    pub first_ns: u64,
    /// The object of that struct that is looked at, or one of several.
    pub object: Option<ObjectView>,
    /// How often each member was touched, in the order that was asked for.
    pub touches: Vec<Touches>,
    /// The last changes of the member's value.
    pub turns: Vec<Turn>,
    /// How many there were.
    pub count: u64,
    /// All steps up to this one are counted.
    pub is_complete: bool,
}

impl Player {
    /// What the run has of a struct, as far as that is found in a frame's time: ask again until it is complete.
    pub fn study(&mut self, study: &Study) -> Studied {
        let place = self.session.place_now();
        let id = objects(&place).into_iter().find(|id| id.kind.struct_name() == study.name);
        let id = self.pinned_object().filter(|id| id.kind.struct_name() == study.name).or(id);
        let object = id.and_then(|id| object(&place, Some(id)));
        let member = id.zip(study.member.as_deref());
        let member =
            member.and_then(|(id, path)| Some((id, id.kind.paths().find(|one| *one == path)?)));
        let started = now_ms();
        let mut is_complete = false;
        while !is_complete && now_ms() - started < BUDGET_MS {
            is_complete = self.session.run(Command::Tally(STEPS)) != Outcome::Unfinished;
            if let Some((id, path)) = member {
                let recalled = self.session.run(Command::Recall(id, path, STEPS));
                is_complete &= recalled != Outcome::Unfinished;
            }
        }
        let paths: Vec<&str> = study.paths.iter().map(String::as_str).collect();
        let touches = self.session.tally().map(|tally| tally.members(&study.name, &paths));
        let recalled = member.and_then(|_| self.session.recalled());
        Studied {
            name: study.name.clone(),
            step: self.session.step(),
            first_ns: self.first_ns,
            object,
            touches: touches.unwrap_or_default(),
            turns: recalled.map(|recall| recall.turns().copied().collect()).unwrap_or_default(),
            count: recalled.map_or(0, nicscope_core::view::Recall::count),
            is_complete,
        }
    }
}
