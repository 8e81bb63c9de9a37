//! Korean: Hangul, agreed terms, particles.

use super::sentences::{NUMBERS, fact};
use super::{all_written, lines};
use crate::text::particle::{PARTICLES, resolve};
use crate::text::{Language, Texts, sentence_text, why};
use std::collections::BTreeSet;

/// Words that stay as they are, longest first; phrases are among them.
fn kept() -> Vec<&'static str> {
    let mut kept: Vec<&str> = include_str!("../../../../static/text/ko/terms-kept.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    kept.sort_by_key(|word| std::cmp::Reverse(word.len()));
    kept
}

fn is_hangul(letter: char) -> bool {
    ('가'..='힣').contains(&letter)
}

fn is_latin(letter: char) -> bool {
    letter.is_alphabetic() && !is_hangul(letter)
}

/// The Latin words of a text that are neither identifiers nor on the list; notes those on it.
fn foreign(text: &str, used: &mut BTreeSet<&'static str>) -> Vec<String> {
    let kept = kept();
    let mut foreign = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| is_latin(letter) || letter == '_') {
        rest = &rest[start..];
        let end = rest
            .find(|letter: char| !is_latin(letter) && !letter.is_ascii_digit() && letter != '_')
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.contains('_') || after.starts_with("()") {
            rest = after;
            continue;
        }
        let ends_there = |term: &&&str| {
            let next = rest[term.len()..].chars().next();
            !next.is_some_and(|letter| is_latin(letter) || letter == '_')
        };
        let term = kept.iter().filter(|term| rest.starts_with(**term)).find(ends_there);
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
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for message in all_written(Language::Ko) {
        for word in foreign(&message.words.join(" "), &mut used) {
            wrong.push(format!("{}: {word}", message.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let kept: BTreeSet<&str> = kept().into_iter().collect();
    let unused: Vec<&&str> = kept.difference(&used).collect();
    assert!(unused.is_empty(), "listed but not used: {unused:?}");
}

#[test]
fn korean_texts_are_korean() {
    for message in super::written(Language::Ko.files()[0]) {
        let is_name = message.id.ends_with(".object");
        let words = message.words.concat();
        assert!(is_name || words.contains(is_hangul), "{}: {words}", message.id);
    }
    let english = all_written(Language::En);
    for (korean, english) in all_written(Language::Ko).into_iter().zip(english) {
        let (korean_words, english_words) = (korean.words.concat(), english.words.concat());
        if korean_words == english_words && english_words.contains(' ') {
            let foreign = foreign(&korean_words, &mut BTreeSet::new());
            assert!(foreign.is_empty(), "{} is not translated", korean.id);
        }
    }
}

/// The words whose reading is not known, each with its particle.
fn unread(text: &str) -> BTreeSet<String> {
    let mut unread = BTreeSet::new();
    for (both, ..) in PARTICLES {
        for (at, _) in text.match_indices(both) {
            let word = text[..at].rsplit(' ').next().unwrap_or_default();
            unread.insert(format!("{word}{both}"));
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
    for message in all_written(Language::Ko) {
        if message.arguments.is_empty() {
            wrong.append(&mut unread(&texts.text(&message.id)));
        }
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
    for message in all_written(Language::Ko) {
        for text in &message.words {
            for (at, _) in text.char_indices() {
                wrong.extend(misfit(&text[..at], &text[at..]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The word at the end of `before` with the particle at the start of `after`, if they do not fit.
fn misfit(before: &str, after: &str) -> Option<String> {
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
    let fits = resolve(&format!("{word}{both}")) == format!("{word}{fixed}");
    (!fits).then(|| format!("{word}{fixed}"))
}
