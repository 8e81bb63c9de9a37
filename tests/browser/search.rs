//! What `cargo xtask bench` says of the search: over all names of a kernel, in wasm, and what two libraries need for
//! the same in the same browser. Nothing is judged.

use crate::driver::Driver;
use crate::figures::{count, line, percentile};
use crate::page::Page;
use crate::server::Site;
use anyhow::{Context, Result};
use nicscope_tests::bench::kernel::WANTED;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

/// The page, and what it runs; the rest lies in the folder already.
const FILES: [(&str, &str); 2] =
    [("index.html", include_str!("search.html")), ("search.js", include_str!("search.js"))];
/// Each with how its figures are named, and how often each query is put.
const ENGINES: [(&str, &str, u32); 3] = [
    ("nicscope", "search", 9),
    ("ufuzzy", "search_peer", 5),
    ("minisearch", "search_minisearch", 1),
];

/// New browsers in which an index is made, by code that has not run before; the median counts.
const VISITS: usize = 5;

/// What the page says of an engine.
#[derive(Deserialize)]
struct Answer {
    build_ms: f64,
    bytes: f64,
    names: f64,
    rows: Vec<Vec<String>>,
    times: Vec<f64>,
}

/// Prints one line of JSON a figure.
pub(crate) async fn print(folder: &Path) -> Result<()> {
    for (name, text) in FILES {
        std::fs::write(folder.join(name), text)?;
    }
    let site = Site::start(folder).await?;
    let driver = Driver::start()?;
    let mut index = Vec::new();
    for _ in 0..VISITS {
        let page = Page::start(&driver, &site).await?;
        page.load("?index").await?;
        page.wait_until("return window.ready === true").await?;
        index.push(page.script("return index_ms").await?.as_f64().context("no index")?);
        page.close().await?;
    }
    line("search_index_ms", percentile(&mut index, 50), "ms");

    let page = Page::start(&driver, &site).await?;
    page.load("").await?;
    page.wait_until("return window.ready === true").await?;
    let queries: Vec<&str> =
        WANTED.iter().flat_map(|(typed, _)| (1..=typed.len()).map(|end| &typed[..end])).collect();
    for (engine, figure, rounds) in ENGINES {
        let call = format!("return measure({}, {}, {rounds})", json!(engine), json!(queries));
        let answer: Value = page.script(&call).await.with_context(|| engine.to_owned())?;
        report(figure, &serde_json::from_value(answer)?, engine == "nicscope");
    }
    page.close().await
}

fn report(figure: &str, answer: &Answer, ours: bool) {
    let mut last = 0;
    let found = WANTED.iter().filter(|(typed, wanted)| {
        last += typed.len();
        let rows = &answer.rows[last - 1];
        let is_found = rows.iter().any(|row| row == wanted);
        if ours && !is_found {
            eprintln!("{typed}: {wanted} is not among {rows:?}");
        }
        is_found
    });
    let found = found.count();
    line(&format!("{figure}_p50_ms"), percentile(&mut answer.times.clone(), 50), "ms");
    line(&format!("{figure}_p99_ms"), percentile(&mut answer.times.clone(), 99), "ms");
    line(&format!("{figure}_build_ms"), answer.build_ms, "ms");
    line(&format!("{figure}_found"), count(found), "1");
    if ours {
        line("search_names", answer.names, "1");
        line("search_queries", count(answer.times.len()), "1");
        line("search_memory_mb", answer.bytes / f64::from(1 << 20), "MiB");
    }
}
