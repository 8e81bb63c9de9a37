//! A struct as its cachelines: eight bytes to a row, eight rows to a line, members to scale, what nobody
//! uses hatched.
//!
//! Of a union one member is shown at a time, as the reader chose. A struct within it whose members stand below
//! it is shown as these. Lines that lie within one member are folded.
//! Every name is there: what has no room in its cell, or lies in a union behind what is shown, stands below the row.

mod below;

use super::shape::{Anchor, Area, Face, Kind, Label, Shape, width_of};
use crate::atlas::{CACHELINE_BYTES, Layout, Member, StructKind};
use below::Below;
use std::collections::BTreeMap;

/// Bytes of a row.
const ROW_BYTES: u32 = 8;
const ROW_BITS: u64 = 64;
/// Height of a row, and what lies between two.
const ROW: i32 = 22;
const GAP: i32 = 2;
/// What lies between two cachelines.
const LINE_GAP: i32 = 8;
/// Room for offsets at the left, and for the scale above.
const GUTTER: i32 = 60;
const SCALE: i32 = 22;
/// The least width of the map: every byte has room for two letters.
pub const CACHELINES_LEAST: i32 = GUTTER + 8 * 28;
/// Lines within one member that are shown of many: the first and the last.
const FOLD_FROM: u64 = 4;

/// Stands for the struct as a whole, where that is a union.
pub const WHOLE: usize = usize::MAX;

/// A struct's map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cachelines {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// What it is made of: a shape for each member, `m` with its place among the layout's members.
    pub shapes: Vec<Shape>,
}

/// Bits of a struct that one member has, or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The member's place among the layout's; none for what nobody uses.
    pub member: Option<usize>,
    /// Its first bit from the start of the struct.
    pub start: u64,
    /// The bit behind its last.
    pub end: u64,
}

/// What lies where, in the order of the bits: without overlap and without gap. `shown` says which member of
/// a union is shown, by the union's place among the members; else the first.
#[must_use]
pub fn cells(layout: &Layout, shown: &BTreeMap<usize, usize>) -> Vec<Cell> {
    Found::of(layout, shown).without_gaps(layout)
}

/// What a struct's members come to when of each union one is shown.
#[derive(Default)]
struct Found {
    /// The members that are shown.
    cells: Vec<Cell>,
    /// Those of unions that are not: the byte where the union begins, and the member's place.
    others: Vec<(u32, usize)>,
}

impl Found {
    fn of(layout: &Layout, shown: &BTreeMap<usize, usize>) -> Self {
        let mut found = Self::default();
        let is_union = layout.kind == StructKind::Union;
        let whole = Block { first: 0, end: layout.members.len(), depth: 1, is_union, owner: None };
        collect(layout, shown, whole, &mut found);
        found.cells.sort_by_key(|cell| (cell.start, cell.end));
        found
    }

    fn without_gaps(&self, layout: &Layout) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(self.cells.len());
        let mut seen = 0;
        let end = u64::from(layout.size) * 8;
        for cell in &self.cells {
            let cell = Cell { start: cell.start.max(seen), end: cell.end.min(end), ..*cell };
            if cell.start >= cell.end {
                continue;
            }
            if cell.start > seen {
                cells.push(Cell { member: None, start: seen, end: cell.start });
            }
            seen = cell.end;
            cells.push(cell);
        }
        if seen < end {
            cells.push(Cell { member: None, start: seen, end });
        }
        cells
    }

    /// Notes the named members of one that is not shown. What lies below a name is not spoken of.
    fn leave_out(&mut self, layout: &Layout, union_start: u32, place: usize, end: usize) {
        let mut below = u32::MAX;
        for (place, member) in (place..).zip(&layout.members[place..end]) {
            if member.depth > below {
                continue;
            }
            below = u32::MAX;
            if !member.name.is_empty() {
                below = member.depth;
                self.others.push((union_start, place));
            }
        }
    }
}

/// Members of one struct or union.
#[derive(Clone, Copy)]
struct Block {
    first: usize,
    end: usize,
    depth: u32,
    is_union: bool,
    /// The member that they are of.
    owner: Option<usize>,
}

fn collect(layout: &Layout, shown: &BTreeMap<usize, usize>, block: Block, found: &mut Found) {
    let members = &layout.members[block.first..block.end];
    let own = (block.first..).zip(members).filter(|(_, member)| member.depth == block.depth);
    let number = shown.get(&block.owner.unwrap_or(WHOLE)).copied().unwrap_or(0);
    for (order, (place, member)) in own.enumerate() {
        let below = layout.members[place + 1..block.end].iter();
        let end = place + 1 + below.take_while(|inner| inner.depth > block.depth).count();
        if block.is_union && order != number {
            let union_start = block.owner.map_or(0, |owner| layout.members[owner].offset);
            found.leave_out(layout, union_start, place, end);
            continue;
        }
        // Below a pointer lies nothing of this struct, and below an array only its first. What has a name, and a
        // type without one, is one with its name.
        let has_parts = end > place + 1 && !member.type_name.contains(['*', '[', '(']);
        let is_bare = [StructKind::Struct, StructKind::Union]
            .iter()
            .any(|kind| member.type_name == kind.keyword());
        let is_open = has_parts && (member.name.is_empty() || !is_bare);
        if is_open {
            let is_union = member.type_name.starts_with(StructKind::Union.keyword());
            let depth = block.depth + 1;
            let inner = Block { first: place + 1, end, depth, is_union, owner: Some(place) };
            collect(layout, shown, inner, found);
        } else {
            let (start, length) = bits(member);
            found.cells.push(Cell { member: Some(place), start, end: start + length });
        }
    }
}

fn bits(member: &Member) -> (u64, u64) {
    let start = u64::from(member.offset) * 8;
    match (member.bit_offset, member.bit_size) {
        (Some(offset), Some(size)) => (start + u64::from(offset), u64::from(size)),
        _ => (start, u64::from(member.size) * 8),
    }
}

/// Draws the map for a width.
#[must_use]
pub fn cachelines(layout: &Layout, shown: &BTreeMap<usize, usize>, width: i32) -> Cachelines {
    let width = width.max(CACHELINES_LEAST);
    let found = Found::of(layout, shown);
    let cells = found.without_gaps(layout);
    let below = Below::of(layout, &cells, &found.others, width);
    let rows = Rows::of(layout, &cells, below, width);
    let mut shapes = rows.scale();
    for cell in &cells {
        shapes.push(rows.cell(layout, cell));
    }
    shapes.extend(rows.below.others(&rows.tops));
    Cachelines { width, height: rows.height, shapes }
}

/// Where the rows lie.
struct Rows {
    width: i32,
    height: i32,
    /// The upper edge of each row that is shown, by its number.
    tops: BTreeMap<u64, i32>,
    /// Rows in whose place several lines are folded, with how many.
    folded: BTreeMap<u64, u64>,
    /// What is written below them.
    below: Below,
}

/// Where a bit of a row lies.
fn bit_x(width: i32, bit: u64) -> i32 {
    let room = i64::from(width - GUTTER);
    // A row has 64 bits, and the width is that of a screen.
    GUTTER + (room * bit.min(ROW_BITS) as i64 / ROW_BITS as i64) as i32
}

/// The bits of a row that a cell has, from the row's start.
fn bits_of_row(cell: &Cell, row: u64) -> (u64, u64) {
    let start = cell.start.max(row * ROW_BITS) - row * ROW_BITS;
    (start, cell.end.min((row + 1) * ROW_BITS) - row * ROW_BITS)
}

impl Rows {
    fn of(layout: &Layout, cells: &[Cell], below: Below, width: i32) -> Self {
        let line_rows = u64::from(CACHELINE_BYTES / ROW_BYTES);
        let line_bits = line_rows * ROW_BITS;
        let lines = u64::from(layout.cachelines());
        let mut hidden = BTreeMap::new();
        for cell in cells {
            let (first, end) = (cell.start.div_ceil(line_bits), cell.end / line_bits);
            if end >= first + FOLD_FROM {
                hidden.insert(first + 1, end - 1);
            }
        }
        let mut rows =
            Self { width, height: SCALE, tops: BTreeMap::new(), folded: BTreeMap::new(), below };
        let mut line = 0;
        while line < lines {
            let first = line * line_rows;
            if let Some(end) = hidden.get(&line) {
                rows.tops.insert(first, rows.height);
                rows.folded.insert(first, end - line);
                rows.height += ROW + rows.below.height(first) + LINE_GAP;
                line = *end;
                continue;
            }
            let last = (first + line_rows).min(u64::from(layout.size.div_ceil(ROW_BYTES)));
            for row in first..last {
                rows.tops.insert(row, rows.height);
                rows.height += ROW + rows.below.height(row) + GAP;
            }
            rows.height += LINE_GAP - GAP;
            line += 1;
        }
        rows
    }

    /// The bytes of a row above, offsets and lines at the left.
    fn scale(&self) -> Vec<Shape> {
        let byte = |byte: u64| {
            let at = (bit_x(self.width, byte * 8) + 2, SCALE - 8);
            text(format!("byte{byte}"), "soft", at, Anchor::Start, 28, format!("+{byte}"))
        };
        let mut shapes: Vec<Shape> = (0..u64::from(ROW_BYTES)).map(byte).collect();
        for (row, top) in &self.tops {
            let at = (GUTTER - 8, top + ROW - 7);
            let offset = row * u64::from(ROW_BYTES);
            let class =
                if offset % u64::from(CACHELINE_BYTES) == 0 { "line-start" } else { "soft" };
            let room = GUTTER - 12;
            shapes.push(text(
                format!("at{offset}"),
                class,
                at,
                Anchor::End,
                room,
                offset.to_string(),
            ));
        }
        shapes
    }

    /// A member, or what nobody uses: a rectangle in each row, its name in the widest.
    fn cell(&self, layout: &Layout, cell: &Cell) -> Shape {
        let member = cell.member.map(|place| (place, &layout.members[place]));
        let id = match member {
            Some((place, _)) => format!("m{place}"),
            None => format!("hole{}", cell.start),
        };
        let class = match member {
            None => "hole",
            Some((_, member)) if member.type_name.contains('*') => "pointer",
            Some(_) => "member",
        };
        let mut parts = Vec::new();
        let mut widest = Area::default();
        for (row, top) in self.tops.range(cell.start / ROW_BITS..cell.end.div_ceil(ROW_BITS)) {
            let (start, end) = bits_of_row(cell, *row);
            let (left, right) = (bit_x(self.width, start), bit_x(self.width, end));
            let area = Area::new(left, *top, (right - left - 1).max(1), ROW);
            if area.w > widest.w {
                widest = area;
            }
            let kind = Kind::Rect { area, radius: 2 };
            parts.push(shape(format!("{id}-{row}"), Vec::new(), kind));
            if let Some(lines) = self.folded.get(row) {
                let at = (area.right() - 8, top + ROW - 7);
                let more = Label::Text {
                    key: "struct-lines-folded",
                    arguments: vec![("lines", super::shape::Argument::Number(*lines))],
                };
                let kind = Kind::Text {
                    at,
                    anchor: Anchor::End,
                    face: Face::Note,
                    room: area.w / 2,
                    label: more,
                };
                parts.push(shape(format!("{id}-folded"), vec!["soft"], kind));
            }
        }
        if let Some((place, member)) = member {
            parts.extend(names(&id, member, widest));
            parts.extend(self.below.name(place, &self.tops));
        }
        shape(id, vec![class], Kind::Group(parts))
    }
}

/// Whether a member's name fits into a cell of that width.
fn is_name_seen(member: &Member, width: i32) -> bool {
    width_of(Face::Code, &member.name) <= width - 10
}

/// A member's name, and its type behind it, as far as there is room: a name that would be cut stands below.
fn names(id: &str, member: &Member, area: Area) -> Vec<Shape> {
    let base = area.y + ROW - 7;
    let room = area.w - 10;
    let name = width_of(Face::Code, &member.name);
    if !is_name_seen(member, area.w) {
        return Vec::new();
    }
    let at = (area.x + 5, base);
    let mut texts =
        vec![text(format!("{id}-name"), "name", at, Anchor::Start, room, member.name.clone())];
    if name + width_of(Face::Code, &member.type_name) + 12 <= room {
        let at = (area.right() - 5, base);
        let of = member.type_name.clone();
        texts.push(text(format!("{id}-type"), "soft", at, Anchor::End, room - name, of));
    }
    texts
}

fn text(
    id: String,
    class: &'static str,
    at: (i32, i32),
    anchor: Anchor,
    room: i32,
    says: String,
) -> Shape {
    let kind = Kind::Text { at, anchor, face: Face::Code, room, label: Label::Ident(says) };
    shape(id, vec![class], kind)
}

fn shape(id: String, classes: Vec<&'static str>, kind: Kind) -> Shape {
    Shape { id, classes, target: None, kind }
}
