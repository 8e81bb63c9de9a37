//! All that can be searched for at one place of a run.

use super::super::words::Words;
use crate::player::Searched;
use crate::text::{Query, line_text, subject};
use nicscope_core::engine::{ROUTINES, info};
use nicscope_core::fact::{LineId, RoutineId};
use nicscope_core::units::CpuId;
use nicscope_core::view::{ObjectId, ObjectKind};
use yew::AttrValue;

/// Results of one kind that are shown.
const SHOWN: usize = 8;

/// What can be searched for.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// An object that is there now.
    Object(ObjectId),
    /// A function, or another routine.
    Routine(RoutineId),
    /// A line: what is said of it.
    Line(LineId),
    /// A member, in this object.
    Member(ObjectId, AttrValue),
}

/// Something with its name.
pub(super) struct Item {
    pub(super) found: Found,
    pub(super) name: AttrValue,
    /// What else is said of it.
    pub(super) more: AttrValue,
}

/// Everything of one kind.
pub(super) struct Group {
    /// The message that names it.
    pub(super) label: &'static str,
    items: Vec<Item>,
}

/// What of a group was found.
pub(super) struct Hits<'a> {
    pub(super) label: &'static str,
    pub(super) total: usize,
    /// The best of them.
    pub(super) items: Vec<&'a Item>,
    rank: u32,
}

/// Everything at a place of the run.
pub(super) fn all(words: &Words, at: &Searched) -> [Group; 4] {
    let group = |label, items| Group { label, items };
    let objects = at.objects.iter().map(|id| object(words, *id)).collect();
    let functions = ROUTINES.iter().map(|routine| function(words, *routine)).collect();
    let lines = ROUTINES.iter().flat_map(|&routine| {
        (0..).zip(info(routine).deeds).map(move |(line, _)| LineId { routine, line })
    });
    let facts = lines.map(|id| line(words, id)).collect();
    let kinds = ObjectKind::ALL.iter().filter(|kind| kind.is_of(at.driver));
    let members = kinds.flat_map(|&kind| {
        let chosen = at.chosen.iter().find(|id| id.kind == kind).copied();
        let id = chosen.unwrap_or(ObjectId { kind, owner: 0, number: 0 });
        kind.paths().map(move |path| Item {
            found: Found::Member(id, path.into()),
            name: [kind.struct_name(), ".", path].concat().into(),
            more: id.key().into(),
        })
    });
    [
        group("search-objects", objects),
        group("search-functions", functions),
        group("search-members", members.collect()),
        // Sentences last: what is called so comes before what is said with it.
        group("search-facts", facts),
    ]
}

fn object(words: &Words, id: ObjectId) -> Item {
    let which = [("number", id.number.into()), ("owner", u32::from(id.owner).into())];
    let said = words.fill(&["object-is-", id.kind.key()].concat(), which);
    Item {
        found: Found::Object(id),
        name: id.to_string().into(),
        more: [&said, " · ", &id.key()].concat().into(),
    }
}

fn function(words: &Words, routine: RoutineId) -> Item {
    let of = info(routine);
    let more = match of.file {
        "" => subject(&words.0, of.deeds[0].subject, CpuId(0)),
        file => [file, ":", &of.source_line.to_string()].concat(),
    };
    Item { found: Found::Routine(routine), name: of.name.into(), more: more.into() }
}

fn line(words: &Words, line: LineId) -> Item {
    let of = info(line.routine);
    let code = of.line(line.line).code();
    Item {
        found: Found::Line(line),
        name: line_text(&words.0, line).into(),
        more: [of.name, ": ", code].concat().into(),
    }
}

/// What fits, in groups: the one with the best result first.
pub(super) fn hits<'a>(groups: &'a [Group], query: &Query) -> Vec<Hits<'a>> {
    let mut all: Vec<Hits<'a>> = Vec::new();
    for hits in groups.iter().filter_map(|group| of_group(group, query)) {
        let place = all.partition_point(|other| other.rank <= hits.rank);
        all.insert(place, hits);
    }
    all
}

fn of_group<'a>(group: &'a Group, query: &Query) -> Option<Hits<'a>> {
    let mut total = 0;
    let mut best: Vec<((u32, usize), &Item)> = Vec::new();
    for item in &group.items {
        let Some(rank) = query.rank(&item.name, &item.more) else { continue };
        total += 1;
        let order = (rank, item.name.len());
        let place = best.partition_point(|(other, _)| *other <= order);
        best.insert(place, (order, item));
        best.truncate(SHOWN);
    }
    let rank = best.first()?.0.0;
    Some(Hits { label: group.label, total, rank, items: best.iter().map(|one| one.1).collect() })
}
