//! Finding names by parts of them, as one types.
//!
//! A part is found where a word of the name begins: at the start, behind `_`, `.`, `->` or a space,
//! at a capital within `camelCase`, and at each Korean syllable. What divides words in the name may
//! be left out: `skb` finds `sk_buff`. Parts may come in any order.

use std::ops::Range;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    parts: Vec<String>,
    /// All parts as one.
    whole: String,
}

impl Query {
    /// What was typed; none if it has no letter and no digit.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let typed = typed.to_ascii_lowercase();
        let parts = typed.split(|letter: char| !letter.is_alphanumeric() || is_unfinished(letter));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let whole = parts.concat();
        (!parts.is_empty()).then_some(Self { parts, whole })
    }

    /// How well it fits a name, with what else is said of it: 0 is best. None if it does not.
    #[must_use]
    pub fn rank(&self, name: &str, more: &str) -> Option<u32> {
        if let Some(found) = find(name, &self.whole) {
            let to_end = !name.as_bytes()[found.end..].iter().any(|letter| is_letter(*letter));
            return Some(if found.start > 0 { 2 } else { u32::from(!to_end) });
        }
        if find(more, &self.whole).is_some_and(|found| found.start == 0) {
            return Some(2);
        }
        let mut rank = 3;
        for part in &self.parts {
            if find(name, part).is_none() {
                find(more, part)?;
                rank = 4;
            }
        }
        Some(rank)
    }

    /// The name in pieces, with whether each was looked for.
    #[must_use]
    pub fn pieces<'a>(&self, name: &'a str) -> Vec<(bool, &'a str)> {
        let mut found: Vec<Range<usize>> = match find(name, &self.whole) {
            Some(whole) => vec![whole],
            None => self.parts.iter().filter_map(|part| find(name, part)).collect(),
        };
        found.sort_by_key(|range| range.start);
        let mut pieces = Vec::new();
        let mut done = 0;
        for range in found.into_iter().chain(Some(name.len()..name.len())) {
            let start = range.start.max(done);
            pieces.push((false, &name[done..start]));
            done = range.end.max(done);
            pieces.push((true, &name[start..done]));
        }
        pieces.retain(|(_, piece)| !piece.is_empty());
        pieces
    }
}

/// A letter that an input method has not made a syllable of yet.
fn is_unfinished(letter: char) -> bool {
    ('\u{3131}'..='\u{318e}').contains(&letter)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// Whether a word begins there.
fn begins(name: &[u8], at: usize) -> bool {
    let byte = name[at];
    let before = at.checked_sub(1).map_or(b' ', |before| name[before]);
    // A byte that begins a letter beyond ASCII has both upper bits set.
    byte >= 0xc0
        || byte.is_ascii_alphanumeric()
            && (!is_letter(before) || before.is_ascii_lowercase() && byte.is_ascii_uppercase())
}

/// Where a part of a query, in small letters, stands in a name.
fn find(name: &str, part: &str) -> Option<Range<usize>> {
    let name = name.as_bytes();
    (0..name.len()).filter(|at| begins(name, *at)).find_map(|at| {
        let mut left = part.as_bytes();
        for (place, byte) in name.iter().enumerate().skip(at) {
            match left.split_first() {
                Some((first, rest)) if *first == byte.to_ascii_lowercase() => left = rest,
                _ if !is_letter(*byte) => {}
                _ => return None,
            }
            if left.is_empty() {
                return Some(at..place + 1);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::Query;

    fn rank(typed: &str, name: &str) -> Option<u32> {
        Query::new(typed).expect("something").rank(name, "include/linux/skbuff.h:883")
    }

    #[test]
    fn parts_come_in_any_order_and_begin_words() {
        for typed in ["skb len", "len skb", "SK_BUFF.len", "skb->l", "sk buff len", "buff"] {
            assert!(rank(typed, "sk_buff.len").is_some(), "{typed}");
        }
        for typed in ["uff", "skb en", "skb lena", "skblen", "len buf x"] {
            assert_eq!(rank(typed, "sk_buff.len"), None, "{typed}");
        }
        assert!(rank("rate", "camelCaseRate").is_some());
        assert!(Query::new(" -> _").is_none());
    }

    #[test]
    fn the_nearer_the_name_the_better() {
        assert_eq!(rank("skbuff", "sk_buff"), Some(0));
        assert_eq!(rank("sk_b", "sk_buff"), Some(1));
        assert_eq!(rank("rx_irq", "ice_clean_rx_irq"), Some(2));
        assert_eq!(rank("irq clean", "ice_clean_rx_irq"), Some(3));
        assert_eq!(rank("include/linux", "ice_clean_rx_irq"), Some(2));
        assert_eq!(rank("clean linux", "ice_clean_rx_irq"), Some(4));
    }

    #[test]
    fn korean_is_found_within_words_and_an_unfinished_syllable_does_not_count() {
        assert!(rank("서술", "수신서술자 3을 읽는다").is_some());
        assert_eq!(rank("서술ㅈ", "수신서술자"), Some(2));
        assert_eq!(rank("술서", "수신서술자"), None);
        let pieces = Query::new("버퍼").expect("something").pieces("수신버퍼 0");
        assert_eq!(pieces, [(false, "수신"), (true, "버퍼"), (false, " 0")]);
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        let pieces = |typed, name| Query::new(typed).expect("something").pieces(name);
        let both = [(true, "sk_b"), (false, "uff."), (true, "len")];
        assert_eq!(pieces("len skb", "sk_buff.len"), both);
        assert_eq!(pieces("sk skb", "sk_buff"), [(true, "sk"), (true, "_b"), (false, "uff")]);
        assert_eq!(pieces("elsewhere", "sk_buff"), [(false, "sk_buff")]);
    }
}
