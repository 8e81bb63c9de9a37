//! The smallest whole run.
use nicscope_core::engine::{advance, info, line_info, power_on};
use nicscope_core::fact::Fact;
use nicscope_core::machine::*;

fn traffic(frames: u32, gap: u64) -> Traffic {
    let frame = |i: u32| WireFrame {
        at_ns: u64::from(i) * gap,
        length: 106,
        rss_hash: 1,
        flow: 0,
        ip_length: 92,
        ip_id: i as u16,
        payload: 64,
        ethertype: 0x800,
        protocol: 17,
        ip_header: 20,
        fragment: false,
        to_host: true,
        fault: Fault::None,
    };
    Traffic {
        frames: (0..frames).map(frame).collect(),
        flows: vec![TrafficFlow {
            source: [1, 2, 3, 4],
            destination: [1, 2, 3, 5],
            source_port: 1,
            destination_port: 2,
            protocol: 17,
        }],
    }
}

#[test]
fn all_frames_are_read() {
    for driver in [Driver::Ice, Driver::Igb] {
        let traffic = traffic(1000, 700);
        let mut machine = power_on(Settings::of(driver), &traffic);
        let mut facts: Vec<Fact> = Vec::new();
        while advance(&mut machine, &traffic, &mut facts) {
            assert!(machine.step < 10_000_000);
        }
        assert_eq!(facts.len() as u64, machine.step);
        if std::env::var("SHOW").is_ok() {
            for f in &facts {
                let l = line_info(f.line);
                if !info(f.line.routine).name.contains("alloc_rx")
                    && !info(f.line.routine).name.contains("dma_map")
                {
                    println!(
                        "{} {} {} {} {:?} {}",
                        f.at,
                        f.packet.0 as i32,
                        info(f.line.routine).name,
                        l.code,
                        l.object,
                        f.object
                    );
                }
            }
        }
        println!(
            "{driver:?} steps {} delivered {} drops {:?} nic {:?} now {}",
            machine.step,
            machine.delivered(),
            machine.drops,
            machine.nic.counters,
            machine.now
        );
        assert_eq!(machine.delivered() + machine.drops.total(), 1000);
    }
}
