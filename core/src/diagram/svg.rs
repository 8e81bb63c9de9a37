//! The one writer of SVG text.

use super::shape::{Anchor, Kind, Label, Shape};
use std::fmt::Write;

/// How shapes are written.
#[derive(Clone, Copy)]
pub struct Pen<'a> {
    /// Says a label.
    pub words: &'a dyn Fn(&Label) -> String,
    /// What a group says when it is pointed at.
    pub title: &'a dyn Fn(&Shape) -> Option<String>,
    /// The attribute `id` of a shape, where it has one.
    pub id: &'a dyn Fn(&Shape) -> Option<String>,
    /// Whether a text's lettering is among its classes.
    pub has_faces: bool,
}

/// Writes shapes as the content of an `<svg>` element of that size; `words` says a label.
#[must_use]
pub fn svg(width: i32, height: i32, shapes: &[Shape], words: impl Fn(&Label) -> String) -> String {
    let id = |shape: &Shape| Some(shape.id.clone());
    let pen = Pen { words: &words, title: &|_| None, id: &id, has_faces: true };
    let shapes = pen.write(shapes);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">{shapes}</svg>"
    )
}

impl Pen<'_> {
    /// Writes shapes as elements of an `<svg>`.
    #[must_use]
    pub fn write(&self, shapes: &[Shape]) -> String {
        let mut text = String::new();
        for shape in shapes {
            self.shape(&mut text, shape);
        }
        text
    }

    fn shape(&self, text: &mut String, shape: &Shape) {
        let element = match &shape.kind {
            Kind::Group(_) => "g",
            Kind::Rect { .. } => "rect",
            Kind::Path { .. } => "path",
            Kind::Text { .. } => "text",
        };
        // Writing into a `String` cannot fail.
        let _ = write!(text, "<{element}");
        if let Some(id) = (self.id)(shape) {
            let _ = write!(text, " id=\"{}\"", escaped(&id));
        }
        let mut classes = shape.classes.clone();
        if let (Kind::Text { face, .. }, true) = (&shape.kind, self.has_faces) {
            classes.push(face.class());
        }
        if !classes.is_empty() {
            let _ = write!(text, " class=\"{}\"", classes.join(" "));
        }
        match &shape.kind {
            Kind::Group(shapes) => {
                text.push('>');
                if let Some(title) = (self.title)(shape) {
                    let _ = write!(text, "<title>{}</title>", escaped(&title));
                }
                for shape in shapes {
                    self.shape(text, shape);
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
            Kind::Path { data } => {
                let _ = write!(text, " d=\"{}\"/>", escaped(data));
            }
            Kind::Text { at, anchor, label, .. } => {
                let _ = write!(text, " x=\"{}\" y=\"{}\"", at.0, at.1);
                if let Some(anchor) = anchor.attribute() {
                    let _ = write!(text, " text-anchor=\"{anchor}\"");
                }
                let _ = write!(text, ">{}</text>", escaped(&(self.words)(label)));
            }
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

/// Text as the content of an element, or as the value of an attribute in double quotes. Controls, which XML
/// cannot say, are left out.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}
