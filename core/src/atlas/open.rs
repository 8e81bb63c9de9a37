//! Structs within a struct, opened in place.

use super::curated::struct_name;
use super::layout::{BitHole, Hole, Layout, Member};

/// Structs within structs that are opened at the most.
const DEPTH_MAX: u32 = 16;

impl Layout {
    /// The same with the members of a struct within it below that one's member, where `is_open` says so of the
    /// member's path. `find` gives a struct by its name; what it does not have stays closed, as do arrays.
    #[must_use]
    pub fn opened(
        &self,
        is_open: &dyn Fn(&str) -> bool,
        find: &dyn Fn(&str) -> Option<Self>,
    ) -> Self {
        let empty =
            Self { members: Vec::new(), holes: Vec::new(), bit_holes: Vec::new(), ..self.clone() };
        let mut opening = Opening { is_open, find, layout: empty };
        opening.add(self, (0, 0), "", DEPTH_MAX);
        let mut layout = opening.layout;
        layout.holes.sort_by_key(|hole| hole.offset);
        layout.bit_holes.sort_by_key(|hole| (hole.offset, hole.bit_offset));
        layout
    }
}

struct Opening<'a> {
    is_open: &'a dyn Fn(&str) -> bool,
    find: &'a dyn Fn(&str) -> Option<Layout>,
    layout: Layout,
}

impl Opening<'_> {
    /// Adds a struct's members, so many bytes and levels further in; their paths begin with `around`.
    fn add(&mut self, inner: &Layout, (offset, depth): (u32, u32), around: &str, left: u32) {
        let further = |at: u32| offset.saturating_add(at);
        let holes = inner.holes.iter().map(|hole| Hole { offset: further(hole.offset), ..*hole });
        self.layout.holes.extend(holes);
        let bits = inner.bit_holes.iter();
        let bits = bits.map(|hole| BitHole { offset: further(hole.offset), ..*hole });
        self.layout.bit_holes.extend(bits);
        let mut paths = inner.paths();
        for (place, member) in inner.members.iter().enumerate() {
            let path = if member.name.is_empty() { None } else { paths.next() };
            let (depth, offset) = (depth + member.depth, further(member.offset));
            self.layout.members.push(Member { depth, offset, ..member.clone() });
            let has_members =
                inner.members.get(place + 1).is_some_and(|next| next.depth > member.depth);
            let Some((path, _)) = path.filter(|_| left > 0 && !has_members) else { continue };
            let path = [around, &path].concat();
            let is_plain = !member.type_name.contains(['*', '[', '(']);
            if is_plain
                && (self.is_open)(&path)
                && let Some(below) = (self.find)(struct_name(&member.type_name))
            {
                self.add(&below, (offset, depth), &[&path, "."].concat(), left - 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::curated::Layouts;

    fn layouts() -> Layouts {
        let text = include_bytes!("../../../static/atlas/6.12.structs");
        Layouts::read(text).expect("the committed structs")
    }

    #[test]
    fn what_is_opened_is_as_when_all_is_expanded_and_the_rest_is_as_it_was() {
        let layouts = layouts();
        let find = |name: &str| layouts.find(name).cloned();
        let own = find("sk_buff").expect("a struct");
        assert_eq!(own.opened(&|_| false, &find), {
            let mut sorted = own.clone();
            sorted.holes.sort_by_key(|hole| hole.offset);
            sorted.bit_holes.sort_by_key(|hole| (hole.offset, hole.bit_offset));
            sorted
        });
        let open = |path: &str| matches!(path, "users" | "users.refs");
        let opened = own.opened(&open, &find);
        let expanded = layouts.expanded("sk_buff", 2).expect("a struct");
        let path = "users.refs.counter";
        assert_eq!(opened.member(path), expanded.member(path));
        assert!(opened.member(path).is_some() && own.member(path).is_none());
        assert_eq!(opened.members.len(), own.members.len() + 2);
        let all = own.opened(&|_| true, &find);
        assert!(all.members.len() > opened.members.len());
    }

    #[test]
    fn a_struct_that_is_said_to_hold_itself_ends() {
        let layouts = layouts();
        let mut ring = layouts.find("gro_list").expect("a struct").clone();
        ring.members[0].type_name = "struct gro_list".to_owned();
        let again = ring.clone();
        let find = |name: &str| (name == "gro_list").then(|| again.clone());
        let opened = ring.opened(&|_| true, &find);
        assert!(opened.members.len() > ring.members.len() && opened.members.len() < 100);
    }
}
