//! One object of the kernel's memory: which struct it is, and the values of its members before
//! and after the step.

use super::chosen::followed;
use super::object_id::{ObjectId, ObjectKind};
use super::{Place, shown};
use crate::engine::line_info;
use crate::fact::{Fact, LineInfo, Object};
use crate::machine::{GRO_HASH_BUCKETS, Machine};
use crate::units::{DmaAddr, RingId, VirtAddr};
use std::fmt;

/// A member's value, with how it is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A count, a size, an index.
    Number(u64),
    /// Bits without names.
    Hex(u64),
    /// An address for the CPU.
    Virtual(VirtAddr),
    /// An address for the device.
    Dma(DmaAddr),
    /// Bits with names.
    Flags(u64, &'static [(&'static str, u64)]),
    /// A number that has a name.
    Name(&'static str, u64),
    /// A hardware address.
    Mac([u8; 6]),
    /// An IPv4 address.
    Ipv4([u8; 4]),
    /// An IPv6 address.
    Ipv6([u8; 16]),
    /// A pointer to another object, or NULL; also the place of an object within this one.
    Pointer(Option<ObjectId>),
    /// A pointer to itself: an empty list.
    Itself,
}

impl fmt::Display for Value {
    /// As the kernel's people write it, the same in every language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Hex(bits) | Self::Virtual(VirtAddr(bits)) | Self::Dma(DmaAddr(bits)) => {
                write!(f, "{bits:#x}")
            }
            Self::Flags(bits, names) => {
                let set = names.iter().filter(|(_, bit)| bits & bit != 0);
                let set: Vec<&str> = set.map(|(name, _)| *name).collect();
                f.write_str(if set.is_empty() { "0" } else { "" })?;
                f.write_str(&set.join(" | "))
            }
            Self::Name(name, _) => f.write_str(name),
            Self::Mac([a, b, c, d, e, g]) => {
                write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
            }
            Self::Ipv4([a, b, c, d]) => write!(f, "{a}.{b}.{c}.{d}"),
            Self::Ipv6(address) => {
                for (place, pair) in address.chunks(2).enumerate() {
                    let colon = if place == 0 { "" } else { ":" };
                    write!(f, "{colon}{:x}", u16::from_be_bytes([pair[0], pair[1]]))?;
                }
                Ok(())
            }
            Self::Pointer(None) => f.write_str("NULL"),
            Self::Pointer(Some(to)) => write!(f, "{to}"),
            Self::Itself => f.write_str("↺"),
        }
    }
}

/// A member that the model holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// Its path from the struct.
    pub path: &'static str,
    /// Its value before the step; none if it had none.
    pub old: Option<Value>,
    /// Its value now; none if it has none.
    pub new: Option<Value>,
}

/// An object with what the model holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectView {
    /// Which one.
    pub id: ObjectId,
    /// Where the CPU finds it, if the model knows.
    pub address: Option<VirtAddr>,
    /// Its members, as far as the model holds them.
    pub members: Vec<MemberView>,
    /// Paths that the step's line reads.
    pub reads: Vec<&'static str>,
    /// Paths that the step's line writes.
    pub writes: Vec<&'static str>,
}

/// What a place shows of `wanted`, or of the object that the last step was about.
#[must_use]
pub fn object(place: &Place<'_>, wanted: Option<ObjectId>) -> Option<ObjectView> {
    let id = wanted.or_else(|| followed(place))?;
    let members = id.kind.rows().map(|&(path, read)| MemberView {
        path,
        old: read(place.before, id),
        new: read(place.machine, id),
    });
    let line = place.fact.map(|fact| line_info(fact.line));
    let touched = |name| touched(place, name, id);
    Some(ObjectView {
        id,
        address: id.address(place.machine),
        members: members.collect(),
        reads: line.iter().flat_map(LineInfo::reads).filter_map(touched).collect(),
        writes: line.iter().flat_map(LineInfo::writes).filter_map(touched).collect(),
    })
}

/// The path within `id`, if the name is of that object.
pub(super) fn touched(place: &Place<'_>, name: &'static str, id: ObjectId) -> Option<&'static str> {
    let (owner, path) = name.split_once('.')?;
    let fact = place.fact.as_ref()?;
    let queue = shown::queue(place.machine, place.before, place.traffic, Some(fact));
    let is_named = named(place.machine, queue, owner, fact) == Some(id);
    (is_named || (owner == "page" && is_page_of(place, queue, fact, id))).then_some(path)
}

/// Whether it is the page of the buffer that the fact is about, before the step or behind it.
pub(super) fn is_page_of(place: &Place<'_>, queue: RingId, fact: &Fact, id: ObjectId) -> bool {
    id.kind == ObjectKind::Page
        && line_info(fact.line).object == Object::RxBuf
        && [place.before, place.machine].into_iter().any(|machine| {
            let ring = machine.rings.get(queue.index());
            let buf = ring.and_then(|ring| ring.rx_buf.get(usize::from(fact.object)));
            buf.is_some_and(|buf| buf.page.0 == id.number)
        })
}

/// The object of that struct which the fact is about; ring and NAPI are those of `queue`.
pub(super) fn named(
    machine: &Machine,
    queue: RingId,
    owner: &str,
    fact: &Fact,
) -> Option<ObjectId> {
    let kind = *ObjectKind::ALL.iter().find(|kind| kind.struct_name() == owner)?;
    let about = line_info(fact.line).object;
    let ring = u16::try_from(queue.0).ok()?;
    let number = u32::from(fact.object);
    let this = |wanted: Object| (about == wanted).then_some(ObjectId::new(kind, number));
    match kind {
        ObjectKind::IceDescriptor
        | ObjectKind::IgbDescriptor
        | ObjectKind::IceRxBuf
        | ObjectKind::IgbRxBuffer => {
            let slot = matches!(about, Object::Descriptor | Object::RxBuf);
            slot.then_some(ObjectId { kind, owner: ring, number })
        }
        ObjectKind::IceRxRing | ObjectKind::IgbRing => Some(ObjectId::new(kind, queue.0)),
        ObjectKind::Napi => Some(ObjectId::napi(machine.rings.get(queue.index())?.napi.some()?)),
        ObjectKind::IceQVector | ObjectKind::IgbQVector => {
            Some(ObjectId::new(kind, machine.nic.queues.get(queue.index())?.vector.some()?.0))
        }
        ObjectKind::IrqDesc | ObjectKind::IrqAction => {
            let line = machine.irqs.iter().position(|irq| u32::from(irq.irq) == number);
            let line = line.filter(|_| about == Object::Irq)?;
            Some(ObjectId::new(kind, u32::try_from(line).ok()?))
        }
        ObjectKind::GroList => {
            let napi = u16::try_from(machine.rings.get(queue.index())?.napi.some()?.0).ok()?;
            let skb =
                (about == Object::Skb).then(|| machine.skbs.objects.get(number as usize))??;
            Some(ObjectId::bucket(napi, skb.hash % GRO_HASH_BUCKETS as u32))
        }
        ObjectKind::Softnet => Some(ObjectId::new(kind, 0)),
        ObjectKind::Page => this(Object::Page),
        ObjectKind::Skb | ObjectKind::SharedInfo | ObjectKind::GroCb | ObjectKind::TcpCb => {
            this(Object::Skb)
        }
        ObjectKind::Sock
        | ObjectKind::InetConnectionSock
        | ObjectKind::TcpSock
        | ObjectKind::UdpSock => this(Object::Socket),
    }
}

#[cfg(test)]
mod tests {
    use super::{MemberView, ObjectId, ObjectKind, Value, object};
    use crate::machine::Driver;
    use crate::scenario::named;
    use crate::session::{Command, Outcome, Session};
    use crate::units::SkbId;
    use crate::view::{neighbour, objects};

    fn session() -> Session {
        let (mut scenario, generator) = named("generator").expect("a ready scenario");
        scenario.traffic = generator.traffic();
        let mut session = Session::new(scenario);
        while session.run(Command::ToFirstFrame) == Outcome::Unfinished {}
        session
    }

    /// Steps until the object of the last step has a member of that path that changed.
    fn until(session: &mut Session, kind: ObjectKind, path: &str) -> MemberView {
        for _ in 0..2_000 {
            session.run(Command::By(1));
            let view = object(&session.place_now(), None);
            let view = view.filter(|view| view.id.kind == kind && view.writes.contains(&path));
            let mut members = view.into_iter().flat_map(|view| view.members);
            if let Some(found) = members.find(|one| one.path == path && one.old != one.new) {
                return found;
            }
        }
        panic!("no step changes {path}");
    }

    #[test]
    fn the_object_of_the_step_shows_what_the_step_changed() {
        let mut session = session();
        let pulled = until(&mut session, ObjectKind::Skb, "len");
        assert!(matches!(pulled.new, Some(Value::Number(bytes)) if bytes > 0), "{pulled:?}");
        let queue = until(&mut session, ObjectKind::Skb, "queue_mapping");
        assert_eq!(queue.new, Some(Value::Number(1)), "queue 0, plus 1");
        let done = until(&mut session, ObjectKind::Napi, "state");
        assert_ne!(done.old, done.new);
    }

    #[test]
    fn the_neighbours_of_a_slot_are_all_slots_and_a_free_sk_buff_is_none() {
        let mut session = session();
        session.run(Command::By(600));
        let place = session.place_now();
        let slots = usize::from(place.machine.rings[0].count);
        let first = ObjectId::descriptor(Driver::Ice, 0, 0);
        let all = std::iter::successors(Some(first), |&at| neighbour(&place, at, true));
        assert_eq!(all.take(slots + 1).count(), slots);
        let live = place.machine.skbs.objects.iter().filter(|skb| skb.live).count();
        assert!(live > 0, "no sk_buff lives");
        let mut found = 0;
        let mut at = ObjectId::skb(SkbId(0));
        found += usize::from(at.exists(place.machine));
        while let Some(next) = neighbour(&place, at, true) {
            assert!(neighbour(&place, next, false).is_none_or(|back| back <= at));
            (at, found) = (next, found + 1);
        }
        assert_eq!(found, live);
    }

    #[test]
    fn an_object_that_is_not_there_has_no_values() {
        let session = session();
        let place = session.place_now();
        let skb = object(&place, Some(ObjectId::skb(SkbId(0)))).expect("a view");
        assert!(skb.members.iter().all(|member| member.new.is_none()), "{skb:?}");
        assert!(objects(&place).iter().all(|id| id.kind != ObjectKind::Skb));
    }

    #[test]
    fn a_descriptor_shows_only_the_format_that_it_is_in() {
        let mut session = session();
        let known = |session: &Session| {
            let id = ObjectId::descriptor(Driver::Ice, 0, 0);
            let view = object(&session.place_now(), Some(id)).expect("a view");
            let known = view.members.into_iter().filter(|member| member.new.is_some());
            known.map(|member| member.path).collect::<Vec<_>>()
        };
        assert_eq!(known(&session), ["read.pkt_addr", "wb.status_error0"]);
        while !session.machine().rings[0].descriptors[0].written_back {
            session.run(Command::By(1));
        }
        let back = ["wb.pkt_len", "wb.status_error0", "wb.flex_meta0", "wb.flex_meta1"];
        assert_eq!(known(&session), back);
    }
}
