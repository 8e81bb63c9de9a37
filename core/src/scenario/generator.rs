//! Traffic made from a seed: UDP datagrams in bursts, on so many flows.

use crate::hardware::toeplitz;
use crate::machine::{ETH_P_IP, Fault, IPPROTO_UDP, TcpHeader, Traffic, TrafficFlow, WireFrame};
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use serde::{Deserialize, Serialize};

/// Bytes of Ethernet, IPv4 and UDP headers.
const HEADERS: u32 = 14 + 20 + 8;
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
        }
    }
}

impl Generator {
    /// The traffic.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        let mut random = Pcg32::new(self.seed, 0x0a02_bdbf_7bb3_c0a7);
        let flows: Vec<TrafficFlow> = (0..self.flows.max(1)).map(flow).collect();
        // Preamble, frame check sequence and gap between frames take 24 bytes of time.
        let frame_ns = u64::from(HEADERS + self.payload + 24) * 8_000 / u64::from(self.link_mbps);
        let mut next_ns = 0;
        let frames = (0..self.packets).map(|number| {
            let in_burst = number % self.burst.max(1);
            let burst = u64::from(number / self.burst.max(1));
            let at_ns = (burst * self.gap_ns + u64::from(in_burst) * frame_ns).max(next_ns);
            next_ns = at_ns + frame_ns;
            let flow = random.next_u32() % self.flows.max(1);
            let bad = random.next_u32() % 1_000 < self.bad_per_mille;
            let fault = if bad { fault(random.next_u32()) } else { Fault::None };
            self.frame(at_ns, number, flow, &flows[flow as usize], fault)
        });
        let frames = frames.collect();
        Traffic { frames, flows, cut: 0 }
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
            length: HEADERS + self.payload,
            rss_hash: toeplitz::hash_of_flow(of),
            flow,
            ip_length: (28 + self.payload) as u16,
            ip_id: number as u16,
            payload: self.payload as u16,
            ethertype: ETH_P_IP,
            protocol: IPPROTO_UDP,
            ip_header: 20,
            ttl: 64,
            tos: 0,
            df: true,
            tcp: TcpHeader::default(),
            fragment: false,
            to_host: true,
            fault,
        }
    }
}

fn fault(random: u32) -> Fault {
    const FAULTS: [Fault; 6] = [
        Fault::Crc,
        Fault::IpHeader,
        Fault::IpChecksum,
        Fault::IpLength,
        Fault::UdpLength,
        Fault::UdpChecksum,
    ];
    FAULTS[random as usize % FAULTS.len()]
}

#[expect(clippy::cast_possible_truncation, reason = "at most 64 flows")]
fn flow(number: u32) -> TrafficFlow {
    TrafficFlow {
        source: [198, 51, 100, 1],
        destination: [198, 51, 100, 2],
        source_port: 40_000 + number as u16,
        destination_port: 7_000 + number as u16,
        protocol: IPPROTO_UDP,
    }
}

#[cfg(test)]
mod tests {
    use super::Generator;
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
    fn a_burst_goes_at_line_rate_and_never_overlaps_the_next() {
        let traffic =
            Generator { burst: 10, gap_ns: 100, payload: 1_000, ..Generator::default() }.traffic();
        let gaps = traffic.frames.windows(2).map(|pair| pair[1].at_ns - pair[0].at_ns);
        assert!(gaps.into_iter().all(|gap| gap == (1_042 + 24) * 8 / 25));
    }
}
