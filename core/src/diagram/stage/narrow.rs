//! The stage for a narrow place: the zones below each other, in few lines each.

use super::cpu::{BITS, function, running, task_name};
use super::grid::{grid, owner_words};
use super::memory::window_name;
use super::nic::{queue_name, receive_vector, register_names};
use super::stack::{passing, reader_words, socket, transport};
use super::{Form, Stage, bus};
use crate::diagram::duration;
use crate::diagram::focus::Place;
use crate::diagram::shape::{Area, Argument, Face, Label, Shape};
use crate::diagram::sheet::{Scene, Sheet, Text, tag_width};
use crate::view::{Owner, RingView};

/// Between zones.
const GAP: i32 = 6;

/// The zones, first to last.
pub(super) fn stage(scene: &Scene<'_>, width: i32) -> Stage {
    let mut y = 0;
    let mut next = |height| {
        let area = Area::new(0, y, width, height);
        y += height + GAP;
        area
    };
    let zones = vec![
        wire(scene, next(34)),
        nic(scene, next(136)),
        bus_zone(scene, next(34)),
        memory(scene, next(214)),
        cpu(scene, next(102)),
        stack(scene, next(84)),
    ];
    Stage { form: Form::Narrow, width, height: y - GAP, focus: scene.focus, zones }
}

/// Two or more areas side by side; `shares` in hundredths of the width.
fn side_by_side<const N: usize>(area: Area, shares: [i32; N]) -> [Area; N] {
    let gaps = 4 * (i32::try_from(N).unwrap_or(1) - 1);
    let mut x = area.x;
    shares.map(|share| {
        let part = Area::new(x, area.y, (area.w - gaps) * share / 100, area.h);
        x = part.right() + 4;
        part
    })
}

fn wire(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("wire", &[], |sheet| {
        sheet.rect("wire-frame", &["zone"], area, 8);
        if scene.focus.subject == Some(Place::Wire) {
            sheet.rect("wire-lit", &["zone", "acts"], area, 8);
        }
        let name = Label::words("stage-wire");
        sheet.text("wire-name", &[], Text::start(Face::Title, 10, area.y + 22, 60, name));
        let wire = &scene.view.wire;
        let figure = format!("{} / {}", wire.arrived, wire.total);
        let arrived = Text::start(Face::Value, 72, area.y + 22, 128, Label::ident(figure));
        sheet.text("wire-arrived", &["soft"], arrived);
        // The next one stands nearest to the card: last, at the right.
        let mut x = area.right() - 8;
        for &(packet, _) in &wire.coming {
            x -= tag_width(packet);
            if x < 206 {
                break;
            }
            sheet.tag(scene, "wire", packet, (x, area.y + 7));
            x -= 4;
        }
    })
}

fn nic(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("nic", &[], |sheet| {
        sheet.rect("nic-frame", &["zone"], area, 8);
        let name = Label::words("stage-nic");
        sheet.text("nic-name", &[], Text::start(Face::Title, 10, area.y + 20, 80, name));
        if scene.view.nic.queue.1 > 1 {
            let (x, room) = (area.right() - 10, area.w - 110);
            let queue = Text::end(Face::Note, x, area.y + 20, room, queue_name(scene));
            sheet.text("nic-queue", &["soft"], queue);
        }
        let inner = Area::new(8, area.y + 28, area.w - 16, 50);
        let [fifo, queue] = side_by_side(inner, [52, 48]);
        self::fifo(scene, sheet, fifo);
        registers(scene, sheet, queue);
        let inner = Area { y: area.y + 82, h: 48, ..inner };
        let [dial, vector] = side_by_side(inner, [52, 48]);
        moderation(scene, sheet, dial);
        self::vector(scene, sheet, vector);
    })
}

fn fifo(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let fifo = &scene.view.nic.fifo;
    sheet.panel(scene, Place::Fifo, area, Label::words("stage-fifo"));
    let line = Area::new(area.x + 8, area.y + 25, area.w - 12, 20);
    let shown = &fifo.0[..fifo.0.len().min(2)];
    sheet.tags(scene, "fifo", line, shown, fifo.1 as usize);
    empty(sheet, "fifo", line, fifo.1 == 0);
}

fn empty(sheet: &mut Sheet, place: &str, line: Area, is: bool) {
    if is {
        let words = Label::words("stage-empty");
        let text = Text::start(Face::Note, line.x, line.y + 14, line.w, words);
        sheet.text(&format!("{place}-empty"), &["soft"], text);
    }
}

fn registers(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let nic = &scene.view.nic;
    sheet.frame(scene, Place::Queue, area);
    let (head, tail) = register_names(scene.view.driver);
    let x = (area.x + 8, area.right() - 8);
    let value = Label::count(nic.head);
    let classes = scene.marked("head", &["RLAN.head", "RDH"]);
    sheet.row_of("register-head", &classes, x, area.y + 19, Label::ident(head), value);
    let value = Label::count(nic.tail);
    let classes = scene.marked("tail", &["QRX_TAIL", "RDT"]);
    sheet.row_of("register-tail", &classes, x, area.y + 40, Label::ident(tail), value);
}

fn moderation(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    sheet.panel(scene, Place::Moderation, area, Label::words("stage-moderation"));
    let Some(vector) = receive_vector(scene) else {
        return;
    };
    let least = u64::from(vector.itr_ns.max(vector.intrl_ns));
    let bar = Area::new(area.x + 8, area.y + 32, 60, 6);
    sheet.bar("dial-fill", bar, vector.since_fired_ns.unwrap_or(least), least);
    let itr = Label::ident(format!("ITR {}", duration(vector.itr_ns.into())));
    let text = Text::end(Face::Code, area.right() - 8, area.y + 39, area.w - 84, itr);
    sheet.text("dial-itr", &[], text);
}

fn vector(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    sheet.panel(scene, Place::Vector, area, Label::ident("MSI-X"));
    let Some(vector) = receive_vector(scene) else {
        return;
    };
    let fired =
        Text::end(Face::Strong, area.right() - 8, area.y + 18, 60, Label::count(vector.fired));
    sheet.text("vector-fired", &[], fired);
    let inner = Area::new(area.x + 8, area.y + 24, area.w - 16, 19);
    let [armed, cause] = side_by_side(inner, [50, 50]);
    let words = if vector.armed { "stage-armed" } else { "stage-masked" };
    sheet.chip("vector-armed", vector.armed, armed, Label::words(words));
    let words = if vector.cause { "stage-cause" } else { "stage-no-cause" };
    sheet.chip("vector-cause", vector.cause, cause, Label::words(words));
}

fn bus_zone(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("bus", &[], |sheet| {
        sheet.rect("bus-frame", &["zone"], area, 8);
        let text = Text::start(Face::Title, 10, area.y + 22, 50, Label::ident("PCIe"));
        sheet.text("bus-name", &[], text);
        let nic = &scene.view.nic;
        let Some(message) = scene.focus.bus else {
            let iotlb = [
                ("hits", Argument::Ident(super::super::compact(nic.iotlb.0))),
                ("misses", Argument::Ident(super::super::compact(nic.iotlb.1))),
            ];
            let iotlb = Label::with("stage-iotlb", iotlb);
            let text = Text::end(Face::Note, area.right() - 10, area.y + 21, area.w - 80, iotlb);
            return sheet.text("iommu-state", &["soft"], text);
        };
        let (label, _) = bus::words(scene, message);
        let pill = Area::new(66, area.y + 4, (area.w - 74).min(320), 26);
        sheet.rect("bus-pill", &["pill"], pill, 13);
        let text = Text::middle(Face::Label, pill.middle(), pill.centre() + 4, pill.w - 16, label);
        sheet.text("bus-text", &[], text);
    })
}

fn memory(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("memory", &[], |sheet| {
        let mut frame = scene.lit(Place::Ring);
        frame.retain(|class| *class != "box");
        frame.insert(0, "zone");
        sheet.rect("memory-frame", &frame, area, 8);
        let name = Label::words("stage-memory");
        sheet.text("memory-name", &[], Text::start(Face::Title, 10, area.y + 20, 130, name));
        let Some(ring) = &scene.view.ring else {
            let words = Label::words("stage-no-ring");
            let text = Text::middle(Face::Label, area.middle(), area.centre(), area.w - 24, words);
            return sheet.text("ring-none", &["soft"], text);
        };
        let caption =
            Text::end(Face::Note, area.right() - 10, area.y + 20, area.w - 150, window_name(ring));
        sheet.text("ring-window", &["soft"], caption);
        strip(sheet, Area::new(10, area.y + 28, area.w - 20, 6), ring);
        grid(sheet, Area::new(8, area.y + 41, area.w - 16, 145), ring);
        legend(sheet, Area::new(10, area.y + 192, area.w - 20, 16), ring);
    })
}

/// The whole ring as a strip.
fn strip(sheet: &mut Sheet, area: Area, ring: &RingView) {
    let at = |slot: u16| i32::from(slot) * area.w / i32::from(ring.count.max(1));
    for (owner, first, length) in &ring.stretches {
        let (from, to) = (at(*first), at(first + length));
        let from = from.min(area.w - 3);
        let part = Area::new(area.x + from, area.y, (to - from).max(3), area.h);
        let id = format!("stretch-{}-{first}", owner.letter());
        sheet.rect(&id, &["stretch", owner.class()], part, 0);
    }
}

fn legend(sheet: &mut Sheet, area: Area, ring: &RingView) {
    for (part, owner) in side_by_side(area, [25; 4]).into_iter().zip(Owner::ALL) {
        let id = format!("legend-{}", owner.letter());
        let badge = Area::new(part.x, part.y, 16, 16);
        sheet.rect(&id, &["slot", owner.class()], badge, 3);
        let letter = Label::ident(owner.letter());
        let text = Text::middle(Face::Code, badge.middle(), part.y + 12, 14, letter);
        sheet.text(&format!("{id}-letter"), &["on-slot", owner.class()], text);
        let slots = ring.owned[owner as usize];
        let (words, room) = if part.w >= 130 {
            (owner_words(owner, slots), part.w - 20)
        } else {
            (Label::ident(slots.to_string()), 40)
        };
        let text = Text::start(Face::Note, part.x + 20, part.y + 12, room, words);
        sheet.text(&format!("{id}-words"), &[], text);
    }
}

fn cpu(scene: &Scene<'_>, area: Area) -> Shape {
    let cpu = &scene.view.cpu;
    Sheet::group("cpu", &[], |sheet| {
        sheet.rect("cpu-frame", &["zone"], area, 8);
        let text = Text::start(Face::Title, 10, area.y + 20, 60, Label::ident("CPU 0"));
        sheet.text("cpu-name", &[], text);
        let words = if cpu.interrupts_on { "stage-irqs-on" } else { "stage-irqs-off" };
        let text =
            Text::end(Face::Note, area.right() - 10, area.y + 20, area.w - 90, Label::words(words));
        sheet.text("cpu-interrupts", &["soft"], text);
        let inner = Area::new(8, area.y + 28, area.w - 16, 42);
        let places = [Place::Hardirq, Place::Softirq, Place::Task];
        for (part, place) in side_by_side(inner, [33, 34, 33]).into_iter().zip(places) {
            context(scene, sheet, place, part);
        }
        let inner = Area { y: area.y + 75, h: 20, ..inner };
        let Some(napi) = &scene.view.napi else {
            return;
        };
        for (part, (name, bit)) in side_by_side(inner, [25; 4]).into_iter().zip(BITS) {
            let id = format!("napi-{}", name.to_ascii_lowercase());
            sheet.chip(&id, napi.state & bit != 0, part, Label::ident(name));
        }
    })
}

fn context(scene: &Scene<'_>, sheet: &mut Sheet, place: Place, area: Area) {
    let name = match place {
        Place::Hardirq => "hardirq",
        Place::Softirq => "softirq",
        _ => task_name(scene.view.cpu.task),
    };
    sheet.panel(scene, place, area, Label::ident(name));
    let id = place.id();
    let lit = running(scene) == place;
    if lit {
        let mark = Area::new(area.x, area.y + 7, 3, area.h - 14);
        sheet.rect(&format!("{id}-running"), &["running"], mark, 1);
    }
    let Some(function) = function(scene, place) else {
        let text = Text::start(
            Face::Note,
            area.x + 8,
            area.y + 35,
            area.w - 12,
            Label::words("stage-nothing"),
        );
        return sheet.text(&format!("{id}-function"), &["soft"], text);
    };
    let classes: &[&'static str] = if lit { &[] } else { &["soft"] };
    let text =
        Text::start(Face::Code, area.x + 8, area.y + 35, area.w - 12, Label::ident(function));
    sheet.text(&format!("{id}-function"), classes, text);
}

fn stack(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("stack", &[], |sheet| {
        sheet.rect("stack-frame", &["zone"], area, 8);
        let name = Label::words("stage-stack");
        sheet.text("stack-name", &[], Text::start(Face::Title, 10, area.y + 20, 120, name));
        let inner = Area::new(8, area.y + 28, area.w - 16, 50);
        let [gro, core, ip, udp, queue, reader] = side_by_side(inner, [18, 14, 12, 14, 20, 22]);
        let waiting =
            scene.view.napi.as_ref().map_or_else(Vec::new, |napi| {
                napi.held.iter().chain(&napi.rx_list).copied().collect()
            });
        one_line(scene, sheet, Place::Gro, gro, Label::ident("GRO"), &waiting);
        let layers = [
            (Place::Core, core, Label::words("stage-core")),
            (Place::Ip, ip, Label::ident("IP")),
            (Place::Transport, udp, transport(scene)),
        ];
        for (place, part, name) in layers {
            one_line(scene, sheet, place, part, name, &passing(scene, place));
        }
        let socket = socket(scene).map(|(_, socket)| socket);
        let queued = socket.map_or(&[][..], |socket| &socket.queue.0);
        one_line(scene, sheet, Place::Socket, queue, Label::words("stage-socket-short"), queued);
        sheet.panel(scene, Place::Application, reader, Label::words("stage-application-short"));
        let (words, awake) = reader_words(socket);
        let chip = Area::new(reader.x + 5, reader.y + 25, reader.w - 10, 20);
        sheet.chip("reader-state", awake, chip, Label::words(short_of(words)));
    })
}

fn short_of(reader: &'static str) -> &'static str {
    match reader {
        "stage-reader-none" => "stage-reader-none-short",
        "stage-reader-ended" => "stage-reader-ended-short",
        "stage-reader-sleeps" => "stage-reader-sleeps-short",
        _ => "stage-reader-reads-short",
    }
}

/// A box with its name and one line: a tag and how many more there are.
fn one_line(
    scene: &Scene<'_>,
    sheet: &mut Sheet,
    place: Place,
    area: Area,
    name: Label,
    packets: &[crate::units::PacketId],
) {
    sheet.panel(scene, place, area, name);
    let line = Area::new(area.x + 4, area.y + 25, area.w - 6, 20);
    sheet.row_of_tags(scene, place.id(), line, packets);
}
