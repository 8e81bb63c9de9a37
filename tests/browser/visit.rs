//! What a first visit asks for, and how many bytes that is.

use crate::page::Page;
use crate::repository;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

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
