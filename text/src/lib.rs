//! Words, in Korean and English: the core states ids and numbers, this crate makes text of them.
//!
//! The messages are Project Fluent files in `static/text/<language>/`, fetched when the language is spoken:
//! `facts.ftl` has one message for each line of each routine, `terms.ftl` names what the messages speak of,
//! `page.ftl` holds the page's own labels. What of these a first visit says nowhere `cargo xtask build` puts into a file
//! of its own, `later.ftl`, which comes when a message is missing. `atlas.ftl`, `structs.ftl` and `notes.ftl` come with the page of structs.
//! `failure.ftl`, for when they cannot be had, is part of the program. Kernel identifiers are the same in both
//! languages. How Latin words are read in Korean stands in `readings.txt` beside the code, and what only tests read
//! in `checks`.

mod catalogue;
#[cfg(test)]
mod checks;
mod language;
mod message;
mod number;
mod particle;
mod sentence;
mod term;

pub use catalogue::Texts;
pub use language::Language;
pub use message::Value;
pub use sentence::{Span, SpanKind, line_text, message_id, sentence, sentence_text, why};
pub use term::{context, drop_explanation, drop_place, drop_reason, object, packet, subject};
