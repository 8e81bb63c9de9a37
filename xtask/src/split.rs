//! The program in two files: what a first visit needs, and the rest, which comes later.
//!
//! The program is one module that is linked at once. Here its functions are divided: those that `web/later.txt`
//! lists, which no first visit entered, and those that only they call, go into a second file, with the branches that it
//! lists of others, and with the constants that only these use. Where the first calls one, it calls a relay, which
//! calls `load_later` if the second file has not been linked yet (`web/src/browser/later.rs`, `web/boot.js`), and then
//! the function. So whatever is in the list, the program does the same; the list decides only what a first visit
//! weighs. A site without this step works too.

mod body;
mod branch;
#[cfg(test)]
mod checks;
mod cut;
mod data;
mod entered;
mod first;
mod list;
mod live;
mod module;
mod order;
mod outline;
mod parts;

use crate::setup::wasm::Toolchain;
use crate::{child, workspace};
use anyhow::{Context, Result, ensure};
use data::Constants;
use entered::Marks;
use flate2::Crc;
use list::List;
use module::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What comes later.
const LATER: &str = "web/later.txt";
/// What the linker writes.
const LINKED: &str = "wasm32-unknown-unknown/release/nicscope-web.wasm";
/// What trunk has wasm-bindgen make of it.
const BOUND: &str = "wasm-bindgen/release/nicscope-web_bg.wasm";
/// How the name of the glue ends.
const GLUE_FILE: &str = ".js";
/// The page.
const INDEX: &str = "index.html";
/// Set, it has `web/build.rs` ask the linker to say what uses which data.
pub(crate) const RELOCATIONS: &str = "NICSCOPE_RELOCATIONS";
/// How the name of the first file ends.
const FIRST_FILE: &str = "_bg.wasm";
/// How the name of the second file ends.
pub(crate) const LATER_FILE: &str = "_later.wasm";

/// What these do is decided by hashes and by what was freed before: the next visit may enter what no visit did.
const CHANCE: [&str; 2] = ["hashbrown::", "dlmalloc::"];

/// Whether there is what dividing takes.
pub(crate) fn is_possible(toolchain: &Toolchain) -> bool {
    toolchain.command("wasm-opt").is_ok()
}

/// Divides the program that trunk has just put into `dist`.
pub(crate) fn divide(toolchain: &Toolchain) -> Result<()> {
    let first_file = program(&workspace::root().join("dist"))?;
    let Some(bytes) = named(toolchain)? else {
        println!("there is no wasm-opt but trunk's own: the program stays one file");
        return Ok(());
    };
    let constants = Constants::read(&fs::read(built()?.join(LINKED))?)?;
    let list = List::read(&fs::read_to_string(workspace::root().join(LATER))?);
    let (bytes, branches) = outline::outline(&bytes, &Source::read(&bytes)?, &list)?;
    let source = Source::read(&bytes)?;
    let missing = list.without(&source.all_paths());
    if !missing.is_empty() {
        // Renamed, or the compiler put all of it into its callers.
        println!(
            "{LATER}: {} lines name no function; `cargo xtask profile` renews them",
            missing.len()
        );
    }
    let later = source.later(&list, &branches);
    let parts = parts::divide(&bytes, &source, &later, &constants)?;

    println!(
        "{} of {} functions come later, {} branches of others, and {} bytes of constants: {} and {} bytes",
        later.len() - branches.len(),
        source.bodies.len() - branches.len(),
        branches.len(),
        parts.constants,
        parts.first.len(),
        parts.later.len()
    );
    let name = first_file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(FIRST_FILE).unwrap_or(&name);
    let glue_file = first_file.with_file_name([stem, GLUE_FILE].concat());
    let glue = with_names(&fs::read_to_string(&glue_file)?, &parts.renamed)?;
    fs::remove_file(glue_file)?;
    fs::remove_file(&first_file)?;
    write(&first_file.with_file_name(INDEX), stem, [&parts.first, &parts.later, glue.as_bytes()])
}

/// Writes both files and the glue beside the page, under names that tell versions apart: trunk's name, `stem`, is of
/// what the program was before it was divided, and files of two versions do not fit each other.
fn write(index: &Path, stem: &str, files: [&[u8]; 3]) -> Result<()> {
    let mut digest = Crc::new();
    files.iter().for_each(|bytes| digest.update(bytes));
    let name = format!("nicscope-web-{:08x}", digest.sum());
    for (end, bytes) in [FIRST_FILE, LATER_FILE, GLUE_FILE].iter().zip(files) {
        fs::write(index.with_file_name([&name, *end].concat()), bytes)?;
    }
    let page = fs::read_to_string(index)?;
    ensure!(page.contains(stem), "the page does not ask for {stem}");
    Ok(fs::write(index, page.replace(stem, &name))?)
}

/// Glue that gives its functions under the names by which the program now imports them.
fn with_names(glue: &str, renamed: &[(String, String)]) -> Result<String> {
    let mut named = glue.to_owned();
    for (long, short) in renamed {
        // The one place is where it says under which name the program gets it.
        ensure!(glue.matches(long).count() == 1, "not once in the glue: `{long}`");
        named = named.replacen(long, short, 1);
    }
    Ok(named)
}

/// Has the program in `dist` note which of its functions are entered.
pub(crate) fn note_entered(toolchain: &Toolchain) -> Result<()> {
    let bytes = named(toolchain)?.context("that takes a wasm-opt of our own, and with it npm")?;
    let noting = entered::noting(&bytes, &Source::read(&bytes)?)?;
    fs::write(program(&workspace::root().join("dist"))?, noting)?;
    Ok(())
}

/// Writes what comes later, by the numbers of the marks that were entered.
pub(crate) fn write_list(toolchain: &Toolchain, entered: &BTreeSet<u32>) -> Result<()> {
    let bytes = named(toolchain)?.context("that takes a wasm-opt of our own, and with it npm")?;
    let source = Source::read(&bytes)?;
    let marks = Marks::of(&bytes)?;
    let entered: Vec<_> = marks.entered(entered).filter(|(_, marks)| !marks.is_empty()).collect();
    let functions = entered.iter().map(|(body, _)| body.function).collect();
    let mut list = List::of(&source.paths(&functions));
    let later = source.later(&list, &BTreeSet::new());
    list.shorten(|list| source.later(list, &BTreeSet::new()) == later);
    let mut of_path: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (body, marks) in entered.iter().filter(|(body, _)| !later.contains(&body.function)) {
        of_path
            .entry(source.path(body.function).unwrap_or_default())
            .or_default()
            .push((*body, marks));
    }
    for (path, bodies) in of_path {
        if !CHANCE.iter().any(|krate| path.contains(krate)) {
            list.add_branches(path, branch::looks(&bodies));
        }
    }
    fs::write(workspace::root().join(LATER), list.text())?;
    Ok(())
}

/// The whole program, shrunk, with its functions' names; none without a wasm-opt of our own.
///
/// Trunk's own copy has lost the names; the one that it was made from has them, and is shrunk again here.
fn named(toolchain: &Toolchain) -> Result<Option<Vec<u8>>> {
    let Ok(mut shrink) = toolchain.command("wasm-opt") else { return Ok(None) };
    let bound = built()?.join(BOUND);
    let named = bound.with_file_name("named.wasm");
    // The stack ends there, so nothing but a stack that is about to overflow is below 1024.
    // What describes one routine stays a function, so that it can come later (`core/src/engine/routines.rs`).
    let how = ["--no-inline=*::described*", "-Oz", "--debuginfo", "--low-memory-unused"];
    child::run(shrink.args(how).arg(&bound).arg("--output").arg(&named))?;
    Ok(Some(fs::read(&named)?))
}

/// The folder that the program was last built in.
fn built() -> Result<PathBuf> {
    [workspace::target().join("wasm"), workspace::target()]
        .into_iter()
        .filter(|folder| folder.join(BOUND).exists())
        .max_by_key(|folder| folder.join(BOUND).metadata().and_then(|data| data.modified()).ok())
        .context("trunk left no program with names")
}

/// The program in a folder.
fn program(dist: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(dist)?.collect::<Result<Vec<_>, _>>()?;
    let mut programs = files.into_iter().map(|file| file.path()).filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(FIRST_FILE))
    });
    programs.next().with_context(|| format!("no program in {}", dist.display()))
}
