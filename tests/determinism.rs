//! The same session gives the same states: twice, and however a step is reached.

use nicscope_core::machine::Settings;
use nicscope_core::session::{Command, Session};
use nicscope_tests::random::{SESSIONS, run, scenario, session};
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

#[test]
fn the_same_random_session_twice_is_the_same() {
    for seed in 0..SESSIONS {
        assert_eq!(session(seed), session(seed), "seed {seed}");
    }
}

#[test]
fn a_seek_equals_a_straight_run_in_a_thousand_random_sessions() {
    for seed in 0..SESSIONS {
        let mut random = Pcg32::new(seed, 11);
        let scenario = scenario(&mut random);
        let mut sought = Session::new(scenario.clone());
        run(&mut sought, Command::ToEnd);
        let last = sought.step();
        let mut straight = Session::new(scenario);
        let mut steps: Vec<u64> =
            (0..4).map(|_| u64::from(random.next_u32()) % (last + 1)).collect();
        steps.sort_unstable();
        for &step in &steps {
            let ahead = i64::try_from(step - straight.step()).expect("a short run");
            run(&mut straight, Command::By(ahead));
            // Sought from the end, so that it goes back to a keyframe.
            run(&mut sought, Command::ToStep(last));
            run(&mut sought, Command::ToStep(step));
            assert_eq!(
                (straight.step(), straight.machine().state_hash(), straight.fact()),
                (sought.step(), sought.machine().state_hash(), sought.fact()),
                "seed {seed}, step {step}"
            );
            assert_eq!(straight.machine(), sought.machine(), "seed {seed}, step {step}");
        }
    }
}

#[test]
fn one_setting_more_is_another_state() {
    let mut random = Pcg32::new(3, 11);
    let scenario = scenario(&mut random);
    let mut other = scenario.clone();
    other.settings = Settings { netdev_budget: 299, ..other.settings };
    let (one, two) = (Session::new(scenario), Session::new(other));
    assert_ne!(one.machine().state_hash(), two.machine().state_hash());
}
