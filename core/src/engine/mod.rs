//! How the machine moves: one transition at a time.

mod advance;
mod build;
pub mod invariant;
mod naming;
mod routines;

pub use advance::{advance, record_steps, run_steps};
pub use build::power_on;
pub use naming::{Naming, PARTS, naming};
pub use routines::{ALL as ROUTINES, info};

use crate::fact::{LineId, LineInfo};

/// The description of a line.
#[must_use]
pub fn line_info(line: LineId) -> LineInfo {
    info(line.routine).line(line.line)
}
