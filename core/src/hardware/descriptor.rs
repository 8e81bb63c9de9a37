//! The write-back formats: which bit of the status says what, for each card.
//!
//! `ice`: `status_error0` of `ice_32b_rx_flex_desc` [`ice_lan_tx_rx.h`:345].
//! `igb`: `status_error` of `e1000_adv_rx_desc` [`e1000_82575.h`], `E1000_RXDEXT_STATERR_*`.

use crate::machine::{Descriptor, Driver, Fault, IPPROTO_UDP, WireFrame};
use crate::units::{DmaAddr, PacketId};

/// Descriptor done, both cards.
pub(crate) const DD: u32 = 1 << 0;
/// End of packet, both cards.
pub(crate) const EOP: u32 = 1 << 1;

/// `ice`: the card checked the IP and transport checksums.
pub(crate) const ICE_L3L4P: u32 = 1 << 3;
/// `ice`: the IP checksum is wrong.
pub(crate) const ICE_XSUM_IPE: u32 = 1 << 4;
/// `ice`: the transport checksum is wrong.
pub(crate) const ICE_XSUM_L4E: u32 = 1 << 5;
/// `ice`: received with an error (`ICE_RX_FLEX_DESC_STATUS0_RXE_S`).
pub(crate) const ICE_RXE: u32 = 1 << 10;
/// `ice`: the RSS hash is valid.
pub(crate) const ICE_RSS_VALID: u32 = 1 << 12;

/// `igb`: the UDP checksum was checked.
pub(crate) const IGB_UDPCS: u32 = 1 << 4;
/// `igb`: the TCP checksum was checked.
pub(crate) const IGB_TCPCS: u32 = 1 << 5;
/// `igb`: the transport checksum is wrong.
pub(crate) const IGB_TCPE: u32 = 1 << 29;
/// `igb`: the IP checksum is wrong.
pub(crate) const IGB_IPE: u32 = 1 << 30;
/// `igb`: received with an error (`E1000_RXDEXT_STATERR_RXE`).
pub(crate) const IGB_RXE: u32 = 1 << 31;

const IPPROTO_TCP: u8 = 6;

/// What the card writes back for a buffer that the frame filled and went beyond.
pub(super) fn filled(length: u16, packet: PacketId) -> Descriptor {
    Descriptor { length, status: DD, written_back: true, packet, ..Descriptor::default() }
}

/// What the card writes back for a frame, in the descriptor of its last `length` bytes.
pub(super) fn written_back(
    driver: Driver,
    frame: &WireFrame,
    length: u32,
    packet: PacketId,
) -> Descriptor {
    let status = match driver {
        Driver::Ice => ice_status(frame),
        Driver::Igb => igb_status(frame),
    };
    Descriptor {
        pkt_addr: DmaAddr(0),
        rss_hash: frame.rss_hash,
        length: u16::try_from(length).expect("at most the longest frame"),
        status: DD | EOP | status,
        ptype: u16::from(frame.protocol),
        written_back: true,
        packet,
    }
}

fn ice_status(frame: &WireFrame) -> u32 {
    let mut status = 0;
    if frame.rss_hash != 0 {
        status |= ICE_RSS_VALID;
    }
    if frame.ip_length > 0 && !frame.fragment {
        status |= ICE_L3L4P;
    }
    match frame.fault {
        Fault::IpChecksum => status | ICE_XSUM_IPE,
        Fault::UdpChecksum => status | ICE_XSUM_L4E,
        Fault::Receive => status | ICE_RXE,
        _ => status,
    }
}

fn igb_status(frame: &WireFrame) -> u32 {
    let checked = match frame.protocol {
        _ if frame.fragment => 0,
        IPPROTO_UDP => IGB_UDPCS,
        IPPROTO_TCP => IGB_TCPCS,
        _ => 0,
    };
    match frame.fault {
        Fault::IpChecksum => checked | IGB_IPE,
        Fault::UdpChecksum => checked | IGB_TCPE,
        Fault::Receive => checked | IGB_RXE,
        _ => checked,
    }
}

/// Whether the driver may take the checksum as verified (`ice_rx_csum`, `igb_rx_checksum`).
#[must_use]
pub(crate) fn checksum_verified(driver: Driver, descriptor: &Descriptor) -> bool {
    let (checked, wrong) = match driver {
        Driver::Ice => (ICE_L3L4P, ICE_XSUM_IPE | ICE_XSUM_L4E),
        Driver::Igb => (IGB_UDPCS | IGB_TCPCS, IGB_IPE | IGB_TCPE),
    };
    descriptor.status & checked != 0 && descriptor.status & wrong == 0
}
