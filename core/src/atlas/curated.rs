//! Layouts that somebody chose, as a small file: what a page needs without a whole kernel's BTF.
//!
//! The file is text, its parts divided by tabs; `cargo xtask curate` writes it. Types stand in it
//! once, and members say their number; an offset stands there only where it does not follow.
//!
//! ```text
//! layouts 2     <kernel>
//! type          <size> <type>                               the first has number 0
//! struct        <name> <size> <padding> <bit padding>       or union
//! <tabs: depth> <name> <number of its type> [<offset> [<bit offset> <bit size>]]
//! hole          <offset> <size>
//! bits          <offset> <bit offset> <bit size>
//! typedef       <name> <name of its struct>
//! ```

use std::fmt::Write;

use super::layout::{BitHole, Hole, Layout, Member, StructKind};
use super::lines::lines;

/// The beginning of the file, with its version.
const MAGIC: &str = "layouts 2";

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
    /// By name.
    layouts: Vec<Layout>,
    /// Other names, and what they stand for; by name.
    typedefs: Vec<(String, String)>,
}

impl Layouts {
    /// None yet, of that kernel.
    #[must_use]
    pub fn new(kernel: &str) -> Self {
        Self { kernel: kernel.to_owned(), ..Self::default() }
    }

    /// Adds a layout under its name.
    pub fn add(&mut self, layout: Layout) {
        match self.place(&layout.name) {
            Ok(place) => self.layouts[place] = layout,
            Err(place) => self.layouts.insert(place, layout),
        }
    }

    /// Where a layout is, or belongs.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.layouts.binary_search_by(|layout| layout.name.as_str().cmp(name))
    }

    /// Adds another name of a struct.
    pub fn add_typedef(&mut self, name: &str, of: &str) {
        match self.typedef(name) {
            Ok(place) => of.clone_into(&mut self.typedefs[place].1),
            Err(place) => self.typedefs.insert(place, (name.to_owned(), of.to_owned())),
        }
    }

    /// Where a typedef is, or belongs.
    fn typedef(&self, name: &str) -> Result<usize, usize> {
        self.typedefs.binary_search_by(|(typedef, _)| typedef.as_str().cmp(name))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The first line that is not of its form.
    pub fn read(bytes: &[u8]) -> Result<Self, LayoutsError> {
        let mut reader = Reader::default();
        let read = lines(bytes, |line, first| reader.line(line, first));
        read.map_err(|line| LayoutsError { line })?;
        let Reader { mut layouts, current, .. } = reader;
        if let Some(layout) = current {
            layouts.add(layout);
        }
        if layouts.kernel.is_empty() { Err(LayoutsError { line: 1 }) } else { Ok(layouts) }
    }

    /// The file's text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut types = Vec::new();
        let mut structs = String::new();
        for layout in &self.layouts {
            // Writing into a `String` cannot fail.
            let _ = write_layout(layout, &mut types, &mut structs);
        }
        let mut text = format!("{MAGIC}\t{}\n", self.kernel);
        for (name, size) in types {
            let _ = writeln!(text, "type\t{size}\t{name}");
        }
        text.push_str(&structs);
        for (name, of) in &self.typedefs {
            let _ = writeln!(text, "typedef\t{name}\t{of}");
        }
        text
    }

    /// All layouts, by name.
    pub fn all(&self) -> impl Iterator<Item = &Layout> {
        self.layouts.iter()
    }

    /// The layout of a struct or union, by its name or by that of a typedef.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Layout> {
        let name = self.typedef(name).map_or(name, |place| &self.typedefs[place].1);
        self.layouts.get(self.place(name).ok()?)
    }

    /// The layout with the members of named structs below theirs too, `levels` deep, as far as
    /// those are in the file; holes in the order of their offsets.
    #[must_use]
    pub fn expanded(&self, name: &str, levels: u32) -> Option<Layout> {
        let outer = self.find(name)?;
        let mut layout = Layout {
            members: Vec::new(),
            holes: Vec::new(),
            bit_holes: Vec::new(),
            ..outer.clone()
        };
        self.expand(outer, (0, 0), levels, &mut layout);
        Some(layout)
    }

    fn expand(&self, inner: &Layout, at: (u32, u32), levels: u32, into: &mut Layout) {
        let (offset, depth) = at;
        // Not even a struct's own are in order: those of a union's members lie one over the other.
        for hole in &inner.holes {
            let hole = Hole { offset: offset.saturating_add(hole.offset), ..*hole };
            let behind = into.holes.partition_point(|other| other.offset <= hole.offset);
            into.holes.insert(behind, hole);
        }
        for hole in &inner.bit_holes {
            let hole = BitHole { offset: offset.saturating_add(hole.offset), ..*hole };
            let at = |hole: &BitHole| (hole.offset, hole.bit_offset);
            let behind = into.bit_holes.partition_point(|other| at(other) <= at(&hole));
            into.bit_holes.insert(behind, hole);
        }
        for member in &inner.members {
            let place = offset.saturating_add(member.offset);
            let deeper = depth + member.depth;
            into.members.push(Member { depth: deeper, offset: place, ..member.clone() });
            let below = if levels > 0 { self.find(struct_name(&member.type_name)) } else { None };
            if let Some(below) = below {
                self.expand(below, (place, deeper), levels - 1, into);
            }
        }
    }
}

/// What was read so far.
#[derive(Default)]
struct Reader<'a> {
    layouts: Layouts,
    /// Each type with its size.
    types: Vec<(&'a str, u32)>,
    current: Option<Layout>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str, first: bool) -> Option<()> {
        let parts: Vec<&str> = line.split('\t').collect();
        match parts[..] {
            [MAGIC, kernel] if first => kernel.clone_into(&mut self.layouts.kernel),
            _ if first => return None,
            ["", ..] => return self.member(&parts),
            ["type", size, name] => self.types.push((name, size.parse().ok()?)),
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
                if let Some(done) = self.current.replace(next) {
                    self.layouts.add(done);
                }
            }
            ["typedef", name, of] => self.layouts.add_typedef(name, of),
            ["hole", offset, size] => {
                let hole = Hole { offset: offset.parse().ok()?, size: size.parse().ok()? };
                self.current.as_mut()?.holes.push(hole);
            }
            ["bits", offset, bit_offset, bit_size] => {
                self.current.as_mut()?.bit_holes.push(BitHole {
                    offset: offset.parse().ok()?,
                    bit_offset: bit_offset.parse().ok()?,
                    bit_size: bit_size.parse().ok()?,
                });
            }
            _ => return None,
        }
        Some(())
    }

    fn member(&mut self, parts: &[&str]) -> Option<()> {
        let members = &mut self.current.as_mut()?.members;
        // An anonymous one has an empty name, too: its number is then the first that is not empty.
        let number = parts.iter().position(|part| part.starts_with(|at: char| at.is_ascii_digit()));
        let (before, behind) = parts.split_at_checked(number?)?;
        let depth = u32::try_from(before.len()).ok()?.checked_sub(1)?;
        let deepest = members.last().map_or(1, |member| member.depth + 1);
        if depth == 0 || depth > deepest {
            return None;
        }
        let (offset, bits) = match *behind {
            [_] => (following(members, depth), None),
            [_, offset] => (offset.parse().ok()?, None),
            [_, offset, bit, size] => {
                (offset.parse().ok()?, Some((bit.parse().ok()?, size.parse().ok()?)))
            }
            _ => return None,
        };
        let &(type_name, size) = self.types.get(behind[0].parse::<usize>().ok()?)?;
        members.push(Member {
            depth,
            name: (*before.last()?).to_owned(),
            type_name: type_name.to_owned(),
            offset,
            bit_offset: bits.map(|(offset, _)| offset),
            bit_size: bits.map(|(_, size)| size),
            size,
        });
        Some(())
    }
}

/// Where the next member begins if there is no hole: behind the last, or where its parent does.
fn following(members: &[Member], depth: u32) -> u32 {
    members.last().map_or(0, |last| {
        if depth > last.depth { last.offset } else { last.offset.saturating_add(last.size) }
    })
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

fn write_layout<'a>(
    layout: &'a Layout,
    types: &mut Vec<(&'a str, u32)>,
    text: &mut String,
) -> std::fmt::Result {
    let Layout { name, size, padding, bit_padding, members, .. } = layout;
    writeln!(text, "{}\t{name}\t{size}\t{padding}\t{bit_padding}", layout.kind.keyword())?;
    for (place, member) in members.iter().enumerate() {
        let Member { depth, name, type_name, offset, size, .. } = member;
        let found = types.iter().position(|known| *known == (type_name, *size));
        let number = found.unwrap_or(types.len());
        if found.is_none() {
            types.push((type_name, *size));
        }
        (0..*depth).for_each(|_| text.push('\t'));
        write!(text, "{name}\t{number}")?;
        let bits = member.bit_offset.zip(member.bit_size);
        if bits.is_some() || *offset != following(&members[..place], *depth) {
            write!(text, "\t{offset}")?;
        }
        if let Some((bit_offset, bit_size)) = bits {
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
