//! axe-core, the referee of accessibility, finds nothing: in the page, in its dialogs, in every look.

use crate::look::Look;
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// What axe-core objects to in the page as it is now, one line each.
///
/// The page's policy lets no foreign script in: WebDriver runs it beside the page.
async fn violations(page: &Page) -> Result<Vec<String>> {
    if page.script("return typeof axe").await? == json!("undefined") {
        // Set by xtask.
        let axe = std::env::var("NICSCOPE_AXE")
            .context("axe-core is not there: run `cargo xtask test`, which installs it")?;
        page.script(&std::fs::read_to_string(axe)?).await?;
    }
    let found = page
        .script(
            "return axe.run(document, { resultTypes: ['violations'] }).then(result => \
             result.violations.flatMap(rule => rule.nodes.map(node => \
             `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`)))",
        )
        .await?;
    let found = found.as_array().with_context(|| format!("axe-core says {found}"))?;
    Ok(found.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

pub(super) async fn expect_none(page: &Page, view: &str, look: &Look) -> Result<()> {
    let found = violations(page).await?;
    ensure!(found.is_empty(), "{view}, {}:\n{}", look.name(), found.join("\n"));
    Ok(())
}

/// All views in each look of a screen of this width.
async fn every_view(page: &Page, width: u32) -> Result<()> {
    for look in Look::all().into_iter().filter(|look| look.width == width) {
        page.look(&look).await?;
        page.open("").await?;
        page.element("walk").await?;
        expect_none(page, "walk, before the first step", &look).await?;
        for _ in 0..5 {
            page.press("Shift+ArrowRight").await?;
        }
        expect_none(page, "walk", &look).await?;
        for dialog in ["help", "workload"] {
            page.click(dialog).await?;
            page.wait_until("return !!document.querySelector('dialog[open]')").await?;
            expect_none(page, dialog, &look).await?;
            page.press("Escape").await?;
            page.wait_until("return !document.querySelector('dialog[open]')").await?;
        }
    }
    Ok(())
}

pub(crate) async fn axe_finds_nothing_on_a_desktop(page: &Page) -> Result<()> {
    every_view(page, Look::DESKTOP.width).await
}

pub(crate) async fn axe_finds_nothing_on_a_phone(page: &Page) -> Result<()> {
    every_view(page, Look::PHONE.width).await
}

pub(crate) async fn axe_finds_a_mistake_that_was_planted(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.script("document.querySelector('main').append(document.createElement('button'))").await?;
    let found = violations(page).await?;
    ensure!(found.len() == 1 && found[0].starts_with("button-name"), "found {found:?}");
    Ok(())
}
