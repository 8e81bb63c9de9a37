//! Segments that come while the reader works on the socket.

use super::{LATER_NS, burst, flagged, is, quick, run_with, segment, watched};
use nicscope_core::fact::RoutineId;
use nicscope_core::machine::{
    ACK_NOW, DropReason, Settings, TCP_FIN, TaskState, TcpHeader, TcpState, WireFrame,
};

#[test]
fn small_segments_that_gro_merged_are_copied_into_one_head_before_the_backlog() {
    for (count, payload, fits) in [(3, 200, true), (20, 30, true), (3, 1_000, false)] {
        let length = count * u32::from(payload);
        let mut condensed = 0;
        for gap_ns in (0..12_000).step_by(400) {
            // The burst is moved over the moment at which the reader copies what came before it.
            let frames = burst(0, 0, 12, 1_448).chain(burst(gap_ns, 12 * 1_448, count, payload));
            let run = watched(quick(), frames.collect(), Vec::new(), |machine, fact| {
                if is(fact, RoutineId::TcpAddBacklog, "Condense") {
                    let record = &machine.skbs.objects[usize::from(fact.object)];
                    // The last of the first burst may come this way too.
                    let small = record.len == 20 + length;
                    let now = (record.data_len == 0, record.truesize == 2_304);
                    assert!(!small || now == (fits, fits), "{count} segments of {payload}");
                    condensed += u32::from(small);
                }
            });
            assert_eq!(run.machine.bytes_read(), u64::from(12 * 1_448 + length));
            assert_eq!(run.machine.delivered(), u64::from(12 + count), "no frame is forgotten");
        }
        assert!(condensed > 0, "{count} segments of {payload}");
    }
}

#[test]
fn what_comes_while_the_reader_works_on_the_socket_waits_in_the_backlog() {
    // The second burst is moved over the moment at which the reader copies the first.
    let (mut backlogged, mut swallowed) = (0, 0);
    for gap_ns in (0..12_000).step_by(150) {
        let burst = |at_ns: u64, first: u32| {
            (first..first + 12).map(move |n| segment(at_ns, n * 1_448, 1_448))
        };
        let single = |n: u32| segment(gap_ns + u64::from(n) * 1_200, (n + 12) * 1_448, 1_448);
        let frames = burst(0, 0).chain((0..24).map(single));
        let run = run_with(quick(), frames.collect(), Vec::new());
        assert_eq!(run.machine.bytes_read(), 36 * 1_448, "gap {gap_ns}");
        assert!(run.machine.sockets[0].tcp.backlog.is_empty());
        backlogged += run.count(RoutineId::TcpAddBacklog, "Append");
        swallowed += run.count(RoutineId::TcpAddBacklog, "Merged");
    }
    assert!(backlogged > 0 && swallowed > 0, "{backlogged} appended, {swallowed} swallowed");
}

#[test]
fn a_fin_that_the_backlogs_last_swallows_ends_the_stream() {
    let mut swallowed = 0;
    for gap_ns in (0..12_000).step_by(150) {
        let single = |n: u32| segment(gap_ns + u64::from(n) * 1_200, (n + 12) * 1_448, 1_448);
        let mut frames: Vec<_> = burst(0, 0, 12, 1_448).chain((0..4).map(single)).collect();
        frames[15] = flagged(frames[15], TCP_FIN);
        let run = watched(quick(), frames, Vec::new(), |_, fact| {
            let last = fact.packet.index() == 15;
            swallowed += u32::from(last && is(fact, RoutineId::TcpAddBacklog, "Merged"));
        });
        let socket = &run.machine.sockets[0];
        assert_eq!(socket.tcp.state, TcpState::CloseWait, "gap {gap_ns}");
        assert_eq!(run.machine.tasks[socket.reader.index()].state, TaskState::Dead);
    }
    assert!(swallowed > 0);
}

#[test]
fn a_backlog_has_an_end() {
    let settings = Settings { tcp_rmem: 4_096, rx_ring: 512, ..quick() };
    let options =
        |frame: WireFrame, options| WireFrame { tcp: TcpHeader { options, ..frame.tcp }, ..frame };
    let mut full = Vec::new();
    for gap_ns in (0..4_000).step_by(50) {
        let burst = (1..200).map(|n| options(segment(gap_ns, n * 60, 60), n));
        let frames = std::iter::once(segment(0, 0, 60)).chain(burst);
        watched(settings, frames.collect(), Vec::new(), |machine, fact| {
            if is(fact, RoutineId::KfreeSkbReason, "Reason")
                && fact.object == DropReason::SocketBacklog as u16
            {
                let socket = &machine.sockets[0];
                full.push(socket.tcp.backlog_len + socket.rmem_alloc);
            }
        });
        if !full.is_empty() {
            break;
        }
    }
    // 2 * 4,096 + 8,192 + 65,536 bytes are passed, by less than one packet of 2,304.
    let held = full.first().expect("it was full");
    assert!((81_921..=81_920 + 2_304).contains(held), "{held} bytes");
}

#[test]
fn behind_a_gap_each_segment_of_a_backlog_has_an_ack_of_its_own() {
    // Single segments use up the quick ACKs. While the reader copies a burst that leaves a gap
    // behind it, more come from beyond the gap.
    let (mut sent, mut deferred) = (0, 0);
    for gap_ns in (0..12_000).step_by(150) {
        let at = 20 * LATER_NS;
        let single = |n: u32| segment(u64::from(n) * LATER_NS, n * 1_448, 1_448);
        let beyond = |n: u32| segment(at + gap_ns + u64::from(n) * 1_200, (n + 33) * 1_448, 1_448);
        let frames = (0..20).map(single).chain(burst(at, 20 * 1_448, 12, 1_448));
        let frames = frames.chain((0..12).map(beyond)).collect();
        let (mut tested, mut by_gap) = (false, false);
        watched(quick(), frames, Vec::new(), |machine, fact| {
            let tcp = &machine.sockets[0].tcp;
            let line = |name| is(fact, RoutineId::TcpAckSndCheck, name);
            if line("Test") {
                let new = tcp.rcv_nxt.wrapping_sub(tcp.rcv_wup);
                let by_first_rules =
                    new > tcp.rcv_mss || tcp.quick > 0 || tcp.ack_pending & ACK_NOW != 0;
                by_gap = tcp.owned && !by_first_rules && !tcp.out_of_order.is_empty();
                tested = true;
            } else if std::mem::take(&mut tested) && by_gap {
                sent += u32::from(line("Send"));
                deferred += u32::from(line("Defer"));
            }
        });
    }
    assert!(sent > 0 && deferred == 0, "{sent} sent, {deferred} deferred");
}
