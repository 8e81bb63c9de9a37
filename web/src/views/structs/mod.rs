//! The views of the page of structs: each shows one side of the struct that is looked at.

mod compare;
mod head;
mod list;
mod map;
mod member;
mod notes;
mod pointers;
mod source;
mod subject;
mod table;

pub use compare::Compare;
pub use head::head;
pub use list::{List, kernel_label};
pub use map::Map;
pub use member::{MemberPane, is_struct, target};
pub use notes::notes;
pub use pointers::Pointers;
pub use source::source;
pub use subject::{About, Subject};
pub use table::table;
