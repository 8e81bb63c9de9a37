//! Which object of the kernel's memory a shape of the stage stands for.

use super::focus::Place as Box;
use super::shape::{Kind, Shape, Target};
use super::stage::Stage;
use crate::view::{ObjectId, ObjectKind, Place, RingView, object_of_packet, objects};

impl Stage {
    /// What the shape of that id stands for.
    #[must_use]
    pub fn target(&self, id: &str) -> Option<Target> {
        find(&self.zones, id).and_then(|shape| shape.target)
    }
}

fn find<'a>(shapes: &'a [Shape], id: &str) -> Option<&'a Shape> {
    shapes.iter().find_map(|shape| match &shape.kind {
        _ if shape.id == id => Some(shape),
        Kind::Group(shapes) => find(shapes, id),
        _ => None,
    })
}

impl Box {
    /// The structs that it stands for.
    pub(super) const fn kinds(self) -> &'static [ObjectKind] {
        match self {
            Self::Ring | Self::Queue => &[ObjectKind::IceRxRing, ObjectKind::IgbRing],
            Self::Moderation | Self::Vector => &[ObjectKind::IceQVector, ObjectKind::IgbQVector],
            Self::Hardirq => &[ObjectKind::IrqDesc],
            Self::Softirq => &[ObjectKind::Softnet],
            Self::Napi => &[ObjectKind::Napi],
            Self::Gro => &[ObjectKind::GroList],
            Self::Transport | Self::Socket => &[ObjectKind::TcpSock, ObjectKind::UdpSock],
            _ => &[],
        }
    }
}

/// The object behind a target at a place, if there is one; `ring` is the one that the stage shows.
#[must_use]
pub fn object_of(place: &Place<'_>, ring: Option<&RingView>, target: Target) -> Option<ObjectId> {
    let driver = place.machine.settings.driver;
    match target {
        Target::Packet(packet) => object_of_packet(place, packet),
        Target::Slot(slot) => Some(ObjectId::descriptor(driver, ring?.number, slot)),
        Target::Buffer(slot) => Some(ObjectId::rx_buf(driver, ring?.number, slot)),
        Target::Place(shown) => {
            let mut objects = objects(place).into_iter();
            objects.find(|id| shown.kinds().contains(&id.kind))
        }
    }
}
