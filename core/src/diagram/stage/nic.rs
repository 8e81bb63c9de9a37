//! The card: on-chip buffer, RSS, queue registers, moderation, vector.

use super::boxes;
use crate::diagram::duration;
use crate::diagram::focus::Place;
use crate::diagram::shape::{Area, Argument, Face, Label, Point, Shape};
use crate::diagram::sheet::{Scene, Sheet, Text};
use crate::diagram::turn::{FULL, piece};
use crate::machine::{Driver, PACKET_BUFFER_BYTES};
use crate::view::VectorView;

/// The zone between wire and bus.
pub(super) fn zone(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("nic", &[], |sheet| {
        sheet.zone("nic", area, Label::words("stage-nic"));
        let card = match scene.view.driver {
            Driver::Ice => "Intel E810",
            Driver::Igb => "Intel 82576",
        };
        let x = area.right() - 10;
        let room = area.w - 60;
        sheet.text("nic-card", &["soft"], Text::end(Face::Note, x, 23, room, Label::ident(card)));
        let [on_chip, hash, registers, dial, message] =
            boxes(area, [(84, 25), (28, 0), (96, 20), (92, 25), (96, 30)]);
        fifo(scene, sheet, on_chip);
        rss(scene, sheet, hash);
        queue(scene, sheet, registers);
        moderation(scene, sheet, dial);
        vector(scene, sheet, message);
    })
}

fn fifo(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let nic = &scene.view.nic;
    sheet.panel(scene, Place::Fifo, area, Label::words("stage-fifo"));
    let lines = Area::new(area.x + 8, area.y + 27, area.w - 16, area.h - 66);
    let packets = &nic.fifo.0[..nic.fifo.0.len().min(4)];
    sheet.tags(scene, "fifo", lines, packets, nic.fifo.1 as usize);
    if nic.fifo.1 == 0 {
        let empty =
            Text::start(Face::Note, lines.x, lines.y + 15, lines.w, Label::words("stage-empty"));
        sheet.text("fifo-empty", &["soft"], empty);
    }
    let bar = Area::new(lines.x, area.bottom() - 12, lines.w, 5);
    sheet.bar("fifo-fill", bar, nic.fifo_bytes.into(), PACKET_BUFFER_BYTES.into());
    let figure = format!("{} / {} KiB", tenths_of_kib(nic.fifo_bytes), PACKET_BUFFER_BYTES >> 10);
    let text =
        Text::end(Face::Code, lines.right(), area.bottom() - 18, lines.w, Label::ident(figure));
    sheet.text("fifo-bytes", &["soft"], text);
}

fn tenths_of_kib(bytes: u32) -> String {
    let tenths = u64::from(bytes) * 10 / 1_024;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn rss(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    sheet.panel(scene, Place::Rss, area, Label::ident("RSS"));
    let label = queue_name(scene);
    let text = Text::end(Face::Label, area.right() - 8, area.y + 18, area.w - 50, label);
    sheet.text("rss-queue", &[], text);
}

/// The queue that is shown, and of how many if there are more.
pub(super) fn queue_name(scene: &Scene<'_>) -> Label {
    let (queue, queues) = scene.view.nic.queue;
    let queue = ("queue", Argument::Number(queue.into()));
    match queues {
        0 | 1 => Label::with("stage-queue", [queue]),
        _ => Label::with("stage-queue-of", [queue, ("queues", Argument::Number(queues.into()))]),
    }
}

fn queue(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let nic = &scene.view.nic;
    sheet.panel(scene, Place::Queue, area, Label::words("stage-registers"));
    let (head, tail) = register_names(scene.view.driver);
    let x = (area.x + 8, area.right() - 8);
    let y = |line: i32| area.y + 39 + line * (area.h - 51) / 3;
    sheet.row_of(
        "register-head",
        &scene.marked("head", &["RLAN.head", "RDH"]),
        x,
        y(0),
        Label::ident(head),
        Label::count(nic.head),
    );
    sheet.row_of(
        "register-tail",
        &scene.marked("tail", &["QRX_TAIL", "RDT"]),
        x,
        y(1),
        Label::ident(tail),
        Label::count(nic.tail),
    );
    let fetched = Label::words("stage-prefetched");
    sheet.row("register-fetched", x, y(2), fetched, Label::count(nic.fetched));
    let state = if nic.starved { "stage-starved" } else { "stage-has-descriptors" };
    let classes: &[&'static str] = if nic.starved { &["warn"] } else { &["soft"] };
    let text = Text::start(Face::Note, x.0, y(3), area.w - 14, Label::words(state));
    sheet.text("register-state", classes, text);
}

/// The names of the card's head and tail registers, as the data sheet or the driver has them.
pub(super) fn register_names(driver: Driver) -> (&'static str, &'static str) {
    match driver {
        Driver::Ice => ("head", "QRX_TAIL"),
        Driver::Igb => ("RDH", "RDT"),
    }
}

/// The vector that serves the shown queue; before there are queues the last one, if there is one.
pub(super) fn receive_vector<'a>(scene: &Scene<'a>) -> Option<&'a VectorView> {
    let nic = &scene.view.nic;
    if nic.queue.1 == 0 { nic.vectors.last() } else { nic.vectors.get(nic.vector) }
}

fn moderation(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    sheet.panel(scene, Place::Moderation, area, Label::words("stage-moderation"));
    let Some(vector) = receive_vector(scene) else {
        return;
    };
    let middle = area.y + 12 + area.h / 2;
    let centre = Point::px(area.x + 36, middle);
    sheet.path("dial-track", &["dial-track"], piece(centre, 190, 250, 0, FULL));
    let turn = waited(vector);
    if turn > 0 {
        sheet.path("dial-fill", &["dial-fill"], piece(centre, 190, 250, 0, turn));
    }
    let ready = if vector.timer { "stage-timer-runs" } else { "stage-timer-idle" };
    let text = Text::middle(Face::Note, area.x + 36, middle + 4, 36, Label::words(ready));
    sheet.text("dial-state", &[], text);
    let x = (area.x + 70, area.right() - 8);
    let rows = [
        ("dial-itr", "ITR", Label::ident(duration(vector.itr_ns.into()))),
        ("dial-intrl", "INTRL", interval(vector.intrl_ns)),
    ];
    for (line, (id, name, value)) in (0..).zip(rows) {
        sheet.row(id, x, middle - 24 + line * 16, Label::ident(name), value);
    }
    let (y, room) = (middle + 9, x.1 - x.0);
    let since = Text::start(Face::Note, x.0, y, room, Label::words("stage-since-fired"));
    sheet.text("dial-since-key", &["soft"], since);
    let since = vector.since_fired_ns.map_or_else(|| "–".to_owned(), duration);
    let since = Text::end(Face::Code, x.1, y + 16, room, Label::ident(since));
    sheet.text("dial-since", &[], since);
}

fn interval(ns: u32) -> Label {
    if ns == 0 { Label::words("stage-off") } else { Label::ident(duration(ns.into())) }
}

/// How much of the least time between two interrupts has gone by, as a part of a turn.
fn waited(vector: &VectorView) -> i32 {
    let least = u64::from(vector.itr_ns.max(vector.intrl_ns));
    let since = vector.since_fired_ns.unwrap_or(least).min(least);
    let turn = (since * FULL.unsigned_abs() as u64).checked_div(least);
    turn.map_or(FULL, |turn| i32::try_from(turn).unwrap_or(FULL))
}

fn vector(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    sheet.panel(scene, Place::Vector, area, Label::ident("MSI-X"));
    let Some(vector) = receive_vector(scene) else {
        return;
    };
    let name = [
        ("vector", Argument::Number(vector.index.into())),
        ("irq", Argument::Number(vector.irq.into())),
    ];
    let x = (area.x + 8, area.right() - 8);
    let name = Label::with("stage-vector", name);
    sheet.text("vector-title", &[], Text::start(Face::Label, x.0, area.y + 38, area.w - 14, name));
    let chip = (area.w - 16 - 6) / 2;
    let chips = Area::new(x.0, area.y + 48, chip, 22);
    let armed = if vector.armed { "stage-armed" } else { "stage-masked" };
    sheet.chip("vector-armed", vector.armed, chips, Label::words(armed));
    let chips = Area { x: x.0 + chip + 6, ..chips };
    let cause = if vector.cause { "stage-cause" } else { "stage-no-cause" };
    sheet.chip("vector-cause", vector.cause, chips, Label::words(cause));
    let fired = Label::words("stage-fired");
    sheet.row("vector-fired", x, area.bottom() - 11, fired, Label::count(vector.fired));
}
