//! Branches of functions: statements of one frame that follow one another, known by what they look like.

use super::body::{Body, Frame, Mark};
use super::cut::Cut;
use super::live::Live;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use wasmparser::Operator;

/// What a branch looks like: how many statements it has, and a digest of their operators. Numbers of variables
/// and functions, addresses and constants are left out, for they change with the rest of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    statements: usize,
    digest: u32,
}

/// Statements of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    pub(super) frame: usize,
    pub(super) statements: Range<usize>,
}

impl Branch {
    /// Its operators.
    pub(super) fn operators(&self, body: &Body<'_>) -> Range<usize> {
        let statements = &body.frames[self.frame].statements[self.statements.clone()];
        let ends = statements.first().zip(statements.last());
        ends.map_or(0..0, |(first, last)| first.start..last.end)
    }

    /// What it looks like.
    pub(super) fn look(&self, body: &Body<'_>) -> Look {
        Look { statements: self.statements.len(), digest: digest(body, self.operators(body)) }
    }

    /// Whether some of it was entered.
    fn was_entered(&self, body: &Body<'_>, entered: &BTreeSet<Mark>) -> bool {
        let operators = self.operators(body);
        let is_within = |mark: &Mark| operators.contains(&body.operator_of(*mark));
        // The first statement may run with one before it.
        runs(body, entered, self.frame, self.statements.start) || entered.iter().any(is_within)
    }
}

/// The branches of a function that no mark was entered of, as large as they can be, and worth a cut.
fn not_entered(body: &Body<'_>, entered: &BTreeSet<Mark>) -> Vec<Branch> {
    pick(body, |frame, from| {
        let statements = body.frames[frame].statements.len();
        let runs = |one: &usize| runs(body, entered, frame, *one);
        let to = (from..statements).find(runs).unwrap_or(statements);
        (to > from).then_some(to)
    })
}

/// Whether a statement runs: it does if the last mark does that stands before it.
fn runs(body: &Body<'_>, entered: &BTreeSet<Mark>, frame: usize, statement: usize) -> bool {
    let of = Mark { frame, statement: 0 }..=Mark { frame, statement };
    body.marks.range(of).next_back().is_some_and(|mark| entered.contains(mark))
}

/// What the branches look like that were not entered of functions with one path; none that looks like one that was.
pub(super) fn looks(bodies: &[(&Body<'_>, &BTreeSet<Mark>)]) -> BTreeSet<Look> {
    let of = |(body, entered): &(&Body<'_>, &BTreeSet<Mark>)| -> Vec<Look> {
        not_entered(body, entered).iter().map(|branch| branch.look(body)).collect()
    };
    let mut looks: BTreeSet<Look> = bodies.iter().flat_map(of).collect();
    loop {
        let wrong = |(body, entered): &(&Body<'_>, &BTreeSet<Mark>)| -> Vec<Look> {
            let branches = alike(body, &looks);
            let wrong = branches.iter().filter(|branch| branch.was_entered(body, entered));
            wrong.map(|branch| branch.look(body)).collect()
        };
        let wrong: BTreeSet<Look> = bodies.iter().flat_map(wrong).collect();
        if wrong.is_empty() {
            return looks;
        }
        looks.retain(|look| !wrong.contains(look));
    }
}

/// The branches that look like one of these.
pub(super) fn alike(body: &Body<'_>, looks: &BTreeSet<Look>) -> Vec<Branch> {
    let lengths: BTreeSet<usize> = looks.iter().map(|look| look.statements).collect();
    pick(body, |frame, from| {
        let left = body.frames[frame].statements.len() - from;
        let fitting = lengths.range(..=left).rev().map(|length| from + length);
        let looks_so =
            |to: &usize| looks.contains(&Branch { frame, statements: from..*to }.look(body));
        fitting.into_iter().find(looks_so)
    })
}

/// Chooses branches, the outer before the inner: `end` says where one ends that begins at a statement of a frame.
fn pick(body: &Body<'_>, end: impl Fn(usize, usize) -> Option<usize>) -> Vec<Branch> {
    let live = Live::of(body);
    let mut picked: Vec<Branch> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (number, frame) in body.frames.iter().enumerate() {
        if taken.iter().any(|operators| lies_in(frame, operators)) {
            continue;
        }
        let mut from = 0;
        while from < frame.statements.len() {
            let branch = end(number, from).map(|to| Branch { frame: number, statements: from..to });
            from = branch.as_ref().map_or(from + 1, |branch| branch.statements.end);
            if let Some(branch) = branch
                && Cut::of(body, &live, &branch).is_some_and(|cut| cut.is_worth_it())
            {
                taken.push(branch.operators(body));
                picked.push(branch);
            }
        }
    }
    picked
}

fn lies_in(frame: &Frame, operators: &Range<usize>) -> bool {
    operators.start < frame.operators.start && frame.operators.end <= operators.end
}

/// FNV-1a over what the operators are and how far their branches go.
fn digest(body: &Body<'_>, operators: Range<usize>) -> u32 {
    let mut digest: u32 = 0x811c_9dc5;
    let mut add = |value: u32| digest = (digest ^ value).wrapping_mul(0x0100_0193);
    for at in operators {
        let code = body.codes[at];
        // Those of two bytes begin with one of these.
        let length = if matches!(code[0], 0xfb..=0xfe) { 2 } else { 1 };
        code[..length].iter().for_each(|byte| add(u32::from(*byte)));
        match &body.operators[at] {
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                add(*relative_depth);
            }
            Operator::BrTable { targets } => {
                targets.targets().flatten().chain([targets.default()]).for_each(&mut add);
            }
            _ => {}
        }
    }
    digest
}

impl fmt::Display for Look {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{:08x}", self.statements, self.digest)
    }
}

/// A word that is no [`Look`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoLook;

impl FromStr for Look {
    type Err = NoLook;

    fn from_str(word: &str) -> Result<Self, NoLook> {
        let (statements, digest) = word.split_once(':').ok_or(NoLook)?;
        let statements = statements.parse().map_err(|_| NoLook)?;
        let digest = u32::from_str_radix(digest, 16).map_err(|_| NoLook)?;
        Ok(Self { statements, digest })
    }
}
