//! Reads what `pahole` prints: the structs of a kernel, as text.

/// A struct or union, as printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Printed {
    /// `struct name`.
    pub(crate) name: String,
    pub(crate) size: u32,
    pub(crate) members: Vec<PrintedMember>,
    /// Offset and size. `pahole` prints the size; a hole ends where the next member begins.
    pub(crate) holes: Vec<(u32, u32)>,
    /// Sum of the sizes of the holes of bits.
    pub(crate) hole_bits: u32,
    pub(crate) padding: u32,
    pub(crate) bit_padding: u32,
}

/// A member, as printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PrintedMember {
    pub(crate) depth: u32,
    pub(crate) name: String,
    pub(crate) type_name: String,
    pub(crate) offset: u32,
    pub(crate) bits: Option<(u32, u32)>,
    pub(crate) size: u32,
}

/// A struct, union or enumeration whose braces are open.
struct Open {
    /// Its place among the members.
    member: usize,
    keyword: String,
    /// Holes that end where its next member begins.
    ending: Vec<usize>,
}

/// All structs of the text.
pub(crate) fn read(text: &str) -> Vec<Printed> {
    let mut all = Vec::new();
    let mut reader = Reader::default();
    for line in text.lines() {
        if line.starts_with('}') {
            all.push(std::mem::take(&mut reader).printed);
        } else if let Some(name) = line.strip_suffix(" {").filter(|line| !line.starts_with('\t')) {
            reader.printed.name = name.to_owned();
            reader.open = vec![Open { member: 0, keyword: String::new(), ending: Vec::new() }];
        } else {
            reader.line(line.trim());
        }
    }
    all
}

#[derive(Default)]
struct Reader {
    printed: Printed,
    open: Vec<Open>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let depth = self.open.len() as u32;
        if let Some(keyword) = line.strip_suffix(" {") {
            let (member, keyword) = (self.printed.members.len(), keyword.to_owned());
            self.printed.members.push(PrintedMember { depth, ..PrintedMember::default() });
            self.open.push(Open { member, keyword, ending: Vec::new() });
        } else if let Some(rest) = line.strip_prefix('}') {
            let closed = self.open.pop().expect("an open brace");
            let declaration = format!("{} {rest}", closed.keyword);
            let member = member(&declaration, depth - 1).expect("an offset");
            self.begins(&member);
            self.printed.members[closed.member] = member;
        } else if let Some(comment) = line.strip_prefix("/* ") {
            self.comment(comment);
        } else if self.open.last().is_some_and(|open| open.keyword != "enum")
            && let Some(member) = member(line, depth)
        {
            self.begins(&member);
            self.printed.members.push(member);
        }
    }

    /// Holes before a member end where it begins.
    fn begins(&mut self, member: &PrintedMember) {
        let innermost = self.open.last_mut().expect("an open brace");
        for hole in innermost.ending.drain(..) {
            let hole = &mut self.printed.holes[hole];
            hole.0 = member.offset - hole.1;
        }
    }

    fn comment(&mut self, comment: &str) {
        let words: Vec<&str> = comment.split([' ', ',']).collect();
        let number = |at: usize| words[at].parse().expect("a number");
        match words[..] {
            ["XXX", _, "byte" | "bytes", "hole", ..] => {
                let innermost = self.open.last_mut().expect("an open brace");
                innermost.ending.push(self.printed.holes.len());
                self.printed.holes.push((0, number(1)));
            }
            ["XXX", _, "bit" | "bits", "hole", ..] => self.printed.hole_bits += number(1),
            // Some inner structs have their own figures.
            _ if self.open.len() > 1 => {}
            ["size:", ..] => self.printed.size = number(1),
            ["padding:", ..] => self.printed.padding = number(1),
            ["bit_padding:", ..] => self.printed.bit_padding = number(1),
            _ => {}
        }
    }
}

/// A member's line; nothing for a line without an offset (unnamed bits that `pahole` adds).
fn member(line: &str, depth: u32) -> Option<PrintedMember> {
    let (declaration, comment) = line.rsplit_once("/*")?;
    let comment = comment.trim_end_matches("*/").trim();
    let (place, size) = comment.rsplit_once(' ')?;
    let (offset, bit_offset) = place.split_once(':').unwrap_or((place, ""));
    let declaration = declaration.trim().trim_end_matches(';');
    let declaration = without_attributes(declaration);
    let (declaration, bit_size) = match declaration.rsplit_once(':') {
        Some((declaration, bits)) => (declaration, bits.parse().ok()),
        None => (declaration.as_str(), None),
    };
    let (before, name, behind) = surround(declaration);
    let text = format!("{}{behind}", before.trim_end());
    let mut words: Vec<&str> = text.split_whitespace().collect();
    // It says twice that an array is `const` whose elements are.
    words.dedup_by(|word, before| *word == "const" && before == word);
    Some(PrintedMember {
        depth,
        name: name.to_owned(),
        type_name: words.join(" ").replace(" ,", ",").replace(" )", ")"),
        offset: offset.trim().parse().ok()?,
        bits: bit_offset.trim().parse().ok().zip(bit_size),
        size: size.trim().parse().ok()?,
    })
}

/// `struct foo a __attribute__((__aligned__(8)))` is `struct foo a`.
pub(crate) fn without_attributes(declaration: &str) -> String {
    let mut parts = declaration.split(" __attribute__((");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once("))")).for_each(|(attribute, rest)| {
        // An argument's own parenthesis ends there too.
        plain.push_str(if attribute.contains('(') { &rest[1..] } else { rest });
    });
    plain
}

/// A declaration's name, and what stands before and behind it.
fn surround(declaration: &str) -> (&str, &str, &str) {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let begin = match declaration.find("(*") {
        Some(at) => at + 2,
        None => {
            let end = declaration.find('[').unwrap_or(declaration.len());
            let plain = &declaration[..end];
            plain.trim_end_matches(is_name).len()
        }
    };
    let rest = &declaration[begin..];
    let end = begin + rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let name = &declaration[begin..end];
    // A struct without a name in a member without one: `struct `.
    if begin == 0 || matches!(name, "struct" | "union" | "enum") {
        return (declaration, "", "");
    }
    (&declaration[..begin], name, &declaration[end..])
}
