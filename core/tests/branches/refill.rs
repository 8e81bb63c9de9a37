//! The refill: doorbells, page halves, references, and rings that run dry.

use super::recording::{Recording, burst, record, record_disturbed};
use nicscope_core::engine::{power_on, run_steps};
use nicscope_core::fact::RoutineId as Id;
use nicscope_core::machine::{Driver, Settings};
use nicscope_core::scenario::{Generator, Scenario};

fn tails(run: &Recording) -> Vec<u16> {
    run.objects(Id::TailWrite, "Arrive")
}

#[test]
fn ice_rings_only_for_a_further_multiple_of_eight() {
    // After the first fill next_to_use is 2047 and the tail register holds 2040; the packet before
    // the burst makes it 0.
    for (packets, expected) in [(7, &[0][..]), (8, &[0, 8]), (9, &[0, 8]), (63, &[0, 56])] {
        assert_eq!(tails(&record(&burst(Driver::Ice, packets))), expected, "{packets} packets");
    }
    // Single packets, one poll each: the first crosses 2048, then every eighth.
    let generator = Generator { packets: 25, gap_ns: 100_000, ..Generator::default() };
    let scenario = Scenario::of(Driver::Ice, generator.traffic());
    let run = record(&scenario);
    assert_eq!(tails(&run), [0, 8, 16, 24]);
    assert_eq!(run.count(Id::IceReleaseRxDesc, "Store"), 25);
    assert_eq!(run.machine.rings[0].next_to_use, 24);
}

#[test]
fn igb_refills_at_sixteen_free_slots_and_the_rest_after_the_loop() {
    // The packet before the burst refills slot 255 and leaves next_to_use at 0.
    let cases = [
        (1, 0, &[0, 1][..]),
        (15, 0, &[0, 15]),
        // Sixteen are noticed at the top of the next turn, even if that finds no packet.
        (16, 1, &[0, 16]),
        (17, 1, &[0, 16, 17]),
        (40, 2, &[0, 16, 32, 40]),
    ];
    for (packets, batches, expected) in cases {
        let mut scenario = burst(Driver::Igb, packets);
        scenario.settings.rx_ring = 256;
        let run = record(&scenario);
        assert_eq!(run.count(Id::IgbCleanRxIrq, "RefillBatch"), batches, "{packets} packets");
        assert_eq!(tails(&run), expected, "{packets} packets: RDT is not rounded");
    }
}

#[test]
fn a_page_goes_round_by_halves_and_leaves_when_the_other_half_is_held() {
    for driver in [Driver::Ice, Driver::Igb] {
        let generator = Generator { packets: 200, gap_ns: 100_000, ..Generator::default() };
        let mut scenario = Scenario::of(driver, generator.traffic());
        scenario.settings.rx_ring = 64;
        // Each is read before its page's other half comes round.
        let free = record(&scenario);
        assert_eq!(free.machine.rings[0].pages_released, 0, "{driver:?}");
        assert_eq!(free.machine.rings[0].pages_reused, 200, "{driver:?}");
        // Nobody reads: the second packet of a page finds the first still there.
        scenario.settings.reads = 1;
        scenario.settings.rcvbuf = 16_000_000;
        let held = record(&scenario);
        let ring = &held.machine.rings[0];
        assert!(ring.pages_released > 0, "{driver:?}");
        assert_eq!(ring.pages_reused + ring.pages_released, 200, "{driver:?}");
        let first = match driver {
            Driver::Ice => held.next(0, Id::IcePutRxMbuf, "Drain"),
            Driver::Igb => held.next(0, Id::IgbPutRxBuffer, "Drain"),
        };
        // 63 slots: the 64th packet is the first in a second half; the very first was read.
        let held_back = held.facts[first].packet.0;
        assert_eq!(held_back, 64, "{driver:?}: packet 63 shares packet 0's page, which was read");
    }
}

#[test]
fn a_stock_down_to_one_reference_is_filled_up_again() {
    for driver in [Driver::Ice, Driver::Igb] {
        let generator = Generator { packets: 40, gap_ns: 100_000, ..Generator::default() };
        let mut scenario = Scenario::of(driver, generator.traffic());
        scenario.settings.rx_ring = 16;
        let mut spent = false;
        let run = record_disturbed(&scenario, |machine, _| {
            if machine.arrived == 1 && !spent {
                // As after 65,532 packets, all of them freed.
                for buf in &mut machine.rings[0].rx_buf {
                    if let Some(page) = buf.page.some() {
                        let page = &mut machine.memory.pages[page.index()];
                        page.refcount -= u32::from(buf.pagecnt_bias) - 3;
                        buf.pagecnt_bias = 3;
                    }
                }
                spent = true;
            }
            for buf in machine.rings.iter().flat_map(|ring| &ring.rx_buf) {
                assert!(buf.page.is_none() || buf.pagecnt_bias > 0 || !spent, "{driver:?}");
            }
        });
        assert_eq!(run.machine.delivered(), 40, "{driver:?}");
        assert_eq!(run.machine.rings[0].pages_released, 0, "{driver:?}");
        let ring = &run.machine.rings[0];
        let full = ring.rx_buf.iter().filter(|buf| buf.pagecnt_bias > 60_000).count();
        assert_eq!(full, 15, "{driver:?}: each was used twice at least, and filled up");
    }
}

#[test]
fn ice_polls_again_while_pages_cannot_be_had_and_igb_does_not() {
    for driver in [Driver::Ice, Driver::Igb] {
        let generator = Generator { packets: 100, gap_ns: 100_000, ..Generator::default() };
        let mut scenario = Scenario::of(driver, generator.traffic());
        scenario.settings = Settings {
            rx_ring: 64,
            reads: 1,
            rcvbuf: 16_000_000,
            page_failures: 5,
            ..scenario.settings
        };
        let run = record(&scenario);
        assert_eq!(run.machine.rings[0].alloc_page_failed, 5, "{driver:?}");
        let repolled = run.count(Id::DoNapiPoll, "Keep");
        assert_eq!(repolled, if driver == Driver::Ice { 5 } else { 0 }, "{driver:?}");
        assert_eq!(run.machine.arrived, 100);
        assert_eq!(run.machine.drops.total(), 0, "{driver:?}: the ring was not dry");
        let unused = match driver {
            Driver::Ice => run.machine.rings[0].unused(run.machine.rings[0].first_desc),
            Driver::Igb => run.machine.rings[0].unused(run.machine.rings[0].next_to_clean),
        };
        assert_eq!(unused, 0, "{driver:?}: all slots are filled again");
    }
}

#[test]
fn a_dry_ring_lets_frames_wait_in_the_card_and_goes_on_at_the_next_doorbell() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut scenario = burst(driver, 59);
        scenario.settings.rx_ring = 16;
        // One comes when all is over: the engine does not wait for another doorbell.
        scenario.traffic.frames[59].at_ns += 1_000_000;
        let run = record(&scenario);
        let dry = run.next(0, Id::RxQueueReceive, "WaitForTail");
        let bell = run.next(dry, Id::TailWrite, "Arrive");
        let more = run.next(dry, Id::RxQueueReceive, "WriteBack");
        assert!(more > bell, "{driver:?}: nothing is written without a descriptor");
        assert_eq!(run.machine.delivered(), 60, "{driver:?}: the on-chip buffer held them");
        assert_eq!(run.machine.drops.total(), 0, "{driver:?}");
    }
}

#[test]
fn the_card_never_owns_the_slot_at_next_to_use() {
    for (driver, first_tail) in [(Driver::Ice, 8), (Driver::Igb, 15)] {
        let mut scenario = burst(driver, 59);
        scenario.settings.rx_ring = 16;
        let mut machine = power_on(scenario.settings, &scenario.traffic);
        while machine.arrived == 0 {
            run_steps(&mut machine, &scenario.traffic, 1);
        }
        assert_eq!(machine.rings[0].next_to_use, 15, "{driver:?}: one slot stays empty");
        assert_eq!(machine.nic.queues[0].tail, first_tail, "{driver:?}");
        let run = record(&scenario);
        let before = run.all(Id::RxQueueReceive, "WriteBack");
        let dry = run.next(0, Id::RxQueueReceive, "WaitForTail");
        assert_eq!(
            before.filter(|&at| at < dry).count(),
            1 + 15,
            "{driver:?}: one, then all but one"
        );
    }
}

#[test]
fn the_device_writes_where_the_stack_reads() {
    // pkt_addr is dma + page_offset, and so is the data of the sk_buff that wraps the buffer.
    for driver in [Driver::Ice, Driver::Igb] {
        let scenario = burst(driver, 1);
        let mut machine = power_on(scenario.settings, &scenario.traffic);
        while machine.arrived == 0 {
            run_steps(&mut machine, &scenario.traffic, 1);
        }
        let (buf, descriptor) = (machine.rings[0].rx_buf[0], machine.rings[0].descriptors[0]);
        let iova = machine.memory.pages[buf.page.index()].iova.expect("a posted page is mapped");
        assert_eq!(descriptor.pkt_addr, iova.offset(192), "{driver:?}");
        while machine.skbs.objects.iter().all(|skb| skb.len == 0) {
            run_steps(&mut machine, &scenario.traffic, 1);
        }
        let skb = machine.skbs.objects.iter().find(|skb| skb.live).expect("a packet");
        assert_eq!((skb.page, skb.page_offset + skb.data_offset), (buf.page, 192), "{driver:?}");
    }
}
