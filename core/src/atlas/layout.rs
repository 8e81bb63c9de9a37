//! One struct or union, as plain data.

/// Bytes of a cacheline (x86-64).
pub const CACHELINE_BYTES: u32 = 64;

/// Whether members lie one behind the other or over each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StructKind {
    /// One behind the other.
    Struct,
    /// Over each other.
    Union,
}

impl StructKind {
    /// The keyword of C.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Struct => "struct",
            Self::Union => "union",
        }
    }
}

/// A struct or union. Offsets are from its own start.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// Struct or union.
    pub kind: StructKind,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u32,
    /// Its members; those of an anonymous struct or union stand below it, one deeper.
    pub members: Vec<Member>,
    /// Unused bytes between members, also in anonymous structs; those at the end are not here.
    pub holes: Vec<Hole>,
    /// Unused bits between bitfields.
    pub bit_holes: Vec<BitHole>,
    /// Unused bytes at the end.
    pub padding: u32,
    /// Unused bits behind the last bitfield, before `padding`.
    pub bit_padding: u32,
}

/// A member of a struct or union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// 1 for the struct's own members.
    pub depth: u32,
    /// Empty for an anonymous one.
    pub name: String,
    /// Its type as C, without the name: `struct list_head *`, `char[48]`, `void (*)(int)`. An
    /// anonymous struct or union is the bare keyword.
    pub type_name: String,
    /// Bytes from the start of the outermost struct; of the storage unit, for a bitfield. Below a
    /// pointer to an anonymous struct: from the start of that one.
    pub offset: u32,
    /// The first bit within the storage unit, for a bitfield.
    pub bit_offset: Option<u32>,
    /// Bits of a bitfield.
    pub bit_size: Option<u32>,
    /// Bytes; of the storage unit, for a bitfield.
    pub size: u32,
}

/// Unused bytes between two members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hole {
    /// Bytes from the start of the outermost struct.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
}

/// Unused bits between two bitfields, or behind the last of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BitHole {
    /// The byte of the first of them, from the start of the outermost struct.
    pub offset: u32,
    /// The first of them in that byte.
    pub bit_offset: u32,
    /// Bits.
    pub bit_size: u32,
}

/// Why a struct has no layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutError {
    /// The type is no struct or union.
    NotAStruct,
    /// Types refer to each other in a circle, or are nested more than 32 deep.
    TooDeep,
    /// A size or an offset is more than 4 GiB.
    TooFar,
    /// Its anonymous structs share so much that the layout would outgrow the file.
    TooLarge,
}

/// Whether a path leads further in than the struct at another.
#[must_use]
pub fn lies_in(path: &str, around: &str) -> bool {
    path.strip_prefix(around).is_some_and(|rest| rest.starts_with('.'))
}

impl Layout {
    /// Cachelines that it touches when it begins at the start of one.
    #[must_use]
    pub const fn cachelines(&self) -> u32 {
        self.size.div_ceil(CACHELINE_BYTES)
    }

    /// The member at a path of names, `users.refs.counter`; anonymous structs have no part in it.
    #[must_use]
    pub fn member(&self, path: &str) -> Option<&Member> {
        self.paths().find(|(found, _)| found == path).map(|(_, member)| member)
    }

    /// Every named member with its path of names.
    pub fn paths(&self) -> impl Iterator<Item = (String, &Member)> {
        let mut names: Vec<&str> = Vec::new();
        self.members.iter().filter_map(move |member| {
            names.truncate(member.depth as usize - 1);
            names.push(&member.name);
            let named = || names.iter().copied().filter(|name| !name.is_empty());
            (!member.name.is_empty()).then(|| (named().collect::<Vec<_>>().join("."), member))
        })
    }
}
