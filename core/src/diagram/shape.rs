//! What a diagram is made of.

use super::focus::Place;
use crate::units::PacketId;

/// A rectangle, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub w: i32,
    /// Its height.
    pub h: i32,
}

impl Area {
    /// A rectangle.
    #[must_use]
    pub const fn new(x: i32, y: i32, w: i32, h: i32) -> Self {
        Self { x, y, w, h }
    }

    /// Its right edge.
    #[must_use]
    pub const fn right(self) -> i32 {
        self.x + self.w
    }

    /// Its lower edge.
    #[must_use]
    pub const fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// The middle between its left and right edge.
    #[must_use]
    pub const fn middle(self) -> i32 {
        self.x + self.w / 2
    }

    /// The middle between its upper and lower edge.
    #[must_use]
    pub const fn centre(self) -> i32 {
        self.y + self.h / 2
    }

    /// Without so much at the left and right, and at the top and bottom.
    #[must_use]
    pub const fn inset(self, sides: i32, ends: i32) -> Self {
        Self::new(self.x + sides, self.y + ends, self.w - 2 * sides, self.h - 2 * ends)
    }

    /// Whether `other` lies in it.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }
}

/// A place in tenths of a pixel, for curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

impl Point {
    /// A place given in whole pixels.
    #[must_use]
    pub const fn px(x: i32, y: i32) -> Self {
        Self { x: x * 10, y: y * 10 }
    }
}

/// A value in a label's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A number.
    Number(u64),
    /// A name or a formatted number, the same in every language.
    Ident(String),
}

/// What a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// The same in every language: a kernel identifier, a number.
    Ident(String),
    /// Words: a message of the page's texts.
    Text {
        /// The message's id.
        key: &'static str,
        /// Its arguments.
        arguments: Vec<(&'static str, Argument)>,
    },
}

/// Lettering: size and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// A zone's name.
    Title,
    /// Words.
    Label,
    /// Small words.
    Note,
    /// A value or a name in the code.
    Value,
    /// A value that matters.
    Strong,
    /// A small value.
    Code,
    /// A large figure.
    Figure,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Title, Self::Label, Self::Note, Self::Value, Self::Strong, Self::Code, Self::Figure];

    /// Its class name.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Title => "face-title",
            Self::Label => "face-label",
            Self::Note => "face-note",
            Self::Value => "face-value",
            Self::Strong => "face-strong",
            Self::Code => "face-code",
            Self::Figure => "face-figure",
        }
    }

    /// Its size in pixels.
    #[must_use]
    pub const fn pixels(self) -> i32 {
        match self {
            Self::Title => 15,
            Self::Label | Self::Value | Self::Strong => 13,
            Self::Note | Self::Code => 12,
            Self::Figure => 17,
        }
    }

    const fn fixed(self) -> bool {
        matches!(self, Self::Value | Self::Strong | Self::Code | Self::Figure)
    }
}

/// About how wide a text is, in pixels; fonts differ, so this is rather too much.
#[must_use]
pub fn width_of(face: Face, text: &str) -> i32 {
    let thousandths: i32 = text.chars().map(|letter| thousandths(face, letter)).sum();
    (thousandths * face.pixels() + 999) / 1_000
}

fn thousandths(face: Face, letter: char) -> i32 {
    let bold = if matches!(face, Face::Title) { 40 } else { 0 };
    match letter {
        // Hangul and other full-width letters.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' => 960 + bold,
        _ if face.fixed() => 605,
        ' ' | '.' | ',' | ':' | ';' | '\'' | 'i' | 'j' | 'l' | '|' | '·' => 330,
        'f' | 'r' | 't' | '-' | '(' | ')' | '/' | 'I' => 420,
        'm' | 'w' | 'M' | 'W' | '%' => 940,
        'A'..='Z' => 700 + bold,
        _ => 610 + bold,
    }
}

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// What a shape stands for, if that can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A packet, wherever it is.
    Packet(PacketId),
    /// A slot's descriptor in the ring that is shown.
    Slot(u16),
    /// The driver's note on a slot's buffer.
    Buffer(u16),
    /// What the card wrote or read last in the host's memory.
    Dma,
    /// The struct behind a box.
    Place(Place),
}

/// What a shape is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Shapes that belong together; the first ones lie below the others.
    Group(Vec<Shape>),
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        area: Area,
        /// The corners' radius.
        radius: i32,
    },
    /// Lines and arcs: SVG path data.
    Path {
        /// The data.
        data: String,
    },
    /// A line of text.
    Text {
        /// Where its base line begins, or ends, or has its middle.
        at: (i32, i32),
        /// Which of these.
        anchor: Anchor,
        /// Its lettering.
        face: Face,
        /// The width that it may take.
        room: i32,
        /// What it says.
        label: Label,
    },
}

/// A part of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its name, the same in every state in which it occurs.
    pub id: String,
    /// Its classes, which decide its colours.
    pub classes: Vec<&'static str>,
    /// What it stands for, if that can be chosen.
    pub target: Option<Target>,
    /// What it is.
    pub kind: Kind,
}
