//! Trunk, wasm-bindgen-cli and binaryen, in the versions that the repository pins.

use super::packages;
use crate::{child, workspace};
use anyhow::Result;
use std::path::PathBuf;

/// The folders of `.tools/` that hold programs, to be put before PATH.
pub(crate) fn folders() -> Vec<PathBuf> {
    vec![workspace::tools().join("bin"), npm_folder().join("node_modules/.bin")]
}

/// Trunk, which builds the site.
pub(crate) fn ensure_trunk() -> Result<()> {
    let version = workspace::trunk_version()?;
    ensure_cargo_tool("trunk", "trunk", &version, &[], "6 minutes")
}

/// The tool that makes JavaScript glue, and the runner of wasm tests; their version has to be that
/// of the library.
pub(crate) fn ensure_wasm_bindgen() -> Result<()> {
    let version = workspace::locked_version("wasm-bindgen")?;
    // Its default features are for downloading drivers.
    let options = ["--no-default-features"];
    ensure_cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &version, &options, "2 minutes")?;
    ensure_cargo_tool(
        "wasm-bindgen-cli",
        "wasm-bindgen-test-runner",
        &version,
        &options,
        "2 minutes",
    )
}

/// `wasm-opt`, which makes the release build small. Its npm package needs no particular system;
/// without npm it is left to trunk, which downloads the same version.
pub(crate) fn ensure_binaryen() -> Result<()> {
    let version = workspace::binaryen_version()?;
    if has_version("wasm-opt", &format!("version_{version}")) {
        return Ok(());
    }
    if which::which("npm").is_err() && packages::has_apt() {
        packages::install(&["npm"], "npm", "2 minutes", "")?;
    }
    if which::which("npm").is_err() {
        println!("there is no npm: trunk will download wasm-opt itself");
        return Ok(());
    }
    std::fs::create_dir_all(npm_folder())?;
    child::run_with_progress(
        child::command("npm")
            .args(["install", "--no-save", "--no-package-lock", "--prefix"])
            .arg(npm_folder())
            .arg(format!("binaryen@{version}.0.0")),
        &format!("wasm-opt is missing: installing binaryen {version}.0.0 into .tools with npm"),
        "20 s",
    )
}

/// The version of axe-core, the referee of accessibility.
const AXE_VERSION: &str = "4.14.1";
/// The version of terser, which makes the site's scripts small.
const TERSER_VERSION: &str = "5.51.2";
/// The libraries that the search is measured beside: package, version, and its script.
const SEARCH_PEERS: [(&str, &str, &str); 2] = [
    ("minisearch", "7.2.0", "dist/umd/index.js"),
    ("@leeoniya/ufuzzy", "1.0.19", "dist/uFuzzy.iife.min.js"),
];

/// axe-core, one script that the browser tests run beside the page; it is no part of the site.
pub(crate) fn ensure_axe() -> Result<PathBuf> {
    ensure_script("axe-core", AXE_VERSION, "axe.min.js", &format!("axe-{AXE_VERSION}"))
}

/// terser, a script for node; none where there is no npm to have it from.
pub(crate) fn ensure_terser() -> Result<Option<PathBuf>> {
    if which::which("npm").is_err() && !packages::has_apt() {
        println!("there is no npm: the scripts stay as they are");
        return Ok(None);
    }
    let folder = format!("terser-{TERSER_VERSION}");
    ensure_script("terser", TERSER_VERSION, "bin/terser", &folder).map(Some)
}

/// The scripts that `bench` measures the search beside, each with a plain name.
pub(crate) fn ensure_search_peers() -> Result<[(PathBuf, &'static str); 2]> {
    let [minisearch, ufuzzy] = SEARCH_PEERS.map(|(package, version, script)| {
        let name = package.rsplit('/').next().unwrap_or(package);
        ensure_script(package, version, script, &format!("{name}-{version}"))
    });
    Ok([(minisearch?, "minisearch.js"), (ufuzzy?, "ufuzzy.js")])
}

/// A script of an npm package.
fn ensure_script(package: &str, version: &str, script: &str, folder: &str) -> Result<PathBuf> {
    // A folder of its own: npm would take what it did not install this time away.
    let folder = workspace::tools().join(folder);
    let script = folder.join("node_modules").join(package).join(script);
    if !script.exists() {
        if which::which("npm").is_err() {
            packages::install(&["npm"], "npm", "2 minutes", "Install Node.js with npm")?;
        }
        std::fs::create_dir_all(&folder)?;
        child::run_with_progress(
            child::command("npm")
                .args(["install", "--no-save", "--no-package-lock", "--prefix"])
                .arg(&folder)
                .arg(format!("{package}@{version}")),
            &format!("{package} is missing: installing {version} into .tools with npm"),
            "10 s",
        )?;
    }
    Ok(script)
}

fn npm_folder() -> PathBuf {
    workspace::tools().join("npm")
}

fn ensure_cargo_tool(
    package: &str,
    program: &str,
    version: &str,
    options: &[&str],
    duration: &str,
) -> Result<()> {
    if has_version(program, version) {
        return Ok(());
    }
    let what = format!("{program} {version} is missing: installing {package} into .tools");
    let install = |locked: &[&str], what: &str| {
        child::run_with_progress(
            child::command("cargo")
                .args(["install", "--force", "--root"])
                .arg(workspace::tools())
                .args(locked)
                .args(options)
                .arg(format!("{package}@{version}")),
            what,
            duration,
        )
    };
    install(&["--locked"], &what).or_else(|error| {
        // A package can have been released with a lock file that names what a mirror does not have
        // yet. Such an install fails within seconds.
        println!("  {error:#}");
        install(&[], "once more, without the package's own lock file")
    })
}

/// Whether the program that would be run, in `.tools/` or in PATH, says that it is this version.
fn has_version(program: &str, version: &str) -> bool {
    let mut path = folders();
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let Ok(path) = std::env::join_paths(path) else {
        return false;
    };
    let Ok(program) = which::which_in(program, Some(path), workspace::root()) else {
        return false;
    };
    child::output(child::command(program).arg("--version"))
        .is_some_and(|text| names(&text, version))
}

/// Whether one of the words is the version.
fn names(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word.trim_matches(['(', ')']) == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_compared_as_a_whole_word() {
        assert!(names("trunk 0.21.14", "0.21.14"));
        assert!(names("wasm-opt version 132 (version_132)", "version_132"));
        assert!(!names("trunk 0.21.140", "0.21.14"));
    }
}
