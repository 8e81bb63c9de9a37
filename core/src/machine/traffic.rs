//! What the wire will deliver: the frames' parsed headers, fixed before the run.
//!
//! Not part of [`super::Machine`]: it never changes, so a checkpoint does not copy it.

use serde::{Deserialize, Serialize};

/// Ethertype of IPv4.
pub const ETH_P_IP: u16 = 0x0800;
/// IP protocol number of UDP.
pub const IPPROTO_UDP: u8 = 17;

/// What is wrong with a frame, as a receiver will find it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// The frame check sequence does not match.
    Crc,
    /// The IP version or header length is wrong.
    IpHeader,
    /// The IP header's checksum is wrong.
    IpChecksum,
    /// The IP length exceeds the frame.
    IpLength,
    /// The UDP length exceeds the packet.
    UdpLength,
    /// The UDP checksum is wrong.
    UdpChecksum,
    /// The TCP header is shorter than it may be.
    TcpHeader,
    /// The TCP checksum is wrong.
    TcpChecksum,
    /// The card received it with an error, and says so in the descriptor (RXE).
    Receive,
}

/// What GRO and TCP read of a TCP header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TcpHeader {
    /// Sequence number.
    pub seq: u32,
    /// Acknowledgement number.
    pub ack: u32,
    /// Hash of the option words.
    pub options: u32,
    /// Window as it stands there.
    pub window: u16,
    /// Flags: the low byte of the flag word (CWR … FIN).
    pub flags: u8,
    /// Header length in bytes; 0 if it is not TCP.
    pub length: u8,
}

/// TCP flag FIN.
pub const TCP_FIN: u8 = 0x01;
/// TCP flag SYN.
pub const TCP_SYN: u8 = 0x02;
/// TCP flag RST.
pub const TCP_RST: u8 = 0x04;
/// TCP flag PSH.
pub const TCP_PSH: u8 = 0x08;
/// TCP flag URG.
pub const TCP_URG: u8 = 0x20;
/// TCP flag CWR.
pub const TCP_CWR: u8 = 0x80;
/// IP protocol number of TCP.
pub const IPPROTO_TCP: u8 = 6;

/// One frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WireFrame {
    /// When its last bit arrives, in ns after the wire starts.
    pub at_ns: u64,
    /// Its length on the wire without the frame check sequence.
    pub length: u32,
    /// Toeplitz hash of its addresses and ports; 0 if it has none.
    pub rss_hash: u32,
    /// Which flow of [`Traffic::flows`], or `u32::MAX`.
    pub flow: u32,
    /// The IP packet's total length; 0 if it is not IPv4.
    pub ip_length: u16,
    /// IP identification.
    pub ip_id: u16,
    /// Payload bytes of the datagram.
    pub payload: u16,
    /// Ethertype.
    pub ethertype: u16,
    /// IP protocol.
    pub protocol: u8,
    /// IP header length in bytes.
    pub ip_header: u8,
    /// IP time to live.
    pub ttl: u8,
    /// IP type of service.
    pub tos: u8,
    /// IP "do not fragment".
    pub df: bool,
    /// The TCP header, if it is TCP.
    pub tcp: TcpHeader,
    /// It is a fragment.
    pub fragment: bool,
    /// Its destination MAC is the host's, or a group.
    pub to_host: bool,
    /// What is wrong with it.
    pub fault: Fault,
}

/// A conversation: one direction of one pair of endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Flow {
    /// Source address.
    pub source: [u8; 4],
    /// Destination address.
    pub destination: [u8; 4],
    /// Source port.
    pub source_port: u16,
    /// Destination port.
    pub destination_port: u16,
    /// IP protocol.
    pub protocol: u8,
}

/// All that the wire will deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Traffic {
    /// The frames in order of arrival.
    pub frames: Vec<WireFrame>,
    /// The flows that they belong to.
    pub flows: Vec<Flow>,
    /// Frames of which only the beginning was captured: the rest counts as length, and its
    /// checksum as good.
    pub cut: u32,
}

impl Traffic {
    /// The UDP flows: each has a socket.
    pub fn udp_flows(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.flows).filter(|(_, flow)| flow.protocol == IPPROTO_UDP).map(|(i, _)| i)
    }
}
