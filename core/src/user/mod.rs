//! What runs in user mode: the application at the end of the path.

pub(crate) mod application;
