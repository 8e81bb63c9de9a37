//! What cannot go on says so: a card with the message, its place, and a report to copy.

use crate::look::Look;
use crate::page::Page;
use anyhow::{Result, ensure};
use serde_json::json;

/// Runs a script in each document before the page's own.
async fn first(page: &Page, source: &str) -> Result<()> {
    let parameters = json!({ "source": source });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &parameters).await?;
    Ok(())
}

/// Waits for the card, copies its report by its button, and gives the report.
async fn report(page: &Page) -> Result<String> {
    let shown = page.text("failure").await?;
    page.script("document.querySelector('[data-testid=failure] button').click()").await?;
    let copied = page.script("return window.copied").await?;
    let copied = copied.as_str().unwrap_or_default().to_owned();
    ensure!(copied.starts_with("nicscope ") && shown.contains(&copied), "{copied:?} of {shown:?}");
    Ok(copied)
}

/// A first step was made.
const STEPPED: &str = "const { step, firstStep } = document.querySelector('main').dataset; \
                       return Number(step) > Number(firstStep)";

/// Keeps what is copied where the test can see it.
const KEEP_COPY: &str = "if (navigator.clipboard) navigator.clipboard.writeText = text => { \
                         window.copied = text; return Promise.resolve() };";

/// The page has no way to fail of its own that a test could take: here its document is spoilt.
pub(crate) async fn a_panic_shows_message_place_and_report(page: &Page) -> Result<()> {
    let spoil = "document.addEventListener('readystatechange', () => \
                 document.getElementById('app')?.removeAttribute('id'));";
    first(page, &format!("{KEEP_COPY} {spoil}")).await?;
    page.load("").await?;
    let report = report(page).await?;
    page.screenshot("failure-panic").await?;
    let place = report.contains("web/src/lib.rs:");
    ensure!(place && report.contains("an element of that id"), "it says {report}");
    let card = page.text("failure").await?;
    ensure!(
        card.contains("Copy report") && card.contains("Reload"),
        "the card has no words: {card}"
    );
    page.leave_failed().await?;
    Ok(())
}

pub(crate) async fn sentences_that_cannot_be_fetched_are_missed(page: &Page) -> Result<()> {
    first(page, KEEP_COPY).await?;
    page.devtools("Network.enable", &json!({})).await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*.ftl"] })).await?;
    page.load("").await?;
    let report = report(page).await?;
    page.screenshot("failure-missing").await?;
    ensure!(report.contains("text/en/terms.ftl"), "it says {report}");
    page.leave_failed().await?;
    Ok(())
}

/// They come while the page is drawn: it opens and makes its first step without them. What needs them says which
/// file is missing.
pub(crate) async fn words_of_steps_that_cannot_be_fetched_are_missed(page: &Page) -> Result<()> {
    page.devtools("Network.enable", &json!({})).await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*/facts.ftl"] })).await?;
    for look in [Look::DESKTOP, Look { language: "ko-KR", ..Look::PHONE }] {
        page.look(&look).await?;
        page.load("").await?;
        page.element("walk").await?;
        let shown = "return [document.getElementById('boot-failure')?.textContent, \
                     document.querySelector('.narration').textContent]";
        let seen = page.script(shown).await?;
        ensure!(
            seen[0].is_null() && seen[1].as_str().is_some_and(|said| !said.is_empty()),
            "{seen}"
        );
        for key in ["ArrowRight", "Home"] {
            page.press(key).await?;
        }
        let seen = page.script(shown).await?;
        ensure!(seen[0].is_null(), "a first step needs them: {seen}");
        page.press("End").await?;
        page.wait_until("return document.getElementById('boot-failure') !== null").await?;
        let seen = page.script(shown).await?;
        ensure!(seen[0].as_str().is_some_and(|says| says.contains("facts.ftl")), "it says {seen}");
    }
    page.leave_failed().await?;
    Ok(())
}

pub(crate) async fn a_language_that_cannot_be_fetched_is_not_switched_to(
    page: &Page,
) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.devtools("Network.enable", &json!({})).await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*.ftl"] })).await?;
    page.click("language").await?;
    page.press("ArrowRight").await?;
    page.wait_until(STEPPED).await?;
    let language = page.script("return document.documentElement.lang").await?;
    ensure!(language == json!("en"), "the page is in {language}");
    page.devtools("Network.setBlockedURLs", &json!({ "urls": [] })).await?;
    page.click("language").await?;
    page.wait_until("return document.documentElement.lang === 'ko'").await?;
    Ok(())
}

/// The first step needs the program's first file alone; what needs the next one says that it is missing.
pub(crate) async fn the_first_step_needs_the_first_file_alone(page: &Page) -> Result<()> {
    page.devtools("Network.enable", &json!({})).await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*_soon.wasm"] })).await?;
    for look in [Look::DESKTOP, Look { language: "ko-KR", dark: true, ..Look::PHONE }] {
        page.look(&look).await?;
        page.load("").await?;
        page.element("walk").await?;
        page.press("ArrowRight").await?;
        page.wait_until(STEPPED).await?;
        let shown = "return document.getElementById('boot-failure')?.textContent ?? ''";
        let said = page.script(shown).await?;
        ensure!(said == json!(""), "{}: a first step needs more: {said}", look.name());
        page.press("End").await?;
        page.wait_until("return document.getElementById('boot-failure') !== null").await?;
        let said = page.script(shown).await?;
        ensure!(said.to_string().contains("_soon.wasm"), "it says {said}");
    }
    page.leave_failed().await?;
    Ok(())
}

/// Without the program's last file the page says that it cannot go on, and does not just stand still.
pub(crate) async fn a_last_file_that_cannot_be_fetched_is_missed(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.devtools("Network.enable", &json!({})).await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*_later.wasm"] })).await?;
    page.click("tab-object").await?;
    page.wait_until("return document.querySelectorAll('#boot-failure p').length === 2").await?;
    let card = page.script("return document.getElementById('boot-failure').textContent").await?;
    ensure!(card.to_string().contains("_later.wasm"), "it says {card}");
    page.leave_failed().await?;
    Ok(())
}
