//! Golden sessions: each script in `golden/` shows what stands in its `.out`, which somebody read.
//!
//! `UPDATE_GOLDEN=1 cargo test -p nicscope-tests --test golden` writes the answers anew; the diff
//! is for reading.

use nicscope_tests::script::play;
use std::path::Path;

fn capture(name: &str) -> Option<&'static [u8]> {
    match name {
        "udp-small" => Some(include_bytes!("../static/captures/udp-small.pcap")),
        "tcp-one-flow" => Some(include_bytes!("../static/captures/tcp-one-flow.pcap")),
        _ => None,
    }
}

#[test]
fn each_golden_session_shows_what_was_read_and_approved() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut scripts = 0;
    for entry in std::fs::read_dir(&folder).expect("golden/") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "in") {
            continue;
        }
        scripts += 1;
        let script = std::fs::read_to_string(&path).expect("a script");
        let shown = play(&script, capture);
        let answer = path.with_extension("out");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&answer, &shown).expect("written");
        }
        let approved = std::fs::read_to_string(&answer).unwrap_or_default();
        for (number, (shown, approved)) in shown.lines().zip(approved.lines()).enumerate() {
            assert_eq!(shown, approved, "{} line {}", path.display(), number + 1);
        }
        assert_eq!(shown.lines().count(), approved.lines().count(), "{}", path.display());
    }
    assert!(scripts >= 6, "there are golden sessions");
}
