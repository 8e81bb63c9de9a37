//! The layouts of the kernel's structs: asked for once, when the pane is opened first.

use crate::browser::fetch;
use crate::widgets::{HookContext, kept, on_change};
use nicscope_core::atlas::Layouts;
use std::cell::RefCell;
use std::rc::Rc;
use yew::platform::spawn_local;

const FILE: &str = "atlas/6.12.layouts";

/// The layouts, as far as they have come.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atlas {
    /// Not yet.
    Asked,
    /// They cannot be had.
    Missing,
    /// Here they are.
    Here(Rc<Layouts>),
}

thread_local! {
    /// Kept for the whole visit: the pane is closed and opened again.
    static KEPT: RefCell<Option<Rc<Layouts>>> = const { RefCell::new(None) };
}

/// The layouts, fetched if they are not here yet.
pub(super) fn layouts(hooks: &mut HookContext) -> Atlas {
    let atlas = kept(hooks, || KEPT.with_borrow(Clone::clone).map_or(Atlas::Asked, Atlas::Here));
    on_change(hooks, (), {
        let atlas = atlas.clone();
        move |()| {
            if matches!(atlas.get(), Atlas::Asked) {
                spawn_local(async move {
                    let bytes = fetch::bytes(FILE).await;
                    let read = bytes.and_then(|bytes| Layouts::read(&bytes).ok()).map(Rc::new);
                    KEPT.set(read.clone());
                    atlas.put(read.map_or(Atlas::Missing, Atlas::Here));
                });
            }
        }
    });
    atlas.get()
}
