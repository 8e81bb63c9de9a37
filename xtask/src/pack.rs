//! The files beside the program, as they are published: one style sheet, and nothing that only its authors read.

use anyhow::{Context, Result};
use flate2::Crc;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// How a line of the page begins that asks for a style sheet.
const STYLES: &str = "<link rel=\"stylesheet\" href=\"./";

/// Makes the site that trunk has just put into `dist` smaller; what it shows stays the same.
pub(crate) fn pack(dist: &Path) -> Result<()> {
    join_styles(dist)?;
    for language in fs::read_dir(dist.join("text"))? {
        for file in fs::read_dir(language?.path())? {
            let file = file?.path();
            fs::write(&file, without_remarks(&fs::read_to_string(&file)?))?;
        }
    }
    Ok(())
}

/// Each file is a request, and alike rules shrink together.
fn join_styles(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let (mut page, mut styles) = (String::new(), String::new());
    let mut place = None;
    for line in fs::read_to_string(&index)?.lines() {
        let Some(rest) = line.trim().strip_prefix(STYLES) else {
            page = page + line + "\n";
            continue;
        };
        let name = rest.split('"').next().unwrap_or(rest);
        styles += &without_comments(&fs::read_to_string(dist.join(name))?);
        fs::remove_file(dist.join(name))?;
        place.get_or_insert(page.len());
    }
    let place = place.context("the page asks for no style sheet")?;
    // As trunk's names do, it tells versions apart.
    let mut digest = Crc::new();
    digest.update(styles.as_bytes());
    let name = format!("styles-{:08x}.css", digest.sum());
    page.insert_str(place, &format!("    {STYLES}{name}\" />\n"));
    fs::write(dist.join(name), styles)?;
    Ok(fs::write(index, page)?)
}

/// Style sheets without comments and indentation.
fn without_comments(styles: &str) -> String {
    let mut parts = styles.split("/*");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare += part.split_once("*/").map_or("", |(_, behind)| behind);
    }
    lines(bare.lines().map(str::trim).filter(|line| !line.is_empty()))
}

/// Messages without comments: in Fluent these begin lines, and nothing else begins so.
fn without_remarks(messages: &str) -> String {
    lines(messages.lines().filter(|line| !line.is_empty() && !line.starts_with('#')))
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.fold(String::new(), |mut text, line| {
        writeln!(text, "{line}").expect("a text takes all");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_authors_goes() {
        let styles = "/* a\n b */\na {\n  b: c; /* d */\n}\n\ne { f: g }\n";
        assert_eq!(without_comments(styles), "a {\nb: c;\n}\ne { f: g }\n");
        let messages = "# a\n\nb = c\n    .d = # e\n## f\n";
        assert_eq!(without_remarks(messages), "b = c\n    .d = # e\n");
    }

    #[test]
    fn the_page_asks_for_one_style_sheet() {
        let dist = tempfile::tempdir().expect("a folder");
        let file = |name: &str| dist.path().join(name);
        let page = format!("<head>\n  {STYLES}a.css\" x/>\n  {STYLES}b.css\"/>\n</head>\n");
        for (name, text) in [("index.html", &*page), ("a.css", "a {}\n"), ("b.css", "b {}\n")] {
            fs::write(file(name), text).expect("written");
        }
        join_styles(dist.path()).expect("joined");
        let page = fs::read_to_string(file("index.html")).expect("a page");
        let name = page.split("./").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(page.matches("stylesheet").count(), 1, "{page}");
        let joined = fs::read_to_string(file(name.expect("a name"))).expect("styles");
        assert_eq!(joined, "a {}\nb {}\n");
        assert!(!file("a.css").exists());
    }
}
