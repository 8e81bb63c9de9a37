//! A wasm module, as far as dividing it asks.

use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{
    ElementItems, Export, ExternalKind, FuncType, FunctionBody, Global, KnownCustom, MemoryType,
    Name, Operator, Parser, Payload, Table, TypeRef,
};

/// The fewest bytes of a function that is worth a stand-in.
const BYTES_LEAST: usize = 64;

/// A module's functions, with what they are known by and what they use.
#[derive(Default)]
pub(super) struct Source<'a> {
    /// Types of functions; there are no others.
    pub(super) types: Vec<FuncType>,
    /// Functions that the module imports; it imports nothing else.
    pub(super) imported: u32,
    /// The type of each function, the imported ones first.
    pub(super) functions: Vec<u32>,
    pub(super) tables: Vec<Table<'a>>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<Global<'a>>,
    pub(super) exports: Vec<Export<'a>>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// The functions' paths.
    names: BTreeMap<u32, String>,
    /// Functions that are called by their place in a table.
    in_tables: BTreeSet<u32>,
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

    /// The function that is exported under a name.
    pub(super) fn exported(&self, name: &str) -> Option<u32> {
        let of = |export: &&Export<'_>| export.kind == ExternalKind::Func && export.name == name;
        self.exports.iter().find(of).map(|export| export.index)
    }

    /// Whether a function is of that Rust module.
    pub(super) fn has(&self, module: &str) -> bool {
        self.names.values().any(|name| is_of(name, module))
    }

    /// The functions of these Rust modules, and those that only these call.
    /// What is smaller than what would stand in its place stays.
    pub(super) fn later(&self, modules: &[&str]) -> BTreeSet<u32> {
        let exported = |function: &u32| {
            let is = |export: &Export<'_>| {
                export.kind == ExternalKind::Func && export.index == *function
            };
            self.exports.iter().any(is)
        };
        let own = self.imported..self.functions.len() as u32;
        let is_large = |function: &u32| self.body(*function).as_bytes().len() >= BYTES_LEAST;
        let free: Vec<u32> =
            own.filter(|function| is_large(function) && !exported(function)).collect();
        let named = |function: &u32| {
            let name = self.names.get(function);
            name.is_some_and(|name| modules.iter().any(|module| is_of(name, module)))
        };
        let mut later: BTreeSet<u32> = free.iter().copied().filter(named).collect();
        loop {
            let only_from_there = |function: &u32| {
                let callers = self.callers.get(function);
                !later.contains(function)
                    && !self.in_tables.contains(function)
                    && callers.is_some_and(|all| all.iter().all(|one| later.contains(one)))
            };
            let more: Vec<u32> = free.iter().copied().filter(only_from_there).collect();
            if more.is_empty() {
                return later;
            }
            later.extend(more);
        }
    }
}

/// Whether a path begins so. What is made for types of a module is not of it: functions that are alike for
/// several types have become one, with the name of any.
fn is_of(path: &str, module: &str) -> bool {
    path.trim_start_matches(['<', '&']).starts_with(module)
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

/// A function's path, without the hashes that tell crates of one name apart.
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
    path + rest
}

fn is_hash(text: &str) -> bool {
    text.len() > 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_path_has_no_hashes() {
        let symbol = "_RNvMNtCs1qy2gcWGbJm_13nicscope_core7machineNtB2_7Machine10state_hash";
        assert_eq!(path(symbol), "<nicscope_core::machine::Machine>::state_hash");
        assert_eq!(path("main"), "main");
        assert_eq!(path("<[u8; 4]>::f"), "<[u8; 4]>::f");
    }
}
