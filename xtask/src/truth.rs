//! `cargo xtask truth DIR`: the model's calls against recordings of a real kernel.
//!
//! A folder holds `coverage.txt` and one JSON file an experiment. Both sides keep the functions of
//! `coverage.txt` and the tracepoints; depth is rebuilt over what is kept; then function, depth and
//! context must agree in order.

mod calls;
mod compare;
mod experiment;

use anyhow::{Context, Result, bail};
use calls::{Call, record};
use compare::Equal;
use experiment::Experiment;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Options of `cargo xtask truth`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of recordings
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print the model's own calls, unfiltered, instead of comparing
    #[arg(long)]
    emit: bool,
}

/// Compares, or emits, every experiment of the folder; fails if one of them differs.
pub(crate) fn run(args: Args) -> Result<()> {
    let covered = coverage(&args.folder)?;
    let experiments = experiments(&args.folder)?;
    let (mut equal, mut up_to_transmit) = (0, 0);
    for experiment in &experiments {
        let outcome = match experiment.model() {
            Err(key) => Err(format!("unsupported: {key}")),
            Ok(model) => {
                let recorded = record(&model);
                if args.emit {
                    emit(experiment, &recorded.calls);
                    continue;
                }
                compare::compare(experiment, &recorded, &covered)
            }
        };
        if args.emit {
            // Standard output holds JSON lines alone.
            eprintln!("{}: {}", experiment.name, outcome.err().unwrap_or_default());
            continue;
        }
        match outcome {
            Ok(Equal::Whole) => {
                equal += 1;
                println!("{}: equal", experiment.name);
            }
            Ok(Equal::UpToTransmit { function, row, of }) => {
                up_to_transmit += 1;
                println!(
                    "{}: equal up to {function}, the first transmit call (row {row} of {of}): \
                     comparing stops here, transmit comes later",
                    experiment.name
                );
            }
            Err(difference) => println!("{}: {difference}", experiment.name),
        }
    }
    if !args.emit {
        let all = experiments.len();
        println!("{equal} of {all} equal, {up_to_transmit} more up to their first transmit call");
    }
    Ok(())
}

fn emit(experiment: &Experiment, calls: &[Call]) {
    let rows: Vec<_> =
        calls.iter().map(|call| json!([call.depth, call.name, call.context])).collect();
    let line = json!({
        "experiment": experiment.name,
        "driver": experiment.driver,
        "kernel": experiment.kernel,
        "calls": rows,
    });
    println!("{line}");
}

fn coverage(folder: &Path) -> Result<BTreeSet<String>> {
    let path = folder.join("coverage.txt");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let names = text.lines().map(str::trim);
    Ok(names.filter(|name| !name.is_empty() && !name.starts_with('#')).map(str::to_owned).collect())
}

fn experiments(folder: &Path) -> Result<Vec<Experiment>> {
    let mut experiments = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path)?;
            let experiment = serde_json::from_str(&text)
                .with_context(|| format!("{} is not an experiment", path.display()))?;
            experiments.push(experiment);
        }
    }
    if experiments.is_empty() {
        bail!("{} holds no experiment (*.json)", folder.display());
    }
    // E2 before E10.
    experiments
        .sort_by_key(|experiment: &Experiment| (experiment.name.len(), experiment.name.clone()));
    Ok(experiments)
}

#[cfg(test)]
mod tests {
    use super::{Equal, compare, coverage, experiments, record};

    fn folder() -> std::path::PathBuf {
        crate::workspace::root().join("tests/data/truth")
    }

    #[test]
    fn the_experiments_equal_their_recordings() {
        let covered = coverage(&folder()).expect("coverage.txt");
        for experiment in experiments(&folder()).expect("recordings") {
            let model = experiment.model().expect("a setup that the model knows");
            let recorded = record(&model);
            let how_far = compare::compare(&experiment, &recorded, &covered)
                .unwrap_or_else(|difference| panic!("{}: {difference}", experiment.name));
            match experiment.name.as_str() {
                // Five segments make one ACK.
                "E4" => assert!(
                    matches!(&how_far, Equal::UpToTransmit { function, .. } if function == "__alloc_skb"),
                    "{how_far:?}"
                ),
                _ => assert_eq!(how_far, Equal::Whole, "{}", experiment.name),
            }
        }
    }

    #[test]
    fn a_changed_recording_is_found_different() {
        let covered = coverage(&folder()).expect("coverage.txt");
        let mut first = experiments(&folder()).expect("recordings").remove(0);
        let recorded = record(&first.model().expect("known"));
        let place =
            first.calls.iter().position(|row| row.1 == "eth_type_trans").expect("E1 has it");
        first.calls[place].2 = "task".to_owned();
        let difference = compare::compare(&first, &recorded, &covered).expect_err("changed");
        assert!(difference.contains("eth_type_trans"), "{difference}");
        first.calls.remove(place);
        assert!(compare::compare(&first, &recorded, &covered).is_err());
    }
}
