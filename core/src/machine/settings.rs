//! What can be set before a run, under the names that a user of Linux knows.

use serde::{Deserialize, Serialize};

/// Which driver, and so which card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Driver {
    /// Intel E810: 32-byte descriptors, one refill a poll, hardware auto-mask.
    Ice,
    /// Intel 82576: 16-byte descriptors, refill every 16, a vector for receive alone.
    Igb,
}

/// How long things take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CostProfile {
    /// A plausible server: the model's table of costs.
    Server,
    /// As in the recordings: the device takes no time, a line of code takes one nanosecond.
    Emulator,
}

/// The machine's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Settings {
    /// The driver.
    pub driver: Driver,
    /// Receive queues, each with a vector of its own (`ethtool -L`), all served by CPU 0.
    pub queues: u16,
    /// Descriptors of each receive ring (`ethtool -G`).
    pub rx_ring: u16,
    /// Least time between two interrupts in ns (`ethtool -C rx-usecs`).
    pub itr_ns: u32,
    /// Least time between two interrupts by rate limit in ns; 0 is off (`ice` only).
    pub intrl_ns: u32,
    /// Packets that one `net_rx_action` may take (`net.core.netdev_budget`).
    pub netdev_budget: u32,
    /// Microseconds that one `net_rx_action` may take (`net.core.netdev_budget_usecs`).
    pub netdev_budget_usecs: u32,
    /// Segments that GRO collects before they go up (`net.core.gro_normal_batch`).
    pub gro_normal_batch: u32,
    /// Memory that a UDP socket may hold (`net.core.rmem_default`).
    pub rcvbuf: u32,
    /// Memory that a TCP socket may hold: where its auto-tuning ends (`net.ipv4.tcp_rmem[2]`).
    pub tcp_rmem: u32,
    /// Whether the IOMMU translates.
    pub iommu: bool,
    /// How long things take.
    pub costs: CostProfile,
    /// What the application does with one datagram, in ns.
    pub app_ns: u32,
    /// How often each application thread reads before it ends; 0 is for ever.
    pub reads: u32,
    /// Page allocations that fail, counted from when the link is up.
    pub page_failures: u32,
    /// `sk_buff` allocations that fail, counted from when the link is up.
    pub skb_failures: u32,
}

impl Settings {
    /// The defaults of a driver.
    #[must_use]
    pub fn of(driver: Driver) -> Self {
        let (rx_ring, itr_ns, intrl_ns) = match driver {
            // ICE_DFLT_NUM_RX_DESC; rx_profile[1] of ice_main.c; INTRL of dynamic mode.
            Driver::Ice => (2048, 8_000, 4_000),
            // IGB_DEFAULT_RXD; IGB_START_ITR 648 in quarters of a microsecond.
            Driver::Igb => (256, 162_000, 0),
        };
        Self {
            driver,
            queues: 1,
            rx_ring,
            itr_ns,
            intrl_ns,
            netdev_budget: 300,
            netdev_budget_usecs: 8_000,
            gro_normal_batch: 8,
            rcvbuf: 212_992,
            tcp_rmem: 6_291_456,
            iommu: true,
            costs: CostProfile::Server,
            app_ns: 500,
            reads: 0,
            page_failures: 0,
            skb_failures: 0,
        }
    }

    /// Bytes of one receive descriptor.
    #[must_use]
    pub fn descriptor_bytes(&self) -> u16 {
        match self.driver {
            Driver::Ice => 32,
            Driver::Igb => 16,
        }
    }
}
