//! What the linker left in the program of what it knew: the constants, and where their addresses are.

use super::data::{Image, address};
use anyhow::Result;
use std::ops::Range;
use wasmparser::{
    DefinedDataSymbol, KnownCustom, Linking, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo,
};

/// The segment of constants, which nothing writes to.
const CONSTANTS: &str = ".rodata";

/// What the linker left.
#[derive(Default)]
pub(super) struct Left {
    /// By a symbol's number, the data that it names.
    pub(super) symbols: Vec<Option<DefinedDataSymbol>>,
    /// Which segments hold constants.
    are_constants: Vec<bool>,
    pub(super) relocations: Vec<RelocationEntry>,
    /// Where data is written to, with where it stands in its section.
    pub(super) data: Vec<(u32, Range<u32>)>,
    pub(super) image: Image,
}

impl Left {
    /// Reads a program.
    pub(super) fn read(linked: &[u8]) -> Result<Self> {
        let mut left = Self::default();
        for payload in Parser::new(0).parse_all(linked) {
            match payload? {
                Payload::DataSection(section) => {
                    let begin = section.range().start;
                    for segment in section {
                        let segment = segment?;
                        let from = segment.range.end - segment.data.len() - begin;
                        let part = u32::try_from(from)?..u32::try_from(segment.range.end - begin)?;
                        left.data.push((address(&segment)?, part));
                        left.image.write(address(&segment)?, segment.data);
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            left.take(part?)?;
                        }
                    }
                    KnownCustom::Reloc(relocations) => {
                        for relocation in relocations.entries() {
                            left.relocations.push(relocation?);
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        // The other relocations name no addresses of data.
        left.relocations.retain(|relocation| {
            use RelocationType::{MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb};
            matches!(relocation.ty, MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32)
        });
        Ok(left)
    }

    fn take(&mut self, part: Linking<'_>) -> Result<()> {
        match part {
            Linking::SegmentInfo(segments) => {
                for segment in segments {
                    self.are_constants.push(segment?.name == CONSTANTS);
                }
            }
            Linking::SymbolTable(symbols) => {
                for symbol in symbols {
                    self.symbols.push(match symbol? {
                        SymbolInfo::Data { symbol, .. } => symbol,
                        _ => None,
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Where the constant lies that a symbol names.
    pub(super) fn constant(&self, symbol: &DefinedDataSymbol) -> Option<Range<u32>> {
        let segment = symbol.index as usize;
        let start = self.data.get(segment)?.0 + symbol.offset;
        self.are_constants.get(segment)?.then_some(start..start + symbol.size)
    }
}

/// Where a byte of the data section is written to.
pub(super) fn address_of(data: &[(u32, Range<u32>)], offset: u32) -> Option<u32> {
    let (to, part) = data.iter().find(|(_, part)| part.contains(&offset))?;
    Some(to + offset - part.start)
}
