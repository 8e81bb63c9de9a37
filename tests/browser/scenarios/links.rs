//! Links: an address names a moment of a run.

use crate::look::Look;
use crate::page::{Page, screens};
use anyhow::{Context, Result, ensure};

/// The shipped capture, given to the page as a file of the reader's, with one more byte or without.
fn give(testid: &str, other: bool) -> String {
    let more = if other { ", new Uint8Array([0])" } else { "" };
    format!(
        "const input = document.querySelector('[data-testid={testid}]'); \
         return fetch('captures/udp-small.pcap').then(answer => answer.arrayBuffer()).then(bytes => {{ \
           const files = new DataTransfer(); \
           files.items.add(new File([bytes{more}], '{}.pcap')); \
           input.files = files.files; \
           input.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})",
        if other { "another" } else { "my own" }
    )
}

/// Waits for the page; gives step and hash.
async fn moment(page: &Page) -> Result<(u64, String)> {
    page.element("walk").await?;
    let state = "const data = document.querySelector('main').dataset; \
                 return [Number(data.step), data.stateHash]";
    let state = page.script(state).await?;
    let hash = state[1].as_str().context("no hash")?.to_owned();
    Ok((state[0].as_u64().context("no step")?, hash))
}

async fn wait_for_step(page: &Page, step: u64) -> Result<()> {
    let here = format!("return document.querySelector('main')?.dataset.step === '{step}'");
    page.wait_until(&here).await.with_context(|| format!("step {step} is not reached"))
}

async fn address(page: &Page) -> Result<String> {
    let hash = page.script("return location.hash").await?;
    Ok(hash.as_str().context("no hash")?.to_owned())
}

/// Copies the link; gives it.
async fn copy(page: &Page) -> Result<String> {
    page.click("copy-link").await?;
    page.wait_until("return document.querySelector('[data-testid=copied] p') !== null").await?;
    address(page).await
}

async fn notice(page: &Page, part: &str) -> Result<()> {
    let text = page.text("notice").await?;
    ensure!(text.contains(part), "`{part}` is not in `{text}`");
    Ok(())
}

pub(crate) async fn a_copied_link_opens_the_same_moment_in_a_new_page(page: &Page) -> Result<()> {
    page.open("#1/scenario=stream&rx_ring=64&netdev_budget=20&step=12345").await?;
    wait_for_step(page, 12_345).await?;
    let there = moment(page).await?;
    let link = copy(page).await?;
    let expected =
        format!("#1/scenario=stream&netdev_budget=20&rx_ring=64&step=12345&state={}", there.1);
    ensure!(link == expected, "{link}");
    page.press("ArrowRight").await?;
    wait_for_step(page, 12_346).await?;
    let copied = page.script("return document.querySelector('[data-testid=copied] p')").await?;
    ensure!(copied.is_null(), "it still says that a link was copied");
    page.open(&link).await?;
    wait_for_step(page, 12_345).await?;
    ensure!(moment(page).await? == there, "another moment");
    let silent = page.script("return document.querySelector('[data-testid=notice]') === null");
    ensure!(silent.await? == true, "a notice where nothing is wrong");
    page.open(&link.replace(&there.1, "0123456789abcdef")).await?;
    wait_for_step(page, 12_345).await?;
    notice(page, "another state").await
}

pub(crate) async fn a_hostile_address_gives_a_message_and_a_page_that_works(
    page: &Page,
) -> Result<()> {
    let long = format!("#{}", "x".repeat(10_000));
    let hostile = [
        ("#1/scenario=stream&step=99999999999999999999", "200,000,000"),
        ("#%", "no link of this page"),
        (long.as_str(), "10,001 characters"),
        ("#2/scenario=stream", "version 2"),
        ("#1/scenario=none", "shared-budget"),
        ("#1/scenario=stream&step=199999", "last one is"),
        ("#1/scenario=stream&object=foo1", "foo1, which this machine does not have"),
        ("#1/scenario=stream&object=desc0.99999", "desc0.99999, which this machine"),
        ("#1/scenario=stream&object=packet320", "packet320, which this machine"),
        ("#1/scenario=stream&rx_ring=3", "What it may be: 16, 32, or 64–8,160 in steps of 32"),
        ("#1/scenario=stream&x=<img/src/onerror=alert(1)>", "does not know"),
    ];
    for (hash, part) in hostile {
        page.open(hash).await?;
        notice(page, part).await.with_context(|| hash.chars().take(60).collect::<String>())?;
        let (step, _) = moment(page).await?;
        page.press("ArrowLeft").await?;
        wait_for_step(page, step - 1).await?;
    }
    page.open("#1/scenario=stream&step=500&object=skb99999").await?;
    let absent = page.text("object-absent").await?;
    ensure!(absent == "It does not exist at this step.", "the pane says `{absent}`");
    Ok(())
}

pub(crate) async fn a_link_with_a_file_asks_for_it_and_knows_another(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.click("workload").await?;
    page.element("file").await?;
    page.script(&give("file", false)).await?;
    page.wait_until("return location.hash.includes('file=my%20own.pcap')").await?;
    page.press("Escape").await?;
    page.press("Shift+ArrowRight").await?;
    let there = moment(page).await?;
    let link = copy(page).await?;
    ensure!(link.contains("&sha256=") && link.contains("&host=192.0.2.2"), "{link}");
    page.open(&link).await?;
    let card = page.text("ask-file").await?;
    ensure!(card.contains("my own.pcap"), "the card says `{card}`");
    page.script(&give("asked-file", true)).await?;
    let other = "return document.querySelector('[data-testid=other-file]').textContent.includes('another.pcap')";
    page.wait_until(other).await?;
    page.script(&give("asked-file", false)).await?;
    wait_for_step(page, there.0).await?;
    ensure!(moment(page).await? == there, "another moment");
    page.wait_until("return document.querySelector('[data-testid=ask-file]') === null").await
}

pub(crate) async fn back_leads_to_what_was_left(page: &Page) -> Result<()> {
    page.open("#1/scenario=budget&step=1500").await?;
    wait_for_step(page, 1_500).await?;
    page.press("ArrowRight").await?;
    wait_for_step(page, 1_501).await?;
    let left = moment(page).await?;
    page.click("workload").await?;
    page.element("ready").await?;
    page.script("document.querySelector('[data-name=stream]').closest('button').click()").await?;
    page.wait_until("return location.hash === '#1/scenario=stream'").await?;
    page.press("Escape").await?;
    let next = moment(page).await?;
    page.script("history.back()").await?;
    wait_for_step(page, left.0).await?;
    ensure!(moment(page).await? == left, "back leads to another moment");
    page.script("history.forward()").await?;
    wait_for_step(page, next.0).await?;
    ensure!(moment(page).await? == next, "forward leads to another moment");
    page.open("#1/scenario=stream&lang=ko").await?;
    page.wait_until("return document.documentElement.lang === 'ko'").await
}

/// For people to look at: the card, the confirmation, and a message.
pub(crate) async fn pictures(page: &Page) -> Result<()> {
    let card = "#1/file=my%20own.pcap&sha256=0123456789abcdef&host=192.0.2.2&step=3000";
    for look in Look::all() {
        page.look(&look).await?;
        page.open(card).await?;
        page.element("ask-file").await?;
        page.script(&give("asked-file", true)).await?;
        page.screenshot(&format!("links-file-{}", look.name())).await?;
        page.open("#1/scenario=stream&step=12345&rx_ring=17").await?;
        page.element("notice").await?;
        copy(page).await?;
        page.screenshot(&format!("links-copied-{}", look.name())).await?;
    }
    ensure!(screens().exists());
    page.look(&Look::DESKTOP).await
}

/// A moment is taken along: its link, its step in words, the ring as a table, the stage as a picture.
pub(crate) async fn a_moment_is_taken_along(page: &Page) -> Result<()> {
    page.open("#1/scenario=generator&packets=60&rx_ring=64&step=2600").await?;
    page.wait_until("return document.querySelector('main').dataset.step === '2600'").await?;
    page.script(
        "window.taken = []; Object.defineProperty(navigator, 'clipboard', \
         { value: { writeText: text => { taken.push(text); return Promise.resolve(); } } })",
    )
    .await?;
    let sentence = page.text("sentence").await?;
    page.click("notes-open").await?;
    let buttons = ["notes-link", "notes-step", "notes-ring", "notes-svg"];
    for (number, button) in buttons.into_iter().enumerate() {
        page.click(button).await?;
        page.wait_until(&format!("return taken.length === {}", number + 1)).await?;
    }
    let taken = page.script("return taken").await?;
    let text = |number: usize| taken[number].as_str().unwrap_or_default().to_owned();
    ensure!(text(0).contains("#1/scenario=generator") && text(0).contains("&step=2600"));
    ensure!(text(1).contains(&sentence) && text(1).contains("Linux 6.12.107"), "{}", text(1));
    ensure!(text(2).lines().filter(|line| line.starts_with("| ")).count() >= 64, "{}", text(2));
    let sound = page
        .script(
            "const bare = taken[3].replace(/<style>.*?<\\/style>/s, ''); \
             const svg = new DOMParser().parseFromString(bare, 'image/svg+xml'); \
             return !svg.querySelector('parsererror, script, image, use') \
                 && svg.documentElement.textContent.includes('next_to_clean') \
                 && taken[3].includes('--ink') && taken[3].includes('.stage .zone')",
        )
        .await?;
    ensure!(sound == true, "{}", text(3));
    page.press("Escape").await?;
    page.wait_until("return !document.querySelector('dialog[open]')").await?;
    page.expect_quiet().await
}
