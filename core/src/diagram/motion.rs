//! What moves from one picture of the stage to the next: a packet's tag, or a message on the bus.

use super::focus::{BusMessage, Focus, Place};
use super::shape::{Area, Face, Kind, Label, Shape, width_of};
use super::stage::{BAND, Form, LANE, Stage};
use crate::units::PacketId;

/// Something that moves, and along which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Motion {
    /// Its classes, which decide its colours.
    pub classes: &'static [&'static str],
    /// What it says.
    pub label: Label,
    /// Where its middle is, from its start to its end, in pixels: at least two places.
    pub way: Vec<(i32, i32)>,
}

impl Motion {
    /// How wide it is, in pixels.
    #[must_use]
    pub fn width(&self) -> i32 {
        match &self.label {
            Label::Ident(name) => width_of(Face::Code, name) + 12,
            Label::Text { .. } => 60,
        }
    }
}

/// Remembers the packets of the last picture, and where the packet in work was last seen: some steps
/// on it are about something else, and then it is in no box.
#[derive(Clone, Debug, Default)]
pub struct Mover {
    step: u64,
    layout: Option<(Form, i32, i32)>,
    before: Vec<Tag>,
    last: Option<Tag>,
}

impl Mover {
    /// What moved on the way to this step's picture. Back, and to another layout, nothing does.
    pub fn next(&mut self, step: u64, stage: &Stage) -> Option<Motion> {
        let layout = Some((stage.form, stage.width, stage.height));
        let on = step > std::mem::replace(&mut self.step, step);
        let same = std::mem::replace(&mut self.layout, layout) == layout;
        let before = std::mem::replace(&mut self.before, stage.tags());
        if !on || !same {
            self.last = None;
            return None;
        }
        let packet = stage.focus.packet.and_then(|packet| self.of_packet(packet, &before, stage));
        packet.or_else(|| stage.on_bus())
    }

    /// A packet's tag goes from where it was to where it was not.
    fn of_packet(&mut self, packet: PacketId, before: &[Tag], stage: &Stage) -> Option<Motion> {
        let number = packet.0.to_string();
        let own = |tags: &[Tag]| -> Vec<Tag> {
            tags.iter().filter(|tag| tag.packet() == number).cloned().collect()
        };
        let (old, new) = (own(before), own(&self.before));
        let not_in = |tags: &[Tag], tag: &Tag| tags.iter().all(|other| other.id != tag.id);
        let left = old.iter().find(|tag| not_in(&new, tag));
        let last = self.last.take().filter(|last| last.packet() == number);
        let Some(came) = new.iter().find(|tag| not_in(&old, tag)) else {
            self.last = left.cloned().or(last);
            return None;
        };
        self.last = Some(came.clone());
        if last.as_ref().is_some_and(|last| last.id == came.id) {
            return None;
        }
        let acts = || stage.area(stage.focus.subject?.id());
        let from = left.or(last.as_ref()).or(old.last()).map(|tag| tag.area).or_else(acts)?;
        let label = Label::Ident(format!("#{number}"));
        stage.motion(&["mover", "packet", "now"], label, (from, came.area))
    }
}

/// A packet's tag in a picture.
#[derive(Clone, Debug)]
struct Tag {
    id: String,
    area: Area,
}

impl Tag {
    /// The packet's number.
    fn packet(&self) -> &str {
        self.id.rsplit('-').next().unwrap_or_default()
    }
}

impl Stage {
    /// What the step sent over the bus.
    fn on_bus(&self) -> Option<Motion> {
        let Focus { subject, object, bus, .. } = self.focus;
        let name = |name: &str| Label::Ident(name.to_owned());
        let (label, from, to) = match bus? {
            BusMessage::WritesFrame | BusMessage::WritesDescriptor => {
                (name("DMA"), Some(Place::Queue), object)
            }
            BusMessage::ReadsDescriptors => (name("DMA"), Some(Place::Ring), Some(Place::Queue)),
            BusMessage::Interrupt => (name("MSI-X"), Some(Place::Vector), Some(Place::Hardirq)),
            BusMessage::Register | BusMessage::Tail(_) => (name("MMIO"), subject, object),
            BusMessage::Translates => return None,
        };
        let ends = (self.area(from?.id())?, self.area(to?.id())?);
        self.motion(&["mover", "message"], label, ends)
    }

    fn motion(
        &self,
        classes: &'static [&'static str],
        label: Label,
        (from, to): (Area, Area),
    ) -> Option<Motion> {
        let middle = |area: Area| (area.middle(), area.centre());
        let (from, to) = (middle(from), middle(to));
        let mut way = vec![from];
        if let Some(bus) = self.area("dma").filter(|_| self.form == Form::Wide) {
            let sides = [(bus.x, LANE), (bus.right(), LANE)];
            let below = self.height - BAND / 2;
            match (from.0 < bus.x, to.0 < bus.x) {
                _ if self.focus.bus.is_some_and(BusMessage::passes_below) => {
                    way.extend([(from.0, below), (to.0, below)]);
                }
                (true, false) => way.extend(sides),
                (false, true) => way.extend(sides.into_iter().rev()),
                _ => {}
            }
        }
        way.push(to);
        (from != to).then_some(Motion { classes, label, way })
    }

    /// Where packets' tags are.
    fn tags(&self) -> Vec<Tag> {
        let mut tags = Vec::new();
        each(&self.zones, &mut |shape| {
            if shape.id.contains("-packet-")
                && let Kind::Group(parts) = &shape.kind
                && let Some(Kind::Rect { area, .. }) = parts.first().map(|part| &part.kind)
            {
                tags.push(Tag { id: shape.id.clone(), area: *area });
            }
        });
        tags
    }

    /// Where the box of that id is.
    fn area(&self, id: &str) -> Option<Area> {
        let mut found = None;
        each(&self.zones, &mut |shape| match &shape.kind {
            Kind::Rect { area, .. } if shape.id == id => found = Some(*area),
            _ => {}
        });
        found
    }
}

/// Looks at all shapes, those in groups too.
fn each(shapes: &[Shape], look: &mut dyn FnMut(&Shape)) {
    for shape in shapes {
        look(shape);
        if let Kind::Group(shapes) = &shape.kind {
            each(shapes, look);
        }
    }
}
