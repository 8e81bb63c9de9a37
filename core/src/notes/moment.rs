//! A moment of a run to take along: the stage as a picture.

use crate::diagram::{Form, Label, Pen, Shape, Stage, escaped};

/// The stage as the text of an SVG file. `style` are its rules, in which the picture has the classes that the
/// stage has on the page; `title` says which moment it is.
#[must_use]
pub fn stage_picture(
    stage: &Stage,
    style: &str,
    title: &str,
    words: &dyn Fn(&Label) -> String,
) -> String {
    let form = match stage.form {
        Form::Wide => "wide",
        Form::Narrow => "narrow",
    };
    let (width, height) = (stage.width, stage.height);
    let pen = Pen {
        words,
        title: &|_: &Shape| None,
        id: &|shape: &Shape| Some(shape.id.clone()),
        has_faces: true,
    };
    [
        &format!("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stage {form}\" role=\"img\""),
        &format!(" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">"),
        &format!("<title>{}</title><style>{}</style>", escaped(title), style.replace('<', "")),
        &format!("<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>"),
        &pen.write(&stage.zones),
        "</svg>\n",
    ]
    .concat()
}
