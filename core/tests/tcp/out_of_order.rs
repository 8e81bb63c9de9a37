//! Data behind a gap: kept, merged, dropped, delivered when the gap is filled.

use super::{LATER_NS, burst, flagged, is, quick, run, segment, watched};
use nicscope_core::fact::RoutineId;
use nicscope_core::machine::{DropReason, TCP_FIN};

#[test]
fn data_behind_a_gap_waits_until_the_gap_is_filled() {
    let frames = vec![
        segment(0, 0, 500),
        segment(LATER_NS, 1_500, 500),
        segment(2 * LATER_NS, 1_000, 500),
        segment(3 * LATER_NS, 500, 500),
    ];
    let run = run(frames);
    assert_eq!(run.drops(), []);
    assert_eq!(run.count(RoutineId::TcpDataQueueOfo, "Insert"), 2);
    assert_eq!(run.count(RoutineId::TcpOfoQueue, "Take"), 2);
    assert_eq!((run.machine.bytes_read(), run.machine.delivered()), (2_000, 4));
    // Each segment is acknowledged at once: out of order, or closing the gap.
    assert_eq!(run.count(RoutineId::TcpSendAck, "Transmit"), 4);
}

#[test]
fn a_segment_that_follows_one_behind_the_gap_is_swallowed_by_it() {
    let frames = vec![
        segment(0, 0, 300),
        segment(LATER_NS, 600, 300),
        segment(2 * LATER_NS, 900, 300),
        segment(3 * LATER_NS, 300, 300),
    ];
    let run = run(frames);
    assert_eq!(run.count(RoutineId::TcpDataQueueOfo, "Coalesce"), 1);
    assert_eq!(run.count(RoutineId::TcpDataQueueOfo, "Insert"), 1);
    // Three times 300 bytes fit into one buffer: they are copied.
    assert_eq!(run.count(RoutineId::SkbTryCoalesce, "Copy"), 2);
    assert_eq!(run.count(RoutineId::SkbTryCoalesce, "Account"), 0);
    assert_eq!((run.machine.bytes_read(), run.machine.delivered()), (1_200, 4));
}

#[test]
fn behind_the_gap_what_others_hold_is_dropped() {
    let frames = vec![
        segment(0, 0, 500),
        segment(LATER_NS, 1_000, 500),
        // The same again; then one that covers both ends of it; then the gap.
        segment(2 * LATER_NS, 1_000, 500),
        segment(3 * LATER_NS, 900, 1_000),
        segment(4 * LATER_NS, 500, 600),
    ];
    let run = run(frames);
    assert_eq!(run.drops(), [(DropReason::TcpOfoMerge, 2)]);
    assert_eq!(run.machine.bytes_read(), 1_900);
    assert_eq!(run.machine.delivered(), 3);
}

#[test]
fn behind_the_gap_of_two_with_one_end_or_one_beginning_the_longer_one_stays() {
    for (first, second) in
        [((1_000, 500), (1_200, 300)), ((1_200, 300), (1_000, 500)), ((1_000, 300), (1_000, 500))]
    {
        let frames = vec![
            segment(0, 0, 500),
            segment(LATER_NS, first.0, first.1),
            segment(2 * LATER_NS, second.0, second.1),
            segment(3 * LATER_NS, 500, 500),
        ];
        let run = run(frames);
        assert_eq!(run.drops(), [(DropReason::TcpOfoMerge, 1)], "{first:?}, {second:?}");
        assert_eq!((run.machine.bytes_read(), run.machine.delivered()), (1_500, 3));
    }
}

#[test]
fn small_segments_that_gro_merged_are_copied_into_one_head_behind_a_gap() {
    // Two fragments; 17 and a frag_list; more than fits behind the head.
    for (count, payload, fits) in [(3, 200, true), (20, 30, true), (3, 1_000, false)] {
        let bytes = count * u32::from(payload);
        let frames = std::iter::once(segment(0, 0, 500))
            .chain(burst(LATER_NS, 1_000, count, payload))
            .chain(std::iter::once(segment(2 * LATER_NS, 500, 500)));
        let mut condensed = 0;
        let run = watched(quick(), frames.collect(), Vec::new(), |machine, fact| {
            if is(fact, RoutineId::TcpDataQueueOfo, "Condense") {
                condensed += 1;
                let record = &machine.skbs.objects[usize::from(fact.object)];
                let pages = (record.frags.count, record.frag_list.is_none());
                let now = (record.data_len == 0, pages == (0, true), record.truesize == 2_304);
                assert_eq!(now, (fits, fits, fits), "{count} segments of {payload}");
                assert_eq!(record.len, bytes);
            }
        });
        assert_eq!(condensed, 1, "{count} segments of {payload}");
        assert_eq!(run.machine.bytes_read(), u64::from(1_000 + bytes));
        assert_eq!(run.machine.delivered(), u64::from(2 + count), "no frame is forgotten");
    }
}

#[test]
fn behind_the_gap_what_the_gap_brings_itself_is_dropped_when_its_turn_comes() {
    let frames =
        vec![segment(0, 0, 500), segment(LATER_NS, 600, 100), segment(2 * LATER_NS, 500, 500)];
    let run = run(frames);
    assert_eq!(run.drops(), [(DropReason::TcpOfoDrop, 1)]);
    assert_eq!(run.machine.bytes_read(), 1_000);
}

#[test]
fn data_behind_a_fin_goes_with_it() {
    let frames = vec![
        segment(0, 0, 100),
        segment(LATER_NS, 300, 100),
        flagged(segment(2 * LATER_NS, 100, 0), TCP_FIN),
    ];
    let run = run(frames);
    assert_eq!(run.drops(), [(DropReason::NotSpecified, 1)]);
    assert_eq!(run.machine.sockets[0].rmem_alloc, 0);
}

#[test]
fn a_fin_alone_is_swallowed_by_what_waits_in_fragments_behind_the_gap() {
    let frames = vec![
        segment(0, 0, 100),
        segment(LATER_NS, 200, 1_448),
        segment(2 * LATER_NS, 1_648, 1_448),
        flagged(segment(3 * LATER_NS, 3_096, 0), TCP_FIN),
        segment(4 * LATER_NS, 100, 100),
    ];
    let run = run(frames);
    assert_eq!(run.count(RoutineId::TcpDataQueueOfo, "Coalesce"), 2);
    assert_eq!((run.machine.bytes_read(), run.machine.control), (3_096, 1));
}
