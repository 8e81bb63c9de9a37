//! Where things are, and the versions that the repository's own files pin.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ lies in the repository")
}

/// Where the tools go. Not under `target/`, so that `cargo clean` leaves them.
pub(crate) fn tools() -> PathBuf {
    root().join(".tools")
}

/// Where cargo puts what it builds natively.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The version of a package in Cargo.lock.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    let lock = read("Cargo.lock")?;
    version_in_lock(&lock, package)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock has no package {package}"))
}

/// The version of trunk that Trunk.toml asks for.
pub(crate) fn trunk_version() -> Result<String> {
    pinned("trunk-version = \"=")
}

/// The version of binaryen that Trunk.toml asks for, such as `132`.
pub(crate) fn binaryen_version() -> Result<String> {
    pinned("wasm_opt = \"version_")
}

fn pinned(prefix: &str) -> Result<String> {
    value_after(&read("Trunk.toml")?, prefix)
        .map(str::to_owned)
        .with_context(|| format!("Trunk.toml has no line that starts with `{prefix}`"))
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(root().join(file)).with_context(|| format!("cannot read {file}"))
}

fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let entry = lock.split_once(&format!("name = \"{package}\"\n"))?.1;
    value_after(entry, "version = \"")
}

/// The rest of the first line that starts with `prefix`, up to the closing quote.
fn value_after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(prefix)?.split('"').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_file_gives_the_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(version_in_lock(lock, "a"), Some("2.0.0"));
        assert_eq!(version_in_lock(lock, "a-b"), Some("1.0.0"));
        assert_eq!(version_in_lock(lock, "b"), None);
    }

    #[test]
    fn repository_pins_every_tool() {
        assert!(trunk_version().unwrap().starts_with("0."));
        assert!(binaryen_version().unwrap().parse::<u32>().is_ok());
        assert!(locked_version("wasm-bindgen").unwrap().starts_with("0.2."));
    }
}
