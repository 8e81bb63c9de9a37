//! `cargo xtask build`: the static site, as it is published.

use crate::setup::wasm::Toolchain;
use crate::trunk;
use anyhow::Result;

/// Options of `cargo xtask build`.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// Builds `dist/`.
pub(crate) fn run(Args {}: Args) -> Result<()> {
    trunk::build_release(&Toolchain::ensure()?)
}
