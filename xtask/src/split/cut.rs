//! A branch as a function of its own: what it takes, what it gives back, and where it goes on.

use super::body::Body;
use super::branch::Branch;
use super::live::{Live, Locals};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasm_encoder::{BlockType, FuncType, Function, InstructionSink, ValType};
use wasmparser::Operator;

/// How many bytes less the first file must have for a cut.
const BYTES_LESS_LEAST: usize = 8;
/// What a call takes, with what stands in for the function called.
const CALL_BYTES: usize = 6;
/// What taking a variable along, or giving it back, takes.
const LOCAL_BYTES: usize = 2;
/// What each further way to go on takes.
const WAY_BYTES: usize = 7;

/// How a branch can be cut out.
pub(super) struct Cut<'a> {
    body: &'a Body<'a>,
    /// The operators that are cut out.
    pub(super) operators: Range<usize>,
    frame: usize,
    /// The variables that it takes, and those that it gives back; of one type together.
    takes: Vec<u32>,
    gives: Vec<u32>,
    /// The labels that it branches to, by how far around its frame they are.
    ways: Vec<Way>,
    /// Whether it goes on at its end, and with what value.
    goes_on: bool,
    leaves: Option<ValType>,
}

/// A label outside of what is cut out.
struct Way {
    depth: u32,
    carries: Option<ValType>,
}

impl<'a> Cut<'a> {
    /// The cut around a branch; none where it cannot be made.
    pub(super) fn of(body: &'a Body<'a>, live: &Live<'_>, branch: &Branch) -> Option<Self> {
        let operators = branch.operators(body);
        let frame = &body.frames[branch.frame];
        let last = body.operators[operators.clone()].last()?;
        let goes_on = !matches!(
            last,
            Operator::Br { .. }
                | Operator::BrTable { .. }
                | Operator::Return
                | Operator::Unreachable
        );
        let is_last = operators.end == frame.operators.end;
        let leaves = frame.leaves.filter(|_| is_last && goes_on);
        let mut depths = BTreeSet::new();
        let (mut used, mut written) = (BTreeSet::new(), BTreeSet::new());
        walk(body, operators.clone(), |operator, nested| match operator {
            Operator::LocalGet { local_index } => {
                used.insert(*local_index);
            }
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                written.insert(*local_index);
            }
            Operator::Return => {
                depths.insert(depth_of(body, branch.frame));
            }
            _ => depths.extend(targets(operator).filter_map(|target| target.checked_sub(nested))),
        });
        let mut after = Locals::default();
        if goes_on {
            after.extend(live.before(operators.end));
        }
        let ways = depths.iter().map(|depth| {
            let to = body.around(branch.frame, *depth);
            after.extend(live.at_label(to));
            Way { depth: *depth, carries: body.frames[to].carries }
        });
        let ways = ways.collect();
        let before = live.before(operators.start);
        let of_type = |local: &u32| (body.locals[*local as usize], *local);
        let all: BTreeSet<u32> = used.union(&written).copied().collect();
        let mut takes: Vec<u32> = all.into_iter().filter(|one| before.has(*one)).collect();
        let mut gives: Vec<u32> = written.into_iter().filter(|one| after.has(*one)).collect();
        takes.sort_by_key(of_type);
        gives.sort_by_key(of_type);
        Some(Self { body, operators, frame: branch.frame, takes, gives, ways, goes_on, leaves })
    }

    /// Whether the first file gets smaller.
    pub(super) fn is_worth_it(&self) -> bool {
        let carried = self.ways.iter().filter(|way| way.carries.is_some()).count();
        let locals = (self.takes.len() + self.gives.len()) * LOCAL_BYTES;
        let ways = (self.ways.len() + carried) * WAY_BYTES;
        self.body.bytes(self.operators.clone()) >= CALL_BYTES + locals + ways + BYTES_LESS_LEAST
    }

    /// Whether it says by a number how it goes on.
    fn has_number(&self) -> bool {
        self.ways.len() + usize::from(self.goes_on) > 1
    }

    /// The type of the function.
    pub(super) fn signature(&self) -> FuncType {
        let of = |local: &u32| self.body.locals[*local as usize];
        let carried = self.ways.iter().filter_map(|way| way.carries);
        let number = self.has_number().then_some(ValType::I32);
        let results = self.leaves.into_iter().chain(number).chain(carried);
        FuncType::new(self.takes.iter().map(of), results.chain(self.gives.iter().map(of)))
    }

    /// The function. What of it goes on in one of several ways stands within a block for each.
    pub(super) fn function(&self) -> Function {
        let mut numbers: BTreeMap<u32, u32> = self.takes.iter().copied().zip(0..).collect();
        let mut own = Vec::new();
        let mut add = |of: ValType| {
            own.push(of);
            (self.takes.len() + own.len() - 1) as u32
        };
        walk(self.body, self.operators.clone(), |operator, _| {
            if let Some(local) = local_of(operator) {
                let of = self.body.locals[local as usize];
                numbers.entry(local).or_insert_with(|| add(of));
            }
        });
        let left = self.leaves.map(&mut add);
        let number = self.has_number().then(|| add(ValType::I32));
        let carried: Vec<Option<u32>> =
            self.ways.iter().map(|way| way.carries.map(&mut add)).collect();

        let mut bytes = Vec::new();
        let mut code = InstructionSink::new(&mut bytes);
        code.block(BlockType::Empty);
        for way in self.ways.iter().rev() {
            code.block(way.carries.map_or(BlockType::Empty, BlockType::Result));
        }
        self.copy(&mut bytes, &numbers);
        let mut code = InstructionSink::new(&mut bytes);
        if let Some(left) = left {
            code.local_set(left);
        }
        code.br(self.ways.len() as u32);
        for (way, carried) in carried.iter().enumerate() {
            code.end();
            if let Some(carried) = carried {
                code.local_set(*carried);
            }
            if let Some(number) = number {
                code.i32_const(way as i32 + 1).local_set(number);
            }
            code.br((self.ways.len() - way - 1) as u32);
        }
        code.end();
        for local in left.into_iter().chain(number).chain(carried.into_iter().flatten()) {
            code.local_get(local);
        }
        for local in &self.gives {
            code.local_get(numbers[local]);
        }
        code.end();
        let mut function = Function::new_with_locals_types(own);
        function.raw(bytes);
        function
    }

    /// Copies the operators; branches that lead out lead to the blocks around them.
    fn copy(&self, bytes: &mut Vec<u8>, numbers: &BTreeMap<u32, u32>) {
        let mut codes = self.body.codes[self.operators.clone()].iter();
        walk(self.body, self.operators.clone(), |operator, nested| {
            let same = codes.next();
            let to = |depth: u32| match depth.checked_sub(nested) {
                Some(out) => nested + self.way(out),
                None => depth,
            };
            let mut code = InstructionSink::new(bytes);
            match operator {
                Operator::LocalGet { local_index } => {
                    code.local_get(numbers[local_index]);
                }
                Operator::LocalSet { local_index } => {
                    code.local_set(numbers[local_index]);
                }
                Operator::LocalTee { local_index } => {
                    code.local_tee(numbers[local_index]);
                }
                Operator::Br { relative_depth } => {
                    code.br(to(*relative_depth));
                }
                Operator::BrIf { relative_depth } => {
                    code.br_if(to(*relative_depth));
                }
                Operator::BrTable { targets } => {
                    let others: Vec<u32> = targets.targets().flatten().map(to).collect();
                    code.br_table(others, to(targets.default()));
                }
                Operator::Return => {
                    code.br(nested + self.way(depth_of(self.body, self.frame)));
                }
                _ => bytes.extend(same.into_iter().copied().flatten()),
            }
        });
    }

    /// The place of a way among all.
    fn way(&self, depth: u32) -> u32 {
        // All were collected.
        self.ways.iter().position(|way| way.depth == depth).unwrap_or_default() as u32
    }

    /// What stands in its place: a call, and how it goes on. `spare` are variables of the function that nobody
    /// else uses, by their types.
    pub(super) fn call(&self, code: &mut InstructionSink<'_>, function: u32, spare: &mut Spare) {
        self.takes.iter().for_each(|local| {
            code.local_get(*local);
        });
        code.call(function);
        self.gives.iter().rev().for_each(|local| {
            code.local_set(*local);
        });
        let carried: Vec<Option<u32>> =
            self.ways.iter().map(|way| way.carries.map(|of| spare.of(of))).collect();
        for local in carried.iter().rev().flatten() {
            code.local_set(*local);
        }
        let ways = self.ways.iter().zip(&carried).map(|(way, carried)| (way.depth, *carried));
        let ways: Vec<(u32, Option<u32>)> = ways.collect();
        match (ways.as_slice(), self.goes_on) {
            ([], true) => {}
            ([], false) => {
                code.unreachable();
            }
            ([(depth, carried)], false) => {
                carried.iter().for_each(|local| {
                    code.local_get(*local);
                });
                code.br(*depth);
            }
            ([(depth, None)], true) => {
                code.br_if(*depth);
            }
            (ways, goes_on) => {
                let number = spare.of(ValType::I32);
                code.local_set(number);
                for (way, (depth, carried)) in (1..).zip(ways) {
                    code.local_get(number).i32_const(way).i32_eq();
                    match carried {
                        None => code.br_if(*depth),
                        Some(carried) => {
                            code.if_(BlockType::Empty).local_get(*carried).br(*depth + 1).end()
                        }
                    };
                }
                if !goes_on {
                    code.unreachable();
                }
            }
        }
    }
}

/// Variables that are added to a function, each for one use at a time.
pub(super) struct Spare {
    from: u32,
    pub(super) types: Vec<ValType>,
    used: Vec<usize>,
}

impl Spare {
    /// Those that will stand behind so many.
    pub(super) fn behind(locals: usize) -> Self {
        Self { from: locals as u32, types: Vec::new(), used: Vec::new() }
    }

    /// All are free again.
    pub(super) fn free(&mut self) {
        self.used.clear();
    }

    fn of(&mut self, of: ValType) -> u32 {
        let is_free = |place: &usize| self.types[*place] == of && !self.used.contains(place);
        let place = (0..self.types.len()).find(is_free).unwrap_or_else(|| {
            self.types.push(of);
            self.types.len() - 1
        });
        self.used.push(place);
        self.from + place as u32
    }
}

/// Looks at operators, with how many frames are open around each.
fn walk<'a>(body: &Body<'a>, operators: Range<usize>, mut look: impl FnMut(&Operator<'a>, u32)) {
    let mut nested = 0;
    for operator in &body.operators[operators] {
        look(operator, nested);
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => nested += 1,
            Operator::End => nested -= 1,
            _ => {}
        }
    }
}

/// How far around an operator the labels are that it branches to.
fn targets(operator: &Operator<'_>) -> impl Iterator<Item = u32> {
    let (one, table) = match operator {
        Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
            (Some(*relative_depth), None)
        }
        Operator::BrTable { targets } => (Some(targets.default()), Some(targets)),
        _ => (None, None),
    };
    let table: Vec<u32> =
        table.map(|table| table.targets().flatten().collect()).unwrap_or_default();
    one.into_iter().chain(table)
}

fn local_of(operator: &Operator<'_>) -> Option<u32> {
    match operator {
        Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } => Some(*local_index),
        _ => None,
    }
}

/// How far around a frame the function's own is.
fn depth_of(body: &Body<'_>, frame: usize) -> u32 {
    let parents = std::iter::successors(Some(frame), |one| body.frames[*one].parent);
    parents.count() as u32 - 1
}
