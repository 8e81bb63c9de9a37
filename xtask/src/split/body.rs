//! A function's body as a tree: frames, such as a loop or the arm of an `if`, and the statements in each.

use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::ops::Range;
use wasm_encoder::ValType;
use wasmparser::{
    BlockType, FuncToValidate, FunctionBody, Operator, Parser, ValidPayload, Validator,
    ValidatorResources, WasmFeatures, WasmModuleResources,
};

/// What a function does, in order.
pub(super) struct Body<'a> {
    /// The function's number.
    pub(super) function: u32,
    /// Its operators, the last `end` included.
    pub(super) operators: Vec<Operator<'a>>,
    /// The bytes of each.
    pub(super) codes: Vec<&'a [u8]>,
    /// The types of its variables, the parameters first.
    pub(super) locals: Vec<ValType>,
    /// How many of them are parameters.
    pub(super) parameters: usize,
    /// Its frames, the function's own first; a frame stands before those within it.
    pub(super) frames: Vec<Frame>,
    /// The function's own beginning is the first.
    pub(super) marks: BTreeSet<Mark>,
}

/// Operators that are left together.
pub(super) struct Frame {
    /// The frame around it; none around the function's own.
    pub(super) parent: Option<usize>,
    /// How it begins.
    pub(super) kind: Kind,
    /// What a branch to its label takes along; more than one value is not read.
    pub(super) carries: Option<ValType>,
    /// What is left behind at its end.
    pub(super) leaves: Option<ValType>,
    /// The operators within, without those that begin and end it.
    pub(super) operators: Range<usize>,
    /// The stretches of operators that take nothing from before them and leave nothing; the last may leave the
    /// frame's value.
    pub(super) statements: Vec<Range<usize>>,
}

/// How a frame begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Function,
    Block,
    Loop,
    If,
    Else,
}

/// A mark: the first of statements that run together or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) frame: usize,
    pub(super) statement: usize,
}

impl<'a> Body<'a> {
    /// The bodies of all functions of a module.
    pub(super) fn all(bytes: &'a [u8]) -> Result<Vec<Self>> {
        let mut validator = Validator::new_with_features(WasmFeatures::all());
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            if let ValidPayload::Func(function, body) = validator.payload(&payload?)? {
                bodies.push(Self::read(bytes, function, &body)?);
            }
        }
        Ok(bodies)
    }

    fn read(
        bytes: &'a [u8],
        function: FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'a>,
    ) -> Result<Self> {
        let (number, of_type) = (function.index, function.ty);
        let mut validator = function.into_validator(Default::default());
        let mut reader = body.get_binary_reader();
        validator.read_locals(&mut reader)?;
        let of = validator.resources().sub_type_at(of_type).context("a function has a type")?;
        let (parameters, results) = (of.unwrap_func().params(), of.unwrap_func().results());
        // One with several results stays whole.
        let is_divided = results.len() <= 1;
        let result = results.first().map(|of| val_type(*of)).transpose()?;
        let locals = (0..validator.len_locals()).filter_map(|one| validator.get_local_type(one));
        let mut read = Self {
            function: number,
            operators: Vec::new(),
            codes: Vec::new(),
            locals: locals.map(val_type).collect::<Result<_>>()?,
            parameters: parameters.len(),
            frames: Vec::new(),
            marks: BTreeSet::new(),
        };
        let mut open = vec![read.open(None, Kind::Function, result, 0)];
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let at = read.operators.len();
            let from = operators.original_position();
            let operator = operators.read()?;
            let ends = matches!(operator, Operator::End | Operator::Else);
            let frame = validator.get_control_frame(0).context("an operator outside of frames")?;
            let top = *open.last().context("an operator outside of frames")?;
            let whole = validator.operand_stack_height() as usize == frame.height;
            if ends {
                read.close(top, at);
            } else if (whole && !frame.unreachable && is_divided) || at == 0 {
                read.begin_statement(top, at);
            }
            validator.op(from, &operator)?;
            let to = operators.original_position();
            read.codes.push(&bytes[from..to]);
            match operator {
                Operator::Block { blockty } => {
                    open.push(read.open(Some(top), Kind::Block, value(blockty)?, at + 1));
                }
                Operator::Loop { blockty } => {
                    open.push(read.open(Some(top), Kind::Loop, value(blockty)?, at + 1));
                }
                Operator::If { blockty } => {
                    open.push(read.open(Some(top), Kind::If, value(blockty)?, at + 1));
                }
                Operator::Else => {
                    open.pop();
                    let (parent, leaves) = (read.frames[top].parent, read.frames[top].leaves);
                    open.push(read.open(parent, Kind::Else, leaves, at + 1));
                }
                Operator::End => {
                    open.pop();
                }
                _ => {}
            }
            read.operators.push(operator);
        }
        read.marks = read.find_marks().collect();
        Ok(read)
    }

    fn open(
        &mut self,
        parent: Option<usize>,
        kind: Kind,
        leaves: Option<ValType>,
        from: usize,
    ) -> usize {
        let carries = leaves.filter(|_| kind != Kind::Loop);
        let operators = from..from;
        self.frames.push(Frame {
            parent,
            kind,
            carries,
            leaves,
            operators,
            statements: Vec::new(),
        });
        self.frames.len() - 1
    }

    fn begin_statement(&mut self, frame: usize, at: usize) {
        let frame = &mut self.frames[frame];
        if let Some(last) = frame.statements.last_mut() {
            last.end = at;
        }
        frame.statements.push(at..at);
    }

    fn close(&mut self, frame: usize, at: usize) {
        let frame = &mut self.frames[frame];
        if let Some(last) = frame.statements.last_mut() {
            last.end = at;
        }
        frame.operators.end = at;
    }

    fn find_marks(&self) -> impl Iterator<Item = Mark> {
        self.frames.iter().enumerate().flat_map(move |(number, frame)| {
            let first = |statement: &usize| {
                let before = statement.checked_sub(1).map(|one| frame.statements[one].clone());
                before.is_none_or(|before| self.operators[before].iter().any(leads_elsewhere))
            };
            let statements = (0..frame.statements.len()).filter(first);
            statements.map(move |statement| Mark { frame: number, statement })
        })
    }

    /// The operator before which a mark stands.
    pub(super) fn operator_of(&self, mark: Mark) -> usize {
        self.frames[mark.frame].statements[mark.statement].start
    }

    /// The frame whose label stands so many frames around another's.
    pub(super) fn around(&self, frame: usize, depth: u32) -> usize {
        let parents = std::iter::successors(Some(frame), |one| self.frames[*one].parent);
        // The program was read as valid, so there are as many.
        parents.take(depth as usize + 1).last().unwrap_or_default()
    }

    /// How many bytes operators have.
    pub(super) fn bytes(&self, operators: Range<usize>) -> usize {
        self.codes[operators].iter().map(|code| code.len()).sum()
    }
}

/// Whether what follows an operator may run though the operator does not, or the other way around.
fn leads_elsewhere(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::Return
    )
}

fn value(of: BlockType) -> Result<Option<ValType>> {
    match of {
        BlockType::Empty => Ok(None),
        BlockType::Type(value) => Ok(Some(val_type(value)?)),
        BlockType::FuncType(_) => bail!("a block with several values is not read"),
    }
}

fn val_type(of: wasmparser::ValType) -> Result<ValType> {
    ValType::try_from(of).map_err(|_| anyhow::anyhow!("values of type {of} are not read"))
}
