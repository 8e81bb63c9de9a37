//! Numbers as short text, the same in every language.

/// A count in at most six characters: `999999`, `12.3M`.
#[must_use]
#[inline(never)]
pub fn compact(count: u64) -> String {
    const UNITS: [(u64, char); 5] = [
        (1_000_000_000_000_000_000, 'E'),
        (1_000_000_000_000_000, 'P'),
        (1_000_000_000_000, 'T'),
        (1_000_000_000, 'G'),
        (1_000_000, 'M'),
    ];
    let Some(&(unit, letter)) = UNITS.iter().find(|(unit, _)| count >= *unit) else {
        return count.to_string();
    };
    let tenths = count / (unit / 10);
    if tenths < 1_000 {
        format!("{}.{}{letter}", tenths / 10, tenths % 10)
    } else {
        format!("{}{letter}", tenths / 10)
    }
}

/// A time in the unit that fits: `850 ns`, `12.84 µs`, `1.204 ms`, `2.5 s`.
#[must_use]
pub fn duration(ns: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs")];
    let Some(&(unit, name)) = UNITS.iter().find(|(unit, _)| ns >= *unit) else {
        return format!("{ns} ns");
    };
    let whole = ns / unit;
    let places = match whole {
        0..=9 => 3,
        10..=99 => 2,
        100..=999 => 1,
        _ => 0,
    };
    let scale = 10_u64.pow(places);
    let part = ns % unit / (unit / scale);
    if places == 0 {
        return format!("{whole} {name}");
    }
    let digits = format!("{part:0>width$}", width = places as usize);
    match digits.trim_end_matches('0') {
        "" => format!("{whole} {name}"),
        digits => format!("{whole}.{digits} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{compact, duration};

    #[test]
    fn counts_stay_within_six_characters() {
        let counts = [0, 7, 999_999, 1_000_000, 12_345_678, 999_999_999, u64::MAX];
        let texts = counts.map(compact);
        assert_eq!(texts, ["0", "7", "999999", "1.0M", "12.3M", "999M", "18.4E"]);
        assert!(texts.iter().all(|text| text.len() <= 6));
    }

    #[test]
    fn times_take_the_unit_that_fits() {
        let times = [0, 999, 1_000, 12_845, 1_204_000, 250_000_000, 2_500_000_000];
        let texts = times.map(duration);
        let expected = ["0 ns", "999 ns", "1 µs", "12.84 µs", "1.204 ms", "250 ms", "2.5 s"];
        assert_eq!(texts, expected);
    }
}
