//! What moves on the stage.

use crate::look::Look;
use crate::page::Page;
use anyhow::{Result, ensure};
use serde_json::json;

/// The animation under way: its duration, and how many frames its way has.
const MOVING: &str = "const all = document.querySelector('[data-testid=mover]').getAnimations(); \
    return all.map(one => [one.effect.getTiming().duration, one.effect.getKeyframes().length])";

async fn open(page: &Page) -> Result<()> {
    page.open("#1/scenario=generator&packets=50").await?;
    page.element("walk").await.map(drop)
}

/// Steps until something moves.
async fn until_it_moves(page: &Page) -> Result<serde_json::Value> {
    for _ in 0..60 {
        page.press("ArrowRight").await?;
        let moving = page.script(MOVING).await?;
        if moving != json!([]) {
            return Ok(moving);
        }
    }
    anyhow::bail!("nothing moves in 60 steps")
}

pub(crate) async fn what_moves_takes_as_long_as_the_speed_says(page: &Page) -> Result<()> {
    open(page).await?;
    let moving = until_it_moves(page).await?;
    ensure!(moving[0][0] == 400 && moving[0][1].as_u64() >= Some(2), "{moving}");
    page.script(
        "const speed = document.querySelector('[data-testid=speed]'); speed.value = '0'; \
         speed.dispatchEvent(new Event('change', { bubbles: true }))",
    )
    .await?;
    let moving = until_it_moves(page).await?;
    ensure!(moving[0][0] == 4_000, "at a tenth: {moving}");
    // It is on its way, and the next step is answered meanwhile.
    let place = "const box = document.querySelector('[data-testid=mover]').getBoundingClientRect(); \
                 return box.x + box.y";
    let before = page.script(place).await?;
    page.wait_until(&format!("{place} !== {before}")).await?;
    let step = "return Number(document.querySelector('main').dataset.step)";
    let here = page.script(step).await?.as_u64().unwrap_or_default();
    page.press("ArrowLeft").await?;
    page.wait_until(&format!("{step} === {}", here - 1)).await?;
    ensure!(page.script(MOVING).await? == json!([]), "going back nothing moves");
    Ok(())
}

pub(crate) async fn who_wants_no_movement_sees_none(page: &Page) -> Result<()> {
    page.look(&Look { reduced_motion: true, ..Look::DESKTOP }).await?;
    open(page).await?;
    let moved = until_it_moves(page).await;
    ensure!(moved.is_err(), "{moved:?}");
    page.look(&Look::DESKTOP).await
}
