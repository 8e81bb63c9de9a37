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

/// The ordinary MTU (`ETH_DATA_LEN`).
const ETH_DATA_LEN: u16 = 1500;
/// Bytes of Ethernet header, frame check sequence and two VLAN tags (`ICE_ETH_PKT_HDR_PAD`,
/// `IGB_ETH_PKT_HDR_PAD`).
const ETH_PKT_HDR_PAD: u16 = 14 + 4 + 8;
/// Bytes of a frame check sequence: the card strips it.
const ETH_FCS_LEN: u16 = 4;
/// What one small buffer holds (`ICE_RXBUF_1536`, `IGB_MAX_FRAME_BUILD_SKB`).
const RXBUF_1536: u16 = 1536;
/// What one large buffer holds (`ICE_RXBUF_3072`, `IGB_RXBUFFER_3072`).
const RXBUF_3072: u16 = 3072;
/// What one buffer of `ice` holds with `legacy-rx` (`ICE_RXBUF_1664`).
const RXBUF_1664: u16 = 1664;
/// What one buffer of `igb` holds with `legacy-rx` (`IGB_RXBUFFER_2048`).
const RXBUF_2048: u16 = 2048;
/// The longest frame of `ice` with `legacy-rx`: five buffers (`ICE_MAX_FRAME_LEGACY_RX`).
const MAX_FRAME_LEGACY_RX: u16 = 8320;
/// Bytes before the packet in a buffer (`ICE_SKB_PAD`, `IGB_SKB_PAD`).
const SKB_PAD: u16 = 192;
/// The longest frame of a jumbo queue (`ICE_AQ_SET_MAC_FRAME_SIZE_MAX`, `MAX_JUMBO_FRAME_SIZE`).
const JUMBO_FRAME: u16 = 9728;
/// The largest MTU: `ICE_MAX_MTU`, `MAX_STD_JUMBO_FRAME_SIZE`.
const MAX_MTU: (u16, u16) = (JUMBO_FRAME - ETH_PKT_HDR_PAD, 9216);

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
    /// Bytes of the largest IP packet (`ip link set DEV mtu N`).
    pub mtu: u16,
    /// Descriptors of each receive ring (`ethtool -G`).
    pub rx_ring: u16,
    /// The driver copies headers into a small head and leaves the rest in the buffer, instead of
    /// building the `sk_buff` around it (`ethtool --set-priv-flags DEV legacy-rx on`).
    pub legacy_rx: bool,
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
    /// How long NAPI waits before it polls again by itself, in ns; 0 is never
    /// (`/sys/class/net/DEV/gro_flush_timeout`).
    pub gro_flush_timeout_ns: u32,
    /// Polls without work for which the interrupt stays off
    /// (`/sys/class/net/DEV/napi_defer_hard_irqs`).
    pub napi_defer_hard_irqs: u32,
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
            mtu: ETH_DATA_LEN,
            rx_ring,
            legacy_rx: false,
            itr_ns,
            intrl_ns,
            netdev_budget: 300,
            netdev_budget_usecs: 8_000,
            gro_normal_batch: 8,
            gro_flush_timeout_ns: 0,
            napi_defer_hard_irqs: 0,
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

    /// The largest MTU that the driver takes (`net_device.max_mtu`).
    #[must_use]
    pub fn max_mtu(&self) -> u16 {
        match self.driver {
            Driver::Ice => MAX_MTU.0,
            Driver::Igb => MAX_MTU.1,
        }
    }

    /// Whether frames may be longer than one small buffer: `ice` by the MTU, `igb` by the longest
    /// frame.
    fn jumbo(&self) -> bool {
        match self.driver {
            Driver::Ice => self.mtu > ETH_DATA_LEN,
            Driver::Igb => self.mtu + ETH_PKT_HDR_PAD > RXBUF_1536,
        }
    }

    /// Whether the ring's buffers are large ones, halves of two pages side by side: for jumbo
    /// frames, but never with `legacy-rx` (`ice_vsi_cfg_frame_size`, [`ice_base.c`:647];
    /// `igb_set_rx_buffer_len`, [`igb_main.c`:4802]).
    #[must_use]
    pub fn large_buffers(&self) -> bool {
        self.jumbo() && !self.legacy_rx
    }

    /// Bytes that the card writes into one buffer (`rx_buf_len`, `igb_rx_bufsz`).
    #[must_use]
    pub fn rx_buf_len(&self) -> u16 {
        match (self.driver, self.legacy_rx) {
            (Driver::Ice, true) => RXBUF_1664,
            (Driver::Igb, true) => RXBUF_2048,
            (_, false) if self.jumbo() => RXBUF_3072,
            (_, false) => RXBUF_1536,
        }
    }

    /// Bytes before the packet in a buffer: room for the `sk_buff` that is built around it
    /// (`ice_rx_offset`, `igb_rx_offset`).
    #[must_use]
    pub fn rx_offset(&self) -> u16 {
        if self.legacy_rx { 0 } else { SKB_PAD }
    }

    /// Pages of 4 KiB that two buffers share, as a power of two (`ice_rx_pg_order`).
    #[must_use]
    pub fn rx_pg_order(&self) -> u8 {
        u8::from(self.large_buffers())
    }

    /// Bytes of memory that one buffer takes: half of its pages (`xdp->frame_sz`).
    #[must_use]
    pub fn frame_sz(&self) -> u16 {
        2048 << self.rx_pg_order()
    }

    /// The longest frame, without its frame check sequence, that the card accepts
    /// (`rlan_ctx.rxmax`, `RLPML`): it follows the buffers, so it may be longer than the MTU. With
    /// `legacy-rx` `ice` refuses a larger MTU, but not the flag after the MTU.
    #[must_use]
    pub fn longest_frame(&self) -> u32 {
        let with_fcs = match self.driver {
            Driver::Ice if self.legacy_rx => MAX_FRAME_LEGACY_RX,
            _ if self.jumbo() => JUMBO_FRAME,
            _ => RXBUF_1536,
        };
        u32::from(with_fcs - ETH_FCS_LEN)
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
