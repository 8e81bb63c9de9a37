//! `cargo xtask test`: everything that CI runs.

use crate::setup::{
    browser::{self, Browser},
    tools,
    wasm::{self, Toolchain},
};
use crate::stages::Stages;
use crate::{child, dist, trunk, workspace};
use anyhow::{Context, Result};
use std::process::{Command, Stdio};

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only what needs neither wasm nor a browser
    #[arg(long)]
    quick: bool,
}

const WASM_TOOLS: &str = "tools for wasm";
const SITE: &str = "release build";
const BROWSER: &str = "a browser with its driver";

/// Runs every stage; the last line says how many passed.
pub(crate) fn run(args: Args) -> Result<()> {
    let mut stages = Stages::new(if args.quick { 3 } else { 9 });
    stages.run("format", &[], format);
    stages.run("lint", &[], lint);
    stages.run("native tests", &[], || {
        child::run(child::command("cargo").args(["test", "--locked", "--workspace"]))
    });
    if !args.quick {
        in_wasm_and_browser(&mut stages);
    }
    stages.finish()
}

fn in_wasm_and_browser(stages: &mut Stages) {
    // Set by a stage that passed, read by stages that need that one.
    let mut toolchain = None;
    let mut browser = None;
    stages.run(WASM_TOOLS, &[], || {
        let found = Toolchain::ensure()?;
        found.ensure_clippy()?;
        tools::ensure_trunk()?;
        tools::ensure_wasm_bindgen()?;
        tools::ensure_binaryen()?;
        toolchain = Some(found);
        Ok(())
    });
    stages.run("lint for wasm", &[WASM_TOOLS], || lint_wasm(ready(&toolchain)?));
    stages.run(SITE, &[WASM_TOOLS], || {
        trunk::build_release(ready(&toolchain)?)?;
        dist::write_embeds().map(drop)
    });
    stages.run(BROWSER, &[], || {
        browser = Some(browser::ensure()?);
        Ok(())
    });
    stages.run("native and wasm compute the same", &[WASM_TOOLS, BROWSER], || {
        hashes(ready(&toolchain)?, ready(&browser)?)
    });
    stages.run("browser", &[SITE, BROWSER], || {
        let mut command = child::command("cargo");
        command.args(["test", "--locked", "-p", "nicscope-tests", "--test", "browser"]);
        command.env("NICSCOPE_AXE", tools::ensure_axe()?);
        child::run(with_browser(&mut command, ready(&browser)?))
    });
}

fn ready<T>(found: &Option<T>) -> Result<&T> {
    found.as_ref().context("the stage that finds it did not pass")
}

fn format() -> Result<()> {
    if child::output(child::command("cargo").args(["fmt", "--version"])).is_none() {
        wasm::add_component("rustfmt")?;
    }
    child::run(child::command("cargo").args(["fmt", "--all", "--check"]))
}

fn lint() -> Result<()> {
    if child::output(child::command("cargo").args(["clippy", "--version"])).is_none() {
        wasm::add_component("clippy")?;
    }
    let clippy = |targets: &[&str]| {
        let mut command = child::command("cargo");
        command.args(["clippy", "--locked"]).args(targets).args(["--", "--deny", "warnings"]);
        child::run(&mut command)
    };
    clippy(&["--workspace", "--all-targets"])?;
    // `--all-targets` leaves out a test that a plain `cargo test` leaves out.
    clippy(&["-p", "nicscope-tests", "--test", "browser"])
}

fn lint_wasm(toolchain: &Toolchain) -> Result<()> {
    let mut command = toolchain.command("cargo")?;
    command.args(["clippy", "--locked", "--target", wasm::TARGET, "-p", "nicscope-web"]);
    child::run(command.args(["--", "--deny", "warnings"]))
}

/// Writes what the native build computes into a file, which the wasm test compiles in.
fn hashes(toolchain: &Toolchain, browser: &Browser) -> Result<()> {
    let mut native = child::command("cargo");
    native.args(["run", "--locked", "--quiet", "-p", "nicscope-tests", "--bin", "hashes"]);
    let output = native.stderr(Stdio::inherit()).output()?;
    anyhow::ensure!(output.status.success(), "the native side failed ({})", output.status);
    let file = workspace::target().join("native-hashes.txt");
    std::fs::write(&file, output.stdout)?;

    let mut command = toolchain.command("cargo")?;
    command.args(["test", "--locked", "--target", wasm::TARGET]);
    command.args(["-p", "nicscope-tests", "--test", "wasm_hash"]);
    command.env("NICSCOPE_NATIVE_HASHES", file);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    child::run(with_browser(&mut command, browser))
}

/// Tells a test where the browser is. `CHROMEDRIVER` is also wasm-bindgen-test-runner's name for it.
pub(crate) fn with_browser<'a>(command: &'a mut Command, browser: &Browser) -> &'a mut Command {
    command.env("NICSCOPE_CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.chromedriver)
}
