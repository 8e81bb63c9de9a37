//! Parts of pages: each shows one slice of the run, and is drawn again only when that changes.

mod bytes;
mod code;
mod counters;
mod format;
mod header;
mod help;
mod links;
mod narration;
mod object;
mod registers;
mod ring_table;
mod search;
mod shapes;
mod stage;
pub mod structs;
mod timeline;
mod transport;
mod words;
mod workload;

pub use bytes::BytesPane;
pub use code::CodePane;
pub use counters::Counters;
pub use format::grouped;
pub use header::{Header, Theme};
pub use help::HelpDialog;
pub use links::{AskFile, CopyLink, link_error};
pub use narration::{Intro, Narration};
pub use object::ObjectPane;
pub use registers::RegistersPane;
pub use ring_table::RingTable;
pub use search::{Found, Search, Searchable};
pub use stage::StageView;
pub use timeline::TimelineView;
pub use transport::{Controls, Scrubber, Transport};
pub use words::{Words, use_words};
pub use workload::{Summary, WorkloadDialog, capture_error};
