//! Numbers and addresses as text, the same in both languages.

use nicscope_core::diagram::duration;
use nicscope_core::machine::{NAPI_DISABLE, NAPI_LISTED, NAPI_MISSED, NAPI_NPSVC, NAPI_SCHED};

/// A number with its digits in groups of three.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A time as seen from the first frame.
#[must_use]
pub(super) fn since_first(at_ns: u64, first_ns: u64) -> String {
    if at_ns < first_ns {
        format!("−{}", duration(first_ns - at_ns))
    } else {
        format!("+{}", duration(at_ns - first_ns))
    }
}

/// A member's value: addresses in hexadecimal, state bits by name, numbers as they are.
#[must_use]
pub(super) fn member_value(member: &str, value: u64) -> String {
    if member == "napi_struct.state" {
        return state_bits(value);
    }
    let address = value > u64::from(u32::MAX)
        || [".dma", "addr", ".desc", "hash", "rss", "status", "base", ".page"]
            .iter()
            .any(|part| member.contains(part));
    if address && value != 0 { format!("{value:#x}") } else { value.to_string() }
}

fn state_bits(state: u64) -> String {
    let bits = [
        ("SCHED", NAPI_SCHED),
        ("MISSED", NAPI_MISSED),
        ("DISABLE", NAPI_DISABLE),
        ("NPSVC", NAPI_NPSVC),
        ("LISTED", NAPI_LISTED),
    ];
    let set: Vec<&str> = bits
        .iter()
        .filter(|(_, bit)| state & u64::from(*bit) != 0)
        .map(|(name, _)| *name)
        .collect();
    if set.is_empty() { "0".to_owned() } else { set.join(" | ") }
}

/// An IPv4 address.
#[must_use]
pub(super) fn address([a, b, c, d]: [u8; 4]) -> String {
    format!("{a}.{b}.{c}.{d}")
}

#[cfg(test)]
mod tests {
    use super::{grouped, member_value, since_first};

    #[test]
    fn digits_stand_in_groups_of_three() {
        assert_eq!(
            [0, 999, 1_000, 262_101, 12_345_678].map(grouped),
            ["0", "999", "1,000", "262,101", "12,345,678"]
        );
    }

    #[test]
    fn a_time_before_the_first_frame_is_negative() {
        assert_eq!(since_first(1_000, 2_500), "−1.5 µs");
        assert_eq!(since_first(2_500, 2_500), "+0 ns");
    }

    #[test]
    fn addresses_are_hexadecimal_and_counts_are_not() {
        assert_eq!(member_value("ice_rx_ring.next_to_use", 2_040), "2040");
        assert_eq!(member_value("ice_32b_rx_flex_desc.read.pkt_addr", 0xfff8_3000), "0xfff83000");
        assert_eq!(member_value("napi_struct.state", 0x11), "SCHED | LISTED");
    }
}
