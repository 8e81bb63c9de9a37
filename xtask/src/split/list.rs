//! Which functions come soon or later: lists of `web/soon` and `web/later`, which `cargo xtask profile` writes.

use super::branch::Look;
use std::collections::{BTreeMap, BTreeSet};

/// What the file begins with.
const HEAD: &str = "\
# What of the program does not come first: functions that a first visit does not enter, or not before its first step.
# Measured and written by `cargo xtask profile`. A line is the path of a function or, with `::` at its end,
# how the paths of many begin. A function that is not here comes first, unless only those here call it.
# Behind a function that comes first stand those of its branches that come later: how many statements each has,
# and a digest of them.
";
/// So many functions of a module come later, and none was entered, where the whole module does.
const FUNCTIONS_LEAST: usize = 2;
/// How the names of our own crates begin.
const OWN: &str = "nicscope_";

/// Functions, by their paths.
#[derive(Default)]
pub(super) struct List {
    /// How paths begin, such as `nicscope_core::atlas::`.
    modules: BTreeSet<String>,
    /// Whole paths.
    functions: BTreeSet<String>,
    /// Branches of functions, by the functions' paths.
    branches: BTreeMap<String, BTreeSet<Look>>,
}

impl List {
    /// Reads the file.
    pub(super) fn read(text: &str) -> Self {
        let mut list = Self::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((path, looks)) = line.split_once('\t') {
                // What cannot be read comes first.
                let looks = looks.split(' ').filter_map(|look| look.parse().ok()).collect();
                list.branches.insert(path.to_owned(), looks);
            } else if line.ends_with("::") {
                list.modules.insert(line.to_owned());
            } else {
                list.functions.insert(line.to_owned());
            }
        }
        list
    }

    /// Adds branches of the functions with a path.
    pub(super) fn add_branches(&mut self, path: &str, looks: BTreeSet<Look>) {
        if !looks.is_empty() {
            self.branches.insert(path.to_owned(), looks);
        }
    }

    /// The branches that come later of the functions with a path.
    pub(super) fn branches(&self, path: &str) -> Option<&BTreeSet<Look>> {
        self.branches.get(path)
    }

    /// A list that has all the `others` and nothing that was `entered`. Of our own crates it has whole modules, so
    /// that what is added to them comes later too.
    pub(super) fn of([entered, others]: &[BTreeSet<&str>; 2]) -> Self {
        let others: BTreeSet<&str> = others.difference(entered).copied().collect();
        let comes_later = |module: &&str| {
            let of =
                |paths: &BTreeSet<&str>| paths.iter().filter(|one| begins(one, module)).count();
            of(&others) >= FUNCTIONS_LEAST && of(entered) == 0
        };
        let mut list = Self::default();
        for path in &others {
            match modules(path).find(comes_later) {
                Some(module) => list.modules.insert(module.to_owned()),
                None => list.functions.insert((*path).to_owned()),
            };
        }
        list
    }

    /// Leaves out functions without which the list has the same effect.
    pub(super) fn shorten(&mut self, has_the_same_effect: impl Fn(&Self) -> bool) {
        for function in self.functions.clone() {
            self.functions.remove(&function);
            if !has_the_same_effect(self) {
                self.functions.insert(function);
            }
        }
    }

    /// Whether a function comes later.
    pub(super) fn has(&self, path: &str) -> bool {
        self.functions.contains(path) || self.modules.iter().any(|module| begins(path, module))
    }

    /// The lines that have none of these functions.
    pub(super) fn without<'a>(&'a self, paths: &BTreeSet<&str>) -> Vec<&'a String> {
        let modules = self.modules.iter();
        let functions = self.functions.iter().chain(self.branches.keys());
        modules
            .filter(|module| !paths.iter().any(|path| begins(path, module)))
            .chain(functions.filter(|function| !paths.contains(function.as_str())))
            .collect()
    }

    /// The file.
    pub(super) fn text(&self) -> String {
        let whole: BTreeSet<&String> = self.modules.union(&self.functions).collect();
        let branches = self.branches.iter().map(|(path, looks)| {
            let looks: Vec<String> = looks.iter().map(ToString::to_string).collect();
            format!("{path}\t{}", looks.join(" "))
        });
        let lines = whole.into_iter().cloned().chain(branches);
        lines.fold(HEAD.to_owned(), |text, line| text + &line + "\n")
    }
}

/// Whether a path begins so. What is made for types of a module is not of it: functions that are alike for
/// several types have become one, with the name of any.
fn begins(path: &str, module: &str) -> bool {
    bare(path).starts_with(module)
}

/// Whether a function is of a crate or a module; what has no path is of none.
pub(super) fn is_of(path: Option<&str>, module: &str) -> bool {
    path.is_some_and(|path| begins(path, module))
}

fn bare(path: &str) -> &str {
    path.trim_start_matches(['<', '&'])
}

/// The modules that a function of ours is in, the outer ones first. What a function is made for counts as in it.
fn modules(path: &str) -> impl Iterator<Item = &str> {
    let path = bare(path);
    path.match_indices("::").map(|(at, mark)| &path[..at + mark.len()]).filter(|module| {
        let innermost = module.rsplit('<').next().unwrap_or(module);
        let names = innermost.split("::").all(|name| !name.contains(|one| !is_of_name(one)));
        innermost.starts_with(OWN) && names
    })
}

fn is_of_name(letter: char) -> bool {
    letter == '_' || letter.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn a_list_is_short_and_has_nothing_that_was_entered() {
        let entered = [
            "nicscope_core::a::f",
            "nicscope_core::run::<nicscope_core::a::f>",
            "<nicscope_core::b::T as U>::f",
            "std::f",
        ];
        let others = [
            "nicscope_core::a::g",
            "<nicscope_core::b::c::T as U>::f",
            "nicscope_core::b::c::g",
            "nicscope_core::run::<nicscope_core::b::T, S>",
            "nicscope_core::run::<nicscope_core::d::T, S>",
            "nicscope_core::run::<nicscope_core::d::U, S>",
            "std::f",
            "std::g::h",
        ];
        let list = List::of(&[entered.into(), others.into()]);
        let text = list.text();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            lines,
            [
                "nicscope_core::a::g",
                "nicscope_core::b::c::",
                "nicscope_core::run::<nicscope_core::b::T, S>",
                "nicscope_core::run::<nicscope_core::d::",
                "std::g::h"
            ]
        );
        let list = List::read(&text);
        assert!(entered.iter().all(|path| !list.has(path)));
        assert!(others.iter().filter(|path| **path != "std::f").all(|path| list.has(path)));
        let mut shorter = List::read(&text);
        shorter.shorten(|list| list.has("std::g::h"));
        assert!(shorter.has("std::g::h") && !shorter.has("nicscope_core::a::g"));
        assert_eq!(list.without(&["std::g::h", "nicscope_core::b::c::h"].into()).len(), 3);
    }
}
