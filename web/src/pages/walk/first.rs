//! What the page begins with: a run that is open before anything is drawn, so that all is drawn once.

use super::WIDE;
use super::desk::first_workload;
use crate::browser::{document, fetch, later, location, media, size};
use crate::player::{Action, Capture, Player, Span};
use nicscope_core::atlas::is_struct_link;
use nicscope_core::scenario::SHIPPED;
use std::cell::RefCell;
use std::rc::Rc;

/// The run that the page begins with; none if the address asks for something else, or if it cannot be had. Then the
/// page says what is the matter.
#[derive(Clone, Default)]
pub struct First(Rc<Begun>);

#[derive(Default)]
struct Begun {
    player: RefCell<Option<Player>>,
    width: i32,
}

/// There is one.
impl PartialEq for First {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl First {
    /// Opens it.
    pub async fn open() -> Self {
        let asked = location::hash();
        if !asked.is_empty() {
            // That takes more than a first step does.
            later::come(is_struct_link(&asked)).await;
            return Self::default();
        }
        let wide = media::matches(WIDE);
        let player = RefCell::new(player(wide).await);
        if wide {
            document::set_classes(".walk", "walk beside");
        }
        Self(Rc::new(Begun { player, width: size::width_of(".stage-place") }))
    }

    /// The run, once.
    pub(super) fn take(&self) -> Option<Player> {
        self.0.player.take()
    }

    /// The width of the stage's place, as index.html has it.
    pub(super) fn width(&self) -> i32 {
        self.0.width
    }
}

async fn player(wide: bool) -> Option<Player> {
    let name = SHIPPED[0];
    let bytes = fetch::bytes(&["captures/", name].concat()).await?;
    let mut player = Player::open(first_workload(Capture::shipped(name, bytes).ok()?)).ok()?;
    // Where there is room the timeline is on the page from the first.
    player.act(&Action::Span(Span::Open(wide))).ok()?;
    Some(player)
}
