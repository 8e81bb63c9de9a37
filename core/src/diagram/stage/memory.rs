//! Host memory: the descriptor ring with its pointers, and the pages that hold packets.

use super::boxes;
use super::grid::{grid, owner_words};
use crate::diagram::compact;
use crate::diagram::focus::Place;
use crate::diagram::shape::{Area, Argument, Face, Label, Point, Shape, Target};
use crate::diagram::sheet::{Scene, Sheet, Text, clipped, tag_width};
use crate::diagram::turn::{FULL, piece, spoke};
use crate::units::PacketId;
use crate::view::{Owner, PointerKind, RingView};

/// The smallest piece of the ring that can still be seen.
const LEAST_TURN: i32 = FULL / 120;

/// The zone between bus and CPU.
pub(super) fn zone(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("memory", &[], |sheet| {
        sheet.zone("memory", area, Label::words("stage-memory"));
        let [ring_box, pages] = boxes(area, [(326, 65), (54, 35)]);
        sheet.frame(scene, Place::Ring, ring_box);
        let Some(ring) = &scene.view.ring else {
            let text = Text::middle(
                Face::Label,
                area.middle(),
                200,
                area.w - 24,
                Label::words("stage-no-ring"),
            );
            sheet.text("ring-none", &["soft"], text);
            return buffers(scene, sheet, pages, &[]);
        };
        overview(scene, sheet, ring_box, ring);
        let inner = ring_box.inset(8, 0);
        legend(sheet, Area { y: ring_box.y + 124, ..inner }, ring);
        let (y, name) = (ring_box.y + 174, window_name(ring));
        let caption = Text::start(Face::Note, inner.x, y, inner.w, name);
        sheet.text("ring-window", &["soft"], caption);
        let slots = Area::new(ring_box.x + 6, y + 7, ring_box.w - 12, ring_box.h - 185);
        grid(sheet, slots, ring);
        let waiting = waiting(ring);
        buffers(scene, sheet, pages, &waiting);
    })
}

/// Which slots are shown.
pub(super) fn window_name(ring: &RingView) -> Label {
    let index = |slot: Option<&crate::view::SlotView>| {
        Argument::Number(slot.map_or(0, |slot| slot.index.into()))
    };
    Label::with(
        "stage-window",
        [
            ("first", index(ring.window.first())),
            ("last", index(ring.window.last())),
            ("count", Argument::Number(ring.count.into())),
        ],
    )
}

/// The whole ring in small, and where its pointers stand.
fn overview(scene: &Scene<'_>, sheet: &mut Sheet, area: Area, ring: &RingView) {
    let small = area.w < 300;
    let (radius, thickness) = if small { (380, 120) } else { (520, 150) };
    let centre = Point { x: area.x * 10 + radius + 100, y: area.y * 10 + 620 };
    let (inner, outer) = (radius - thickness, radius);
    for (owner, first, length) in &ring.stretches {
        let from = angle(*first, ring.count);
        let turn = angle(*length, ring.count).max(LEAST_TURN);
        let data = piece(centre, inner, outer, from, turn);
        let id = format!("stretch-{}-{first}", owner.letter());
        sheet.path(&id, &["stretch", owner.class()], data);
    }
    for (kind, slot) in &ring.pointers {
        let (from, to) =
            if kind.in_card() { (inner - 70, inner + 60) } else { (outer - 60, outer + 50) };
        let id = format!("hand-{}", kind.class());
        let hand = spoke(centre, from, to, angle(*slot, ring.count));
        sheet.path(&id, &["hand", kind.class()], hand);
    }
    let (x, y) = (centre.x / 10, centre.y / 10);
    let name = Label::with("stage-ring", [("ring", Argument::Number(ring.number.into()))]);
    let (rise, room) = if small { (5, 48) } else { (-6, 62) };
    sheet.text("ring-name", &[], Text::middle(Face::Label, x, y + rise, room, name));
    if !small {
        let size = Label::ident(format!("{}×{}", ring.count, ring.descriptor_bytes));
        sheet.text("ring-size", &["soft"], Text::middle(Face::Code, x, y + 11, 62, size));
    }
    let left = x + radius / 10 + if small { 8 } else { 11 };
    pointers(scene, sheet, Area::new(left, area.y + 8, area.right() - 8 - left, 0), ring);
}

fn angle(slots: u16, count: u16) -> i32 {
    i32::from(slots) * FULL / i32::from(count.max(1))
}

fn pointers(scene: &Scene<'_>, sheet: &mut Sheet, area: Area, ring: &RingView) {
    for (line, (kind, slot)) in (0..).zip(&ring.pointers) {
        let y = area.y + line * 20;
        let id = format!("pointer-{}-badge", kind.class());
        let badge = Area::new(area.x, y, 17, 17);
        sheet.rect(&id, &["badge", kind.class()], badge, 4);
        let letter =
            Text::middle(Face::Code, badge.middle(), y + 13, 15, Label::ident(kind.letter()));
        sheet.text(&format!("{id}-letter"), &["on-badge"], letter);
        let id = format!("pointer-{}-value", kind.class());
        let value =
            Text::end(Face::Strong, area.right(), y + 13, 32, Label::ident(slot.to_string()));
        let members: &[&str] = match kind {
            PointerKind::Head => &["RLAN.head", "RDH"],
            PointerKind::Tail => &["QRX_TAIL", "RDT"],
            _ => &[kind.name()],
        };
        sheet.text(&id, &scene.marked("value", members), value);
        let name =
            Text::start(Face::Code, area.x + 21, y + 13, area.w - 53, Label::ident(kind.name()));
        sheet.text(&format!("{id}-key"), &["soft"], name);
    }
    let addresses =
        [("ring-desc", "stage-ring-desc", ring.desc.0), ("ring-dma", "stage-ring-dma", ring.dma.0)];
    for (line, (id, key, address)) in (0..).zip(addresses) {
        let y = area.y + 93 + line * 15;
        let hex = format!("{address:x}");
        let key = Text::start(Face::Note, area.x, y, 32, Label::words(key));
        sheet.text(&format!("{id}-key"), &["soft"], key);
        let shown = Label::ident(clipped(Face::Code, hex, area.w - 32));
        let text = Text::end(Face::Code, area.right(), y, area.w - 32, shown);
        sheet.text(id, &[], text);
    }
}

/// What the letters mean, with how many slots each owner has.
fn legend(sheet: &mut Sheet, area: Area, ring: &RingView) {
    for (place, owner) in Owner::ALL.into_iter().enumerate() {
        let (column, line) = (place % 2, place / 2);
        // "Written back" needs the larger part.
        let left = area.w * 57 / 100;
        let (x, width) = [(area.x, left), (area.x + left, area.w - left)][column];
        let y = area.y + if line == 0 { 0 } else { 19 };
        let id = format!("legend-{}", owner.letter());
        let badge = Area::new(x, y, 16, 16);
        sheet.rect(&id, &["slot", owner.class()], badge, 3);
        let letter =
            Text::middle(Face::Code, badge.middle(), y + 12, 14, Label::ident(owner.letter()));
        sheet.text(&format!("{id}-letter"), &["on-slot", owner.class()], letter);
        let words = owner_words(owner, ring.owned[owner as usize]);
        let text = Text::start(Face::Note, x + 20, y + 12, width - 20, words);
        sheet.text(&format!("{id}-words"), &[], text);
    }
}

/// The written-back slots that are shown, with the packets in their buffers.
pub(super) fn waiting(ring: &RingView) -> Vec<(u16, PacketId)> {
    let slots = ring.window.iter();
    slots.filter_map(|slot| Some((slot.index, slot.packet?))).collect()
}

/// The pages: which packet lies in which slot's buffer.
fn buffers(scene: &Scene<'_>, sheet: &mut Sheet, area: Area, waiting: &[(u16, PacketId)]) {
    sheet.panel(scene, Place::Buffers, area, Label::words("stage-buffers"));
    let y = area.y + 28;
    let mut x = area.x + 8;
    if waiting.is_empty() {
        let text = Text::start(Face::Note, x, y + 14, area.w - 16, Label::words("stage-no-packet"));
        return sheet.text("buffers-none", &["soft"], text);
    }
    for (place, &(slot, packet)) in waiting.iter().enumerate() {
        let width = 34 + tag_width(packet);
        let left = waiting.len() - place;
        if x + width + if left > 1 { 40 } else { 0 } > area.right() {
            let more = Label::ident(format!("+{}", compact(left as u64)));
            return sheet.text(
                "buffers-more",
                &["soft"],
                Text::start(Face::Code, x, y + 14, 40, more),
            );
        }
        let slot_text = Text::end(Face::Code, x + 30, y + 14, 30, Label::ident(slot.to_string()));
        sheet.text(&format!("buffer-{slot}"), &["soft"], slot_text);
        sheet.stands_for(Target::Buffer(slot));
        sheet.tag(scene, &format!("buffer-{slot}"), packet, (x + 34, y));
        x += width + 8;
    }
}
