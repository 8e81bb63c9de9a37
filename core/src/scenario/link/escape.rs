//! Percent-encoding, as addresses have it (RFC 3986).

use std::fmt::Write;

/// The text with all but letters, digits and `-._~` encoded.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(byte.into());
        } else {
            // Writing into a string does not fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// The text without encoding; where it is malformed, at which byte.
pub(super) fn unescaped(text: &str) -> Result<String, usize> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte != b'%' {
            bytes.push(byte);
            at += 1;
            continue;
        }
        let digits = text
            .get(at + 1..at + 3)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let digits = digits.ok_or(at)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| at)?);
        at += 3;
    }
    String::from_utf8(bytes).map_err(|_| 0)
}

#[cfg(test)]
mod tests {
    use super::{escaped, unescaped};

    #[test]
    fn what_is_encoded_comes_back_and_what_is_malformed_says_where() {
        for text in ["", "a-b_c.pcap", "캡처 1.pcap", "100%&=#+"] {
            assert_eq!(unescaped(&escaped(text)), Ok(text.to_owned()));
        }
        assert_eq!(escaped("a b&c"), "a%20b%26c");
        for (malformed, at) in [("ab%", 2), ("%4", 0), ("x%+1y", 1), ("%ff", 0), ("%가", 0)] {
            assert_eq!(unescaped(malformed), Err(at), "{malformed}");
        }
    }
}
