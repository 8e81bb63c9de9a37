//! The panes of registers and of bytes: what lies where, and what the step wrote of it.

use super::accessible::expect_none;
use super::object::{click_shape, open, step_until};
use crate::look::Look;
use crate::page::Page;
use anyhow::{Result, ensure};
use serde_json::json;

async fn open_bytes_of_first_descriptor(page: &Page) -> Result<()> {
    open(page).await?;
    click_shape(page, "slot-0").await?;
    page.click("tab-bytes").await?;
    // The arrows are the tabs' own while one of them has focus.
    page.script("document.activeElement.blur()").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=bytes]')?.dataset.object === 'desc0.0'",
    )
    .await
}

/// The place of the middle of an element.
async fn hover(page: &Page, selector: &str) -> Result<()> {
    let place = page
        .script(&format!(
            "const one = document.querySelector('{selector}'); one.scrollIntoView({{ block: 'nearest' }}); \
             const area = one.getBoundingClientRect(); \
             return [area.x + area.width / 2, area.y + area.height / 2]"
        ))
        .await?;
    let event = json!({ "type": "mouseMoved", "x": place[0], "y": place[1] });
    page.devtools("Input.dispatchMouseEvent", &event).await?;
    Ok(())
}

/// What is marked: ids of bytes, names of fields.
const MARKED: &str = "const marked = [...document.querySelectorAll('[data-testid=bytes] .marked')] \
    .map(one => one.dataset.field ?? one.id).join(' ');";

async fn expect_marked(page: &Page, wanted: &str) -> Result<()> {
    page.wait_until(&format!("{MARKED} return marked === '{wanted}'")).await
}

pub(crate) async fn a_byte_and_its_field_mark_each_other(page: &Page) -> Result<()> {
    open_bytes_of_first_descriptor(page).await?;
    step_until(page, "return !!document.querySelector('[data-field=pkt_len]')").await?;
    hover(page, "#b5").await?;
    expect_marked(page, "b4 b5 pkt_len").await?;
    hover(page, "[data-field=flex_meta0]").await?;
    expect_marked(page, "b12 b13 flex_meta0").await?;
    hover(page, "[data-field=EOF]").await?;
    expect_marked(page, "b8 b9 EOF").await?;
    // The bytes are the number that the field says, the lowest first.
    let same = "const byte = at => parseInt(document.getElementById('b' + at).textContent, 16); \
                const field = document.querySelector('[data-field=pkt_len] .value').textContent; \
                return byte(4) + 256 * byte(5) === Number(field) && Number(field) > 0";
    ensure!(page.script(same).await? == json!(true), "bytes and field differ");
    Ok(())
}

pub(crate) async fn a_step_that_writes_marks_bytes_and_registers(page: &Page) -> Result<()> {
    open_bytes_of_first_descriptor(page).await?;
    let written = "return document.querySelectorAll('.hex .written').length";
    ensure!(page.script(written).await? == json!(0), "nothing is written yet");
    step_until(page, "return !!document.querySelector('[data-field=pkt_len]')").await?;
    ensure!(page.script(written).await? == json!(32), "the card writes all 32 bytes");
    // The same step moves head.
    page.click("tab-registers").await?;
    page.script("document.activeElement.blur()").await?;
    let head = "const part = document.querySelector('[data-register=QRX_CONTEXT] [data-part=head]'); \
                return part.querySelector('del').textContent + part.querySelector('ins').textContent";
    ensure!(page.script(head).await? == json!("0x00x1"), "head: {:?}", page.script(head).await?);
    page.press("ArrowRight").await?;
    page.wait_until("return !document.querySelector('[data-testid=registers] del')").await?;
    step_until(page, "return !!document.querySelector('[data-part=INTENA] ins')").await?;
    let intena = "return document.querySelector('[data-part=INTENA] .value').textContent";
    ensure!(page.script(intena).await? == json!("0x1 → 0x0"), "firing clears INTENA");
    Ok(())
}

pub(crate) async fn bytes_and_fields_are_reached_by_the_keyboard(page: &Page) -> Result<()> {
    open_bytes_of_first_descriptor(page).await?;
    let step = "return document.querySelector('main').dataset.step";
    let before = page.script(step).await?;
    page.script("document.getElementById('b0').focus()").await?;
    expect_marked(page, "b0 b1 b2 b3 b4 b5 b6 b7 pkt_addr").await?;
    for key in ["ArrowRight", "ArrowDown", "ArrowUp", "End"] {
        page.press(key).await?;
    }
    expect_marked(page, "b31").await?;
    page.press("Tab").await?;
    expect_marked(page, "b0 b1 b2 b3 b4 b5 b6 b7 pkt_addr").await?;
    page.press("ArrowDown").await?;
    expect_marked(page, "b8 b9 status_error0").await?;
    ensure!(page.script(step).await? == before, "an arrow made a step");
    Ok(())
}

/// In every look: axe finds nothing, nothing is wider than the page; and pictures.
pub(crate) async fn both_panes_are_sound_in_every_look(page: &Page) -> Result<()> {
    for look in Look::all() {
        page.look(&look).await?;
        open_bytes_of_first_descriptor(page).await?;
        page.script("document.activeElement.blur()").await?;
        step_until(page, "return !!document.querySelector('[data-field=pkt_len]')").await?;
        page.script("document.getElementById('b8').focus()").await?;
        for (tab, name) in
            [("bytes", "descriptor"), ("registers", "registers"), ("bytes", "headers")]
        {
            page.script(&format!("document.getElementById('tab-{tab}').click()")).await?;
            if name == "headers" {
                page.script("document.querySelector('[data-testid=object-pin]').click()").await?;
                page.script("document.activeElement.blur()").await?;
                step_until(
                    page,
                    "return !!document.querySelector('[data-object^=skb] [data-field=dest]')",
                )
                .await?;
                page.script("document.querySelector('[data-field=dest]').focus()").await?;
            }
            page.script("document.getElementById('tab-bytes').scrollIntoView()").await?;
            page.screenshot(&format!("{name}-{}", look.name())).await?;
            expect_none(page, name, &look).await?;
            let fits = "return document.scrollingElement.scrollWidth <= innerWidth";
            ensure!(page.script(fits).await? == json!(true), "{}: {name} is too wide", look.name());
        }
    }
    page.look(&Look::DESKTOP).await
}
