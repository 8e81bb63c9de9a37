//! The program in three files: what the first step needs, what a first visit enters after it, and the rest.
//!
//! The program is one module that is linked at once. Here its functions are divided. Those that a list in `web/later`
//! names, which no first visit entered, and those that only they call, go into a file of their own, with the
//! branches that it lists of others, and with the constants that only these use. So it is then with those that a list in
//! `web/soon` names, which none entered before its first step was shown. Where the first file calls one of another, it calls a
//! relay, which calls `load_later` or `load_soon` if that file has not been linked yet (`web/src/browser/later.rs`,
//! `web/boot.js`), and then the function. So whatever is in the lists, the program does the same; they decide only what comes when. A site
//! without this step works too.

mod body;
mod branch;
#[cfg(test)]
mod checks;
mod cut;
mod data;
mod entered;
mod first;
mod left;
mod list;
mod live;
mod module;
mod order;
mod outline;
mod parts;

use crate::setup::wasm::{Release, Toolchain};
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

/// What comes soon and what later, measured with each compiler, for each shapes functions in its own way: `1.95.txt`.
const SOON: &str = "web/soon";
const LATER: &str = "web/later";
/// What the linker writes.
const LINKED: &str = "wasm32-unknown-unknown/release/nicscope-web.wasm";
/// What trunk has wasm-bindgen make of it.
const BOUND: &str = "wasm-bindgen/release/nicscope-web_bg.wasm";
/// How the name of the glue ends.
const GLUE_FILE: &str = ".js";
/// How the names of lists end.
const LIST: &str = ".txt";
/// The page.
const INDEX: &str = "index.html";
/// Set, it has `web/build.rs` ask the linker to say what uses which data.
pub(crate) const RELOCATIONS: &str = "NICSCOPE_RELOCATIONS";
/// How the name of the first file ends.
const FIRST_FILE: &str = "_bg.wasm";
/// How the names of the others end.
const SOON_FILE: &str = "_soon.wasm";
pub(crate) const LATER_FILE: &str = "_later.wasm";

/// What these do is decided by hashes and by what was freed before: the next visit may enter what no visit did.
const CHANCE: [&str; 2] = ["hashbrown::", "dlmalloc::"];

/// What waits for the other files: while it is measured the program is one file, and nothing is waited for.
const WAITING: &str = "nicscope_web::browser::later::";

/// What may come soon, with what only it calls: of the page's own functions it depends on what waits for what which of
/// them the first step needs, and they weigh little.
const ROUTINES: &str = "nicscope_core::engine::routines::";

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
    let compiler = toolchain.release()?;
    let (lists, soon_lists) = (list_for(LATER, compiler)?, list_for(SOON, compiler)?);
    let list = List::read(&fs::read_to_string(&lists)?);
    let (bytes, branches) = outline::outline(&bytes, &Source::read(&bytes)?, &list)?;
    let source = Source::read(&bytes)?;
    let missing = list.without(&source.all_paths());
    if let Some(one) = missing.first() {
        // Renamed, or the compiler put all of it into its callers.
        println!(
            "{}: {} lines name no function, such as {one}; `cargo xtask profile` renews them",
            lists.display(),
            missing.len()
        );
    }
    let later = source.later(&list, &branches);
    let soon = source.later(&List::read(&fs::read_to_string(soon_lists)?), &later);
    let parts = three(&bytes, &source, [&soon, &later], &constants)?;
    println!(
        "of {} functions {} come soon, {} later with {} branches of others: {} bytes, {}, {}; of constants {:?}",
        source.bodies.len() - branches.len(),
        soon.len() - later.len(),
        later.len() - branches.len(),
        branches.len(),
        parts.first.len(),
        parts.soon.len(),
        parts.later.len(),
        parts.constants
    );
    let name = first_file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(FIRST_FILE).unwrap_or(&name);
    let glue_file = first_file.with_file_name([stem, GLUE_FILE].concat());
    let glue = with_names(&fs::read_to_string(&glue_file)?, &parts.renamed)?;
    fs::remove_file(glue_file)?;
    fs::remove_file(&first_file)?;
    let files = [&parts.first, &parts.soon, &parts.later, glue.as_bytes()];
    write(&first_file.with_file_name(INDEX), stem, files)
}

/// The three files.
struct Three {
    first: Vec<u8>,
    soon: Vec<u8>,
    later: Vec<u8>,
    /// How many bytes of constants only the second has, and only the third.
    constants: [usize; 2],
    renamed: Vec<(String, String)>,
}

/// Takes a module apart, first by what comes `later`, then by what comes `soon`, which has the former in it. The last
/// file uses constants of the one before it, so it is linked behind that.
fn three(
    bytes: &[u8],
    source: &Source<'_>,
    [soon, later]: [&BTreeSet<u32>; 2],
    constants: &Constants,
) -> Result<Three> {
    let of_later = constants.only_of(source, later)?;
    let of_soon = constants.only_of(source, soon)?.but(&of_later);
    let outer = parts::divide(bytes, source, (parts::LATER, later), &of_later)?;
    let soon: BTreeSet<u32> =
        soon.difference(later).map(|function| outer.numbers[function]).collect();
    let source = Source::read(&outer.first)?;
    let inner = parts::divide(&outer.first, &source, (parts::SOON, &soon), &of_soon)?;
    Ok(Three {
        first: inner.first,
        soon: inner.second,
        later: outer.second,
        constants: [of_soon.len(), of_later.len()],
        renamed: outer.renamed,
    })
}

/// The list that was measured with this compiler, or else with the nearest.
fn list_for(lists: &str, compiler: Release) -> Result<PathBuf> {
    let folder = workspace::root().join(lists);
    let mut measured = Vec::new();
    for file in fs::read_dir(&folder)? {
        let name = file?.file_name();
        let release = name.to_string_lossy().strip_suffix(LIST).map(str::parse::<Release>);
        measured.push(release.context("a list without a compiler")??);
    }
    let nearest = nearest(compiler, &measured).with_context(|| format!("{lists} is empty"))?;
    if nearest != compiler {
        println!(
            "{lists} was not measured with rustc {compiler}: that of {nearest} is taken, with which the first file \
             may weigh more; `cargo xtask profile` measures"
        );
    }
    Ok(folder.join(format!("{nearest}{LIST}")))
}

/// The last compiler up to this one, or else the first after it.
fn nearest(compiler: Release, measured: &[Release]) -> Option<Release> {
    let before = measured.iter().filter(|release| **release <= compiler).max();
    before.or_else(|| measured.iter().min()).copied()
}

/// Writes the files and the glue beside the page, under names that tell versions apart: trunk's name, `stem`, is of
/// what the program was before it was divided, and files of two versions do not fit each other.
fn write(index: &Path, stem: &str, files: [&[u8]; 4]) -> Result<()> {
    let mut digest = Crc::new();
    files.iter().for_each(|bytes| digest.update(bytes));
    let name = format!("nicscope-web-{:08x}", digest.sum());
    for (end, bytes) in [FIRST_FILE, SOON_FILE, LATER_FILE, GLUE_FILE].iter().zip(files) {
        fs::write(index.with_file_name([&name, *end].concat()), bytes)?;
    }
    let page = fs::read_to_string(index)?;
    ensure!(page.contains(stem), "the page does not ask for {stem}");
    Ok(fs::write(index, page.replace(stem, &name))?)
}

/// Glue that gives its functions under the names by which the program now imports them, and knows what that gives.
fn with_names(glue: &str, renamed: &[(String, String)]) -> Result<String> {
    let mut named = glue.to_owned();
    for (long, short) in renamed {
        // Where it says under which name the program gets it, or where it takes what the program gives.
        ensure!(named.contains(long), "not in the glue: `{long}`");
        named = named.replace(long, short);
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

/// Marks that were entered, by their numbers.
#[derive(serde::Deserialize)]
pub(crate) struct Entered {
    /// Before a first step was shown.
    first: BTreeSet<u32>,
    /// In the visits' whole course.
    all: BTreeSet<u32>,
}

/// Writes what comes soon, and what later.
pub(crate) fn write_lists(toolchain: &Toolchain, entered: &Entered) -> Result<()> {
    let bytes = named(toolchain)?.context("that takes a wasm-opt of our own, and with it npm")?;
    let source = Source::read(&bytes)?;
    let marks = Marks::of(&bytes)?;
    let of = |numbers| marks.entered(numbers).filter(|(_, marks)| !marks.is_empty());
    let functions = |numbers| of(numbers).map(|(body, _)| body.function).collect();
    let mut first: BTreeSet<u32> = functions(&entered.first);
    first.extend(source.all().filter(|one| !list::is_of(source.path(*one), ROUTINES)));
    let all: Vec<_> = of(&entered.all).collect();

    let has = |one, part| source.path(one).is_some_and(|path| path.contains(part));
    let mut visited: BTreeSet<u32> = functions(&entered.all);
    visited.extend(source.all().filter(|one| has(*one, WAITING)));
    let mut list = shortest(&source, &visited);
    let later = source.later(&list, &BTreeSet::new());
    let mut of_path: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (body, marks) in all.iter().filter(|(body, _)| !later.contains(&body.function)) {
        // One without a name would not be found again.
        if let Some(path) = source.path(body.function) {
            of_path.entry(path).or_default().push((*body, marks));
        }
    }
    for (path, bodies) in of_path {
        if !CHANCE.iter().chain([&WAITING]).any(|part| path.contains(part)) {
            list.add_branches(path, branch::looks(&bodies));
        }
    }
    let name = format!("{}{LIST}", toolchain.release()?);
    fs::write(workspace::root().join(LATER).join(&name), list.text())?;
    let soon = shortest(&source, &first).text();
    Ok(fs::write(workspace::root().join(SOON).join(name), soon)?)
}

/// What names all that is none of these functions, in few lines.
fn shortest(source: &Source<'_>, entered: &BTreeSet<u32>) -> List {
    let mut list = List::of(&source.paths(entered));
    let named = source.later(&list, &BTreeSet::new());
    list.shorten(|list| source.later(list, &BTreeSet::new()) == named);
    list
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
    let how =
        ["--no-inline=*::described*", "-Oz", "--converge", "--debuginfo", "--low-memory-unused"];
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

#[cfg(test)]
mod tests {
    use super::nearest;
    use crate::setup::wasm::Release;

    #[test]
    fn a_compiler_without_a_list_takes_the_nearest() {
        let of = |text: &str| text.parse::<Release>().unwrap();
        let measured = ["1.96", "1.95", "1.100"].map(of);
        let taken = |text| nearest(of(text), &measured).map(|release| release.to_string());
        assert_eq!(taken("1.95").as_deref(), Some("1.95"));
        assert_eq!(taken("1.99").as_deref(), Some("1.96"));
        assert_eq!(taken("1.101").as_deref(), Some("1.100"));
        assert_eq!(taken("1.90").as_deref(), Some("1.95"));
        assert_eq!(nearest(of("1.95"), &[]), None);
    }
}
