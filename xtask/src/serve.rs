//! `cargo xtask serve`: the page, built and opened, and built again when a source changes.

use crate::setup::wasm::Toolchain;
use crate::{trunk, workspace};
use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

const FIRST_PORT: u16 = 8080;
const LAST_PORT: u16 = 8099;

/// Options of `cargo xtask serve`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Port of the local server [default: the first free one from 8080]
    #[arg(long)]
    port: Option<u16>,
    /// Optimise: slower to build, faster to run
    #[arg(long)]
    release: bool,
    /// Do not open the page in a browser
    #[arg(long)]
    no_open: bool,
}

/// Builds and serves until interrupted.
pub(crate) fn run(args: Args) -> Result<()> {
    let toolchain = Toolchain::ensure()?;
    let mut command = trunk::command(&toolchain, "serve")?;
    let port = args.port.map_or_else(free_port, Ok)?;
    command.args(["--port", &port.to_string()]);
    // `dist/` is for what is published.
    let dist = workspace::target().join("serve");
    std::fs::create_dir_all(&dist)?;
    command.arg("--dist").arg(dist);
    if args.release {
        // Not trunk's own --release, which would want wasm-opt and with it node.
        command.args(["--cargo-profile", "release"]);
    }
    if !args.no_open {
        command.arg("--open");
    }
    println!("building; the first time takes about 2 minutes, later a few seconds");
    println!("then the page is at http://localhost:{port}/ (Ctrl+C ends)");
    replace_with(command)
}

fn free_port() -> Result<u16> {
    (FIRST_PORT..=LAST_PORT)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .with_context(|| {
            format!("no port from {FIRST_PORT} to {LAST_PORT} is free: give one with --port")
        })
}

/// Trunk takes the place of this process, so that a signal to it reaches trunk.
#[cfg(unix)]
fn replace_with(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot start trunk")
}

#[cfg(not(unix))]
fn replace_with(mut command: Command) -> Result<()> {
    crate::child::run(&mut command)
}
