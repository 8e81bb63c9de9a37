//! The core's shapes as SVG elements, with their ids.

use super::words::Words;
use nicscope_core::diagram::{Kind, Shape};
use yew::prelude::*;

/// A shape with what is in it.
pub(super) fn draw(shape: &Shape, words: &Words) -> Html {
    let key = shape.id.clone();
    let id = shape.id.clone();
    let pick = shape.target.is_some().then_some("pick");
    let class = classes!(shape.classes.clone(), pick);
    match &shape.kind {
        Kind::Group(shapes) => html! {
            <g {key} {id} {class}>{ for shapes.iter().map(|shape| draw(shape, words)) }</g>
        },
        Kind::Rect { area, radius } => html! {
            <rect {key} {id} {class} x={area.x.to_string()} y={area.y.to_string()}
                width={area.w.to_string()} height={area.h.to_string()} rx={radius.to_string()} />
        },
        Kind::Path { data } => html! { <path {key} {id} {class} d={data.clone()} /> },
        Kind::Text { at, anchor, face, label, .. } => html! {
            <text {key} {id} class={classes!(class, face.class())} x={at.0.to_string()}
                y={at.1.to_string()} text-anchor={anchor.attribute()}>
                { words.label(label) }
            </text>
        },
    }
}
