//! The ways into the page: what is asked for, whether by button, key, file or address.

use super::desk::{Desk, Notice};
use super::first::First;
use super::links::{self, Asked, Linked};
use super::run::Run;
use crate::browser::clock::Clock;
use crate::browser::files::{self, Loaded};
use crate::browser::keyboard::{self, Key, Press};
use crate::browser::{input, location, save};
use crate::player::{Action, Looked, Player, Snapshot};
use crate::widgets::{Hook, HookContext, Kept, kept, on_change, width};
use nicscope_core::atlas::is_btf;
use nicscope_core::diagram::Target;
use nicscope_core::view::{BytesView, ObjectKind, RegisterView};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What of the page is open above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Above {
    Nothing,
    Help,
    Search,
    Workload,
    Notes,
}

/// What a key asks for.
fn action_of(press: Press) -> Option<Action> {
    let steps = if press.shift { 10 } else { 1 };
    Some(match press.key {
        Key::Right => Action::Step(steps),
        Key::Left => Action::Step(-steps),
        Key::Down => Action::Follow(true),
        Key::Up => Action::Follow(false),
        Key::Space => Action::Toggle,
        Key::Home => Action::First,
        Key::End => Action::Last,
        Key::Question | Key::Slash => return None,
    })
}

/// The page's state, with the ways in.
pub struct Walk {
    pub(super) shown: Option<Snapshot>,
    /// The stage's place, and its width.
    pub(super) place: NodeRef,
    pub(super) width: i32,
    pub(super) notice: Kept<Option<Notice>>,
    pub(super) above: Above,
    pub(super) hovers: bool,
    /// What came of copying a link.
    pub(super) copied: Option<bool>,
    /// The file that a link asks for.
    pub(super) asked: Option<Asked>,
    /// Which of the panes is open.
    pub(super) pane: Kept<usize>,
    /// The member that was searched for last.
    pub(super) marked: Option<(ObjectKind, AttrValue)>,
    /// The ways in.
    pub(super) ways: Rc<Ways>,
}

/// The ways in; the same for as long as the page is there.
pub(super) struct Ways {
    pub(super) send: Callback<Action>,
    pub(super) onfile: Callback<Vec<Loaded>>,
    /// A capture that the page brings was chosen.
    pub(super) onshipped: Callback<&'static str>,
    pub(super) share: Callback<()>,
    pub(super) stop_asking: Callback<()>,
    /// What the object pane shows; asked only while it is open.
    pub(super) look: Callback<(), Option<Looked>>,
    /// The same of the panes of registers and of bytes.
    pub(super) registers: Callback<(), Option<Vec<RegisterView>>>,
    pub(super) bytes: Callback<(), Option<(BytesView, Looked)>>,
    pub(super) onpick: Callback<Vec<Target>>,
    pub(super) help: Callback<()>,
    pub(super) search: Callback<()>,
    pub(super) workload: Callback<()>,
    pub(super) notes: Callback<()>,
    pub(super) close: Callback<()>,
    /// The run, for the other pages.
    pub(super) run: Run,
    clock: Rc<Clock>,
    desk: Desk,
}

impl Ways {
    fn to(desk: &Desk, copied: Kept<Option<bool>>, above: &Kept<Above>) -> Self {
        let clock = {
            let desk = desk.clone();
            Rc::new(Clock::new(move |at_ms| desk.tick(at_ms)))
        };
        let open = |what: Above| {
            let above = above.clone();
            Callback::from(move |()| above.set(what))
        };
        Self {
            send: {
                let (desk, clock, copied) = (desk.clone(), Rc::clone(&clock), copied.clone());
                Callback::from(move |action| {
                    copied.set(None);
                    desk.act(action);
                    clock.wake();
                })
            },
            onfile: {
                let (desk, clock) = (desk.clone(), Rc::clone(&clock));
                let close = open(Above::Nothing);
                Callback::from(move |files| {
                    // What is said of a file stands in the page.
                    close.emit(());
                    desk.open_first(files);
                    clock.wake();
                })
            },
            onshipped: {
                let (desk, clock) = (desk.clone(), Rc::clone(&clock));
                Callback::from(move |name| {
                    spawn_local(links::turn_to_shipped(desk.clone(), Rc::clone(&clock), name));
                })
            },
            share: {
                let desk = desk.clone();
                Callback::from(move |()| {
                    let Some(here) = desk.here() else { return };
                    location::replace(&here);
                    let copied = copied.clone();
                    spawn_local(
                        async move { copied.set(Some(save::copy(&location::page()).await)) },
                    );
                })
            },
            stop_asking: {
                let desk = desk.clone();
                Callback::from(move |()| desk.stop_asking())
            },
            look: asks(desk, |player| Some(player.looked())),
            registers: asks(desk, |player| Some(player.registers())),
            bytes: asks(desk, Player::bytes),
            onpick: {
                let desk = desk.clone();
                Callback::from(move |targets: Vec<Target>| desk.pick(&targets))
            },
            help: open(Above::Help),
            search: open(Above::Search),
            workload: open(Above::Workload),
            notes: open(Above::Notes),
            close: open(Above::Nothing),
            run: Run::of(desk, &clock),
            clock,
            desk: desk.clone(),
        }
    }
}

/// What a pane asks of the player when it is drawn.
fn asks<T: 'static>(desk: &Desk, of: fn(&Player) -> Option<T>) -> Callback<(), Option<T>> {
    let player = Rc::clone(&desk.player);
    Callback::from(move |()| player.borrow().as_ref().and_then(of))
}

impl Ways {
    /// The address of the moment that is shown.
    pub(super) fn here(&self) -> String {
        self.desk.here().unwrap_or_default()
    }
}

impl Walk {
    /// The state that is kept from one drawing to the next, also while another page is shown. Only
    /// while this one is, keys and the address move the run.
    pub(in crate::pages) fn kept(
        hooks: &mut HookContext,
        is_shown: bool,
        first: &First,
        onkernel: Callback<Vec<Loaded>>,
    ) -> Self {
        let player = use_mut_ref(|| first.take()).run(hooks);
        let shown = kept(hooks, || player.borrow_mut().as_mut().map(Player::show));
        let notice = kept(hooks, || None::<Notice>);
        let above = kept(hooks, || Above::Nothing);
        let hovers = kept(hooks, || false);
        let asked = kept(hooks, || None::<Asked>);
        let copied = kept(hooks, || None::<bool>);
        let linked = use_mut_ref(|| Linked::of(shown.get().as_ref())).run(hooks);
        let pane = kept(hooks, || 0);
        let marked = kept(hooks, || None);
        let passing = use_mut_ref(|| false).run(hooks);
        let place = use_node_ref().run(hooks);
        let width = width(hooks, &place, is_shown, first.width());
        let desk = Desk {
            player,
            shown: shown.clone(),
            pane: pane.clone(),
            marked: marked.clone(),
            notice: notice.clone(),
            asked: asked.clone(),
            linked,
            passing,
        };
        let ways = || Ways::to(&desk, copied.clone(), &above);
        let ways = use_memo((), |()| ways()).run(hooks);
        on_change(hooks, is_shown, {
            let (ways, hovers) = (Rc::clone(&ways), hovers.clone());
            move |is_shown| {
                let listens = is_shown.then(|| listen(desk, ways, hovers, onkernel));
                move || listens.into_iter().for_each(|end| end())
            }
        });
        Self {
            shown: shown.get(),
            place,
            width,
            notice,
            above: above.get(),
            hovers: hovers.get(),
            copied: copied.get(),
            asked: asked.get(),
            pane,
            marked: marked.get(),
            ways,
        }
    }

    /// The run, for another page.
    pub(in crate::pages) fn run(&self) -> Run {
        self.ways.run.clone()
    }
}

/// Follows the address, and listens to keys and dropped files; what comes back ends that.
fn listen(
    desk: Desk,
    ways: Rc<Ways>,
    hovers: Kept<bool>,
    onkernel: Callback<Vec<Loaded>>,
) -> impl FnOnce() {
    spawn_local(links::follow(desk.clone(), Rc::clone(&ways.clock), location::hash()));
    let followed = Rc::clone(&ways.clock);
    let moves = location::on_change(move |hash| {
        spawn_local(links::follow(desk.clone(), Rc::clone(&followed), hash));
    });
    let pressed = Rc::clone(&ways);
    let keys = keyboard::on_press(move |press| {
        match action_of(press) {
            Some(action) => pressed.send.emit(action),
            None if press.key == Key::Question => pressed.help.emit(()),
            None => {
                if !input::focus("#search") {
                    pressed.search.emit(());
                }
            }
        }
        true
    });
    let over = Callback::from(move |over| hovers.set(over));
    let oncapture = ways.onfile.clone();
    let drops = files::on_drop(
        over,
        Callback::from(move |files: Vec<Loaded>| {
            let is_kernel = files.iter().any(|(_, bytes)| is_btf(bytes));
            if is_kernel { onkernel.emit(files) } else { oncapture.emit(files) }
        }),
    );
    move || {
        drop((keys, drops, moves));
        ways.desk.pause();
        ways.desk.leave();
        ways.clock.stop();
    }
}
