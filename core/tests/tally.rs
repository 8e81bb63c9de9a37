//! What touched which member how often, counted by a look at each step.

use nicscope_core::engine::{PARTS, line_info};
use nicscope_core::machine::Driver;
use nicscope_core::scenario::Setup;
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::timeline::{Tally, Touches};
use std::collections::BTreeMap;

fn session() -> Session {
    let mut setup = Setup::of(Driver::Ice);
    setup.choose("packets", "200").expect("a number");
    setup.choose("rx_ring", "16").expect("a size");
    Session::new(setup.ready("stream").expect("a ready scenario"))
}

/// The member that a line names, and what that is of the structs that the named one lies in.
fn names(name: &'static str) -> impl Iterator<Item = String> {
    let (owner, path) = name.split_once('.').unwrap_or((name, ""));
    let around = PARTS.iter().filter(move |(.., part)| *part == owner);
    let around = around.map(move |(whole, member, _)| format!("{whole}.{member}.{path}"));
    std::iter::once(name.to_owned()).chain(around)
}

/// Reads and writes by `struct.member`, from the facts up to each of these steps.
fn by_hand(steps: &[u64]) -> Vec<BTreeMap<String, Touches>> {
    let mut session = session();
    let mut touches: BTreeMap<String, Touches> = BTreeMap::new();
    let mut found = Vec::new();
    for &step in steps {
        while session.step() < step {
            assert_eq!(session.run(Command::By(1)), Outcome::Moved);
            let line = line_info(session.fact().expect("a fact").line);
            let reads = line.reads().flat_map(names);
            reads.for_each(|name| touches.entry(name).or_default().reads += 1);
            let writes = line.writes().flat_map(names);
            writes.for_each(|name| touches.entry(name).or_default().writes += 1);
        }
        found.push(touches.clone());
    }
    found
}

fn tallied(session: &mut Session, slice: u64) -> &Tally {
    let mut slices = 1;
    while session.run(Command::Tally(slice)) == Outcome::Unfinished {
        slices += 1;
    }
    assert!(slices <= session.step() / slice + 2, "{slices} slices");
    session.tally().expect("it was asked for")
}

#[test]
fn each_run_of_a_line_counts_on_the_way_on_back_and_anew() {
    let mut session = session();
    session.run(Command::ToFirstFrame);
    let first = session.step();
    let steps = [first, first + 3_000, first + 7_000, first + 7_100];
    let expected = by_hand(&steps);
    assert!(session.tally().is_none(), "nobody asked");
    // On, back by a little, back to near the start, and far on.
    for at in [3, 2, 1, 0, 2, 0, 3] {
        assert_eq!(session.run(Command::ToStep(steps[at])), Outcome::Moved);
        let tally = tallied(&mut session, 700);
        assert_eq!(tally.step(), steps[at]);
        for owner in ["sk_buff", "napi_struct", "ice_rx_ring", "tcp_sock", "igb_ring"] {
            for (path, touches) in tally.of(owner) {
                let name = format!("{owner}.{path}");
                let counted = expected[at].get(name.as_str()).copied().unwrap_or_default();
                assert_eq!(touches, counted, "{name} at {}", steps[at]);
            }
        }
        let skb = tally.of("sk_buff");
        assert!(skb.len() > 20 && skb.is_sorted(), "all members that lines name: {skb:?}");
        let touched = |owner| tally.of(owner).iter().any(|(_, one)| one.reads + one.writes > 0);
        let expected = [true, at > 0, false];
        let touched = ["ice_rx_ring", "sk_buff", "igb_ring"].map(touched);
        assert_eq!(touched, expected, "{}", steps[at]);
    }
}

#[test]
fn a_tally_moves_nothing_and_is_made_in_slices() {
    let mut session = session();
    session.run(Command::ToStep(9_000));
    let hash = session.machine().state_hash();
    assert_eq!(session.run(Command::Tally(4_000)), Outcome::Unfinished);
    assert_eq!(session.tally().map(Tally::step), Some(4_000));
    assert_eq!(session.run(Command::Tally(4_000)), Outcome::Unfinished);
    assert_eq!(session.run(Command::Tally(4_000)), Outcome::AtEnd);
    assert_eq!((session.step(), session.machine().state_hash()), (9_000, hash));
    session.run(Command::ToStep(8_000));
    assert_eq!(session.run(Command::Tally(600)), Outcome::Unfinished);
    assert_eq!(session.tally().map(Tally::step), Some(8_400));
}

#[test]
fn the_whole_has_what_its_parts_have_and_each_run_of_a_line_once() {
    let mut session = session();
    session.run(Command::ToStep(9_000));
    let tally = tallied(&mut session, 100_000);
    let of = |path| tally.members("inet_connection_sock", &[path])[0];
    let (whole, pending) = (of("icsk_ack"), of("icsk_ack.pending"));
    assert!(whole.writes > pending.writes && pending.writes > 0, "{whole:?} {pending:?}");
    // No run counts twice, though lines name several parts.
    let sum: u64 = tally.of("inet_connection_sock").iter().map(|(_, one)| one.writes).sum();
    let several = {
        let mut lines = nicscope_core::engine::naming("inet_connection_sock");
        lines.retain(|one| one.writes);
        let again = lines.windows(2).filter(|two| two[0].line == two[1].line);
        again.map(|two| tally.runs(two[0].line)).sum::<u64>()
    };
    assert_eq!(whole.writes, sum - several);
    assert_eq!(of("no_such"), Touches::default());
}
