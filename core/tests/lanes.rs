//! The timeline's lanes: the summary and each window equal a count made the slow way.

use nicscope_core::diagram::{Focus, Place};
use nicscope_core::engine::line_info;
use nicscope_core::fact::Subject;
use nicscope_core::machine::{Driver, Settings};
use nicscope_core::scenario::{Generator, LIBRARY, Scenario, named};
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::timeline::{Bucket, Buckets, Lane, Marker, Passage, Passes};
use proptest::prelude::*;

fn surveyed(scenario: Scenario) -> Session {
    let mut session = Session::new(scenario);
    while session.run(Command::ToEnd) == Outcome::Unfinished {}
    while session.run(Command::Survey(997)) == Outcome::Unfinished {}
    assert_eq!(session.surveyed().0, session.step());
    session
}

fn passages(scenario: &Scenario) -> Vec<Passage> {
    let machine = nicscope_core::engine::power_on(scenario.settings, &scenario.traffic);
    let mut passes = Passes::of(machine);
    std::iter::from_fn(|| passes.pass(&scenario.traffic)).collect()
}

/// How long two stretches of time lie over each other.
fn overlap(a: (u64, u64), b: (u64, u64)) -> u64 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// One stretch, from all steps of the run.
fn slowly(passages: &[Passage], from: u64, until: u64) -> Bucket {
    let mut bucket = Bucket::EMPTY;
    for passage in passages {
        let busy = &mut bucket.busy_ns;
        busy[passage.lane as usize] += overlap((passage.at_ns, passage.until_ns), (from, until));
        busy[passage.task as usize] += passage.resumed.map_or(0, |on| overlap(on, (from, until)));
        if let Some((start, (lane, own_until), end)) = passage.cut {
            busy[lane as usize] -= overlap((start, end.min(own_until)), (from, until));
            busy[passage.task as usize] -= overlap((start.max(own_until), end), (from, until));
        }
        if !(from..until).contains(&passage.at_ns) {
            continue;
        }
        bucket.first_step = bucket.first_step.min(passage.step);
        bucket.steps[passage.lane as usize] += 1;
        if let Some(marker) = passage.marker {
            if bucket.marks[marker as usize] == 0 {
                bucket.first_marked[marker as usize] = (passage.step, passage.at_ns);
            }
            bucket.marks[marker as usize] += 1;
        }
    }
    bucket
}

fn compare(found: &Buckets, passages: &[Passage], every: usize) {
    let mut at = found.from_ns;
    for (place, bucket) in found.list.iter().enumerate() {
        let until = at + found.width_ns;
        if place % every == 0 || place % 5 == 0 && bucket.first_step != u64::MAX {
            assert_eq!(*bucket, slowly(passages, at, until), "stretch {place}, {at} to {until} ns");
        }
        at = until;
    }
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let traffic = (1_u32..30, 1_u32..30, 0_u64..20_000, 0_u32..400, 1_u32..4, any::<u32>());
    let machine = (any::<bool>(), 0_u32..60_000, 0_u32..20_000, any::<bool>(), 1_u32..4);
    (traffic, machine).prop_map(|(traffic, machine)| {
        let (packets, burst, gap_ns, bad_per_mille, flows, seed) = traffic;
        let (ice, itr_ns, app_ns, iommu, queues) = machine;
        let generator = Generator {
            seed: seed.into(),
            packets,
            burst,
            gap_ns,
            bad_per_mille,
            flows,
            ..Generator::default()
        };
        let driver = if ice { Driver::Ice } else { Driver::Igb };
        let queues = queues.try_into().expect("small");
        let settings =
            Settings { itr_ns, app_ns, iommu, queues, rx_ring: 32, ..Settings::of(driver) };
        Scenario { settings, traffic: generator.traffic() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_summary_and_windows_are_what_all_steps_come_to(
        scenario in scenarios(),
        cuts in proptest::collection::vec((0_u64..1_000, 0_u64..1_000), 4),
    ) {
        let passages = passages(&scenario);
        let session = surveyed(scenario);
        compare(session.survey(), &passages, 97);
        let end = session.surveyed().1;
        // The whole run, the part with frames, and windows anywhere.
        let first = passages.iter().find(|passage| passage.marker == Some(Marker::Arrival));
        let first = first.map_or(0, |passage| passage.at_ns);
        let live = end - first;
        let anywhere = cuts.iter().map(|(from, long)| {
            let from = first + live * from / 1_000;
            (from, from + 1 + live * long / 10_000)
        });
        for window in [(0, end), (first, end)].into_iter().chain(anywhere) {
            compare(&session.window(window).buckets, &passages, 31);
        }
    }
}

#[test]
fn the_cpu_is_in_one_lane_at_a_time() {
    for &name in LIBRARY {
        let (scenario, _) = named(name).expect("a ready scenario");
        let session = surveyed(scenario);
        let width_ns = session.survey().width_ns;
        for (place, bucket) in session.survey().list.iter().enumerate() {
            let busy: u64 = bucket.busy_ns[Lane::Hardirq as usize..].iter().sum();
            assert!(busy <= width_ns, "{name}: {busy} of {width_ns} ns in stretch {place}");
        }
    }
}

/// The lane as the stage tells it, which has its own way of finding who acts.
fn lane_on_stage(session: &Session) -> Option<Place> {
    Focus::of(&session.walk()).subject
}

#[test]
fn each_step_is_in_the_lane_of_who_acts_on_the_stage() {
    let (scenario, _) = named("budget").expect("a ready scenario");
    let passages = passages(&scenario);
    let mut session = Session::new(scenario);
    let mut seen = [0; Lane::COUNT];
    for passage in &passages {
        session.run(Command::By(1));
        let subject = line_info(session.fact().expect("a step").line).subject;
        let place = lane_on_stage(&session).expect("somebody acts");
        let expected: &[Lane] = match (subject, place) {
            (Subject::Lapic | Subject::Iommu, _) => &[Lane::Bus],
            (_, Place::Wire) => &[Lane::Wire],
            (_, Place::Hardirq) => &[Lane::Hardirq],
            (_, Place::Softirq) => &[Lane::Softirq, Lane::Napi, Lane::Stack],
            (Subject::Application, _) => &[Lane::Application],
            (_, Place::Task | Place::Application) => &[Lane::Task],
            _ => &[Lane::Nic],
        };
        assert!(expected.contains(&passage.lane), "step {}: {:?}", passage.step, passage.lane);
        seen[passage.lane as usize] += 1;
    }
    assert!(seen.iter().all(|steps| *steps > 0), "a lane without a step: {seen:?}");
}

#[test]
fn markers_are_as_many_as_the_machine_counted() {
    for &name in LIBRARY {
        let (scenario, _) = named(name).expect("a ready scenario");
        let session = surveyed(scenario);
        let sum = |marker: Marker| {
            let marks = session.survey().list.iter().map(|bucket| bucket.marks[marker as usize]);
            marks.map(u64::from).sum::<u64>()
        };
        let machine = session.machine();
        assert_eq!(sum(Marker::Arrival), u64::from(machine.arrived), "{name}");
        let taken: u64 = machine.irqs.iter().map(|irq| irq.count).sum();
        assert_eq!(sum(Marker::Interrupt), taken, "{name}");
        let lost = machine.drops.total();
        let drops = sum(Marker::Drop) + sum(Marker::CardDrop);
        assert!(drops <= lost && (drops > 0) == (lost > 0), "{name}: {drops} of {lost}");
        let weights: u64 = machine.napis.iter().map(|napi| napi.work / 64).sum();
        assert!(sum(Marker::Budget) <= weights + u64::from(machine.cpus[0].softnet.time_squeeze));
        assert!(name != "budget" || sum(Marker::Budget) > 0, "{name}");
        assert!(name != "stream" || sum(Marker::Merge) > 0, "{name}");
        assert!(sum(Marker::Wakeup) > 0 && sum(Marker::Rearm) > 0, "{name}");
    }
}

#[test]
fn the_nearest_step_of_a_lane_is_the_nearest_of_all() {
    let (scenario, _) = named("budget").expect("a ready scenario");
    let passages = passages(&scenario);
    let session = surveyed(scenario);
    let end = session.surveyed().1;
    for lane in Lane::ALL {
        for at in (0..40).map(|part| end * part / 39) {
            let away = |passage: &&Passage| {
                let last = passage.until_ns.max(passage.at_ns + 1) - 1;
                at.saturating_sub(last).max(passage.at_ns.saturating_sub(at))
            };
            let of_lane = passages.iter().filter(|passage| passage.lane == lane);
            let least = of_lane.clone().map(|passage| away(&passage)).min().expect("it has steps");
            let found = session.nearest(&[lane], at).expect("it has steps");
            let found = of_lane.clone().find(|passage| passage.step == found);
            assert_eq!(away(&found.expect("a step of the lane")), least, "{lane:?} at {at}");
        }
    }
}

#[test]
fn the_next_and_the_last_marker_are_those_of_all_steps() {
    for name in ["budget", "stream"] {
        let (scenario, _) = named(name).expect("a ready scenario");
        let passages = passages(&scenario);
        let session = surveyed(scenario);
        let last = session.step();
        for marker in Marker::ALL {
            let all = passages.iter().filter(|passage| passage.marker == Some(marker));
            let steps: Vec<u64> = all.map(|passage| passage.step).collect();
            let onto = steps.iter().take(3).copied();
            for step in (0..12).map(|part| last * part / 11).chain(onto).collect::<Vec<_>>() {
                let next = steps.iter().find(|marked| **marked > step);
                assert_eq!(
                    session.marked(&[marker], (step, true)).as_ref(),
                    next,
                    "{marker:?} {step}"
                );
                let before = steps.iter().rfind(|marked| **marked < step);
                assert_eq!(
                    session.marked(&[marker], (step, false)).as_ref(),
                    before,
                    "{marker:?} {step}"
                );
            }
        }
    }
}
