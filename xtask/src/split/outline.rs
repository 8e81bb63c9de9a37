//! The program with branches of its functions as functions of their own. It does the same as before.

use super::body::Body;
use super::branch::{Branch, alike};
use super::cut::{Cut, Spare};
use super::list::List;
use super::live::Live;
use super::module::Source;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, FuncType, Function, FunctionSection, InstructionSink, Module, TypeSection,
};
use wasmparser::{
    CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, TypeSectionReader,
};

/// Copies what stays as it is.
struct Same;

impl Reencode for Same {
    type Error = Infallible;
}

/// The module that results, and the numbers of the functions that were made of listed branches.
pub(super) fn outline(
    bytes: &[u8],
    source: &Source<'_>,
    list: &List,
) -> Result<(Vec<u8>, BTreeSet<u32>)> {
    let bodies = Body::all(bytes)?;
    let chosen = bodies.iter().map(|body| {
        let looks = source.path(body.function).and_then(|path| list.branches(path));
        (body, looks.map(|looks| alike(body, looks)).unwrap_or_default())
    });
    outlined(bytes, source, chosen)
}

/// The same for branches that were chosen.
pub(super) fn outlined<'a>(
    bytes: &[u8],
    source: &Source<'_>,
    chosen: impl Iterator<Item = (&'a Body<'a>, Vec<Branch>)>,
) -> Result<(Vec<u8>, BTreeSet<u32>)> {
    let mut outlining = Outlining::of(source, chosen)?;
    let (from, made) = (source.functions.len() as u32, outlining.made.len() as u32);
    let mut module = Module::new();
    outlining.parse_core_module(&mut module, Parser::new(0), bytes)?;
    Ok((module.finish(), (from..from + made).collect()))
}

struct Outlining {
    /// The types that are added.
    types: Vec<FuncType>,
    /// The type of each function that is added, and the function.
    made: Vec<(u32, Function)>,
    /// What functions are now that call them, by their places.
    callers: BTreeMap<u32, Function>,
    /// How many bodies were written.
    written: u32,
}

impl Outlining {
    fn of<'a>(
        source: &Source<'_>,
        chosen: impl Iterator<Item = (&'a Body<'a>, Vec<Branch>)>,
    ) -> Result<Self> {
        let mut types = Vec::new();
        for of in &source.types {
            types.push(Same.func_type(of.clone())?);
        }
        let known = types.len();
        let mut outlining =
            Self { types: Vec::new(), made: Vec::new(), callers: BTreeMap::new(), written: 0 };
        for (body, branches) in chosen.filter(|(_, branches)| !branches.is_empty()) {
            let live = Live::of(body);
            let cuts: Vec<Cut<'_>> =
                branches.iter().filter_map(|branch| Cut::of(body, &live, branch)).collect();
            let first = source.functions.len() + outlining.made.len();
            for cut in &cuts {
                let signature = cut.signature();
                let of = types.iter().position(|one| *one == signature).unwrap_or_else(|| {
                    types.push(signature);
                    types.len() - 1
                });
                outlining.made.push((of as u32, cut.function()));
            }
            let caller = caller(body, &cuts, first as u32);
            outlining.callers.insert(body.function - source.imported, caller);
        }
        outlining.types = types.split_off(known);
        Ok(outlining)
    }
}

/// A function that calls others, numbered from `first` on, where its branches were.
fn caller(body: &Body<'_>, cuts: &[Cut<'_>], first: u32) -> Function {
    let starts: BTreeMap<usize, (u32, &Cut<'_>)> = cuts
        .iter()
        .zip(first..)
        .map(|(cut, number)| (cut.operators.start, (number, cut)))
        .collect();
    let mut spare = Spare::behind(body.locals.len());
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < body.operators.len() {
        if let Some((number, cut)) = starts.get(&at) {
            spare.free();
            cut.call(&mut InstructionSink::new(&mut bytes), *number, &mut spare);
            at = cut.operators.end;
        } else {
            bytes.extend(body.codes[at]);
            at += 1;
        }
    }
    let own = body.locals[body.parameters..].iter().chain(&spare.types).copied();
    let mut caller = Function::new_with_locals_types(own);
    caller.raw(bytes);
    caller
}

impl Reencode for Outlining {
    type Error = Infallible;

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_type_section(self, types, section)?;
        for of in &self.types {
            types.ty().func_type(of);
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_function_section(self, functions, section)?;
        for (of, _) in &self.made {
            functions.function(*of);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_code_section(self, code, section)?;
        for (_, function) in &self.made {
            code.function(function);
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        match self.callers.get(&self.written) {
            Some(caller) => code.function(caller),
            None => code.raw(body.as_bytes()),
        };
        self.written += 1;
        Ok(())
    }
}
