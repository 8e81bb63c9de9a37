//! The project's own commands, run as `cargo xtask <command>`.
//!
//! They bring what they need (into `.tools/`, which git ignores, or through the system's package
//! manager), say so first, and do nothing twice. Each subcommand is one file with an `Args` and a
//! `run`; the files in [`setup`] bring the tools.

mod build;
mod child;
mod serve;
mod setup;
mod stages;
mod test;
mod trunk;
mod workspace;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "The project's own commands"
)]
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
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Serve(args) => serve::run(args),
        Command::Test(args) => test::run(args),
        Command::Build(args) => build::run(args),
    }
}
