//! Brings what the commands need and the machine lacks.

pub(crate) mod browser;
pub(crate) mod packages;
pub(crate) mod tools;
pub(crate) mod wasm;
