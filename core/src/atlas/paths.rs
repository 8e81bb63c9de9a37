//! The paths of a struct's members, one after the other, without what a layout takes of memory.

use super::btf::{Btf, Record};
use super::type_text::DEPTH_MAX;
use std::ops::ControlFlow;

/// A walk along the members of a struct, in the order in which its layout has them.
pub(super) struct Paths<'b, V> {
    btf: &'b Btf<'b>,
    /// Names of the members around, and of the one that is visited.
    path: String,
    /// Members that may still be passed: anonymous structs can be shared so often that they never end.
    left: &'b mut usize,
    /// Is given the path of each member that has a name.
    visit: V,
}

impl<'b, V: FnMut(&str) -> ControlFlow<()>> Paths<'b, V> {
    /// Visits the members of a struct and of the anonymous structs in it, until `visit` has enough.
    pub(super) fn visit(btf: &'b Btf<'b>, id: u32, left: &'b mut usize, visit: V) {
        let mut walk = Self { btf, path: String::new(), left, visit };
        // Why it ended is the visitor's to know.
        let _ = walk.members(btf.get(id), DEPTH_MAX);
    }

    fn members(&mut self, record: Record<'b>, depth: u32) -> ControlFlow<()> {
        if depth == 0 {
            return ControlFlow::Continue(());
        }
        for field in record.fields() {
            let Some(left) = self.left.checked_sub(1) else { return ControlFlow::Break(()) };
            *self.left = left;
            let around = self.path.len();
            let name = self.btf.name(field.name);
            if !name.is_empty() {
                if around > 0 {
                    self.path.push('.');
                }
                self.path.push_str(name);
                (self.visit)(&self.path)?;
            }
            if let Some(inner) = self.btf.inner(self.btf.get(field.type_id), 0) {
                self.members(inner.record, depth - 1)?;
            }
            self.path.truncate(around);
        }
        ControlFlow::Continue(())
    }
}
