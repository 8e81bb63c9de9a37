//! BTF that means harm: refused or read, with no panic, no hang and no more memory than it deserves.
//!
//! The seed is written here by hand: every kind of type, small enough that each byte matters.

use nicscope_core::atlas::{
    Btf, BtfError, BtfFault, Kernels, Layout, LayoutError, Layouts, Member, UnknownKind,
};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

/// Random files; `NICSCOPE_CASES` at build time for more.
fn cases() -> u32 {
    option_env!("NICSCOPE_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(2_000)
}

/// A file of these words of types, and these names.
fn file(types: &[u32], names: &str) -> Vec<u8> {
    let length = types.len() as u32 * 4;
    let header = [0x0001_eb9f, 24, 0, length, length, names.len() as u32];
    let words = header.iter().chain(types).flat_map(|word| word.to_le_bytes());
    words.chain(names.bytes()).collect()
}

const NAMES: &str = "\0int\0outer\0list\0next\0bits\0flags\0";

/// `int`, a pointer, a struct that points to itself, bitfields, an anonymous union, and one record
/// of each other kind.
fn seed() -> Vec<u8> {
    let kind = |kind: u32, count: u32| kind << 24 | count;
    #[rustfmt::skip]
    let types = [
        1, kind(1, 0), 4, 32, // 1: int
        0, kind(2, 0), 3, // 2: struct outer *
        5, kind(4, 3) | 1 << 31, 24, // 3: struct outer
            16, 2, 0, 21, 1, 3 << 24 | 64, 0, 4, 96, // next, bits:3, union
        0, kind(5, 2), 12, 11, 5, 0, 26, 1, 0, // 4: union { list, flags }
        0, kind(3, 0), 0, 1, 1, 3, // 5: int[3]
        11, kind(8, 0), 4, // 6: typedef
        0, kind(10, 0), 1, 0, kind(9, 0), 1, 0, kind(11, 0), 2, // 7 to 9: qualifiers
        11, kind(6, 1), 4, 16, 1, 11, kind(19, 1), 8, 16, 1, 0, // 10, 11: enumerations
        11, kind(7, 0), 0, 0, kind(13, 2), 1, 0, 2, 0, 0, // 12: forward, 13: int (outer *, ...)
        11, kind(12, 0), 13, 11, kind(14, 0), 1, 1, // 14: function, 15: variable
        11, kind(15, 1), 4, 15, 0, 4, 11, kind(16, 0), 8, // 16: section, 17: float
        11, kind(17, 0), 3, 0, 11, kind(18, 0), 1, // 18, 19: tags
    ];
    file(&types, NAMES)
}

/// A split file over the seed, whose struct holds one of the base's by name and type.
fn split() -> Vec<u8> {
    let base_names = NAMES.len() as u32;
    let record = [base_names, 4 << 24 | 1, 24, 5, 3, 0];
    file(&record, "module\0")
}

fn bytes(layout: &Layout) -> usize {
    let text = |member: &Member| member.name.len() + member.type_name.len();
    layout.members.iter().map(|member| size_of::<Member>() + text(member)).sum()
}

/// Reads everything; how many bytes of layouts came out.
fn read_all(base: &[u8], split: Option<&[u8]>) -> Result<usize, BtfError> {
    let base = Btf::read(base)?;
    let sum = |btf: &Btf| btf.layouts().flatten().map(|layout| bytes(&layout)).sum();
    let Some(split) = split else { return Ok(sum(&base)) };
    Ok(sum(&Btf::read_split(split, &base)?))
}

#[test]
fn the_seed_is_read() {
    let (base, split) = (seed(), split());
    let base = Btf::read(&base).expect("the seed");
    assert_eq!(base.ids_end(), 20);
    let outer = base.layout(3).expect("a layout");
    let types: Vec<&str> = outer.members.iter().map(|member| member.type_name.as_str()).collect();
    assert_eq!(types, ["struct outer *", "int", "union", "int[3]", "int"]);
    assert_eq!((outer.members[1].offset, outer.members[1].bit_size), (8, Some(3)));
    let module = Btf::read_split(&split, &base).expect("the split seed");
    let layout = module.layout_expanded(20, 1).expect("a layout");
    assert_eq!(layout.name, "module");
    assert_eq!(layout.member("outer.list").map(|member| member.offset), Some(12));
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let whole = seed();
    for length in 0..whole.len() {
        let error = Btf::read(&whole[..length]).expect_err("a part of a file");
        assert!(error.offset as usize <= length, "{error:?} at {length}");
    }
}

#[test]
fn a_split_file_without_its_base_is_refused() {
    let error = Btf::read(&split()).expect_err("names of the base");
    assert_eq!(error, BtfError { offset: 24, fault: BtfFault::Name });
}

/// The words of the seed's types, one letter each: `n` for a name, `t` for a type, `?` for kind and count.
const WORDS: &str =
    "n?..n?tn?.nt.nt.nt.n?.nt.nt.n?.tt.n?tn?tn?tn?tn?.n.n?.n..n?.n?tntntn?tn?t.n?.t..n?.n?t.n?t";

#[test]
fn every_name_and_every_type_is_looked_up() {
    let seed = seed();
    let mut record = 0;
    for (place, word) in (24..).step_by(4).zip(WORDS.chars()) {
        if WORDS[(place - 24) / 4 + 1..].starts_with('?') {
            record = place as u32;
        }
        let (end, fault) = match word {
            'n' => (NAMES.len() as u32, BtfFault::Name),
            't' => (20, BtfFault::Reference),
            _ => continue,
        };
        let with = |word: u32| {
            let mut changed = seed.clone();
            changed[place..place + 4].copy_from_slice(&word.to_le_bytes());
            changed
        };
        assert!(Btf::read(&with(end - 1)).is_ok(), "the last there is, at {place}");
        let error = Btf::read(&with(end)).expect_err("one more than there are");
        assert_eq!(error, BtfError { offset: record, fault }, "at {place}");
    }
}

#[test]
fn no_name_begins_within_a_letter() {
    let names = "\0é\0";
    let of = |name: u32| [name, 4 << 24, 8];
    let base = file(&of(1), names);
    let base = Btf::read(&base).expect("a name of one letter");
    assert_eq!(base.name(1), "é");
    let fault = Some(BtfFault::Name);
    assert_eq!(Btf::read(&file(&of(2), names)).err().map(|error| error.fault), fault);
    let split = file(&of(2), "\0");
    assert_eq!(Btf::read_split(&split, &base).err().map(|error| error.fault), fault);
    assert!(Btf::read_split(&file(&of(4), "\0"), &base).is_ok());
}

#[test]
fn a_name_ends_where_its_zero_is() {
    // Names of each length at each place, so that their ends are at each place of eight bytes.
    for (before, length) in (0..9).flat_map(|before| (0..20).map(move |length| (before, length))) {
        for behind in ["", "\0", "more\0", "a\u{80}b\u{100}\0"] {
            let name: String = "\u{1}x\u{7f}é".chars().cycle().take(length).collect();
            let names =
                ["\0".repeat(before + 1), name.clone(), "\0".into(), behind.into()].concat();
            let named = file(&[before as u32 + 1, 4 << 24, 8], &names);
            let btf = Btf::read(&named).expect("a named struct");
            assert_eq!(btf.name(before as u32 + 1), name, "{before} {length} {behind:?}");
        }
    }
}

#[test]
fn a_big_endian_file_is_named_so() {
    let error = Btf::read(&[0xeb, 0x9f, 1, 0]).expect_err("big-endian");
    assert_eq!(error.fault, BtfFault::BigEndian);
}

#[test]
fn a_type_of_an_unknown_kind_is_skipped_and_reported() {
    let types = [0, 99 << 24, 7, 1, 1 << 24, 4, 32, 0, 98 << 24, 7, 0, 99 << 24, 7];
    let plain = file(&types, NAMES);
    let btf = Btf::read(&plain).expect("a file");
    let reported = [
        UnknownKind { kind: 99, count: 2, id: 1, offset: 24 },
        UnknownKind { kind: 98, count: 1, id: 3, offset: 52 },
    ];
    assert_eq!(btf.unknown(), reported);
    assert_eq!(btf.name(btf.get(2).name), "int");
}

#[test]
fn a_circle_of_types_ends() {
    // 1: typedef of 2, 2: typedef of 1; 3: a struct that has it; 4: an anonymous struct in itself.
    #[rustfmt::skip]
    let types = [
        11, 8 << 24, 2, 11, 8 << 24, 1,
        5, 4 << 24 | 1, 8, 16, 1, 0,
        0, 4 << 24 | 1, 8, 0, 4, 0,
        5, 4 << 24 | 1, 8, 16, 4, 0,
    ];
    let circle = file(&types, NAMES);
    let btf = Btf::read(&circle).expect("a file");
    assert_eq!(btf.layout(3), Err(LayoutError::TooDeep));
    assert_eq!(btf.layout(5), Err(LayoutError::TooDeep));
}

#[test]
fn anonymous_structs_that_double_at_each_level_are_refused() {
    let mut types = vec![1, 1 << 24, 4, 32];
    for id in 1..=28 {
        types.extend([0, 4 << 24 | 2, 8, 0, id, 0, 0, id, 0]);
    }
    types.extend([5, 4 << 24 | 1, 8, 16, 29, 0]);
    let bomb = file(&types, NAMES);
    let btf = Btf::read(&bomb).expect("a file");
    assert_eq!(btf.layout(30), Err(LayoutError::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn a_mutated_file_is_refused_or_read(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
        keep in 0_usize..=1_000,
        in_split in any::<bool>(),
    ) {
        let (mut base, mut over) = (seed(), split());
        let changed = if in_split { &mut over } else { &mut base };
        for (at, byte) in changes {
            let at = at.index(changed.len());
            changed[at] = byte;
        }
        changed.truncate(changed.len().min(keep));
        let file_bytes = base.len() + over.len();
        if let Ok(made) = read_all(&base, Some(&over)) {
            prop_assert!(made <= (file_bytes * 16).max(1 << 16), "{made} bytes of {file_bytes}");
        }
        let _ = Layouts::read(&base);
    }

    #[test]
    fn a_mutated_list_of_kernels_is_refused_by_line_or_read_as_it_stands(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut list = b"kernels 1\nkernel\t6.1\t6.1.192-1\tamd64\nvmlinux\t9\t40\nice\t5\t9\n".to_vec();
        for (at, byte) in changes {
            let at = at.index(list.len());
            list[at] = byte;
        }
        match Kernels::read(&list) {
            Ok(read) => prop_assert_eq!(Kernels::read(read.write().as_bytes()), Ok(read)),
            Err(error) => {
                let lines = list.iter().filter(|&&byte| byte == b'\n').count() as u32;
                prop_assert!((1..=lines + 1).contains(&error.line), "{error:?} of {lines}");
            }
        }
    }
}
