//! Diagrams as shapes with stable ids.
//!
//! Layout is decided here, once, in integers; who shows a diagram adds only colours (by class) and
//! words (by [`Label`]). [`svg`] is the one writer of SVG text; the page patches the same shapes by
//! id. Nothing here knows a language or a theme.

mod cachelines;
mod figures;
mod focus;
pub mod lanes;
mod motion;
mod pick;
mod pointers;
mod shape;
mod sheet;
mod stage;
mod svg;
mod turn;

pub use cachelines::{CACHELINES_LEAST, Cachelines, Cell, WHOLE, cachelines, cells};
pub use figures::{compact, duration};
pub use focus::{BusMessage, Focus, Place};
pub use motion::{Motion, Mover};
pub use pick::meant_by;
pub use pointers::{Edge, EdgeKind, POINTERS_LEAST, Pointers, pointers};
pub use shape::{Anchor, Area, Argument, Face, Kind, Label, Point, Shape, Target, width_of};
pub use stage::{Form, NARROW_LEAST, Stage, WIDE_LEAST, stage};
pub use svg::{Pen, escaped, svg};
