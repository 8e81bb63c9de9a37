//! The built site, served as any static host would.

use anyhow::{Result, ensure};
use axum::Router;
use std::net::Ipv4Addr;
use std::path::Path;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// A server on this machine only, which runs until the tests end.
pub(crate) struct Site {
    origin: String,
}

impl Site {
    /// Serves a folder on a free port.
    pub(crate) async fn start(folder: &Path) -> Result<Self> {
        ensure!(
            folder.join("index.html").exists(),
            "there is no built site in dist/: run `cargo xtask test`, which builds it"
        );
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        // Compressed files are served where there are some beside the others.
        let files = ServeDir::new(folder).precompressed_gzip();
        let router = Router::new().fallback_service(files);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { origin })
    }

    /// Such as `http://127.0.0.1:40000`.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }
}
