//! Random sessions: a random machine, moved about at random.

use nicscope_core::machine::{CostProfile, Driver, Settings};
use nicscope_core::scenario::{Generator, Scenario};
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::timeline::Stop;
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// How many sessions a comparison takes.
pub const SESSIONS: u64 = 1_000;
/// Commands of one session.
const COMMANDS: u32 = 8;

/// The scenario of a seed: a small machine with little traffic.
#[must_use]
pub fn scenario(random: &mut Pcg32) -> Scenario {
    let mut below = |limit: u32| random.next_u32() % limit;
    let driver = if below(2) == 0 { Driver::Ice } else { Driver::Igb };
    let generator = Generator {
        seed: u64::from(below(1_000_000)),
        packets: 1 + below(60),
        payload: below(1_473),
        flows: 1 + below(4),
        burst: 1 + below(40),
        gap_ns: u64::from(below(20_000)),
        link_mbps: 1_000 + below(100_000),
        bad_per_mille: below(300),
        ..Generator::default()
    };
    let settings = Settings {
        queues: [1, 2, 3, 4][below(4) as usize],
        rx_ring: [16, 32, 64][below(3) as usize],
        itr_ns: below(60_000),
        rcvbuf: 2_304 + below(200_000),
        iommu: below(2) == 0,
        app_ns: below(20_000),
        costs: if below(4) == 0 { CostProfile::Emulator } else { CostProfile::Server },
        page_failures: below(3),
        skb_failures: below(3),
        ..Settings::of(driver)
    };
    Scenario { settings, traffic: generator.traffic() }
}

/// Runs a command to its end.
pub fn run(session: &mut Session, command: Command) -> Outcome {
    loop {
        match session.run(command) {
            Outcome::Unfinished => {}
            outcome => return outcome,
        }
    }
}

/// Moves about in the session of a seed; where it was and what the state was, in one line.
#[must_use]
pub fn session(seed: u64) -> String {
    let mut random = Pcg32::new(seed, 7);
    let mut session = Session::new(scenario(&mut random));
    run(&mut session, Command::ToEnd);
    let last = session.step();
    let mut line = format!("{seed} {last} {:016x}", session.machine().state_hash());
    for _ in 0..COMMANDS {
        let stops = [Stop::Line, Stop::Function, Stop::Packet, Stop::Poll, Stop::Interrupt];
        let stop = stops[random.next_u32() as usize % stops.len()];
        let anywhere = u64::from(random.next_u32()) % (last + 1);
        let command = match random.next_u32() % 6 {
            0 => Command::Forward(stop),
            1 => Command::Back(stop),
            2 => Command::By(i64::from(random.next_u32() % 400) - 200),
            3 => Command::ToFirstFrame,
            _ => Command::ToStep(anywhere),
        };
        run(&mut session, command);
        let fact = session.fact().map_or(0, |fact| fact.at ^ u64::from(fact.object));
        line.push_str(&format!(
            " {}:{:016x}:{fact:x}",
            session.step(),
            session.machine().state_hash()
        ));
    }
    line
}
