//! What a struct reaches: the structs that its members lead to, and those that these lead to.

use super::{About, Subject};
use crate::atlas::Shelf;
use crate::browser::input::ids_under;
use crate::views::shapes::draw;
use crate::views::words::use_words;
use crate::widgets::{Button, Hook, HookContext, Part, when_some, width};
use nicscope_core::diagram::{Edge, pointers};
use std::rc::Rc;
use yew::prelude::*;

/// The diagram, and the same as a list.
#[derive(PartialEq)]
pub struct Pointers {
    /// The struct.
    pub subject: Rc<Subject>,
    /// What is said, with what types do not say.
    pub about: About,
    /// The kernel.
    pub shelf: Shelf,
    /// Another struct shall be looked at.
    pub onname: Callback<String>,
}

impl Part for Pointers {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let node = use_node_ref().run(hooks);
        let room = width(hooks, &node, true, 0) / 4 * 4;
        let graph = use_memo((Rc::clone(&self.subject), room), |(subject, room)| {
            let lookup = |name: &str| self.shelf.layout(name);
            let root = &subject.layout.name;
            (*room > 0).then(|| pointers(root, &lookup, &self.about.guide, *room))
        })
        .run(hooks);
        let content = graph.as_ref().as_ref().map(|graph| {
            let view_box = format!("0 0 {} {}", graph.width, graph.height);
            html! {
                <svg class="pointers" viewBox={view_box} width={graph.width.to_string()}
                    height={graph.height.to_string()} role="img"
                    aria-label={words.say("structs-pointers-label")}>
                    { for graph.shapes.iter().map(|shape| draw(shape, &words)) }
                </svg>
            }
        });
        let edges = graph.as_ref().as_ref().map(|graph| graph.edges.as_slice()).unwrap_or_default();
        let own = edges.iter().filter(|edge| edge.from == self.subject.layout.name);
        let list: Vec<Html> = own.map(|edge| self.row(edge)).collect();
        let onclick = when_some(&self.onname, |event: MouseEvent| {
            let under = ids_under(&event);
            let id = under.iter().find_map(|id| id.strip_prefix("s-"))?;
            if let Some((_, to)) = id.split_once("-to-") {
                return Some(to.to_owned());
            }
            let name = ["-frame", "-name", "-size"].iter().find_map(|end| id.strip_suffix(end));
            Some(name.unwrap_or(id).to_owned())
        });
        html! {
            <>
                <div ref={node} class="map-place" data-testid="struct-pointers" {onclick}>{ content }</div>
                if list.is_empty() {
                    <p class="nothing">{ words.say("structs-pointers-none") }</p>
                } else {
                    <h3>{ words.say("structs-pointers-list") }</h3>
                    <ul class="leads">{ for list }</ul>
                }
            </>
        }
    }
}

impl Pointers {
    fn row(&self, edge: &Edge) -> Html {
        let onclick = self.onname.reform({
            let name = edge.to.clone();
            move |()| name.clone()
        });
        let label = html! { <code>{ edge.to.clone() }</code> };
        html! {
            <li key={edge.to.clone()}>
                <code>{ edge.paths.join(", ") }</code>{ " → " }
                { Button { class: "go", ..Button::new("pointer-to", onclick, label) }.draw() }
            </li>
        }
    }
}
