//! The page's own reader of messages, compiled into this program too: the page's crate would bring all of Yew
//! along.
#![allow(dead_code, unreachable_pub, reason = "the page uses more of it, and shows it to others")]

#[path = "../../../web/src/text/catalogue.rs"]
mod catalogue;
#[path = "../../../web/src/text/language.rs"]
mod language;
#[path = "../../../web/src/text/message.rs"]
mod message;
#[path = "../../../web/src/text/number.rs"]
mod number;
#[path = "../../../web/src/text/particle.rs"]
mod particle;

/// What the reader of particles knows of sentences: the marks around their parts.
mod sentence {
    pub(super) fn is_mark(letter: char) -> bool {
        matches!(letter, '\u{e000}'..='\u{e003}')
    }
}

pub(super) use catalogue::Texts;
pub(super) use language::Language;
pub(super) use message::Value;
