//! Routes: what is for another address ends in `ip_error`, each batch in its order.

use super::recording::{Recording, burst, record};
use nicscope_core::fact::RoutineId as Id;
use nicscope_core::machine::{Driver, DropReason, IPPROTO_TCP, TcpHeader, TrafficFlow};
use nicscope_core::scenario::Scenario;

/// A frame for the host, then a batch: `l` is for the host, `a` and `b` for two other addresses.
fn batch(letters: &str) -> Scenario {
    let mut scenario = burst(Driver::Ice, u32::try_from(letters.len()).expect("a few"));
    let first = scenario.traffic.flows[0];
    let to = |last| TrafficFlow { destination: [203, 0, 113, last], ..first };
    scenario.traffic.flows.extend([to(1), to(2)]);
    for (frame, letter) in scenario.traffic.frames[1..].iter_mut().zip(letters.chars()) {
        frame.flow = match letter {
            'a' => 1,
            'b' => 2,
            _ => 0,
        };
        frame.local = letter == 'l';
    }
    scenario
}

/// Which lines ran for which packets of the batch, as `line packet`; packets count from 1.
fn order(run: &Recording, lines: &[(Id, &str, &str)]) -> String {
    let mut found: Vec<(usize, String)> = Vec::new();
    for &(routine, line, short) in lines {
        let named = |place: usize| format!("{short}{}", run.facts[place].packet.0);
        found.extend(run.all(routine, line).map(|place| (place, named(place))));
    }
    found.sort();
    let names = found.into_iter().map(|(_, name)| name).filter(|name| !name.ends_with('0'));
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_has_one_route_is_delivered_before_the_first_of_another_joins_it() {
    let lines = [
        (Id::IpRcvFinishCore, "UseHint", "hint"),
        (Id::IpRouteInputSlow, "Set", "local"),
        (Id::IpRouteInputSlow, "Unreachable", "nowhere"),
        (Id::IpLocalDeliver, "Fragment", "deliver"),
        (Id::IpError, "Drop", "drop"),
    ];
    for (letters, expected) in [
        ("ll", "local1 hint2 deliver1 deliver2"),
        ("laal", "local1 nowhere2 deliver1 hint3 local4 drop2 drop3 deliver4"),
        ("aab", "nowhere1 hint2 nowhere3 drop1 drop2 drop3"),
    ] {
        let run = record(&batch(letters));
        assert_eq!(order(&run, &lines), expected, "{letters}");
        let elsewhere = letters.matches(['a', 'b']).count() as u64;
        assert_eq!(run.machine.drops.of(DropReason::IpInAddrErrors), elsewhere, "{letters}");
        assert_eq!(run.machine.drops.total(), elsewhere, "{letters}");
    }
}

#[test]
fn the_source_is_checked_only_for_a_local_route() {
    // The first frame of all is local too.
    for (letters, checks) in [("ll", 3), ("aa", 1), ("laal", 3)] {
        assert_eq!(record(&batch(letters)).count(Id::FibValidateSource, "Check"), checks);
    }
}

#[test]
fn another_type_of_service_is_no_hint() {
    let mut scenario = batch("ll");
    scenario.traffic.frames[2].tos = 8;
    assert_eq!(record(&scenario).count(Id::IpRcvFinishCore, "UseHint"), 0);
}

#[test]
fn what_is_for_another_address_has_no_socket() {
    let mut scenario = batch("lab");
    assert_eq!(scenario.traffic.udp_flows(), [0]);
    for flow in &mut scenario.traffic.flows {
        flow.protocol = IPPROTO_TCP;
    }
    for frame in &mut scenario.traffic.frames {
        frame.protocol = IPPROTO_TCP;
        frame.tcp = TcpHeader { seq: 1, ack: 1, flags: 0x10, length: 20, ..TcpHeader::default() };
    }
    let flows: Vec<u32> = scenario.traffic.connections().iter().map(|open| open.flow).collect();
    assert_eq!(flows, [0]);
    // Early demux finds no connection, so the route is looked up.
    assert_eq!(record(&scenario).machine.drops.of(DropReason::IpInAddrErrors), 2);
}
