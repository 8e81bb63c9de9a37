//! Programs run, in one file or in three that are linked as the page links them.

use crate::split::Three;
use crate::split::parts::{LATER, SOON, Second};
use wasmi::{Caller, Config, Engine, Extern, Func, Global, Instance, Linker, Module, Store, Val};

/// More than any of them takes.
const FUEL: u64 = 10_000_000;

/// What is linked when the program asks for it.
#[derive(Default)]
struct Others {
    /// The files that come soon and later.
    files: [Vec<u8>; 2],
    first: Option<Instance>,
    /// How often the program asked for each.
    asked: [u32; 2],
}

/// What the function `f` gives, and how often the program asked for each of its other files.
fn run(first: &[u8], files: [&[u8]; 2], glue: [&str; 2]) -> (Vec<i32>, [u32; 2]) {
    let engine = Engine::new(Config::default().consume_fuel(true));
    let module = Module::new(&engine, first).expect("a valid program");
    let files = files.map(<[u8]>::to_vec);
    let mut store = Store::new(&engine, Others { files, ..Others::default() });
    // One that is cut wrongly may not end by itself.
    store.set_fuel(FUEL).expect("fuel is counted");
    let mut linker = Linker::new(&engine);
    for (number, name) in glue.into_iter().enumerate() {
        let load = move |mut caller: Caller<'_, Others>| {
            caller.data_mut().asked[number] += 1;
            link(&mut caller, number);
        };
        linker.func_wrap("glue", name, load).expect("a new name");
    }
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
    run(bytes, [&[]; 2], [SOON.loaded, LATER.loaded]).0
}

/// What a program of three files gives, and whether it asked for the second and the third.
pub(super) fn in_three(parts: &Three) -> (Vec<i32>, [u32; 2]) {
    let (gives, asked) = run(&parts.first, [&parts.soon, &parts.later], ["_0", "_1"]);
    assert!(asked.iter().all(|asked| *asked <= 1), "it asked {asked:?} times");
    (gives, asked)
}

/// What `web/boot.js` does: the last file has no constants that the one before it has.
fn link(caller: &mut Caller<'_, Others>, number: usize) {
    let first = caller.data().first.expect("it runs");
    let flag = |caller: &Caller<'_, Others>, Second { loaded, .. }: Second| -> Global {
        first.get_global(caller, loaded).expect("the flag")
    };
    if number == 1 && flag(caller, SOON).get(&*caller).i32() == Some(0) {
        link(caller, 0);
    }
    let module = Module::new(caller.engine(), &caller.data().files[number]).expect("a valid file");
    let mut linker = Linker::new(caller.engine());
    for import in module.imports() {
        let exported = first.get_export(&*caller, import.name());
        let given = match (exported, import.name().parse::<u64>()) {
            (Some(given), _) => given,
            (None, Ok(place)) => Extern::Func(function_at(caller, first, place)),
            (None, Err(_)) => panic!("the first file has no {}", import.name()),
        };
        linker.define(import.module(), import.name(), given).expect("a new name");
    }
    linker.instantiate_and_start(&mut *caller, &module).expect("it is linked");
    let loaded = flag(caller, [SOON, LATER][number]);
    loaded.set(caller, Val::I32(1)).expect("it can be set");
}

/// The function at a place of the first file's table.
fn function_at(caller: &Caller<'_, Others>, first: Instance, place: u64) -> Func {
    let table = first.get_table(caller, "t0").expect("a table of functions");
    match table.get(caller, place) {
        Some(Val::FuncRef(function)) => *function.val().expect("a function stands there"),
        other => panic!("{other:?} at {place}"),
    }
}
