//! The project's own commands, run as `cargo xtask <command>`.
//!
//! They bring what they need (into `.tools/`, which git ignores, or through the system's package
//! manager), say so first, and do nothing twice. Each subcommand is one file with an `Args` and a
//! `run`; the files in [`setup`] bring the tools.

mod bench;
mod build;
mod child;
mod curate;
mod dist;
mod kernels;
mod layout;
mod pack;
mod profile;
mod run;
mod serve;
mod setup;
mod soak;
mod split;
mod stages;
mod test;
mod trunk;
mod truth;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// `soak` counts memory. `bench`, which runs in the release profile, measures without.
#[cfg(debug_assertions)]
#[global_allocator]
static COUNTED: nicscope_tests::memory::Counted = nicscope_tests::memory::Counted;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The project's own commands")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring what is missing, build, and open the page
    Serve(serve::Args),
    /// Run everything that CI runs
    Test(test::Args),
    /// Build the static site into dist/
    Build(build::Args),
    /// Build the site with its static pages into dist/, for any static host
    Dist(dist::Args),
    /// Run the machine without a browser and print what came of it
    Run(run::Args),
    /// Measure the engine and the page, and print one line of JSON a figure
    Bench(bench::Args),
    /// Measure what a first visit runs; the rest of the program comes later
    Profile(profile::Args),
    /// Watch many random machines and mutated captures, every step of each, and read very many mutated kernels
    Soak(soak::Args),
    /// Compare the model's calls with recordings of a real kernel
    Truth(truth::Args),
    /// Print the layouts of the structs of a BTF file
    Layout(layout::Args),
    /// Write the layouts that the page shows into static/atlas
    Curate(curate::Args),
    /// Cut the BTF of the page's kernels out of Debian's packages into static/atlas
    Kernels(kernels::Args),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(args) => serve::run(args),
        Command::Test(args) => test::run(args),
        Command::Build(args) => build::run(args),
        Command::Dist(args) => dist::run(args),
        Command::Run(args) => run::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Profile(args) => profile::run(args),
        Command::Soak(args) => soak::run(args),
        Command::Truth(args) => truth::run(args),
        Command::Layout(args) => layout::run(args),
        Command::Curate(args) => curate::run(args),
        Command::Kernels(args) => kernels::run(args),
    }
}
