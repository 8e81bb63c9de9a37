//! Names of keys, as `KeyboardEvent.key` has them, in WebDriver's code points.

use fantoccini::key::Key;

/// Splits `Shift+ArrowRight` into the code points to hold and the one to press.
///
/// # Panics
/// For a name that is neither in the list nor a single character.
pub(crate) fn chord(keys: &str) -> (Vec<char>, char) {
    // The last key may be `+` itself.
    let split = keys[..keys.len() - 1].rfind('+').map_or(0, |index| index + 1);
    let held = keys[..split].split('+').filter(|name| !name.is_empty()).map(code_point).collect();
    (held, code_point(&keys[split..]))
}

fn code_point(name: &str) -> char {
    let key = match name {
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Space" => return ' ',
        _ => {
            let mut characters = name.chars();
            return match (characters.next(), characters.next()) {
                (Some(character), None) => character,
                _ => panic!("keys.rs has no key `{name}`"),
            };
        }
    };
    key.into()
}
