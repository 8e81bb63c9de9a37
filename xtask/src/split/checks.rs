//! Random programs do the same with their branches cut out, wherever the cuts are, and in three files.

mod linked;

use super::body::Body;
use super::branch::Branch;
use super::data::Constants;
use super::module::Source;
use super::outline::outlined;
use super::parts::{LATER, SOON};
use super::three;
use std::collections::BTreeSet;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    InstructionSink, MemArg, MemorySection, MemoryType, Module, RefType, TableSection, TableType,
    TypeSection, ValType,
};
use wasmparser::{Validator, WasmFeatures};

/// How many programs are made.
const PROGRAMS: u32 = 2000;

/// A small generator; the same numbers each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// A function that is written at random: it ends, and its result depends on all its variables.
struct Writer<'a> {
    numbers: &'a mut Numbers,
    bytes: Vec<u8>,
    /// The labels around, the innermost last.
    labels: Vec<Label>,
    /// Whether it calls the other functions, which then must not call it.
    calls: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Label {
    Plain,
    Carries,
    Loop,
}

/// Variables of 32 bits, the parameters first; then those of 64; then what is left of the turns of loops.
const SHORT: u32 = 5;
const LONG: u32 = 3;
const TURNS: u32 = SHORT + LONG;
const PARAMETERS: usize = 2;

/// The functions: two are imported, which have the other files linked.
const WAIT: [u32; 2] = [0, 1];
const CALLER: u32 = 2;
const CALLED: [u32; 2] = [3, 4];
const LOAD: [u32; 2] = [5, 6];

/// Constants of four bytes, each with the address of another behind it.
const CONSTANTS: u32 = 40;

/// Where a constant lies.
fn constant(number: u32) -> u32 {
    4096 + 8 * number
}

impl Writer<'_> {
    fn code(&mut self) -> InstructionSink<'_> {
        InstructionSink::new(&mut self.bytes)
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.numbers.below(limit as usize) as u32
    }

    /// A value of 32 bits, from one or two variables.
    fn value(&mut self) {
        let [a, b, c] = [self.below(SHORT), self.below(LONG), self.below(9)];
        let number = c as i32;
        let (at, called) = (number % 2, CALLED[c as usize % 2]);
        let way = self.below(if self.calls { 9 } else { 7 });
        if way == 5 || way == 6 {
            return self.constant();
        }
        match way {
            0 => self.code().i32_const(number - 4),
            1 => self.code().local_get(a),
            2 => self.code().local_get(a).i32_const(number).i32_mul().i32_const(1).i32_add(),
            3 => self.code().local_get(SHORT + b).i32_wrap_i64().local_get(a).i32_sub(),
            4 => self.code().global_get(0).local_get(a).i32_xor(),
            7 => self.code().local_get(a).i32_const(number).call(called),
            _ => self.code().i32_const(number).local_get(a).i32_const(at).call_indirect(0, 0),
        };
    }

    /// A constant, or the one whose address it holds.
    fn constant(&mut self) {
        let at = constant(self.below(CONSTANTS));
        let [number, address] = [0, 4].map(|offset| MemArg { offset, align: 2, memory_index: 0 });
        match self.below(4) {
            0 => self.code().i32_const(at.cast_signed()).i32_load(number),
            1 => self.code().i32_const(0).i32_load(MemArg { offset: u64::from(at), ..number }),
            // With a length, as the compiler writes slices.
            2 => self.code().i64_const(i64::from(at) | 9 << 32).i32_wrap_i64().i32_load(number),
            _ => self.code().i32_const(at.cast_signed()).i32_load(address).i32_load(number),
        };
    }

    fn condition(&mut self) {
        self.value();
        self.code().i32_const(3).i32_and().i32_eqz();
    }

    fn set(&mut self) {
        self.value();
        let [a, b] = [self.below(SHORT), self.below(LONG)];
        match self.below(4) {
            2 => self.code().global_set(0),
            0 => self.code().i64_extend_i32_s().local_set(SHORT + b),
            1 => self.code().local_tee(a).i64_extend_i32_u().local_set(SHORT + b),
            _ => self.code().local_set(a),
        };
    }

    /// Leaves for a label; the next turn of a loop only while there are turns left.
    fn leave(&mut self) {
        let depth = self.below(self.labels.len() as u32);
        match self.labels[self.labels.len() - 1 - depth as usize] {
            Label::Plain => {
                self.condition();
                self.code().br_if(depth);
            }
            Label::Carries => {
                self.value();
                self.condition();
                self.code().br_if(depth).drop();
            }
            Label::Loop => {
                self.code().local_get(TURNS).i32_const(1).i32_sub().local_tee(TURNS);
                self.code().i32_const(0).i32_gt_s().br_if(depth);
            }
        }
    }

    fn around(&mut self, label: Label, depth: u32) {
        self.labels.push(label);
        self.statements(depth);
        self.labels.pop();
    }

    fn statement(&mut self, depth: u32) {
        match self.below(if depth == 0 { 5 } else { 11 }) {
            0..=2 => self.set(),
            3 | 4 => self.leave(),
            5 | 6 => {
                self.condition();
                self.code().if_(BlockType::Empty);
                self.around(Label::Plain, depth - 1);
                if self.below(2) == 0 {
                    self.code().else_();
                    self.around(Label::Plain, depth - 1);
                }
                self.code().end();
            }
            7 => {
                self.code().block(BlockType::Empty);
                self.around(Label::Plain, depth - 1);
                self.code().end();
            }
            8 => {
                self.code().block(BlockType::Result(ValType::I32));
                self.labels.push(Label::Carries);
                self.statements(depth - 1);
                self.value();
                self.labels.pop();
                let to = self.below(SHORT);
                self.code().end().local_set(to);
            }
            9 => {
                self.code().loop_(BlockType::Empty);
                self.around(Label::Loop, depth - 1);
                self.code().end();
            }
            _ => self.table(depth - 1),
        }
    }

    /// One of three ways by a number, and on the last of them the function's end.
    fn table(&mut self, depth: u32) {
        self.code().block(BlockType::Empty).block(BlockType::Empty).block(BlockType::Empty);
        self.value();
        self.code().i32_const(3).i32_and().br_table([0, 1], 2).end();
        self.labels.extend([Label::Plain; 2]);
        self.statements(depth);
        if self.below(2) == 0 {
            self.code().br(1);
        }
        self.code().end();
        self.labels.pop();
        self.statements(depth);
        if self.below(2) == 0 {
            self.value();
            self.code().return_();
        }
        self.code().end();
        self.labels.pop();
    }

    fn statements(&mut self, depth: u32) {
        for _ in 0..1 + self.below(4) {
            self.statement(depth);
        }
    }
}

/// A function of two values that gives one.
fn function(numbers: &mut Numbers, depth: u32, calls: bool) -> Function {
    let mut writer = Writer { numbers, bytes: Vec::new(), labels: vec![Label::Carries], calls };
    writer.code().i32_const(20).local_set(TURNS);
    for _ in 0..4 {
        writer.statements(depth);
    }
    writer.code().i32_const(0);
    for local in 0..SHORT {
        writer.code().i32_const(31).i32_mul().local_get(local).i32_add();
    }
    for local in SHORT..TURNS {
        writer.code().i32_const(31).i32_mul().local_get(local).i32_wrap_i64().i32_add();
    }
    writer.code().end();
    let own = [(SHORT - PARAMETERS as u32, ValType::I32), (LONG, ValType::I64), (1, ValType::I32)];
    let mut function = Function::new(own);
    function.raw(writer.bytes);
    function
}

/// What a program writes at its start, and what the linker knows of it.
fn constants(numbers: &mut Numbers) -> (Vec<u8>, Constants) {
    let (mut bytes, mut constants) = (Vec::new(), Constants::default());
    for number in 0..CONSTANTS {
        let at = constant(number);
        let to = constant(numbers.below(CONSTANTS as usize) as u32);
        bytes.extend(numbers.below(1 << 30).to_le_bytes()[..4].iter().chain(&to.to_le_bytes()));
        constants.add(at..at + 8);
        constants.hold(at + 4, to);
    }
    constants.write(constant(0), &bytes);
    (bytes, constants)
}

/// A program whose function `f` calls two others, by their numbers and by their places in a table.
fn program(numbers: &mut Numbers) -> (Vec<u8>, Constants) {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32; PARAMETERS], [ValType::I32]);
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    for file in [SOON, LATER] {
        imports.import("glue", file.loaded, EntityType::Function(1));
    }
    let mut functions = FunctionSection::new();
    functions.function(0).function(0).function(0).function(1).function(1);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: None,
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    let variable = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
    globals.global(variable, &ConstExpr::i32_const(7));
    let mut exports = ExportSection::new();
    exports.export("f", ExportKind::Func, CALLER);
    for (file, load) in [SOON, LATER].iter().zip(LOAD) {
        exports.export(file.load, ExportKind::Func, load);
    }
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions((&CALLED).into()));
    let mut code = CodeSection::new();
    code.function(&function(numbers, 3, true));
    CALLED.iter().for_each(|_| {
        code.function(&function(numbers, 1, false));
    });
    for wait in WAIT {
        let mut load = Function::new([]);
        load.instructions().call(wait).end();
        code.function(&load);
    }
    let (bytes, constants) = constants(numbers);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(constant(0).cast_signed()), bytes);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables);
    module.section(&memories).section(&globals).section(&exports).section(&elements).section(&code);
    module.section(&data);
    (module.finish(), constants)
}

/// Branches that do not overlap, at random.
fn some(body: &Body<'_>, numbers: &mut Numbers) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    for (number, frame) in body.frames.iter().enumerate() {
        let is_free = branches.iter().all(|branch| {
            let operators = branch.operators(body);
            operators.end <= frame.operators.start || frame.operators.end < operators.start
        });
        let mut from = 0;
        while is_free && from < frame.statements.len() {
            let to = from + 1 + numbers.below(frame.statements.len() - from);
            if numbers.below(3) == 0 {
                branches.push(Branch { frame: number, statements: from..to });
            }
            from = to;
        }
    }
    branches
}

/// Whether the program is one.
fn check(bytes: &[u8]) {
    Validator::new_with_features(WasmFeatures::all()).validate_all(bytes).expect("valid");
}

#[test]
fn a_program_does_the_same_with_any_of_its_branches_cut_out_and_in_three_files() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut cut, mut asked, mut moved) = (0, [0; 2], [0; 2]);
    for number in 0..PROGRAMS {
        let (bytes, constants) = program(&mut numbers);
        let source = Source::read(&bytes).expect("a program");
        let bodies = Body::all(&bytes).expect("a program");
        // What asks for another file cannot be part of it.
        let bodies = bodies.iter().filter(|body| !LOAD.contains(&body.function));
        let chosen: Vec<_> = bodies.map(|body| (body, some(body, &mut numbers))).collect();
        let (other, made) = outlined(&bytes, &source, chosen.into_iter()).expect("a program");
        check(&other);
        cut += made.len();
        let gives = linked::whole(&bytes);
        assert_eq!(gives, linked::whole(&other), "program {number}");

        let source = Source::read(&other).expect("a program");
        let mut any = |_: &u32| numbers.below(2) == 0;
        let soon: BTreeSet<u32> = CALLED.into_iter().filter(&mut any).chain(made).collect();
        let later: BTreeSet<u32> = soon.iter().copied().filter(any).collect();
        let parts = three(&other, &source, [&soon, &later], &constants).expect("a program");
        [&parts.first, &parts.soon, &parts.later].into_iter().for_each(|file| check(file));
        let in_three = linked::in_three(&parts);
        assert_eq!(gives, in_three.0, "program {number} in three files");
        for file in 0..2 {
            asked[file] += in_three.1[file];
            moved[file] += parts.constants[file];
        }
    }
    assert!(cut > 10_000, "{cut} branches are few");
    assert!(moved.iter().all(|moved| *moved > 5_000), "{moved:?} bytes of constants are few");
    assert!(asked.iter().all(|asked| *asked > PROGRAMS / 3), "{asked:?} programs asked: too few");
}
