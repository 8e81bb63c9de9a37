//! Whether one letter too many, too few, another, or two in the wrong order stand between two words.

/// Whether a word begins as `part` does but for one such slip.
pub(super) fn is_near<T: PartialEq>(part: &[T], word: &[T]) -> bool {
    let same = part.iter().zip(word).take_while(|(one, other)| one == other).count();
    let (rest, other) = (&part[same..], &word[same..]);
    let [slip, on @ ..] = rest else { return true };
    // Most differ in the first letter already, before which a call to compare memory takes long.
    let begins = |word: &[T], with: &[T]| {
        word.len() >= with.len() && word.iter().zip(with).all(|(one, other)| one == other)
    };
    match other {
        // The word ends here: one letter was typed too many.
        [] => on.is_empty(),
        [letter, next @ ..] => {
            begins(other, on)
                || begins(next, on)
                || begins(next, rest)
                || matches!(on, [second, further @ ..]
                    if second == letter && next.first() == Some(slip) && begins(&next[1..], further))
        }
    }
}

#[cfg(test)]
mod tests {
    fn is_near(part: &str, word: &str) -> bool {
        super::is_near(part.as_bytes(), word.as_bytes())
    }

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        for typed in ["softnet", "sofnet", "softtnet", "sostnet", "sfotnet", "softnit", "softnetx"]
        {
            assert!(is_near(typed, "softnet"), "{typed}");
        }
        assert!(is_near("sofne", "softnet") && is_near("oftnet", "softnet"));
        for typed in ["sfet", "sfontet", "xxftnet", "softnetxx", "tenftos"] {
            assert!(!is_near(typed, "softnet"), "{typed}");
        }
    }
}
