//! Which of the queues and of the sockets is shown: the one that the last step was about.

use super::object_id::ObjectId;
use crate::engine::{info, line_info};
use crate::fact::{Fact, Object, Subject};
use crate::machine::{CallFrame, Machine, Traffic};
use crate::units::{Local, LocalKind, NapiId, PacketId, PageId, RingId, SkbId, SocketId, VectorId};

/// The queue to show: what the fact names, or what the routine that stated it works on, or the
/// packet's; else that of the NAPI which is polled next; else queue 0.
pub(super) fn queue(
    machine: &Machine,
    before: &Machine,
    traffic: &Traffic,
    fact: Option<&Fact>,
) -> RingId {
    let of_fact = fact.and_then(|fact| {
        of_object(machine, fact)
            .or_else(|| frames(before, fact).find_map(|frame| of_frame(before, traffic, frame)))
            .or_else(|| of_packet(machine, traffic, fact.packet))
    });
    of_fact.or_else(|| waiting(machine)).unwrap_or(RingId(0))
}

fn of_object(machine: &Machine, fact: &Fact) -> Option<RingId> {
    let number = u32::from(fact.object);
    match line_info(fact.line).object {
        Object::Ring => machine.rings.get(usize::from(fact.object)).map(|_| RingId(number)),
        Object::Napi => of_napi(machine, NapiId(number)),
        Object::Vector => of_vector(machine, VectorId(number)),
        _ => None,
    }
}

/// The frames that the step ran in, the innermost first.
fn frames<'a>(before: &'a Machine, fact: &Fact) -> impl Iterator<Item = &'a CallFrame> + use<'a> {
    let subject = line_info(fact.line).subject;
    let on_cpu = matches!(subject, Subject::Kernel | Subject::Driver | Subject::Application);
    let cpu = &before.cpus[0];
    let task = &before.tasks[cpu.current.index()];
    let stacks = cpu.irq_stack.iter().rev().chain(task.stack.iter().rev());
    let event = before.events.iter().next().map(|event| &event.frame);
    stacks.filter(move |_| on_cpu).chain(event.filter(|_| !on_cpu))
}

/// What a frame's local variables name.
fn of_frame(machine: &Machine, traffic: &Traffic, frame: &CallFrame) -> Option<RingId> {
    let locals = info(frame.line.routine).locals.iter().zip(frame.locals);
    let mut named = locals.filter(|(_, bits)| *bits != u32::MAX);
    named.find_map(|(kind, bits)| match kind {
        LocalKind::RingId => Some(RingId(bits)),
        LocalKind::NapiId => of_napi(machine, NapiId(bits)),
        LocalKind::VectorId => of_vector(machine, VectorId(bits)),
        LocalKind::PacketId => of_packet(machine, traffic, PacketId(bits)),
        LocalKind::SkbId => of_packet(machine, traffic, machine.packet_of(SkbId::from_bits(bits))),
        _ => None,
    })
}

/// What the local variables of the step's frames name, the innermost first.
pub(super) fn locals<'a>(
    before: &'a Machine,
    fact: &Fact,
) -> impl Iterator<Item = Option<ObjectId>> + use<'a> {
    frames(before, fact).flat_map(|frame| {
        let locals = info(frame.line.routine).locals.iter().zip(frame.locals);
        locals.map(|(kind, bits)| match kind {
            _ if bits == u32::MAX => None,
            LocalKind::SkbId => Some(ObjectId::skb(SkbId::from_bits(bits))),
            LocalKind::PageId => Some(ObjectId::page(PageId(bits))),
            LocalKind::SocketId => Some(super::chosen::socket(before, SocketId(bits))),
            LocalKind::NapiId => Some(ObjectId::napi(NapiId(bits))),
            LocalKind::RingId => Some(ObjectId::ring(before.settings.driver, RingId(bits))),
            _ => None,
        })
    })
}

fn of_napi(machine: &Machine, napi: NapiId) -> Option<RingId> {
    machine.napis.get(napi.index())?.rings.first().copied()
}

fn of_vector(machine: &Machine, vector: VectorId) -> Option<RingId> {
    let queue = machine.nic.vectors.get(vector.index())?.rx_queue?;
    Some(RingId(u32::from(queue)))
}

fn of_packet(machine: &Machine, traffic: &Traffic, packet: PacketId) -> Option<RingId> {
    let frame = traffic.frames.get(packet.some()?.index())?;
    (!machine.nic.rss_table.is_empty()).then(|| machine.nic.queue_of(frame.rss_hash))
}

/// The queue of the NAPI that comes next on the CPU's lists.
fn waiting(machine: &Machine) -> Option<RingId> {
    let softnet = &machine.cpus[0].softnet;
    let mut listed = softnet.private_list.iter().chain(&softnet.poll_list).chain(&softnet.repoll);
    of_napi(machine, *listed.next()?)
}

/// The socket to show: what the fact names, or what a routine that it ran in works on, or the one
/// that the packet is for; else the first.
pub(super) fn socket(
    machine: &Machine,
    before: &Machine,
    traffic: &Traffic,
    fact: Option<&Fact>,
) -> usize {
    let of_flow = |packet: PacketId| {
        let flow = traffic.frames.get(packet.some()?.index())?.flow;
        machine.sockets.iter().position(|socket| socket.flow == flow)
    };
    let of_frame = |frame: &CallFrame| {
        let locals = info(frame.line.routine).locals.iter().zip(frame.locals);
        let mut named = locals.filter(|(_, bits)| *bits != u32::MAX);
        named.find_map(|(kind, bits)| match kind {
            LocalKind::SocketId => Some(bits as usize),
            LocalKind::SkbId => of_flow(machine.packet_of(SkbId::from_bits(bits))),
            _ => None,
        })
    };
    let of_fact = fact.and_then(|fact| {
        let names_it = line_info(fact.line).object == Object::Socket;
        let named = names_it.then_some(usize::from(fact.object));
        named
            .filter(|&number| number < machine.sockets.len())
            .or_else(|| of_flow(fact.packet))
            .or_else(|| frames(before, fact).find_map(of_frame))
    });
    of_fact.filter(|&number| number < machine.sockets.len()).unwrap_or(0)
}
