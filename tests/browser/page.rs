//! What a scenario can do: one browser with one page of the site.

use crate::driver::Driver;
use crate::keys;
use crate::look::Look;
use crate::repository;
use crate::server::Site;
use crate::webdriver::SessionCommand;
use anyhow::{Context, Result, bail, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long an element or a text may take to appear.
const WAIT: Duration = Duration::from_secs(10);
/// How often it is looked for.
const POLL: Duration = Duration::from_millis(20);

/// A browser of its own, with an empty profile.
pub(crate) struct Page {
    client: Client,
    origin: String,
    user_agent: String,
    /// Deleted when dropped.
    _profile: TempDir,
}

impl Page {
    /// Starts a browser that sees the page as [`Look::DESKTOP`].
    pub(crate) async fn start(driver: &Driver, site: &Site) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&profile))
            .connect(&driver.address())
            .await
            .context("chromedriver starts no browser: run `cargo xtask test`, which installs it")?;
        let origin = site.origin().to_owned();
        let mut page = Self { client, origin, user_agent: String::new(), _profile: profile };
        let user_agent = page.script("return navigator.userAgent").await?;
        page.user_agent = user_agent.as_str().unwrap_or_default().to_owned();
        page.look(&Look::DESKTOP).await?;
        // The browser starts with a page of its own, whose requests are not the site's.
        page.client.goto("about:blank").await?;
        page.log("performance").await?;
        Ok(page)
    }

    /// Ends the browser.
    pub(crate) async fn close(&self) -> Result<()> {
        Ok(self.client.clone().close().await?)
    }

    /// Loads the site afresh at `path`, such as `` or `#/walk`, and waits until the app has started.
    pub(crate) async fn open(&self, path: &str) -> Result<()> {
        self.load(path).await?;
        let started = "return !document.getElementById('loading') \
                       && !document.getElementById('boot-failure')";
        self.wait_until(started).await.with_context(|| format!("the app does not start at {path}"))
    }

    /// Loads the site afresh at `path` and waits for nothing.
    pub(crate) async fn load(&self, path: &str) -> Result<()> {
        // Where only the hash differs, a browser would not load again.
        self.client.goto("about:blank").await?;
        self.client.goto(&format!("{}/{path}", self.origin)).await?;
        Ok(())
    }

    /// Loads a page of anybody's.
    pub(crate) async fn visit(&self, address: &str) -> Result<()> {
        Ok(self.client.goto(address).await?)
    }

    /// From now on scripts run in the page's only frame, or in the page itself again.
    pub(crate) async fn within_frame(&self, is_within: bool) -> Result<()> {
        let client = self.client.clone();
        if is_within {
            client.enter_frame(0).await?;
        } else {
            client.enter_parent_frame().await?;
        }
        Ok(())
    }

    /// Where the site is, such as `http://127.0.0.1:40000`.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Sets size, theme, language and motion. Apps read the language once: open the page afterwards.
    pub(crate) async fn look(&self, look: &Look) -> Result<()> {
        for (method, parameters) in look.commands(&self.user_agent) {
            self.devtools(method, &parameters).await?;
        }
        Ok(())
    }

    /// Presses and releases a key on what has focus: `a`, `Space`, `ArrowRight`, `Shift+ArrowRight`.
    pub(crate) async fn press(&self, keys: &str) -> Result<()> {
        let (held, key) = keys::chord(keys);
        let mut actions = KeyActions::new("keyboard".into());
        for value in held.iter().copied() {
            actions = actions.then(KeyAction::Down { value });
        }
        actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        for value in held.into_iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Clicks, as a pointer would, in the middle of the element with this `data-testid`.
    pub(crate) async fn click(&self, testid: &str) -> Result<()> {
        let element = self.element(testid).await?;
        element.click().await.with_context(|| format!("cannot click `{testid}`"))
    }

    /// The visible text of the element with this `data-testid`.
    pub(crate) async fn text(&self, testid: &str) -> Result<String> {
        Ok(self.element(testid).await?.text().await?)
    }

    /// Waits for the element with this `data-testid`.
    pub(crate) async fn element(&self, testid: &str) -> Result<Element> {
        let selector = format!("[data-testid=\"{testid}\"]");
        let wait = self.client.wait().at_most(WAIT).every(POLL);
        wait.for_element(Locator::Css(&selector))
            .await
            .with_context(|| format!("there is no element with the data-testid `{testid}`"))
    }

    /// Runs the body of a JavaScript function in the page; gives what it returns.
    pub(crate) async fn script(&self, body: &str) -> Result<Value> {
        Ok(self.client.execute(body, Vec::new()).await?)
    }

    /// Waits until the body of a JavaScript function returns true.
    pub(crate) async fn wait_until(&self, body: &str) -> Result<()> {
        let started = Instant::now();
        while self.script(body).await? != Value::Bool(true) {
            ensure!(started.elapsed() < WAIT, "did not become true: {body}");
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    /// A command of the Chrome DevTools Protocol, such as `Input.dispatchKeyEvent`.
    pub(crate) async fn devtools(&self, method: &str, parameters: &Value) -> Result<Value> {
        let command = SessionCommand::devtools(method, parameters);
        self.client.issue_cmd(command).await.with_context(|| format!("{method} failed"))
    }

    /// Writes what is visible to `target/screens/NAME.png`; gives the path.
    pub(crate) async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let path = screens().join(format!("{name}.png"));
        std::fs::create_dir_all(path.parent().expect("it lies in screens()"))?;
        std::fs::write(&path, self.client.screenshot().await?)?;
        Ok(path)
    }

    /// One screenshot of `path` for each of [`Look::all`], named such as `NAME-390-dark-ko`.
    pub(crate) async fn screenshots(&self, name: &str, path: &str) -> Result<()> {
        for look in Look::all() {
            self.look(&look).await?;
            self.open(path).await?;
            self.screenshot(&format!("{name}-{}", look.name())).await?;
        }
        self.look(&Look::DESKTOP).await
    }

    /// Errors in the console, refusals by the page's policy among them, since they were last read.
    /// A scenario that expects errors reads them here; what is left at its end fails it.
    pub(crate) async fn console_errors(&self) -> Result<Vec<String>> {
        let entries = self.log("browser").await?;
        let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        Ok(errors.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect())
    }

    /// Leaves a page on which something failed, and its console has said so: until then its timers may go on to fail.
    pub(crate) async fn leave_failed(&self) -> Result<()> {
        self.client.goto("about:blank").await?;
        ensure!(!self.console_errors().await?.is_empty(), "nothing in the console");
        Ok(())
    }

    /// Addresses that were requested, since they were last read, and are not of this site.
    pub(crate) async fn foreign_requests(&self) -> Result<Vec<String>> {
        let own = format!("{}/", self.origin);
        Ok(self.requests().await?.into_iter().filter(|url| !url.starts_with(&own)).collect())
    }

    /// The files of this site that were requested since it was last asked; the page itself is ``.
    pub(crate) async fn own_requests(&self) -> Result<Vec<String>> {
        let own = format!("{}/", self.origin);
        let requests = self.requests().await?;
        Ok(requests.iter().filter_map(|url| Some(url.strip_prefix(&own)?.to_owned())).collect())
    }

    /// Addresses that were requested since it was last asked.
    pub(crate) async fn requests(&self) -> Result<Vec<String>> {
        let mut requests = Vec::new();
        for entry in self.log("performance").await? {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("{}"))?;
            let message = &message["message"];
            let parameters = &message["params"];
            let url = match message["method"].as_str() {
                Some("Network.requestWillBeSent") => &parameters["request"]["url"],
                Some("Network.webSocketCreated") => &parameters["url"],
                _ => continue,
            };
            let url = url.as_str().unwrap_or_default();
            // Others, such as `blob:` and `chrome:`, do not leave the machine.
            let network = ["http:", "https:", "ws:", "wss:"];
            if network.iter().any(|scheme| url.starts_with(scheme)) {
                requests.push(url.to_owned());
            }
        }
        Ok(requests)
    }

    /// Fails if the console has errors or another host was asked for anything.
    pub(crate) async fn expect_quiet(&self) -> Result<()> {
        let errors = self.console_errors().await?;
        ensure!(errors.is_empty(), "errors in the console:\n{}", errors.join("\n"));
        let foreign = self.foreign_requests().await?;
        ensure!(foreign.is_empty(), "requests to other hosts:\n{}", foreign.join("\n"));
        Ok(())
    }

    async fn log(&self, name: &str) -> Result<Vec<Value>> {
        match self.client.issue_cmd(SessionCommand::log(name)).await? {
            Value::Array(entries) => Ok(entries),
            other => bail!("the log `{name}` is not a list: {other}"),
        }
    }
}

/// Where screenshots go.
pub(crate) fn screens() -> PathBuf {
    repository().join("target/screens")
}

fn capabilities(profile: &TempDir) -> Map<String, Value> {
    let profile = format!("--user-data-dir={}", profile.path().display());
    let mut options = json!({ "args": [
        "--headless",
        // CI often runs as root, and root has no sandbox.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        profile,
    ] });
    // Set by xtask; without it chromedriver looks in the usual places.
    if let Ok(chromium) = std::env::var("NICSCOPE_CHROMIUM") {
        options["binary"] = chromium.into();
    }
    let mut capabilities = Map::new();
    capabilities.insert("goog:chromeOptions".into(), options);
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    capabilities.insert("goog:loggingPrefs".into(), logs);
    capabilities
}
