//! What is shown when the program fails: a card with the message, not a frozen page.
//!
//! After a panic nothing of the page can be trusted, so the card is made by hand and its buttons
//! hold all that they need.

use gloo::events::EventListener;
use std::cell::RefCell;
use std::panic::PanicHookInfo;
use web_sys::Element;

/// The card's words.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// What happened.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// The button that copies the report.
    pub copy: String,
    /// The button that loads the page again.
    pub reload: String,
}

thread_local! {
    static WORDS: RefCell<Words> = RefCell::default();
}

/// Shows a card from now on when the program panics.
pub fn install() {
    std::panic::set_hook(Box::new(on_panic));
}

/// Says in which words.
pub fn set_words(words: Words) {
    WORDS.with(|kept| *kept.borrow_mut() = words);
}

fn on_panic(info: &PanicHookInfo<'_>) {
    let words = WORDS.with(|kept| kept.try_borrow().map(|words| words.clone()).unwrap_or_default());
    show(&words, &info.to_string());
}

/// Shows the card now: the page cannot go on for this reason.
pub fn show(words: &Words, reason: &str) {
    let report = format!("nicscope {}\n{reason}", env!("CARGO_PKG_VERSION"));
    gloo::console::error!(report.as_str());
    // Without a document there is nobody to tell.
    let _ = card(words, &report);
}

fn card(words: &Words, report: &str) -> Option<()> {
    let document = gloo::utils::document();
    let make = |tag: &str, text: &str, parent: &Element| -> Option<Element> {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        parent.append_child(&element).ok()?;
        Some(element)
    };
    let body = document.body()?;
    let card = make("section", "", &body)?;
    card.set_class_name("failure");
    card.set_attribute("role", "alert").ok()?;
    card.set_attribute("data-testid", "failure").ok()?;
    make("h2", &words.title, &card)?;
    make("p", &words.advice, &card)?;
    make("pre", report, &card)?;
    let copy = make("button", &words.copy, &card)?;
    let text = report.to_owned();
    EventListener::new(&copy, "click", move |_| super::document::copy(&text)).forget();
    let reload = make("button", &words.reload, &card)?;
    EventListener::new(&reload, "click", |_| {
        let _ = gloo::utils::window().location().reload();
    })
    .forget();
    Some(())
}
