//! Keys, as the page's shortcuts see them.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// A key that means something to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the key of that name")]
pub enum Key {
    Left,
    Right,
    Up,
    Down,
    Space,
    Home,
    End,
    Question,
    Slash,
}

/// A key that was pressed and that what has focus does not use itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// With Shift.
    pub shift: bool,
}

/// Calls back for each such key, until dropped; `true` means that the key was used.
pub fn on_press(used: impl Fn(Press) -> bool + 'static) -> EventListener {
    let document = gloo::utils::document();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document, "keydown", options, move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if event.is_composing() || event.alt_key() || super::dialog::any_open() {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            // As elsewhere, it searches, wherever the keyboard is.
            let searches = key_name(&event.key(), &event.code()) == "KeyK" && !event.shift_key();
            if searches && used(Press { key: Key::Slash, shift: false }) {
                event.prevent_default();
            }
            return;
        }
        let Some(key) = key(&event.key(), &event.code(), event.shift_key()) else {
            return;
        };
        if uses(focus(event), key) {
            return;
        }
        let shift = event.shift_key();
        if used(Press { key, shift }) {
            event.prevent_default();
        }
    })
}

/// The key of an event on an element, by `KeyboardEvent.code`'s names for letters: `KeyW` wherever
/// a W is typed, also where an input method took it. None with a modifier other than Shift.
#[must_use]
pub fn pressed(event: &KeyboardEvent) -> Option<String> {
    if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    Some(key_name(&event.key(), &event.code()))
}

fn key_name(typed: &str, code: &str) -> String {
    let mut letters = typed.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            format!("Key{}", letter.to_ascii_uppercase())
        }
        _ if taken(typed) => code.to_owned(),
        _ => typed.to_owned(),
    }
}

/// Whether an input method took what was typed.
fn taken(typed: &str) -> bool {
    matches!(typed, "Process" | "Unidentified" | "HangulMode")
        || typed.chars().any(|letter| ('\u{1100}'..='\u{d7ff}').contains(&letter))
}

/// Which key it is: by what it types, or, where an input method took that, by where it lies.
fn key(typed: &str, code: &str, shift: bool) -> Option<Key> {
    let name = if taken(typed) { code } else { typed };
    Some(match name {
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        " " | "Space" => Key::Space,
        "Home" => Key::Home,
        "End" => Key::End,
        "?" => Key::Question,
        "Slash" if shift => Key::Question,
        "/" | "Slash" => Key::Slash,
        _ => return None,
    })
}

/// What kind of thing has focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    /// Nothing that uses keys.
    Page,
    /// A field for text, or a list: every key is its own.
    Field,
    /// A slider.
    Slider,
    /// One of several choices: tabs, radio buttons, options.
    Choice,
    /// A button, a link, a summary.
    Button,
}

fn focus(event: &KeyboardEvent) -> Focus {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return Focus::Page;
    };
    let role = element.get_attribute("role").unwrap_or_default();
    let kind = element.get_attribute("type").unwrap_or_default();
    focus_of(&element.tag_name().to_ascii_lowercase(), &role, &kind)
}

fn focus_of(tag: &str, role: &str, kind: &str) -> Focus {
    match (tag, role, kind) {
        (_, "tab" | "radio" | "option", _) | ("input", _, "radio") => Focus::Choice,
        ("input", _, "range") | (_, "slider", _) => Focus::Slider,
        ("input", _, "checkbox" | "button" | "file") => Focus::Button,
        ("input" | "textarea" | "select", ..) => Focus::Field,
        ("button" | "a" | "summary", ..) | (_, "button" | "link", _) => Focus::Button,
        _ => Focus::Page,
    }
}

/// Whether what has focus uses the key itself.
fn uses(focus: Focus, key: Key) -> bool {
    match focus {
        Focus::Page => false,
        Focus::Field => true,
        Focus::Slider => !matches!(key, Key::Space | Key::Question | Key::Slash),
        Focus::Choice => !matches!(key, Key::Question | Key::Slash),
        Focus::Button => key == Key::Space,
    }
}

#[cfg(test)]
mod tests {
    use super::{Focus, Key, focus_of, key, key_name, uses};

    #[test]
    fn a_key_that_an_input_method_took_is_known_by_its_place() {
        assert_eq!(key("Process", "Space", false), Some(Key::Space));
        assert_eq!(key("ㅁ", "ArrowLeft", false), Some(Key::Left));
        assert_eq!(key("Process", "Slash", true), Some(Key::Question));
        assert_eq!(key("Process", "Slash", false), Some(Key::Slash));
        assert_eq!(key("Process", "KeyA", false), None);
    }

    #[test]
    fn a_letter_is_known_by_what_it_types_or_by_its_place() {
        assert_eq!(key_name("w", "KeyZ"), "KeyW");
        assert_eq!(key_name("ㅈ", "KeyW"), "KeyW");
        assert_eq!(key_name("Process", "KeyA"), "KeyA");
        assert_eq!(key_name("Home", "Numpad7"), "Home");
    }

    #[test]
    fn other_layouts_type_the_question_mark_elsewhere() {
        assert_eq!(key("?", "Minus", true), Some(Key::Question));
        assert_eq!(key("_", "Slash", true), None);
        assert_eq!(key("/", "Digit7", true), Some(Key::Slash));
    }

    #[test]
    fn a_button_keeps_space_and_leaves_the_arrows() {
        let button = focus_of("button", "", "");
        assert!(uses(button, Key::Space) && !uses(button, Key::Right));
        assert_eq!(focus_of("button", "tab", ""), Focus::Choice);
        assert!(uses(Focus::Choice, Key::Right));
        assert!(uses(focus_of("input", "", "text"), Key::Right));
        assert!(uses(focus_of("input", "", "range"), Key::Left));
        assert!(!uses(focus_of("input", "", "range"), Key::Space));
        assert!(uses(focus_of("div", "slider", ""), Key::Home));
        assert!(uses(focus_of("g", "option", ""), Key::Right));
        assert!(!uses(focus_of("body", "", ""), Key::Space));
    }
}
