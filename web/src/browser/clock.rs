//! Time, and work done once a frame.

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;

/// Milliseconds since the page was opened.
#[must_use]
pub fn now_ms() -> f64 {
    let performance = gloo::utils::window().performance();
    performance.map_or(0.0, |performance| performance.now())
}

/// Calls back once a frame, for as long as that says to go on.
#[derive(Clone)]
pub struct Clock(Rc<Inner>);

struct Inner {
    tick: RefCell<Box<dyn FnMut(f64) -> bool>>,
    request: RefCell<Option<AnimationFrame>>,
}

impl Clock {
    /// A clock that stands; `tick` gets the time in milliseconds and says whether it goes on.
    pub fn new(tick: impl FnMut(f64) -> bool + 'static) -> Self {
        Self(Rc::new(Inner { tick: RefCell::new(Box::new(tick)), request: RefCell::new(None) }))
    }

    /// Lets it go, from the next frame on.
    pub fn wake(&self) {
        if self.0.request.borrow().is_none() {
            request(&self.0);
        }
    }

    /// Stops it for good.
    pub fn stop(&self) {
        self.0.request.replace(None);
    }
}

fn request(inner: &Rc<Inner>) {
    let weak = Rc::downgrade(inner);
    let frame = request_animation_frame(move |at_ms| {
        let Some(inner) = weak.upgrade() else { return };
        let done = inner.request.replace(None);
        if (inner.tick.borrow_mut())(at_ms) {
            request(&inner);
        }
        drop(done);
    });
    inner.request.replace(Some(frame));
}

/// Something that will be done, unless this is dropped before.
pub struct Later(#[expect(dead_code, reason = "held until it is dropped")] Timeout);

/// Does something after so many milliseconds.
#[must_use]
pub fn later(delay_ms: u32, work: impl FnOnce() + 'static) -> Later {
    Later(Timeout::new(delay_ms, work))
}
