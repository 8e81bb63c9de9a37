//! Links: what is written is read, and whatever stands in an address gets an answer.

use nicscope_core::machine::Driver;
use nicscope_core::scenario::{
    Expected, KNOBS, LIBRARY, LINK_MAX, Link, LinkFault, LinkSource, SHIPPED, STEPS_MAX, Setup,
    Takes,
};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

/// A value that a setting takes, chosen by a number.
fn value(takes: Takes, number: u64) -> String {
    match takes {
        Takes::Number { least, most, step } => {
            let places = (most / step).saturating_sub(least.div_ceil(step)).saturating_add(1);
            ((least.div_ceil(step) + number % places) * step).to_string()
        }
        Takes::Word(words) => words[number as usize % words.len()].to_owned(),
    }
}

fn sources() -> impl Strategy<Value = LinkSource> {
    let host = any::<Option<[u8; 4]>>();
    let file = ("[^\\p{C}]{1,30}", any::<[u8; 8]>(), host.clone());
    prop_oneof![
        (0..LIBRARY.len()).prop_map(|place| LinkSource::Ready(LIBRARY[place])),
        host.prop_map(|host| LinkSource::Shipped { name: SHIPPED[0], host }),
        file.prop_map(|(name, digest, host)| LinkSource::File { name, digest, host }),
    ]
}

fn links() -> impl Strategy<Value = Link> {
    let chosen = proptest::collection::vec((0..KNOBS.len(), any::<u64>()), 0..12);
    let object = proptest::option::of("[a-z_]{1,20}[0-9]{1,5}(\\.[0-9]{1,5})?");
    let moment = (any::<Option<u64>>(), any::<Option<u64>>(), object);
    (sources(), any::<bool>(), chosen, moment).prop_map(
        |(source, igb, chosen, (step, state, object))| {
            let driver = if igb { Driver::Igb } else { Driver::Ice };
            let mut setup = Setup::of(driver);
            for (place, number) in chosen {
                let knob = KNOBS[place];
                if knob.key != "driver" {
                    setup
                        .choose(knob.key, &value(knob.takes_with(driver), number))
                        .expect(knob.key);
                }
            }
            let ready = matches!(source, LinkSource::Ready(_));
            let setup = if ready { setup } else { setup.without_generator() };
            let step = step.map(|step| step % (STEPS_MAX + 1));
            Link { source, setup, step, state, object, language: None }
        },
    )
}

/// What a hostile hand does to a link.
fn mutated() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just("&".to_owned()),
        Just("=".to_owned()),
        Just("%".to_owned()),
        Just("%00".to_owned()),
        Just("/".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("&step=".to_owned()),
        Just("&rx_ring=0".to_owned()),
        Just("링".to_owned()),
        any::<String>(),
    ];
    let edits =
        proptest::collection::vec((any::<proptest::sample::Index>(), 0..4_usize, bits), 1..5);
    (links(), edits).prop_map(|(link, edits)| {
        let mut letters: Vec<char> = link.write().chars().collect();
        for (place, gone, bit) in edits {
            let start = place.index(letters.len() + 1);
            let end = (start + gone).min(letters.len());
            letters.splice(start..end, bit.chars());
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_link_that_is_written_is_read_as_it_was(link in links()) {
        let text = link.write();
        prop_assert!(text.len() < LINK_MAX, "{} bytes: {text}", text.len());
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");
        let read = Link::read(&text);
        prop_assert_eq!(read.as_ref(), Ok(&link), "{}", text);
        prop_assert_eq!(Link::read(&format!("#{text}")), Ok(link));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_mutated_link_is_read_or_says_where_it_is_wrong(text in mutated()) {
        match Link::read(&text) {
            // What is read is a link: written, it is read as the same.
            Ok(link) => {
                let plain = Link { language: None, ..link };
                prop_assert_eq!(Link::read(&plain.write()), Ok(plain));
            }
            Err(error) => prop_assert!(error.at <= text.len(), "{error:?} of {text}"),
        }
    }
}

#[test]
fn the_longest_link_fits() {
    let mut setup = Setup::of(Driver::Igb);
    for knob in KNOBS.iter().filter(|knob| knob.key != "driver") {
        let longest = match knob.takes_with(Driver::Igb) {
            Takes::Number { most, step, .. } => (most / step * step).to_string(),
            Takes::Word(words) => {
                words.iter().max_by_key(|word| word.len()).expect("a word").to_string()
            }
        };
        setup.choose(knob.key, &longest).expect(knob.key);
    }
    let source =
        LinkSource::File { name: "링".repeat(200), digest: [0xff; 8], host: Some([255; 4]) };
    let (step, state) = (Some(STEPS_MAX), Some(u64::MAX));
    let link = Link { source, setup, step, state, object: None, language: None };
    let length = link.write().len() + 1;
    assert!((1_000..=LINK_MAX).contains(&length), "{length} characters");
    // A file's link with every setting of the machine is read again; its name is cut.
    let link = Link { setup: link.setup.without_generator(), ..link };
    let read = Link::read(&link.write()).expect("a link");
    assert_eq!(read.setup, link.setup);
    assert_eq!(
        read.source,
        LinkSource::File { name: "링".repeat(85), digest: [0xff; 8], host: Some([255; 4]) }
    );
}

/// A link that is refused, with where and why.
fn refused(text: &str) -> (usize, LinkFault) {
    let error = Link::read(text).expect_err(text);
    (error.at, error.fault)
}

#[test]
fn a_link_that_is_refused_says_what_is_wrong_and_where() {
    let text = str::to_owned;
    assert_eq!(refused("#%"), (1, LinkFault::NotALink));
    assert_eq!(refused(""), (0, LinkFault::NotALink));
    assert_eq!(refused("#stage/1"), (1, LinkFault::NotALink));
    assert_eq!(refused("#2/scenario=stream"), (1, LinkFault::OtherVersion { version: text("2") }));
    assert_eq!(refused(&"x".repeat(10_000)), (0, LinkFault::TooLong { length: 10_001 }));
    assert_eq!(refused("#1/"), (3, LinkFault::NoValue { part: text("") }));
    assert_eq!(refused("#1/step=3"), (3, LinkFault::Missing { key: "scenario" }));
    let unknown = LinkFault::UnknownKey { key: text("onload") };
    assert_eq!(refused("#1/scenario=stream&onload=x"), (19, unknown));
    let twice = LinkFault::Twice { key: text("step") };
    assert_eq!(refused("#1/scenario=stream&step=3&step=4"), (26, twice));
    assert_eq!(refused("1/scenario=%zz"), (11, LinkFault::BadEscape));
    let unfit = |key: &str| LinkFault::Unfit { key: key.to_owned() };
    assert_eq!(refused("1/scenario=stream&host=1.2.3.4"), (18, unfit("host")));
    assert_eq!(refused("1/capture=udp-small.pcap&flows=3"), (25, unfit("flows")));
    assert_eq!(refused("1/scenario=stream&capture=udp-small.pcap"), (18, unfit("capture")));
    assert_eq!(refused("1/file=a.pcap&step=3"), (2, LinkFault::Missing { key: "sha256" }));
}

#[test]
fn a_value_that_is_refused_says_what_would_be_taken() {
    let bad = |link: &str| match refused(link).1 {
        LinkFault::BadValue { key, value, expected } => (key, value, expected),
        other => panic!("{link}: {other:?}"),
    };
    let number = |least, most| Expected::Setting(Takes::Number { least, most, step: 1 });
    let (key, value, expected) = bad("1/scenario=stream&step=99999999999999999999");
    assert_eq!((key.as_str(), value.as_str()), ("step", "99999999999999999999"));
    assert_eq!(expected, number(0, STEPS_MAX));
    assert_eq!(bad("1/scenario=none").2, Expected::Setting(Takes::Word(LIBRARY)));
    assert_eq!(bad("1/scenario=stream&mtu=9300&driver=igb").2, number(68, 9_216));
    assert_eq!(bad("1/scenario=stream&state=12").2, Expected::Digits);
    assert_eq!(bad("1/capture=udp-small.pcap&host=1.2.3.4.5").2, Expected::Address);
    assert_eq!(bad("1/scenario=stream&object=<b>").2, Expected::Object);
    assert_eq!(bad("1/file=%0A&sha256=0123456789abcdef").2, Expected::Name);
    let (_, value, _) = bad(&format!("1/scenario={}", "y".repeat(300)));
    assert_eq!(value, format!("{}…", "y".repeat(40)));
}

#[test]
fn what_is_right_of_a_refused_link_is_kept() {
    let nearest = |text: &str| Link::nearest(text).map(|link| link.write());
    let stream = || Some("1/scenario=stream".to_owned());
    assert_eq!(
        nearest("#1/scenario=stream&rx_ring=17&step=5").as_deref(),
        Some("1/scenario=stream&step=5")
    );
    assert_eq!(nearest("#1/scenario=stream&step=%zz"), stream());
    assert_eq!(nearest("#1/%=&링=3&scenario=stream&&x&state=0123456789abcdef&"), stream());
    assert_eq!(nearest("1/file=a.pcap&step=3"), None);
    assert_eq!(nearest("#1/scenario=none&step=3"), None);
    for nothing in ["", "#", "#1/", "#1/&&", "#2/scenario=stream", "1/링", &"1/&".repeat(2_000)] {
        assert_eq!(nearest(nothing), None, "{nothing}");
    }
}

#[test]
fn a_language_is_read_and_not_written() {
    let link = Link::read("1/scenario=stream&lang=ko").expect("a link");
    assert_eq!(link.language, Some("ko"));
    assert_eq!(link.write(), "1/scenario=stream");
    assert!(Link::read("1/scenario=stream&lang=xx").is_err());
}
