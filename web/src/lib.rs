//! The page: everything a person sees and touches.

pub mod text;
