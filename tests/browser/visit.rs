//! A first visit: what its reader does, what it asks for, how many bytes that is, and which functions of the
//! program it enters.

use crate::driver::Driver;
use crate::look::Look;
use crate::page::Page;
use crate::repository;
use crate::server::Site;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// The requests of one visit.
pub(crate) struct Visit {
    /// The files of the site that were asked for; the page itself is ``.
    pub(crate) requests: Vec<String>,
    /// Their bytes, compressed as static hosts do.
    pub(crate) gzip_bytes: usize,
}

impl Visit {
    /// The visit of a page that was opened once.
    pub(crate) async fn of(page: &Page) -> Result<Self> {
        let requests = page.own_requests().await?;
        let mut gzip_bytes = 0;
        for file in &requests {
            let file = if file.is_empty() { "index.html" } else { file };
            let bytes = std::fs::read(repository().join("dist").join(file))
                .with_context(|| format!("{file} was asked for"))?;
            gzip_bytes += gzip(&bytes)?.len();
        }
        Ok(Self { requests, gzip_bytes })
    }
}

/// The bytes, compressed.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

/// How long a reader lets it play.
const PLAYED: Duration = Duration::from_secs(3);

/// Sizes of other windows, from a small phone to a large screen.
const SIZES: [(u32, u32); 6] =
    [(360, 640), (800, 600), (1024, 768), (1280, 720), (1920, 1080), (3840, 2160)];

/// Until a page has taken notice of its new size.
const SEEN: Duration = Duration::from_millis(300);

/// How a reader goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// First looks at the page; by then the rest of the run is explored.
    Looks,
    /// Plays at once.
    Plays,
}

/// What a reader does on a page that is open: single steps, larger ones, playing, the end.
pub(crate) async fn look_around(page: &Page, manner: Manner) -> Result<()> {
    if manner == Manner::Plays {
        page.element("walk").await?;
        for keys in ["Space", "Space", "ArrowRight", "Space"] {
            page.press(keys).await?;
            tokio::time::sleep(PLAYED / 3).await;
        }
    }
    page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await?;
    for keys in ["ArrowRight", "ArrowLeft"] {
        for _ in 0..30 {
            page.press(keys).await?;
        }
    }
    for button in ["step", "step", "back"] {
        page.click(button).await?;
    }
    for keys in ["Shift+ArrowRight", "Shift+ArrowLeft", "Home"] {
        page.press(keys).await?;
    }
    page.click("play").await?;
    tokio::time::sleep(PLAYED).await;
    for keys in ["Space", "Space", "Space", "End", "Home"] {
        page.press(keys).await?;
    }
    Ok(())
}

/// The numbers of the functions that the program has entered, if it is one that notes them.
const ENTERED: &str = "
    const program = document.querySelector('script[data-wasm]').dataset.js;
    return import(new URL(program, document.baseURI))
        .then(glue => glue.default())
        .then(exports => Object.entries(exports)
            .filter(([name, variable]) => /^entered\\d/.test(name) && variable.value === 1)
            .map(([name]) => Number(name.slice('entered'.length))))";

/// How much slower a weak CPU is. What waits for what is another order there.
const SLOW: u32 = 4;

/// Makes one step as soon as the page can, and notes when that is shown: from navigation to the
/// frame after it.
pub(crate) const FIRST_STEP: &str = "
    const main = () => document.querySelector('main[data-step]');
    new MutationObserver((_, observer) => {
        const { step, firstStep } = main()?.dataset ?? {};
        if (step === undefined) return;
        if (Number(step) > Number(firstStep)) {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => { window.firstStepMs = performance.now() }));
        } else if (!window.pressed) {
            window.pressed = true;
            // Its keys are heard once it is shown.
            setTimeout(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', code: 'ArrowRight' })));
        }
    }).observe(document, { subtree: true, childList: true, attributes: true });";

/// Keeps the program from doing more than it is asked for.
const NO_MORE: &str = "let given;
    Object.defineProperty(globalThis, 'nicscope', {
        get: () => given,
        set: value => { given = { ...value, isHere: () => false } },
    })";

/// Prints which functions first visits enter, before their first step is shown and in all, for `cargo xtask profile`.
pub(crate) async fn print_entered(dist: &Path) -> Result<()> {
    let site = Site::start(dist).await?;
    let driver = Driver::start()?;
    let (mut first, mut all) = (BTreeSet::new(), BTreeSet::new());
    let mut looks = Look::all();
    looks.extend(SIZES.map(|(width, height)| Look { width, height, ..Look::DESKTOP }));
    looks.push(Look { reduced_motion: true, ..Look::DESKTOP });
    for (number, (look, next)) in looks.iter().zip(looks.iter().cycle().skip(1)).enumerate() {
        let slower = if number % 2 == 0 { SLOW } else { 1 };
        let of = |manner| entered_in_visit(&driver, &site, (look, next), manner);
        let [at_once, somewhat_later] =
            [true, false].map(|at_once| entered_by_first_step(&driver, &site, look, at_once));
        // Two at a time: a reader waits more than a browser works.
        let (at_once, somewhat_later) = tokio::try_join!(at_once, somewhat_later)?;
        first.extend(at_once.into_iter().chain(somewhat_later));
        let (looked, played) =
            tokio::try_join!(of((Manner::Looks, 1)), of((Manner::Plays, slower)))?;
        all.extend(looked.into_iter().chain(played));
        if slower > 1 {
            all.extend(of((Manner::Looks, slower)).await?);
        }
    }
    anyhow::ensure!(!first.is_empty(), "the program does not note what it enters");
    all.extend(&first);
    println!("{}", json!({ "first": first, "all": all }));
    Ok(())
}

/// What is entered before a first step is shown that is made as soon as it can be, or that comes somewhat later.
async fn entered_by_first_step(
    driver: &Driver,
    site: &Site,
    look: &Look,
    at_once: bool,
) -> Result<Vec<u64>> {
    let page = Page::start(driver, site).await?;
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": NO_MORE })).await?;
    page.look(look).await?;
    if at_once {
        let source = json!({ "source": FIRST_STEP });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", &source).await?;
        page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": SLOW })).await?;
        page.open("").await?;
        page.wait_until("return window.firstStepMs > 0").await?;
    } else {
        page.open("").await?;
        page.element("walk").await?;
        page.press("ArrowRight").await?;
        let made = "const { step, firstStep } = document.querySelector('main').dataset; \
                    return Number(step) > Number(firstStep)";
        page.wait_until(made).await?;
    }
    tokio::time::sleep(SEEN).await;
    entered(&page).await
}

async fn entered_in_visit(
    driver: &Driver,
    site: &Site,
    (look, next): (&Look, &Look),
    (manner, slower): (Manner, u32),
) -> Result<Vec<u64>> {
    let page = Page::start(driver, site).await?;
    page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": slower })).await?;
    page.look(look).await?;
    page.open("").await?;
    look_around(&page, manner).await?;
    // Windows are resized and phones are turned.
    page.look(next).await?;
    tokio::time::sleep(SEEN).await;
    entered(&page).await
}

async fn entered(page: &Page) -> Result<Vec<u64>> {
    let numbers = page.script(ENTERED).await?;
    page.close().await?;
    let numbers = numbers.as_array().context("no functions")?;
    Ok(numbers.iter().filter_map(Value::as_u64).collect())
}
