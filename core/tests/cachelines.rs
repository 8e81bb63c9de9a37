//! A struct's map: what lies where, and how it is drawn.

use nicscope_core::atlas::{Layout, Layouts};
use nicscope_core::diagram::{Cell, Kind, Shape, cachelines, cells};
use std::collections::BTreeMap;

const FILE: &[u8] = include_bytes!("../../static/atlas/6.12.layouts");

fn layout(name: &str) -> Layout {
    let layouts = Layouts::read(FILE).expect("the committed file");
    layouts.find(name).expect("a curated struct").clone()
}

/// The cells by names: `len 896..928`.
fn named(layout: &Layout, cells: &[Cell]) -> Vec<String> {
    let name = |cell: &Cell| cell.member.map_or("-", |place| layout.members[place].name.as_str());
    cells.iter().map(|cell| format!("{} {}..{}", name(cell), cell.start, cell.end)).collect()
}

/// As `pahole` prints the end of the first cacheline of Linux 6.12's `ice_rx_ring`, and its holes.
#[test]
fn members_lie_where_pahole_says_and_holes_are_between_them() {
    let ring = layout("ice_rx_ring");
    let cells = named(&ring, &cells(&ring, &BTreeMap::new()));
    for expected in [
        "tail 320..384",
        "q_index 384..400",
        "rx_buf 448..512",
        "xdp_ext 512..1088",
        "rx_buf_len 1808..1824",
        "- 1824..1856",
        "flags 1936..1944",
        "- 1944..2048",
        "xdp_rxq 2048..2560",
    ] {
        assert!(cells.iter().any(|cell| cell == expected), "{expected}: {cells:?}");
    }
    assert!(!cells.iter().any(|cell| cell.starts_with("xdp_buf ")), "a union shows one member");
}

#[test]
fn the_reader_chooses_which_member_of_a_union_is_shown() {
    let ring = layout("ice_rx_ring");
    let union = ring.members.iter().position(|member| member.offset == 56).expect("the union");
    let chosen = cells(&ring, &BTreeMap::from([(union, 1)]));
    let names = named(&ring, &chosen);
    assert!(names.contains(&"xdp_buf 448..512".to_owned()), "{names:?}");
    assert!(!names.iter().any(|cell| cell.starts_with("rx_buf ")), "{names:?}");
}

#[test]
fn bitfields_lie_to_the_bit() {
    let skb = layout("sk_buff");
    let cells = named(&skb, &cells(&skb, &BTreeMap::new()));
    let cloned = skb.members.iter().find(|member| member.name == "cloned").expect("a bitfield");
    let start = cloned.offset * 8 + cloned.bit_offset.expect("bits");
    let expected = format!("cloned {start}..{}", start + 1);
    assert!(cells.contains(&expected), "{expected}: {cells:?}");
}

fn text_of(shape: &Shape, ids: &mut Vec<String>) {
    ids.push(shape.id.clone());
    if let Kind::Group(shapes) = &shape.kind {
        shapes.iter().for_each(|shape| text_of(shape, ids));
    }
}

#[test]
fn every_shape_has_an_id_of_its_own_and_long_members_are_folded() {
    for name in ["sk_buff", "ice_rx_ring", "softnet_data", "net_device", "napi_struct"] {
        let layout = layout(name);
        let map = cachelines(&layout, &BTreeMap::new(), 760);
        let mut ids = Vec::new();
        map.shapes.iter().for_each(|shape| text_of(shape, &mut ids));
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}");
    }
    // A line is eight rows of 22 pixels, and what lies between.
    let ethhdr = cachelines(&layout("ethhdr"), &BTreeMap::new(), 760);
    assert_eq!(ethhdr.height, 22 + 2 * 24 + 6);
    // Two of three rows have a line of names below them: of four bits, and of the union's other member.
    let iphdr = cachelines(&layout("iphdr"), &BTreeMap::new(), 760);
    assert_eq!(iphdr.height, 22 + 3 * 24 + 6 + 2 * (2 + 16));
}
