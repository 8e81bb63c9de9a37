//! Comparing the model's calls with a recording's.

use super::calls::Recorded;
use super::experiment::Experiment;
use std::collections::{BTreeMap, BTreeSet};

/// A kept row: depth among the kept rows, name, context.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    depth: u32,
    name: String,
    context: String,
}

/// Functions with which a transmission begins: the model has none of them yet.
const TRANSMIT: [&str; 4] = ["__alloc_skb", "udp_sendmsg", "__ip_queue_xmit", "__dev_queue_xmit"];

/// How far a recording and the model were found equal.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Equal {
    /// From the first call to the last.
    Whole,
    /// Up to the first call of a transmission, which the model does not have yet.
    UpToTransmit {
        /// That call.
        function: String,
        /// Its place among the compared rows, from 1.
        row: usize,
        /// How many rows there are.
        of: usize,
    },
}

/// Whether the model's calls and counts equal the recording's; else the first difference.
pub(super) fn compare(
    experiment: &Experiment,
    recorded: &Recorded,
    covered: &BTreeSet<String>,
) -> Result<Equal, String> {
    let theirs = experiment.calls.iter().map(|row| (row.0, row.1.as_str(), row.2.as_str()));
    let ours = recorded.calls.iter().map(|call| (call.depth, call.name.as_str(), call.context));
    let (theirs, ours) = (keep(theirs, covered), keep(ours, covered));
    if let Some(transmit) = theirs.iter().position(|row| TRANSMIT.contains(&row.name.as_str())) {
        return up_to_transmit(experiment, recorded, &theirs, &ours, transmit);
    }
    let (their_parts, our_parts) = (Parts::of(&theirs), Parts::of(&ours));
    in_order("until the first softirq is done", &their_parts.first, &our_parts.first)?;
    if experiment.polls_work.len() == 1 {
        in_order("after the softirq", &their_parts.rest, &our_parts.rest)?;
    } else {
        // Which task runs the next poll, and when the reader comes between, is the scheduler's
        // choice: each softirq by itself in order, the rest by counts.
        if their_parts.softirqs.len() != our_parts.softirqs.len() {
            let (theirs, ours) = (their_parts.softirqs.len(), our_parts.softirqs.len());
            return Err(format!("recorded {theirs} further softirqs, the model has {ours}"));
        }
        for (their, our) in their_parts.softirqs.iter().zip(&our_parts.softirqs) {
            in_order("in a further softirq", their, our)?;
        }
        equal("calls outside softirqs", &counts(&their_parts.tasks), &counts(&our_parts.tasks))?;
    }
    equal("work of the polls", &experiment.polls_work, &recorded.polls_work)?;
    equal("GRO results", &experiment.gro_results, &recorded.gro_results)?;
    let refills: Vec<u32> = recorded.refills.iter().copied().filter(|&count| count > 0).collect();
    equal("refills", &experiment.refills, &refills)?;
    equal("lengths of skbs", &experiment.skb_lens_to_stack, &recorded.skb_lens_to_stack)?;
    Ok(Equal::Whole)
}

/// Compares what comes before the first transmission, and the counts that are settled by then.
fn up_to_transmit(
    experiment: &Experiment,
    recorded: &Recorded,
    theirs: &[Kept],
    ours: &[Kept],
    transmit: usize,
) -> Result<Equal, String> {
    let ours_before = &ours[..transmit.min(ours.len())];
    in_order("before transmit", &theirs[..transmit], ours_before)?;
    equal("GRO results", &experiment.gro_results, &recorded.gro_results)?;
    let refills: Vec<u32> = recorded.refills.iter().copied().filter(|&count| count > 0).collect();
    equal("refills", &experiment.refills, &refills)?;
    equal("lengths of skbs", &experiment.skb_lens_to_stack, &recorded.skb_lens_to_stack)?;
    let function = theirs[transmit].name.clone();
    Ok(Equal::UpToTransmit { function, row: transmit + 1, of: theirs.len() })
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, theirs: &T, ours: &T) -> Result<(), String> {
    if theirs == ours {
        return Ok(());
    }
    Err(format!("{what}: recorded {theirs:?}, the model has {ours:?}"))
}

/// The rows of covered functions and of tracepoints, with depth counted among themselves.
fn keep<'a>(
    rows: impl Iterator<Item = (u32, &'a str, &'a str)>,
    covered: &BTreeSet<String>,
) -> Vec<Kept> {
    let mut above: Vec<u32> = Vec::new();
    let mut kept = Vec::new();
    for (depth, name, context) in rows {
        while above.last().is_some_and(|&last| last >= depth) {
            above.pop();
        }
        let name = strip(name);
        let tracepoint = name.starts_with('@');
        if tracepoint || covered.contains(name) {
            kept.push(Kept {
                depth: u32::try_from(above.len()).expect("shallow"),
                name: name.to_owned(),
                context: context.to_owned(),
            });
            if !tracepoint {
                above.push(depth);
            }
        }
    }
    kept
}

/// The function's name without the compiler's clone suffix.
fn strip(name: &str) -> &str {
    if name.starts_with('@') {
        return name;
    }
    [".constprop", ".isra", ".part"]
        .iter()
        .find_map(|suffix| name.split_once(suffix).map(|(name, _)| name))
        .unwrap_or(name)
}

/// A run's rows: up to the end of the first softirq, the further softirqs, the rest.
struct Parts {
    first: Vec<Kept>,
    rest: Vec<Kept>,
    softirqs: Vec<Vec<Kept>>,
    tasks: Vec<Kept>,
}

impl Parts {
    fn of(rows: &[Kept]) -> Self {
        let first_end = tree_end(rows, 0);
        let mut parts = Self {
            first: rows[..first_end].to_vec(),
            rest: rows[first_end..].to_vec(),
            softirqs: Vec::new(),
            tasks: Vec::new(),
        };
        let mut at = first_end;
        while at < rows.len() {
            if rows[at].name == "handle_softirqs" {
                let end = tree_end(rows, at);
                let base = rows[at].depth;
                // After the last action a softirq that the model does not have may be pending and
                // wake ksoftirqd: not part of the receive path.
                let exit =
                    rows[at..end].iter().rposition(|row| row.name.starts_with("@softirq_exit"));
                let last = exit.map_or(end, |exit| at + exit + 1);
                let tree = rows[at..last].iter().cloned();
                parts
                    .softirqs
                    .push(tree.map(|row| Kept { depth: row.depth - base, ..row }).collect());
                at = end;
            } else {
                parts.tasks.push(rows[at].clone());
                at += 1;
            }
        }
        parts
    }
}

/// Where the tree of the first `handle_softirqs` at or after `from` ends.
fn tree_end(rows: &[Kept], from: usize) -> usize {
    let Some(start) = rows[from..].iter().position(|row| row.name == "handle_softirqs") else {
        return rows.len();
    };
    let start = from + start;
    let depth = rows[start].depth;
    rows[start + 1..]
        .iter()
        .position(|row| row.depth <= depth)
        .map_or(rows.len(), |length| start + 1 + length)
}

fn counts(rows: &[Kept]) -> BTreeMap<&str, u32> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row.name.as_str()).or_default() += 1;
    }
    counts
}

fn in_order(part: &str, theirs: &[Kept], ours: &[Kept]) -> Result<(), String> {
    for place in 0..theirs.len().max(ours.len()) {
        let (their, our) = (theirs.get(place), ours.get(place));
        if their != our {
            return Err(format!(
                "first difference {part}, row {}: recorded {}, the model has {}",
                place + 1,
                show(their),
                show(our)
            ));
        }
    }
    Ok(())
}

fn show(row: Option<&Kept>) -> String {
    row.map_or("nothing more".to_owned(), |row| {
        format!("{} at depth {} in {}", row.name, row.depth, row.context)
    })
}
