//! Something that the reader should know, above the page's content.

use super::words::Words;
use crate::widgets::{IconButton, Picture};
use yew::prelude::*;

/// What is said: that something is wrong, or that all is well.
pub enum Said {
    /// Something is wrong.
    Wrong(AttrValue),
    /// All is well.
    Well(AttrValue),
}

/// What is said, until it is dismissed; nothing if there is nothing to say.
pub fn notice(words: &Words, said: Option<Said>, ondismiss: Callback<()>) -> Html {
    let shown = |text: &AttrValue, class| {
        let (label, onclick) = (words.say("close"), ondismiss.clone());
        let close = IconButton::new(Picture::Close, label, "notice-close", onclick);
        html! { <div {class}><p data-testid="notice">{ text }</p>{ close.draw() }</div> }
    };
    let (wrong, well) = match &said {
        Some(Said::Wrong(text)) => (Some(shown(text, "notice")), None),
        Some(Said::Well(text)) => (None, Some(shown(text, "notice well"))),
        None => (None, None),
    };
    // The live regions are there before they have anything to say, so that they are heard.
    html! {
        <>
            <div class="notices" role="alert">{ wrong }</div>
            <div class="notices" role="status">{ well }</div>
        </>
    }
}
