//! Debian's packages of a kernel: fetched by apt, unpacked by dpkg-deb, both into a temporary folder.
//!
//! apt gets lists of packages of its own, so that any suite of Debian will do on any system that has apt and
//! a mirror of Debian in its sources; the system's own lists stay as they are, and nobody needs to be root.

use crate::child;
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{ARCHITECTURE, Source};

/// Debian's keys, where the system has them; else apt takes those that it trusts.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The files of a kernel's packages: in `given`, or fetched into `folder`.
pub(super) fn files(source: &Source, given: Option<&Path>, folder: &Path) -> Result<Vec<PathBuf>> {
    let place = match given {
        Some(given) => given,
        None => {
            fetch(source, folder).map_err(|error| anyhow!("{error:#}\n{}", hint(source)))?;
            folder
        }
    };
    let file = |package: &&str| {
        let file = place.join(file_name(package, source.version));
        if !file.exists() {
            bail!("there is no {}", file.display());
        }
        Ok(file)
    };
    source.packages.iter().map(file).collect()
}

/// The name that Debian gives a package's file.
fn file_name(package: &str, version: &str) -> String {
    format!("{package}_{version}_{ARCHITECTURE}.deb")
}

/// What to do when apt does not have a package: suites move on, old versions go.
fn hint(source: &Source) -> String {
    let files = source.packages.iter().map(|package| file_name(package, source.version));
    format!(
        "{} {} cannot be had from {}. Debian's archive of old packages keeps {}: with them in a folder, run\n    \
         cargo xtask kernels {} --packages FOLDER",
        source.name,
        source.version,
        source.suite,
        files.collect::<Vec<_>>().join(" and "),
        source.name
    )
}

/// Brings the packages into a folder.
fn fetch(source: &Source, folder: &Path) -> Result<()> {
    if which::which("apt-get").is_err() {
        bail!("there is no apt here");
    }
    let targets = child::output(child::command("apt-get").args([
        "indextargets",
        "--format",
        "$(ORIGIN) $(RELEASE) $(REPO_URI)",
        "Created-By: Packages",
    ]));
    let targets = targets.unwrap_or_default();
    let mirror = mirror(&targets, source.suite).context(
        "apt knows no mirror of Debian's. If its sources name one, this helps:\n    sudo apt-get update",
    )?;
    for lists in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(folder.join(lists))?;
    }
    fs::write(folder.join("sources.list"), sources(mirror, source.suite, Path::new(KEYRING)))?;
    fs::write(folder.join("apt.conf"), configuration(folder))?;
    let apt = || -> Command {
        let mut command = child::command("apt-get");
        command.current_dir(folder).arg("-c").arg(folder.join("apt.conf"));
        command
    };
    let what = format!("fetching the list of packages of {}", source.suite);
    child::run_with_progress(apt().arg("update"), &what, "15 s")?;
    let packages = source.packages.iter().map(|package| format!("{package}={}", source.version));
    let what = format!("fetching {} {}", source.packages.join(" and "), source.version);
    child::run_with_progress(apt().arg("download").args(packages), &what, "1 min")
}

/// The mirror that has a suite, out of what apt says of its sources: `origin suite address` a line.
/// Debian's suites for security are in an archive of their own.
fn mirror<'a>(targets: &'a str, suite: &str) -> Option<&'a str> {
    let is_security = |suite: &str| suite.ends_with("-security");
    targets.lines().find_map(|line| match *line.split_whitespace().collect::<Vec<_>>() {
        ["Debian", known, address] if is_security(known) == is_security(suite) => Some(address),
        _ => None,
    })
}

/// The only source of the lists.
fn sources(mirror: &str, suite: &str, keyring: &Path) -> String {
    let keys = match keyring.exists() {
        true => format!(" signed-by={}", keyring.display()),
        false => String::new(),
    };
    format!("deb [target=Packages arch={ARCHITECTURE}{keys}] {mirror} {suite} main\n")
}

/// Settings of apt: everything in that folder, and nothing of the system is told of it.
fn configuration(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "#clear APT::Update::Post-Invoke;\n\
         #clear APT::Update::Post-Invoke-Success;\n\
         APT::Architecture \"{ARCHITECTURE}\";\n\
         APT::Sandbox::User \"root\";\n\
         Dir::Cache \"{folder}/cache\";\n\
         Dir::State::Lists \"{folder}/lists\";\n\
         Dir::Etc::SourceList \"{folder}/sources.list\";\n\
         Dir::Etc::SourceParts \"-\";\n"
    )
}

/// Unpacks a package, if it is of that version.
pub(super) fn unpack(package: &Path, source: &Source, folder: &Path) -> Result<()> {
    if which::which("dpkg-deb").is_err() {
        bail!("dpkg-deb is missing. It comes with dpkg, which other systems have too.");
    }
    let version = child::output(child::command("dpkg-deb").arg("-f").arg(package).arg("Version"));
    if version.as_deref() != Some(source.version) {
        let found = version.unwrap_or_default();
        bail!("{} is of version {found:?}, not {}", package.display(), source.version);
    }
    let name = package.file_name().unwrap_or_default().to_string_lossy();
    let mut command = child::command("dpkg-deb");
    command.arg("-x").arg(package).arg(folder);
    child::run_with_progress(&mut command, &format!("unpacking {name}"), "20 s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_is_looked_for_on_debians_own_mirror_of_its_kind() {
        let targets = "other stable https://a.example/\n\
            Debian trixie-security https://b.example/security/\n\
            Debian trixie https://b.example/debian/\n";
        assert_eq!(mirror(targets, "sid"), Some("https://b.example/debian/"));
        assert_eq!(mirror(targets, "bookworm-security"), Some("https://b.example/security/"));
        assert_eq!(mirror("other stable https://a.example/\n", "sid"), None);
        // Lists that have not been fetched have no origin.
        assert_eq!(mirror(" trixie https://b.example/debian/\n", "sid"), None);
    }

    #[test]
    fn a_package_that_cannot_be_had_is_named_with_a_command_that_helps() {
        let source = Source {
            name: "7.2",
            version: "7.2.13-1",
            suite: "sid",
            packages: &["linux-binary", "linux-modules"],
        };
        let hint = hint(&source);
        assert!(
            hint.contains("linux-binary_7.2.13-1_amd64.deb and linux-modules_7.2.13-1_amd64.deb")
        );
        assert!(hint.contains("cargo xtask kernels 7.2 --packages FOLDER"));
        let empty = tempfile::tempdir().expect("a folder");
        let error = files(&source, Some(empty.path()), empty.path()).expect_err("no packages");
        assert!(error.to_string().contains("linux-binary_7.2.13-1_amd64.deb"), "{error}");
    }
}
