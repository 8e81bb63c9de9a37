//! The bus: between card and memory, and below memory to the CPU; the IOMMU on it.

use super::LANE;
use super::nic::register_names;
use crate::diagram::focus::{BusMessage, Place};
use crate::diagram::shape::{Area, Argument, Face, Label, Shape, Target};
use crate::diagram::sheet::{Scene, Sheet, Text};

/// The upright part and the part that lies below memory.
pub(super) fn zone(scene: &Scene<'_>, upright: Area, band: Area) -> Shape {
    Sheet::group("bus", &[], |sheet| {
        sheet.path("bus-frame", &["zone"], outline(upright, band));
        let name = Text::start(
            Face::Title,
            upright.x + 10,
            upright.y + 23,
            upright.w - 14,
            Label::ident("PCIe"),
        );
        sheet.text("bus-name", &[], name);
        let lane = format!("M{} {LANE}H{}", upright.x, upright.right());
        sheet.path("bus-lane", &["lane"], lane);
        if scene.focus.bus.is_none_or(BusMessage::passes_below) {
            let text =
                Text::middle(Face::Code, upright.middle(), LANE - 8, 60, Label::ident("DMA"));
            sheet.text("bus-lane-name", &["faint"], text);
        }
        iommu(scene, sheet, Area::new(upright.x + 6, 148, upright.w - 12, 130));
        dma(scene, sheet, Area::new(upright.x + 6, 286, upright.w - 12, 94));
        let below = scene.focus.bus.is_some_and(BusMessage::passes_below);
        if !below {
            let words = Label::words("stage-bus-way");
            let (x, y) = (band.middle(), band.centre() + 4);
            sheet.text("bus-way", &["faint"], Text::middle(Face::Note, x, y, band.w - 16, words));
        }
        match scene.focus.bus {
            None | Some(BusMessage::Translates) => {}
            Some(message) => sheet.add(message_shape(scene, message, upright, band)),
        }
    })
}

/// One frame around both parts.
fn outline(upright: Area, band: Area) -> String {
    let (x, y, right) = (upright.x, upright.y, upright.right());
    let (far, top, bottom) = (band.right(), band.y, band.bottom());
    format!(
        "M{} {y}H{}Q{right} {y} {right} {}V{}Q{right} {top} {} {top}H{}Q{far} {top} {far} {}V{}Q{far} {bottom} {} {bottom}H{}Q{x} {bottom} {x} {}V{}Q{x} {y} {} {y}Z",
        x + 10,
        right - 10,
        y + 10,
        top - 10,
        right + 10,
        far - 10,
        top + 10,
        bottom - 10,
        far - 10,
        x + 10,
        bottom - 10,
        y + 10,
        x + 10,
    )
}

fn iommu(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let nic = &scene.view.nic;
    sheet.panel(scene, Place::Iommu, area, Label::ident("IOMMU"));
    let state = if nic.iommu { "stage-translates" } else { "stage-off" };
    let x = (area.x + 8, area.right() - 8);
    let room = area.w - 12;
    sheet.text(
        "iommu-state",
        &["soft"],
        Text::start(Face::Note, x.0, area.y + 36, room, Label::words(state)),
    );
    pair(sheet, "iotlb-hits", area.y + 62, x, "stage-iotlb-hits", nic.iotlb.0);
    pair(sheet, "iotlb-misses", area.y + 102, x, "stage-iotlb-misses", nic.iotlb.1);
}

fn dma(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let (reads, writes) = scene.view.totals.dma;
    sheet.rect("dma", &["box"], area, 7);
    sheet.stands_for(Target::Dma);
    let x = (area.x + 8, area.right() - 8);
    pair(sheet, "dma-reads", area.y + 20, x, "stage-dma-reads", reads);
    pair(sheet, "dma-writes", area.y + 62, x, "stage-dma-writes", writes);
}

/// A name with its figure below it.
fn pair(sheet: &mut Sheet, id: &str, y: i32, x: (i32, i32), name: &'static str, count: u64) {
    let room = x.1 - x.0 + 4;
    let key = Text::start(Face::Note, x.0, y, room, Label::words(name));
    sheet.text(&format!("{id}-key"), &["soft"], key);
    sheet.text(id, &[], Text::start(Face::Strong, x.0, y + 16, room, Label::count(count)));
}

/// What is said of a message, and whether it goes to the right, to the left, or stays.
pub(super) fn words(scene: &Scene<'_>, message: BusMessage) -> (Label, i32) {
    match message {
        BusMessage::WritesFrame => (Label::words("bus-frame"), 1),
        BusMessage::WritesDescriptor => (Label::words("bus-descriptor"), 1),
        BusMessage::ReadsDescriptors => (Label::words("bus-fetch"), -1),
        BusMessage::Translates => (Label::words("bus-translate"), 0),
        BusMessage::Interrupt => (Label::words("bus-interrupt"), 1),
        BusMessage::Register => (Label::words("bus-register"), -1),
        BusMessage::Tail(value) => {
            let name = register_names(scene.view.driver).1.to_owned();
            let value = Argument::Number(value.into());
            (Label::with("bus-tail", [("register", name.into()), ("value", value)]), -1)
        }
    }
}

fn message_shape(scene: &Scene<'_>, message: BusMessage, upright: Area, band: Area) -> Shape {
    let (label, direction) = words(scene, message);
    let below = message.passes_below();
    let (line, pill) = if below {
        let y = band.centre();
        let line = (upright.x - 8, band.right() + 8, y);
        (line, Area::new(band.middle() - 90, y - 13, 180, 26))
    } else {
        let line = (upright.x - 8, upright.right() + 8, LANE);
        (line, Area::new(upright.x + 3, LANE - 24, upright.w - 6, 48))
    };
    let mut classes = vec!["message"];
    classes.extend(match direction {
        1 => Some("rightward"),
        -1 => Some("leftward"),
        _ => None,
    });
    // So that who animates a message can tell two that follow each other apart.
    classes.extend(scene.view.step.is_multiple_of(2).then_some("beat"));
    Sheet::group("bus-message", &classes, |sheet| {
        if direction != 0 {
            sheet.path("bus-line", &["way"], arrow(line, direction));
        }
        sheet.rect("bus-pill", &["pill"], pill, 13);
        if below {
            let text =
                Text::middle(Face::Label, pill.middle(), pill.centre() + 4, pill.w - 12, label);
            return sheet.text("bus-text", &[], text);
        }
        let kind = Label::ident("DMA");
        let (middle, room) = (pill.middle(), pill.w - 6);
        sheet.text("bus-kind", &[], Text::middle(Face::Strong, middle, pill.y + 20, room, kind));
        sheet.text("bus-text", &[], Text::middle(Face::Note, middle, pill.y + 37, room, label));
    })
}

/// A line from `x.0` to `x.1` with a head at one end.
fn arrow((left, right, y): (i32, i32, i32), direction: i32) -> String {
    let tip = if direction > 0 { right } else { left };
    let base = tip - 6 * direction;
    format!("M{left} {y}H{right}M{base} {}L{tip} {y}L{base} {}", y - 5, y + 5)
}
