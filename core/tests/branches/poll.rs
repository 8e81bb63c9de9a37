//! The drivers' polls: budget, the window before the re-arm, WB_ON_ITR, packets that are refused.

use super::recording::{Recording, burst, burst_after, is, record, record_disturbed};
use nicscope_core::fact::RoutineId as Id;
use nicscope_core::machine::{Driver, DropReason, Fault, NAPI_MISSED, NAPI_SCHED};
use nicscope_core::units::VectorId;

/// What each poll of the driver took, in order.
fn polls(run: &Recording, driver: Driver) -> Vec<u16> {
    match driver {
        Driver::Ice => run.objects(Id::IceNapiPoll, "Decide"),
        Driver::Igb => run.objects(Id::IgbPoll, "Decide"),
    }
}

#[test]
fn sixty_four_packets_use_the_budget_up_and_the_next_poll_finds_none() {
    for driver in [Driver::Ice, Driver::Igb] {
        let run = record(&burst(driver, 64));
        let found = polls(&run, driver);
        assert_eq!(found[..3], [1, 64, 0], "{driver:?}");
        let run = record(&burst(driver, 63));
        assert_eq!(polls(&run, driver), [1, 63], "{driver:?}");
        let run = record(&burst(driver, 65));
        assert_eq!(polls(&run, driver)[..3], [1, 64, 1], "{driver:?}");
    }
}

#[test]
fn a_packet_between_the_last_look_and_the_re_arm_fires_when_the_vector_is_armed() {
    for (driver, look, give_up, arm) in [
        (Driver::Ice, (Id::IceCleanRxIrq, "TestDd"), Id::IceCleanRxIrq, Id::IceEnableInterrupt),
        (Driver::Igb, (Id::IgbCleanRxIrq, "ReadLength"), Id::IgbCleanRxIrq, Id::IgbRingIrqEnable),
    ] {
        let mut scenario = burst_after(driver, 1, 1_000_000);
        scenario.settings.itr_ns = 0;
        scenario.settings.intrl_ns = 0;
        let alone = record(&scenario);
        let last_look = alone.all(look.0, look.1).nth(1).expect("the look that ends the loop");
        let armed = alone.next(last_look, Id::ArmVector, "Arrive");
        let first_at = alone.facts[0].at;
        let times = |place: usize| alone.facts[place].at - first_at;
        let mut inside = 0;
        for at_ns in times(last_look) + 1..=times(armed) {
            scenario.traffic.frames[1].at_ns = at_ns;
            let run = record(&scenario);
            let written = run.all(Id::RxQueueReceive, "WriteBack").nth(1).expect("both arrive");
            let looked = run.next(0, give_up, "Return");
            let rearmed = run.next(0, arm, "Write");
            let missed = run.count(Id::NapiCompleteDone, "RunAgain");
            assert_eq!(missed, 0, "{driver:?}: the vector is off, nobody sets MISSED");
            assert_eq!(run.machine.delivered(), 2, "{driver:?}: frame at {at_ns} ns");
            assert_eq!(run.machine.irqs[1].count, 2, "{driver:?}: frame at {at_ns} ns");
            let fired = run.all(Id::Moderate, "Fire").nth(1).expect("a second interrupt");
            assert!(fired > run.next(0, Id::ArmVector, "Arrive"), "{driver:?}: at {at_ns} ns");
            inside += u32::from((looked..rearmed).contains(&written));
        }
        assert!(inside > 10, "{driver:?}: the window was hit {inside} times");
    }
}

#[test]
fn a_request_while_the_napi_is_owned_is_noted_and_polled_for() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut asked = false;
        let run = record_disturbed(&burst(driver, 0), |machine, fact| {
            let cleaned =
                is(fact, Id::IceCleanRxIrq, "Return") || is(fact, Id::IgbCleanRxIrq, "Return");
            if cleaned && !asked {
                machine.cpus[0].requested.push_back(VectorId(1));
                asked = true;
            }
            let state = machine.napis.first().map_or(NAPI_SCHED, |napi| napi.state);
            assert!(state & NAPI_MISSED == 0 || state & NAPI_SCHED != 0, "MISSED is the owner's");
        });
        // In ice that is an episode of polling, with its software interrupt at the end.
        let expected = if driver == Driver::Ice { &[1, 0, 0][..] } else { &[1, 0] };
        assert_eq!(polls(&run, driver), expected, "{driver:?}");
        let again = run.next(0, Id::NapiCompleteDone, "RunAgain");
        let arms = run.all(Id::ArmVector, "Arrive").collect::<Vec<_>>();
        assert!(arms[0] > again, "{driver:?}: armed by the last owner only");
        assert_eq!(run.count(Id::IceNapiPoll, "Refused"), usize::from(driver == Driver::Ice));
    }
}

#[test]
fn ice_asks_for_write_backs_once_an_episode_and_for_one_more_interrupt_after_it() {
    let run = record(&burst(Driver::Ice, 200));
    assert_eq!(polls(&run, Driver::Ice)[..5], [1, 64, 64, 64, 8]);
    assert_eq!(run.count(Id::IceNapiPoll, "WriteBack"), 3);
    assert_eq!(run.count(Id::IceSetWbOnItr, "Test"), 3);
    assert_eq!(run.count(Id::IceSetWbOnItr, "Write"), 1);
    let leave = run.next(0, Id::IceEnableInterrupt, "Leave");
    // The card holds it back until 50 us after its last interrupt; its poll finds nothing.
    let fires: Vec<_> = run.all(Id::Moderate, "Fire").collect();
    assert_eq!(fires.len(), 3);
    assert!(fires[2] > leave);
    assert_eq!(run.facts[fires[2]].at - run.facts[fires[1]].at, 50_000);
    assert_eq!(polls(&run, Driver::Ice)[5..], [0]);
    assert_eq!(run.count(Id::IceEnableInterrupt, "Leave"), 1, "that poll leaves no such mode");
    assert!(!run.machine.nic.vectors[1].wb_on_itr);
}

#[test]
fn a_software_interrupt_that_another_overtakes_does_not_come() {
    let mut scenario = burst(Driver::Ice, 201);
    scenario.traffic.frames[201].at_ns += 30_000;
    let run = record(&scenario);
    assert_eq!(run.count(Id::IceEnableInterrupt, "Leave"), 1);
    assert_eq!(run.count(Id::SoftwareInterrupt, "Expire"), 1);
    assert_eq!(polls(&run, Driver::Ice), [1, 64, 64, 64, 8, 1]);
}

#[test]
fn a_poll_below_its_budget_asks_for_no_write_backs() {
    let run = record(&burst(Driver::Ice, 63));
    assert_eq!(run.count(Id::IceSetWbOnItr, "Test"), 0);
    assert_eq!(run.machine.irqs[1].count, 2);
}

#[test]
fn a_packet_received_with_an_error_is_freed_and_costs_no_budget() {
    for (driver, clean) in [(Driver::Ice, Id::IceCleanRxIrq), (Driver::Igb, Id::IgbCleanRxIrq)] {
        let mut scenario = burst(driver, 65);
        scenario.traffic.frames[10].fault = Fault::Receive;
        let run = record(&scenario);
        assert_eq!(run.count(clean, "DropError"), 1, "{driver:?}");
        assert_eq!(polls(&run, driver)[..3], [1, 64, 0], "{driver:?}: 64 good ones");
        assert_eq!(run.machine.drops.of(DropReason::ReceiveError), 1, "{driver:?}");
        assert_eq!(run.machine.delivered(), 65, "{driver:?}");
        assert_eq!(run.machine.rings[0].packets, 65, "{driver:?}: no counter tells of it");
    }
}

#[test]
fn a_frame_below_sixty_bytes_is_padded_and_ip_trims_it() {
    for (driver, clean) in [(Driver::Ice, Id::IceCleanRxIrq), (Driver::Igb, Id::IgbCleanRxIrq)] {
        for (payload, padded) in [(0, 1), (17, 1), (18, 0)] {
            let mut scenario = burst(driver, 0);
            let frame = &mut scenario.traffic.frames[0];
            (frame.payload, frame.ip_length) = (payload, payload + 28);
            frame.length = u32::from(payload) + 42;
            let run = record(&scenario);
            assert_eq!(run.count(clean, "Pad"), padded, "{driver:?}, {payload} bytes");
            assert_eq!(run.machine.rings[0].bytes, 60 - 14, "{driver:?}, {payload} bytes");
            assert_eq!(run.machine.bytes_read(), u64::from(payload), "{driver:?}");
        }
    }
}

#[test]
fn without_an_sk_buff_ice_loses_the_packet_and_ends_its_loop() {
    let mut scenario = burst(Driver::Ice, 5);
    scenario.settings.skb_failures = 1;
    let run = record(&scenario);
    assert_eq!(polls(&run, Driver::Ice)[0], 0, "the first packet failed and ended the loop");
    assert_eq!(run.machine.rings[0].alloc_buf_failed, 1);
    assert_eq!(run.machine.drops.of(DropReason::SkbAllocFailed), 1);
    assert_eq!(run.machine.rings[0].pages_reused, 1 + run.machine.delivered());
}

#[test]
fn without_an_sk_buff_igb_leaves_the_packet_to_the_next_poll() {
    let mut scenario = burst(Driver::Igb, 5);
    scenario.settings.skb_failures = 1;
    let run = record(&scenario);
    assert_eq!(polls(&run, Driver::Igb), [0, 6], "none, and all with the next interrupt");
    assert_eq!(run.machine.rings[0].alloc_buf_failed, 1);
    assert_eq!(run.machine.delivered(), 6);
    assert_eq!(run.machine.drops.total(), 0);
}
