//! What a part keeps from one drawing to the next, and what it does besides being drawn.
//!
//! These are Yew's hooks with as few types of their own as can be: Yew's for state and effects are
//! in the page once for each type of value and for each closure.

use crate::browser::{media, size};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use yew::functional::{Hook, HookContext, TearDown, UseForceUpdateHandle};
use yew::prelude::*;

/// A value that is kept; with another one the part is drawn again.
#[derive(Clone)]
pub struct Kept<T> {
    value: Rc<RefCell<T>>,
    redraw: UseForceUpdateHandle,
}

/// Keeps a value for as long as the part is there.
pub fn kept<T: 'static>(hooks: &mut HookContext, first: impl FnOnce() -> T) -> Kept<T> {
    let value = use_mut_ref(first).run(hooks);
    Kept { value, redraw: use_force_update().run(hooks) }
}

impl<T: Clone> Kept<T> {
    /// The value now.
    #[must_use]
    pub fn get(&self) -> T {
        self.value.borrow().clone()
    }

    /// Keeps another, and has the part drawn again.
    pub fn put(&self, value: T) {
        self.value.replace(value);
        self.redraw.force_update();
    }

    /// Keeps another; has the part drawn again only if it is not the same.
    pub fn set(&self, value: T)
    where
        T: PartialEq,
    {
        if *self.value.borrow() != value {
            self.put(value);
        }
    }
}

/// Does something once the part is drawn, if `of` is not what it was then; what comes of that is
/// undone before the next time, and when the part is gone.
pub fn on_change<T, D>(hooks: &mut HookContext, of: T, work: impl FnOnce(&T) -> D + 'static)
where
    T: PartialEq + 'static,
    D: TearDown + 'static,
{
    let of = Rc::new(of);
    let now = Value(Rc::clone(&of) as Rc<dyn Same>);
    let work: Work = Box::new(move |_| {
        let undo = work(&of);
        Box::new(move || undo.tear_down())
    });
    use_effect_with(now, work).run(hooks);
}

/// What can be compared with what may be of another type.
pub(super) trait Same: Any {
    fn same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Same for T {
    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

struct Value(Rc<dyn Same>);

/// What is done, and gives what undoes it.
type Work = Box<dyn FnOnce(&Value) -> Box<dyn FnOnce()>>;

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(&*other.0)
    }
}

/// The width of an element in pixels, also when it changes; until it is known what it `first` is taken for. It is what
/// it was while the element is not there.
pub fn width(hooks: &mut HookContext, node: &NodeRef, is_there: bool, first: i32) -> i32 {
    let width = kept(hooks, || first);
    on_change(hooks, is_there, {
        let (node, width) = (node.clone(), width.clone());
        move |_| {
            if width.get() == 0 {
                width.set(size::width(&node));
            }
            let watched = size::on_width(&node, move |new| width.set(new));
            move || drop(watched)
        }
    });
    width.get()
}

/// The height of the window's content in pixels, also when it changes.
pub fn viewport_height(hooks: &mut HookContext) -> i32 {
    let height = kept(hooks, size::viewport_height);
    on_change(hooks, (), {
        let height = height.clone();
        move |()| {
            let resized = size::on_viewport_height(move |new| height.set(new));
            move || drop(resized)
        }
    });
    height.get()
}

/// Whether the browser meets a media query, also when that changes.
pub fn meets(hooks: &mut HookContext, query: &'static str) -> bool {
    let met = kept(hooks, || media::matches(query));
    on_change(hooks, (), {
        let met = met.clone();
        move |()| {
            let changes = media::on_change(query, move |now| met.set(now));
            move || drop(changes)
        }
    });
    met.get()
}
