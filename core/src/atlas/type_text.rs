//! A type as C text, in the form in which `pahole` prints it: `const char *`, `u32[4]`.

use super::btf::{Btf, Kind, Record};

/// Bytes of text after which no more is written; the longest in Linux 7.2 has some 300.
const TEXT_BYTES_MAX: usize = 1_024;
/// How deep types are followed.
pub(super) const DEPTH_MAX: u32 = 32;

/// A declaration without its name: what stands before it and what behind. It is used for one type after the
/// other, as most of the time would go into room for texts that grow.
#[derive(Default)]
pub(super) struct Text {
    before: String,
    behind: String,
}

impl Text {
    /// The text of a member's type. An endless or very long one ends with `…`. BTF does not tell a
    /// flexible array from one of length 0: behind others at the end of a struct it is taken for flexible.
    pub(super) fn of(&mut self, btf: &Btf, record: Record, may_be_flexible: bool) -> String {
        if matches!(record.kind, Kind::Int | Kind::Typedef) {
            return btf.name(record.name).to_owned();
        }
        self.before.clear();
        self.behind.clear();
        declare(btf, record, self, DEPTH_MAX);
        if may_be_flexible && self.behind == "[0]" {
            self.behind.replace_range(.., "[]");
        }
        self.before.push_str(&self.behind);
        self.before.clone()
    }
}

/// Whether there is no room, or no depth, left; the text then ends with `…`.
fn is_full(text: &mut String, depth: u32) -> bool {
    let full = depth == 0 || text.len() > TEXT_BYTES_MAX;
    if full && !text.ends_with('…') {
        text.push('…');
    }
    full
}

/// Arrays and pointers to functions surround the name.
fn declare(btf: &Btf, record: Record, text: &mut Text, depth: u32) {
    if is_full(&mut text.before, depth) {
        return;
    }
    match record.kind {
        Kind::Array => {
            let (element, length) = record.array();
            text.behind.push_str(&format!("[{length}]"));
            declare(btf, btf.get(element), text, depth - 1);
        }
        Kind::Pointer => {
            let pointee = btf.get(record.size_or_type);
            if pointee.kind == Kind::Prototype {
                append(btf, btf.get(pointee.size_or_type), &mut text.before, depth - 1);
                text.before.push_str(" (*");
                text.behind.insert(0, ')');
                parameters(btf, pointee, &mut text.behind, depth - 1);
            } else {
                append(btf, record, &mut text.before, depth);
            }
        }
        Kind::Const | Kind::Volatile => {
            qualify(record.kind, &mut text.before);
            declare(btf, btf.get(record.size_or_type), text, depth - 1);
        }
        _ => append(btf, record, &mut text.before, depth),
    }
}

/// Says once that a type is `const`, also if an array and its elements are.
fn qualify(kind: Kind, text: &mut String) {
    let qualifier = if kind == Kind::Const { "const " } else { "volatile " };
    if !text.ends_with(qualifier) {
        text.push_str(qualifier);
    }
}

/// Appends the text of a type that has no name to surround.
fn append(btf: &Btf, record: Record, text: &mut String, depth: u32) {
    if is_full(text, depth) {
        return;
    }
    let target = || btf.get(record.size_or_type);
    match record.kind {
        Kind::Void => text.push_str("void"),
        Kind::Struct => keyword(btf, record, "struct", text),
        Kind::Union => keyword(btf, record, "union", text),
        Kind::Enum | Kind::Enum64 => keyword(btf, record, "enum", text),
        Kind::Forward => {
            keyword(btf, record, if record.flag { "union" } else { "struct" }, text);
        }
        Kind::Pointer => pointer(btf, target(), text, depth),
        Kind::Const | Kind::Volatile => {
            qualify(record.kind, text);
            append(btf, target(), text, depth - 1);
        }
        Kind::Restrict => {
            append(btf, target(), text, depth - 1);
            text.push_str(" restrict");
        }
        Kind::TypeTag => append(btf, target(), text, depth - 1),
        Kind::Array => append(btf, btf.get(record.array().0), text, depth - 1),
        Kind::Prototype => {
            append(btf, target(), text, depth - 1);
            text.push(' ');
            parameters(btf, record, text, depth - 1);
        }
        _ => text.push_str(btf.name(record.name)),
    }
}

/// Appends the text of a pointer to that type.
fn pointer(btf: &Btf, target: Record, text: &mut String, depth: u32) {
    let beyond = || btf.get(target.size_or_type);
    match target.kind {
        Kind::Prototype => {
            append(btf, beyond(), text, depth - 1);
            text.push_str(" (*)");
            parameters(btf, target, text, depth - 1);
        }
        Kind::Const if beyond().kind == Kind::Pointer => {
            append(btf, beyond(), text, depth - 1);
            text.push_str(" const *");
        }
        _ => {
            append(btf, target, text, depth - 1);
            text.push_str(" *");
        }
    }
}

fn keyword(btf: &Btf, record: Record, keyword: &str, text: &mut String) {
    text.push_str(keyword);
    let name = btf.name(record.name);
    if !name.is_empty() {
        text.push(' ');
        text.push_str(name);
    }
}

fn parameters(btf: &Btf, prototype: Record, text: &mut String, depth: u32) {
    text.push('(');
    let mut first = true;
    for parameter in prototype.parameters() {
        if is_full(text, depth) {
            break;
        }
        if !first {
            text.push_str(", ");
        }
        first = false;
        match parameter {
            0 => text.push_str("..."),
            id => append(btf, btf.get(id), text, depth - 1),
        }
    }
    if first {
        text.push_str("void");
    }
    text.push(')');
}
