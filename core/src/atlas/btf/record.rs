//! One type as BTF stores it: twelve bytes, and what its kind puts behind them.
//!
//! Models the formats of `include/uapi/linux/btf.h`.

/// What a type is (`BTF_KIND_*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No type: id 0.
    Void,
    /// An integer, a character or a `bool`.
    Int,
    /// A pointer.
    Pointer,
    /// An array.
    Array,
    /// A struct.
    Struct,
    /// A union.
    Union,
    /// An enumeration of 32-bit values.
    Enum,
    /// A struct or union that is declared only.
    Forward,
    /// A `typedef`.
    Typedef,
    /// A `volatile` type.
    Volatile,
    /// A `const` type.
    Const,
    /// A `restrict` pointer.
    Restrict,
    /// A function, with a name.
    Function,
    /// A function's type.
    Prototype,
    /// A variable.
    Variable,
    /// A section of variables.
    Section,
    /// A floating-point number.
    Float,
    /// A tag of a declaration.
    DeclTag,
    /// A tag of a type.
    TypeTag,
    /// An enumeration of 64-bit values.
    Enum64,
    /// A kind that this reader does not know.
    Unknown(u8),
}

impl Kind {
    /// The kind of that number.
    pub(super) fn of(number: u8) -> Self {
        match number {
            1 => Self::Int,
            2 => Self::Pointer,
            3 => Self::Array,
            4 => Self::Struct,
            5 => Self::Union,
            6 => Self::Enum,
            7 => Self::Forward,
            8 => Self::Typedef,
            9 => Self::Volatile,
            10 => Self::Const,
            11 => Self::Restrict,
            12 => Self::Function,
            13 => Self::Prototype,
            14 => Self::Variable,
            15 => Self::Section,
            16 => Self::Float,
            17 => Self::DeclTag,
            18 => Self::TypeTag,
            19 => Self::Enum64,
            other => Self::Unknown(other),
        }
    }

    /// Bytes behind the record: once, and for each of its elements. Nothing for an unknown kind.
    pub(super) const fn tail(self) -> (u32, u32) {
        match self {
            Self::Int | Self::Variable | Self::DeclTag => (4, 0),
            Self::Array => (12, 0),
            Self::Struct | Self::Union | Self::Section | Self::Enum64 => (0, 12),
            Self::Enum | Self::Prototype => (0, 8),
            _ => (0, 0),
        }
    }

    /// Whether the record's third word is the id of a type.
    const fn refers(self) -> bool {
        use Kind as K;
        matches!(
            self,
            K::Pointer
                | K::Typedef
                | K::Volatile
                | K::Const
                | K::Restrict
                | K::Function
                | K::Prototype
                | K::Variable
                | K::DeclTag
                | K::TypeTag
        )
    }

    /// Whether a type of this kind has members.
    #[must_use]
    pub const fn has_members(self) -> bool {
        matches!(self, Self::Struct | Self::Union)
    }
}

/// Bytes of a record, without what is behind it.
pub(super) const RECORD_BYTES: u32 = 12;

/// A type as it is stored. Names are offsets, types are ids.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// What it is.
    pub kind: Kind,
    /// Where its name stands in the strings; 0 for none.
    pub name: u32,
    /// The top bit of its second word (`kind_flag`).
    pub flag: bool,
    /// Elements behind it (`vlen`).
    pub count: u32,
    /// Its size in bytes, or the id of the type that it refers to.
    pub size_or_type: u32,
    /// All that is behind it, other types too.
    pub(super) behind: &'a [u8],
}

/// `void`: id 0.
pub(super) const VOID: Record<'static> =
    Record { kind: Kind::Void, name: 0, flag: false, count: 0, size_or_type: 0, behind: &[] };

/// A member as it is stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Where its name stands in the strings; 0 for none.
    pub(crate) name: u32,
    /// Its type.
    pub(crate) type_id: u32,
    /// Bits from the start of its owner.
    pub(crate) bit_offset: u32,
    /// Bits of a bitfield, else 0.
    pub(crate) bit_size: u32,
}

impl<'a> Record<'a> {
    /// The record at the start of those bytes.
    pub(super) fn first(bytes: &'a [u8]) -> Option<Self> {
        let (head, behind) = bytes.split_first_chunk()?;
        let [name, info, size_or_type] = words(head);
        Some(Self {
            // Wider than old kernels write them (16 and 5 bits); the bits between are 0 there.
            kind: Kind::of((info >> 24 & 0x7f) as u8),
            name,
            flag: info >> 31 == 1,
            count: info & 0xff_ffff,
            size_or_type,
            behind,
        })
    }

    /// What its kind puts behind it. It is looked for when it is wanted: most records have nothing.
    fn tail(self) -> &'a [u8] {
        let (once, each) = self.kind.tail();
        // Cannot overflow: the reader has found room for it.
        self.behind.get(..(once + each * self.count) as usize).unwrap_or_default()
    }

    /// The members, if it has any.
    pub(crate) fn fields(self) -> impl Iterator<Item = Field> + use<'a> {
        let tail = if self.kind.has_members() { self.tail() } else { &[] };
        tail.as_chunks().0.iter().map(move |field| {
            let [name, type_id, place] = words(field);
            let (bit_offset, bit_size) =
                if self.flag { (place & 0xff_ffff, place >> 24) } else { (place, 0) };
            Field { name, type_id, bit_offset, bit_size }
        })
    }

    /// An array's element type and length.
    pub(crate) fn array(self) -> (u32, u32) {
        let [element, _, length] = match self.behind.first_chunk() {
            Some(three) if self.kind == Kind::Array => words(three),
            _ => [0; 3],
        };
        (element, length)
    }

    /// The types of a prototype's parameters; 0 at the end stands for `...`.
    pub(crate) fn parameters(self) -> impl Iterator<Item = u32> + use<'a> {
        let tail = if self.kind == Kind::Prototype { self.tail() } else { &[] };
        tail.chunks_exact(8).map(|parameter| word(parameter, 4))
    }

    /// Hands over every name and the id of every type that it states.
    pub(super) fn visit(self, mut name: impl FnMut(u32), mut id: impl FnMut(u32)) {
        name(self.name);
        let threes = || self.tail().as_chunks().0.iter().map(words);
        let twos = || self.tail().as_chunks::<8>().0.iter().map(|two| (word(two, 0), word(two, 4)));
        match self.kind {
            Kind::Struct | Kind::Union => {
                for [member, of, _] in threes() {
                    name(member);
                    id(of);
                }
            }
            Kind::Prototype => {
                for (parameter, of) in twos() {
                    name(parameter);
                    id(of);
                }
                id(self.size_or_type);
            }
            Kind::Enum => twos().for_each(|(value, _)| name(value)),
            Kind::Enum64 => threes().for_each(|[value, ..]| name(value)),
            Kind::Section => threes().for_each(|[of, ..]| id(of)),
            Kind::Array => {
                threes().for_each(|[of, index, _]| [of, index].into_iter().for_each(&mut id))
            }
            kind if kind.refers() => id(self.size_or_type),
            _ => {}
        }
    }
}

/// The three words of twelve bytes.
fn words(bytes: &[u8; 12]) -> [u32; 3] {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = *bytes;
    [[a, b, c, d], [e, f, g, h], [i, j, k, l]].map(u32::from_le_bytes)
}

/// The word of four bytes at `at`; 0 beyond the end.
pub(super) fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u32::from_le_bytes(*word))
}
