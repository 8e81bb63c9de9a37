//! The layouts of all structs and unions of three kernels are those that `pahole` prints.
#![cfg(not(target_arch = "wasm32"))]

mod declared;
mod pahole;
mod whole;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use nicscope_core::atlas::{Btf, Layout, Pair, StructKind, compare};
use nicscope_core::diagram::{Area, CACHELINES_LEAST, Kind, Shape, cachelines, cells};
use pahole::{Printed, PrintedMember};

/// The kernels, and how many structs the text lacks: `pahole` prints one of several types that are
/// named alike.
const KERNELS: [(&str, usize); 3] = [("6.1", 6), ("6.12", 6), ("7.2", 8)];

fn unpacked(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    let mut bytes = Vec::new();
    let file = File::open(path).expect("a committed file");
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a gzip file");
    bytes
}

/// Lends the BTF of a kernel with that of the driver `ice` over it.
fn with_ice<T>(kernel: &str, work: impl FnOnce(&Btf) -> T) -> T {
    let base = unpacked(&format!("static/atlas/{kernel}-vmlinux.btf.gz"));
    let ice = unpacked(&format!("static/atlas/{kernel}-ice.btf.gz"));
    let base = Btf::read(&base).expect("base BTF");
    work(&Btf::read_split(&ice, &base).expect("split BTF"))
}

/// What `pahole` prints of the same.
fn printed_text(kernel: &str) -> String {
    let text = unpacked(&format!("tests/data/pahole/{kernel}-ice.txt.gz"));
    String::from_utf8(text).expect("a text")
}

/// A layout as the referee prints it.
fn printed(layout: &Layout) -> Printed {
    let members = layout.members.iter().map(|member| PrintedMember {
        depth: member.depth,
        name: member.name.clone(),
        type_name: member.type_name.clone(),
        offset: member.offset,
        bits: member.bit_offset.zip(member.bit_size),
        size: member.size,
    });
    Printed {
        name: format!("{} {}", layout.kind.keyword(), layout.name),
        // Of a union it prints no size.
        size: if layout.kind == StructKind::Union { 0 } else { layout.size },
        members: members.collect(),
        holes: layout.holes.iter().map(|hole| (hole.offset, hole.size)).collect(),
        hole_bits: layout.bit_holes.iter().map(|hole| hole.bit_size).sum(),
        padding: layout.padding,
        bit_padding: layout.bit_padding,
    }
}

/// Takes every printed struct out of ours; what is left on either side.
fn differences(ours: Vec<Printed>, text: &str) -> (Vec<Printed>, Vec<Printed>) {
    let mut by_name: BTreeMap<String, Vec<Printed>> = BTreeMap::new();
    for ours in ours {
        by_name.entry(ours.name.clone()).or_default().push(ours);
    }
    let mut missing = Vec::new();
    for printed in pahole::read(text) {
        let alike = by_name.entry(printed.name.clone()).or_default();
        match alike.iter().position(|ours| *ours == printed) {
            Some(found) => drop(alike.swap_remove(found)),
            None => missing.push(printed),
        }
    }
    (missing, by_name.into_values().flatten().collect())
}

/// Where a struct of ours leaves the printed one.
fn first_difference(printed: &Printed, ours: Option<&Printed>) -> String {
    let Some(ours) = ours else { return format!("{} is missing", printed.name) };
    let members = printed.members.iter().zip(&ours.members);
    match members.into_iter().find(|(printed, ours)| printed != ours) {
        Some((printed, ours)) => format!("pahole: {printed:?}\nours: {ours:?}"),
        None => {
            let rest = |of: &Printed| Printed { members: Vec::new(), ..of.clone() };
            format!("pahole: {:?}\nours: {:?}", rest(printed), rest(ours))
        }
    }
}

#[test]
fn every_struct_of_three_kernels_is_as_pahole_prints_it() {
    for (kernel, unprinted) in KERNELS {
        let ours: Vec<_> = with_ice(kernel, |ice| {
            ice.layouts().map(|layout| printed(&layout.expect("a layout"))).collect()
        });
        assert!(ours.len() > 8_000, "{kernel}: the file was not read");
        let (missing, left) = differences(ours, &printed_text(kernel));
        for missing in missing.iter().take(5) {
            let alike = left.iter().find(|ours| ours.name == missing.name);
            eprintln!("{kernel}: {}", first_difference(missing, alike));
        }
        assert_eq!(missing.len(), 0, "{kernel}: printed structs that differ");
        assert_eq!(left.len(), unprinted, "{kernel}: structs that are not printed");
    }
}

/// A driver's struct.
fn ice_struct(kernel: &str, name: &str) -> Layout {
    let found = with_ice(kernel, |ice| ice.layouts().flatten().find(|one| one.name == name));
    found.expect("a struct of that name")
}

/// As a reader finds them with the two printed texts side by side.
#[test]
fn ice_rx_ring_of_7_2_has_a_page_pool_where_6_12_has_buffers() {
    let (old, new) = (ice_struct("6.12", "ice_rx_ring"), ice_struct("7.2", "ice_rx_ring"));
    assert_eq!((old.size, new.size, old.cachelines(), new.cachelines()), (320, 320, 5, 5));
    let pairs = compare(&old, &new);
    let paths = |is: &dyn Fn(&Pair<'_>) -> bool| -> Vec<&str> {
        let of = pairs.iter().filter(|pair| is(pair)).map(|pair| pair.path.as_str());
        of.filter(|path| !path.ends_with('.') && !path.starts_with("__cacheline")).collect()
    };
    let removed =
        ["dev", "next_to_alloc", "rx_buf", "xdp_ext", "rx_offset", "first_desc", "max_frame"];
    let added =
        ["pp", "rx_fqes", "truesize", "hdr_pp", "hdr_fqes", "hdr_truesize", "xsk", "rx_hdr_len"];
    assert_eq!(paths(&|pair| pair.is_removed()), removed);
    assert_eq!(paths(&|pair| pair.is_added()), added);
    assert_eq!(paths(&|pair| pair.is_retyped()), ["xdp"]);
    assert_eq!(paths(&|pair| pair.is_resized()), ["xdp"]);
    assert_eq!(paths(&|pair| pair.is_same()), ["desc", "netdev"]);
}

/// All bits that nobody uses, by the rules of `pahole`.
fn unused_bits(layout: &Layout) -> u64 {
    let bytes: u32 = layout.holes.iter().map(|hole| hole.size).sum();
    let bits: u32 = layout.bit_holes.iter().map(|hole| hole.bit_size).sum();
    u64::from(bytes + layout.padding) * 8 + u64::from(bits + layout.bit_padding)
}

fn areas(shape: &Shape, found: &mut Vec<Area>) {
    match &shape.kind {
        Kind::Rect { area, .. } => found.push(*area),
        Kind::Group(shapes) => shapes.iter().for_each(|shape| areas(shape, found)),
        _ => {}
    }
}

#[test]
fn the_map_of_every_struct_has_each_bit_once_and_its_holes_are_pahole_s() {
    let base = unpacked("static/atlas/6.12-vmlinux.btf.gz");
    let base = Btf::read(&base).expect("base BTF");
    let (mut maps, mut compared) = (0, 0);
    for layout in base.layouts().flatten() {
        let cells = cells(&layout, &BTreeMap::new());
        let mut seen = 0;
        for cell in &cells {
            assert!(cell.start == seen && cell.end > seen, "{}: {cell:?}", layout.name);
            seen = cell.end;
        }
        assert_eq!(seen, u64::from(layout.size) * 8, "{}", layout.name);
        // Of what lies within others it prints no padding, and in a union others may use what one leaves.
        if layout.kind == StructKind::Struct && layout.members.iter().all(|one| one.depth == 1) {
            let unused = cells.iter().filter(|cell| cell.member.is_none());
            let unused: u64 = unused.map(|cell| cell.end - cell.start).sum();
            assert_eq!(unused, unused_bits(&layout), "{}", layout.name);
            compared += 1;
        }
        if layout.size <= 4_096 {
            let map = cachelines(&layout, &BTreeMap::new(), CACHELINES_LEAST);
            let mut found = Vec::new();
            map.shapes.iter().for_each(|shape| areas(shape, &mut found));
            found.sort_by_key(|area| (area.y, area.x));
            for pair in found.windows(2) {
                let apart = pair[0].y != pair[1].y || pair[0].right() <= pair[1].x;
                assert!(apart, "{}: {pair:?}", layout.name);
            }
            assert!(
                found.iter().all(|area| area.right() <= map.width && area.bottom() <= map.height)
            );
            maps += 1;
        }
    }
    assert!(maps > 8_000 && compared > 6_000, "{maps} maps, {compared} compared");
}
