//! What the run has of the struct that is looked at, found little by little.

use super::super::walk::Run;
use crate::browser::clock::Clock;
use crate::player::{Studied, Study};
use crate::views::structs::Subject;
use crate::widgets::{HookContext, kept, on_change};
use std::rc::Rc;

/// What has been found; none without a run.
pub(super) fn studied(
    hooks: &mut HookContext,
    run: &Run,
    subject: Option<&Subject>,
    member: Option<&str>,
) -> Option<Rc<Studied>> {
    let found = kept(hooks, || None::<Rc<Studied>>);
    let study = subject.map(|subject| {
        let paths = subject.paths.iter().map(ToString::to_string).collect();
        let (name, member) = (subject.layout.name.clone(), member.map(str::to_owned));
        Rc::new(Study { name, paths, member })
    });
    on_change(hooks, study, {
        let (run, found) = (run.clone(), found.clone());
        move |study| {
            let study = study.clone();
            let clock = Clock::new(move |_| {
                let studied = study.clone().and_then(|study| run.study.emit(study));
                let goes_on = studied.as_ref().is_some_and(|studied| !studied.is_complete);
                found.set(studied.map(Rc::new));
                goes_on
            });
            clock.wake();
            move || clock.stop()
        }
    });
    // What was found of another struct is out of date.
    found.get().filter(|found| subject.is_some_and(|subject| found.name == subject.layout.name))
}
