//! Of how words are read aloud the program needs the last sound alone: it gets the words by that, which is a third of
//! the bytes.

use std::collections::BTreeMap;
use std::env::var;
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    for list in ["src/readings.txt", "src/checks/readings-structs.txt"] {
        println!("cargo::rerun-if-changed={list}");
        let name = Path::new(list).file_name().ok_or("a list without a name")?;
        fs::write(
            Path::new(&var("OUT_DIR")?).join(name),
            by_last_sound(&fs::read_to_string(list)?)?,
        )?;
    }
    Ok(())
}

/// Of each sound a line: a syllable that ends in it, then the words.
fn by_last_sound(list: &str) -> Result<String, String> {
    let mut lines = BTreeMap::from(['가', '갈', '각'].map(|syllable| (syllable, String::new())));
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let read =
            line.split_once('=').and_then(|(word, read)| Some((word, read.chars().next_back()?)));
        let (word, last) = read.filter(|(_, last)| ('가'..='힣').contains(last)).ok_or(line)?;
        // A block of 28 syllables has each final once: the first has none, the ninth ㄹ.
        let syllable = match (last as u32 - '가' as u32) % 28 {
            0 => '가',
            8 => '갈',
            _ => '각',
        };
        let words = lines.entry(syllable).or_default();
        words.push(' ');
        words.push_str(word);
    }
    Ok(lines.into_iter().map(|(syllable, words)| format!("{syllable}{words}\n")).collect())
}
