//! The object pane: structs with values, of the step's object or of one that was picked.

use crate::page::Page;
use anyhow::{Result, ensure};

async fn open(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await?;
    page.click("tab-object").await?;
    page.element("object-members").await?;
    Ok(())
}

/// Steps until a script is true.
async fn step_until(page: &Page, what: &str) -> Result<()> {
    for _ in 0..400 {
        if page.script(what).await? == serde_json::Value::Bool(true) {
            return Ok(());
        }
        page.press("ArrowRight").await?;
    }
    anyhow::bail!("no step makes this true: {what}")
}

pub(crate) async fn a_step_shows_old_and_new_length_of_its_sk_buff(page: &Page) -> Result<()> {
    open(page).await?;
    page.script("document.activeElement.blur()").await?;
    step_until(
        page,
        "const row = document.querySelector('[data-testid=object] [data-member=len]'); \
         return document.querySelector('[data-testid=object-name]').textContent.startsWith('sk_buff') \
                && !!row && !!row.querySelector('del') && !!row.querySelector('ins')",
    )
    .await?;
    let header = page.text("object").await?;
    ensure!(header.contains("4 cachelines") && header.contains("6.12.107"), "it says `{header}`");
    page.screenshot("object-len").await?;
    page.click("object-all").await?;
    page.wait_until(
        "return document.querySelectorAll('[data-testid=object-members] tr').length > 90 \
                && !!document.querySelector('[data-testid=object-members] .hole')",
    )
    .await
}

pub(crate) async fn a_descriptor_that_is_picked_stays(page: &Page) -> Result<()> {
    open(page).await?;
    page.script(
        "const slot = document.getElementById('slot-3').getBoundingClientRect(); \
         document.elementFromPoint(slot.x + slot.width / 2, slot.y + slot.height / 2) \
           .dispatchEvent(new MouseEvent('click', { bubbles: true, \
             clientX: slot.x + slot.width / 2, clientY: slot.y + slot.height / 2 }))",
    )
    .await?;
    let shown = "return document.querySelector('[data-testid=object-name]').innerText.trim() \
                 === 'ice_32b_rx_flex_desc 3'";
    page.wait_until(shown).await?;
    page.script("document.activeElement.blur()").await?;
    page.press("ArrowRight").await?;
    page.wait_until(shown).await?;
    page.click("language").await?;
    page.wait_until("return document.documentElement.lang === 'ko'").await?;
    page.wait_until(shown).await?;
    page.screenshot("object-descriptor-ko").await?;
    Ok(())
}
