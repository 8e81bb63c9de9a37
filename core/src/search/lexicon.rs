//! The different words of an index being made, and the names that have them.

use super::Index;
use std::ops::Range;

/// Bytes that a word of a name takes: its place, in a list that while it grows is there twice, and then may be
/// twice as long as it need be.
pub(super) const PLACE_BYTES: usize = 3 * size_of::<(u32, u32)>();
/// Bytes that a different word takes, likewise, and up to four slots. Sorting words takes no more: there are no
/// slots then.
pub(super) const WORD_BYTES: usize = 3 * size_of::<Word>() + 4 * size_of::<u32>();
/// Bytes that each letter of it takes, likewise.
pub(super) const LETTER_BYTES: usize = 3;

/// Letters, in bytes, that are compared as one number.
const BEGINNING_BYTES: usize = 8;
/// Slots that are looked at for a word. As half of all are free, only words that were made to lead to the same
/// lie further.
const SLOTS_LOOKED_AT: usize = 128;
/// How many slots there are at first: a power of two.
const SLOTS_LEAST: usize = 16;
/// A slot without a word.
const FREE: u32 = u32::MAX;

/// Words by their numbers, in the order in which they came. A word's number stands in one of the slots, the one
/// that its letters lead to or the first behind that was free: so a word is found at once however many there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    /// The words, one behind the other.
    text: String,
    words: Vec<Word>,
    /// Numbers of words; none, or as many as a power of two.
    slots: Vec<u32>,
    /// Words that names have, by their numbers, each with the name's, in the order of names.
    places: Vec<(u32, u32)>,
}

#[derive(Clone, Debug)]
struct Word {
    /// Its first letters.
    beginning: u64,
    /// Where it ends in the text.
    end: u32,
    /// What leads to its slot.
    hash: u32,
    /// The name that had it last.
    last_name: u32,
    /// How many names have it.
    names: u32,
}

/// Where a word is.
enum Slot {
    /// It has this number.
    Taken(usize),
    /// It is new, and this slot is its own.
    Free(usize),
    /// Too many others are where it should be.
    Crowded,
}

impl Lexicon {
    /// Adds a word of the name of that number, which is not less than that before. Whether there was room for
    /// it; what it takes is taken off what is left.
    pub(super) fn add(&mut self, word: &str, name: u32, left: &mut usize) -> bool {
        if self.slots.len() <= 2 * self.words.len() {
            self.grow();
        }
        let beginning = beginning(word);
        let hash = hash(word.as_bytes(), beginning);
        let number = match self.find(word, beginning, hash) {
            Slot::Taken(number) if self.words[number].last_name == name => return true,
            Slot::Taken(number) if charge(left, PLACE_BYTES) => number,
            Slot::Free(slot)
                if charge(left, PLACE_BYTES + WORD_BYTES + LETTER_BYTES * word.len()) =>
            {
                self.text.push_str(word);
                // As many as 4 GiB hold: the words lie in memory.
                let (number, end) = (self.words.len(), self.text.len() as u32);
                self.words.push(Word { beginning, end, hash, last_name: name, names: 0 });
                self.slots[slot] = number as u32;
                number
            }
            _ => return false,
        };
        let word = &mut self.words[number];
        word.last_name = name;
        word.names += 1;
        self.places.push((number as u32, name));
        true
    }

    fn find(&self, word: &str, beginning: u64, hash: u32) -> Slot {
        for slot in self.slots_from(hash).take(SLOTS_LOOKED_AT) {
            let number = self.slots[slot] as usize;
            match self.words.get(number) {
                None => return Slot::Free(slot),
                Some(known) if known.beginning == beginning && self.has(number, word) => {
                    return Slot::Taken(number);
                }
                Some(_) => {}
            }
        }
        Slot::Crowded
    }

    /// Whether a word that begins the same is the same.
    fn has(&self, number: usize, word: &str) -> bool {
        let known = self.letters(number);
        known.len() == word.len() && (word.len() <= BEGINNING_BYTES || known == word.as_bytes())
    }

    fn letters(&self, number: usize) -> &[u8] {
        &self.text.as_bytes()[self.range(number)]
    }

    fn range(&self, number: usize) -> Range<usize> {
        let from = number.checked_sub(1).map_or(0, |before| self.words[before].end);
        from as usize..self.words[number].end as usize
    }

    /// All slots, from the one that a word leads to: that of the number's first bits, which all letters change.
    fn slots_from(&self, hash: u32) -> impl Iterator<Item = usize> + use<> {
        let count = self.slots.len();
        let first = (u64::from(hash) * count as u64) >> u32::BITS;
        (0..count).map(move |further| (first as usize + further) & (count - 1))
    }

    /// Makes twice as many slots. Each word finds one, no further from the slot that it leads to: words that now
    /// lead to different slots made room for each other before.
    fn grow(&mut self) {
        let count = (2 * self.slots.len()).max(SLOTS_LEAST);
        self.slots = Vec::new();
        self.slots.resize(count, FREE);
        for (number, word) in (0..).zip(&self.words) {
            let mut slots = self.slots_from(word.hash);
            if let Some(slot) = slots.find(|slot| self.slots[*slot] == FREE) {
                self.slots[slot] = number;
            }
        }
    }

    /// The numbers of all words, in the order of the words.
    fn sorted(&self) -> Vec<(u64, u32)> {
        let words = (0..).zip(&self.words);
        let mut sorted: Vec<_> = words.map(|(number, word)| (word.beginning, number)).collect();
        let letters = |number: u32| self.letters(number as usize);
        sorted.sort_unstable_by(|(one, first), (other, second)| {
            one.cmp(other).then_with(|| letters(*first).cmp(letters(*second)))
        });
        sorted
    }

    /// The index of the words, with the names that have them; without those names' weights.
    pub(super) fn finish(mut self) -> Index {
        self.slots = Vec::new();
        let mut index = Index { names: vec![0; self.places.len()], ..Index::default() };
        index.text.reserve_exact(self.text.len());
        index.words.reserve_exact(self.words.len());
        let mut names_end = 0;
        for (_, number) in self.sorted() {
            index.text.push_str(&self.text[self.range(number as usize)]);
            let word = &mut self.words[number as usize];
            // From here on it is where the word's next name is put.
            (names_end, word.names) = (names_end + word.names, names_end);
            index.words.push((index.text.len() as u32, names_end));
        }
        for (number, name) in self.places {
            let place = &mut self.words[number as usize].names;
            index.names[*place as usize] = name;
            *place += 1;
        }
        index
    }
}

/// A number that all letters of a word change.
fn hash(word: &[u8], beginning: u64) -> u32 {
    // An odd number without a pattern: that of the golden section.
    let mix = |hash: u64, letters: u64| {
        (hash.rotate_left(5) ^ letters).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    // The last ones may be among those before.
    let further = word.as_chunks().0.iter().skip(1).chain(word.last_chunk());
    let hash =
        further.fold(mix(0, beginning), |hash, letters| mix(hash, u64::from_le_bytes(*letters)));
    (hash >> 32) as u32
}

/// The first letters of a name as a number: of two names that of the later one is not less.
pub(crate) fn beginning(name: &str) -> u64 {
    let letters = name.as_bytes();
    if let Some(letters) = letters.first_chunk::<BEGINNING_BYTES>() {
        return u64::from_be_bytes(*letters);
    }
    let number = letters.iter().fold(0, |number, letter| number << 8 | u64::from(*letter));
    // Nothing at all is shifted by as many bits as there are.
    number.checked_shl(8 * (BEGINNING_BYTES - letters.len()) as u32).unwrap_or(0)
}

/// Takes bytes off what is left; whether there were as many.
pub(super) fn charge(left: &mut usize, bytes: usize) -> bool {
    let rest = left.checked_sub(bytes);
    *left = rest.unwrap_or(0);
    rest.is_some()
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, SLOTS_LOOKED_AT, beginning, hash};

    #[test]
    fn of_words_that_were_made_to_share_a_slot_only_the_first_are_taken() {
        let slot = |word: &str| hash(word.as_bytes(), beginning(word)) >> 20;
        let words = (0_u32..).map(|number| format!("word{number}"));
        let words: Vec<String> = words.filter(|word| slot(word) == 1).take(200).collect();
        let (mut lexicon, mut left) = (Lexicon::default(), usize::MAX);
        let mut add = |word: &str, name| lexicon.add(word, name, &mut left);
        let taken = words.iter().filter(|word| add(word, 1)).count();
        assert_eq!(taken, SLOTS_LOOKED_AT);
        assert!(add(&words[0], 2) && add(&words[taken - 1], 2) && !add(&words[taken], 2));
        // Hardly any others are hindered.
        let others = (0..5_000).filter(|number| add(&format!("other{number}"), 3)).count();
        assert!(others > 4_900, "{others}");
        let index = lexicon.finish();
        let count = taken + others;
        assert_eq!((index.words.len(), index.names.len()), (count, count + 2));
    }

    #[test]
    fn a_beginning_is_in_the_order_of_names() {
        let names = ["", "a", "a_b", "ab", "abcdefgh", "abcdefghi", "b", "가"];
        assert!(names.is_sorted_by_key(|name| beginning(name)));
        assert_eq!(beginning("abcdefgh"), beginning("abcdefghi"));
        assert!(beginning("a") < beginning("a_b") && beginning("abcdefghi") < beginning("b"));
    }
}
