//! One frame's bytes, read as far as they go.

use crate::hardware::toeplitz;
use crate::machine::{ETH_P_IP, Fault, IPPROTO_UDP, TcpHeader, TrafficFlow, WireFrame, headers};
use etherparse::{Ethernet2HeaderSlice, Ipv4HeaderSlice, TcpHeaderSlice, UdpHeaderSlice};

/// What a frame's headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed<'a> {
    /// The frame; its flow and whether it is for the host, by MAC and by address, are still open.
    pub frame: WireFrame,
    /// Who talks to whom, if it is IPv4.
    pub flow: Option<TrafficFlow>,
    /// Its destination MAC address.
    pub destination_mac: [u8; 6],
    /// Only its beginning was captured.
    pub cut: bool,
    /// The bytes of its headers.
    pub head: &'a [u8],
}

/// Reads the headers of a frame of which `bytes` were captured and `length` were on the wire.
///
/// What was not captured counts as length only, and its checksum as good.
#[must_use]
pub fn parse_frame(bytes: &[u8], length: u32, at_ns: u64) -> Parsed<'_> {
    let mut frame = WireFrame {
        at_ns,
        length,
        rss_hash: 0,
        flow: u32::MAX,
        ip_length: 0,
        ip_id: 0,
        payload: 0,
        ethertype: 0,
        protocol: 0,
        ip_header: 0,
        ttl: 0,
        tos: 0,
        df: false,
        tcp: TcpHeader::default(),
        fragment: false,
        to_host: true,
        local: true,
        fault: Fault::None,
    };
    let cut = (bytes.len() as u64) < u64::from(length);
    let head = &bytes[..headers(bytes).last().map_or(0, |last| last.2)];
    let Ok(ethernet) = Ethernet2HeaderSlice::from_slice(bytes) else {
        return Parsed { frame, flow: None, destination_mac: [0; 6], cut, head };
    };
    frame.ethertype = ethernet.ether_type().0;
    let destination_mac = ethernet.destination();
    let after_ethernet = &bytes[ethernet.slice().len()..];
    let on_wire = length.saturating_sub(14);
    let flow = if frame.ethertype == ETH_P_IP {
        parse_ipv4(after_ethernet, on_wire, &mut frame)
    } else {
        None
    };
    Parsed { frame, flow, destination_mac, cut, head }
}

fn parse_ipv4(bytes: &[u8], on_wire: u32, frame: &mut WireFrame) -> Option<TrafficFlow> {
    let Ok(ip) = Ipv4HeaderSlice::from_slice(bytes) else {
        frame.fault = Fault::IpHeader;
        return None;
    };
    frame.ip_length = ip.total_len();
    frame.ip_id = ip.identification();
    frame.protocol = ip.protocol().0;
    frame.ip_header = ip.ihl() * 4;
    frame.ttl = ip.ttl();
    frame.tos = ip.slice()[1];
    frame.df = ip.dont_fragment();
    frame.fragment = ip.is_fragmenting_payload();
    if ip.header_checksum() != ip.to_header().calc_header_checksum() {
        frame.fault = Fault::IpChecksum;
    } else if ip.total_len() < u16::from(frame.ip_header) {
        frame.fault = Fault::IpHeader;
    } else if u32::from(ip.total_len()) > on_wire {
        frame.fault = Fault::IpLength;
    }
    let mut flow = TrafficFlow {
        source: ip.source(),
        destination: ip.destination(),
        source_port: 0,
        destination_port: 0,
        protocol: frame.protocol,
    };
    let transport = &bytes[ip.slice().len()..];
    let ports = |at: usize| transport.get(at..at + 2).map(|b| u16::from_be_bytes([b[0], b[1]]));
    if !frame.fragment && matches!(frame.protocol, 6 | IPPROTO_UDP) {
        flow.source_port = ports(0).unwrap_or(0);
        flow.destination_port = ports(2).unwrap_or(0);
        if frame.protocol == IPPROTO_UDP {
            parse_udp(&ip, transport, frame);
        } else {
            parse_tcp(&ip, transport, frame);
        }
    }
    frame.rss_hash = toeplitz::hash_of_flow(&flow);
    Some(flow)
}

fn parse_tcp(ip: &Ipv4HeaderSlice<'_>, bytes: &[u8], frame: &mut WireFrame) {
    let room = frame.ip_length.saturating_sub(u16::from(frame.ip_header));
    let Ok(tcp) = TcpHeaderSlice::from_slice(bytes) else {
        frame.fault = if frame.fault == Fault::None { Fault::TcpHeader } else { frame.fault };
        return;
    };
    let length = tcp.slice().len();
    let mut options = 0_u32;
    for word in tcp.options().chunks_exact(4) {
        let word = u32::from_be_bytes([word[0], word[1], word[2], word[3]]);
        options = (options.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9);
    }
    frame.tcp = TcpHeader {
        seq: tcp.sequence_number(),
        ack: tcp.acknowledgment_number(),
        options,
        window: tcp.window_size(),
        flags: bytes[13],
        length: u8::try_from(length).expect("at most 60"),
    };
    frame.payload = room.saturating_sub(u16::try_from(length).expect("at most 60"));
    // A cut payload cannot be checked.
    let end = length + usize::from(frame.payload);
    let Some(payload) = bytes.get(length..end) else { return };
    if frame.fault == Fault::None {
        let right = tcp.to_header().calc_checksum_ipv4(&ip.to_header(), payload);
        if right.is_ok_and(|right| right != tcp.checksum()) {
            frame.fault = Fault::TcpChecksum;
        }
    }
}

fn parse_udp(ip: &Ipv4HeaderSlice<'_>, bytes: &[u8], frame: &mut WireFrame) {
    let room = frame.ip_length.saturating_sub(u16::from(frame.ip_header));
    let Ok(udp) = UdpHeaderSlice::from_slice(bytes) else {
        frame.fault = if frame.fault == Fault::None { Fault::UdpLength } else { frame.fault };
        return;
    };
    if udp.length() < 8 || udp.length() > room {
        frame.fault = if frame.fault == Fault::None { Fault::UdpLength } else { frame.fault };
        return;
    }
    frame.payload = udp.length() - 8;
    // A checksum of 0 means that the sender made none; a cut payload cannot be checked.
    let Some(payload) = bytes.get(8..usize::from(udp.length())) else {
        return;
    };
    if udp.checksum() != 0 && frame.fault == Fault::None {
        let header = udp.to_header();
        let right = header.calc_checksum_ipv4(&ip.to_header(), payload);
        if right.is_ok_and(|right| right != udp.checksum()) {
            frame.fault = Fault::UdpChecksum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_frame;
    use crate::machine::Fault;

    /// The frame of experiment E1: 64 bytes of payload to port 7000.
    const E1: &str = "525400123456525400aa000108004500005c000b4000401122760a0002020a00020f0fa01b5800483dd7\
        30303030787878787878787878787878787878787878787878787878787878787878787878787878787878787878\
        787878787878787878787878787878787878";

    fn bytes() -> Vec<u8> {
        let digits: Vec<u8> = E1.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    #[test]
    fn a_recorded_udp_frame_is_read_and_found_without_fault() {
        let bytes = bytes();
        let parsed = parse_frame(&bytes, 106, 0);
        let flow = parsed.flow.expect("an IPv4 frame");
        assert_eq!((flow.source_port, flow.destination_port), (4000, 7000));
        assert_eq!((parsed.frame.ip_length, parsed.frame.payload), (92, 64));
        assert_eq!(parsed.frame.fault, Fault::None);
    }

    #[test]
    fn each_broken_byte_is_found_where_it_is() {
        let cases = [
            (14, Fault::IpHeader),    // version
            (17, Fault::IpChecksum),  // total length, so the checksum no longer fits
            (60, Fault::UdpChecksum), // payload
        ];
        for (at, fault) in cases {
            let mut bytes = bytes();
            bytes[at] ^= 0xf0;
            assert_eq!(parse_frame(&bytes, 106, 0).frame.fault, fault, "byte {at}");
        }
    }

    #[test]
    fn a_frame_cut_short_counts_its_missing_bytes_as_good() {
        let bytes = bytes();
        let parsed = parse_frame(&bytes[..60], 106, 0);
        assert_eq!((parsed.frame.payload, parsed.frame.fault), (64, Fault::None));
        assert_eq!(parse_frame(&[1, 2, 3], 3, 0).flow, None);
    }
}
