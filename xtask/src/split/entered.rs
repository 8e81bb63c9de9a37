//! The program that notes which of its functions were entered.

use super::module::Source;
use anyhow::Result;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, GlobalSection, GlobalType, Module, ValType,
};
use wasmparser::{ExportSectionReader, FunctionBody, GlobalSectionReader, Parser};

/// The module with a variable for each function, which is exported as `entered` and the function's number, and
/// which that function sets to 1.
pub(super) fn noting(bytes: &[u8], source: &Source<'_>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut noting = Noting { source, bodies: 0 };
    noting.parse_core_module(&mut module, Parser::new(0), bytes)?;
    Ok(module.finish())
}

struct Noting<'a> {
    source: &'a Source<'a>,
    /// How many functions' bodies were written.
    bodies: u32,
}

impl Noting<'_> {
    /// The number of a function's variable; they stand behind those that the module has.
    fn variable(&self, body: u32) -> u32 {
        self.source.globals.len() as u32 + body
    }
}

impl Reencode for Noting<'_> {
    type Error = Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_global_section(self, globals, section)?;
        let variable = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        for _ in &self.source.bodies {
            globals.global(variable, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_export_section(self, exports, section)?;
        for body in 0..self.source.bodies.len() as u32 {
            let function = self.source.imported + body;
            exports.export(&format!("entered{function}"), ExportKind::Global, self.variable(body));
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        function.instructions().i32_const(1).global_set(self.variable(self.bodies));
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        self.bodies += 1;
        Ok(())
    }
}
