//! A TCP stream on the page: what GRO holds, and what TCP does with it.

use super::walk::{first_step, jump, open};
use crate::look::Look;
use crate::page::Page;
use anyhow::{Result, ensure};

/// Steps after the first: GRO holds a packet; TCP charges it to the socket; the reader copies it.
const MOMENTS: [(&str, u64); 3] = [("held", 540), ("queued", 640), ("copied", 741)];

pub(crate) async fn gro_holds_segments_and_tcp_queues_them(page: &Page) -> Result<()> {
    for look in Look::all() {
        page.look(&look).await?;
        open(page).await?;
        page.click("workload").await?;
        page.script("document.querySelector('[data-name=stream]').closest('button').click()")
            .await?;
        page.press("Escape").await?;
        page.wait_until("return !document.querySelector('dialog')").await?;
        let first = first_step(page).await?;
        for (name, after) in MOMENTS {
            jump(page, first + after).await?;
            page.script("scrollTo(0, 0)").await?;
            page.screenshot(&format!("stream-{name}-{}", look.name())).await?;
        }
        let stage = page.text("stage").await?;
        ensure!(stage.contains("TCP") && !stage.contains("UDP"), "the stage says `{stage}`");
        page.press("End").await?;
        page.wait_until("return document.querySelector('main').dataset.ended === 'true'").await?;
        if look.width > 1_000 {
            page.click("tab-counters").await?;
            let delivered = page.text("counter-delivered").await?;
            ensure!(delivered == "320", "{delivered} delivered");
        }
    }
    Ok(())
}
