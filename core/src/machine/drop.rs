//! Where packets end other than in `recv`: the reasons, and the counter that a user would see.

use super::settings::{Driver, Settings};
use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $reason:ident $name:literal $counter:literal $place:ident;)+) => {
        /// Why a frame was not delivered. Kernel reasons keep `enum skb_drop_reason`'s names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize)]
        pub enum DropReason { $($(#[$doc])* $reason),+ }

        impl DropReason {
            /// All reasons, in order.
            pub const ALL: &[Self] = &[$(Self::$reason),+];

            /// The kernel's name of the reason, or our own where the kernel has none.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$reason => $name),+ }
            }

            /// The counter that a user of `ice` sees rise.
            fn counter_of_ice(self) -> &'static str {
                match self { $(Self::$reason => $counter),+ }
            }

            /// Where it happens.
            #[must_use]
            pub fn place(self) -> DropPlace {
                match self { $(Self::$reason => DropPlace::$place),+ }
            }
        }
    };
}

/// Where a packet is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DropPlace {
    /// In the card: no software sees it.
    Card,
    /// In the driver.
    Driver,
    /// In the stack.
    Stack,
    /// Not a loss: the model does not handle it yet.
    Model,
}

reasons! {
    /// The frame check sequence is wrong.
    CrcError "CRC" "rx_crc_errors.nic" Card;
    /// Shorter than an Ethernet frame may be.
    Undersize "UNDERSIZE" "rx_undersize.nic" Card;
    /// Longer than the card accepts.
    Oversize "OVERSIZE" "rx_oversize.nic" Card;
    /// The on-chip buffer is full.
    PacketBufferFull "PACKET_BUFFER_FULL" "rx_dropped.nic" Card;
    /// The on-chip buffer is full because the queue has no descriptor.
    NoDescriptor "NO_DESCRIPTOR" "rx_dropped" Card;
    /// The IOMMU refused the device's access.
    IommuFault "IOMMU_FAULT" "dmesg DMAR" Card;
    /// The `sk_buff` could not be allocated.
    SkbAllocFailed "ALLOC_FAILED" "rx_alloc_fail" Driver;
    /// The descriptor says that the card received it with an error.
    ReceiveError "NOT_SPECIFIED" "–" Driver;
    /// No protocol handler for the ethertype.
    UnhandledProto "UNHANDLED_PROTO" "rx_dropped" Stack;
    /// Not for this host.
    OtherHost "OTHERHOST" "otherhost_dropped" Stack;
    /// The IP header is malformed.
    IpHeader "IP_INHDR" "InHdrErrors" Stack;
    /// The IP header's checksum is wrong.
    IpChecksum "IP_CSUM" "InCsumErrors" Stack;
    /// The IP packet is longer than the frame.
    PacketTooSmall "PKT_TOO_SMALL" "InTruncatedPkts" Stack;
    /// For this host's MAC address, but another IP address, and forwarding is off.
    IpInAddrErrors "IP_INADDRERRORS" "InAddrErrors" Stack;
    /// The UDP length is wrong.
    UdpHeader "PKT_TOO_SMALL" "InErrors" Stack;
    /// The UDP checksum is wrong.
    UdpChecksum "UDP_CSUM" "InCsumErrors" Stack;
    /// No socket is bound to the port.
    NoSocket "NO_SOCKET" "NoPorts" Stack;
    /// The TCP header is shorter than it may be.
    TcpHeader "PKT_TOO_SMALL" "InErrs" Stack;
    /// The TCP checksum is wrong.
    TcpChecksum "TCP_CSUM" "InCsumErrors" Stack;
    /// A segment with none of ACK, RST and SYN.
    TcpFlags "TCP_FLAGS" "sk_drops" Stack;
    /// A segment whose data all came before.
    TcpOldData "TCP_OLD_DATA" "DelayedACKLost" Stack;
    /// A segment that ends before what was acknowledged last.
    TcpOldSequence "TCP_OLD_SEQUENCE" "sk_drops" Stack;
    /// A segment that starts behind the window.
    TcpInvalidSequence "TCP_INVALID_SEQUENCE" "sk_drops" Stack;
    /// A segment for which the window has closed since header prediction.
    TcpOverwindow "TCP_OVERWINDOW" "sk_drops" Stack;
    /// Data while the window is closed.
    TcpZeroWindow "TCP_ZEROWINDOW" "TCPZeroWindowDrop" Stack;
    /// An acknowledgement of what was never sent.
    TcpAckUnsentData "TCP_ACK_UNSENT_DATA" "sk_drops" Stack;
    /// An acknowledgement from long ago.
    TcpTooOldAck "TCP_TOO_OLD_ACK" "sk_drops" Stack;
    /// A SYN on an established connection.
    TcpInvalidSyn "TCP_INVALID_SYN" "TCPSYNChallenge" Stack;
    /// An RST that is not at the expected byte.
    TcpReset "TCP_RESET" "TCPChallengeACK" Stack;
    /// Data after the peer has said that there is no more: the connection is reset.
    TcpAbortOnData "TCP_ABORT_ON_DATA" "TCPAbortOnData" Stack;
    /// A segment for a connection that is closed.
    TcpClose "TCP_CLOSE" "sk_drops" Stack;
    /// An out-of-order segment whose data other segments hold.
    TcpOfoMerge "TCP_OFOMERGE" "TCPOFOMerge" Stack;
    /// An out-of-order segment whose data came before it was its turn.
    TcpOfoDrop "TCP_OFO_DROP" "sk_drops" Stack;
    /// The receive queue is full.
    ProtoMem "PROTO_MEM" "TCPRcvQDrop" Stack;
    /// The backlog of a busy socket is full.
    SocketBacklog "SOCKET_BACKLOG" "TCPBacklogDrop" Stack;
    /// Freed without a reason of its own: out-of-order data when FIN comes, which nothing counts
    /// (`skb_rbtree_purge` calls `kfree_skb`), or a segment after it (`tcp_drop_reason`).
    NotSpecified "NOT_SPECIFIED" "–, sk_drops" Stack;
    /// The socket's receive buffer is full.
    SocketRcvbuff "SOCKET_RCVBUFF" "RcvbufErrors" Stack;
    /// A fragment: reassembly is not modelled yet.
    FragmentNotModelled "fragment" "–" Model;
    /// A network protocol that the kernel knows and the model does not yet: ARP, IPv6, VLAN.
    ProtocolNotModelled "protocol" "–" Model;
    /// A connection's first segments: the handshake is not modelled yet.
    HandshakeNotModelled "handshake" "–" Model;
    /// A transport protocol that is not modelled yet.
    TransportNotModelled "transport" "–" Model;
}

impl DropReason {
    /// The counter that a user sees rise. Those of the card and of the driver are the driver's own,
    /// as `ethtool -S` names them (`igb_gstrings_stats` and `igb_get_strings` of `igb_ethtool.c`).
    #[must_use]
    pub fn counter(self, settings: &Settings) -> &'static str {
        match (settings.driver, self) {
            (Driver::Igb, Self::CrcError) => "rx_crc_errors",
            (Driver::Igb, Self::Undersize) => "rx_short_length_errors",
            (Driver::Igb, Self::Oversize) => "rx_long_length_errors",
            // A queue counts what it drops itself (RQDPC), which it does with `SRRCTL.Drop_En`:
            // igb sets that for several queues (`igb_setup_srrctl`). The frames of a single one
            // wait, and the full buffer counts those that it misses (MPC).
            (Driver::Igb, Self::NoDescriptor) if settings.queues > 1 => "rx_queue_N_drops",
            (Driver::Igb, Self::NoDescriptor | Self::PacketBufferFull) => "rx_missed_errors",
            (Driver::Igb, Self::SkbAllocFailed) => "rx_queue_N_alloc_failed",
            _ => self.counter_of_ice(),
        }
    }
}

/// How many frames ended for each reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Drops {
    counts: Vec<u64>,
}

impl Default for Drops {
    fn default() -> Self {
        Self { counts: vec![0; DropReason::ALL.len()] }
    }
}

impl Drops {
    /// Counts one.
    pub fn count(&mut self, reason: DropReason) {
        self.counts[reason as usize] += 1;
    }

    /// How many for this reason.
    #[must_use]
    pub fn of(&self, reason: DropReason) -> u64 {
        self.counts[reason as usize]
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The reasons that occurred, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (DropReason, u64)> + '_ {
        DropReason::ALL.iter().map(|&reason| (reason, self.of(reason))).filter(|&(_, n)| n > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{DropPlace, DropReason};
    use crate::machine::{Driver, Settings};

    #[test]
    fn the_cards_and_the_drivers_counters_have_the_names_of_the_driver() {
        let (ice, igb) = (Settings::of(Driver::Ice), Settings::of(Driver::Igb));
        let several = Settings { queues: 2, ..igb };
        assert_eq!(DropReason::CrcError.counter(&ice), "rx_crc_errors.nic");
        assert_eq!(DropReason::CrcError.counter(&igb), "rx_crc_errors");
        assert_eq!(DropReason::NoDescriptor.counter(&ice), "rx_dropped");
        assert_eq!(DropReason::NoDescriptor.counter(&igb), "rx_missed_errors");
        assert_eq!(DropReason::NoDescriptor.counter(&several), "rx_queue_N_drops");
        for &reason in DropReason::ALL {
            let own = matches!(reason.place(), DropPlace::Card | DropPlace::Driver)
                && !matches!(reason, DropReason::IommuFault | DropReason::ReceiveError);
            assert_eq!(reason.counter(&ice) != reason.counter(&igb), own, "{reason:?}");
        }
    }
}
