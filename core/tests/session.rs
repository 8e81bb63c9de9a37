//! The door: every way of reaching a step gives the same state.

use nicscope_core::scenario::{LIBRARY, named};
use nicscope_core::session::{Command, Outcome, Rejection, Session};
use nicscope_core::timeline::Stop;

fn session(name: &str) -> Session {
    Session::new(named(name).expect("a ready scenario").0)
}

fn to_end(session: &mut Session) {
    while session.run(Command::ToEnd) == Outcome::Unfinished {}
}

#[test]
fn forward_then_back_is_the_same_state_and_fact() {
    let mut session = session("generator");
    assert_eq!(session.run(Command::ToFirstFrame), Outcome::Moved);
    let mut seen = vec![(session.machine().state_hash(), session.fact())];
    for _ in 0..500 {
        assert_eq!(session.run(Command::Forward(Stop::Line)), Outcome::Moved);
        seen.push((session.machine().state_hash(), session.fact()));
    }
    for expected in seen.iter().rev().skip(1) {
        assert_eq!(session.run(Command::Back(Stop::Line)), Outcome::Moved);
        assert_eq!((session.machine().state_hash(), session.fact()), *expected);
    }
}

#[test]
fn a_seek_equals_a_straight_run_in_every_ready_scenario() {
    for &name in LIBRARY {
        let mut straight = session(name);
        to_end(&mut straight);
        let last = straight.step();
        let mut sought = session(name);
        for step in [last / 3, last, 7, last / 2, last - 1, 0] {
            assert_eq!(sought.run(Command::ToStep(step)), Outcome::Moved, "{name} {step}");
            let mut other = session(name);
            assert_eq!(other.run(Command::By(i64::try_from(step).unwrap())), Outcome::Moved);
            assert_eq!(sought.machine().state_hash(), other.machine().state_hash());
            assert_eq!((sought.step(), sought.fact()), (other.step(), other.fact()), "{name}");
        }
    }
}

#[test]
fn each_condition_stops_forward_where_it_stops_backward() {
    for stop in [Stop::Function, Stop::Packet, Stop::Poll, Stop::Interrupt, Stop::OfPacket(3)] {
        let mut session = session("budget");
        session.run(Command::ToFirstFrame);
        let mut places = Vec::new();
        while session.run(Command::Forward(stop)) == Outcome::Moved {
            places.push(session.step());
            if places.len() == 40 {
                break;
            }
        }
        assert!(places.len() >= 2, "{stop:?} is met more than once");
        let last = places.pop().unwrap();
        assert_eq!(session.run(Command::ToStep(last)), Outcome::Moved);
        for place in places.into_iter().rev() {
            assert_eq!(session.run(Command::Back(stop)), Outcome::Moved);
            assert_eq!(session.step(), place, "{stop:?}");
        }
    }
}

#[test]
fn what_cannot_be_done_is_said_and_moves_nothing() {
    let mut session = session("generator");
    session.run(Command::ToFirstFrame);
    let place = session.step();
    let mut far = session.clone();
    to_end(&mut far);
    let last = far.step();
    let mut outcome = session.run(Command::ToStep(last + 1));
    while outcome == Outcome::Unfinished {
        outcome = session.run(Command::ToStep(last + 1));
    }
    assert_eq!(outcome, Outcome::Rejected(Rejection::NoSuchStep { last }));
    assert_eq!(session.step(), place);
    assert_eq!(far.run(Command::Forward(Stop::Line)), Outcome::AtEnd);
    assert_eq!(session.run(Command::ToStep(0)), Outcome::Moved);
    assert_eq!(session.run(Command::Back(Stop::Line)), Outcome::AtStart);
}

#[test]
fn a_time_leads_to_the_last_step_made_by_then() {
    let mut session = session("generator");
    session.run(Command::ToFirstFrame);
    session.run(Command::By(200));
    let (at_ns, step) = (session.machine().now, session.step());
    session.run(Command::By(1));
    let later_ns = session.machine().now;
    session.run(Command::ToStep(0));
    assert_eq!(session.run(Command::ToTime(at_ns)), Outcome::Moved);
    assert!(session.step() >= step && session.machine().now == at_ns);
    assert!(later_ns >= at_ns);
}
