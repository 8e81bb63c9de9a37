//! The list of scenarios.

mod start;

use crate::page::Page;
use anyhow::Result;
use std::pin::Pin;

type Run = for<'a> fn(&'a Page) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Something a person does, and what has to come of it.
pub(crate) struct Scenario {
    /// The path of its function.
    pub(crate) name: &'static str,
    /// Does it in a browser that was just started.
    pub(crate) run: Run,
}

macro_rules! scenarios {
    ($($path:path),* $(,)?) => {
        &[$(Scenario { name: stringify!($path), run: |page| Box::pin($path(page)) }),*]
    };
}

/// All of them, in the order they are run.
pub(crate) const SCENARIOS: &[Scenario] = scenarios![
    start::page_loads_and_its_button_counts,
    start::policy_refuses_inline_scripts,
    start::missing_wasm_is_said_in_the_page,
    start::page_starts_in_every_look,
    start::look_is_what_the_page_sees,
];
