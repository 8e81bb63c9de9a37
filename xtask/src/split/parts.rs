//! The two files, written.

use super::module::{Source, calls};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements,
    EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType,
    ImportSection, MemorySection, Module, StartSection, TableSection, TableType, TypeSection,
    ValType,
};
use wasmparser::{Parser, Payload};

/// The function that has the second file linked.
const LOAD: &str = "load_later";
/// What the first file exports for the second: whether it is linked, and everything that it uses.
const LOADED: &str = "loaded";
/// Under what name the second file imports the first.
const FIRST: &str = "first";
/// Under what name the first file imports its glue.
const GLUE: &str = "glue";

/// The two files.
pub(super) struct Parts {
    pub(super) first: Vec<u8>,
    pub(super) later: Vec<u8>,
    /// What the first imports from its glue, and how it calls that: the names with the digests that the program
    /// and its glue came with are long, and no digest can be compressed.
    pub(super) renamed: Vec<(String, String)>,
}

/// Takes a module apart: `later` are the functions of the second file.
pub(super) fn divide(bytes: &[u8], source: &Source<'_>, later: &BTreeSet<u32>) -> Result<Parts> {
    let mut used = BTreeSet::new();
    for function in later {
        used.extend(calls(source.body(*function))?);
    }
    let plan = Plan {
        source,
        replaced: later.iter().copied().filter(|one| source.is_used_outside(*one, later)).collect(),
        // Behind what the table holds already.
        slots: later.iter().copied().zip(source.tables[0].ty.initial as u32..).collect(),
        used: used.difference(later).copied().collect(),
        load: source.exported(LOAD).with_context(|| format!("the program has no `{LOAD}`"))?,
    };
    Ok(Parts { first: plan.first(bytes)?, later: plan.later()?, renamed: renamed(source) })
}

/// The modules and names that are imported, with shorter ones.
fn renamed(source: &Source<'_>) -> Vec<(String, String)> {
    let modules = source.imports.iter().map(|import| (import.module, GLUE.to_owned())).take(1);
    let names = source.imports.iter().enumerate();
    let names = names.map(|(number, import)| (import.name, format!("_{number}")));
    modules.chain(names).map(|(long, short)| (long.to_owned(), short)).collect()
}

/// Copies what stays as it is.
struct Same;

impl Reencode for Same {
    type Error = Infallible;
}

/// Copies functions to where others have other numbers.
struct Renumber<'a>(&'a BTreeMap<u32, u32>);

impl Reencode for Renumber<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        // Every function that is called there was collected.
        Ok(self.0[&function])
    }
}

struct Plan<'a> {
    source: &'a Source<'a>,
    /// The functions of the second file, with their places in the table of functions.
    slots: BTreeMap<u32, u32>,
    /// Those of them that the first file calls, or who knows who.
    replaced: BTreeSet<u32>,
    /// Functions of the first file that the second calls.
    used: Vec<u32>,
    load: u32,
}

impl Plan<'_> {
    /// The module as it was; small functions stand where those of the second file stood, empty ones where nobody
    /// calls them there.
    fn first(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let mut module = Module::new();
        let mut code = CodeSection::new();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::TypeSection(of) => {
                    let mut types = TypeSection::new();
                    Same.parse_type_section(&mut types, of)?;
                    module.section(&types);
                }
                Payload::ImportSection(_) => {
                    let mut imports = ImportSection::new();
                    for (number, import) in self.source.imports.iter().enumerate() {
                        let of = Same.entity_type(import.ty)?;
                        imports.import(GLUE, &format!("_{number}"), of);
                    }
                    module.section(&imports);
                }
                Payload::FunctionSection(of) => {
                    let mut functions = FunctionSection::new();
                    Same.parse_function_section(&mut functions, of)?;
                    module.section(&functions);
                }
                Payload::TableSection(_) => {
                    let mut tables = TableSection::new();
                    for table in self.tables()? {
                        tables.table(table);
                    }
                    module.section(&tables);
                }
                Payload::MemorySection(of) => {
                    let mut memories = MemorySection::new();
                    Same.parse_memory_section(&mut memories, of)?;
                    module.section(&memories);
                }
                Payload::GlobalSection(of) => {
                    let mut globals = GlobalSection::new();
                    Same.parse_global_section(&mut globals, of)?;
                    let flag = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
                    globals.global(flag, &ConstExpr::i32_const(0));
                    module.section(&globals);
                }
                Payload::ExportSection(of) => {
                    let mut exports = ExportSection::new();
                    Same.parse_export_section(&mut exports, of)?;
                    self.export(&mut exports);
                    module.section(&exports);
                }
                Payload::StartSection { func, .. } => {
                    module.section(&StartSection { function_index: func });
                }
                Payload::ElementSection(of) => {
                    let mut elements = ElementSection::new();
                    Same.parse_element_section(&mut elements, of)?;
                    module.section(&elements);
                }
                Payload::DataCountSection { count, .. } => {
                    module.section(&DataCountSection { count });
                }
                Payload::CodeSectionEntry(body) => {
                    let function = self.source.imported + code.len();
                    match self.slots.get(&function) {
                        Some(_) if !self.replaced.contains(&function) => code.function(&nothing()),
                        Some(slot) => code.function(&self.stand_in(function, *slot)),
                        None => code.raw(body.as_bytes()),
                    };
                    if code.len() as usize == self.source.bodies.len() {
                        module.section(&code);
                    }
                }
                Payload::DataSection(of) => {
                    let mut data = DataSection::new();
                    Same.parse_data_section(&mut data, of)?;
                    module.section(&data);
                }
                _ => {}
            }
        }
        Ok(module.finish())
    }

    /// Calls the function at its place in the table, once that is there.
    fn stand_in(&self, function: u32, slot: u32) -> Function {
        let of = self.source.functions[function as usize];
        let parameters = self.source.types[of as usize].params().len() as u32;
        let mut stand_in = Function::new([]);
        let mut code = stand_in.instructions();
        code.global_get(self.flag()).i32_eqz().if_(BlockType::Empty).call(self.load).end();
        for parameter in 0..parameters {
            code.local_get(parameter);
        }
        code.i32_const(slot.cast_signed()).call_indirect(0, of).end();
        stand_in
    }

    /// The number of the variable that says whether the second file is linked.
    fn flag(&self) -> u32 {
        self.source.globals.len() as u32
    }

    /// The tables; that of functions has room for those of the second file.
    fn tables(&self) -> Result<Vec<TableType>> {
        let more = self.slots.len() as u64;
        let mut tables = Vec::new();
        for table in &self.source.tables {
            tables.push(Same.table_type(table.ty)?);
        }
        tables[0].minimum += more;
        tables[0].maximum = tables[0].maximum.map(|most| most + more);
        Ok(tables)
    }

    fn export(&self, exports: &mut ExportSection) {
        exports.export(LOADED, ExportKind::Global, self.flag());
        exports.export("m", ExportKind::Memory, 0);
        for table in 0..self.source.tables.len() as u32 {
            exports.export(&format!("t{table}"), ExportKind::Table, table);
        }
        for global in 0..self.source.globals.len() as u32 {
            exports.export(&format!("g{global}"), ExportKind::Global, global);
        }
        for function in &self.used {
            exports.export(&format!("f{function}"), ExportKind::Func, *function);
        }
    }

    /// A module of the functions alone, with the memory, the tables and the variables of the first.
    fn later(&self) -> Result<Vec<u8>> {
        let source = self.source;
        let mut types = TypeSection::new();
        for of in &source.types {
            types.ty().func_type(&Same.func_type(of.clone())?);
        }
        let mut imports = ImportSection::new();
        imports.import(FIRST, "m", Same.memory_type(source.memories[0])?);
        for (number, table) in self.tables()?.into_iter().enumerate() {
            imports.import(FIRST, &format!("t{number}"), table);
        }
        for (number, global) in source.globals.iter().enumerate() {
            imports.import(FIRST, &format!("g{number}"), Same.global_type(global.ty)?);
        }
        for function in &self.used {
            let of = source.functions[*function as usize];
            imports.import(FIRST, &format!("f{function}"), EntityType::Function(of));
        }
        let numbers: BTreeMap<u32, u32> =
            self.used.iter().chain(self.slots.keys()).copied().zip(0..).collect();
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for function in self.slots.keys() {
            functions.function(source.functions[*function as usize]);
            Renumber(&numbers).parse_function_body(&mut code, source.body(*function).clone())?;
        }
        let own: Vec<u32> = self.slots.keys().map(|function| numbers[function]).collect();
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
            .section(&code);
        Ok(module.finish())
    }
}

/// The body of a function that is never called.
fn nothing() -> Function {
    let mut nothing = Function::new([]);
    nothing.instructions().unreachable().end();
    nothing
}
