//! What a shape of the stage stands for, so that it can be looked at.

use super::focus::Place as Box;
use crate::units::PacketId;
use crate::view::{ObjectId, ObjectKind, Place, RingView, object_of_packet, objects};

/// The object behind the shape of that id at a place, if it stands for one; `ring` is the one
/// that the stage shows.
#[must_use]
pub fn object_at(place: &Place<'_>, ring: Option<&RingView>, shape: &str) -> Option<ObjectId> {
    if let Some((_, packet)) = shape.split_once("-packet-") {
        return object_of_packet(place, PacketId(leading(packet)?));
    }
    let driver = place.machine.settings.driver;
    if let Some(slot) = shape.strip_prefix("slot-") {
        let slot = u16::try_from(leading(slot)?).ok()?;
        return Some(ObjectId::descriptor(driver, ring?.number, slot));
    }
    if let Some(slot) = shape.strip_prefix("buffer-").and_then(leading) {
        return Some(ObjectId::rx_buf(driver, ring?.number, u16::try_from(slot).ok()?));
    }
    let wanted: &[ObjectKind] = match shape {
        _ if shape == Box::Ring.id() => &[ObjectKind::IceRxRing, ObjectKind::IgbRing],
        _ if shape == Box::Napi.id() || shape == Box::Gro.id() => &[ObjectKind::Napi],
        _ if shape == Box::Softirq.id() => &[ObjectKind::Softnet],
        _ if shape == Box::Hardirq.id() => &[ObjectKind::IrqDesc],
        _ if shape == Box::Vector.id() => &[ObjectKind::IceQVector, ObjectKind::IgbQVector],
        _ if shape == Box::Socket.id() => &[ObjectKind::TcpSock, ObjectKind::UdpSock],
        _ => return None,
    };
    objects(place).into_iter().find(|id| wanted.contains(&id.kind))
}

/// The number that a text begins with.
fn leading(text: &str) -> Option<u32> {
    text.split('-').next()?.parse().ok()
}
