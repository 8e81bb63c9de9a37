//! `cargo xtask layout FILE.btf`: the layouts of all structs of a BTF file.

use anyhow::{Context, Result, anyhow, bail};
use nicscope_core::atlas::{Btf, BtfError, BtfFault, Hole, Layout, LayoutError, UnknownKind};
use serde::Serialize;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Options of `cargo xtask layout`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// BTF of a kernel (`/sys/kernel/btf/vmlinux`), or of a module with --base
    #[arg(value_name = "FILE.btf")]
    file: PathBuf,
    /// The kernel's BTF, over which the module's is split
    #[arg(long, value_name = "BASE.btf")]
    base: Option<PathBuf>,
    /// Only the structs and unions of that name
    #[arg(long = "struct", value_name = "NAME")]
    name: Option<String>,
    /// One line of JSON a struct instead of text
    #[arg(long)]
    json: bool,
}

/// Prints every named struct and union of both files.
pub(crate) fn run(args: Args) -> Result<()> {
    let file = read(&args.file)?;
    let base = args.base.as_deref().map(read).transpose()?;
    let explain = |path: &Path, error: &BtfError| anyhow!("{}: {}", path.display(), fault(error));
    let base = match (&args.base, &base) {
        (Some(path), Some(bytes)) => Some(Btf::read(bytes).map_err(|error| explain(path, &error))?),
        _ => None,
    };
    let btf = match &base {
        Some(base) => Btf::read_split(&file, base),
        None => Btf::read(&file),
    };
    let btf = btf.map_err(|error| explain(&args.file, &error))?;
    for unknown in base.iter().flat_map(|base| base.unknown()).chain(btf.unknown()) {
        let UnknownKind { kind, count, id, offset } = unknown;
        eprintln!("{count} types of unknown kind {kind} skipped, the first: {id} (byte {offset})");
    }
    if print(&btf, &args)? == 0
        && let Some(name) = &args.name
    {
        bail!("no struct or union is named {name}");
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Prints what was asked for; how many structs that were.
fn print(btf: &Btf, args: &Args) -> Result<u32> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut printed = 0;
    for id in btf.structs() {
        let name = btf.name(btf.get(id).name);
        if args.name.as_ref().is_some_and(|wanted| wanted != name) {
            continue;
        }
        printed += 1;
        let written = match btf.layout(id) {
            Ok(layout) if args.json => writeln!(out, "{}", line(&layout)?),
            Ok(layout) => text(&layout, &mut out),
            Err(error) => {
                eprintln!("{name}: {}", refusal(error));
                Ok(())
            }
        };
        if written.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) {
            return Ok(printed);
        }
        written?;
    }
    out.flush()?;
    Ok(printed)
}

/// A struct as one JSON object, its keys in this order.
#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    name: &'a str,
    size: u32,
    members: Vec<MemberLine<'a>>,
    holes: Vec<HoleLine>,
}

#[derive(Serialize)]
struct MemberLine<'a> {
    depth: u32,
    name: &'a str,
    r#type: &'a str,
    offset: u32,
    bit_offset: Option<u32>,
    bit_size: Option<u32>,
    size: u32,
}

#[derive(Serialize)]
struct HoleLine {
    offset: u32,
    size: u32,
}

fn line(layout: &Layout) -> serde_json::Result<String> {
    let members = layout.members.iter().map(|member| MemberLine {
        depth: member.depth,
        name: &member.name,
        r#type: &member.type_name,
        offset: member.offset,
        bit_offset: member.bit_offset,
        bit_size: member.bit_size,
        size: member.size,
    });
    let holes = layout.holes.iter().map(|&Hole { offset, size }| HoleLine { offset, size });
    serde_json::to_string(&Line {
        kind: layout.kind.keyword(),
        name: &layout.name,
        size: layout.size,
        members: members.collect(),
        holes: holes.collect(),
    })
}

fn text(layout: &Layout, out: &mut impl Write) -> std::io::Result<()> {
    let Layout { kind, name, size, holes, .. } = layout;
    let (lines, holes) = (layout.cachelines(), holes.len());
    let keyword = kind.keyword();
    writeln!(out, "{keyword} {name}: {size} bytes, {lines} cachelines, {holes} holes")?;
    for member in &layout.members {
        let bits = member.bit_offset.zip(member.bit_size);
        let bits = bits.map_or(String::new(), |(at, bits)| format!(":{at} ({bits} bits)"));
        let indent = "  ".repeat(member.depth as usize);
        let place = format!("{}{bits}", member.offset);
        let (size, type_name, name) = (member.size, &member.type_name, &member.name);
        writeln!(out, "{place:>18} {size:>6} {indent}{name}: {type_name}")?;
    }
    Ok(())
}

fn fault(error: &BtfError) -> String {
    let what = match error.fault {
        BtfFault::NotBtf => "this is not BTF".to_owned(),
        BtfFault::BigEndian => "it is of a big-endian machine, which is not read".to_owned(),
        BtfFault::Version(version) => format!("its version is {version}, not 1"),
        BtfFault::Section => "a section does not fit into the file".to_owned(),
        BtfFault::CutShort => "a type does not fit into its section".to_owned(),
        BtfFault::Strings => "the names are damaged".to_owned(),
        BtfFault::Name => {
            "a name is not there (a module's file needs its own kernel's as --base)".to_owned()
        }
        BtfFault::Reference => {
            "a type is not there (a module's file needs its own kernel's as --base)".to_owned()
        }
    };
    format!("byte {}: {what}", error.offset)
}

fn refusal(error: LayoutError) -> &'static str {
    match error {
        LayoutError::NotAStruct => "it is no struct or union",
        LayoutError::TooDeep => "its types are nested too deep, or in a circle",
        LayoutError::TooFar => "it is larger than 4 GiB",
        LayoutError::TooLarge => "it has far more members than its file",
    }
}
