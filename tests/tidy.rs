//! The rules of ARCHITECTURE.md that a test can hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The most lines of a source file.
const LINES_MAX: usize = 450;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

/// All files below a folder with that ending, with their text.
fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push((path, text));
            }
        }
    }
    found
}

/// The layers of a fenced block in ARCHITECTURE.md: each with those that it may use.
fn layers(block: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let start = text.find(&format!("```{block}\n")).expect("the block") + block.len() + 4;
    let length = text[start..].find("```").expect("its end");
    let line = |line: &str| {
        let (layer, uses) = line.split_once(':').expect("layer: uses");
        (layer.to_owned(), uses.split_whitespace().map(str::to_owned).collect())
    };
    text[start..start + length].lines().map(line).collect()
}

/// The layer of a source file: the first part of its path below `src`.
fn layer(path: &Path, source: &str) -> String {
    let below = path.strip_prefix(root().join(source)).expect("a file of the crate");
    let first = below.components().next().expect("a name").as_os_str();
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The text without comments and without test modules.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What breaks the layers of a crate.
fn breaches(source: &str, layers: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, text) in files(source, "rs") {
        let layer = layer(&path, source);
        if matches!(layer.as_str(), "lib" | "main") {
            continue;
        }
        let Some(uses) = layers.get(&layer) else {
            breaches.push(format!("{}: no layer is named {layer}", path.display()));
            continue;
        };
        let code = code(&text);
        for (place, _) in code.match_indices("crate::") {
            let rest = &code[place + "crate::".len()..];
            let used: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used != layer && layers.contains_key(&used) && !uses.contains(&used) {
                breaches.push(format!("{}: {layer} uses {used}", path.display()));
            }
        }
    }
    breaches
}

#[test]
fn layers_point_one_way() {
    assert_eq!(breaches("core/src", &layers("layers")), Vec::<String>::new());
    assert_eq!(breaches("web/src", &layers("web-layers")), Vec::<String>::new());
}

#[test]
fn a_layer_that_is_forbidden_is_found() {
    let mut layers = layers("layers");
    layers.get_mut("kernel").expect("a layer").remove("hardware");
    let found = breaches("core/src", &layers);
    assert!(found.iter().any(|breach| breach.contains("kernel uses hardware")), "{found:?}");
}

#[test]
fn layers_have_no_cycle() {
    for block in ["layers", "web-layers"] {
        let layers = layers(block);
        let mut done: BTreeSet<&String> = BTreeSet::new();
        while done.len() < layers.len() {
            let ready: Vec<_> = layers
                .iter()
                .filter(|(layer, uses)| {
                    !done.contains(layer) && uses.iter().all(|used| done.contains(used))
                })
                .map(|(layer, _)| layer)
                .collect();
            assert!(!ready.is_empty(), "{block}: a cycle among the rest of {layers:?}");
            done.extend(ready);
        }
    }
}

#[test]
fn only_the_browser_layer_touches_the_browser_and_widgets_do_not_know_the_domain() {
    for (path, text) in files("web/src", "rs") {
        let code = code(&text);
        if layer(&path, "web/src") != "browser" {
            for banned in ["web_sys", "gloo"] {
                assert!(!code.contains(banned), "{} names {banned}", path.display());
            }
        }
        if layer(&path, "web/src") == "widgets" {
            assert!(!code.contains("nicscope_core"), "{} knows the domain", path.display());
        }
    }
}

#[test]
fn no_file_is_too_long() {
    for folder in ["core", "text/src", "web/src", "tests", "xtask/src"] {
        for (path, text) in files(folder, "rs") {
            let lines = text.lines().count();
            assert!(lines <= LINES_MAX, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn colours_stand_in_the_tokens_alone() {
    for (path, text) in files("static/css", "css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        for banned in ["#", "rgb(", "hsl(", "oklch("] {
            let literal = text.lines().find(|line| {
                let value = line.split_once(':').map_or("", |(_, value)| value);
                value.contains(banned) && !value.contains("url(#")
            });
            assert_eq!(literal, None, "{} has a colour literal", path.display());
        }
    }
}

#[test]
fn no_test_is_switched_off_and_no_style_attribute_is_written() {
    for folder in ["core", "text/src", "web/src", "tests", "xtask/src"] {
        for (path, text) in files(folder, "rs") {
            let code = text.replace("\"#[ignore", "").replace("\" style=", "");
            assert!(!code.contains("#[ignore"), "{} skips a test", path.display());
            assert!(!code.contains(" style="), "{} writes a style attribute", path.display());
        }
    }
}
