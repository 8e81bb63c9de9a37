//! Real captures play to the end: every received frame is read, dropped with a reason, or findable.

use nicscope_core::engine::invariant::check;
use nicscope_core::engine::{power_on, run_steps};
use nicscope_core::machine::{Driver, DropReason, Settings};
use nicscope_core::scenario::read_capture;

/// A capture, and what a count of its frames' headers by hand gave: frames to the host, those with
/// payload, their payload bytes, TCP segments without payload, SYNs.
struct Capture {
    name: &'static str,
    file: &'static [u8],
    frames: usize,
    with_data: u64,
    bytes: u64,
    without_data: u64,
    syns: u64,
}

const CAPTURES: [Capture; 4] = [
    Capture {
        name: "udp-small",
        file: include_bytes!("../static/captures/udp-small.pcap"),
        frames: 654,
        with_data: 641 + 7,
        bytes: 640 * 64 + 4 + 469,
        without_data: 5,
        syns: 1,
    },
    Capture {
        name: "tcp-one-flow",
        file: include_bytes!("../static/captures/tcp-one-flow.pcap"),
        frames: 429,
        with_data: 7 + 414,
        bytes: 437 + 589_605,
        without_data: 5 + 1,
        syns: 2,
    },
    Capture {
        name: "tcp-two-flows",
        file: include_bytes!("../static/captures/tcp-two-flows.pcap"),
        frames: 385,
        with_data: 7 + 183 + 183,
        bytes: 546 + 2 * 262_181,
        without_data: 5 + 2 + 2,
        syns: 3,
    },
    Capture {
        name: "tcp-bidir",
        file: include_bytes!("../static/captures/tcp-bidir.pcap"),
        frames: 317,
        with_data: 7 + 274 + 1,
        bytes: 601 + 393_253 + 37,
        without_data: 5 + 2 + 25,
        syns: 3,
    },
];

#[test]
fn each_capture_plays_to_its_end_and_keeps_the_invariants() {
    for Capture { name, file, frames, with_data, bytes, without_data, syns } in CAPTURES {
        let traffic = read_capture(file, None).expect("a capture");
        assert_eq!(traffic.frames.len(), frames, "{name}");
        for driver in [Driver::Ice, Driver::Igb] {
            let settings = Settings { rx_ring: 64, ..Settings::of(driver) };
            let mut machine = power_on(settings, &traffic);
            while run_steps(&mut machine, &traffic, 17) == 17 {
                check(&machine, &traffic)
                    .unwrap_or_else(|v| panic!("{name}: {v:?} at step {}", machine.step));
            }
            assert_eq!(machine.arrived as usize, frames, "{name}");
            // No segment came twice or too late, so all payload is read.
            assert_eq!(machine.delivered(), with_data, "{name}");
            assert_eq!(machine.bytes_read(), bytes, "{name}");
            assert_eq!(machine.control, without_data, "{name}");
            let handshakes = machine.drops.of(DropReason::HandshakeNotModelled);
            assert_eq!((handshakes, machine.drops.total()), (syns, syns), "{name}");
        }
    }
}
