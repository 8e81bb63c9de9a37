//! The same work in wasm, run by node: built for release, and shrunk by `wasm-opt -Oz` as the site is
//! (`data-wasm-opt` in web/index.html). The engine is compiled for speed in both; `-O3` is no faster.

use crate::setup::{
    tools,
    wasm::{TARGET, Toolchain},
};
use crate::{child, workspace};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/bench/node.mjs");

/// What one piece of work gave.
#[derive(Deserialize)]
pub(super) struct Answer {
    /// What the function returned; nothing where it returns nothing.
    #[serde(default)]
    pub(super) value: f64,
    /// How long it took.
    #[serde(default)]
    pub(super) ms: f64,
    /// How long each of several took.
    #[serde(default)]
    pub(super) all: Vec<f64>,
    /// The wasm memory's size after it.
    pub(super) bytes: f64,
}

/// A node that holds the wasm module; it ends when its input does.
pub(super) struct Wasm {
    node: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Wasm {
    /// Builds the module and starts a node with it.
    pub(super) fn start() -> Result<Self> {
        let module = build()?;
        let mut command = child::command("node");
        command.arg(SCRIPT).arg(module).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut node = command.spawn().context("node is not in PATH; install Node.js")?;
        let (input, output) = (node.stdin.take(), node.stdout.take().expect("piped"));
        Ok(Self { node, input, output: BufReader::new(output) })
    }

    /// Has a piece of work done.
    pub(super) fn ask(&mut self, work: &str) -> Result<Answer> {
        writeln!(self.input.as_ref().context("node still listens")?, "{work}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).with_context(|| format!("wasm failed at {work}"))
    }

    /// Lets node end.
    pub(super) fn finish(mut self) -> Result<()> {
        drop(self.input.take());
        let status = self.node.wait()?;
        anyhow::ensure!(status.success(), "node failed ({status})");
        Ok(())
    }
}

/// Builds the module; where it is.
pub(super) fn build() -> Result<PathBuf> {
    let toolchain = Toolchain::ensure()?;
    tools::ensure_binaryen()?;
    let mut cargo = toolchain.command("cargo")?;
    cargo.args(["build", "--quiet", "--locked", "--release", "--target", TARGET]);
    child::run(cargo.args(["-p", "nicscope-tests", "--example", "bench"]))?;
    let below = PathBuf::from(TARGET).join("release/examples/bench.wasm");
    let built = [workspace::target().join("wasm"), workspace::target()]
        .map(|folder| folder.join(&below))
        .into_iter()
        .find(|file| file.exists())
        .context("the wasm module was built and is not there")?;
    let small = built.with_file_name("bench-small.wasm");
    let Ok(mut shrink) = toolchain.command("wasm-opt") else { return Ok(built) };
    child::run(shrink.arg("-Oz").arg(&built).arg("--output").arg(&small))?;
    Ok(small)
}
