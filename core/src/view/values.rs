//! Members of structs and registers by their path: their value in the model, if it has one.

use crate::engine::line_info;
use crate::fact::{Fact, Object};
use crate::machine::Machine;
use crate::units::RingId;

/// A member that a step changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path: `struct.member`, or a register's name.
    pub member: &'static str,
    /// Before the step.
    pub old: u64,
    /// After it.
    pub new: u64,
}

/// The members that the fact's line writes, and that really changed; the ring, the NAPI and the
/// registers are those of `queue`.
pub(super) fn changes(
    before: &Machine,
    after: &Machine,
    queue: RingId,
    fact: &Fact,
) -> Vec<Change> {
    line_info(fact.line)
        .writes
        .iter()
        .filter_map(|&member| {
            let old = value(before, queue, member, fact)?;
            let new = value(after, queue, member, fact)?;
            (old != new).then_some(Change { member, old, new })
        })
        .collect()
}

/// The value of a member for the fact's object; none if the model does not hold it.
fn value(machine: &Machine, queue: RingId, member: &str, fact: &Fact) -> Option<u64> {
    let object = line_info(fact.line).object;
    let (owner, name) = member.split_once('.').unwrap_or(("", member));
    match owner {
        "ice_rx_ring" | "igb_ring" => ring(machine, queue, name),
        "ice_rx_buf" | "igb_rx_buffer" => rx_buf(machine, queue, name, fact),
        "ice_32b_rx_flex_desc" | "e1000_adv_rx_desc" => descriptor(machine, queue, name, fact),
        "napi_struct" => napi(machine, queue, name),
        "softnet_data" => softnet(machine, name),
        "sk_buff" if object == Object::Skb => sk_buff(machine, name, fact),
        "page" if object == Object::Page => {
            let page = machine.memory.pages.get(usize::from(fact.object))?;
            (name == "_refcount").then(|| u64::from(page.refcount))
        }
        "sock" => socket(machine, name, fact),
        "tcp_sock" | "inet_connection_sock" => tcp_sock(machine, name, fact),
        "tcp_skb_cb" if object == Object::Skb => tcp_skb_cb(machine, name, fact),
        _ => register(machine, queue, member),
    }
}

fn ring(machine: &Machine, queue: RingId, name: &str) -> Option<u64> {
    let ring = machine.rings.get(queue.index())?;
    Some(match name {
        "next_to_use" => u64::from(ring.next_to_use),
        "next_to_clean" => u64::from(ring.next_to_clean),
        "next_to_alloc" => u64::from(ring.next_to_alloc),
        "first_desc" => u64::from(ring.first_desc),
        "count" => u64::from(ring.count),
        "desc" => ring.desc.0,
        "dma" => ring.dma.0,
        "tail" => ring.tail.0,
        _ => return None,
    })
}

fn rx_buf(machine: &Machine, queue: RingId, name: &str, fact: &Fact) -> Option<u64> {
    let ring = machine.rings.get(queue.index())?;
    let buf = ring.rx_buf.get(usize::from(fact.object))?;
    let page = buf.page.some();
    Some(match name {
        "pagecnt_bias" => u64::from(buf.pagecnt_bias),
        "pgcnt" => u64::from(buf.pgcnt),
        "page_offset" => u64::from(buf.page_offset),
        "page" => page.map_or(0, |page| crate::machine::PageAllocator::virtual_address(page).0),
        "dma" => machine.memory.pages[page?.index()].iova?.0,
        _ => return None,
    })
}

fn descriptor(machine: &Machine, queue: RingId, name: &str, fact: &Fact) -> Option<u64> {
    let ring = machine.rings.get(queue.index())?;
    let descriptor = ring.descriptors.get(usize::from(fact.object))?;
    Some(match name {
        "read.pkt_addr" => descriptor.pkt_addr.0,
        "wb.status_error0" | "wb.upper.status_error" => u64::from(descriptor.status),
        "wb.pkt_len" | "wb.upper.length" => u64::from(descriptor.length),
        "wb.rss_hash" | "wb.lower.hi_dword.rss" => u64::from(descriptor.rss_hash),
        _ => return None,
    })
}

fn napi(machine: &Machine, queue: RingId, name: &str) -> Option<u64> {
    let napi = machine.napis.get(machine.rings.get(queue.index())?.napi.index())?;
    Some(match name {
        "state" => u64::from(napi.state),
        "weight" => u64::from(napi.weight),
        "napi_id" => u64::from(napi.napi_id),
        "rx_count" => u64::from(napi.rx_count),
        _ => return None,
    })
}

fn softnet(machine: &Machine, name: &str) -> Option<u64> {
    let softnet = &machine.cpus.first()?.softnet;
    Some(match name {
        "in_net_rx_action" => u64::from(softnet.in_net_rx_action),
        "processed" => u64::from(softnet.processed),
        "time_squeeze" => u64::from(softnet.time_squeeze),
        _ => return None,
    })
}

fn sk_buff(machine: &Machine, name: &str, fact: &Fact) -> Option<u64> {
    let skb = machine.skbs.objects.get(usize::from(fact.object))?;
    Some(match name {
        "len" => u64::from(skb.len),
        "truesize" => u64::from(skb.truesize),
        "hash" => u64::from(skb.hash),
        "napi_id" => u64::from(skb.napi_id),
        "mac_header" => u64::from(skb.mac_header),
        "network_header" => u64::from(skb.network_header),
        "transport_header" => u64::from(skb.transport_header),
        _ => return None,
    })
}

fn socket(machine: &Machine, name: &str, fact: &Fact) -> Option<u64> {
    if line_info(fact.line).object != Object::Socket {
        return None;
    }
    let socket = machine.sockets.get(usize::from(fact.object))?;
    Some(match name {
        "sk_backlog.rmem_alloc" => u64::from(socket.rmem_alloc),
        "sk_rcvbuf" => u64::from(socket.rcvbuf),
        "sk_drops" => u64::from(socket.drops),
        "sk_forward_alloc" => u64::from(socket.tcp.forward_alloc),
        "sk_backlog.len" => u64::from(socket.tcp.backlog_len),
        "sk_lock.owned" => u64::from(socket.tcp.owned),
        _ => return None,
    })
}

fn tcp_sock(machine: &Machine, name: &str, fact: &Fact) -> Option<u64> {
    if line_info(fact.line).object != Object::Socket {
        return None;
    }
    let tcp = &machine.sockets.get(usize::from(fact.object))?.tcp;
    Some(match name {
        "rcv_nxt" => u64::from(tcp.rcv_nxt),
        "rcv_wup" => u64::from(tcp.rcv_wup),
        "rcv_wnd" => u64::from(tcp.rcv_wnd),
        "copied_seq" => u64::from(tcp.copied_seq),
        "snd_una" => u64::from(tcp.snd_una),
        "snd_nxt" => u64::from(tcp.snd_nxt),
        "scaling_ratio" => u64::from(tcp.scaling_ratio),
        "icsk_ack.pending" => u64::from(tcp.ack_pending),
        "icsk_ack.quick" => u64::from(tcp.quick),
        "icsk_ack.rcv_mss" => u64::from(tcp.rcv_mss),
        _ => return None,
    })
}

fn tcp_skb_cb(machine: &Machine, name: &str, fact: &Fact) -> Option<u64> {
    let skb = machine.skbs.objects.get(usize::from(fact.object))?;
    Some(match name {
        "seq" => u64::from(skb.tcp.seq),
        "end_seq" => u64::from(skb.tcp.end_seq),
        "ack_seq" => u64::from(skb.tcp.ack_seq),
        "tcp_flags" => u64::from(skb.tcp_flags),
        _ => return None,
    })
}

fn register(machine: &Machine, queue: RingId, name: &str) -> Option<u64> {
    let queue = machine.nic.queues.get(queue.index())?;
    let vector = machine.nic.vectors.get(queue.vector.index());
    Some(match name {
        "QRX_TAIL" | "RDT" => u64::from(queue.tail),
        "RLAN.head" | "RDH" => u64::from(queue.head),
        "RLAN.base" => queue.base.0,
        "GLINT_DYN_CTL.INTENA" => u64::from(vector?.armed),
        _ => return None,
    })
}
