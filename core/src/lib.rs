//! The simulated host: NIC, DMA, interrupts, NAPI and the Linux receive path, as one value.
//!
//! Read the modules in this order; each may use only those before it.
//!
//! * [`units`]: addresses, handles, sizes.
//! * [`search`]: finding names by parts of them.
//! * [`atlas`]: the layouts of the kernel's structs.
//! * [`fact`]: what happened, and the table that describes each line of each routine.
//! * [`machine`]: the whole host as one plain record; a checkpoint is `machine.clone()`.
//! * `hardware`, `kernel`, `user`: what moves it, one file per actor.
//! * [`engine`]: one step at a time.
//! * [`timeline`]: going back, by keyframes and replay.
//! * [`scenario`]: what is put in: settings, captures, generated traffic.
//! * [`view`]: plain snapshots for those who look.
//! * [`diagram`]: those snapshots as shapes.
//! * [`notes`]: structs as pictures and tables to take along.
//! * [`session`]: the one door for all of them.
#![forbid(unsafe_code)]

pub mod atlas;
pub mod diagram;
pub mod engine;
pub mod fact;
pub mod hardware;
pub(crate) mod kernel;
pub mod machine;
pub mod notes;
pub mod scenario;
pub mod search;
pub mod session;
pub mod timeline;
pub mod units;
pub(crate) mod user;
pub mod view;
