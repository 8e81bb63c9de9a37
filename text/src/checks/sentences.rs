//! The sentences: of every line with every kind of number, and of whole runs.

use super::lines;
use crate::sentence::{message_id, why};
use crate::term::NONE;
use crate::{Language, SpanKind, Texts, sentence, sentence_text};
use nicscope_core::engine::{line_info, power_on, record_steps};
use nicscope_core::fact::{Fact, LineId};
use nicscope_core::machine::{Driver, Settings};
use nicscope_core::scenario::{LIBRARY, Scenario, named};
use nicscope_core::units::PacketId;
use std::collections::{HashMap, HashSet};

/// Numbers that are read in different ways, and the one for none.
pub(super) const NUMBERS: [u16; 16] =
    [0, 1, 2, 3, 6, 7, 8, 9, 10, 16, 64, 146, 300, 2000, 2040, NONE];

pub(super) fn fact(line: LineId, object: u16) -> Fact {
    Fact { at: 0, packet: PacketId(u32::from(object % 100)), line, object }
}

/// Characters of a sentence at most, with the packet that it is about, and of a reason.
const SENTENCE: usize = 124;
const REASON: usize = 160;

#[test]
fn each_sentence_names_who_and_what_in_one_short_sentence() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for (line, number) in lines().flat_map(|line| NUMBERS.map(|number| (line, number))) {
            let fact = fact(line, number);
            let spans = sentence(&texts, &fact);
            let text = sentence_text(&texts, &fact);
            let joined: String = spans.iter().map(|span| span.text.as_str()).collect();
            assert_eq!(joined, text);
            assert_eq!(spans[0].kind, SpanKind::Subject, "{text}");
            let named = |kind| spans.iter().filter(|span| span.kind == kind).count();
            assert_eq!(named(SpanKind::Subject), 1, "{text}");
            assert_eq!(named(SpanKind::Object), 1, "{text}");
            assert!(named(SpanKind::Packet) <= 1, "{text}");
            assert!(text.ends_with('.') || text.ends_with('?'), "{text}");
            assert!(!text.contains(['{', '$']), "{text}");
            assert!(!text.contains("  "), "{text}");
            assert!(text.chars().count() <= SENTENCE, "{} {text}", text.chars().count());
        }
    }
}

#[test]
fn each_reason_is_short_and_most_lines_have_one() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let mut reasons = 0;
        for line in lines() {
            let Some(why) = why(&texts, &fact(line, 0)) else {
                continue;
            };
            reasons += 1;
            assert!(why.chars().count() <= REASON, "{} {why}", why.chars().count());
            assert!(why.ends_with(['.', ':', '?']), "{why}");
        }
        assert!(reasons * 2 > lines().count(), "{language:?}: {reasons}");
    }
}

/// Whether two lines can stand in one run: the two drivers never do.
fn can_meet(one: &str, other: &str) -> bool {
    let of = |id: &str| ["ice-", "igb-"].into_iter().find(|driver| id.starts_with(driver));
    of(one).is_none() || of(other).is_none() || of(one) == of(other)
}

#[test]
fn no_two_lines_say_the_same() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for number in NUMBERS {
            let mut said: HashMap<String, Vec<String>> = HashMap::new();
            for line in lines() {
                let text = sentence_text(&texts, &fact(line, number));
                let others = said.entry(text.clone()).or_default();
                let id = message_id(line);
                for other in others.iter() {
                    assert!(!can_meet(other, &id), "{other} and {id}: {text}");
                }
                others.push(id);
            }
        }
    }
}

/// The facts of a ready scenario's beginning, with some allocations that fail.
fn run(driver: Driver, name: &str) -> Vec<Fact> {
    let (Scenario { settings, traffic }, _) = named(name).expect("a name of the library");
    let settings = Settings { driver, rx_ring: 64, skb_failures: 2, page_failures: 2, ..settings };
    let mut machine = power_on(settings, &traffic);
    let mut facts = Vec::new();
    record_steps(&mut machine, &traffic, 40_000, &mut facts);
    facts
}

#[test]
fn a_run_names_no_packet_and_no_object_that_is_not_there() {
    let every = [Driver::Ice, Driver::Igb]
        .into_iter()
        .flat_map(|driver| LIBRARY.iter().map(move |name| run(driver, name)));
    for facts in every {
        let lines: HashSet<LineId> = facts.iter().map(|fact| fact.line).collect();
        assert!(lines.len() > 180, "{}", lines.len());
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut met: HashMap<String, LineId> = HashMap::new();
            for fact in &facts {
                let id = message_id(fact.line);
                let spans = sentence(&texts, fact);
                for span in &spans {
                    let is_none = span.text.contains(&NONE.to_string());
                    assert!(!is_none || span.kind == SpanKind::Plain, "{id}: {}", span.text);
                }
                let text: String = spans.into_iter().map(|span| span.text).collect();
                assert!(!text.contains("  "), "{id} names a packet that it has not: {text}");
                let first = *met.entry(text.clone()).or_insert(fact.line);
                assert_eq!(first, fact.line, "{id} and {}: {text}", message_id(first));
            }
        }
    }
}

#[test]
fn one_sentence_reads_as_it_should() {
    let line = lines()
        .find(|&line| message_id(line) == "ice-clean-rx-irq-read-size")
        .expect("the line is there");
    assert_eq!(line_info(line).name(), "ReadSize");
    let fact = Fact { at: 0, packet: PacketId(12), line, object: 3 };
    let said = |language| {
        sentence(&Texts::new(language), &fact)
            .into_iter()
            .map(|span| (span.kind, span.text))
            .collect::<Vec<_>>()
    };
    let (plain, subject) = (SpanKind::Plain, SpanKind::Subject);
    assert_eq!(
        said(Language::En),
        [
            (subject, "The driver on CPU 0"),
            (plain, " reads the length of "),
            (SpanKind::Packet, "packet 12"),
            (plain, " from "),
            (SpanKind::Object, "descriptor 3"),
            (plain, "."),
        ]
        .map(|(kind, text)| (kind, text.to_owned()))
    );
    assert_eq!(
        said(Language::Ko),
        [
            (subject, "CPU 0의 드라이버"),
            (plain, "가 "),
            (SpanKind::Object, "디스크립터 3"),
            (plain, "에서 "),
            (SpanKind::Packet, "패킷 12"),
            (plain, "의 길이를 읽는다."),
        ]
        .map(|(kind, text)| (kind, text.to_owned()))
    );
}

#[test]
fn two_facts_of_a_run_never_read_the_same() {
    for driver in [Driver::Ice, Driver::Igb] {
        for name in LIBRARY {
            let facts = run(driver, name);
            for language in Language::ALL {
                let texts = Texts::new(language);
                let mut met: HashMap<String, Fact> = HashMap::new();
                for fact in &facts {
                    // The same thing may happen again.
                    let fact = Fact { at: 0, ..*fact };
                    let text = sentence_text(&texts, &fact);
                    let first = *met.entry(text.clone()).or_insert(fact);
                    assert_eq!(first, fact, "{name}, {language:?}: {text}");
                }
            }
        }
    }
}
