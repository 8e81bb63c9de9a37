//! What moves on the stage goes from where it was to where it is, along the bus where it crosses it.

use nicscope_core::diagram::{Label, Motion, Mover, Stage, stage};
use nicscope_core::machine::Driver;
use nicscope_core::scenario::Setup;
use nicscope_core::session::{Command, Outcome, Session};

/// The motions of a run's steps, with the number of the step, on a stage of that width.
fn motions(name: &str, width: i32) -> Vec<(u64, Motion, Stage)> {
    let mut setup = Setup::of(Driver::Ice);
    setup.choose("packets", "20").expect("a number");
    setup.choose("rx_ring", "32").expect("a size");
    let mut session = Session::new(setup.ready(name).expect("a ready scenario"));
    while session.run(Command::ToFirstFrame) == Outcome::Unfinished {}
    let mut mover = Mover::default();
    mover.next(session.step(), &stage(&session.walk(), width, 600));
    let mut found = Vec::new();
    while session.run(Command::By(1)) == Outcome::Moved {
        let now = stage(&session.walk(), width, 600);
        if let Some(motion) = mover.next(session.step(), &now) {
            found.push((session.step(), motion, now));
        }
    }
    found
}

fn says(motion: &Motion) -> &str {
    match &motion.label {
        Label::Ident(name) => name,
        Label::Text { key, .. } => key,
    }
}

#[test]
fn a_packet_goes_from_the_wire_to_the_application_in_order() {
    let motions = motions("generator", 1_200);
    let of_first: Vec<_> = motions.iter().filter(|(_, motion, _)| says(motion) == "#0").collect();
    assert!(of_first[0].1.way[0].0 < 100, "it comes from the wire");
    // Card, memory, stack: the columns in which its ways end.
    let column = |x: i32| [250, 700].iter().filter(|&&edge| x > edge).count();
    let ends = of_first.iter().map(|(_, motion, _)| column(motion.way[motion.way.len() - 1].0));
    let mut columns: Vec<usize> = ends.collect();
    assert!(columns.is_sorted(), "it goes from left to right: {columns:?}");
    columns.dedup();
    assert_eq!(columns, [0, 1, 2]);
}

#[test]
fn what_crosses_the_bus_keeps_to_its_lanes() {
    let all = motions("generator", 1_200);
    for (kind, corners) in [("DMA", 4), ("MSI-X", 4), ("MMIO", 4)] {
        let of_kind: Vec<_> = all.iter().filter(|(_, motion, _)| says(motion) == kind).collect();
        assert!(!of_kind.is_empty(), "no {kind}");
        for (step, motion, stage) in of_kind {
            assert_eq!(motion.way.len(), corners, "step {step}: {kind} goes {:?}", motion.way);
            let [_, one, two, _] = motion.way[..] else { unreachable!() };
            assert_eq!(one.1, two.1, "step {step}: the lane is level");
            assert_eq!(one.1 > stage.height / 2, kind != "DMA", "step {step}: {kind}'s own lane");
        }
    }
}

#[test]
fn all_ways_lie_on_the_stage_and_another_place_has_none() {
    for (name, width) in [("stream", 1_200), ("stream", 390), ("budget", 912)] {
        let all = motions(name, width);
        assert!(all.len() > 40, "{name} at {width}: {} motions", all.len());
        for (step, Motion { way, .. }, stage) in &all {
            let inside = |&(x, y): &(i32, i32)| {
                (0..=stage.width).contains(&x) && (0..=stage.height).contains(&y)
            };
            assert!(way.iter().all(inside), "{name}, step {step}: {way:?}");
            assert_ne!(way.first(), way.last(), "{name}, step {step}");
        }
    }
}

#[test]
fn back_and_in_another_layout_nothing_moves() {
    let all = motions("stream", 1_200);
    let [(one, _, first), (two, _, second)] = &all[2..4] else { unreachable!() };
    let next = |mover: &mut Mover, step: u64, stage: &Stage| mover.next(step, stage).is_some();
    let mut mover = Mover::default();
    assert!(!next(&mut mover, *one, first), "there was nothing before");
    assert!(next(&mut mover, *two, second), "on");
    assert!(!next(&mut mover, *one, first), "back");
    let wider = Stage { width: second.width + 4, ..second.clone() };
    assert!(!next(&mut mover, *two, &wider), "wider");
}
