//! Going back: flat keyframes over the run, and replay from the nearest one.
//!
//! There is no undo log. A keyframe is a clone of the machine; the machine is deterministic, so
//! running on from it gives every later step again. The same replay shows any window of the run
//! as lanes, one for each actor; a bounded summary shows all of it. What touched which member is counted
//! when it is asked for.

mod buckets;
mod keyframes;
mod lanes;
mod stop;
mod survey;
mod tally;

pub use buckets::{Bucket, Buckets};
pub use keyframes::Keyframes;
pub use lanes::{Lane, Marker, Passage, Passes};
pub use stop::{OfStruct, Stop, StopSink, watch_steps, watched_step};
pub use survey::{Survey, Window};
pub use tally::{Tally, Touches};
