//! Traffic made from a seed: UDP datagrams or TCP segments in bursts, on so many flows.

use crate::hardware::toeplitz;
use crate::machine::{
    ETH_P_IP, Fault, IPPROTO_TCP, IPPROTO_UDP, TCP_ACK, TCP_PSH, TcpHeader, Traffic, TrafficFlow,
    WireFrame,
};
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use serde::{Deserialize, Serialize};

/// Bytes of an Ethernet header.
const ETHERNET: u32 = 14;
/// Bytes of an IPv4 header.
const IPV4: u32 = 20;
/// Bytes of a UDP header.
const UDP: u32 = 8;
/// Bytes of a TCP header with the timestamps that Linux sends.
const TCP: u32 = 32;
/// A flow's first sequence number: close to the wrap.
const FIRST_SEQ: u32 = 0xffff_0000;
/// The largest payload that fits the largest MTU, which is `ice`'s.
pub(super) const PAYLOAD_MAX: u32 = 9702 - 28;

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Generator {
    /// Decides everything that is random.
    pub seed: u64,
    /// Frames in all.
    pub packets: u32,
    /// Payload bytes of each datagram.
    pub payload: u32,
    /// Flows that the frames are spread over at random.
    pub flows: u32,
    /// Frames that follow each other at line rate.
    pub burst: u32,
    /// From the start of one burst to the start of the next, in ns.
    pub gap_ns: u64,
    /// Line rate in Mbit/s.
    pub link_mbps: u32,
    /// Of a thousand frames, how many are bad in some way.
    pub bad_per_mille: u32,
    /// What the flows are.
    pub protocol: Protocol,
    /// Of a thousand TCP segments, how many come twice or leave a gap that the next one fills.
    pub disorder_per_mille: u32,
}

/// A transport protocol that the generator makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// Datagrams.
    Udp,
    /// Segments of established connections, without the handshake.
    Tcp,
}

/// Where one generated TCP flow stands.
#[derive(Clone, Copy, Debug)]
struct Stream {
    next: u32,
    gap: Option<u32>,
    segments: u16,
}

impl Default for Generator {
    fn default() -> Self {
        Self {
            seed: 1,
            packets: 1_000,
            payload: 64,
            flows: 1,
            burst: 1,
            gap_ns: 2_000,
            link_mbps: 25_000,
            bad_per_mille: 0,
            protocol: Protocol::Udp,
            disorder_per_mille: 0,
        }
    }
}

impl Generator {
    /// The traffic.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        let mut random = Pcg32::new(self.seed, 0x0a02_bdbf_7bb3_c0a7);
        let flows: Vec<TrafficFlow> = (0..self.flows.max(1)).map(|n| self.flow(n)).collect();
        let start = Stream { next: FIRST_SEQ, gap: None, segments: 0 };
        let mut streams = vec![start; flows.len()];
        // Preamble, frame check sequence and gap between frames take 24 bytes of time.
        let frame_ns = u64::from(self.frame_length() + 24) * 8_000 / u64::from(self.link_mbps);
        let mut next_ns = 0;
        let frames = (0..self.packets).map(|number| {
            let in_burst = number % self.burst.max(1);
            let burst = u64::from(number / self.burst.max(1));
            let at_ns = (burst * self.gap_ns + u64::from(in_burst) * frame_ns).max(next_ns);
            next_ns = at_ns + frame_ns;
            let flow = random.next_u32() % self.flows.max(1);
            let bad = random.next_u32() % 1_000 < self.bad_per_mille;
            let fault = if bad { self.fault(random.next_u32()) } else { Fault::None };
            let frame = self.frame(at_ns, number, flow, &flows[flow as usize], fault);
            if self.protocol == Protocol::Udp {
                return frame;
            }
            let disorder = random.next_u32() % 1_000 < self.disorder_per_mille;
            let choice = if disorder { 1 + random.next_u32() % 2 } else { 0 };
            let stream = &mut streams[flow as usize];
            let seq = stream.segment(u32::from(frame.payload), choice);
            let pushed = in_burst + 1 == self.burst.max(1) || number + 1 == self.packets;
            segment(frame, seq, stream.segments, pushed)
        });
        let frames = frames.collect();
        Traffic { frames, flows, ..Traffic::default() }
    }

    /// Bytes of one transport header.
    fn transport(&self) -> u32 {
        match self.protocol {
            Protocol::Udp => UDP,
            Protocol::Tcp => TCP,
        }
    }

    /// Bytes of one frame.
    fn frame_length(&self) -> u32 {
        ETHERNET + IPV4 + self.transport() + self.payload
    }

    fn ip_protocol(&self) -> u8 {
        match self.protocol {
            Protocol::Udp => IPPROTO_UDP,
            Protocol::Tcp => IPPROTO_TCP,
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "IP ids wrap; lengths are below 10,000")]
    fn frame(
        &self,
        at_ns: u64,
        number: u32,
        flow: u32,
        of: &TrafficFlow,
        fault: Fault,
    ) -> WireFrame {
        WireFrame {
            at_ns,
            length: self.frame_length(),
            rss_hash: toeplitz::hash_of_flow(of),
            flow,
            ip_length: (self.frame_length() - ETHERNET) as u16,
            ip_id: number as u16,
            payload: self.payload as u16,
            ethertype: ETH_P_IP,
            protocol: self.ip_protocol(),
            ip_header: 20,
            ttl: 64,
            tos: 0,
            df: true,
            tcp: TcpHeader::default(),
            fragment: false,
            to_host: true,
            local: true,
            fault,
        }
    }

    fn fault(&self, random: u32) -> Fault {
        let (header, checksum) = match self.protocol {
            Protocol::Udp => (Fault::UdpLength, Fault::UdpChecksum),
            Protocol::Tcp => (Fault::TcpHeader, Fault::TcpChecksum),
        };
        let faults =
            [Fault::Crc, Fault::IpHeader, Fault::IpChecksum, Fault::IpLength, header, checksum];
        faults[random as usize % faults.len()]
    }

    #[expect(clippy::cast_possible_truncation, reason = "at most 64 flows")]
    fn flow(&self, number: u32) -> TrafficFlow {
        TrafficFlow {
            source: [198, 51, 100, 1],
            destination: [198, 51, 100, 2],
            source_port: 40_000 + number as u16,
            destination_port: 7_000 + number as u16,
            protocol: self.ip_protocol(),
        }
    }
}

impl Stream {
    /// The sequence number of the flow's next segment: in order; the last one again (1); or one
    /// behind a gap (2), which the segment after it fills.
    fn segment(&mut self, payload: u32, choice: u32) -> u32 {
        let first = self.segments == 0;
        self.segments = self.segments.wrapping_add(1);
        if let Some(gap) = self.gap.take() {
            return gap;
        }
        match choice {
            1 if !first => self.next.wrapping_sub(payload),
            2 if !first => {
                self.gap = Some(self.next);
                let seq = self.next.wrapping_add(payload);
                self.next = seq.wrapping_add(payload);
                seq
            }
            _ => {
                let seq = self.next;
                self.next = seq.wrapping_add(payload);
                seq
            }
        }
    }
}

/// Makes a frame a TCP segment; the sender's IP ids count by flow.
fn segment(frame: WireFrame, seq: u32, ip_id: u16, pushed: bool) -> WireFrame {
    if frame.fault == Fault::TcpHeader {
        return WireFrame { ip_id, ..frame };
    }
    let flags = TCP_ACK | if pushed { TCP_PSH } else { 0 };
    let length = u8::try_from(TCP).expect("at most 60");
    let tcp = TcpHeader { seq, ack: 1, options: 0, window: 502, flags, length };
    WireFrame { ip_id, tcp, ..frame }
}

#[cfg(test)]
mod tests {
    use super::{Generator, Protocol};
    use crate::machine::Fault;

    #[test]
    fn the_same_seed_makes_the_same_traffic_and_another_does_not() {
        let one = Generator { flows: 8, bad_per_mille: 100, ..Generator::default() };
        assert_eq!(one.traffic(), one.traffic());
        assert_ne!(one.traffic(), Generator { seed: 2, ..one }.traffic());
        let bad = one.traffic().frames.iter().filter(|frame| frame.fault != Fault::None).count();
        assert!((50..200).contains(&bad), "{bad} of 1,000");
    }

    #[test]
    fn a_tcp_flow_is_in_order_unless_it_is_asked_not_to_be() {
        let tcp = Generator { protocol: Protocol::Tcp, payload: 1_000, ..Generator::default() };
        let frames = tcp.traffic().frames;
        let follows = |pair: &[crate::machine::WireFrame]| {
            pair[1].tcp.seq == pair[0].tcp.seq.wrapping_add(1_000)
        };
        assert!(frames.windows(2).all(follows));
        let traffic = Generator { disorder_per_mille: 100, ..tcp }.traffic();
        assert!(traffic.frames.windows(2).any(|pair| !follows(pair)));
        assert_eq!(traffic.connections().len(), 1);
    }

    #[test]
    fn a_burst_goes_at_line_rate_and_never_overlaps_the_next() {
        let traffic =
            Generator { burst: 10, gap_ns: 100, payload: 1_000, ..Generator::default() }.traffic();
        let gaps = traffic.frames.windows(2).map(|pair| pair[1].at_ns - pair[0].at_ns);
        assert!(gaps.into_iter().all(|gap| gap == (1_042 + 24) * 8 / 25));
    }
}
