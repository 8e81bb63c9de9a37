//! `cargo xtask soak`: many random machines and mutated captures, every invariant after every step; very many
//! mutated kernels.

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use nicscope_tests::soak::{capture, kernel, machine};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// Options of `cargo xtask soak`.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Args {
    /// Random machines
    #[arg(long, default_value_t = 10_000)]
    machines: u64,
    /// Mutated captures
    #[arg(long, default_value_t = 10_000)]
    captures: u64,
    /// Mutated kernels: base and module
    #[arg(long, default_value_t = 1_000_000)]
    kernels: u64,
    /// Steps of each machine and capture, after its set-up
    #[arg(long, default_value_t = 5_000)]
    steps: u64,
    /// The first seed; each next one is one more
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

/// A kind of work: what is watched by a seed for so many steps.
type Watch = fn(u64, u64) -> Result<u64, String>;

/// Watches all; the first that goes wrong is told, with the command that repeats it.
pub(crate) fn run(args: Args) -> Result<()> {
    soak("machines", args, args.machines, machine)?;
    soak("captures", args, args.captures, capture)?;
    soak("kernels", args, args.kernels, kernel)
}

fn soak(what: &str, args: Args, count: u64, watch: Watch) -> Result<()> {
    let bar = ProgressBar::new(count);
    bar.set_style(ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {eta}")?);
    bar.set_prefix(what.to_owned());
    let (next, steps, wrong) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::new(None));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || wrong.lock().expect("no one panics with it").is_some() {
                return;
            }
            let seed = args.seed + number;
            let watched = catch_unwind(AssertUnwindSafe(|| watch(seed, args.steps)));
            match watched.unwrap_or_else(|_| Err("it panicked, as told above".to_owned())) {
                Ok(made) => {
                    steps.fetch_add(made, Ordering::Relaxed);
                }
                Err(message) => *wrong.lock().expect("as above") = Some((seed, message)),
            }
            bar.inc(1);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    bar.finish_and_clear();
    if let Some((seed, message)) = wrong.into_inner().expect("as above") {
        let one = |kind: &str| u64::from(kind == what);
        bail!(
            "{what}, seed {seed}: {message}\nagain: cargo xtask soak --seed {seed} --machines {} \
             --captures {} --kernels {} --steps {}",
            one("machines"),
            one("captures"),
            one("kernels"),
            args.steps
        );
    }
    let seen = if what == "kernels" { "structs seen" } else { "steps watched" };
    println!("{count} {what}, {} {seen}, nothing wrong", steps.into_inner());
    Ok(())
}
