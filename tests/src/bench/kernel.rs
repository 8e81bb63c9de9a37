//! A whole kernel: all its layouts, and the search over all its names.

use nicscope_core::atlas::{Btf, WholeKernel};

/// Rows that somebody wants, and what he types, letter by letter: 195 queries.
pub const WANTED: [(&str, &str); 19] = [
    ("skb len", "sk_buff.len"),
    ("napi poll", "napi_struct.poll"),
    ("ring next_to_use", "ice_rx_ring.next_to_use"),
    ("softnet_dta", "softnet_data"),
    ("sk_buff", "sk_buff"),
    ("napi_strcut", "napi_struct"),
    ("gro_hash", "napi_struct.gro_hash"),
    ("page_pool", "page_pool"),
    ("net_device mtu", "net_device.mtu"),
    ("handler irqac", "irqaction.handler"),
    ("tcp_sock rcv_nx", "tcp_sock.rcv_nxt"),
    ("sk_backlog", "sock.sk_backlog"),
    ("skb head", "sk_buff.head"),
    ("iphdr dadr", "iphdr.daddr"),
    ("q_vect", "ice_q_vector"),
    ("xdp data_end", "xdp_buff.data_end"),
    ("shared_inf", "skb_shared_info"),
    ("ice desc ring", "ice_rx_ring.desc"),
    ("weight", "napi_struct.weight"),
];
/// A wanted row is to stand among so many.
pub const SHOWN: usize = 10;

/// Reads a kernel's file and makes the layouts of all its structs; how many members they have.
#[must_use]
pub fn layouts(file: &[u8]) -> usize {
    let btf = Btf::read(std::hint::black_box(file)).ok();
    let layouts = btf.iter().flat_map(|btf| btf.layouts().flatten());
    // The layout is made and dropped, as when all are printed.
    layouts.map(|layout| std::hint::black_box(layout).members.len()).sum()
}

/// The names of all structs and members, as the search knows them, a line each.
#[must_use]
pub fn names(kernel: &WholeKernel) -> String {
    let mut names = String::new();
    for name in kernel.structs() {
        names.push_str(&name);
        names.push('\n');
        for (path, _) in kernel.layout(&name).iter().flat_map(|layout| layout.paths()) {
            names.extend([&name, ".", &path, "\n"]);
        }
    }
    names
}

/// The best of what is found, a line each.
#[must_use]
pub fn found(kernel: &WholeKernel, typed: &str) -> String {
    let mut lines = String::new();
    for found in kernel.find(typed, SHOWN).best {
        lines.push_str(&found.name);
        if let Some(path) = found.path {
            lines.extend([".", &path]);
        }
        lines.push('\n');
    }
    lines
}
