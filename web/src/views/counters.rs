//! What was counted so far.

use super::format::grouped;
use super::words::{Words, use_words};
use crate::text::{drop_explanation, drop_place, drop_reason};
use nicscope_core::view::TotalsView;
use yew::prelude::*;

/// Properties of [`Counters`].
#[derive(Clone, PartialEq, Properties)]
pub struct CountersProps {
    /// What was counted.
    pub totals: TotalsView,
}

/// The totals, and what was lost where.
#[component]
pub fn Counters(props: &CountersProps) -> Html {
    let words = use_words();
    let totals = &props.totals;
    let drops: u64 = totals.drops.iter().map(|(_, count)| count).sum();
    let figures = [
        ("arrived", u64::from(totals.arrived).into()),
        ("delivered", totals.delivered.into()),
        ("bytes", totals.bytes_read.into()),
        ("control", totals.control.into()),
        ("dropped", drops.into()),
        ("interrupts", totals.interrupts.into()),
        ("polls", totals.polls.into()),
        ("per-poll", ratio(totals.polled, totals.polls)),
        ("doorbells", totals.doorbells.into()),
        ("dma-reads", totals.dma.0.into()),
        ("dma-writes", totals.dma.1.into()),
        ("pages-reused", totals.pages.0.into()),
        ("pages-released", totals.pages.1.into()),
    ];
    let items = figures.into_iter().map(|(name, figure): (&str, Figure)| {
        html! {
            <div key={name}>
                <dt>{ words.say(&format!("counter-{name}")) }</dt>
                <dd data-testid={format!("counter-{name}")}>{ figure.0 }</dd>
            </div>
        }
    });
    html! {
        <section class="counters" aria-label={words.say("counters-label")}>
            <h2>{ words.say("counters-label") }</h2>
            <dl>{ for items }</dl>
            if drops > 0 {
                { losses(&words, totals) }
            }
        </section>
    }
}

struct Figure(String);

impl From<u64> for Figure {
    fn from(count: u64) -> Self {
        Self(grouped(count))
    }
}

/// A ratio with one decimal.
fn ratio(part: u64, whole: u64) -> Figure {
    let tenths = (part * 10).checked_div(whole);
    Figure(
        tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10)),
    )
}

fn losses(words: &Words, totals: &TotalsView) -> Html {
    let rows = totals.drops.iter().map(|&(reason, count)| {
        html! {
            <tr key={reason.name()}>
                <th scope="row" title={drop_explanation(&words.0, reason)}>
                    { drop_reason(&words.0, reason) }
                </th>
                <td>{ drop_place(&words.0, reason.place()) }</td>
                <td><code>{ reason.counter() }</code></td>
                <td class="figure">{ grouped(count) }</td>
            </tr>
        }
    });
    html! {
        <table class="losses" data-testid="losses">
            <caption>{ words.say("losses-label") }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.say("losses-reason") }</th>
                    <th scope="col">{ words.say("losses-place") }</th>
                    <th scope="col">{ words.say("losses-counter") }</th>
                    <th scope="col" class="figure">{ words.say("losses-count") }</th>
                </tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}
