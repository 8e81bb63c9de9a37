//! Something that the reader should know, above the page's content.

use super::words::Words;
use crate::widgets::{IconButton, Picture};
use yew::prelude::*;

/// What is said, until it is dismissed; nothing if there is nothing to say.
pub fn notice(words: &Words, text: Option<AttrValue>, ondismiss: Callback<()>) -> Html {
    // The live region is there before it has anything to say, so that it is heard.
    html! {
        <div class="notices" role="alert">
            if let Some(text) = text {
                <div class="notice">
                    <p data-testid="notice">{ text }</p>
                    { IconButton::new(Picture::Close, words.say("close"), "notice-close", ondismiss).draw() }
                </div>
            }
        </div>
    }
}
