//! What stands beside each other has room: nothing is scrolled out of sight, no tab is cut.

use super::walk::open;
use crate::look::Look;
use crate::page::Page;
use anyhow::{Context, Result, ensure};

/// Walks on by 75 steps; says by how much stage and narration are too high at the most.
const TOO_HIGH: &str = "const frame = () => new Promise(requestAnimationFrame); \
    const parts = ['.scene', '.narration']; \
    const past = part => { const of = document.querySelector(part); \
                           return of.scrollHeight - of.clientHeight; }; \
    const walk = async () => { \
        let most = 0; \
        for (let step = 0; step < 75; step++) { \
            const key = { key: 'ArrowRight', code: 'ArrowRight', bubbles: true, cancelable: true }; \
            document.body.dispatchEvent(new KeyboardEvent('keydown', key)); \
            await frame(); await frame(); \
            most = Math.max(most, ...parts.map(past)); \
        } \
        return [most, Number(document.querySelector('main').dataset.step)]; \
    }; \
    return walk()";

/// How far the last tab stands from the panes' edge.
const LEFT_OVER: &str = "const right = of => of.getBoundingClientRect().right; \
    const tabs = document.querySelectorAll('.panes [role=tab]'); \
    return right(document.querySelector('.panes')) - right(tabs[tabs.length - 1])";

pub(crate) async fn no_step_needs_to_be_scrolled(page: &Page) -> Result<()> {
    for (width, height) in [(1_440, 900), (1_280, 800)] {
        for language in ["en-US", "ko-KR"] {
            let look = Look { width, height, language, ..Look::DESKTOP };
            page.look(&look).await?;
            open(page).await?;
            let first = super::walk::first_step(page).await?;
            for from in [first, first + 22_800] {
                super::walk::jump(page, from).await?;
                let seen = page.script(TOO_HIGH).await?;
                ensure!(seen[1] == from + 75, "{}: it walked to {}", look.name(), seen[1]);
                ensure!(seen[0] == 0, "{}: {} too high after {from}", look.name(), seen[0]);
            }
        }
    }
    Ok(())
}

pub(crate) async fn all_tabs_are_seen_at_every_width(page: &Page) -> Result<()> {
    for width in [1_100, 1_280, 1_440, 1_920, 3_840] {
        for language in ["en-US", "ko-KR"] {
            let look = Look { width, language, ..Look::DESKTOP };
            page.look(&look).await?;
            open(page).await?;
            let left = page.script(LEFT_OVER).await?.as_f64().context("no figure")?;
            ensure!(left >= 4.0, "{}: {left} left beside the last tab", look.name());
        }
    }
    Ok(())
}
