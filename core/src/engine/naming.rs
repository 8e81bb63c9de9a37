//! Which lines name the members of a struct.

use super::{ROUTINES, info};
use crate::fact::LineId;

/// What lies in what, where lines name the inner one: a struct, its member, and the struct that the member is,
/// holds several of, or has room for. Not all that the kernel has, but what is true of each line: no line that
/// names a `napi_struct` means `softnet_data.backlog`, and of those that name a `sock` some mean that of UDP, so
/// that they are not said of `tcp_sock`.
pub const PARTS: [(&str, &str, &str); 11] = [
    ("sk_buff", "cb", "napi_gro_cb"),
    ("sk_buff", "cb", "tcp_skb_cb"),
    ("skb_shared_info", "frags", "skb_frag"),
    ("napi_struct", "gro_hash", "gro_list"),
    ("napi_struct", "timer", "hrtimer"),
    ("ice_q_vector", "napi", "napi_struct"),
    ("igb_q_vector", "napi", "napi_struct"),
    ("irq_desc", "irq_data", "irq_data"),
    ("rtable", "dst", "dst_entry"),
    ("inet_sock", "sk", "sock"),
    ("tcp_sock", "inet_conn", "inet_connection_sock"),
];

/// A member that a line reads or writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The line.
    pub line: LineId,
    /// The member's path from the struct.
    pub path: String,
    /// Whether the line writes it; else it reads it.
    pub writes: bool,
}

impl Naming {
    /// Whether it concerns the member at that path. Who names the whole names its parts, and who names a
    /// part names something of the whole: `sk_lock.owned` concerns `sk_lock`, and `rx_list` concerns
    /// `rx_list.next`.
    #[must_use]
    pub fn concerns(&self, path: &str) -> bool {
        let within = |whole: &str, part: &str| {
            part.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        within(&self.path, path) || within(path, &self.path)
    }
}

/// All lines that name members of that struct, or of one that lies in it ([`PARTS`]), in the order of
/// [`ROUTINES`].
#[must_use]
pub fn naming(struct_name: &str) -> Vec<Naming> {
    let parts = || PARTS.iter().filter(|(whole, ..)| *whole == struct_name);
    let path = |name: &str| {
        let (owner, path) = name.split_once('.')?;
        if owner == struct_name {
            return Some(path.to_owned());
        }
        let (_, member, _) = parts().find(|(.., part)| *part == owner)?;
        Some([member, ".", path].concat())
    };
    let lines = ROUTINES.iter().flat_map(|&routine| {
        (0..).zip(info(routine).lines()).map(move |(line, says)| (LineId { routine, line }, says))
    });
    let named = lines.flat_map(|(line, says)| {
        let reads = says.reads().map(|name| (name, false));
        let both = reads.chain(says.writes().map(|name| (name, true)));
        both.filter_map(move |(name, writes)| Some(Naming { line, path: path(name)?, writes }))
    });
    named.collect()
}
