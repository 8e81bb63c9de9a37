//! The stage: well-formed, its ids its own, its texts within their boxes, its letters true.

use nicscope_core::diagram::{
    Anchor, Area, Argument, Form, Kind, Label, NARROW_LEAST, Shape, Stage, WIDE_LEAST, meant_by,
    stage, svg, width_of,
};
use nicscope_core::machine::{Driver, NAPI_SCHED};
use nicscope_core::scenario::{Scenario, named};
use nicscope_core::session::{Command, Outcome, Session};
use nicscope_core::timeline::Stop;
use nicscope_core::units::PacketId;
use nicscope_core::view::{Followed, Owner, WalkView};
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [&str; 2] =
    [include_str!("../../static/text/en/page.ftl"), include_str!("../../static/text/ko/page.ftl")];
/// Widths of a phone, of the narrowest wide stage, of a desktop, of a very wide screen.
const WIDTHS: [i32; 5] = [NARROW_LEAST, 700, WIDE_LEAST, 1_008, 2_000];
/// Heights with each of them.
const HEIGHTS: [i32; 3] = [472, 500, 640];

/// What a label says in a language; its messages are one line each.
fn words(language: &str, label: &Label) -> String {
    let (key, arguments) = match label {
        Label::Ident(text) => return text.clone(),
        Label::Text { key, arguments } => (key, arguments),
    };
    let line = language.lines().find_map(|line| {
        let (id, text) = line.split_once(" = ")?;
        (id == *key).then_some(text)
    });
    let mut text = line.unwrap_or_else(|| panic!("page.ftl lacks {key}")).to_owned();
    for (name, value) in arguments {
        let value = match value {
            Argument::Number(number) => number.to_string(),
            Argument::Ident(name) => name.clone(),
        };
        let hole = format!("{{ ${name} }}");
        assert!(text.contains(&hole), "{key} does not say {name}");
        text = text.replace(&hole, &value);
    }
    assert!(!text.contains('{'), "{key} wants more: {text}");
    text
}

fn ready(name: &str, change: impl FnOnce(&mut Scenario)) -> Session {
    let (mut scenario, _) = named(name).expect("a ready scenario");
    change(&mut scenario);
    Session::new(scenario)
}

/// Places all over runs of both drivers, with small, usual and large rings, and with losses.
fn places() -> Vec<WalkView> {
    let mut views = Vec::new();
    let runs = [
        ready("generator", |_| {}),
        ready("budget", |scenario| scenario.settings.rx_ring = 16),
        ready("budget", |scenario| {
            scenario.settings = nicscope_core::machine::Settings::of(Driver::Igb);
            scenario.settings.rx_ring = 32;
        }),
        ready("shared-budget", |_| {}),
        ready("ring-dry", |_| {}),
        ready("socket-full", |_| {}),
        ready("bad-frames", |_| {}),
    ];
    for mut session in runs {
        for step in [0, 3, 40] {
            session.run(Command::ToStep(step));
            views.push(session.walk());
        }
        session.run(Command::ToFirstFrame);
        for _ in 0..400 {
            session.run(Command::Forward(Stop::Line));
            views.push(session.walk());
        }
        while session.run(Command::ToEnd) == Outcome::Unfinished {}
        let last = session.step();
        for part in 1..40 {
            session.run(Command::ToStep(last * part / 40));
            views.push(session.walk());
        }
    }
    views
}

/// A view whose every figure is as large as it can become.
fn extreme(mut view: WalkView) -> WalkView {
    let packets: Vec<PacketId> = (999_990..999_996).map(PacketId).collect();
    view.wire.arrived = 1_000_000;
    view.wire.total = 1_000_000;
    view.wire.coming = packets.iter().map(|packet| (*packet, 1_514)).collect();
    view.nic.fifo = (packets.clone(), 131_072);
    view.nic.fifo_bytes = 131_072;
    view.nic.head = 8_159;
    view.nic.tail = 8_159;
    view.nic.fetched = 8_159;
    view.nic.starved = true;
    view.nic.iotlb = (u64::MAX, u64::MAX);
    for vector in &mut view.nic.vectors {
        vector.fired = u64::MAX;
        vector.irq = u16::MAX;
        vector.itr_ns = 8_160_999;
        vector.intrl_ns = 236_999;
        vector.since_fired_ns = Some(999_999_999);
    }
    view.cpu.poll_list = u16::MAX;
    view.cpu.time_squeeze = u32::MAX;
    view.cpu.requested = 3;
    view.cpu.softirq_pending = u32::MAX;
    if let Some(napi) = &mut view.napi {
        napi.state = NAPI_SCHED;
        napi.rx_list = packets.clone();
        napi.polls = u64::MAX;
        napi.last_work = 64;
    }
    for socket in &mut view.sockets {
        socket.queue = (packets.clone(), u32::MAX);
        socket.rmem_alloc = 16_777_216;
        socket.rcvbuf = 16_777_216;
        socket.drops = u32::MAX;
        socket.packets_read = u64::MAX;
        socket.bytes_read = u64::MAX;
    }
    view.totals.dma = (u64::MAX, u64::MAX);
    if let Some(ring) = &mut view.ring {
        ring.count = 8_160;
        for (_, slot) in &mut ring.pointers {
            *slot = 8_159;
        }
        ring.owned = [8_160; 4];
        for (slot, index) in ring.window.iter_mut().zip(8_096..) {
            slot.index = index;
            slot.owner = Owner::WrittenBack;
            slot.packet = Some(PacketId(999_999));
        }
    }
    view
}

fn every<'a>(shapes: &'a [Shape], see: &mut impl FnMut(&'a Shape)) {
    for shape in shapes {
        see(shape);
        if let Kind::Group(inner) = &shape.kind {
            every(inner, see);
        }
    }
}

/// What is wrong with a stage, by shape, so that one run tells all.
type Faults = BTreeMap<String, String>;

fn examine(stage: &Stage, view: &WalkView, faults: &mut Faults) {
    let whole = Area::new(0, 0, stage.width, stage.height);
    let mut ids = BTreeSet::new();
    let mut fault = |shape: &Shape, what: String| {
        let place = format!("{} at {}, step {}", shape.id, stage.width, view.step);
        faults.entry(format!("{} {}", shape.id, stage.width)).or_insert(format!("{place}: {what}"));
    };
    every(&stage.zones, &mut |shape| {
        if !ids.insert(shape.id.clone()) {
            fault(shape, "twice".to_owned());
        }
        match &shape.kind {
            Kind::Rect { area, .. } if area.w < 0 || area.h <= 0 || !whole.holds(*area) => {
                fault(shape, format!("{area:?}"));
            }
            Kind::Text { at, anchor, face, room, label } => {
                let left = match anchor {
                    Anchor::Start => at.0,
                    Anchor::Middle => at.0 - room / 2,
                    Anchor::End => at.0 - room,
                };
                let taken = Area::new(left, at.1 - face.pixels() * 4 / 5, *room, face.pixels());
                if !whole.holds(taken) {
                    fault(shape, format!("{taken:?} leaves the stage"));
                }
                for language in LANGUAGES {
                    let text = words(language, label);
                    let width = width_of(*face, &text);
                    if width > *room {
                        fault(shape, format!("`{text}` takes {width} of {room}"));
                    }
                }
            }
            _ => {}
        }
    });
}

#[test]
fn ids_are_unique_and_texts_fit_at_every_place_and_width() {
    let views = places();
    let extremes: Vec<WalkView> = views.iter().step_by(7).cloned().map(extreme).collect();
    let mut faults = Faults::new();
    for view in views.iter().chain(&extremes) {
        for width in WIDTHS {
            for height in HEIGHTS {
                examine(&stage(view, width, height), view, &mut faults);
            }
        }
    }
    let faults: Vec<String> = faults.into_values().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a text covers in a language: from its capitals' tops to where its letters end below.
fn ink(shape: &Shape, language: &str) -> Option<Area> {
    let Kind::Text { at, anchor, face, label, .. } = &shape.kind else { return None };
    let width = width_of(*face, &words(language, label)) * 9 / 10;
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2,
        Anchor::End => at.0 - width,
    };
    let above = face.pixels() * 3 / 4;
    (width > 0).then(|| Area::new(left, at.1 - above, width, above + 2))
}

/// Less than this between a text and another, or the border that it is within, is touching.
const APART: i32 = 2;
/// Likewise the border of a box above or below.
const CLEAR: i32 = 4;

fn touch(one: Area, other: Area, apart: i32) -> bool {
    one.x < other.right()
        && other.x < one.right()
        && one.y < other.bottom() + apart
        && other.y < one.bottom() + apart
}

/// Texts that touch each other, or the border of a box that they are in or beside.
fn overlaps(stage: &Stage, language: &str, faults: &mut Faults) {
    let mut texts: Vec<(&str, Area)> = Vec::new();
    let mut boxes: Vec<(&str, Area)> = Vec::new();
    every(&stage.zones, &mut |shape| match &shape.kind {
        Kind::Rect { area, .. } if area.w > 0 => boxes.push((&shape.id, *area)),
        _ => texts.extend(ink(shape, language).map(|area| (&*shape.id, area))),
    });
    let mut fault = |id: &str, other: &str| {
        let place = format!("{id} on {other}, {} by {}", stage.width, stage.height);
        faults.entry(place.clone()).or_insert(place);
    };
    for (place, (id, one)) in texts.iter().enumerate() {
        for (other_id, other) in &texts[..place] {
            if touch(*one, *other, APART) {
                fault(id, other_id);
            }
        }
        for (other_id, other) in &boxes {
            // A slot and its pointers' letters belong together.
            let slot = other_id.starts_with("slot-");
            let (clear, inside) = if slot { (1, 1) } else { (CLEAR, APART) };
            if touch(*one, *other, clear) && !other.inset(1, inside).holds(*one) {
                fault(id, other_id);
            }
        }
    }
}

#[test]
fn no_text_touches_another_or_a_border() {
    let mut faults = Faults::new();
    for view in places().iter().step_by(29) {
        for width in WIDTHS {
            for height in HEIGHTS {
                for language in LANGUAGES {
                    overlaps(&stage(view, width, height), language, &mut faults);
                    overlaps(&stage(&extreme(view.clone()), width, height), language, &mut faults);
                }
            }
        }
    }
    let faults: Vec<String> = faults.into_values().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_svg_is_well_formed_and_holds_the_same_ids() {
    let views = places();
    for (view, width) in views.iter().step_by(37).zip(WIDTHS.iter().cycle()) {
        let stage = stage(view, *width, 574);
        let text = svg(stage.width, stage.height, &stage.zones, |label| words(LANGUAGES[0], label));
        let mut wanted = Vec::new();
        every(&stage.zones, &mut |shape| wanted.push(shape.id.clone()));
        assert_eq!(ids_of(&text), wanted);
    }
}

/// Reads SVG as XML; gives the ids in order.
fn ids_of(text: &str) -> Vec<String> {
    let mut open = Vec::new();
    let mut ids = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, content) = piece.split_once('>').expect("a tag ends");
        assert!(!content.contains('&') || content.contains(';'), "{content}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.to_owned()), "{text}");
            continue;
        }
        let name = tag.split(' ').next().unwrap().to_owned();
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some((_, rest)) = tag.split_once(" id=\"") {
            ids.push(rest.split('"').next().unwrap().to_owned());
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    ids
}

#[test]
fn each_slot_has_the_letter_and_the_class_of_its_owner() {
    for view in places().iter().step_by(11) {
        let Some(ring) = &view.ring else { continue };
        for width in WIDTHS {
            let stage = stage(view, width, 500);
            for slot in &ring.window {
                let id = format!("slot-{}", slot.index);
                let letter = format!("{id}-owner");
                let mut seen = 0;
                every(&stage.zones, &mut |shape| {
                    if shape.id == id {
                        assert!(shape.classes.contains(&slot.owner.class()));
                        seen += 1;
                    }
                    if shape.id == letter {
                        let Kind::Text { label, .. } = &shape.kind else { panic!("{letter}") };
                        assert_eq!(*label, Label::Ident(slot.owner.letter().to_owned()));
                        seen += 1;
                    }
                });
                assert_eq!(seen, 2, "{id}");
            }
        }
    }
}

#[test]
fn a_wide_place_has_its_zones_side_by_side_and_a_phone_below_each_other_in_one_view() {
    let view = ready("generator", |_| {}).walk();
    let wide = stage(&view, 1_008, 574);
    assert_eq!((wide.form, wide.width), (Form::Wide, 1_008));
    let phone = stage(&view, 358, 574);
    assert_eq!((phone.form, phone.width), (Form::Narrow, 358));
    assert!(phone.height <= 640, "{}", phone.height);
}

/// Each packet on the stage, wherever it is, means that packet; boxes mean what the model has of them.
#[test]
fn what_is_clicked_means_what_it_shows() {
    let mut session = ready("generator", |_| {});
    session.run(Command::ToFirstFrame);
    let mut seen = BTreeMap::new();
    let mut by_dma = BTreeSet::new();
    for _ in 0..1_500 {
        session.run(Command::By(1));
        let (view, place) = (session.walk(), session.place_now());
        let stage = stage(&view, 1_200, 500);
        let mean = |id: &str| meant_by(&place, view.ring.as_ref(), stage.target(id)?);
        for zone in ["wire", "fifo", "place-gro", "place-ip", "socket", "buffer-3"] {
            for packet in 0..8 {
                let id = format!("{zone}-packet-{packet}");
                if let Some(found) = mean(&id) {
                    assert_eq!(found, Followed::Packet(PacketId(packet)), "{id}");
                    *seen.entry(zone).or_insert(0) += 1;
                }
            }
        }
        let keys =
            ["place-task", "place-core", "place-application"].map(|id| mean(id).expect(id).key());
        assert_eq!(keys, ["softnet0", "softnet0", "udp0"]);
        assert!(mean("place-rss").is_none() && mean("place-fifo").is_none());
        assert_eq!(mean("dma"), mean("place-iommu"));
        by_dma.extend(
            mean("dma").map(|found| found.key().trim_end_matches(char::is_numeric).to_owned()),
        );
    }
    assert!(["wire", "fifo", "buffer-3"].iter().all(|zone| seen.contains_key(zone)), "{seen:?}");
    assert_eq!(by_dma.into_iter().collect::<Vec<_>>(), ["desc0.", "page"]);
}
