//! Files that mean harm: no panic, and a machine that keeps its invariants.

use nicscope_core::engine::invariant::check;
use nicscope_core::engine::{power_on, run_steps};
use nicscope_core::machine::{Driver, Settings};
use nicscope_core::scenario::read_capture;
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

const UDP_SMALL: &[u8] = include_bytes!("../../static/captures/udp-small.pcap");
/// The beginning of the capture: 31 frames, and not a byte more.
const BEGINNING: usize = 3_060;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_mutated_capture_is_refused_or_played(
        changes in proptest::collection::vec((0..BEGINNING, any::<u8>()), 1..12),
        igb in any::<bool>(),
    ) {
        let mut file = UDP_SMALL[..BEGINNING].to_vec();
        for (at, byte) in changes {
            file[at] = byte;
        }
        if let Ok(traffic) = read_capture(&file, None) {
            let driver = if igb { Driver::Igb } else { Driver::Ice };
            let settings = Settings { rx_ring: 32, ..Settings::of(driver) };
            let mut machine = power_on(settings, &traffic);
            while machine.step < 20_000 && run_steps(&mut machine, &traffic, 50) == 50 {
                prop_assert!(check(&machine, &traffic).is_ok(), "{:?}", check(&machine, &traffic));
            }
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(
        file in proptest::collection::vec(any::<u8>(), 0..400),
        ng in any::<bool>(),
    ) {
        let mut file = file;
        let magic: [u8; 4] = if ng { [0x0a, 0x0d, 0x0d, 0x0a] } else { [0xd4, 0xc3, 0xb2, 0xa1] };
        if file.len() > 4 {
            file[..4].copy_from_slice(&magic);
        }
        let _ = read_capture(&file, None);
    }
}
