//! A struct as a table of Markdown.

use super::rows::{Row, rows};
use super::{Label, Note};
use std::fmt::Write;

/// What stands before a member's name for each struct that it lies in.
const DEEPER: &str = "· ";

impl Note<'_> {
    /// A line that says what it is, of which kernel, and a table: the struct's, or one row for the member that
    /// is meant. With a link, the struct's name leads there.
    #[must_use]
    pub fn markdown(&self, link: Option<&str>) -> String {
        let title = code(&self.title());
        let title = link.map_or(title.clone(), |link| format!("[{title}]({link})"));
        let mut text = format!("{title} · {}\n\n", self.facts());
        let head = ["notes-offset", "notes-size", "notes-type", "notes-member"]
            .map(|key| self.say(key, Vec::new()));
        // Writing into a `String` cannot fail.
        let _ = writeln!(text, "| {} |", head.join(" | "));
        text.push_str("| ---: | ---: | :--- | :--- |\n");
        match (self.member, self.meant()) {
            (None, _) => rows(self.layout).iter().for_each(|row| self.row(row, &mut text)),
            (_, Some(place)) => self.row(&Row::Member(place), &mut text),
            (Some(_), None) => {}
        }
        text
    }

    fn row(&self, row: &Row, text: &mut String) {
        let (offset, size, word) = row.cells(self.layout, self.words);
        let (type_name, name) = match row {
            Row::Member(place) => {
                let member = &self.layout.members[*place];
                let depth = member.depth.saturating_sub(1) as usize;
                let depth = if self.member.is_some() { 0 } else { depth };
                let path = self.member.filter(|_| !member.name.is_empty());
                let name = match path {
                    Some(_) => self.path_of(*place),
                    None => member.name.clone(),
                };
                let name = format!("{}{}", DEEPER.repeat(depth), code(&name));
                (code(&member.type_name), name.trim_end().to_owned())
            }
            _ => {
                let word =
                    word.map(|key| (self.words)(&Label::Text { key, arguments: Vec::new() }));
                (String::new(), format!("*{}*", word.unwrap_or_default()))
            }
        };
        let _ = writeln!(text, "| {offset} | {size} | {type_name} | {name} |");
    }

    fn path_of(&self, place: usize) -> String {
        let member = &self.layout.members[place];
        let found = self.layout.paths().find(|(_, own)| std::ptr::eq(*own, member));
        found.map(|(path, _)| path).unwrap_or_default()
    }
}

/// A name as code within a cell: the bar ends a cell also there, and backticks end the code.
fn code(name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    format!("`{}`", name.replace('`', "'").replace('|', "\\|"))
}
