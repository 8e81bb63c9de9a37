//! A run with all its facts.

use nicscope_core::engine::{advance, line_info, power_on};
use nicscope_core::fact::{Fact, RoutineId};
use nicscope_core::machine::{CostProfile, Driver, Machine, Settings};
use nicscope_core::scenario::{Generator, Scenario};

/// What happened from the first frame on, and the machine after it.
pub(super) struct Recording {
    pub(super) facts: Vec<Fact>,
    pub(super) machine: Machine,
}

impl Recording {
    /// How often a line ran.
    pub(super) fn count(&self, routine: RoutineId, line: &str) -> usize {
        self.all(routine, line).count()
    }

    /// The places among the facts at which a line ran.
    pub(super) fn all(&self, routine: RoutineId, line: &str) -> impl Iterator<Item = usize> {
        (0..self.facts.len()).filter(move |&place| is(&self.facts[place], routine, line))
    }

    /// The first place at which a line ran, from `from` on.
    pub(super) fn next(&self, from: usize, routine: RoutineId, line: &str) -> usize {
        let found = self.all(routine, line).find(|&place| place >= from);
        found.unwrap_or_else(|| panic!("{routine:?}.{line} did not run after fact {from}"))
    }

    /// The objects of the facts of a line.
    pub(super) fn objects(&self, routine: RoutineId, line: &str) -> Vec<u16> {
        self.all(routine, line).map(|place| self.facts[place].object).collect()
    }
}

/// Whether the fact is of that line.
pub(super) fn is(fact: &Fact, routine: RoutineId, line: &str) -> bool {
    fact.line.routine == routine && line_info(fact.line).name() == line
}

/// Runs to the end.
pub(super) fn record(scenario: &Scenario) -> Recording {
    record_disturbed(scenario, |_, _| {})
}

/// Runs to the end; `disturb` may change the machine after each step, knowing its fact.
pub(super) fn record_disturbed(
    scenario: &Scenario,
    mut disturb: impl FnMut(&mut Machine, &Fact),
) -> Recording {
    let traffic = &scenario.traffic;
    let mut machine = power_on(scenario.settings, traffic);
    let mut facts = Vec::new();
    while advance(&mut machine, traffic, &mut facts) {
        let last = *facts.last().expect("each step states a fact");
        disturb(&mut machine, &last);
        if machine.arrived == 0 {
            facts.clear();
        }
    }
    Recording { facts, machine }
}

/// A frame, and so many more 2 us after it: before the card may interrupt again, so that one
/// interrupt finds them all. The card takes no time.
pub(super) fn burst(driver: Driver, packets: u32) -> Scenario {
    burst_after(driver, packets, 2_000)
}

/// A frame, and so many more at once `gap_ns` after it.
pub(super) fn burst_after(driver: Driver, packets: u32, gap_ns: u64) -> Scenario {
    let packets = packets + 1;
    let generator =
        Generator { packets, burst: packets, link_mbps: 400_000, ..Generator::default() };
    let settings = Settings {
        rx_ring: 2048,
        rcvbuf: 16_000_000,
        costs: CostProfile::Emulator,
        ..Settings::of(driver)
    };
    let mut traffic = generator.traffic();
    traffic.frames[1..].iter_mut().for_each(|frame| frame.at_ns += gap_ns);
    Scenario { settings, traffic }
}
