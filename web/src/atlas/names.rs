//! The names of the chosen structs and their members, to be searched.

use nicscope_core::atlas::{FoundName, Layouts, MEMBER_WEIGHT, short_name};
use nicscope_core::search::{Builder, Index};

/// An index of chosen structs.
pub(super) struct Names {
    structs: Vec<(String, Vec<String>)>,
    index: Index,
}

impl Names {
    /// All names of all layouts.
    pub(super) fn of(layouts: &Layouts) -> Self {
        let mut builder = Builder::new(usize::MAX);
        let structs = layouts.all().map(|layout| {
            builder.add(&layout.name, 0);
            short_name(&layout.name).into_iter().for_each(|short| {
                builder.also(short);
            });
            let paths: Vec<String> = layout.paths().map(|(path, _)| path).collect();
            for path in &paths {
                builder.add_below(path, MEMBER_WEIGHT);
            }
            (layout.name.clone(), paths)
        });
        let structs = structs.collect();
        Self { structs, index: builder.finish() }
    }

    /// The best of what fits, and how many do.
    pub(super) fn find(&self, typed: &str, most: usize) -> (Vec<FoundName>, usize) {
        let hits = self.index.find(typed, most);
        let found = hits.best.iter().filter_map(|hit| {
            let (name, paths) = self.structs.get(hit.top as usize)?;
            let path = (hit.below as usize).checked_sub(1).and_then(|place| paths.get(place));
            let (path, near, cost) = (path.cloned(), hit.near, hit.cost);
            Some(FoundName { name: name.clone(), path, near, cost })
        });
        (found.collect(), hits.total)
    }
}
