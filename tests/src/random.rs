//! Random machines, and sessions that move about in them at random.

use nicscope_core::machine::{
    CostProfile, Driver, Fault, IPPROTO_TCP, Settings, TCP_FIN, TCP_PSH, TCP_SYN, TcpHeader,
    Traffic, WireFrame,
};
use nicscope_core::scenario::{Generator, Scenario};
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::timeline::Stop;
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// The MTUs of random machines: frames in one buffer, in two, in three.
pub const MTUS: [u16; 3] = [1_500, 4_000, 9_000];
/// How many sessions a comparison takes.
pub const SESSIONS: u64 = 1_000;
/// An address that is not the host's.
const ELSEWHERE: [u8; 4] = [203, 0, 113, 9];
/// Commands of one session.
const COMMANDS: u32 = 8;

/// The scenario of a seed: a small machine with little traffic.
#[must_use]
pub fn scenario(random: &mut Pcg32) -> Scenario {
    let mut below = |limit: u32| random.next_u32() % limit;
    let driver = if below(2) == 0 { Driver::Ice } else { Driver::Igb };
    let mtu = MTUS[below(3) as usize];
    let generator = Generator {
        seed: u64::from(below(1_000_000)),
        packets: 1 + below(60),
        payload: below(u32::from(mtu) - 27),
        flows: 1 + below(4),
        burst: 1 + below(40),
        gap_ns: u64::from(below(20_000)),
        link_mbps: 1_000 + below(100_000),
        bad_per_mille: below(300),
        ..Generator::default()
    };
    let settings = Settings {
        queues: [1, 2, 3, 4][below(4) as usize],
        mtu,
        rx_ring: [16, 32, 64][below(3) as usize],
        legacy_rx: below(4) == 0,
        itr_ns: below(60_000),
        rcvbuf: 2_304 + below(200_000),
        iommu: below(2) == 0,
        app_ns: below(20_000),
        costs: if below(4) == 0 { CostProfile::Emulator } else { CostProfile::Server },
        page_failures: below(3),
        skb_failures: below(3),
        netdev_budget: [1, 16, 64, 65, 300][below(5) as usize],
        netdev_budget_usecs: [0, 4_000, 8_000][below(3) as usize],
        gro_normal_batch: [1, 8, 64][below(3) as usize],
        gro_flush_timeout_ns: [0, 0, 20_000, 200_000][below(4) as usize],
        napi_defer_hard_irqs: [0, 0, 1, 2][below(4) as usize],
        reads: [0, 0, 3][below(3) as usize],
        ..Settings::of(driver)
    };
    let mut traffic = generator.traffic();
    mix(&mut traffic, mtu, random);
    Scenario { settings, traffic }
}

/// Makes some flows TCP, and some frames what a network also carries.
fn mix(traffic: &mut Traffic, mtu: u16, random: &mut Pcg32) {
    let mut seqs = vec![1_000_u32; traffic.flows.len()];
    for flow in &mut traffic.flows {
        if random.next_u32().is_multiple_of(2) {
            flow.protocol = IPPROTO_TCP;
        }
        if random.next_u32().is_multiple_of(8) {
            flow.destination = ELSEWHERE;
        }
    }
    for frame in &mut traffic.frames {
        let flow = frame.flow as usize;
        frame.local = traffic.flows[flow].destination != ELSEWHERE;
        if traffic.flows[flow].protocol == IPPROTO_TCP {
            segment(frame, mtu, &mut seqs[flow], random);
        }
        match random.next_u32() % 40 {
            // ARP, IPv6, a VLAN tag, and a length as LLC has it.
            0 => not_ipv4(frame, [0x0806, 0x86dd, 0x8100, 60][random.next_u32() as usize % 4]),
            1 => frame.to_host = false,
            2 => frame.fault = Fault::Receive,
            3 => frame.fragment = true,
            4 => frame.protocol = 1,
            _ => {}
        }
    }
}

/// Makes the frame a TCP segment, mostly the next of its flow.
fn segment(frame: &mut WireFrame, mtu: u16, seq: &mut u32, random: &mut Pcg32) {
    let payload = if random.next_u32().is_multiple_of(8) { 0 } else { frame.payload.min(mtu - 52) };
    let flags = match random.next_u32() % 24 {
        0 => TCP_SYN,
        1 => TCP_FIN,
        2..6 => TCP_PSH,
        _ => 0,
    };
    if random.next_u32().is_multiple_of(16) {
        *seq = seq.wrapping_add(random.next_u32() % 5_000);
    }
    frame.protocol = IPPROTO_TCP;
    frame.payload = payload;
    frame.ip_length = 20 + 32 + payload;
    frame.length = 14 + u32::from(frame.ip_length);
    frame.tcp = TcpHeader {
        seq: *seq,
        ack: 7,
        options: random.next_u32() % 8 / 7,
        window: 500,
        flags: flags | 0x10,
        length: 32,
    };
    frame.fault = match frame.fault {
        Fault::UdpLength => Fault::TcpHeader,
        Fault::UdpChecksum => Fault::TcpChecksum,
        other => other,
    };
    if frame.fault == Fault::TcpHeader {
        frame.tcp = TcpHeader::default();
    }
    *seq = seq.wrapping_add(u32::from(payload));
}

fn not_ipv4(frame: &mut WireFrame, ethertype: u16) {
    *frame = WireFrame {
        rss_hash: 0,
        flow: u32::MAX,
        ip_length: 0,
        ethertype,
        protocol: 0,
        tcp: TcpHeader::default(),
        fault: Fault::None,
        ..*frame
    };
}

/// Runs a command to its end.
pub fn run(session: &mut Session, command: Command) -> Outcome {
    loop {
        match session.run(command) {
            Outcome::Unfinished => {}
            outcome => return outcome,
        }
    }
}

/// Moves about in the session of a seed; where it was and what the state was, in one line.
#[must_use]
pub fn session(seed: u64) -> String {
    let mut random = Pcg32::new(seed, 7);
    let mut session = Session::new(scenario(&mut random));
    run(&mut session, Command::ToEnd);
    let last = session.step();
    let mut line = format!("{seed} {last} {:016x}", session.machine().state_hash());
    for _ in 0..COMMANDS {
        let stops = [Stop::Line, Stop::Function, Stop::Packet, Stop::Poll, Stop::Interrupt];
        let stop = stops[random.next_u32() as usize % stops.len()];
        let anywhere = u64::from(random.next_u32()) % (last + 1);
        let command = match random.next_u32() % 6 {
            0 => Command::Forward(stop),
            1 => Command::Back(stop),
            2 => Command::By(i64::from(random.next_u32() % 400) - 200),
            3 => Command::ToFirstFrame,
            _ => Command::ToStep(anywhere),
        };
        run(&mut session, command);
        let fact = session.fact().map_or(0, |fact| fact.at ^ u64::from(fact.object));
        line.push_str(&format!(
            " {}:{:016x}:{fact:x}",
            session.step(),
            session.machine().state_hash()
        ));
    }
    line
}
