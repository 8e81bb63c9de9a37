//! Acknowledgements: what the peer's say, and when ours are due.

use super::{LATER_NS, OURS, burst, flagged, is, quick, run, run_with, segment, watched};
use nicscope_core::fact::RoutineId;
use nicscope_core::machine::{
    CostProfile, DropReason, SentFrame, Settings, TCP_PSH, TcpHeader, WireFrame,
};

#[test]
fn at_first_as_many_quick_acks_are_due_as_half_the_window_holds_segments() {
    // Half of the memory is window: 1,000, 2,048, 4,096, 50,000 bytes; a segment is taken for 536.
    for (tcp_rmem, expected) in [(2_000, 2), (4_096, 1), (8_192, 3), (100_000, 16)] {
        let mut quick_acks = Vec::new();
        let settings = Settings { tcp_rmem, ..quick() };
        watched(settings, vec![segment(0, 0, 100)], Vec::new(), |machine, fact| {
            if is(fact, RoutineId::TcpEventDataRecv, "Quick") {
                quick_acks.push(machine.sockets[0].tcp.quick);
            }
        });
        assert_eq!(quick_acks, [expected], "{tcp_rmem} bytes");
    }
}

#[test]
fn after_the_quick_acks_every_second_full_segment_is_acknowledged() {
    let frames = (0..20).map(|n| segment(u64::from(n) * LATER_NS, n * 1_448, 1_448));
    let run = run(frames.collect());
    assert_eq!(run.count(RoutineId::TcpSendAck, "Transmit"), 16 + 2);
    assert_eq!(run.count(RoutineId::TcpAckSndCheck, "Delay"), 2);
}

/// How much had been read whenever an ACK was due: GRO merges each burst, the first is read at once,
/// the others wait for a slow reader, who takes 131,072 bytes at a time.
fn acknowledged(settings: Settings, bursts: &[u32], flags: u8) -> Vec<u64> {
    let settings = Settings { app_ns: 20_000_000, costs: CostProfile::Emulator, ..settings };
    let mut frames = Vec::new();
    for (count, at_ns) in bursts.iter().zip((0..).step_by(100_000)) {
        let offset = u32::try_from(frames.len()).expect("a few") * 1_448;
        frames.extend(burst(at_ns, offset, *count, 1_448));
    }
    let last = frames.last_mut().expect("at least one");
    *last = flagged(*last, flags);
    let bytes = frames.len() as u64 * 1_448;
    let mut acknowledged = Vec::new();
    let run = watched(settings, frames, Vec::new(), |machine, fact| {
        if is(fact, RoutineId::TcpSendAck, "Transmit") {
            acknowledged.push(machine.bytes_read());
        }
    });
    assert_eq!(run.machine.bytes_read(), bytes);
    acknowledged
}

#[test]
fn a_pushed_segment_is_acknowledged_when_the_reader_has_emptied_the_queue() {
    // 16 quick ACKs, one a burst; the last segment waits for the reader, who reads twice.
    let bursts = [&[1][..], &[7; 15], &[1]].concat();
    let acknowledged = acknowledged(quick(), &bursts, TCP_PSH);
    assert_eq!((acknowledged.len(), acknowledged.last()), (17, Some(&(107 * 1_448))));
}

#[test]
fn a_reader_tells_the_peer_when_the_window_has_doubled_and_not_before() {
    // 400,000 bytes would fit; the 160 segments that wait leave a window of less than half of it.
    let settings = Settings { tcp_rmem: 640_000, ..quick() };
    let bursts = [&[1][..], &[11; 14], &[6]].concat();
    let acknowledged = acknowledged(settings, &bursts, 0);
    let by_reader: Vec<_> = acknowledged.into_iter().filter(|&read| read > 1_448).collect();
    assert_eq!(by_reader, [161 * 1_448]);
}

#[test]
fn another_window_is_not_predicted() {
    let settings = Settings { app_ns: 500_000, ..quick() };
    let frames = |step: u16| {
        let frame = move |n: u16| {
            let frame = segment(u64::from(n) * 20_000, u32::from(n) * 1_000, 1_000);
            let tcp = TcpHeader { options: n.into(), window: 500 + n * step, ..frame.tcp };
            WireFrame { tcp, ..frame }
        };
        (0..5).map(frame).collect()
    };
    let fast = |step| {
        let run = run_with(settings, frames(step), Vec::new());
        let window = run.machine.sockets[0].tcp.pred_flags.window;
        (run.count(RoutineId::TcpRcvEstablished, "FastQueue") > 0, window)
    };
    assert_eq!((fast(0), fast(1)), ((true, 500), (false, 504)));
}

#[test]
fn an_ack_that_comes_the_slow_way_brings_the_window_too() {
    let sent = SentFrame { at_ns: LATER_NS / 2, flow: 0, end_seq: OURS + 10, fin: false };
    let frame = segment(LATER_NS, 100, 100);
    let second = WireFrame { tcp: TcpHeader { ack: OURS + 10, window: 700, ..frame.tcp }, ..frame };
    let run = run_with(quick(), vec![segment(0, 0, 100), second], vec![sent]);
    let tcp = &run.machine.sockets[0].tcp;
    assert_eq!((tcp.snd_una, tcp.pred_flags.window), (OURS + 10, 700));
}

#[test]
fn an_ack_of_what_was_not_sent_is_refused_and_what_the_host_sent_may_be_acknowledged() {
    let frames = |ack| {
        let frame = segment(LATER_NS, 100, 100);
        vec![segment(0, 0, 100), WireFrame { tcp: TcpHeader { ack, ..frame.tcp }, ..frame }]
    };
    let refused = run(frames(OURS + 10));
    assert_eq!(refused.drops(), [(DropReason::TcpAckUnsentData, 1)]);
    let sent = SentFrame { at_ns: LATER_NS / 2, flow: 0, end_seq: OURS + 10, fin: false };
    let taken = run_with(quick(), frames(OURS + 10), vec![sent]);
    assert_eq!((taken.drops(), taken.machine.sockets[0].tcp.snd_una), (vec![], OURS + 10));
    let too_old = run(frames(OURS.wrapping_sub(65_536)));
    assert_eq!(too_old.drops(), [(DropReason::TcpTooOldAck, 1)]);
    for back in [10, 65_535] {
        let old = run(frames(OURS.wrapping_sub(back)));
        assert_eq!((old.drops(), old.machine.bytes_read()), (vec![], 200), "{back} back");
    }
}
