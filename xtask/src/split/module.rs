//! A wasm module, as far as dividing it asks.

use super::list::List;
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{
    Data, ElementItems, Export, ExternalKind, FuncType, FunctionBody, Global, Import, KnownCustom,
    MemoryType, Name, Operator, Parser, Payload, Table, TypeRef,
};

/// The fewest bytes of a function that is worth moving where a table has it, in which another must stand for it.
const BYTES_LEAST_IN_TABLES: usize = 16;
/// The fewest bytes of another. What it names may be worth more than itself.
const BYTES_LEAST: usize = 6;

/// A module's functions, with what they are known by and what they use.
#[derive(Default)]
pub(super) struct Source<'a> {
    /// Types of functions; there are no others.
    pub(super) types: Vec<FuncType>,
    /// What the module imports: functions, and nothing else.
    pub(super) imports: Vec<Import<'a>>,
    /// How many that are.
    pub(super) imported: u32,
    /// The type of each function, the imported ones first.
    pub(super) functions: Vec<u32>,
    pub(super) tables: Vec<Table<'a>>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<Global<'a>>,
    pub(super) exports: Vec<Export<'a>>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) data: Vec<Data<'a>>,
    /// The functions' paths.
    names: BTreeMap<u32, String>,
    /// Functions that are called by their place in a table.
    pub(super) in_tables: BTreeSet<u32>,
    /// Who calls each function by its number.
    callers: BTreeMap<u32, BTreeSet<u32>>,
}

impl<'a> Source<'a> {
    /// Reads a module.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut source = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            source.take(payload?)?;
        }
        for (caller, body) in (source.imported..).zip(&source.bodies) {
            for called in calls(body)? {
                source.callers.entry(called).or_default().insert(caller);
            }
        }
        Ok(source)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                for of in types.into_iter_err_on_gc_types() {
                    self.types.push(of?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports {
                    let import = import?;
                    let TypeRef::Func(of) = import.ty else { bail!("imports {import:?}") };
                    self.functions.push(of);
                    self.imports.push(import);
                    self.imported += 1;
                }
            }
            Payload::FunctionSection(types) => {
                for of in types {
                    self.functions.push(of?);
                }
            }
            Payload::TableSection(tables) => {
                self.tables = tables.into_iter().collect::<Result<_, _>>()?
            }
            Payload::MemorySection(of) => {
                self.memories = of.into_iter().collect::<Result<_, _>>()?
            }
            Payload::GlobalSection(of) => {
                self.globals = of.into_iter().collect::<Result<_, _>>()?
            }
            Payload::ExportSection(of) => {
                self.exports = of.into_iter().collect::<Result<_, _>>()?
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    if let ElementItems::Functions(functions) = element?.items {
                        for function in functions {
                            self.in_tables.insert(function?);
                        }
                    }
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(of) => self.data = of.into_iter().collect::<Result<_, _>>()?,
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for name in names {
                        let Name::Function(names) = name? else { continue };
                        for naming in names {
                            let naming = naming?;
                            self.names.insert(naming.index, path(naming.name));
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The body of a function that is not imported.
    pub(super) fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.imported) as usize]
    }

    /// All functions that are not imported.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> + use<> {
        self.imported..self.functions.len() as u32
    }

    /// The function that is exported under a name.
    pub(super) fn exported(&self, name: &str) -> Option<u32> {
        let of = |export: &&Export<'_>| export.kind == ExternalKind::Func && export.name == name;
        self.exports.iter().find(of).map(|export| export.index)
    }

    /// The paths of all functions.
    pub(super) fn all_paths(&self) -> BTreeSet<&str> {
        self.names.values().map(String::as_str).collect()
    }

    /// A function's path.
    pub(super) fn path(&self, function: u32) -> Option<&str> {
        self.names.get(&function).map(String::as_str)
    }

    /// The paths of functions that were entered, and of others that are worth moving.
    pub(super) fn paths(&self, entered: &BTreeSet<u32>) -> [BTreeSet<&str>; 2] {
        let of = |function: &u32| self.path(*function);
        let others = self.free().into_iter().filter(|one| !entered.contains(one));
        [entered.iter().filter_map(of).collect(), others.filter_map(|one| of(&one)).collect()]
    }

    /// The functions that are listed, some `more`, and those that only these call.
    /// What is smaller than what would stand in its place stays.
    pub(super) fn later(&self, list: &List, more: &BTreeSet<u32>) -> BTreeSet<u32> {
        let named = |function: &u32| self.path(*function).is_some_and(|path| list.has(path));
        let mut later: BTreeSet<u32> = self.free().into_iter().filter(named).collect();
        later.extend(more);
        let free = self.free();
        loop {
            let more = free.iter().copied();
            let more: Vec<u32> = more
                .filter(|one| !later.contains(one) && !self.is_used_outside(*one, &later))
                .collect();
            if more.is_empty() {
                return later;
            }
            later.extend(more);
        }
    }

    /// Whether a function can be called from elsewhere than these functions.
    pub(super) fn is_used_outside(&self, function: u32, these: &BTreeSet<u32>) -> bool {
        let callers = self.callers.get(&function);
        self.in_tables.contains(&function)
            || callers.is_none_or(|all| all.iter().any(|one| !these.contains(one)))
    }

    /// The functions that are worth moving and that nobody outside calls by a name.
    fn free(&self) -> Vec<u32> {
        let exports = self.exports.iter().filter(|export| export.kind == ExternalKind::Func);
        let exported: BTreeSet<u32> = exports.map(|export| export.index).collect();
        let least = |one: &u32| match self.in_tables.contains(one) {
            true => BYTES_LEAST_IN_TABLES,
            false => BYTES_LEAST,
        };
        (self.imported..self.functions.len() as u32)
            .filter(|one| !exported.contains(one))
            .filter(|one| self.body(*one).as_bytes().len() >= least(one))
            .collect()
    }
}

/// The functions that one calls by their numbers.
pub(super) fn calls(body: &FunctionBody<'_>) -> Result<Vec<u32>> {
    let mut called = Vec::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::Call { function_index } => called.push(function_index),
            Operator::RefFunc { .. } => bail!("a function refers to one without a call"),
            _ => {}
        }
    }
    Ok(called)
}

/// A function's path, without the hashes that tell crates of one name apart, and without the number that
/// tells functions of one name apart.
fn path(symbol: &str) -> String {
    let name = rustc_demangle::demangle(symbol).to_string();
    let mut path = String::new();
    let mut rest = name.as_str();
    while let Some((before, behind)) = rest.split_once('[') {
        path.push_str(before);
        match behind.split_once(']') {
            Some((hash, after)) if is_hash(hash) => rest = after,
            _ => {
                path.push('[');
                rest = behind;
            }
        }
    }
    path.push_str(rest);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = [('.', ""), ('[', "]")].into_iter().find_map(|(before, behind)| {
        let (own, number) = path.strip_suffix(behind)?.rsplit_once(before)?;
        digits(number).then_some(own.len())
    });
    path.truncate(numbered.unwrap_or(path.len()));
    path
}

fn is_hash(text: &str) -> bool {
    text.len() > 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_path_has_neither_hashes_nor_numbers() {
        let symbol = "_RNvMNtCs1qy2gcWGbJm_13nicscope_core7machineNtB2_7Machine10state_hash";
        assert_eq!(path(symbol), "<nicscope_core::machine::Machine>::state_hash");
        assert_eq!(path("main"), "main");
        assert_eq!(path("<[u8; 4]>::f"), "<[u8; 4]>::f");
        assert_eq!(path("<[u8; 4]>::f.192"), "<[u8; 4]>::f");
        assert_eq!(path("a::next::<B>[1]"), "a::next::<B>");
    }
}
