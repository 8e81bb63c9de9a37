//! Links: the address names a run and a moment of it, and is followed.

use super::desk::{Desk, Notice, OBJECT_PANE, open_first};
use crate::browser::clock::{Clock, Later, later};
use crate::browser::files::Loaded;
use crate::browser::{fetch, location};
use crate::player::{Action, Capture, Origin, Snapshot, Source, Workload};
use crate::views::Found;
use nicscope_core::atlas::is_struct_link;
use nicscope_core::scenario::{CaptureError, Digest, Link, LinkSource, digest};
use nicscope_core::view::Followed;
use std::rc::Rc;

/// Files that are kept, so that the browser's way back need not ask for them.
const FILES_MAX: usize = 4;

/// How long a reader stays at a step before the address says so: browsers limit how often it may.
const STAYS_MS: u32 = 250;

/// What links left to be done.
#[derive(Default)]
pub(super) struct Linked {
    /// The step that is on its way, and the state it should have.
    awaited: Option<(u64, Option<u64>)>,
    /// The link whose file is asked for.
    asked: Option<Link>,
    /// The reader's files of this visit, the last one at the end.
    files: Vec<Capture>,
    /// The step and what is pinned, which the address stands for, or soon will.
    noted: Option<(u64, Option<Followed>)>,
    /// Writes the address.
    later: Option<Later>,
    /// The address that was left; coming back to it, nothing is opened anew.
    left: Option<String>,
    /// What was searched for before anything was opened.
    pub(super) wanted: Option<Found>,
    /// Counts what was opened: what took long does not replace what came after it.
    turn: u32,
}

/// A file that a link asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// Its name.
    pub(super) name: String,
    /// What its SHA-256 begins with.
    pub(super) digest: Digest,
    /// The name of a file that was given and is another one.
    pub(super) other: Option<String>,
}

impl Linked {
    /// What there is at first. The run that is open then needs no opening: nothing in the address means it.
    pub(super) fn of(first: Option<&Snapshot>) -> Self {
        Self {
            left: first.map(|_| String::new()),
            noted: first.map(|shown| (shown.view.step, shown.pinned)),
            ..Self::default()
        }
    }
}

impl Desk {
    /// The link of this place.
    pub(super) fn here(&self) -> Option<String> {
        let player = self.player.borrow();
        player.as_ref().map(|player| player.link().write())
    }

    /// Something was opened: nothing older counts any more.
    pub(super) fn opened(&self, workload: &Workload) {
        let mut linked = self.linked.borrow_mut();
        linked.turn += 1;
        linked.awaited = None;
        linked.asked = None;
        linked.noted = None;
        linked.later = None;
        self.asked.set(None);
        if let Source::Capture(capture) = &workload.source
            && matches!(capture.origin, Origin::File(_))
        {
            linked.files.retain(|kept| kept.origin != capture.origin);
            linked.files.push(capture.clone());
            let gone = linked.files.len().saturating_sub(FILES_MAX);
            linked.files.drain(..gone);
        }
    }

    /// Opens what the reader chose; the browser's way back leads to where it was.
    pub(super) fn turn_to(&self, workload: Workload) {
        let left = self.here();
        let arrival = workload.link(None).write();
        if self.open(workload)
            && let Some(left) = left
        {
            location::replace(&left);
            location::push(&arrival);
        }
    }

    /// Another page is turned to, or this one again: gives its address, and writes none any more.
    pub(super) fn leave(&self) -> Option<String> {
        let here = self.here();
        let mut linked = self.linked.borrow_mut();
        linked.later = None;
        linked.left.clone_from(&here);
        here
    }

    /// The reader moves: the step of a link is no longer awaited.
    pub(super) fn forget_step(&self) {
        self.linked.borrow_mut().awaited = None;
    }

    /// Has the address name the step that is shown, once the reader stays there.
    fn note(&self, linked: &mut Linked, place: (u64, Option<Followed>)) {
        let noted = linked.noted.replace(place);
        // What was just opened is in the address already.
        if noted.is_some_and(|noted| noted != place) {
            let desk = self.clone();
            linked.later = Some(later(STAYS_MS, move || {
                if let Some(here) = desk.here() {
                    location::replace(&here);
                }
            }));
        }
    }

    /// If this is the step that a link led to, compares the state with the link's.
    pub(super) fn arrived(&self, shown: &Snapshot) {
        let mut linked = self.linked.borrow_mut();
        if let Some((step, state)) = linked.awaited
            && step == shown.view.step
            && !shown.busy
        {
            linked.awaited = None;
            if state.is_some_and(|state| state != shown.hash) {
                self.notice.set(Some(Notice::OtherState(step)));
            }
        }
        if !shown.playing && !shown.busy {
            self.note(&mut linked, (shown.view.step, shown.pinned));
        }
    }

    /// The run has no such step: where a link asked for it, the last one is shown.
    pub(super) fn beyond(&self, last: u64) {
        let by_link = self.linked.borrow_mut().awaited.take().is_some();
        if by_link && let Some(player) = self.player.borrow_mut().as_mut() {
            // It exists: the player has just said so.
            let _ = player.act(&Action::To(last));
        }
        self.notice.set(Some(Notice::NoSuchStep(last)));
    }

    /// Opens a workload at a link's moment.
    fn open_at(&self, workload: Workload, link: &Link) {
        if !self.open(workload) {
            return;
        }
        let driver = link.setup.driver();
        let object = link.object.as_ref().and_then(|key| Followed::of_key(driver, key));
        let can_have = |followed: &Followed| {
            self.player.borrow().as_ref().is_some_and(|player| player.can_have(*followed))
        };
        let object = object.filter(can_have);
        if object.is_some() {
            self.act(Action::Look(object));
            self.pane.set(OBJECT_PANE);
        } else if let Some(key) = &link.object {
            self.notice.set(Some(Notice::NoSuchObject(key.clone())));
        }
        let Some(step) = link.step else { return };
        self.linked.borrow_mut().awaited = Some((step, link.state));
        let done = self.player.borrow_mut().as_mut().map(|player| player.act(&Action::To(step)));
        if let Some(Err(refusal)) = done {
            self.refuse(refusal);
        }
        self.publish();
    }

    /// Takes a file if a link asks for one; says whether it did.
    pub(super) fn answer(&self, (name, bytes): &Loaded) -> bool {
        let Some(link) = self.linked.borrow().asked.clone() else { return false };
        let LinkSource::File { name: wanted, digest: asked, host } = &link.source else {
            return false;
        };
        if digest(bytes) != *asked {
            let other = Some(name.clone());
            self.asked.set(Some(Asked { name: wanted.clone(), digest: *asked, other }));
            return true;
        }
        self.open_capture(name, Capture::read(name.clone(), bytes.clone()), *host, &link);
        true
    }

    fn open_capture(
        &self,
        name: &str,
        capture: Result<Capture, CaptureError>,
        host: Option<[u8; 4]>,
        link: &Link,
    ) {
        match capture {
            Ok(capture) => {
                let capture = Capture { host: host.unwrap_or(capture.host), ..capture };
                let source = Source::Capture(capture);
                self.open_at(Workload { source, setup: link.setup.clone() }, link);
            }
            Err(error) => self.notice.set(Some(Notice::Capture(name.to_owned(), error))),
        }
    }

    /// The reader does not have the file, or does not want it.
    pub(super) fn stop_asking(&self) {
        self.linked.borrow_mut().asked = None;
        self.asked.set(None);
    }
}

/// Does what the address says; without anything in it, opens what the page begins with.
pub(super) async fn follow(desk: Desk, clock: Rc<Clock>, hash: String) {
    let is_left = desk.linked.borrow_mut().left.take().is_some_and(|left| left == hash);
    if is_struct_link(&hash) || is_left || desk.here().is_some_and(|here| here == hash) {
        // Another page's, or this moment's: nothing is to be opened.
    } else if hash.is_empty() {
        open_first(&desk).await;
    } else {
        match Link::read(&hash) {
            Ok(link) => open(&desk, &link).await,
            Err(error) => {
                match Link::nearest(&hash) {
                    Some(link) => open(&desk, &link).await,
                    None if desk.workload().is_none() => open_first(&desk).await,
                    None => {}
                }
                desk.notice.set(Some(Notice::Link(error)));
            }
        }
    }
    clock.wake();
}

async fn open(desk: &Desk, link: &Link) {
    match &link.source {
        LinkSource::Ready(name) => {
            let source = Source::Ready(name);
            desk.open_at(Workload { source, setup: link.setup.clone() }, link);
        }
        LinkSource::Shipped { name, host } => match shipped(desk, name).await {
            None => {}
            Some(Some(bytes)) => {
                desk.open_capture(name, Capture::shipped(name, bytes), *host, link);
            }
            Some(None) => desk.open_instead(),
        },
        LinkSource::File { name, digest, host } => {
            let of_link = |kept: &&Capture| kept.origin == Origin::File(*digest);
            let kept = desk.linked.borrow().files.iter().find(of_link).cloned();
            if let Some(capture) = kept {
                return desk.open_capture(name, Ok(capture), *host, link);
            }
            if desk.workload().is_none() {
                open_first(desk).await;
            }
            desk.linked.borrow_mut().asked = Some(link.clone());
            let asked = Asked { name: name.clone(), digest: *digest, other: None };
            desk.asked.set(Some(asked));
        }
    }
}

/// Opens a capture that the page brings, on the machine that is chosen.
pub(super) async fn turn_to_shipped(desk: Desk, clock: Rc<Clock>, name: &'static str) {
    match shipped(&desk, name).await {
        None => {}
        Some(Some(bytes)) => match Capture::shipped(name, bytes) {
            Ok(capture) => desk.turn_to_capture(capture),
            Err(error) => desk.notice.set(Some(Notice::Capture(name.to_owned(), error))),
        },
        Some(None) => desk.notice.set(Some(Notice::NotFetched(name))),
    }
    clock.wake();
}

/// The bytes of a capture that the page brings; none at all if something else was opened meanwhile.
pub(super) async fn shipped(desk: &Desk, name: &str) -> Option<Option<Vec<u8>>> {
    let turn = desk.linked.borrow().turn;
    let bytes = fetch::bytes(&format!("captures/{name}")).await;
    (desk.linked.borrow().turn == turn).then_some(bytes)
}
