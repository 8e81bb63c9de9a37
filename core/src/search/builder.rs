//! An index being made.

use super::Index;
use super::words::each_word;
use std::collections::BTreeMap;

/// Bytes that a name takes, besides its words: its entry, in a list that while it grows is there twice, and
/// then may be twice as long as it need be.
const NAME_BYTES: usize = 3 * size_of::<(u8, u8)>();
/// Bytes that one takes more that stands by itself; likewise.
const TOP_BYTES: usize = 3 * size_of::<u32>();
/// Bytes that a word of a name takes: its place, with room to grow, and once more in the index.
const PLACE_BYTES: usize = 12;
/// Bytes that a different word takes, besides its letters, which are there twice when all is done.
const WORD_BYTES: usize = 128;

/// Takes names apart, one after the other.
#[derive(Clone, Debug)]
pub struct Builder {
    words: BTreeMap<String, Vec<u32>>,
    weights: Vec<(u8, u8)>,
    tops: Vec<u32>,
    left: usize,
}

impl Builder {
    /// No names yet; all may take so many bytes of memory, at the most at once.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        Self { words: BTreeMap::new(), weights: Vec::new(), tops: Vec::new(), left: bytes_max }
    }

    /// Adds a name that stands by itself (see [`Index::new`]). Whether there was room for it and all its words.
    pub fn add(&mut self, name: &str, weight: u8) -> bool {
        if !charge(&mut self.left, TOP_BYTES) {
            return false;
        }
        let number = self.weights.len() as u32;
        let room = self.take(name, weight, name.len());
        if self.weights.len() as u32 > number {
            self.tops.push(number);
        }
        room
    }

    /// Adds a name below the last that stands by itself. Whether there was room for it and all its words.
    pub fn add_below(&mut self, name: &str, weight: u8) -> bool {
        let top = self.tops.last().map_or(0, |top| usize::from(self.weights[*top as usize].1));
        !self.tops.is_empty() && self.take(name, weight, name.len() + top)
    }

    fn take(&mut self, name: &str, weight: u8, letters: usize) -> bool {
        if !charge(&mut self.left, NAME_BYTES) {
            return false;
        }
        let number = self.weights.len() as u32;
        self.weights.push((weight, u8::try_from(letters).unwrap_or(u8::MAX)));
        let mut room = true;
        each_word(name, |word| match self.words.get_mut(word) {
            Some(names) if names.last() == Some(&number) => {}
            Some(names) => {
                room &= charge(&mut self.left, PLACE_BYTES);
                if room {
                    names.push(number);
                }
            }
            None => {
                room &= charge(&mut self.left, WORD_BYTES + 2 * word.len());
                if room {
                    self.words.insert(word.to_owned(), vec![number]);
                }
            }
        });
        room
    }

    /// The index of all names.
    #[must_use]
    pub fn finish(self) -> Index {
        let mut index = Index { weights: self.weights, tops: self.tops, ..Index::default() };
        index.text.reserve_exact(self.words.keys().map(String::len).sum());
        index.names.reserve_exact(self.words.values().map(Vec::len).sum());
        index.words.reserve_exact(self.words.len());
        for (word, names) in self.words {
            index.text.push_str(&word);
            index.names.extend(names);
            // As many as 4 GiB hold: the names lie in memory.
            index.words.push((index.text.len() as u32, index.names.len() as u32));
        }
        index
    }
}

/// Takes bytes off what is left; whether there were as many.
fn charge(left: &mut usize, bytes: usize) -> bool {
    let rest = left.checked_sub(bytes);
    *left = rest.unwrap_or(0);
    rest.is_some()
}
