//! The invariants hold at every step of random machines, and each of them can fail.

use nicscope_core::engine::invariant::{Violation, check};
use nicscope_core::engine::{advance, power_on, run_steps};
use nicscope_core::fact::{NoSink, RoutineId};
use nicscope_core::machine::{Driver, Machine, NAPI_SCHED, Settings, Traffic};
use nicscope_core::scenario::{Generator, LIBRARY, Scenario, named};
use nicscope_core::units::{NapiId, PacketId, SkbId, VectorId};
use proptest::prelude::{ProptestConfig, any, prop_oneof, proptest};
use proptest::strategy::{Just, Strategy};

/// Steps that one random machine is watched for, after its set-up.
const WATCHED: u64 = 5_000;

fn watch(scenario: &Scenario, steps: u64) {
    let traffic = &scenario.traffic;
    let mut machine = power_on(scenario.settings, traffic);
    // The set-up of a small ring; watched too, but thinner.
    while machine.arrived == 0 && advance(&mut machine, traffic, &mut NoSink) {
        if machine.step.is_multiple_of(16) {
            check(&machine, traffic).unwrap_or_else(|v| panic!("{v:?} at step {}", machine.step));
        }
    }
    let first = machine.step;
    while machine.step < first + steps && advance(&mut machine, traffic, &mut NoSink) {
        check(&machine, traffic).unwrap_or_else(|v| panic!("{v:?} at step {}", machine.step));
    }
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let traffic =
        (any::<u64>(), 1u32..300, 0u32..1472, 1u32..5, 1u32..120, 0u64..20_000, 0u32..300)
            .prop_map(|(seed, packets, payload, flows, burst, gap_ns, bad_per_mille)| Generator {
                seed,
                packets,
                payload,
                flows,
                burst,
                gap_ns,
                bad_per_mille,
                link_mbps: 25_000,
                ..Generator::default()
            });
    let driver = prop_oneof![Just(Driver::Ice), Just(Driver::Igb)];
    let ring = prop_oneof![Just(16u16), Just(32), Just(64)];
    let switches = (any::<bool>(), any::<bool>());
    let rest = (0u32..60_000, 2_304u32..250_000, 0u32..30_000, 0u32..4, 0u32..4, switches);
    (traffic, driver, ring, 1u16..=4, rest).prop_map(|(generator, driver, ring, queues, rest)| {
        let mut scenario = Scenario::of(driver, generator.traffic());
        let settings = &mut scenario.settings;
        (settings.rx_ring, settings.queues) = (ring, queues);
        (settings.itr_ns, settings.rcvbuf, settings.app_ns) = (rest.0, rest.1, rest.2);
        (settings.page_failures, settings.skb_failures) = (rest.3, rest.4);
        (settings.iommu, settings.legacy_rx) = rest.5;
        scenario
    })
}

/// How many random machines: few in CI, more when asked for.
fn cases() -> u32 {
    option_env!("NICSCOPE_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]
    #[test]
    fn random_machines_keep_all_invariants(scenario in scenarios()) {
        watch(&scenario, WATCHED);
    }
}

#[test]
fn a_datagram_that_comes_while_the_reader_falls_asleep_is_kept() {
    let generator = Generator {
        seed: 438,
        packets: 19,
        flows: 3,
        burst: 39,
        gap_ns: 16_206,
        link_mbps: 69_522,
        bad_per_mille: 138,
        ..Generator::default()
    };
    let mut scenario = Scenario::of(Driver::Ice, generator.traffic());
    let settings = &mut scenario.settings;
    (settings.rx_ring, settings.itr_ns) = (16, 48_522);
    (settings.rcvbuf, settings.app_ns) = (73_606, 13_578);
    watch(&scenario, u64::from(u32::MAX));
}

#[test]
fn softirqs_that_another_queues_interrupt_ran_are_not_run_twice() {
    let generator = Generator {
        packets: 30_000,
        payload: 1_458,
        flows: 16,
        gap_ns: 1_600,
        ..Generator::default()
    };
    let settings = Settings { queues: 8, rx_ring: 2_048, ..Settings::of(Driver::Ice) };
    let traffic = generator.traffic();
    let mut machine = power_on(settings, &traffic);
    run_steps(&mut machine, &traffic, u64::MAX);
    assert_eq!(machine.delivered() + machine.drops.total(), 30_000);
}

#[test]
fn the_ready_scenarios_keep_all_invariants() {
    for name in LIBRARY {
        for driver in [Driver::Ice, Driver::Igb] {
            let (mut scenario, _) = named(name).expect("a ready scenario");
            scenario.settings.driver = driver;
            scenario.settings.rx_ring = 64;
            watch(&scenario, 20_000);
        }
    }
}

#[test]
fn a_needless_interrupt_at_any_step_changes_no_outcome() {
    for driver in [Driver::Ice, Driver::Igb] {
        let (mut scenario, _) = named("budget").expect("a ready scenario");
        scenario.settings = Settings { rx_ring: 64, ..Settings::of(driver) };
        scenario.traffic.frames.truncate(5);
        let traffic = &scenario.traffic;
        let mut machine = power_on(scenario.settings, traffic);
        while machine.arrived == 0 {
            run_steps(&mut machine, traffic, 1);
        }
        while run_steps(&mut machine, traffic, 1) == 1 {
            let mut disturbed = machine.clone();
            disturbed.cpus[0].requested.push_back(VectorId(1));
            while advance(&mut disturbed, traffic, &mut NoSink) {
                match check(&disturbed, traffic) {
                    // The card did not send it, so it did not disarm the vector either.
                    Ok(()) | Err(Violation::RearmByLastOwner) => {}
                    Err(v) => panic!("{v:?}, disturbed at step {}", machine.step),
                }
            }
            assert_eq!(disturbed.delivered(), 5, "disturbed at step {}", machine.step);
        }
    }
}

/// A machine of 64 slots in the middle of its work: packets in the ring and in the socket.
fn busy() -> (Machine, Traffic) {
    let (mut scenario, _) = named("budget").expect("a ready scenario");
    scenario.settings.rx_ring = 64;
    let mut machine = power_on(scenario.settings, &scenario.traffic);
    while machine.sockets[0].receive_queue.count < 9 {
        assert_eq!(run_steps(&mut machine, &scenario.traffic, 1), 1);
    }
    check(&machine, &scenario.traffic).expect("nothing is wrong yet");
    (machine, scenario.traffic)
}

/// A machine that has done its work.
fn idle() -> (Machine, Traffic) {
    let (mut machine, traffic) = busy();
    run_steps(&mut machine, &traffic, 10_000_000);
    check(&machine, &traffic).expect("nothing is wrong yet");
    (machine, traffic)
}

#[test]
fn a_napi_cleaned_without_sched_breaks_ownership() {
    let (mut machine, traffic) = busy();
    machine.napis[0].state &= !NAPI_SCHED;
    assert_eq!(check(&machine, &traffic), Err(Violation::Ownership));
}

/// A machine of two queues whose second one is being cleaned while the first has work too.
fn second_is_cleaned() -> (Machine, Traffic) {
    let (mut scenario, _) = named("shared-budget").expect("a ready scenario");
    (scenario.settings.queues, scenario.settings.rx_ring) = (2, 64);
    let mut machine = power_on(scenario.settings, &scenario.traffic);
    let cleaned = |machine: &Machine| {
        let mut frames = machine.cpus[0].irq_stack.iter();
        machine.napis.get(1).is_some_and(|napi| napi.polls > 0)
            && frames
                .any(|frame| frame.line.routine == RoutineId::IceCleanRxIrq && frame.locals[0] == 1)
    };
    while !cleaned(&machine) {
        assert_eq!(run_steps(&mut machine, &scenario.traffic, 1), 1);
    }
    check(&machine, &scenario.traffic).expect("nothing is wrong yet");
    (machine, scenario.traffic)
}

#[test]
fn only_the_napi_whose_ring_is_cleaned_must_be_owned() {
    let (mut machine, traffic) = second_is_cleaned();
    machine.napis[1].state &= !NAPI_SCHED;
    assert_eq!(check(&machine, &traffic), Err(Violation::Ownership));
    machine.napis[1].state |= NAPI_SCHED;
    let poll = machine.cpus[0]
        .irq_stack
        .iter()
        .position(|frame| frame.line.routine == RoutineId::IceNapiPoll && frame.locals[0] == 1);
    machine.cpus[0].irq_stack[poll.expect("it is polled")].locals[0] = 0;
    assert_eq!(check(&machine, &traffic), Err(Violation::Ownership));
}

#[test]
fn only_the_vector_of_the_ring_that_is_cleaned_must_stay_off() {
    let (mut machine, traffic) = second_is_cleaned();
    machine.nic.vectors[1].armed = true;
    assert_eq!(check(&machine, &traffic), Ok(()));
    machine.nic.vectors[2].armed = true;
    assert_eq!(check(&machine, &traffic), Err(Violation::RearmByLastOwner));
}

#[test]
fn a_vector_has_one_timer_while_it_waits_and_else_none() {
    let (mut machine, traffic) = second_is_cleaned();
    machine.nic.vectors[1].timer ^= true;
    assert_eq!(check(&machine, &traffic), Err(Violation::Moderation));
}

#[test]
fn anothers_interrupt_does_not_wake_a_queue() {
    let (mut machine, traffic) = second_is_cleaned();
    run_steps(&mut machine, &traffic, 10_000_000);
    check(&machine, &traffic).expect("nothing is wrong yet");
    let queue = &mut machine.nic.queues[1];
    let slot = usize::from(queue.head);
    queue.head = (queue.head + 1) % 64;
    queue.fetch = queue.head;
    queue.fetched.clear();
    machine.rings[1].descriptors[slot].packet = PacketId(99_999);
    machine.rings[1].descriptors[slot].status = 3;
    machine.sockets[0].packets_read -= 1;
    machine.cpus[0].requested.push_back(VectorId(1));
    assert_eq!(check(&machine, &traffic), Err(Violation::LostWakeup));
    machine.cpus[0].requested.push_back(VectorId(2));
    assert_eq!(check(&machine, &traffic), Ok(()));
}

#[test]
fn a_napi_on_two_lists_breaks_list_membership() {
    let (mut machine, traffic) = busy();
    machine.cpus[0].softnet.poll_list.push_back(NapiId(0));
    machine.cpus[0].softnet.repoll.push_back(NapiId(0));
    assert_eq!(check(&machine, &traffic), Err(Violation::ListMembership));
}

#[test]
fn a_tail_that_is_no_multiple_of_eight_breaks_the_partition() {
    let (mut machine, traffic) = busy();
    machine.nic.queues[0].tail -= 1;
    assert_eq!(check(&machine, &traffic), Err(Violation::DescriptorPartition));
}

#[test]
fn a_tail_beyond_next_to_use_breaks_the_order() {
    let (mut machine, traffic) = idle();
    let tail = machine.nic.queues[0].tail;
    machine.rings[0].next_to_use = (tail + 63) % 64;
    assert_eq!(check(&machine, &traffic), Err(Violation::Order));
}

#[test]
fn a_stale_done_bit_breaks_the_done_discipline() {
    let (mut machine, traffic) = idle();
    let slot = usize::from(machine.nic.queues[0].head);
    machine.rings[0].descriptors[slot].status |= 1;
    assert_eq!(check(&machine, &traffic), Err(Violation::DoneDiscipline));
}

#[test]
fn a_posted_half_that_an_skb_holds_breaks_exclusivity() {
    let (mut machine, traffic) = busy();
    let slot = usize::from(machine.nic.queues[0].fetch);
    let buf = machine.rings[0].rx_buf[slot];
    let skb = machine.sockets[0].receive_queue.head;
    machine.skbs.objects[skb.index()].page = buf.page;
    machine.skbs.objects[skb.index()].page_offset = buf.page_offset - 192;
    assert_eq!(check(&machine, &traffic), Err(Violation::BufferExclusivity));
}

#[test]
fn a_leaked_reference_breaks_page_accounting() {
    let (mut machine, traffic) = idle();
    let page = machine.rings[0].rx_buf[5].page;
    machine.memory.pages[page.index()].refcount += 1;
    assert_eq!(check(&machine, &traffic), Err(Violation::PageAccounting));
    machine.memory.pages[page.index()].refcount -= 2;
    assert_eq!(check(&machine, &traffic), Err(Violation::PageAccounting));
}

#[test]
fn a_packet_that_vanishes_breaks_conservation() {
    let (mut machine, traffic) = busy();
    machine.arrived += 1;
    assert_eq!(check(&machine, &traffic), Err(Violation::Conservation));
    let (mut machine, traffic) = idle();
    machine.sockets[0].packets_read -= 1;
    assert_eq!(check(&machine, &traffic), Err(Violation::Conservation));
}

#[test]
fn a_written_back_packet_that_nobody_looks_at_is_a_lost_wakeup() {
    let (mut machine, traffic) = idle();
    let queue = &mut machine.nic.queues[0];
    let slot = usize::from(queue.head);
    queue.head = (queue.head + 1) % 64;
    queue.fetch = queue.head;
    queue.fetched.clear();
    machine.rings[0].descriptors[slot].packet = PacketId(99);
    machine.rings[0].descriptors[slot].status = 3;
    machine.sockets[0].packets_read -= 1;
    assert_eq!(check(&machine, &traffic), Err(Violation::LostWakeup));
}

#[test]
fn a_pending_softirq_in_idle_breaks_liveness() {
    let (mut machine, traffic) = idle();
    machine.cpus[0].softirq_pending = 1 << 3;
    machine.tasks[1].stack.clear();
    assert_eq!(check(&machine, &traffic), Err(Violation::SoftirqLiveness));
}

#[test]
fn a_vector_armed_while_its_ring_is_cleaned_breaks_the_rearm_rule() {
    let (mut machine, traffic) = busy();
    machine.nic.vectors[1].armed = true;
    machine.napis[0].polls = 1;
    assert_eq!(check(&machine, &traffic), Err(Violation::RearmByLastOwner));
}

#[test]
fn a_packet_left_half_read_that_is_not_kept_breaks_the_half_read_rule() {
    // ice: slots behind next_to_clean that hold no beginning of a packet.
    let (mut machine, traffic) = idle();
    let ring = &mut machine.rings[0];
    ring.next_to_clean = (ring.first_desc + 1) % 64;
    assert_eq!(check(&machine, &traffic), Err(Violation::HalfRead));
    // igb: an sk_buff in hand, and no packet that goes on.
    let (mut scenario, _) = named("budget").expect("a ready scenario");
    scenario.settings = Settings { rx_ring: 64, ..Settings::of(Driver::Igb) };
    let mut machine = power_on(scenario.settings, &scenario.traffic);
    run_steps(&mut machine, &scenario.traffic, 10_000_000);
    check(&machine, &scenario.traffic).expect("nothing is wrong yet");
    machine.rings[0].skb = SkbId(0);
    assert_eq!(check(&machine, &scenario.traffic), Err(Violation::HalfRead));
}

#[test]
fn an_address_that_leads_nowhere_breaks_the_mapping() {
    let (mut machine, traffic) = idle();
    let slot = usize::from(machine.nic.queues[0].head);
    let address = machine.rings[0].descriptors[slot].pkt_addr;
    machine.iommu.unmap(address, 1);
    assert_eq!(check(&machine, &traffic), Err(Violation::Mapping));
}

#[test]
fn packets_queued_out_of_order_break_the_flow_order() {
    let (mut machine, traffic) = busy();
    let list = machine.sockets[0].receive_queue;
    let members: Vec<_> = list.iter(&machine.skbs).collect();
    let (first, second) = (members[0].index(), members[1].index());
    let packet = machine.skbs.objects[first].packet;
    machine.skbs.objects[first].packet = machine.skbs.objects[second].packet;
    machine.skbs.objects[second].packet = packet;
    assert_eq!(check(&machine, &traffic), Err(Violation::FlowOrder));
}
