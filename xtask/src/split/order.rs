//! Functions in an order in which alike ones follow each other: what was met just before is said in fewest bits, and
//! gzip looks back 32 kB only. The order of the compiler is by crate and name.

use std::collections::{BTreeMap, BTreeSet};

/// How many bytes are compared at once.
const BYTES: usize = 4;
/// What stands in more functions than these tells none of them apart.
const FUNCTIONS_MOST: usize = 200;

/// The places of bodies: after each the one that shares most with it, for its length.
pub(super) fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<BTreeSet<&[u8]>> =
        bodies.iter().map(|body| body.windows(BYTES).collect()).collect();
    let mut holders: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (place, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            holders.entry(piece).or_default().push(place);
        }
    }
    holders.retain(|_, places| (2..=FUNCTIONS_MOST).contains(&places.len()));

    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let mut order = Vec::new();
    let mut next = left.iter().copied().max_by_key(|place| bodies[*place].len());
    while let Some(current) = next {
        left.remove(&current);
        order.push(current);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for place in pieces[current].iter().filter_map(|piece| holders.get(piece)).flatten() {
            if left.contains(place) {
                *shared.entry(*place).or_default() += 1;
            }
        }
        let part = |place: usize, count: usize| {
            (count << 32) / (pieces[place].len() + pieces[current].len())
        };
        let likest = shared.into_iter().max_by_key(|(place, count)| part(*place, *count));
        let length = bodies[current].len();
        next = likest.map(|(place, _)| place).or_else(|| {
            left.iter().copied().min_by_key(|place| bodies[*place].len().abs_diff(length))
        });
    }
    order
}

#[cfg(test)]
mod tests {
    use super::by_likeness;

    #[test]
    fn alike_bodies_follow_each_other_and_each_stands_once() {
        let bodies: [&[u8]; 5] = [b"abcdefgh", b"0123", b"abcdefghijkl", b"45678", b"xabcdefg"];
        assert_eq!(by_likeness(&bodies), [2, 0, 4, 3, 1]);
        assert_eq!(by_likeness(&[]), [0; 0]);
    }
}
