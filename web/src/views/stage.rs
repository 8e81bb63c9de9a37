//! The stage: the core's shapes as SVG elements, patched by their ids.

use super::shapes::draw;
use super::words::{Words, use_words};
use crate::browser::animation;
use crate::browser::document::reveal;
use crate::browser::input::ids_under;
use crate::widgets::{Hook, HookContext, Part, on_change, part, viewport_height, when_some};
use nicscope_core::diagram::{Form, Motion, Mover, Shape, Target, stage};
use nicscope_core::view::WalkView;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::Key;

/// The height that the page needs beside the stage: head, sentence, lanes, bar.
const AROUND: i32 = 396;
/// From this width on it is larger, by half, as the style sheets have it.
const FROM_AFAR: i32 = 2_500;
/// From this width on the stage is shown larger than it is laid out.
const STAGE_MOST: i32 = 1_280;

/// The machine, laid out for the width that it has.
#[derive(PartialEq)]
pub struct StageView {
    /// The place in the run.
    pub view: Rc<WalkView>,
    /// Where it stands; what acts is scrolled into view there.
    pub place: NodeRef,
    /// How wide the stage may be, in pixels; 0 as long as that is not known.
    pub width: i32,
    /// How long what moves is on its way, in ms; none if it does not move.
    pub motion_ms: Option<u32>,
    /// What the clicked shapes stand for, the uppermost first.
    pub onpick: Callback<Vec<Target>>,
}

impl Part for StageView {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let width = self.width;
        let height = viewport_height(hooks);
        let words = use_words().run(hooks);
        // By steps of a few pixels, so that dragging a window's edge is not a new layout each time.
        let around = if width < FROM_AFAR { AROUND } else { AROUND * 3 / 2 };
        let place = (width / 4 * 4, (height - around) / 10 * 10);
        let stage = use_memo((Rc::clone(&self.view), place), |(view, (width, height))| {
            // A place wider than the stage shows it larger.
            let height = height * STAGE_MOST / (*width).max(STAGE_MOST);
            (*width > 0).then(|| stage(view, *width, height))
        })
        .run(hooks);
        on_change(hooks, (self.view.step, self.place.clone()), |(_, place)| {
            reveal(place, ".acts");
        });
        let mover = use_mut_ref(Mover::default).run(hooks);
        let motion = use_memo((Rc::clone(&stage), self.view.step), |(stage, step)| {
            let stage = stage.as_ref().as_ref()?;
            mover.borrow_mut().next(*step, stage)
        })
        .run(hooks);
        let moving = use_node_ref().run(hooks);
        on_change(hooks, Rc::clone(&motion), {
            let (moving, duration_ms) = (moving.clone(), self.motion_ms);
            move |motion| {
                let shown = motion.as_ref().as_ref().zip(duration_ms);
                let shown = shown.map(|(motion, ms)| animation::along(&moving, &motion.way, ms));
                // The next step ends it.
                move || drop(shown)
            }
        });
        let onclick = {
            let stage = Rc::clone(&stage);
            when_some(&self.onpick, move |event: MouseEvent| {
                let stage = stage.as_ref().as_ref()?;
                let under = ids_under(&event);
                let targets: Vec<Target> = under.iter().filter_map(|id| stage.target(id)).collect();
                (!targets.is_empty()).then_some(targets)
            })
        };
        let Some(stage) = stage.as_ref() else { return Html::default() };
        let form = match stage.form {
            Form::Wide => "wide",
            Form::Narrow => "narrow",
        };
        let view_box = format!("0 0 {} {}", stage.width, stage.height);
        let zone = |shape: &Shape| part(Zone { shape: shape.clone(), words: words.clone() });
        html! {
            <svg class={classes!("stage", form)} viewBox={view_box} role="img"
                aria-label={words.say("stage-label")} {onclick}>
                { for stage.zones.iter().map(zone) }
                <g ref={moving} class="on-its-way" data-testid="mover" aria-hidden="true">
                    if let Some(motion) = &*motion { { moved(motion, &words) } }
                </g>
            </svg>
        }
    }
}

/// What moves, around its middle.
fn moved(motion: &Motion, words: &Words) -> Html {
    let width = motion.width();
    html! {
        <g class={classes!(motion.classes.to_vec())}>
            <rect class="body" x={(-width / 2).to_string()} y="-11" width={width.to_string()}
                height="22" rx="6" />
            <text class="face-code" y="4" text-anchor="middle">{ words.label(&motion.label) }</text>
        </g>
    }
}

/// A zone is drawn again only if one of its shapes changed.
#[derive(PartialEq)]
struct Zone {
    shape: Shape,
    words: Words,
}

impl Part for Zone {
    fn draw(&self, _: &mut HookContext) -> Html {
        draw(&self.shape, &self.words)
    }

    fn key(&self) -> Key {
        self.shape.id.clone().into()
    }
}
