//! `cargo xtask kernels`: the BTF of the kernels that the page brings, out of Debian's packages.

mod image;
mod packages;

use crate::workspace;
use anyhow::{Context, Result, anyhow, bail};
use clap::builder::PossibleValuesParser;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use nicscope_core::atlas::{BASE_OBJECT, Btf, Kernel, KernelObject, Kernels, file_name};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Options of `cargo xtask kernels`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these kernels
    #[arg(value_name = "KERNEL", value_parser = PossibleValuesParser::new(SOURCES.map(|source| source.name)))]
    kernels: Vec<String>,
    /// Compare with what is in the repository, and write nothing
    #[arg(long)]
    check: bool,
    /// A folder with the packages, instead of fetching them
    #[arg(long, value_name = "FOLDER")]
    packages: Option<PathBuf>,
}

/// Where a kernel comes from.
struct Source {
    /// The short name, by which its files are named.
    name: &'static str,
    /// The packages' version.
    version: &'static str,
    /// The suite that had it.
    suite: &'static str,
    /// The packages that hold the kernel and its modules.
    packages: &'static [&'static str],
}

/// The kernels, oldest first.
const SOURCES: [Source; 3] = [
    Source {
        name: "6.1",
        version: "6.1.192-1",
        suite: "bookworm-security",
        packages: &["linux-image-6.1.0-55-amd64"],
    },
    Source {
        name: "6.12",
        version: "6.12.107-1",
        suite: "trixie-security",
        packages: &["linux-image-6.12.107+deb13-amd64"],
    },
    Source {
        name: "7.2",
        version: "7.2.13-1",
        suite: "sid",
        packages: &["linux-binary-7.2.13+deb14-amd64", "linux-modules-7.2.13+deb14-amd64"],
    },
];
/// Debian's name of what they run on.
const ARCHITECTURE: &str = "amd64";
/// Of what the BTF is kept: the kernel itself, then modules.
const OBJECTS: [&str; 3] = [BASE_OBJECT, "ice", "igb"];
/// Where it is kept.
const FOLDER: &str = "static/atlas";
/// What says which files there are.
const MANIFEST: &str = "static/atlas/kernels.txt";

/// Writes the files, or compares them.
pub(crate) fn run(args: Args) -> Result<()> {
    let asked = |source: &&Source| {
        args.kernels.is_empty() || args.kernels.iter().any(|name| name == source.name)
    };
    let mut failed = Vec::new();
    for source in SOURCES.iter().filter(asked) {
        println!("{}: {} {ARCHITECTURE}, from {}", source.name, source.version, source.suite);
        let done = objects(source, args.packages.as_deref()).and_then(|objects| match args.check {
            true => compare(source, &objects),
            false => write(source, &objects),
        });
        // One that cannot be had does not keep the others from being made.
        if let Err(error) = done {
            eprintln!("{}: {error:#}", source.name);
            failed.push(source.name);
        }
    }
    if !args.check {
        fs::write(workspace::root().join(MANIFEST), manifest()?.write())?;
        println!("{MANIFEST} is written");
    }
    if failed.is_empty() { Ok(()) } else { bail!("not done: {}", failed.join(", ")) }
}

/// The BTF of a kernel's [`OBJECTS`], cut out of its packages.
fn objects(source: &Source, given: Option<&Path>) -> Result<[Vec<u8>; 3]> {
    let folder = TempDir::new()?;
    let unpacked = folder.path().join("unpacked");
    for package in packages::files(source, given, folder.path())? {
        packages::unpack(&package, source, &unpacked)?;
    }
    let cut = |object: &str| -> Result<Vec<u8>> {
        let (file, btf) = if object == BASE_OBJECT {
            let file = the_file(&unpacked, |name| name.starts_with("vmlinuz"));
            let file = file?.context("no vmlinuz in the packages")?;
            let btf = image::btf_of_kernel(&fs::read(&file)?);
            (file, btf)
        } else {
            let module = format!("{object}.ko");
            let file = the_file(&unpacked, |name| {
                name.strip_prefix(&module)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            });
            let file = file?.with_context(|| format!("no {module} in the packages"))?;
            let btf = image::btf_of_module(&fs::read(&file)?);
            (file, btf)
        };
        btf.with_context(|| file.display().to_string())
    };
    let [kernel, ice, igb] = OBJECTS.map(cut);
    let objects = [kernel?, ice?, igb?];
    check_types(&objects)?;
    Ok(objects)
}

/// That they are BTF, the modules over the kernel.
fn check_types(objects: &[Vec<u8>; 3]) -> Result<()> {
    let [base, modules @ ..] = objects;
    let base = Btf::read(base).map_err(|error| anyhow!("{BASE_OBJECT}: {error:?}"))?;
    for (name, module) in OBJECTS[1..].iter().zip(modules) {
        Btf::read_split(module, &base).map_err(|error| anyhow!("{name}: {error:?}"))?;
    }
    Ok(())
}

/// The first file below a folder whose name fits.
fn the_file(folder: &Path, fits: impl Fn(&str) -> bool) -> Result<Option<PathBuf>> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            // Of a link to a folder, too, this says that it is none.
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if fits(&entry.file_name().to_string_lossy()) {
                return Ok(Some(entry.path()));
            }
        }
    }
    Ok(None)
}

fn write(source: &Source, objects: &[Vec<u8>]) -> Result<()> {
    for (object, btf) in OBJECTS.iter().zip(objects) {
        let packed = packed(btf)?;
        println!("  {object}: {} bytes, {} packed", btf.len(), packed.len());
        fs::write(path(source.name, object), packed)?;
    }
    Ok(())
}

fn compare(source: &Source, objects: &[Vec<u8>]) -> Result<()> {
    let mut differing = Vec::new();
    for (&object, btf) in OBJECTS.iter().zip(objects) {
        let equal = unpacked(source.name, object)? == *btf;
        println!("  {object}: {} bytes, {}", btf.len(), if equal { "equal" } else { "different" });
        if !equal {
            differing.push(object);
        }
    }
    if differing.is_empty() { Ok(()) } else { bail!("different: {}", differing.join(", ")) }
}

/// What the repository has, as the page is told.
fn manifest() -> Result<Kernels> {
    let object = |kernel: &str, name: &str| -> Result<KernelObject> {
        Ok(KernelObject {
            name: name.to_owned(),
            packed_bytes: u32::try_from(fs::metadata(path(kernel, name))?.len())?,
            unpacked_bytes: u32::try_from(unpacked(kernel, name)?.len())?,
        })
    };
    let kernel = |source: &Source| -> Result<Kernel> {
        Ok(Kernel {
            name: source.name.to_owned(),
            version: source.version.to_owned(),
            architecture: ARCHITECTURE.to_owned(),
            objects: OBJECTS.iter().map(|name| object(source.name, name)).collect::<Result<_>>()?,
        })
    };
    Ok(Kernels { kernels: SOURCES.iter().map(kernel).collect::<Result<_>>()? })
}

/// What the page is told of a kernel.
pub(crate) fn listed(kernel: &str) -> Result<Kernel> {
    let text = fs::read(workspace::root().join(MANIFEST))?;
    let read = Kernels::read(&text).map_err(|error| anyhow!("{MANIFEST}: line {}", error.line))?;
    read.find(kernel).cloned().with_context(|| format!("{MANIFEST} has no kernel {kernel}"))
}

fn path(kernel: &str, object: &str) -> PathBuf {
    workspace::root().join(FOLDER).join(file_name(kernel, object))
}

/// The BTF of a kernel's object, as the repository has it.
pub(crate) fn unpacked(kernel: &str, object: &str) -> Result<Vec<u8>> {
    let path = path(kernel, object);
    let file = fs::File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Packs with gzip. The encoder states no time and no name: the same bytes are packed the same.
fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn committed(file: &str) -> String {
        fs::read_to_string(workspace::root().join(file)).expect("a committed file")
    }

    #[test]
    fn the_committed_manifest_is_what_the_files_are() {
        let read = Kernels::read(committed(MANIFEST).as_bytes()).expect("the committed file");
        assert_eq!(read, manifest().expect("the files"), "run cargo xtask kernels");
        assert_eq!(read.write(), committed(MANIFEST));
    }

    #[test]
    fn every_committed_file_is_named_and_the_notice_states_its_version() {
        let manifest = manifest().expect("the files");
        let mut named: Vec<String> = Vec::new();
        for kernel in &manifest.kernels {
            named.extend(kernel.objects.iter().map(|object| kernel.file(object)));
        }
        let mut there: Vec<String> = fs::read_dir(workspace::root().join(FOLDER))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".gz"))
            .collect();
        there.sort_unstable();
        named.sort_unstable();
        assert_eq!(there, named);
        let notice = committed("static/atlas/NOTICE");
        let notice = notice.split_whitespace().collect::<Vec<_>>().join(" ");
        for kernel in &manifest.kernels {
            let line = format!("{} is version {}", kernel.name, kernel.version);
            assert!(notice.contains(&line), "{line}");
        }
        assert!(notice.contains("GPL-2.0"));
    }

    #[test]
    fn every_committed_object_is_btf_over_its_kernels() {
        for source in &SOURCES {
            let objects = OBJECTS.map(|object| unpacked(source.name, object).expect("a file"));
            check_types(&objects).expect(source.name);
        }
    }

    #[test]
    fn what_is_packed_has_neither_time_nor_name() {
        let file = packed(b"types").expect("memory");
        assert_eq!(file[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
        let mut read = Vec::new();
        GzDecoder::new(&file[..]).read_to_end(&mut read).expect("a gzip file");
        assert_eq!(read, b"types");
    }
}
