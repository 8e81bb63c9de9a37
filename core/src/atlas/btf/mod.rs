//! BTF, the kernel's own description of its types, read where it lies.
//!
//! A file is a header, the types one behind the other, and their names. Split BTF (of a module)
//! continues the ids and the name offsets of its base (the kernel's). [`Btf::read`] goes over the
//! file once and checks every length, name and id in it; what follows cannot leave the file.
//! Only a table of where each type begins is built: four bytes a type.
//!
//! Left out: big-endian files, which are refused.

mod owned;
mod record;

pub(super) use owned::OwnedBtf;
pub(crate) use record::Field;
pub use record::{Kind, Record};

use record::{RECORD_BYTES, VOID, word};
use std::borrow::Cow;
use std::ops::Range;

/// The first two bytes of a file.
const MAGIC: u16 = 0xeb9f;
/// Bytes of the shortest header.
const HEADER_BYTES: u32 = 24;
/// Bytes of a header that also places the table of kinds (`layout_off`, Linux 7).
const HEADER_BYTES_WITH_KINDS: u32 = 32;
/// The longest name, in bytes (`KSYM_NAME_LEN` is 512).
const NAME_BYTES_MAX: usize = 512;

/// Whether a file begins as BTF does, whatever comes behind.
#[must_use]
pub fn is_btf(file: &[u8]) -> bool {
    let magic = file.first_chunk().map(|magic| u16::from_le_bytes(*magic));
    magic.is_some_and(|magic| magic == MAGIC || magic.swap_bytes() == MAGIC)
}

/// Why a file cannot be read, and at which of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BtfError {
    /// Bytes from the start of the file.
    pub offset: u32,
    /// What is wrong there.
    pub fault: BtfFault,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BtfFault {
    /// The file does not begin as BTF does.
    NotBtf,
    /// The file is of a big-endian machine.
    BigEndian,
    /// The format's version is not 1.
    Version(u8),
    /// A section, or the header, does not fit into the file.
    Section,
    /// A type does not fit into the section of types.
    CutShort,
    /// The names are not UTF-8, do not end, or one is longer than 512 bytes.
    Strings,
    /// A type's name is not among the names; so too when the base of a split file is missing.
    Name,
    /// A type refers to one that does not exist; so too when the base of a split file is missing.
    Reference,
}

/// Types of a kind that this reader does not know. They were skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind {
    /// The kind (`BTF_KIND_*`).
    pub kind: u8,
    /// How many there are.
    pub count: u32,
    /// The id of the first.
    pub id: u32,
    /// Where the first lies: bytes from the start of the file.
    pub offset: u32,
}

/// The types of a file, over those of its base if it is split.
#[derive(Clone, Debug)]
pub struct Btf<'a> {
    base: Option<&'a Btf<'a>>,
    types: &'a [u8],
    strings: &'a str,
    table: Cow<'a, Table>,
}

/// What reading a file finds out.
#[derive(Clone, Debug)]
struct Table {
    /// Where each type begins in the section of types.
    begins: Vec<u32>,
    /// Types before this file's first, `void` among them.
    ids_before: u32,
    /// Bytes of names before this file's.
    strings_before: u32,
    /// Whether no letter of a name takes more than a byte: a name may then begin at each of them.
    is_ascii: bool,
    /// Types that were skipped, one entry a kind.
    unknown: Vec<UnknownKind>,
}

impl<'a> Btf<'a> {
    /// Reads a file that stands alone.
    ///
    /// # Errors
    /// The first byte that cannot be right.
    pub fn read(file: &'a [u8]) -> Result<Self, BtfError> {
        read(file, None)
    }

    /// Reads a split file, as a module has it, over its base.
    ///
    /// # Errors
    /// The first byte that cannot be right.
    pub fn read_split(file: &'a [u8], base: &'a Btf<'a>) -> Result<Self, BtfError> {
        read(file, Some(base))
    }

    /// One more than the last id; `void` is 0.
    #[must_use]
    pub fn ids_end(&self) -> u32 {
        // As many types as 4 GiB hold fit: each has twelve bytes.
        self.table.ids_before + self.table.begins.len() as u32
    }

    /// One more than the place of the last byte of names, this file's being behind its base's.
    fn names_end(&self) -> u32 {
        // Cannot overflow: `read` has looked.
        self.table.strings_before + self.strings.len() as u32
    }

    /// The type of that id; `void` for an id that does not exist.
    #[must_use]
    pub fn get(&self, id: u32) -> Record<'a> {
        let Some(index) = id.checked_sub(self.table.ids_before) else {
            return self.base.map_or(VOID, |base| base.get(id));
        };
        let Some(&begin) = self.table.begins.get(index as usize) else { return VOID };
        self.types.get(begin as usize..).and_then(Record::first).unwrap_or(VOID)
    }

    /// The name at that offset; empty if there is none.
    #[must_use]
    pub fn name(&self, offset: u32) -> &'a str {
        let Some(own) = offset.checked_sub(self.table.strings_before) else {
            return self.base.map_or("", |base| base.name(offset));
        };
        name_at(self.strings, own)
    }

    /// The types that were skipped, one entry a kind.
    #[must_use]
    pub fn unknown(&self) -> &[UnknownKind] {
        &self.table.unknown
    }

    /// The ids of this file's types, without its base's.
    pub(super) fn own_ids(&self) -> Range<u32> {
        self.table.ids_before..self.ids_end()
    }

    /// The ids of all named structs and unions, the base's first.
    pub fn structs(&self) -> impl Iterator<Item = u32> + '_ {
        (1..self.ids_end()).filter(|&id| {
            let record = self.get(id);
            record.kind.has_members() && !self.is_anonymous(record)
        })
    }

    /// Whether a type has no name.
    pub(super) fn is_anonymous(&self, record: Record) -> bool {
        match record.name.checked_sub(self.table.strings_before) {
            None => self.base.is_none_or(|base| base.is_anonymous(record)),
            Some(own) => self.strings.as_bytes().get(own as usize).is_none_or(|byte| *byte == 0),
        }
    }

    /// Bytes of types and names, the base's too.
    pub(super) fn file_bytes(&self) -> usize {
        let base = self.base.map_or(0, Btf::file_bytes);
        base.saturating_add(self.types.len()).saturating_add(self.strings.len())
    }

    fn has_name(&self, offset: u32) -> bool {
        match offset.checked_sub(self.table.strings_before) {
            None => self.base.is_some_and(|base| base.has_name(offset)),
            Some(own) => {
                let own = own as usize;
                own < self.strings.len() && self.strings.is_char_boundary(own)
            }
        }
    }
}

/// The name that begins at that byte; empty if none does.
fn name_at(strings: &str, at: u32) -> &str {
    let rest = strings.get(at as usize..).unwrap_or_default();
    rest.get(..first_zero(rest.as_bytes())).unwrap_or_default()
}

/// How many bytes come before the first that is zero; none if none is. It looks at eight at once: byte by byte, a
/// seventh of the time of all layouts went into names.
fn first_zero(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = bytes.as_chunks();
    for (eight, at) in eights.iter().zip((0..).step_by(8)) {
        let word = u64::from_le_bytes(*eight);
        // The top bit of the first byte that is zero, and perhaps of some behind it.
        let zeros = word.wrapping_sub(ONES) & !word & ONES << 7;
        if zeros != 0 {
            return at + zeros.trailing_zeros() as usize / 8;
        }
    }
    let last = rest.iter().position(|byte| *byte == 0);
    last.map_or(0, |last| bytes.len() - rest.len() + last)
}

/// The places of a file's parts.
struct Header<'a> {
    types_begin: u32,
    types: &'a [u8],
    strings_begin: u32,
    strings: &'a [u8],
    /// What each kind has behind its records, four bytes a kind; empty in files before Linux 7.
    kinds: &'a [u8],
}

fn header(file: &[u8]) -> Result<Header<'_>, BtfError> {
    let fault = |offset, fault| BtfError { offset, fault };
    match file.first_chunk().map(|magic| u16::from_le_bytes(*magic)) {
        Some(MAGIC) => {}
        Some(magic) if magic.swap_bytes() == MAGIC => return Err(fault(0, BtfFault::BigEndian)),
        _ => return Err(fault(0, BtfFault::NotBtf)),
    }
    let length = word(file, 4);
    if u32::try_from(file.len()).is_err() || length < HEADER_BYTES || file.len() < length as usize {
        return Err(fault(4.min(file.len() as u32), BtfFault::Section));
    }
    if file[2] != 1 {
        return Err(fault(2, BtfFault::Version(file[2])));
    }
    let section = |at: u32| {
        let begin = word(file, at as usize).checked_add(length);
        let end = begin.and_then(|begin| begin.checked_add(word(file, at as usize + 4)));
        let place = begin.zip(end).ok_or(fault(at, BtfFault::Section));
        let (begin, end) = place?;
        let bytes = file.get(begin as usize..end as usize);
        bytes.map(|bytes| (begin, bytes)).ok_or(fault(at, BtfFault::Section))
    };
    let (types_begin, types) = section(8)?;
    let (strings_begin, strings) = section(16)?;
    let ends = |begin: u32, bytes: &[u8]| begin + bytes.len() as u32;
    // The kernel refuses it too (`btf_check_sec_info`). Each byte makes one use of memory.
    if types_begin < ends(strings_begin, strings) && strings_begin < ends(types_begin, types) {
        return Err(fault(16, BtfFault::Section));
    }
    let (_, kinds) =
        if length >= HEADER_BYTES_WITH_KINDS { section(24)? } else { (0, [].as_slice()) };
    Ok(Header { types_begin, types, strings_begin, strings, kinds })
}

fn read<'a>(file: &'a [u8], base: Option<&'a Btf<'a>>) -> Result<Btf<'a>, BtfError> {
    let header = header(file)?;
    let strings = strings(&header)?;
    let strings_before = base.map_or(0, Btf::names_end);
    if strings_before.checked_add(strings.len() as u32).is_none() {
        return Err(BtfError { offset: header.strings_begin, fault: BtfFault::Strings });
    }
    let mut table = Table {
        begins: Vec::new(),
        ids_before: base.map_or(1, Btf::ids_end),
        strings_before,
        is_ascii: strings.is_ascii() && base.is_none_or(|base| base.table.is_ascii),
        unknown: Vec::new(),
    };
    let highest = index(&mut table, &header)?;
    let is_ascii = table.is_ascii;
    let btf = Btf { base, types: header.types, strings, table: Cow::Owned(table) };
    // Most files need no second look.
    if !is_ascii || highest.name >= btf.names_end() || highest.id >= btf.ids_end() {
        check(&btf, &header)?;
    }
    Ok(btf)
}

/// The names, which end with a zero byte each.
fn strings<'a>(header: &Header<'a>) -> Result<&'a str, BtfError> {
    let fault =
        |at: usize| BtfError { offset: header.strings_begin + at as u32, fault: BtfFault::Strings };
    let strings =
        std::str::from_utf8(header.strings).map_err(|error| fault(error.valid_up_to()))?;
    let mut at = 0;
    while at < header.strings.len() {
        // From the last end of a name that is near enough: most names need no look.
        let near = &header.strings[at..header.strings.len().min(at + NAME_BYTES_MAX + 1)];
        at += near.iter().rposition(|byte| *byte == 0).ok_or_else(|| fault(at))? + 1;
    }
    Ok(strings)
}

/// The highest that any type of a file states.
struct Highest {
    name: u32,
    id: u32,
}

/// Notes where each type begins.
fn index(table: &mut Table, header: &Header) -> Result<Highest, BtfError> {
    let end = header.types.len() as u32;
    let mut highest = Highest { name: 0, id: 0 };
    // Three of four types have some bytes behind them.
    table.begins.reserve(header.types.len() / 24);
    let mut at = 0;
    while at < end {
        let offset = header.types_begin + at;
        let cut_short = BtfError { offset, fault: BtfFault::CutShort };
        let record = header.types.get(at as usize..).and_then(Record::first).ok_or(cut_short)?;
        let (once, each) = match record.kind {
            Kind::Unknown(kind) => {
                table.skip(kind, offset);
                // Without the table of kinds the plainest form is tried: nothing behind it.
                let sizes = header.kinds.get(usize::from(kind) * 4..).unwrap_or_default();
                sizes
                    .first_chunk()
                    .map_or((0, 0), |[once, each]| (u32::from(*once), u32::from(*each)))
            }
            kind => kind.tail(),
        };
        let tail = each.checked_mul(record.count).and_then(|all| all.checked_add(once));
        let tail = tail.filter(|&tail| tail as usize <= record.behind.len()).ok_or(cut_short)?;
        record.visit(
            |name| highest.name = highest.name.max(name),
            |id| highest.id = highest.id.max(id),
        );
        table.begins.push(at);
        at += RECORD_BYTES + tail;
    }
    Ok(highest)
}

impl Table {
    /// Notes that the next type is of a kind that nobody knows.
    fn skip(&mut self, kind: u8, offset: u32) {
        if let Some(known) = self.unknown.iter_mut().find(|unknown| unknown.kind == kind) {
            known.count += 1;
        } else {
            let id = self.ids_before + self.begins.len() as u32;
            self.unknown.push(UnknownKind { kind, count: 1, id, offset });
        }
    }
}

/// Looks up every name and every id that the file's types state.
fn check(btf: &Btf, header: &Header) -> Result<(), BtfError> {
    let ids_end = btf.ids_end();
    for &begin in &btf.table.begins {
        let (mut names_exist, mut types_exist) = (true, true);
        let record = btf.types.get(begin as usize..).and_then(Record::first).unwrap_or(VOID);
        record.visit(|name| names_exist &= btf.has_name(name), |id| types_exist &= id < ids_end);
        let fault = match (names_exist, types_exist) {
            (false, _) => BtfFault::Name,
            (true, false) => BtfFault::Reference,
            (true, true) => continue,
        };
        return Err(BtfError { offset: header.types_begin + begin, fault });
    }
    Ok(())
}
