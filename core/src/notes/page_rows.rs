//! What of a struct has a row in its static page, and so a place that an address can name.

use super::rows::{Row, below, rows};
use crate::atlas::{Entry, Layout, lies_in};
use std::ops::Range;

/// Members of a struct within the struct that all have rows; of more, only those have of which something is said.
const WHOLE_MOST: usize = 64;

/// A row of a static page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageRow {
    /// One as every table has it.
    Plain(Row),
    /// So many members more are in the struct above, whose own members are so deep.
    More {
        /// Their depth.
        depth: u32,
        /// How many.
        count: usize,
    },
}

/// The rows of a struct's static page. The structs within it of whose members something is said are opened in
/// place, large ones in part.
#[derive(Clone, Debug)]
pub struct PageRows {
    /// The struct with what is opened in it.
    pub layout: Layout,
    /// In their order.
    pub rows: Vec<PageRow>,
    /// The path of each member; empty for an anonymous one.
    paths: Vec<String>,
}

impl PageRows {
    /// The rows of a struct of a kernel of which `entry` says something. `find` gives a struct by its name.
    #[must_use]
    pub fn of(
        own: &Layout,
        (entry, kernel): (&Entry, &str),
        find: &dyn Fn(&str) -> Option<Layout>,
    ) -> Self {
        let claims = || entry.members.iter().filter(|member| member.is_of(kernel));
        let is_open = |path: &str| claims().any(|claim| lies_in(&claim.name, path));
        let layout = own.opened(&is_open, find);
        let paths = paths(&layout);
        let is_said = |place: usize| claims().any(|claim| claim.name == paths[place]);
        let mut parts: Vec<Part> = Vec::new();
        for (place, path) in paths.iter().enumerate() {
            let inner = below(&layout, place);
            let is_in_part = parts.last().is_some_and(|part| part.inner.contains(&place));
            if inner.len() > WHOLE_MOST && !is_in_part && is_open(path) {
                parts.push(Part::of(&layout, inner, &is_said));
            }
        }
        let rows = shown(&layout, &paths, &parts);
        Self { layout, rows, paths }
    }

    /// The path of a member, by its place; none for an anonymous one.
    #[must_use]
    pub fn path(&self, place: usize) -> Option<&str> {
        self.paths.get(place).map(String::as_str).filter(|path| !path.is_empty())
    }

    /// What the page can mark of a path: the member there if it has a row, else the nearest around it.
    #[must_use]
    pub fn anchor<'p>(&self, path: &'p str) -> Option<&'p str> {
        let mut path = path;
        loop {
            let is_there = |row: &PageRow| match row {
                PageRow::Plain(Row::Member(place)) => self.path(*place) == Some(path),
                _ => false,
            };
            if self.rows.iter().any(is_there) {
                return Some(path);
            }
            path = path.rsplit_once('.')?.0;
        }
    }
}

/// A struct within the struct that is shown in part.
struct Part {
    /// The places of all its members.
    inner: Range<usize>,
    /// Those that are shown.
    shown: Vec<usize>,
    /// Its bytes.
    bytes: Range<u32>,
}

impl Part {
    /// Shows those of which something is said, and what these lie in.
    fn of(layout: &Layout, inner: Range<usize>, is_said: &dyn Fn(usize) -> bool) -> Self {
        let leads = |place: &usize| (*place..below(layout, *place).end).any(is_said);
        let shown = inner.clone().filter(leads).collect();
        let owner = &layout.members[inner.start - 1];
        let bytes = owner.offset..owner.offset.saturating_add(owner.size);
        Self { inner, shown, bytes }
    }

    /// Whether a row is of it. A gap is where it follows one that is: others may share the bytes.
    fn holds(&self, row: &Row, follows: bool) -> bool {
        match row {
            Row::Member(place) => self.inner.contains(place),
            Row::Hole(hole) | Row::Padding(hole) => follows && self.bytes.contains(&hole.offset),
            Row::BitHole(hole) => follows && self.bytes.contains(&hole.offset),
        }
    }

    fn shows(&self, row: &Row) -> bool {
        matches!(row, Row::Member(place) if self.shown.contains(place))
    }

    /// What stands at its end.
    fn more(&self, layout: &Layout, paths: &[String]) -> PageRow {
        let is_left = |place: &usize| !paths[*place].is_empty() && !self.shown.contains(place);
        let count = self.inner.clone().filter(is_left).count();
        PageRow::More { depth: layout.members[self.inner.start].depth, count }
    }
}

/// All rows but those that parts leave out.
fn shown(layout: &Layout, paths: &[String], parts: &[Part]) -> Vec<PageRow> {
    let mut shown = Vec::new();
    let mut parts = parts.iter().peekable();
    let mut is_within = false;
    for row in rows(layout) {
        if let Some(part) = parts.peek() {
            let holds = part.holds(&row, is_within);
            if is_within && !holds {
                shown.push(part.more(layout, paths));
                parts.next();
            }
            is_within = holds;
        }
        let is_left = is_within && parts.peek().is_some_and(|part| !part.shows(&row));
        if !is_left {
            shown.push(PageRow::Plain(row));
        }
    }
    let last = parts.next().filter(|_| is_within);
    shown.extend(last.map(|part| part.more(layout, paths)));
    shown
}

/// The path of each member; empty for an anonymous one.
fn paths(layout: &Layout) -> Vec<String> {
    let mut named = layout.paths();
    let path = |is_named: bool| if is_named { named.next().map(|(path, _)| path) } else { None };
    let members = layout.members.iter().map(|member| !member.name.is_empty());
    members.map(path).map(Option::unwrap_or_default).collect()
}
