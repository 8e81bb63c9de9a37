//! The files beside the program, as they are published: one style sheet, the words of a first visit apart from the
//! others, and nothing that only their authors read.

use crate::setup::tools;
use crate::{child, workspace};
use anyhow::{Context, Result};
use flate2::Crc;
use nicscope_core::engine::{ROUTINES, info, power_on, record_steps};
use nicscope_core::fact::{Fact, LineId};
use nicscope_core::machine::Driver;
use nicscope_core::scenario::{SHIPPED, Scenario, read_capture};
use nicscope_core::session::STEPS_MAX;
use nicscope_text::message_id;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::iter;
use std::path::Path;

/// How a line of the page begins that asks for a style sheet.
const STYLES: &str = "<link rel=\"stylesheet\" href=\"./";

/// How what the page holds ends.
const BODY_END: &str = "</body>";

/// Makes the site that trunk has just put into `dist` smaller; what it shows stays the same.
pub(crate) fn pack(dist: &Path) -> Result<()> {
    join_styles(dist)?;
    shrink_scripts(dist)?;
    enclose_capture(dist)?;
    let said = Said::read()?;
    for language in fs::read_dir(dist.join("text"))? {
        divide(&language?.path(), &said)?;
    }
    Ok(())
}

/// Puts the words of one language where they are asked for in time: what the first steps say stands with what the
/// page says, and what a first visit says nowhere stands by itself.
fn divide(folder: &Path, said: &Said) -> Result<()> {
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("no {name}"));
    let (page, unsaid) = divided(&read(PAGE)?, &BTreeSet::new());
    let (facts, never) = divided(&read(FACTS)?, &said.never);
    let (facts, early) = divided(&facts, &said.early);
    fs::write(folder.join(PAGE), page + &early)?;
    fs::write(folder.join(FACTS), facts)?;
    fs::write(folder.join(LATER), unsaid + &never)?;
    for file in fs::read_dir(folder)? {
        let file = file?.path();
        fs::write(&file, without_remarks(&fs::read_to_string(&file)?))?;
    }
    Ok(())
}

/// What the page says, and what is said of steps.
const PAGE: &str = "page.ftl";
const FACTS: &str = "facts.ftl";
/// What a first visit says nowhere; a message that is missing has the page ask for it.
const LATER: &str = "later.ftl";
/// Steps that somebody may make before what is said of the others has come.
const EARLY_STEPS: usize = 40;
/// How the heading of a group of messages ends that belong there.
const COMES_LATER: &str = "(comes later)";

/// What the first capture says, by the ids of its lines: a line is said when it is run.
struct Said {
    /// In the first steps from the arrival of the first frame on.
    early: BTreeSet<String>,
    /// Nowhere in the whole run.
    never: BTreeSet<String>,
}

impl Said {
    /// Finds it out by running the capture.
    fn read() -> Result<Self> {
        let capture = workspace::root().join("static/captures").join(SHIPPED[0]);
        let traffic = read_capture(&fs::read(&capture)?, None)
            .map_err(|error| anyhow::anyhow!("{}: {error:?}", capture.display()))?;
        let scenario = Scenario::of(Driver::Ice, traffic);
        let mut machine = power_on(scenario.settings, &scenario.traffic);
        let mut facts = Vec::new();
        record_steps(&mut machine, &scenario.traffic, STEPS_MAX, &mut facts);
        let first =
            facts.iter().position(|fact| fact.packet.some().is_some()).context("no frame")?;
        let lines = |facts: &[Fact]| facts.iter().map(|fact| fact.line).collect::<BTreeSet<_>>();
        let said = lines(&facts);
        let all = ROUTINES.iter().flat_map(|&routine| {
            (0..).zip(info(routine).deeds).map(move |(line, _)| LineId { routine, line })
        });
        Ok(Self {
            early: lines(&facts[first..first + EARLY_STEPS]).into_iter().map(message_id).collect(),
            never: all.filter(|line| !said.contains(line)).map(message_id).collect(),
        })
    }
}

/// The messages of a file without those that go elsewhere, and these: those of `elsewhere`, and groups that come later.
fn divided(messages: &str, elsewhere: &BTreeSet<String>) -> (String, String) {
    let (mut stays, mut goes) = (String::new(), String::new());
    let (mut group_goes, mut is_gone) = (false, false);
    for line in messages.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            // It says so of what follows up to the next heading, which stays in any case.
            group_goes = heading.ends_with(COMES_LATER);
            is_gone = false;
        }
        if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| !id.contains(' ')) {
            is_gone = group_goes || elsewhere.contains(id);
        }
        let part = if is_gone { &mut goes } else { &mut stays };
        part.push_str(line);
        part.push('\n');
    }
    (stays, goes)
}

/// Puts the capture that the page opens with into the page itself. It comes while nothing else can come yet: the
/// files that the page asks for are still being asked for.
fn enclose_capture(dist: &Path) -> Result<()> {
    let path = ["captures/", SHIPPED[0]].concat();
    let capture = fs::read(dist.join(&path))?;
    let enclosed = format!("<template data-file=\"{path}\">{}</template>", differences(&capture));
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index)?;
    let (before, behind) = page.split_once(BODY_END).context("the page does not end")?;
    Ok(fs::write(&index, [before, &enclosed, BODY_END, behind].concat())?)
}

/// A capture in lines, its head and each record as what it adds to the last one of the same length, which is most
/// often little: two hexadecimal digits a byte, and letters from `g` on for one to twenty zeros. boot.js reads it.
fn differences(capture: &[u8]) -> String {
    const HEAD: usize = 24;
    const RECORD_HEAD: usize = 16;
    let mut last: BTreeMap<usize, &[u8]> = BTreeMap::new();
    let mut lines = Vec::new();
    let (mut record, mut rest) = capture.split_at(HEAD);
    loop {
        let before = last.insert(record.len(), record).unwrap_or_default();
        let before = before.iter().chain(iter::repeat(&0));
        let added = record.iter().zip(before).map(|(byte, before)| byte.wrapping_sub(*before));
        lines.push(digits(&added.collect::<Vec<_>>()));
        let Some((head, _)) = rest.split_at_checked(RECORD_HEAD) else { break };
        let captured = u32::from_le_bytes([head[8], head[9], head[10], head[11]]);
        (record, rest) = rest.split_at(RECORD_HEAD + captured as usize);
    }
    lines.join("\n")
}

fn digits(bytes: &[u8]) -> String {
    const ZEROS: &[u8] = b"ghijklmnopqrstuvwxyz";
    let mut text = String::new();
    for run in bytes.chunk_by(|byte, next| [*byte, *next] == [0, 0]) {
        match run {
            [0, ..] => {
                let letters = run.chunks(ZEROS.len()).map(|zeros| ZEROS[zeros.len() - 1]);
                text.extend(letters.map(char::from));
            }
            _ => run.iter().for_each(|byte| text += &format!("{byte:02x}")),
        }
    }
    text
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

/// Style sheets without comments, indentation, and ends of lines where something else says that a part ends.
fn without_comments(styles: &str) -> String {
    const ENDS: &[char] = &['{', '}', ';', ','];
    let mut bare = String::new();
    for line in without_parts(styles, ["/*", "*/"]).lines() {
        bare += line;
        if !line.ends_with(ENDS) {
            bare.push('\n');
        }
    }
    bare
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
    fn a_capture_is_written_as_what_its_records_add() {
        let mut capture = vec![0xd4; 24];
        for number in [1, 2] {
            capture.extend([0, 0, 0, 0, 0, 0, 0, 0, 22, 0, 0, 0, 0, 0, 0, number]);
            capture.extend([0; 21]);
            capture.push(254 + number / 2);
        }
        capture.extend([[7, 0, 0, 0]; 2].concat());
        capture.extend([0; 8]);
        let lines = ["d4".repeat(24), "n16l01zgfe".into(), "u01zg01".into(), "07i07q".into()];
        assert_eq!(super::differences(&capture), lines.join("\n"));
    }

    #[test]
    fn what_is_for_authors_goes() {
        let styles = "/* a\n b */\na {\n  b: c; /* d */\n}\n\ne,\nf { g:\n  h\n  i }\n";
        assert_eq!(without_comments(styles), "a {b: c;}e,f { g:\nh\ni }");
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
        let said = Said::read().expect("the first capture");
        assert!(said.never.contains("igb-clean-rx-irq-read-length"), "{:?}", said.never);
        assert!(said.never.len() > 100, "{}", said.never.len());
        assert!(!said.never.contains("ice-clean-rx-irq-read-size"));
        assert!(said.early.contains("mac-receive-store"), "{:?}", said.early);
        assert!(!said.early.contains("ice-clean-rx-irq-read-size"));
        assert!(said.early.is_disjoint(&said.never));
    }

    #[test]
    fn the_words_of_a_language_are_in_one_place_each() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        let files = [
            (PAGE, "## A\n\na = b\n\n## C (comes later)\n\nc = d\n"),
            (FACTS, "# of e\ne = f\n    .why = g\n\n## H\n\nh = i\nj = k\n"),
            (LATER, "# filled when the site is built\n"),
            ("terms.ftl", "# of l\nl = m\n"),
        ];
        files.iter().for_each(|(name, text)| fs::write(file(name), text).expect("written"));
        let said = Said { early: ["h".to_owned()].into(), never: ["e".to_owned()].into() };
        divide(folder.path(), &said).expect("divided");
        let texts = files.map(|(name, _)| fs::read_to_string(file(name)).expect("a file"));
        assert_eq!(texts, ["a = b\nh = i\n", "j = k\n", "c = d\ne = f\n    .why = g\n", "l = m\n"]);
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
        assert_eq!(joined, "a {}b {}");
        assert!(!file("a.css").exists());
    }
}
