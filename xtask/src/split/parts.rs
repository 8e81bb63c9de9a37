//! A program in two files, written.

use super::data::Unused;
use super::first::First;
use super::module::{Source, calls};
use super::order::by_likeness;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, EntityType, Function,
    FunctionSection, ImportSection, Module, TableType, TypeSection,
};
use wasmparser::{Operator, Parser};

/// A file that comes after the first.
#[derive(Clone, Copy)]
pub(super) struct Second {
    /// The function that has it linked.
    pub(super) load: &'static str,
    /// Under what name the first file exports whether it is linked.
    pub(super) loaded: &'static str,
}

/// What is needed soon after the first step.
pub(super) const SOON: Second = Second { load: "load_soon", loaded: "soon" };
/// What no first visit enters.
pub(super) const LATER: Second = Second { load: "load_later", loaded: "later" };

/// Under what name the second file imports the first.
const FIRST: &str = "first";
/// Under what name the first file imports its glue.
pub(super) const GLUE: &str = "glue";

/// The two files.
pub(super) struct Parts {
    pub(super) first: Vec<u8>,
    pub(super) second: Vec<u8>,
    /// The numbers that functions of the first have in it.
    pub(super) numbers: BTreeMap<u32, u32>,
    /// What the first imports from its glue, and what that takes of it: the names that both came with are long, and
    /// the digests in them cannot be compressed.
    pub(super) renamed: Vec<(String, String)>,
}

/// Takes a module apart: `moved` are the functions of the second file, and these the constants that only it has.
pub(super) fn divide(
    bytes: &[u8],
    source: &Source<'_>,
    (second, moved): (Second, &BTreeSet<u32>),
    constants: &Unused,
) -> Result<Parts> {
    let mut used = BTreeSet::new();
    for function in moved {
        used.extend(calls(source.body(*function))?);
    }
    let used = used.difference(moved).copied().collect();
    let plan = Plan::of(source, (second, moved), used, constants)?;
    let mut module = Module::new();
    First(&plan).parse_core_module(&mut module, Parser::new(0), bytes)?;
    let (first, second) = (module.finish(), plan.second()?);
    Ok(Parts { first, second, numbers: plan.numbers, renamed: renamed(source) })
}

/// The modules and names that are imported, and what the glue takes of the program, with shorter ones; no name stands
/// before one that begins like it.
fn renamed(source: &Source<'_>) -> Vec<(String, String)> {
    let modules = source.imports.iter().map(|import| (import.module, GLUE.to_owned())).take(1);
    let names = source.imports.iter().enumerate();
    let names = names.map(|(number, import)| (import.name, format!("_{number}")));
    let imports = modules.chain(names).map(|(long, short)| (long.to_owned(), short));
    let taken = |name: &str| format!("wasm.{name}");
    let exports = source.exports.iter().enumerate();
    let exports = exports
        .filter_map(|(place, one)| Some((taken(one.name), taken(&short_export(place, one.name)?))));
    let mut renamed: Vec<_> = imports.chain(exports).collect();
    renamed.sort_by(|(one, _), (other, _)| other.cmp(one));
    renamed
}

/// Under what name the glue is given what wasm-bindgen has it call.
pub(super) fn short_export(place: usize, name: &str) -> Option<String> {
    let is_of_bindgen = name.starts_with("__wb")
        || name.starts_with("__externref")
        || name.contains("___convert__closures");
    is_of_bindgen.then(|| format!("_{place}"))
}

/// Copies what stays as it is.
pub(super) struct Same;

impl Reencode for Same {
    type Error = Infallible;
}

/// Copies functions to where others have other numbers, and types those that they are used in.
struct Renumber<'a> {
    functions: &'a BTreeMap<u32, u32>,
    types: Vec<u32>,
}

impl Reencode for Renumber<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        // Every function that is called there was collected.
        Ok(self.functions[&function])
    }

    fn type_index(&mut self, of: u32) -> Result<u32, Error<Infallible>> {
        let known = self.types.iter().position(|known| *known == of);
        let number = known.unwrap_or_else(|| {
            self.types.push(of);
            self.types.len() - 1
        });
        Ok(number as u32)
    }
}

/// The types that functions use.
struct Types(BTreeSet<u32>);

impl Reencode for Types {
    type Error = Infallible;

    fn type_index(&mut self, of: u32) -> Result<u32, Error<Infallible>> {
        self.0.insert(of);
        Ok(of)
    }
}

/// What stands where.
///
/// The table of functions holds behind its own first those of the second file, then those of the first that the
/// second calls.
pub(super) struct Plan<'a> {
    pub(super) source: &'a Source<'a>,
    /// The functions of the second file, with their places in the table.
    pub(super) slots: BTreeMap<u32, u32>,
    /// The functions of the first file, in their new order.
    pub(super) staying: Vec<u32>,
    /// Functions of the second file that the first has in its tables.
    pub(super) replaced: Vec<u32>,
    /// The types of functions of the second file that the first calls: each has a relay, which is given the place.
    pub(super) relayed: Vec<u32>,
    /// Functions of the first file that the second calls.
    pub(super) used: Vec<u32>,
    /// The new numbers of functions that stay or are replaced.
    pub(super) numbers: BTreeMap<u32, u32>,
    /// The new numbers of the types that the first file uses.
    pub(super) types: BTreeMap<u32, u32>,
    pub(super) second: Second,
    load: u32,
    /// Constants that only the second file uses.
    pub(super) constants: &'a Unused,
}

impl<'a> Plan<'a> {
    fn of(
        source: &'a Source<'a>,
        (second, later): (Second, &BTreeSet<u32>),
        mut used: Vec<u32>,
        constants: &'a Unused,
    ) -> Result<Self> {
        let load = source.exported(second.load);
        let load = load.with_context(|| format!("the program has no `{}`", second.load))?;
        let own = source.imported..source.functions.len() as u32;
        let stays: Vec<u32> = own.filter(|function| !later.contains(function)).collect();
        let bodies: Vec<&[u8]> = stays.iter().map(|one| source.body(*one).as_bytes()).collect();
        let staying: Vec<u32> = by_likeness(&bodies).into_iter().map(|at| stays[at]).collect();

        let of = |function: &u32| source.functions[*function as usize];
        let mut replaced: Vec<u32> = later.intersection(&source.in_tables).copied().collect();
        replaced.sort_by_key(of);
        let mut relayed: BTreeSet<u32> = replaced.iter().map(of).collect();
        for function in &stays {
            let called = calls(source.body(*function))?;
            relayed.extend(called.iter().filter(|one| later.contains(one)).map(of));
        }

        let numbered = (0..source.imported).chain(staying.iter().chain(&replaced).copied());
        let numbers: BTreeMap<u32, u32> = numbered.zip(0..).collect();
        // Numbers that grow are said in fewer bits.
        used.sort_by_key(|function| numbers[function]);
        let slots = later.iter().copied().zip(source.tables[0].ty.initial as u32..).collect();
        let mut types = Types(relayed.clone());
        types.0.extend((0..source.imported).chain(stays.iter().copied()).map(|one| of(&one)));
        for function in &stays {
            let body = source.body(*function).clone();
            types.parse_function_body(&mut CodeSection::new(), body)?;
        }
        let types = types.0.into_iter().zip(0..).collect();
        let relayed = relayed.into_iter().collect();
        Ok(Self {
            source,
            slots,
            staying,
            replaced,
            relayed,
            used,
            numbers,
            types,
            second,
            load,
            constants,
        })
    }

    /// The places in the table of the functions that the second file uses.
    pub(super) fn used(&self) -> impl Iterator<Item = (u32, u32)> {
        let behind = self.source.tables[0].ty.initial as u32 + self.slots.len() as u32;
        self.used.iter().copied().zip(behind..)
    }

    pub(super) fn type_of(&self, function: u32) -> u32 {
        self.source.functions[function as usize]
    }

    fn parameters(&self, of: u32) -> u32 {
        self.source.types[of as usize].params().len() as u32
    }

    /// The number of the function that has one of this type called.
    fn relay(&self, of: u32) -> u32 {
        let place =
            self.relayed.binary_search(&of).expect("every type that is called was collected");
        self.numbers.len() as u32 + place as u32
    }

    /// The number of the variable that says whether the second file is linked.
    pub(super) fn flag(&self) -> u32 {
        self.source.globals.len() as u32
    }

    /// A function that stays; where it calls those of the second file it now calls their relays.
    pub(super) fn staying(&self, function: u32) -> Result<Function, Error<Infallible>> {
        let mut first = First(self);
        let body = self.source.body(function);
        let mut written = first.new_function_with_parsed_locals(body)?;
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            let called = match operator {
                Operator::Call { function_index } => self.slots.get_key_value(&function_index),
                _ => None,
            };
            match called {
                Some((called, slot)) => {
                    let relay = self.relay(self.type_of(*called));
                    written.instructions().i32_const(slot.cast_signed()).call(relay);
                }
                None => {
                    written.instruction(&first.instruction(operator)?);
                }
            }
        }
        Ok(written)
    }

    /// Stands in a table for a function of the second file.
    pub(super) fn stand_in(&self, function: u32) -> Function {
        let of = self.type_of(function);
        let mut stand_in = Function::new([]);
        let mut code = stand_in.instructions();
        for parameter in 0..self.parameters(of) {
            code.local_get(parameter);
        }
        code.i32_const(self.slots[&function].cast_signed()).call(self.relay(of)).end();
        stand_in
    }

    /// Calls the function of this type at the place that comes last, once that is there.
    pub(super) fn relaying(&self, of: u32) -> Function {
        let mut relay = Function::new([]);
        let mut code = relay.instructions();
        code.global_get(self.flag()).i32_eqz().if_(BlockType::Empty);
        code.call(self.numbers[&self.load]).end();
        for parameter in 0..=self.parameters(of) {
            code.local_get(parameter);
        }
        code.call_indirect(0, self.types[&of]).end();
        relay
    }

    /// The tables; that of functions has room for more.
    pub(super) fn tables(&self) -> Result<Vec<TableType>, Error<Infallible>> {
        let more = (self.slots.len() + self.used.len()) as u64;
        let mut tables = Vec::new();
        for table in &self.source.tables {
            tables.push(Same.table_type(table.ty)?);
        }
        tables[0].minimum += more;
        tables[0].maximum = tables[0].maximum.map(|most| most + more);
        Ok(tables)
    }

    /// A module of the functions alone, with the memory, the tables and the variables of the first. It imports a
    /// function of the first under the number of its place in the table.
    fn second(&self) -> Result<Vec<u8>> {
        let source = self.source;
        let own: Vec<u32> = self.slots.keys().copied().collect();
        let numbers: BTreeMap<u32, u32> =
            self.used.iter().copied().chain(own.iter().copied()).zip(0..).collect();
        let mut renumber = Renumber { functions: &numbers, types: Vec::new() };
        let mut imports = ImportSection::new();
        imports.import(FIRST, "m0", Same.memory_type(source.memories[0])?);
        for (number, table) in self.tables()?.into_iter().enumerate() {
            // It may have become larger: the first file may have been divided again.
            let table = TableType { maximum: None, ..table };
            imports.import(FIRST, &format!("t{number}"), table);
        }
        for (number, global) in source.globals.iter().enumerate() {
            imports.import(FIRST, &format!("g{number}"), Same.global_type(global.ty)?);
        }
        for (function, place) in self.used() {
            let of = renumber.type_index(self.type_of(function))?;
            imports.import(FIRST, &place.to_string(), EntityType::Function(of));
        }
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for function in &own {
            functions.function(renumber.type_index(self.type_of(*function))?);
            renumber.parse_function_body(&mut code, source.body(*function).clone())?;
        }
        let mut types = TypeSection::new();
        for of in &renumber.types {
            types.ty().func_type(&Same.func_type(source.types[*of as usize].clone())?);
        }
        let own: Vec<u32> = own.iter().map(|function| numbers[function]).collect();
        let mut elements = ElementSection::new();
        if let Some(first) = self.slots.values().next() {
            let at = ConstExpr::i32_const(first.cast_signed());
            elements.active(Some(0), &at, Elements::Functions(own.into()));
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&elements)
            .section(&code)
            .section(&self.constants.section());
        Ok(module.finish())
    }
}
