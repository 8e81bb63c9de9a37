//! BTF that is written by hand, small or large.

use std::collections::BTreeMap;

/// A file being written.
#[derive(Clone, Debug)]
pub struct Writer {
    types: Vec<u32>,
    names: String,
    places: BTreeMap<String, u32>,
    ids: u32,
    names_before: u32,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A file that stands alone.
    #[must_use]
    pub fn new() -> Self {
        let places = BTreeMap::from([(String::new(), 0)]);
        Self { types: Vec::new(), names: "\0".to_owned(), places, ids: 0, names_before: 0 }
    }

    /// A module's file over that of another writer.
    #[must_use]
    pub fn over(base: &Self) -> Self {
        let names_before = base.names_before + base.names.len() as u32;
        let places = BTreeMap::from([(String::new(), 0)]);
        Self { types: Vec::new(), names: String::new(), places, ids: base.ids, names_before }
    }

    /// The id of the type that comes next.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.ids + 1
    }

    /// Where a name stands.
    pub fn name(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names_before + self.names.len() as u32;
        self.names.push_str(name);
        self.names.push('\0');
        self.places.insert(name.to_owned(), place);
        place
    }

    /// A type of that number (`BTF_KIND_*`); its id.
    pub fn kind(&mut self, kind: u32, name: &str, size_or_type: u32, behind: &[u32]) -> u32 {
        self.record(kind << 24, name, size_or_type, behind)
    }

    /// A type with elements of some words each; its id.
    pub fn counted(&mut self, kind: u32, name: &str, size: u32, each: &[&[u32]]) -> u32 {
        self.record(kind << 24 | each.len() as u32, name, size, &each.concat())
    }

    /// A struct (4) or a union (5) with members: name, type, bit; its id.
    pub fn members(&mut self, kind: u32, name: &str, size: u32, of: &[(&str, u32, u32)]) -> u32 {
        let words: Vec<u32> =
            of.iter().flat_map(|(name, id, bit)| [self.name(name), *id, *bit]).collect();
        self.record(kind << 24 | of.len() as u32, name, size, &words)
    }

    /// A struct with bitfields: name, type, bit, bits; its id.
    pub fn bits(&mut self, name: &str, size: u32, of: &[(&str, u32, u32, u32)]) -> u32 {
        let word = |(name, id, bit, bits): &(&str, u32, u32, u32)| {
            [self.name(name), *id, bits << 24 | bit]
        };
        let words: Vec<u32> = of.iter().flat_map(word).collect();
        self.record(1 << 31 | 4 << 24 | of.len() as u32, name, size, &words)
    }

    fn record(&mut self, info: u32, name: &str, size_or_type: u32, behind: &[u32]) -> u32 {
        let name = self.name(name);
        self.types.extend([name, info, size_or_type]);
        self.types.extend(behind);
        self.ids += 1;
        self.ids
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        let length = self.types.len() as u32 * 4;
        let header = [0x0001_eb9f, 24, 0, length, length, self.names.len() as u32];
        let words = header.iter().chain(&self.types).flat_map(|word| word.to_le_bytes());
        words.chain(self.names.bytes()).collect()
    }
}
