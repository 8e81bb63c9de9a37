//! `cargo xtask profile`: which functions and branches a first visit enters, and with it what comes later.

use crate::setup::{browser, wasm::Toolchain};
use crate::split::{self, Entered};
use crate::{child, test, trunk};
use anyhow::{Context, Result, ensure};
use std::process::Stdio;

/// Options of `cargo xtask profile`.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// Builds the program so that it notes its functions, has the browser of the tests make first visits, writes
/// this compiler's lists of `web/soon` and `web/later`, and divides the program by them.
pub(crate) fn run(Args {}: Args) -> Result<()> {
    let toolchain = Toolchain::ensure()?;
    let browser = browser::ensure()?;
    trunk::build_whole(&toolchain)?;
    split::note_entered(&toolchain)?;
    let mut command = child::command("cargo");
    command.args(["test", "--quiet", "--locked", "-p", "nicscope-tests", "--test", "browser"]);
    command.args(["--", "--entered"]);
    let visits = test::with_browser(&mut command, &browser).stderr(Stdio::inherit()).output()?;
    ensure!(visits.status.success(), "the visits failed ({})", visits.status);
    let entered: Entered = serde_json::from_slice(&visits.stdout)
        .context("the visits do not say which functions were entered")?;
    split::write_lists(&toolchain, &entered)?;
    trunk::finish(&toolchain)
}
