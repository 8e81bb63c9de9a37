//! Real captures play to the end: every received frame is read, dropped with a reason, or findable.

use nicscope_core::engine::invariant::check;
use nicscope_core::engine::{power_on, run_steps};
use nicscope_core::machine::{Driver, Settings};
use nicscope_core::scenario::read_capture;

const CAPTURES: [(&str, &[u8], usize); 4] = [
    ("udp-small", include_bytes!("../static/captures/udp-small.pcap"), 654),
    ("tcp-one-flow", include_bytes!("data/pcap/tcp-one-flow.pcap"), 429),
    ("tcp-two-flows", include_bytes!("data/pcap/tcp-two-flows.pcap"), 385),
    ("tcp-bidir", include_bytes!("data/pcap/tcp-bidir.pcap"), 317),
];

#[test]
fn each_capture_plays_to_its_end_and_keeps_the_invariants() {
    for (name, file, frames) in CAPTURES {
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
            let ended = machine.delivered() + machine.drops.total();
            assert_eq!(ended, frames as u64, "{name}");
        }
    }
}
