//! Korean: Hangul, agreed terms, particles.

use super::sentences::{NUMBERS, fact};
use super::{all_written, atlas_written, lines, walk_written, written};
use crate::particle::{PARTICLES, READINGS, Readings, readings, resolve, resolve_by};
use crate::{Language, Texts, sentence_text, why};
use std::collections::BTreeSet;

/// The terms that every Korean text may keep; phrases are among them.
const KEPT: &str = include_str!("terms-kept.txt");
/// The terms that the atlas may keep besides.
const KEPT_STRUCTS: &str = include_str!("terms-kept-structs.txt");
/// How the words of structs.ftl are read that readings.txt does not know.
const READINGS_STRUCTS: &str = include_str!("readings-structs.txt");
/// The same, as `build.rs` wrote it.
const LAST_SOUNDS_STRUCTS: &str = include_str!(concat!(env!("OUT_DIR"), "/readings-structs.txt"));
/// The structs and members that structs.ftl is about.
const GUIDE: &str = include_str!("../../../static/atlas/guide.txt");

/// The lines of a list.
fn listed(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

/// The Latin words that a text may have.
struct Kept {
    /// Terms that stay as they are, longest first.
    terms: Vec<&'static str>,
    /// Names of structs and members.
    names: BTreeSet<&'static str>,
}

impl Kept {
    fn new(terms: impl Iterator<Item = &'static str>, names: BTreeSet<&'static str>) -> Self {
        let mut terms: Vec<&str> = terms.collect();
        terms.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self { terms, names }
    }

    fn of_walk() -> Self {
        Self::new(listed(KEPT), BTreeSet::new())
    }

    fn of_atlas() -> Self {
        Self::new(listed(KEPT).chain(listed(KEPT_STRUCTS)), guide_names())
    }
}

/// The names of the guide's structs and members; of `a.b`, both.
fn guide_names() -> BTreeSet<&'static str> {
    let name = |line: &'static str| {
        let mut fields = line.split('\t');
        let kind = fields.next()?;
        fields.next().filter(|_| kind.is_empty() || kind == "struct")
    };
    GUIDE.lines().filter_map(name).flat_map(|name| name.split('.')).collect()
}

fn is_hangul(letter: char) -> bool {
    ('가'..='힣').contains(&letter)
}

fn is_latin(letter: char) -> bool {
    letter.is_alphabetic() && !is_hangul(letter)
}

/// The Latin words of a text that may not be there; notes the terms that are.
fn foreign(text: &str, kept: &Kept, used: &mut BTreeSet<&'static str>) -> Vec<String> {
    let mut foreign = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| is_latin(letter) || letter == '_') {
        let is_hexadecimal = rest[..start].ends_with('0') && rest[start..].starts_with('x');
        rest = &rest[start..];
        let end = rest
            .find(|letter: char| !is_latin(letter) && !letter.is_ascii_digit() && letter != '_')
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let is_identifier = word.contains('_') || after.starts_with("()");
        if is_identifier || is_hexadecimal || kept.names.contains(word) {
            rest = after;
            continue;
        }
        let ends_there = |term: &&&str| {
            let next = rest[term.len()..].chars().next();
            !next.is_some_and(|letter| is_latin(letter) || letter == '_')
        };
        let term = kept.terms.iter().filter(|term| rest.starts_with(**term)).find(ends_there);
        match term {
            Some(term) => {
                used.insert(term);
                rest = &rest[term.len()..];
            }
            None => {
                foreign.push(word.to_owned());
                rest = after;
            }
        }
    }
    foreign
}

#[test]
fn korean_texts_keep_only_identifiers_and_agreed_terms_and_all_of_those() {
    for (messages, kept, list) in [
        (walk_written(Language::Ko), Kept::of_walk(), KEPT),
        (atlas_written(Language::Ko), Kept::of_atlas(), KEPT_STRUCTS),
    ] {
        let mut used = BTreeSet::new();
        let mut wrong = Vec::new();
        for message in messages {
            for word in foreign(&message.words.join(" "), &kept, &mut used) {
                wrong.push(format!("{}: {word}", message.id));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        let unused: Vec<_> = listed(list).filter(|term| !used.contains(term)).collect();
        assert!(unused.is_empty(), "listed but not used: {unused:?}");
    }
}

#[test]
fn no_term_and_no_reading_is_listed_twice() {
    let terms = Kept::of_atlas().terms;
    let unique: BTreeSet<_> = terms.iter().collect();
    assert_eq!(unique.len(), terms.len());
    let entries = listed(READINGS_STRUCTS).count();
    assert_eq!(atlas_readings().len(), READINGS.len() + entries);
}

#[test]
fn korean_texts_are_korean() {
    let ([facts, ..], [.., structs]) = (Language::Ko.files(), Language::Ko.atlas_files());
    for message in written(facts).into_iter().chain(written(structs)) {
        let is_name = message.id.ends_with(".object");
        let words = message.words.concat();
        assert!(is_name || words.contains(is_hangul), "{}: {words}", message.id);
    }
    let kept = Kept::of_atlas();
    let english = all_written(Language::En);
    for (korean, english) in all_written(Language::Ko).into_iter().zip(english) {
        let (korean_words, english_words) = (korean.words.concat(), english.words.concat());
        if korean_words == english_words && english_words.contains(' ') {
            let foreign = foreign(&korean_words, &kept, &mut BTreeSet::new());
            assert!(foreign.is_empty(), "{} is not translated", korean.id);
        }
    }
}

/// The words whose reading is not known, and those whose particle is written the other way round, each with it.
fn unread(text: &str) -> BTreeSet<String> {
    let mut unread = BTreeSet::new();
    for (both, consonant, vowel) in PARTICLES {
        for written in [both.to_owned(), format!("{vowel}({consonant})")] {
            for (at, _) in text.match_indices(&written) {
                let word = text[..at].rsplit(' ').next().unwrap_or_default();
                unread.insert(format!("{word}{written}"));
            }
        }
    }
    unread
}

#[test]
fn every_particle_of_every_korean_text_is_resolved() {
    let texts = Texts::new(Language::Ko);
    let mut wrong = BTreeSet::new();
    for line in lines() {
        for number in NUMBERS {
            wrong.append(&mut unread(&sentence_text(&texts, &fact(line, number))));
        }
        wrong.append(&mut unread(&why(&texts, &fact(line, 0)).unwrap_or_default()));
    }
    for message in walk_written(Language::Ko) {
        if message.arguments.is_empty() {
            wrong.append(&mut unread(&texts.text(&message.id)));
        }
    }
    let [atlas, notes, structs] = Language::Ko.atlas_files();
    for message in written(atlas).into_iter().chain(written(notes)) {
        if message.arguments.is_empty() {
            wrong.append(&mut unread(&resolve(&message.words.concat())));
        }
    }
    // Its words are read by a list that the program has not, so nothing is left to resolve.
    for message in written(structs) {
        wrong.append(&mut unread(&message.words.concat()));
    }
    assert!(wrong.is_empty(), "not in readings.txt: {wrong:#?}");
}

/// Particles written out after a Latin word, and the written form that stands for both.
const FIXED: [(&str, &str); 12] = [
    ("으로", "(으)로"),
    ("로", "(으)로"),
    ("이라", "(이)라"),
    ("라", "(이)라"),
    ("을", "을(를)"),
    ("를", "을(를)"),
    ("은", "은(는)"),
    ("는", "은(는)"),
    ("과", "과(와)"),
    ("와", "과(와)"),
    ("이", "이(가)"),
    ("가", "이(가)"),
];

#[test]
fn particles_written_out_after_a_latin_word_fit_it() {
    let mut wrong = BTreeSet::new();
    for (messages, readings) in [
        (walk_written(Language::Ko), READINGS.clone()),
        (atlas_written(Language::Ko), atlas_readings()),
    ] {
        for text in messages.iter().flat_map(|message| &message.words) {
            for (at, _) in text.char_indices() {
                wrong.extend(misfit(&readings, &text[..at], &text[at..]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// How the words of the atlas are read.
fn atlas_readings() -> Readings {
    READINGS
        .iter()
        .map(|(&word, &sound)| (word, sound))
        .chain(readings(LAST_SOUNDS_STRUCTS))
        .collect()
}

/// The word at the end of `before` with the particle at the start of `after`, if they do not fit.
fn misfit(readings: &Readings, before: &str, after: &str) -> Option<String> {
    let is_function = before.ends_with("()");
    if !is_function && !before.ends_with(|letter: char| letter.is_ascii_alphanumeric()) {
        return None;
    }
    let ends = |fixed: &str| {
        let rest = after.strip_prefix(fixed);
        rest.is_some_and(|rest| fixed == "이라" || !rest.starts_with(|c| is_hangul(c) || c == '('))
    };
    let (fixed, both) = FIXED.iter().find(|(fixed, _)| ends(fixed))?;
    let word = before.rsplit(' ').next().unwrap_or_default();
    let fits = resolve_by(readings, &format!("{word}{both}")) == format!("{word}{fixed}");
    (!fits).then(|| format!("{word}{fixed}"))
}
