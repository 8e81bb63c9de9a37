//! The files beside the program, as they are published: one style sheet, the words of a first visit apart from the
//! others, and nothing that only their authors read.

use crate::setup::tools;
use crate::{child, workspace};
use anyhow::{Context, Result};
use flate2::Crc;
use nicscope_core::engine::{ROUTINES, info, power_on, record_steps};
use nicscope_core::fact::LineId;
use nicscope_core::machine::Driver;
use nicscope_core::scenario::{SHIPPED, Scenario, read_capture};
use nicscope_core::session::STEPS_MAX;
use nicscope_text::message_id;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// How a line of the page begins that asks for a style sheet.
const STYLES: &str = "<link rel=\"stylesheet\" href=\"./";

/// Makes the site that trunk has just put into `dist` smaller; what it shows stays the same.
pub(crate) fn pack(dist: &Path) -> Result<()> {
    join_styles(dist)?;
    shrink_scripts(dist)?;
    let unsaid = unsaid()?;
    for language in fs::read_dir(dist.join("text"))? {
        let language = language?.path();
        let mut later = String::new();
        for file in fs::read_dir(&language)? {
            let file = file?.path();
            let text = fs::read_to_string(&file)?;
            let (first, rest) = match file.file_name().and_then(|name| name.to_str()) {
                Some("facts.ftl" | "page.ftl") => divided(&text, &unsaid),
                _ => (text, String::new()),
            };
            fs::write(&file, without_remarks(&first))?;
            later += &without_remarks(&rest);
        }
        fs::write(language.join(LATER), later)?;
    }
    Ok(())
}

/// Words that a first visit says nowhere; a message that is missing has the page ask for them.
const LATER: &str = "later.ftl";
/// How the heading of a group of messages ends that belong there.
const COMES_LATER: &str = "(comes later)";

/// The ids of the lines that the first capture never comes to: a line is said when it is run.
fn unsaid() -> Result<BTreeSet<String>> {
    let capture = workspace::root().join("static/captures").join(SHIPPED[0]);
    let traffic = read_capture(&fs::read(&capture)?, None)
        .map_err(|error| anyhow::anyhow!("{}: {error:?}", capture.display()))?;
    let scenario = Scenario::of(Driver::Ice, traffic);
    let mut machine = power_on(scenario.settings, &scenario.traffic);
    let mut facts = Vec::new();
    record_steps(&mut machine, &scenario.traffic, STEPS_MAX, &mut facts);
    let said: BTreeSet<LineId> = facts.iter().map(|fact| fact.line).collect();
    let lines = ROUTINES.iter().flat_map(|&routine| {
        (0..).zip(info(routine).deeds).map(move |(line, _)| LineId { routine, line })
    });
    Ok(lines.filter(|line| !said.contains(line)).map(message_id).collect())
}

/// The messages of a file that a first visit may say, and the others: those of `unsaid`, and groups that say so.
fn divided(messages: &str, unsaid: &BTreeSet<String>) -> (String, String) {
    let (mut first, mut later) = (String::new(), String::new());
    let (mut group_is_later, mut is_later) = (false, false);
    for line in messages.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            group_is_later = heading.ends_with(COMES_LATER);
        }
        if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| !id.contains(' ')) {
            is_later = group_is_later || unsaid.contains(id);
        }
        let part = if is_later { &mut later } else { &mut first };
        part.push_str(line);
        part.push('\n');
    }
    (first, later)
}

/// The scripts without comments, and with short names inside.
fn shrink_scripts(dist: &Path) -> Result<()> {
    let Some(terser) = tools::ensure_terser()? else { return Ok(()) };
    for file in fs::read_dir(dist)? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "js") {
            let mut shrink = child::command("node");
            shrink.arg(&terser).args(["--module", "--compress", "--mangle", "--output"]);
            child::run(shrink.arg(&file).arg("--").arg(&file))?;
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
    Ok(fs::write(index, without_parts(&page, ["<!--", "-->"]))?)
}

/// Style sheets without comments and indentation.
fn without_comments(styles: &str) -> String {
    without_parts(styles, ["/*", "*/"])
}

/// A file without the parts between these, and without indentation.
fn without_parts(file: &str, [begin, end]: [&str; 2]) -> String {
    let mut parts = file.split(begin);
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare += part.split_once(end).map_or("", |(_, behind)| behind);
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
    fn messages_are_divided_by_their_routine_and_by_their_group() {
        let messages = "## A\n\n# of a\na = b\n    .c = d = e\nf =\n    g\n\n## H (comes later)\n\ni = j\n\n## K\n\nl = m\n";
        let (first, later) = divided(messages, &BTreeSet::from(["a".to_owned()]));
        assert_eq!(without_remarks(&first), "f =\n    g\nl = m\n");
        assert_eq!(without_remarks(&later), "a = b\n    .c = d = e\ni = j\n");
    }

    #[test]
    fn the_first_capture_leaves_the_other_driver_unsaid_and_its_own_not() {
        let unsaid = unsaid().expect("the first capture");
        assert!(unsaid.contains("igb-clean-rx-irq-read-length"), "{unsaid:?}");
        assert!(unsaid.len() > 100, "{}", unsaid.len());
        assert!(!unsaid.contains("ice-clean-rx-irq-read-size"));
    }

    #[test]
    fn the_page_asks_for_one_style_sheet() {
        let dist = tempfile::tempdir().expect("a folder");
        let file = |name: &str| dist.path().join(name);
        let page = format!(
            "<head>\n  <!-- a\n remark -->\n  {STYLES}a.css\" x/>\n  {STYLES}b.css\"/>\n</head>\n"
        );
        for (name, text) in [("index.html", &*page), ("a.css", "a {}\n"), ("b.css", "b {}\n")] {
            fs::write(file(name), text).expect("written");
        }
        join_styles(dist.path()).expect("joined");
        let page = fs::read_to_string(file("index.html")).expect("a page");
        let name = page.split("./").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(page.matches("stylesheet").count(), 1, "{page}");
        assert!(!page.contains("remark"), "{page}");
        let joined = fs::read_to_string(file(name.expect("a name"))).expect("styles");
        assert_eq!(joined, "a {}\nb {}\n");
        assert!(!file("a.css").exists());
    }
}
