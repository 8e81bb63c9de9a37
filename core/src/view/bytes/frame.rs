//! The bytes of a frame's headers, and the memory that they lie in.

use super::{ByteView, BytesOf, BytesView, FieldView, view};
use crate::machine::{Header, Machine, PageAllocator, Traffic, headers};
use crate::units::{DmaAddr, PacketId, PageId, VirtAddr};
use crate::view::fields::{self, Fields};
use crate::view::headers::rebuilt;
use crate::view::{ObjectId, ObjectKind, Place, members};

/// A frame's bytes that lie in memory.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub packet: PacketId,
    pub address: Option<VirtAddr>,
    pub dma: Option<DmaAddr>,
}

/// The frame that lies in an object's memory.
pub(super) fn in_memory(machine: &Machine, id: ObjectId) -> Option<Found> {
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
pub(super) fn page_of(machine: &Machine, packet: PacketId) -> Option<ObjectId> {
    let packet = packet.some()?;
    let first = |content: [PacketId; 2]| content.into_iter().find(|one| !one.is_none());
    let mut pages = machine.memory.pages.iter().map(|page| first(page.content));
    let page = pages.position(|first| first == Some(packet))?;
    Some(ObjectId::new(ObjectKind::Page, u32::try_from(page).ok()?))
}

/// The bytes of a frame's headers.
pub(super) fn frame(place: &Place<'_>, id: Option<ObjectId>, found: Found) -> BytesView {
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
#[cfg(test)]
mod tests {
    use crate::machine::{Driver, WireFrame};
    use crate::scenario::{Scenario, read_capture};
    use crate::session::{Command, Outcome, Session};
    use crate::view::bytes::tests::{field, number, session};
    use crate::view::{BytesOf, BytesView, ObjectId, ObjectKind, bytes};

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
        let file = include_bytes!("../../../../static/captures/tcp-one-flow.pcap");
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
            for view in
                [None, Some(skb.into())].into_iter().filter_map(|wanted| bytes(&place, wanted))
            {
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
