//! Which variables of a function are read again before they are written: the others need not be kept.

use super::body::{Body, Kind};
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::Operator;

/// Variables, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Locals(Vec<u64>);

impl Locals {
    pub(super) fn has(&self, local: u32) -> bool {
        self.0.get(local as usize / 64).is_some_and(|word| word >> (local % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, local: u32) {
        let word = local as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (local % 64);
    }

    fn remove(&mut self, local: u32) {
        if let Some(word) = self.0.get_mut(local as usize / 64) {
            *word &= !(1 << (local % 64));
        }
    }

    pub(super) fn extend(&mut self, others: &Self) {
        if self.0.len() < others.0.len() {
            self.0.resize(others.0.len(), 0);
        }
        self.0.iter_mut().zip(&others.0).for_each(|(own, other)| *own |= other);
    }
}

/// What is read again.
pub(super) struct Live<'a> {
    body: &'a Body<'a>,
    /// The frame that ends at an operator.
    ends: BTreeMap<usize, usize>,
    /// Before each operator.
    before: Vec<Locals>,
    /// Where a branch to a frame's label leads.
    at_label: Vec<Locals>,
}

impl<'a> Live<'a> {
    pub(super) fn of(body: &'a Body<'a>) -> Self {
        let frames = body.frames.iter().enumerate();
        let mut live = Self {
            body,
            ends: frames.map(|(number, frame)| (frame.operators.end, number)).collect(),
            before: vec![Locals::default(); body.operators.len()],
            at_label: vec![Locals::default(); body.frames.len()],
        };
        let own = body.frames[0].operators.clone();
        live.look(own, Locals::default(), 0);
        live
    }

    /// What is read again from before an operator on.
    pub(super) fn before(&self, operator: usize) -> &Locals {
        &self.before[operator]
    }

    /// What is read again once a frame's label was branched to.
    pub(super) fn at_label(&self, frame: usize) -> &Locals {
        &self.at_label[frame]
    }

    /// Goes backwards through operators of a frame.
    fn look(&mut self, operators: Range<usize>, after: Locals, frame: usize) -> Locals {
        let mut live = after;
        self.before[operators.end].clone_from(&live);
        let mut at = operators.end;
        while at > operators.start {
            at -= 1;
            if let Some(inner) = self.ends.get(&at) {
                (at, live) = self.inner(*inner, live);
            }
            match &self.body.operators[at] {
                Operator::LocalGet { local_index } => live.insert(*local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    live.remove(*local_index);
                }
                Operator::Br { relative_depth } => live = self.to(frame, *relative_depth),
                Operator::BrIf { relative_depth } => live.extend(&self.to(frame, *relative_depth)),
                Operator::BrTable { targets } => {
                    live = self.to(frame, targets.default());
                    for target in targets.targets().flatten() {
                        live.extend(&self.to(frame, target));
                    }
                }
                Operator::Return | Operator::Unreachable => live = Locals::default(),
                _ => {}
            }
            self.before[at].clone_from(&live);
        }
        live
    }

    /// Goes through a frame within, and if it is the second arm of an `if`, the first one; says where it begins.
    fn inner(&mut self, inner: usize, after: Locals) -> (usize, Locals) {
        let frame = &self.body.frames[inner];
        let (kind, operators) = (frame.kind, frame.operators.clone());
        let opener = operators.start - 1;
        if kind == Kind::Loop {
            // What a turn reads, the turn before it leaves.
            loop {
                let known = self.at_label[inner].clone();
                let turn = self.look(operators.clone(), after.clone(), inner);
                self.at_label[inner].extend(&turn);
                if self.at_label[inner] == known {
                    return (opener, turn);
                }
            }
        }
        self.at_label[inner].clone_from(&after);
        let mut live = self.look(operators, after.clone(), inner);
        match kind {
            Kind::If => live.extend(&after),
            Kind::Else => {
                let first = self.ends[&opener];
                let (opener, other) = self.first_arm(first, after);
                live.extend(&other);
                return (opener, live);
            }
            _ => {}
        }
        (opener, live)
    }

    fn first_arm(&mut self, arm: usize, after: Locals) -> (usize, Locals) {
        let operators = self.body.frames[arm].operators.clone();
        self.at_label[arm].clone_from(&after);
        let opener = operators.start - 1;
        (opener, self.look(operators, after, arm))
    }

    /// What is read again at the label that stands so many frames around one.
    fn to(&self, frame: usize, depth: u32) -> Locals {
        self.at_label[self.body.around(frame, depth)].clone()
    }
}
