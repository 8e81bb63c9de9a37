//! The program that notes which of its functions and their branches were entered.

use super::body::{Body, Mark};
use super::module::Source;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, GlobalType,
    InstructionSink, Module, ValType,
};
use wasmparser::{ExportSectionReader, FunctionBody, GlobalSectionReader, Parser};

/// The marks of all functions, numbered.
pub(super) struct Marks<'a> {
    pub(super) bodies: Vec<Body<'a>>,
    /// The number of each body's first.
    firsts: Vec<u32>,
    all: u32,
}

impl<'a> Marks<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self> {
        let bodies = Body::all(bytes)?;
        let (mut firsts, mut all) = (Vec::new(), 0);
        for body in &bodies {
            firsts.push(all);
            all += body.marks.len() as u32;
        }
        Ok(Self { bodies, firsts, all })
    }

    /// The marks of each body whose numbers are among these.
    pub(super) fn entered<'b>(
        &'b self,
        numbers: &'b BTreeSet<u32>,
    ) -> impl Iterator<Item = (&'b Body<'a>, BTreeSet<Mark>)> {
        self.bodies.iter().zip(&self.firsts).map(|(body, first)| {
            let marks = body.marks.iter().copied().zip(*first..);
            let marks = marks.filter(|(_, number)| numbers.contains(number));
            (body, marks.map(|(mark, _)| mark).collect())
        })
    }
}

/// The module with a variable for each mark, which is exported as `entered` and the mark's number, and which is
/// set to 1 where the mark is.
pub(super) fn noting(bytes: &[u8], source: &Source<'_>) -> Result<Vec<u8>> {
    let marks = Marks::of(bytes)?;
    let mut module = Module::new();
    let mut noting = Noting { source, marks: &marks, bodies: 0 };
    noting.parse_core_module(&mut module, Parser::new(0), bytes)?;
    Ok(module.finish())
}

struct Noting<'a> {
    source: &'a Source<'a>,
    marks: &'a Marks<'a>,
    /// How many functions' bodies were written.
    bodies: usize,
}

impl Noting<'_> {
    /// The number of a mark's variable; they stand behind those that the module has.
    fn variable(&self, mark: u32) -> u32 {
        self.source.globals.len() as u32 + mark
    }
}

impl Reencode for Noting<'_> {
    type Error = Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_global_section(self, globals, section)?;
        let variable = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        for _ in 0..self.marks.all {
            globals.global(variable, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_export_section(self, exports, section)?;
        for mark in 0..self.marks.all {
            exports.export(&format!("entered{mark}"), ExportKind::Global, self.variable(mark));
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        _: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let body = &self.marks.bodies[self.bodies];
        let marks = body.marks.iter().map(|mark| body.operator_of(*mark));
        let marks: BTreeMap<usize, u32> = marks.zip(self.marks.firsts[self.bodies]..).collect();
        let mut bytes = Vec::new();
        for (at, operator) in body.codes.iter().enumerate() {
            if let Some(mark) = marks.get(&at) {
                InstructionSink::new(&mut bytes).i32_const(1).global_set(self.variable(*mark));
            }
            bytes.extend(*operator);
        }
        let own = body.locals[body.parameters..].iter().copied();
        let mut function = Function::new_with_locals_types(own);
        function.raw(bytes);
        code.function(&function);
        self.bodies += 1;
        Ok(())
    }
}
