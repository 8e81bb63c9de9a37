//! The bytes that lie in memory: a descriptor's, or those of a frame's headers; with the fields
//! that they hold, and which of them the step wrote.

use super::chosen::{followed, object_of_packet};
use super::fields::{self, Field, Fields};
use super::headers::rebuilt;
use super::object::Value;
use super::object_id::{ObjectId, ObjectKind};
use super::{Place, members, shown};
use crate::engine::line_info;
use crate::fact::Fact;
use crate::machine::{Descriptor, Driver, Header, Machine, PageAllocator, Traffic, headers};
use crate::units::{DmaAddr, PacketId, PageId, VirtAddr};

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BytesOf {
    /// A descriptor; whether the device wrote it last.
    Descriptor {
        /// It is in the write-back format.
        written_back: bool,
    },
    /// A frame's headers; whether they are those of the capture, else rebuilt from what is known.
    Headers {
        /// Whose.
        packet: PacketId,
        /// They were captured.
        captured: bool,
    },
}

/// A byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteView {
    /// Its value; none if the model does not hold it.
    pub value: Option<u8>,
    /// The step wrote it.
    pub written: bool,
}

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// The struct that it is of.
    pub owner: &'static str,
    /// Its name: a member, or bits by the kernel's name for them.
    pub name: &'static str,
    /// Its first byte.
    pub at: usize,
    /// Its bytes.
    pub size: usize,
    /// Its lowest bit in the number that these bytes are, and how many, if it is not all of them.
    pub bits: Option<(u8, u8)>,
    /// Its value; none if the model does not hold it.
    pub value: Option<Value>,
    /// The step wrote it.
    pub written: bool,
}

/// Bytes of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BytesView {
    /// The object that they are of; none for a frame that is in no memory of the host.
    pub id: Option<ObjectId>,
    /// What they are.
    pub of: BytesOf,
    /// Where the CPU finds the first.
    pub address: Option<VirtAddr>,
    /// Where the device finds it.
    pub dma: Option<DmaAddr>,
    /// The bytes.
    pub bytes: Vec<ByteView>,
    /// What they mean, in order.
    pub fields: Vec<FieldView>,
}

/// The bytes of `wanted`, or of what the last step was about; without those, of the step's packet,
/// or of the descriptor that is cleaned next.
#[must_use]
pub fn bytes(place: &Place<'_>, wanted: Option<ObjectId>) -> Option<BytesView> {
    let packet = place.fact.map_or(PacketId::NONE, |fact| fact.packet);
    let id = wanted.or_else(|| followed(place));
    let of_id = |id: ObjectId| match id.kind {
        ObjectKind::IceDescriptor | ObjectKind::IgbDescriptor => descriptor(place, id),
        _ => in_memory(place.machine, id).map(|found| frame(place, Some(id), found)),
    };
    let of_packet = || {
        let holder = object_of_packet(place, packet).filter(|id| id.kind == ObjectKind::Skb);
        let lying = || of_id(page_of(place.machine, packet)?);
        holder.and_then(of_id).or_else(lying).or_else(|| {
            let found = Found { packet: packet.some()?, address: None, dma: None };
            Some(frame(place, None, found))
        })
    };
    let next = || {
        let queue = shown::queue(place.machine, place.before, place.traffic, place.fact.as_ref());
        let ring = place.machine.rings.get(queue.index())?;
        let number = u16::try_from(queue.0).ok()?;
        let driver = place.machine.settings.driver;
        descriptor(place, ObjectId::descriptor(driver, number, ring.next_to_clean))
    };
    id.and_then(of_id).or_else(of_packet).or_else(next)
}

/// Whether [`bytes`] shows bytes of such objects themselves.
#[must_use]
pub const fn has_bytes(kind: ObjectKind) -> bool {
    use ObjectKind as K;
    let descriptor = matches!(kind, K::IceDescriptor | K::IgbDescriptor);
    descriptor || matches!(kind, K::IceRxBuf | K::IgbRxBuffer | K::Page | K::Skb)
}

/// A frame's bytes that lie in memory.
#[derive(Clone, Copy)]
struct Found {
    packet: PacketId,
    address: Option<VirtAddr>,
    dma: Option<DmaAddr>,
}

/// The frame that lies in an object's memory.
fn in_memory(machine: &Machine, id: ObjectId) -> Option<Found> {
    let pages = &machine.memory.pages;
    let at = |page: PageId, offset: u64, packet: PacketId| {
        let dma = pages.get(page.index())?.iova.map(|iova| iova.offset(offset));
        let address = Some(PageAllocator::virtual_address(page).offset(offset));
        Some(Found { packet: packet.some()?, address, dma })
    };
    let half = u64::from(machine.settings.frame_sz());
    if id.kind.is_of_skb() {
        let skb = members::skb(machine, id)?;
        // Before eth_type_trans, `data` is where the frame begins.
        let start = if skb.mac_header == 0 { skb.data_offset } else { skb.mac_header };
        return at(skb.page.some()?, (skb.page_offset + start).into(), skb.packet);
    }
    match id.kind {
        ObjectKind::IceRxBuf | ObjectKind::IgbRxBuffer => {
            let ring = machine.rings.get(usize::from(id.owner))?;
            let buffer = ring.rx_buf.get(id.number as usize)?;
            let page = buffer.page.some()?;
            let offset = u64::from(buffer.page_offset);
            at(page, offset, pages.get(page.index())?.content[usize::from(offset >= half)])
        }
        ObjectKind::Page => {
            let content = pages.get(id.number as usize)?.content;
            let filled = content.iter().position(|packet| !packet.is_none())?;
            let offset = half * filled as u64 + u64::from(machine.settings.rx_offset());
            at(PageId(id.number), offset, content[filled])
        }
        _ => None,
    }
}

/// The page that a frame lies in while no sk_buff has it.
fn page_of(machine: &Machine, packet: PacketId) -> Option<ObjectId> {
    let packet = packet.some()?;
    let first = |content: [PacketId; 2]| content.into_iter().find(|one| !one.is_none());
    let mut pages = machine.memory.pages.iter().map(|page| first(page.content));
    let page = pages.position(|first| first == Some(packet))?;
    Some(ObjectId::new(ObjectKind::Page, u32::try_from(page).ok()?))
}

/// The bytes of a frame's headers.
fn frame(place: &Place<'_>, id: Option<ObjectId>, found: Found) -> BytesView {
    let captured = place.traffic.heads.of(found.packet);
    let bytes = captured.map_or_else(|| made(place.traffic, found.packet), <[u8]>::to_vec);
    // It came into this memory just now.
    let was = id.map(|id| in_memory(place.before, id).map(|before| before.packet));
    let kept = was.is_none_or(|was| was == Some(found.packet));
    let of_skb = id.is_some_and(|id| id.kind.is_of_skb());
    let written = !kept && !of_skb;
    let known: Vec<Option<u8>> = bytes.iter().copied().map(Some).collect();
    let mut all = Vec::new();
    for (header, start, end) in headers(&bytes) {
        let of = fields::of_header(header);
        let here = &known[start..end];
        let own = of.fields.iter().map(|field| view(of, field, here, start, written));
        all.extend(own);
        if header == Header::Tcp {
            options(of, here, start, written, &mut all);
        }
    }
    BytesView {
        id,
        of: BytesOf::Headers { packet: found.packet, captured: captured.is_some() },
        address: found.address,
        dma: found.dma,
        bytes: known.into_iter().map(|value| ByteView { value, written }).collect(),
        fields: all,
    }
}

/// Headers as the traffic's record of the frame has them.
fn made(traffic: &Traffic, packet: PacketId) -> Vec<u8> {
    traffic
        .frames
        .get(packet.index())
        .map_or(Vec::new(), |frame| rebuilt(frame, traffic.flows.get(frame.flow as usize)))
}

fn view(
    of: &Fields,
    field: &Field,
    bytes: &[Option<u8>],
    start: usize,
    written: bool,
) -> FieldView {
    FieldView {
        owner: of.name,
        name: field.name,
        at: start + field.at,
        size: field.size,
        bits: field.bits,
        value: of.value(field, bytes),
        written,
    }
}

/// TCP's options, as far as they are known by name.
fn options(
    of: &Fields,
    tcp: &[Option<u8>],
    start: usize,
    written: bool,
    into: &mut Vec<FieldView>,
) {
    let byte = |at: usize| tcp.get(at).copied().flatten();
    let mut at = 20;
    while let Some(kind) = byte(at) {
        let length = match kind {
            0 | 1 => 1,
            _ => byte(at + 1).map_or(0, usize::from),
        };
        if length == 0 || at + length > tcp.len() {
            return;
        }
        if let Some((_, option)) = fields::TCP_OPTIONS.iter().find(|one| one.0 == kind) {
            let value = view(of, option, &tcp[at..at + length], 0, written);
            into.push(FieldView { at: start + at, size: length, ..value });
        }
        // What stands behind the end of the list is padding.
        at = if kind == 0 { tcp.len() } else { at + length };
    }
}

fn descriptor(place: &Place<'_>, id: ObjectId) -> Option<BytesView> {
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
    let mut paths = names.filter_map(|name| super::object::touched(place, name, id));
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
    use super::{BytesOf, BytesView, FieldView, Value, bytes};
    use crate::machine::{Driver, WireFrame};
    use crate::scenario::{Scenario, named, read_capture};
    use crate::session::{Command, Outcome, Session};
    use crate::view::{ObjectId, ObjectKind};

    fn session(driver: Driver) -> Session {
        let (_, generator) = named("generator").expect("a ready scenario");
        let mut session = Session::new(Scenario::of(driver, generator.traffic()));
        while session.run(Command::ToFirstFrame) == Outcome::Unfinished {}
        session
    }

    fn field<'a>(view: &'a BytesView, name: &str) -> &'a FieldView {
        view.fields.iter().find(|field| field.name == name).unwrap_or_else(|| panic!("no {name}"))
    }

    fn number(view: &BytesView, name: &str) -> u64 {
        match field(view, name).value {
            Some(Value::Number(number) | Value::Hex(number)) => number,
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn the_bytes_of_a_descriptor_are_the_machines_descriptor_in_both_forms() {
        for driver in [Driver::Ice, Driver::Igb] {
            let mut session = session(driver);
            let id = ObjectId::descriptor(driver, 0, 0);
            let view = |session: &Session| bytes(&session.place_now(), Some(id)).expect("a ring");
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
            let second = bytes(&session.place_now(), Some(next)).expect("a second");
            assert_eq!(second.dma, back.dma.map(|dma| dma.offset(size)));
            session.run(Command::By(1));
            assert!(view(&session).bytes.iter().all(|byte| !byte.written));
        }
    }

    fn expect_frame(view: &BytesView, frame: &WireFrame) {
        assert_eq!(number(view, "tot_len"), u64::from(frame.ip_length));
        assert_eq!(number(view, "id"), u64::from(frame.ip_id));
        assert_eq!(number(view, "ihl"), 5);
        assert_eq!(
            field(view, "protocol").value.map(|value| value.to_string()).as_deref(),
            Some(if frame.protocol == 6 { "IPPROTO_TCP" } else { "IPPROTO_UDP" })
        );
    }

    #[test]
    fn a_captured_frame_shows_the_bytes_of_the_file() {
        let file = include_bytes!("../../../static/captures/tcp-one-flow.pcap");
        let traffic = read_capture(file, None).expect("a capture");
        let mut session = Session::new(Scenario::of(Driver::Ice, traffic));
        while session.run(Command::ToFirstFrame) == Outcome::Unfinished {}
        let mut seen = 0;
        for _ in 0..3_000 {
            session.run(Command::By(1));
            let place = session.place_now();
            let view = bytes(&place, None).expect("a ring");
            let BytesOf::Headers { packet, captured } = view.of else { continue };
            assert!(captured);
            expect_frame(&view, &place.traffic.frames[packet.index()]);
            let bytes: Vec<u8> = view.bytes.iter().filter_map(|byte| byte.value).collect();
            assert!(file.windows(bytes.len()).any(|part| part == bytes), "not in the file");
            assert_eq!(
                number(&view, "seq"),
                u64::from(place.traffic.frames[packet.index()].tcp.seq)
            );
            seen += 1;
        }
        assert!(seen > 500, "{seen}");
    }

    #[test]
    fn a_frame_that_lies_in_a_page_is_never_said_to_lie_nowhere() {
        let mut session = session(Driver::Ice);
        let mut nowhere = 0;
        for _ in 0..600 {
            session.run(Command::By(1));
            let place = session.place_now();
            // The sk_buff that comes next has no memory yet.
            let skb = ObjectId::new(ObjectKind::Skb, 0);
            for view in [None, Some(skb)].into_iter().filter_map(|wanted| bytes(&place, wanted)) {
                let BytesOf::Headers { packet, .. } = view.of else { continue };
                if view.address.is_none() {
                    let pages = &place.machine.memory.pages;
                    assert!(!pages.iter().any(|page| page.content.contains(&packet)), "{packet:?}");
                    nowhere += 1;
                }
            }
        }
        assert!(nowhere > 10, "{nowhere}");
    }

    #[test]
    fn the_step_that_writes_a_frame_into_memory_marks_all_its_bytes() {
        let mut session = session(Driver::Ice);
        let page_written = |session: &Session| {
            let view = bytes(&session.place_now(), None)?;
            let of_page = view.id.is_some_and(|id| id.kind == ObjectKind::Page);
            (of_page && view.bytes.iter().all(|byte| byte.written)).then_some(view)
        };
        let found = (0..400).find_map(|_| {
            session.run(Command::By(1));
            page_written(&session)
        });
        let view = found.expect("no step writes a frame");
        assert!(matches!(view.of, BytesOf::Headers { captured: false, .. }));
        assert!(view.dma.is_some() && view.address.is_some());
        expect_frame(&view, &session.place_now().traffic.frames[0]);
    }
}
