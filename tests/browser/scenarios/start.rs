//! The page starts, under its policy, and says so if it cannot.

use crate::look::Look;
use crate::page::Page;
use crate::visit::Visit;
use anyhow::{Result, ensure};
use serde_json::json;

pub(crate) async fn policy_refuses_inline_scripts(page: &Page) -> Result<()> {
    page.open("").await?;
    let ran = page
        .script(
            "const script = document.createElement('script'); \
             script.textContent = 'window.ran = true'; \
             document.head.append(script); \
             return window.ran === true",
        )
        .await?;
    ensure!(ran == json!(false), "an inline script ran");
    let errors = page.console_errors().await?;
    ensure!(errors.len() == 1 && errors[0].contains("script-src"), "refused with {errors:?}");
    Ok(())
}

pub(crate) async fn missing_wasm_is_said_in_the_page(page: &Page) -> Result<()> {
    page.devtools("Network.enable", &json!({})).await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*.wasm"] })).await?;
    page.load("").await?;
    page.wait_until("return document.querySelectorAll('#boot-failure p').length === 2").await?;
    page.screenshot("boot-failure").await?;
    page.leave_failed().await?;
    Ok(())
}

pub(crate) async fn look_is_what_the_page_sees(page: &Page) -> Result<()> {
    page.look(&Look { dark: true, reduced_motion: true, language: "ko-KR", ..Look::PHONE }).await?;
    page.open("").await?;
    let seen = page
        .script(
            "return [innerWidth, innerHeight, navigator.language, \
             matchMedia('(prefers-color-scheme: dark)').matches, \
             matchMedia('(prefers-reduced-motion: reduce)').matches, \
             Intl.DateTimeFormat().resolvedOptions().locale]",
        )
        .await?;
    ensure!(seen == json!([390, 844, "ko-KR", true, true, "ko-KR"]), "the page sees {seen}");
    Ok(())
}

/// A first visit asks for few files, each once, and for the words of one language; the page holds its first capture.
pub(crate) async fn the_first_visit_asks_for_little(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    let visit = Visit::of(page).await?;
    ensure!(visit.requests.len() <= 12, "{} requests: {:?}", visit.requests.len(), visit.requests);
    let ask = |name| visit.requests.iter().filter(|file| file.ends_with(name)).count();
    ensure!(ask("facts.ftl") == 1, "not once: {:?}", visit.requests);
    ensure!(ask(".pcap") == 0, "the page holds its first capture: {:?}", visit.requests);
    Ok(())
}

/// Fails on nothing but a page that does not start: the pictures are for people to look at.
pub(crate) async fn page_starts_in_every_look(page: &Page) -> Result<()> {
    page.screenshots("start", "").await
}
