//! What the page promises to its readers as a whole, measured in the page: the first screen, the weight,
//! keys, change, reading, links. Times are measured by `cargo xtask bench --page`, not asserted.

use super::walk::{first_step, jump, open, state};
use crate::look::Look;
use crate::page::Page;
use crate::visit::{self, Manner, Visit};
use anyhow::{Context, Result, ensure};
use serde_json::json;

/// Bytes of a first visit at most, compressed: wasm, glue, page, styles, words of one language, first capture.
const FIRST_VISIT_GZIP_BYTES: usize = 300_000;

/// How much has shifted since the page began, by the browser's own account.
const SHIFTED: &str = "return new Promise(done => { \
    let sum = 0; const what = []; \
    new PerformanceObserver(list => { for (const one of list.getEntries()) { \
        sum += one.value; \
        for (const { node, previousRect, currentRect } of one.sources) what.push(`${node?.nodeName} ${node?.className} ${previousRect.x},${previousRect.y} ${previousRect.width}x${previousRect.height} to ${currentRect.x},${currentRect.y} ${currentRect.width}x${currentRect.height}`); \
      } }).observe({ type: 'layout-shift', buffered: true }); \
    setTimeout(() => done([sum, what]), 100); })";

pub(crate) async fn the_first_screen_tells_a_scene_without_scrolling(page: &Page) -> Result<()> {
    for language in ["en-US", "ko-KR"] {
        page.look(&Look { language, ..Look::DESKTOP }).await?;
        open(page).await?;
        let seen = page
            .script(
                "const page = document.scrollingElement, scene = document.querySelector('.scene'); \
                 const said = document.querySelector('[data-testid=sentence]').getBoundingClientRect(); \
                 const bar = document.querySelector('.bar').getBoundingClientRect(); \
                 return [page.scrollHeight - innerHeight, scene.scrollHeight - scene.clientHeight, \
                         said.bottom - bar.top, bar.bottom - innerHeight]",
            )
            .await?;
        for place in 0..4 {
            ensure!(seen[place].as_f64() <= Some(0.5), "{language}: {seen}");
        }
        let (first, _, playing) = state(page).await?;
        ensure!(!playing && first == first_step(page).await?, "{language}: not at the beginning");
        page.press("ArrowRight").await?;
        ensure!(state(page).await?.0 == first + 1, "{language}: one key is one step");
    }
    Ok(())
}

pub(crate) async fn the_first_visit_is_light_and_nothing_jumps(page: &Page) -> Result<()> {
    for look in [Look::DESKTOP, Look::PHONE] {
        page.look(&look).await?;
        open(page).await?;
        let shifted = page.script(SHIFTED).await?;
        ensure!(shifted[0].as_f64() <= Some(0.02), "{}: {shifted}", look.name());
    }
    ensure!(page.foreign_requests().await?.is_empty(), "something was asked of others");
    let mut visits = Vec::new();
    for language in ["en-US", "ko-KR"] {
        page.look(&Look { language, ..Look::DESKTOP }).await?;
        open(page).await?;
        let visit = Visit::of(page).await?;
        let bytes = visit.gzip_bytes;
        ensure!(bytes <= FIRST_VISIT_GZIP_BYTES, "{language}: {bytes} bytes");
        visits.extend(visit.requests);
    }
    let picture = |file: &&String| {
        [".svg", ".png", ".jpg", ".webp"].into_iter().any(|kind| file.ends_with(kind))
    };
    for file in visits.iter().filter(picture) {
        let size = std::fs::metadata(crate::repository().join("dist").join(file))?.len();
        ensure!(size <= 50_000, "{file} has {size} bytes");
    }
    Ok(())
}

/// Everything that answers to a click is a control with a name, or the stage, which has a list beside it.
pub(crate) async fn all_controls_are_real_and_named(page: &Page) -> Result<()> {
    open(page).await?;
    let odd = page
        .script(
            "const name = one => (one.getAttribute('aria-label') ?? '') + one.textContent \
               + [...(one.labels ?? [])].map(label => label.textContent).join('') \
               + (one.getAttribute('aria-labelledby') ?? ''); \
             return [...document.querySelectorAll('button, a, input, select, [tabindex=\"0\"]')] \
               .filter(one => !name(one).trim()) \
               .concat([...document.querySelectorAll('[onclick], div[role=button], span[role=button]')]) \
               .map(one => one.outerHTML.slice(0, 80))",
        )
        .await?;
    ensure!(odd == json!([]), "{odd}");
    Ok(())
}

/// Each step's changed members stand in one list, with old and new.
pub(crate) async fn a_step_lists_its_changes_or_says_that_there_are_none(
    page: &Page,
) -> Result<()> {
    open(page).await?;
    let mut listed = 0;
    for _ in 0..60 {
        page.press("ArrowRight").await?;
        let seen = page
            .script(
                "const list = document.querySelector('[data-testid=changes]'); \
                 return [[...list.querySelectorAll('li')].map(li => li.querySelector('ins')?.textContent ?? ''), \
                         list.textContent.trim()]",
            )
            .await?;
        let new = seen[0].as_array().map_or(0, Vec::len);
        listed += new;
        let said = seen[1].as_str().unwrap_or_default();
        ensure!(!said.is_empty() && !seen.to_string().contains("\"\""), "an empty change: {seen}");
    }
    ensure!(listed > 5, "{listed} changes in sixty steps");
    Ok(())
}

/// At most so many letters stand in a line of prose: the eye finds the next line. Among Hangul a letter of
/// half the width counts half.
pub(crate) async fn lines_of_prose_are_short(page: &Page) -> Result<()> {
    for (language, most) in [("en-US", 75.0), ("ko-KR", 45.0)] {
        for look in [Look { language, ..Look::DESKTOP }, Look { language, ..Look::PHONE }] {
            page.look(&look).await?;
            open(page).await?;
            for _ in 0..25 {
                page.press("ArrowRight").await?;
                let longest = page
                    .script(
                        "const text = document.querySelector('[data-testid=why]').firstChild; \
                         if (!text) return 0; \
                         const lines = new Map(); \
                         for (let at = 0; at < text.length; at++) { \
                           const range = document.createRange(); \
                           range.setStart(text, at); range.setEnd(text, at + 1); \
                           const top = Math.round(range.getBoundingClientRect().top); \
                           const half = navigator.language === 'ko-KR' && !/[가-힣]/.test(text.data[at]); \
                           lines.set(top, (lines.get(top) ?? 0) + (half ? 0.5 : 1)); \
                         } \
                         return Math.max(...lines.values())",
                    )
                    .await?;
                ensure!(
                    longest.as_f64() <= Some(most),
                    "{}: {longest} letters in `{}`",
                    look.name(),
                    page.text("why").await?
                );
            }
        }
    }
    Ok(())
}

/// Prose has 16 pixels and more, values 13.
pub(crate) async fn prose_and_values_are_large(page: &Page) -> Result<()> {
    let low = Look { width: 1280, height: 800, ..Look::DESKTOP };
    for look in [Look::DESKTOP, Look { language: "ko-KR", ..Look::DESKTOP }, low] {
        page.look(&look).await?;
        open(page).await?;
        for _ in 0..40 {
            page.press("ArrowRight").await?;
            let seen = page
                .script(
                    "const size = name => [...document.querySelectorAll(name)] \
                       .map(one => parseFloat(getComputedStyle(one).fontSize)); \
                     return [Math.min(...size('.why'), ...size('.sentence')), \
                             Math.min(20, ...size('.changes :is(code, del, ins)')), \
                             document.querySelector('[data-testid=sentence]').textContent]",
                )
                .await?;
            ensure!(seen[0].as_f64() >= Some(16.0), "{}: {seen}", look.name());
            ensure!(seen[1].as_f64() >= Some(13.0), "{}: {seen}", look.name());
        }
    }
    Ok(())
}

/// A step is no entry of the history, and the address stays short enough to be sent.
pub(crate) async fn stepping_leaves_the_history_alone(page: &Page) -> Result<()> {
    open(page).await?;
    let before = page.script("return history.length").await?;
    for _ in 0..12 {
        page.press("ArrowRight").await?;
    }
    jump(page, 20_000).await?;
    page.wait_until("return location.hash.includes('step=20000')").await?;
    let seen = page.script("return [history.length, location.href.length]").await?;
    ensure!(seen[0] == before, "{before} entries, then {seen}");
    ensure!(seen[1].as_u64() <= Some(500), "an address of {seen} letters");
    Ok(())
}

/// Should the reader be quicker than the last file, the page waits for it.
pub(crate) async fn what_comes_later_comes_when_it_is_needed(page: &Page) -> Result<()> {
    open(page).await?;
    page.script(
        "const fetched = window.fetch; \
         window.fetch = (what, how) => /later.(wasm|ftl)$/.test(what) \
           ? new Promise(() => {}) : fetched(what, how)",
    )
    .await?;
    page.click("tab-object").await?;
    page.element("object").await?;
    page.click("tab-bytes").await?;
    page.wait_until("return document.querySelector('.bytes .hex') !== null").await?;
    let said = page.script("return document.querySelector('.bytes').textContent").await?;
    let said = said.as_str().context("no text")?;
    ensure!(said.contains("read format: the driver wrote it"), "it says {said}");
    let requests = page.own_requests().await?;
    for file in ["_later.wasm", "/later.ftl"] {
        let asked = requests.iter().filter(|asked| asked.ends_with(file)).count();
        ensure!(asked == 1, "{file}: asked {asked} times");
    }
    Ok(())
}

/// What comes later is needed for nothing that a first visit sees: steps, playing, the whole first capture.
pub(crate) async fn a_first_visit_does_not_need_the_last_file(page: &Page) -> Result<()> {
    let small = Look { width: 800, height: 600, ..Look::DESKTOP };
    let phone = Look { language: "ko-KR", dark: true, ..Look::PHONE };
    for (look, manner, slower) in [
        (Look::DESKTOP, Manner::Looks, 1),
        (Look::DESKTOP, Manner::Looks, 4),
        (Look::DESKTOP, Manner::Plays, 1),
        (phone, Manner::Plays, 4),
        (phone, Manner::Looks, 1),
        (small, Manner::Looks, 1),
    ] {
        page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": slower })).await?;
        page.look(&look).await?;
        page.open("").await?;
        page.element("walk").await?;
        page.script(
            "const fetched = window.fetch; \
             window.fetch = (what, how) => /later.(wasm|ftl)$/.test(what) \
               ? new Promise(() => {}) : fetched(what, how); \
             const needed = () => { console.error(new Error('the last file is needed').stack); return '' }; \
             nicscope.loadLater = needed; \
             const words = nicscope.laterWords; \
             nicscope.laterWords = path => path.endsWith('facts.ftl') ? words(path) : needed()",
        )
        .await?;
        visit::look_around(page, manner).await?;
        let errors = page.console_errors().await?;
        let asked = page.own_requests().await?;
        let asked = asked.iter().any(|file| file.contains("later."));
        ensure!(
            errors.is_empty() && !asked,
            "{}: run `cargo xtask profile`, or see which groups of words come later: {errors:?}",
            look.name()
        );
    }
    Ok(())
}
