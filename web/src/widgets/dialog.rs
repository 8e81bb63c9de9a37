//! A dialog above the page.

use super::button::IconButton;
use super::icon::Picture;
use crate::browser::dialog;
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// For tests; also its name in ids.
    pub testid: &'static str,
    /// Its title.
    pub title: AttrValue,
    /// The name of the button that closes it.
    pub close: AttrValue,
    /// It was closed.
    pub onclose: Callback<()>,
    /// What it shows.
    pub children: Html,
}

/// A dialog: open for as long as it is there. Escape closes it, as does a click beside it.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), dialog::open);
    let onclose = props.onclose.reform(|_: Event| ());
    let leave = {
        let node = node.clone();
        Callback::from(move |()| dialog::close(&node))
    };
    let id = format!("{}-title", props.testid);
    let onclick = {
        let (node, leave) = (node.clone(), leave.clone());
        Callback::from(move |event: MouseEvent| {
            // What is clicked beside the content is the dialog itself.
            if event.target() == node.get().map(Into::into) {
                leave.emit(());
            }
        })
    };
    html! {
        <dialog ref={node} class="dialog" aria-labelledby={id.clone()} data-testid={props.testid}
            {onclose} {onclick}>
            <div class="dialog-body">
                <header>
                    <h2 {id}>{ props.title.clone() }</h2>
                    <IconButton picture={Picture::Close} label={props.close.clone()}
                        testid="dialog-close" onclick={leave} />
                </header>
                { props.children.clone() }
            </div>
        </dialog>
    }
}
