//! The rows of a struct's table: members in C's order, with those of structs within it below
//! theirs, and the holes between them.

use nicscope_core::atlas::{CACHELINE_BYTES, Hole, Layouts, Member};
use nicscope_core::view::ObjectKind;

/// How deep a value may lie in structs within the struct.
const LEVELS: u32 = 7;

/// A member, or a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Bytes from the start.
    pub(super) offset: u32,
    /// Bytes.
    pub(super) size: u32,
    /// How many structs and unions it lies in, the outermost not counted.
    pub(super) depth: u32,
    /// It is the struct's own, not that of a named struct within it.
    pub(super) own: bool,
    /// What it is.
    pub(super) what: What,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A member.
    Member {
        /// Names from the outermost struct on; empty for an anonymous one.
        path: String,
        /// Its type as C.
        type_name: String,
        /// The first bit and how many, for a bitfield.
        bits: Option<(u32, u32)>,
    },
    /// Unused bytes.
    Hole,
}

impl Row {
    /// The cacheline that it begins in.
    pub(super) const fn cacheline(&self) -> u32 {
        self.offset / CACHELINE_BYTES
    }

    const fn end(&self) -> u32 {
        self.offset + self.size
    }

    fn has_name(&self) -> bool {
        matches!(&self.what, What::Member { path, .. } if !path.is_empty())
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
    /// Its own members that have names.
    pub(super) members: u32,
    /// All rows.
    pub(super) rows: Vec<Row>,
}

impl Struct {
    /// The struct of a kind of objects.
    pub(super) fn of(layouts: &Layouts, kind: ObjectKind) -> Option<Self> {
        let own = layouts.find(kind.struct_name())?;
        let all = layouts.expanded(kind.struct_name(), LEVELS)?;
        let mut paths = all.paths();
        let mut own_members = own.members.iter().peekable();
        let mut rows: Vec<Row> = Vec::with_capacity(all.members.len());
        let mut group = None;
        for (place, member) in all.members.iter().enumerate() {
            // What was put in between lies in a named member, and is another one.
            let is_own = own_members.next_if(|own| *own == member).is_some();
            let named = if member.name.is_empty() { None } else { paths.next() };
            if group.is_some_and(|depth| member.depth > depth) {
                continue;
            }
            group = is_group(&all.members, place).then_some(member.depth);
            rows.push(row(member, named.map(|(path, _)| path).unwrap_or_default(), is_own));
        }
        // Members that stand in the struct twice, under a group's name too, have their holes twice.
        let mut holes: Vec<Hole> = Vec::new();
        for hole in &own.holes {
            if !holes.contains(hole) {
                let place = holes.partition_point(|other| other.offset <= hole.offset);
                holes.insert(place, *hole);
            }
        }
        for hole in &holes {
            let place = place_of(&rows, hole.offset, hole.offset + hole.size);
            let depth = rows.get(place).map_or(0, |row| row.depth);
            let (offset, size) = (hole.offset, hole.size);
            rows.insert(place, Row { offset, size, depth, own: true, what: What::Hole });
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Some(Self {
            size: own.size,
            cachelines: own.cachelines(),
            holes: count(holes.len()),
            unused: holes.iter().map(|hole| hole.size).sum::<u32>() + own.padding,
            members: count(rows.iter().filter(|row| row.own && row.has_name()).count()),
            rows,
        })
    }
}

/// Whether a member is the name that `struct_group` gives to the anonymous struct before it, over
/// which it lies: the same members stand there already.
fn is_group(members: &[Member], place: usize) -> bool {
    let member = &members[place];
    let before = members[..place].iter().rev().find(|one| one.depth <= member.depth);
    before.is_some_and(|before| {
        let lies = |one: &Member| (one.depth, one.offset, one.size);
        before.name.is_empty() && before.type_name == "struct" && lies(before) == lies(member)
    })
}

fn row(member: &Member, path: String, own: bool) -> Row {
    let bits = member.bit_offset.zip(member.bit_size);
    let what = What::Member { path, type_name: short(&member.type_name), bits };
    Row { offset: member.offset, size: member.size, depth: member.depth - 1, own, what }
}

/// Before which row a hole stands: between the two that it lies between; else behind the last one
/// that ends before it.
fn place_of(rows: &[Row], from: u32, to: u32) -> usize {
    let own = |at: &usize| rows[*at].own && rows[*at].what != What::Hole;
    let mut before = None;
    let mut behind = rows.len();
    for at in (0..rows.len()).filter(own) {
        if before.is_some_and(|before: u32| before == from) && rows[at].offset == to {
            return at;
        }
        if rows[at].offset < from {
            behind = (at + 1..rows.len()).find(own).unwrap_or(rows.len());
        }
        before = Some(rows[at].end());
    }
    behind
}

/// A type without the keyword that its name goes without in C++: the table has little room.
fn short(type_name: &str) -> String {
    let keywords = ["struct ", "union ", "enum "];
    let rest = keywords.iter().find_map(|keyword| type_name.strip_prefix(keyword));
    rest.unwrap_or(type_name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Struct, What};
    use nicscope_core::atlas::Layouts;
    use nicscope_core::view::ObjectKind;

    fn layouts() -> Layouts {
        Layouts::read(include_bytes!("../../../../static/atlas/6.12.layouts")).expect("layouts")
    }

    #[test]
    fn holes_stand_between_the_members_that_they_lie_between() {
        let of = Struct::of(&layouts(), ObjectKind::IceRxRing).expect("a struct");
        let own: Vec<_> = of.rows.iter().filter(|row| row.own).collect();
        let holes = own.windows(3).filter(|rows| rows[1].what == What::Hole);
        let holes: Vec<_> =
            holes.map(|rows| (rows[0].end(), rows[1].offset, rows[1].end())).collect();
        assert!(!holes.is_empty() && holes.iter().all(|hole| hole.0 == hole.1), "{holes:?}");
    }

    #[test]
    fn an_anonymous_union_is_a_row_and_its_members_stand_below_it() {
        let of = Struct::of(&layouts(), ObjectKind::Skb).expect("a struct");
        let named =
            |row: &&super::Row| matches!(&row.what, What::Member { path, .. } if path == "next");
        let next = of.rows.iter().find(named).expect("sk_buff.next");
        // In a struct in a union.
        assert_eq!((next.depth, next.own), (2, true));
        let first = &of.rows[0].what;
        assert!(
            matches!(first, What::Member { path, type_name, .. } if path.is_empty() && type_name == "union")
        );
        assert_eq!((of.size, of.cachelines, of.holes, of.unused), (232, 4, 3, 7));
    }

    #[test]
    fn a_group_is_one_row_and_its_members_stand_once() {
        let of = Struct::of(&layouts(), ObjectKind::Skb).expect("a struct");
        let paths = of.rows.iter().filter_map(|row| match &row.what {
            What::Member { path, .. } => Some(path.as_str()),
            What::Hole => None,
        });
        let about: Vec<_> =
            paths.filter(|path| path.contains("headers") || *path == "hash").collect();
        assert_eq!(about, ["hash", "headers"]);
    }
}
