//! Structs as C declares them: line by line what `pahole` prints.

use super::pahole::without_attributes;
use super::{KERNELS, printed_text, with_ice};
use nicscope_core::atlas::{Layout, Member, SourceKind, source_order};
use std::collections::BTreeMap;

/// A line without the spaces that are a matter of taste.
fn tight(code: &str) -> String {
    let mut words: Vec<&str> = code.split_whitespace().collect();
    // It says twice that an array is `const` whose elements are.
    words.dedup_by(|word, before| *word == "const" && before == word);
    let line = words.join(" ");
    line.replace(" *", "*")
        .replace("* ", "*")
        .replace(" )", ")")
        .replace(" ,", ",")
        .replace(" ;", ";")
}

/// Offset, bit and size as `pahole` prints them.
fn place(member: &Member) -> String {
    let bits = member.bit_offset.map(|bit| format!(":{bit}")).unwrap_or_default();
    format!("{}{bits} {}", member.offset, member.size)
}

/// Our lines; what is at the end and not between members is left out.
fn ours(layout: &Layout) -> Vec<String> {
    let member = |place: usize| &layout.members[place];
    let lines = source_order(layout);
    let line = |line: &nicscope_core::atlas::SourceLine| {
        let text = tight(&line.text);
        let says = match line.kind {
            SourceKind::Open(_) | SourceKind::Close(None) => text,
            SourceKind::Member(at) | SourceKind::Close(Some(at)) => {
                format!("{text} {}", place(member(at)))
            }
            SourceKind::Hole(hole) => format!("hole {}", hole.size),
            SourceKind::BitHole(hole) => format!("bits {}", hole.bit_size),
            SourceKind::Cacheline { number, ago } => format!("line {number} {ago}"),
            SourceKind::Padding { .. } => return None,
        };
        Some(format!("{} {says}", line.depth))
    };
    lines.iter().filter_map(line).collect()
}

/// The lines of all printed structs, by the first.
fn printed(text: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut all: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut lines: Vec<String> = Vec::new();
    let mut in_enum = false;
    for line in text.lines() {
        let depth = line.chars().take_while(|one| *one == '\t').count();
        let line = line.trim();
        let mut add = |says: String| lines.push(format!("{depth} {says}"));
        let (code, comment) = line.rsplit_once("/*").unwrap_or((line, ""));
        let comment = comment.trim_end_matches("*/").trim();
        let at = comment.split_whitespace().collect::<Vec<_>>().join(" ").replace(": ", ":");
        let code = tight(&without_attributes(code));
        let words: Vec<&str> = comment.split_whitespace().collect();
        if let Some(numbers) = comment.strip_prefix("--- cacheline ") {
            let words: Vec<&str> = numbers.split_whitespace().collect();
            let ago = words.iter().position(|word| *word == "was").map_or("0", |at| words[at + 1]);
            add(format!("line {} {ago}", words[0]));
        } else if let ["XXX", number, unit, hole, ..] = words[..]
            && hole.starts_with("hole")
        {
            let kind = if unit.starts_with("byte") { "hole" } else { "bits" };
            add(format!("{kind} {number}"));
        } else if code == "enum {" {
            in_enum = true;
        } else if in_enum {
            if let Some(rest) = code.strip_prefix('}') {
                add(format!("enum {{…}}{rest} {at}"));
                in_enum = false;
            }
        } else if code.ends_with('{') {
            add(code);
        } else if depth == 0 && code.starts_with('}') {
            add("};".to_owned());
            let done = std::mem::take(&mut lines);
            all.entry(done[0].clone()).or_default().push(done);
        } else if at.starts_with(|one: char| one.is_ascii_digit()) {
            add(format!("{code} {at}"));
        }
    }
    all
}

#[test]
fn every_struct_of_three_kernels_is_declared_as_pahole_prints_it() {
    for (kernel, unprinted) in KERNELS {
        let mut printed = printed(&printed_text(kernel));
        let (mut left, mut borders) = (Vec::new(), 0);
        let declared: Vec<_> =
            with_ice(kernel, |ice| ice.layouts().flatten().map(|layout| ours(&layout)).collect());
        for ours in declared {
            borders += ours.iter().filter(|line| line.contains(" line ")).count();
            let alike = printed.entry(ours[0].clone()).or_default();
            match alike.iter().position(|printed| *printed == ours) {
                Some(found) => drop(alike.swap_remove(found)),
                None => left.push(ours),
            }
        }
        let missing: Vec<_> = printed.into_values().flatten().collect();
        for missing in missing.iter().take(8) {
            let alike = left.iter().find(|ours| ours[0] == missing[0]);
            let pairs = alike.map(|ours| missing.iter().zip(ours));
            let differs = pairs.and_then(|mut pairs| pairs.find(|(printed, ours)| printed != ours));
            eprintln!("{kernel} {}: {differs:?}", missing[0]);
        }
        assert_eq!((missing.len(), left.len()), (0, unprinted), "{kernel}: those that differ");
        assert!(borders > 3_000, "{kernel}: {borders} borders of cachelines");
    }
}
