//! The first file: the module as it was, without what comes later.

use super::parts::{GLUE, Plan, Same, short_export};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection,
    FunctionSection, GlobalSection, GlobalType, ImportSection, Module, TableSection, TypeSection,
    ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, Data, DataKind, ElementSectionReader, Export,
    ExportSectionReader, FunctionSectionReader, GlobalSectionReader, ImportSectionReader,
    TableSectionReader, TypeSectionReader,
};

/// Writes it.
pub(super) struct First<'a>(pub(super) &'a Plan<'a>);

impl Reencode for First<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.0.numbers[&function])
    }

    fn type_index(&mut self, of: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.0.types[&of])
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        // Names are for those who measure.
        Ok(())
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        _: TypeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for of in self.0.types.keys() {
            types.ty().func_type(&Same.func_type(self.0.source.types[*of as usize].clone())?);
        }
        for of in &self.0.relayed {
            let of = Same.func_type(self.0.source.types[*of as usize].clone())?;
            let parameters = [of.params(), &[ValType::I32]].concat();
            types.ty().function(parameters, of.results().iter().copied());
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for (number, import) in section.into_iter().enumerate() {
            imports.import(GLUE, &format!("_{number}"), self.entity_type(import?.ty)?);
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for function in self.0.staying.iter().chain(&self.0.replaced) {
            functions.function(self.0.types[&self.0.type_of(*function)]);
        }
        for (of, _) in (self.0.types.len() as u32..).zip(&self.0.relayed) {
            functions.function(of);
        }
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        _: TableSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for table in self.0.tables()? {
            tables.table(table);
        }
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_global_section(self, globals, section)?;
        let flag = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(flag, &ConstExpr::i32_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for (place, export) in section.into_iter().enumerate() {
            let export = export?;
            let short = short_export(place, export.name);
            let name = short.as_deref().unwrap_or(export.name);
            self.parse_export(exports, Export { name, ..export })?;
        }
        exports.export(self.0.second.loaded, ExportKind::Global, self.0.flag());
        let source = self.0.source;
        let tables = (0..source.tables.len() as u32).map(|one| ("t", ExportKind::Table, one));
        let globals = (0..source.globals.len() as u32).map(|one| ("g", ExportKind::Global, one));
        let memory = ("m", ExportKind::Memory, 0);
        for (letter, kind, number) in tables.chain(globals).chain([memory]) {
            let name = format!("{letter}{number}");
            // What was divided before has some already.
            if source.exports.iter().all(|export| export.name != name) {
                exports.export(&name, kind, number);
            }
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_element_section(self, elements, section)?;
        if let Some((_, first)) = self.0.used().next() {
            let at = ConstExpr::i32_const(first.cast_signed());
            let used = self.0.used.iter().map(|function| self.0.numbers[function]).collect();
            elements.active(Some(0), &at, Elements::Functions(used));
        }
        Ok(())
    }

    fn parse_data(
        &mut self,
        section: &mut DataSection,
        segment: Data<'_>,
    ) -> Result<(), Error<Infallible>> {
        match &segment.kind {
            DataKind::Active { offset_expr, .. } => {
                let to = self.const_expr(offset_expr.clone())?;
                section.active(0, &to, self.0.constants.without(&segment));
            }
            DataKind::Passive => {
                section.passive(segment.data.iter().copied());
            }
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let plan = self.0;
        for function in &plan.staying {
            code.function(&plan.staying(*function)?);
        }
        plan.replaced.iter().for_each(|one| {
            code.function(&plan.stand_in(*one));
        });
        plan.relayed.iter().for_each(|of| {
            code.function(&plan.relaying(*of));
        });
        Ok(())
    }
}
