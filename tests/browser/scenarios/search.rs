//! The search: one box over objects, functions, what happens, and members.

use super::accessible::expect_none;
use crate::look::Look;
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use serde_json::json;

/// Has the structs of kernels come one by one, when the function of that number in `held` is called.
pub(super) const HOLD_STRUCTS: &str = "window.held = []; const own = window.fetch; \
     window.fetch = (...of) => String(of[0]).endsWith('.structs') \
         ? new Promise(go => held.push(() => go(own(...of)))) : own(...of)";

async fn open(page: &Page, path: &str) -> Result<()> {
    page.open(path).await?;
    page.element("walk").await?;
    page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await
}

/// Turns to the box by its key, and types.
async fn search(page: &Page, text: &str) -> Result<()> {
    page.press("/").await?;
    page.wait_until("return document.activeElement?.id === 'search'").await?;
    insert(page, text).await
}

/// Writes into the box as an input method does.
async fn insert(page: &Page, text: &str) -> Result<()> {
    page.devtools("Input.insertText", &json!({ "text": text })).await?;
    Ok(())
}

/// The name of the result that Enter would choose, once it has this text.
async fn active(page: &Page, name: &str) -> Result<()> {
    let named = format!(
        "const box = document.getElementById('search'); \
         const active = document.getElementById(box.getAttribute('aria-activedescendant')); \
         return active?.ariaSelected === 'true' && active.querySelector('span').textContent === '{name}'"
    );
    page.wait_until(&named).await
}

async fn step(page: &Page) -> Result<u64> {
    let step = page.script("return Number(document.querySelector('main').dataset.step)").await?;
    step.as_u64().context("no step")
}

async fn closed(page: &Page) -> Result<()> {
    page.wait_until(
        "const box = document.getElementById('search'); \
         return !box || (box.value === '' && document.activeElement !== box \
                         && !document.querySelector('.search.open'))",
    )
    .await
}

/// A function is found by parts of its name, and each time its next call; from the end the first.
pub(crate) async fn a_function_is_reached_by_the_keyboard_alone(page: &Page) -> Result<()> {
    open(page, "#1/scenario=generator&packets=60&rx_ring=64").await?;
    page.script("document.querySelector('[data-testid=theme]').focus()").await?;
    let before = page.script("return document.activeElement.dataset.testid").await?;
    let mut steps = Vec::new();
    for _ in 0..2 {
        search(page, "irq clean").await?;
        active(page, "ice_clean_rx_irq").await?;
        let marks = "return [...document.querySelectorAll('[aria-selected=true] mark')] \
                     .map(mark => mark.textContent).join(' ')";
        ensure!(page.script(marks).await? == "clean irq", "other letters are marked");
        page.press("Enter").await?;
        closed(page).await?;
        let there = "return document.querySelector('[data-testid=source]').textContent \
                     .includes('ice_clean_rx_irq()')";
        page.wait_until(there).await?;
        steps.push(step(page).await?);
    }
    ensure!(steps[0] < steps[1], "the same call twice: {steps:?}");
    let after = page.script("return document.activeElement.dataset.testid").await?;
    ensure!(before == after, "the keyboard is with {after}, and was with {before}");
    page.press("End").await?;
    let elsewhere =
        format!("return document.querySelector('main').dataset.step !== '{}'", steps[1]);
    page.wait_until(&elsewhere).await?;
    search(page, "ice_clean_rx_irq").await?;
    active(page, "ice_clean_rx_irq").await?;
    page.press("Enter").await?;
    page.wait_until(&format!(
        "return document.querySelector('main').dataset.step === '{}'",
        steps[0]
    ))
    .await
}

/// Structs that come when the reader has left the box do not open it again.
pub(crate) async fn what_comes_late_leaves_the_box_closed(page: &Page) -> Result<()> {
    open(page, "").await?;
    page.script(HOLD_STRUCTS).await?;
    search(page, "napi").await?;
    page.wait_until("return held.length === 1 && !!document.querySelector('.search.open')").await?;
    page.press("Escape").await?;
    closed(page).await?;
    page.script("held[0](); window.came = performance.now()").await?;
    page.wait_until("return performance.now() - came > 500").await?;
    let open = page.script("return !!document.querySelector('.search.open')").await?;
    ensure!(open == false, "the box opened by itself");
    page.expect_quiet().await
}

/// The arrows choose among results, around both ends; Escape leaves all as it was.
pub(crate) async fn arrows_choose_and_escape_leaves_all_as_it_was(page: &Page) -> Result<()> {
    open(page, "").await?;
    let before = step(page).await?;
    search(page, "napi").await?;
    // The structs' names come last: they are fetched.
    page.wait_until("return !!document.getElementById('search-structs')").await?;
    let chosen = "return document.getElementById('search').getAttribute('aria-activedescendant')";
    let last = "return document.querySelectorAll('[role=option]').length - 1";
    let last = page.script(last).await?.as_u64().context("no options")?;
    for (key, place) in [("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", last), ("ArrowDown", 0)] {
        page.press(key).await?;
        page.wait_until(&format!("{chosen} === 'found-{place}'")).await.context(key)?;
    }
    page.press("Escape").await?;
    closed(page).await?;
    ensure!(step(page).await? == before, "the place moved");
    page.press("ArrowRight").await?;
    page.wait_until(&format!(
        "return document.querySelector('main').dataset.step === '{}'",
        before + 1
    ))
    .await
}

/// A member opens its struct with itself marked; an object is looked at.
pub(crate) async fn a_member_is_marked_in_its_struct(page: &Page) -> Result<()> {
    open(page, "").await?;
    search(page, "skb truesize").await?;
    active(page, "sk_buff.truesize").await?;
    page.press("Enter").await?;
    page.wait_until(
        "const row = document.querySelector('[data-object^=skb] tr.marked'); \
         if (row?.dataset.member !== 'truesize') return false; \
         const area = row.getBoundingClientRect(); \
         return area.top > 0 && area.bottom < innerHeight",
    )
    .await?;
    search(page, "descriptor 3").await?;
    active(page, "ice_32b_rx_flex_desc 3").await?;
    page.script("document.querySelector('[aria-selected=true]').click()").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=object]').dataset.object === 'desc0.3' \
                && !document.querySelector('tr.marked')",
    )
    .await?;
    closed(page).await
}

/// What is said of a line is found in Korean, too; what is nowhere is said to be nowhere.
pub(crate) async fn what_happens_is_found_in_korean_and_nothing_is_said_to_be_nothing(
    page: &Page,
) -> Result<()> {
    page.look(&Look { language: "ko-KR", ..Look::DESKTOP }).await?;
    open(page, "").await?;
    let before = step(page).await?;
    search(page, "디스크립터 DMA").await?;
    page.wait_until("return !!document.querySelector('.said mark')").await?;
    let status = page.text("search-status").await?;
    ensure!(status.starts_with("결과 "), "it says `{status}`");
    page.script("document.querySelector('.said').click()").await?;
    page.wait_until(&format!("return document.querySelector('main').dataset.step !== '{before}'"))
        .await?;
    let sentence = page.text("sentence").await?;
    ensure!(sentence.contains("DMA"), "it goes to `{sentence}`");
    search(page, "없는이름").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=search-status]').textContent.includes('없습니다')",
    )
    .await?;
    page.press("Enter").await?;
    page.press("Escape").await?;
    closed(page).await?;
    // The other driver's: it is known, and never called here.
    let here = step(page).await?;
    search(page, "igb_poll").await?;
    active(page, "igb_poll").await?;
    page.press("Enter").await?;
    let notice = page.text("notice").await?;
    ensure!(notice.contains("일어나지 않습니다"), "it says `{notice}`");
    ensure!(step(page).await? == here, "the place moved");
    page.look(&Look::DESKTOP).await
}

/// In every look: axe finds nothing, nothing is wider than the page; and pictures.
/// Where structs are looked at they come first, by the names that their variables have too; what is said of them is
/// found; and the keyboard goes on where the search led.
pub(crate) async fn the_page_of_structs_is_searched_for_structs(page: &Page) -> Result<()> {
    let found = |text: &str| {
        format!(
            "return [...document.querySelectorAll('.found [role=option]')].some(one => one.textContent.includes('{text}'))"
        )
    };
    for (language, typed, expected) in [
        ("en-US", "skb len", "sk_buff.len"),
        ("ko-KR", "소켓", "소켓"),
        ("ko-KR", "ㅅㅋ", "소켓"),
        ("ko-KR", "소캣", "소켓"),
    ] {
        page.look(&Look { language, ..Look::DESKTOP }).await?;
        page.open("#1/structs/6.12/napi_struct").await?;
        page.element("struct-name").await?;
        page.press("/").await?;
        insert(page, typed).await?;
        page.wait_until(&found(expected)).await.with_context(|| typed.to_owned())?;
        if typed == "skb len" {
            let first = page
                .script("return document.querySelector('.found [role=option] span').textContent")
                .await?;
            ensure!(first == expected, "{first} comes first");
            page.press("Enter").await?;
            page.wait_until("return document.activeElement?.getAttribute('role') === 'listbox'")
                .await?;
            page.wait_until("return document.querySelector('main').dataset.member === 'len'")
                .await?;
        } else {
            let group = page
                .script("return document.getElementById('search-said')?.textContent ?? ''")
                .await?;
            ensure!(
                group.as_str().is_some_and(|said| said.contains("구조체")),
                "no struct is explained: {group}"
            );
        }
    }
    page.look(&Look::DESKTOP).await
}

pub(crate) async fn the_search_is_sound_in_every_look(page: &Page) -> Result<()> {
    let looks = Look::all().into_iter().chain([Look { width: 1100, ..Look::DESKTOP }]);
    for look in
        looks.chain([Look { width: 360, ..Look::PHONE }, Look { width: 768, ..Look::DESKTOP }])
    {
        page.look(&look).await?;
        open(page, "").await?;
        for _ in 0..30 {
            page.press("Shift+ArrowRight").await?;
        }
        page.screenshot(&format!("search-closed-{}", look.name())).await?;
        if look.width < 1100 {
            page.click("search-open").await?;
            page.wait_until("return document.activeElement?.id === 'search'").await?;
        } else {
            page.press("/").await?;
        }
        page.screenshot(&format!("search-empty-{}", look.name())).await?;
        expect_none(page, "the empty search", &look).await?;
        insert(page, "skb").await?;
        page.wait_until("return document.querySelectorAll('[role=option]').length > 8").await?;
        page.press("ArrowDown").await?;
        page.screenshot(&format!("search-skb-{}", look.name())).await?;
        expect_none(page, "the search", &look).await?;
        let wider = "return document.scrollingElement.scrollWidth > innerWidth";
        ensure!(page.script(wider).await? == false, "{}: wider than the page", look.name());
        let narrow = "return [...document.querySelectorAll('.top *')].filter(one => \
                      one.getBoundingClientRect().right > document.documentElement.clientWidth).length";
        ensure!(page.script(narrow).await? == 0, "{}: the head is too wide", look.name());
        let high = page.script("return document.querySelector('.top').offsetHeight").await?;
        ensure!(high.as_u64() < Some(60), "{}: the head has two lines: {high}", look.name());
        page.press("Escape").await?;
        closed(page).await?;
        if look.width < 1100 {
            let back = "return document.activeElement?.dataset.testid === 'search-open'";
            page.wait_until(back).await.context(look.name())?;
        }
    }
    page.look(&Look::DESKTOP).await
}
