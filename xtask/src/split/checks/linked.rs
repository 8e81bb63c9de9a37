//! Programs run, in one file or in two that are linked as the page links them.

use crate::split::parts::Parts;
use wasmi::{Caller, Config, Engine, Extern, Func, Global, Instance, Linker, Module, Store, Val};

/// More than any of them takes.
const FUEL: u64 = 10_000_000;

/// What is linked when the program asks for it.
#[derive(Default)]
struct Later {
    /// The second file.
    bytes: Vec<u8>,
    first: Option<Instance>,
    /// How often the program asked.
    asked: u32,
}

/// What the function `f` gives, and how often the program asked for its second file.
fn run(first: &[u8], later: &[u8], glue: [&str; 2]) -> (Vec<i32>, u32) {
    let engine = Engine::new(Config::default().consume_fuel(true));
    let module = Module::new(&engine, first).expect("a valid program");
    let mut store = Store::new(&engine, Later { bytes: later.to_vec(), ..Later::default() });
    // One that is cut wrongly may not end by itself.
    store.set_fuel(FUEL).expect("fuel is counted");
    let mut linker = Linker::new(&engine);
    linker.func_wrap(glue[0], glue[1], link).expect("a new name");
    let instance = linker.instantiate_and_start(&mut store, &module);
    let instance = instance.expect("a program that asks for nothing else");
    store.data_mut().first = Some(instance);
    let function = instance.get_typed_func::<(i32, i32), i32>(&store, "f").expect("it is exported");
    let given = [(0, 0), (1, 2), (-7, 3), (6, 4096), (5, -1), (2, 9)];
    let gives = given.map(|given| function.call(&mut store, given).expect("it ends")).into();
    (gives, store.data().asked)
}

/// What a program of one file gives.
pub(super) fn whole(bytes: &[u8]) -> Vec<i32> {
    run(bytes, &[], ["glue", "wait"]).0
}

/// What a program of two files gives, and whether it asked for the second.
pub(super) fn in_two(parts: &Parts) -> (Vec<i32>, bool) {
    let (gives, asked) = run(&parts.first, &parts.later, ["glue", "_0"]);
    assert!(asked <= 1, "it asked {asked} times");
    (gives, asked == 1)
}

/// What `web/boot.js` does.
fn link(mut caller: Caller<'_, Later>) {
    caller.data_mut().asked += 1;
    let module = Module::new(caller.engine(), &caller.data().bytes).expect("a valid second file");
    let first = caller.data().first.expect("it runs");
    let exported = |caller: &Caller<'_, Later>, name: &str| first.get_export(caller, name);
    let mut linker = Linker::new(caller.engine());
    for import in module.imports() {
        let given = match (exported(&caller, import.name()), import.name().parse::<u64>()) {
            (Some(given), _) => given,
            (None, Ok(place)) => Extern::Func(function_at(&caller, first, place)),
            (None, Err(_)) => panic!("the first file has no {}", import.name()),
        };
        linker.define(import.module(), import.name(), given).expect("a new name");
    }
    linker.instantiate_and_start(&mut caller, &module).expect("it is linked");
    let loaded: Global = first.get_global(&caller, "loaded").expect("the flag");
    loaded.set(&mut caller, Val::I32(1)).expect("it can be set");
}

/// The function at a place of the first file's table.
fn function_at(caller: &Caller<'_, Later>, first: Instance, place: u64) -> Func {
    let table = first.get_table(caller, "t0").expect("a table of functions");
    match table.get(caller, place) {
        Some(Val::FuncRef(function)) => *function.val().expect("a function stands there"),
        other => panic!("{other:?} at {place}"),
    }
}
