//! Which types name a struct, and which struct.

use crate::atlas::btf::{Btf, Kind};
use crate::atlas::type_text::DEPTH_MAX;

/// A type that names a struct.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    /// Its id in its object: a struct's, a union's or a typedef's.
    pub(super) id: u32,
    /// Its object's place.
    pub(super) object: u16,
    /// Structs of the same name and other layouts before it.
    pub(super) number: u16,
}

/// What a type names.
#[derive(Clone, Copy)]
enum Role {
    /// A struct, as the only one to name it.
    Struct,
    /// A struct that has a name already.
    Typedef,
}

/// The types that name a struct: as the only one to name it, and others.
pub(super) fn named(all: &[Btf]) -> [Vec<Named>; 2] {
    let mut lists = [Vec::new(), Vec::new()];
    for (object, btf) in (0..=u16::MAX).zip(all) {
        for id in btf.own_ids() {
            if let Some(role) = role_of(btf, id) {
                lists[role as usize].push(Named { object, id, number: 0 });
            }
        }
    }
    // What is made of them has memory for what they hold, not for what they could.
    lists.iter_mut().for_each(Vec::shrink_to_fit);
    lists
}

fn role_of(btf: &Btf, id: u32) -> Option<Role> {
    let record = btf.get(id);
    let role = match record.kind {
        kind if kind.has_members() => Role::Struct,
        Kind::Typedef if owner(btf, id)? == id => Role::Struct,
        Kind::Typedef => Role::Typedef,
        _ => return None,
    };
    (!btf.is_anonymous(record)).then_some(role)
}

/// The type that gives a struct its name: the struct itself, or the typedef of one that has no name.
pub(super) fn owner(btf: &Btf, mut id: u32) -> Option<u32> {
    let mut last_typedef = None;
    for _ in 0..DEPTH_MAX {
        let record = btf.get(id);
        match record.kind {
            kind if kind.has_members() => {
                return if btf.is_anonymous(record) { last_typedef } else { Some(id) };
            }
            Kind::Typedef => last_typedef = Some(id),
            Kind::Const | Kind::Volatile => {}
            _ => return None,
        }
        id = record.size_or_type;
    }
    None
}

/// The struct that a type is, under other names.
pub(super) fn target(btf: &Btf, mut id: u32) -> Option<u32> {
    for _ in 0..DEPTH_MAX {
        let record = btf.get(id);
        match record.kind {
            kind if kind.has_members() => return Some(id),
            Kind::Typedef | Kind::Const | Kind::Volatile => id = record.size_or_type,
            _ => return None,
        }
    }
    None
}
