//! What is written below a row: the names that its cells have no room for, byte by byte, and the members of a
//! union that lie where another one is shown.

use super::{
    Cell, GUTTER, ROW, ROW_BITS, ROW_BYTES, bit_x, bits_of_row, is_name_seen, shape, text,
};
use crate::atlas::{Layout, Member, StructKind};
use crate::diagram::shape::{Anchor, Face, Kind, Shape, width_of};
use std::collections::BTreeMap;

/// Height of a line, and what lies between two names.
const LINE: i32 = 16;
const SPACE: i32 = 10;
/// Between the row and the first of its lines.
const HEAD: i32 = 2;

/// The texts below the rows.
#[derive(Default)]
pub(super) struct Below {
    /// Names of cells, by the place of their member, each in the pieces that it is broken into.
    names: BTreeMap<usize, Vec<Written>>,
    /// Members that are not shown, likewise.
    others: BTreeMap<usize, Vec<Written>>,
    /// What says of which byte, or that it is a union.
    heads: Vec<Written>,
    /// How many lines a row has.
    lines: BTreeMap<u64, i32>,
}

/// A text and its place.
struct Written {
    says: String,
    row: u64,
    line: i32,
    x: i32,
}

/// Where the next text goes.
struct Pen {
    row: u64,
    width: i32,
    line: i32,
    x: i32,
}

impl Pen {
    /// Writes a name, with its head where it has one: the two are not parted. What is longer than a line is
    /// broken.
    fn write(&mut self, head: &str, name: &str) -> (Option<Written>, Vec<Written>) {
        let lead = if head.is_empty() { 0 } else { width_of(Face::Code, head) + SPACE / 2 };
        let wide = lead + width_of(Face::Code, name);
        if self.x + wide > self.width && self.x > GUTTER {
            (self.line, self.x) = (self.line + 1, GUTTER);
        }
        let head = (lead > 0).then(|| self.at(head, self.x));
        let x = self.x + lead;
        let mut pieces = Vec::new();
        let mut rest = name;
        loop {
            let (piece, left) = rest.split_at(fitting(rest, self.width - x));
            pieces.push(self.at(piece, x));
            self.x = x + width_of(Face::Code, piece) + SPACE;
            if left.is_empty() {
                return (head, pieces);
            }
            rest = left;
            self.line += 1;
        }
    }

    fn at(&self, says: &str, x: i32) -> Written {
        Written { says: says.to_owned(), row: self.row, line: self.line, x }
    }
}

/// How much of a name has room, in bytes: if not all, then up to its last underscore there. It is never nothing.
fn fitting(name: &str, room: i32) -> usize {
    if width_of(Face::Code, name) <= room {
        return name.len();
    }
    let ends = name.char_indices().map(|(start, letter)| start + letter.len_utf8());
    let fits = |end: &usize| width_of(Face::Code, &name[..*end]) <= room;
    let most = ends.clone().take_while(fits).last().or_else(|| ends.clone().next());
    let most = most.unwrap_or(name.len());
    name[..most].rfind('_').map_or(most, |underscore| underscore + 1)
}

impl Below {
    /// Finds out what has to be written for a width.
    pub(super) fn of(layout: &Layout, cells: &[Cell], others: &[(u32, usize)], width: i32) -> Self {
        let mut below = Self::default();
        let mut by_row: BTreeMap<u64, Vec<(String, usize, bool)>> = BTreeMap::new();
        for cell in cells {
            let Some(place) = cell.member else { continue };
            let member = &layout.members[place];
            if member.name.is_empty() || is_name_seen(member, widest(cell, width)) {
                continue;
            }
            let byte = cell.start % ROW_BITS / 8;
            let row = by_row.entry(cell.start / ROW_BITS).or_default();
            row.push((format!("+{byte}"), place, false));
        }
        for (start, place) in others {
            let byte = start % ROW_BYTES;
            let row = by_row.entry(u64::from(start / ROW_BYTES)).or_default();
            row.push((format!("{} +{byte}", StructKind::Union.keyword()), *place, true));
        }
        for (row, entries) in by_row {
            let mut pen = Pen { row, width, line: 0, x: GUTTER };
            let mut before = String::new();
            for (head, place, is_other) in entries {
                let says = name(&layout.members[place]);
                let (head, name) = pen.write(if head == before { "" } else { &head }, &says);
                below.heads.extend(head);
                let names = if is_other { &mut below.others } else { &mut below.names };
                names.insert(place, name);
                before = head_of(&below.heads);
            }
            below.lines.insert(row, pen.line + 1);
        }
        below
    }

    /// How much room a row needs for its lines.
    pub(super) fn height(&self, row: u64) -> i32 {
        self.lines.get(&row).map_or(0, |lines| HEAD + lines * LINE)
    }

    /// The name of a cell's member, if it stands below.
    pub(super) fn name(&self, place: usize, tops: &BTreeMap<u64, i32>) -> Vec<Shape> {
        self.names.get(&place).map(|name| pieces(place, name, tops)).unwrap_or_default()
    }

    /// The members that are not shown, each under the id that it would have as a cell, and the heads.
    pub(super) fn others(&self, tops: &BTreeMap<u64, i32>) -> Vec<Shape> {
        let head =
            |(number, head): (usize, &Written)| head.shape(format!("below{number}"), "soft", tops);
        let other = |(place, other): (&usize, &Vec<Written>)| {
            let name = pieces(*place, other, tops);
            let is_seen = !name.is_empty();
            is_seen.then(|| shape(format!("m{place}"), vec!["other"], Kind::Group(name)))
        };
        let heads = self.heads.iter().enumerate().filter_map(head);
        heads.chain(self.others.iter().filter_map(other)).collect()
    }
}

/// The name of the member at a place, in its pieces.
fn pieces(place: usize, name: &[Written], tops: &BTreeMap<u64, i32>) -> Vec<Shape> {
    let id = |number| match number {
        0 => format!("m{place}-name"),
        _ => format!("m{place}-name{number}"),
    };
    let piece = |(number, piece): (usize, &Written)| piece.shape(id(number), "below", tops);
    name.iter().enumerate().filter_map(piece).collect()
}

impl Written {
    fn shape(&self, id: String, class: &'static str, tops: &BTreeMap<u64, i32>) -> Option<Shape> {
        // A row that is folded away takes its lines along.
        let top = tops.get(&self.row)?;
        let at = (self.x, top + ROW + HEAD + self.line * LINE + LINE - 4);
        let room = width_of(Face::Code, &self.says);
        Some(text(id, class, at, Anchor::Start, room, self.says.clone()))
    }
}

fn head_of(heads: &[Written]) -> String {
    heads.last().map(|head| head.says.clone()).unwrap_or_default()
}

/// A name as C declares it: a bitfield with its bits.
fn name(member: &Member) -> String {
    match member.bit_size {
        Some(bits) => format!("{}:{bits}", member.name),
        None => member.name.clone(),
    }
}

/// The width of the widest of a cell's parts: a name is written in it.
fn widest(cell: &Cell, width: i32) -> i32 {
    let rows = cell.start / ROW_BITS..cell.end.div_ceil(ROW_BITS);
    // Of more than three rows, one in the middle is whole.
    let part = |row| {
        let (start, end) = bits_of_row(cell, row);
        bit_x(width, end) - bit_x(width, start) - 1
    };
    rows.take(3).map(part).max().unwrap_or(0)
}
