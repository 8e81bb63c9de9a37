//! A struct for the reader's notes: link, frame, picture, table.

use super::Subject;
use crate::browser::location;
use crate::views::notes::{NotesDialog, Takeable};
use crate::views::words::Words;
use crate::widgets::part;
use nicscope_core::diagram::Label;
use nicscope_core::notes::{Address, Note, PageRows, Theme, base_of};
use std::rc::Rc;
use yew::prelude::*;

/// The picture's width, and the height of a frame with the static page.
const WIDTH: i32 = 720;
const FRAME_HEIGHT: u32 = 640;

/// The dialog: of the struct, or of the member that is chosen. `rows` are those of its static page, if the site has
/// one.
pub fn notes(
    words: &Words,
    (subject, member): (&Rc<Subject>, Option<String>),
    rows: Option<PageRows>,
    onclose: Callback<()>,
) -> Html {
    let about = match &member {
        Some(path) => [&*subject.layout.name, ".", path].concat(),
        None => subject.declared(),
    };
    let (subject, words, title) = (Rc::clone(subject), words.clone(), about.clone());
    let take = Callback::from(move |theme: Theme| {
        let page = location::page();
        let name = &subject.layout.name;
        let member = member.as_deref();
        let address = Address { base: base_of(&page), kernel: &subject.kernel, name, member };
        let say = |label: &Label| words.label(label).to_string();
        let kernel = subject.linux();
        let layout = &subject.layout;
        let note = Note { layout, name, kernel: &kernel, member, words: &say };
        let live = address.live();
        let mut texts = vec![("notes-link", live.clone())];
        texts.push(("notes-markdown", note.markdown(Some(&live))));
        if let Some(rows) = &rows {
            let language = words.0.language().tag();
            let address = Address { member: member.and_then(|path| rows.anchor(path)), ..address };
            texts.push(("notes-iframe", address.iframe(language, theme, &title, FRAME_HEIGHT)));
        }
        let file = [name, "-", &subject.kernel].concat();
        Takeable { texts, picture: note.picture(theme, WIDTH), file }
    });
    part(NotesDialog { about: about.into(), take, onclose })
}
