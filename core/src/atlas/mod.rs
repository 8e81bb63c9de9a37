//! The layouts of the kernel's structs: where each member lies, in bytes and bits.
//!
//! * [`Btf`] reads the kernel's own description of its types, the user's too.
//! * [`Layouts`] are some of them, chosen, in a small file.
//! * [`Guide`] says which of them are on the way of a packet, and where what we say of them has its source.
//! * [`Kernels`] are those whose whole BTF the page can fetch.
//! * [`StructLink`] is a place in the atlas, as an address has it.
//! * [`WholeKernel`] is one of those, or the user's own, kept, with all its names to be searched.
//! * [`Layout`] is one struct or union of it, as `pahole` would print it.
//! * [`source_order`] is a layout as C declares it.
//! * [`compare`] puts two of them side by side.

mod btf;
mod compare;
mod curated;
mod guide;
mod holes;
mod kernels;
mod layout;
mod lines;
mod link;
mod measure;
mod open;
mod paths;
mod short_name;
mod source_order;
mod type_text;
mod whole;

pub use btf::{Btf, BtfError, BtfFault, Kind, Record, UnknownKind, is_btf};
pub use compare::{Pair, compare};
pub use curated::{Layouts, LayoutsError, struct_name};
pub use guide::{Claim, Entry, Group, Guide, GuideError, Lead, message_id};
pub use kernels::{BASE_OBJECT, Kernel, KernelObject, Kernels, KernelsError, file_name};
pub use layout::{
    BitHole, CACHELINE_BYTES, Hole, Layout, LayoutError, Member, StructKind, lies_in,
};
pub use link::{Form, StructLink, StructLinkError, is_struct_link};
pub use short_name::short_name;
pub use source_order::{SourceKind, SourceLine, declaration, source_order};
pub use whole::{Found, FoundName, MEMBER_WEIGHT, WholeError, WholeKernel};
