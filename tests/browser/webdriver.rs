//! Commands of chromedriver that are not in the WebDriver standard.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command below the session's address.
#[derive(Debug)]
pub(crate) struct SessionCommand {
    path: &'static str,
    body: Value,
}

impl SessionCommand {
    /// A command of the Chrome DevTools Protocol, such as `Emulation.setEmulatedMedia`.
    pub(crate) fn devtools(method: &str, parameters: &Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({ "cmd": method, "params": parameters }) }
    }

    /// The entries of a log since it was last read.
    pub(crate) fn log(name: &str) -> Self {
        Self { path: "se/log", body: json!({ "type": name }) }
    }
}

impl WebDriverCompatibleCommand for SessionCommand {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
