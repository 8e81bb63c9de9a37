//! A dialog above the page.

use super::button::IconButton;
use super::icon::Picture;
use super::kept::on_change;
use super::part::{Hook, HookContext, Part};
use crate::browser::dialog;
use yew::prelude::*;

/// A dialog: open for as long as it is there. Escape closes it, as does a click beside it.
#[derive(PartialEq)]
pub struct Dialog {
    /// For tests; also its name in ids.
    pub testid: &'static str,
    /// Its title.
    pub title: AttrValue,
    /// The name of the button that closes it.
    pub close: AttrValue,
    /// It was closed.
    pub onclose: Callback<()>,
    /// What it shows.
    pub content: Html,
}

impl Part for Dialog {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let node = use_node_ref().run(hooks);
        on_change(hooks, node.clone(), dialog::open);
        let leave = {
            let node = node.clone();
            Callback::from(move |()| dialog::close(&node))
        };
        let onclick = {
            let (node, leave) = (node.clone(), leave.clone());
            Callback::from(move |event: MouseEvent| {
                // What is clicked beside the content is the dialog itself.
                if event.target() == node.get().map(Into::into) {
                    leave.emit(());
                }
            })
        };
        let id = AttrValue::from([self.testid, "-title"].concat());
        let close = IconButton::new(Picture::Close, self.close.clone(), "dialog-close", leave);
        html! {
            <dialog ref={node} class="dialog" aria-labelledby={id.clone()} data-testid={self.testid}
                onclose={self.onclose.reform(|_: Event| ())} {onclick}>
                <div class="dialog-body">
                    <header><h2 {id}>{ self.title.clone() }</h2>{ close.draw() }</header>
                    { self.content.clone() }
                </div>
            </dialog>
        }
    }
}
