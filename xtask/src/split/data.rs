//! Constants that only the second file's functions use go there too.
//!
//! What uses what, the linker knows, and leaves it in the program when it is asked to (`web/build.rs`): where each
//! constant lies, and which of them hold addresses of others. What the first file's functions use is read off their
//! code as it is now. A constant that the compiler names by an address outside of it stays: the end of an array, say.
//! Where a panic may happen (`core::panic::Location`) the code only hands on: it is read by the report.

use super::left::{Left, address_of};
use super::module::Source;
use anyhow::{Context, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::Range;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, ConstExpr, DataSection};
use wasmparser::{
    Data, DataKind, DefinedDataSymbol, FunctionBody, MemArg, Operator, RelocationType,
};

/// The bytes of a `core::panic::Location`: a source file's name, its length, line and column.
const LOCATION_BYTES: u32 = 16;
/// How a source file's name ends.
const SOURCE_FILE: &[u8] = b".rs";
/// Fewer bytes in between are written again rather than left out.
const BYTES_BETWEEN: u32 = 12;

/// The constants of a program.
#[derive(Default)]
pub(super) struct Constants {
    /// Where each ends, by where it begins; none overlap.
    ends: BTreeMap<u32, u32>,
    /// Those that are also named by an address outside of them: what is meant cannot be told from the address.
    unclear: BTreeSet<u32>,
    /// Addresses that functions named when the program was linked.
    named: BTreeSet<u32>,
    /// Where addresses are held, with these.
    held: Vec<[u32; 2]>,
    /// What is written.
    image: Image,
}

impl Constants {
    /// Reads what the linker left; no constants are known where it left nothing.
    pub(super) fn read(linked: &[u8]) -> Result<Self> {
        let left = Left::read(linked)?;
        let mut constants = Self { image: left.image.clone(), ..Self::default() };
        let of = |symbol: &Option<DefinedDataSymbol>| left.constant(symbol.as_ref()?);
        left.symbols.iter().filter_map(of).for_each(|range| constants.add(range));
        for relocation in &left.relocations {
            let symbol = left.symbols.get(relocation.index as usize);
            let Some(symbol) = symbol.and_then(of) else { continue };
            let to = i64::from(symbol.start) + relocation.addend;
            if !(i64::from(symbol.start)..i64::from(symbol.end)).contains(&to) {
                constants.unclear.extend(constants.at(symbol.start));
            }
            if relocation.ty == RelocationType::MemoryAddrI32 {
                let at = address_of(&left.data, relocation.offset);
                let at = at.context("an address that is not in data")?;
                constants.held.push([at, u32::try_from(to)?]);
            } else {
                constants.named.insert(u32::try_from(to)?);
            }
        }
        Ok(constants)
    }

    /// Adds a constant; those that overlap are one.
    pub(super) fn add(&mut self, symbol: Range<u32>) {
        let Range { mut start, mut end } = symbol;
        if start == end {
            return;
        }
        while let Some((&from, &to)) = self.ends.range(..end).next_back() {
            if to <= start {
                break;
            }
            self.ends.remove(&from);
            (start, end) = (start.min(from), end.max(to));
        }
        self.ends.insert(start, end);
    }

    /// Says that an address is held at another.
    #[cfg(test)]
    pub(super) fn hold(&mut self, at: u32, to: u32) {
        self.held.push([at, to]);
    }

    /// Says what is written where.
    #[cfg(test)]
    pub(super) fn write(&mut self, to: u32, bytes: &[u8]) {
        self.image.write(to, bytes);
    }

    /// Where the constant begins that an address lies in.
    fn at(&self, address: u32) -> Option<u32> {
        let (start, end) = self.ends.range(..=address).next_back()?;
        (address < *end).then_some(*start)
    }

    /// The constants that functions name.
    fn named_by<'a>(
        &self,
        functions: impl Iterator<Item = &'a FunctionBody<'a>>,
    ) -> Result<BTreeSet<u32>> {
        let mut named = Named::default();
        for body in functions {
            named.parse_function_body(&mut CodeSection::new(), body.clone())?;
        }
        Ok(named.0.into_iter().filter_map(|address| self.at(address)).collect())
    }

    /// The constants that say where a panic may happen.
    fn locations(&self) -> BTreeSet<u32> {
        let held = self.held.iter().filter(|[at, to]| {
            let length = self.image.get(&(at + 4..at + 8));
            let length = length.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            self.ends.get(at) == Some(&(at + LOCATION_BYTES))
                && self.at(*to).is_some_and(|of| length <= self.ends[&of] - to)
                && self.image.get(&(*to..to + length)).ends_with(SOURCE_FILE)
        });
        held.map(|[at, _]| *at).collect()
    }

    /// What only these functions use, with what only a panic's report reads: that is made by the last file.
    pub(super) fn only_of(&self, source: &Source<'_>, these: &BTreeSet<u32>) -> Result<Unused> {
        let own = (source.imported..).zip(&source.bodies);
        let staying = own.filter(|(function, _)| !these.contains(function)).map(|(_, body)| body);

        let mut holds: BTreeMap<Option<u32>, Vec<u32>> = BTreeMap::new();
        for [at, to] in &self.held {
            holds.entry(self.at(*at)).or_default().extend(self.at(*to));
        }
        let mut next: Vec<u32> = self.named_by(staying)?.into_iter().collect();
        // What no function names any more may be named in a way that is not known here.
        let still_named = self.named_by(source.bodies.iter())?;
        let named = self.named.iter().filter_map(|address| self.at(*address));
        next.extend(named.filter(|start| !still_named.contains(start)));
        // What is held by no constant is held by a variable.
        next.extend(holds.remove(&None).into_iter().flatten());
        next.extend(self.unclear.iter().filter_map(|start| self.at(*start)));
        let locations = self.locations();
        let mut used = BTreeSet::new();
        while let Some(start) = next.pop() {
            if !locations.contains(&start) && used.insert(start) {
                next.extend(holds.get(&Some(start)).into_iter().flatten());
            }
        }
        let unused = self.ends.iter().filter(|(start, _)| !used.contains(start));
        let ranges: Vec<Range<u32>> = unused.map(|(start, end)| *start..*end).collect();
        let mut now = Image::default();
        for segment in &source.data {
            now.write(address(segment)?, segment.data);
        }
        for range in &ranges {
            ensure!(now.get(range) == self.image.get(range), "not the linker's data at {range:?}");
        }
        Ok(Unused { ranges, image: now })
    }
}

/// Constants that come later.
#[derive(Default)]
pub(super) struct Unused {
    ranges: Vec<Range<u32>>,
    /// What is written at the start of the whole program.
    image: Image,
}

impl Unused {
    /// How many bytes that are.
    pub(super) fn len(&self) -> usize {
        self.ranges.iter().map(Range::len).sum()
    }

    /// Those that are not among others.
    pub(super) fn but(mut self, others: &Self) -> Self {
        self.ranges.retain(|range| !others.ranges.contains(range));
        self
    }

    /// A segment without them.
    pub(super) fn without(&self, segment: &Data<'_>) -> Vec<u8> {
        let mut bytes = segment.data.to_vec();
        let Ok(begin) = address(segment) else { return bytes };
        let end = begin + bytes.len() as u32;
        for range in &self.ranges {
            let (from, to) = (range.start.clamp(begin, end), range.end.clamp(begin, end));
            bytes[(from - begin) as usize..(to - begin) as usize].fill(0);
        }
        bytes
    }

    /// They themselves, with what little lies in between, which stays as it is.
    pub(super) fn section(&self) -> DataSection {
        let mut pieces: Vec<Range<u32>> = Vec::new();
        for range in &self.ranges {
            match pieces.last_mut() {
                Some(last) if range.start - last.end <= BYTES_BETWEEN => last.end = range.end,
                _ => pieces.push(range.clone()),
            }
        }
        let mut section = DataSection::new();
        for piece in &pieces {
            let to = ConstExpr::i32_const(piece.start.cast_signed());
            section.active(0, &to, self.image.get(piece));
        }
        section
    }
}

/// What is written at the start.
#[derive(Clone, Default)]
pub(super) struct Image {
    from: u32,
    bytes: Vec<u8>,
}

impl Image {
    /// Writes behind what is written.
    pub(super) fn write(&mut self, to: u32, bytes: &[u8]) {
        if self.bytes.is_empty() {
            self.from = to;
        }
        self.bytes.resize(to.saturating_sub(self.from) as usize, 0);
        self.bytes.extend(bytes);
    }

    /// The bytes of a range; where nothing is written, zeros.
    fn get(&self, range: &Range<u32>) -> Vec<u8> {
        let at = |at: u32| at.checked_sub(self.from).and_then(|at| self.bytes.get(at as usize));
        range.clone().map(|one| at(one).copied().unwrap_or(0)).collect()
    }
}

/// The addresses that functions name, and all other numbers.
#[derive(Default)]
struct Named(BTreeSet<u32>);

impl Reencode for Named {
    type Error = Infallible;

    fn mem_arg(&mut self, arg: MemArg) -> Result<wasm_encoder::MemArg, Error<Infallible>> {
        self.0.extend(u32::try_from(arg.offset));
        utils::mem_arg(self, arg)
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<wasm_encoder::Instruction<'a>, Error<Infallible>> {
        match operator {
            Operator::I32Const { value } => {
                self.0.insert(value.cast_unsigned());
            }
            // An address and a length are written as one.
            Operator::I64Const { value } => {
                let value = value.cast_unsigned();
                self.0.extend([value as u32, (value >> 32) as u32]);
            }
            _ => {}
        }
        utils::instruction(self, operator)
    }
}

/// Where a segment is written to.
pub(super) fn address(segment: &Data<'_>) -> Result<u32> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else {
        bail!("data that is not written at the start")
    };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => bail!("data at {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Constants, Source};
    use std::borrow::Cow;
    use std::collections::BTreeSet;
    use wasm_encoder::{
        CodeSection, ConstExpr, CustomSection, DataSection, Encode, Function, FunctionSection,
        MemorySection, MemoryType, Module, TypeSection,
    };

    const START: u32 = 4096;
    const VARIABLES: u32 = 8192;

    /// A symbol of data: in which segment, at which offset, of how many bytes.
    fn symbol(bytes: &mut Vec<u8>, of: [u32; 3]) {
        // Data, without flags, and its name.
        bytes.extend([1, 0]);
        "s".encode(bytes);
        of.iter().for_each(|one| one.encode(bytes));
    }

    fn part(section: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
        section.push(kind);
        bytes.encode(section);
    }

    fn memory() -> MemorySection {
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        memories
    }

    /// A program as the linker leaves it: three constants, the last two overlap, and a variable.
    fn linked() -> Vec<u8> {
        let (mut module, mut data) = (Module::new(), DataSection::new());
        data.active(0, &ConstExpr::i32_const(START as i32), [7; 24]);
        data.active(0, &ConstExpr::i32_const(VARIABLES as i32), [0; 8]);
        module.section(&memory()).section(&data);

        let (mut symbols, mut segments) = (vec![4], vec![2]);
        for of in [[0, 0, 8], [0, 8, 12], [0, 16, 8], [1, 0, 8]] {
            symbol(&mut symbols, of);
        }
        for name in [".rodata", ".data"] {
            name.encode(&mut segments);
            [0_u32; 2].iter().for_each(|one| one.encode(&mut segments));
        }
        let mut linking = vec![2];
        part(&mut linking, 8, &symbols);
        part(&mut linking, 5, &segments);
        module.section(&CustomSection { name: "linking".into(), data: Cow::from(&linking) });

        // A number of 4 bytes in the first constant and in the variable: the address of the second constant,
        // and that of the first one's end. The segments' contents begin 7 and 38 bytes into the section.
        let mut relocations = vec![1, 2];
        for [at, of, addend] in [[7 + 4, 1, 4], [38, 0, 8]] {
            relocations.push(5);
            [at, of].iter().for_each(|one: &u32| one.encode(&mut relocations));
            (addend as i32).encode(&mut relocations);
        }
        let data = Cow::from(&relocations);
        module.section(&CustomSection { name: "reloc.DATA".into(), data });
        module.finish()
    }

    #[test]
    fn what_the_linker_left_is_read() {
        let constants = Constants::read(&linked()).expect("a program");
        let ends: Vec<(u32, u32)> = constants.ends.clone().into_iter().collect();
        assert_eq!(ends, [(START, START + 8), (START + 8, START + 24)]);
        assert_eq!(constants.held, [[START + 4, START + 12], [VARIABLES, START + 8]]);
        assert_eq!(Vec::from_iter(constants.unclear), [START]);
        assert_eq!(constants.image.get(&(START + 20..START + 26)), [7, 7, 7, 7, 0, 0]);
        assert!(
            Constants::read(&wasm_encoder::Module::new().finish()).expect("one").ends.is_empty()
        );
    }

    /// A text and its length, with two numbers behind: a place in a file, if the text is a file's name.
    fn place(text: u32, length: u32) -> [u8; 16] {
        let mut bytes = [7; 16];
        bytes[..4].copy_from_slice(&text.to_le_bytes());
        bytes[4..8].copy_from_slice(&length.to_le_bytes());
        bytes
    }

    #[test]
    fn where_a_panic_may_happen_only_its_report_reads() {
        const TEXTS: &[u8] = b"a/file.rsa lesson";
        let (file, lesson, text) = (START, START + 16, START + 32);
        let mut image = [place(text, 9), place(text + 9, 8)].concat();
        image.extend(TEXTS);
        let mut constants = Constants::default();
        for [at, size] in [[file, 16], [lesson, 16], [text, 9], [text + 9, 8]] {
            constants.add(at..at + size);
        }
        constants.hold(file, text);
        constants.hold(lesson, text + 9);
        constants.write(START, &image);

        let (mut module, mut data) = (Module::new(), DataSection::new());
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([], []);
        functions.function(0);
        let mut function = Function::new([]);
        let mut code = function.instructions();
        for named in [file, lesson] {
            code.i32_const(named as i32).drop();
        }
        code.end();
        let mut codes = CodeSection::new();
        codes.function(&function);
        data.active(0, &ConstExpr::i32_const(START as i32), image);
        module.section(&types).section(&functions).section(&memory());
        module.section(&codes).section(&data);
        let bytes = module.finish();
        let source = Source::read(&bytes).expect("a module");
        let unused = constants.only_of(&source, &BTreeSet::new()).expect("constants");
        assert_eq!(unused.ranges, [file..file + 16, text..text + 9]);
    }
}
