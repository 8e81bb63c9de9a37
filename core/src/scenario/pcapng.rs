//! The newer capture format: blocks, several interfaces, each with its own clock.

use super::capture::CaptureError;
use super::parse::{Parsed, parse_frame};
use pcap_parser::nom::{Err as NomError, IResult};
use pcap_parser::pcapng::{
    Block, parse_enhancedpacketblock_be, parse_enhancedpacketblock_le,
    parse_interfacedescriptionblock_be, parse_interfacedescriptionblock_le,
    parse_sectionheaderblock, parse_simplepacketblock_be, parse_simplepacketblock_le,
    parse_unknownblock_be, parse_unknownblock_le,
};
use pcap_parser::{EPB_MAGIC, IDB_MAGIC, Linktype, PcapError, SHB_MAGIC, SPB_MAGIC};

/// The first bytes of a file of this format, the same in both byte orders.
pub(super) const MAGIC: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];

/// An interface of the current section.
struct Interface {
    link_type: Linktype,
    /// Clock ticks a second.
    resolution: u64,
    /// Seconds to add.
    offset: i64,
}

impl Interface {
    /// Nanoseconds of a time stamp; what does not fit counts as the nearest that does.
    fn ns(&self, ticks: u64) -> u64 {
        let ns = u128::from(ticks) * 1_000_000_000 / u128::from(self.resolution.max(1));
        let offset_ns = i128::from(self.offset) * 1_000_000_000;
        let ns = i128::try_from(ns).unwrap_or(i128::MAX).saturating_add(offset_ns);
        u64::try_from(ns.max(0)).unwrap_or(u64::MAX)
    }
}

/// Reads the frames of a file.
pub(super) fn read_frames(file: &[u8], limit: u32) -> Result<Vec<Parsed<'_>>, CaptureError> {
    let mut rest = file;
    let mut big_endian = file.get(8..12) == Some(&[0x1a, 0x2b, 0x3c, 0x4d]);
    let mut interfaces: Vec<Interface> = Vec::new();
    let mut frames: Vec<Parsed<'_>> = Vec::new();
    while !rest.is_empty() {
        let number = u32::try_from(frames.len() + 1).unwrap_or(u32::MAX);
        if number > limit {
            return Err(CaptureError::TooMany { limit });
        }
        let offset = (file.len() - rest.len()) as u64;
        let (after, block) = parse_block(rest, big_endian).map_err(|error| match error {
            NomError::Incomplete(_)
            | NomError::Error(PcapError::Incomplete(_) | PcapError::Eof) => {
                CaptureError::CutShort { frame: number, offset }
            }
            _ => CaptureError::BadRecord { frame: number, offset },
        })?;
        rest = after;
        let bad = CaptureError::BadRecord { frame: number, offset };
        match block {
            Block::SectionHeader(header) => {
                big_endian = header.big_endian();
                interfaces.clear();
            }
            Block::InterfaceDescription(interface) => interfaces.push(Interface {
                link_type: interface.linktype,
                resolution: interface.ts_resolution().ok_or(bad)?,
                offset: interface.if_tsoffset,
            }),
            Block::EnhancedPacket(packet) => {
                let interface = interfaces.get(packet.if_id as usize).ok_or(bad.clone())?;
                ethernet(interface)?;
                let ticks = u64::from(packet.ts_high) << 32 | u64::from(packet.ts_low);
                let data = packet.data.get(..packet.caplen as usize).ok_or(bad)?;
                frames.push(parse_frame(data, packet.origlen, interface.ns(ticks)));
            }
            Block::SimplePacket(packet) => {
                ethernet(interfaces.first().ok_or(bad)?)?;
                // It has no time of its own: the last one's.
                let at_ns = frames.last().map_or(0, |frame| frame.frame.at_ns);
                let length = packet.data.len().min(packet.origlen as usize);
                frames.push(parse_frame(&packet.data[..length], packet.origlen, at_ns));
            }
            _ => {}
        }
    }
    Ok(frames)
}

/// Reads a block; of one that says nothing of frames, no more than how long it is.
fn parse_block(bytes: &[u8], big_endian: bool) -> IResult<&[u8], Block<'_>, PcapError<&[u8]>> {
    let word = if big_endian { u32::from_be_bytes } else { u32::from_le_bytes };
    let kind = bytes.first_chunk().map_or(0, |kind| word(*kind));
    macro_rules! parsed {
        ($kind:ident, $le:ident, $be:ident) => {{
            let parsed = if big_endian { $be(bytes) } else { $le(bytes) };
            parsed.map(|(rest, block)| (rest, Block::$kind(block)))
        }};
    }
    match kind {
        SHB_MAGIC => {
            parsed!(SectionHeader, parse_sectionheaderblock, parse_sectionheaderblock)
        }
        IDB_MAGIC => parsed!(
            InterfaceDescription,
            parse_interfacedescriptionblock_le,
            parse_interfacedescriptionblock_be
        ),
        EPB_MAGIC => {
            parsed!(EnhancedPacket, parse_enhancedpacketblock_le, parse_enhancedpacketblock_be)
        }
        SPB_MAGIC => parsed!(SimplePacket, parse_simplepacketblock_le, parse_simplepacketblock_be),
        _ => parsed!(Unknown, parse_unknownblock_le, parse_unknownblock_be),
    }
}

fn ethernet(interface: &Interface) -> Result<(), CaptureError> {
    if interface.link_type == Linktype::ETHERNET {
        return Ok(());
    }
    Err(CaptureError::NotEthernet { link_type: interface.link_type.0 })
}

#[cfg(test)]
mod tests {
    use crate::scenario::{CaptureError, read_capture};

    const UDP_SMALL: &[u8] = include_bytes!("../../../static/captures/udp-small.pcap");

    fn block(kind: u32, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = u32::try_from(body.len() + 12).unwrap().to_le_bytes();
        [&kind.to_le_bytes()[..], &length, &body, &length].concat()
    }

    /// The shipped capture, written again in the newer format.
    fn rewritten(link_type: u16) -> Vec<u8> {
        let section = [&0x1a2b_3c4d_u32.to_le_bytes()[..], &[1, 0, 0, 0], &[0xff; 8]].concat();
        let interface = [&link_type.to_le_bytes()[..], &[0, 0], &96_u32.to_le_bytes()].concat();
        let mut file = [block(0x0a0d_0d0a, &section), block(1, &interface)].concat();
        let mut rest = &UDP_SMALL[24..];
        while !rest.is_empty() {
            let word = |at: usize| u32::from_le_bytes(rest[at..at + 4].try_into().unwrap());
            let ticks = u64::from(word(0)) * 1_000_000 + u64::from(word(4));
            let (caplen, origlen) = (word(8), word(12));
            let data = &rest[16..16 + caplen as usize];
            let mut packet = Vec::new();
            for value in [0, (ticks >> 32) as u32, ticks as u32, caplen, origlen] {
                packet.extend(value.to_le_bytes());
            }
            packet.extend(data);
            file.extend(block(6, &packet));
            rest = &rest[16 + caplen as usize..];
        }
        file
    }

    #[test]
    fn the_same_capture_in_both_formats_is_the_same_traffic() {
        assert_eq!(read_capture(&rewritten(1), None), read_capture(UDP_SMALL, None));
    }

    #[test]
    fn a_block_that_says_nothing_of_frames_is_passed_over_whatever_is_in_it() {
        let (mut file, names) = (rewritten(1), block(4, &[0xff; 8]));
        let behind_section = 28;
        file.splice(behind_section..behind_section, names);
        assert_eq!(read_capture(&file, None), read_capture(UDP_SMALL, None));
    }

    #[test]
    fn a_malformed_file_says_what_and_where() {
        let file = rewritten(1);
        let error = read_capture(&file[..file.len() - 3], None).expect_err("cut");
        assert!(matches!(error, CaptureError::CutShort { frame: 669, .. }), "{error:?}");
        let link = CaptureError::NotEthernet { link_type: 113 };
        assert_eq!(read_capture(&rewritten(113), None), Err(link));
        let mut lost = file;
        lost[28 + 20 + 8] = 9;
        let error = read_capture(&lost, None).expect_err("an interface that is not there");
        assert!(matches!(error, CaptureError::BadRecord { frame: 1, .. }), "{error:?}");
    }
}
