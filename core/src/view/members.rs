//! What the model holds of the kernel's structs: one table a struct, from a member's path to how
//! it is read. A member that stands in no table has no value in the model.

use super::object::Value;
use super::object_id::{ObjectId, ObjectKind};
use crate::machine::{
    ACK_NOMEM, ACK_NOW, ACK_PUSHED, ACK_PUSHED2, ACK_SCHED, Descriptor, GroList, IrqDesc, Machine,
    NAPI_DISABLE, NAPI_LISTED, NAPI_MISSED, NAPI_NPSVC, NAPI_SCHED, Napi, Page, PageAllocator,
    RxBuf, RxRing, SkBuff, SkbList, Socket, TcpState,
};
use crate::units::{NapiId, RingId, VectorId, VirtAddr};

/// A member's path, and its value; none where the model does not know it now.
pub(super) type Row = (&'static str, fn(&Machine, ObjectId) -> Option<Value>);

/// Bits of `napi_struct.state`.
const NAPI_STATES: &[(&str, u64)] = &[
    ("SCHED", NAPI_SCHED as u64),
    ("MISSED", NAPI_MISSED as u64),
    ("DISABLE", NAPI_DISABLE as u64),
    ("NPSVC", NAPI_NPSVC as u64),
    ("LISTED", NAPI_LISTED as u64),
];
/// Bits of `icsk_ack.pending`.
const ACK_STATES: &[(&str, u64)] = &[
    ("SCHED", ACK_SCHED as u64),
    ("PUSHED", ACK_PUSHED as u64),
    ("PUSHED2", ACK_PUSHED2 as u64),
    ("NOW", ACK_NOW as u64),
    ("NOMEM", ACK_NOMEM as u64),
];
/// Bits of a TCP header's flags.
const TCP_FLAGS: &[(&str, u64)] =
    &[("FIN", 1), ("SYN", 2), ("RST", 4), ("PSH", 8), ("ACK", 16), ("URG", 32)];

impl ObjectKind {
    /// The members that the model holds: those that structs of one purpose share, then the rest.
    pub(super) const fn tables(self) -> [&'static [Row]; 2] {
        match self {
            Self::IceRxRing => [RING, ICE_RX_RING],
            Self::IgbRing => [RING, IGB_RING],
            Self::IceRxBuf => [RX_BUF, ICE_RX_BUF],
            Self::IgbRxBuffer => [RX_BUF, &[]],
            Self::IceDescriptor => [DESCRIPTOR, ICE_DESCRIPTOR],
            Self::IgbDescriptor => [DESCRIPTOR, IGB_DESCRIPTOR],
            Self::IceQVector => [ICE_Q_VECTOR, &[]],
            Self::IgbQVector => [IGB_Q_VECTOR, &[]],
            Self::IrqDesc => [IRQ_DESC, &[]],
            Self::IrqAction => [IRQ_ACTION, &[]],
            Self::Napi => [NAPI, &[]],
            Self::GroList => [GRO_LIST, &[]],
            Self::Softnet => [SOFTNET, &[]],
            Self::Skb => [SKB, &[]],
            Self::SharedInfo => [SHARED_INFO, &[]],
            Self::GroCb => [GRO_CB, &[]],
            Self::TcpCb => [TCP_CB, &[]],
            Self::Sock => [SOCK, &[]],
            Self::InetConnectionSock => [INET_CONNECTION_SOCK, &[]],
            Self::TcpSock => [TCP_SOCK, &[]],
            Self::UdpSock => [UDP_SOCK, &[]],
            Self::Page => [PAGE, &[]],
        }
    }
}

fn number(value: impl Into<u64>) -> Option<Value> {
    Some(Value::Number(value.into()))
}

fn pointer(to: Option<ObjectId>) -> Option<Value> {
    Some(Value::Pointer(to))
}

/// The first of a list's members, as its head points to it.
fn list(first: Option<ObjectId>) -> Option<Value> {
    Some(first.map_or(Value::Itself, |first| Value::Pointer(Some(first))))
}

fn skbs(queue: SkbList) -> Option<Value> {
    list(queue.head.some().map(ObjectId::skb))
}

fn napis<'a>(mut queue: impl Iterator<Item = &'a NapiId>) -> Option<Value> {
    list(queue.next().map(|napi| ObjectId::napi(*napi)))
}

fn ring(machine: &Machine, id: ObjectId) -> Option<&RxRing> {
    machine.rings.get(id.number as usize)
}

fn rx_buf(machine: &Machine, id: ObjectId) -> Option<&RxBuf> {
    machine.rings.get(usize::from(id.owner))?.rx_buf.get(id.number as usize)
}

fn descriptor(machine: &Machine, id: ObjectId) -> Option<&Descriptor> {
    machine.rings.get(usize::from(id.owner))?.descriptors.get(id.number as usize)
}

fn written_back(machine: &Machine, id: ObjectId) -> Option<&Descriptor> {
    descriptor(machine, id).filter(|descriptor| descriptor.written_back)
}

fn irq(machine: &Machine, id: ObjectId) -> Option<&IrqDesc> {
    machine.irqs.get(id.number as usize)
}

fn napi(machine: &Machine, id: ObjectId) -> Option<&Napi> {
    machine.napis.get(id.number as usize)
}

fn bucket(machine: &Machine, id: ObjectId) -> Option<&GroList> {
    machine.napis.get(usize::from(id.owner))?.gro_hash.get(id.number as usize)
}

/// A free one holds nothing.
pub(super) fn skb(machine: &Machine, id: ObjectId) -> Option<&SkBuff> {
    machine.skbs.objects.get(id.number as usize).filter(|skb| skb.live)
}

fn socket(machine: &Machine, id: ObjectId) -> Option<&Socket> {
    machine.sockets.get(id.number as usize)
}

/// A socket of TCP.
pub(super) fn tcp(machine: &Machine, id: ObjectId) -> Option<&Socket> {
    // Set with the connection, and never 0 again.
    socket(machine, id).filter(|socket| socket.tcp.scaling_ratio != 0)
}

fn page(machine: &Machine, id: ObjectId) -> Option<&Page> {
    machine.memory.pages.get(id.number as usize)
}

/// `skb->head`.
fn head(skb: &SkBuff) -> Option<VirtAddr> {
    let page = PageAllocator::virtual_address(skb.page.some()?);
    Some(page.offset(skb.page_offset.into()))
}

/// The ring that a vector's NAPI cleans first.
fn ring_of_vector(machine: &Machine, id: ObjectId) -> Option<RingId> {
    napi_of_vector(machine, id).and_then(|napi| machine.napis[napi.index()].rings.first().copied())
}

fn napi_of_vector(machine: &Machine, id: ObjectId) -> Option<NapiId> {
    machine.nic.vectors.get(id.number as usize)?.napi.some()
}

fn q_vector(machine: &Machine, vector: VectorId) -> ObjectId {
    ObjectId::q_vector(machine.settings.driver, vector)
}

const RING: &[Row] = &[
    ("desc", |m, id| Some(Value::Virtual(ring(m, id)?.desc))),
    ("tail", |m, id| Some(Value::Virtual(ring(m, id)?.tail))),
    ("dma", |m, id| Some(Value::Dma(ring(m, id)?.dma))),
    ("count", |m, id| number(ring(m, id)?.count)),
    ("next_to_use", |m, id| number(ring(m, id)?.next_to_use)),
    ("next_to_clean", |m, id| number(ring(m, id)?.next_to_clean)),
    ("next_to_alloc", |m, id| number(ring(m, id)?.next_to_alloc)),
    ("q_vector", |m, id| {
        let napi = ring(m, id)?.napi.some()?;
        pointer(m.napis[napi.index()].vector.some().map(|vector| q_vector(m, vector)))
    }),
];

const ICE_RX_RING: &[Row] = &[
    ("first_desc", |m, id| number(ring(m, id)?.first_desc)),
    ("q_index", |m, id| ring(m, id).and_then(|_| number(id.number))),
];

const IGB_RING: &[Row] = &[
    ("skb", |m, id| pointer(ring(m, id)?.skb.some().map(ObjectId::skb))),
    ("queue_index", |m, id| ring(m, id).and_then(|_| number(id.number))),
];

const RX_BUF: &[Row] = &[
    ("page", |m, id| pointer(rx_buf(m, id)?.page.some().map(ObjectId::page))),
    ("dma", |m, id| {
        let page = rx_buf(m, id)?.page.some()?;
        m.memory.pages[page.index()].iova.map(Value::Dma)
    }),
    ("page_offset", |m, id| number(rx_buf(m, id)?.page_offset)),
    ("pagecnt_bias", |m, id| number(rx_buf(m, id)?.pagecnt_bias)),
];

const ICE_RX_BUF: &[Row] = &[("pgcnt", |m, id| number(rx_buf(m, id)?.pgcnt))];

/// The two formats lie over each other: what the other one has overwritten is gone.
const DESCRIPTOR: &[Row] = &[("read.pkt_addr", |m, id| {
    descriptor(m, id).filter(|one| !one.written_back).map(|one| Value::Dma(one.pkt_addr))
})];

const ICE_DESCRIPTOR: &[Row] = &[
    ("wb.pkt_len", |m, id| number(written_back(m, id)?.length)),
    ("wb.status_error0", |m, id| Some(Value::Hex(descriptor(m, id)?.status.into()))),
    // In the flexible format that the driver asks for, these two are the hash.
    ("wb.flex_meta0", |m, id| Some(Value::Hex((written_back(m, id)?.rss_hash & 0xffff).into()))),
    ("wb.flex_meta1", |m, id| Some(Value::Hex((written_back(m, id)?.rss_hash >> 16).into()))),
];

const IGB_DESCRIPTOR: &[Row] = &[
    ("wb.lower.hi_dword.rss", |m, id| Some(Value::Hex(written_back(m, id)?.rss_hash.into()))),
    ("wb.upper.status_error", |m, id| Some(Value::Hex(descriptor(m, id)?.status.into()))),
    ("wb.upper.length", |m, id| number(descriptor(m, id)?.length)),
];

const ICE_Q_VECTOR: &[Row] = &[
    ("napi", |m, id| pointer(Some(ObjectId::napi(napi_of_vector(m, id)?)))),
    ("rx.rx_ring", |m, id| {
        pointer(Some(ObjectId::ring(m.settings.driver, ring_of_vector(m, id)?)))
    }),
    ("wb_on_itr", |m, id| number(m.nic.vectors.get(id.number as usize)?.wb_on_itr)),
];

const IGB_Q_VECTOR: &[Row] = &[
    ("napi", |m, id| pointer(Some(ObjectId::napi(napi_of_vector(m, id)?)))),
    ("rx.ring", |m, id| pointer(Some(ObjectId::ring(m.settings.driver, ring_of_vector(m, id)?)))),
    ("set_itr", |m, id| number(m.nic.vectors.get(id.number as usize)?.set_itr)),
];

const IRQ_DESC: &[Row] = &[
    ("irq_data.irq", |m, id| number(irq(m, id)?.irq)),
    ("irq_common_data.state_use_accessors", |m, id| {
        let bit = u64::from(irq(m, id)?.in_progress) << 18;
        Some(Value::Flags(bit, &[("IRQD_IRQ_INPROGRESS", 1 << 18)]))
    }),
    ("action", |m, id| {
        let action = ObjectId { kind: ObjectKind::IrqAction, ..id };
        pointer(irq(m, id)?.requested.then_some(action))
    }),
    ("tot_count", |m, id| number(irq(m, id)?.count)),
];

const IRQ_ACTION: &[Row] = &[
    ("irq", |m, id| number(irq(m, id).filter(|irq| irq.requested)?.irq)),
    ("dev_id", |m, id| {
        let irq = irq(m, id).filter(|irq| irq.requested && !irq.napi.is_none())?;
        pointer(Some(q_vector(m, irq.vector)))
    }),
];

const NAPI: &[Row] = &[
    ("state", |m, id| Some(Value::Flags(napi(m, id)?.state.into(), NAPI_STATES))),
    ("weight", |m, id| number(napi(m, id)?.weight)),
    ("defer_hard_irqs_count", |m, id| number(napi(m, id)?.defer_hard_irqs_count)),
    ("gro_bitmask", |m, id| Some(Value::Hex(napi(m, id)?.gro_bitmask.into()))),
    ("list_owner", |m, id| match napi(m, id)?.list_owner.some() {
        Some(cpu) => number(cpu.0),
        None => Some(Value::Name("-1", u64::MAX)),
    }),
    // The array lies within: the first bucket that holds something, or the first.
    // The array lies within: its first bucket.
    ("gro_hash", |m, id| {
        let owner = u16::try_from(id.number).ok()?;
        napi(m, id).and_then(|_| pointer(Some(ObjectId::bucket(owner, 0))))
    }),
    ("rx_list.next", |m, id| skbs(napi(m, id)?.rx_list)),
    ("rx_count", |m, id| number(napi(m, id)?.rx_count)),
    ("napi_id", |m, id| number(napi(m, id)?.napi_id)),
];

const GRO_LIST: &[Row] = &[
    ("list.next", |m, id| list(bucket(m, id)?.iter().next().map(ObjectId::skb))),
    ("list.prev", |m, id| list(bucket(m, id)?.iter().next_back().map(ObjectId::skb))),
    ("count", |m, id| number(bucket(m, id)?.count)),
];

const SOFTNET: &[Row] = &[
    ("poll_list.next", |m, id| napis(m.cpus.get(id.number as usize)?.softnet.poll_list.iter())),
    ("in_net_rx_action", |m, id| number(m.cpus.get(id.number as usize)?.softnet.in_net_rx_action)),
    ("processed", |m, id| number(m.cpus.get(id.number as usize)?.softnet.processed)),
    ("time_squeeze", |m, id| number(m.cpus.get(id.number as usize)?.softnet.time_squeeze)),
];

/// An offset from `head` that is `~0` until it is set: the model then has 0.
fn offset(value: u16) -> Option<Value> {
    (value != 0).then(|| Value::Number(value.into()))
}

const SKB: &[Row] = &[
    // What the last of a list points to depends on the list.
    ("next", |m, id| pointer(Some(ObjectId::skb(skb(m, id)?.next.some()?)))),
    ("len", |m, id| number(skb(m, id)?.len)),
    ("data_len", |m, id| number(skb(m, id)?.data_len)),
    ("truesize", |m, id| number(skb(m, id)?.truesize)),
    ("head", |m, id| head(skb(m, id)?).map(Value::Virtual)),
    ("data", |m, id| {
        let skb = skb(m, id)?;
        Some(Value::Virtual(head(skb)?.offset(skb.data_offset.into())))
    }),
    ("tail", |m, id| {
        let skb = skb(m, id)?;
        number(u32::from(skb.data_offset) + skb.len.checked_sub(skb.data_len)?)
    }),
    ("mac_header", |m, id| offset(skb(m, id)?.mac_header)),
    ("network_header", |m, id| number(skb(m, id)?.network_header)),
    ("transport_header", |m, id| offset(skb(m, id)?.transport_header)),
    ("protocol", |m, id| Some(Value::Hex(skb(m, id)?.protocol.into()))),
    ("ip_summed", |m, id| {
        let skb = skb(m, id)?;
        // include/linux/skbuff.h:234; a merged one is PARTIAL from tcp_gro_complete on, in the
        // line that also sets `gso_segs`.
        Some(match (skb.gso_segs > 0, skb.checksum_unnecessary) {
            (true, _) => Value::Name("CHECKSUM_PARTIAL", 3),
            (false, true) => Value::Name("CHECKSUM_UNNECESSARY", 1),
            (false, false) => Value::Name("CHECKSUM_NONE", 0),
        })
    }),
    ("hash", |m, id| Some(Value::Hex(skb(m, id)?.hash.into()))),
    ("queue_mapping", |m, id| number(skb(m, id)?.queue_mapping)),
    ("napi_id", |m, id| number(skb(m, id)?.napi_id)),
];

const SHARED_INFO: &[Row] = &[
    ("nr_frags", |m, id| number(skb(m, id)?.frags.count)),
    ("gso_size", |m, id| number(skb(m, id)?.gso_size)),
    ("gso_segs", |m, id| number(skb(m, id)?.gso_segs)),
    ("frag_list", |m, id| pointer(skb(m, id)?.frag_list.some().map(ObjectId::skb))),
];

const GRO_CB: &[Row] = &[
    ("last", |m, id| pointer(Some(ObjectId::skb(skb(m, id)?.gro.last.some()?)))),
    ("flush", |m, id| number(skb(m, id)?.gro.flush)),
    ("count", |m, id| number(skb(m, id)?.gro.count)),
    ("same_flow", |m, id| number(skb(m, id)?.gro.same_flow)),
    ("ip_fixedid", |m, id| number(skb(m, id)?.gro.ip_fixedid)),
];

const TCP_CB: &[Row] = &[
    ("seq", |m, id| number(skb(m, id)?.tcp.seq)),
    ("end_seq", |m, id| number(skb(m, id)?.tcp.end_seq)),
    ("ack_seq", |m, id| number(skb(m, id)?.tcp.ack_seq)),
    ("tcp_flags", |m, id| Some(Value::Flags(skb(m, id)?.tcp_flags.into(), TCP_FLAGS))),
];

const SOCK: &[Row] = &[
    ("__sk_common.skc_state", |m, id| {
        // include/net/tcp_states.h:13
        Some(match tcp(m, id)?.tcp.state {
            TcpState::Established => Value::Name("TCP_ESTABLISHED", 1),
            TcpState::Close => Value::Name("TCP_CLOSE", 7),
            TcpState::CloseWait => Value::Name("TCP_CLOSE_WAIT", 8),
            TcpState::LastAck => Value::Name("TCP_LAST_ACK", 9),
        })
    }),
    ("sk_drops", |m, id| number(socket(m, id)?.drops)),
    ("sk_receive_queue.next", |m, id| skbs(socket(m, id)?.receive_queue)),
    ("sk_receive_queue.qlen", |m, id| number(socket(m, id)?.receive_queue.count)),
    ("sk_backlog.rmem_alloc", |m, id| number(socket(m, id)?.rmem_alloc)),
    ("sk_backlog.len", |m, id| number(tcp(m, id)?.tcp.backlog_len)),
    ("sk_backlog.head", |m, id| pointer(tcp(m, id)?.tcp.backlog.head.some().map(ObjectId::skb))),
    ("sk_backlog.tail", |m, id| pointer(tcp(m, id)?.tcp.backlog.tail.some().map(ObjectId::skb))),
    ("sk_lock.owned", |m, id| number(tcp(m, id)?.tcp.owned)),
    ("sk_forward_alloc", |m, id| number(tcp(m, id)?.tcp.forward_alloc)),
    ("sk_rcvbuf", |m, id| number(socket(m, id)?.rcvbuf)),
];

const INET_CONNECTION_SOCK: &[Row] = &[
    ("icsk_inet.sk", |m, id| {
        tcp(m, id).and_then(|_| pointer(Some(ObjectId { kind: ObjectKind::Sock, ..id })))
    }),
    ("icsk_ack.pending", |m, id| {
        Some(Value::Flags(tcp(m, id)?.tcp.ack_pending.into(), ACK_STATES))
    }),
    ("icsk_ack.quick", |m, id| number(tcp(m, id)?.tcp.quick)),
    ("icsk_ack.rcv_mss", |m, id| number(tcp(m, id)?.tcp.rcv_mss)),
    ("icsk_ack.last_seg_size", |m, id| number(tcp(m, id)?.tcp.last_seg_size)),
];

const TCP_SOCK: &[Row] = &[
    ("inet_conn", |m, id| {
        let kind = ObjectKind::InetConnectionSock;
        tcp(m, id).and_then(|_| pointer(Some(ObjectId { kind, ..id })))
    }),
    ("rcv_nxt", |m, id| number(tcp(m, id)?.tcp.rcv_nxt)),
    ("rcv_wup", |m, id| number(tcp(m, id)?.tcp.rcv_wup)),
    ("rcv_wnd", |m, id| number(tcp(m, id)?.tcp.rcv_wnd)),
    ("copied_seq", |m, id| number(tcp(m, id)?.tcp.copied_seq)),
    ("snd_una", |m, id| number(tcp(m, id)?.tcp.snd_una)),
    ("snd_nxt", |m, id| number(tcp(m, id)?.tcp.snd_nxt)),
    ("scaling_ratio", |m, id| number(tcp(m, id)?.tcp.scaling_ratio)),
];

const UDP_SOCK: &[Row] = &[
    ("inet.sk", |m, id| {
        socket(m, id).and_then(|_| pointer(Some(ObjectId { kind: ObjectKind::Sock, ..id })))
    }),
    ("reader_queue.next", |m, id| skbs(socket(m, id)?.reader_queue)),
    ("reader_queue.qlen", |m, id| number(socket(m, id)?.reader_queue.count)),
    ("forward_deficit", |m, id| number(socket(m, id)?.forward_deficit)),
];

const PAGE: &[Row] = &[("_refcount", |m, id| number(page(m, id)?.refcount))];
