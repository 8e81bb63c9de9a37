//! A whole kernel as the page keeps it: the same structs, each under one name, and found by parts of names.

use std::collections::{BTreeMap, BTreeSet};

use nicscope_core::atlas::{Btf, Found, FoundName, Layout, WholeKernel};
use nicscope_tests::bench::kernel;

use crate::unpacked;

fn files() -> [(String, Vec<u8>); 3] {
    ["vmlinux", "ice", "igb"]
        .map(|name| (name.to_owned(), unpacked(&format!("static/atlas/6.12-{name}.btf.gz"))))
}

fn whole() -> WholeKernel {
    WholeKernel::read(files().to_vec()).expect("a kernel")
}

/// Everything but the name, in which those of one name differ, and the order of holes.
fn anonymous(layout: Layout) -> Layout {
    let mut layout = Layout { name: String::new(), ..layout };
    layout.holes.sort_by_key(|hole| hole.offset);
    layout.bit_holes.sort_by_key(|hole| (hole.offset, hole.bit_offset));
    layout
}

#[test]
fn every_layout_of_the_files_has_one_name() {
    let kernel = whole();
    assert_eq!(kernel.objects().collect::<Vec<_>>(), ["vmlinux", "ice", "igb"]);
    assert_eq!((kernel.unknown().count(), kernel.unsearched()), (0, 0));
    let names: Vec<String> = kernel.structs().map(String::from).collect();
    assert!(names.iter().collect::<BTreeSet<_>>().len() == names.len());
    let mut kept = BTreeSet::new();
    for name in &names {
        let layout = kernel.layout(name).expect("a layout");
        assert_eq!(layout.name, *name);
        let plain = name.split('~').next().expect("a name");
        let new = kept.insert((plain, format!("{:?}", anonymous(layout))));
        assert!(new, "{name}");
    }
    let [(_, base), modules @ ..] = files();
    let base = Btf::read(&base).expect("BTF");
    let mut there = BTreeSet::new();
    for (_, module) in &modules {
        for layout in Btf::read_split(module, &base).expect("BTF").layouts().flatten() {
            let name = layout.name.clone();
            let printed = format!("{:?}", anonymous(layout));
            assert!(kept.contains(&(name.as_str(), printed.clone())), "{name}");
            there.insert((name, printed));
        }
    }
    // The rest are structs that only a typedef names.
    let rest =
        kept.iter().filter(|(name, layout)| !there.contains(&((*name).to_owned(), layout.clone())));
    let rest: Vec<&str> = rest.map(|(name, _)| *name).collect();
    assert!(rest.contains(&"atomic_t") && rest.contains(&"pgd_t"), "{rest:?}");
    assert_eq!(kept.len() - rest.len(), there.len());
}

#[test]
fn names_lead_to_a_struct_by_typedefs_and_by_number() {
    let kernel = whole();
    assert_eq!(kernel.layout("spinlock_t").expect("a layout").name, "spinlock");
    assert_eq!(kernel.layout("atomic_t").expect("a layout").members[0].name, "counter");
    assert_eq!(kernel.layout("napi_struct~2"), None);
    let second: Vec<String> =
        kernel.structs().map(String::from).filter(|name| name.ends_with("~2")).collect();
    assert!(!second.is_empty());
    for name in second {
        let first = kernel.layout(&name[..name.len() - 2]).expect("the first");
        assert_ne!(anonymous(first), anonymous(kernel.layout(&name).expect("the second")));
    }
    let skb = kernel.expanded("sk_buff", 3).expect("a layout");
    assert_eq!(skb.member("users.refs.counter").map(|member| member.offset), Some(220));
    let ring = kernel.layout("ice_rx_ring").expect("a module's struct");
    assert_eq!((ring.size, ring.cachelines()), (320, 5));
}

/// The words of a name that has only letters of ASCII, without haste.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for identifier in name.to_lowercase().split(['.', '~']) {
        words.extend(identifier.split('_').map(str::to_owned));
        words.push(identifier.replace('_', ""));
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn the_search_knows_the_words_of_every_name_and_no_others() {
    let kernel = whole();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in kernel::names(&kernel).lines() {
        let path = name.split_once('.').map_or(name, |(_, path)| path);
        for word in words(path) {
            names.entry(word).or_default().insert(name.to_owned());
        }
    }
    assert!(names.len() > 20_000);
    for (place, (word, having)) in names.iter().enumerate() {
        // Of the short ones, which very many names have, and of all others some.
        if place % 32 != 0 && word.len() > 1 {
            continue;
        }
        let found = kernel.find(word, usize::MAX);
        let (mut all, mut whole) = (BTreeSet::new(), BTreeSet::new());
        for FoundName { name, path, cost, near } in found.best {
            assert!(!near, "{word}: {name}");
            // What a member costs may be what its struct does.
            if path.is_none() && cost == 0 {
                whole.insert(name.clone());
            }
            all.insert(path.map_or(name.clone(), |path| format!("{name}.{path}")));
        }
        let alike = names.range(word.clone()..).take_while(|(other, _)| other.starts_with(word));
        let begun: BTreeSet<String> = alike.flat_map(|(_, having)| having.clone()).collect();
        assert!(all == begun, "{word}: {} of {}", all.len(), begun.len());
        let structs = having.iter().filter(|name| !name.contains('.')).cloned();
        assert!(whole == structs.collect(), "{word}: {whole:?}");
    }
}

#[test]
fn parts_of_names_find_structs_and_members() {
    let kernel = whole();
    let found = |typed: &str| -> Vec<String> {
        let Found { best, .. } = kernel.find(typed, 10);
        let name = |path: Option<&String>| path.map(|path| format!(".{path}")).unwrap_or_default();
        best.iter().map(|found| format!("{}{}", found.name, name(found.path.as_ref()))).collect()
    };
    for (typed, wanted) in [
        ("sk_buff", "sk_buff"),
        ("skb len", "sk_buff.len"),
        ("softnet_dta", "softnet_data"),
        ("ice ring next_to_use", "ice_rx_ring.next_to_use"),
        ("napi poll", "napi_struct.poll"),
        ("sk_buff csum_start", "sk_buff.csum_start"),
    ] {
        assert!(found(typed).contains(&wanted.to_owned()), "{typed}: {:?}", found(typed));
    }
    assert_eq!(found("sk_buff")[0], "sk_buff");
}
