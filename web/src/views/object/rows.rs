//! The rows of an object's table: members in the order of their offsets, and holes between them.

use nicscope_core::atlas::{CACHELINE_BYTES, Layouts, Member};
use nicscope_core::view::ObjectView;

/// How deep a value may lie in structs within the struct.
const LEVELS: u32 = 7;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A member.
    Member {
        /// Bytes from the start.
        offset: u32,
        /// The same, with the bits of a bitfield.
        place: String,
        /// Names from the outermost struct on.
        path: String,
        /// Its type as C.
        type_name: String,
    },
    /// Unused bytes.
    Hole {
        /// Bytes from the start.
        offset: u32,
        /// How many.
        bytes: u32,
    },
}

impl Row {
    const fn offset(&self) -> u32 {
        match self {
            Self::Member { offset, .. } | Self::Hole { offset, .. } => *offset,
        }
    }

    /// The cacheline that it begins in.
    pub(super) const fn cacheline(&self) -> u32 {
        self.offset() / CACHELINE_BYTES
    }
}

/// A struct as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Struct {
    /// Bytes.
    pub(super) size: u32,
    /// Cachelines that it touches.
    pub(super) cachelines: u32,
    /// Holes between its own members.
    pub(super) holes: u32,
    /// Their bytes, with those at the end.
    pub(super) unused: u32,
    /// Its own members.
    pub(super) members: u32,
    /// The rows that are shown.
    pub(super) rows: Vec<Row>,
}

/// The rows of an object: `all` members, or those with a value and those that the step touches.
pub(super) fn rows(layouts: &Layouts, object: &ObjectView, all: bool) -> Option<Struct> {
    let name = object.id.kind.struct_name();
    let own = layouts.find(name)?;
    let expanded = layouts.expanded(name, LEVELS)?;
    let touched = |path: &str| object.reads.contains(&path) || object.writes.contains(&path);
    let held = |path: &str| {
        let mut values = object.members.iter().filter(|one| one.new.is_some() || one.old.is_some());
        values.any(|one| one.path == path) || touched(path)
    };
    let own_paths: Vec<String> = own.paths().map(|(path, _)| path).collect();
    let chosen = expanded
        .paths()
        .filter(|(path, _)| held(path) || (all && own_paths.iter().any(|own| own == path)));
    let mut rows: Vec<Row> = chosen.map(|(path, member)| row(path, member)).collect();
    let lines: Vec<u32> = rows.iter().map(Row::cacheline).collect();
    let holes = own.holes.iter().map(|hole| Row::Hole { offset: hole.offset, bytes: hole.size });
    rows.extend(holes.filter(|hole| all || lines.contains(&hole.cacheline())));
    // Members of a union share an offset: they stay in the struct's order.
    rows.sort_by_key(Row::offset);
    rows.dedup();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(Struct {
        size: own.size,
        cachelines: own.cachelines(),
        holes: count(own.holes.len()),
        unused: own.holes.iter().map(|hole| hole.size).sum::<u32>() + own.padding,
        members: count(own_paths.len()),
        rows,
    })
}

fn row(path: String, member: &Member) -> Row {
    let place = match member.bit_offset.zip(member.bit_size) {
        None => member.offset.to_string(),
        Some((first, 1)) => format!("{}:{first}", member.offset),
        Some((first, bits)) => format!("{}:{first}–{}", member.offset, first + bits - 1),
    };
    let type_name = member.type_name.clone();
    Row::Member { offset: member.offset, place, path, type_name }
}
