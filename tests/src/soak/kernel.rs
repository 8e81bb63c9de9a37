//! Mutated BTF: a small base and a small module, read as a whole kernel and looked at all over.

use super::btf::Writer;
use crate::memory;
use nicscope_core::atlas::WholeKernel;
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// Bytes of memory for each byte of the files, and what is allowed however small they are.
const MEMORY_PER_FILE_BYTE: usize = 4;
const MEMORY_BYTES_MIN: usize = 1 << 16;
/// What is typed into the search: words of the seed, parts and slips of them, and what is in no name.
const TYPED: [&str; 8] = ["o", "outer", "list next", "otuer", "a b c d e", "flags~2", "ㄱ", "zzzz"];

/// Mutates the files by a seed and looks at the kernel that they make. Returns the layouts seen: 0 if it was
/// refused.
///
/// # Errors
/// What does not hold.
pub fn kernel(seed: u64, _steps: u64) -> Result<u64, String> {
    let mut random = Pcg32::new(seed, 19);
    let mut below = |limit: usize| random.next_u32() as usize % limit;
    let whole = [base(), module()].map(|file| file.file());
    let mut files = whole.clone();
    let both = below(4) == 0;
    let first = below(2);
    for _ in 0..1 + below(4) * below(2) {
        let place = if both { below(2) } else { first };
        mutate(&mut files[place], &whole, &mut below);
    }
    look(files)
}

/// Reads two files as a kernel and looks at all of it. Returns the layouts seen.
///
/// # Errors
/// What does not hold, of memory too.
pub fn look([base, module]: [Vec<u8>; 2]) -> Result<u64, String> {
    let lengths = [base.len(), module.len()];
    let bytes = lengths[0] + lengths[1];
    let (seen, taken) = memory::peak(|| {
        // Copies, as what is counted begins here.
        let names = ["vmlinux", "module"].map(str::to_owned);
        let files = [base.clone(), module.clone()];
        visit(names.into_iter().zip(files).collect(), lengths)
    });
    let most = (bytes * MEMORY_PER_FILE_BYTE).max(MEMORY_BYTES_MIN);
    if taken > most {
        return Err(format!("{taken} bytes of memory for {bytes} bytes of files"));
    }
    seen
}

fn visit(objects: Vec<(String, Vec<u8>)>, lengths: [usize; 2]) -> Result<u64, String> {
    let kernel = match WholeKernel::read(objects) {
        Ok(kernel) => kernel,
        Err(refused) => {
            let length = lengths[usize::from(refused.object == "module")];
            let within = refused.error.offset as usize <= length;
            return if within { Ok(0) } else { Err(format!("{refused:?} of {length} bytes")) };
        }
    };
    let mut seen = 0;
    for (number, name) in kernel.structs().enumerate() {
        let levels = number as u32 % 4;
        let layout = kernel.expanded(&name, levels);
        seen += u64::from(layout.is_some());
        let other = layout.filter(|layout| layout.name != name);
        if let Some(other) = other {
            return Err(format!("{name} is {}", other.name));
        }
    }
    for typed in TYPED {
        let found = kernel.find(typed, 20);
        let most = found.best.len().max(20);
        if found.best.len() != found.total.min(most) {
            return Err(format!("{typed}: {} of {}", found.best.len(), found.total));
        }
        for hit in found.best {
            let Some(layout) = kernel.layout(&hit.name) else { continue };
            if hit.path.as_ref().is_some_and(|path| layout.member(path).is_none()) {
                return Err(format!("{typed}: {hit:?} is not there"));
            }
        }
    }
    Ok(seen)
}

/// One change: of a bit, a byte, a word or a length; a cut; a piece put in, of this file or the other.
fn mutate(file: &mut Vec<u8>, whole: &[Vec<u8>; 2], below: &mut impl FnMut(usize) -> usize) {
    if file.is_empty() {
        return;
    }
    let at = below(file.len());
    let word = at & !3;
    let edge = [0, 1, 2, 12, 24, 0x7fff_ffff, 0x8000_0000, u32::MAX - 1, u32::MAX];
    match below(16) {
        0..5 => file[at] ^= 1 << below(8),
        5..7 => file[at] = [0, 1, 0x7f, 0x80, u8::MAX, below(256) as u8][below(6)],
        7..9 => {
            put(file, word, [edge[below(edge.len())], below(32) as u32][usize::from(below(4) > 0)])
        }
        // A kind and a count, as the second word of a type has them.
        9..11 => {
            put(file, word, (below(24) as u32) << 24 | below(8) as u32 | (below(2) as u32) << 31)
        }
        11..13 => put(file, 4 * below(8), [edge[below(edge.len())], below(2_048) as u32][below(2)]),
        13 => file.truncate(at),
        14 => drop(file.drain(word..(word + 12).min(file.len()))),
        _ => {
            let from = &whole[below(2)];
            let begin = below(from.len()) & !3;
            let end = (begin + 12 * (1 + below(4))).min(from.len());
            let behind = file.split_off(word);
            file.extend_from_slice(&from[begin..end]);
            file.extend(behind);
            // The sections begin where they did and are as long as they may.
            if below(2) == 0 {
                let longer = (end - begin) as u32;
                let of = |file: &[u8], at: usize| {
                    file.get(at..at + 4)
                        .map_or(0, |word| u32::from_le_bytes(word.try_into().expect("four bytes")))
                };
                let [types, strings] = [of(file, 12), of(file, 16)];
                put(file, 12, types.saturating_add(longer));
                put(file, 16, strings.saturating_add(longer));
            }
        }
    }
}

fn put(file: &mut [u8], at: usize, word: u32) {
    if let Some(bytes) = file.get_mut(at..at + 4) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
}

/// Every kind of type; structs that share a name, point to themselves, hold bits and anonymous structs.
#[must_use]
pub fn base() -> Writer {
    let mut to = Writer::new();
    let int = to.kind(1, "int", 4, &[32]);
    let outer = to.next() + 4;
    let pointer = to.kind(2, "", outer, &[]);
    let array = to.kind(3, "", 0, &[int, int, 3]);
    let union = to.members(5, "", 12, &[("list", array, 0), ("flags", int, 0)]);
    let named = to.members(4, "", 8, &[("a", int, 0), ("b", int, 32)]);
    let bits =
        to.bits("outer", 32, &[("next", pointer, 0, 0), ("bits", int, 64, 3), ("", union, 96, 0)]);
    assert_eq!(bits, outer, "where its pointer leads");
    let holder = to.members(
        4,
        "list",
        48,
        &[("next", outer, 0), ("inner", named, 256), ("end", array, 320)],
    );
    let typedef = to.kind(8, "outer_t", outer, &[]);
    to.kind(8, "pair_t", named, &[]);
    let other = to.kind(8, "other_t", typedef, &[]);
    to.members(4, "list", 8, &[("next", pointer, 0)]);
    to.members(4, "list", 8, &[("next", pointer, 0)]);
    let constant = to.kind(10, "", other, &[]);
    let volatile = to.kind(9, "", int, &[]);
    let restrict = to.kind(11, "", pointer, &[]);
    let color = to.counted(6, "color", 4, &[&[0, 1]]);
    to.counted(19, "wide", 8, &[&[0, 1, 0]]);
    let forward = to.kind(7, "later", 0, &[]);
    let prototype = to.counted(13, "", int, &[&[0, pointer], &[0, forward], &[0, 0]]);
    let call = to.kind(2, "", prototype, &[]);
    let function = to.kind(12, "poll", prototype, &[]);
    let variable = to.kind(14, "flag", int, &[1]);
    to.counted(15, ".data", 4, &[&[variable, 0, 4]]);
    let float = to.kind(16, "double", 8, &[]);
    to.kind(17, "note", function, &[0]);
    let tag = to.kind(18, "user", int, &[]);
    let fields = [
        ("constant", constant, 0),
        ("volatile", volatile, 256),
        ("restrict", restrict, 320),
        ("color", color, 384),
        ("call", call, 448),
        ("float", float, 512),
        ("tag", tag, 576),
        ("list_head", holder, 640),
    ];
    to.members(4, "sk_buff", 128, &fields);
    to
}

/// A module over [`base`]: structs that hold, repeat and contradict the base's, and an unknown kind.
#[must_use]
pub fn module() -> Writer {
    let (int, outer, holder) = (1, 6, 7);
    let mut to = Writer::over(&base());
    let ring = to.members(4, "ring", 96, &[("list", holder, 0), ("outer", outer, 384)]);
    to.members(4, "list", 4, &[("other", int, 0)]);
    to.members(4, "outer", 4, &[("other", int, 0)]);
    to.kind(99, "", 0, &[]);
    to.kind(8, "ring_t", ring, &[]);
    to.members(5, "either", 96, &[("ring", ring, 0), ("list_next_to_use", int, 0)]);
    to
}
