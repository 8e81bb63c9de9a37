//! What the wire will deliver: the frames' parsed headers, fixed before the run.
//!
//! Not part of [`super::Machine`]: it never changes, so a checkpoint does not copy it.

use super::heads::Heads;
use crate::units::PacketId;
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

/// TCP flag ACK.
pub const TCP_ACK: u8 = 0x10;
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
    /// Its destination address is the host's, or it came to a group MAC. Meaningless if it is not
    /// IPv4.
    pub local: bool,
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

impl Flow {
    /// The other direction of the same conversation.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            source: self.destination,
            destination: self.source,
            source_port: self.destination_port,
            destination_port: self.source_port,
            protocol: self.protocol,
        }
    }
}

/// A frame that the host itself sent, as the capture has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SentFrame {
    /// When it passed, in ns after the wire starts.
    pub at_ns: u64,
    /// The received flow of the same connection.
    pub flow: u32,
    /// The sequence number behind its last byte.
    pub end_seq: u32,
    /// It ends our side of the connection (FIN).
    pub fin: bool,
}

/// A TCP connection at the first numbers seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Connection {
    /// The received flow.
    pub flow: u32,
    /// The peer's next byte.
    pub rcv_nxt: u32,
    /// Our next byte.
    pub snd_nxt: u32,
    /// The peer's window, unscaled.
    pub window: u16,
    /// The peer's header length in bytes.
    pub header_length: u8,
}

/// All that the wire will deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Traffic {
    /// The frames in order of arrival.
    pub frames: Vec<WireFrame>,
    /// The flows that they belong to.
    pub flows: Vec<Flow>,
    /// What the host sent on its TCP connections, in order.
    pub sent: Vec<SentFrame>,
    /// Frames of which only the beginning was captured: the rest counts as length, and its
    /// checksum as good.
    pub cut: u32,
    /// The frames' headers as they were captured; none of frames that were made.
    pub heads: Heads,
}

impl Traffic {
    /// Whether two packets are for the same address with the same type of service
    /// (`ip_can_use_hint`, net/ipv4/ip_input.c:308).
    #[must_use]
    pub fn same_destination(&self, one: PacketId, other: PacketId) -> bool {
        let frames = [one, other].map(|packet| &self.frames[packet.index()]);
        let [first, second] = frames.map(|frame| {
            self.flows.get(frame.flow as usize).map(|flow| (flow.destination, frame.tos))
        });
        first.is_some() && first == second
    }

    /// Of each flow, whether it is to another host: such a one has no socket.
    fn elsewhere(&self) -> Vec<bool> {
        let mut elsewhere = vec![false; self.flows.len()];
        for frame in self.frames.iter().filter(|frame| !frame.local) {
            if let Some(flow) = elsewhere.get_mut(frame.flow as usize) {
                *flow = true;
            }
        }
        elsewhere
    }

    /// The UDP flows to this host: each has a socket.
    #[must_use]
    pub fn udp_flows(&self) -> Vec<u32> {
        let flows = (0..).zip(&self.flows).zip(self.elsewhere());
        let udp = flows.filter(|((_, flow), elsewhere)| flow.protocol == IPPROTO_UDP && !elsewhere);
        udp.map(|((number, _), _)| number).collect()
    }

    /// The TCP connections to this host: each is established at the first numbers seen, and has a
    /// socket.
    ///
    /// A flow of which only SYN or RST segments were seen never became a connection.
    #[must_use]
    pub fn connections(&self) -> Vec<Connection> {
        let mut first: Vec<Option<u32>> = vec![None; self.flows.len()];
        let mut open: Vec<Option<Connection>> = vec![None; self.flows.len()];
        for frame in &self.frames {
            let TcpHeader { seq, ack, window, flags, length: header_length, .. } = frame.tcp;
            if header_length == 0 || flags & TCP_RST != 0 || frame.fault != Fault::None {
                continue;
            }
            let flow = frame.flow;
            let syn = u32::from(flags & TCP_SYN != 0);
            let rcv_nxt = *first[flow as usize].get_or_insert(seq.wrapping_add(syn));
            if syn == 0 && flags & TCP_ACK != 0 {
                let start = Connection { flow, rcv_nxt, snd_nxt: ack, window, header_length };
                open[flow as usize].get_or_insert(start);
            }
        }
        let here = open.into_iter().zip(self.elsewhere()).filter(|(_, elsewhere)| !elsewhere);
        here.filter_map(|(connection, _)| connection).collect()
    }
}
