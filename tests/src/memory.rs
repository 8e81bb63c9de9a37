//! How much memory a piece of work takes at the most.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Bytes that this thread has taken and not given back, and the most since the last look. What another
    /// thread took and this one gives back leaves less than nothing.
    static TAKEN: Cell<(isize, isize)> = const { Cell::new((0, 0)) };
}

/// The system's allocator, counted: for `#[global_allocator]`. A list that grows counts as two meanwhile.
#[derive(Debug)]
pub struct Counted;

// SAFETY: the system's allocator does everything.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (now, most) = TAKEN.get();
        let now = now + layout.size() as isize;
        TAKEN.set((now, most.max(now)));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        let (now, most) = TAKEN.get();
        TAKEN.set((now - layout.size() as isize, most));
        unsafe { System.dealloc(memory, layout) }
    }
}

/// What work gives, and how many bytes it takes at the most at once.
///
/// # Panics
/// [`Counted`] is not the program's allocator.
pub fn peak<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let look = || {
        let (now, most) = TAKEN.get();
        TAKEN.set((now, now));
        (now, most)
    };
    let (before, _) = look();
    drop(std::hint::black_box(Box::new(0_u64)));
    let (_, most) = look();
    assert_eq!(most - before, size_of::<u64>() as isize, "memory is not counted");
    let given = work();
    let (_, most) = look();
    (given, (most - before) as usize)
}
