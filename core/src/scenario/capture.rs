//! A capture file as the workload: frames that the host received, at the times it received them.

use super::parse::{Parsed, parse_frame};
use super::pcapng;
use crate::machine::{Heads, SentFrame, TCP_FIN, TCP_SYN, Traffic, TrafficFlow, WireFrame};
use pcap_parser::nom::Err as NomError;
use pcap_parser::pcap::{PcapHeader, parse_pcap_frame, parse_pcap_frame_be, parse_pcap_header};
use pcap_parser::{Linktype, PcapError};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What is wrong with a capture file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaptureError {
    /// It does not begin like a capture.
    NotACapture,
    /// It is of a link that is not Ethernet.
    NotEthernet {
        /// The file's link type (`LINKTYPE_*`).
        link_type: i32,
    },
    /// It ends in the middle of a frame.
    CutShort {
        /// The frame, from 1.
        frame: u32,
        /// Where in the file the frame begins.
        offset: u64,
    },
    /// A frame's record is malformed.
    BadRecord {
        /// The frame, from 1.
        frame: u32,
        /// Where in the file it begins.
        offset: u64,
    },
    /// It holds no frame that a host received.
    NothingReceived,
    /// It holds more frames than a run can take.
    TooMany {
        /// The most that it may hold.
        limit: u32,
    },
}

/// The most frames of one run.
const FRAMES_MAX: u32 = 1_000_000;

/// Whether a file begins as a capture does: pcap of either byte order, in µs or ns, or pcapng.
#[must_use]
pub fn is_capture(file: &[u8]) -> bool {
    let known = [0xa1b2_c3d4_u32, 0xa1b2_3c4d];
    let pcap = file.first_chunk().map(|magic| u32::from_le_bytes(*magic));
    file.starts_with(&pcapng::MAGIC)
        || pcap.is_some_and(|magic| known.contains(&magic) || known.contains(&magic.swap_bytes()))
}

/// An address in a capture, and what it received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// The address.
    pub address: [u8; 4],
    /// Bytes of frames to it.
    pub bytes: u64,
    /// Frames to it.
    pub frames: u32,
}

/// The first bytes of a file's SHA-256: they tell the files of one person apart, and a link of a
/// file from another file.
pub type Digest = [u8; 8];

/// The digest of a file.
#[must_use]
pub fn digest(file: &[u8]) -> Digest {
    let whole = Sha256::digest(file);
    std::array::from_fn(|place| whole[place])
}

/// The addresses that received something, the busiest first.
///
/// # Errors
/// If the file is not a readable capture.
pub fn hosts(file: &[u8]) -> Result<Vec<Host>, CaptureError> {
    Ok(hosts_of(&read_frames(file)?))
}

/// Reads a capture as the traffic of `host`, or of the address that received most bytes.
///
/// Frames that the host sent itself are not played; those of TCP move its connections' `snd_nxt`.
///
/// # Errors
/// If the file is not a readable capture, or nothing in it was received.
pub fn read_capture(file: &[u8], host: Option<[u8; 4]>) -> Result<Traffic, CaptureError> {
    let frames = read_frames(file)?;
    let busiest = hosts_of(&frames).first().map(|host| host.address);
    let host = host.or(busiest);
    let by_host = |parsed: &Parsed<'_>| parsed.flow.is_some_and(|flow| Some(flow.source) == host);
    let (sent, received): (Vec<Parsed<'_>>, Vec<Parsed<'_>>) =
        frames.into_iter().partition(by_host);
    if received.is_empty() {
        return Err(CaptureError::NothingReceived);
    }
    Ok(Traffic { sent: sent_by_host(&received, &sent), ..traffic_of(&received, host) })
}

/// The traffic of received frames: times from the first one on, flows in order of appearance.
#[must_use]
pub fn traffic_of(received: &[Parsed<'_>], host: Option<[u8; 4]>) -> Traffic {
    let to_host =
        |parsed: &&Parsed<'_>| parsed.flow.is_some_and(|flow| Some(flow.destination) == host);
    let mac = received.iter().find(to_host).map(|parsed| parsed.destination_mac);
    let mut flows: Vec<TrafficFlow> = Vec::new();
    let mut numbers: BTreeMap<TrafficFlow, u32> = BTreeMap::new();
    let first_ns = received.iter().map(|parsed| parsed.frame.at_ns).min().unwrap_or(0);
    let mut latest_ns = 0;
    let frames = received.iter().map(|parsed| {
        // A capture may step back in time where several queues wrote it.
        latest_ns = latest_ns.max(parsed.frame.at_ns - first_ns);
        let flow = parsed.flow.map_or(u32::MAX, |flow| {
            *numbers.entry(flow).or_insert_with(|| {
                flows.push(flow);
                u32::try_from(flows.len() - 1).expect("fewer flows than frames")
            })
        });
        let group = parsed.destination_mac[0] & 1 == 1;
        let to_host = group || mac.is_none_or(|mac| mac == parsed.destination_mac);
        let elsewhere = |flow: TrafficFlow| host.is_some_and(|host| host != flow.destination);
        let local = group || !parsed.flow.is_some_and(elsewhere);
        WireFrame { at_ns: latest_ns, flow, to_host, local, ..parsed.frame }
    });
    let frames = frames.collect();
    let cut = received.iter().filter(|parsed| parsed.cut).count();
    let mut heads = Heads::default();
    for parsed in received {
        heads.push(parsed.head);
    }
    Traffic {
        frames,
        flows,
        sent: Vec::new(),
        cut: u32::try_from(cut).expect("fewer than 2^32 frames"),
        heads,
    }
}

/// What the host sent on connections of which it also received something.
fn sent_by_host(received: &[Parsed<'_>], sent: &[Parsed<'_>]) -> Vec<SentFrame> {
    let mut numbers: BTreeMap<TrafficFlow, u32> = BTreeMap::new();
    for flow in received.iter().filter_map(|parsed| parsed.flow) {
        let next = u32::try_from(numbers.len()).expect("fewer flows than frames");
        numbers.entry(flow).or_insert(next);
    }
    let first_ns = received.iter().map(|parsed| parsed.frame.at_ns).min().unwrap_or(0);
    let mut latest_ns = 0;
    let of_connection = |parsed: &Parsed<'_>| {
        let tcp = parsed.frame.tcp;
        let flow = *numbers.get(&parsed.flow?.reversed())?;
        latest_ns = latest_ns.max(parsed.frame.at_ns.saturating_sub(first_ns));
        let (syn, fin) = (tcp.flags & TCP_SYN != 0, tcp.flags & TCP_FIN != 0);
        let length = u32::from(parsed.frame.payload) + u32::from(syn) + u32::from(fin);
        let end_seq = tcp.seq.wrapping_add(length);
        (tcp.length != 0).then_some(SentFrame { at_ns: latest_ns, flow, end_seq, fin })
    };
    sent.iter().filter_map(of_connection).collect()
}

fn hosts_of(frames: &[Parsed<'_>]) -> Vec<Host> {
    let mut hosts: BTreeMap<[u8; 4], Host> = BTreeMap::new();
    for parsed in frames {
        if let Some(flow) = parsed.flow {
            let address = flow.destination;
            let host = hosts.entry(address).or_insert(Host { address, bytes: 0, frames: 0 });
            host.bytes += u64::from(parsed.frame.length);
            host.frames += 1;
        }
    }
    let hosts = hosts.into_values().map(|host| (Reverse(host.bytes), host.address, host.frames));
    // A heap sorts with the least code.
    let sorted = hosts.collect::<BinaryHeap<_>>().into_sorted_vec();
    sorted
        .into_iter()
        .map(|(Reverse(bytes), address, frames)| Host { address, bytes, frames })
        .collect()
}

fn read_frames(file: &[u8]) -> Result<Vec<Parsed<'_>>, CaptureError> {
    if file.starts_with(&pcapng::MAGIC) {
        return pcapng::read_frames(file, FRAMES_MAX);
    }
    let (mut rest, header) = parse_pcap_header(file).map_err(|_| CaptureError::NotACapture)?;
    if header.network != Linktype::ETHERNET {
        return Err(CaptureError::NotEthernet { link_type: header.network.0 });
    }
    let mut frames = Vec::new();
    while !rest.is_empty() {
        let number = u32::try_from(frames.len() + 1).unwrap_or(u32::MAX);
        if number > FRAMES_MAX {
            return Err(CaptureError::TooMany { limit: FRAMES_MAX });
        }
        let offset = (file.len() - rest.len()) as u64;
        let record = read_record(&header, rest).map_err(|error| match error {
            NomError::Incomplete(_)
            | NomError::Error(PcapError::Eof | PcapError::Incomplete(_)) => {
                CaptureError::CutShort { frame: number, offset }
            }
            _ => CaptureError::BadRecord { frame: number, offset },
        })?;
        rest = record.0;
        frames.push(record.1);
    }
    Ok(frames)
}

type Record<'a> = Result<(&'a [u8], Parsed<'a>), NomError<PcapError<&'a [u8]>>>;

fn read_record<'a>(header: &PcapHeader, rest: &'a [u8]) -> Record<'a> {
    let (rest, record) =
        if header.is_bigendian() { parse_pcap_frame_be(rest)? } else { parse_pcap_frame(rest)? };
    let unit_ns = if header.is_nanosecond_precision() { 1 } else { 1_000 };
    let at_ns = u64::from(record.ts_sec) * 1_000_000_000 + u64::from(record.ts_usec) * unit_ns;
    Ok((rest, parse_frame(record.data, record.origlen, at_ns)))
}

#[cfg(test)]
mod tests {
    use super::{CaptureError, digest, hosts, read_capture};

    const UDP_SMALL: &[u8] = include_bytes!("../../../static/captures/udp-small.pcap");

    #[test]
    fn the_shipped_capture_gives_the_receivers_side() {
        let hosts = hosts(UDP_SMALL).expect("a capture");
        assert_eq!(hosts[0].address, [192, 0, 2, 2]);
        assert_eq!(hosts[0].frames, 654);
        let traffic = read_capture(UDP_SMALL, None).expect("a capture");
        assert_eq!(traffic.frames.len(), 654);
        assert_eq!(traffic.udp_flows().len(), 1);
        assert_eq!(traffic.cut, 643, "most frames are longer than the 96 bytes kept");
        assert!(traffic.frames.is_sorted_by_key(|frame| frame.at_ns));
        let other = read_capture(UDP_SMALL, Some([192, 0, 2, 1])).expect("a capture");
        assert_eq!(other.frames.len(), 669 - 654);
    }

    #[test]
    fn a_digest_is_the_beginning_of_the_sha_256() {
        // FIPS 180-2, B.1: the message `abc`.
        assert_eq!(digest(b"abc"), [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea]);
    }

    #[test]
    fn a_malformed_file_says_what_and_where() {
        assert_eq!(read_capture(b"hello", None), Err(CaptureError::NotACapture));
        assert_eq!(read_capture(&[], None), Err(CaptureError::NotACapture));
        let cut = &UDP_SMALL[..UDP_SMALL.len() - 5];
        let error = read_capture(cut, None).expect_err("cut");
        assert!(matches!(error, CaptureError::CutShort { frame: 669, .. }), "{error:?}");
        let mut raw = UDP_SMALL.to_vec();
        raw[20] = 101;
        assert_eq!(read_capture(&raw, None), Err(CaptureError::NotEthernet { link_type: 101 }));
        assert_eq!(read_capture(&UDP_SMALL[..24], None), Err(CaptureError::NothingReceived));
    }

    #[test]
    fn a_length_field_beyond_the_file_is_not_believed() {
        let mut huge = UDP_SMALL[..24 + 16 + 40].to_vec();
        huge[32..36].copy_from_slice(&u32::MAX.to_le_bytes());
        let error = read_capture(&huge, None).expect_err("huge");
        assert!(matches!(
            error,
            CaptureError::CutShort { frame: 1, offset: 24 }
                | CaptureError::BadRecord { frame: 1, offset: 24 }
        ));
    }
}
