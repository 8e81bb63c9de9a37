//! How long all layouts of a kernel take.

use crate::kernels;
use anyhow::{Result, anyhow};
use nicscope_core::atlas::{BASE_OBJECT, Btf};
use std::time::Instant;

/// Measures the reading of Linux 6.1's BTF and the making of all its layouts, one at a time.
pub(super) fn layouts() -> Result<()> {
    let file = kernels::unpacked("6.1", BASE_OBJECT)?;
    let btf = Btf::read(&file).map_err(|error| anyhow!("{error:?}"))?;
    let members: usize = btf.layouts().flatten().map(|layout| layout.members.len()).sum();
    let round = || {
        let start = Instant::now();
        let btf = Btf::read(std::hint::black_box(&file)).ok();
        let layouts = btf.iter().flat_map(|btf| btf.layouts().flatten());
        std::hint::black_box(layouts.map(|layout| layout.members.len()).sum::<usize>());
        start.elapsed().as_secs_f64() * 1_000.0
    };
    let rounds = (0..super::ROUNDS).map(|_| round()).collect();
    super::print("btf_layout_native_ms", super::percentile(rounds, 50), "ms");
    super::print("btf_layout_members", super::count(members as u64), "1");
    Ok(())
}
