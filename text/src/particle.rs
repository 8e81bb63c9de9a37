//! Korean particles: the one that fits the sound before it.
//!
//! A message writes both forms, `을(를)`, after any word or placeable; [`resolve`] keeps the one
//! that fits. How a Latin word is read aloud stands in `readings.txt`; after a word
//! that is not there both forms stay.

use super::number;
use super::sentence::is_mark;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The last sound of a word, as particles tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Final {
    /// A vowel.
    None,
    /// ㄹ, which 으로 treats like a vowel.
    Rieul,
    /// Any other consonant.
    Other,
}

/// Both forms as written, after a consonant, after a vowel.
pub(super) const PARTICLES: [(&str, &str, &str); 6] = [
    ("을(를)", "을", "를"),
    ("이(가)", "이", "가"),
    ("은(는)", "은", "는"),
    ("과(와)", "과", "와"),
    ("(으)로", "으로", "로"),
    ("(이)라", "이라", "라"),
];

/// The last sounds of words.
pub(super) type Readings = HashMap<&'static str, Final>;

pub(super) static READINGS: LazyLock<Readings> =
    LazyLock::new(|| readings(include_str!(concat!(env!("OUT_DIR"), "/readings.txt"))));

/// The last sounds of the words that a list has, as `build.rs` wrote it.
pub(super) fn readings(list: &'static str) -> Readings {
    let mut readings = Readings::new();
    for line in list.lines() {
        let mut words = line.split(' ');
        let sound = words.next().and_then(|syllable| hangul(syllable.chars().next()?));
        readings.extend(words.filter_map(|word| Some((word, sound?))));
    }
    readings
}

/// Keeps of each particle the form that fits the word before it.
pub(super) fn resolve(text: &str) -> String {
    resolve_by(&READINGS, text)
}

/// As [`resolve`], by these readings.
pub(super) fn resolve_by(readings: &Readings, text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let written = PARTICLES.iter().find(|(both, ..)| rest.starts_with(both));
        let (taken, fitting) = match written {
            None => (letter.len_utf8(), None),
            Some(&(both, consonant, vowel)) => {
                let fitting = last_sound(readings, &result).map(|sound| match sound {
                    Final::Rieul if both == "(으)로" => vowel,
                    Final::None => vowel,
                    Final::Rieul | Final::Other => consonant,
                });
                (both.len(), fitting)
            }
        };
        result.push_str(fitting.unwrap_or(&rest[..taken]));
        rest = &rest[taken..];
    }
    result
}

/// The last sound of the text, if it is known.
fn last_sound(readings: &Readings, text: &str) -> Option<Final> {
    let text = spoken(text);
    let last = text.chars().next_back()?;
    let word = match text.rfind(|letter| !is_in_word(letter)) {
        Some(before) => text[before..].trim_start_matches(|letter| !is_in_word(letter)),
        None => text,
    };
    if word.is_empty() {
        return hangul(last);
    }
    // The whole word, else its last part, else the unit after a number.
    let part = word.rsplit(SEPARATORS).next().unwrap_or_default();
    let unit = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let reading = |word| readings.get(word).copied();
    reading(word).or_else(|| reading(part)).or_else(|| digits(word)).or_else(|| reading(unit))
}

/// Without what is not read aloud: marks, quotes, an index's bracket, a function's `()`.
fn spoken(text: &str) -> &str {
    let text = text.trim_end_matches(|letter| is_mark(letter) || "\"'`]”’".contains(letter));
    text.strip_suffix("()").unwrap_or(text)
}

/// What stands between the parts of a word.
const SEPARATORS: [char; 5] = ['_', '-', '/', '.', ':'];

fn is_in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || SEPARATORS.contains(&letter) || ",µ".contains(letter)
}

/// The sound of the digits that `word` ends in.
fn digits(word: &str) -> Option<Final> {
    let last = word.bytes().next_back().filter(u8::is_ascii_digit)?;
    if word.starts_with("0x") || word.contains('.') {
        return Some(number::digit_sound(last));
    }
    let is_digit = |letter: char| letter.is_ascii_digit() || letter == ',';
    let digits = word.trim_end_matches(is_digit).len();
    number::last_sound(&word[digits..].replace(',', ""))
}

/// The final of a Hangul syllable.
fn hangul(syllable: char) -> Option<Final> {
    let index = (syllable as u32).checked_sub('가' as u32)?;
    match index % 28 {
        _ if syllable > '힣' => None,
        0 => Some(Final::None),
        8 => Some(Final::Rieul),
        _ => Some(Final::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn the_form_fits_the_last_sound() {
        for (written, resolved) in [
            // Hangul, by its jamo.
            ("디스크립터을(를)", "디스크립터를"),
            ("링을(를)", "링을"),
            ("벡터이(가) 큐과(와)", "벡터가 큐와"),
            ("소켓은(는) 슬롯과(와)", "소켓은 슬롯과"),
            ("메모리(으)로", "메모리로"),
            ("소켓(으)로", "소켓으로"),
            ("커널(으)로 커널이(가)", "커널로 커널이"),
            ("소켓(이)라고, 큐(이)라고", "소켓이라고, 큐라고"),
            // Numbers, as they are read.
            ("0을(를) 1을(를) 2을(를) 3을(를) 4을(를)", "0을 1을 2를 3을 4를"),
            ("5을(를) 6을(를) 7을(를) 8을(를) 9을(를)", "5를 6을 7을 8을 9를"),
            ("10이(가) 100이(가) 2000이(가) 30000이(가)", "10이 100이 2000이 30000이"),
            ("1(으)로 7(으)로 8(으)로", "1로 7로 8로"),
            ("0(으)로 3(으)로 6(으)로 10(으)로 100(으)로", "0으로 3으로 6으로 10으로 100으로"),
            ("2040은(는) 65535은(는) 21은(는)", "2040은 65535는 21은"),
            ("1,000을(를) 1,024을(를)", "1,000을 1,024를"),
            ("100000000을(를) 3000000000000을(를)", "100000000을 3000000000000를"),
            ("1.5을(를) 0.10을(를) 0x20을(를) 0x27(으)로", "1.5를 0.10을 0x20을 0x27로"),
            ("-1을(를) 20ms을(를) 1µs(으)로", "-1을 20ms를 1µs로"),
            // Latin words, by the table.
            ("NIC이(가) IOMMU이(가) CPU이(가)", "NIC이 IOMMU가 CPU가"),
            ("DMA(으)로 NULL(으)로 NULL을(를)", "DMA로 NULL로 NULL을"),
            ("MSI-X을(를) GRO과(와)", "MSI-X를 GRO와"),
            ("poll_list을(를) softnet_data을(를)", "poll_list를 softnet_data를"),
            ("skb_release_data()을(를) napi_poll()(으)로", "skb_release_data()를 napi_poll()로"),
            ("ksoftirqd/0이(가) rx_buf[3]을(를)", "ksoftirqd/0이 rx_buf[3]을"),
            ("`head`이(가) “tail”이(가)", "`head`가 “tail”이"),
            // Marks and brackets around arguments.
            ("\u{e000}CPU 0\u{e003}이(가)", "\u{e000}CPU 0\u{e003}이"),
            ("\u{e001}링 2\u{e003}을(를)", "\u{e001}링 2\u{e003}를"),
            // Not known: both forms stay.
            ("blorb을(를) blorb(으)로", "blorb을(를) blorb(으)로"),
            ("을(를)", "을(를)"),
            ("큐 을(를)", "큐 을(를)"),
        ] {
            assert_eq!(resolve(written), resolved);
        }
    }

    #[test]
    fn each_reading_is_in_hangul_and_stands_once() {
        let file = include_str!("readings.txt");
        let entries: Vec<_> = file.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(super::READINGS.len(), entries.len());
    }
}
