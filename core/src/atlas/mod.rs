//! The layouts of the kernel's structs: where each member lies, in bytes and bits.
//!
//! * [`Btf`] reads the kernel's own description of its types, the user's too.
//! * [`Layouts`] are some of them, chosen, in a small file.
//! * [`Guide`] says which of them are on the way of a packet, and where what we say of them has its source.
//! * [`Kernels`] are those whose whole BTF the page can fetch.
//! * [`WholeKernel`] is one of those, or the user's own, kept, with all its names to be searched.
//! * [`Layout`] is one struct or union of it, as `pahole` would print it.
//! * [`compare`] puts two of them side by side.

mod btf;
mod compare;
mod curated;
mod guide;
mod holes;
mod kernels;
mod layout;
mod measure;
mod paths;
mod type_text;
mod whole;

pub use btf::{Btf, BtfError, BtfFault, Kind, Record, UnknownKind};
pub use compare::{Pair, compare};
pub use curated::{Layouts, LayoutsError, struct_name};
pub use guide::{Claim, Entry, Group, Guide, GuideError, message_id};
pub use kernels::{BASE_OBJECT, Kernel, KernelObject, Kernels, KernelsError, file_name};
pub use layout::{BitHole, CACHELINE_BYTES, Hole, Layout, LayoutError, Member, StructKind};
pub use whole::{Found, FoundName, WholeError, WholeKernel};
