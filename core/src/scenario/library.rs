//! Ready scenarios by name: each shows one thing.

use super::{Generator, Protocol, Scenario};
use crate::machine::Driver;

/// The name of a ready scenario.
pub type ScenarioName = &'static str;

/// The names.
pub const LIBRARY: &[ScenarioName] = &[
    "generator",
    "stream",
    "disorder",
    "budget",
    "shared-budget",
    "ring-dry",
    "socket-full",
    "bad-frames",
    "page-held",
];

/// The captures that the page brings: files of `static/captures`. The first is what it opens with.
pub const SHIPPED: &[&str] =
    &["udp-small.pcap", "tcp-one-flow.pcap", "tcp-two-flows.pcap", "tcp-bidir.pcap"];

/// A ready scenario with the generator that makes its traffic, if there is one of that name.
#[must_use]
pub fn named(name: &str) -> Option<(Scenario, Generator)> {
    let defaults = Generator::default();
    let stream = Generator {
        protocol: Protocol::Tcp,
        packets: 320,
        payload: 1_448,
        burst: 16,
        gap_ns: 60_000,
        ..defaults
    };
    let mut scenario = Scenario::of(Driver::Ice, crate::machine::Traffic::default());
    let generator = match name {
        "generator" => defaults,
        // A TCP stream in bursts of 16 full segments: GRO makes one packet of each burst.
        "stream" => stream,
        // A TCP stream whose segments come twice, or behind a gap.
        "disorder" => Generator { burst: 1, gap_ns: 4_000, disorder_per_mille: 200, ..stream },
        // A hundred frames before the first interrupt is served: 64 in one poll, the rest later.
        "budget" => Generator { packets: 100, burst: 100, ..defaults },
        // Four rings fill at once; a budget of 150 ends while NAPIs are left.
        "shared-budget" => {
            scenario.settings.queues = 4;
            scenario.settings.rx_ring = 512;
            scenario.settings.netdev_budget = 150;
            Generator { packets: 800, burst: 800, flows: 16, ..defaults }
        }
        // A small ring, and frames faster than the CPU can clean.
        "ring-dry" => {
            scenario.settings.rx_ring = 64;
            Generator { packets: 20_000, burst: 20_000, payload: 18, ..defaults }
        }
        // A reader that is too slow for what arrives.
        "socket-full" => {
            scenario.settings.app_ns = 20_000;
            Generator { packets: 400, gap_ns: 1_000, ..defaults }
        }
        "bad-frames" => Generator { packets: 200, bad_per_mille: 300, ..defaults },
        // Packets wait in the socket while the other half of their page comes round again.
        "page-held" => {
            scenario.settings.rx_ring = 64;
            scenario.settings.app_ns = 5_000;
            Generator { packets: 300, gap_ns: 2_500, ..defaults }
        }
        _ => return None,
    };
    scenario.traffic = generator.traffic();
    Some((scenario, generator))
}
