//! The Walk page: what a person does with a run.

use crate::look::Look;
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// Opens the page and waits until its capture is explored to the end.
pub(super) async fn open(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await
}

/// What the page says of itself: step, hash, and whether it plays.
pub(super) async fn state(page: &Page) -> Result<(u64, String, bool)> {
    let state = page
        .script(
            "const data = document.querySelector('main').dataset; \
             return [Number(data.step), data.stateHash, data.playing === 'true']",
        )
        .await?;
    Ok((
        state[0].as_u64().context("no step")?,
        state[1].as_str().context("no hash")?.to_owned(),
        state[2].as_bool().context("not said whether it plays")?,
    ))
}

pub(super) async fn first_step(page: &Page) -> Result<u64> {
    let step =
        page.script("return Number(document.querySelector('main').dataset.firstStep)").await?;
    step.as_u64().context("no first step")
}

async fn wait_for_step(page: &Page, step: u64) -> Result<()> {
    page.wait_until(&format!("return document.querySelector('main').dataset.step === '{step}'"))
        .await
        .with_context(|| format!("step {step} is not reached"))
}

/// Goes to a step by the field for it.
pub(super) async fn jump(page: &Page, step: u64) -> Result<()> {
    let field = page.element("jump").await?;
    field.send_keys(&format!("{step}\u{e007}")).await?;
    wait_for_step(page, step).await?;
    page.script("document.activeElement.blur()").await?;
    Ok(())
}

async fn press_times(page: &Page, keys: &str, times: u64) -> Result<()> {
    for _ in 0..times {
        page.press(keys).await?;
    }
    Ok(())
}

pub(crate) async fn it_opens_paused_before_the_first_frame(page: &Page) -> Result<()> {
    open(page).await?;
    let (step, _, playing) = state(page).await?;
    ensure!(!playing && step == first_step(page).await?, "at step {step}, playing: {playing}");
    let sentence = page.text("sentence").await?;
    ensure!(sentence.contains("654") && sentence.contains("192.0.2.2"), "it says `{sentence}`");
    let why = page.text("why").await?;
    ensure!(why.contains("Space"), "what to do is not said: `{why}`");
    let scrolls = page
        .script(
            "const root = document.scrollingElement; \
             const low = id => document.querySelector(`[data-testid=${id}]`).getBoundingClientRect().bottom; \
             const scene = document.querySelector('.scene'); \
             return [root.scrollHeight - innerHeight, scene.scrollHeight - scene.clientHeight, root.scrollWidth - innerWidth, \
                     Math.max(low('stage'), low('sentence'), low('why'), low('play')) - innerHeight]",
        )
        .await?;
    ensure!(
        scrolls.as_array().is_some_and(|all| all.iter().all(|by| by.as_f64() <= Some(0.0))),
        "to be scrolled by {scrolls}"
    );
    Ok(())
}

pub(crate) async fn one_press_of_space_plays_and_the_button_pauses(page: &Page) -> Result<()> {
    open(page).await?;
    let first = first_step(page).await?;
    page.press("Space").await?;
    wait_for_step(page, first + 1).await?;
    ensure!(state(page).await?.2, "it does not play");
    wait_for_step(page, first + 3).await?;
    page.click("play").await?;
    let (step, hash, playing) = state(page).await?;
    ensure!(!playing, "it still plays");
    // The button has focus now: Space is its own, and presses it once.
    page.press("Space").await?;
    page.wait_until("return document.querySelector('main').dataset.playing === 'true'").await?;
    page.press("Space").await?;
    page.wait_until("return document.querySelector('main').dataset.playing === 'false'").await?;
    ensure!(state(page).await?.0 > step && !hash.is_empty());
    Ok(())
}

pub(crate) async fn two_hundred_steps_on_and_back_are_the_same_states(page: &Page) -> Result<()> {
    open(page).await?;
    let first = first_step(page).await?;
    jump(page, first + 2).await?;
    let begin = (state(page).await?, page.text("sentence").await?);
    press_times(page, "Shift+ArrowRight", 20).await?;
    wait_for_step(page, first + 202).await?;
    let far = (state(page).await?, page.text("sentence").await?);
    ensure!(begin.0.1 != far.0.1, "200 steps changed nothing");
    press_times(page, "ArrowLeft", 200).await?;
    wait_for_step(page, first + 2).await?;
    ensure!(begin == (state(page).await?, page.text("sentence").await?), "not where it began");
    press_times(page, "ArrowRight", 200).await?;
    wait_for_step(page, first + 202).await?;
    ensure!(far == (state(page).await?, page.text("sentence").await?), "not where it was");
    Ok(())
}

pub(crate) async fn twenty_presses_are_twenty_steps_from_any_focus(page: &Page) -> Result<()> {
    open(page).await?;
    let first = first_step(page).await?;
    press_times(page, "ArrowRight", 20).await?;
    wait_for_step(page, first + 20).await?;
    page.script("document.querySelector('[data-testid=theme]').focus()").await?;
    press_times(page, "ArrowRight", 20).await?;
    wait_for_step(page, first + 40).await?;
    // A field keeps the arrows.
    page.script("document.querySelector('[data-testid=jump]').focus()").await?;
    press_times(page, "ArrowLeft", 3).await?;
    page.script("document.activeElement.blur()").await?;
    press_times(page, "ArrowRight", 1).await?;
    wait_for_step(page, first + 41).await?;
    page.press("Home").await?;
    wait_for_step(page, first).await?;
    page.press("End").await?;
    page.wait_until(
        "return document.querySelector('main').dataset.step \
         === document.querySelector('[data-testid=scrub]').max",
    )
    .await?;
    // A Korean input method reports the key by its place.
    let korean = json!({ "type": "keyDown", "key": "Process", "code": "Home", "windowsVirtualKeyCode": 229 });
    page.devtools("Input.dispatchKeyEvent", &korean).await?;
    wait_for_step(page, first).await
}

pub(crate) async fn the_slider_and_the_field_lead_to_a_step(page: &Page) -> Result<()> {
    open(page).await?;
    let first = first_step(page).await?;
    let wanted = first + 1_234;
    jump(page, wanted).await?;
    let (_, hash, _) = state(page).await?;
    jump(page, 7).await?;
    page.script(&format!(
        "const slider = document.querySelector('[data-testid=scrub]'); slider.value = {wanted}; \
         slider.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    ))
    .await?;
    wait_for_step(page, wanted).await?;
    ensure!(state(page).await?.1 == hash, "another state at the same step");
    let field = page.element("jump").await?;
    field.send_keys("99999999\u{e007}").await?;
    page.element("notice").await?;
    ensure!(state(page).await?.0 == wanted, "a step that is not there moved the place");
    Ok(())
}

pub(crate) async fn granularity_says_how_far_a_step_goes(page: &Page) -> Result<()> {
    open(page).await?;
    page.script("document.querySelector('[data-testid=grain-poll]').click()").await?;
    page.script("document.activeElement.blur()").await?;
    let before = state(page).await?;
    page.press("ArrowRight").await?;
    page.press("ArrowRight").await?;
    page.wait_until(&format!(
        "return Number(document.querySelector('main').dataset.step) > {}",
        before.0 + 50
    ))
    .await?;
    let stack = page.text("stack").await?;
    ensure!(stack.contains("napi_poll"), "no poll begins here: {stack}");
    Ok(())
}

pub(crate) async fn a_language_keeps_step_and_state(page: &Page) -> Result<()> {
    open(page).await?;
    let first = first_step(page).await?;
    jump(page, first + 77).await?;
    let (before, english) = (state(page).await?, page.text("sentence").await?);
    let lang = "return document.documentElement.lang";
    ensure!(page.script(lang).await? == json!("en"), "not in English");
    page.click("language").await?;
    page.wait_until("return document.documentElement.lang === 'ko'").await?;
    let korean = page.text("sentence").await?;
    ensure!(korean != english && korean.contains('다'), "in Korean it says `{korean}`");
    ensure!(state(page).await? == before, "the language moved the place");
    open(page).await?;
    ensure!(page.script(lang).await? == json!("ko"), "the choice was not remembered");
    Ok(())
}

pub(crate) async fn the_browsers_language_is_spoken(page: &Page) -> Result<()> {
    page.look(&Look { language: "ko-KR", ..Look::DESKTOP }).await?;
    open(page).await?;
    let lang = page.script("return document.documentElement.lang").await?;
    ensure!(lang == json!("ko"), "in `{lang}`");
    Ok(())
}

pub(crate) async fn a_malformed_capture_is_refused_and_changes_nothing(page: &Page) -> Result<()> {
    open(page).await?;
    let first = first_step(page).await?;
    jump(page, first + 9).await?;
    let before = state(page).await?;
    // What is said of it would lie behind the dialog.
    page.click("workload").await?;
    page.element("workload-dialog").await?;
    drop_file(page, "broken.pcap", "new TextEncoder().encode('this is no capture at all')").await?;
    let notice = page.text("notice").await?;
    ensure!(notice.contains("broken.pcap"), "it says `{notice}`");
    page.wait_until("return !document.querySelector('dialog[open]')").await?;
    // One that ends within a frame: it is said in which.
    let cut = "(await (await fetch('captures/udp-small.pcap')).arrayBuffer()).slice(0, 500)";
    drop_file(page, "cut.pcap", cut).await?;
    page.wait_until(
        "return document.querySelector('[data-testid=notice]').textContent.includes('cut.pcap')",
    )
    .await?;
    let notice = page.text("notice").await?;
    ensure!(notice.contains("frame 6") && notice.contains("480"), "it says `{notice}`");
    ensure!(state(page).await? == before, "a refused file changed the state");
    page.click("notice-close").await?;
    page.wait_until("return !document.querySelector('[data-testid=notice]')").await
}

pub(crate) async fn a_capture_that_is_dropped_runs(page: &Page) -> Result<()> {
    open(page).await?;
    press_times(page, "ArrowRight", 5).await?;
    let whole = "await (await fetch('captures/udp-small.pcap')).arrayBuffer()";
    drop_file(page, "mine.pcap", whole).await?;
    page.wait_until(
        "return document.querySelector('[data-testid=workload]').textContent.includes('mine.pcap')",
    )
    .await?;
    let (step, _, playing) = state(page).await?;
    ensure!(!playing && step == first_step(page).await?, "not before its first frame");
    Ok(())
}

/// Drops a file of these bytes (an expression) onto the page.
async fn drop_file(page: &Page, name: &str, bytes: &str) -> Result<Value> {
    page.script(&format!(
        "return (async () => {{ \
           const transfer = new DataTransfer(); \
           transfer.items.add(new File([{bytes}], '{name}')); \
           const drop = new DragEvent('drop', {{ dataTransfer: transfer, bubbles: true, cancelable: true }}); \
           document.body.dispatchEvent(drop); \
         }})()"
    ))
    .await
}

pub(crate) async fn what_runs_can_be_chosen(page: &Page) -> Result<()> {
    open(page).await?;
    page.click("workload").await?;
    page.element("workload-dialog").await?;
    page.screenshot("walk-workload").await?;
    page.script("document.querySelector('[data-name=budget]').closest('button').click()").await?;
    choose(page, "driver", "igb").await?;
    choose(page, "ring", "16").await?;
    page.press("Escape").await?;
    page.wait_until("return !document.querySelector('dialog')").await?;
    let summary = page.text("workload").await?;
    ensure!(summary.contains("igb") && summary.contains("rx 16"), "it runs `{summary}`");
    press_times(page, "Shift+ArrowRight", 30).await?;
    let slots =
        page.script("return document.querySelectorAll('rect.slot[id^=slot-]').length").await?;
    ensure!(slots == json!(16), "{slots} slots");
    page.screenshot("walk-ring-16").await?;
    Ok(())
}

async fn choose(page: &Page, testid: &str, value: &str) -> Result<Value> {
    page.script(&format!(
        "const list = document.querySelector('[data-testid={testid}]'); list.value = '{value}'; \
         list.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .await
}

pub(crate) async fn the_theme_follows_the_system_until_one_is_chosen(page: &Page) -> Result<()> {
    let paper = "return getComputedStyle(document.body).backgroundColor";
    page.look(&Look { dark: true, ..Look::DESKTOP }).await?;
    open(page).await?;
    let dark = page.script(paper).await?;
    page.look(&Look::DESKTOP).await?;
    let light = page.script(paper).await?;
    ensure!(dark != light, "both are {dark}");
    // System, light, dark.
    page.click("theme").await?;
    page.click("theme").await?;
    page.wait_until("return document.documentElement.dataset.theme === 'dark'").await?;
    ensure!(page.script(paper).await? == dark, "the chosen theme is not dark");
    open(page).await?;
    ensure!(page.script(paper).await? == dark, "the choice was not remembered");
    Ok(())
}

pub(crate) async fn help_lists_the_keys_and_escape_closes_it(page: &Page) -> Result<()> {
    open(page).await?;
    let before = state(page).await?;
    page.press("?").await?;
    page.element("help-dialog").await?;
    page.screenshot("walk-help").await?;
    page.press("ArrowRight").await?;
    page.press("Escape").await?;
    page.wait_until("return !document.querySelector('dialog')").await?;
    ensure!(state(page).await? == before, "a key of the dialog moved the run");
    page.press("ArrowRight").await?;
    wait_for_step(page, before.0 + 1).await
}

pub(crate) async fn a_phone_shows_scene_transport_and_sentence_at_once(page: &Page) -> Result<()> {
    for language in ["en-US", "ko-KR"] {
        page.look(&Look { language, ..Look::PHONE }).await?;
        open(page).await?;
        press_times(page, "ArrowRight", 12).await?;
        let seen = page
            .script(
                "const box = id => document.querySelector(`[data-testid=${id}]`).getBoundingClientRect(); \
                 const bar = document.querySelector('.bar').getBoundingClientRect(); \
                 const few = one => Math.min(one.offsetHeight, one.matches('button') ? one.offsetWidth : 99) < 43.5; \
                 const small = [...document.querySelectorAll('button, select, input:not([type=radio]), .segments span, .stack a')] \
                   .filter(one => one.offsetParent).filter(few) \
                   .map(one => one.outerHTML.slice(0, 60)); \
                 return [document.scrollingElement.scrollWidth - innerWidth, \
                         box('stage').bottom - bar.top, box('sentence').top + 24 - bar.top, \
                         box('position').bottom - innerHeight, box('play').bottom - innerHeight, small]",
            )
            .await?;
        for place in 0..5 {
            ensure!(seen[place].as_f64() <= Some(0.5), "{language}: {seen}");
        }
        ensure!(seen[5] == json!([]), "small targets: {}", seen[5]);
    }
    Ok(())
}

pub(crate) async fn text_is_large_enough(page: &Page) -> Result<()> {
    let small_phone = Look { width: 360, ..Look::PHONE };
    let desktop = Look { width: 1280, height: 800, ..Look::DESKTOP };
    for look in [Look::DESKTOP, desktop, Look::PHONE, small_phone] {
        page.look(&look).await?;
        open(page).await?;
        press_times(page, "Shift+ArrowRight", 6).await?;
        let small = page
            .script(
                "const found = []; \
                 const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
                 while (walker.nextNode()) { \
                   const element = walker.currentNode.parentElement; \
                   if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue; \
                   const svg = element.ownerSVGElement; \
                   const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1; \
                   const size = parseFloat(getComputedStyle(element).fontSize) * scale; \
                   if (size > 0 && size < 11.99) found.push([element.id || element.className, size]); \
                 } \
                 return found",
            )
            .await?;
        ensure!(small == json!([]), "{}: {small}", look.name());
    }
    Ok(())
}

/// Fails on nothing but a page that does not start: the pictures are for people to look at.
pub(crate) async fn pictures(page: &Page) -> Result<()> {
    for look in Look::all() {
        page.look(&look).await?;
        open(page).await?;
        page.screenshot(&format!("walk-opening-{}", look.name())).await?;
        let first = first_step(page).await?;
        for (name, step) in [("dma", first + 12), ("poll", first + 260)] {
            jump(page, step).await?;
            page.script("scrollTo(0, 0)").await?;
            page.screenshot(&format!("walk-{name}-{}", look.name())).await?;
        }
        page.click("workload").await?;
        page.script("document.querySelector('[data-name=socket-full]').closest('button').click()")
            .await?;
        page.press("Escape").await?;
        page.press("End").await?;
        page.wait_until(
            "const data = document.querySelector('main').dataset; \
             return data.ended === 'true' && data.step !== data.firstStep",
        )
        .await?;
        page.script("scrollTo(0, 0)").await?;
        page.screenshot(&format!("walk-drop-{}", look.name())).await?;
    }
    Ok(())
}
