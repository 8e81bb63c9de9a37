//! The door: every way of reaching a step gives the same state.

use nicscope_core::engine::{ROUTINES, advance, info, power_on};
use nicscope_core::fact::{CallEntry, Fact, LineId, RoutineId, Sink, Traced};
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
    for _ in 0..10_000 {
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
    let line = Stop::OfLine(LineId { routine: RoutineId::IceCleanRxIrq, line: 2 });
    for stop in [Stop::Function, Stop::Packet, Stop::Poll, Stop::Interrupt, Stop::OfPacket(3), line]
    {
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

#[test]
fn a_line_is_found_on_from_here_then_from_the_start_and_else_nothing_moves() {
    let mut session = session("generator");
    session.run(Command::ToFirstFrame);
    let line = LineId { routine: RoutineId::NetRxAction, line: 0 };
    let mut places = Vec::new();
    while places.first().is_none_or(|first| *first != session.step()) || places.len() < 2 {
        assert_eq!(session.run(Command::Find(Stop::OfLine(line))), Outcome::Moved);
        assert_eq!(session.fact().map(|fact| fact.line), Some(line));
        places.push(session.step());
        assert!(places.len() < 10_000, "it never comes round");
    }
    places.pop();
    let mut all = session.clone();
    all.run(Command::ToStep(0));
    let mut straight = Vec::new();
    while all.run(Command::Forward(Stop::OfLine(line))) == Outcome::Moved {
        straight.push(all.step());
    }
    assert_eq!(places, straight);
    let (step, hash) = (session.step(), session.machine().state_hash());
    let never = LineId { routine: RoutineId::IgbPoll, line: 0 };
    assert_eq!(session.run(Command::Find(Stop::OfLine(never))), Outcome::AtEnd);
    assert_eq!((session.step(), session.machine().state_hash()), (step, hash));
}

/// Each routine, when it is entered and when a line of it is run, by steps.
#[derive(Default)]
struct Recorded {
    step: u64,
    entries: Vec<(RoutineId, u64)>,
    lines: Vec<(LineId, u64)>,
}

impl Sink for Recorded {
    fn fact(&mut self, fact: Fact) {
        self.lines.push((fact.line, self.step));
    }

    fn enter(&mut self, entry: CallEntry) {
        self.entries.push((entry.routine, self.step));
    }
}

#[test]
fn a_routine_is_found_where_it_begins() {
    let (scenario, _) = named("ring-dry").expect("a ready scenario");
    let mut machine = power_on(scenario.settings, &scenario.traffic);
    let mut recorded = Recorded { step: 1, ..Recorded::default() };
    while advance(&mut machine, &scenario.traffic, &mut recorded) {
        recorded.step += 1;
    }
    let mut session = session("ring-dry");
    for &routine in ROUTINES {
        let entries = recorded.entries.iter().filter(|entry| entry.0 == routine);
        let mut of_routine = recorded.lines.iter().filter(|line| line.0.routine == routine);
        let first = LineId { routine, line: 0 };
        // An entry in the step that calls; an interrupt's is in the step of its first line.
        let begins: Vec<u64> = if info(routine).traced == Traced::Outside {
            of_routine.filter(|line| line.0 == first).map(|line| line.1).collect()
        } else {
            let from = |entry: &(RoutineId, u64)| of_routine.find(|line| line.1 >= entry.1);
            entries.filter_map(from).map(|line| line.1).collect()
        };
        session.run(Command::ToStep(0));
        for begin in begins.iter().take(3) {
            assert_eq!(session.run(Command::Begin(routine)), Outcome::Moved, "{routine:?}");
            assert_eq!(session.step(), *begin, "{routine:?}");
        }
        if begins.is_empty() {
            assert_eq!(session.run(Command::Begin(routine)), Outcome::AtEnd, "{routine:?}");
            assert_eq!(session.step(), 0, "{routine:?}");
        }
    }
}
