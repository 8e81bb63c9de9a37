//! A struct as C declares it: its members from top to bottom, as source code and `pahole` have them.

use super::holes::{Extent, Found, Gaps};
use super::layout::{BitHole, CACHELINE_BYTES, Hole, Layout, Member, StructKind};

/// A line of a struct's declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// What it is.
    pub kind: SourceKind,
    /// How far it is indented: 0 for the first and the last.
    pub depth: u32,
    /// The code; nothing for what is no code: holes, padding and borders.
    pub text: String,
}

/// What a line of a struct's declaration is. Members are named by their place among the layout's: their
/// offset, bits and size stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// `struct sk_buff {`, or `union {` of that member.
    Open(Option<usize>),
    /// A member.
    Member(usize),
    /// `};`, or `} name;` of that member.
    Close(Option<usize>),
    /// Bytes that nobody uses between two members.
    Hole(Hole),
    /// Bits that nobody uses between two members.
    BitHole(BitHole),
    /// What nobody uses at the end: bytes, and bits before them.
    Padding {
        /// Bytes.
        bytes: u32,
        /// Bits.
        bits: u32,
    },
    /// Here, or some bytes ago within the member before, a cacheline began.
    Cacheline {
        /// Its number, from 0.
        number: u32,
        /// Bytes since then.
        ago: u32,
    },
}

/// The lines of a struct's declaration. Of a layout that was expanded, the members of a named struct stand
/// within its braces.
#[must_use]
pub fn source_order(layout: &Layout) -> Vec<SourceLine> {
    let mut writer = Writer { members: &layout.members, lines: Vec::new(), reached: 0 };
    let open = format!("{} {} {{", layout.kind.keyword(), layout.name);
    writer.line(SourceKind::Open(None), 0, open);
    let is_union = layout.kind == StructKind::Union;
    writer.block(Block { first: 0, end: layout.members.len(), depth: 1, begin: 0, is_union });
    if layout.padding > 0 || layout.bit_padding > 0 {
        let (bytes, bits) = (layout.padding, layout.bit_padding);
        writer.line(SourceKind::Padding { bytes, bits }, 1, String::new());
    }
    writer.line(SourceKind::Close(None), 0, "};".to_owned());
    writer.lines
}

/// A member's declaration, without the semicolon: its name within its type, as C has it.
#[must_use]
pub fn declaration(member: &Member) -> String {
    let (before, behind) = around_name(&member.type_name);
    let (before, behind) = (before.replace("* *", "**"), behind.replace("* *", "**"));
    // What is unnamed within a struct has no room for a list of its constants here.
    let before = match before.strip_prefix("enum") {
        Some(rest) if rest.is_empty() || rest.starts_with(" *") => format!("enum {{…}}{rest}"),
        _ => before,
    };
    let space = if before.ends_with('*') || member.name.is_empty() { "" } else { " " };
    let bits = member.bit_size.map(|bits| format!(":{bits}")).unwrap_or_default();
    [&before, space, &member.name, &behind, &bits].concat()
}

/// What of a type stands before its name and what behind: `void (*` and `)(int)`, `char` and `[48]`.
fn around_name(type_name: &str) -> (&str, &str) {
    let function = type_name.find("(*").map(|at| at + 2);
    let array = || type_name.find('[');
    type_name.split_at(function.or_else(array).unwrap_or(type_name.len()))
}

/// Members of one struct or union.
#[derive(Clone, Copy)]
struct Block {
    first: usize,
    end: usize,
    depth: u32,
    /// Bytes from the start of the outermost struct to its own.
    begin: u32,
    is_union: bool,
}

struct Writer<'a> {
    members: &'a [Member],
    lines: Vec<SourceLine>,
    /// The cacheline whose border was passed last.
    reached: u32,
}

impl Writer<'_> {
    fn line(&mut self, kind: SourceKind, depth: u32, text: String) {
        self.lines.push(SourceLine { kind, depth, text });
    }

    fn block(&mut self, block: Block) {
        let reached = self.reached;
        let mut gaps = Gaps::default();
        let mut before = None;
        let mut place = block.first;
        while place < block.end {
            let member = &self.members[place];
            let below = self.members[place + 1..block.end].iter();
            let end = place + 1 + below.take_while(|inner| inner.depth > block.depth).count();
            if !block.is_union {
                self.gap(&mut gaps, member, block);
                if before.is_some_and(|offset| offset != member.offset) {
                    self.border(member.offset, block.depth);
                }
                before = Some(member.offset);
            }
            self.member(place, end, block.depth);
            if block.is_union {
                // Each of them begins where the union does.
                self.reached = reached;
            }
            place = end;
        }
    }

    /// What nobody uses before a member.
    fn gap(&mut self, gaps: &mut Gaps, member: &Member, block: Block) {
        let (mut holes, mut bit_holes) = (Vec::new(), Vec::new());
        let mut found = Found { begin: block.begin, holes: &mut holes, bit_holes: &mut bit_holes };
        gaps.pass(extent(member, block.begin), &mut found);
        for hole in bit_holes {
            self.line(SourceKind::BitHole(hole), block.depth, String::new());
        }
        for hole in holes {
            self.line(SourceKind::Hole(hole), block.depth, String::new());
        }
    }

    fn border(&mut self, offset: u32, depth: u32) {
        let number = offset / CACHELINE_BYTES;
        if number > self.reached {
            self.reached = number;
            let ago = offset % CACHELINE_BYTES;
            self.line(SourceKind::Cacheline { number, ago }, depth, String::new());
        }
    }

    /// A member, with those of its own struct if they are known.
    fn member(&mut self, place: usize, end: usize, depth: u32) {
        let member = &self.members[place];
        let text = declaration(member) + ";";
        let keyword = around_name(&member.type_name).0.trim_end_matches([' ', '*']);
        let bare = keyword.strip_prefix("const ").unwrap_or(keyword);
        // One that is unnamed may also be empty.
        if end == place + 1 && !matches!(bare, "struct" | "union") {
            self.line(SourceKind::Member(place), depth, text);
            return;
        }
        let is_pointed_to = member.type_name.contains('*');
        let begin = if is_pointed_to { 0 } else { member.offset };
        let is_union = bare.starts_with(StructKind::Union.keyword());
        self.line(SourceKind::Open(Some(place)), depth, format!("{keyword} {{"));
        self.block(Block { first: place + 1, end, depth: depth + 1, begin, is_union });
        let rest = text.strip_prefix(keyword).unwrap_or(";");
        self.line(SourceKind::Close(Some(place)), depth, format!("}}{rest}"));
    }
}

fn extent(member: &Member, begin: u32) -> Extent {
    let start = u64::from(member.offset.saturating_sub(begin)) * 8;
    let size = u64::from(member.size) * 8;
    match member.bit_offset.zip(member.bit_size) {
        None => Extent { start, end: start + size, storage: None },
        Some((bit, bits)) => {
            let first = start + u64::from(bit);
            Extent { start: first, end: first + u64::from(bits), storage: Some((start, size)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Layouts;
    use super::{SourceKind, source_order};

    const FILE: &[u8] = include_bytes!("../../../static/atlas/6.12.layouts");

    fn lines(name: &str, levels: u32) -> Vec<String> {
        let layouts = Layouts::read(FILE).expect("the committed file");
        let layout = layouts.expanded(name, levels).expect("a curated struct");
        let line = |line: &super::SourceLine| match line.kind {
            SourceKind::Hole(hole) => format!("hole {}+{}", hole.offset, hole.size),
            SourceKind::Cacheline { number, ago } => format!("line {number}, {ago} ago"),
            SourceKind::Padding { bytes, .. } => format!("padding {bytes}"),
            _ => format!("{}{}", "  ".repeat(line.depth as usize), line.text),
        };
        source_order(&layout).iter().map(line).collect()
    }

    /// As include/linux/skbuff.h declares them, with the layout of Debian's 6.12.107.
    #[test]
    fn names_stand_within_their_types_and_unnamed_structs_within_their_braces() {
        let skb = lines("sk_buff", 0);
        let begin = [
            "struct sk_buff {",
            "  union {",
            "    struct {",
            "      struct sk_buff *next;",
            "      struct sk_buff *prev;",
            "      union {",
            "        struct net_device *dev;",
            "        long unsigned int dev_scratch;",
            "      };",
            "    };",
        ];
        assert_eq!(skb[..begin.len()], begin);
        for line in [
            "  char cb[48];",
            "line 1, 24 ago",
            "      void (*destructor)(struct sk_buff *);",
            "  __u8 fclone:2;",
            "hole 133+1",
        ] {
            assert!(skb.iter().any(|found| found == line), "{line}: {skb:#?}");
        }
        assert_eq!(skb.last().map(String::as_str), Some("};"));
        let napi = lines("napi_struct", 0);
        assert!(
            napi.contains(&"  int (*poll)(struct napi_struct *, int);".to_owned()),
            "{napi:#?}"
        );
    }

    #[test]
    fn the_members_of_an_expanded_struct_stand_within_its_braces() {
        let list = lines("gro_list", 1);
        let expected = [
            "struct gro_list {",
            "  struct list_head {",
            "    struct list_head *next;",
            "    struct list_head *prev;",
            "  } list;",
            "  int count;",
            "padding 4",
            "};",
        ];
        assert_eq!(list, expected);
        let softnet = lines("softnet_data", 0);
        assert!(softnet.contains(&"  struct Qdisc **output_queue_tailp;".to_owned()));
    }
}
