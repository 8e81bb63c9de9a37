//! The layout of a struct, out of its BTF, by the rules of `pahole`.

use super::btf::{Btf, Field, Kind, Record};
use super::holes::{Extent, Found, Gaps};
use super::layout::{BitHole, Hole, Layout, LayoutError, Member, StructKind};
use super::type_text::{DEPTH_MAX, Text};

/// Bytes of memory that the layout of one struct may take for each byte of its file. A member has twelve bytes
/// there and up to some hundreds here, and makes up a small part of a whole file.
const LAYOUT_PER_FILE_BYTE: usize = 2;
/// Bytes that a member takes, besides its texts, and the holes before it: a list that grows is there twice, and
/// the new one may be twice as long as it need be.
const MEMBER_BYTES: usize = 3 * (size_of::<Member>() + size_of::<Hole>() + size_of::<BitHole>());
/// Bytes that the two texts of a member have at the most: its name's 512, and those of its type's text.
const TEXTS_BYTES_MAX: usize = 2_048;
/// What a layout may have however small its file is.
const LAYOUT_BYTES_MIN: usize = 1 << 16;
/// Bytes of layouts that all structs together may have for each byte of the file.
const LAYOUTS_PER_FILE_BYTE: usize = 16;

/// Bytes of layouts that all structs of a file together may have.
pub(super) fn layouts_bytes_max(file_bytes: usize) -> usize {
    file_bytes.saturating_mul(LAYOUTS_PER_FILE_BYTE).max(LAYOUT_BYTES_MIN)
}

impl<'a> Btf<'a> {
    /// The layout of a struct or union.
    ///
    /// # Errors
    /// The type is not one, or its layout leaves every measure.
    pub fn layout(&self, id: u32) -> Result<Layout, LayoutError> {
        self.layout_expanded(id, 0)
    }

    /// The layout with the members of named structs below theirs too, `levels` deep.
    ///
    /// # Errors
    /// As [`Self::layout`].
    pub fn layout_expanded(&self, id: u32, levels: u32) -> Result<Layout, LayoutError> {
        let bytes = self.file_bytes().saturating_mul(LAYOUT_PER_FILE_BYTE).max(LAYOUT_BYTES_MIN);
        self.layout_within(id, levels, &mut bytes.clone())
    }

    /// The layouts of all named structs and unions, one at a time, in the order of their ids.
    pub fn layouts(&self) -> impl Iterator<Item = Result<Layout, LayoutError>> + '_ {
        let mut left = layouts_bytes_max(self.file_bytes());
        let mut text = Text::default();
        self.structs().map(move |id| Measure::layout(self, id, 0, &mut left, &mut text))
    }

    /// The layout, which may take so many bytes of memory; they are taken off.
    pub(super) fn layout_within(
        &self,
        id: u32,
        levels: u32,
        left: &mut usize,
    ) -> Result<Layout, LayoutError> {
        Measure::layout(self, id, levels, left, &mut Text::default())
    }

    /// Bytes of a type; 0 where C has none.
    fn size(&self, mut record: Record<'a>) -> Result<u32, LayoutError> {
        let mut count: u32 = 1;
        for _ in 0..DEPTH_MAX {
            let id = match record.kind {
                Kind::Array => {
                    let (element, length) = record.array();
                    count = count.checked_mul(length).ok_or(LayoutError::TooFar)?;
                    element
                }
                Kind::Typedef | Kind::Volatile | Kind::Const | Kind::Restrict | Kind::TypeTag => {
                    record.size_or_type
                }
                Kind::Pointer => return count.checked_mul(8).ok_or(LayoutError::TooFar),
                Kind::Int
                | Kind::Struct
                | Kind::Union
                | Kind::Enum
                | Kind::Enum64
                | Kind::Float => {
                    return count.checked_mul(record.size_or_type).ok_or(LayoutError::TooFar);
                }
                _ => return Ok(0),
            };
            record = self.get(id);
        }
        Err(LayoutError::TooDeep)
    }

    /// The struct whose members stand below a member of that type.
    pub(super) fn inner(&self, mut record: Record<'a>, levels: u32) -> Option<Inner<'a>> {
        let mut is_pointed_to = false;
        for _ in 0..DEPTH_MAX {
            let id = match record.kind {
                Kind::Struct | Kind::Union if self.is_anonymous(record) => {
                    return Some(Inner { record, is_pointed_to, levels });
                }
                Kind::Struct | Kind::Union if levels > 0 && !is_pointed_to => {
                    return Some(Inner { record, is_pointed_to, levels: levels - 1 });
                }
                Kind::Array => record.array().0,
                Kind::Pointer if !is_pointed_to => {
                    is_pointed_to = true;
                    record.size_or_type
                }
                Kind::Const | Kind::Volatile => record.size_or_type,
                Kind::Typedef if levels > 0 && !is_pointed_to => record.size_or_type,
                _ => return None,
            };
            record = self.get(id);
        }
        None
    }
}

/// Where a member lies in its own struct: bytes of its type or storage unit, and its bits.
struct Place {
    offset: u32,
    size: u32,
    bits: Option<(u32, u32)>,
}

/// A struct whose members are added to a layout.
struct Owner<'a> {
    record: Record<'a>,
    /// Bytes from the start of the outermost struct to its own.
    begin: u32,
    /// How deep its members stand.
    depth: u32,
    /// How many levels of named structs may stand below its members.
    levels: u32,
    /// Whether a union is among those around it.
    in_union: bool,
}

/// A struct within a member: as such, in an array, or only pointed to.
pub(super) struct Inner<'a> {
    pub(super) record: Record<'a>,
    is_pointed_to: bool,
    levels: u32,
}

/// A layout being made.
struct Measure<'b> {
    btf: &'b Btf<'b>,
    members: Vec<Member>,
    holes: Vec<Hole>,
    bit_holes: Vec<BitHole>,
    text: &'b mut Text,
    /// Bytes of layout that may still be made.
    left: &'b mut usize,
}

impl<'b> Measure<'b> {
    fn layout(
        btf: &'b Btf<'b>,
        id: u32,
        levels: u32,
        left: &'b mut usize,
        text: &'b mut Text,
    ) -> Result<Layout, LayoutError> {
        let record = btf.get(id);
        let kind = match record.kind {
            Kind::Struct => StructKind::Struct,
            Kind::Union => StructKind::Union,
            _ => return Err(LayoutError::NotAStruct),
        };
        let members = Vec::with_capacity(
            (record.count as usize).min(*left / (MEMBER_BYTES + TEXTS_BYTES_MAX)),
        );
        let (holes, bit_holes) = (Vec::new(), Vec::new());
        let mut measure = Self { btf, members, holes, bit_holes, text, left };
        let gaps = measure.add(Owner { record, begin: 0, depth: 1, levels, in_union: false })?;
        let (padding, bit_padding) = match kind {
            StructKind::Struct => gaps.padding(record.size_or_type),
            StructKind::Union => (0, 0),
        };
        Ok(Layout {
            kind,
            name: btf.name(record.name).to_owned(),
            size: record.size_or_type,
            members: measure.members,
            holes: measure.holes,
            bit_holes: measure.bit_holes,
            padding,
            bit_padding,
        })
    }

    /// Adds the members of a struct and of those below it.
    fn add(&mut self, owner: Owner<'b>) -> Result<Gaps, LayoutError> {
        let Owner { record, begin, depth, .. } = owner;
        if depth > DEPTH_MAX {
            return Err(LayoutError::TooDeep);
        }
        let mut gaps = Gaps::default();
        for (number, field) in (1..).zip(record.fields()) {
            let of = self.btf.get(field.type_id);
            let place = self.place(field, of)?;
            let offset = begin.checked_add(place.offset).ok_or(LayoutError::TooFar)?;
            if record.kind == Kind::Struct {
                let holes = &mut self.holes;
                let mut found = Found { begin, holes, bit_holes: &mut self.bit_holes };
                gaps.pass(extent(field, &place), &mut found);
            }
            let in_union = owner.in_union || record.kind == Kind::Union;
            let may_be_flexible = !in_union && number > 1 && number == record.count;
            let type_name = self.text.of(self.btf, of, may_be_flexible);
            self.push(Member {
                depth,
                name: self.btf.name(field.name).to_owned(),
                type_name,
                offset,
                bit_offset: place.bits.map(|bits| bits.0),
                bit_size: place.bits.map(|bits| bits.1),
                size: place.size,
            })?;
            if let Some(inner) = self.btf.inner(of, owner.levels) {
                let begin = if inner.is_pointed_to { 0 } else { offset };
                let Inner { record, levels, .. } = inner;
                self.add(Owner { record, begin, depth: depth + 1, levels, in_union })?;
            }
        }
        Ok(gaps)
    }

    fn push(&mut self, member: Member) -> Result<(), LayoutError> {
        let bytes = MEMBER_BYTES + member.name.len() + member.type_name.len();
        *self.left = self.left.checked_sub(bytes).ok_or(LayoutError::TooLarge)?;
        self.members.push(member);
        Ok(())
    }

    fn place(&self, field: Field, of: Record<'b>) -> Result<Place, LayoutError> {
        let size = self.btf.size(of)?;
        if field.bit_size == 0 {
            return Ok(Place { offset: field.bit_offset / 8, size, bits: None });
        }
        let unit = size.checked_mul(8).ok_or(LayoutError::TooFar)?;
        let start = field.bit_offset.checked_div(unit).unwrap_or(0) * size;
        Ok(Place {
            offset: start,
            size,
            bits: Some((field.bit_offset - start * 8, field.bit_size)),
        })
    }
}

fn extent(field: Field, place: &Place) -> Extent {
    let start = u64::from(field.bit_offset);
    let (start_of_unit, size) = (u64::from(place.offset) * 8, u64::from(place.size) * 8);
    match place.bits {
        None => Extent { start, end: start + size, storage: None },
        Some((_, bits)) => {
            Extent { start, end: start + u64::from(bits), storage: Some((start_of_unit, size)) }
        }
    }
}
