//! The run as other pages see it: what it has of a struct, and how to go on in it.

use super::desk::Desk;
use crate::browser::clock::Clock;
use crate::player::{Action, Player, Searched};
use crate::views::Found;
use crate::views::structs::InRun;
use nicscope_core::view::object;
use std::rc::Rc;
use yew::Callback;

/// The ways to the run.
#[derive(Clone, PartialEq)]
pub struct Run {
    /// What it has of the struct of that name; none if nothing was opened yet.
    pub of: Callback<String, Option<InRun>>,
    /// What there is to search in it; none if nothing was opened yet.
    pub searched: Callback<(), Option<Searched>>,
    /// To what was searched for.
    pub choose: Callback<Found>,
    /// The address of the moment that is shown.
    pub here: Callback<(), Option<String>>,
    /// To a step.
    pub to_step: Callback<u64>,
}

impl Run {
    pub(super) fn of(desk: &Desk, clock: Rc<Clock>) -> Self {
        let act = |of: fn(u64) -> Action| {
            let desk = desk.clone();
            Callback::from(move |value| desk.act(of(value)))
        };
        let player = Rc::clone(&desk.player);
        let (chooses, searches) = (desk.clone(), Rc::clone(&desk.player));
        let leaves = desk.clone();
        Self {
            of: Callback::from(move |name: String| {
                let player = player.borrow();
                let place = player.as_ref()?.place();
                let objects = nicscope_core::view::objects(&place);
                let id = objects.into_iter().find(|id| id.kind.struct_name() == name);
                let found = id.and_then(|id| object(&place, Some(id))).map(Rc::new);
                Some(InRun { step: place.machine.step, object: found })
            }),
            searched: Callback::from(move |()| searches.borrow().as_ref().map(Player::searched)),
            choose: Callback::from(move |found| {
                chooses.choose(found);
                clock.wake();
            }),
            here: Callback::from(move |()| leaves.here()),
            to_step: act(Action::To),
        }
    }
}
