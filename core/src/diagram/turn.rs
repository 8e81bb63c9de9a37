//! Angles and arcs in integers.
//!
//! An angle counts from twelve o'clock, clockwise, in parts of [`FULL`].

use super::shape::Point;

/// A full turn.
pub(super) const FULL: i32 = 4_096;

/// Sines of a quarter turn in 64 parts, times 2^14.
const SINES: [i32; 65] = [
    0, 402, 804, 1205, 1606, 2006, 2404, 2801, 3196, 3590, 3981, 4370, 4756, 5139, 5520, 5897,
    6270, 6639, 7005, 7366, 7723, 8076, 8423, 8765, 9102, 9434, 9760, 10080, 10394, 10702, 11003,
    11297, 11585, 11866, 12140, 12406, 12665, 12916, 13160, 13395, 13623, 13842, 14053, 14256,
    14449, 14635, 14811, 14978, 15137, 15286, 15426, 15557, 15679, 15791, 15893, 15986, 16069,
    16143, 16207, 16261, 16305, 16340, 16364, 16379, 16384,
];

/// The sine of an angle, times 2^14.
fn sine(angle: i32) -> i32 {
    const QUARTER: i32 = FULL / 4;
    const PART: i32 = QUARTER / 64;
    let angle = angle.rem_euclid(FULL);
    let (within, sign) = (angle % (2 * QUARTER), if angle < 2 * QUARTER { 1 } else { -1 });
    let rising = within.min(2 * QUARTER - within);
    let part = usize::try_from(rising / PART).expect("not negative");
    let next = SINES[(part + 1).min(64)];
    sign * (SINES[part] + (next - SINES[part]) * (rising % PART) / PART)
}

/// The place at an angle and a distance (in tenths of a pixel) from a centre.
pub(super) fn around(centre: Point, radius: i32, angle: i32) -> Point {
    let scaled = |sine: i32| (radius * sine + (1 << 13) * sine.signum()) / (1 << 14);
    Point { x: centre.x + scaled(sine(angle)), y: centre.y - scaled(sine(angle + FULL / 4)) }
}

/// Tenths of a pixel as SVG writes them.
pub(super) fn tenths(value: i32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.abs();
    match value % 10 {
        0 => format!("{sign}{}", value / 10),
        tenth => format!("{sign}{}.{tenth}", value / 10),
    }
}

fn at(point: Point) -> String {
    format!("{} {}", tenths(point.x), tenths(point.y))
}

/// A piece of a ring between two radii (in tenths), from one angle on for so much of a turn.
pub(super) fn piece(centre: Point, inner: i32, outer: i32, from: i32, turn: i32) -> String {
    if turn > FULL / 2 {
        let first = piece(centre, inner, outer, from, FULL / 2);
        let rest = piece(centre, inner, outer, from + FULL / 2, turn.min(FULL) - FULL / 2);
        return first + &rest;
    }
    let to = from + turn;
    let corner = |radius, angle| at(around(centre, radius, angle));
    let (o, i) = (tenths(outer), tenths(inner));
    format!(
        "M{}A{o} {o} 0 0 1 {}L{}A{i} {i} 0 0 0 {}Z",
        corner(outer, from),
        corner(outer, to),
        corner(inner, to),
        corner(inner, from)
    )
}

/// A line along a radius.
pub(super) fn spoke(centre: Point, inner: i32, outer: i32, angle: i32) -> String {
    let (from, to) = (around(centre, inner, angle), around(centre, outer, angle));
    format!("M{}L{}", at(from), at(to))
}

#[cfg(test)]
mod tests {
    use super::{FULL, around, piece, tenths};
    use crate::diagram::Point;

    #[test]
    fn a_turn_goes_clockwise_from_twelve() {
        let centre = Point::px(100, 100);
        let places = [0, FULL / 4, FULL / 2, FULL * 3 / 4, FULL].map(|a| around(centre, 500, a));
        let expected = [(1000, 500), (1500, 1000), (1000, 1500), (500, 1000), (1000, 500)];
        assert_eq!(places.map(|place| (place.x, place.y)), expected);
    }

    #[test]
    fn a_whole_ring_is_two_halves_because_an_arc_cannot_end_where_it_began() {
        let whole = piece(Point::px(0, 0), 100, 200, 0, FULL);
        assert_eq!(whole.matches('Z').count(), 2);
    }

    #[test]
    fn tenths_keep_their_sign() {
        assert_eq!([5, -5, 120, -123].map(tenths), ["0.5", "-0.5", "12", "-12.3"]);
    }
}
