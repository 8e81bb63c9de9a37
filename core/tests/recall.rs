//! What became of a member: each of its changes, as a look at each step finds them.

use nicscope_core::machine::Driver;
use nicscope_core::scenario::Setup;
use nicscope_core::session::{Command, Outcome, Rejection, Session};
use nicscope_core::view::{CHANGES_SHOWN, ObjectId, ObjectKind, Turn, object};

fn session() -> Session {
    let mut setup = Setup::of(Driver::Ice);
    setup.choose("packets", "300").expect("a number");
    setup.choose("rx_ring", "16").expect("a size");
    Session::new(setup.ready("stream").expect("a ready scenario"))
}

fn id(key: &str) -> ObjectId {
    ObjectId::of_key(Driver::Ice, key).expect(key)
}

/// All changes of a member up to a step, from the pane of the object.
fn by_hand(id: ObjectId, path: &str, last: u64) -> Vec<Turn> {
    let mut session = session();
    let mut turns = Vec::new();
    while session.step() < last {
        assert_eq!(session.run(Command::By(1)), Outcome::Moved);
        let view = object(&session.place_now(), Some(id)).expect("a view");
        let member = view.members.iter().find(|member| member.path == path).expect("a member");
        if member.old != member.new {
            let (fact, step) = (session.fact().expect("a fact"), session.step());
            let (old, new) = (member.old, member.new);
            turns.push(Turn { step, at_ns: fact.at, line: fact.line, old, new });
        }
    }
    turns
}

fn recalled(session: &mut Session, id: ObjectId, path: &'static str) -> (u64, Vec<Turn>) {
    while session.run(Command::Recall(id, path, 900)) == Outcome::Unfinished {}
    let recall = session.recalled().expect("it was asked for");
    assert_eq!(recall.step(), session.step());
    (recall.count(), recall.turns().copied().collect())
}

#[test]
fn each_change_is_recalled_on_the_way_on_and_on_the_way_back() {
    let mut session = session();
    session.run(Command::ToFirstFrame);
    let first = session.step();
    assert!(session.recalled().is_none(), "nobody asked");
    let last = first + 12_000;
    for (key, path, many) in [
        ("ring0", "next_to_clean", 15),
        // More than are kept.
        ("skb15", "len", 210),
        ("napi0", "state", 30),
        ("sock0", "sk_backlog.rmem_alloc", 30),
        ("tcp0", "rcv_nxt", 15),
        ("desc0.3", "wb.pkt_len", 15),
    ] {
        let id = id(key);
        let all = by_hand(id, path, last);
        assert!(all.len() >= many, "{key} {path}: {}", all.len());
        // On, back by little, back by much, to where there was nothing, and on again.
        for step in [last, last - 10, first + 6_000, first + 5_000, 5, last] {
            assert_eq!(session.run(Command::ToStep(step)), Outcome::Moved);
            let until = all.partition_point(|turn| turn.step <= step);
            let shown = all[until.saturating_sub(CHANGES_SHOWN)..until].to_vec();
            let found = recalled(&mut session, id, path);
            assert!(found == (until as u64, shown), "{key} {path} at {step}: {}", found.0);
        }
    }
}

#[test]
fn recalling_moves_nothing_is_made_in_slices_and_knows_what_the_model_holds() {
    let mut session = session();
    session.run(Command::ToStep(3_000));
    let hash = session.machine().state_hash();
    assert_eq!(
        session.run(Command::Recall(id("ring0"), "next_to_use", 2_000)),
        Outcome::Unfinished
    );
    assert_eq!(session.recalled().map(|recall| recall.step()), Some(2_000));
    assert_eq!(session.run(Command::Recall(id("ring0"), "next_to_use", 2_000)), Outcome::AtEnd);
    assert_eq!((session.step(), session.machine().state_hash()), (3_000, hash));
    let unknown = Outcome::Rejected(Rejection::NoSuchMember);
    assert_eq!(session.run(Command::Recall(id("ring0"), "netdev", 2_000)), unknown);
    assert!(!ObjectKind::IceRxRing.paths().any(|path| path == "netdev"));
}
