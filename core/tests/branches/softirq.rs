//! `handle_softirqs`, `ksoftirqd` and `net_rx_action`: when they go on and when they stop.

use super::recording::{Recording, burst, burst_after, record, record_disturbed};
use nicscope_core::engine::line_info;
use nicscope_core::fact::RoutineId as Id;
use nicscope_core::machine::{
    CostProfile, Driver, DropReason, JIFFY_NS, SOFTIRQ_OFFSET, TrafficFlow,
};
use nicscope_core::scenario::Scenario;

/// A burst of a thousand that an interrupt finds while the application works: nobody is waiting
/// for the CPU, so `need_resched` stays clear.
fn burst_into_work(work_ns: u32) -> Scenario {
    let mut scenario = burst_after(Driver::Ice, 1_000, 50_000);
    scenario.settings.app_ns = work_ns;
    scenario
}

/// The same, but the frames are for another host and wake nobody, and the reader ends after its
/// work.
fn nobody_woken() -> Scenario {
    let mut scenario = burst_into_work(500_000);
    scenario.settings.reads = 1;
    scenario.traffic.frames[1..].iter_mut().for_each(|frame| frame.to_host = false);
    scenario
}

/// Lets the burst come later, while the application still works.
fn postpone(scenario: &mut Scenario, ns: u64) {
    scenario.traffic.frames[1..].iter_mut().for_each(|frame| frame.at_ns += ns);
    scenario.settings.app_ns += u32::try_from(ns).expect("less than a jiffy");
}

/// Where the softirq begins that hands over to `ksoftirqd`, and where it does.
fn deferred(run: &Recording) -> (usize, usize) {
    let defer = run.next(0, Id::HandleSoftirqs, "Defer");
    let begin = run.all(Id::HandleSoftirqs, "Begin").filter(|&at| at < defer).last();
    (begin.expect("it began"), defer)
}

/// Passes over the pending mask between two facts.
fn passes(run: &Recording, (from, to): (usize, usize)) -> usize {
    run.all(Id::HandleSoftirqs, "Clear").filter(|at| (from..to).contains(at)).count()
}

fn jiffies(run: &Recording, place: usize) -> u64 {
    run.facts[place].at / JIFFY_NS
}

#[test]
fn ten_passes_are_the_most_then_ksoftirqd_takes_over() {
    let run = record(&nobody_woken());
    let (begin, defer) = deferred(&run);
    assert_eq!(jiffies(&run, begin), jiffies(&run, defer), "time is not what ends it");
    assert_eq!(passes(&run, (begin, defer)), 10);
    let cleaned = run.all(Id::IceCleanRxIrq, "Count").filter(|at| (begin..defer).contains(at));
    assert_eq!(cleaned.count(), 640);
}

#[test]
fn ksoftirqd_goes_on_by_itself_while_nobody_wants_the_cpu() {
    let run = record(&nobody_woken());
    let rounds: Vec<_> = run.all(Id::RunKsoftirqd, "Run").collect();
    assert_eq!(rounds.len(), 1);
    assert_eq!(passes(&run, (rounds[0], run.facts.len())), 6, "360 frames in one round");
    assert_eq!(run.machine.drops.of(DropReason::OtherHost), 1_000);
}

#[test]
fn ksoftirqd_gives_way_to_the_reader_that_it_woke() {
    let mut scenario = nobody_woken();
    // The last 300 are for another reader, who sleeps.
    let other = TrafficFlow { destination_port: 9, ..scenario.traffic.flows[0] };
    scenario.traffic.flows.push(other);
    for frame in &mut scenario.traffic.frames[701..] {
        (frame.to_host, frame.flow) = (true, 1);
    }
    let run = record(&scenario);
    let round = run.next(0, Id::RunKsoftirqd, "Run");
    let enable = run.next(round, Id::RunKsoftirqd, "Enable");
    assert_eq!(passes(&run, (round, enable)), 1, "need_resched ends the round");
    assert!(run.all(Id::HandleSoftirqs, "Defer").any(|at| (round..enable).contains(&at)));
    let resched = run.next(enable, Id::RunKsoftirqd, "Resched");
    let read = run.next(resched, Id::UdpRecvmsg, "Return");
    assert!(run.all(Id::RunKsoftirqd, "Sleep").all(|at| at < resched || at > read));
    assert_eq!(run.machine.delivered(), 2);
}

#[test]
fn the_readers_bh_enable_runs_what_the_interrupt_left() {
    let run = record(&burst_into_work(500_000));
    let (_, defer) = deferred(&run);
    let enable = run.next(defer, Id::LocalBhEnableIp, "Run");
    assert!(run.next(enable, Id::IceCleanRxIrq, "Count") > enable);
    assert_eq!(run.count(Id::RunKsoftirqd, "Run"), 0, "nothing is left when it runs");
    assert_eq!(run.machine.delivered(), 1_001);
}

#[test]
fn bh_enable_keeps_preemption_off_until_what_it_ran_is_done() {
    let (mut counts, mut enabling) = (Vec::new(), false);
    record_disturbed(&burst_into_work(500_000), |machine, fact| {
        let count = machine.cpus[0].preempt_count;
        match line_info(fact.line).name() {
            "Run" if fact.line.routine == Id::LocalBhEnableIp => enabling = true,
            "Begin" if enabling && fact.line.routine == Id::HandleSoftirqs => counts.push(count),
            "Interrupts" if fact.line.routine == Id::LocalBhEnableIp => {
                counts.push(count);
                enabling = false;
            }
            _ => {}
        }
    });
    assert_eq!(counts, [SOFTIRQ_OFFSET + 1, 0]);
}

#[test]
fn a_jiffy_is_the_longest_then_ksoftirqd_takes_over() {
    // Once to see when the softirq begins, then so that it begins shortly before a jiffy's end.
    let mut scenario = burst_into_work(500_000);
    scenario.settings.costs = CostProfile::Server;
    let early = record(&scenario);
    let begins_at = early.facts[deferred(&early).0].at;
    let before_edge = JIFFY_NS - begins_at % JIFFY_NS - 150_000;
    postpone(&mut scenario, before_edge);
    let run = record(&scenario);
    let (begin, defer) = deferred(&run);
    assert_eq!(jiffies(&run, begin) + 1, jiffies(&run, defer), "the end was reached");
    let passes = passes(&run, (begin, defer));
    assert!((2..10).contains(&passes), "{passes} passes");
    let next = run.facts[begin].at.next_multiple_of(JIFFY_NS);
    let again = run.all(Id::HandleSoftirqs, "Again").filter(|at| (begin..defer).contains(at));
    let late = again.filter(|&at| run.facts[at].at >= next).count();
    assert_eq!(late, 1, "the first test after the jiffy's end stops it");
}

#[test]
fn a_task_that_wants_the_cpu_ends_it_after_one_pass() {
    let run = record(&burst(Driver::Ice, 300));
    let (begin, defer) = deferred(&run);
    assert_eq!(passes(&run, (begin, defer)), 1);
    assert_eq!(jiffies(&run, begin), jiffies(&run, defer));
    assert!(run.all(Id::TtwuDoActivate, "Activate").any(|at| (begin..defer).contains(&at)));
    assert_eq!(run.machine.delivered(), 301);
}

/// Squeezes counted, and how often `net_rx_action` tested budget and time.
fn squeezes(scenario: &Scenario) -> (u32, usize) {
    let run = record(scenario);
    (run.machine.cpus[0].softnet.time_squeeze, run.count(Id::NetRxAction, "Limit"))
}

#[test]
fn a_budget_used_up_is_a_squeeze_and_one_that_is_not_is_none() {
    let mut scenario = burst(Driver::Ice, 100);
    // The polls take 1, 64 and 36.
    for (budget, squeezed) in [(300, 0), (65, 0), (64, 1), (36, 2), (1, 3)] {
        scenario.settings.netdev_budget = budget;
        assert_eq!(squeezes(&scenario).0, squeezed, "netdev_budget {budget}");
    }
}

#[test]
fn a_budget_that_the_last_packet_uses_up_counts_though_nothing_is_left() {
    let mut scenario = burst(Driver::Igb, 0);
    scenario.settings.netdev_budget = 1;
    assert_eq!(squeezes(&scenario), (1, 1));
    scenario.settings.netdev_budget = 2;
    assert_eq!(squeezes(&scenario), (0, 1));
}

#[test]
fn without_time_every_poll_is_a_squeeze() {
    let mut scenario = burst(Driver::Igb, 200);
    scenario.settings.netdev_budget_usecs = 0;
    let (squeezed, polls) = squeezes(&scenario);
    assert_eq!((squeezed as usize, polls), (5, 5), "1, 64, 64, 64 and 8");
}

#[test]
fn a_jiffy_of_time_ends_at_its_edge() {
    let mut scenario = burst_into_work(500_000);
    scenario.settings.costs = CostProfile::Server;
    scenario.settings.netdev_budget_usecs = 4_000;
    let early = record(&scenario);
    assert_eq!(early.machine.cpus[0].softnet.time_squeeze, 0);
    let begins_at = early.facts[deferred(&early).0].at;
    let before_edge = JIFFY_NS - begins_at % JIFFY_NS - 20_000;
    postpone(&mut scenario, before_edge);
    assert_eq!(squeezes(&scenario).0, 1, "the poll that ran over the edge");
}

#[test]
fn a_part_of_a_jiffy_counts_as_a_whole_one() {
    // usecs_to_jiffies() rounds up: include/linux/jiffies.h:546.
    let mut scenario = burst_into_work(500_000);
    scenario.settings.costs = CostProfile::Server;
    let early = record(&scenario);
    let begins_at = early.facts[deferred(&early).0].at;
    postpone(&mut scenario, JIFFY_NS - begins_at % JIFFY_NS - 20_000);
    for (usecs, squeezed) in [(1, 1), (3_999, 1), (4_000, 1), (4_001, 0), (8_000, 0)] {
        scenario.settings.netdev_budget_usecs = usecs;
        assert_eq!(squeezes(&scenario).0, squeezed, "netdev_budget_usecs {usecs}");
    }
}

#[test]
fn what_is_left_goes_round_again_in_the_same_softirq() {
    // E3's order: the whole weight, NET_RX raised again, and the rest in the next pass.
    let mut scenario = burst(Driver::Igb, 100);
    scenario.traffic.frames.iter_mut().for_each(|frame| frame.to_host = false);
    let run = record(&scenario);
    let order = [
        (Id::IgbPoll, "Keep"),
        (Id::NapiPoll, "Repoll"),
        (Id::NetRxAction, "Requeue"),
        (Id::RaiseSoftirqIrqoff, "Raise"),
        (Id::HandleSoftirqs, "Again"),
        (Id::HandleSoftirqs, "Clear"),
        (Id::IgbPoll, "Complete"),
        (Id::IgbRingIrqEnable, "Write"),
    ];
    let mut place = run.next(0, Id::IgbPoll, "Return");
    for (routine, line) in order {
        place = run.next(place, routine, line);
    }
    assert_eq!(run.count(Id::HandleSoftirqs, "Begin"), run.count(Id::HandleSoftirqs, "End"));
    assert_eq!(run.objects(Id::IgbPoll, "Decide"), [1, 64, 36]);
    assert_eq!(run.machine.cpus[0].softnet.time_squeeze, 0);
}
