//! A bounded share of `cargo xtask soak`.

use nicscope_tests::soak::{capture, machine};

#[test]
fn random_machines_of_every_mix_keep_all_invariants() {
    for seed in 0..150 {
        machine(seed, 5_000).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
    }
}

#[test]
fn mutated_captures_are_refused_or_played() {
    let mut played = 0;
    for seed in 0..300 {
        let steps = capture(seed, 2_000).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
        played += u32::from(steps > 0);
    }
    assert!((60..300).contains(&played), "{played} of 300 were played");
}
