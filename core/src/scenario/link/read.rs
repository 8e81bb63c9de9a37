//! A link, read. Whatever stands in an address may come here.

use super::escape::unescaped;
use super::{Expected, LINK_MAX, Link, LinkError, LinkFault, LinkSource, NAME_MAX, VERSION};
use crate::machine::Driver;
use crate::scenario::{KNOBS, Knob, LIBRARY, SHIPPED, STEPS_MAX, Setup, Takes};

/// The languages that a link may ask for.
const LANGUAGES: &[&str] = &["en", "ko"];
/// Names that are not settings.
const NAMES: [&str; 9] =
    ["scenario", "capture", "file", "sha256", "host", "step", "state", "object", "lang"];
/// Characters of an object's name at most.
const OBJECT_MAX: usize = 40;
/// Characters of what stands in a link that an error repeats.
const REPEATED: usize = 40;

/// One `name=value` of a link.
struct Pair {
    key: String,
    value: String,
    /// Where it begins.
    at: usize,
}

pub(super) fn link(text: &str) -> Result<Link, LinkError> {
    let hash = usize::from(text.starts_with('#'));
    let fail = |at, fault| Err(LinkError { at, fault });
    let length = text.chars().count() + 1 - hash;
    if length > LINK_MAX {
        return fail(0, LinkFault::TooLong { length });
    }
    let Some((version, rest)) = text[hash..].split_once('/') else {
        return fail(hash, LinkFault::NotALink);
    };
    if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return fail(hash, LinkFault::NotALink);
    }
    if version != VERSION {
        return fail(hash, LinkFault::OtherVersion { version: repeated(version) });
    }
    assemble(&pairs(rest, hash + version.len() + 1)?)
}

/// The beginning of what stands in a link, for a message.
fn repeated(text: &str) -> String {
    let mut shown: String = text.chars().take(REPEATED).filter(|one| !one.is_control()).collect();
    if text.chars().nth(REPEATED).is_some() {
        shown.push('…');
    }
    shown
}

/// The parts between `&`, each name once.
fn pairs(text: &str, start: usize) -> Result<Vec<Pair>, LinkError> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut at = start;
    for part in text.split('&') {
        let fail = |offset, fault| LinkError { at: at + offset, fault };
        let Some((key, value)) = part.split_once('=') else {
            return Err(fail(0, LinkFault::NoValue { part: repeated(part) }));
        };
        if !NAMES.contains(&key) && Knob::named(key).is_none() {
            return Err(fail(0, LinkFault::UnknownKey { key: repeated(key) }));
        }
        if pairs.iter().any(|pair| pair.key == key) {
            return Err(fail(0, LinkFault::Twice { key: key.to_owned() }));
        }
        let value = unescaped(value)
            .map_err(|offset| fail(key.len() + 1 + offset, LinkFault::BadEscape))?;
        pairs.push(Pair { key: key.to_owned(), value, at });
        at += part.len() + 1;
    }
    Ok(pairs)
}

impl Pair {
    #[inline(never)]
    fn fail(&self, expected: Expected) -> LinkError {
        let (key, value) = (self.key.clone(), repeated(&self.value));
        LinkError { at: self.at, fault: LinkFault::BadValue { key, value, expected } }
    }

    /// One of these words.
    #[inline(never)]
    fn word(&self, words: &'static [&'static str]) -> Result<&'static str, LinkError> {
        let found = words.iter().find(|word| **word == self.value);
        found.copied().ok_or_else(|| self.fail(Expected::Setting(Takes::Word(words))))
    }

    /// Sixteen hexadecimal digits.
    #[inline(never)]
    fn digits(&self) -> Result<u64, LinkError> {
        let all = self.value.len() == 16 && self.value.bytes().all(|one| one.is_ascii_hexdigit());
        let number = all.then(|| u64::from_str_radix(&self.value, 16).ok()).flatten();
        number.ok_or_else(|| self.fail(Expected::Digits))
    }

    fn step(&self) -> Result<u64, LinkError> {
        let takes = Takes::Number { least: 0, most: STEPS_MAX, step: 1 };
        takes.read(&self.value).ok_or_else(|| self.fail(Expected::Setting(takes)))
    }

    fn address(&self) -> Result<[u8; 4], LinkError> {
        let address = self.value.parse::<std::net::Ipv4Addr>();
        address.map(|address| address.octets()).map_err(|_| self.fail(Expected::Address))
    }

    fn object(&self) -> Result<String, LinkError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.".contains(&byte);
        let fits = (1..=OBJECT_MAX).contains(&self.value.len()) && self.value.bytes().all(plain);
        fits.then(|| self.value.clone()).ok_or_else(|| self.fail(Expected::Object))
    }

    fn name(&self) -> Result<String, LinkError> {
        let fits = (1..=NAME_MAX).contains(&self.value.len());
        let plain = !self.value.chars().any(char::is_control);
        (fits && plain).then(|| self.value.clone()).ok_or_else(|| self.fail(Expected::Name))
    }
}

fn assemble(pairs: &[Pair]) -> Result<Link, LinkError> {
    let find = |key: &str| pairs.iter().find(|pair| pair.key == key);
    let source = source(pairs)?;
    Ok(Link {
        setup: setup(pairs, matches!(source, LinkSource::Ready(_)))?,
        source,
        step: find("step").map(Pair::step).transpose()?,
        state: find("state").map(Pair::digits).transpose()?,
        object: find("object").map(Pair::object).transpose()?,
        language: find("lang").map(|pair| pair.word(LANGUAGES)).transpose()?,
    })
}

fn source(pairs: &[Pair]) -> Result<LinkSource, LinkError> {
    let find = |key: &str| pairs.iter().find(|pair| pair.key == key);
    let end = pairs.last().map_or(0, |pair| pair.at);
    let unfit =
        |pair: &Pair| LinkError { at: pair.at, fault: LinkFault::Unfit { key: pair.key.clone() } };
    let mut sources =
        pairs.iter().filter(|pair| ["scenario", "capture", "file"].contains(&pair.key.as_str()));
    let Some(named) = sources.next() else {
        return Err(LinkError { at: end, fault: LinkFault::Missing { key: "scenario" } });
    };
    if let Some(second) = sources.next() {
        return Err(unfit(second));
    }
    let (host, sha256) = (find("host"), find("sha256"));
    if let Some(stray) = host.filter(|_| named.key == "scenario") {
        return Err(unfit(stray));
    }
    if let Some(stray) = sha256.filter(|_| named.key != "file") {
        return Err(unfit(stray));
    }
    let host = host.map(Pair::address).transpose()?;
    Ok(match named.key.as_str() {
        "scenario" => LinkSource::Ready(named.word(LIBRARY)?),
        "capture" => LinkSource::Shipped { name: named.word(SHIPPED)?, host },
        _ => {
            let name = named.name()?;
            let Some(sha256) = sha256 else {
                let fault = LinkFault::Missing { key: "sha256" };
                return Err(LinkError { at: named.at, fault });
            };
            LinkSource::File { name, digest: sha256.digits()?.to_be_bytes(), host }
        }
    })
}

fn setup(pairs: &[Pair], generated: bool) -> Result<Setup, LinkError> {
    let driver = pairs.iter().find(|pair| pair.key == "driver");
    let driver = match driver.map(|pair| pair.word(&["ice", "igb"])).transpose()? {
        Some("igb") => Driver::Igb,
        _ => Driver::Ice,
    };
    let mut setup = Setup::of(driver);
    let settings = pairs.iter().filter(|pair| !NAMES.contains(&pair.key.as_str()));
    for pair in settings.filter(|pair| pair.key != "driver") {
        if setup.choose(&pair.key, &pair.value).is_err() {
            let knob = KNOBS.iter().find(|knob| knob.key == pair.key);
            let takes = knob.map_or(Takes::Word(&[]), |knob| knob.takes_with(driver));
            return Err(pair.fail(Expected::Setting(takes)));
        }
        if !generated && setup.without_generator().value(&pair.key).is_none() {
            let fault = LinkFault::Unfit { key: pair.key.clone() };
            return Err(LinkError { at: pair.at, fault });
        }
    }
    Ok(setup)
}
