//! The built site in a real browser, driven through WebDriver.
//!
//! `cargo xtask test` builds the site, finds the browser and runs this. To run single scenarios
//! again: `cargo test -p nicscope-tests --test browser -- part_of_the_name`. A scenario is an async
//! function that takes a [`Page`]; it is added in `scenarios.rs`.

mod driver;
mod figures;
mod keys;
mod look;
mod page;
mod scenarios;
mod search;
mod server;
mod visit;
mod webdriver;

use anyhow::{Context, Result, anyhow, ensure};
use driver::Driver;
use page::Page;
use scenarios::{SCENARIOS, Scenario};
use server::Site;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Below `target/screens/`: how the page looked when a scenario failed.
const FAILED: &str = "failed";
/// No scenario may take longer.
const SCENARIO_TIMEOUT: Duration = Duration::from_secs(120);

fn main() -> Result<()> {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // What `cargo xtask bench` asks for.
    if std::env::args().any(|argument| argument == "--figures") {
        return runtime.block_on(figures::print(&repository().join("dist")));
    }
    // What `cargo xtask profile` asks for.
    if std::env::args().any(|argument| argument == "--entered") {
        return runtime.block_on(visit::print_entered(&repository().join("dist")));
    }
    if let Some(folder) = std::env::args().skip_while(|argument| argument != "--search").nth(1) {
        return runtime.block_on(search::print(Path::new(&folder)));
    }
    runtime.block_on(run_all(&filter.unwrap_or_default()))
}

/// The folder of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").into()
}

async fn run_all(filter: &str) -> Result<()> {
    let chosen: Vec<_> = SCENARIOS.iter().filter(|one| one.name.contains(filter)).collect();
    ensure!(!chosen.is_empty(), "no scenario has `{filter}` in its name");
    let site = Site::start(&repository().join("dist")).await?;
    let driver = Driver::start()?;
    // Those of an earlier run would mislead.
    let _ = std::fs::remove_dir_all(page::screens().join(FAILED));
    let mut failed = Vec::new();
    for scenario in &chosen {
        let started = Instant::now();
        let result = run_one(scenario, &driver, &site).await;
        let seconds = started.elapsed().as_secs_f32();
        match result {
            Ok(()) => println!("scenario {} ... ok ({seconds:.1} s)", scenario.name),
            Err(error) => {
                println!("scenario {} ... FAILED ({seconds:.1} s)\n  {error:#}", scenario.name);
                failed.push(scenario.name);
            }
        }
    }
    println!("{} scenarios passed, {} failed", chosen.len() - failed.len(), failed.len());
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

/// Each scenario has a browser of its own: nothing stored or logged carries over.
async fn run_one(scenario: &'static Scenario, driver: &Driver, site: &Site) -> Result<()> {
    let page = Arc::new(Page::start(driver, site).await?);
    // A task of its own, so that a panic in it does not keep the browser from being closed.
    let task = tokio::spawn({
        let page = Arc::clone(&page);
        async move {
            (scenario.run)(&page).await?;
            page.expect_quiet().await
        }
    });
    let abort = task.abort_handle();
    let result = match tokio::time::timeout(SCENARIO_TIMEOUT, task).await {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(anyhow!("{panic}")),
        Err(_) => {
            abort.abort();
            Err(anyhow!("not done within {} s", SCENARIO_TIMEOUT.as_secs()))
        }
    };
    let result = match result {
        Ok(()) => Ok(()),
        Err(error) => Err(with_evidence(error, &page, scenario.name).await),
    };
    page.close().await.context("the browser does not close")?;
    result
}

/// What one would look at first: the console and a picture.
async fn with_evidence(error: anyhow::Error, page: &Page, name: &str) -> anyhow::Error {
    let console = page.console_errors().await.unwrap_or_default();
    let picture = page.screenshot(&format!("failed-{}", name.replace("::", "-"))).await;
    let mut error = error.context("the scenario failed");
    if let Ok(path) = picture {
        error = error.context(format!("picture: {}", path.display()));
    }
    if !console.is_empty() {
        error = error.context(format!("console: {}", console.join("\n")));
    }
    error
}
