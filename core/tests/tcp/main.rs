//! TCP's receive side, branch by branch: what a segment leads to follows from its numbers.

mod ack;
mod backlog;
mod out_of_order;

use nicscope_core::engine::invariant::{Violation, check};
use nicscope_core::engine::{advance, line_info, power_on};
use nicscope_core::fact::{Fact, NoSink, RoutineId};
use nicscope_core::machine::{
    Driver, DropReason, ETH_P_IP, Fault, IPPROTO_TCP, Machine, SentFrame, Settings, TCP_ACK,
    TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN, TaskState, TcpHeader, TcpState, Traffic, TrafficFlow,
    WireFrame,
};

/// The peer's first byte.
const START: u32 = 0xffff_fc00;
/// Ours.
const OURS: u32 = 5_000;
/// Far enough from the last frame for everything to have come to rest.
const LATER_NS: u64 = 1_000_000;

/// A segment of one connection: so many bytes from `START + offset`, so long after the first.
fn segment(at_ns: u64, offset: u32, payload: u16) -> WireFrame {
    let ip_length = 40 + payload;
    WireFrame {
        at_ns,
        length: u32::from(ip_length) + 14,
        rss_hash: 7,
        flow: 0,
        ip_length,
        ip_id: 0,
        payload,
        ethertype: ETH_P_IP,
        protocol: IPPROTO_TCP,
        ip_header: 20,
        ttl: 64,
        tos: 0,
        df: true,
        tcp: TcpHeader {
            seq: START.wrapping_add(offset),
            ack: OURS,
            options: 0,
            window: 500,
            flags: TCP_ACK,
            length: 20,
        },
        fragment: false,
        to_host: true,
        local: true,
        fault: Fault::None,
    }
}

fn flagged(frame: WireFrame, flags: u8) -> WireFrame {
    WireFrame { tcp: TcpHeader { flags: frame.tcp.flags | flags, ..frame.tcp }, ..frame }
}

fn is(fact: &Fact, routine: RoutineId, line: &str) -> bool {
    fact.line.routine == routine && line_info(fact.line).name() == line
}

/// What a run led to: the machine at its end, and the lines that ran, by routine.
struct Run {
    machine: Machine,
    lines: Vec<(RoutineId, &'static str)>,
}

impl Run {
    /// How often a line ran.
    fn count(&self, routine: RoutineId, line: &str) -> usize {
        self.lines.iter().filter(|&&(id, name)| id == routine && name == line).count()
    }

    fn drops(&self) -> Vec<(DropReason, u64)> {
        self.machine.drops.iter().collect()
    }
}

fn run_with(settings: Settings, frames: Vec<WireFrame>, sent: Vec<SentFrame>) -> Run {
    watched(settings, frames, sent, |_, _| {})
}

/// The same; `watch` sees the machine after each step, with its fact.
fn watched(
    settings: Settings,
    frames: Vec<WireFrame>,
    sent: Vec<SentFrame>,
    mut watch: impl FnMut(&Machine, &Fact),
) -> Run {
    let flow = TrafficFlow {
        source: [1, 1, 1, 1],
        destination: [1, 1, 1, 2],
        source_port: 9,
        destination_port: 5_001,
        protocol: IPPROTO_TCP,
    };
    let traffic = Traffic { frames, sent, flows: vec![flow], ..Traffic::default() };
    let mut machine = power_on(settings, &traffic);
    let (mut lines, mut facts) = (Vec::new(), Vec::<Fact>::new());
    while advance(&mut machine, &traffic, &mut facts) {
        let fact = facts.pop().expect("each step states a fact");
        lines.push((fact.line.routine, line_info(fact.line).name()));
        watch(&machine, &fact);
        check(&machine, &traffic).unwrap_or_else(|v| panic!("{v:?} at step {}", machine.step));
    }
    assert_eq!(machine.arrived as usize, traffic.frames.len());
    Run { machine, lines }
}

fn run(frames: Vec<WireFrame>) -> Run {
    run_with(quick(), frames, Vec::new())
}

fn quick() -> Settings {
    Settings { rx_ring: 64, itr_ns: 0, intrl_ns: 0, ..Settings::of(Driver::Ice) }
}

/// A burst, which GRO merges: so many segments of `payload` bytes from `offset`.
fn burst(at_ns: u64, offset: u32, count: u32, payload: u16) -> impl Iterator<Item = WireFrame> {
    (0..count).map(move |n| segment(at_ns, offset + n * u32::from(payload), payload))
}

#[test]
fn the_first_segment_finds_no_memory_set_aside_and_those_after_it_are_predicted() {
    let frames = (0..3).map(|n| segment(u64::from(n) * LATER_NS, n * 500, 500)).collect();
    let run = run(frames);
    use RoutineId::TcpRcvEstablished as Established;
    // 2,304 of a page of 4,096 are charged: 1,792 are left, too little for the second; when a
    // packet is read, all but the part of a page goes back.
    assert_eq!(run.count(Established, "TestMemory"), 3);
    assert_eq!((run.count(Established, "Ack"), run.count(Established, "FastQueue")), (3, 0));
    assert_eq!((run.machine.bytes_read(), run.machine.delivered()), (1_500, 3));
}

#[test]
fn a_segment_that_memory_was_set_aside_for_takes_the_fast_path() {
    // Two segments wait for a slow reader: 2 * 2,304 of 8,192 leave 3,584 for the third.
    let settings = Settings { app_ns: 500_000, ..quick() };
    let options =
        |frame: WireFrame, options| WireFrame { tcp: TcpHeader { options, ..frame.tcp }, ..frame };
    let frames = (0..5).map(|n| options(segment(u64::from(n) * 20_000, n * 1_000, 1_000), n));
    let run = run_with(settings, frames.collect(), Vec::new());
    assert!(run.count(RoutineId::TcpRcvEstablished, "FastQueue") > 0);
    assert_eq!((run.machine.bytes_read(), run.machine.delivered()), (5_000, 5));
}

#[test]
fn data_that_came_before_is_dropped_and_acknowledged_at_once() {
    let frames = vec![
        segment(0, 0, 500),
        segment(LATER_NS, 0, 500),
        segment(2 * LATER_NS, 500, 500),
        segment(3 * LATER_NS, 0, 500),
    ];
    let run = run(frames);
    // The second ends where the last ACK stands; the fourth ends before it.
    assert_eq!(run.drops(), [(DropReason::TcpOldData, 1), (DropReason::TcpOldSequence, 1)]);
    assert_eq!(run.machine.bytes_read(), 1_000);
    assert_eq!(run.count(RoutineId::TcpSendAck, "Transmit"), 3);
}

#[test]
fn the_peers_fin_ends_the_stream_and_our_own_fins_ack_ends_the_connection() {
    let sent = |at_ns, fin| SentFrame { at_ns, flow: 0, end_seq: OURS + u32::from(fin), fin };
    let ack = |at_ns, offset, ack| {
        let frame = segment(at_ns, offset, 0);
        WireFrame { tcp: TcpHeader { ack, ..frame.tcp }, ..frame }
    };
    let frames = vec![
        segment(0, 0, 500),
        flagged(segment(LATER_NS, 500, 100), TCP_FIN),
        ack(2 * LATER_NS, 601, OURS),
        ack(4 * LATER_NS, 601, OURS + 1),
        ack(5 * LATER_NS, 601, OURS + 1),
    ];
    let run = run_with(quick(), frames, vec![sent(0, false), sent(3 * LATER_NS, true)]);
    let socket = &run.machine.sockets[0];
    assert_eq!((socket.tcp.state, run.machine.bytes_read()), (TcpState::Close, 600));
    assert_eq!(run.machine.tasks[socket.reader.index()].state, TaskState::Dead);
    // An ACK in CLOSE_WAIT is freed without a reason; the one of our FIN is taken; then nobody
    // knows the connection.
    assert_eq!(run.drops(), [(DropReason::NoSocket, 1), (DropReason::NotSpecified, 1)]);
    assert_eq!(run.machine.control, 1);
}

#[test]
fn a_fin_alone_wakes_the_reader_with_nothing() {
    let frames = vec![segment(0, 0, 0), flagged(segment(LATER_NS, 0, 0), TCP_FIN)];
    let run = run(frames);
    let socket = &run.machine.sockets[0];
    assert_eq!(run.machine.tasks[socket.reader.index()].state, TaskState::Dead);
    assert_eq!((run.machine.bytes_read(), run.machine.control), (0, 2));
    assert_eq!(run.count(RoutineId::SockDefWakeup, "TestSleeper"), 1);
}

#[test]
fn a_reset_counts_only_at_the_expected_byte() {
    let frames = vec![
        segment(0, 0, 100),
        flagged(segment(LATER_NS, 150, 0), TCP_RST),
        flagged(segment(2 * LATER_NS, 100, 0), TCP_RST),
        segment(3 * LATER_NS, 100, 100),
    ];
    let run = run(frames);
    assert_eq!(run.drops(), [(DropReason::NoSocket, 1), (DropReason::TcpReset, 1)]);
    let socket = &run.machine.sockets[0];
    assert_eq!(socket.tcp.state, TcpState::Close);
    assert_eq!(run.machine.tasks[socket.reader.index()].state, TaskState::Dead);
}

#[test]
fn a_syn_opens_a_connection_once_and_never_again() {
    let open = |at_ns, offset: u32| WireFrame {
        tcp: TcpHeader { flags: TCP_SYN, ..segment(0, offset, 0).tcp },
        ..segment(at_ns, offset, 0)
    };
    let frames = vec![open(0, u32::MAX), segment(LATER_NS, 0, 100), open(2 * LATER_NS, 50)];
    let run = run(frames);
    assert_eq!(
        run.drops(),
        [(DropReason::TcpInvalidSyn, 1), (DropReason::HandshakeNotModelled, 1)]
    );
    assert_eq!(run.machine.bytes_read(), 100);
}

#[test]
fn what_starts_behind_the_window_is_refused_and_at_its_edge_too() {
    let settings = Settings { tcp_rmem: 8_192, ..quick() };
    let second = |offset| vec![segment(0, 0, 100), segment(LATER_NS, offset, 100)];
    let probe = run_with(settings, second(100), Vec::new());
    assert_eq!(probe.drops(), []);
    let after_first = run_with(settings, vec![segment(0, 0, 100)], Vec::new());
    let edge = 100 + after_first.machine.sockets[0].tcp.receive_window();
    let inside = run_with(settings, second(edge - 1), Vec::new());
    assert_eq!(inside.drops(), []);
    assert_eq!(inside.machine.sockets[0].tcp.out_of_order.count, 1);
    let at_edge = run_with(settings, second(edge), Vec::new());
    assert_eq!(at_edge.drops(), [(DropReason::TcpOverwindow, 1)]);
    let behind = run_with(settings, second(edge + 1), Vec::new());
    assert_eq!(behind.drops(), [(DropReason::TcpInvalidSequence, 1)]);
}

#[test]
fn a_reader_that_does_not_keep_up_closes_the_window() {
    let settings = Settings { tcp_rmem: 16_384, app_ns: 100_000_000, ..quick() };
    // The first is read and says that 1,448 of 2,304 bytes are payload; the window opens by that.
    // Those of 800 bytes, each in a buffer of its own, then fill the memory before the window.
    let first = segment(0, 0, 1_448);
    let of_800 = |at: u64, n: u32| segment(at * LATER_NS, 1_448 + n * 800, 800);
    let mut frames = vec![first];
    frames.extend((0..10).map(|n| of_800(u64::from(n) + 1, n)));
    // 2,304 + 7 * 2,048 are more than 16,384. The ninth still slips in by the fast path, which asks
    // only for memory set aside; the tenth is dropped, and the window is shut.
    frames.push(of_800(11, 9));
    let run = run_with(settings, frames, Vec::new());
    assert_eq!(run.drops(), [(DropReason::TcpZeroWindow, 1), (DropReason::ProtoMem, 1)]);
    assert_eq!(run.machine.bytes_read(), 1_448 + 9 * 800);
}

#[test]
fn a_wrong_checksum_a_short_header_and_no_flags_are_found() {
    let wrong =
        |at_ns, payload| WireFrame { fault: Fault::TcpChecksum, ..segment(at_ns, 100, payload) };
    let mut short = segment(3 * LATER_NS, 100, 10);
    (short.fault, short.tcp) = (Fault::TcpHeader, TcpHeader::default());
    let mut flagless = segment(4 * LATER_NS, 100, 100);
    flagless.tcp.flags = TCP_PSH;
    let frames =
        vec![segment(0, 0, 100), wrong(LATER_NS, 10), wrong(2 * LATER_NS, 500), short, flagless];
    let run = run(frames);
    assert_eq!(
        run.drops(),
        [(DropReason::TcpHeader, 1), (DropReason::TcpChecksum, 2), (DropReason::TcpFlags, 1),]
    );
    // The short one is refused at the door, the long one only by the connection.
    assert_eq!(run.count(RoutineId::TcpRcvEstablished, "Drop"), 2);
}

#[test]
fn small_segments_are_copied_together_and_large_ones_linked() {
    let settings = Settings { app_ns: 50_000_000, ..quick() };
    let frames = |payload: u16| {
        (0..4).map(move |n| segment(u64::from(n) * LATER_NS, n * u32::from(payload), payload))
    };
    let small = run_with(settings, frames(200).collect(), Vec::new());
    assert_eq!(small.count(RoutineId::SkbTryCoalesce, "Account"), 0);
    assert!(small.count(RoutineId::SkbTryCoalesce, "Copy") >= 2);
    assert_eq!((small.machine.bytes_read(), small.machine.delivered()), (800, 4));
    let large = run_with(settings, frames(1_448).collect(), Vec::new());
    assert!(large.count(RoutineId::SkbTryCoalesce, "Account") >= 2);
    assert_eq!((large.machine.bytes_read(), large.machine.delivered()), (4 * 1_448, 4));
}

/// A machine with two segments in its receive queue and one behind a gap, its reader at work.
fn queued() -> (Machine, Traffic) {
    let flow = TrafficFlow {
        source: [1, 1, 1, 1],
        destination: [1, 1, 1, 2],
        source_port: 9,
        destination_port: 5_001,
        protocol: IPPROTO_TCP,
    };
    let at = [(0, 0), (1, 1_448), (2, 2_896), (3, 9_000)];
    let frames = at.map(|(n, offset)| segment(n * LATER_NS, offset, 1_448)).to_vec();
    let traffic = Traffic { frames, flows: vec![flow], ..Traffic::default() };
    let settings = Settings { app_ns: 1_000_000_000, ..quick() };
    let mut machine = power_on(settings, &traffic);
    let waits = |machine: &Machine| machine.sockets[0].tcp.out_of_order.count == 1;
    while !waits(&machine) || !machine.cpus[0].irq_stack.is_empty() {
        assert!(advance(&mut machine, &traffic, &mut NoSink), "it comes that far");
    }
    assert_eq!(check(&machine, &traffic), Ok(()));
    (machine, traffic)
}

#[test]
fn a_streams_invariants_can_fail() {
    let broken = |change: fn(&mut Machine)| {
        let (mut machine, traffic) = queued();
        change(&mut machine);
        check(&machine, &traffic)
    };
    let memory = broken(|machine| machine.sockets[0].rmem_alloc += 1);
    assert_eq!(memory, Err(Violation::SocketMemory));
    let ahead = broken(|machine| machine.sockets[0].tcp.copied_seq = START.wrapping_add(20_000));
    assert_eq!(ahead, Err(Violation::FlowOrder), "the reader is ahead of the data");
    let gap = broken(|machine| machine.sockets[0].tcp.rcv_nxt = START.wrapping_add(9_000));
    assert_eq!(gap, Err(Violation::FlowOrder), "the queue ends before rcv_nxt");
    let due = broken(|machine| {
        let first = machine.sockets[0].tcp.out_of_order.head;
        machine.skbs.objects[first.index()].tcp.seq = START;
    });
    assert_eq!(due, Err(Violation::FlowOrder), "it is not behind a gap");
    let forgotten = broken(|machine| {
        let socket = &mut machine.sockets[0];
        socket.tcp.backlog = std::mem::take(&mut socket.tcp.out_of_order);
        socket.rmem_alloc -= 2_304;
    });
    assert_eq!(forgotten, Err(Violation::LostWakeup), "a backlog without an owner");
    let lost = broken(|machine| machine.control += 1);
    assert_eq!(lost, Err(Violation::Conservation));
}
