//! The measured work as functions of a wasm module; JavaScript calls them and holds the clock.
//! Numbers cross as `f64`, which holds a count of steps exactly.

use nicscope_core::session::{Command, Outcome, Session};
use nicscope_tests::bench::{Bench, SEEK_STEPS, peer_events, reference, seek_target};
use std::cell::RefCell;

thread_local! {
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

/// Makes the run of so many frames ready.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(packets: u32) {
    BENCH.set(Some(Bench::new(packets)));
}

/// Runs it without recording; how many steps it took.
#[unsafe(no_mangle)]
pub extern "C" fn plain() -> f64 {
    BENCH.with_borrow(|bench| number(bench.as_ref().map_or(0, |bench| bench.plain().1)))
}

/// Runs it with recording; how many steps it took.
#[unsafe(no_mangle)]
pub extern "C" fn recorded() -> f64 {
    BENCH.with_borrow(|bench| number(bench.as_ref().map_or(0, Bench::recorded)))
}

/// Runs the peers' workload; how many events it took.
#[unsafe(no_mangle)]
pub extern "C" fn peer() -> f64 {
    number(peer_events())
}

/// Opens a session of so many frames and explores it; how many steps it knows then.
#[unsafe(no_mangle)]
pub extern "C" fn explore(packets: u32) -> f64 {
    let mut session = Session::new(reference(packets));
    while session.run(Command::ToStep(SEEK_STEPS)) == Outcome::Unfinished {}
    let explored = session.explored().0;
    SESSION.set(Some(session));
    number(explored)
}

/// Seeks in it for the seek of that number; the step that it came to.
#[unsafe(no_mangle)]
pub extern "C" fn seek(count: u32) -> f64 {
    SESSION.with_borrow_mut(|session| {
        let Some(session) = session.as_mut() else { return 0.0 };
        session.run(Command::ToStep(seek_target(u64::from(count))));
        number(session.step())
    })
}
