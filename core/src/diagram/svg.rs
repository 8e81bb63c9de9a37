//! The one writer of SVG text.

use super::shape::{Anchor, Kind, Label, Shape};
use std::fmt::Write;

/// Writes shapes as the content of an `<svg>` element of that size; `words` says a label.
#[must_use]
pub fn svg(width: i32, height: i32, shapes: &[Shape], words: impl Fn(&Label) -> String) -> String {
    let mut text =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">");
    for shape in shapes {
        write_shape(&mut text, shape, &words);
    }
    text.push_str("</svg>");
    text
}

fn write_shape(text: &mut String, shape: &Shape, words: &impl Fn(&Label) -> String) {
    let element = match &shape.kind {
        Kind::Group(_) => "g",
        Kind::Rect { .. } => "rect",
        Kind::Path { .. } => "path",
        Kind::Text { .. } => "text",
    };
    let id = escaped(&shape.id);
    text.push_str(&format!("<{element} id=\"{id}\""));
    let mut classes = shape.classes.clone();
    if let Kind::Text { face, .. } = &shape.kind {
        classes.push(face.class());
    }
    if !classes.is_empty() {
        text.push_str(&format!(" class=\"{}\"", classes.join(" ")));
    }
    match &shape.kind {
        Kind::Group(shapes) => {
            text.push('>');
            for shape in shapes {
                write_shape(text, shape, words);
            }
            text.push_str("</g>");
        }
        Kind::Rect { area, radius } => {
            let _ = write!(
                text,
                " x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{radius}\"/>",
                area.x, area.y, area.w, area.h
            );
        }
        Kind::Path { data } => text.push_str(&format!(" d=\"{}\"/>", escaped(data))),
        Kind::Text { at, anchor, label, .. } => {
            let _ = write!(text, " x=\"{}\" y=\"{}\"", at.0, at.1);
            if let Some(anchor) = anchor.attribute() {
                text.push_str(&format!(" text-anchor=\"{anchor}\""));
            }
            text.push_str(&format!(">{}</text>", escaped(&words(label))));
        }
    }
}

impl Anchor {
    /// The value of `text-anchor`, unless it is the default.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Start => None,
            Self::Middle => Some("middle"),
            Self::End => Some("end"),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
