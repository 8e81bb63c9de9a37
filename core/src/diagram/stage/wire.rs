//! The wire: the frames that come next.

use crate::diagram::focus::Place;
use crate::diagram::shape::{Area, Face, Label, Shape};
use crate::diagram::sheet::{Scene, Sheet, TAG, Text, tag_width};

/// From the zone's top to the first tag: the height of the card's port.
const PORT: i32 = 76;

/// The zone at the left.
pub(super) fn zone(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("wire", &[], |sheet| {
        sheet.zone("wire", area, Label::words("stage-wire"));
        if scene.focus.subject == Some(Place::Wire) {
            sheet.rect("wire-lit", &["zone", "acts"], area, 10);
        }
        let middle = area.middle();
        let end = area.bottom() - 84;
        let cable = format!("M{middle} {end}V{}H{}", PORT + TAG.0 / 2, area.right() + 8);
        sheet.path("wire-cable", &["cable"], cable);
        let wire = &scene.view.wire;
        for (place, &(packet, _)) in (0..).zip(&wire.coming) {
            let y = PORT + place * (TAG.0 + 14);
            if y + TAG.0 > end {
                break;
            }
            sheet.tag(scene, "wire", packet, (middle - tag_width(packet) / 2, y));
        }
        counts(scene, sheet, area);
    })
}

fn counts(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let (middle, room) = (area.middle(), area.w - 6);
    let wire = &scene.view.wire;
    let lines = [
        ("wire-arrived", Face::Strong, Label::count(wire.arrived)),
        ("wire-of", Face::Note, Label::words("stage-arrived-of")),
        ("wire-total", Face::Value, Label::count(wire.total)),
        ("wire-frames", Face::Note, Label::words("stage-frames")),
    ];
    for (line, (id, face, label)) in (0..).zip(lines) {
        let classes: &[&'static str] = if line == 0 { &[] } else { &["soft"] };
        let y = area.bottom() - 60 + line * 17;
        sheet.text(id, classes, Text::middle(face, middle, y, room, label));
    }
}
