//! The object pane: structs with values, of the step's object or of one that was picked.

use super::accessible::expect_none;
use crate::look::Look;
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

pub(super) async fn open(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await
}

async fn open_pane(page: &Page) -> Result<()> {
    open(page).await?;
    page.click("tab-object").await?;
    page.element("object-members").await?;
    page.script("document.activeElement.blur()").await?;
    Ok(())
}

/// Steps until a script is true.
pub(super) async fn step_until(page: &Page, what: &str) -> Result<()> {
    for _ in 0..400 {
        if page.script(what).await? == Value::Bool(true) {
            return Ok(());
        }
        page.press("ArrowRight").await?;
    }
    anyhow::bail!("no step makes this true: {what}")
}

/// A click as a finger or a mouse makes it, in the middle of a shape of the stage.
pub(super) async fn click_shape(page: &Page, id: &str) -> Result<()> {
    let place = page
        .script(&format!(
            "const shape = document.getElementById('{id}'); \
             shape.scrollIntoView({{ block: 'center' }}); \
             const area = shape.getBoundingClientRect(); \
             return [area.x + area.width / 2, area.y + area.height / 2]"
        ))
        .await
        .with_context(|| format!("no shape is {id}"))?;
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({
            "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1,
        });
        page.devtools("Input.dispatchMouseEvent", &event).await?;
    }
    Ok(())
}

fn shows(key: &str) -> String {
    format!("return document.querySelector('[data-testid=object]')?.dataset.object === '{key}'")
}

/// The text of a member's value, with old and new where it changed.
async fn value(page: &Page, member: &str) -> Result<String> {
    let row = format!(
        "return document.querySelector('[data-testid=object] [data-member=\"{member}\"] \
         td:last-child')?.textContent ?? 'no row'"
    );
    Ok(page.script(&row).await?.as_str().unwrap_or_default().to_owned())
}

pub(crate) async fn a_step_shows_old_and_new_length_of_its_sk_buff(page: &Page) -> Result<()> {
    open_pane(page).await?;
    step_until(
        page,
        "const row = document.querySelector('[data-object^=skb] [data-member=len]'); \
         return !!row && !!row.querySelector('del') && !!row.querySelector('ins')",
    )
    .await?;
    // What the sentence's list says stands in the struct, too.
    let listed = page.text("changes").await?.replace('\n', " ");
    let shown = value(page, "len").await?;
    let (old, new) = shown.split_once(" → ").context("old and new")?;
    ensure!(listed.contains(old) && listed.contains(new), "`{shown}`, but `{listed}`");
    let size = page.text("object-size").await?;
    ensure!(size == "232 B · 4 cachelines", "it says `{size}`");
    page.click("object-all").await?;
    page.wait_until(
        "const table = document.querySelector('[data-testid=object-members]'); \
         const rows = [...table.querySelectorAll('tr[data-member]')]; \
         return rows.length > 90 && !!table.querySelector('.hole') \
                && rows.some(row => row.dataset.member === '' \
                     && row.querySelector('td code').textContent === 'union')",
    )
    .await
}

/// The first descriptor before and after the card wrote it back; it stays while others are worked on.
pub(crate) async fn a_descriptor_that_is_clicked_shows_its_struct_and_stays(
    page: &Page,
) -> Result<()> {
    open(page).await?;
    click_shape(page, "slot-0").await?;
    page.wait_until(&shows("desc0.0")).await?;
    let name = page.text("object-name").await?;
    ensure!(name.starts_with("ice_32b_rx_flex_desc"), "it says `{name}`");
    page.element("object-members").await?;
    let address = value(page, "read.pkt_addr").await?;
    ensure!(address.starts_with("0x"), "read format: {address}");
    step_until(page, "return !!document.querySelector('[data-member=\"wb.pkt_len\"] ins')").await?;
    let length = value(page, "wb.pkt_len").await?;
    ensure!(length.ends_with("→ 74"), "write-back: {length}");
    page.press("ArrowRight").await?;
    page.wait_until(&shows("desc0.0")).await?;
    ensure!(value(page, "wb.pkt_len").await? == "74", "the step after changes nothing");
    page.click("language").await?;
    page.wait_until("return document.documentElement.lang === 'ko'").await?;
    page.wait_until(&shows("desc0.0")).await?;
    let name = page.text("object-name").await?;
    ensure!(name.contains("디스크립터 0"), "it says `{name}`");
    Ok(())
}

pub(crate) async fn a_click_beside_the_objects_opens_nothing(page: &Page) -> Result<()> {
    open(page).await?;
    for nothing in ["nic-name", "place-rss-name", "place-fifo", "memory-name"] {
        click_shape(page, nothing).await?;
        let open = page.script("return !!document.querySelector('[data-testid=object]')").await?;
        ensure!(open == json!(false), "{nothing} opens the pane");
    }
    for (shape, key) in [
        ("place-queue", "ring0"),
        ("place-napi-name", "napi0"),
        ("place-gro-name", "gro0.0"),
        ("place-socket-name", "udp0"),
        ("place-hardirq-name", "irq1"),
        ("place-softirq-name", "softnet0"),
        ("place-core-name", "softnet0"),
        ("place-application-name", "udp0"),
        ("place-vector-name", "vector1"),
    ] {
        click_shape(page, shape).await?;
        page.wait_until(&shows(key)).await.with_context(|| format!("{shape} is not {key}"))?;
    }
    Ok(())
}

pub(crate) async fn an_object_is_found_by_the_keyboard_alone(page: &Page) -> Result<()> {
    open(page).await?;
    let focus = |testid: &str| format!("document.querySelector('[data-testid={testid}]').focus()");
    page.script(&focus("tab-code")).await?;
    page.press("ArrowRight").await?;
    page.element("object-members").await?;
    page.script(&focus("object-which")).await?;
    page.press("Home").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=object]').dataset.object.startsWith('desc')",
    )
    .await?;
    page.press("Tab").await?;
    page.press("Tab").await?;
    page.press("Enter").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=object]').dataset.object.endsWith('.1')",
    )
    .await?;
    page.wait_until(
        "return document.querySelector('[data-testid=object]').dataset.pinned === 'true'",
    )
    .await?;
    // On to the switch that lets it go.
    page.press("Tab").await?;
    page.press("Enter").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=object]').dataset.pinned === 'false'",
    )
    .await?;
    // And along a pointer: from the vector to its NAPI instance.
    click_shape(page, "place-vector-name").await?;
    page.wait_until(&shows("vector1")).await?;
    page.script("[...document.querySelectorAll('[data-testid=object-go]')].find(link => link.textContent === 'napi0').focus()").await?;
    page.press("Enter").await?;
    page.wait_until(&shows("napi0")).await
}

/// The layouts are asked for when the pane is opened first, and once.
pub(crate) async fn the_structs_come_when_the_pane_is_opened(page: &Page) -> Result<()> {
    open(page).await?;
    let asked =
        |requests: &[String]| requests.iter().filter(|file| file.ends_with(".layouts")).count();
    ensure!(asked(&page.own_requests().await?) == 0, "the first visit asks for them");
    for _ in 0..2 {
        page.click("tab-object").await?;
        page.element("object-members").await?;
        page.click("tab-code").await?;
    }
    ensure!(asked(&page.own_requests().await?) == 1, "not asked for once");
    Ok(())
}

/// The life of descriptor 3, by its buttons and by steps of that size; at its end there is a word.
pub(crate) async fn a_step_goes_to_what_happens_to_the_object(page: &Page) -> Result<()> {
    let state = "const data = document.querySelector('main').dataset; \
                 return [data.step, document.querySelector('[data-testid=object]').dataset.object, \
                         document.querySelector('[data-testid=sentence]').textContent.includes('descriptor 3')]";
    let move_on =
        |step: String| format!("return document.querySelector('main').dataset.step !== '{step}'");
    page.open("#1/scenario=generator&rx_ring=16&packets=60&object=desc0.3").await?;
    page.element("object-members").await?;
    let mut by_button = Vec::new();
    for _ in 0..6 {
        let before = page.script("return document.querySelector('main').dataset.step").await?;
        page.click("object-later").await?;
        page.wait_until(&move_on(before.as_str().unwrap_or_default().to_owned())).await?;
        let seen = page.script(state).await?;
        ensure!(seen[1] == "desc0.3" && seen[2] == true, "{seen}");
        by_button.push(seen[0].clone());
    }
    for step in by_button.iter().rev().skip(1) {
        page.click("object-earlier").await?;
        page.wait_until(&format!("return document.querySelector('main').dataset.step === {step}"))
            .await?;
    }
    page.script("document.querySelector('[data-testid=grain] [value=object]').click()").await?;
    page.press("ArrowRight").await?;
    page.wait_until(&format!(
        "return document.querySelector('main').dataset.step === {}",
        by_button[1]
    ))
    .await?;
    page.press("End").await?;
    page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await?;
    page.click("object-later").await?;
    let notice = page.text("notice").await?;
    ensure!(notice.contains("Nothing more"), "{notice}");
    page.press("ArrowLeft").await?;
    page.wait_until("return document.querySelector('[data-testid=notice]') === null").await
}

/// From the wire on: where the packet is, is said; it goes on to what happens to it; the pin lets it go.
pub(crate) async fn a_packet_that_is_clicked_is_followed(page: &Page) -> Result<()> {
    page.open("#1/scenario=generator&rx_ring=16&packets=60").await?;
    page.element("walk").await?;
    click_shape(page, "wire-packet-0").await?;
    let label = page.text("followed").await?;
    ensure!(label.contains("Packet 0"), "it says `{label}`");
    ensure!(page.text("packet-absent").await?.contains("wire"), "it is on the wire");
    let high = "return document.querySelector('[data-testid=followed]').offsetHeight";
    ensure!(page.script(high).await?.as_u64() < Some(30), "the rest is pushed out of sight");
    step_until_later(page, "!!document.querySelector('[data-object^=skb][data-packet=\"0\"]')")
        .await?;
    page.wait_until("return location.hash.includes('object=packet0')").await?;
    page.click("object-pin").await?;
    page.wait_until("return document.querySelector('[data-testid=followed]') === null").await
}

/// On to what happens to it, until this is true.
async fn step_until_later(page: &Page, what: &str) -> Result<()> {
    for _ in 0..60 {
        if page.script(&format!("return {what}")).await? == Value::Bool(true) {
            return Ok(());
        }
        page.click("object-later").await?;
    }
    anyhow::bail!("nothing that happens to it makes this true: {what}")
}

/// In every look: axe finds nothing, nothing is wider than the page; and pictures.
pub(crate) async fn the_pane_is_sound_in_every_look(page: &Page) -> Result<()> {
    for look in Look::all() {
        page.look(&look).await?;
        open(page).await?;
        // On a phone the bar lies over what is at the lower edge.
        page.script("document.getElementById('tab-object').scrollIntoView()").await?;
        page.click("tab-object").await?;
        page.element("object-members").await?;
        page.script("document.activeElement.blur()").await?;
        step_until(
            page,
            "return !!document.querySelector('[data-object^=skb] [data-member=len] del')",
        )
        .await?;
        page.script("document.getElementById('tab-object').scrollIntoView()").await?;
        page.screenshot(&format!("object-{}", look.name())).await?;
        expect_none(page, "the object pane", &look).await?;
        page.script("document.querySelector('[data-testid=object-all]').click()").await?;
        expect_none(page, "all members", &look).await?;
        page.screenshot(&format!("object-all-{}", look.name())).await?;
        let wider = page
            .script(
                "if (document.scrollingElement.scrollWidth <= innerWidth) return ''; \
                 return [...document.querySelectorAll('main *')] \
                   .filter(one => one.getBoundingClientRect().right > innerWidth) \
                   .map(one => `${one.tagName}.${one.className}`).slice(0, 5).join(' ')",
            )
            .await?;
        ensure!(wider == json!(""), "{}: wider than the page: {wider}", look.name());
        page.script("document.querySelector('[data-testid=object-all]').click()").await?;
        click_shape(page, "place-queue").await?;
        page.wait_until(&shows("ring0")).await?;
        page.screenshot(&format!("object-ring-{}", look.name())).await?;
    }
    page.look(&Look::DESKTOP).await
}
