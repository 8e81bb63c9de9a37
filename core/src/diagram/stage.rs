//! The Walk page's stage: the machine from left to right, as a packet goes.

mod bus;
mod cpu;
mod grid;
mod memory;
mod narrow;
mod nic;
mod stack;
mod wire;

use super::focus::Focus;
use super::shape::{Area, Shape};
use super::sheet::Scene;
use crate::view::WalkView;

/// The least width at which zones stand side by side.
pub const WIDE_LEAST: i32 = 912;
/// The greatest width that a stage is laid out for; a wider place shows it larger.
const WIDE_MOST: i32 = 1_280;
/// The least width of all.
pub const NARROW_LEAST: i32 = 336;
/// The greatest width of zones below each other.
const NARROW_MOST: i32 = 760;
/// Between zones.
const GAP: i32 = 8;
/// The least and the greatest height of zones side by side.
const HEIGHTS: (i32, i32) = (472, 660);
/// From a zone's top to its first box.
const HEAD: i32 = 36;
/// Height of the bus below host memory.
pub(super) const BAND: i32 = 32;
/// Where messages between card and memory pass.
pub(super) const LANE: i32 = 96;

/// How the zones stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Side by side.
    Wide,
    /// Below each other.
    Narrow,
}

/// A finished stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// How its zones stand.
    pub form: Form,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// What the last step was about.
    pub focus: Focus,
    /// Its zones, in order of painting.
    pub zones: Vec<Shape>,
}

/// Lays out the stage for a place of this width, and of about this height where zones stand side by
/// side.
#[must_use]
pub fn stage(view: &WalkView, width: i32, height: i32) -> Stage {
    let scene = Scene { view, focus: Focus::of(view) };
    if width >= WIDE_LEAST {
        wide(&scene, width.min(WIDE_MOST), height.clamp(HEIGHTS.0, HEIGHTS.1))
    } else {
        narrow::stage(&scene, width.clamp(NARROW_LEAST, NARROW_MOST))
    }
}

/// Where the zones of a wide stage are.
struct Columns {
    wire: Area,
    nic: Area,
    pcie: Area,
    memory: Area,
    cpu: Area,
    stack: Area,
}

impl Columns {
    fn of(width: i32, height: i32) -> Self {
        // Width at the least, and share of what is left, in hundredths.
        const ZONES: [(i32, i32); 6] =
            [(60, 2), (170, 15), (92, 4), (262, 44), (148, 16), (128, 19)];
        let least: i32 = ZONES.iter().map(|zone| zone.0).sum();
        let left = width - least - GAP * 5;
        let mut x = 0;
        let mut areas = ZONES.map(|(least, share)| {
            let area = Area::new(x, 0, least + left * share / 100, height);
            x = area.right() + GAP;
            area
        });
        // What the divisions left over.
        areas[5].w = width - areas[5].x;
        let [wire, nic, pcie, mut memory, cpu, stack] = areas;
        memory.h = height - BAND - GAP;
        Self { wire, nic, pcie, memory, cpu, stack }
    }
}

fn wide(scene: &Scene<'_>, width: i32, height: i32) -> Stage {
    let columns = Columns::of(width, height);
    let band = Area::new(columns.memory.x, height - BAND, columns.memory.w, BAND);
    Stage {
        form: Form::Wide,
        width,
        height,
        focus: scene.focus,
        zones: vec![
            wire::zone(scene, columns.wire),
            nic::zone(scene, columns.nic),
            memory::zone(scene, columns.memory),
            cpu::zone(scene, columns.cpu),
            stack::zone(scene, columns.stack),
            bus::zone(scene, columns.pcie, band),
        ],
    }
}

/// Boxes below each other in a zone; each has a least height and a share, in hundredths, of what is
/// left.
fn boxes<const N: usize>(zone: Area, boxes: [(i32, i32); N]) -> [Area; N] {
    let least: i32 = boxes.iter().map(|(least, _)| least + GAP).sum();
    let left = zone.h - HEAD - least;
    let mut y = zone.y + HEAD;
    boxes.map(|(least, share)| {
        let area = Area::new(zone.x + 8, y, zone.w - 16, least + left * share / 100);
        y = area.bottom() + GAP;
        area
    })
}
