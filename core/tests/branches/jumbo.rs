//! Frames over several descriptors: what an MTU above 1500 changes, from the card to the socket.

use super::recording::{Recording, burst_after, is, record, record_disturbed};
use nicscope_core::engine::invariant::check;
use nicscope_core::fact::RoutineId as Id;
use nicscope_core::machine::{
    CostProfile, Driver, DropReason, IPPROTO_TCP, Settings, TcpHeader, WireFrame,
};
use nicscope_core::scenario::{Generator, Scenario, set_knob};

const DRIVERS: [(Driver, Id); 2] =
    [(Driver::Ice, Id::IceCleanRxIrq), (Driver::Igb, Id::IgbCleanRxIrq)];

/// Datagrams of `payload` bytes, 100 us apart, under an MTU; the card takes no time.
fn datagrams(driver: Driver, mtu: u16, payload: u32, packets: u32) -> Scenario {
    let generator = Generator { packets, payload, gap_ns: 100_000, ..Generator::default() };
    let mut scenario = Scenario::of(driver, generator.traffic());
    scenario.settings = Settings {
        mtu,
        rx_ring: 32,
        costs: CostProfile::Emulator,
        itr_ns: 0,
        intrl_ns: 0,
        ..scenario.settings
    };
    scenario
}

/// The lengths of the descriptors that were written back, in order.
fn lengths(scenario: &Scenario) -> Vec<u16> {
    let mut lengths = Vec::new();
    record_disturbed(scenario, |machine, fact| {
        if is(fact, Id::RxQueueReceive, "WriteBack") {
            lengths.push(machine.rings[0].descriptors[usize::from(fact.object)].length);
        }
    });
    lengths
}

#[test]
fn a_frame_takes_as_many_descriptors_as_its_bytes_fill() {
    for (driver, _) in DRIVERS {
        // Ethernet, IP and UDP headers are 42 bytes.
        for (payload, expected) in [
            (3_030, &[3_072][..]),
            (3_031, &[3_072, 1]),
            (8_972, &[3_072, 3_072, 2_870]),
            (9_174, &[3_072, 3_072, 3_072]),
            (9_175, &[3_072, 3_072, 3_072, 1]),
        ] {
            assert_eq!(lengths(&datagrams(driver, 9_000, payload, 1)), expected, "{driver:?}");
        }
        assert_eq!(lengths(&datagrams(driver, 1_500, 1_472, 1)), [1_514], "{driver:?}");
    }
}

#[test]
fn large_buffers_begin_where_each_driver_says_and_set_the_longest_frame() {
    for (driver, mtu, longest) in [
        (Driver::Ice, 1_500, 1_532),
        (Driver::Ice, 1_501, 9_724),
        (Driver::Igb, 1_510, 1_532),
        (Driver::Igb, 1_511, 9_724),
    ] {
        for (length, refused) in [(longest, 0), (longest + 1, 1)] {
            let run = record(&datagrams(driver, mtu, length - 42, 1));
            let oversize = run.machine.drops.of(DropReason::Oversize);
            assert_eq!(oversize, refused, "{driver:?}, MTU {mtu}, {length} bytes");
            assert_eq!(run.machine.delivered(), 1 - refused);
            assert_eq!(run.machine.bytes_read(), u64::from(length - 42) * (1 - refused));
        }
        let order = usize::from(longest > 2_048);
        let machine = record(&datagrams(driver, mtu, 64, 1)).machine;
        for buf in machine.rings[0].rx_buf.iter().filter(|buf| !buf.page.is_none()) {
            let iova = machine.memory.pages[buf.page.index()].iova.expect("mapped");
            assert_eq!(iova.0 % (4_096 << order), 0, "{driver:?}: at a multiple of its size");
            assert_eq!(buf.page.index() % (1 << order), 0, "{driver:?}");
            assert!([192, 192 + (2_048 << order)].contains(&buf.page_offset), "{driver:?}");
        }
    }
}

#[test]
fn the_largest_mtu_is_the_drivers() {
    for (driver, largest) in [(Driver::Ice, 9_702), (Driver::Igb, 9_216)] {
        for (mtu, taken) in [(67, false), (68, true), (largest, true), (largest + 1, false)] {
            let mut scenario = datagrams(driver, 1_500, 64, 1);
            let set = set_knob(&mut scenario, None, "mtu", &mtu.to_string());
            assert_eq!(set.is_ok(), taken, "{driver:?}, {mtu}");
            assert_eq!(scenario.settings.mtu == mtu, taken);
        }
    }
}

#[test]
fn the_sk_buff_has_the_first_buffer_as_its_head_and_the_others_as_fragments() {
    for (driver, _) in DRIVERS {
        let mut seen = 0;
        record_disturbed(&datagrams(driver, 9_000, 8_972, 3), |machine, fact| {
            if !is(fact, Id::NapiGroReceive, "Ask") {
                return;
            }
            let skb = machine.rings[0].skb;
            let record = &machine.skbs.objects[skb.index()];
            assert_eq!((record.len, record.data_len), (9_000, 2 * 3_072 - 202), "{driver:?}");
            assert_eq!(record.truesize, 3 * 4_096 + 256, "{driver:?}");
            let frags: Vec<_> = machine.skbs.frags_of(skb).collect();
            let sizes: Vec<_> = frags.iter().map(|frag| frag.size).collect();
            assert_eq!(sizes, [3_072, 2_870], "{driver:?}");
            assert!(frags.iter().all(|frag| frag.page != record.page), "{driver:?}");
            assert_eq!(machine.skbs.packets(skb).count(), 1, "{driver:?}: one frame");
            seen += 1;
        });
        assert_eq!(seen, 3, "{driver:?}");
    }
}

#[test]
fn each_buffer_of_a_packet_is_flipped_and_recycled() {
    for (driver, _) in DRIVERS {
        let run = record(&datagrams(driver, 9_000, 8_972, 100));
        let ring = &run.machine.rings[0];
        assert_eq!((ring.pages_reused, ring.pages_released), (300, 0), "{driver:?}");
        let flips = match driver {
            Driver::Ice => run.count(Id::IcePutRxMbuf, "Flip"),
            Driver::Igb => {
                run.count(Id::IgbAddRxFrag, "Flip") + run.count(Id::IgbBuildSkb, "Reserve")
            }
        };
        assert_eq!(flips, 300, "{driver:?}");
        let non_eop = if driver == Driver::Ice { 200 } else { 0 };
        assert_eq!(ring.non_eop_descs, non_eop, "{driver:?}: igb has no such counter");
        assert_eq!((ring.packets, ring.bytes), (100, 100 * 9_000), "{driver:?}");
        assert_eq!(run.machine.delivered(), 100, "{driver:?}");
    }
}

#[test]
fn no_buffer_of_a_packet_is_recycled_while_the_stack_holds_its_other_half() {
    for (driver, _) in DRIVERS {
        // Nobody reads: each page is given to the stack twice, then it is gone.
        let mut scenario = datagrams(driver, 9_000, 8_972, 30);
        (scenario.settings.reads, scenario.settings.rcvbuf) = (1, 16_000_000);
        let traffic = scenario.traffic.clone();
        let run = record_disturbed(&scenario, |machine, _| {
            check(machine, &traffic).unwrap_or_else(|v| panic!("{driver:?}: {v:?}"));
        });
        let ring = &run.machine.rings[0];
        // The 31 pages of the beginning are used up after 62 buffers; those after them come by then.
        assert_eq!(ring.pages_reused + ring.pages_released, 90, "{driver:?}");
        assert!(ring.pages_released >= 30, "{driver:?}: {}", ring.pages_released);
    }
}

#[test]
fn the_budget_counts_packets_not_descriptors() {
    for (driver, _) in DRIVERS {
        let mut scenario = burst_after(driver, 64, 2_000);
        let jumbo = datagrams(driver, 9_000, 8_972, 1).traffic.frames[0];
        for frame in &mut scenario.traffic.frames {
            (frame.length, frame.ip_length, frame.payload) =
                (jumbo.length, jumbo.ip_length, jumbo.payload);
        }
        scenario.settings.mtu = 9_000;
        let run = record(&scenario);
        let polls = match driver {
            Driver::Ice => run.objects(Id::IceNapiPoll, "Decide"),
            Driver::Igb => run.objects(Id::IgbPoll, "Decide"),
        };
        assert_eq!(polls[..3], [1, 64, 0], "{driver:?}");
        assert_eq!(run.count(Id::RxQueueReceive, "WriteBack"), 3 * 65, "{driver:?}");
    }
}

/// Two frames, the second at such a time that a poll finds its first descriptors alone.
fn half_read(driver: Driver) -> Recording {
    let mut scenario = datagrams(driver, 9_000, 8_972, 2);
    scenario.settings.costs = CostProfile::Server;
    let clean = if driver == Driver::Ice { Id::IceCleanRxIrq } else { Id::IgbCleanRxIrq };
    for gap_ns in (1_000..6_000).step_by(50) {
        scenario.traffic.frames[1].at_ns = gap_ns;
        let mut half = false;
        let traffic = scenario.traffic.clone();
        let run = record_disturbed(&scenario, |machine, fact| {
            check(machine, &traffic).unwrap_or_else(|v| panic!("{driver:?}: {v:?}"));
            half |= is(fact, clean, "Return")
                && match driver {
                    Driver::Ice => machine.rings[0].first_desc != machine.rings[0].next_to_clean,
                    Driver::Igb => !machine.rings[0].skb.is_none(),
                };
        });
        assert_eq!(run.machine.delivered(), 2, "{driver:?}: frame at {gap_ns} ns");
        assert_eq!(run.machine.bytes_read(), 2 * 8_972, "{driver:?}: frame at {gap_ns} ns");
        if half {
            return run;
        }
    }
    panic!("{driver:?}: no poll ended inside a packet");
}

#[test]
fn a_poll_that_ends_inside_a_packet_leaves_its_beginning_to_the_next() {
    for (driver, clean) in DRIVERS {
        let run = half_read(driver);
        let first_return = run.next(0, clean, "Return");
        let later = run.all(clean, "AddFrag").filter(|&place| place > first_return);
        assert!(later.count() > 0, "{driver:?}: the rest is added by another poll");
        assert_eq!(run.count(clean, "PrepareBuff"), 2, "{driver:?}: begun once");
        assert_eq!(run.count(clean, "AddFrag"), 4, "{driver:?}");
        assert_eq!(run.machine.rings[0].pages_reused, 6, "{driver:?}");
    }
}

#[test]
fn ice_refills_nothing_of_a_packet_in_progress() {
    let run = half_read(Driver::Ice);
    let refills: Vec<_> = run.all(Id::IceCleanRxIrq, "Return").collect();
    let filled = |from, to| {
        run.all(Id::IceAllocRxBufs, "WriteAddress").filter(|at| (from..to).contains(at)).count()
    };
    // The first poll takes frame 0 and the beginning of frame 1: three slots are refilled.
    assert_eq!(filled(0, refills[0]), 3);
    assert_eq!(filled(refills[0], run.facts.len()), 3);
}

#[test]
fn without_an_sk_buff_each_driver_gives_up_what_it_did() {
    for (driver, _) in DRIVERS {
        let mut scenario = datagrams(driver, 9_000, 8_972, 6);
        scenario.settings.skb_failures = 1;
        let traffic = scenario.traffic.clone();
        let run = record_disturbed(&scenario, |machine, _| {
            check(machine, &traffic).unwrap_or_else(|v| panic!("{driver:?}: {v:?}"));
        });
        let lost = u64::from(driver == Driver::Ice);
        assert_eq!(run.machine.drops.of(DropReason::SkbAllocFailed), lost, "{driver:?}");
        assert_eq!(run.machine.delivered(), 6 - lost, "{driver:?}");
        assert_eq!(run.machine.rings[0].pages_released, 0, "{driver:?}");
    }
}

#[test]
fn a_frame_longer_than_its_ip_packet_loses_fragments_and_is_copied_together() {
    for (driver, _) in DRIVERS {
        // 8,972 bytes came; the header says less: it ends in the second fragment, in the first,
        // so early in it that the rest fits behind the head, and in the head.
        for (ip_length, frags, truesize) in
            [(6_200, 2, 12_544), (5_000, 1, 12_544), (3_500, 0, 4_352), (500, 0, 4_352)]
        {
            let mut scenario = datagrams(driver, 9_000, 8_972, 1);
            scenario.traffic.frames[0].ip_length = ip_length;
            scenario.traffic.frames[0].payload = ip_length - 28;
            let run = record_disturbed(&scenario, |machine, fact| {
                if is(fact, Id::UdpEnqueueScheduleSkb, "TestMemory") {
                    let packet = |skb: &&nicscope_core::machine::SkBuff| skb.live && skb.len > 0;
                    let record = machine.skbs.objects.iter().find(packet).expect("the packet");
                    let found = (record.frags.count, record.truesize);
                    assert_eq!(found, (frags, truesize), "{driver:?}, {ip_length}");
                }
            });
            assert_eq!(run.machine.bytes_read(), u64::from(ip_length) - 28, "{driver:?}");
        }
    }
}

#[test]
fn a_socket_that_is_half_full_copies_small_fragments_together() {
    for (driver, _) in DRIVERS {
        // 3,072 of 3,542 bytes are in the head: 470 fit behind it; 8,972 do not.
        for (payload, condensed) in [(3_500, 4_352), (8_972, 12_544)] {
            let mut scenario = datagrams(driver, 9_000, payload, 30);
            (scenario.settings.reads, scenario.settings.rcvbuf) = (1, 60_000);
            let run = record(&scenario);
            let socket = &run.machine.sockets[0];
            let list = socket.receive_queue.iter(&run.machine.skbs);
            let last = list.last().expect("packets wait");
            let record = &run.machine.skbs.objects[last.index()];
            assert_eq!(record.truesize, condensed, "{driver:?}, {payload} bytes");
            assert_eq!(record.frags.count == 0, condensed == 4_352, "{driver:?}");
            assert!(run.count(Id::UdpEnqueueScheduleSkb, "Condense") > 0, "{driver:?}");
        }
    }
}

/// Makes the frame a TCP segment of 8,948 bytes, the `number`th of its flow.
fn segment(frame: &mut WireFrame, number: u32) {
    frame.protocol = IPPROTO_TCP;
    (frame.payload, frame.ip_length, frame.length) = (8_948, 9_000, 9_014);
    frame.tcp = TcpHeader {
        seq: 1 + number * 8_948,
        ack: 7,
        options: 0,
        window: 500,
        flags: 0x10,
        length: 32,
    };
}

#[test]
fn gro_merges_jumbo_segments_with_their_fragments_up_to_64_kib() {
    for (driver, _) in DRIVERS {
        let mut scenario = burst_after(driver, 8, 2_000);
        scenario.settings.mtu = 9_000;
        scenario.traffic.flows[0].protocol = IPPROTO_TCP;
        for (number, frame) in (0..).zip(&mut scenario.traffic.frames) {
            segment(frame, number);
        }
        let mut merged = Vec::new();
        let traffic = scenario.traffic.clone();
        let run = record_disturbed(&scenario, |machine, fact| {
            check(machine, &traffic).unwrap_or_else(|v| panic!("{driver:?}: {v:?}"));
            if is(fact, Id::NapiGroComplete, "Queue") {
                let skb = machine.napis[0].rx_list.tail;
                let record = &machine.skbs.objects[skb.index()];
                let parts: Vec<_> = machine.skbs.chain(skb).collect();
                let in_frags = |part: &nicscope_core::units::SkbId| {
                    machine.skbs.frags_of(*part).map(|frag| u32::from(frag.size)).sum::<u32>()
                };
                let heads = record.len - record.data_len
                    + parts[1..]
                        .iter()
                        .map(|part| &machine.skbs.objects[part.index()])
                        .map(|part| part.len - part.data_len)
                        .sum::<u32>();
                let bytes = heads + parts.iter().map(in_frags).sum::<u32>();
                assert_eq!(bytes, record.len, "{driver:?}: every byte is somewhere");
                let counts = parts.iter().map(|p| machine.skbs.objects[p.index()].frags.count);
                let packets = machine.skbs.packets(skb).count();
                merged.push((record.gro.count, packets, record.len, counts.collect::<Vec<_>>()));
            }
        });
        // 52 + 7 * 8,948 bytes; an eighth segment would pass 65,536. Two fragments of the first,
        // three of each further one: 17 are full after the sixth segment, and the seventh is
        // chained with its own two.
        let seven = (7, 7, 62_688, vec![17, 2]);
        assert_eq!(merged, [(1, 1, 9_000, vec![2]), seven, (1, 1, 9_000, vec![2])], "{driver:?}");
        assert_eq!(run.machine.drops.total() + run.machine.delivered(), 9, "{driver:?}");
    }
}
