//! Drawing: the pieces that every zone is put together from.

use super::focus::{Focus, Place};
use super::shape::{Anchor, Area, Argument, Face, Kind, Label, Shape, Target, width_of};
use crate::units::PacketId;
use crate::view::WalkView;

/// What is drawn.
pub(super) struct Scene<'a> {
    /// The place in the run.
    pub(super) view: &'a WalkView,
    /// What its last step was about.
    pub(super) focus: Focus,
}

/// Shapes in the order of painting.
///
/// What draws is called from everywhere and need not be fast: its methods, and what makes their
/// arguments, are kept out of line.
#[derive(Default)]
pub(super) struct Sheet {
    shapes: Vec<Shape>,
}

/// Height and least width of a packet's tag.
pub(super) const TAG: (i32, i32) = (20, 40);

impl Sheet {
    /// Draws on a new sheet, and puts what was drawn into a group.
    pub(super) fn group(id: &str, classes: &[&'static str], draw: impl FnOnce(&mut Self)) -> Shape {
        let mut sheet = Self::default();
        draw(&mut sheet);
        Shape {
            id: id.to_owned(),
            classes: classes.to_vec(),
            target: None,
            kind: Kind::Group(sheet.shapes),
        }
    }

    /// Adds a finished shape.
    #[inline(never)]
    pub(super) fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// A rectangle.
    #[inline(never)]
    pub(super) fn rect(&mut self, id: &str, classes: &[&'static str], area: Area, radius: i32) {
        self.shape(id, classes, Kind::Rect { area, radius });
    }

    /// Lines and arcs.
    #[inline(never)]
    pub(super) fn path(&mut self, id: &str, classes: &[&'static str], data: String) {
        self.shape(id, classes, Kind::Path { data });
    }

    #[inline(never)]
    fn shape(&mut self, id: &str, classes: &[&'static str], kind: Kind) {
        self.shapes.push(Shape {
            id: id.to_owned(),
            classes: classes.to_vec(),
            target: None,
            kind,
        });
    }

    /// A line of text.
    #[inline(never)]
    pub(super) fn text(&mut self, id: &str, classes: &[&'static str], text: Text) {
        let label = match text.label {
            Label::Ident(name) => Label::Ident(clipped(text.face, name, text.room)),
            words @ Label::Text { .. } => words,
        };
        let kind = Kind::Text {
            at: text.at,
            anchor: text.anchor,
            face: text.face,
            room: text.room,
            label,
        };
        self.shape(id, classes, kind);
    }

    /// A zone's frame with its name.
    #[inline(never)]
    pub(super) fn zone(&mut self, id: &str, area: Area, name: Label) {
        self.rect(&format!("{id}-frame"), &["zone"], area, 10);
        self.text(
            &format!("{id}-name"),
            &[],
            Text::start(Face::Title, area.x + 10, area.y + 23, area.w - 14, name),
        );
    }

    /// A box that can act or be acted on.
    #[inline(never)]
    pub(super) fn frame(&mut self, scene: &Scene<'_>, place: Place, area: Area) {
        self.rect(place.id(), &scene.lit(place), area, 7);
        if place == Place::Iommu {
            self.stands_for(Target::Dma);
        } else if !place.kinds().is_empty() {
            self.stands_for(Target::Place(place));
        }
    }

    /// Says what the last shape stands for.
    #[inline(never)]
    pub(super) fn stands_for(&mut self, target: Target) {
        if let Some(shape) = self.shapes.last_mut() {
            shape.target = Some(target);
        }
    }

    /// A box that can act or be acted on, with its name.
    #[inline(never)]
    pub(super) fn panel(&mut self, scene: &Scene<'_>, place: Place, area: Area, name: Label) {
        self.frame(scene, place, area);
        self.text(
            &format!("{}-name", place.id()),
            &["soft"],
            Text::start(Face::Label, area.x + 8, area.y + 18, area.w - 10, name),
        );
    }

    /// A name at the left and its value at the right.
    #[inline(never)]
    pub(super) fn row(&mut self, id: &str, x: (i32, i32), y: i32, name: Label, value: Label) {
        self.row_of(id, &[], x, y, name, value);
    }

    /// A row whose value has classes of its own.
    #[inline(never)]
    pub(super) fn row_of(
        &mut self,
        id: &str,
        classes: &[&'static str],
        x: (i32, i32),
        y: i32,
        name: Label,
        value: Label,
    ) {
        let face = match name {
            Label::Ident(_) => Face::Value,
            Label::Text { .. } => Face::Label,
        };
        let taken = match &value {
            Label::Ident(value) => width_of(Face::Strong, value),
            Label::Text { .. } => (x.1 - x.0) / 2,
        };
        let room = x.1 - x.0 - taken - 4;
        self.text(&format!("{id}-key"), &["soft"], Text::start(face, x.0, y, room, name));
        self.text(id, classes, Text::end(Face::Strong, x.1, y, taken + 2, value));
    }

    /// A small field that is lit or not, such as a state bit.
    #[inline(never)]
    pub(super) fn chip(&mut self, id: &str, lit: bool, area: Area, name: Label) {
        let classes: &[&'static str] = if lit { &["chip", "on"] } else { &["chip"] };
        self.rect(id, classes, area, 4);
        let text: &[&'static str] = if lit { &["on"] } else { &["soft"] };
        let face = match name {
            Label::Ident(_) => Face::Code,
            Label::Text { .. } => Face::Note,
        };
        let name = Text::middle(face, area.middle(), area.centre() + 4, area.w - 4, name);
        self.text(&format!("{id}-name"), text, name);
    }

    /// A bar that is filled to `part` of `whole`.
    #[inline(never)]
    pub(super) fn bar(&mut self, id: &str, area: Area, part: u64, whole: u64) {
        self.rect(&format!("{id}-track"), &["track"], area, area.h / 2);
        let width = u64::try_from(area.w).unwrap_or(0);
        let filled = (width * part.min(whole)).checked_div(whole).unwrap_or(0);
        let filled = i32::try_from(filled).unwrap_or(area.w);
        let fill = Area::new(area.x, area.y, filled, area.h);
        self.rect(id, &["fill"], fill, area.h / 2);
    }

    /// A packet's tag; its width is [`tag_width`].
    #[inline(never)]
    pub(super) fn tag(&mut self, scene: &Scene<'_>, place: &str, packet: PacketId, at: (i32, i32)) {
        let text = format!("#{}", packet.0);
        let area = Area::new(at.0, at.1, tag_width(packet), TAG.0);
        let now = scene.focus.packet == Some(packet);
        let id = format!("{place}-packet-{}", packet.0);
        let classes: &[&'static str] = if now { &["packet", "now"] } else { &["packet"] };
        let tag = Self::group(&id, classes, |sheet| {
            sheet.rect(&format!("{id}-body"), &["body"], area, 5);
            sheet.text(
                &format!("{id}-number"),
                &[],
                Text::middle(Face::Code, area.middle(), area.y + 14, area.w, Label::ident(text)),
            );
        });
        self.add(tag);
        self.stands_for(Target::Packet(packet));
    }

    /// Tags side by side within `area`, one line or several; then how many more there are.
    #[inline(never)]
    pub(super) fn tags(
        &mut self,
        scene: &Scene<'_>,
        place: &str,
        area: Area,
        packets: &[PacketId],
        total: usize,
    ) {
        let (mut x, mut y) = (area.x, area.y);
        for (index, &packet) in packets.iter().enumerate() {
            let left = total - index;
            let more = if left > 1 { more_width(left - 1) } else { 0 };
            let last_line = y + 2 * TAG.0 + 4 > area.bottom();
            let width = tag_width(packet);
            if x + width + if last_line { more } else { 0 } > area.right() {
                if last_line {
                    return self.more(place, (x, y), left);
                }
                (x, y) = (area.x, y + TAG.0 + 4);
            }
            self.tag(scene, place, packet, (x, y));
            x += width + 4;
        }
        if total > packets.len() {
            // On the last line its room was kept; on another there is a line below.
            if x + more_width(total - packets.len()) > area.right() {
                (x, y) = (area.x, y + TAG.0 + 4);
            }
            self.more(place, (x, y), total - packets.len());
        }
    }

    /// One line of tags; where not even the first fits, how many there are.
    #[inline(never)]
    pub(super) fn row_of_tags(
        &mut self,
        scene: &Scene<'_>,
        place: &str,
        line: Area,
        packets: &[PacketId],
    ) {
        let Some(&first) = packets.first() else { return };
        let more = if packets.len() > 1 { more_width(packets.len() - 1) } else { 0 };
        if tag_width(first) + more <= line.w {
            return self.tags(scene, place, line, &packets[..packets.len().min(4)], packets.len());
        }
        let count = Label::count(packets.len() as u64);
        let text = Text::middle(Face::Strong, line.middle(), line.y + 14, line.w, count);
        self.text(&format!("{place}-count"), &[], text);
    }

    #[inline(never)]
    fn more(&mut self, place: &str, at: (i32, i32), count: usize) {
        let room = more_width(count);
        let text = Label::ident(format!("+{}", super::compact(count as u64)));
        let text = Text::start(Face::Code, at.0 + 2, at.1 + 14, room, text);
        self.text(&format!("{place}-more"), &["soft"], text);
    }
}

/// How wide a packet's tag is.
#[inline(never)]
pub(super) fn tag_width(packet: PacketId) -> i32 {
    let text = format!("#{}", packet.0);
    (width_of(Face::Code, &text) + 10).max(TAG.1)
}

#[inline(never)]
fn more_width(count: usize) -> i32 {
    width_of(Face::Code, &format!("+{}", super::compact(count as u64))) + 4
}

/// A name that fits: cut, with an ellipsis, if it would not.
#[inline(never)]
pub(super) fn clipped(face: Face, name: String, room: i32) -> String {
    if width_of(face, &name) <= room {
        return name;
    }
    let mut short = name;
    while short.pop().is_some() {
        let cut = format!("{short}…");
        if width_of(face, &cut) <= room {
            return cut;
        }
    }
    short
}

impl Scene<'_> {
    /// The class of a value, and that the last step changed it if it changed one of these members.
    #[inline(never)]
    pub(super) fn marked(&self, class: &'static str, members: &[&str]) -> Vec<&'static str> {
        let names = |member: &str| {
            members.iter().any(|name| {
                let rest = member.strip_suffix(name);
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
        };
        let changed = self.view.changes.iter().any(|change| names(change.member));
        [Some(class), changed.then_some("changed")].into_iter().flatten().collect()
    }

    /// The classes of a place's box.
    #[inline(never)]
    pub(super) fn lit(&self, place: Place) -> Vec<&'static str> {
        let mut classes = vec!["box"];
        if self.focus.subject == Some(place) {
            classes.push("acts");
        }
        if self.focus.object == Some(place) {
            classes.push("acted");
        }
        classes
    }
}

/// Where and how a line of text stands.
pub(super) struct Text {
    at: (i32, i32),
    anchor: Anchor,
    face: Face,
    room: i32,
    label: Label,
}

impl Text {
    /// A text that begins at `x`.
    #[inline(never)]
    pub(super) fn start(face: Face, x: i32, y: i32, room: i32, label: Label) -> Self {
        Self { at: (x, y), anchor: Anchor::Start, face, room, label }
    }

    /// A text that ends at `x`.
    #[inline(never)]
    pub(super) fn end(face: Face, x: i32, y: i32, room: i32, label: Label) -> Self {
        Self { anchor: Anchor::End, ..Self::start(face, x, y, room, label) }
    }

    /// A text around `x`.
    #[inline(never)]
    pub(super) fn middle(face: Face, x: i32, y: i32, room: i32, label: Label) -> Self {
        Self { anchor: Anchor::Middle, ..Self::start(face, x, y, room, label) }
    }
}

impl Label {
    /// A name or a number.
    #[inline(never)]
    pub(super) fn ident(text: impl Into<String>) -> Self {
        Self::Ident(text.into())
    }

    /// A number, shortened.
    #[inline(never)]
    pub(super) fn count(count: impl Into<u64>) -> Self {
        Self::Ident(super::compact(count.into()))
    }

    /// Words without arguments.
    #[inline(never)]
    pub(super) const fn words(key: &'static str) -> Self {
        Self::Text { key, arguments: Vec::new() }
    }

    /// Words with arguments.
    pub(super) fn with<const N: usize>(
        key: &'static str,
        arguments: [(&'static str, Argument); N],
    ) -> Self {
        Self::Text { key, arguments: arguments.into() }
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Ident(text)
    }
}

impl Place {
    /// The id of its box.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Wire => "place-wire",
            Self::Fifo => "place-fifo",
            Self::Rss => "place-rss",
            Self::Queue => "place-queue",
            Self::Moderation => "place-moderation",
            Self::Vector => "place-vector",
            Self::Iommu => "place-iommu",
            Self::Ring => "place-ring",
            Self::Buffers => "place-buffers",
            Self::Hardirq => "place-hardirq",
            Self::Softirq => "place-softirq",
            Self::Task => "place-task",
            Self::Napi => "place-napi",
            Self::Gro => "place-gro",
            Self::Core => "place-core",
            Self::Ip => "place-ip",
            Self::Transport => "place-transport",
            Self::Socket => "place-socket",
            Self::Application => "place-application",
        }
    }
}
