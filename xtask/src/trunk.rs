//! Trunk, run with the toolchain and the tools that were found.

use crate::setup::{tools, wasm::Toolchain};
use crate::{child, pack, split, workspace};
use anyhow::Result;
use std::process::Command;

/// A trunk command such as `trunk build`, with its tools brought.
pub(crate) fn command(toolchain: &Toolchain, subcommand: &str) -> Result<Command> {
    tools::ensure_trunk()?;
    tools::ensure_wasm_bindgen()?;
    let mut command = toolchain.command("trunk")?;
    command.arg(subcommand);
    // Trunk reads it as a switch of its own and refuses values other than true and false.
    command.env_remove("NO_COLOR");
    Ok(command)
}

/// Builds the site as it is published, into `dist/`, its program divided.
pub(crate) fn build_release(toolchain: &Toolchain) -> Result<()> {
    build_whole(toolchain)?;
    finish(toolchain)
}

/// Makes of the site that was built the one that is published.
pub(crate) fn finish(toolchain: &Toolchain) -> Result<()> {
    split::divide(toolchain)?;
    pack::pack(&workspace::root().join("dist"))
}

/// Builds the site into `dist/`, its program in one file.
pub(crate) fn build_whole(toolchain: &Toolchain) -> Result<()> {
    tools::ensure_binaryen()?;
    let mut command = command(toolchain, "build")?;
    if split::is_possible(toolchain) {
        command.env(split::RELOCATIONS, "1");
    }
    // Should trunk download a tool, that belongs to the repository too.
    command.arg("--release").env("XDG_CACHE_HOME", workspace::tools().join("cache"));
    child::run(&mut command)
}
