//! What the test targets share: random machines and sessions, watched machines, counted memory, the script language of
//! golden sessions, and the work that `cargo xtask bench` measures.

pub mod bench;
pub mod memory;
pub mod random;
pub mod script;
pub mod soak;

/// One line for each of a thousand random sessions: what must be the same on every target.
#[must_use]
pub fn hashes() -> String {
    (0..random::SESSIONS).map(|seed| format!("{}\n", random::session(seed))).collect()
}
