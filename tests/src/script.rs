//! Golden sessions: a script of commands, and what each of them shows.

use crate::random::run;
use nicscope_core::engine::{info, line_info};
use nicscope_core::machine::Driver;
use nicscope_core::scenario::{Generator, Scenario, named, read_capture, set_knob};
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::timeline::Stop;
use nicscope_core::units::NapiId;
use nicscope_core::view::WalkView;
use std::fmt::Write;

/// Runs a script: `scenario NAME` or `capture NAME`, `set KEY=VALUE`…, then commands. Each command's
/// line is followed by the place that it led to.
///
/// # Panics
/// If a line is not understood.
#[must_use]
pub fn play(script: &str, captures: impl Fn(&str) -> Option<&'static [u8]>) -> String {
    let mut scenario: Option<(Scenario, Option<Generator>)> = None;
    let mut session: Option<Session> = None;
    let mut out = String::new();
    for line in script.lines() {
        writeln!(out, "> {line}").expect("a string takes all");
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [] => {}
            [word, ..] if word.starts_with('#') => {}
            ["capture", name] => {
                let file = captures(name).expect("a capture of that name");
                let traffic = read_capture(file, None).expect("a readable capture");
                scenario = Some((Scenario::of(Driver::Ice, traffic), None));
            }
            ["scenario", name] => {
                scenario = named(name).map(|(scenario, generator)| (scenario, Some(generator)));
            }
            ["set", setting] => {
                let (scenario, generator) = scenario.as_mut().expect("a scenario first");
                let (key, value) = setting.split_once('=').expect("KEY=VALUE");
                set_knob(scenario, generator.as_mut(), key, value).expect("a setting");
            }
            _ => {
                let session = session.get_or_insert_with(|| {
                    let (mut scenario, generator) = scenario.take().expect("a scenario first");
                    if let Some(generator) = generator {
                        scenario.traffic = generator.traffic();
                    }
                    Session::new(scenario)
                });
                command(session, &words, &mut out);
            }
        }
    }
    out
}

fn command(session: &mut Session, words: &[&str], out: &mut String) {
    let (back, words) = match words {
        ["back", rest @ ..] => (true, rest),
        _ => (false, words),
    };
    let number = words.get(1).and_then(|word| word.parse::<u64>().ok());
    let by = |stop| {
        if back { Command::Back(stop) } else { Command::Forward(stop) }
    };
    let command = match words[0] {
        "first" => Command::ToFirstFrame,
        "end" => Command::ToEnd,
        "to" => Command::ToStep(number.expect("a step")),
        "line" => by(Stop::Line),
        "function" => by(Stop::Function),
        "packet" => by(Stop::Packet),
        "poll" => by(Stop::Poll),
        "interrupt" => by(Stop::Interrupt),
        "of-packet" => {
            let packet = number.expect("a packet");
            by(Stop::OfPacket(u32::try_from(packet).expect("a packet number")))
        }
        "totals" => return totals(&session.walk(), out),
        "lists" => return lists(session, out),
        "until" => return until(session, words[1], words[2], out),
        other => panic!("no command is {other}"),
    };
    let times = if matches!(command, Command::ToStep(_)) { 1 } else { number.unwrap_or(1) };
    let times = if matches!(words[0], "of-packet") { 1 } else { times };
    for _ in 0..times {
        let outcome = run(session, command);
        place(session, outcome, out);
    }
}

/// On until this line of this routine.
fn until(session: &mut Session, routine: &str, line: &str, out: &mut String) {
    while run(session, Command::Forward(Stop::Line)) == Outcome::Moved {
        let fact = session.fact().expect("a step was made");
        if info(fact.line.routine).name == routine && line_info(fact.line).name() == line {
            break;
        }
    }
    place(session, Outcome::Moved, out);
}

/// The CPU's three lists of NAPIs, and what each poll took last.
fn lists(session: &Session, out: &mut String) {
    let machine = session.machine();
    let softnet = &machine.cpus[0].softnet;
    let names = |list: &std::collections::VecDeque<NapiId>| {
        list.iter().map(|napi| napi.0.to_string()).collect::<Vec<_>>().join(" ")
    };
    let work: Vec<_> = machine.napis.iter().map(|napi| napi.work).collect();
    writeln!(
        out,
        "  list [{}] poll_list [{}] repoll [{}] time_squeeze {} taken {work:?}",
        names(&softnet.private_list),
        names(&softnet.poll_list),
        names(&softnet.repoll),
        softnet.time_squeeze,
    )
    .expect("a string takes all");
}

fn place(session: &Session, outcome: Outcome, out: &mut String) {
    let view = session.walk();
    let Some(fact) = view.fact else {
        writeln!(out, "  {outcome:?}, power-on").expect("a string takes all");
        return;
    };
    let line = line_info(fact.line);
    let packet = fact.packet.some().map_or(String::new(), |packet| format!(" packet {}", packet.0));
    write!(
        out,
        "  {outcome:?} {} at {} ns: {}: {} [{:?} {:?} {:?} {}{packet}]",
        view.step,
        view.at_ns,
        info(fact.line.routine).name,
        line.code(),
        line.subject,
        line.verb,
        line.object,
        fact.object
    )
    .expect("a string takes all");
    for change in &view.changes {
        let old = change.old.map_or_else(|| "-".to_owned(), |old| old.to_string());
        write!(out, " {} {old} -> {}", change.member, change.new).expect("as above");
    }
    out.push('\n');
}

fn totals(view: &WalkView, out: &mut String) {
    let totals = &view.totals;
    writeln!(
        out,
        "  arrived {} delivered {} interrupts {} polls {} polled {} doorbells {}",
        totals.arrived,
        totals.delivered,
        totals.interrupts,
        totals.polls,
        totals.polled,
        totals.doorbells
    )
    .expect("a string takes all");
    for (reason, counter, count) in &totals.drops {
        writeln!(out, "  dropped {count}: {} ({counter})", reason.name())
            .expect("a string takes all");
    }
    if let Some(ring) = &view.ring {
        writeln!(out, "  ring {:?} owned {:?}", ring.pointers, ring.owned).expect("as above");
    }
}
