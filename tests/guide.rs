//! What is said of structs: each member that is named is in the kernels that it is claimed for, each has words,
//! and what has none is listed.
#![cfg(not(target_arch = "wasm32"))]

use nicscope_core::atlas::{Claim, Guide, Layouts, message_id};
use nicscope_core::engine::{ROUTINES, info};
use std::collections::BTreeSet;
use std::path::Path;

/// The kernels whose chosen structs the site brings.
const KERNELS: [&str; 3] = ["6.1", "6.12", "7.2"];
/// Members of the three kernels' chosen structs that have no words, at the most.
const SILENT_MOST: usize = 2_474;
/// How deep a member may lie in structs within the struct.
const LEVELS: u32 = 3;

fn committed(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn guide() -> Guide {
    Guide::read(committed("atlas/guide.txt").as_bytes()).expect("the committed guide")
}

fn layouts(kernel: &str) -> Layouts {
    let text = committed(&format!("atlas/{kernel}.structs"));
    Layouts::read(text.as_bytes()).expect("the committed structs")
}

/// The members that a claim names and a kernel does not have.
fn wrong(guide: &Guide, kernel: &str) -> Vec<String> {
    let layouts = layouts(kernel);
    let mut wrong = Vec::new();
    for entry in guide.entries() {
        let name = &entry.claim.name;
        let layout = layouts.expanded(name, LEVELS);
        if entry.claim.is_of(kernel) != layout.is_some() {
            wrong.push(format!("struct {name}"));
        }
        for member in entry.members.iter().filter(|member| member.is_of(kernel)) {
            let path = &member.name;
            if layout.as_ref().is_none_or(|layout| layout.member(path).is_none()) {
                wrong.push(format!("{name}.{path}"));
            }
        }
    }
    wrong
}

#[test]
fn each_struct_and_member_is_in_the_kernels_that_it_is_claimed_for() {
    let mut guide = guide();
    for kernel in KERNELS {
        assert_eq!(wrong(&guide, kernel), Vec::<String>::new(), "Linux {kernel}");
    }
    // The test can fail: 7.2 has no rx_buf any more.
    let ring = guide.groups.iter_mut().flat_map(|group| &mut group.structs);
    let ring = ring.filter(|entry| entry.claim.name == "ice_rx_ring");
    for member in ring.flat_map(|entry| &mut entry.members) {
        if member.name == "rx_buf" {
            member.kernels.push("7.2".to_owned());
        }
    }
    assert_eq!(wrong(&guide, "7.2"), ["ice_rx_ring.rx_buf"]);
}

#[test]
fn each_claim_has_its_words_and_no_words_are_left_over() {
    let mut expected = BTreeSet::new();
    for entry in guide().entries() {
        let name = &entry.claim.name;
        expected.insert(name.clone());
        expected.extend(["made", "used", "life"].map(|part| format!("{name}--{part}")));
        expected.extend(entry.members.iter().map(|member| message_id(name, Some(&member.name))));
    }
    for language in ["en", "ko"] {
        let text = committed(&format!("text/{language}/structs.ftl"));
        let ids =
            text.lines().filter_map(|line| line.split_once(" = ").map(|(id, _)| id.to_owned()));
        let ids: Vec<String> = ids.collect();
        let unique: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(unique.len(), ids.len(), "{language}: an id stands twice");
        assert_eq!(unique, expected, "{language}");
    }
}

/// Members of the guide's structs that lines of the model name and of which nothing is said.
fn unsaid(guide: &Guide) -> BTreeSet<&'static str> {
    let lines = ROUTINES.iter().flat_map(|&routine| info(routine).lines());
    let names = lines.flat_map(|line| line.reads().chain(line.writes()).collect::<Vec<_>>());
    let is_unsaid = |name: &&str| {
        let Some((owner, path)) = name.split_once('.') else { return false };
        let within = |one: &str, other: &str| {
            one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        guide.find(owner).is_some_and(|entry| {
            let said = |member: &Claim| within(path, &member.name) || within(&member.name, path);
            !entry.members.iter().any(said)
        })
    };
    names.filter(is_unsaid).collect()
}

#[test]
fn each_member_that_the_model_touches_has_words() {
    let mut guide = guide();
    assert_eq!(unsaid(&guide), BTreeSet::new());
    // The test can fail.
    let skb = guide.groups.iter_mut().flat_map(|group| &mut group.structs);
    for entry in skb.filter(|entry| entry.claim.name == "sk_buff") {
        entry.members.retain(|member| member.name != "truesize");
    }
    assert_eq!(unsaid(&guide), BTreeSet::from(["sk_buff.truesize"]));
}

/// Run with `--nocapture` it lists them.
#[test]
fn what_has_no_words_is_listed() {
    let guide = guide();
    let (mut silent, mut all) = (0, 0);
    for kernel in KERNELS {
        let layouts = layouts(kernel);
        for entry in guide.entries().filter(|entry| entry.claim.is_of(kernel)) {
            let layout = layouts.find(&entry.claim.name).expect("a chosen struct");
            let named: Vec<String> = layout.paths().map(|(path, _)| path).collect();
            let without = named.iter().filter(|path| entry.member(path).is_none());
            let without: Vec<&str> = without.map(String::as_str).collect();
            println!("{kernel} {}: {}", entry.claim.name, without.join(" "));
            silent += without.len();
            all += named.len();
        }
    }
    println!("{silent} of {all} members have no words");
    // Fewer should be silent from one version to the next, and never more.
    assert!(silent <= SILENT_MOST, "{silent} of {all} members have no words");
}
