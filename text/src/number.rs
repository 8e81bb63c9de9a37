//! How Korean reads a number, as far as the last sound goes.

use super::particle::Final;

/// The final sound of each digit: 영 일 이 삼 사 오 육 칠 팔 구.
const DIGITS: [Final; 10] = [
    Final::Other,
    Final::Rieul,
    Final::None,
    Final::Other,
    Final::None,
    Final::None,
    Final::Other,
    Final::Rieul,
    Final::Rieul,
    Final::None,
];

/// The final sound of a number written in decimal digits.
///
/// It ends in its last digit, or, where that is 0, in its unit: 십, 백, 천, then 만, 억, 조, 경.
pub(super) fn last_sound(digits: &str) -> Option<Final> {
    let significant = digits.trim_end_matches('0');
    let Some(last) = significant.bytes().next_back() else {
        // 0, however often it is written.
        return Some(DIGITS[0]);
    };
    match digits.len() - significant.len() {
        0 => Some(digit_sound(last)),
        // 조
        12..=15 => Some(Final::None),
        1..=19 => Some(Final::Other),
        _ => None,
    }
}

/// The final sound of a decimal digit that is read by itself: after a point, in hexadecimal.
pub(super) fn digit_sound(digit: u8) -> Final {
    DIGITS[usize::from(digit - b'0')]
}
