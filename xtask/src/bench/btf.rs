//! How long all layouts of a kernel take, here, in wasm and in `pahole`; and the search in all its names, beside
//! two libraries in the same browser.

use super::wasm::{self, Wasm};
use super::{count, percentile, print};
use crate::setup::{browser, packages, tools};
use crate::{child, kernels, test, workspace};
use anyhow::{Result, ensure};
use nicscope_core::atlas::{BASE_OBJECT, WholeKernel};
use nicscope_tests::bench::kernel::{layouts as members, names};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

/// The kernel that is measured.
const KERNEL: &str = "6.12";
/// Rounds of `pahole`, which is slower.
const PAHOLE_ROUNDS: usize = 5;

/// Measures the reading of a kernel's BTF and the making of all its layouts, one at a time.
pub(super) fn layouts(wasm: &mut Wasm) -> Result<()> {
    let file = kernels::unpacked(KERNEL, BASE_OBJECT)?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("vmlinux.btf");
    fs::write(&path, &file)?;
    wasm.ask(&format!("load {}", path.display()))?;
    let expected = count(members(&file) as u64);
    let (mut native, mut in_wasm) = (Vec::new(), Vec::new());
    for _ in 0..super::ROUNDS {
        let start = Instant::now();
        let made = members(&file);
        native.push(milliseconds(start));
        ensure!(count(made as u64) == expected, "{made} members of {expected}");
        let answer = wasm.ask("layouts")?;
        ensure!(answer.value == expected, "{} members in wasm of {expected}", answer.value);
        in_wasm.push(answer.ms);
    }
    print("btf_layout_native_ms", percentile(native, 50), "ms");
    print("btf_layout_wasm_ms", percentile(in_wasm, 50), "ms");
    print("btf_layout_members", expected, "1");
    pahole(&path)
}

/// What prints the same layouts as text. It comes with Debian; elsewhere there is no figure of it.
fn pahole(file: &Path) -> Result<()> {
    if which::which("pahole").is_err() && packages::has_apt() {
        packages::install(&["pahole"], "pahole", "10 s", "Install pahole (dwarves)")?;
    }
    if which::which("pahole").is_err() {
        println!("there is no pahole: install it (dwarves) for pahole_ms");
        return Ok(());
    }
    let mut rounds = Vec::new();
    for _ in 0..PAHOLE_ROUNDS {
        let start = Instant::now();
        let mut command = child::command("pahole");
        // It tells of each tag of a declaration that it does not know them.
        child::run(
            command.args(["-F", "btf"]).arg(file).stdout(Stdio::null()).stderr(Stdio::null()),
        )?;
        rounds.push(milliseconds(start));
    }
    print("pahole_ms", percentile(rounds, 50), "ms");
    Ok(())
}

/// Has the browser of the tests measure the search and its peers. What it needs lies in one folder.
pub(super) fn search() -> Result<()> {
    let folder = workspace::target().join("search");
    fs::create_dir_all(&folder)?;
    fs::copy(wasm::build()?, folder.join("bench.wasm"))?;
    let mut objects = Vec::new();
    for object in [BASE_OBJECT, "ice", "igb"] {
        let file = kernels::unpacked(KERNEL, object)?;
        fs::write(folder.join(format!("{object}.btf")), &file)?;
        objects.push((object.to_owned(), file));
    }
    let kernel = WholeKernel::read(objects)
        .map_err(|error| anyhow::anyhow!("the committed {KERNEL}: {error:?}"))?;
    fs::write(folder.join("names.txt"), names(&kernel))?;
    for (script, name) in tools::ensure_search_peers()? {
        fs::copy(script, folder.join(name))?;
    }
    let mut command = child::command("cargo");
    command.args(["test", "--quiet", "--locked", "-p", "nicscope-tests", "--test", "browser"]);
    command.args(["--", "--search"]).arg(&folder);
    child::run(test::with_browser(&mut command, &browser::ensure()?))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
