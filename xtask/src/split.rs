//! The program in two files: what a first visit needs, and the rest, which comes later.
//!
//! The program is one module that is linked at once. Here its functions are divided: those of the modules
//! that `web/later.txt` names, and those that only they call, go into a second file. In the first a few
//! instructions stand in each one's place: they call `load_later` if the second file has not been linked yet
//! (`web/src/browser/later.rs`, `web/boot.js`), and then the function. So whatever is in the list, the program
//! does the same; the list decides only what a first visit weighs. A site without this step works too.

mod module;
mod parts;

use crate::setup::wasm::Toolchain;
use crate::{child, workspace};
use anyhow::{Context, Result};
use module::Source;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules whose functions come later.
const LATER: &str = "web/later.txt";
/// What trunk has wasm-bindgen write.
const BOUND: &str = "wasm-bindgen/release/nicscope-web_bg.wasm";
/// How the name of the first file ends.
const FIRST_FILE: &str = "_bg.wasm";
/// How the name of the second file ends.
pub(crate) const LATER_FILE: &str = "_later.wasm";

/// Divides the program that trunk has just put into `dist`.
///
/// Trunk's own copy has lost its functions' names; the one that it was made from has them, and is shrunk
/// again here.
pub(crate) fn divide(toolchain: &Toolchain) -> Result<()> {
    let Ok(mut shrink) = toolchain.command("wasm-opt") else {
        println!("there is no wasm-opt but trunk's own: the program stays one file");
        return Ok(());
    };
    let bound = [workspace::target().join("wasm"), workspace::target()]
        .map(|folder| folder.join(BOUND))
        .into_iter()
        .filter(|file| file.exists())
        .max_by_key(|file| file.metadata().and_then(|data| data.modified()).ok())
        .context("trunk left no program with names")?;
    let named = bound.with_file_name("named.wasm");
    child::run(shrink.args(["-Oz", "--debuginfo"]).arg(&bound).arg("--output").arg(&named))?;

    let bytes = fs::read(&named)?;
    let source = Source::read(&bytes)?;
    let list = fs::read_to_string(workspace::root().join(LATER))?;
    let modules: Vec<&str> =
        list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for module in modules.iter().filter(|module| !source.has(module)) {
        // Renamed, or the compiler put all of it into its callers.
        println!("{LATER}: no function is of `{module}`");
    }
    let later = source.later(&modules);
    let parts = parts::divide(&bytes, &source, &later)?;

    let first_file = program(&workspace::root().join("dist"))?;
    let name = first_file.file_name().unwrap_or_default().to_string_lossy();
    let later_file = first_file.with_file_name(name.replace(FIRST_FILE, LATER_FILE));
    println!(
        "{} of {} functions come later: {} and {} bytes",
        later.len(),
        source.bodies.len(),
        parts.first.len(),
        parts.later.len()
    );
    fs::write(&first_file, parts.first)?;
    fs::write(later_file, parts.later)?;
    Ok(())
}

/// The program in a folder.
fn program(dist: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(dist)?.collect::<Result<Vec<_>, _>>()?;
    let mut programs = files.into_iter().map(|file| file.path()).filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(FIRST_FILE))
    });
    programs.next().with_context(|| format!("no program in {}", dist.display()))
}
