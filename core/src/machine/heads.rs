//! The bytes of captured frames, as far as their headers go.

use super::traffic::{ETH_P_IP, IPPROTO_TCP, IPPROTO_UDP};
use crate::units::PacketId;
use serde::{Deserialize, Serialize};

/// Ethertype of IPv6.
pub const ETH_P_IPV6: u16 = 0x86dd;
/// Ethertype of a VLAN tag.
pub const ETH_P_8021Q: u16 = 0x8100;

/// A kind of header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the header of that protocol")]
pub enum Header {
    Ethernet,
    Vlan,
    Ipv4,
    Ipv6,
    Udp,
    Tcp,
}

impl Header {
    /// Its length in bytes, from what it says itself; none where it is cut off.
    fn length(self, bytes: &[u8]) -> Option<usize> {
        let length = match self {
            Self::Ethernet => 14,
            Self::Vlan => 4,
            Self::Ipv4 => usize::from(*bytes.first()? & 15).max(5) * 4,
            Self::Ipv6 => 40,
            Self::Udp => 8,
            Self::Tcp => usize::from(*bytes.get(12)? >> 4).max(5) * 4,
        };
        (bytes.len() >= length).then_some(length)
    }

    /// What the header says that comes behind it.
    fn next(self, bytes: &[u8]) -> Option<Self> {
        let word = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
        match self {
            Self::Ethernet => Self::of_type(word(12)),
            Self::Vlan => Self::of_type(word(2)),
            // A later fragment has no transport header.
            Self::Ipv4 if word(6) & 0x1fff != 0 => None,
            Self::Ipv4 => Self::of_protocol(bytes[9]),
            Self::Ipv6 => Self::of_protocol(bytes[6]),
            Self::Udp | Self::Tcp => None,
        }
    }

    const fn of_type(ethertype: u16) -> Option<Self> {
        match ethertype {
            ETH_P_IP => Some(Self::Ipv4),
            ETH_P_IPV6 => Some(Self::Ipv6),
            ETH_P_8021Q => Some(Self::Vlan),
            _ => None,
        }
    }

    const fn of_protocol(protocol: u8) -> Option<Self> {
        match protocol {
            IPPROTO_TCP => Some(Self::Tcp),
            IPPROTO_UDP => Some(Self::Udp),
            _ => None,
        }
    }
}

/// The headers that a frame begins with, each with its first byte and the one behind it; as far as
/// the bytes go.
pub fn headers(frame: &[u8]) -> impl Iterator<Item = (Header, usize, usize)> {
    let mut next = Some(Header::Ethernet);
    let mut at = 0;
    std::iter::from_fn(move || {
        let header = next?;
        let bytes = &frame[at..];
        let length = header.length(bytes)?;
        next = header.next(bytes);
        at += length;
        Some((header, at - length, at))
    })
}

/// The headers of captured frames, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heads {
    bytes: Vec<u8>,
    /// Where each frame's end.
    ends: Vec<u32>,
}

impl Heads {
    /// Adds those of the next frame.
    pub fn push(&mut self, head: &[u8]) {
        self.bytes.extend_from_slice(head);
        // Beyond 4 GiB of headers the last frames have none.
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// Those of a frame; none if they were not captured.
    #[must_use]
    pub fn of(&self, packet: PacketId) -> Option<&[u8]> {
        let number = packet.some()?.index();
        let end = *self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.bytes.get(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, Heads, headers};
    use crate::units::PacketId;

    #[test]
    fn headers_are_followed_through_a_tag_and_options_and_end_where_bytes_end() {
        let mut frame = vec![0; 12];
        frame.extend([0x81, 0x00, 0, 7, 0x08, 0x00]);
        frame.extend([0x46, 0, 0, 0, 0, 0, 0x40, 0, 64, 6]);
        frame.extend([0; 14]);
        let tcp = frame.len();
        frame.extend([0; 12]);
        frame.extend([0x80, 0x10]);
        frame.extend([0; 18]);
        let found: Vec<_> = headers(&frame).collect();
        let ends =
            [(Header::Ethernet, 14), (Header::Vlan, 18), (Header::Ipv4, 42), (Header::Tcp, 74)];
        assert_eq!(found.iter().map(|found| (found.0, found.2)).collect::<Vec<_>>(), ends);
        assert_eq!(found[3].1, tcp);
        assert_eq!(headers(&frame[..tcp + 31]).last().map(|last| last.2), Some(tcp));
        assert_eq!(headers(&[0; 13]).count(), 0);
    }

    #[test]
    fn each_frame_has_its_own_bytes_and_one_behind_the_last_has_none() {
        let mut heads = Heads::default();
        for head in [&[1, 2, 3][..], &[], &[4]] {
            heads.push(head);
        }
        let of = |number| heads.of(PacketId(number));
        assert_eq!(
            (of(0), of(1), of(2), of(3)),
            (Some(&[1, 2, 3][..]), Some(&[][..]), Some(&[4][..]), None)
        );
        assert_eq!(heads.of(PacketId::NONE), None);
    }
}
