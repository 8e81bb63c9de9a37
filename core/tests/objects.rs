//! Stepping by object: each step that concerns it is found, both ways, and none is made up.

use nicscope_core::engine::{info, line_info};
use nicscope_core::fact::Object;
use nicscope_core::machine::Driver;
use nicscope_core::scenario::Setup;
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::units::PacketId;
use nicscope_core::view::{Followed, ObjectId, ObjectKind, Whereabouts, concerns, whereabouts};

fn session(name: &str, driver: Driver) -> Session {
    let mut setup = Setup::of(driver);
    setup.choose("packets", "60").expect("a number");
    setup.choose("rx_ring", "16").expect("a size");
    Session::new(setup.ready(name).expect("a ready scenario"))
}

fn object(driver: Driver, key: &str) -> ObjectId {
    ObjectId::of_key(driver, key).expect(key)
}

/// All steps that concern an object, found by a look at each step.
fn by_hand(mut session: Session, id: ObjectId) -> Vec<u64> {
    let mut steps = Vec::new();
    while session.run(Command::By(1)) == Outcome::Moved {
        if concerns(&session.place_now(), id) {
            steps.push(session.step());
        }
    }
    steps
}

#[test]
fn each_step_of_an_object_is_found_on_the_way_on_and_on_the_way_back() {
    let cases = [
        ("stream", Driver::Ice, ["desc0.3", "buf0.3", "skb15", "napi0", "page5", "ring0"]),
        ("shared-budget", Driver::Igb, ["desc2.3", "buf1.0", "skb1", "napi3", "vector1", "ring2"]),
        ("generator", Driver::Ice, ["udp0", "sock0", "irq1", "softnet0", "shinfo15", "gro0.0"]),
        ("stream", Driver::Igb, ["page6", "buf0.2", "gro0.3", "tcp0", "grocb15", "page9"]),
    ];
    for (name, driver, keys) in cases {
        for key in keys {
            let id = object(driver, key);
            let expected = by_hand(session(name, driver), id);
            assert!(expected.len() > 1 || key.starts_with("gro"), "{name}: nothing for {key}");
            let mut session = session(name, driver);
            let mut found = Vec::new();
            while session.run(Command::Next(id.into())) == Outcome::Moved {
                found.push(session.step());
            }
            assert_eq!(found, expected, "{name}: {key} on");
            assert_eq!(session.step(), expected.last().copied().unwrap_or(0), "{key}: it stays");
            let mut back = Vec::new();
            while session.run(Command::Previous(id.into())) == Outcome::Moved {
                back.push(session.step());
            }
            found.pop();
            back.reverse();
            assert_eq!(back, found, "{name}: {key} back");
        }
    }
}

/// What happens to a descriptor, as the driver and the card do it: filled, fetched, written back,
/// tested, read, filled again.
#[test]
fn the_life_of_a_descriptor_is_told_in_order() {
    let mut session = session("generator", Driver::Ice);
    let id = object(Driver::Ice, "desc0.3");
    let mut told = Vec::new();
    for _ in 0..12 {
        assert_eq!(session.run(Command::Next(id.into())), Outcome::Moved);
        let fact = session.fact().expect("a step was made");
        assert_eq!(fact.object, 3);
        told.push((info(fact.line.routine).name, line_info(fact.line).source_line()));
    }
    let filled = [("ice_alloc_rx_bufs", 763), ("ice_alloc_rx_bufs", 751)];
    let by_card = [("rx_queue", 0), ("rx_queue", 0)];
    let cleaned = [1_220, 1_227, 1_242, 38, 1_281].map(|line| ("ice_clean_rx_irq", line));
    let again = [filled[0], filled[1], by_card[0]];
    assert_eq!(told, [&filled[..], &by_card, &cleaned, &again].concat());
}

/// A line about a page says which page, not which slot it lies in.
#[test]
fn a_line_about_a_page_says_its_number() {
    let mut session = session("stream", Driver::Ice);
    let mut sampled = 0;
    while session.run(Command::By(1)) == Outcome::Moved {
        let fact = session.fact().expect("a step was made");
        let line = line_info(fact.line);
        if line.object != Object::Page || fact.object == u16::MAX {
            continue;
        }
        let pages = &session.before().memory.pages;
        let page = usize::from(fact.object);
        assert!(page < session.machine().memory.pages.len(), "{:?}", fact.line);
        if line.name() == "SampleCount" {
            let ring = &session.before().rings[0];
            assert_eq!(page, ring.rx_buf[usize::from(ring.first_desc)].page.index());
            assert!(pages[page].content.contains(&fact.packet), "{fact:?}");
            sampled += 1;
        }
    }
    assert!(sampled > 10);
}

/// The steps that concern a bucket are those at which a packet of it is looked for, held, or let go.
#[test]
fn what_happens_to_a_bucket_is_found() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut session = session("stream", driver);
        let mut changes = Vec::new();
        while session.run(Command::By(1)) == Outcome::Moved {
            let [old, new] = [session.before(), session.machine()]
                .map(|machine| machine.napis.first().map(|napi| napi.gro_hash[3]));
            changes.extend((old != new).then(|| session.step()));
        }
        assert!(changes.len() > 4, "{changes:?}");
        session.run(Command::ToStep(0));
        let id = object(driver, "gro0.3");
        let mut found = Vec::new();
        while session.run(Command::Next(id.into())) == Outcome::Moved {
            found.push(session.step());
        }
        assert!(changes.iter().all(|step| found.contains(step)), "{changes:?} {found:?}");
        let other = object(driver, "gro0.4");
        session.run(Command::ToStep(changes[1]));
        assert_eq!(session.run(Command::Next(other.into())), Outcome::AtEnd, "no packet of it");
    }
}

/// A page that leaves its buffer for another one, and one that is let go.
#[test]
fn what_moves_a_page_concerns_it() {
    for driver in [Driver::Ice, Driver::Igb] {
        let mut session = session("stream", driver);
        let mut told = 0;
        while session.run(Command::By(1)) == Outcome::Moved {
            let fact = session.fact().expect("a step was made");
            if !["Reuse", "Drain"].contains(&line_info(fact.line).name())
                || line_info(fact.line).object != Object::RxBuf
            {
                continue;
            }
            let page = session.before().rings[0].rx_buf[usize::from(fact.object)].page;
            let id = object(driver, &format!("page{}", page.0));
            assert!(concerns(&session.place_now(), id), "{fact:?}");
            told += 1;
        }
        assert!(told > 0, "{driver:?}");
    }
}

/// A packet is followed from the wire through the card, a page, a descriptor and its `sk_buff` until it
/// was read; it never comes back.
#[test]
fn a_packet_is_where_its_bytes_are() {
    for (name, driver) in
        [("generator", Driver::Ice), ("generator", Driver::Igb), ("stream", Driver::Igb)]
    {
        let mut session = session(name, driver);
        let packet = PacketId(3);
        let mut way = Vec::new();
        while session.run(Command::By(1)) == Outcome::Moved {
            let at = whereabouts(&session.place_now(), packet);
            let at = match at {
                Whereabouts::In(id) => {
                    assert_eq!(Followed::Packet(packet).object(&session.place_now()), Some(id));
                    id.kind.struct_name()
                }
                Whereabouts::Wire => "wire",
                Whereabouts::Card => "card",
                Whereabouts::Gone => "gone",
            };
            if way.last() != Some(&at) {
                way.push(at);
            }
        }
        let slot = ObjectId::descriptor(driver, 0, 0).kind.struct_name();
        let skb = ObjectKind::Skb.struct_name();
        assert_eq!(way, ["wire", "card", "page", slot, skb, "gone"], "{name} {driver:?}");
    }
}

/// By packet, stepping finds what names it, both ways, and stays where there is no more.
#[test]
fn each_step_of_a_packet_is_found() {
    let mut by_hand = session("generator", Driver::Ice);
    let mut expected = Vec::new();
    while by_hand.run(Command::By(1)) == Outcome::Moved {
        let is_its = by_hand.fact().is_some_and(|fact| fact.packet == PacketId(3));
        expected.extend(is_its.then(|| by_hand.step()));
    }
    let (mut session, followed) =
        (session("generator", Driver::Ice), Followed::Packet(PacketId(3)));
    let mut found = Vec::new();
    while session.run(Command::Next(followed)) == Outcome::Moved {
        found.push(session.step());
    }
    assert_eq!(found, expected);
    assert_eq!(Some(&session.step()), expected.last());
    let mut back = Vec::new();
    while session.run(Command::Previous(followed)) == Outcome::Moved {
        back.push(session.step());
    }
    back.reverse();
    assert_eq!(back, expected[..expected.len() - 1]);
}

/// A ring has so many slots, a NAPI so many buckets, the traffic so many packets.
#[test]
fn what_a_run_can_never_have_is_known() {
    let session = session("generator", Driver::Ice);
    let is_possible = |key: &str| {
        let followed = Followed::of_key(Driver::Ice, key).expect(key);
        followed.is_possible(session.machine(), &session.scenario().traffic)
    };
    for key in ["desc0.15", "buf0.0", "gro0.7", "packet0", "packet59", "skb400", "page9"] {
        assert!(is_possible(key), "{key}");
    }
    for key in ["desc0.16", "desc1.0", "buf0.99999", "gro0.8", "packet60", "packet4294967295"] {
        assert!(!is_possible(key), "{key}");
    }
}
