//! Which object is shown: that of the step, or one that is asked for by kind or by packet.

use super::members::Row;
use super::object::{is_page_of, named};
use super::object_id::{BUCKETS, BUFFERS_PAGE, ObjectId, ObjectKind};
use super::{Place, members, shown};
use crate::engine::line_info;
use crate::fact::Object;
use crate::machine::{GRO_HASH_BUCKETS, Machine};
use crate::units::{NapiId, PacketId, RingId, SkbId, SocketId, VectorId};
use std::iter::successors;

/// The object that the last step was about: what its line writes, or reads, or names; else what
/// the routine works on; else the ring.
pub(super) fn followed(place: &Place<'_>) -> Option<ObjectId> {
    let (machine, fact) = (place.machine, place.fact.as_ref());
    let queue = shown::queue(machine, place.before, place.traffic, fact);
    let ring = || Some(ObjectId::ring(machine.settings.driver, queue));
    let there = |id: &ObjectId| id.exists(machine) || id.exists(place.before);
    let Some(fact) = fact else { return ring().filter(there) };
    let line = line_info(fact.line);
    let owners = line.writes().chain(line.reads()).filter_map(|name| name.split_once('.'));
    let mut objects = owners.filter_map(|(owner, _)| named(machine, queue, owner, fact));
    let of_fact = || {
        let owner = owner_of(machine, line.object, u32::from(fact.object))?;
        named(machine, queue, owner, fact)
    };
    let working = || shown::locals(place.before, fact).find_map(|local| local.filter(there));
    objects.find(there).or_else(|| of_fact().filter(there)).or_else(working).or_else(ring)
}

/// Whether the last step reads, writes or names an object, or goes through what leads to it: a NAPI's
/// buckets to the one that is meant or changes, a buffer to its page.
#[must_use]
pub fn concerns(place: &Place<'_>, id: ObjectId) -> bool {
    let Some(fact) = place.fact.as_ref() else { return false };
    let queue = shown::queue(place.machine, place.before, place.traffic, place.fact.as_ref());
    let line = line_info(fact.line);
    let owners = line.writes().chain(line.reads()).filter_map(|name| name.split_once('.'));
    let of_line = owner_of(place.machine, line.object, u32::from(fact.object));
    let mut owners = owners.map(|(owner, _)| owner).chain(of_line);
    let is = |owner| named(place.machine, queue, owner, fact) == Some(id);
    if owners.any(is) {
        return true;
    }
    let names = |wanted: &str, through: &[&str]| {
        let mut names = line.writes().chain(line.reads());
        names.any(|name| name.split('.').next() == Some(wanted) || through.contains(&name))
    };
    match id.kind {
        ObjectKind::GroList if names("gro_list", BUCKETS) => {
            let value = |machine, (_, read): &Row| read(machine, id);
            is("gro_list")
                || id.kind.rows().any(|row| value(place.before, row) != value(place.machine, row))
        }
        ObjectKind::Page if names("page", BUFFERS_PAGE) => is_page_of(place, queue, fact, id),
        _ => false,
    }
}

/// The struct that stands for a kind of thing.
fn owner_of(machine: &Machine, object: Object, number: u32) -> Option<&'static str> {
    let driver = machine.settings.driver;
    let kind = match object {
        Object::Descriptor => ObjectId::descriptor(driver, 0, 0).kind,
        Object::RxBuf => ObjectId::rx_buf(driver, 0, 0).kind,
        Object::Ring => ObjectId::ring(driver, RingId(0)).kind,
        Object::Vector => ObjectId::q_vector(driver, VectorId(0)).kind,
        Object::Irq => ObjectKind::IrqDesc,
        Object::Napi => ObjectKind::Napi,
        Object::Softnet => ObjectKind::Softnet,
        Object::Page => ObjectKind::Page,
        Object::Skb => ObjectKind::Skb,
        Object::Socket => socket(machine, SocketId(number)).kind,
        _ => return None,
    };
    Some(kind.struct_name())
}

/// A socket as its protocol knows it.
pub(super) fn socket(machine: &Machine, number: SocketId) -> ObjectId {
    let id = ObjectId::sock(number);
    let tcp = members::tcp(machine, id).is_some();
    ObjectId { kind: if tcp { ObjectKind::TcpSock } else { ObjectKind::UdpSock }, ..id }
}

/// The objects to choose from at a place, one of each kind: that of the last step where there is
/// one, else the first. [`neighbour`] leads to the others.
#[must_use]
pub fn objects(place: &Place<'_>) -> Vec<ObjectId> {
    let machine = place.machine;
    let followed = followed(place);
    let queue = shown::queue(machine, place.before, place.traffic, place.fact.as_ref());
    let driver = machine.settings.driver;
    let ring = machine.rings.get(queue.index());
    let number = u16::try_from(queue.0).unwrap_or(0);
    let slot = ring.map_or(0, |ring| ring.next_to_clean);
    let slot = followed
        .filter(|id| id.owner == number && id.kind.is_slot())
        .map_or(slot, |id| u16::try_from(id.number).unwrap_or(slot));
    let packet = place.fact.map_or(PacketId::NONE, |fact| fact.packet);
    let skb = skb_of(machine, packet).or_else(|| {
        machine.skbs.objects.iter().position(|skb| skb.live).and_then(|at| u32::try_from(at).ok())
    });
    let skb = followed.filter(|id| id.kind == ObjectKind::Skb).map(|id| id.number).or(skb);
    let of_skb = |kind| skb.map(|skb| ObjectId::new(kind, skb));
    let vector = machine.nic.queues.get(queue.index()).and_then(|queue| queue.vector.some());
    let page = ring.and_then(|ring| ring.rx_buf.get(usize::from(slot))?.page.some());
    let napi = ring.and_then(|ring| ring.napi.some());
    let socket = match followed {
        Some(id) if id.kind >= ObjectKind::Sock => SocketId(id.number),
        _ => SocketId(0),
    };
    let socket = socket_of(machine, socket);
    let all = [
        Some(ObjectId::descriptor(driver, number, slot)),
        Some(ObjectId::rx_buf(driver, number, slot)),
        Some(ObjectId::ring(driver, queue)),
        vector.map(|vector| ObjectId::q_vector(driver, vector)),
        vector.map(|vector| ObjectId::new(ObjectKind::IrqDesc, vector.0)),
        vector.map(|vector| ObjectId::new(ObjectKind::IrqAction, vector.0)),
        napi.map(ObjectId::napi),
        napi.and_then(|napi| first_bucket(machine, napi)),
        Some(ObjectId::new(ObjectKind::Softnet, 0)),
        page.map(ObjectId::page),
        of_skb(ObjectKind::Skb),
        of_skb(ObjectKind::SharedInfo),
        of_skb(ObjectKind::GroCb),
        of_skb(ObjectKind::TcpCb),
        socket.map(|id| ObjectId { kind: ObjectKind::Sock, ..id }),
        socket,
    ];
    all.into_iter().flatten().filter(|id| id.exists(machine)).collect()
}

/// Every object that there is at a place: those of one kind together, by number.
#[must_use]
pub fn all_objects(place: &Place<'_>) -> Vec<ObjectId> {
    let driver = place.machine.settings.driver;
    let mut all = Vec::new();
    for &kind in ObjectKind::ALL.iter().filter(|kind| kind.is_of(driver)) {
        let first = ObjectId::new(kind, 0);
        all.extend(Some(first).filter(|id| id.exists(place.machine)));
        all.extend(successors(neighbour(place, first, true), |&id| neighbour(place, id, true)));
    }
    all
}

/// A NAPI's first bucket that holds something, or its first.
fn first_bucket(machine: &Machine, napi: NapiId) -> Option<ObjectId> {
    let held = machine.napis.get(napi.index())?.gro_hash.iter();
    let full = held.clone().position(|bucket| bucket.count > 0).unwrap_or(0);
    Some(ObjectId::bucket(u16::try_from(napi.0).ok()?, u32::try_from(full).ok()?))
}

/// The next object of the same kind that exists, or the one before.
#[must_use]
pub fn neighbour(place: &Place<'_>, id: ObjectId, on: bool) -> Option<ObjectId> {
    let machine = place.machine;
    let last = |id: ObjectId| match id.kind {
        ObjectKind::GroList => GRO_HASH_BUCKETS as u32 - 1,
        kind if kind.is_slot() => {
            let ring = machine.rings.get(usize::from(id.owner));
            ring.map_or(0, |ring| u32::from(ring.count).saturating_sub(1))
        }
        kind if kind.is_of_skb() => machine.skbs.objects.len() as u32,
        ObjectKind::Page => machine.memory.pages.len() as u32,
        // One of each for a queue, or a few.
        _ => machine.irqs.len().max(machine.sockets.len()) as u32,
    };
    let mut at = id;
    loop {
        let owners = machine.rings.len().max(machine.napis.len());
        at = match (on, at.number) {
            (true, number) if number < last(at) => ObjectId { number: number + 1, ..at },
            (false, number) if number > 0 => ObjectId { number: number - 1, ..at },
            (true, _) if at.kind.is_slot() && usize::from(at.owner) + 1 < owners => {
                ObjectId { owner: at.owner + 1, number: 0, ..at }
            }
            (false, _) if at.kind.is_slot() && at.owner > 0 => {
                let before = ObjectId { owner: at.owner - 1, ..at };
                ObjectId { number: last(before), ..before }
            }
            _ => return None,
        };
        if at.exists(machine) {
            return Some(at);
        }
    }
}

fn socket_of(machine: &Machine, number: SocketId) -> Option<ObjectId> {
    machine.sockets.get(number.index()).map(|_| socket(machine, number))
}

/// The `sk_buff` that holds a packet's bytes.
pub(super) fn skb_of(machine: &Machine, packet: PacketId) -> Option<u32> {
    packet.some()?;
    let numbers = 0..u32::try_from(machine.skbs.objects.len()).ok()?;
    let mut live = numbers.filter(|skb| machine.skbs.objects[*skb as usize].live);
    live.find(|&skb| machine.skbs.packets(SkbId(skb)).any(|held| held == packet))
}
