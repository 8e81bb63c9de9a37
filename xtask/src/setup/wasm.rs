//! A Rust toolchain that compiles to wasm.
//!
//! The ordinary way is rustup's `wasm32-unknown-unknown` target. Where rustup has no such download,
//! Debian's Rust for browsers (`rustc-web`) builds the standard library from its source.

use super::{packages, tools};
use crate::{child, workspace};
use anyhow::{Context, Error, Result, bail};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

/// The target that everything for the browser is built for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy"];
/// Debian's cargo and rustc. They have to come before rustup's.
const DEBIAN_BIN: &str = "/usr/bin";

/// How to compile to wasm here.
pub(crate) enum Toolchain {
    /// The rustc in PATH has the target's standard library.
    Ordinary,
    /// Debian's rustc, with the standard library built from source and this linker.
    Debian { linker: PathBuf },
}

/// A release of the compiler, such as 1.95, whatever was mended in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Release {
    major: u32,
    minor: u32,
}

impl FromStr for Release {
    type Err = Error;

    fn from_str(version: &str) -> Result<Self> {
        let mut numbers = version.split('.').map(str::parse);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(major)), Some(Ok(minor))) => Ok(Self { major, minor }),
            _ => bail!("`{version}` is no release of a compiler"),
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{}", self.major, self.minor)
    }
}

impl Toolchain {
    /// Finds a toolchain, or installs one.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(found) = Self::find()? {
            return Ok(found);
        }
        if let Err(error) = add_rustup_target() {
            println!("  not to be had here: {error:#}");
            packages::install(
                &PACKAGES,
                "A Rust toolchain for wasm",
                "2 minutes",
                "Install Rust with rustup (macOS: `brew install rustup`), then run \
                 `rustup target add wasm32-unknown-unknown`",
            )?;
        }
        Self::find()?.context("the wasm toolchain was installed and is still not found")
    }

    fn find() -> Result<Option<Self>> {
        if has_standard_library() {
            return Ok(Some(Self::Ordinary));
        }
        if !debian_is_complete() {
            return Ok(None);
        }
        Ok(Some(Self::Debian { linker: find_linker()? }))
    }

    /// A command of this toolchain, or a program that calls its cargo; `.tools/` is in its PATH.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        let mut path = tools::folders();
        if let Self::Debian { .. } = self {
            path.push(DEBIAN_BIN.into());
        }
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let path = std::env::join_paths(path)?;
        let program = which::which_in(program, Some(&path), workspace::root())
            .with_context(|| format!("{program} is not in PATH"))?;

        let mut command = child::command(program);
        command.env("PATH", path);
        if let Self::Debian { linker } = self {
            command
                // The switch below is for nightly compilers unless this is set.
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                // Two compilers that share a folder would each rebuild what the other built.
                .env("CARGO_TARGET_DIR", workspace::target().join("wasm"))
                // What points at rustup's compiler or its libraries.
                .env_remove("RUSTC")
                .env_remove("RUSTDOC")
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("LD_LIBRARY_PATH");
        }
        Ok(command)
    }

    /// The release of its compiler.
    pub(crate) fn release(&self) -> Result<Release> {
        let version = child::output(self.command("rustc")?.arg("--version"));
        let version = version.context("rustc does not say its version")?;
        // Such as `rustc 1.95.0 (59807616e 2026-04-14)`.
        version.split_whitespace().nth(1).unwrap_or_default().parse()
    }

    /// Sees to it that this toolchain has clippy.
    pub(crate) fn ensure_clippy(&self) -> Result<()> {
        if child::output(self.command("cargo")?.args(["clippy", "--version"])).is_some() {
            return Ok(());
        }
        match self {
            Self::Ordinary => add_component("clippy"),
            Self::Debian { .. } => {
                packages::install(&PACKAGES[3..], "clippy for the wasm toolchain", "20 s", "")
            }
        }
    }
}

/// Adds a component such as `rustfmt` to rustup's toolchain.
pub(crate) fn add_component(name: &str) -> Result<()> {
    child::run_with_progress(
        child::command("rustup").args(["component", "add", name]),
        &format!("{name} is missing: adding it with rustup"),
        "20 s",
    )
}

fn add_rustup_target() -> Result<()> {
    if which::which("rustup").is_err() {
        bail!("there is no rustup");
    }
    child::run_with_progress(
        child::command("rustup").args(["target", "add", TARGET]),
        &format!("Rust has no standard library for {TARGET}: adding it with rustup"),
        "20 s",
    )
}

fn has_standard_library() -> bool {
    let libdir = child::output(child::command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]));
    libdir.is_some_and(|dir| has_file_starting(Path::new(&dir), "libstd-"))
}

fn has_file_starting(dir: &Path, prefix: &str) -> bool {
    std::fs::read_dir(dir).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        })
    })
}

/// Whether Debian's compiler, its cargo and the sources of the standard library are installed.
fn debian_is_complete() -> bool {
    let bin = Path::new(DEBIAN_BIN);
    let sysroot = child::output(
        child::command(bin.join("rustc"))
            .args(["--print", "sysroot"])
            .env_remove("LD_LIBRARY_PATH"),
    );
    bin.join("cargo").exists()
        && sysroot.is_some_and(|sysroot| {
            Path::new(&sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml").exists()
        })
}

/// Debian's compiler has no wasm linker of its own; rustup's toolchain brings one along.
fn find_linker() -> Result<PathBuf> {
    if let Some(sysroot) = child::output(child::command("rustc").args(["--print", "sysroot"])) {
        let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let lld = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin/rust-lld");
        if lld.exists() {
            return Ok(lld);
        }
    }
    if let Ok(lld) = which::which("wasm-ld") {
        return Ok(lld);
    }
    packages::install(&["lld"], "A linker for wasm", "20 s", "Install lld")?;
    which::which("wasm-ld").context("lld was installed and wasm-ld is still not found")
}
