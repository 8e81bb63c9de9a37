//! The structs' static pages, framed by pages of others: without scripts, without anything from elsewhere.

use super::accessible;
use crate::look::Look;
use crate::page::Page;
use crate::repository;
use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::routing::get;
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use tokio::net::TcpListener;

/// Bytes that a static page may have.
const PAGE_BYTES_MAX: u64 = 40_000;
/// The narrowest frame.
const NARROWEST: u32 = 320;
/// The grounds of the two themes, as a browser says them.
const LIGHT: &str = "rgb(245, 247, 250)";
const DARK: &str = "rgb(14, 19, 25)";

/// What one sees of an embed: how much is too wide, its ground, whether words, the row of `len` and its cell in
/// the map are there and marked, and that another row is not.
const SEEN: &str = "const of = (part, what) => getComputedStyle(document.querySelector(part))[what]; \
    const page = document.scrollingElement; \
    const marked = of('#len td', 'backgroundColor') !== of('#data_len td', 'backgroundColor'); \
    const group = says => [...document.querySelectorAll('.map g')] \
        .find(group => group.querySelector('text')?.textContent === says); \
    const fill = says => getComputedStyle(group(says).querySelector('path')).fill; \
    return [page.scrollWidth - page.clientWidth, of('body', 'backgroundColor'), \
            document.body.innerText.includes('len unsigned int'), marked, fill('len') !== fill('data_len')]";

/// A page of somebody else's, whose policy lets it have frames of the site and nothing more, with a frame that
/// may do nothing. Gives its address.
async fn foreign_page(page: &Page, embed: &str, width: u32) -> Result<String> {
    let source = format!("{}/{embed}", page.origin());
    let html = format!(
        "<!doctype html><html lang=\"en\"><title>Notes</title><iframe sandbox title=\"struct\" \
         loading=\"lazy\" width=\"{width}\" height=\"600\" src=\"{source}\"></iframe></html>"
    );
    let policy = format!("default-src 'none'; frame-src {}", page.origin());
    let headers = [(CONTENT_SECURITY_POLICY, policy), (CONTENT_TYPE, "text/html".to_owned())];
    let router = Router::new().route("/", get(|| async { (headers, html) }));
    // Another port is another origin.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

pub(crate) async fn a_foreign_page_frames_an_embed_that_may_nothing(page: &Page) -> Result<()> {
    for width in [NARROWEST, 720, 1_300] {
        for language in ["en", "ko"] {
            let embed = format!("embed/{language}/6.12/sk_buff.html");
            let host = foreign_page(page, &format!("{embed}#len"), width).await?;
            page.visit(&host).await?;
            page.within_frame(true).await?;
            page.wait_until("return !!document.querySelector('footer')").await?;
            let seen = page.script(SEEN).await?;
            ensure!(seen == json!([0, LIGHT, true, true, true]), "{language}, {width}: {seen}");
            let alone = page.script("return [innerWidth, self.origin, document.scripts.length]");
            ensure!(alone.await? == json!([width, "null", 0]), "it is not sandboxed");
            page.within_frame(false).await?;
            let mut asked = page.requests().await?;
            asked.retain(|address| !address.ends_with("/favicon.ico"));
            let own = format!("{}/{embed}", page.origin());
            let expected = [host.as_str(), own.as_str()];
            let asked: Vec<&str> =
                asked.iter().map(|one| one.split('#').next().unwrap_or(one)).collect();
            ensure!(asked == expected, "asked for {asked:?}");
        }
    }
    // What a frame of another origin says in the console is not heard here: the same page says it by itself.
    page.load("embed/en/6.12/sk_buff.html").await?;
    page.expect_quiet().await
}

pub(crate) async fn a_file_keeps_its_theme_and_one_follows_the_system(page: &Page) -> Result<()> {
    for dark in [false, true] {
        page.look(&Look { dark, ..Look::DESKTOP }).await?;
        let system = if dark { DARK } else { LIGHT };
        for (file, ground) in [("", system), (".light", LIGHT), (".dark", DARK)] {
            page.load(&format!("embed/en/6.12/sk_buff{file}.html#len")).await?;
            let seen = page.script(SEEN).await?;
            ensure!(seen == json!([0, ground, true, true, true]), "{file}, dark {dark}: {seen}");
            page.load(&format!("embed/en/6.12/sk_buff{file}.svg")).await?;
            let ground_of = "return getComputedStyle(document.documentElement).backgroundColor";
            let seen = page.script(ground_of).await?;
            ensure!(seen == ground, "the picture {file}, dark {dark}: {seen}");
        }
    }
    expect_no_error_but_the_icon(page).await
}

/// Of a picture that is opened by itself the browser asks for an icon, which no static host need have.
async fn expect_no_error_but_the_icon(page: &Page) -> Result<()> {
    let mut errors = page.console_errors().await?;
    errors.retain(|error| !error.contains("/favicon.ico "));
    ensure!(errors.is_empty(), "{errors:?}");
    Ok(())
}

/// All static pages and pictures, from the site's folder.
fn files() -> Result<Vec<PathBuf>> {
    let dist = repository().join("dist");
    let (mut found, mut folders) = (Vec::new(), vec![dist.join("embed")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).context("run `cargo xtask dist` first")? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(&dist)?.to_owned());
            }
        }
    }
    Ok(found)
}

/// What is wrong with files, as the browser's own parsers read them.
const WRONG: &str = "const read = async file => { \
        const text = await (await fetch('/' + file)).text(); \
        const is_picture = file.endsWith('.svg'); \
        const kind = is_picture ? 'image/svg+xml' : 'text/html'; \
        const of = new DOMParser().parseFromString(text, kind); \
        const all = what => of.querySelectorAll(what).length; \
        const ids = [...of.querySelectorAll('[id]')].map(one => one.id); \
        const faults = []; \
        if (all('parsererror')) faults.push('not XML'); \
        if (all('script, link, img, object, iframe, [style], [onclick]')) faults.push('foreign parts'); \
        if (new Set(ids).size !== ids.length) faults.push('an id twice'); \
        const parts = is_picture ? ['svg > title', 'svg > desc', 'g title'] : ['h1', 'main table tbody tr td', 'a']; \
        for (const part of parts) if (!all(part)) faults.push('no ' + part); \
        if (!is_picture && (all('main') !== 1 || !of.documentElement.lang)) faults.push('no main'); \
        return faults.map(fault => `${file}: ${fault}`); }; \
    return (await Promise.all(arguments[0].map(read))).flat()";

pub(crate) async fn every_file_is_light_and_whole(page: &Page) -> Result<()> {
    let files = files()?;
    ensure!(files.len() > 2_000, "{} files only", files.len());
    for file in &files {
        let bytes = std::fs::metadata(repository().join("dist").join(file))?.len();
        let is_page = file.extension().is_some_and(|own| own == "html");
        let is_light = !is_page || file.ends_with("index.html") || bytes <= PAGE_BYTES_MAX;
        ensure!(is_light, "{} has {bytes} bytes", file.display());
    }
    // A picture has no policy: in a page, what the parser reads would be held against the page's own.
    page.load("embed/en/6.12/sk_buff.svg").await?;
    let names = files.iter().map(|file| file.to_string_lossy().into_owned());
    // In themes of their own only the colours differ: those of one kernel are enough.
    let themed = |name: &str| name.contains(".dark.") || name.contains(".light.");
    let names: Vec<String> =
        names.filter(|name| !themed(name) || name.starts_with("embed/en/6.12/")).collect();
    ensure!(names.len() > 1_000, "{} files only", names.len());
    for names in names.chunks(100) {
        let body = WRONG.replace("arguments[0]", &json!(names).to_string());
        let wrong = page.script(&format!("return (async () => {{ {body} }})()")).await?;
        ensure!(wrong == json!([]), "{wrong}");
    }
    expect_no_error_but_the_icon(page).await
}

pub(crate) async fn no_struct_is_wider_than_the_narrowest_frame(page: &Page) -> Result<()> {
    page.look(&Look { width: NARROWEST, ..Look::PHONE }).await?;
    let mut looked_at = 0;
    for file in files()? {
        let name = file.to_string_lossy();
        let is_one = name.starts_with("embed/ko/7.2") && name.ends_with(".html");
        if !is_one || name.contains(".dark") || name.contains(".light") {
            continue;
        }
        page.load(&name).await?;
        let over =
            "const page = document.scrollingElement; return page.scrollWidth - page.clientWidth";
        ensure!(page.script(over).await? == json!(0), "{name} is too wide");
        looked_at += 1;
    }
    ensure!(looked_at > 70, "{looked_at} structs only");
    Ok(())
}

pub(crate) async fn an_embed_leads_to_the_live_page_and_to_the_others(page: &Page) -> Result<()> {
    page.load("embed/ko/6.12/sk_buff.dark.html").await?;
    let links = "return [...document.links].map(link => link.href)";
    let links = page.script(links).await?;
    let links: Vec<&str> =
        links.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let below = |path: &str| format!("{}/{path}", page.origin());
    let expected = [
        below("#1/structs/6.12/sk_buff"),
        below("embed/ko/6.1/sk_buff.dark.html"),
        below("embed/ko/7.2/sk_buff.dark.html"),
        below("embed/ko/6.12/sk_buff.dark.svg"),
        below("embed/en/6.12/sk_buff.dark.html"),
    ];
    ensure!(links == expected, "{links:?}");
    for link in &expected[1..] {
        let file = link.replace(&below(""), "");
        ensure!(repository().join("dist").join(&file).exists(), "there is no {file}");
    }
    Ok(())
}

pub(crate) async fn embeds_are_sound_at_every_width(page: &Page) -> Result<()> {
    for (width, name) in [(NARROWEST, "sk_buff"), (720, "ice_rx_ring"), (1_440, "sk_buff")] {
        for (dark, language) in [(false, "en"), (true, "ko")] {
            let look = Look { width, height: 1_600, dark, ..Look::DESKTOP };
            page.look(&look).await?;
            page.load(&format!("embed/{language}/6.12/{name}.html")).await?;
            accessible::expect_none(page, "an embed", &look).await?;
            page.screenshot(&format!("embed-{width}-{language}")).await?;
        }
    }
    page.load("embed/index.html").await?;
    accessible::expect_none(page, "the list of embeds", &Look::DESKTOP).await?;
    page.screenshot("embed-index").await.map(drop)
}
