//! What `cargo xtask bench` says of the page: measured in the browser that the tests use, never judged.
//!
//! The site is served compressed, as static hosts do. Each visit is the first one of a new browser.

use crate::driver::Driver;
use crate::page::Page;
use crate::server::Site;
use crate::visit::{self, FIRST_STEP, Visit};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::Path;

/// Visits; the median of each figure counts.
const VISITS: usize = 5;
/// Visits over the slow network.
const SLOW_VISITS: usize = 3;

/// The static page that is measured.
const EMBED: &str = "embed/en/6.12/sk_buff.html#len";

/// Frames' lengths in ms over five seconds.
const FRAMES: &str = "
    return new Promise(resolve => {
        const lengths = [];
        let before = performance.now();
        const end = before + 5000;
        const frame = now => {
            lengths.push(now - before);
            before = now;
            if (now < end) requestAnimationFrame(frame); else resolve(lengths.slice(1));
        };
        requestAnimationFrame(frame);
    })";

/// Prints one line of JSON a figure.
pub(crate) async fn print(dist: &Path) -> Result<()> {
    let served = compressed(dist)?;
    let site = Site::start(served.path()).await?;
    let driver = Driver::start()?;

    let (mut paint, mut step) = (Vec::new(), Vec::new());
    for number in 0..VISITS {
        let page = Page::start(&driver, &site).await?;
        let (first_paint, first_step) = first_visit(&page).await?;
        paint.push(first_paint);
        step.push(first_step);
        if number == 0 {
            let visit = Visit::of(&page).await?;
            line("first_visit_requests", count(visit.requests.len()), "1");
            line("first_visit_gzip_bytes", count(visit.gzip_bytes), "B");
        }
        page.close().await?;
    }
    line("first_paint_ms", percentile(&mut paint, 50), "ms");
    line("first_step_ms", percentile(&mut step, 50), "ms");

    let (mut paint, mut step) = (Vec::new(), Vec::new());
    for _ in 0..SLOW_VISITS {
        let page = Page::start(&driver, &site).await?;
        slow_down(&page).await?;
        let (first_paint, first_step) = first_visit(&page).await?;
        paint.push(first_paint);
        step.push(first_step);
        page.close().await?;
    }
    line("first_paint_slow_ms", percentile(&mut paint, 50), "ms");
    line("first_step_slow_ms", percentile(&mut step, 50), "ms");
    embed(&driver, &site).await?;
    frames(&driver, &site).await
}

/// When a struct's static page is painted first, also over the slow network.
async fn embed(driver: &Driver, site: &Site) -> Result<()> {
    for (name, is_slow) in [("embed_first_paint_ms", false), ("embed_first_paint_slow_ms", true)] {
        let mut paint = Vec::new();
        for _ in 0..SLOW_VISITS {
            let page = Page::start(driver, site).await?;
            if is_slow {
                slow_down(&page).await?;
            }
            page.load(EMBED).await?;
            paint.push(first_paint(&page).await?);
            page.close().await?;
        }
        line(name, percentile(&mut paint, 50), "ms");
    }
    Ok(())
}

/// When something of the page was painted first, in ms after navigation.
async fn first_paint(page: &Page) -> Result<f64> {
    let entry = "performance.getEntriesByName('first-contentful-paint')[0]";
    page.wait_until(&format!("return !!{entry}")).await?;
    let paint = page.script(&format!("return {entry}.startTime")).await?;
    paint.as_f64().context("nothing was painted")
}

/// How evenly frames come while the run is played, and in an empty page.
async fn frames(driver: &Driver, site: &Site) -> Result<()> {
    let page = Page::start(driver, site).await?;
    let empty = lengths(&page).await?;
    page.open("").await?;
    page.element("walk").await?;
    page.press("Space").await?;
    page.wait_until("return document.querySelector('main').dataset.playing === 'true'").await?;
    let mut played = lengths(&page).await?;
    page.close().await?;
    let late = played.iter().filter(|length| **length > 25.0).count();
    line("frame_rate_to_empty", count(played.len()) / count(empty.len()), "1");
    line("frame_late_share", count(late) / count(played.len()), "1");
    line("frame_p50_ms", percentile(&mut played, 50), "ms");
    line("frame_p99_ms", percentile(&mut played, 99), "ms");
    Ok(())
}

async fn lengths(page: &Page) -> Result<Vec<f64>> {
    let lengths = page.script(FRAMES).await?;
    let lengths = lengths.as_array().context("no frames")?;
    Ok(lengths.iter().filter_map(Value::as_f64).collect())
}

/// First paint and first step of a browser's first visit, in ms after navigation.
async fn first_visit(page: &Page) -> Result<(f64, f64)> {
    let source = json!({ "source": FIRST_STEP });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &source).await?;
    page.load("").await?;
    page.wait_until("return window.firstStepMs > 0").await?;
    let paint = first_paint(page).await?;
    let step = page.script("return window.firstStepMs").await?;
    Ok((paint, step.as_f64().context("no step was made")?))
}

/// A slow phone on a slow network: 1.6 Mbit/s, 150 ms, a quarter of the speed.
async fn slow_down(page: &Page) -> Result<()> {
    page.devtools("Network.enable", &json!({})).await?;
    let bytes_per_s = 1_600_000 / 8;
    let network = json!({
        "offline": false, "latency": 150,
        "downloadThroughput": bytes_per_s, "uploadThroughput": bytes_per_s,
    });
    page.devtools("Network.emulateNetworkConditions", &network).await?;
    page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 4 })).await?;
    Ok(())
}

/// The site with a compressed file beside each; deleted when dropped.
fn compressed(dist: &Path) -> Result<tempfile::TempDir> {
    let served = tempfile::tempdir()?;
    let mut folders = vec![dist.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).context("run `cargo xtask build` first")? {
            let path = entry?.path();
            let target = served.path().join(path.strip_prefix(dist)?);
            if path.is_dir() {
                std::fs::create_dir_all(&target)?;
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path)?;
            let mut name = target.clone().into_os_string();
            name.push(".gz");
            std::fs::write(name, visit::gzip(&bytes)?)?;
            std::fs::write(target, bytes)?;
        }
    }
    Ok(served)
}

pub(crate) fn percentile(figures: &mut [f64], percent: usize) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures[figures.len() * percent / 100]
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(crate) fn count(count: usize) -> f64 {
    count as f64
}

pub(crate) fn line(name: &str, value: f64, unit: &str) {
    let value = (value * 1_000.0).round() / 1_000.0;
    println!("{}", json!({"name": name, "value": value, "unit": unit}));
}
