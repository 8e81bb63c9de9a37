//! What GRO merges, holds and lets go: cases from `tcp_gro_receive` and `dev_gro_receive`, 6.12.

use nicscope_core::engine::invariant::check;
use nicscope_core::engine::{advance, line_info, power_on};
use nicscope_core::fact::{Fact, RoutineId};
use nicscope_core::machine::{
    CostProfile, Driver, ETH_P_IP, Fault, IPPROTO_TCP, Machine, Settings, TCP_FIN, TCP_PSH,
    TcpHeader, Traffic, TrafficFlow, WireFrame,
};

const ACK: u8 = 0x10;

/// A segment of flow 0: number `n` of so many bytes each.
fn segment(n: u32, payload: u16) -> WireFrame {
    let tcp = TcpHeader {
        seq: 1_000 + n * u32::from(payload),
        ack: 7,
        options: 0,
        window: 500,
        flags: ACK,
        length: 32,
    };
    WireFrame {
        at_ns: 0,
        length: 14 + 20 + 32 + u32::from(payload),
        rss_hash: 8,
        flow: 0,
        ip_length: 20 + 32 + payload,
        ip_id: u16::try_from(n).unwrap(),
        payload,
        ethertype: ETH_P_IP,
        protocol: IPPROTO_TCP,
        ip_header: 20,
        ttl: 64,
        tos: 0,
        df: true,
        tcp,
        fragment: false,
        to_host: true,
        local: true,
        fault: Fault::None,
    }
}

/// Lengths of the packets that entered the stack, and the GRO results, for a burst of frames.
fn run(frames: Vec<WireFrame>) -> (Vec<u32>, Vec<u16>) {
    let flow = |n: u16| TrafficFlow {
        source: [1, 1, 1, 1],
        destination: [1, 1, 1, 2],
        source_port: n,
        destination_port: 5_001,
        protocol: IPPROTO_TCP,
    };
    let traffic = Traffic { frames, flows: (0..16).map(flow).collect(), ..Traffic::default() };
    let settings = Settings { costs: CostProfile::Emulator, ..Settings::of(Driver::Igb) };
    let mut machine: Machine = power_on(settings, &traffic);
    let (mut lengths, mut results, mut facts) = (Vec::new(), Vec::new(), Vec::<Fact>::new());
    while advance(&mut machine, &traffic, &mut facts) {
        let fact = facts.pop().expect("each step states a fact");
        let line = line_info(fact.line);
        if fact.line.routine == RoutineId::NetifReceiveSkbCore && line.name() == "Count" {
            lengths.push(machine.skbs.objects[usize::from(fact.object)].len);
        }
        if line.tracepoint() == Some("napi_gro_receive_exit") {
            results.push(fact.object);
        }
    }
    assert_eq!(machine.arrived as usize, traffic.frames.len());
    check(&machine, &traffic).expect("none is lost on the way");
    (lengths, results)
}

const MERGED_FREE: u16 = 1;
const HELD: u16 = 2;
const NORMAL: u16 = 3;

#[test]
fn segments_in_order_become_one_packet() {
    let (lengths, results) = run((0..5).map(|n| segment(n, 1_000)).collect());
    assert_eq!(lengths, [5 * 1_000 + 52]);
    assert_eq!(results, [HELD, MERGED_FREE, MERGED_FREE, MERGED_FREE, MERGED_FREE]);
}

#[test]
fn forty_five_segments_of_1448_fit_and_the_next_begins_another() {
    let (lengths, _) = run((0..50).map(|n| segment(n, 1_448)).collect());
    assert_eq!(lengths, [45 * 1_448 + 52, 5 * 1_448 + 52]);
}

#[test]
fn a_push_or_a_short_segment_is_merged_and_lets_the_packet_go() {
    let mut frames: Vec<_> = (0..4).map(|n| segment(n, 1_000)).collect();
    frames[1].tcp.flags |= TCP_PSH;
    assert_eq!(run(frames).0, [2 * 1_000 + 52, 2 * 1_000 + 52]);
    let mut frames: Vec<_> = (0..4).map(|n| segment(n, 1_000)).collect();
    (frames[1].payload, frames[1].ip_length, frames[1].length) = (400, 452, 466);
    frames[2].tcp.seq = frames[1].tcp.seq + 400;
    frames[3].tcp.seq = frames[2].tcp.seq + 1_000;
    assert_eq!(run(frames).0, [1_400 + 52, 2_000 + 52]);
}

#[test]
fn what_does_not_fit_keeps_apart_and_is_held_anew() {
    type Change = fn(&mut WireFrame);
    let changes: [Change; 8] = [
        |frame| frame.tcp.ack += 1,
        |frame| frame.tcp.window += 1,
        |frame| frame.tcp.options = 9,
        |frame| frame.tcp.seq += 1,
        |frame| frame.ttl -= 1,
        |frame| frame.tos = 4,
        |frame| frame.df = false,
        |frame| frame.ip_id += 7,
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut frames: Vec<_> = (0..2).map(|n| segment(n, 1_000)).collect();
        change(&mut frames[1]);
        let (lengths, results) = run(frames);
        assert_eq!(lengths, [1_052, 1_052], "change {number}");
        assert_eq!(results, [HELD, HELD], "change {number}");
    }
}

#[test]
fn a_flag_that_ends_a_flow_is_not_held() {
    let mut frame = segment(0, 1_000);
    frame.tcp.flags |= TCP_FIN;
    assert_eq!(run(vec![frame]).1, [NORMAL]);
    assert_eq!(run(vec![segment(0, 0)]).1, [NORMAL], "a pure ACK neither");
    let mut wrong = segment(0, 1_000);
    wrong.fault = Fault::TcpChecksum;
    assert_eq!(run(vec![wrong]).1, [NORMAL], "nor a wrong checksum");
}

#[test]
fn with_df_a_constant_id_merges_and_then_only_that_id() {
    let mut frames: Vec<_> = (0..4).map(|n| segment(n, 1_000)).collect();
    frames.iter_mut().for_each(|frame| frame.ip_id = 5);
    assert_eq!(run(frames.clone()).0, [4_052]);
    frames[3].ip_id = 8;
    assert_eq!(run(frames).0, [3_052, 1_052]);
}

#[test]
fn a_full_bucket_lets_the_oldest_go() {
    let frames = (0..9).map(|n| WireFrame { flow: n, ..segment(0, 1_000) }).collect();
    let (lengths, results) = run(frames);
    assert_eq!(lengths, [1_052; 9]);
    assert_eq!(results, [HELD; 9]);
}

#[test]
fn many_small_segments_use_the_frag_list_when_frags_are_full() {
    let (lengths, results) = run((0..60).map(|n| segment(n, 100)).collect());
    assert_eq!(lengths, [6_000 + 52]);
    // Of every 18 one has its own sk_buff chained: the first is held, two are MERGED whole.
    let merged_whole = results.iter().filter(|&&result| result == 0).count();
    assert_eq!((results[0], merged_whole), (HELD, 3));
}
