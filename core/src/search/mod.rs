//! Finding names among very many by parts of them, as one types.
//!
//! A name is taken apart into words: `sk_buff.len` has `sk`, `buff`, `len`, and `skbuff`, what is left
//! without `_`. Each part of what is typed is the beginning of a word, parts come in any order: `len skb`.
//! If nothing fits, one letter of a part may be wrong. Hangul is found from each syllable on, and by initial
//! consonants.
//!
//! An index is a sorted list of different words with the names that have them. A query looks at the words,
//! of which there are few, and never at the names' letters.

mod builder;
mod lexicon;
mod marks;
mod near;
mod words;

pub use builder::Builder;
pub(crate) use lexicon::beginning;
pub use marks::marked;

use near::is_near;
use std::collections::BinaryHeap;
use std::ops::Range;
use words::{parts, typed};

/// Parts of a query that count.
const PARTS_MAX: usize = 8;
/// The fewest letters of a part in which one may be wrong; of so few, not the first, and of those that Hangul is
/// typed with more.
const NEAR_LEAST: usize = 3;
/// What a part costs that is only the beginning of a word.
const BEGINNING: u16 = 2;
/// What a part costs of which one letter is wrong: more than all parts that are beginnings.
const NEAR: u16 = 32;
/// A name that does not fit.
const MISSED: u16 = u16::MAX;

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place among the names of the index.
    pub name: u32,
    /// The place, among those that stand by themselves, of the one that it stands below; its own if below none.
    pub top: u32,
    /// Its place below that one, from 1; 0 if below none.
    pub below: u32,
    /// How far it is from what was typed, its weight included: 0 for whole words.
    pub cost: u16,
    /// Whether a letter was taken for another.
    pub near: bool,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best, best first.
    pub best: Vec<Hit>,
    /// How many fit.
    pub total: usize,
}

/// Names that can be searched. Some stand below others, as members below a struct: parts may be words of
/// either, one at least of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// The different words, sorted, one behind the other.
    text: String,
    /// Where each word ends in `text`, and where its names end in `names`.
    words: Vec<(u32, u32)>,
    /// The names that have a word, by their places.
    names: Vec<u32>,
    /// Of each name: what is added to its cost, and its length, which decides between equals.
    weights: Vec<(u8, u8)>,
    /// The places of the names that stand by themselves; those between two stand below the first.
    tops: Vec<u32>,
}

/// Whether nothing was typed that could be looked for.
#[must_use]
pub fn is_empty(typed: &str) -> bool {
    parts(typed).next().is_none()
}

impl Index {
    /// Takes names apart, none of them below another. What a name weighs is added to what its words cost: 0 for
    /// what is looked for often, more than [`BEGINNING`] for what shall stand behind it. Of equals the shorter
    /// name stands first.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, u8)>) -> Self {
        let mut builder = Builder::new(usize::MAX);
        for (name, weight) in names {
            builder.add(name, weight);
        }
        builder.finish()
    }

    /// Finds names, and gives the best of them, `most` at the most.
    #[must_use]
    pub fn find(&self, typed: &str, most: usize) -> Hits {
        let typed = typed.to_lowercase();
        let parts: Vec<&str> = parts(&typed).take(PARTS_MAX).collect();
        if parts.is_empty() {
            return Hits::default();
        }
        let exact = self.best(&self.costs(&parts, false), most);
        if exact.total > 0 { exact } else { self.best(&self.costs(&parts, true), most) }
    }

    /// What each name costs: the sum over all parts of the cheapest word that fits.
    fn costs(&self, parts: &[&str], near: bool) -> Vec<u16> {
        let mut sums = vec![0; self.weights.len()];
        let mut fits = vec![false; self.weights.len()];
        let mut costs = vec![MISSED; self.weights.len()];
        for part in parts {
            costs.fill(MISSED);
            if near {
                self.lower_near(&mut costs, part);
            }
            let from = partition(self.words.len(), |word| self.word(word) < *part);
            for word in from..self.words.len() {
                let Some(rest) = self.word(word).strip_prefix(part) else { break };
                self.lower(&mut costs, word, if rest.is_empty() { 0 } else { BEGINNING });
            }
            for (from, to) in self.families() {
                let top = costs[from];
                for name in from..to {
                    fits[name] |= costs[name] != MISSED;
                    sums[name] = u16::saturating_add(sums[name], costs[name].min(top));
                }
            }
        }
        for (sum, _) in sums.iter_mut().zip(fits).filter(|(_, fits)| !fits) {
            *sum = MISSED;
        }
        sums
    }

    /// Lowers the cost of each name that has a word which is nearly the part.
    fn lower_near(&self, costs: &mut [u16], part: &str) {
        let letters = part.as_bytes();
        if !part.is_ascii() {
            self.lower_near_as_typed(costs, part);
        } else if letters.len() >= NEAR_LEAST {
            let first = |word: &[u8]| word.first() == letters.first();
            for place in 0..self.words.len() {
                let word = &self.text.as_bytes()[self.range(place)];
                if (letters.len() > NEAR_LEAST || first(word)) && is_near(letters, word) {
                    self.lower(costs, place, NEAR);
                }
            }
        }
    }

    /// The same by the letters that Hangul is typed with.
    fn lower_near_as_typed(&self, costs: &mut [u16], part: &str) {
        let (mut letters, mut others) = (Vec::new(), Vec::new());
        typed(part, &mut letters);
        if letters.len() <= NEAR_LEAST {
            return;
        }
        for place in 0..self.words.len() {
            let word = self.word(place);
            if !word.is_ascii() {
                typed(word, &mut others);
                if is_near(&letters, &others) {
                    self.lower(costs, place, NEAR);
                }
            }
        }
    }

    /// The places of each name that stands by itself with those below it.
    fn families(&self) -> impl Iterator<Item = (usize, usize)> {
        let ends = self.tops.iter().skip(1).map(|top| *top as usize);
        let ends = ends.chain([self.weights.len()]);
        self.tops.iter().map(|top| *top as usize).zip(ends)
    }

    /// The cheapest names.
    fn best(&self, costs: &[u16], most: usize) -> Hits {
        let fitting = (0_u32..).zip(costs).filter(|(_, cost)| **cost != MISSED);
        let mut total = 0;
        // The most expensive is on top.
        let mut heap: BinaryHeap<(u16, u8, u32, bool)> = BinaryHeap::new();
        for (name, cost) in fitting {
            total += 1;
            let (weight, letters) = self.weights[name as usize];
            let key = (cost.saturating_add(u16::from(weight)), letters, name, *cost >= NEAR);
            if heap.len() < most {
                heap.push(key);
            } else if let Some(mut last) = heap.peek_mut()
                && key < *last
            {
                *last = key;
            }
        }
        let sorted = heap.into_sorted_vec().into_iter();
        let best = sorted.map(|(cost, _, name, near)| self.hit(name, cost, near));
        Hits { best: best.collect(), total }
    }

    /// Bytes of memory that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.capacity()
            + size_of_val(self.words.as_slice())
            + size_of_val(self.names.as_slice())
            + self.weights.capacity() * size_of::<(u8, u8)>()
            + self.tops.capacity() * size_of::<u32>()
    }

    fn hit(&self, name: u32, cost: u16, near: bool) -> Hit {
        // The first stands by itself, so one is always found.
        let top = self.tops.partition_point(|top| *top <= name).saturating_sub(1);
        let below = name - self.tops.get(top).copied().unwrap_or(name);
        Hit { name, top: top as u32, below, cost, near }
    }

    /// Lowers the cost of each name that has a word.
    fn lower(&self, costs: &mut [u16], word: usize, cost: u16) {
        let from = word.checked_sub(1).map_or(0, |before| self.words[before].1);
        for name in &self.names[from as usize..self.words[word].1 as usize] {
            let known = &mut costs[*name as usize];
            *known = (*known).min(cost);
        }
    }

    fn word(&self, word: usize) -> &str {
        &self.text[self.range(word)]
    }

    /// Where a word stands in the text.
    fn range(&self, word: usize) -> Range<usize> {
        let from = word.checked_sub(1).map_or(0, |before| self.words[before].0);
        from as usize..self.words[word].0 as usize
    }
}

/// The first place that is not before what is looked for.
fn partition(end: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (0, end);
    while from < to {
        let middle = from.midpoint(to);
        if is_before(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::{Builder, Hits, Index};

    const NAMES: [&str; 11] = [
        "sk_buff",
        "sk_buff.len",
        "sk_buff.data_len",
        "napi_struct",
        "napi_struct.gro_hash",
        "softnet_data.poll_list",
        "skb_frag.len",
        "ice_rx_ring.next_to_clean",
        "ice_rx_ring.next_to_use",
        "링의 소유권",
        "디스크립터 링",
    ];

    fn found(typed: &str) -> Vec<&'static str> {
        let index = Index::new(NAMES.map(|name| (name, 0)));
        let Hits { best, .. } = index.find(typed, 5);
        best.iter().map(|hit| NAMES[hit.name as usize]).collect()
    }

    #[test]
    fn parts_are_found_in_any_order_where_a_word_begins() {
        assert_eq!(found("len sk"), ["sk_buff.len", "sk_buff.data_len", "skb_frag.len"]);
        assert_eq!(found("ntc"), Vec::<&str>::new());
        assert_eq!(found("next use"), ["ice_rx_ring.next_to_use"]);
        assert_eq!(found("NAPI GRO"), ["napi_struct.gro_hash"]);
        assert_eq!(found("uf"), Vec::<&str>::new());
    }

    #[test]
    fn what_divides_words_may_be_left_out() {
        assert_eq!(found("skbuff")[0], "sk_buff");
        assert_eq!(found("skb len"), ["skb_frag.len", "sk_buff.len", "sk_buff.data_len"]);
        assert_eq!(found("softnetdata"), ["softnet_data.poll_list"]);
    }

    #[test]
    fn the_whole_word_stands_before_the_beginning_of_one_and_the_short_before_the_long() {
        assert_eq!(found("len")[..2], ["sk_buff.len", "skb_frag.len"]);
        assert_eq!(found("sk_b")[0], "sk_buff");
    }

    #[test]
    fn one_letter_may_be_wrong_if_nothing_else_fits() {
        assert_eq!(found("napi_strcut")[0], "napi_struct");
        assert_eq!(found("sofnet")[0], "softnet_data.poll_list");
        assert_eq!(
            found("ringg next")[..2],
            ["ice_rx_ring.next_to_use", "ice_rx_ring.next_to_clean"]
        );
        assert_eq!(found("xyzw"), Vec::<&str>::new());
        let index = Index::new(NAMES.map(|name| (name, 0)));
        assert!(index.find("sofnet", 1).best[0].near && !index.find("softnet", 1).best[0].near);
    }

    #[test]
    fn hangul_is_found_from_each_syllable_and_by_initial_consonants() {
        assert_eq!(found("소유"), ["링의 소유권"]);
        assert_eq!(found("립터"), ["디스크립터 링"]);
        assert_eq!(found("ㄷㅅㅋ"), ["디스크립터 링"]);
        assert_eq!(found("ㄹ ㅅㅇ"), ["링의 소유권"]);
    }

    #[test]
    fn of_hangul_one_of_the_letters_that_it_is_typed_with_may_be_wrong() {
        // Another vowel, a consonant too many, two of them in the wrong order.
        for typed in ["소우권", "소융권", "디스크랩터"] {
            assert_eq!(found(typed).len(), 1, "{typed}");
        }
        assert_eq!(found("소군"), Vec::<&str>::new());
        assert_eq!(found("가"), Vec::<&str>::new());
    }

    #[test]
    fn parts_may_be_words_of_what_a_name_stands_below_but_one_is_its_own() {
        let mut builder = Builder::new(1 << 16);
        for (name, below) in [("sk_buff", ["len", "data"]), ("napi", ["poll", "skb.len"])] {
            assert!(builder.add(name, 0) && below.iter().all(|name| builder.add_below(name, 3)));
        }
        let index = builder.finish();
        let found = |typed: &str| -> Vec<(u32, u32)> {
            index.find(typed, 9).best.iter().map(|hit| (hit.top, hit.below)).collect()
        };
        assert_eq!(found("sk"), [(0, 0), (1, 2)]);
        assert_eq!(found("sk len"), [(0, 1), (1, 2)]);
        assert_eq!(found("len data"), []);
        assert_eq!((index.find("poll", 9).best[0].name, index.find("poll", 9).total), (4, 1));
    }

    #[test]
    fn what_there_is_no_room_for_is_not_found() {
        let mut builder = Builder::new(400);
        assert!(builder.add("first", 0) && builder.add_below("second", 0));
        assert!(!builder.add("third_word", 0) && !builder.add("fourth", 0));
        let index = builder.finish();
        let total = |typed| index.find(typed, 9).total;
        assert_eq!(["first", "second", "thirdword", "fourth"].map(total), [1, 1, 0, 0]);
        assert!(!Builder::new(400).add_below("orphan", 0), "below nothing");
    }

    #[test]
    fn weight_is_added_to_what_the_words_cost() {
        let index = Index::new([("len", 3), ("length", 0), ("len", 1)]);
        let places: Vec<u32> = index.find("len", 9).best.iter().map(|hit| hit.name).collect();
        assert_eq!(places, [2, 1, 0]);
        assert_eq!(index.find("len", 1).total, 3);
        assert_eq!(index.find("   ", 9), Hits::default());
        assert_eq!(Index::default().find("len", 9), Hits::default());
    }
}
