//! Captures made by hand, with what a network carries beside plain UDP: each frame is delivered,
//! dropped with a reason, or counted under a plain name; nothing is lost.

use nicscope_core::engine::invariant::check;
use nicscope_core::engine::{power_on, run_steps};
use nicscope_core::machine::{Driver, DropReason, Machine, Settings};
use nicscope_core::scenario::read_capture;

const HOST_MAC: [u8; 6] = [2, 0, 0, 0, 0, 2];
const PEER_MAC: [u8; 6] = [2, 0, 0, 0, 0, 1];
const GROUP_MAC: [u8; 6] = [1, 0, 0x5e, 0, 0, 0xfb];
const HOST: [u8; 4] = [192, 0, 2, 2];

/// A frame to `mac`.
fn ethernet(mac: [u8; 6], ethertype: u16, payload: &[u8]) -> Vec<u8> {
    [&mac[..], &PEER_MAC, &ethertype.to_be_bytes(), payload].concat()
}

/// An IPv4 packet with these option bytes and fragment word.
fn ipv4(to: [u8; 4], protocol: u8, options: &[u8], fragment: u16, payload: &[u8]) -> Vec<u8> {
    let header = 20 + options.len();
    let mut packet = vec![0x40 | u8::try_from(header / 4).unwrap(), 0];
    packet.extend(u16::try_from(header + payload.len()).unwrap().to_be_bytes());
    packet.extend([0, 7]);
    packet.extend(fragment.to_be_bytes());
    packet.extend([64, protocol, 0, 0, 192, 0, 2, 1]);
    packet.extend(to);
    packet.extend(options);
    let words = packet.chunks(2).map(|word| u32::from(u16::from_be_bytes([word[0], word[1]])));
    let sum: u32 = words.sum();
    let folded = (sum & 0xffff) + (sum >> 16);
    let checksum = !u16::try_from((folded & 0xffff) + (folded >> 16)).unwrap();
    packet[10..12].copy_from_slice(&checksum.to_be_bytes());
    packet.extend(payload);
    packet
}

/// A UDP datagram without a checksum.
fn udp(bytes: usize) -> Vec<u8> {
    let length = u16::try_from(8 + bytes).unwrap().to_be_bytes();
    [&[0x0f, 0xa0, 0x1b, 0x58], &length[..], &[0, 0], &vec![b'x'; bytes]].concat()
}

/// A TCP segment without data, whose checksum cannot be told right from wrong: it is one byte short.
fn segment() -> Vec<u8> {
    vec![0x0f, 0xa0, 0x1b, 0x58, 0, 0, 0, 7, 0, 0, 0, 9, 0x50, 0x10, 1, 0, 0, 0, 0, 0]
}

/// A frame with a datagram for the host.
fn datagram(bytes: usize) -> Vec<u8> {
    ethernet(HOST_MAC, 0x0800, &ipv4(HOST, 17, &[], 0x4000, &udp(bytes)))
}

/// A pcap file of frames a microsecond apart, captured up to `snaplen` bytes.
fn pcap(frames: &[Vec<u8>], snaplen: usize) -> Vec<u8> {
    let words =
        |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    let mut file = words(&[0xa1b2_c3d4, 0x0004_0002, 0, 0, 65_535, 1]);
    for (number, frame) in (0..).zip(frames) {
        let captured = &frame[..frame.len().min(snaplen)];
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
        file.extend(words(&[1, number, length(captured), length(frame)]));
        file.extend(captured);
    }
    file
}

/// The same as pcapng: one section, one interface, an enhanced packet block a frame.
fn pcapng(frames: &[Vec<u8>]) -> Vec<u8> {
    let block = |kind: u32, body: &[u8]| {
        let padded = body.len().next_multiple_of(4);
        let total = u32::try_from(padded + 12).unwrap().to_le_bytes();
        let padding = vec![0; padded - body.len()];
        [&kind.to_le_bytes()[..], &total, body, &padding, &total].concat()
    };
    let section = [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255];
    let mut file = block(0x0a0d_0d0a, &section);
    file.extend(block(1, &[1, 0, 0, 0, 0, 0, 4, 0]));
    for (number, frame) in (0_u32..).zip(frames) {
        let length = u32::try_from(frame.len()).unwrap();
        let words = [0, 0, number, length, length].map(u32::to_le_bytes).concat();
        file.extend(block(6, &[&words, &frame[..]].concat()));
    }
    file
}

/// Plays a file to its end with both drivers, all invariants holding after every step.
fn play(file: &[u8]) -> [Machine; 2] {
    play_with_mtu(file, 1_500)
}

/// The same under this MTU.
fn play_with_mtu(file: &[u8], mtu: u16) -> [Machine; 2] {
    let traffic = read_capture(file, Some(HOST)).expect("a readable capture");
    [Driver::Ice, Driver::Igb].map(|driver| {
        let settings = Settings { mtu, rx_ring: 32, ..Settings::of(driver) };
        let mut machine = power_on(settings, &traffic);
        while machine.arrived == 0 {
            run_steps(&mut machine, &traffic, 1);
        }
        while run_steps(&mut machine, &traffic, 1) == 1 {
            check(&machine, &traffic).unwrap_or_else(|v| panic!("{v:?} at {}", machine.step));
        }
        let ended = machine.delivered() + machine.drops.total();
        assert_eq!(ended, traffic.frames.len() as u64, "{driver:?}: every frame has an end");
        machine
    })
}

/// Plays a datagram, the frame, and a datagram: where the frame ended, the same for both drivers.
fn end_of(frame: Vec<u8>) -> Vec<(DropReason, u64)> {
    let file = pcap(&[datagram(64), frame, datagram(64)], 65_535);
    let [ice, igb] = play(&file).map(|machine| machine.drops.iter().collect::<Vec<_>>());
    assert_eq!(ice, igb);
    ice
}

#[test]
fn each_kind_of_frame_ends_where_it_should() {
    use DropReason as R;
    let arp = vec![0; 46];
    let (tcp, icmp) = (vec![0x50; 20], vec![8, 0, 0xf7, 0xff, 0, 0, 0, 0]);
    let ipv6 = |next: u8| [&[0x60, 0, 0, 0, 0, 8, next, 64], &[0; 40][..]].concat();
    let inside = [&[0x00, 0x2a, 0x08, 0x00][..], &ipv4(HOST, 17, &[], 0, &udp(40))].concat();
    let cases: Vec<(&str, Vec<u8>, Option<R>)> = vec![
        ("plain", datagram(100), None),
        ("empty", datagram(0), None),
        ("full MTU", datagram(1_472), None),
        ("multicast", ethernet(GROUP_MAC, 0x0800, &ipv4(HOST, 17, &[], 0, &udp(9))), None),
        ("ARP", ethernet([255; 6], 0x0806, &arp), Some(R::ProtocolNotModelled)),
        ("VLAN", ethernet(HOST_MAC, 0x8100, &inside), Some(R::ProtocolNotModelled)),
        ("IPv6 TCP", ethernet(HOST_MAC, 0x86dd, &ipv6(6)), Some(R::ProtocolNotModelled)),
        ("IPv6 UDP", ethernet(HOST_MAC, 0x86dd, &ipv6(17)), Some(R::ProtocolNotModelled)),
        ("LLC", ethernet(HOST_MAC, 46, &[0x42; 46]), Some(R::UnhandledProto)),
        ("unknown", ethernet(HOST_MAC, 0x88b5, &[1; 46]), Some(R::UnhandledProto)),
        ("runt", ethernet(HOST_MAC, 0x88b5, &[]), Some(R::UnhandledProto)),
        ("no header", HOST_MAC.to_vec(), Some(R::Undersize)),
        ("jumbo", datagram(3_000), Some(R::Oversize)),
        (
            "ICMP",
            ethernet(HOST_MAC, 0x0800, &ipv4(HOST, 1, &[], 0, &icmp)),
            Some(R::TransportNotModelled),
        ),
        (
            "SCTP",
            ethernet(HOST_MAC, 0x0800, &ipv4(HOST, 132, &[], 0, &tcp)),
            Some(R::TransportNotModelled),
        ),
        (
            "first fragment",
            ethernet(HOST_MAC, 0x0800, &ipv4(HOST, 17, &[], 0x2000, &udp(64))),
            Some(R::FragmentNotModelled),
        ),
        (
            "last fragment",
            ethernet(HOST_MAC, 0x0800, &ipv4(HOST, 17, &[], 9, &[7; 64])),
            Some(R::FragmentNotModelled),
        ),
        (
            "for another MAC",
            ethernet([2, 0, 0, 0, 0, 9], 0x0800, &ipv4(HOST, 17, &[], 0, &udp(9))),
            Some(R::OtherHost),
        ),
        (
            "for another address",
            ethernet(HOST_MAC, 0x0800, &ipv4([192, 0, 2, 9], 17, &[], 0, &udp(9))),
            Some(R::IpInAddrErrors),
        ),
        (
            "TCP for another address",
            ethernet(HOST_MAC, 0x0800, &ipv4([192, 0, 2, 9], 6, &[], 0, &segment())),
            Some(R::IpInAddrErrors),
        ),
        ("bad version", ethernet(HOST_MAC, 0x0800, &[0; 46]), Some(R::IpHeader)),
    ];
    for (name, frame, reason) in cases {
        let expected: Vec<_> = reason.map(|reason| (reason, 1)).into_iter().collect();
        assert_eq!(end_of(frame), expected, "{name}");
    }
}

#[test]
fn options_in_the_ip_header_do_not_keep_a_datagram_from_its_socket() {
    let frame = ethernet(HOST_MAC, 0x0800, &ipv4(HOST, 17, &[1, 1, 1, 0], 0, &udp(33)));
    for machine in play(&pcap(&[frame], 65_535)) {
        assert_eq!((machine.delivered(), machine.bytes_read()), (1, 33));
    }
}

#[test]
fn what_was_cut_at_the_snaplen_counts_by_its_length() {
    let frames: Vec<_> = [0, 10, 500, 1_472].map(datagram).into();
    for snaplen in [42, 50, 64, 96, 65_535] {
        for machine in play(&pcap(&frames, snaplen)) {
            assert_eq!((machine.delivered(), machine.bytes_read()), (4, 1_982), "{snaplen}");
        }
    }
    // Below the headers nothing can be known; every frame still has an end.
    for snaplen in 0..42 {
        play(&pcap(&frames, snaplen));
    }
}

#[test]
fn jumbo_frames_end_in_the_socket_if_the_card_takes_them_and_nowhere_else() {
    let frames: Vec<_> = [1_490, 1_491, 3_000, 64, 8_972, 9_682, 9_683].map(datagram).into();
    for (mtu, oversize, bytes) in [(1_500, 5, 1_554), (4_000, 1, 24_699), (9_000, 1, 24_699)] {
        for machine in play_with_mtu(&pcap(&frames, 65_535), mtu) {
            assert_eq!(machine.drops.of(DropReason::Oversize), oversize, "MTU {mtu}");
            assert_eq!(machine.drops.total(), oversize, "MTU {mtu}");
            assert_eq!(machine.bytes_read(), bytes, "MTU {mtu}");
        }
    }
}

#[test]
fn what_follows_the_ip_packet_in_a_jumbo_frame_is_cut_off() {
    let packet = ipv4(HOST, 17, &[], 0x4000, &udp(100));
    let frame = ethernet(HOST_MAC, 0x0800, &[packet, vec![0; 8_000]].concat());
    for machine in play_with_mtu(&pcap(&[frame, datagram(9)], 65_535), 9_000) {
        assert_eq!((machine.delivered(), machine.bytes_read()), (2, 109));
    }
}

#[test]
fn pcapng_and_pcap_play_alike() {
    let frames: Vec<_> = [0, 10, 500, 1_472].map(datagram).into();
    let [one, two] = [pcap(&frames, 65_535), pcapng(&frames)].map(|file| play(&file));
    for (pcap, pcapng) in one.iter().zip(&two) {
        assert_eq!(pcap.bytes_read(), pcapng.bytes_read());
        assert_eq!(pcap.state_hash(), pcapng.state_hash());
    }
}

/// Below 1,536 the two bytes behind the addresses are a length: `eth_type_trans` says so.
#[test]
fn a_length_in_the_place_of_an_ethertype_is_an_llc_frame() {
    use nicscope_core::scenario::{Scenario, Setup};
    use nicscope_core::session::{Command, Outcome, Session};
    let file = pcap(&[ethernet(HOST_MAC, 46, &[0x42; 46])], 65_535);
    let scenario: Scenario = Setup::of(Driver::Ice).capture(&file, None).expect("a capture");
    let mut session = Session::new(scenario);
    let mut protocols = Vec::new();
    while session.run(Command::By(1)) == Outcome::Moved {
        protocols.extend(session.machine().skbs.objects.iter().map(|skb| skb.protocol));
    }
    protocols.sort_unstable();
    protocols.dedup();
    // ETH_P_802_2.
    assert_eq!(protocols, [0, 0x0004]);
}
