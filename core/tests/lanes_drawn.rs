//! The timeline as it is drawn: places of times, bars, markers, round times, what stands where.

use nicscope_core::diagram::lanes::{
    DRAWN, ROWS, Row, Stands, bars, marks, stands, ticks, time_at, x_of,
};
use nicscope_core::scenario::named;
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::timeline::{Lane, Marker, Window};

const WIDTH: i32 = 1_000;

fn surveyed(name: &str) -> Session {
    let (scenario, _) = named(name).expect("a ready scenario");
    let mut session = Session::new(scenario);
    while session.run(Command::ToEnd) == Outcome::Unfinished {}
    while session.run(Command::Survey(50_000)) == Outcome::Unfinished {}
    session
}

/// A run as a whole, and the stretch around its first interrupt, in which each step is shown.
fn windows(session: &mut Session) -> [Window; 2] {
    let end = session.surveyed().1;
    let step = session.marked(&[Marker::Interrupt], (0, true)).expect("an interrupt");
    session.run(Command::ToStep(step));
    let at_ns = session.machine().now;
    let close = session.window((at_ns - 500, at_ns + 1_500));
    assert!(!close.passages.is_empty(), "no single steps");
    [session.window((0, end)), close]
}

/// The bars of a path: left and right end, and height.
fn read(data: &str) -> Vec<(i32, i32, i32)> {
    let number = |text: &str| text.parse::<i32>().expect("a number");
    data.split('M')
        .skip(1)
        .map(|bar| {
            let (x, rest) = bar.split_once(' ').expect("x");
            let (_, rest) = rest.split_once("v-").expect("base");
            let (height, rest) = rest.split_once('h').expect("height");
            let (wide, _) = rest.split_once('v').expect("width");
            (number(x), number(x) + number(wide), number(height))
        })
        .collect()
}

#[test]
fn each_lane_is_in_one_row() {
    for lane in Lane::ALL {
        assert_eq!(ROWS.iter().filter(|row| row.contains(&lane)).count(), 1, "{lane:?}");
    }
    for marker in Marker::ALL {
        assert!(ROWS.iter().any(|row| row.contains(&marker.lane())), "{marker:?}");
    }
}

#[test]
fn a_time_and_its_place_lead_to_each_other() {
    for window in windows(&mut surveyed("budget")) {
        assert_eq!(x_of(&window, window.from_ns, WIDTH), 0);
        assert_eq!(x_of(&window, window.until_ns, WIDTH), WIDTH);
        assert_eq!(time_at(&window, -5, WIDTH), window.from_ns);
        for x in 0..=WIDTH {
            let back = x_of(&window, time_at(&window, x, WIDTH), WIDTH);
            assert!((back - x).abs() <= 1, "{x} comes back as {back}");
        }
    }
}

#[test]
fn a_bar_stands_where_a_lane_acts_and_nowhere_else() {
    for window in windows(&mut surveyed("budget")) {
        for row in ROWS {
            let bars = read(&bars(&window, row, WIDTH, (20, 14)));
            assert!(bars.iter().all(|(from, until, high)| from < until && (1..=14).contains(high)));
            assert!(bars.windows(2).all(|pair| pair[0].0 <= pair[1].0), "not in order");
            if window.passages.is_empty() {
                // The places of stretches are rounded: an edge may be a pixel off.
                for x in 0..WIDTH {
                    let drawn =
                        bars.iter().any(|(from, until, _)| (*from - 3..*until + 3).contains(&x));
                    let here = stands(&window, row, x, WIDTH) != Stands::Nothing;
                    assert!(drawn || !here, "nothing is drawn at {x} of {row:?}");
                }
            } else {
                let own = window.passages.iter().filter(|passage| row.contains(&passage.lane));
                assert_eq!(bars.len(), own.count(), "{row:?}");
            }
        }
    }
}

#[test]
fn what_stands_at_a_place_is_the_step_whose_time_is_there() {
    let [whole, close] = windows(&mut surveyed("budget"));
    let row_of =
        |lane: Lane| -> Row { ROWS.into_iter().find(|row| row.contains(&lane)).expect("a row") };
    for passage in &close.passages {
        let row = row_of(passage.lane);
        let x = x_of(&close, passage.at_ns, WIDTH);
        let Stands::Step(found) = stands(&close, row, x, WIDTH) else {
            panic!("nothing at {x} for step {}", passage.step);
        };
        assert!(row.contains(&found.lane));
        assert!(
            (x_of(&close, found.at_ns, WIDTH) - x).abs() <= 2 || found.until_ns >= passage.at_ns
        );
    }
    let acted: u32 =
        whole.buckets.list.iter().map(|bucket| bucket.steps[Lane::Hardirq as usize]).sum();
    let seen = (0..=WIDTH).filter(|x| {
        matches!(stands(&whole, row_of(Lane::Hardirq), *x, WIDTH), Stands::Steps(count, share) if count > 0 && share <= 100)
    });
    assert!(acted > 0 && seen.count() > 0);
}

#[test]
fn markers_that_would_overlap_stand_as_one_and_none_is_lost() {
    for name in ["budget", "stream"] {
        for window in windows(&mut surveyed(name)) {
            let marks = marks(&window, WIDTH);
            for marker in DRAWN {
                let own: Vec<_> = marks.iter().filter(|mark| mark.marker == marker).collect();
                assert!(
                    own.windows(2).all(|pair| pair[1].x - pair[0].x >= 18),
                    "{marker:?} overlap"
                );
                let all = window.buckets.list.iter().map(|bucket| bucket.marks[marker as usize]);
                assert_eq!(own.iter().map(|mark| mark.count).sum::<u32>(), all.sum(), "{marker:?}");
            }
            assert!(marks.iter().all(|mark| DRAWN.contains(&mark.marker)));
        }
    }
}

#[test]
fn times_are_round_and_few() {
    for window in windows(&mut surveyed("budget")) {
        let zero = window.from_ns + 777;
        let ticks = ticks(&window, zero, WIDTH);
        assert!((3..=8).contains(&ticks.len()), "{} times", ticks.len());
        let every = ticks[1].1 - ticks[0].1;
        let lead = every.to_string();
        assert!(lead.trim_end_matches('0').len() == 1 && "125".contains(&lead[..1]), "{every}");
        for (x, at_ns) in ticks {
            assert_eq!(x, x_of(&window, at_ns, WIDTH));
            assert_eq!(at_ns.abs_diff(zero) % every, 0);
        }
    }
}
