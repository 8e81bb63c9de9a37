//! A struct as the rows of a table: its members in order, and what nobody uses where it lies.

use crate::atlas::{BitHole, Hole, Layout, Member};
use crate::diagram::{Argument, Label};
use std::ops::Range;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The member at that place among the layout's.
    Member(usize),
    /// Bytes that nobody uses.
    Hole(Hole),
    /// Bits that nobody uses.
    BitHole(BitHole),
    /// Bytes at the end that nobody uses.
    Padding(Hole),
}

/// The rows of a struct. The kernel's `struct_group` declares its members twice, once without and once below a
/// name: here they stand once, as do their gaps.
#[must_use]
pub fn rows(layout: &Layout) -> Vec<Row> {
    let twice = said_twice(layout);
    let mut behind: Vec<(usize, Row)> = Vec::new();
    for hole in &layout.holes {
        let start = u64::from(hole.offset) * 8;
        let extent = (start, start + u64::from(hole.size) * 8);
        behind.push((last_before(layout, extent), Row::Hole(*hole)));
    }
    for hole in &layout.bit_holes {
        let start = u64::from(hole.offset) * 8 + u64::from(hole.bit_offset);
        let extent = (start, start + u64::from(hole.bit_size));
        behind.push((last_before(layout, extent), Row::BitHole(*hole)));
    }
    let mut rows = Vec::with_capacity(layout.members.len() + behind.len());
    for place in 0..=layout.members.len() {
        let own = behind.iter().filter(|(before, _)| *before == place).map(|(_, row)| *row);
        for row in own {
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
        if place < layout.members.len() && !twice.iter().any(|twice| twice.contains(&place)) {
            rows.push(Row::Member(place));
        }
    }
    if layout.padding > 0 {
        let offset = layout.size - layout.padding;
        rows.push(Row::Padding(Hole { offset, size: layout.padding }));
    }
    rows
}

/// The places of the members below one.
pub(super) fn below(layout: &Layout, place: usize) -> Range<usize> {
    let depth = layout.members[place].depth;
    let inner = layout.members[place + 1..].iter().take_while(|own| own.depth > depth);
    place + 1..place + 1 + inner.count()
}

/// The members below a name that say the same as those of the anonymous struct before it.
fn said_twice(layout: &Layout) -> Vec<Range<usize>> {
    let mut twice = Vec::new();
    for place in 0..layout.members.len() {
        let first = below(layout, place);
        let Some(named) = layout.members.get(first.end) else { continue };
        let is_group = layout.members[place].name.is_empty()
            && !first.is_empty()
            && !named.name.is_empty()
            && named.depth == layout.members[place].depth;
        let second = below(layout, first.end);
        if is_group && layout.members[first] == layout.members[second.clone()] {
            twice.push(second);
        }
    }
    twice
}

/// The place of the member before which a gap stands. A gap of bits may reach over the end of what it
/// follows, and in a union several members end where it begins: the one that has its next behind it is meant.
fn last_before(layout: &Layout, (start, end): (u64, u64)) -> usize {
    let members = &layout.members;
    let mut found = None;
    for (place, member) in members.iter().enumerate() {
        if bits(member).1 != start {
            continue;
        }
        let inner = |other: &&Member| other.depth > member.depth;
        let next = place + 1 + members[place + 1..].iter().take_while(inner).count();
        let follows =
            members.get(next).is_some_and(|next| next.depth == member.depth && bits(next).0 == end);
        if follows {
            return next;
        }
        // What ends a struct also ends its last member: the gap is behind the whole.
        found = found.max(Some(next));
    }
    found.unwrap_or_else(|| members.iter().take_while(|member| bits(member).0 < end).count())
}

/// The bits of a member from the start of the struct: the first, and the one behind the last.
fn bits(member: &Member) -> (u64, u64) {
    let start = u64::from(member.offset) * 8 + u64::from(member.bit_offset.unwrap_or(0));
    let size = member.bit_size.map_or_else(|| u64::from(member.size) * 8, u64::from);
    (start, start + size)
}

/// Where a member lies and how large it is, as text: `112` and `4`, or `128:3` and `2 bits`.
#[must_use]
pub fn bits_and_bytes(member: &Member, words: &dyn Fn(&Label) -> String) -> (String, String) {
    match (member.bit_offset, member.bit_size) {
        (Some(offset), Some(size)) => {
            (format!("{}:{offset}", member.offset), size_in_bits(size, words))
        }
        _ => (member.offset.to_string(), member.size.to_string()),
    }
}

/// The same of a gap.
pub(super) fn gap(hole: BitHole, words: &dyn Fn(&Label) -> String) -> (String, String) {
    (format!("{}:{}", hole.offset, hole.bit_offset), size_in_bits(hole.bit_size, words))
}

fn size_in_bits(bits: u32, words: &dyn Fn(&Label) -> String) -> String {
    let arguments = vec![("bits", Argument::Number(bits.into()))];
    words(&Label::Text { key: "notes-bits", arguments })
}

impl Row {
    /// Offset and size as text, and the key of the word for a gap.
    #[must_use]
    pub fn cells(
        &self,
        layout: &Layout,
        words: &dyn Fn(&Label) -> String,
    ) -> (String, String, Option<&'static str>) {
        let whole =
            |hole: &Hole, word| (hole.offset.to_string(), hole.size.to_string(), Some(word));
        match self {
            Self::Member(place) => {
                let (offset, size) = bits_and_bytes(&layout.members[*place], words);
                (offset, size, None)
            }
            Self::Hole(hole) => whole(hole, "notes-hole"),
            Self::Padding(hole) => whole(hole, "notes-padding"),
            Self::BitHole(hole) => {
                let (offset, size) = gap(*hole, words);
                (offset, size, Some("notes-hole"))
            }
        }
    }
}
