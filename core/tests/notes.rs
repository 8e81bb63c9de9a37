//! Structs as people take them along: the map with every name, the picture, the table, the addresses.

use nicscope_core::atlas::{Guide, Layout, Layouts, Member};
use nicscope_core::diagram::{Anchor, Argument, Face, Kind, Label, Shape, cachelines, width_of};
use nicscope_core::notes::{Address, Note, Row, Theme, base_of, rows};
use std::collections::{BTreeMap, BTreeSet};

const KERNELS: [(&str, &[u8]); 3] = [
    ("6.1", include_bytes!("../../static/atlas/6.1.structs")),
    ("6.12", include_bytes!("../../static/atlas/6.12.structs")),
    ("7.2", include_bytes!("../../static/atlas/7.2.structs")),
];
const GUIDE: &[u8] = include_bytes!("../../static/atlas/guide.txt");

/// The chosen structs of all kernels, each under the name in the guide.
fn chosen() -> Vec<(String, Layout)> {
    let guide = Guide::read(GUIDE).expect("the committed file");
    let mut chosen = Vec::new();
    for (kernel, file) in KERNELS {
        let layouts = Layouts::read(file).expect("the committed file");
        for entry in guide.entries().filter(|entry| entry.claim.is_of(kernel)) {
            let name = &entry.claim.name;
            chosen.push((name.clone(), layouts.find(name).expect("a chosen struct").clone()));
        }
    }
    assert!(chosen.len() > 200);
    chosen
}

fn layout(kernel: &str, name: &str) -> Layout {
    let (_, file) = KERNELS.iter().find(|(own, _)| *own == kernel).expect("a kernel");
    Layouts::read(file).expect("the committed file").find(name).expect("a struct").clone()
}

/// A label as its id and its arguments.
fn words(label: &Label) -> String {
    match label {
        Label::Ident(says) => says.clone(),
        Label::Text { key, arguments } => {
            let said = arguments.iter().map(|(_, argument)| match argument {
                Argument::Number(number) => number.to_string(),
                Argument::Ident(says) => says.clone(),
            });
            said.fold((*key).to_owned(), |text, argument| format!("{text} {argument}"))
        }
    }
}

fn note<'a>(layout: &'a Layout, member: Option<&'a str>) -> Note<'a> {
    Note { layout, name: &layout.name, kernel: "Linux 6.12.107-1 amd64", member, words: &words }
}

/// All texts of a map, with the right edge of each.
fn texts(shapes: &[Shape], found: &mut Vec<(String, i32)>) {
    for shape in shapes {
        match &shape.kind {
            Kind::Group(shapes) => texts(shapes, found),
            Kind::Text { at, anchor, label: Label::Ident(says), .. } => {
                let behind = if *anchor == Anchor::End { 0 } else { width_of(Face::Code, says) };
                found.push((says.clone(), at.0 + behind));
            }
            _ => {}
        }
    }
}

/// The names of a map's members; one may be written in pieces.
fn names(shapes: &[Shape]) -> BTreeSet<String> {
    let piece = |shape: &Shape| match &shape.kind {
        Kind::Text { label: Label::Ident(says), .. } if shape.id.contains("-name") => {
            Some(says.clone())
        }
        _ => None,
    };
    let name = |shape: &Shape| match &shape.kind {
        Kind::Group(parts) => parts.iter().filter_map(piece).collect(),
        _ => String::new(),
    };
    let names = shapes.iter().map(name);
    names.map(|name| name.split(':').next().unwrap_or_default().to_owned()).collect()
}

/// The members that a map has to name: those that take room, but none of the struct of a named one.
fn to_be_named(layout: &Layout) -> Vec<&Member> {
    let mut below = u32::MAX;
    let mut found = Vec::new();
    for member in &layout.members {
        if member.depth > below {
            continue;
        }
        below = if member.name.is_empty() { u32::MAX } else { member.depth };
        if !member.name.is_empty() && member.size > 0 {
            found.push(member);
        }
    }
    found
}

#[test]
fn a_map_names_every_member_within_its_width() {
    for (name, layout) in chosen() {
        for width in [320, 688] {
            let map = cachelines(&layout, &BTreeMap::new(), width);
            let (mut found, names) = (Vec::new(), names(&map.shapes));
            texts(&map.shapes, &mut found);
            for member in to_be_named(&layout) {
                assert!(names.contains(&member.name), "{name}: {}", member.name);
            }
            let too_far = found.iter().find(|(_, right)| *right > width);
            assert_eq!(too_far, None, "{name} at {width}");
        }
    }
}

/// The longest name of all, of Linux's `irq_desc`.
#[test]
fn a_name_that_is_longer_than_the_map_is_broken_behind_an_underscore() {
    let texts_at = |width| {
        let mut found = Vec::new();
        texts(&cachelines(&layout("6.12", "irq_desc"), &BTreeMap::new(), width).shapes, &mut found);
        found
            .into_iter()
            .map(|(says, _)| says)
            .filter(|says| says.contains("_do_not_mess"))
            .collect::<Vec<_>>()
    };
    assert_eq!(texts_at(688), ["core_internal_state__do_not_mess_with_it"]);
    assert_eq!(texts_at(320), ["core_internal_state__do_not_mess_"]);
}

/// As `pahole` prints byte 128 of Linux 6.12's `sk_buff`: pkt_type 0..3, ignore_df, dst_pending_confirm, …
#[test]
fn bitfields_stand_below_their_row_in_the_order_of_their_bits() {
    let map = cachelines(&layout("6.12", "sk_buff"), &BTreeMap::new(), 688);
    let mut found = Vec::new();
    texts(&map.shapes, &mut found);
    let below: Vec<&str> = found.iter().map(|(says, _)| says.as_str()).collect();
    let first = below.iter().position(|says| *says == "pkt_type:3").expect("the first");
    assert_eq!(below[first + 1..first + 3], ["ignore_df:1", "dst_pending_confirm:1"]);
    // What shares bytes with `next` and `prev` in a union is named.
    assert!(below.contains(&"union +0") && below.contains(&"rbnode"));
}

fn is_well_formed(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').ok_or("no end")? + start;
        let tag = &rest[start + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            let opened = open.pop();
            if opened != Some(name) {
                return Err(format!("{opened:?} ends as {name}"));
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
        rest = &rest[end + 1..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("open: {open:?}")) }
}

#[test]
fn a_picture_stands_by_itself() {
    for (name, layout) in chosen() {
        for theme in Theme::ALL {
            let text = note(&layout, None).picture(theme, 720);
            assert_eq!(is_well_formed(&text), Ok(()), "{name}");
            let without_namespace = text.replacen("http://www.w3.org/2000/svg", "", 1);
            for banned in ["http", "<script", "href", " id=\"m", "@import", " style=\""] {
                assert!(!without_namespace.contains(banned), "{name}: {banned}");
            }
            assert_eq!(text.contains("prefers-color-scheme"), theme == Theme::System);
        }
    }
}

#[test]
fn a_picture_says_what_it_is_and_each_member_says_its_line() {
    let skb = layout("6.12", "sk_buff");
    let text = note(&skb, Some("len")).picture(Theme::System, 720);
    assert!(text.contains(">struct sk_buff</text>"));
    assert!(text.contains(">notes-size-of 232 4 · Linux 6.12.107-1 amd64</text>"));
    assert!(text.contains(
        "<g class=\"member marked\"><title>notes-line len unsigned int 112 4</title><rect"
    ));
    assert_eq!(text.matches(" marked\"").count(), 1);
    assert!(!note(&skb, None).picture(Theme::System, 720).contains(" marked\""));
    assert!(text.contains("<title>notes-line cloned __u8 126:0 notes-bits 1</title>"));
}

/// The holes of Linux 6.12's `sk_buff`, `softnet_data` and `ice_rx_ring` as `pahole` prints them.
#[test]
fn holes_stand_where_pahole_prints_them() {
    let before = |kernel, name, offset| {
        let layout = layout(kernel, name);
        let rows = rows(&layout);
        let hole = rows.iter().position(|row| match row {
            Row::Hole(hole) | Row::Padding(hole) => hole.offset == offset,
            _ => false,
        });
        match rows[hole.expect("a hole") - 1] {
            Row::Member(place) => layout.members[place].name.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(before("6.12", "sk_buff", 138), "alloc_cpu");
    assert_eq!(before("6.12", "ice_rx_ring", 228), "rx_buf_len");
    for (name, layout) in chosen() {
        let rows = rows(&layout);
        for hole in &layout.holes {
            assert!(rows.contains(&Row::Hole(*hole)), "{name}: {hole:?}");
        }
        for hole in &layout.bit_holes {
            assert!(rows.contains(&Row::BitHole(*hole)), "{name}: {hole:?}");
        }
        let has_padding = matches!(rows.last(), Some(Row::Padding(_)));
        assert_eq!(has_padding, layout.padding > 0, "{name}");
    }
}

/// `struct_group` of Linux's `sk_buff` is the only one that declares `pkt_type` and its neighbours twice.
#[test]
fn every_member_has_a_row_but_those_that_a_group_says_twice() {
    for (name, layout) in chosen() {
        let rows = rows(&layout);
        let shown: BTreeSet<usize> = rows
            .iter()
            .filter_map(|row| if let Row::Member(place) = row { Some(*place) } else { None })
            .collect();
        for (place, member) in layout.members.iter().enumerate() {
            let same = |other: &usize| {
                let other = &layout.members[*other];
                (&other.name, other.offset, other.bit_offset)
                    == (&member.name, member.offset, member.bit_offset)
            };
            assert!(shown.contains(&place) || shown.iter().any(same), "{name}: {}", member.name);
        }
    }
    let skb = layout("6.12", "sk_buff");
    let grouped =
        |row: &&Row| matches!(row, Row::Member(at) if skb.members[*at].name == "pkt_type");
    assert_eq!(rows(&skb).iter().filter(grouped).count(), 1);
    assert_eq!(skb.members.iter().filter(|member| member.name == "pkt_type").count(), 2);
}

#[test]
fn a_table_has_a_row_for_each_member_and_each_hole_and_no_cell_is_broken() {
    let skb = layout("6.12", "sk_buff");
    let text = note(&skb, None).markdown(Some("https://a.example/#1/structs/6.12/sk_buff"));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "[`struct sk_buff`](https://a.example/#1/structs/6.12/sk_buff) · notes-size-of 232 4 · \
         Linux 6.12.107-1 amd64"
    );
    assert_eq!(lines[2], "| notes-offset | notes-size | notes-type | notes-member |");
    assert!(lines.contains(&"| 112 | 4 | `unsigned int` | `len` |"), "{text}");
    assert!(lines.contains(&"| 126:0 | notes-bits 1 | `__u8` | `cloned` |"), "{text}");
    assert!(lines.contains(&"| 0 | 8 | `struct sk_buff *` | · · `next` |"), "{text}");
    assert!(lines.contains(&"| 138 | 2 |  | *notes-hole* |"), "{text}");
    assert_eq!(lines.len(), 4 + rows(&skb).len());
    for (name, layout) in chosen() {
        let text = note(&layout, None).markdown(None);
        let borders = |line: &&str| line.matches('|').count() - line.matches("\\|").count();
        let broken = text.lines().skip(2).find(|line| borders(line) != 5);
        assert_eq!(broken, None, "{name}: a row of four cells has five borders");
    }
}

#[test]
fn a_chosen_member_is_one_row_under_its_path() {
    let skb = layout("6.12", "sk_buff");
    let rows = |member| {
        let text = note(&skb, Some(member)).markdown(None);
        text.lines().skip(4).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows("len"), ["| 112 | 4 | `unsigned int` | `len` |"]);
    // What lies deeper than the layout goes is said of what it lies in.
    assert_eq!(rows("users.refs"), ["| 220 | 4 | `refcount_t` | `users` |"]);
    assert_eq!(rows("no_such"), Vec::<String>::new());
}

#[test]
fn a_name_cannot_leave_its_cell_nor_its_element() {
    let mut odd = layout("6.12", "ethhdr");
    odd.name = "a<b>&\"'`|c".to_owned();
    odd.members[0].name = "x|`y\n".to_owned();
    odd.members[0].type_name = "Vec<u8>\u{1}".to_owned();
    let text = note(&odd, None).markdown(None);
    assert!(text.contains("| 0 | 6 | `Vec<u8>` | `x\\|'y` |"), "{text}");
    let picture = note(&odd, None).picture(Theme::Dark, 720);
    assert_eq!(is_well_formed(&picture), Ok(()));
    assert!(picture.contains("struct a&lt;b&gt;&amp;&quot;'`|c"), "{picture}");
}

#[test]
fn addresses_are_below_the_base_and_escaped() {
    let address = Address {
        base: base_of("https://a.example/nic/index.html?x#1/structs"),
        kernel: "6.12",
        name: "sk_buff",
        member: Some("users.refs"),
    };
    assert_eq!(address.live(), "https://a.example/nic/#1/structs/6.12/sk_buff/users.refs");
    let page = "https://a.example/nic/embed/ko/6.12/sk_buff.dark.html#users.refs";
    assert_eq!(address.page("ko", Theme::Dark), page);
    let picture = "https://a.example/nic/embed/en/6.12/sk_buff.svg";
    assert_eq!(address.picture("en", Theme::System), picture);
    assert_eq!(
        address.iframe("en", Theme::Light, "a \"b\"", 480),
        "<iframe src=\"https://a.example/nic/embed/en/6.12/sk_buff.light.html#users.refs\" \
         title=\"a &quot;b&quot;\" width=\"100%\" height=\"480\" loading=\"lazy\"></iframe>"
    );
    let link = "[`sk_buff.users.refs`](https://a.example/nic/#1/structs/6.12/sk_buff/users.refs)";
    assert_eq!(address.markdown_link(), link);
    let odd = Address { base: "", kernel: "a b", name: "<x>/#", member: None };
    assert_eq!(odd.live(), "#1/structs/a%20b/%3Cx%3E%2F%23");
    assert_eq!(base_of(""), "");
}
