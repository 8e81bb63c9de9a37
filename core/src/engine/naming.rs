//! Which lines name the members of a struct.

use super::{ROUTINES, info};
use crate::fact::LineId;

/// A member that a line reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The line.
    pub line: LineId,
    /// The member's path from the struct, as the line names it.
    pub path: &'static str,
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
        within(self.path, path) || within(path, self.path)
    }
}

/// All lines that name members of that struct, in the order of [`ROUTINES`]. The struct is the one that the
/// lines say: what they name of `inet_connection_sock` is not found as a part of `tcp_sock`.
#[must_use]
pub fn naming(struct_name: &str) -> Vec<Naming> {
    let lines = ROUTINES.iter().flat_map(|&routine| {
        (0..).zip(info(routine).lines()).map(move |(line, says)| (LineId { routine, line }, says))
    });
    let named = lines.flat_map(|(line, says)| {
        let reads = says.reads().map(|name| (name, false));
        let both = reads.chain(says.writes().map(|name| (name, true)));
        both.filter_map(move |(name, writes)| {
            let (owner, path) = name.split_once('.')?;
            (owner == struct_name).then_some(Naming { line, path, writes })
        })
    });
    named.collect()
}
