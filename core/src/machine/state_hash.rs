//! The state's hash: the same on wasm32 and x86-64.
//!
//! `derive(Hash)` feeds lengths and discriminants as `usize` and `isize`, whose width differs
//! between targets, so this hasher widens both to 64 bits.

use std::hash::{Hash, Hasher};

/// The hash of a value.
pub(super) fn of(value: &impl Hash) -> u64 {
    let mut hasher = StateHasher(0x9e37_79b9_7f4a_7c15);
    value.hash(&mut hasher);
    hasher.finish()
}

/// A multiply-and-rotate hash over 64-bit words. Not for hostile input: it compares states.
struct StateHasher(u64);

impl StateHasher {
    /// Once in the program: a hash is not taken often, and goes through all fields.
    #[inline(never)]
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
    }
}

impl Hasher for StateHasher {
    fn finish(&self) -> u64 {
        let mut hash = self.0;
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ (hash >> 29)
    }

    #[inline(never)]
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }
    fn write_u16(&mut self, value: u16) {
        self.mix(u64::from(value));
    }
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }
    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }
    fn write_isize(&mut self, value: isize) {
        self.mix((value as i64).cast_unsigned());
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn values_that_differ_hash_differently_also_by_where_a_list_ends() {
        assert_eq!(of(&(vec![1u32], vec![2u32])), of(&(vec![1u32], vec![2u32])));
        assert_ne!(of(&(vec![1u32, 2], Vec::<u32>::new())), of(&(vec![1u32], vec![2u32])));
        assert_ne!(of(&Some(0u8)), of(&None::<u8>));
    }
}
