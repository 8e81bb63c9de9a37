//! What no member uses: bytes and bits between the members of one struct.

use super::layout::{BitHole, Hole};

/// Goes along the members of one struct. Positions are bits from its start.
#[derive(Default)]
pub(super) struct Gaps {
    /// Where the last member ended.
    seen: u64,
    /// Where the storage of the bitfields that are being passed ends, and its size; size 0 outside.
    storage_end: u64,
    storage_size: u64,
    in_bitfield: bool,
}

/// Where a member lies, in bits from the start of its struct.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) start: u64,
    pub(super) end: u64,
    /// The storage unit of a bitfield: start and size.
    pub(super) storage: Option<(u64, u64)>,
}

/// Where the gaps of a layout are collected, and where their struct begins in it, in bytes.
pub(super) struct Found<'a> {
    pub(super) begin: u32,
    pub(super) holes: &'a mut Vec<Hole>,
    pub(super) bit_holes: &'a mut Vec<BitHole>,
}

impl Found<'_> {
    /// Whole bytes between two bits; nothing if they are not in that order.
    fn bytes(&mut self, from: u64, to: u64) {
        let (from, to) = (from / 8, to / 8);
        if let (true, Ok(offset), Ok(size)) =
            (to > from, u32::try_from(from), u32::try_from(to.saturating_sub(from)))
        {
            self.holes.push(Hole { offset: self.begin.saturating_add(offset), size });
        }
    }

    fn bits(&mut self, from: u64, to: u64) {
        if let (true, Ok(offset), Ok(bit_size)) =
            (to > from, u32::try_from(from / 8), u32::try_from(to.saturating_sub(from)))
        {
            let offset = self.begin.saturating_add(offset);
            self.bit_holes.push(BitHole { offset, bit_offset: (from % 8) as u32, bit_size });
        }
    }
}

impl Gaps {
    /// Passes a member and notes what lies unused before it.
    pub(super) fn pass(&mut self, member: Extent, found: &mut Found) {
        if self.in_bitfield {
            // What is left of the row's storage unit are bits, not bytes.
            let end = member.start.min(self.storage_end);
            found.bits(self.seen, end);
            self.seen = end;
        }
        if let Some((start, size)) = member.storage {
            if self.seen < start && start <= member.start {
                found.bytes(self.seen, start);
                self.seen = start;
            }
            found.bits(self.seen, member.start);
            if member.end > self.storage_end || size > self.storage_size {
                self.storage_size = size;
                self.storage_end = start + size;
                if self.storage_end < member.end {
                    self.storage_end += size;
                }
            }
        } else {
            found.bytes(self.seen, member.start);
            self.storage_size = 0;
            self.storage_end = member.end;
        }
        self.in_bitfield = member.storage.is_some();
        self.seen = member.end;
    }

    /// Unused bytes and bits behind the last member of a struct of `size` bytes.
    pub(super) fn padding(&self, size: u32) -> (u32, u32) {
        let end = u64::from(size) * 8;
        let (bits, seen) = if self.in_bitfield {
            let row_end = end.min(self.storage_end);
            (row_end.saturating_sub(self.seen), row_end)
        } else {
            (0, self.seen)
        };
        let bytes = u64::from(size).saturating_sub(seen / 8);
        (bytes as u32, u32::try_from(bits).unwrap_or(0))
    }
}
