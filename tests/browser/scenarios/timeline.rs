//! The timeline: lanes that are pressed, a window that is zoomed and moved, markers by keyboard.

use crate::look::Look;
use crate::page::Page;
use anyhow::{Result, ensure};
use serde_json::Value;

/// The run is known to its end, and so is the timeline.
async fn open(page: &Page) -> Result<()> {
    page.open("").await?;
    page.wait_until("return document.querySelector('main.walk')?.dataset.ended === 'true'").await?;
    page.wait_until("return document.querySelectorAll('.mark-interrupt').length > 1").await
}

async fn number(page: &Page, body: &str) -> Result<f64> {
    Ok(page.script(body).await?.as_f64().unwrap_or(f64::NAN))
}

const STEP: &str = "return Number(document.querySelector('main.walk').dataset.step)";
const SPAN: &str = "const lanes = document.querySelector('[data-testid=lanes]').dataset; \
                    return Number(lanes.until) - Number(lanes.from)";

pub(crate) async fn a_press_on_a_lane_leads_to_its_nearest_step(page: &Page) -> Result<()> {
    open(page).await?;
    // In the middle of the row of NAPI, the sixth.
    let at = page
        .script(
            "const box = document.querySelector('[data-testid=lanes]').getBoundingClientRect(); \
             return [box.left + box.width / 2, box.top + 14 + 13 * 5 + 6]",
        )
        .await?;
    for kind in ["mousePressed", "mouseReleased"] {
        let press = serde_json::json!({
            "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1,
        });
        page.devtools("Input.dispatchMouseEvent", &press).await?;
    }
    let first = number(page, "return Number(document.querySelector('main').dataset.firstStep)");
    let first = first.await?;
    page.wait_until(&format!("{STEP} > {first}")).await?;
    let context = page.script("return document.querySelector('.stack li .context').textContent");
    ensure!(context.await? == Value::from("softirq"), "the step is not one of a poll");
    Ok(())
}

pub(crate) async fn keys_zoom_and_move_the_window_only_on_the_lanes(page: &Page) -> Result<()> {
    open(page).await?;
    let whole = number(page, SPAN).await?;
    page.press("w").await?;
    ensure!(number(page, SPAN).await? == whole, "W zooms without focus");
    page.script("document.querySelector('[data-testid=lanes]').focus()").await?;
    page.press("w").await?;
    page.wait_until(&format!("{SPAN} < {whole} * 0.6")).await?;
    let from = "return Number(document.querySelector('[data-testid=lanes]').dataset.from)";
    let before = number(page, from).await?;
    page.press("d").await?;
    page.wait_until(&format!("{from} > {before}")).await?;
    page.press("a").await?;
    page.wait_until(&format!("{from} === {before}")).await?;
    page.press("s").await?;
    page.wait_until(&format!("{SPAN} > {whole} * 0.9")).await?;
    for _ in 0..30 {
        page.press("w").await?;
    }
    page.wait_until(&format!("{SPAN} < 100")).await?;
    page.click("lanes-fit").await?;
    page.wait_until(&format!("{SPAN} === {whole}")).await
}

pub(crate) async fn markers_are_reached_with_the_keyboard(page: &Page) -> Result<()> {
    open(page).await?;
    page.script("document.querySelector('[data-testid=lanes]').focus()").await?;
    page.press("Tab").await?;
    let focused = "return document.activeElement.id";
    ensure!(page.script(focused).await? == Value::from("mark-0"), "Tab does not lead there");
    page.press("ArrowRight").await?;
    page.wait_until("return document.activeElement.id === 'mark-1'").await?;
    page.press("Enter").await?;
    page.wait_until(&format!(
        "const step = (() => {{ {STEP} }})(); \
         return step === Number(document.activeElement.dataset.step)"
    ))
    .await
}

/// For people to look at.
pub(crate) async fn pictures(page: &Page) -> Result<()> {
    for look in Look::all() {
        page.look(&look).await?;
        open(page).await?;
        page.script("document.querySelector('[data-testid=timeline]').scrollIntoView()").await?;
        page.screenshot(&format!("timeline-{}", look.name())).await?;
    }
    Ok(())
}
