//! The kernels that the page brings: which files of BTF there are, and how large.
//!
//! The file is text, its parts divided by tabs; `cargo xtask kernels` writes it. The files lie beside it.
//!
//! ```text
//! kernels 1
//! kernel   <name> <package version> <architecture>
//! vmlinux  <bytes, packed> <bytes, unpacked>            the objects of the kernel above, its base first
//! ice      <bytes, packed> <bytes, unpacked>
//! ```

use std::fmt::Write;

use super::lines::lines;

/// The first line of the file, with its version.
const MAGIC: &str = "kernels 1";
/// The object that holds the kernel's own types. Those of modules are split over it.
pub const BASE_OBJECT: &str = "vmlinux";

/// A line of the file that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KernelsError {
    /// Its number, from 1.
    pub line: u32,
}

/// The kernels that are there, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kernels {
    /// Names differ.
    pub kernels: Vec<Kernel>,
}

/// One kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kernel {
    /// The short name, as in `6.12`.
    pub name: String,
    /// The version of Debian's package.
    pub version: String,
    /// Debian's name of the architecture.
    pub architecture: String,
    /// The kernel itself ([`BASE_OBJECT`]), then modules. Names differ.
    pub objects: Vec<KernelObject>,
}

/// A kernel or module whose BTF is there as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KernelObject {
    /// [`BASE_OBJECT`], or the module's name.
    pub name: String,
    /// What is fetched: the size of the gzip file.
    pub packed_bytes: u32,
    /// The size of the BTF.
    pub unpacked_bytes: u32,
}

impl Kernel {
    /// The object of that name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&KernelObject> {
        self.objects.iter().find(|object| object.name == name)
    }

    /// The name of the file that holds an object's BTF, packed with gzip.
    #[must_use]
    pub fn file(&self, object: &KernelObject) -> String {
        file_name(&self.name, &object.name)
    }
}

/// The name of the file that holds the BTF of a kernel's object, packed with gzip.
#[must_use]
pub fn file_name(kernel: &str, object: &str) -> String {
    format!("{kernel}-{object}.btf.gz")
}

impl Kernels {
    /// The kernel of that short name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Kernel> {
        self.kernels.iter().find(|kernel| kernel.name == name)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The first line that is not of its form, or that stands where a kernel's base belongs.
    pub fn read(bytes: &[u8]) -> Result<Self, KernelsError> {
        let mut kernels = Self::default();
        let read =
            lines(
                bytes,
                |line, first| {
                    if first { (line == MAGIC).then_some(()) } else { kernels.line(line) }
                },
            );
        let count = read.map_err(|line| KernelsError { line })?;
        if kernels.is_complete() { Ok(kernels) } else { Err(KernelsError { line: count + 1 }) }
    }

    /// Whether the last kernel has its base.
    fn is_complete(&self) -> bool {
        self.kernels.last().is_none_or(|kernel| !kernel.objects.is_empty())
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let parts: Vec<&str> = line.split('\t').collect();
        match *parts {
            ["kernel", name, version, architecture] => {
                let words = [name, version, architecture];
                let plain = words.iter().all(|word| is_plain(word));
                if !plain || !self.is_complete() || self.find(name).is_some() {
                    return None;
                }
                let [name, version, architecture] = words.map(str::to_owned);
                self.kernels.push(Kernel { name, version, architecture, objects: Vec::new() });
            }
            [name, packed, unpacked] => {
                let kernel = self.kernels.last_mut()?;
                let is_base = name == BASE_OBJECT;
                let belongs = is_base == kernel.objects.is_empty() && is_plain(name);
                if !belongs || kernel.object(name).is_some() {
                    return None;
                }
                kernel.objects.push(KernelObject {
                    name: name.to_owned(),
                    packed_bytes: packed.parse().ok()?,
                    unpacked_bytes: unpacked.parse().ok()?,
                });
            }
            _ => return None,
        }
        Some(())
    }

    /// The file's text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("{MAGIC}\n");
        for Kernel { name, version, architecture, objects } in &self.kernels {
            // Writing into a `String` cannot fail.
            let _ = writeln!(text, "kernel\t{name}\t{version}\t{architecture}");
            for KernelObject { name, packed_bytes, unpacked_bytes } in objects {
                let _ = writeln!(text, "{name}\t{packed_bytes}\t{unpacked_bytes}");
            }
        }
        text
    }
}

/// Whether a word may be part of a file's name, on any system and in an address.
fn is_plain(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-~".contains(&byte);
    !word.is_empty() && word.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "kernels 1\n\
        kernel\t6.1\t6.1.192-1\tamd64\n\
        vmlinux\t900\t4000\n\
        ice\t90\t400\n\
        kernel\t6.12\t6.12.107-1~deb12u1\tarm64\n\
        vmlinux\t1000\t5000\n";

    fn wrong_line(text: &str) -> Option<u32> {
        Kernels::read(text.as_bytes()).err().map(|error| error.line)
    }

    #[test]
    fn each_kernel_has_the_objects_that_stand_below_it() {
        let kernels = Kernels::read(TEXT.as_bytes()).expect("kernels");
        let names: Vec<_> = kernels.kernels.iter().map(|kernel| kernel.name.as_str()).collect();
        assert_eq!(names, ["6.1", "6.12"]);
        let old = kernels.find("6.1").expect("a kernel");
        assert_eq!((old.version.as_str(), old.architecture.as_str()), ("6.1.192-1", "amd64"));
        let ice = old.object("ice").expect("an object");
        assert_eq!((ice.packed_bytes, ice.unpacked_bytes), (90, 400));
        assert_eq!(old.file(ice), "6.1-ice.btf.gz");
        assert_eq!(kernels.find("6.12").expect("a kernel").object("ice"), None);
        assert_eq!(kernels.find("6"), None);
    }

    #[test]
    fn what_is_read_is_written_the_same() {
        assert_eq!(Kernels::read(TEXT.as_bytes()).expect("kernels").write(), TEXT);
    }

    #[test]
    fn a_line_that_is_not_of_the_form_is_named() {
        let with = |from: &str, to: &str| wrong_line(&TEXT.replacen(from, to, 1));
        assert_eq!(wrong_line(""), Some(1));
        assert_eq!(with("kernels 1", "kernels 2"), Some(1));
        assert_eq!(with("\tamd64", ""), Some(2), "no architecture; no kernel for vmlinux");
        assert_eq!(with("\tamd64", "\tamd64\tmore"), Some(2));
        assert_eq!(with("6.1\t", "../6.1\t"), Some(2), "a name that leaves the folder");
        assert_eq!(with("6.1\t", "\t"), Some(2), "no name");
        assert_eq!(with("900\t4000", "900"), Some(3));
        assert_eq!(with("900", "-900"), Some(3));
        assert_eq!(with("900", "4294967296"), Some(3), "more than a file of BTF can have");
        assert_eq!(with("ice", "vmlinux"), Some(4), "twice");
        assert_eq!(with("ice\t90", "\t90"), Some(4), "no name");
        assert_eq!(with("ice\t90\t400\n", "ice\t90\t400\nice\t90\t400\n"), Some(5), "twice");
        assert_eq!(with("kernel\t6.12\t", "kernel\t6.1\t"), Some(5), "twice");
        assert_eq!(with("ice\t90\t400\n", "\n"), Some(4));
    }

    #[test]
    fn a_kernel_without_its_base_is_named() {
        let with = |from: &str, to: &str| wrong_line(&TEXT.replacen(from, to, 1));
        assert_eq!(with("vmlinux\t900\t4000\n", ""), Some(3), "ice stands where vmlinux belongs");
        assert_eq!(with("vmlinux\t900\t4000\nice\t90\t400\n", ""), Some(3), "so does a kernel");
        assert_eq!(with("vmlinux\t1000\t5000\n", ""), Some(6), "so does the end");
    }

    #[test]
    fn bytes_that_are_no_text_are_named_by_their_line() {
        let mut bytes = TEXT.as_bytes().to_vec();
        let place = TEXT.find("ice").expect("an object");
        bytes[place] = 0xff;
        assert_eq!(Kernels::read(&bytes), Err(KernelsError { line: 4 }));
    }
}
