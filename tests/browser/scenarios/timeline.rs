//! The timeline: lanes that are pressed, a window that is zoomed and moved, markers, the playhead.

use super::accessible::expect_none;
use super::walk::{first_step, jump, state};
use crate::look::Look;
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// The height of the times above the lanes, and of a lane.
const HEAD: f64 = 18.0;
const ROW: f64 = 15.0;

/// Opens a ready scenario and waits until it and its timeline are known to the end.
async fn open(page: &Page, scenario: &str) -> Result<()> {
    page.open("").await?;
    page.click("workload").await?;
    let choose =
        format!("document.querySelector('[data-name={scenario}]').closest('button').click()");
    page.script(&choose).await?;
    page.press("Escape").await?;
    page.wait_until("return !document.querySelector('dialog')").await?;
    page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await?;
    shown(page).await
}

/// Shows the timeline, on a phone by its tab, and waits until it stays as it is.
async fn shown(page: &Page) -> Result<()> {
    page.script("document.querySelector('[data-testid=tab-timeline]')?.click()").await?;
    page.element("lanes").await?;
    page.wait_until(
        "const until = document.querySelector('[data-testid=lanes]')?.dataset.until; \
         const same = until !== undefined && until === window.untilBefore; \
         window.sameSince = same ? window.sameSince ?? performance.now() : undefined; \
         window.untilBefore = until; \
         return same && performance.now() - window.sameSince > 600",
    )
    .await
}

async fn number(page: &Page, what: &str) -> Result<f64> {
    let found = page.script(&format!("return Number({what})")).await?;
    found.as_f64().with_context(|| format!("{what} is {found}"))
}

const FROM: &str = "document.querySelector('[data-testid=lanes]').dataset.from";
const UNTIL: &str = "document.querySelector('[data-testid=lanes]').dataset.until";

/// Begin and length of the window.
async fn window(page: &Page) -> Result<(f64, f64)> {
    let from = number(page, FROM).await?;
    Ok((from, number(page, UNTIL).await? - from))
}

async fn wait_for_span(page: &Page, is: &str) -> Result<()> {
    let span = format!("const span = {UNTIL} - {FROM}; const from = Number({FROM}); return {is}");
    page.wait_until(&span).await
}

async fn mouse(page: &Page, kind: &str, (x, y): (f64, f64), more: Value) -> Result<()> {
    let mut event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
    for (name, value) in more.as_object().into_iter().flatten() {
        event[name] = value.clone();
    }
    page.devtools("Input.dispatchMouseEvent", &event).await?;
    Ok(())
}

async fn click_at(page: &Page, at: (f64, f64)) -> Result<()> {
    mouse(page, "mousePressed", at, json!({})).await?;
    mouse(page, "mouseReleased", at, json!({})).await
}

/// A point of a lane, at a share of the window.
async fn point(page: &Page, row: f64, share: f64) -> Result<(f64, f64)> {
    page.script("document.querySelector('[data-testid=lanes]').scrollIntoView({block: 'center'})")
        .await?;
    let place = "const box = document.querySelector('[data-testid=lanes]').getBoundingClientRect(); \
                 return [box.left, box.top, box.width]";
    let place = page.script(place).await?;
    let at = |index: usize| place[index].as_f64().context("no place");
    Ok((at(0)? + at(2)? * share, at(1)? + HEAD + ROW * (row + 0.5)))
}

/// When the last step was made, in ns after the first frame.
async fn clock_ns(page: &Page) -> Result<f64> {
    let text = page.text("clock").await?;
    let (number, unit) = text.trim_start_matches('+').split_once(' ').context("no unit")?;
    let unit = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        _ => 1e9,
    };
    Ok(number.replace(',', "").parse::<f64>()? * unit)
}

pub(crate) async fn a_press_leads_to_the_step_whose_time_is_there(page: &Page) -> Result<()> {
    open(page, "shared-budget").await?;
    let (from, span) = window(page).await?;
    page.press("Home").await?;
    // When the first frame arrives, by the first step of the run that is shown.
    let first = first_step(page).await?;
    jump(page, first + 1).await?;
    let mut steps = Vec::new();
    for share in [0.1, 0.35, 0.6, 0.85] {
        for row in [1.0, 4.0] {
            let at = point(page, row, share).await?;
            mouse(page, "mouseMoved", at, json!({})).await?;
            let tip = page.text("lane-tip").await?;
            click_at(page, at).await?;
            tokio::time::sleep(std::time::Duration::from_millis(120)).await;
            let wanted = from + span * share;
            let first_ns = number(page, "document.querySelector('main').dataset.firstNs").await?;
            let away = (clock_ns(page).await? + first_ns - wanted).abs();
            ensure!(away < span / 100.0, "{away} ns away at {share} of row {row}: {tip}");
            steps.push((state(page).await?.0, row));
            if row == 4.0 && !tip.contains("nothing") && tip.contains("softirq") {
                let context = page
                    .script(
                        "return document.querySelector('.stack li .context')?.textContent ?? ''",
                    )
                    .await?;
                ensure!(context == "softirq", "the step is in {context}: {tip}");
            }
        }
    }
    ensure!(steps.windows(2).any(|pair| pair[0].0 != pair[1].0), "always the same step");
    Ok(())
}

pub(crate) async fn each_control_does_what_it_says(page: &Page) -> Result<()> {
    open(page, "stream").await?;
    let whole = window(page).await?;
    page.press("w").await?;
    ensure!(window(page).await? == whole, "W zooms without focus");
    for by_keys in [true, false] {
        let act = async |key: &str, button: &str| {
            if by_keys {
                page.script("document.querySelector('[data-testid=lanes]').focus()").await?;
                return page.press(key).await;
            }
            page.click(button).await
        };
        act("w", "lanes-closer").await?;
        wait_for_span(page, &format!("span < {} * 0.6", whole.1)).await?;
        act("+", "lanes-closer").await?;
        wait_for_span(page, &format!("span < {} * 0.3", whole.1)).await?;
        let (from, _) = window(page).await?;
        act("d", "lanes-later").await?;
        wait_for_span(page, &format!("from > {from}")).await?;
        act("a", "lanes-earlier").await?;
        wait_for_span(page, &format!("from === {from}")).await?;
        act("s", "lanes-wider").await?;
        wait_for_span(page, &format!("span > {} * 0.4", whole.1)).await?;
        act("0", "lanes-fit").await?;
        wait_for_span(page, &format!("span === {} && from === {}", whole.1, whole.0)).await?;
    }
    // The time below the pointer stays there while the wheel turns.
    let at = point(page, 3.0, 0.25).await?;
    mouse(page, "mouseWheel", at, json!({ "deltaX": 0, "deltaY": -100 })).await?;
    wait_for_span(page, &format!("span < {} * 0.8", whole.1)).await?;
    for _ in 0..3 {
        mouse(page, "mouseWheel", at, json!({ "deltaX": 0, "deltaY": -100 })).await?;
    }
    wait_for_span(page, &format!("span < {} * 0.4", whole.1)).await?;
    let (from, span) = window(page).await?;
    let (here, there) = (from + span * 0.25, whole.0 + whole.1 * 0.25);
    ensure!((here - there).abs() < span / 100.0, "{there} became {here}");
    // A drag moves the window and is no press.
    let step = state(page).await?.0;
    mouse(page, "mousePressed", at, json!({})).await?;
    for by in [10.0, 40.0, 100.0] {
        mouse(page, "mouseMoved", (at.0 - by, at.1), json!({ "buttons": 1 })).await?;
    }
    mouse(page, "mouseReleased", (at.0 - 100.0, at.1), json!({})).await?;
    wait_for_span(page, &format!("from > {from} && Math.abs(span - {span}) < 2")).await?;
    ensure!(state(page).await?.0 == step, "a drag is a press");
    Ok(())
}

/// What the sentence has to say at each kind of marker.
const KINDS: [(&str, &str, &str); 4] = [
    ("shared-budget", "budget", "another poll"),
    ("shared-budget", "rearm", "vector"),
    ("stream", "merge", "GRO_MERGED"),
    ("socket-full", "drop", "drop"),
];

pub(crate) async fn markers_lead_to_the_step_with_the_fact(page: &Page) -> Result<()> {
    for (scenario, kind, said) in KINDS {
        open(page, scenario).await?;
        page.script(&format!(
            "const kind = document.querySelector('[data-testid=marker-kind]'); \
             kind.value = '{kind}'; kind.dispatchEvent(new Event('change', {{ bubbles: true }}))"
        ))
        .await?;
        let mut steps = vec![state(page).await?.0];
        for _ in 0..2 {
            page.click("marker-next").await?;
            let before = steps[steps.len() - 1];
            page.wait_until(&format!(
                "return document.querySelector('main').dataset.step !== '{before}'"
            ))
            .await?;
            let heard = page.text("sentence").await?;
            ensure!(heard.contains(said), "{kind} of {scenario}: `{heard}`");
            steps.push(state(page).await?.0);
        }
        page.click("marker-previous").await?;
        page.wait_until(&format!(
            "return document.querySelector('main').dataset.step === '{}'",
            steps[1]
        ))
        .await
        .with_context(|| format!("{kind}: {steps:?}"))?;
        page.script("document.querySelector('[data-testid=marker-list]').click()").await?;
        page.element("marker-card").await?;
        let found = page
            .script(
                "const buttons = [...document.querySelectorAll('.lane-card li button')]; \
                 const last = buttons.at(-1); last?.click(); \
                 return [buttons.length, Number(last?.dataset.step)]",
            )
            .await?;
        ensure!(found[0].as_u64() > Some(0), "the list is empty");
        page.wait_until(&format!(
            "return document.querySelector('main').dataset.step === '{}'",
            found[1]
        ))
        .await?;
    }
    Ok(())
}

pub(crate) async fn the_playhead_goes_with_the_steps(page: &Page) -> Result<()> {
    open(page, "stream").await?;
    let place = "document.querySelector('.playhead').getBoundingClientRect().left";
    let start = number(page, place).await?;
    let (from, span) = window(page).await?;
    page.press("End").await?;
    page.wait_until(&format!("return {place} > {start} + 200")).await?;
    let first_ns = number(page, "document.querySelector('main').dataset.firstNs").await?;
    let lanes = page.script("const box = document.querySelector('[data-testid=lanes]').getBoundingClientRect(); return [box.left, box.width]").await?;
    let (left, width) = (lanes[0].as_f64().context("left")?, lanes[1].as_f64().context("width")?);
    let wanted = left + (clock_ns(page).await? + first_ns - from) / span * width;
    let found = number(page, place).await? + 1.0;
    ensure!((found - wanted).abs() < 4.0, "the playhead is at {found}, its time at {wanted}");
    let end = number(page, place).await?;
    for _ in 0..5 {
        page.press("Shift+ArrowLeft").await?;
    }
    page.click("lanes-closer").await?;
    page.press("ArrowLeft").await?;
    ensure!(page.text("playhead").await? == page.text("clock").await?, "two times are told");
    page.press("Home").await?;
    page.wait_until(&format!("return {place} < {end}")).await?;
    // Where the window is elsewhere, the time says on which side it is.
    for (way, side) in [("lanes-later", "before"), ("lanes-earlier", "behind")] {
        page.press(if side == "before" { "Home" } else { "End" }).await?;
        page.click("lanes-closer").await?;
        let is_away = format!("!!document.querySelector('.playhead-time.{side}')");
        ensure!(page.script(&format!("return {is_away}")).await? == false, "it is {side}");
        for _ in 0..8 {
            page.click(way).await?;
        }
        page.wait_until(&format!("return {is_away}")).await?;
        page.screenshot(&format!("timeline-{side}")).await?;
        ensure!(page.text("playhead").await? == page.text("clock").await?, "two times are told");
    }
    Ok(())
}

pub(crate) async fn a_phone_has_it_as_a_tab(page: &Page) -> Result<()> {
    page.look(&Look { language: "ko-KR", ..Look::PHONE }).await?;
    open(page, "shared-budget").await?;
    let wide = "document.scrollingElement.scrollWidth - innerWidth";
    ensure!(number(page, wide).await? <= 0.0, "it is too wide");
    let at = point(page, 4.0, 0.5).await?;
    let before = state(page).await?.0;
    for kind in ["touchStart", "touchEnd"] {
        let points =
            if kind == "touchStart" { json!([{ "x": at.0, "y": at.1 }]) } else { json!([]) };
        let touch = json!({ "type": kind, "touchPoints": points });
        page.devtools("Input.dispatchTouchEvent", &touch).await?;
    }
    page.wait_until(&format!("return document.querySelector('main').dataset.step !== '{before}'"))
        .await?;
    let small = page
        .script(
            "return [...document.querySelectorAll('.timeline button, .timeline select')] \
             .map(e => e.getBoundingClientRect()).filter(b => b.height < 44 || b.width < 44).length",
        )
        .await?;
    ensure!(small == json!(0), "{small} targets are too small");
    page.click("tab-code").await?;
    page.wait_until("return !document.querySelector('.lanes')").await
}

/// axe finds nothing with the list open; pictures for people to look at.
pub(crate) async fn axe_and_pictures(page: &Page) -> Result<()> {
    for look in Look::all() {
        page.look(&look).await?;
        open(page, "shared-budget").await?;
        page.script("document.querySelector('[data-testid=marker-next]').click()").await?;
        if look.width < 1_000 {
            page.script("document.querySelector('.lanes').scrollIntoView({block: 'center'})")
                .await?;
        }
        let at = point(page, 4.0, 0.4).await?;
        mouse(page, "mouseMoved", at, json!({})).await?;
        page.screenshot(&format!("timeline-{}", look.name())).await?;
        expect_none(page, "timeline", &look).await?;
        page.script("document.querySelector('[data-testid=marker-list]').click()").await?;
        page.element("marker-card").await?;
        expect_none(page, "markers", &look).await?;
        page.screenshot(&format!("timeline-list-{}", look.name())).await?;
        page.script("document.querySelector('[data-testid=marker-card-close]').click()").await?;
        for _ in 0..9 {
            page.script("document.querySelector('[data-testid=lanes-closer]').click()").await?;
        }
        page.screenshot(&format!("timeline-close-{}", look.name())).await?;
    }
    Ok(())
}
