//! The page of structs: every struct of a real kernel, found, read, compared, and the reader's own.

use super::accessible::expect_none;
use super::search::HOLD_STRUCTS;
use crate::look::Look;
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use serde_json::json;

/// Opens a struct, and waits until it is shown.
pub(super) async fn open(page: &Page, path: &str) -> Result<()> {
    page.open(&format!("#1/structs/{path}")).await?;
    page.element("struct-name").await?;
    page.wait_until("return !!document.querySelector('.purpose')").await
}

async fn text_of(page: &Page, selector: &str) -> Result<String> {
    let text =
        page.script(&format!("return document.querySelector('{selector}')?.textContent")).await?;
    Ok(text.as_str().with_context(|| format!("there is no {selector}"))?.to_owned())
}

async fn hash(page: &Page) -> Result<String> {
    let hash = page.script("return location.hash").await?;
    Ok(hash.as_str().context("no hash")?.to_owned())
}

/// A click on a member says what it is, and the address follows; a fresh browser shows the same.
pub(crate) async fn a_member_that_is_clicked_is_explained_and_linked(page: &Page) -> Result<()> {
    open(page, "6.12/sk_buff").await?;
    ensure!(page.text("struct-size").await?.starts_with("232 bytes · 4 cachelines · 3 holes"));
    let len = "[...document.querySelectorAll('[role=option]')] \
               .find(one => one.textContent.startsWith('len'))";
    page.script(&format!(
        "{len}.querySelector('rect').dispatchEvent(new MouseEvent('click', \
                {{ bubbles: true, clientX: {len}.getBoundingClientRect().x + 20, \
                   clientY: {len}.getBoundingClientRect().y + 8 }}))"
    ))
    .await?;
    page.wait_until("return document.querySelector('main').dataset.member === 'len'").await?;
    ensure!(page.text("member-place").await? == "offset 112, 4 B, cacheline 1");
    let said = page.text("member-said").await?;
    ensure!(hash(page).await? == "#1/structs/6.12/sk_buff/len", "{}", hash(page).await?);
    let routines = text_of(page, ".of-member dl").await?;
    ensure!(routines.contains("Written by") && routines.contains("skb_gro_receive"), "{routines}");
    open(page, "6.12/sk_buff/len").await?;
    ensure!(page.text("member-said").await? == said, "another text");
    let marked = page.script(&format!("return {len}.ariaSelected")).await?;
    ensure!(marked == "true", "the member is not marked");
    page.expect_quiet().await
}

/// Arrow keys go through the members in the order of their places.
pub(crate) async fn arrows_go_from_member_to_member(page: &Page) -> Result<()> {
    open(page, "6.12/gro_list").await?;
    page.script("document.querySelector('.cachelines [role=listbox]').focus()").await?;
    // Each of them leads from one to the other of two.
    for (key, name) in [
        ("End", "count"),
        ("ArrowUp", "list"),
        ("ArrowDown", "count"),
        ("Home", "list"),
        ("ArrowRight", "count"),
        ("ArrowLeft", "list"),
    ] {
        page.press(key).await?;
        page.wait_until(&format!(
            "return document.querySelector('[data-testid=struct-member] h3')?.textContent \
             === 'gro_list.{name}'"
        ))
        .await
        .with_context(|| format!("{key} does not lead to {name}"))?;
    }
    Ok(())
}

/// All sides of a struct say the same of it.
pub(crate) async fn each_side_shows_all_members(page: &Page) -> Result<()> {
    open(page, "6.12/napi_struct").await?;
    let names = "[...document.querySelectorAll('[data-member]')].map(one => one.dataset.member) \
                 .filter(name => name)";
    page.click("tab-table").await?;
    page.element("struct-table").await?;
    let table = page.script(&format!("return {names}")).await?;
    ensure!(table.as_array().is_some_and(|names| names.len() > 15), "{table}");
    page.click("tab-source").await?;
    page.element("struct-source").await?;
    ensure!(page.script(&format!("return {names}")).await? == table, "other members");
    let source = page.text("struct-source").await?;
    ensure!(
        source.starts_with("struct napi_struct {")
            && source.contains("int (*poll)(struct napi_struct *, int)"),
        "{source}"
    );
    ensure!(hash(page).await?.ends_with("&form=source"), "{}", hash(page).await?);
    page.expect_quiet().await
}

/// `ice_rx_ring` got a page pool between 6.12 and 7.2.
pub(crate) async fn two_kernels_are_compared(page: &Page) -> Result<()> {
    page.open("#1/structs/6.12/ice_rx_ring&form=compare&with=7.2/ice_rx_ring").await?;
    page.element("compare-sum").await?;
    let change = |path: &str| format!("[data-member=\"{path}\"][data-change]");
    for (path, kind) in [("pp", "added"), ("rx_buf", "removed"), ("tail", "moved")] {
        let found = page
            .script(&format!("return document.querySelector('{}')?.dataset.change", change(path)))
            .await?;
        ensure!(found == kind, "{path}: {found}");
    }
    let same = format!("return !!document.querySelector('{}')", change("desc"));
    ensure!(page.script(&same).await? == false, "what did not change is shown unasked");
    page.click("compare-all").await?;
    page.wait_until(&same).await?;
    page.open("#1/structs/6.12/sk_buff&form=compare&with=7.2/task_struct").await?;
    page.click("fetch-for-pair").await?;
    page.element("compare-sum").await?;
    page.expect_quiet().await
}

/// A whole kernel comes when it is asked for, and any struct of it is found.
pub(crate) async fn a_whole_kernel_comes_and_is_searched(page: &Page) -> Result<()> {
    open(page, "6.12/sk_buff").await?;
    page.own_requests().await?;
    page.click("structs-fetch").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=structs-whole]')?.textContent.includes('All ')",
    )
    .await?;
    let fetched = page.own_requests().await?;
    let kernels = fetched.iter().filter(|path| path.ends_with(".btf.gz")).count();
    ensure!(kernels == 3, "{fetched:?}");
    page.press("/").await?;
    page.devtools("Input.insertText", &json!({ "text": "xfrm_state km" })).await?;
    page.wait_until("return !!document.querySelector('#search-found [role=option]')").await?;
    page.press("Enter").await?;
    page.wait_until("return document.querySelector('main').dataset.struct === 'xfrm_state'")
        .await?;
    page.wait_until("return document.querySelector('main').dataset.member === 'km'").await?;
    ensure!(page.text("struct-name").await? == "struct xfrm_state");
    page.expect_quiet().await
}

/// What is not at hand is said, and how it can be had; a damaged address shows what is right of it.
pub(crate) async fn what_is_not_there_is_said(page: &Page) -> Result<()> {
    page.open("#1/structs/6.12/xfrm_state").await?;
    let said = |text: &str| {
        format!(
            "return document.querySelector('[data-testid=struct-missing]')?.textContent.includes('{text}')"
        )
    };
    page.wait_until(&said("is not among")).await?;
    let missing = page.text("struct-missing").await?;
    ensure!(missing.contains("xfrm_state is not among"), "{missing}");
    page.click("fetch-for-struct").await?;
    page.element("struct-name").await?;
    page.open("#1/structs/6.12/page&form=none").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=notice]')?.textContent.includes('form=none')",
    )
    .await?;
    page.wait_until(
        "return document.querySelector('[data-testid=struct-name]')?.textContent === 'struct page'",
    )
    .await?;
    page.open("#1/structs/9.9/page").await?;
    page.wait_until(&said("no kernel 9.9")).await?;
    page.open(&format!("#1/structs/6.12/{}", "a".repeat(9_000))).await?;
    page.element("notice").await?;
    let wide = page.script("return document.documentElement.scrollWidth - innerWidth").await?;
    ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "a long name makes it {wide} too wide");
    page.expect_quiet().await
}

/// Without the list of kernels the page says so, and has it come when it is asked to.
pub(crate) async fn kernels_that_cannot_be_fetched_are_asked_for_again(page: &Page) -> Result<()> {
    page.devtools("Network.enable", &json!({})).await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*kernels.txt"] })).await?;
    page.open("#1/structs/6.12/sk_buff").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=struct-missing]')?.textContent\
         .includes('could not be fetched')",
    )
    .await?;
    page.devtools("Network.setBlockedURLs", &json!({ "urls": [] })).await?;
    page.click("structs-again").await?;
    page.element("struct-name").await.map(drop)
}

/// What the search of the run has had come is shown on the page of structs as soon as it is there.
pub(crate) async fn structs_that_come_for_the_search_are_shown(page: &Page) -> Result<()> {
    page.open("").await?;
    page.element("walk").await?;
    page.script(HOLD_STRUCTS).await?;
    page.press("/").await?;
    page.wait_until("return held.length === 1").await?;
    page.press("Escape").await?;
    page.click("page-structs").await?;
    page.element("struct-missing").await?;
    // Only the first kernel's come.
    page.script("held[0]()").await?;
    page.element("struct-name").await?;
    page.expect_quiet().await
}

/// Of a member in a struct within, other kernels' offsets are told; a pointer leads on before its struct has come;
/// what a struct does not have is said.
pub(crate) async fn a_member_within_and_one_that_is_none_are_told(page: &Page) -> Result<()> {
    open(page, "6.12/sock/__sk_common.skc_state").await?;
    let pane = page.text("struct-member").await?;
    ensure!(pane.matches(": offset 18").count() == 2, "6.1 and 7.2 have it: {pane}");
    open(page, "7.2/page_pool/p.order").await?;
    let pane = page.text("struct-member").await?;
    ensure!(pane.contains(": offset "), "{pane}");
    open(page, "6.12/net_device/netdev_ops").await?;
    page.click("struct-leads").await?;
    page.wait_until("return !!document.querySelector('[data-testid=fetch-for-struct]')").await?;
    open(page, "6.12/sk_buff/bogus").await?;
    let said = page.text("member-missing").await?;
    ensure!(said.starts_with("struct sk_buff has no member bogus here"), "{said}");
    page.expect_quiet().await
}

/// Values, changes and shades are those of the run that was left, and a step of it is gone back to.
pub(crate) async fn the_run_is_seen_in_its_structs(page: &Page) -> Result<()> {
    page.open("#1/scenario=generator&packets=60&rx_ring=64&step=2600").await?;
    page.wait_until("return document.querySelector('main').dataset.step === '2600'").await?;
    page.click("page-structs").await?;
    page.element("struct-name").await?;
    page.wait_until("return !!document.querySelector('[role=option][class*=heat-]')").await?;
    for look in Look::all().into_iter().filter(|look| look.width == Look::DESKTOP.width) {
        page.look(&look).await?;
        expect_none(page, "shades", &look).await?;
        page.screenshot(&format!("structs-shades-{}", look.name())).await?;
    }
    page.look(&Look::DESKTOP).await?;
    page.script("location.hash = '#1/structs/6.12/ice_rx_ring/next_to_clean'").await?;
    let value = page.text("member-value").await?;
    let turns = "return [...document.querySelectorAll('[data-testid=member-history] li')] \
                 .map(one => one.textContent)";
    page.wait_until(
        "return document.querySelectorAll('[data-testid=member-history] li').length > 0",
    )
    .await?;
    let first = page.script(turns).await?;
    let newest = first[0].as_str().context("no change")?.to_owned();
    ensure!(newest.ends_with(&value), "the last change leads to {value}: {newest}");
    ensure!(newest.contains("ice_clean_rx_irq"), "{newest}");
    page.script("document.querySelector('[data-testid=member-history] button').click()").await?;
    page.element("walk").await?;
    let step: String = newest
        .chars()
        .skip_while(|letter| !letter.is_ascii_digit())
        .take_while(|letter| letter.is_ascii_digit() || *letter == ',')
        .filter(char::is_ascii_digit)
        .collect();
    page.wait_until(&format!("return document.querySelector('main').dataset.step === '{step}'"))
        .await?;
    page.expect_quiet().await
}

/// Back and forth between the pages the run stays where it is.
pub(crate) async fn the_run_stays_where_it_is(page: &Page) -> Result<()> {
    page.open("#1/scenario=generator&packets=60&rx_ring=64&step=2600").await?;
    page.wait_until("return document.querySelector('main').dataset.step === '2600'").await?;
    let state = "return document.querySelector('main').dataset.stateHash";
    let before = page.script(state).await?;
    page.click("page-structs").await?;
    page.element("struct-name").await?;
    page.click("page-walk").await?;
    page.element("walk").await?;
    ensure!(page.script(state).await? == before, "another state");
    page.press("ArrowRight").await?;
    page.wait_until("return document.querySelector('main').dataset.step === '2601'").await?;
    page.click("page-structs").await?;
    page.element("struct-name").await?;
    page.script("history.back()").await?;
    page.wait_until("return document.querySelector('main').dataset.step === '2601'").await?;
    page.expect_quiet().await
}

/// No look has anything that axe objects to, and no phone scrolls sideways; pictures are taken.
pub(crate) async fn the_page_is_sound_in_every_look(page: &Page) -> Result<()> {
    let views = [
        ("map", "6.12/sk_buff/len"),
        ("table", "6.12/sk_buff/len&form=table"),
        ("source", "6.12/napi_struct&form=source"),
        ("pointers", "6.12/softnet_data&form=pointers"),
        ("compare", "6.12/ice_rx_ring&form=compare&with=7.2/ice_rx_ring"),
    ];
    for look in Look::all() {
        page.look(&look).await?;
        for (name, path) in views {
            open(page, path).await?;
            page.wait_until("return !!document.querySelector('.structs h2') && !!getComputedStyle(document.querySelector('.structs-head h2')).fontSize.startsWith('22')").await?;
            expect_none(page, name, &look).await?;
            let wide =
                page.script("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(
                wide.as_i64().is_some_and(|wide| wide <= 0),
                "{name}, {}: {wide} px too wide",
                look.name()
            );
            page.screenshot(&format!("structs-{name}-{}", look.name())).await?;
        }
    }
    page.look(&Look::DESKTOP).await
}

/// A struct within a struct opens where it lies, and what shares a place with a member can take it.
pub(crate) async fn a_struct_opens_in_place_and_a_union_shows_each(page: &Page) -> Result<()> {
    open(page, "6.12/sk_buff/users").await?;
    page.click("struct-open").await?;
    let refs = "return [...document.querySelectorAll('[role=option]')] \
                .some(one => one.textContent.startsWith('refs'))";
    page.wait_until(refs).await?;
    page.click("struct-open").await?;
    page.wait_until(&refs.replace("return", "return !")).await?;
    open(page, "6.12/sk_buff/users.refs.counter").await?;
    ensure!(page.text("member-place").await? == "offset 220, 4 B, cacheline 3");
    open(page, "6.12/sk_buff/dev").await?;
    let shown = |name: &str| {
        format!(
            "return [...document.querySelectorAll('[role=option]')] \
             .some(one => one.textContent.startsWith('{name}') && one.ariaSelected === 'true')"
        )
    };
    page.wait_until(&shown("dev")).await?;
    page.script("document.querySelector('[data-testid=member-beside] button').click()").await?;
    page.wait_until(&shown("dev_scratch")).await?;
    page.expect_quiet().await
}

/// What a struct reaches is drawn, and a press on it leads there.
pub(crate) async fn pointers_lead_from_struct_to_struct(page: &Page) -> Result<()> {
    open(page, "6.12/softnet_data&form=pointers").await?;
    let reached = "return ['s-napi_struct', 's-gro_list', 's-net_device'] \
                   .every(id => !!document.getElementById(id))";
    page.wait_until(reached).await?;
    page.script(
        "const target = document.getElementById('s-napi_struct').getBoundingClientRect(); \
         document.querySelector('#s-napi_struct rect').dispatchEvent(new MouseEvent('click', \
         { bubbles: true, clientX: target.x + 20, clientY: target.y + 12 }))",
    )
    .await?;
    page.wait_until("return document.querySelector('main').dataset.struct === 'napi_struct'")
        .await?;
    ensure!(hash(page).await? == "#1/structs/6.12/napi_struct&form=pointers");
    page.expect_quiet().await
}

/// Link, table, frame and picture are what they say, and the picture is a whole SVG that needs nothing else.
pub(crate) async fn a_struct_is_taken_along(page: &Page) -> Result<()> {
    open(page, "6.12/gro_list").await?;
    // The clipboard of a test's browser: what is written to it is kept.
    page.script(
        "window.taken = []; Object.defineProperty(navigator, 'clipboard', \
         { value: { writeText: text => { taken.push(text); return Promise.resolve(); } } }); \
         window.kept = []; HTMLAnchorElement.prototype.click = function () { kept.push(this.download); }",
    )
    .await?;
    page.click("notes-open").await?;
    for (number, button) in
        ["notes-link", "notes-markdown", "notes-iframe", "notes-svg"].into_iter().enumerate()
    {
        page.click(button).await?;
        page.wait_until(&format!("return taken.length === {}", number + 1)).await?;
    }
    let taken = page.script("return taken").await?;
    let text = |number: usize| taken[number].as_str().unwrap_or_default().to_owned();
    ensure!(text(0).ends_with("/#1/structs/6.12/gro_list"), "{}", text(0));
    ensure!(text(1).contains("| 16 | 4 | `int` | `count` |"), "{}", text(1));
    ensure!(
        text(2).starts_with("<iframe src=\"http")
            && text(2).contains("embed/en/6.12/gro_list.html")
    );
    let sound = page
        .script(
            "const bare = taken[3].replace(/<style>.*?<\\/style>/s, ''); \
             const svg = new DOMParser().parseFromString(bare, 'image/svg+xml'); \
             return !svg.querySelector('parsererror, script, image, use') \
                 && svg.documentElement.textContent.includes('count')",
        )
        .await?;
    ensure!(sound == true, "{}", text(3));
    for (button, file) in
        [("notes-svg-file", "gro_list-6.12.svg"), ("notes-png-file", "gro_list-6.12.png")]
    {
        page.click(button).await?;
        page.wait_until(&format!("return kept.includes('{file}')")).await?;
    }
    page.press("Escape").await?;
    page.wait_until("return !document.querySelector('dialog[open]')").await?;
    page.expect_quiet().await
}
