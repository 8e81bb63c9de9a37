//! A Chromium, the driver of the same version, and a Korean font for the screenshots.

use super::packages;
use crate::child;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const CHROMIUM_NAMES: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const CHROMIUM_ON_MACOS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// What the browser tests are run with.
pub(crate) struct Browser {
    /// The browser itself.
    pub(crate) chromium: PathBuf,
    /// Its WebDriver.
    pub(crate) chromedriver: PathBuf,
}

/// Finds a browser, or installs one.
pub(crate) fn ensure() -> Result<Browser> {
    let hint = "Install Chromium or Chrome, and the chromedriver of the same version \
                (macOS: `brew install --cask google-chrome chromedriver`)";
    if find().is_none() {
        let names = ["chromium", "chromium-driver"];
        packages::install(&names, "A browser with its driver", "1 minute", hint)?;
    }
    let browser = find().with_context(|| format!("no browser with its driver. {hint}"))?;
    check_versions(&browser)?;
    if lacks_korean_font() {
        let hint = "Install Noto Sans CJK";
        packages::install(&["fonts-noto-cjk"], "A font with Korean letters", "20 s", hint)?;
    }
    Ok(browser)
}

fn find() -> Option<Browser> {
    let in_path = CHROMIUM_NAMES.iter().find_map(|name| which::which(name).ok());
    let on_macos = || CHROMIUM_ON_MACOS.iter().map(PathBuf::from).find(|path| path.exists());
    Some(Browser {
        chromium: in_path.or_else(on_macos)?,
        chromedriver: which::which("chromedriver").ok()?,
    })
}

/// A driver of another version refuses to start the browser, with a message that is easy to miss.
fn check_versions(browser: &Browser) -> Result<()> {
    let [chromium, driver] = [&browser.chromium, &browser.chromedriver].map(|path| major(path));
    if chromium != driver {
        bail!(
            "{} is version {} and {} is version {}: they have to be the same",
            browser.chromium.display(),
            chromium.as_deref().unwrap_or("unknown"),
            browser.chromedriver.display(),
            driver.as_deref().unwrap_or("unknown"),
        );
    }
    Ok(())
}

/// `156` of `Chromium 156.0.8078.79 built on …`.
fn major(program: &Path) -> Option<String> {
    let text = child::output(child::command(program).arg("--version"))?;
    let version =
        text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    Some(version?.split('.').next()?.to_owned())
}

/// Only where fontconfig can tell; a system without it brings its own fonts.
fn lacks_korean_font() -> bool {
    child::output(child::command("fc-list").arg(":lang=ko")).is_some_and(|fonts| fonts.is_empty())
}
