//! Plain snapshots for those who look: the front end and the tests.
//!
//! A view is a copy; nothing in it leads back into the machine. Numbers and ids only: words are
//! made at the edge.

mod bytes;
mod chosen;
mod code;
mod fields;
mod followed;
mod headers;
mod host;
mod members;
mod object;
mod object_id;
mod recall;
mod registers;
mod ring;
mod shown;
mod touching;
mod values;

pub use bytes::{ByteView, BytesOf, BytesView, FieldView, bytes, has_bytes};
pub use chosen::{all_objects, concerns, neighbour, objects};
pub use code::{CodeView, FrameView};
pub use fields::field_names;
pub use followed::{Followed, Whereabouts, by_dma, object_of_packet, whereabouts};
pub use host::{
    ClimbView, CpuView, NapiView, NicView, SocketView, TotalsView, VectorView, WireView,
    driver_name, endpoints, totals,
};
pub use object::{MemberView, ObjectView, Value, object};
pub use object_id::{ObjectId, ObjectKind};
pub use recall::{CHANGES_SHOWN, Recall, Turn};
pub use registers::{RegisterField, RegisterView, register_names, registers};
pub use ring::{Owner, PointerKind, RingView, SlotView, WINDOW};
pub use touching::{Touching, touching};
pub use values::Change;

use crate::fact::Fact;
use crate::machine::{Driver, Machine, Traffic};

/// Everything that the Walk page shows of one place in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkView {
    /// Steps made.
    pub step: u64,
    /// How far the run is known.
    pub explored: u64,
    /// Whether that is its end.
    pub ended: bool,
    /// When the last step was made, in ns since power-on.
    pub at_ns: u64,
    /// The driver.
    pub driver: Driver,
    /// What the last step did.
    pub fact: Option<Fact>,
    /// Members that it changed, with old and new value.
    pub changes: Vec<Change>,
    /// The routine that it belongs to.
    pub code: Option<CodeView>,
    /// The frames of the CPU that it ran on (or, for hardware, of CPU 0), outermost first.
    pub stack: Vec<FrameView>,
    /// The wire.
    pub wire: WireView,
    /// The card.
    pub nic: NicView,
    /// The receive ring of the shown queue, if it has been built.
    pub ring: Option<RingView>,
    /// CPU 0.
    pub cpu: CpuView,
    /// The NAPI instance of the shown queue, if it has been registered.
    pub napi: Option<NapiView>,
    /// Packets on their way up the stack.
    pub climb: ClimbView,
    /// Which of the sockets is shown: the one that the last step was about.
    pub socket: usize,
    /// Sockets, in order of flows.
    pub sockets: Vec<SocketView>,
    /// What was counted so far.
    pub totals: TotalsView,
}

/// A place in a run, as a session knows it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The machine there.
    pub machine: &'a Machine,
    /// The machine one step earlier.
    pub before: &'a Machine,
    /// What the last step did; none at power-on.
    pub fact: Option<Fact>,
    /// What the wire delivers.
    pub traffic: &'a Traffic,
    /// How far the run is known.
    pub explored: u64,
    /// Whether that is its end.
    pub ended: bool,
}

/// The Walk page's view of a place; sessions give it by `Session::walk`.
#[must_use]
pub fn walk(place: &Place<'_>) -> WalkView {
    let Place { machine, before, fact, traffic, explored, ended } = *place;
    let queue = shown::queue(machine, before, traffic, fact.as_ref());
    let napi = machine.rings.get(queue.index()).and_then(|ring| ring.napi.some());
    WalkView {
        step: machine.step,
        explored,
        ended,
        at_ns: machine.now,
        driver: machine.settings.driver,
        fact,
        changes: fact
            .map(|fact| values::changes(before, machine, queue, &fact))
            .unwrap_or_default(),
        code: fact.map(|fact| code::code(&fact)),
        stack: code::stack(before, fact.as_ref()),
        wire: host::wire(machine, traffic),
        nic: host::nic(machine, queue),
        ring: ring::ring(machine, queue, fact.as_ref()),
        cpu: host::cpu(machine),
        napi: napi.map(|napi| host::napi(machine, napi)),
        climb: host::climb(machine),
        socket: shown::socket(machine, before, traffic, fact.as_ref()),
        sockets: machine.sockets.iter().map(|socket| host::socket(machine, socket)).collect(),
        totals: host::totals(machine),
    }
}
