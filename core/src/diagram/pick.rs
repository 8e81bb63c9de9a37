//! Which object of the kernel's memory a shape of the stage stands for.

use super::focus::Place as Box;
use super::shape::{Kind, Shape, Target};
use super::stage::Stage;
use crate::view::{Followed, ObjectId, ObjectKind, Place, RingView, by_dma, objects};

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
            Self::Softirq | Self::Task | Self::Core => &[ObjectKind::Softnet],
            Self::Napi => &[ObjectKind::Napi],
            Self::Gro => &[ObjectKind::GroList],
            Self::Transport | Self::Socket | Self::Application => {
                &[ObjectKind::TcpSock, ObjectKind::UdpSock]
            }
            _ => &[],
        }
    }
}

/// What a target means at a place: a packet itself, or an object, if there is one; `ring` is the one
/// that the stage shows.
#[must_use]
pub fn meant_by(place: &Place<'_>, ring: Option<&RingView>, target: Target) -> Option<Followed> {
    let driver = place.machine.settings.driver;
    let id = match target {
        Target::Packet(packet) => return Some(Followed::Packet(packet)),
        Target::Slot(slot) => ObjectId::descriptor(driver, ring?.number, slot),
        Target::Buffer(slot) => ObjectId::rx_buf(driver, ring?.number, slot),
        Target::Dma => by_dma(place, ring?.number)?,
        Target::Place(shown) => {
            let mut objects = objects(place).into_iter();
            objects.find(|id| shown.kinds().contains(&id.kind))?
        }
    };
    Some(Followed::Object(id))
}
