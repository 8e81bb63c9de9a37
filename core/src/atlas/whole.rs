//! A whole kernel that is kept: the BTF of its base and of modules, and all their names to be searched.
//!
//! It may be the user's own, so nothing in it is believed: files are checked once when they are read, and
//! what is made of them has a budget. Of memory it takes at most four times the files' bytes, and 64 KiB if
//! that is more.

mod role;

use super::btf::{Btf, BtfError, OwnedBtf, UnknownKind};
use super::layout::Layout;
use super::measure::layouts_bytes_max;
use super::paths::Paths;
use super::short_name::short_name;
use crate::search::{Builder, Hit, Index, beginning};
use role::{Named, named, owner, target};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

/// What a member weighs in a search: it stands behind structs whose names begin as typed.
pub const MEMBER_WEIGHT: u8 = 3;
/// Bytes of memory that a kernel may take for each byte of its files: while it is read, as it is kept, and with
/// the largest layout of it.
const MEMORY_PER_FILE_BYTE: usize = 4;
/// What it may take however small the files are.
const MEMORY_BYTES_MIN: usize = 1 << 16;

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeError {
    /// The object whose file it is.
    pub object: String,
    /// What is wrong with it, and where.
    pub error: BtfError,
}

/// A kernel with all its structs.
///
/// A struct's name is that of C. One that only a typedef names has the typedef's. If several structs of
/// different layouts share a name, the second is `name~2`.
#[derive(Clone, Debug)]
pub struct WholeKernel {
    /// The base first; never empty.
    objects: Vec<Object>,
    /// By name.
    structs: Vec<Named>,
    /// Other names of structs, by name.
    typedefs: Vec<Named>,
    /// The names of all structs, in their order, and their members' paths below them.
    index: Index,
    /// Names that the index has no room for, wholly or in part.
    unsearched: u32,
}

/// The base, or a module.
#[derive(Clone, Debug)]
struct Object {
    name: String,
    btf: OwnedBtf,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best, best first.
    pub best: Vec<FoundName>,
    /// How many fit.
    pub total: usize,
}

/// A struct or a member that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// The struct's name.
    pub name: String,
    /// The member's path of names, if it is one.
    pub path: Option<String>,
    /// How far it is from what was typed; 0 for a struct whose whole name it is.
    pub cost: u16,
    /// Whether a letter was taken for another.
    pub near: bool,
}

impl WholeKernel {
    /// Reads the files of objects, each with the object's name: the base first, then modules.
    ///
    /// # Errors
    /// The first file that cannot be read, and where.
    pub fn read(objects: Vec<(String, Vec<u8>)>) -> Result<Self, WholeError> {
        let mut objects = objects.into_iter();
        let (name, file) = objects.next().unwrap_or_default();
        let mut kernel = Self {
            objects: vec![object(name, file, None)?],
            structs: Vec::new(),
            typedefs: Vec::new(),
            index: Index::default(),
            unsearched: 0,
        };
        for (name, file) in objects {
            kernel.put(name, file)?;
        }
        kernel.name_all();
        Ok(kernel)
    }

    /// Adds the file of a module; it takes the place of one of that name.
    ///
    /// # Errors
    /// The file cannot be read; the kernel is then as it was.
    pub fn add(&mut self, name: String, file: Vec<u8>) -> Result<(), WholeError> {
        self.put(name, file)?;
        self.name_all();
        Ok(())
    }

    fn put(&mut self, name: String, file: Vec<u8>) -> Result<(), WholeError> {
        let module = object(name, file, Some(&self.objects[0].btf.btf(None)))?;
        match self.objects.iter().skip(1).position(|known| known.name == module.name) {
            Some(place) => self.objects[place + 1] = module,
            None => self.objects.push(module),
        }
        Ok(())
    }

    /// The names of its objects, the base's first.
    pub fn objects(&self) -> impl Iterator<Item = &str> {
        self.objects.iter().map(|object| object.name.as_str())
    }

    /// Types of kinds that this reader does not know, which were skipped: the object, and which.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, UnknownKind)> {
        self.objects.iter().flat_map(|object| {
            object.btf.unknown().iter().map(|unknown| (object.name.as_str(), *unknown))
        })
    }

    /// How many names the search does not find, or not by all their words: more than a kernel's files have
    /// room for. Only files that mean harm have any.
    #[must_use]
    pub fn unsearched(&self) -> u32 {
        self.unsearched
    }

    /// The names of all structs and unions, sorted.
    pub fn structs(&self) -> impl ExactSizeIterator<Item = Cow<'_, str>> {
        self.structs.iter().map(|named| self.name(*named))
    }

    /// Whether there is a struct or union of that name, or a typedef of one.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let (plain, number) = unnumbered(name);
        self.find_struct(plain, number).or_else(|| self.find_typedef(name)).is_some()
    }

    /// The layout of a struct or union, by its name or by that of a typedef; under its own name.
    #[must_use]
    pub fn layout(&self, name: &str) -> Option<Layout> {
        self.expanded(name, 0)
    }

    /// The layout with the members of named structs below theirs too, `levels` deep; holes in the order of
    /// their offsets. None too if it leaves every measure.
    #[must_use]
    pub fn expanded(&self, name: &str, levels: u32) -> Option<Layout> {
        let (plain, number) = unnumbered(name);
        let named = self.find_struct(plain, number).or_else(|| self.find_typedef(name))?;
        self.with(|all| {
            let btf = &all[usize::from(named.object)];
            let id = target(btf, named.id)?;
            let mut layout = btf.layout_within(id, levels, &mut self.room()).ok()?;
            layout.name = self.name(named).into_owned();
            layout.holes.sort_by_key(|hole| hole.offset);
            layout.bit_holes.sort_by_key(|hole| (hole.offset, hole.bit_offset));
            Some(layout)
        })
    }

    /// Finds structs and members, and gives the best of them, `most` at the most.
    #[must_use]
    pub fn find(&self, typed: &str, most: usize) -> Found {
        let hits = self.index.find(typed, most);
        let best = self.with(|all| {
            let found = |hit: &Hit| {
                let named = *self.structs.get(hit.top as usize)?;
                let path = match hit.below {
                    0 => None,
                    below => Some(self.path(&all[usize::from(named.object)], named.id, below)?),
                };
                let name = self.name(named).into_owned();
                Some(FoundName { name, path, cost: hit.cost, near: hit.near })
            };
            hits.best.iter().filter_map(found).collect()
        });
        Found { best, total: hits.total }
    }

    /// The path of the member that is the `below`th one with a name.
    fn path(&self, btf: &Btf, id: u32, below: u32) -> Option<String> {
        let (mut passed, mut found) = (0, None);
        Paths::visit(btf, target(btf, id)?, &mut self.members_max(), |path| {
            passed += 1;
            if passed < below {
                return ControlFlow::Continue(());
            }
            found = Some(path.to_owned());
            ControlFlow::Break(())
        });
        found
    }

    /// Lends the BTF of all objects.
    fn with<T>(&self, work: impl FnOnce(&[Btf]) -> T) -> T {
        let base = self.objects[0].btf.btf(None);
        let modules = self.objects[1..].iter().map(|module| module.btf.btf(Some(&base)));
        let all: Vec<Btf> = std::iter::once(base.clone()).chain(modules).collect();
        work(&all)
    }

    fn plain_name(&self, named: Named) -> &str {
        self.objects[usize::from(named.object)].btf.name(named.id, &self.objects[0].btf)
    }

    fn name(&self, named: Named) -> Cow<'_, str> {
        let plain = self.plain_name(named);
        match named.number {
            0 => Cow::Borrowed(plain),
            before => Cow::Owned(format!("{plain}~{}", u32::from(before) + 1)),
        }
    }

    fn find_struct(&self, name: &str, number: u16) -> Option<Named> {
        let key = |named: &Named| (self.plain_name(*named), named.number);
        let place = self.structs.binary_search_by(|named| key(named).cmp(&(name, number))).ok()?;
        Some(self.structs[place])
    }

    /// The struct that a typedef stands for.
    fn find_typedef(&self, name: &str) -> Option<Named> {
        let place = self.typedefs.binary_search_by(|named| self.plain_name(*named).cmp(name)).ok();
        let typedef = self.typedefs[place?];
        self.with(|all| {
            let btf = &all[usize::from(typedef.object)];
            let owner = owner(btf, typedef.id)?;
            let name = btf.name(btf.get(owner).name);
            let mut alike = (0..).map_while(|number| self.find_struct(name, number)).peekable();
            let first = alike.next()?;
            if alike.peek().is_none() {
                return Some(first);
            }
            let same =
                |named: &Named| fingerprint(&all[usize::from(named.object)], named.id, self.room());
            let wanted = fingerprint(btf, owner, self.room());
            std::iter::once(first).chain(alike).find(|named| same(named).0 == wanted.0)
        })
    }

    /// Lists all names and makes them ready to be searched.
    fn name_all(&mut self) {
        // What was is gone before what will be is made.
        (self.structs, self.typedefs, self.index) = (Vec::new(), Vec::new(), Index::default());
        let [structs, typedefs] = self.with(named);
        let (mut structs, typedefs) = (self.sorted(structs), self.sorted(typedefs));
        self.with(|all| self.number(all, &mut structs));
        (self.structs, self.typedefs) = (structs, typedefs);
        (self.index, self.unsearched) = self.with(|all| self.index(all));
    }

    /// Sorts types by their names, most of which differ in their first letters; those of one name as they came.
    fn sorted(&self, list: Vec<Named>) -> Vec<Named> {
        let beginnings = list.into_iter().map(|named| (beginning(self.plain_name(named)), named));
        let mut sorted: Vec<(u64, Named)> = beginnings.collect();
        let rest = |named: &Named| (self.plain_name(*named), named.object, named.id);
        sorted.sort_unstable_by(|(one, first), (other, second)| {
            one.cmp(other).then_with(|| rest(first).cmp(&rest(second)))
        });
        sorted.into_iter().map(|(_, named)| named).collect()
    }

    /// Numbers structs of one name by their layouts, and drops those whose layout another has.
    fn number(&self, all: &[Btf], structs: &mut Vec<Named>) {
        let room = self.room().saturating_sub(structs.capacity() * size_of::<Named>());
        let mut left = layouts_bytes_max(self.bytes());
        let (mut from, mut kept) = (0, 0);
        while from < structs.len() {
            let name = self.plain_name(structs[from]);
            let others = structs[from + 1..].iter();
            let to = from + 1 + others.take_while(|other| self.plain_name(**other) == name).count();
            let mut seen = BTreeSet::new();
            for place in from..to {
                let mut named = structs[place];
                if to - from > 1 {
                    let Ok(number) = u16::try_from(seen.len()) else { break };
                    named.number = number;
                    let btf = &all[usize::from(named.object)];
                    let (layout, bytes) = fingerprint(btf, named.id, room.min(left));
                    left -= bytes;
                    if !seen.insert(layout) {
                        continue;
                    }
                }
                structs[kept] = named;
                kept += 1;
            }
            from = to;
        }
        structs.truncate(kept);
    }

    /// The index of all structs and their members, and how many names it has no room for.
    fn index(&self, all: &[Btf]) -> (Index, u32) {
        let mut index = Builder::new(self.room());
        let mut left = self.members_max();
        let mut missing = 0;
        for named in &self.structs {
            let name = self.name(*named);
            let has_room =
                index.add(&name, 0) && short_name(&name).is_none_or(|short| index.also(short));
            missing += u32::from(!has_room);
            let btf = &all[usize::from(named.object)];
            let Some(id) = target(btf, named.id) else { continue };
            Paths::visit(btf, id, &mut left, |path| {
                missing += u32::from(!index.add_below(path, MEMBER_WEIGHT));
                ControlFlow::Continue(())
            });
        }
        (index.finish(), missing)
    }

    /// Members that are passed at the most when all names are listed: each has twelve bytes.
    fn members_max(&self) -> usize {
        self.bytes().max(MEMORY_BYTES_MIN)
    }

    /// Bytes of memory that may still be taken.
    fn room(&self) -> usize {
        let most = self.bytes().saturating_mul(MEMORY_PER_FILE_BYTE).max(MEMORY_BYTES_MIN);
        most.saturating_sub(self.kept_bytes())
    }

    /// Bytes of all files.
    fn bytes(&self) -> usize {
        self.objects.iter().map(|object| object.btf.bytes()).sum()
    }

    /// Bytes of memory that are taken.
    fn kept_bytes(&self) -> usize {
        let tables: usize = self.objects.iter().map(|object| object.btf.table_bytes()).sum();
        let names = self.structs.capacity() + self.typedefs.capacity();
        self.bytes() + tables + names * size_of::<Named>() + self.index.bytes()
    }
}

fn object(name: String, file: Vec<u8>, base: Option<&Btf>) -> Result<Object, WholeError> {
    match OwnedBtf::read(file, base) {
        Ok(btf) => Ok(Object { name, btf }),
        Err(error) => Err(WholeError { object: name, error }),
    }
}

/// Whether a name is the second or a later one of its kind: the name itself, and how many are before it.
fn unnumbered(name: &str) -> (&str, u16) {
    let numbered = name.rsplit_once('~').and_then(|(plain, number)| {
        let before = number.parse::<u16>().ok()?.checked_sub(1)?;
        (before > 0).then_some((plain, before))
    });
    numbered.unwrap_or((name, 0))
}

/// A number that structs of one layout share, and how many bytes the layout took of those that it may take;
/// a number of its own for a struct without.
fn fingerprint(btf: &Btf, id: u32, bytes_max: usize) -> (u64, usize) {
    let mut hasher = DefaultHasher::new();
    let mut left = bytes_max;
    match target(btf, id).map(|id| btf.layout_within(id, 0, &mut left)) {
        Some(Ok(layout)) => Layout { name: String::new(), ..layout }.hash(&mut hasher),
        _ => id.hash(&mut hasher),
    }
    (hasher.finish(), bytes_max - left)
}
