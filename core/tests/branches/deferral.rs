//! `gro_flush_timeout` and `napi_defer_hard_irqs`: the timer polls in the interrupt's place.

use super::recording::{Recording, burst, burst_after, is, record, record_disturbed};
use nicscope_core::engine::invariant::check;
use nicscope_core::fact::RoutineId as Id;
use nicscope_core::machine::{Driver, IPPROTO_TCP, JIFFY_NS, NAPI_MISSED, TcpHeader};
use nicscope_core::scenario::Scenario;

const TIMEOUT_NS: u32 = 200_000;

/// A frame, and so many more 2 us after it, under these two settings.
fn deferred(driver: Driver, packets: u32, timeout_ns: u32, defer: u32) -> Scenario {
    let mut scenario = burst(driver, packets);
    scenario.settings.gro_flush_timeout_ns = timeout_ns;
    scenario.settings.napi_defer_hard_irqs = defer;
    scenario
}

/// Makes the frames segments of one TCP flow, so that GRO holds them.
fn held(mut scenario: Scenario) -> Scenario {
    scenario.traffic.flows[0].protocol = IPPROTO_TCP;
    for (number, frame) in (0..).zip(&mut scenario.traffic.frames) {
        frame.protocol = IPPROTO_TCP;
        (frame.payload, frame.ip_length, frame.length) = (100, 152, 166);
        let seq = 1 + number * 100;
        frame.tcp = TcpHeader { seq, ack: 7, options: 0, window: 500, flags: 0x10, length: 32 };
    }
    scenario
}

fn polls(run: &Recording, driver: Driver) -> Vec<u16> {
    match driver {
        Driver::Ice => run.objects(Id::IceNapiPoll, "Decide"),
        Driver::Igb => run.objects(Id::IgbPoll, "Decide"),
    }
}

fn watchdogs(run: &Recording) -> usize {
    run.count(Id::NapiWatchdog, "Link")
}

#[test]
fn the_interrupt_stays_off_for_so_many_polls_without_work() {
    for driver in [Driver::Ice, Driver::Igb] {
        for (defer, empty) in [(1, 1), (2, 2), (5, 5)] {
            let run = record(&deferred(driver, 0, TIMEOUT_NS, defer));
            let mut expected = vec![1];
            expected.resize(1 + empty, 0);
            // ice leaves its polling mode with a software interrupt: one poll more.
            expected.resize(1 + empty + usize::from(driver == Driver::Ice), 0);
            assert_eq!(polls(&run, driver), expected, "{driver:?}, {defer}");
            assert_eq!(watchdogs(&run), empty, "{driver:?}, {defer}");
            let timers: Vec<_> = run.all(Id::NapiCompleteDone, "StartTimer").collect();
            let expired: Vec<_> = run.all(Id::ApicTimer, "Expire").collect();
            for (start, end) in timers.iter().zip(&expired) {
                let waited = run.facts[*end].at - run.facts[*start].at;
                assert_eq!(waited, u64::from(TIMEOUT_NS), "{driver:?}");
            }
            let armed = run.all(Id::ArmVector, "Arrive").next().expect("armed in the end");
            assert!(armed > expired[empty - 1], "{driver:?}: by the last of them");
        }
    }
}

#[test]
fn a_deferral_without_a_timeout_and_a_timeout_without_held_packets_change_nothing() {
    for driver in [Driver::Ice, Driver::Igb] {
        for (timeout, defer) in [(0, 3), (TIMEOUT_NS, 0)] {
            let run = record(&deferred(driver, 20, timeout, defer));
            assert_eq!(polls(&run, driver), [1, 20], "{driver:?}");
            assert_eq!(watchdogs(&run), 0, "{driver:?}");
            assert_eq!(run.count(Id::ArmVector, "Arrive"), 2, "{driver:?}");
        }
    }
}

#[test]
fn packets_that_come_while_the_interrupt_is_off_wait_for_the_timer() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut scenario = deferred(driver, 5, TIMEOUT_NS, 2);
        scenario.traffic.frames[1..].iter_mut().for_each(|frame| frame.at_ns += 50_000);
        let traffic = scenario.traffic.clone();
        let run = record_disturbed(&scenario, |machine, _| {
            check(machine, &traffic).unwrap_or_else(|v| panic!("{driver:?}: {v:?}"));
        });
        assert_eq!(polls(&run, driver)[..4], [1, 5, 0, 0], "{driver:?}: the count starts anew");
        assert_eq!(watchdogs(&run), 3, "{driver:?}");
        assert_eq!(run.machine.delivered(), 6, "{driver:?}");
        let second = run.all(Id::CommonInterrupt, "Enter").nth(1);
        let looked = run.all(Id::NapiWatchdog, "Link").next().expect("a watchdog");
        assert!(second.is_none_or(|second| second > looked), "{driver:?}: no interrupt told");
    }
}

#[test]
fn with_a_timeout_alone_held_packets_stay_and_the_interrupt_is_armed() {
    for driver in [Driver::Ice, Driver::Igb] {
        let scenario = held(deferred(driver, 0, TIMEOUT_NS, 0));
        let run = record(&scenario);
        let armed = run.next(0, Id::ArmVector, "Arrive");
        let left = run.next(0, Id::NapiGroComplete, "Single");
        assert!(armed < left, "{driver:?}: armed while GRO holds the packet");
        assert!(run.next(0, Id::NapiWatchdog, "Link") < left, "{driver:?}: the timer's poll");
        assert_eq!(polls(&run, driver), [1, 0], "{driver:?}");
    }
}

#[test]
fn held_packets_merge_across_polls_until_they_are_of_an_earlier_jiffy() {
    for driver in [Driver::Ice, Driver::Igb] {
        let merged = |timeout, gap_ns| {
            let mut scenario = held(burst_after(driver, 1, gap_ns));
            scenario.settings.gro_flush_timeout_ns = timeout;
            scenario.settings.itr_ns = 0;
            scenario.settings.intrl_ns = 0;
            let run = record(&scenario);
            assert_eq!(run.machine.rings[0].packets, 2, "{driver:?}");
            run.count(Id::SkbGroReceive, "Account")
        };
        assert_eq!(merged(0, 100_000), 0, "{driver:?}: nothing is kept without a timeout");
        assert_eq!(merged(TIMEOUT_NS, 100_000), 1, "{driver:?}: the second poll finds the first");
        assert_eq!(merged(TIMEOUT_NS, 300_000), 0, "{driver:?}: the timer was faster");
        // A longer timeout, and a second packet in a later jiffy that keeps the poll at work.
        let run = {
            let gap_ns = 2 * JIFFY_NS;
            let mut scenario = held(burst_after(driver, 2, gap_ns));
            scenario.settings.gro_flush_timeout_ns = 1_000_000_000;
            scenario.traffic.frames[1].tcp.seq = 9_999;
            scenario.traffic.frames[2].tcp.seq = 99_999;
            scenario.traffic.frames[2].at_ns += 2 * JIFFY_NS;
            record(&scenario)
        };
        assert_eq!(run.count(Id::SkbGroReceive, "Account"), 0, "{driver:?}");
    }
}

#[test]
fn a_poll_flushes_what_is_of_an_earlier_jiffy_and_keeps_the_rest() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut scenario = held(burst_after(driver, 1, 2 * JIFFY_NS));
        scenario.settings.gro_flush_timeout_ns = 1_000_000_000;
        // Two flows: the second's packet does not push the first's out.
        let other =
            nicscope_core::machine::TrafficFlow { source_port: 9, ..scenario.traffic.flows[0] };
        scenario.traffic.flows.push(other);
        (scenario.traffic.frames[1].flow, scenario.traffic.frames[1].rss_hash) = (1, 5);
        let mut last = None;
        record_disturbed(&scenario, |machine, fact| {
            if is(fact, Id::NapiCompleteDone, "StartTimer") {
                let held: usize =
                    machine.napis[0].gro_hash.iter().map(|list| usize::from(list.count)).sum();
                last = Some((machine.rings[0].packets, held));
            }
        });
        assert_eq!(last, Some((2, 1)), "{driver:?}: the old one left, the new one waits");
    }
}

#[test]
fn an_interrupt_during_the_timers_poll_sets_missed_and_the_timer_never_does() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut missed = 0;
        let mut scenario = held(burst_after(driver, 1, 0));
        scenario.settings.rx_ring = 16;
        scenario.settings.gro_flush_timeout_ns = TIMEOUT_NS;
        scenario.settings.itr_ns = 0;
        scenario.settings.intrl_ns = 0;
        let frames = &mut scenario.traffic.frames;
        frames[1].at_ns = frames[0].at_ns + 10_000_000;
        let alone = record(&scenario);
        let first = alone.facts[0].at;
        let watchdog = alone.next(0, Id::NapiWatchdog, "Link");
        let done = alone.next(watchdog, Id::NapiCompleteDone, "Release");
        for at in alone.facts[watchdog].at..=alone.facts[done].at {
            scenario.traffic.frames[1].at_ns = scenario.traffic.frames[0].at_ns + at - first;
            let traffic = scenario.traffic.clone();
            let run = record_disturbed(&scenario, |machine, fact| {
                check(machine, &traffic).unwrap_or_else(|v| panic!("{driver:?}: {v:?}"));
                let by_timer = is(fact, Id::NapiWatchdog, "Claim");
                assert!(!by_timer || machine.napis[0].state & NAPI_MISSED == 0);
            });
            assert_eq!(run.machine.rings[0].packets, 2, "{driver:?}");
            missed += run.count(Id::NapiCompleteDone, "RunAgain");
        }
        assert!(missed > 0, "{driver:?}: the window was hit {missed} times");
    }
}

#[test]
fn a_timer_that_is_started_again_moves_and_does_not_double() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut scenario = held(burst_after(driver, 2, 0));
        scenario.settings.gro_flush_timeout_ns = 20_000;
        (scenario.settings.itr_ns, scenario.settings.intrl_ns) = (0, 0);
        let frames = &mut scenario.traffic.frames;
        (frames[1].at_ns, frames[2].at_ns) = (frames[0].at_ns + 15_000, frames[0].at_ns + 30_000);
        let run = record(&scenario);
        assert_eq!(run.count(Id::ApicTimer, "Expire"), 3, "{driver:?}: each start has its end");
        assert_eq!(run.count(Id::NapiWatchdog, "Claim"), 1, "{driver:?}: only the last is due");
    }
}
