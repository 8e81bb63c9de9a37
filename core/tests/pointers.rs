//! What reaches what, and how it is drawn.

use nicscope_core::atlas::{Guide, Layout, Layouts};
use nicscope_core::diagram::{
    Anchor, Area, EdgeKind, Kind, Label, POINTERS_LEAST, Pointers, Shape, pointers, width_of,
};
use std::collections::BTreeSet;

const GUIDE: &[u8] = include_bytes!("../../static/atlas/guide.txt");
const KERNELS: [&[u8]; 3] = [
    include_bytes!("../../static/atlas/6.1.structs"),
    include_bytes!("../../static/atlas/6.12.structs"),
    include_bytes!("../../static/atlas/7.2.structs"),
];

fn guide() -> Guide {
    Guide::read(GUIDE).expect("the committed file")
}

fn layouts(kernel: usize) -> Layouts {
    Layouts::read(KERNELS[kernel]).expect("the committed file")
}

fn drawn(layouts: &Layouts, root: &str, width: i32) -> Pointers {
    let lookup = |name: &str| -> Option<Layout> { layouts.find(name).cloned() };
    pointers(root, &lookup, &guide(), width)
}

/// The edges as text: `poll_list > napi_struct`.
fn from(pointers: &Pointers, name: &str) -> Vec<String> {
    let edges = pointers.edges.iter().filter(|edge| edge.from == name);
    edges.map(|edge| format!("{} > {}", edge.paths.join(" "), edge.to)).collect()
}

#[test]
fn from_a_cpu_s_poll_list_over_napi_to_the_device() {
    let found = drawn(&layouts(1), "softnet_data", 1_200);
    let softnet = from(&found, "softnet_data");
    for edge in ["poll_list backlog > napi_struct", "output_queue output_queue_tailp > Qdisc"] {
        assert!(softnet.iter().any(|one| one == edge), "{edge}: {softnet:?}");
    }
    let napi = from(&found, "napi_struct");
    for edge in ["dev > net_device", "gro_hash > gro_list", "skb rx_list > sk_buff"] {
        assert!(napi.iter().any(|one| one == edge), "{edge}: {napi:?}");
    }
    let kind = |to: &str| {
        let edge = found.edges.iter().find(|edge| edge.from == "napi_struct" && edge.to == to);
        edge.expect("an edge").kind
    };
    assert_eq!((kind("net_device"), kind("gro_list")), (EdgeKind::Pointer, EdgeKind::Lead));
}

#[test]
fn leads_say_where_types_do_not() {
    let layouts = layouts(1);
    let skb = from(&drawn(&layouts, "sk_buff", 700), "sk_buff");
    for edge in ["cb > napi_gro_cb", "cb > tcp_skb_cb", "end > skb_shared_info", "sk > sock"] {
        assert!(skb.iter().any(|one| one == edge), "{edge}: {skb:?}");
    }
    assert!(skb.iter().any(|one| one == "next prev > sk_buff"), "itself: {skb:?}");
    let tcp = from(&drawn(&layouts, "tcp_sock", 700), "tcp_sock");
    assert!(tcp.iter().any(|one| one == "inet_conn.icsk_inet.sk > sock"), "a path: {tcp:?}");
    let napi = drawn(&layouts, "napi_struct", 700);
    let timer = napi.edges.iter().find(|edge| edge.to == "hrtimer").expect("an edge");
    assert_eq!((timer.paths.join(" "), timer.kind), ("timer".to_owned(), EdgeKind::Within));
    let ring = from(&drawn(&layouts, "ice_rx_ring", 700), "ice_rx_ring");
    for edge in ["desc > ice_32b_rx_flex_desc", "dev > device", "rx_buf > ice_rx_buf"] {
        assert!(ring.iter().any(|one| one == edge), "{edge}: {ring:?}");
    }
}

/// Frames of boxes, and all texts with the room that they take.
#[derive(Default)]
struct Parts {
    frames: Vec<(String, Area)>,
    texts: Vec<(String, Area)>,
    ids: Vec<String>,
}

fn parts(shape: &Shape, parts_found: &mut Parts) {
    parts_found.ids.push(shape.id.clone());
    match &shape.kind {
        Kind::Group(shapes) => shapes.iter().for_each(|shape| parts(shape, parts_found)),
        Kind::Rect { area, .. } => parts_found.frames.push((shape.id.clone(), *area)),
        Kind::Text { at, anchor, face, room, label } => {
            let w = match label {
                Label::Ident(text) => width_of(*face, text),
                Label::Text { .. } => *room,
            };
            assert!(w <= *room, "{}: {w} of {room}", shape.id);
            let x = if *anchor == Anchor::End { at.0 - w } else { at.0 };
            let text = Area::new(x, at.1 - 10, w, 13);
            parts_found.texts.push((shape.id.clone(), text));
        }
        Kind::Path { .. } => {}
    }
}

fn overlap(a: Area, b: Area) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

#[test]
fn nothing_overlaps_and_each_text_is_in_its_box_for_each_struct_kernel_and_width() {
    let mut boxes = 0;
    for kernel in 0..KERNELS.len() {
        let layouts = layouts(kernel);
        for entry in guide().entries() {
            let name = &entry.claim.name;
            for width in [POINTERS_LEAST, 719, 720, 1_400] {
                let drawn = drawn(&layouts, name, width);
                let mut found = Parts::default();
                drawn.shapes.iter().for_each(|shape| parts(shape, &mut found));
                let all = Area::new(0, 0, drawn.width, drawn.height);
                for (place, (id, frame)) in found.frames.iter().enumerate() {
                    assert!(all.holds(*frame), "{name} {width}: {id} {frame:?} {all:?}");
                    let others = &found.frames[place + 1..];
                    let over = others.iter().find(|(_, other)| overlap(*frame, *other));
                    assert!(over.is_none(), "{name} {width}: {id} {over:?}");
                    let own = id.strip_suffix("-frame").expect("a frame");
                    for (text, area) in &found.texts {
                        let is_own = text.starts_with(&format!("{own}-"));
                        let inside = frame.holds(*area);
                        assert!(is_own && inside || !overlap(*frame, *area), "{name}: {text} {id}");
                    }
                }
                for (place, (id, text)) in found.texts.iter().enumerate() {
                    assert!(all.holds(*text), "{name} {width}: {id}");
                    let over = found.texts[place + 1..].iter().find(|one| overlap(*text, one.1));
                    assert!(over.is_none(), "{name} {width}: {id} {over:?}");
                }
                let ids: BTreeSet<&String> = found.ids.iter().collect();
                assert_eq!(ids.len(), found.ids.len(), "{name}: an id twice");
                assert!(ids.contains(&format!("s-{name}")) && found.frames.len() <= 24, "{name}");
                boxes += found.frames.len();
            }
        }
    }
    assert!(boxes > 4_000, "{boxes} boxes");
}

#[test]
fn what_has_no_box_is_counted() {
    let device = drawn(&layouts(1), "net_device", 1_200);
    assert!(device.more > 10, "{}", device.more);
    let boxes = |name: &str| device.edges.iter().any(|edge| edge.to == name);
    assert!(boxes("netdev_rx_queue") && boxes("napi_struct"), "{:?}", from(&device, "net_device"));
    let page = drawn(&layouts(1), "ethhdr", 400);
    assert_eq!((page.more, page.edges.len()), (0, 0));
}
