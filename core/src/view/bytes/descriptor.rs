//! The bytes of a descriptor, posted or written back.

use super::{ByteView, BytesOf, BytesView, view};
use crate::engine::line_info;
use crate::fact::Fact;
use crate::machine::{Descriptor, Driver, Machine};
use crate::view::{ObjectId, Place, fields, object};

pub(super) fn descriptor(place: &Place<'_>, id: ObjectId) -> Option<BytesView> {
    let driver = place.machine.settings.driver;
    let of = |machine: &Machine| {
        let ring = machine.rings.get(usize::from(id.owner))?;
        ring.descriptors.get(id.number as usize).copied()
    };
    let now = of(place.machine)?;
    let before = of(place.before);
    let bytes = encoded(driver, &now);
    let old = before.map(|before| encoded(driver, &before)).unwrap_or_default();
    // The card writes all of it at once.
    let whole = now.written_back
        && before.is_none_or(|before| !before.written_back || before.packet != now.packet);
    let touched = |byte: usize| whole || writes(place, place.fact.as_ref(), id, byte);
    let written = |at: usize| old.get(at) != bytes.get(at) || touched(at);
    let table = match (driver, now.written_back) {
        (Driver::Ice, false) => &fields::ICE_READ,
        (Driver::Ice, true) => &fields::ICE_WRITE_BACK,
        (Driver::Igb, false) => &fields::IGB_READ,
        (Driver::Igb, true) => &fields::IGB_WRITE_BACK,
    };
    let all = table.fields.iter().map(|field| {
        let value = table.value(field, &bytes);
        let changed = value != table.value(field, &old);
        let written = match field.bits {
            Some(_) => changed,
            None => (field.at..field.at + field.size).any(written),
        };
        view(table, field, &bytes, 0, written)
    });
    let fields = all.collect();
    let ring = &place.machine.rings[usize::from(id.owner)];
    let offset = u64::from(id.number) * bytes.len() as u64;
    let byte = |(at, &value): (usize, &Option<u8>)| ByteView { value, written: written(at) };
    Some(BytesView {
        id: Some(id),
        of: BytesOf::Descriptor { written_back: now.written_back },
        address: id.address(place.machine),
        dma: Some(ring.dma.offset(offset)),
        bytes: bytes.iter().enumerate().map(byte).collect(),
        fields,
    })
}

/// Whether the step's line writes a member of the posted form at this byte, though with the value
/// that was there.
fn writes(place: &Place<'_>, fact: Option<&Fact>, id: ObjectId, byte: usize) -> bool {
    let names = fact.into_iter().flat_map(|fact| line_info(fact.line).writes());
    let mut paths = names.filter_map(|name| object::touched(place, name, id));
    paths.any(|path| match path {
        "read.pkt_addr" => byte < 8,
        "wb.status_error0" => (8..10).contains(&byte),
        "wb.upper.length" => (12..14).contains(&byte),
        _ => false,
    })
}

/// A descriptor as it lies in memory, as far as the model holds it.
fn encoded(driver: Driver, from: &Descriptor) -> Vec<Option<u8>> {
    let mut bytes = vec![None; if driver == Driver::Ice { 32 } else { 16 }];
    let mut put = |at: usize, value: &[u8]| {
        for (place, byte) in value.iter().enumerate() {
            bytes[at + place] = Some(*byte);
        }
    };
    let length = from.length.to_le_bytes();
    let status = from.status.to_le_bytes();
    match driver {
        Driver::Ice => put(8, &status[..2]),
        Driver::Igb => {
            put(8, &status);
            put(12, &length);
        }
    }
    match driver {
        _ if !from.written_back => put(0, &from.pkt_addr.0.to_le_bytes()),
        Driver::Ice => {
            put(0, &[RXDID_FLEX_NIC]);
            put(4, &length);
            put(12, &from.rss_hash.to_le_bytes());
        }
        Driver::Igb => put(4, &from.rss_hash.to_le_bytes()),
    }
    bytes
}

/// The form that the driver asks the card for (`ICE_RXDID_FLEX_NIC`, `ice_lan_tx_rx.h`:294).
const RXDID_FLEX_NIC: u8 = 2;
#[cfg(test)]
mod tests {
    use crate::machine::Driver;
    use crate::session::{Command, Session};
    use crate::view::bytes::tests::{field, number, session};
    use crate::view::{BytesOf, ObjectId, Value, bytes};

    #[test]
    fn the_bytes_of_a_descriptor_are_the_machines_descriptor_in_both_forms() {
        for driver in [Driver::Ice, Driver::Igb] {
            let mut session = session(driver);
            let id = ObjectId::descriptor(driver, 0, 0);
            let view =
                |session: &Session| bytes(&session.place_now(), Some(id.into())).expect("a ring");
            let posted = view(&session);
            let address = session.machine().rings[0].descriptors[0].pkt_addr;
            assert_eq!(posted.of, BytesOf::Descriptor { written_back: false });
            assert_eq!(field(&posted, "pkt_addr").value, Some(Value::Dma(address)));
            assert!(posted.bytes.iter().all(|byte| !byte.written));
            while !session.machine().rings[0].descriptors[0].written_back {
                session.run(Command::By(1));
            }
            let back = view(&session);
            let descriptor = session.machine().rings[0].descriptors[0];
            assert!(back.bytes.iter().all(|byte| byte.written), "the card wrote all of it");
            let (length, status, end) = match driver {
                Driver::Ice => ("pkt_len", "status_error0", "EOF"),
                Driver::Igb => ("length", "status_error", "EOP"),
            };
            assert_eq!(number(&back, length), u64::from(descriptor.length));
            assert_eq!(number(&back, status), u64::from(descriptor.status));
            assert_eq!((number(&back, "DD"), number(&back, end)), (1, 1));
            let hash = match driver {
                Driver::Ice => number(&back, "flex_meta0") | number(&back, "flex_meta1") << 16,
                Driver::Igb => number(&back, "rss"),
            };
            assert_eq!(hash, u64::from(descriptor.rss_hash));
            let size = u64::from(session.machine().settings.descriptor_bytes());
            assert_eq!(back.bytes.len() as u64, size);
            let next = ObjectId::descriptor(driver, 0, 1);
            let second = bytes(&session.place_now(), Some(next.into())).expect("a second");
            assert_eq!(second.dma, back.dma.map(|dma| dma.offset(size)));
            session.run(Command::By(1));
            assert!(view(&session).bytes.iter().all(|byte| !byte.written));
        }
    }
}
