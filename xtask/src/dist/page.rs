//! A struct's static page: map and table, no script.

use super::Chosen;
use super::style::{self, Style};
use super::words::Words;
use nicscope_core::atlas::{CACHELINE_BYTES, lies_in};
use nicscope_core::diagram::{Anchor, Argument, Cachelines, Kind, Label, Pen, Shape, escaped};
use nicscope_core::notes::{Address, Note, PageRow, Row, Theme, bits_and_bytes, map};
use nicscope_text::Language;
use std::fmt::Write;

/// The map's width. Wider frames show it larger, or beside the table.
const MAP_WIDTH: i32 = 320;
/// What is not shown of it at the left, where offsets of six digits would be. The rest is as wide as the narrowest
/// frame, less its margins.
const MAP_LEFT: i32 = 16;
/// From a page to the site.
const TO_SITE: &str = "../../../";
/// What is said of a struct, each under its own head; the first says what it is for.
const PARTS: [(&str, &str); 3] =
    [("made", "embed-made"), ("used", "embed-used"), ("life", "embed-life")];

/// What a page is made of.
pub(super) struct Page<'a> {
    pub(super) chosen: &'a Chosen<'a>,
    pub(super) note: Note<'a>,
    pub(super) words: &'a Words,
    pub(super) style: &'a Style,
    pub(super) theme: Theme,
    /// Whether the map is in it; else there is the picture beside it.
    pub(super) has_map: bool,
}

/// The beginning of a page, up to and with its `<main>`.
pub(super) fn head(language: &str, title: &str, styles: &[&str], theme: Theme) -> String {
    let sources: Vec<String> = styles.iter().map(|style| style::source(style)).collect();
    let styles: String = styles.iter().map(|style| format!("<style>{style}</style>")).collect();
    [
        &format!("<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\">"),
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src ",
        &sources.join(" "),
        ";base-uri 'none';form-action 'none'\">",
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">",
        &format!("<meta name=\"color-scheme\" content=\"{}\">", theme.color_scheme()),
        &format!("<title>{}</title>{styles}<main>", escaped(title)),
    ]
    .concat()
}

impl Page<'_> {
    pub(super) fn html(&self) -> String {
        let map = map(&self.note, MAP_WIDTH);
        let language = self.words.language.tag();
        let title = format!("{} · {}", self.note.title(), self.note.facts());
        let style = self.style.text(self.theme);
        let (marks, map) =
            if self.has_map { (self.marks(&map), self.map(&map)) } else { Default::default() };
        let styles: &[&str] = if self.has_map { &[&style, &marks] } else { &[&style] };
        let head = head(language, &title, styles, self.theme);
        [head, self.about(), map, self.table(), self.ways()].concat()
    }

    /// The rules that mark in the map what the address names, which is a row of the table: that of the member, or of
    /// one within it.
    fn marks(&self, map: &Cachelines) -> String {
        let layout = self.note.layout;
        let paths: Vec<(String, *const _)> =
            layout.paths().map(|(path, member)| (path, std::ptr::from_ref(member))).collect();
        let rows = &self.chosen.rows;
        let holds = |around: &str| {
            let mut all = (0..rows.layout.members.len()).filter_map(|place| rows.path(place));
            all.any(|path| lies_in(path, around))
        };
        let mark = |shape: &Shape| {
            let member = &layout.members[place_of(shape)?];
            let (path, _) = paths.iter().find(|(_, own)| std::ptr::eq(*own, member))?;
            let mut named =
                if path.contains('.') { format!("[id='{path}']") } else { format!("#{path}") };
            if holds(path) {
                named = format!(":is({named},[id^='{path}.'])");
            }
            Some(format!(":has({named}:target) #{}", id_of(shape)?))
        };
        let marks: Vec<String> = map.shapes.iter().filter_map(mark).collect();
        format!(
            "{}{{--cell:var(--accent-soft);--edge:var(--accent);--name:var(--ink)}}",
            marks.join(",")
        )
    }

    /// What it is, of which kernel, and what is said of it.
    fn about(&self) -> String {
        let name = self.chosen.name();
        let address =
            Address { base: TO_SITE, kernel: &self.chosen.kernel.name, name, member: None };
        let mut text = format!(
            "<header><h1><code>{}</code></h1><p class=\"facts\">{}</p>",
            escaped(&self.note.title()),
            escaped(&self.note.facts())
        );
        // Writing into a `String` cannot fail, here and below.
        if let Some(purpose) = self.words.of(name, None, "") {
            let _ = write!(text, "<p>{}</p>", escaped(&purpose));
        }
        let said: Vec<_> = PARTS
            .iter()
            .filter_map(|(part, head)| Some((head, self.words.of(name, None, part)?)))
            .collect();
        if !said.is_empty() {
            text.push_str("<dl>");
            for (head, said) in said {
                let head = self.words.text(head);
                let _ = write!(text, "<dt>{}<dd>{}", escaped(&head), escaped(&said));
            }
            text.push_str("</dl>");
        }
        let _ = write!(
            text,
            "<p><a class=\"open\" href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a></p></header>",
            escaped(&address.live()),
            escaped(&self.words.text("embed-open"))
        );
        text
    }

    fn map(&self, map: &Cachelines) -> String {
        let label = self.words.fill("embed-map", &[("struct", &self.note.title())]);
        let (left, width, height) = (MAP_LEFT, map.width - MAP_LEFT, map.height);
        let words = self.note.words;
        let pen = Pen { words, title: &|_| None, id: &id_of, has_faces: false };
        [
            &format!("<svg class=\"map\" viewBox=\"{left} 0 {width} {height}\" role=\"img\""),
            &format!(" aria-label=\"{}\">", escaped(&label)),
            "<pattern id=\"map-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"",
            " patternTransform=\"rotate(45)\"><path d=\"M0 0V6\"/></pattern>",
            &pen.write(&compact(map)),
            "</svg>",
        ]
        .concat()
    }

    fn table(&self) -> String {
        let head = ["notes-offset", "notes-size", "notes-member"].map(|key| self.words.text(key));
        let of_type = self.words.text("notes-type");
        let mut text = format!(
            "<table><thead><tr><th>{}<th>{}<th>{} <i>{}</i><tbody>",
            head[0], head[1], head[2], of_type
        );
        let mut line = 0;
        for row in &self.chosen.rows.rows {
            match row {
                PageRow::Plain(Row::Member(place)) => self.member(*place, &mut line, &mut text),
                PageRow::Plain(row) => {
                    let (offset, size, gap) = row.cells(self.note.layout, self.note.words);
                    let gap = gap.map(|key| self.words.text(key)).unwrap_or_default();
                    let _ = write!(text, "<tr class=\"gap\"><td>{offset}<td>{size}<td>{gap}");
                }
                PageRow::More { depth, count } => {
                    let arguments = vec![("count", Argument::Number(*count as u64))];
                    let more = self.words.say(&Label::Text { key: "embed-more", arguments });
                    let (deep, more) = (indented(*depth), escaped(&more));
                    let _ = write!(text, "<tr><td><td><td{deep}><i>{more}</i>");
                }
            }
        }
        text.push_str("</table>");
        text
    }

    /// A member's row; `line` is the last cacheline that began.
    fn member(&self, place: usize, line: &mut u32, text: &mut String) {
        let rows = &self.chosen.rows;
        let member = &rows.layout.members[place];
        let (offset, size) = bits_and_bytes(member, self.note.words);
        let path = rows.path(place);
        let id = path.map(|path| format!(" id=\"{}\"", escaped(path))).unwrap_or_default();
        let starts = member.offset / CACHELINE_BYTES > *line;
        *line = (*line).max(member.offset / CACHELINE_BYTES);
        let line_class = if starts { " class=\"line\"" } else { "" };
        let deep = indented(member.depth);
        // Writing into a `String` cannot fail.
        let _ = write!(text, "<tr{id}{line_class}><td>{offset}<td>{size}<td{deep}>");
        if path.is_some() {
            let _ = write!(text, "<code>{}</code> ", escaped(&member.name));
        }
        let _ = write!(text, "<i>{}</i>", escaped(&member.type_name));
        if let Some(said) = path.and_then(|path| self.said_of(path)) {
            let _ = write!(text, "<p>{}", escaped(&said));
        }
    }

    /// What is said of a member, if it is said of this kernel's.
    fn said_of(&self, path: &str) -> Option<String> {
        self.chosen.members.iter().find(|claim| claim.name == path)?;
        self.words.of(self.chosen.name(), Some(path), "")
    }

    /// Where one can go from here.
    fn ways(&self) -> String {
        let name = self.chosen.name();
        let file = self.theme.of_file();
        let mut text = "<footer>".to_owned();
        let claim = self.chosen.claim;
        let source = [("source", claim.source.as_str()), ("kernel", claim.source_kernel())];
        if self.words.of(name, None, "").is_some() {
            let source = self.words.fill("embed-source", &source);
            let _ = write!(text, "<p>{}</p>", escaped(&source));
        }
        text.push_str("<nav>");
        for kernel in &self.chosen.others {
            let says = self.words.fill("embed-kernel", &[("kernel", kernel)]);
            let _ =
                write!(text, "<a href=\"../{kernel}/{name}{file}.html\">{}</a> ", escaped(&says));
        }
        let picture = escaped(&self.words.text("embed-picture"));
        let _ = write!(text, "<a href=\"{name}{file}.svg\">{picture}</a> ");
        for other in Language::ALL.into_iter().filter(|other| *other != self.words.language) {
            let (tag, kernel) = (other.tag(), &self.chosen.kernel.name);
            let says = escaped(&self.words.text(other.name_id()));
            let page = format!("../../{tag}/{kernel}/{name}{file}.html");
            let _ = write!(text, "<a href=\"{page}\" lang=\"{tag}\" hreflang=\"{tag}\">{says}</a>");
        }
        text.push_str("</nav></footer></main></html>\n");
        text
    }
}

/// The class of a cell with a name so deep.
fn indented(depth: u32) -> String {
    match depth {
        0 | 1 => String::new(),
        depth => format!(" class=\"d{}\"", depth.min(6)),
    }
}

/// The member that a part of the map stands for.
fn place_of(shape: &Shape) -> Option<usize> {
    matches!(shape.kind, Kind::Group(_)).then_some(())?;
    shape.id.strip_prefix('m')?.parse().ok()
}

/// The id of a part of the map in the page, where it can be marked. No name of C has a hyphen.
fn id_of(shape: &Shape) -> Option<String> {
    place_of(shape).map(|place| format!("m-{place}"))
}

/// The map in few bytes: what the style sheet says for all is left out, and so are the types, which stand in the
/// table.
fn compact(map: &Cachelines) -> Vec<Shape> {
    let (offsets, others): (Vec<Shape>, Vec<Shape>) =
        map.shapes.iter().cloned().partition(|shape| shape.id.starts_with("at"));
    let offsets = offsets.into_iter().map(plain).collect();
    let group = |classes, shapes| Shape {
        id: String::new(),
        classes,
        target: None,
        kind: Kind::Group(shapes),
    };
    let mut shapes = vec![group(vec!["offsets"], offsets)];
    shapes.extend(others.into_iter().map(plain));
    shapes
}

fn plain(mut shape: Shape) -> Shape {
    shape.classes.retain(|class| !matches!(*class, "member" | "name"));
    match &mut shape.kind {
        Kind::Group(parts) => {
            let mut data = String::new();
            let mut texts = Vec::new();
            for part in parts.drain(..) {
                match part.kind {
                    Kind::Rect { area, .. } => {
                        let (w, h) = (area.w, area.h);
                        // Writing into a `String` cannot fail.
                        let _ = write!(data, "M{} {}h{w}v{h}h-{w}z", area.x, area.y);
                    }
                    _ if part.id.ends_with("-type") => {}
                    _ => texts.push(plain(part)),
                }
            }
            if !data.is_empty() {
                let kind = Kind::Path { data };
                parts.push(Shape { id: String::new(), classes: Vec::new(), target: None, kind });
            }
            parts.extend(texts);
        }
        Kind::Text { anchor, .. } if shape.id.starts_with("at") => {
            shape.classes.retain(|class| *class != "soft");
            *anchor = Anchor::Start;
        }
        _ => {}
    }
    shape
}
