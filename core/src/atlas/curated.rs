//! Layouts that somebody chose, as a small file: what a page needs without a whole kernel's BTF.
//!
//! The file is text, a line an item, its parts divided by tabs; `cargo xtask curate` writes it.
//!
//! ```text
//! layouts 1     <kernel>
//! struct        <name> <size> <padding> <bit padding>       or union
//! <depth>       <name> <type> <offset> <size> [<bit offset> <bit size>]
//! hole          <offset> <size>
//! bits          <offset> <bit offset> <bit size>
//! typedef       <name> <name of its struct>
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

use super::layout::{BitHole, Hole, Layout, Member, StructKind};

/// The beginning of the file, with its version.
const MAGIC: &str = "layouts 1";

/// A line of the file that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayoutsError {
    /// Its number, from 1.
    pub line: u32,
}

/// Chosen layouts of one kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layouts {
    /// The kernel: package version and architecture.
    pub kernel: String,
    layouts: BTreeMap<String, Layout>,
    typedefs: BTreeMap<String, String>,
}

impl Layouts {
    /// None yet, of that kernel.
    #[must_use]
    pub fn new(kernel: &str) -> Self {
        Self { kernel: kernel.to_owned(), ..Self::default() }
    }

    /// Adds a layout under its name.
    pub fn add(&mut self, layout: Layout) {
        self.layouts.insert(layout.name.clone(), layout);
    }

    /// Adds another name of a struct.
    pub fn add_typedef(&mut self, name: &str, of: &str) {
        self.typedefs.insert(name.to_owned(), of.to_owned());
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The first line that is not of its form.
    pub fn read(bytes: &[u8]) -> Result<Self, LayoutsError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let lines = before.iter().filter(|&&byte| byte == b'\n').count();
            LayoutsError { line: u32::try_from(lines + 1).unwrap_or(u32::MAX) }
        })?;
        let mut layouts = Self::default();
        let mut current = None;
        for (line, number) in text.lines().zip(1..) {
            let parts: Vec<&str> = line.split('\t').collect();
            let read = match parts[..] {
                [MAGIC, kernel] if number == 1 => {
                    kernel.clone_into(&mut layouts.kernel);
                    Some(())
                }
                _ => layouts.line(&parts, &mut current).filter(|()| number > 1),
            };
            read.ok_or(LayoutsError { line: number })?;
        }
        layouts.layouts.extend(current.map(|layout| (layout.name.clone(), layout)));
        if layouts.kernel.is_empty() { Err(LayoutsError { line: 1 }) } else { Ok(layouts) }
    }

    fn line(&mut self, parts: &[&str], current: &mut Option<Layout>) -> Option<()> {
        match *parts {
            [keyword @ ("struct" | "union"), name, size, padding, bit_padding] => {
                let is_union = keyword == "union";
                let next = Layout {
                    kind: if is_union { StructKind::Union } else { StructKind::Struct },
                    name: name.to_owned(),
                    size: size.parse().ok()?,
                    members: Vec::new(),
                    holes: Vec::new(),
                    bit_holes: Vec::new(),
                    padding: padding.parse().ok()?,
                    bit_padding: bit_padding.parse().ok()?,
                };
                if let Some(done) = current.replace(next) {
                    self.add(done);
                }
            }
            ["typedef", name, of] => self.add_typedef(name, of),
            ["hole", offset, size] => {
                let hole = Hole { offset: offset.parse().ok()?, size: size.parse().ok()? };
                current.as_mut()?.holes.push(hole);
            }
            ["bits", offset, bit_offset, bit_size] => {
                current.as_mut()?.bit_holes.push(BitHole {
                    offset: offset.parse().ok()?,
                    bit_offset: bit_offset.parse().ok()?,
                    bit_size: bit_size.parse().ok()?,
                });
            }
            [depth, name, type_name, offset, size, ref bits @ ..] => {
                let (bit_offset, bit_size) = match *bits {
                    [] => (None, None),
                    [offset, size] => (Some(offset.parse().ok()?), Some(size.parse().ok()?)),
                    _ => return None,
                };
                let members = &mut current.as_mut()?.members;
                let depth: u32 = depth.parse().ok()?;
                let deepest = members.last().map_or(1, |member: &Member| member.depth + 1);
                if depth == 0 || depth > deepest {
                    return None;
                }
                members.push(Member {
                    depth,
                    name: name.to_owned(),
                    type_name: type_name.to_owned(),
                    offset: offset.parse().ok()?,
                    bit_offset,
                    bit_size,
                    size: size.parse().ok()?,
                });
            }
            _ => return None,
        }
        Some(())
    }

    /// The file's text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("{MAGIC}\t{}\n", self.kernel);
        for layout in self.layouts.values() {
            // Writing into a `String` cannot fail.
            let _ = write_layout(layout, &mut text);
        }
        for (name, of) in &self.typedefs {
            let _ = writeln!(text, "typedef\t{name}\t{of}");
        }
        text
    }

    /// All layouts, by name.
    pub fn all(&self) -> impl Iterator<Item = &Layout> {
        self.layouts.values()
    }

    /// The layout of a struct or union, by its name or by that of a typedef.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Layout> {
        let name = self.typedefs.get(name).map_or(name, String::as_str);
        self.layouts.get(name)
    }

    /// The layout with the members of named structs below theirs too, `levels` deep, as far as
    /// those are in the file; holes in the order of their offsets.
    #[must_use]
    pub fn expanded(&self, name: &str, levels: u32) -> Option<Layout> {
        let outer = self.find(name)?;
        let mut layout = Layout { members: Vec::new(), ..outer.clone() };
        self.expand(outer, (0, 0), levels, &mut layout);
        layout.holes.sort_by_key(|hole| hole.offset);
        layout.bit_holes.sort_by_key(|hole| (hole.offset, hole.bit_offset));
        Some(layout)
    }

    fn expand(&self, inner: &Layout, at: (u32, u32), levels: u32, into: &mut Layout) {
        let (offset, depth) = at;
        for member in &inner.members {
            let place = offset.saturating_add(member.offset);
            let deeper = depth + member.depth;
            into.members.push(Member { depth: deeper, offset: place, ..member.clone() });
            let below = if levels > 0 { self.find(struct_name(&member.type_name)) } else { None };
            let Some(below) = below else { continue };
            into.holes.extend(
                below.holes.iter().map(|hole| Hole { offset: place + hole.offset, ..*hole }),
            );
            into.bit_holes.extend(
                below.bit_holes.iter().map(|hole| BitHole { offset: place + hole.offset, ..*hole }),
            );
            self.expand(below, (place, deeper), levels - 1, into);
        }
    }
}

/// The name under which a member's own struct is looked up: `struct list_head[8]` is `list_head`.
/// A pointer's text holds no such name.
#[must_use]
pub fn struct_name(type_name: &str) -> &str {
    let name = type_name.split('[').next().unwrap_or_default();
    let name = name.strip_prefix("const ").unwrap_or(name);
    let tagged = name.strip_prefix("struct ").or_else(|| name.strip_prefix("union "));
    tagged.unwrap_or(name)
}

fn write_layout(layout: &Layout, text: &mut String) -> std::fmt::Result {
    let Layout { name, size, padding, bit_padding, .. } = layout;
    writeln!(text, "{}\t{name}\t{size}\t{padding}\t{bit_padding}", layout.kind.keyword())?;
    for Member { depth, name, type_name, offset, bit_offset, bit_size, size } in &layout.members {
        write!(text, "{depth}\t{name}\t{type_name}\t{offset}\t{size}")?;
        if let Some((bit_offset, bit_size)) = bit_offset.zip(*bit_size) {
            write!(text, "\t{bit_offset}\t{bit_size}")?;
        }
        text.push('\n');
    }
    for Hole { offset, size } in &layout.holes {
        writeln!(text, "hole\t{offset}\t{size}")?;
    }
    for BitHole { offset, bit_offset, bit_size } in &layout.bit_holes {
        writeln!(text, "bits\t{offset}\t{bit_offset}\t{bit_size}")?;
    }
    Ok(())
}
