//! Going back: flat keyframes over the run, and replay from the nearest one.
//!
//! There is no undo log. A keyframe is a clone of the machine; the machine is deterministic, so
//! running on from it gives every later step again.

mod keyframes;
mod stop;

pub use keyframes::Keyframes;
pub use stop::{Stop, StopSink, watch_steps};
