//! Packages of the system: installed by its package manager as root, else the command is named.

use crate::child;
use anyhow::{Result, bail};
use std::process::Command;

/// Installs Debian packages. `why` names what they are for, `hint` what to do on a system that is
/// not a Debian.
pub(crate) fn install(names: &[&str], why: &str, duration: &str, hint: &str) -> Result<()> {
    let line = format!("apt-get install -y --no-install-recommends {}", names.join(" "));
    if !has_apt() {
        bail!("{why} is missing. {hint}");
    }
    if !is_root() {
        bail!("{why} is missing. Run this command, then again what you ran:\n    sudo {line}");
    }
    let what = format!("{why} is missing: installing {} with apt-get", names.join(", "));
    // Lists that are days old name versions that the mirror no longer has.
    child::run_with_progress(apt().arg("update"), "updating the list of packages", "15 s")?;
    child::run_with_progress(
        apt().args(["install", "-y", "--no-install-recommends"]).args(names),
        &what,
        duration,
    )
}

/// Whether this is a Debian or descends from it.
pub(crate) fn has_apt() -> bool {
    which::which("apt-get").is_ok()
}

fn apt() -> Command {
    let mut command = child::command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    child::output(child::command("id").arg("-u")).as_deref() == Some("0")
}
