//! Links that were made once: each still leads to the state that it says.
//!
//! Where the model changes on purpose, a link's state changes with it: the message says the new one.
//! Read what changed, then write the new state into the line. A link that is no longer read at all is
//! broken for those who have it: mend the reader, not the line. To add a line, copy a link from the
//! page, or write one with any state and take the state that the message says.

use nicscope_core::scenario::{Link, LinkSource, SHIPPED, digest};
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_tests::random::run;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

/// The run that a link names, its files among the repository's.
fn session(link: &Link) -> Session {
    let scenario = match &link.source {
        LinkSource::Ready(name) => link.setup.ready(name).expect("a ready scenario"),
        LinkSource::Shipped { name, host } => {
            let file = repository().join("static/captures").join(name);
            let bytes = std::fs::read(file).expect("a shipped capture");
            link.setup.capture(&bytes, *host).expect("a capture")
        }
        LinkSource::File { name, digest: wanted, host } => {
            let bytes = std::fs::read(repository().join("static/captures").join(name));
            let bytes = bytes.expect("a file of the corpus");
            assert_eq!(digest(&bytes), *wanted, "{name} is another file than the link's");
            link.setup.capture(&bytes, *host).expect("a capture")
        }
    };
    Session::new(scenario)
}

#[test]
fn every_link_of_the_corpus_leads_to_its_state() {
    let corpus = std::fs::read_to_string(repository().join("tests/data/links.txt"));
    let corpus = corpus.expect("the corpus");
    let mut wrong = Vec::new();
    let lines = corpus.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    for (number, text) in lines.enumerate() {
        let link = match Link::read(text) {
            Ok(link) => link,
            Err(error) => panic!("link {number} is no longer read: {error:?}: {text}"),
        };
        let mut session = session(&link);
        let outcome = match link.step {
            Some(step) => run(&mut session, Command::ToStep(step)),
            None => run(&mut session, Command::ToFirstFrame),
        };
        let state = session.machine().state_hash();
        if outcome != Outcome::Moved || link.state.is_some_and(|wanted| wanted != state) {
            wrong.push(format!("{text}\n  {outcome:?}, state={state:016x}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_captures_that_links_may_name_are_those_that_the_page_brings() {
    let files = std::fs::read_dir(repository().join("static/captures")).expect("the folder");
    let mut names: Vec<String> = files
        .map(|file| file.expect("a file").file_name().into_string().expect("a plain name"))
        .collect();
    let mut shipped = SHIPPED.to_vec();
    shipped.sort_unstable();
    names.sort();
    assert_eq!(names, shipped);
}
