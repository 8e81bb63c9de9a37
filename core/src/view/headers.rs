//! A frame's headers where only what was read of them is known: those of a generator, which makes
//! no bytes. What it leaves open is a choice of this file: addresses of documentation (RFC 7042),
//! payload and timestamps of zeros.

use crate::machine::{Fault, IPPROTO_TCP, IPPROTO_UDP, TrafficFlow, WireFrame};

/// Hardware addresses for documentation: the host's, the sender's.
const ADDRESSES: [u8; 12] = [0, 0, 0x5e, 0, 0x53, 1, 0, 0, 0x5e, 0, 0x53, 2];
/// The timestamps that Linux sends, with two bytes of padding: NOP, NOP, `TCPOPT_TIMESTAMP`.
const TIMESTAMPS: [u8; 12] = [1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0];

/// The headers that the frame has by what was read of it, with what is wrong in them.
pub(super) fn rebuilt(frame: &WireFrame, flow: Option<&TrafficFlow>) -> Vec<u8> {
    let mut bytes = ADDRESSES.to_vec();
    bytes.extend(frame.ethertype.to_be_bytes());
    let Some(flow) = flow.filter(|_| frame.ip_length > 0) else { return bytes };
    let transport = match frame.protocol {
        _ if frame.fragment => Vec::new(),
        IPPROTO_UDP => udp(frame, flow),
        IPPROTO_TCP => tcp(frame, flow),
        _ => Vec::new(),
    };
    bytes.extend(ipv4(frame, flow));
    bytes.extend(transport);
    bytes
}

fn wrong(frame: &WireFrame, fault: Fault) -> u16 {
    u16::from(frame.fault == fault)
}

fn ipv4(frame: &WireFrame, flow: &TrafficFlow) -> Vec<u8> {
    let version = if frame.fault == Fault::IpHeader { 0xf0 } else { 0x40 };
    let total = frame.ip_length + wrong(frame, Fault::IpLength);
    let fragment = u16::from(frame.df) << 14 | u16::from(frame.fragment) << 13;
    let mut bytes = vec![version | (frame.ip_header / 4), frame.tos];
    for word in [total, frame.ip_id, fragment] {
        bytes.extend(word.to_be_bytes());
    }
    bytes.extend([frame.ttl, frame.protocol, 0, 0]);
    bytes.extend([flow.source, flow.destination].concat());
    // What options there were is not known.
    bytes.resize(usize::from(frame.ip_header), 1);
    let check = checksum(&bytes, 0) ^ wrong(frame, Fault::IpChecksum);
    bytes[10..12].copy_from_slice(&check.to_be_bytes());
    bytes
}

fn udp(frame: &WireFrame, flow: &TrafficFlow) -> Vec<u8> {
    let length = frame.payload + 8 + wrong(frame, Fault::UdpLength);
    let words = [flow.source_port, flow.destination_port, length, 0];
    let mut bytes = words.map(u16::to_be_bytes).concat();
    let check = checksum(&bytes, pseudo(flow, frame.payload + 8));
    let check = if check == 0 { u16::MAX } else { check } ^ wrong(frame, Fault::UdpChecksum);
    bytes[6..].copy_from_slice(&check.to_be_bytes());
    bytes
}

fn tcp(frame: &WireFrame, flow: &TrafficFlow) -> Vec<u8> {
    let header = frame.tcp;
    // Shorter than it may be, where that is what is wrong with it.
    let length = if header.length == 0 { 16 } else { header.length };
    let mut bytes = [flow.source_port, flow.destination_port].map(u16::to_be_bytes).concat();
    bytes.extend([header.seq, header.ack].map(u32::to_be_bytes).concat());
    bytes.extend([(length / 4) << 4, header.flags]);
    bytes.extend([header.window, 0, 0].map(u16::to_be_bytes).concat());
    if usize::from(length) == bytes.len() + TIMESTAMPS.len() {
        bytes.extend(TIMESTAMPS);
    }
    bytes.resize(usize::from(length).max(20), 1);
    let whole = frame.payload + u16::from(length);
    let check = checksum(&bytes, pseudo(flow, whole)) ^ wrong(frame, Fault::TcpChecksum);
    bytes[16..18].copy_from_slice(&check.to_be_bytes());
    bytes
}

/// The sum of the pseudo header; zeros of payload add nothing.
fn pseudo(flow: &TrafficFlow, length: u16) -> u32 {
    let addresses = sum(&[flow.source, flow.destination].concat());
    addresses + u32::from(flow.protocol) + u32::from(length)
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(2).map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]]))).sum()
}

/// The internet checksum (RFC 1071) of an even number of bytes.
fn checksum(bytes: &[u8], more: u32) -> u16 {
    let mut sum = sum(bytes) + more;
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    // It is folded to 16 bits.
    !(sum as u16)
}

#[cfg(test)]
mod tests {
    use super::rebuilt;
    use crate::machine::{Fault, TcpHeader, WireFrame};
    use crate::scenario::{Generator, Protocol, parse_frame};

    /// The frame whole, with its payload of zeros, is read again as what it was made from.
    #[test]
    fn what_is_rebuilt_is_read_as_what_it_was_made_from() {
        for protocol in [Protocol::Udp, Protocol::Tcp] {
            let generator = Generator {
                protocol,
                flows: 3,
                payload: 101,
                bad_per_mille: 500,
                ..Generator::default()
            };
            let traffic = generator.traffic();
            let mut faults = 0;
            for frame in &traffic.frames {
                let flow = traffic.flows[frame.flow as usize];
                let mut bytes = rebuilt(frame, Some(&flow));
                let headers = bytes.len();
                bytes.resize(frame.length as usize, 0);
                let parsed = parse_frame(&bytes, frame.length, frame.at_ns);
                faults += usize::from(parsed.frame.fault != Fault::None);
                // Neither is in a header.
                let fault = if frame.fault == Fault::Crc { Fault::None } else { frame.fault };
                assert_eq!(parsed.frame.fault, fault, "{frame:?}");
                if matches!(
                    fault,
                    Fault::IpHeader | Fault::IpLength | Fault::UdpLength | Fault::TcpHeader
                ) {
                    continue;
                }
                let options = parsed.frame.tcp.options;
                let tcp = TcpHeader { options, ..frame.tcp };
                let of_wire = WireFrame { flow: u32::MAX, fault, tcp, ..*frame };
                assert_eq!((parsed.frame, parsed.flow), (of_wire, Some(flow)));
                assert_eq!(parsed.head.len(), headers);
            }
            assert!(faults > 100, "{faults} faults");
        }
    }
}
