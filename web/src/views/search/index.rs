//! All that can be searched for.

use super::super::words::Words;
use crate::atlas::Shelf;
use crate::player::Searched;
use nicscope_core::atlas::{FoundName, Guide, MEMBER_WEIGHT, message_id};
use nicscope_core::engine::{ROUTINES, info};
use nicscope_core::fact::{LineId, RoutineId};
use nicscope_core::search::Index;
use nicscope_core::units::{CpuId, PacketId};
use nicscope_core::view::{ObjectId, ObjectKind};
use nicscope_text::{line_text, subject};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::AttrValue;

/// Results of one kind that are shown.
const SHOWN: usize = 8;
/// What the rest of what is said of something weighs, beside its name.
const MORE: u8 = 6;

/// What can be searched for.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// An object that is there now.
    Object(ObjectId),
    /// A packet, wherever it is.
    Packet(PacketId),
    /// A function, or another routine.
    Routine(RoutineId),
    /// A line: what is said of it.
    Line(LineId),
    /// A member, in this object.
    Member(ObjectId, AttrValue),
    /// A struct of a kernel, or a member of it.
    Struct {
        /// The kernel.
        kernel: AttrValue,
        /// The struct.
        name: AttrValue,
        /// The member's path.
        member: Option<AttrValue>,
    },
}

/// What there is to search.
#[derive(Default)]
pub struct Searchable {
    /// What is there at this place of the run, if there is one.
    pub run: Option<Searched>,
    /// The kernel whose structs are searched, as far as it has come.
    pub shelf: Option<Shelf>,
    /// What is said of structs, where they are what the reader looks at: they come first then.
    pub guide: Option<Rc<Guide>>,
}

/// Something with its name.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) found: Found,
    pub(super) name: AttrValue,
    /// What else is said of it.
    pub(super) more: AttrValue,
}

/// Everything of one kind.
pub(super) struct Group {
    /// The message that names it.
    label: &'static str,
    /// It stands before others in which as much fits, and before those in which more does.
    comes_first: bool,
    content: Content,
}

enum Content {
    /// Each item's name, and behind those each with all that is said of it.
    Items(Vec<Item>, Index),
    /// So many packets, whose name is a number; it is said with these words.
    Packets(usize, Words),
    /// The structs of a kernel with their members.
    Structs(Shelf),
}

/// What of a group was found.
pub(super) struct Hits {
    /// The message that names the group.
    pub(super) label: &'static str,
    pub(super) total: usize,
    /// The best of them.
    pub(super) items: Vec<Item>,
    /// How far the best is from what was typed.
    cost: u16,
}

/// Everything there is.
pub(super) fn all(words: &Words, at: Searchable) -> Vec<Group> {
    let mut groups = Vec::new();
    let run = at.run.as_ref();
    let packets = run.map(|run| Content::Packets(run.packets, words.clone()));
    groups.extend(packets.map(|content| Group {
        label: "search-packets",
        comes_first: false,
        content,
    }));
    let mut group = |label, items: Vec<Item>| groups.push(Group::new(label, items));
    let objects = run.iter().flat_map(|run| &run.objects).map(|id| object(words, *id));
    group("search-objects", objects.collect());
    group("search-functions", ROUTINES.iter().map(|of| function(words, *of)).collect());
    group("search-members", run.map(members).unwrap_or_default());
    // Sentences last: what is called so comes before what is said with it. Where structs are looked at they come
    // first of all, for groups in which as much fits keep their order.
    let lines = ROUTINES.iter().flat_map(|&routine| {
        (0..).zip(info(routine).deeds).map(move |(line, _)| LineId { routine, line })
    });
    let facts = Group::new("search-facts", lines.map(|id| line(words, id)).collect());
    let comes_first = at.guide.is_some();
    let explained = at.guide.as_ref().zip(at.shelf.as_ref());
    let explained = explained.map(|(guide, shelf)| said(words, guide, &shelf.name));
    groups.extend(at.shelf.map(|shelf| {
        let content = Content::Structs(shelf);
        Group { label: "search-structs", comes_first, content }
    }));
    groups.extend(explained.map(|items| Group::of_said("search-said", items)));
    groups.push(facts);
    groups
}

/// What is said of the structs of a kernel and of their members.
fn said(words: &Words, guide: &Guide, kernel: &str) -> Vec<Item> {
    let entries = guide.entries().filter(|entry| entry.claim.is_of(kernel));
    let claims = entries.flat_map(|entry| {
        let members = entry.members.iter().filter(|claim| claim.is_of(kernel));
        let paths = [None].into_iter().chain(members.map(|claim| Some(&*claim.name)));
        paths.map(|path| (&*entry.claim.name, path))
    });
    let item = |(name, path): (&str, Option<&str>)| {
        let said = words.0.find(&message_id(name, path), &[])?;
        let more = path.map_or(name.to_owned(), |path| [name, ".", path].concat());
        Some(Item {
            found: Found::Struct {
                kernel: kernel.to_owned().into(),
                name: name.to_owned().into(),
                member: path.map(|path| path.to_owned().into()),
            },
            name: said.into(),
            more: more.into(),
        })
    };
    claims.filter_map(item).collect()
}

/// The members that the model holds, each in the object of its kind that would be shown.
fn members(run: &Searched) -> Vec<Item> {
    let kinds = ObjectKind::ALL.iter().filter(|kind| kind.is_of(run.driver));
    let members = kinds.flat_map(|&kind| {
        let chosen = run.chosen.iter().find(|id| id.kind == kind).copied();
        let id = chosen.unwrap_or(ObjectId { kind, owner: 0, number: 0 });
        kind.paths().map(move |path| Item {
            found: Found::Member(id, path.into()),
            name: [kind.struct_name(), ".", path].concat().into(),
            more: id.key().into(),
        })
    });
    members.collect()
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

fn of_struct(shelf: &Shelf, FoundName { name, path, .. }: FoundName) -> Item {
    let layout = shelf.layout(&name);
    let member = layout.as_ref().and_then(|layout| layout.member(path.as_deref()?));
    let type_name = match (member, &layout) {
        (Some(member), _) => member.type_name.as_str(),
        (None, Some(layout)) => layout.kind.keyword(),
        _ => "",
    };
    let said = match &path {
        Some(path) => [&*name, ".", path].concat(),
        None => name.clone(),
    };
    Item {
        name: said.into(),
        more: [type_name, " · ", shelf.version().unwrap_or(&shelf.title)].concat().into(),
        found: Found::Struct {
            kernel: shelf.name.clone().into(),
            name: name.into(),
            member: path.map(AttrValue::from),
        },
    }
}

impl Hits {
    /// Whether their names are sentences.
    pub(super) fn are_sentences(&self) -> bool {
        matches!(self.label, "search-facts" | "search-said")
    }
}

impl Group {
    fn new(label: &'static str, items: Vec<Item>) -> Self {
        let full: Vec<String> =
            items.iter().map(|item| [&item.name, " ", &item.more].concat()).collect();
        let names = items.iter().map(|item| (&*item.name, 0));
        let index = Index::new(names.chain(full.iter().map(|full| (&**full, MORE))));
        Self { label, comes_first: false, content: Content::Items(items, index) }
    }

    /// What is said of structs and members, found by that alone: that of a struct first.
    fn of_said(label: &'static str, items: Vec<Item>) -> Self {
        let is_member = |item: &Item| matches!(&item.found, Found::Struct { member: Some(_), .. });
        let weight = |item| if is_member(item) { MEMBER_WEIGHT } else { 0 };
        let index = Index::new(items.iter().map(|item| (&*item.name, weight(item))));
        Self { label, comes_first: false, content: Content::Items(items, index) }
    }

    fn find(&self, typed: &str) -> Option<Hits> {
        let label = self.label;
        match &self.content {
            Content::Items(items, index) => {
                let found = index.find(typed, usize::MAX);
                let cost = found.best.first()?.cost;
                let mut seen = BTreeSet::new();
                let places = found.best.iter().map(|hit| hit.name as usize % items.len());
                let places: Vec<usize> = places.filter(|place| seen.insert(*place)).collect();
                let best = places.iter().take(SHOWN).map(|place| items[*place].clone());
                Some(Hits { label, total: places.len(), items: best.collect(), cost })
            }
            Content::Packets(count, words) => {
                let number = packet(typed).filter(|&number| (number as usize) < *count)?;
                let name = words.fill("search-packet", [("number", number.into())]);
                let found = Found::Packet(PacketId(number));
                let more = ["#", &number.to_string()].concat().into();
                Some(Hits { label, total: 1, items: vec![Item { found, name, more }], cost: 0 })
            }
            Content::Structs(shelf) => {
                let (found, total) = shelf.find(typed, SHOWN);
                let best = found.first()?;
                let cost = if self.comes_first && !best.near { 0 } else { best.cost };
                let items = found.into_iter().map(|found| of_struct(shelf, found));
                Some(Hits { label, total, items: items.collect(), cost })
            }
        }
    }
}

/// The number of the packet that is asked for by name: `packet 3`, `frame 3`, `패킷 3`, `#3`.
fn packet(typed: &str) -> Option<u32> {
    let typed = typed.trim().to_lowercase();
    let names = ["packet", "frame", "패킷", "프레임", "#"];
    let number = names.into_iter().find_map(|name| typed.strip_prefix(name))?;
    number.trim_start().trim_start_matches('#').parse().ok()
}

/// What fits, in groups: the one with the best result first.
pub(super) fn hits(groups: &[Group], typed: &str) -> Vec<Hits> {
    let mut all: Vec<Hits> = Vec::new();
    let (first, others): (Vec<&Group>, _) = groups.iter().partition(|group| group.comes_first);
    for hits in first.into_iter().chain(others).filter_map(|group| group.find(typed)) {
        let place = all.partition_point(|other| other.cost <= hits.cost);
        all.insert(place, hits);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Content, Found, Group, PacketId, Searchable, Words, all, hits, packet};
    use crate::player::Searched;
    use nicscope_core::machine::Driver;
    use nicscope_text::Language;

    #[test]
    fn a_packet_is_asked_for_by_its_name_in_any_language() {
        for typed in ["packet 3", "Frame 3", "패킷 3", "packet3", "프레임 3", "packet #3", " #3 "]
        {
            assert_eq!(packet(typed), Some(3), "{typed}");
        }
        for other in ["3", "packet", "packets 3", "packet 3 4", "packet 99999999999", "skb 3"] {
            assert_eq!(packet(other), None, "{other}");
        }
    }

    /// It comes first, and only if the run has it.
    #[test]
    fn a_packet_is_found_before_what_is_said_of_others() {
        let files = ["page", "facts", "terms"].map(|name| {
            let path = [env!("CARGO_MANIFEST_DIR"), "/../static/text/en/", name, ".ftl"].concat();
            std::fs::read_to_string(path).expect("a file of words")
        });
        let words = Words::of(Language::En, files.into());
        let run = Searched { driver: Driver::Ice, packets: 4, objects: vec![], chosen: vec![] };
        let groups: Vec<Group> =
            all(&words, Searchable { run: Some(run), ..Searchable::default() });
        assert!(matches!(groups[0].content, Content::Packets(4, _)));
        let first =
            |typed| hits(&groups, typed).into_iter().next().map(|hits| hits.items[0].found.clone());
        assert_eq!(first("packet 3"), Some(Found::Packet(PacketId(3))));
        assert_ne!(first("packet 4"), Some(Found::Packet(PacketId(4))));
    }
}
