//! What the static pages of all structs have in common.

use super::*;
use std::collections::BTreeSet;

/// How deep members are tried.
const LEVELS: u32 = 3;

/// The pages of all structs of all kernels in English, and whether the map is in each.
fn pages(all: &[Chosen]) -> Vec<(String, bool)> {
    let words = Words::read(Language::En).expect("the committed texts");
    let style = Style::read().expect("the committed style sheet");
    let page = |chosen: &Chosen| {
        let kernel = kernel_title(chosen.kernel);
        let say = |label: &_| words.say(label);
        let (note, theme) = (note(chosen, &kernel, &say), Theme::System);
        let (words, style) = (&words, &style);
        light(page::Page { chosen, note, words, style, theme, has_map: true }).expect("a page")
    };
    all.iter().map(page).collect()
}

/// The ids of a page's rows, each once.
fn ids<'p>(page: &'p str, name: &str) -> BTreeSet<&'p str> {
    let rows = page.split("<tr id=\"").skip(1);
    let all: Vec<&str> = rows.filter_map(|row| row.split('"').next()).collect();
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "{name}: an id stands twice");
    ids
}

#[test]
fn each_member_with_words_has_a_row_and_each_anchor_is_in_the_page() {
    let atlas = Atlas::read().expect("the committed files");
    let mut looked_at = 0;
    let all = atlas.chosen().expect("the committed structs");
    for (chosen, (page, _)) in all.iter().zip(pages(&all)) {
        let (kernel, name) = (&chosen.kernel.name, chosen.name());
        let ids = ids(&page, name);
        for claim in &chosen.members {
            let path = claim.name.as_str();
            let row = page.split(&format!("<tr id=\"{path}\"")).nth(1);
            let row = row.unwrap_or_else(|| panic!("{kernel} {name}: no row for {path}"));
            let said = row.split("<tr").next().is_some_and(|row| row.contains("<p>"));
            assert!(said, "{kernel} {name}: nothing is said of {path}");
        }
        let layouts = atlas.kernels.iter().find(|(own, _)| own == chosen.kernel);
        let all = layouts.and_then(|(_, layouts)| layouts.expanded(name, LEVELS));
        for (path, _) in all.expect("a chosen struct").paths() {
            let anchor = chosen.rows.anchor(&path);
            assert!(anchor.is_some_and(|anchor| ids.contains(anchor)), "{kernel} {name}.{path}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 10_000, "{looked_at} members only");
}

#[test]
fn a_large_struct_says_how_many_members_it_leaves_out() {
    let atlas = Atlas::read().expect("the committed files");
    let all = atlas.chosen().expect("the committed structs");
    let pages = pages(&all);
    let more = all.iter().zip(&pages).filter(|(_, (page, _))| page.contains(" more members<"));
    let more: Vec<&str> = more.map(|(chosen, _)| chosen.name()).collect();
    assert_eq!(more, ["net"; 3]);
}

/// A member that is opened in place is marked in the map where the struct around it lies.
#[test]
fn the_map_marks_what_a_member_lies_in() {
    let atlas = Atlas::read().expect("the committed files");
    let all = atlas.chosen().expect("the committed structs");
    let pages = pages(&all);
    let page = |name| {
        let place = all.iter().position(|chosen| chosen.name() == name);
        &pages[place.expect("a chosen struct")]
    };
    let (pool, has_map) = page("page_pool");
    assert!(*has_map && pool.contains(":has(:is(#p,[id^='p.']):target) #m-0"));
    assert!(pool.contains(":has(#ring:target) #m-"));
    let (socket, has_map) = page("sock");
    assert!(!has_map && !socket.contains("<svg"), "a heavy page leaves the map to the picture");
}
