//! Settings by name, as the command line and links give them.

use super::Scenario;
use super::generator::{Generator, PAYLOAD_MAX, Protocol};
use crate::machine::{CostProfile, Driver, Settings};
use serde::{Deserialize, Serialize};

/// A setting that can be changed by name.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// Its name.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A whole number.
    Number {
        /// The least.
        least: u64,
        /// The most.
        most: u64,
        /// It must be a multiple of this, but for the teaching sizes 16 and 32.
        step: u64,
    },
    /// One of these words.
    Word(&'static [&'static str]),
}

const fn number(least: u64, most: u64) -> Takes {
    Takes::Number { least, most, step: 1 }
}

const fn knob(key: &'static str, takes: Takes) -> Knob {
    Knob { key, takes }
}

/// `IGB_MAX_RXD`, `igb.h`.
const IGB_MAX_RXD: u64 = 4_096;

/// All settings.
pub const KNOBS: &[Knob] = &[
    knob("driver", Takes::Word(&["ice", "igb"])),
    knob("queues", number(1, 8)),
    knob("mtu", number(68, 9_702)),
    knob("rx_ring", Takes::Number { least: 16, most: 8160, step: 32 }),
    knob("legacy_rx", Takes::Word(&["off", "on"])),
    knob("rx_usecs", number(0, 8_160)),
    knob("rx_usecs_high", number(0, 236)),
    knob("netdev_budget", number(1, 100_000)),
    knob("netdev_budget_usecs", number(0, 1_000_000)),
    knob("gro_normal_batch", number(1, 1_000)),
    knob("gro_flush_timeout", number(0, 1_000_000_000)),
    knob("napi_defer_hard_irqs", number(0, 1_000)),
    knob("rcvbuf", number(2_304, 16_777_216)),
    knob("tcp_rmem", number(4_096, 16_777_216)),
    knob("iommu", Takes::Word(&["on", "off"])),
    knob("costs", Takes::Word(&["server", "emulator"])),
    knob("app_ns", number(0, 1_000_000_000)),
    knob("reads", number(0, 1_000_000)),
    knob("page_failures", number(0, 100_000)),
    knob("skb_failures", number(0, 100_000)),
    knob("seed", number(0, u64::MAX)),
    knob("packets", number(1, 1_000_000)),
    knob("payload", number(0, PAYLOAD_MAX as u64)),
    knob("flows", number(1, 64)),
    knob("burst", number(1, 100_000)),
    knob("gap_ns", number(0, 10_000_000_000)),
    knob("link_mbps", number(10, 400_000)),
    knob("bad_per_mille", number(0, 1_000)),
    knob("protocol", Takes::Word(&["udp", "tcp"])),
    knob("disorder_per_mille", number(0, 1_000)),
];

/// Why a setting was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KnobError {
    /// There is none of that name.
    Unknown {
        /// The name.
        key: String,
    },
    /// The value is not one that it takes.
    BadValue {
        /// The setting.
        key: String,
        /// The value.
        value: String,
        /// What it takes.
        takes: String,
    },
    /// It is of the generator, and the traffic is a capture.
    NoGenerator {
        /// The setting.
        key: String,
    },
}

impl std::fmt::Display for Takes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number { least, most, step: 1 } => write!(f, "{least}..{most}"),
            Self::Number { least: _, most, step } => {
                write!(f, "{}..{most} in steps of {step}, or 16 or 32 to teach", step * 2)
            }
            Self::Word(words) => write!(f, "{}", words.join(", ")),
        }
    }
}

impl Takes {
    /// The number or the word's place, if the value is taken.
    pub(super) fn read(self, value: &str) -> Option<u64> {
        match self {
            Self::Number { least, most, step } => {
                let number: u64 = value.parse().ok()?;
                let fits = number.is_multiple_of(step) || step > 1 && number == 16;
                ((least..=most).contains(&number) && fits).then_some(number)
            }
            Self::Word(words) => {
                words.iter().position(|&word| word == value).map(|place| place as u64)
            }
        }
    }
}

impl Knob {
    /// The setting of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<&'static Self> {
        KNOBS.iter().find(|knob| knob.key == key)
    }

    /// The command that sets it on a real host, or what it stands for.
    ///
    /// # Panics
    ///
    /// Of a setting that is not in [`KNOBS`].
    #[must_use]
    pub fn source(&self) -> &'static str {
        match self.key {
            "driver" => "the network driver",
            "queues" => "ethtool -L DEV combined N",
            "mtu" => "ip link set DEV mtu N",
            "rx_ring" => "ethtool -G DEV rx N",
            "legacy_rx" => "ethtool --set-priv-flags DEV legacy-rx on",
            "rx_usecs" => "ethtool -C DEV rx-usecs N",
            "rx_usecs_high" => "ethtool -C DEV rx-usecs-high N",
            "netdev_budget" => "sysctl net.core.netdev_budget",
            "netdev_budget_usecs" => "sysctl net.core.netdev_budget_usecs",
            "gro_normal_batch" => "sysctl net.core.gro_normal_batch",
            "gro_flush_timeout" => "/sys/class/net/DEV/gro_flush_timeout",
            "napi_defer_hard_irqs" => "/sys/class/net/DEV/napi_defer_hard_irqs",
            "rcvbuf" => "sysctl net.core.rmem_default",
            "tcp_rmem" => "sysctl net.ipv4.tcp_rmem, third value",
            "iommu" => "iommu= at boot",
            "costs" => "how long things take",
            "app_ns" => "what the reader does with a datagram, ns",
            "reads" => "datagrams that a reader takes, 0: all",
            "page_failures" => "page allocations that fail",
            "skb_failures" => "sk_buff allocations that fail",
            "seed" => "generator: seed",
            "packets" => "generator: frames",
            "payload" => "generator: bytes in a datagram",
            "flows" => "generator: flows",
            "burst" => "generator: frames back to back",
            "gap_ns" => "generator: from burst to burst, ns",
            "link_mbps" => "generator: line rate, Mbit/s",
            "bad_per_mille" => "generator: bad frames of a thousand",
            "protocol" => "generator: what the flows are",
            "disorder_per_mille" => "generator: TCP segments out of order",
            other => panic!("what does {other} stand for?"),
        }
    }

    /// What it takes with a driver: the limits of the MTU and of the ring are the driver's.
    #[must_use]
    pub fn takes_with(&self, driver: Driver) -> Takes {
        match (self.takes, self.key, driver) {
            (Takes::Number { least, step, .. }, "mtu", _) => {
                Takes::Number { least, most: Settings::of(driver).max_mtu().into(), step }
            }
            (Takes::Number { least, step, .. }, "rx_ring", Driver::Igb) => {
                Takes::Number { least, most: IGB_MAX_RXD, step }
            }
            (takes, ..) => takes,
        }
    }
}

/// Sets one setting of a scenario, or of the generator that will make its traffic.
///
/// # Errors
/// If there is no such setting or it does not take the value.
#[expect(clippy::cast_possible_truncation, reason = "each range fits its field")]
pub fn set_knob(
    scenario: &mut Scenario,
    generator: Option<&mut Generator>,
    key: &str,
    value: &str,
) -> Result<(), KnobError> {
    let knob = Knob::named(key).ok_or_else(|| KnobError::Unknown { key: key.to_owned() })?;
    let takes = knob.takes_with(scenario.settings.driver);
    let Some(number) = takes.read(value) else {
        let (key, value, takes) = (key.to_owned(), value.to_owned(), takes.to_string());
        return Err(KnobError::BadValue { key, value, takes });
    };
    let settings = &mut scenario.settings;
    match key {
        "driver" => {
            let driver = if number == 0 { Driver::Ice } else { Driver::Igb };
            *settings = Settings::of(driver);
        }
        "queues" => settings.queues = number as u16,
        "mtu" => settings.mtu = number as u16,
        "rx_ring" => settings.rx_ring = number as u16,
        "legacy_rx" => settings.legacy_rx = number == 1,
        "rx_usecs" => settings.itr_ns = number as u32 * 1_000,
        "rx_usecs_high" => settings.intrl_ns = number as u32 * 1_000,
        "netdev_budget" => settings.netdev_budget = number as u32,
        "netdev_budget_usecs" => settings.netdev_budget_usecs = number as u32,
        "gro_normal_batch" => settings.gro_normal_batch = number as u32,
        "gro_flush_timeout" => settings.gro_flush_timeout_ns = number as u32,
        "napi_defer_hard_irqs" => settings.napi_defer_hard_irqs = number as u32,
        "rcvbuf" => settings.rcvbuf = number as u32,
        "tcp_rmem" => settings.tcp_rmem = number as u32,
        "iommu" => settings.iommu = number == 0,
        "costs" => {
            settings.costs = if number == 0 { CostProfile::Server } else { CostProfile::Emulator };
        }
        "app_ns" => settings.app_ns = number as u32,
        "reads" => settings.reads = number as u32,
        "page_failures" => settings.page_failures = number as u32,
        "skb_failures" => settings.skb_failures = number as u32,
        _ => {
            let generator =
                generator.ok_or_else(|| KnobError::NoGenerator { key: key.to_owned() })?;
            set_generator(generator, key, number);
        }
    }
    Ok(())
}

/// Sets several, in whatever order they stand. The driver comes first: with it come its own
/// settings, and what the others take.
///
/// # Errors
/// At the first that there is not or that does not take its value.
pub fn set_knobs(
    scenario: &mut Scenario,
    mut generator: Option<&mut Generator>,
    settings: &[(&str, &str)],
) -> Result<(), KnobError> {
    let (drivers, others): (Vec<_>, Vec<_>) =
        settings.iter().partition(|(key, _)| *key == "driver");
    for (key, value) in drivers.into_iter().chain(others) {
        set_knob(scenario, generator.as_deref_mut(), key, value)?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "each range fits its field")]
fn set_generator(generator: &mut Generator, key: &str, number: u64) {
    match key {
        "seed" => generator.seed = number,
        "packets" => generator.packets = number as u32,
        "payload" => generator.payload = number as u32,
        "flows" => generator.flows = number as u32,
        "burst" => generator.burst = number as u32,
        "gap_ns" => generator.gap_ns = number,
        "link_mbps" => generator.link_mbps = number as u32,
        "bad_per_mille" => generator.bad_per_mille = number as u32,
        "protocol" => {
            generator.protocol = if number == 0 { Protocol::Udp } else { Protocol::Tcp };
        }
        "disorder_per_mille" => generator.disorder_per_mille = number as u32,
        other => unreachable!("{other} is in the table but sets nothing"),
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOBS, KnobError, Takes, set_knob, set_knobs};
    use crate::machine::{Driver, Traffic};
    use crate::scenario::{Generator, Scenario};

    #[test]
    fn every_setting_of_the_table_sets_something_or_is_refused_without_a_generator() {
        for knob in KNOBS {
            let value = match knob.takes {
                Takes::Number { most, step, .. } => (most / step * step).to_string(),
                Takes::Word(words) => words[words.len() - 1].to_owned(),
            };
            let mut scenario = Scenario::of(Driver::Ice, Traffic::default());
            let mut generator = Generator::default();
            let before = (scenario.clone(), generator);
            set_knob(&mut scenario, Some(&mut generator), knob.key, &value).expect(knob.key);
            assert_ne!((scenario, generator), before, "{} = {value} changed nothing", knob.key);
            assert!(!knob.source().is_empty(), "what does {} stand for?", knob.key);
        }
    }

    #[test]
    fn a_driver_named_last_leaves_what_was_set_before_it() {
        let given = [("rx_ring", "16"), ("packets", "7"), ("driver", "igb"), ("mtu", "9000")];
        let set = |settings: &[(&str, &str)]| {
            let mut scenario = Scenario::of(Driver::Ice, Traffic::default());
            let mut generator = Generator::default();
            set_knobs(&mut scenario, Some(&mut generator), settings).map(|()| (scenario, generator))
        };
        let (scenario, generator) = set(&given).expect("settings");
        assert_eq!((scenario.settings.driver, scenario.settings.rx_ring), (Driver::Igb, 16));
        assert_eq!(generator.packets, 7);
        for first in 1..given.len() {
            let mut turned = given;
            turned.rotate_left(first);
            assert_eq!(set(&turned), Ok((scenario.clone(), generator)), "{turned:?}");
        }
        // What the driver that is named takes, wherever it is named.
        assert!(set(&[("mtu", "9500"), ("driver", "igb")]).is_err());
    }

    #[test]
    fn ring_sizes_are_the_drivers_and_the_two_for_teaching() {
        let takes = |value: &str| {
            let mut scenario = Scenario::of(Driver::Ice, Traffic::default());
            set_knob(&mut scenario, None, "rx_ring", value)
        };
        for good in ["16", "32", "64", "96", "8160"] {
            assert_eq!(takes(good), Ok(()), "{good}");
        }
        let mut igb = Scenario::of(Driver::Igb, Traffic::default());
        assert_eq!(set_knob(&mut igb, None, "rx_ring", "4096"), Ok(()));
        assert!(set_knob(&mut igb, None, "rx_ring", "8160").is_err());
        for bad in ["8", "0", "48", "65", "8192", "-1", "many"] {
            assert!(matches!(takes(bad), Err(KnobError::BadValue { .. })), "{bad}");
        }
    }
}
