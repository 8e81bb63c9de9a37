//! Parts of a page: each is drawn again only if what it is made of changed.
//!
//! To Yew all of them are one component: whatever is one more has Yew's code for components in the
//! page once more.

use super::kept::Same;
use std::any::type_name;
use std::rc::Rc;
pub use yew::functional::{Hook, HookContext};
use yew::prelude::*;
use yew::virtual_dom::Key;

/// What a part of a page is made of, and how it is drawn.
pub trait Part: PartialEq + 'static {
    /// Draws it. Hooks are run with `hooks`: always the same ones, in the same order.
    fn draw(&self, hooks: &mut HookContext) -> Html;

    /// Tells it from others beside it, and from one of another type in its place: that has other
    /// hooks.
    fn key(&self) -> Key {
        type_name::<Self>().into()
    }
}

/// A part, for a page or for another part.
pub fn part(of: impl Part) -> Html {
    let key = of.key();
    let held = HeldProps::of(of);
    html! { <Held {key} ..held /> }
}

/// A part of whatever type.
trait AnyPart: Same {
    fn draw(&self, hooks: &mut HookContext) -> Html;
}

impl<T: Part> AnyPart for T {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        Part::draw(self, hooks)
    }
}

/// Properties of [`Held`].
#[derive(Clone, Properties)]
pub struct HeldProps {
    part: Rc<dyn AnyPart>,
}

impl HeldProps {
    /// Those of a part.
    pub fn of(part: impl Part) -> Self {
        Self { part: Rc::new(part) }
    }
}

impl PartialEq for HeldProps {
    fn eq(&self, other: &Self) -> bool {
        self.part.same(&*other.part)
    }
}

/// The one component.
#[component]
pub fn Held(props: &HeldProps) -> Html {
    use_drawing(props)
}

const fn use_drawing(props: &HeldProps) -> Drawing<'_> {
    Drawing(props)
}

struct Drawing<'a>(&'a HeldProps);

impl Hook for Drawing<'_> {
    type Output = Html;

    fn run(self, hooks: &mut HookContext) -> Html {
        self.0.part.draw(hooks)
    }
}
