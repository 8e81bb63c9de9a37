//! Kernels that mean harm: read or refused, with no panic, no hang and at most four bytes of memory for each of
//! theirs, counted at every allocation. `cargo xtask soak` reads a million of the small ones.
#![cfg(not(target_arch = "wasm32"))]

use nicscope_core::atlas::WholeKernel;
use nicscope_tests::memory::{self, Counted};
use nicscope_tests::soak::{Writer, base, kernel, look, module};
use std::fmt::Write;

#[global_allocator]
static COUNTED: Counted = Counted;

/// Members of a wide struct, and types of a file that has many.
const MANY: u32 = 100_000;
const INT: u32 = 1;

fn writer() -> Writer {
    let mut to = Writer::new();
    to.kind(1, "int", 4, &[32]);
    to
}

/// Looks at a large base alone, and at its memory; the structs seen.
fn seen(to: &Writer) -> u64 {
    look([to.file(), Writer::over(to).file()]).expect("within measure")
}

/// A name of 512 bytes, which begins so.
fn long(begin: &str) -> String {
    format!("{begin:x<512}")
}

/// The number in letters and digits: short, and different from all others.
fn short(mut number: u32) -> String {
    let mut name = String::new();
    while number > 0 || name.is_empty() {
        name.push(char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[number as usize % 36]));
        number /= 36;
    }
    name
}

/// Many members of that name and type.
fn wide(name: &str, id: u32) -> Vec<(&str, u32, u32)> {
    (0..MANY).map(|number| (name, id, number * 32)).collect()
}

#[test]
fn the_seed_is_read_whole() {
    assert_eq!(look([base().file(), module().file()]), Ok(9));
    let files = [("vmlinux", base()), ("module", module())];
    let files = files.map(|(name, file)| (name.to_owned(), file.file()));
    let kernel = WholeKernel::read(files.to_vec()).expect("the seed");
    let names: Vec<String> = kernel.structs().map(String::from).collect();
    let twice = ["list", "list~2", "list~3", "outer", "outer~2"];
    assert!(twice.iter().all(|name| names.contains(&(*name).to_owned())), "{names:?}");
    let unknown: Vec<(&str, u8)> = kernel.unknown().map(|(name, one)| (name, one.kind)).collect();
    assert_eq!(unknown, [("module", 99)]);
    assert_eq!(kernel.layout("other_t").expect("a layout").name, "outer");
}

#[test]
fn mutated_kernels_are_refused_or_read() {
    let mut read = 0;
    for seed in 0..4_000 {
        let seen = kernel(seed, 0).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
        read += u32::from(seen > 0);
    }
    assert!((1_000..3_500).contains(&read), "{read} of 4,000 were read");
}

#[test]
fn memory_is_counted() {
    let (_, taken) = memory::peak(|| {
        let first = vec![0_u8; 1_000];
        drop(vec![0_u8; 5_000]);
        first
    });
    assert_eq!(taken, 6_000);
}

#[test]
fn a_struct_with_a_long_name_and_very_many_members() {
    let mut to = writer();
    to.members(4, &long("s"), 400_000, &wide("a", INT));
    let typedef = to.kind(8, &long("t"), INT, &[]);
    to.members(4, "small", 400_000, &wide(&long("a_"), typedef));
    assert_eq!(seen(&to), 0, "layouts of that size are no kernel's");
}

#[test]
fn anonymous_structs_that_double_at_each_level_named_or_not() {
    for name in ["", "a"] {
        let mut to = writer();
        for id in 1..=30 {
            to.members(4, "", 8, &[(name, id, 0), (name, id, 0)]);
        }
        (0..100).for_each(|number| _ = to.members(4, &short(number), 8, &[("all", 31, 0)]));
        assert_eq!(seen(&to), 0);
    }
}

#[test]
fn very_many_empty_structs_of_one_name_or_of_many() {
    let mut to = writer();
    (0..MANY).for_each(|_| _ = to.members(4, "same", 0, &[]));
    assert_eq!(seen(&to), 1);
    let mut to = writer();
    (0..MANY).for_each(|size| _ = to.members(4, "same", size, &[]));
    assert_eq!(seen(&to), u64::from(u16::MAX), "as many as can be told apart");
    let mut to = writer();
    (0..MANY).for_each(|number| _ = to.members(4, &short(number), 0, &[]));
    assert_eq!(seen(&to), u64::from(MANY));
}

#[test]
fn names_of_very_many_words() {
    let mut to = writer();
    let mut names = (0..MANY).map(short).peekable();
    while names.peek().is_some() {
        let mut name = String::new();
        while name.len() < 500
            && let Some(word) = names.next()
        {
            let _ = write!(name, "{word}_");
        }
        to.members(4, &name, 0, &[]);
    }
    assert!(seen(&to) > 0);
    let mut to = writer();
    let name: String = (0..128).map(|number| format!("{}_", short(number))).collect();
    (0..MANY).for_each(|size| _ = to.members(4, "s", size, &[(&name, INT, 0)]));
    assert!(seen(&to) > 0);
    let mut to = writer();
    // Small letters of it take more bytes, and each syllable begins a word.
    (0..MANY / 10).for_each(|size| _ = to.members(4, &"İ가".repeat(100), size, &[]));
    assert!(seen(&to) > 0);
}

#[test]
fn very_many_typedefs_of_one_struct_and_in_a_row() {
    let mut to = writer();
    let unnamed = to.members(4, "", 4, &[("counter", INT, 0)]);
    (0..MANY).for_each(|number| _ = to.kind(8, &short(number), unnamed, &[]));
    assert_eq!(seen(&to), u64::from(MANY));
    let mut to = writer();
    let outer = to.members(4, "outer", 4, &[("counter", INT, 0)]);
    (0..MANY).for_each(|before| _ = to.kind(8, "chain", outer + before, &[]));
    assert_eq!(seen(&to), 1);
}

#[test]
fn structs_within_structs_as_deep_as_one_likes() {
    let mut to = writer();
    let itself = to.next();
    to.members(4, "itself", 8, &[("a", itself, 0), ("b", itself, 0)]);
    for _ in 0..1_000 {
        let inner = to.next() - 1;
        to.members(4, &long("deep"), 8, &[("a", inner, 0), ("b", inner, 0), ("c", inner, 0)]);
    }
    let file = to.file();
    let most = (file.len() * 4).max(1 << 16);
    let (_, taken) = memory::peak(|| {
        let kernel = WholeKernel::read(vec![("vmlinux".to_owned(), file.clone())]).expect("BTF");
        assert_eq!(kernel.expanded("itself", u32::MAX), None);
        assert_eq!(kernel.expanded(&format!("{}~9", long("deep")), 40), None);
        assert!(kernel.expanded("itself", 3).is_some());
    });
    assert!(taken <= most, "{taken} of {most}");
}

#[test]
fn very_many_types_of_unknown_kinds() {
    let mut to = writer();
    (0..MANY).for_each(|number| _ = to.kind(20 + number % 100, "", 0, &[]));
    to.members(4, "known", 4, &[("a", INT, 0)]);
    assert_eq!(seen(&to), 1);
}
