//! `legacy-rx`: headers are copied into a small head, the rest stays in its buffer.

use super::recording::{is, record, record_disturbed};
use nicscope_core::engine::invariant::check;
use nicscope_core::fact::RoutineId as Id;
use nicscope_core::machine::{
    CostProfile, Driver, DropReason, Fault, IPPROTO_TCP, Machine, Settings, TcpHeader,
};
use nicscope_core::scenario::{Generator, Scenario, Setup};
use nicscope_core::units::SkbId;

const DRIVERS: [(Driver, Id); 2] =
    [(Driver::Ice, Id::IceConstructSkb), (Driver::Igb, Id::IgbConstructSkb)];

/// Datagrams of these payloads, 100 us apart; the card takes no time.
fn datagrams(driver: Driver, payloads: &[u16]) -> Scenario {
    let packets = u32::try_from(payloads.len()).expect("a few");
    let longest = u32::from(payloads.iter().copied().max().expect("a datagram"));
    let generator =
        Generator { packets, payload: longest, gap_ns: 100_000, ..Generator::default() };
    let mut scenario = Scenario::of(driver, generator.traffic());
    for (frame, &payload) in scenario.traffic.frames.iter_mut().zip(payloads) {
        (frame.payload, frame.ip_length) = (payload, 28 + payload);
        frame.length = 42 + u32::from(payload);
    }
    scenario.settings = Settings {
        legacy_rx: true,
        rx_ring: 32,
        costs: CostProfile::Emulator,
        itr_ns: 0,
        intrl_ns: 0,
        ..scenario.settings
    };
    scenario
}

/// `len`, `data_len`, `truesize` and fragments of each packet that the driver hands on.
fn shapes(scenario: &Scenario) -> Vec<(u32, u32, u32, u8)> {
    let mut shapes = Vec::new();
    record_disturbed(scenario, |machine, fact| {
        if is(fact, Id::NapiGroReceive, "Mark") {
            let skb = &machine.skbs.objects[usize::from(fact.object)];
            shapes.push((skb.len + 14, skb.data_len, skb.truesize, skb.frags.count));
        }
    });
    shapes
}

#[test]
fn a_frame_of_256_bytes_is_copied_whole_and_of_a_longer_one_the_headers() {
    for (driver, construct) in DRIVERS {
        let scenario = datagrams(driver, &[18, 214, 215, 1_472]);
        // A head of 1 KiB and the sk_buff are charged 1280, half a page 2048 more.
        let expected =
            [(60, 0, 1_280, 0), (256, 0, 1_280, 0), (257, 215, 3_328, 1), (1_514, 1_472, 3_328, 1)];
        assert_eq!(shapes(&scenario), expected, "{driver:?}");
        let run = record(&scenario);
        assert_eq!(run.count(Id::EthGetHeadlen, "Dissect"), 2, "{driver:?}");
        assert_eq!(run.count(construct, "TakeBack"), 2, "{driver:?}");
        assert_eq!(run.count(construct, "AddRest"), 2, "{driver:?}");
        assert_eq!(run.count(Id::NapiBuildSkb, "Take"), 0, "{driver:?}");
        assert_eq!(run.machine.bytes_read(), 18 + 214 + 215 + 1_472, "{driver:?}");
    }
}

#[test]
fn four_small_heads_are_cut_from_a_page_from_its_end() {
    let mut heads = Vec::new();
    record_disturbed(&datagrams(Driver::Igb, &[1_000; 6]), |machine, fact| {
        if is(fact, Id::NapiAllocSkb, "Reserve") {
            let skb = &machine.skbs.objects[usize::from(fact.object)];
            assert_eq!((skb.head_size, skb.data_offset), (1_024, 64));
            heads.push((skb.page, skb.page_offset));
        }
    });
    let offsets: Vec<u16> = heads.iter().map(|&(_, offset)| offset).collect();
    assert_eq!(offsets, [3_072, 2_048, 1_024, 0, 3_072, 2_048]);
    assert!(heads[..4].iter().all(|head| head.0 == heads[0].0), "{heads:?}");
}

/// Where the device will write for the buffers that have a page, without repeats.
fn offsets(machine: &Machine) -> Vec<u16> {
    let posted = machine.rings[0].rx_buf.iter().filter(|buf| !buf.page.is_none());
    let mut offsets: Vec<u16> = posted.map(|buf| buf.page_offset).collect();
    offsets.sort_unstable();
    offsets.dedup();
    offsets
}

#[test]
fn a_buffer_whose_packet_was_copied_whole_is_flipped_by_ice_alone() {
    for (driver, after) in [(Driver::Ice, &[0, 2_048][..]), (Driver::Igb, &[0])] {
        let machine = record(&datagrams(driver, &[18])).machine;
        assert_eq!(offsets(&machine), after, "{driver:?}: no headroom");
        let machine = record(&datagrams(driver, &[1_000])).machine;
        assert_eq!(offsets(&machine), [0, 2_048], "{driver:?}: half of it went up");
        let full = |bias: u16| bias == 65_535;
        let copied = record(&datagrams(driver, &[18])).machine;
        let posted = copied.rings[0].rx_buf.iter().filter(|buf| !buf.page.is_none());
        assert!(posted.into_iter().all(|buf| full(buf.pagecnt_bias)), "{driver:?}");
    }
}

/// The halves of pages that are posted while a packet on the way up holds them too.
fn posted_though_held(scenario: &Scenario) -> usize {
    let mut found = 0;
    record_disturbed(scenario, |machine, fact| {
        if is(fact, Id::IceReleaseRxDesc, "Store") || is(fact, Id::IgbAllocRxBuffers, "Doorbell") {
            let held = |page, offset| {
                machine.skbs.frags.iter().any(|f| f.page == page && f.head_offset == offset)
            };
            let posted = machine.rings[0].rx_buf.iter().filter(|buf| !buf.page.is_none());
            found += posted.filter(|buf| held(buf.page, buf.page_offset)).count();
        }
    });
    found
}

#[test]
fn ice_posts_a_half_that_the_stack_still_holds_after_a_copied_packet() {
    // Linux 6.12: ice_put_rx_mbuf() flips whatever was delivered (ice_txrx.c:1160), also when
    // ice_construct_skb() has just taken the reference back (1076). Half A holds a datagram that
    // nobody reads; a small one in half B flips back to A, and one reference outside is allowed.
    for (driver, shared) in [(Driver::Ice, true), (Driver::Igb, false)] {
        let mut payloads = vec![1_000; 31];
        payloads.extend([18; 31]);
        let mut scenario = datagrams(driver, &payloads);
        scenario.settings.app_ns = 900_000_000;
        assert_eq!(posted_though_held(&scenario) > 0, shared, "{driver:?}");
    }
}

#[test]
fn without_a_page_or_an_sk_buff_the_packet_is_not_delivered() {
    for (driver, construct) in DRIVERS {
        let mut scenario = datagrams(driver, &[1_000, 1_000]);
        scenario.settings.page_failures = 1;
        let run = record(&scenario);
        assert_eq!(run.count(Id::NapiAllocSkb, "NoHead"), 1, "{driver:?}");
        assert_eq!(run.machine.rings[0].alloc_buf_failed, 1, "{driver:?}");
        assert_eq!(run.count(construct, "Copy"), 2 - usize::from(driver == Driver::Ice));
        scenario.settings.page_failures = 0;
        scenario.settings.skb_failures = 1;
        let run = record(&scenario);
        assert_eq!(run.count(Id::NapiAllocSkb, "FreeHead"), 1, "{driver:?}");
        // ice drops it, igb takes it again at the next poll.
        let dropped = run.machine.drops.of(DropReason::SkbAllocFailed);
        assert_eq!(dropped, u64::from(driver == Driver::Ice), "{driver:?}");
        assert_eq!(run.machine.delivered(), 2 - dropped, "{driver:?}");
        check(&run.machine, &scenario.traffic).expect("all references are accounted for");
    }
}

#[test]
fn a_jumbo_frame_is_a_head_and_small_buffers() {
    for (driver, pieces, longest) in
        [(Driver::Ice, [1_622, 1_664, 714], 8_316), (Driver::Igb, [2_006, 1_994, 0], 9_724)]
    {
        let mut scenario = datagrams(driver, &[4_000]);
        scenario.settings.mtu = 9_000;
        let mut sizes = Vec::new();
        let run = record_disturbed(&scenario, |machine, fact| {
            if is(fact, Id::NapiGroReceive, "Mark") {
                let frags = machine.skbs.frags_of(SkbId(u32::from(fact.object)));
                sizes = frags.map(|frag| frag.size).collect();
            }
        });
        let expected: Vec<u16> = pieces.into_iter().filter(|&size| size > 0).collect();
        assert_eq!(sizes, expected, "{driver:?}");
        assert_eq!(run.machine.bytes_read(), 4_000, "{driver:?}");
        assert_eq!(run.machine.memory.order, 0, "{driver:?}: never two pages");
        assert_eq!(scenario.settings.longest_frame(), longest, "{driver:?}");
        let truesize = 1_280 + 2_048 * u32::try_from(expected.len()).expect("a few");
        assert_eq!(shapes(&scenario)[0].2, truesize, "{driver:?}");
    }
}

/// A burst of segments of one flow.
fn segments(driver: Driver, count: u32, payload: u16) -> Scenario {
    let mut scenario = datagrams(driver, &vec![payload; count as usize]);
    scenario.traffic.flows[0].protocol = IPPROTO_TCP;
    for (n, frame) in (0..count).zip(&mut scenario.traffic.frames) {
        let seq = 1_000 + n * u32::from(payload);
        frame.tcp = TcpHeader { seq, ack: 7, window: 500, flags: 0x10, length: 32, options: 0 };
        (frame.protocol, frame.df, frame.at_ns) = (IPPROTO_TCP, true, 0);
        (frame.ip_length, frame.ip_id) = (52 + payload, u16::try_from(n).expect("a few"));
        frame.length = 66 + u32::from(payload);
    }
    scenario.settings.rx_ring = 64;
    scenario
}

#[test]
fn gro_moves_fragments_of_long_segments_and_the_heads_of_copied_ones() {
    for (driver, _) in DRIVERS {
        // Segments in fragments: the first holds one, so that 16 more go in; then frag_list.
        let long = record(&segments(driver, 20, 1_448));
        assert_eq!(long.count(Id::SkbGroReceive, "TakeHead"), 0, "{driver:?}");
        assert_eq!(long.count(Id::NapiSkbFreeStolenHead, "Put"), 0, "{driver:?}");
        let moved = long.count(Id::SkbGroReceive, "TakeFrags");
        assert_eq!(long.count(Id::NapiKfreeSkb, "Put"), moved, "{driver:?}");
        assert_eq!(long.machine.bytes_read(), 20 * 1_448, "{driver:?}");
        // Copied whole, they are heads of pieces of pages, as without legacy-rx.
        let small = record(&segments(driver, 20, 100));
        assert_eq!(small.count(Id::SkbGroReceive, "TakeFrags"), 0, "{driver:?}");
        assert!(small.count(Id::NapiSkbFreeStolenHead, "Put") > 10, "{driver:?}");
        assert_eq!(small.machine.bytes_read(), 20 * 100, "{driver:?}");
        assert!(moved > 10, "{driver:?}: {moved}");
    }
}

#[test]
fn a_merged_packet_has_17_fragments_then_a_frag_list_and_is_charged_for_them() {
    let mut seen = Vec::new();
    record_disturbed(&segments(Driver::Igb, 40, 1_448), |machine, fact| {
        if is(fact, Id::TcpGroComplete, "Segments") {
            let skb = &machine.skbs.objects[usize::from(fact.object)];
            seen.push((skb.gro.count, skb.frags.count, skb.truesize));
        }
    });
    let (count, frags, truesize) = *seen.iter().max().expect("a merged packet");
    assert!(count > 18, "{seen:?}");
    assert_eq!(frags, 17, "the first segment is a fragment too");
    // Chained ones keep their heads: of each 17, one.
    let heads = u32::from(count.div_ceil(17));
    assert_eq!(truesize, 1_280 * heads + 2_048 * u32::from(count));
}

#[test]
fn a_header_that_the_dissector_refuses_is_pulled_by_ip() {
    for (driver, _) in DRIVERS {
        let mut scenario = datagrams(driver, &[1_000]);
        scenario.traffic.frames[0].fault = Fault::IpHeader;
        assert_eq!(shapes(&scenario), [(1_042, 1_028, 3_328, 1)], "{driver:?}");
        let run = record(&scenario);
        assert_eq!(run.count(Id::PskbPullTail, "Copy"), 1, "{driver:?}");
        assert_eq!(run.machine.drops.of(DropReason::IpHeader), 1, "{driver:?}");
        let good = record(&datagrams(driver, &[1_000]));
        assert_eq!(good.count(Id::PskbPullTail, "Copy"), 0, "{driver:?}");
    }
}

#[test]
fn a_half_full_socket_condenses_what_fits_in_the_small_head() {
    for (payload, condensed) in [(598, true), (599, false)] {
        // 704 bytes before skb_shared_info, less 64 and 42 for headers.
        let mut scenario = datagrams(Driver::Igb, &[payload; 12]);
        (scenario.settings.rcvbuf, scenario.settings.app_ns) = (20_000, 900_000_000);
        let mut sizes = Vec::new();
        record_disturbed(&scenario, |machine, fact| {
            if is(fact, Id::UdpEnqueueScheduleSkb, "Condense") {
                sizes.push(machine.skbs.objects[usize::from(fact.object)].truesize);
            }
        });
        assert!(!sizes.is_empty());
        let expected = if condensed { 1_280 } else { 3_328 };
        assert!(sizes.iter().all(|&size| size == expected), "{payload}: {sizes:?}");
    }
}

#[test]
fn the_flag_is_set_by_its_name() {
    let mut setup = Setup::of(Driver::Ice);
    setup.choose("legacy_rx", "on").expect("a word that it takes");
    assert!(setup.ready("stream").expect("ready").settings.legacy_rx);
    assert!(!Settings::of(Driver::Ice).legacy_rx);
    assert!(setup.choose("legacy_rx", "1").is_err());
}
