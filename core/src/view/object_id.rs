//! Which object of the kernel's memory: its struct, its number, and a short text for both.

use super::members::{self, Row};
use super::object::Value;
use crate::fact::Object;
use crate::machine::{Driver, Machine, SkbSlab};
use crate::timeline::OfStruct;
use crate::units::{NapiId, PageId, RingId, SkbId, SocketId, VectorId, VirtAddr};
use std::fmt;

macro_rules! kinds {
    ($($kind:ident $name:literal $key:literal),* $(,)?) => {
        /// A struct of Linux 6.12 of which the model holds members.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is the struct of that name")]
        pub enum ObjectKind {
            $($kind),*
        }

        impl ObjectKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The struct's name, as the kernel spells it.
            #[must_use]
            pub const fn struct_name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),*
                }
            }

            /// Its name in keys; that of the other driver's counterpart is the same.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$kind => $key),*
                }
            }
        }
    };
}

kinds! {
    IceDescriptor "ice_32b_rx_flex_desc" "desc",
    IgbDescriptor "e1000_adv_rx_desc" "desc",
    IceRxBuf "ice_rx_buf" "buf",
    IgbRxBuffer "igb_rx_buffer" "buf",
    IceRxRing "ice_rx_ring" "ring",
    IgbRing "igb_ring" "ring",
    IceQVector "ice_q_vector" "vector",
    IgbQVector "igb_q_vector" "vector",
    IrqDesc "irq_desc" "irq",
    IrqAction "irqaction" "action",
    Napi "napi_struct" "napi",
    GroList "gro_list" "gro",
    Softnet "softnet_data" "softnet",
    Page "page" "page",
    Skb "sk_buff" "skb",
    SharedInfo "skb_shared_info" "shinfo",
    GroCb "napi_gro_cb" "grocb",
    TcpCb "tcp_skb_cb" "tcpcb",
    Sock "sock" "sock",
    InetConnectionSock "inet_connection_sock" "icsk",
    TcpSock "tcp_sock" "tcp",
    UdpSock "udp_sock" "udp",
}

impl ObjectKind {
    /// The paths of the members that the model holds.
    pub fn paths(self) -> impl Iterator<Item = &'static str> {
        self.rows().map(|(path, _)| *path)
    }

    pub(super) fn rows(self) -> impl Iterator<Item = &'static Row> {
        self.tables().into_iter().flatten()
    }

    /// Whether it is one of many of the same ring or NAPI.
    #[must_use]
    pub const fn is_slot(self) -> bool {
        matches!(
            self,
            Self::IceDescriptor
                | Self::IgbDescriptor
                | Self::IceRxBuf
                | Self::IgbRxBuffer
                | Self::GroList
        )
    }

    /// Whether it is an `sk_buff` or a part of one.
    pub(super) const fn is_of_skb(self) -> bool {
        matches!(self, Self::Skb | Self::SharedInfo | Self::GroCb | Self::TcpCb)
    }

    /// Whether a host with this driver has such objects.
    #[must_use]
    pub fn is_of(self, driver: Driver) -> bool {
        let name = self.struct_name();
        match driver {
            Driver::Ice => !name.starts_with("igb_") && !name.starts_with("e1000_"),
            Driver::Igb => !name.starts_with("ice_"),
        }
    }
}

/// A NAPI's buckets, as lines name them.
pub(super) const BUCKETS: &[&str] = &["napi_struct.gro_hash"];
/// The page of a buffer, as lines name it.
pub(super) const BUFFERS_PAGE: &[&str] = &["ice_rx_buf.page", "igb_rx_buffer.page"];

/// Which object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    /// Its struct.
    pub kind: ObjectKind,
    /// The ring that it is a slot of, or the NAPI whose bucket it is; 0 for all others.
    pub owner: u16,
    /// Its number among its kind: the slot, the bucket, or the place in the model's arena.
    pub number: u32,
}

impl ObjectId {
    pub(super) const fn new(kind: ObjectKind, number: u32) -> Self {
        Self { kind, owner: 0, number }
    }

    pub(super) const fn ring(driver: Driver, ring: RingId) -> Self {
        match driver {
            Driver::Ice => Self::new(ObjectKind::IceRxRing, ring.0),
            Driver::Igb => Self::new(ObjectKind::IgbRing, ring.0),
        }
    }

    /// A slot of a ring: its descriptor.
    #[must_use]
    pub fn descriptor(driver: Driver, ring: u16, slot: u16) -> Self {
        let kind = match driver {
            Driver::Ice => ObjectKind::IceDescriptor,
            Driver::Igb => ObjectKind::IgbDescriptor,
        };
        Self { kind, owner: ring, number: slot.into() }
    }

    /// A slot of a ring: the driver's note on its buffer.
    #[must_use]
    pub fn rx_buf(driver: Driver, ring: u16, slot: u16) -> Self {
        let kind = match driver {
            Driver::Ice => ObjectKind::IceRxBuf,
            Driver::Igb => ObjectKind::IgbRxBuffer,
        };
        Self { kind, owner: ring, number: slot.into() }
    }

    pub(super) const fn q_vector(driver: Driver, vector: VectorId) -> Self {
        match driver {
            Driver::Ice => Self::new(ObjectKind::IceQVector, vector.0),
            Driver::Igb => Self::new(ObjectKind::IgbQVector, vector.0),
        }
    }

    pub(super) const fn napi(napi: NapiId) -> Self {
        Self::new(ObjectKind::Napi, napi.0)
    }

    pub(super) const fn bucket(napi: u16, bucket: u32) -> Self {
        Self { kind: ObjectKind::GroList, owner: napi, number: bucket }
    }

    pub(super) const fn skb(skb: SkbId) -> Self {
        Self::new(ObjectKind::Skb, skb.0)
    }

    pub(super) const fn page(page: PageId) -> Self {
        Self::new(ObjectKind::Page, page.0)
    }

    pub(super) const fn sock(socket: SocketId) -> Self {
        Self::new(ObjectKind::Sock, socket.0)
    }

    /// The value of one member; none if the model does not hold it.
    pub(super) fn member(self, machine: &Machine, path: &str) -> Option<Value> {
        let (_, read) = self.kind.rows().find(|(found, _)| *found == path)?;
        read(machine, self)
    }

    /// Whether there is such an object now.
    pub(super) fn exists(self, machine: &Machine) -> bool {
        if self.kind.is_of_skb() {
            return members::skb(machine, self).is_some();
        }
        self.kind.rows().any(|(_, read)| read(machine, self).is_some())
    }

    /// Where the CPU finds it, if the model knows.
    pub(super) fn address(self, machine: &Machine) -> Option<VirtAddr> {
        let bytes = match self.kind {
            ObjectKind::Skb => return Some(SkbSlab::address(SkbId(self.number))),
            ObjectKind::IceDescriptor => 32,
            ObjectKind::IgbDescriptor => 16,
            _ => return None,
        };
        let desc = machine.rings.get(usize::from(self.owner))?.desc;
        Some(desc.offset(u64::from(self.number) * bytes))
    }
}

impl ObjectId {
    /// A short text that means this object in any run of the same driver: `napi0`, `desc0.3`.
    #[must_use]
    pub fn key(self) -> String {
        let Self { kind, owner, number } = self;
        let key = kind.key();
        if kind.is_slot() { format!("{key}{owner}.{number}") } else { format!("{key}{number}") }
    }

    /// What lines say that may be about it.
    pub(crate) fn in_lines(self) -> OfStruct {
        let numbered = |about| OfStruct {
            name: self.kind.struct_name(),
            number: u16::try_from(self.number).ok(),
            about,
            through: &[],
        };
        match self.kind {
            ObjectKind::IceDescriptor
            | ObjectKind::IgbDescriptor
            | ObjectKind::IceRxBuf
            | ObjectKind::IgbRxBuffer => numbered([Object::Descriptor, Object::RxBuf]),
            ObjectKind::Page => OfStruct { through: BUFFERS_PAGE, ..numbered([Object::Page; 2]) },
            kind if kind.is_of_skb() => numbered([Object::Skb; 2]),
            ObjectKind::Sock
            | ObjectKind::InetConnectionSock
            | ObjectKind::TcpSock
            | ObjectKind::UdpSock => numbered([Object::Socket; 2]),
            kind => {
                let about = match kind {
                    ObjectKind::IceRxRing | ObjectKind::IgbRing => Object::Ring,
                    ObjectKind::IceQVector | ObjectKind::IgbQVector => Object::Vector,
                    ObjectKind::IrqDesc | ObjectKind::IrqAction => Object::Irq,
                    // Which NAPI is flushed, a line says; which of its buckets, the machine.
                    ObjectKind::Napi | ObjectKind::GroList => Object::Napi,
                    _ => Object::Softnet,
                };
                let through = if kind == ObjectKind::GroList { BUCKETS } else { &[] };
                OfStruct { name: kind.struct_name(), number: None, about: [about; 2], through }
            }
        }
    }

    /// The object that such a text means; none if it means nothing. It need not exist.
    #[must_use]
    pub fn of_key(driver: Driver, key: &str) -> Option<Self> {
        let (name, numbers) = key.split_at(key.find(|at: char| at.is_ascii_digit())?);
        let mut kinds = ObjectKind::ALL.iter().filter(|kind| kind.key() == name);
        let kind = *kinds.find(|kind| kind.is_of(driver))?;
        let (owner, number) = match numbers.split_once('.') {
            Some((owner, number)) if kind.is_slot() => (owner.parse().ok()?, number),
            None if !kind.is_slot() => (0, numbers),
            _ => return None,
        };
        Some(Self { kind, owner, number: number.parse().ok()? })
    }
}

impl fmt::Display for ObjectId {
    /// The struct's name and the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.struct_name(), self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Driver, ObjectId, ObjectKind, SkbId};

    #[test]
    fn a_key_means_its_object() {
        for driver in [Driver::Ice, Driver::Igb] {
            for &kind in ObjectKind::ALL.iter().filter(|kind| kind.is_of(driver)) {
                let id = ObjectId { kind, owner: u16::from(kind.is_slot()), number: 15 };
                assert_eq!(ObjectId::of_key(driver, &id.key()), Some(id), "{}", id.key());
            }
        }
        let ice = |key| ObjectId::of_key(Driver::Ice, key);
        assert_eq!(ice("skb15"), Some(ObjectId::skb(SkbId(15))));
        assert_eq!(ice("desc0.3"), Some(ObjectId::descriptor(Driver::Ice, 0, 3)));
        for wrong in ["", "skb", "15", "desc3", "desc0.", "napi0.1", "skb99999999999", "é1", "x1"]
        {
            assert_eq!(ice(wrong), None, "{wrong}");
        }
    }
}
