//! The ring's slots as a table: what the stage shows by colour and place.

use super::words::use_words;
use crate::widgets::{Button, Hook, HookContext, Part};
use nicscope_core::view::{Owner, RingView};
use yew::prelude::*;

/// Slots, owners, packets and pointers in text.
#[derive(PartialEq)]
pub struct RingTable {
    /// The ring, if it has been built.
    pub ring: Option<RingView>,
    /// It shall be taken along.
    pub onnotes: Callback<()>,
}

impl Part for RingTable {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let Some(ring) = &self.ring else {
            return html! { <p class="nothing">{ words.say("stage-no-ring") }</p> };
        };
        let owner = |owner: Owner| {
            words.say(match owner {
                Owner::Nic => "owner-nic-meaning",
                Owner::WrittenBack => "owner-back-meaning",
                Owner::Filled => "owner-filled-meaning",
                Owner::Driver => "owner-driver-meaning",
            })
        };
        let rows = ring.window.iter().map(|slot| {
        let pointers: Vec<&str> = ring
            .pointers
            .iter()
            .filter(|(_, at)| *at == slot.index)
            .map(|(kind, _)| kind.name())
            .collect();
        html! {
            <tr key={slot.index} class={slot.touched.then_some("touched")}>
                <th scope="row">{ slot.index }</th>
                <td><span class={classes!("owner", slot.owner.class())}>{ slot.owner.letter() }</span></td>
                <td>{ slot.packet.map(|packet| format!("#{}", packet.0)).unwrap_or_default() }</td>
                <td><code>{ pointers.join(", ") }</code></td>
            </tr>
        }
    });
        let name = words.fill("stage-ring", [("ring", ring.number.to_string().as_str().into())]);
        let legend = Owner::ALL.map(|one| {
            html! {
                <div key={one.letter()}>
                    <dt><span class={classes!("owner", one.class())}>{ one.letter() }</span></dt>
                    <dd>{ owner(one) }</dd>
                </div>
            }
        });
        html! {
            <section class="ring-table" data-testid="ring-table">
                { Button::new("ring-notes", self.onnotes.clone(), html! { words.say("notes-open") }).draw() }
                <dl class="owners">{ for legend }</dl>
                <div class="scroll" tabindex="0" role="region" aria-label={words.say("ring-table-label")}>
                    <table>
                        <caption>{ name }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ words.say("ring-slot") }</th>
                                <th scope="col">{ words.say("ring-owner") }</th>
                                <th scope="col">{ words.say("ring-packet") }</th>
                                <th scope="col">{ words.say("ring-pointers") }</th>
                            </tr>
                        </thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            </section>
        }
    }
}
