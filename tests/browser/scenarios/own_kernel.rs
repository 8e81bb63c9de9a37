//! A kernel of the reader's own: its files are read in the page, however they come.

use super::structs::open;
use crate::page::Page;
use anyhow::{Result, ensure};

/// A file is read in the page and behaves as a kernel; one that is damaged is refused with its place.
pub(crate) async fn an_own_kernel_is_read_and_a_damaged_one_refused(page: &Page) -> Result<()> {
    open(page, "6.12/sk_buff").await?;
    let take = |change: &str| {
        format!(
            "return fetch('atlas/6.1-vmlinux.btf.gz').then(response => \
                new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer() \
             ).then(bytes => {{ bytes = new Uint8Array(bytes); {change}; \
                const files = new DataTransfer(); files.items.add(new File([bytes], 'vmlinux')); \
                const input = document.querySelector('[data-testid=own-kernel]'); \
                input.files = files.files; input.dispatchEvent(new Event('change', {{ bubbles: true }})); }})"
        )
    };
    page.script(&take("bytes = bytes.slice(0, 100000)")).await?;
    page.wait_until("return !!document.querySelector('[data-testid=notice]')").await?;
    let refused = page.text("notice").await?;
    ensure!(refused.contains("vmlinux was not read") && refused.contains("byte "), "{refused}");
    ensure!(page.text("struct-size").await?.starts_with("232 bytes"), "what was open is lost");
    page.own_requests().await?;
    page.script(&take("")).await?;
    page.wait_until("return document.querySelector('main').dataset.kernel === 'own'").await?;
    ensure!(page.text("notice").await?.contains("nothing was uploaded"));
    let asked = page.own_requests().await?;
    ensure!(asked == ["atlas/6.1-vmlinux.btf.gz"], "{asked:?}");
    ensure!(
        page.text("struct-size").await?.contains("vmlinux"),
        "{}",
        page.text("struct-size").await?
    );
    page.expect_quiet().await
}

/// A file goes where it belongs, wherever it is dropped.
pub(crate) async fn a_dropped_file_goes_where_it_belongs(page: &Page) -> Result<()> {
    // Files of the site, unpacked if they are packed, dropped together under these names.
    let drop = |dropped: &[(&str, &str)]| {
        let files: Vec<String> =
            dropped.iter().map(|(path, name)| format!("[{path:?}, {name:?}]")).collect();
        format!(
            "return Promise.all([{}].map(async ([path, name]) => {{ \
                const body = (await fetch(path)).body; \
                const unpack = () => body.pipeThrough(new DecompressionStream('gzip')); \
                const bytes = new Response(path.endsWith('.gz') ? unpack() : body).arrayBuffer(); \
                return new File([await bytes], name); \
             }})).then(all => {{ \
                const files = new DataTransfer(); all.forEach(file => files.items.add(file)); \
                document.dispatchEvent(new DragEvent('drop', {{ dataTransfer: files, bubbles: true, cancelable: true }})); }})",
            files.join(", ")
        )
    };
    page.open("").await?;
    page.element("walk").await?;
    // The module is named first, though it is read over the other.
    let kernel = [("atlas/6.12-ice.btf.gz", "ice"), ("atlas/6.12-vmlinux.btf.gz", "vmlinux")];
    page.script(&drop(&kernel)).await?;
    page.wait_until("return document.querySelector('main').dataset.kernel === 'own'").await?;
    ensure!(page.text("struct-name").await? == "struct sk_buff");
    let said = page.text("notice").await?;
    ensure!(said.starts_with("vmlinux, ice were read"), "{said}");
    page.script("location.hash = '#1/structs/own/ice_rx_ring'").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=struct-name]')?.textContent === 'struct ice_rx_ring'",
    )
    .await?;
    // What is wrong with one is said, and the others are there.
    page.script(&drop(&[("atlas/6.1-vmlinux.btf.gz", "older"), ("index.html", "page")])).await?;
    page.wait_until(
        "return document.querySelector('[data-testid=notice]')?.textContent.includes('page was not read')",
    )
    .await?;
    ensure!(page.text("struct-missing").await?.contains("ice_rx_ring"), "6.1 has no ice with it");
    page.script(&drop(&[("captures/tcp-one-flow.pcap", "dropped")])).await?;
    page.element("walk").await?;
    page.wait_until(
        "return document.querySelector('[data-testid=workload]')?.textContent.includes('dropped')",
    )
    .await?;
    page.expect_quiet().await
}
