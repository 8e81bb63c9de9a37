//! Two layouts side by side: one struct of two kernels, or two structs.

use super::layout::{CACHELINE_BYTES, Layout, Member};
use std::collections::{BTreeMap, BTreeSet};

/// A member of one layout, of the other, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// Its path of names; for an anonymous struct or union, that of what is around it with a `.` behind.
    pub path: String,
    /// As the first layout has it; none if it was added.
    pub old: Option<&'a Member>,
    /// As the second layout has it; none if it was removed.
    pub new: Option<&'a Member>,
}

impl Pair<'_> {
    fn differs<T: PartialEq>(&self, of: impl Fn(&Member) -> T) -> bool {
        self.old.zip(self.new).is_some_and(|(old, new)| of(old) != of(new))
    }

    /// Only the second layout has it.
    #[must_use]
    pub fn is_added(&self) -> bool {
        self.old.is_none()
    }

    /// Only the first layout has it.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.new.is_none()
    }

    /// It lies elsewhere.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.differs(|member| (member.offset, member.bit_offset))
    }

    /// It has another size.
    #[must_use]
    pub fn is_resized(&self) -> bool {
        self.differs(|member| (member.bit_size.is_none().then_some(member.size), member.bit_size))
    }

    /// It has another type.
    #[must_use]
    pub fn is_retyped(&self) -> bool {
        self.old.zip(self.new).is_some_and(|(old, new)| old.type_name != new.type_name)
    }

    /// It begins in another cacheline.
    #[must_use]
    pub fn changes_cacheline(&self) -> bool {
        self.differs(|member| member.offset / CACHELINE_BYTES)
    }

    /// It is in both as it was.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.old.is_some() && self.new.is_some() && self.old == self.new
    }
}

/// The members of both layouts: in the order of the second, and what it lacks where the first has it.
#[must_use]
pub fn compare<'a>(old: &'a Layout, new: &'a Layout) -> Vec<Pair<'a>> {
    let (old, new) = (keyed(old), keyed(new));
    let places: BTreeMap<&Key, usize> = old.iter().map(|(key, _)| key).zip(0..).collect();
    let stays: BTreeSet<&Key> = new.iter().map(|(key, _)| key).collect();
    let removed = |from: usize, to: usize| {
        let gone = old.get(from..to).unwrap_or_default().iter();
        gone.filter(|(key, _)| !stays.contains(key)).map(|(key, member)| Pair {
            path: key.path.clone(),
            old: Some(member),
            new: None,
        })
    };
    let mut pairs = Vec::with_capacity(new.len());
    let mut passed = 0;
    for (key, member) in &new {
        let place = places.get(key).copied();
        if let Some(place) = place.filter(|place| *place >= passed) {
            pairs.extend(removed(passed, place));
            passed = place + 1;
        }
        let before = place.map(|place| old[place].1);
        pairs.push(Pair { path: key.path.clone(), old: before, new: Some(member) });
    }
    pairs.extend(removed(passed, old.len()));
    pairs
}

/// By what a member is the same in both: its path, and of those that share one, which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: String,
    number: u32,
}

fn keyed(layout: &Layout) -> Vec<(Key, &Member)> {
    let mut names: Vec<&str> = Vec::new();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let members = layout.members.iter().map(|member| {
        names.truncate(member.depth as usize - 1);
        names.push(&member.name);
        let named: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
        let mut path = named.join(".");
        if member.name.is_empty() {
            path.push('.');
        }
        let number = numbers.entry(path.clone()).or_default();
        *number += 1;
        (Key { path, number: *number }, member)
    });
    members.collect()
}

#[cfg(test)]
mod tests {
    use super::super::layout::{Layout, Member, StructKind};
    use super::compare;

    fn member(name: &str, type_name: &str, offset: u32, size: u32) -> Member {
        let (name, type_name) = (name.to_owned(), type_name.to_owned());
        Member { depth: 1, name, type_name, offset, bit_offset: None, bit_size: None, size }
    }

    fn layout(members: Vec<Member>) -> Layout {
        Layout {
            kind: StructKind::Struct,
            name: "ring".to_owned(),
            size: 128,
            members,
            holes: Vec::new(),
            bit_holes: Vec::new(),
            padding: 0,
            bit_padding: 0,
        }
    }

    #[test]
    fn each_member_is_told_by_what_became_of_it() {
        let old = layout(vec![
            member("desc", "void *", 0, 8),
            member("buf", "struct buf *", 8, 8),
            member("tail", "u8 *", 60, 8),
            member("count", "u16", 68, 2),
        ]);
        let new = layout(vec![
            member("pool", "struct page_pool *", 0, 8),
            member("desc", "void *", 8, 8),
            member("tail", "void *", 64, 8),
            member("count", "u32", 68, 4),
        ]);
        let pairs = compare(&old, &new);
        let paths: Vec<&str> = pairs.iter().map(|pair| pair.path.as_str()).collect();
        assert_eq!(paths, ["pool", "desc", "buf", "tail", "count"]);
        let [pool, desc, buf, tail, count] = pairs.as_slice() else { panic!("five") };
        assert!(pool.is_added() && !pool.is_moved() && !pool.is_same());
        assert!(desc.is_moved() && !desc.changes_cacheline() && !desc.is_retyped());
        assert!(buf.is_removed() && !buf.is_resized());
        assert!(tail.is_moved() && tail.changes_cacheline() && tail.is_retyped());
        assert!(count.is_resized() && !count.is_moved());
        assert!(compare(&old, &old).iter().all(super::Pair::is_same));
    }

    #[test]
    fn what_stands_elsewhere_is_one_member_and_what_shares_a_path_is_several() {
        let old = layout(vec![
            member("a", "int", 0, 4),
            member("", "union", 4, 4),
            member("", "union", 8, 4),
            member("b", "int", 12, 4),
        ]);
        let new = layout(vec![
            member("b", "int", 0, 4),
            member("", "union", 4, 4),
            member("a", "int", 8, 4),
        ]);
        let said: Vec<(String, bool, bool)> = compare(&old, &new)
            .iter()
            .map(|pair| (pair.path.clone(), pair.is_removed(), pair.is_added()))
            .collect();
        let both = |path: &str| (path.to_owned(), false, false);
        assert_eq!(said, [(".".to_owned(), true, false), both("b"), both("."), both("a")]);
    }
}
