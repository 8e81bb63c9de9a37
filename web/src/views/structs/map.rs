//! A struct as its cachelines.

use super::Subject;
use crate::browser::document;
use crate::browser::input::ids_under;
use crate::browser::keyboard;
use crate::player::Studied;
use crate::views::format::grouped;
use crate::views::shapes::draw;
use crate::views::words::{Words, use_words};
use crate::widgets::{Hook, HookContext, Kept, Part, kept, on_change, width};
use nicscope_core::diagram::{Kind, Shape, cachelines};
use std::rc::Rc;
use yew::prelude::*;

/// From this width on the map is not made wider: rows would be too far to follow.
const WIDTH_MOST: i32 = 1_040;

/// The map: members to scale, one of them chosen.
#[derive(PartialEq)]
pub struct Map {
    /// The struct.
    pub subject: Rc<Subject>,
    /// The place of the member that is chosen.
    pub chosen: Option<usize>,
    /// What the run has of it.
    pub run: Option<Rc<Studied>>,
    /// Another member was chosen, by its path.
    pub onchoose: Callback<AttrValue>,
}

impl Part for Map {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let node = use_node_ref().run(hooks);
        let room = width(hooks, &node, true, 0).min(WIDTH_MOST) / 4 * 4;
        let unions = self.chosen.map(|place| self.subject.shown_with(place)).unwrap_or_default();
        let key = (Rc::clone(&self.subject), unions, room);
        let map = use_memo(key, |(subject, unions, width)| {
            (*width > 0).then(|| cachelines(&subject.layout, unions, *width))
        })
        .run(hooks);
        // By a link it is chosen before the map is there.
        on_change(hooks, (self.chosen, map.is_some()), {
            let node = node.clone();
            move |_| document::show(&node, "[aria-selected=true]")
        });
        let shaded = kept(hooks, || true);
        let heats = self.run.as_ref().filter(|_| shaded.get()).map(|run| heats(run));
        let heats = heats.unwrap_or_default();
        let content = map.as_ref().as_ref().map(|map| {
            let view_box = format!("0 0 {} {}", map.width, map.height);
            let shapes = map.shapes.iter();
            let (members, around): (Vec<&Shape>, Vec<&Shape>) =
                shapes.partition(|shape| place_of(&shape.id).is_some());
            let around = around.into_iter().map(|shape| draw(shape, &words));
            let members = members.into_iter().map(|shape| self.member(shape, &words, &heats));
            let active = self.chosen.map(|place| ["m", &place.to_string()].concat());
            let onkeydown = self.keys();
            html! {
                <svg class="cachelines" viewBox={view_box} width={map.width.to_string()}
                    height={map.height.to_string()}>
                    <defs>
                        <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse"
                            patternTransform="rotate(45)">
                            <path d="M0 0V7" />
                        </pattern>
                    </defs>
                    <g aria-hidden="true">{ for around }</g>
                    <g role="listbox" tabindex="0" aria-label={words.say("structs-map-label")}
                        aria-activedescendant={active} {onkeydown}>
                        { for members }
                    </g>
                </svg>
            }
        });
        let onclick = {
            let (subject, onchoose) = (Rc::clone(&self.subject), self.onchoose.clone());
            Callback::from(move |event: MouseEvent| {
                let under = ids_under(&event);
                let place = under.iter().find_map(|id| place_of(id));
                if let Some(path) = place.and_then(|place| subject.paths.get(place)) {
                    onchoose.emit(path.clone());
                }
            })
        };
        html! {
            <>
                { self.run.as_ref().map(|run| legend(&words, run, &shaded)) }
                <div ref={node} class="map-place" data-testid="struct-map" {onclick}>{ content }</div>
            </>
        }
    }
}

/// How much the run touched each member: 0 not at all, 5 the most, each step some times more than the last.
fn heats(run: &Studied) -> Vec<u32> {
    let counts = || run.touches.iter().map(|touches| touches.reads + touches.writes);
    let most = counts().max().unwrap_or(0).max(2).ilog2();
    counts().map(|count| if count == 0 { 0 } else { 1 + count.ilog2() * 4 / most }).collect()
}

/// What the shades mean, and whether there are any.
fn legend(words: &Words, run: &Studied, shaded: &Kept<bool>) -> Html {
    let onchange = {
        let shaded = shaded.clone();
        Callback::from(move |_: Event| shaded.set(!shaded.get()))
    };
    let shades =
        (1..=5).map(|heat: u32| html! { <i class={["heat-", &heat.to_string()].concat()}></i> });
    html! {
        <div class="legend">
            <label class="check">
                <input type="checkbox" checked={shaded.get()} data-testid="struct-heat" {onchange} />
                <span>{ words.fill("structs-heat", [("step", grouped(run.step).into())]) }</span>
            </label>
            <span class="shades" aria-hidden="true">{ words.say("structs-heat-less") }{ for shades }{ words.say("structs-heat-more") }</span>
        </div>
    }
}

/// The place of the member that a shape stands for.
fn place_of(id: &str) -> Option<usize> {
    id.strip_prefix('m')?.parse().ok()
}

impl Map {
    /// A member, as one that can be chosen.
    fn member(&self, shape: &Shape, words: &Words, heats: &[u32]) -> Html {
        let place = place_of(&shape.id).unwrap_or_default();
        let (Some(path), Some(member)) =
            (self.subject.paths.get(place), self.subject.layout.members.get(place))
        else {
            return Html::default();
        };
        let Kind::Group(shapes) = &shape.kind else { return Html::default() };
        let is_chosen = self.chosen == Some(place);
        let heat = heats.get(place).filter(|heat| **heat > 0);
        let heat = heat.map(|heat| ["heat-", &heat.to_string()].concat());
        let offset = ("offset", member.offset.into());
        // What is written in it is its name; what has no room for one has it all the same.
        let is_written = shapes.iter().any(|shape| matches!(shape.kind, Kind::Text { .. }));
        let label = (!is_written).then(|| {
            let named =
                [("name", path.as_str().into()), ("type", member.type_name.as_str().into())];
            let [name, of] = named;
            words.fill("structs-member-is", [name, of, offset])
        });
        html! {
            <g key={place} id={shape.id.clone()} role="option" aria-label={label}
                aria-selected={is_chosen.to_string()}
                class={classes!(shape.classes.clone(), heat)}>
                { for shapes.iter().map(|shape| draw(shape, words)) }
            </g>
        }
    }

    /// Arrows go from member to member.
    fn keys(&self) -> Callback<KeyboardEvent> {
        let paths: Vec<AttrValue> = {
            let mut named: Vec<_> = self.subject.named().collect();
            named.sort_by_key(|(_, _, member)| (member.offset, member.bit_offset));
            named.into_iter().map(|(_, path, _)| path.clone()).collect()
        };
        let here = self.chosen.and_then(|place| self.subject.paths.get(place));
        let here = here.and_then(|path| paths.iter().position(|known| known == path));
        let onchoose = self.onchoose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let last = paths.len().saturating_sub(1);
            let to = match keyboard::pressed(&event).as_deref() {
                Some("ArrowDown" | "ArrowRight") => here.map_or(0, |here| (here + 1).min(last)),
                Some("ArrowUp" | "ArrowLeft") => here.map_or(last, |here| here.saturating_sub(1)),
                Some("Home") => 0,
                Some("End") => last,
                _ => return,
            };
            event.prevent_default();
            if let Some(path) = paths.get(to) {
                onchoose.emit(path.clone());
            }
        })
    }
}
