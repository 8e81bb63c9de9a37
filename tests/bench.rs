//! The measured work as functions of a wasm module; JavaScript calls them and holds the clock.
//! Numbers cross as `f64`, which holds a count of steps exactly.

use nicscope_core::atlas::WholeKernel;
use nicscope_core::search::Index;
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_tests::bench::{Bench, SEEK_STEPS, kernel, peer_events, reference, seek_target};
use std::cell::RefCell;

thread_local! {
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
    /// The files of a kernel, its base first.
    static FILES: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static KERNEL: RefCell<Option<WholeKernel>> = const { RefCell::new(None) };
    /// What crosses: text typed, or found.
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
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

/// Room for a file of a kernel, or a module of it, of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn file(bytes: usize) -> *mut u8 {
    FILES.with_borrow_mut(|files| {
        files.push(vec![0; bytes]);
        files.last_mut().map_or(std::ptr::null_mut(), |file| file.as_mut_ptr())
    })
}

/// Makes the layouts of all structs of the base; how many members they have.
#[unsafe(no_mangle)]
pub extern "C" fn layouts() -> f64 {
    FILES.with_borrow(|files| number(files.first().map_or(0, |file| kernel::layouts(file)) as u64))
}

/// Reads the files, which are then gone, as a kernel that can be searched; how many structs it has.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_read() -> f64 {
    let names = ["vmlinux", "ice", "igb"].map(str::to_owned);
    let kernel = WholeKernel::read(names.into_iter().zip(FILES.take()).collect()).ok();
    let structs = kernel.as_ref().map_or(0, |kernel| kernel.structs().len());
    KERNEL.set(kernel);
    number(structs as u64)
}

/// Makes an index of the names in the text, a line each; how many bytes they have.
#[unsafe(no_mangle)]
pub extern "C" fn index() -> f64 {
    let text = String::from_utf8(TEXT.take()).unwrap_or_default();
    std::hint::black_box(Index::new(text.lines().map(|name| (name, 0))));
    number(text.len() as u64)
}

/// Room for a text of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn text(bytes: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        text.clear();
        text.resize(bytes, 0);
        text.as_mut_ptr()
    })
}

/// Bytes of the text that was found.
#[unsafe(no_mangle)]
pub extern "C" fn text_bytes() -> usize {
    TEXT.with_borrow(Vec::len)
}

/// Finds what is typed in the text; where the lines found are.
#[unsafe(no_mangle)]
pub extern "C" fn find() -> *const u8 {
    give(|kernel| kernel::found(kernel, &String::from_utf8_lossy(&TEXT.take())))
}

/// Where all names are, a line each.
#[unsafe(no_mangle)]
pub extern "C" fn names() -> *const u8 {
    give(kernel::names)
}

fn give(of: impl FnOnce(&WholeKernel) -> String) -> *const u8 {
    let text = KERNEL.with_borrow(|kernel| kernel.as_ref().map(of)).unwrap_or_default();
    TEXT.set(text.into_bytes());
    TEXT.with_borrow(|text| text.as_ptr())
}
