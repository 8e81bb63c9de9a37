//! The run as other pages see it: what it has of a struct, and how to go on in it.

use super::desk::Desk;
use crate::browser::clock::Clock;
use crate::browser::files::Loaded;
use crate::player::{Action, Player, Searched, Studied, Study};
use crate::views::Found;
use std::rc::Rc;
use yew::Callback;

/// The ways to the run.
#[derive(Clone, PartialEq)]
pub struct Run {
    /// What it has of a struct, as far as that is found by now; none if nothing was opened yet.
    pub study: Callback<Rc<Study>, Option<Studied>>,
    /// What there is to search in it; none if nothing was opened yet.
    pub searched: Callback<(), Option<Searched>>,
    /// To what was searched for.
    pub choose: Callback<Found>,
    /// Opens a capture of the reader's.
    pub open: Callback<Vec<Loaded>>,
    /// To a step.
    pub to_step: Callback<u64>,
    /// The address of the moment that is shown. Who comes back to it finds the run as it was left.
    pub leave: Callback<(), Option<String>>,
}

impl Run {
    pub(super) fn of(desk: &Desk, clock: &Rc<Clock>) -> Self {
        let [studies, searches] = [Rc::clone(&desk.player), Rc::clone(&desk.player)];
        let [chooses, opens, steps, leaves] = std::array::from_fn(|_| desk.clone());
        let [chosen, opened, stepped] = std::array::from_fn(|_| Rc::clone(clock));
        Self {
            study: Callback::from(move |study: Rc<Study>| {
                studies.borrow_mut().as_mut().map(|player| player.study(&study))
            }),
            searched: Callback::from(move |()| searches.borrow().as_ref().map(Player::searched)),
            choose: Callback::from(move |found| {
                chooses.choose(found);
                chosen.wake();
            }),
            open: Callback::from(move |files| {
                opens.open_first(files);
                opened.wake();
            }),
            to_step: Callback::from(move |step| {
                steps.act(Action::To(step));
                stepped.wake();
            }),
            leave: Callback::from(move |()| leaves.leave()),
        }
    }
}
