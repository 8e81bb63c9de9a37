//! Panels of which one is shown.

use crate::browser::input::focus;
use yew::prelude::*;

/// Tabs with their panel: arrows go from tab to tab.
pub struct Tabs {
    /// What the panels are about.
    pub label: AttrValue,
    /// The panels, by their names in ids and their names.
    pub panels: Vec<(&'static str, AttrValue)>,
    /// Which of them is open.
    pub open: usize,
    /// Another shall be open.
    pub onopen: Callback<usize>,
    /// What the open one shows.
    pub content: Html,
}

impl Tabs {
    /// As they stand in a page.
    pub fn draw(self) -> Html {
        let Self { label, panels, open, onopen, content } = self;
        let ids: Vec<&'static str> = panels.iter().map(|panel| panel.0).collect();
        let id = ids[open];
        let tabs = panels.into_iter().enumerate().map(|(place, (id, label))| {
            let onclick = {
                let onopen = onopen.clone();
                Callback::from(move |_: MouseEvent| onopen.emit(place))
            };
            let tab = AttrValue::from(["tab-", id].concat());
            html! {
                <button
                    key={id}
                    type="button"
                    role="tab"
                    id={tab.clone()}
                    aria-selected={if place == open { "true" } else { "false" }}
                    aria-controls={["panel-", id].concat()}
                    tabindex={if place == open { "0" } else { "-1" }}
                    data-testid={tab}
                    {onclick}
                >
                    { label }
                </button>
            }
        });
        let tabs: Html = tabs.collect();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            let last = ids.len() - 1;
            let to = match event.key().as_str() {
                "ArrowRight" => (open + 1) % ids.len(),
                "ArrowLeft" => open.checked_sub(1).unwrap_or(last),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            onopen.emit(to);
            focus(&["#tab-", ids[to]].concat());
        });
        html! {
            <section class="tabs">
                <div role="tablist" aria-label={label} {onkeydown}>{ tabs }</div>
                <div
                    key={id}
                    role="tabpanel"
                    id={["panel-", id].concat()}
                    aria-labelledby={["tab-", id].concat()}
                    tabindex="0"
                >
                    { content }
                </div>
            </section>
        }
    }
}
