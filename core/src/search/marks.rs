//! Where in a name stands what was typed.

use super::words::{initial, parts};

/// The name in pieces, with whether each is what was typed. All of it as one comes first, whatever divides
/// words in the name; then its parts by themselves.
#[must_use]
pub fn marked<'a>(typed: &str, name: &'a str) -> Vec<(bool, &'a str)> {
    let typed = typed.to_lowercase();
    let parts: Vec<&str> = parts(&typed).collect();
    let mut found: Vec<(usize, usize)> = match find(name, &parts.concat()) {
        Some(whole) => vec![whole],
        None => parts.iter().filter_map(|part| find(name, part)).collect(),
    };
    found.sort_unstable();
    let mut pieces = Vec::new();
    let mut done = 0;
    for (from, to) in found.into_iter().chain([(name.len(), name.len())]) {
        let from = from.max(done);
        pieces.push((false, &name[done..from]));
        done = to.max(from);
        pieces.push((true, &name[from..done]));
    }
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

/// Where a part, in small letters, stands in a name: where a word of it begins.
fn find(name: &str, part: &str) -> Option<(usize, usize)> {
    let mut before = ' ';
    for (at, letter) in name.char_indices() {
        let is_joint = !before.is_alphanumeric() || !letter.is_ascii();
        before = letter;
        if letter.is_alphanumeric() && is_joint {
            let length = length(&name[at..], part);
            if let Some(length) = length {
                return Some((at, at + length));
            }
        }
    }
    None
}

/// How much of a name's rest a part takes from its beginning, if it stands there.
fn length(rest: &str, part: &str) -> Option<usize> {
    let mut left = part.chars().peekable();
    for (at, letter) in rest.char_indices() {
        let Some(wanted) = left.peek() else { return Some(at) };
        if letter.to_lowercase().next() == Some(*wanted) || initial(letter) == *wanted {
            left.next();
        } else if letter.is_alphanumeric() {
            return None;
        }
    }
    left.peek().is_none().then_some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_was_typed_is_marked_where_words_begin() {
        assert_eq!(
            marked("len skb", "sk_buff.len"),
            [(true, "sk_b"), (false, "uff."), (true, "len")]
        );
        assert_eq!(marked("sk skb", "sk_buff"), [(true, "sk"), (true, "_b"), (false, "uff")]);
        assert_eq!(marked("SKBUFF", "sk_buff"), [(true, "sk_buff")]);
        assert_eq!(marked("uff", "sk_buff"), [(false, "sk_buff")]);
        assert_eq!(marked("", "sk_buff"), [(false, "sk_buff")]);
    }

    #[test]
    fn hangul_is_marked_within_words_and_by_initial_consonants() {
        assert_eq!(marked("버퍼", "수신버퍼 0"), [(false, "수신"), (true, "버퍼"), (false, " 0")]);
        assert_eq!(marked("ㅂㅍ", "수신버퍼 0"), [(false, "수신"), (true, "버퍼"), (false, " 0")]);
        assert_eq!(
            marked("버퍼ㄹ", "수신버퍼 0"),
            [(false, "수신"), (true, "버퍼"), (false, " 0")]
        );
    }
}
