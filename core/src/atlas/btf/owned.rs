//! A file that is kept, and read once.

use super::{Btf, BtfError, Record, Table, UnknownKind, header, name_at};
use std::borrow::Cow;

/// A file's types and names, and where each type begins.
#[derive(Clone, Debug)]
pub(crate) struct OwnedBtf {
    types: Vec<u8>,
    strings: String,
    table: Table,
}

impl OwnedBtf {
    /// Reads a file, over its base if it is split, and keeps the two sections of it that count.
    pub(crate) fn read(mut file: Vec<u8>, base: Option<&Btf>) -> Result<Self, BtfError> {
        let btf = super::read(&file, base)?;
        let (strings, table) = (btf.strings.to_owned(), btf.table.into_owned());
        let header = header(&file)?;
        let begin = header.types_begin as usize;
        let end = begin + header.types.len();
        file.truncate(end);
        file.drain(..begin);
        file.shrink_to_fit();
        Ok(Self { types: file, strings, table })
    }

    /// The file as one reads it. Over another base than it was read with, nothing is where it was.
    pub(crate) fn btf<'a>(&'a self, base: Option<&'a Btf<'a>>) -> Btf<'a> {
        let Self { types, strings, table } = self;
        Btf { base, types, strings, table: Cow::Borrowed(table) }
    }

    /// The name of one of its types, which may stand in the file's base.
    pub(crate) fn name<'a>(&'a self, id: u32, base: &'a Self) -> &'a str {
        let index = id.wrapping_sub(self.table.ids_before) as usize;
        let begin = self.table.begins.get(index).map_or(self.types.len(), |begin| *begin as usize);
        let Some(record) = self.types.get(begin..).and_then(Record::first) else { return "" };
        let offset = record.name;
        match offset.checked_sub(self.table.strings_before) {
            Some(own) => name_at(&self.strings, own),
            None => name_at(&base.strings, offset),
        }
    }

    /// The types that were skipped.
    pub(crate) fn unknown(&self) -> &[UnknownKind] {
        &self.table.unknown
    }

    /// Bytes that are kept of the file.
    pub(crate) fn bytes(&self) -> usize {
        self.types.len() + self.strings.len()
    }

    /// Bytes of memory that the table takes.
    pub(crate) fn table_bytes(&self) -> usize {
        self.table.begins.capacity() * size_of::<u32>()
    }
}
