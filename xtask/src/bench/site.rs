//! The page: what it weighs as a host sends it, and what the browser that the tests use says of it.

use super::{count, print};
use crate::setup::{browser, wasm::Toolchain};
use crate::{child, dist, split, test, trunk, workspace};
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The words that a visit begins with; the others come with the page of structs.
const FIRST_TEXTS: [&str; 3] = ["facts.ftl", "terms.ftl", "page.ftl"];
/// What the app is made of.
const APP: [&str; 4] = ["wasm", "js", "html", "css"];
/// As `brotli` compresses by default, and hosts that compress beforehand.
const QUALITY: i32 = 11;
/// Likewise: the logarithm of how far back it looks.
const WINDOW: i32 = 22;

/// Builds the site as it is published.
pub(super) fn build() -> Result<()> {
    trunk::build_release(&Toolchain::ensure()?)?;
    dist::write_embeds().map(drop)
}

/// Prints what the largest of the structs' static pages weighs, as it is and as hosts send it.
pub(super) fn embeds() -> Result<()> {
    let (mut most, mut gzip) = (0, 0);
    let mut folders = vec![workspace::root().join(dist::FOLDER)];
    while let Some(folder) = folders.pop() {
        for file in files(&folder)? {
            if file.is_dir() {
                folders.push(file);
            } else if file.extension().is_some_and(|own| own == "html") {
                let bytes = fs::read(&file)?;
                let mut packed = GzEncoder::new(Vec::new(), Compression::default());
                packed.write_all(&bytes)?;
                most = most.max(bytes.len() as u64);
                gzip = gzip.max(packed.finish()?.len() as u64);
            }
        }
    }
    print("embed_bytes", count(most), "B");
    print("embed_gzip_bytes", count(gzip), "B");
    Ok(())
}

/// Prints what the app weighs: its program, its page with the capture that stands in it, and the sentences of one language; and what of the
/// program comes later, when it is needed.
pub(super) fn weight() -> Result<()> {
    let dist = workspace::root().join("dist");
    let is_later = |file: &Path| file.to_string_lossy().ends_with(split::LATER_FILE);
    let mut total = 0;
    let mut later = 0;
    for extension in APP {
        let mut bytes = 0;
        for file in files(&dist)? {
            if is_later(&file) {
                later = compressed(&file)?;
            } else if file.extension().is_some_and(|own| own == extension) {
                bytes += compressed(&file)?;
            }
        }
        print(&format!("app_brotli_bytes_{extension}"), count(bytes), "B");
        total += bytes;
    }
    let (mut texts, mut texts_later) = (0, 0);
    for language in files(&dist.join("text"))? {
        let (mut first, mut others) = (0, 0);
        for file in files(&language)? {
            let is_first = FIRST_TEXTS.iter().any(|name| file.ends_with(name));
            *if is_first { &mut first } else { &mut others } += compressed(&file)?;
        }
        (texts, texts_later) = (texts.max(first), texts_later.max(others));
    }
    print("app_brotli_bytes_text", count(texts), "B");
    print("app_brotli_bytes_text_later", count(texts_later), "B");
    print("app_brotli_bytes", count(total + texts), "B");
    print("app_brotli_bytes_later", count(later), "B");
    Ok(())
}

/// Has the browser measure.
pub(super) fn in_browser() -> Result<()> {
    let mut command = child::command("cargo");
    command.args(["test", "--quiet", "--locked", "-p", "nicscope-tests", "--test", "browser"]);
    command.args(["--", "--figures"]);
    child::run(test::with_browser(&mut command, &browser::ensure()?))
}

/// What lies in a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

fn compressed(file: &Path) -> Result<u64> {
    let bytes = fs::read(file)?;
    let mut small = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut small, &parameters)?;
    Ok(small.len() as u64)
}
