//! The keyframes of a run.

use super::stop::{Stop, StopSink, watch_steps};
use crate::machine::{Machine, Traffic};

/// Steps between two keyframes at the start of a run.
const FIRST_SPACING: u64 = 1_024;
/// Keyframes kept; when there would be more, every second one goes and the spacing doubles.
const KEYFRAMES_MAX: u64 = 128;
/// Keyframes kept however large the machine is.
const KEYFRAMES_LEAST: u64 = 16;
/// Bytes that they may take together: a large machine has fewer of them. Wasm memory never shrinks,
/// so this bounds what there ever was.
const KEYFRAMES_BYTES: u64 = 80 << 20;

/// No line of the hardware takes longer by its kind.
pub(super) const HARDWARE_LINE_NS: u64 = 1_000;

/// Clones of the machine at evenly spaced steps, as far as the run has been explored.
#[derive(Clone, Debug)]
pub struct Keyframes {
    frames: Vec<Machine>,
    spacing: u64,
    /// The machine at the furthest step reached.
    frontier: Machine,
    ended: bool,
}

impl Keyframes {
    /// The keyframes of a run that has not begun.
    #[must_use]
    pub fn new(start: Machine) -> Self {
        Self { frames: vec![start.clone()], spacing: FIRST_SPACING, frontier: start, ended: false }
    }

    /// The furthest step reached.
    #[must_use]
    pub fn explored(&self) -> u64 {
        self.frontier.step
    }

    /// When the furthest step reached was made.
    #[must_use]
    pub fn explored_ns(&self) -> u64 {
        self.frontier.now
    }

    /// Whether the run ends there.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Runs up to `steps` steps further and keeps keyframes on the way.
    pub fn explore(&mut self, traffic: &Traffic, steps: u64) {
        let goal = self.frontier.step.saturating_add(steps);
        while !self.ended && self.frontier.step < goal {
            let next = (self.frontier.step / self.spacing + 1) * self.spacing;
            let wanted = next.min(goal) - self.frontier.step;
            let made = replay(&mut self.frontier, traffic, wanted);
            self.ended = made < wanted;
            if self.frontier.step == next {
                self.keep_frontier();
            }
        }
    }

    /// The machine at `step`, which must be explored.
    ///
    /// # Panics
    /// If `step` lies beyond what was explored.
    #[must_use]
    pub fn at(&self, traffic: &Traffic, step: u64) -> Machine {
        assert!(step <= self.frontier.step, "only an explored step can be sought");
        let mut machine = self.nearest(step).clone();
        let wanted = step - machine.step;
        replay(&mut machine, traffic, wanted);
        machine
    }

    /// The last keyframe at or before `step`.
    #[must_use]
    pub fn nearest(&self, step: u64) -> &Machine {
        let after = self.frames.partition_point(|frame| frame.step <= step);
        &self.frames[after - 1]
    }

    /// A keyframe from which all that goes on at `at_ns` is made anew.
    #[must_use]
    pub fn before_time(&self, at_ns: u64) -> &Machine {
        let early = |machine: &Machine| {
            let busy = machine.cpus.iter().any(|cpu| cpu.free_at > at_ns);
            machine.now.saturating_add(HARDWARE_LINE_NS) <= at_ns && !busy
        };
        let after = self.frames.partition_point(|frame| frame.now <= at_ns);
        let found = self.frames[..after].iter().rev().find(|frame| early(frame));
        found.unwrap_or(&self.frames[0])
    }

    /// The last step made at or before `at_ns`.
    #[must_use]
    pub fn step_at_time(&self, traffic: &Traffic, at_ns: u64) -> u64 {
        let after = self.frames.partition_point(|frame| frame.now <= at_ns);
        let mut machine = self.frames[after.saturating_sub(1)].clone();
        let mut step = machine.step;
        while machine.step < self.frontier.step {
            replay(&mut machine, traffic, 1);
            if machine.now > at_ns {
                break;
            }
            step = machine.step;
        }
        step
    }

    /// Bytes of all keyframes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.frames.iter().map(Machine::state_bytes).sum()
    }

    fn keep_frontier(&mut self) {
        while self.frames.len() >= most(&self.frontier) {
            let mut keep = false;
            self.frames.retain(|_| {
                keep = !keep;
                keep
            });
            self.spacing *= 2;
        }
        if self.frontier.step.is_multiple_of(self.spacing) {
            self.frames.push(self.frontier.clone());
        }
    }
}

/// Makes up to `steps` steps; returns how many were made.
fn replay(machine: &mut Machine, traffic: &Traffic, steps: u64) -> u64 {
    watch_steps(machine, traffic, steps, &mut StopSink::new(Stop::Line))
}

/// How many keyframes of a machine of this size are kept.
fn most(machine: &Machine) -> usize {
    let fit = KEYFRAMES_BYTES / machine.state_bytes();
    usize::try_from(fit.clamp(KEYFRAMES_LEAST, KEYFRAMES_MAX)).expect("a small number")
}

#[cfg(test)]
mod tests {
    use super::{KEYFRAMES_BYTES, Keyframes};
    use crate::engine::power_on;
    use crate::machine::{Driver, Settings};
    use crate::scenario::Generator;

    #[test]
    fn keyframes_of_a_large_machine_stay_within_their_bytes() {
        let traffic = Generator { packets: 3_000, flows: 16, ..Generator::default() }.traffic();
        let settings = Settings { queues: 8, rx_ring: 2_048, ..Settings::of(Driver::Ice) };
        let mut keyframes = Keyframes::new(power_on(settings, &traffic));
        while !keyframes.ended() {
            keyframes.explore(&traffic, 10_000);
            assert!(keyframes.bytes() <= KEYFRAMES_BYTES, "{} bytes", keyframes.bytes());
        }
        assert!(keyframes.bytes() > KEYFRAMES_BYTES / 4, "{} bytes", keyframes.bytes());
    }
}
