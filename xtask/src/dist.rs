//! `cargo xtask dist`: the whole site for any static host, with a static page and a picture for every chosen
//! struct of every kernel.
//!
//! `embed/<language>/<kernel>/<struct>.html` and `.svg` follow the reader's system; `.dark` and `.light` stand
//! before the ending of those that do not. They need no script, no wasm and no other file.

mod index;
mod page;
mod style;
mod words;

use crate::{build, workspace};
use anyhow::{Context, Result, anyhow, ensure};
use nicscope_core::atlas::{Claim, Guide, Kernel, Kernels, Layout, Layouts};
use nicscope_core::diagram::Label;
use nicscope_core::notes::{Note, PageRows, Theme};
use nicscope_text::Language;
use std::fs;
use std::path::Path;
use style::Style;
use words::Words;

/// Options of `cargo xtask dist`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Keep the page in dist/ as it is and write only the static pages
    #[arg(long)]
    embeds: bool,
}

/// Bytes that a static page may have.
const PAGE_BYTES_MAX: usize = 40_000;
/// Width of a picture.
const PICTURE_WIDTH: i32 = 720;
/// Where the static pages are, below the site.
pub(crate) const FOLDER: &str = "dist/embed";

/// Builds the site and writes the static pages into it.
pub(crate) fn run(args: Args) -> Result<()> {
    if !args.embeds {
        build::run(build::Args {})?;
    }
    let weight = write_embeds()?;
    println!(
        "{FOLDER}: {} pages and pictures, {} kB; the largest page has {} bytes; {} leave the map to the picture",
        weight.files,
        weight.bytes / 1_000,
        weight.page_bytes_most,
        weight.without_map
    );
    Ok(())
}

/// What was written.
#[derive(Default)]
pub(crate) struct Weight {
    files: usize,
    bytes: usize,
    page_bytes_most: usize,
    /// Pages that would be too heavy with the map in them.
    without_map: usize,
}

/// A struct of a kernel, as the guide lists it.
struct Chosen<'a> {
    claim: &'a Claim,
    kernel: &'a Kernel,
    layout: &'a Layout,
    /// What of it stands in the page's table.
    rows: PageRows,
    /// Members of which something is said.
    members: Vec<&'a Claim>,
    /// The other kernels that have it.
    others: Vec<&'a str>,
}

impl Chosen<'_> {
    fn name(&self) -> &str {
        &self.claim.name
    }
}

/// Writes the static pages, the pictures and the list of them.
pub(crate) fn write_embeds() -> Result<Weight> {
    let atlas = Atlas::read()?;
    let style = Style::read()?;
    let folder = workspace::root().join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut weight = Weight::default();
    for language in Language::ALL {
        let words = Words::read(language)?;
        for chosen in atlas.chosen()? {
            let folder = folder.join(language.tag()).join(&chosen.kernel.name);
            fs::create_dir_all(&folder)?;
            write_one(&chosen, &words, &style, &folder, &mut weight)?;
        }
    }
    fs::write(folder.join("index.html"), index::page(&atlas, &style)?)?;
    Ok(weight)
}

/// Writes a struct's page and picture in every theme.
fn write_one(
    chosen: &Chosen,
    words: &Words,
    style: &Style,
    folder: &Path,
    weight: &mut Weight,
) -> Result<()> {
    let kernel = kernel_title(chosen.kernel);
    let say = |label: &_| words.say(label);
    let note = note(chosen, &kernel, &say);
    for theme in Theme::ALL {
        let whole = page::Page { chosen, note, words, style, theme, has_map: true };
        let (page, has_map) = light(whole)?;
        weight.without_map += usize::from(!has_map);
        weight.page_bytes_most = weight.page_bytes_most.max(page.len());
        for (text, ending) in [(page, "html"), (note.picture(theme, PICTURE_WIDTH), "svg")] {
            let name = format!("{}{}.{ending}", chosen.name(), theme.of_file());
            weight.files += 1;
            weight.bytes += text.len();
            fs::write(folder.join(name), text)?;
        }
    }
    Ok(())
}

/// What is taken along of a struct: the whole.
fn note<'a>(
    chosen: &'a Chosen<'a>,
    kernel: &'a str,
    words: &'a dyn Fn(&Label) -> String,
) -> Note<'a> {
    Note { layout: chosen.layout, name: chosen.name(), kernel, member: None, words }
}

/// A page's text, and whether the map is in it: where it would be too heavy with it, it is not.
fn light(page: page::Page) -> Result<(String, bool)> {
    let text = page.html();
    if text.len() <= PAGE_BYTES_MAX {
        return Ok((text, true));
    }
    let name = page.chosen.name();
    let text = page::Page { has_map: false, ..page }.html();
    let bytes = text.len();
    ensure!(bytes <= PAGE_BYTES_MAX, "the page of {name} has {bytes} bytes");
    Ok((text, false))
}

/// A kernel as it is written: `Linux 6.12.107-1 amd64`.
fn kernel_title(kernel: &Kernel) -> String {
    format!("Linux {} {}", kernel.version, kernel.architecture)
}

/// What static/atlas has.
struct Atlas {
    guide: Guide,
    kernels: Vec<(Kernel, Layouts)>,
}

impl Atlas {
    fn read() -> Result<Self> {
        let folder = workspace::root().join("static/atlas");
        let file = |name: &str| {
            fs::read(folder.join(name)).with_context(|| format!("cannot read static/atlas/{name}"))
        };
        let wrong = |name: &str, line: u32| anyhow!("static/atlas/{name}: line {line}");
        let guide = Guide::read(&file("guide.txt")?);
        let guide = guide.map_err(|error| wrong("guide.txt", error.line))?;
        let listed = Kernels::read(&file("kernels.txt")?);
        let listed = listed.map_err(|error| wrong("kernels.txt", error.line))?;
        let mut kernels = Vec::new();
        for kernel in listed.kernels {
            let name = format!("{}.structs", kernel.name);
            let layouts = Layouts::read(&file(&name)?);
            kernels.push((kernel, layouts.map_err(|error| wrong(&name, error.line))?));
        }
        Ok(Self { guide, kernels })
    }

    /// Every struct of every kernel that has it, in the order of the guide.
    fn chosen(&self) -> Result<Vec<Chosen<'_>>> {
        let mut all = Vec::new();
        for entry in self.guide.entries() {
            let claim = &entry.claim;
            for (kernel, layouts) in self.kernels.iter().filter(|own| claim.is_of(&own.0.name)) {
                let layout = layouts.find(&claim.name);
                let layout = layout.with_context(|| format!("no struct {}", claim.name))?;
                let find = |name: &str| layouts.find(name).cloned();
                let rows = PageRows::of(layout, (entry, &kernel.name), &find);
                let members = entry.members.iter().filter(|own| own.is_of(&kernel.name));
                let others = claim.kernels.iter().map(String::as_str);
                all.push(Chosen {
                    claim,
                    kernel,
                    layout,
                    rows,
                    members: members.collect(),
                    others: others.filter(|other| *other != kernel.name).collect(),
                });
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests;
