//! Numbers, addresses and places in sources, the same in both languages.

use nicscope_core::diagram::duration;
use yew::prelude::*;

/// The kernel whose sources are cited.
pub(super) const KERNEL: &str = "6.12.107";

/// A link to a line of the kernel's sources, which says where it leads.
pub(super) fn source_link(file: &str, line: u32) -> Html {
    let place = [file, ":", &line.to_string()].concat();
    link_to_source(file, line, place.into())
}

/// A link to a line of the kernel's sources.
pub(super) fn link_to_source(file: &str, line: u32, content: Html) -> Html {
    link_to_source_of(KERNEL, file, &line.to_string(), content)
}

/// A link to a line of the sources of a version of the kernel.
pub(super) fn link_to_source_of(version: &str, file: &str, line: &str, content: Html) -> Html {
    const TREE: &str = "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/";
    let href = [TREE, file, "?h=v", version, "#n", line].concat();
    html! {
        <a {href} rel="noopener noreferrer" target="_blank">{ content }</a>
    }
}

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

/// An IPv4 address.
#[must_use]
pub(super) fn address([a, b, c, d]: [u8; 4]) -> String {
    format!("{a}.{b}.{c}.{d}")
}

#[cfg(test)]
mod tests {
    use super::{grouped, since_first};

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
}
