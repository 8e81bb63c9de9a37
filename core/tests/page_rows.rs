//! What has a row in a struct's static page, and what an address can mark there.

use nicscope_core::atlas::{Guide, Layout, Layouts};
use nicscope_core::notes::{PageRow, PageRows, Row, rows};

const KERNELS: [(&str, &[u8]); 3] = [
    ("6.1", include_bytes!("../../static/atlas/6.1.structs")),
    ("6.12", include_bytes!("../../static/atlas/6.12.structs")),
    ("7.2", include_bytes!("../../static/atlas/7.2.structs")),
];
const GUIDE: &[u8] = include_bytes!("../../static/atlas/guide.txt");
/// How deep members are tried.
const LEVELS: u32 = 3;

fn guide() -> Guide {
    Guide::read(GUIDE).expect("the committed file")
}

fn layouts(kernel: &str) -> Layouts {
    let (_, file) = KERNELS.iter().find(|(own, _)| *own == kernel).expect("a kernel");
    Layouts::read(file).expect("the committed file")
}

fn page_rows(kernel: &str, name: &str) -> PageRows {
    let (guide, layouts) = (guide(), layouts(kernel));
    let entry = guide.find(name).expect("a struct of the guide");
    let own = layouts.find(name).expect("a chosen struct");
    PageRows::of(own, (entry, kernel), &|name| layouts.find(name).cloned())
}

/// The members that have rows.
fn shown(rows: &PageRows) -> Vec<&str> {
    let path = |row: &PageRow| match row {
        PageRow::Plain(Row::Member(place)) => rows.path(*place),
        _ => None,
    };
    rows.rows.iter().filter_map(path).collect()
}

/// The members that the rows of a struct itself are.
fn own(layout: &Layout) -> Vec<String> {
    let rows = rows(layout);
    let is_shown = |member| {
        rows.iter().any(|row| match row {
            Row::Member(place) => std::ptr::eq(&raw const layout.members[*place], member),
            _ => false,
        })
    };
    let own = layout.paths().filter(|(_, member)| is_shown(*member));
    own.map(|(path, _)| path).collect()
}

#[test]
fn what_has_words_has_a_row_and_every_member_leads_to_one() {
    let guide = guide();
    let (mut opened, mut outside) = (0, 0);
    for (kernel, _) in KERNELS {
        let layouts = layouts(kernel);
        for entry in guide.entries().filter(|entry| entry.claim.is_of(kernel)) {
            let name = &entry.claim.name;
            let rows = page_rows(kernel, name);
            let shown = shown(&rows);
            let own = own(layouts.find(name).expect("a chosen struct"));
            let missing = own.iter().find(|path| !shown.contains(&path.as_str()));
            assert_eq!(missing, None, "{kernel} {name}");
            for claim in entry.members.iter().filter(|claim| claim.is_of(kernel)) {
                let path = claim.name.as_str();
                assert!(shown.contains(&path), "{kernel} {name}.{path}");
                assert_eq!(rows.anchor(path), Some(path), "{kernel} {name}");
                opened += usize::from(!own.contains(&claim.name));
            }
            let all = layouts.expanded(name, LEVELS).expect("a chosen struct");
            for (path, _) in all.paths() {
                let anchor = rows.anchor(&path).unwrap_or_else(|| panic!("{kernel} {name}.{path}"));
                let rest = path.strip_prefix(anchor).expect("the beginning of the path");
                assert!(rest.is_empty() || rest.starts_with('.'), "{path}: {anchor}");
                assert!(shown.contains(&anchor), "{kernel} {name}.{path}: {anchor}");
                outside += usize::from(!rest.is_empty());
            }
        }
    }
    assert!(opened > 200 && outside > 1_000, "{opened} opened, {outside} without a row");
}

#[test]
fn what_has_no_row_leads_to_the_nearest_around_it() {
    let pool = page_rows("6.12", "page_pool");
    assert_eq!(pool.anchor("p.order"), Some("p.order"));
    assert_eq!(pool.anchor("p.order.none"), Some("p.order"));
    assert_eq!(pool.anchor("ring.queue"), Some("ring"));
    assert_eq!(pool.anchor("ring.consumer_lock.rlock"), Some("ring"));
    assert_eq!(pool.anchor("no_such"), None);
    let tcp = page_rows("6.12", "tcp_sock");
    assert_eq!(tcp.anchor("inet_conn.icsk_ack.pending"), Some("inet_conn.icsk_ack.pending"));
    assert_eq!(tcp.anchor("inet_conn.icsk_inet.sk"), Some("inet_conn.icsk_inet"));
    // 7.2 has no such timer any more, and nothing is said of it there.
    let timer = "inet_conn.icsk_retransmit_timer";
    assert_eq!(tcp.anchor(timer), Some(timer));
    assert_eq!(page_rows("7.2", "tcp_sock").anchor(timer), Some("inet_conn"));
}

/// `struct netns_ipv4` has 146 to 183 members, seven of which have words.
#[test]
fn a_large_struct_is_opened_as_far_as_something_is_said_and_the_rest_is_counted() {
    for (kernel, _) in KERNELS {
        let net = page_rows(kernel, "net");
        let within = |path: &&&str| path.starts_with("ipv4.");
        let shown = shown(&net);
        let all = net.layout.paths().filter(|(path, _)| path.starts_with("ipv4.")).count();
        assert_eq!(shown.iter().filter(within).count(), 7, "Linux {kernel}");
        assert_eq!(net.anchor("ipv4.sysctl_tcp_ecn"), Some("ipv4"));
        // Behind the last of them, before the next member of the struct around.
        let more = |row: &PageRow| matches!(row, PageRow::More { .. });
        let more = net.rows.iter().position(more).expect("members are left out");
        assert_eq!(net.rows[more], PageRow::More { depth: 2, count: all - 7 });
        let PageRow::Plain(Row::Member(next)) = net.rows[more + 1] else { panic!("no member") };
        assert_eq!(net.path(next), Some("ipv6"));
        let PageRow::Plain(Row::Member(last)) = net.rows[more - 1] else { panic!("no member") };
        assert!(net.path(last).is_some_and(|path| path.starts_with("ipv4.")));
    }
}

#[test]
fn what_is_opened_whole_has_its_gaps_too() {
    let pool = page_rows("6.12", "page_pool");
    let plain: Vec<PageRow> = rows(&pool.layout).into_iter().map(PageRow::Plain).collect();
    assert_eq!(pool.rows, plain);
    assert!(pool.layout.holes.iter().all(|hole| plain.contains(&PageRow::Plain(Row::Hole(*hole)))));
}
