//! What the test targets share.

/// One line for each thing whose value must be the same on every target.
pub fn hashes() -> String {
    // A stand-in: widths and overflow are what could differ between wasm32 and x86-64.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut lines = String::new();
    for round in 0..1000_u64 {
        state = (state ^ round)
            .wrapping_mul(0xff51_afd7_ed55_8ccd)
            .rotate_left(31);
        lines.push_str(&format!("{round} {state:016x}\n"));
    }
    lines
}
