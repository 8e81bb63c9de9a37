//! What was counted so far.

use super::format::grouped;
use super::words::{Words, use_words};
use crate::widgets::{Hook, HookContext, Part};
use nicscope_core::view::TotalsView;
use nicscope_text::{drop_explanation, drop_place, drop_reason};
use yew::prelude::*;

/// The one that is a ratio.
const PER_POLL: &str = "counter-per-poll";

/// The totals, and what was lost where.
#[derive(PartialEq)]
pub struct Counters {
    /// What was counted.
    pub totals: TotalsView,
}

impl Part for Counters {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let totals = &self.totals;
        let drops: u64 = totals.drops.iter().map(|(_, _, count)| count).sum();
        let figures = [
            ("counter-arrived", totals.arrived.into()),
            ("counter-delivered", totals.delivered),
            ("counter-bytes", totals.bytes_read),
            ("counter-control", totals.control),
            ("counter-dropped", drops),
            ("counter-interrupts", totals.interrupts),
            ("counter-polls", totals.polls),
            (PER_POLL, 0),
            ("counter-doorbells", totals.doorbells),
            ("counter-dma-reads", totals.dma.0),
            ("counter-dma-writes", totals.dma.1),
            ("counter-pages-reused", totals.pages.0),
            ("counter-pages-released", totals.pages.1),
        ];
        let items = figures.map(|(name, count)| {
        let figure = match name {
            PER_POLL => ratio(totals.polled, totals.polls),
            _ => grouped(count),
        };
        html! {
            <div key={name}><dt>{ words.say(name) }</dt><dd data-testid={name}>{ figure }</dd></div>
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
}

/// A ratio with one decimal.
fn ratio(part: u64, whole: u64) -> String {
    let tenths = (part * 10).checked_div(whole);
    tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

fn losses(words: &Words, totals: &TotalsView) -> Html {
    let rows = totals.drops.iter().map(|&(reason, counter, count)| {
        html! {
            <tr key={reason.name()}>
                <th scope="row" title={drop_explanation(&words.0, reason)}>
                    { drop_reason(&words.0, reason) }
                </th>
                <td>{ drop_place(&words.0, reason.place()) }</td>
                <td><code>{ counter }</code></td>
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
