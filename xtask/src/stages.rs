//! A sequence of named stages that all run, with one line of result at the end.

use anyhow::{Result, anyhow};
use std::time::Instant;

/// The stages run so far.
pub(crate) struct Stages {
    total: usize,
    results: Vec<(&'static str, bool)>,
}

impl Stages {
    /// `total` is only for the headers: `[3/9]`.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, results: Vec::new() }
    }

    /// Runs one stage and remembers what came of it. A stage whose `needs` did not all pass fails
    /// without being run.
    pub(crate) fn run(
        &mut self,
        name: &'static str,
        needs: &[&str],
        stage: impl FnOnce() -> Result<()>,
    ) {
        println!("\n== [{}/{}] {name}", self.results.len() + 1, self.total);
        let started = Instant::now();
        let missing = needs.iter().find(|need| !self.passed(need));
        let result = match missing {
            Some(need) => Err(anyhow!("not run: it needs `{need}`, which failed")),
            None => stage(),
        };
        let seconds = started.elapsed().as_secs_f32();
        match &result {
            Ok(()) => println!("== {name}: passed in {seconds:.1} s"),
            Err(error) => println!("== {name}: FAILED in {seconds:.1} s\n{error:#}"),
        }
        self.results.push((name, result.is_ok()));
    }

    fn passed(&self, name: &str) -> bool {
        self.results.iter().any(|(other, passed)| *other == name && *passed)
    }

    /// Prints the last line; an error if a stage failed.
    pub(crate) fn finish(self) -> Result<()> {
        let failed: Vec<_> =
            self.results.iter().filter(|(_, passed)| !passed).map(|(name, _)| *name).collect();
        if !failed.is_empty() {
            println!("\nfailed: {}", failed.join(", "));
        }
        println!("\n{} passed, {} failed", self.results.len() - failed.len(), failed.len());
        if !failed.is_empty() {
            // The plain line above is the last word: an error returned from main would follow it.
            std::process::exit(1);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_whose_need_failed_is_not_run_and_others_are() {
        let mut stages = Stages::new(3);
        let mut ran = Vec::new();
        stages.run("first", &[], || Err(anyhow!("no")));
        stages.run("second", &["first"], || {
            ran.push("second");
            Ok(())
        });
        stages.run("third", &[], || {
            ran.push("third");
            Ok(())
        });
        assert_eq!(ran, ["third"]);
        assert_eq!(stages.results, [("first", false), ("second", false), ("third", true)]);
    }
}
