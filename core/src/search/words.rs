//! A name's words.

/// The first and the last syllable of Hangul, and how many share an initial consonant.
const SYLLABLES: std::ops::RangeInclusive<char> = '가'..='힣';
const SYLLABLES_OF_INITIAL: u32 = 588;
/// How many of these share their vowel too.
const SYLLABLES_OF_VOWEL: u32 = 28;
/// Consonants and vowels by themselves.
const JAMO: std::ops::RangeInclusive<char> = 'ㄱ'..='ㆎ';
/// The initial consonants, in the order of the syllables.
const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];

/// The parts of what was typed: what stands between spaces and signs, each without `_`, and without the
/// consonant that an input method has not made a syllable of yet.
///
/// `sk_buff` is two parts: both are found in `sk_buff`, and in `sk_write_buff` too.
pub(super) fn parts(typed: &str) -> impl Iterator<Item = &str> {
    let parts = typed.split(|letter: char| !letter.is_alphanumeric());
    parts.map(finished).filter(|part| !part.is_empty())
}

/// What is typed of Hangul, as far as it is syllables; initial consonants alone are meant as such.
fn finished(part: &str) -> &str {
    let has_syllables = part.contains(|letter: char| SYLLABLES.contains(&letter));
    if has_syllables { part.trim_end_matches(|letter| JAMO.contains(&letter)) } else { part }
}

/// Calls `each` for every word of a name, in small letters: the words between signs; several that only
/// `_` divides, as one; of Hangul, what follows each syllable, and the initial consonants of that.
///
/// `letters` is where it puts them together, so that many names need no memory of their own.
pub(super) fn each_word(name: &str, letters: &mut String, mut each: impl FnMut(&str)) {
    letters.clear();
    let (mut words, mut left) = (0, name.len());
    for piece in name.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        left -= piece.len();
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if !word.is_empty() {
            words += 1;
            let from = letters.len();
            if word.is_ascii() {
                letters.push_str(word);
                letters[from..].make_ascii_lowercase();
                each(&letters[from..]);
            } else {
                letters.push_str(&word.to_lowercase());
                of_hangul(&letters[from..], &mut each);
            }
        }
        if left == 0 || !piece.ends_with('_') {
            if words > 1 {
                each(letters);
            }
            letters.clear();
            words = 0;
        }
    }
}

fn of_hangul(word: &str, each: &mut impl FnMut(&str)) {
    let initials: String = word.chars().map(initial).collect();
    let from_each = |text: &str, each: &mut dyn FnMut(&str)| {
        for (at, letter) in text.char_indices() {
            if at == 0 || !letter.is_ascii() {
                each(&text[at..]);
            }
        }
    };
    from_each(word, each);
    if initials != word {
        from_each(&initials, each);
    }
}

/// The letters that a text is typed with: of a syllable its consonants and its vowel, as numbers that no other
/// letter has.
pub(super) fn typed(text: &str, letters: &mut Vec<u32>) {
    letters.clear();
    for letter in text.chars() {
        if SYLLABLES.contains(&letter) {
            let place = letter as u32 - *SYLLABLES.start() as u32;
            let (first, rest) = (place / SYLLABLES_OF_INITIAL, place % SYLLABLES_OF_INITIAL);
            let (vowel, last) = (rest / SYLLABLES_OF_VOWEL, rest % SYLLABLES_OF_VOWEL);
            let of = |kind: u32, number: u32| kind << 24 | number;
            letters.extend([of(1, first), of(2, vowel)]);
            letters.extend((last > 0).then(|| of(3, last)));
        } else {
            letters.push(letter as u32);
        }
    }
}

/// The consonant that a syllable begins with; any other letter is itself.
pub(super) fn initial(letter: char) -> char {
    if !SYLLABLES.contains(&letter) {
        return letter;
    }
    let place = (letter as u32 - *SYLLABLES.start() as u32) / SYLLABLES_OF_INITIAL;
    INITIALS[place as usize]
}

#[cfg(test)]
mod tests {
    use super::{each_word, initial, of_hangul, parts};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn words(name: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(name, &mut String::new(), |word| words.push(word.to_owned()));
        words
    }

    /// The same without haste.
    fn plain_words(name: &str) -> Vec<String> {
        let mut words = Vec::new();
        for identifier in name.split(|letter: char| !letter.is_alphanumeric() && letter != '_') {
            let identifier = identifier.to_lowercase();
            let parts: Vec<&str> = identifier.split('_').filter(|part| !part.is_empty()).collect();
            for part in &parts {
                of_hangul(part, &mut |word| words.push(word.to_owned()));
            }
            if parts.len() > 1 {
                words.push(parts.concat());
            }
        }
        words
    }

    proptest! {
        #[test]
        fn any_name_is_taken_apart_as_it_is_without_haste(name in "[aZ9_.İKΣς가낳ㄱ -]{0,24}|.*") {
            prop_assert_eq!(words(&name), plain_words(&name));
        }
    }

    #[test]
    fn a_name_is_taken_apart_at_signs_and_once_left_whole() {
        assert_eq!(words("sk_buff.len"), ["sk", "buff", "skbuff", "len"]);
        assert_eq!(words("__u32"), ["u32"]);
        assert_eq!(words("ICE_TX"), ["ice", "tx", "icetx"]);
        assert_eq!(words("_a__b_.c_"), ["a", "b", "ab", "c"]);
        assert_eq!(words(""), Vec::<String>::new());
    }

    #[test]
    fn hangul_has_a_word_from_each_syllable() {
        assert_eq!(words("링의 값"), ["링의", "의", "ㄹㅇ", "ㅇ", "값", "ㄱ"]);
        assert_eq!(words("NAPI를"), ["napi를", "를", "napiㄹ", "ㄹ"]);
        assert_eq!("가깋나힣a".chars().map(initial).collect::<String>(), "ㄱㄱㄴㅎa");
    }

    #[test]
    fn what_is_typed_has_parts() {
        assert_eq!(parts(" skb->len,x_y").collect::<Vec<_>>(), ["skb", "len", "x", "y"]);
        assert_eq!(parts("서술ㅈ ㄹ").collect::<Vec<_>>(), ["서술", "ㄹ"]);
    }
}
