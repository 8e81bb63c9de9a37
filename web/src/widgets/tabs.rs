//! Panels of which one is shown.

use crate::browser::input::focus;
use yew::prelude::*;

/// One of the panels.
#[derive(Clone, PartialEq)]
pub struct Panel {
    /// Its name in ids.
    pub id: &'static str,
    /// Its name.
    pub label: AttrValue,
    /// What it shows.
    pub content: Html,
}

/// Properties of [`Tabs`].
#[derive(Clone, PartialEq, Properties)]
pub struct TabsProps {
    /// What the panels are about.
    pub label: AttrValue,
    /// The panels; at least one.
    pub panels: Vec<Panel>,
    /// Which one is open, where others than the reader open one too.
    #[prop_or_default]
    pub open: Option<UseStateHandle<usize>>,
}

/// Tabs with their panel: arrows go from tab to tab.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let own = use_state_eq(|| 0_usize);
    let open = props.open.clone().unwrap_or(own);
    let shown = (*open).min(props.panels.len().saturating_sub(1));
    let tabs = props.panels.iter().enumerate().map(|(place, panel)| {
        let onclick = {
            let open = open.setter();
            Callback::from(move |_: MouseEvent| open.set(place))
        };
        html! {
            <button
                key={panel.id}
                type="button"
                role="tab"
                id={format!("tab-{}", panel.id)}
                aria-selected={(place == shown).to_string()}
                aria-controls={format!("panel-{}", panel.id)}
                tabindex={if place == shown { "0" } else { "-1" }}
                data-testid={format!("tab-{}", panel.id)}
                {onclick}
            >
                { panel.label.clone() }
            </button>
        }
    });
    let ids: Vec<&'static str> = props.panels.iter().map(|panel| panel.id).collect();
    let onkeydown = {
        let open = open.setter();
        Callback::from(move |event: KeyboardEvent| {
            let last = ids.len() - 1;
            let to = match event.key().as_str() {
                "ArrowRight" => (shown + 1) % ids.len(),
                "ArrowLeft" => shown.checked_sub(1).unwrap_or(last),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            open.set(to);
            focus(&format!("#tab-{}", ids[to]));
        })
    };
    let Some(panel) = props.panels.get(shown) else {
        return Html::default();
    };
    html! {
        <section class="tabs">
            <div role="tablist" aria-label={props.label.clone()} {onkeydown}>{ for tabs }</div>
            <div
                key={panel.id}
                role="tabpanel"
                id={format!("panel-{}", panel.id)}
                aria-labelledby={format!("tab-{}", panel.id)}
                tabindex="0"
            >
                { panel.content.clone() }
            </div>
        </section>
    }
}
