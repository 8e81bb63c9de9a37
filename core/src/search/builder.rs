//! An index being made.

use super::Index;
use super::lexicon::{Lexicon, charge};
use super::words::each_word;

/// Bytes that a name takes, besides its words: its entry, in a list that while it grows is there twice, and
/// then may be twice as long as it need be.
const NAME_BYTES: usize = 3 * size_of::<(u8, u8)>();
/// Bytes that one takes more that stands by itself; likewise.
const TOP_BYTES: usize = 3 * size_of::<u32>();

/// Takes names apart, one after the other.
#[derive(Clone, Debug)]
pub struct Builder {
    lexicon: Lexicon,
    weights: Vec<(u8, u8)>,
    tops: Vec<u32>,
    /// Letters of the name that is taken apart.
    letters: String,
    left: usize,
}

impl Builder {
    /// No names yet; all may take so many bytes of memory, at the most at once.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        let (lexicon, letters) = (Lexicon::default(), String::new());
        Self { lexicon, weights: Vec::new(), tops: Vec::new(), letters, left: bytes_max }
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

    /// Adds a word to the last name, by which that is known too. Whether there was room for it.
    pub fn also(&mut self, word: &str) -> bool {
        let name = self.weights.len().checked_sub(1);
        name.is_none_or(|name| self.lexicon.add(word, name as u32, &mut self.left))
    }

    fn take(&mut self, name: &str, weight: u8, letters: usize) -> bool {
        if !charge(&mut self.left, NAME_BYTES) {
            return false;
        }
        let number = self.weights.len() as u32;
        self.weights.push((weight, u8::try_from(letters).unwrap_or(u8::MAX)));
        let mut room = true;
        each_word(name, &mut self.letters, |word| {
            room &= self.lexicon.add(word, number, &mut self.left);
        });
        room
    }

    /// The index of all names.
    #[must_use]
    pub fn finish(self) -> Index {
        Index { weights: self.weights, tops: self.tops, ..self.lexicon.finish() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{LETTER_BYTES, PLACE_BYTES, WORD_BYTES};
    use super::{Builder, Index, NAME_BYTES, TOP_BYTES, charge, each_word};
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use std::collections::BTreeMap;

    /// Names of a kernel's structs and members, and what else stands in that file.
    const KERNEL: &str = include_str!("../../../static/atlas/6.12.structs");

    /// An index with nothing but sorted maps and lists, and whether there was room for each name. A name with
    /// `true` stands by itself.
    fn plain(names: &[(&str, bool)], mut left: usize) -> (Index, Vec<bool>) {
        let mut index = Index::default();
        let mut words: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut rooms = Vec::new();
        for (name, is_top) in names {
            let number = index.weights.len() as u32;
            let orphan = !is_top && index.tops.is_empty();
            let bytes = NAME_BYTES;
            if orphan || *is_top && !charge(&mut left, TOP_BYTES) || !charge(&mut left, bytes) {
                rooms.push(false);
                continue;
            }
            let top = index.tops.last().filter(|_| !is_top);
            let letters = top.map_or(0, |top| usize::from(index.weights[*top as usize].1));
            index.weights.push((1, (letters + name.len()).min(255) as u8));
            index.tops.extend(is_top.then_some(number));
            let mut room = true;
            each_word(name, &mut String::new(), |word| {
                let known = words.get(word);
                if known.is_some_and(|names| names.contains(&number)) {
                    return;
                }
                let new = WORD_BYTES + LETTER_BYTES * word.len();
                if charge(&mut left, PLACE_BYTES + known.map_or(new, |_| 0)) {
                    words.entry(word.to_owned()).or_default().push(number);
                } else {
                    room = false;
                }
            });
            rooms.push(room);
        }
        for (word, names) in words {
            index.text.push_str(&word);
            index.names.extend(names);
            index.words.push((index.text.len() as u32, index.names.len() as u32));
        }
        (index, rooms)
    }

    fn built(names: &[(&str, bool)], bytes_max: usize) -> (Index, Vec<bool>) {
        let mut builder = Builder::new(bytes_max);
        let add = |(name, is_top): &(&str, bool)| {
            if *is_top { builder.add(name, 1) } else { builder.add_below(name, 1) }
        };
        let rooms = names.iter().map(add).collect();
        (builder.finish(), rooms)
    }

    #[test]
    fn the_names_of_a_kernel_have_the_words_that_they_have_without_haste() {
        let names =
            KERNEL.lines().flat_map(|line| line.split([' ', '\t']).zip([true, false, false]));
        let names: Vec<(&str, bool)> = names.collect();
        for bytes_max in [usize::MAX, 1 << 20, 100_000, 0] {
            let (index, rooms) = plain(&names, bytes_max);
            assert!(built(&names, bytes_max) == (index.clone(), rooms.clone()), "{bytes_max}");
            assert_eq!(rooms.contains(&false), bytes_max < usize::MAX);
            assert_eq!(index.words.len() > 1_000, bytes_max > 1 << 19);
        }
    }

    proptest! {
        #[test]
        fn any_names_have_the_words_that_they_have_without_haste_as_far_as_there_is_room(
            names in proptest::collection::vec(("[a-cX_.가ㄱ]{0,24}", any::<bool>()), 0..64),
            bytes_max in 0_usize..8_000,
        ) {
            let names: Vec<(&str, bool)> =
                names.iter().map(|(name, is_top)| (name.as_str(), *is_top)).collect();
            prop_assert_eq!(built(&names, bytes_max), plain(&names, bytes_max));
            prop_assert_eq!(built(&names, usize::MAX), plain(&names, usize::MAX));
        }
    }
}
