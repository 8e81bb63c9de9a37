//! A struct's map of cachelines as a picture that needs nothing else: its colours are in it, its text is text.

use super::theme::style;
use super::{Note, Theme};
use crate::diagram::{Cachelines, Kind, Pen, Shape, cachelines, escaped};
use std::collections::BTreeMap;

/// Around the map, and from the picture's top to it.
const MARGIN: i32 = 16;
const HEAD: i32 = 68;

/// A struct's map as it is drawn where nobody can choose: of each union the first member is shown, the others
/// are named. The member that is meant has the class `marked`.
#[must_use]
pub fn map(note: &Note, width: i32) -> Cachelines {
    let mut map = cachelines(note.layout, &BTreeMap::new(), width);
    let meant = note.meant().map(|place| format!("m{place}"));
    let marked = map.shapes.iter_mut().find(|shape| Some(&shape.id) == meant.as_ref());
    if let Some(shape) = marked {
        shape.classes.push("marked");
    }
    map
}

impl Note<'_> {
    /// The picture as the text of an SVG file, so wide. It has no ids but that of its hatching, and its rules
    /// hold for itself alone: several of them can stand in one document.
    #[must_use]
    pub fn picture(&self, theme: Theme, width: i32) -> String {
        let map = map(self, width - 2 * MARGIN);
        let (width, height) = (map.width + 2 * MARGIN, map.height + HEAD + MARGIN);
        let class = theme.class();
        let (title, facts) = (escaped(&self.title()), escaped(&self.facts()));
        let about = escaped(&self.say("notes-picture", Vec::new()));
        let title_of = |shape: &Shape| self.line_of(shape);
        let pen = Pen { words: self.words, title: &title_of, id: &|_| None, has_faces: false };
        [
            &format!("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" role=\"img\""),
            &format!(" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">"),
            &format!("<title>{title} · {facts}</title><desc>{about}</desc>"),
            &format!("<style>{}</style>", style(theme)),
            &format!("<defs><pattern id=\"{class}-hatch\" width=\"6\" height=\"6\""),
            " patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">",
            "<path class=\"hatch\" d=\"M0 0V6\"/></pattern></defs>",
            &format!("<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>"),
            &format!("<text class=\"title\" x=\"{MARGIN}\" y=\"30\">{title}</text>"),
            &format!("<text class=\"soft\" x=\"{MARGIN}\" y=\"50\">{facts}</text>"),
            &format!("<g transform=\"translate({MARGIN} {HEAD})\">"),
            &pen.write(&map.shapes),
            "</g></svg>\n",
        ]
        .concat()
    }

    /// What a part of the map says when it is pointed at.
    fn line_of(&self, shape: &Shape) -> Option<String> {
        let Kind::Group(_) = shape.kind else { return None };
        let place: usize = shape.id.strip_prefix('m')?.parse().ok()?;
        self.layout.members.get(place).map(|member| self.line(member))
    }
}
