//! The pages, one for each way of looking at a run.

pub mod walk;
