//! What reaches what: a struct, the structs that its members lead to, and those that these lead to.
//!
//! A tree, as each struct has one box; members that lead to a struct with a box elsewhere are named in their own.
//! On a narrow page the columns are indents.

mod reach;

pub use reach::EdgeKind;

use super::shape::{Area, Argument, Face, Label, Shape, width_of};
use super::sheet::{Sheet, Text};
use crate::atlas::Guide;
use reach::{Lookup, Reach, reaches};

/// The least width of the diagram.
pub const POINTERS_LEAST: i32 = 320;
/// From this width on the columns stand side by side.
const WIDE_FROM: i32 = 720;
/// Boxes of the diagram, and those that the struct itself leads to.
const BOXES_MAX: usize = 24;
const SECOND_MAX: usize = 12;
/// Between two columns, and the indent that stands for them on a narrow page.
const GUTTER: i32 = 28;
const INDENT: i32 = 20;
/// Height of an edge's name, of a box's head and of a line in it, and what lies below a box.
const LABEL: i32 = 18;
const HEAD: i32 = 28;
const LINE: i32 = 17;
const GAP: i32 = 8;
/// Members that lead elsewhere which a box names.
const ELSEWHERE_MAX: usize = 4;

/// The members of one struct that lead to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The struct.
    pub from: String,
    /// The other, or the same.
    pub to: String,
    /// How the first of the members does.
    pub kind: EdgeKind,
    /// Their paths; those of structs within it too.
    pub paths: Vec<String>,
}

/// The diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointers {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// What it is made of: a group `e-<struct>-<struct>` for each line, and one of groups `s-<struct>`.
    pub shapes: Vec<Shape>,
    /// All that leads from one box to another.
    pub edges: Vec<Edge>,
    /// Structs that are reached and have no box.
    pub more: usize,
}

/// Draws what a struct reaches. The guide's structs are followed, and what its leads say; of the struct itself
/// also what its own members point to.
#[must_use]
pub fn pointers(root: &str, lookup: Lookup, guide: &Guide, width: i32) -> Pointers {
    let width = width.max(POINTERS_LEAST);
    let tree = Tree::of(root, lookup, guide);
    let wide = width >= WIDE_FROM;
    let (step, column) = match wide {
        true => ((width + GUTTER) / 3, (width + GUTTER) / 3 - GUTTER),
        false => (INDENT, width - 2 * INDENT),
    };
    let mut drawing = Drawing { tree: &tree, lookup, guide, wide, step, column, edges: Vec::new() };
    let mut height = 0;
    let boxes = Sheet::group("structs", &[], |sheet| {
        height = drawing.draw(0, 0, sheet);
        if tree.more > 0 {
            let more = ("count", Argument::Number(tree.more as u64));
            let label = Label::with("structs-more", [more]);
            let text = Text::start(Face::Note, 2, height + 14, width - 4, label);
            sheet.text("structs-more", &["soft"], text);
            height += LINE + GAP;
        }
    });
    let mut shapes = drawing.edges;
    shapes.push(boxes);
    Pointers { width, height, shapes, edges: tree.edges, more: tree.more }
}

/// A struct with a box.
struct Node {
    name: String,
    depth: i32,
    /// The place of the one that reaches it.
    parent: Option<usize>,
}

struct Tree {
    /// Column after column.
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    more: usize,
}

impl Tree {
    fn of(root: &str, lookup: Lookup, guide: &Guide) -> Self {
        let first = Node { name: root.to_owned(), depth: 0, parent: None };
        let mut tree = Self { nodes: vec![first], edges: Vec::new(), more: 0 };
        let mut left: Vec<String> = Vec::new();
        let mut place = 0;
        while place < tree.nodes.len() {
            let Node { name, depth, .. } = &tree.nodes[place];
            let (name, depth) = (name.clone(), *depth);
            let mut reached = reaches(&name, lookup, guide, depth == 0);
            // Those that we say something of come first.
            reached.sort_by_key(|reach| guide.find(&reach.to).is_none());
            for Reach { path, to, kind } in reached {
                let known = tree.nodes.iter().any(|node| node.name == to);
                let most = if depth == 0 { SECOND_MAX + 1 } else { BOXES_MAX };
                if !known && depth < 2 && tree.nodes.len() < most {
                    let parent = Some(place);
                    tree.nodes.push(Node { name: to.clone(), depth: depth + 1, parent });
                } else if !known {
                    // Of the last column nothing is followed.
                    if depth < 2 && !left.contains(&to) {
                        left.push(to);
                    }
                    continue;
                }
                let edge = tree.edges.iter_mut().find(|edge| edge.from == name && edge.to == to);
                match edge {
                    Some(edge) => edge.paths.push(path),
                    None => {
                        tree.edges.push(Edge { from: name.clone(), to, kind, paths: vec![path] })
                    }
                }
            }
            place += 1;
        }
        left.retain(|name| tree.nodes.iter().all(|node| node.name != *name));
        tree.more = left.len();
        tree
    }

    /// The edge that a box hangs on.
    fn edge_to(&self, place: usize) -> Option<&Edge> {
        let node = &self.nodes[place];
        let parent = &self.nodes[node.parent?].name;
        self.edges.iter().find(|edge| edge.from == *parent && edge.to == node.name)
    }

    /// Edges of a struct to boxes that do not hang on its own.
    fn elsewhere(&self, place: usize) -> impl Iterator<Item = &Edge> {
        let name = &self.nodes[place].name;
        let hangs = move |edge: &&Edge| {
            let to = self.nodes.iter().find(|node| node.name == edge.to);
            to.is_some_and(|node| node.parent == Some(place))
        };
        self.edges.iter().filter(move |edge| edge.from == *name && !hangs(edge))
    }
}

struct Drawing<'a> {
    tree: &'a Tree,
    lookup: Lookup<'a>,
    guide: &'a Guide,
    wide: bool,
    /// From one column to the next, and a box's width.
    step: i32,
    column: i32,
    edges: Vec<Shape>,
}

impl Drawing<'_> {
    /// Draws a box and all that hang on it; returns where the next one may begin.
    fn draw(&mut self, place: usize, top: i32, boxes: &mut Sheet) -> i32 {
        let node = &self.tree.nodes[place];
        let elsewhere: Vec<&Edge> = self.tree.elsewhere(place).collect();
        let x = node.depth * self.step;
        // In the first column nothing stands above.
        let y = if self.wide || place > 0 { top + LABEL } else { top };
        let shown = elsewhere.len().min(ELSEWHERE_MAX + 1);
        let lines = i32::try_from(shown).unwrap_or(0);
        let area =
            Area::new(x, y, self.column, HEAD + lines * LINE + if lines > 0 { 4 } else { 0 });
        boxes.add(self.boxed(&node.name, area, &elsewhere));
        let mut bottom = area.bottom() + GAP;
        let mut next = if self.wide { top } else { bottom };
        for child in 0..self.tree.nodes.len() {
            if self.tree.nodes[child].parent == Some(place) {
                self.edge(child, area, next);
                next = self.draw(child, next, boxes);
            }
        }
        bottom = bottom.max(next);
        bottom
    }

    /// A struct's name and size, and which members lead elsewhere.
    fn boxed(&self, name: &str, area: Area, elsewhere: &[&Edge]) -> Shape {
        let id = format!("s-{name}");
        let known = self.guide.find(name).is_some();
        let class = if known { "struct" } else { "struct-beyond" };
        Sheet::group(&id, &[class], |sheet| {
            sheet.rect(&format!("{id}-frame"), &["box"], area, 6);
            let size = (self.lookup)(name).map(|layout| layout.size.to_string());
            let taken = size.as_ref().map_or(0, |size| width_of(Face::Code, size) + 8);
            let (left, right, base) = (area.x + 8, area.right() - 8, area.y + 19);
            let room = area.w - 16;
            let head = Text::start(Face::Strong, left, base, room - taken, Label::ident(name));
            sheet.text(&format!("{id}-name"), &[], head);
            if let Some(size) = size {
                let size = Text::end(Face::Code, right, base, taken, Label::ident(size));
                sheet.text(&format!("{id}-size"), &["soft"], size);
            }
            let mut base = area.y + HEAD + 12;
            for edge in elsewhere.iter().take(ELSEWHERE_MAX) {
                let says = format!("{} → {}", edge.paths.join(", "), edge.to);
                let line = Text::start(Face::Code, left, base, room, Label::ident(says));
                sheet.text(&format!("{id}-to-{}", edge.to), &["soft", class_of(edge.kind)], line);
                base += LINE;
            }
            if let Some(more) = elsewhere.len().checked_sub(ELSEWHERE_MAX).filter(|more| *more > 0)
            {
                let line =
                    Text::start(Face::Code, left, base, room, Label::ident(format!("+{more}")));
                sheet.text(&format!("{id}-to-more"), &["soft"], line);
            }
        })
    }

    /// The line from a box to one that hangs on it, with its members' names above that.
    fn edge(&mut self, child: usize, from: Area, top: i32) {
        let Some(edge) = self.tree.edge_to(child) else { return };
        let x = self.tree.nodes[child].depth * self.step;
        let end = top + LABEL + HEAD / 2;
        let data = match self.wide {
            true => {
                let (start, middle) = (from.y + HEAD / 2, x - GUTTER / 2);
                format!("M{} {start}H{middle}V{end}H{x}", from.right())
            }
            false => format!("M{} {}V{end}H{x}", from.x + INDENT / 2, from.bottom()),
        };
        let id = format!("e-{}-{}", edge.from, edge.to);
        let group = Sheet::group(&id, &["edge", class_of(edge.kind)], |sheet| {
            sheet.path(&format!("{id}-line"), &[], data);
            let name = Label::ident(edge.paths.join(", "));
            let text = Text::start(Face::Code, x + 2, top + 13, self.column - 4, name);
            sheet.text(&format!("{id}-name"), &["soft"], text);
        });
        self.edges.push(group);
    }
}

/// The class of an edge.
const fn class_of(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Pointer => "points",
        EdgeKind::Within => "within",
        EdgeKind::Lead => "leads",
    }
}
