//! Controls that know nothing of what they control.

mod button;
mod choice;
mod dialog;
mod icon;
mod kept;
mod part;
mod slider;
mod tabs;

pub use button::{Button, IconButton};
pub use choice::{Choice, Choices};
pub use dialog::Dialog;
pub use icon::Picture;
pub use kept::{Kept, kept, meets, on_change, viewport_height, width};
pub use part::{Held, HeldProps, Hook, HookContext, Part, part};
pub use slider::Slider;
pub use tabs::Tabs;

use yew::Callback;

/// Sends on what `choose` makes of a value, if it makes anything of it.
pub fn when_some<T: 'static, U: 'static>(
    send: &Callback<U>,
    choose: impl Fn(T) -> Option<U> + 'static,
) -> Callback<T> {
    let send = send.clone();
    Callback::from(move |value| {
        if let Some(chosen) = choose(value) {
            send.emit(chosen);
        }
    })
}
