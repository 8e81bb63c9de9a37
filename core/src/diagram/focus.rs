//! Where on the stage the last step happened: who acted, on what, and what went over the bus.

use crate::engine::line_info;
use crate::fact::{Cost, Fact, Object, RoutineId, Subject};
use crate::machine::{Context, DropPlace, DropReason};
use crate::units::PacketId;
use crate::view::{FrameView, WalkView};

/// A place on the stage that can act or be acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the box of that name")]
pub enum Place {
    Wire,
    Fifo,
    Rss,
    Queue,
    Moderation,
    Vector,
    Iommu,
    Ring,
    Buffers,
    Hardirq,
    Softirq,
    Task,
    Napi,
    Gro,
    Core,
    Ip,
    Transport,
    Socket,
    Application,
}

/// What went over the bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BusMessage {
    /// The card wrote a frame into host memory.
    WritesFrame,
    /// The card wrote a descriptor back.
    WritesDescriptor,
    /// The card read descriptors.
    ReadsDescriptors,
    /// The IOMMU translated an address.
    Translates,
    /// An MSI-X message, to the CPU.
    Interrupt,
    /// A register write, from the CPU.
    Register,
    /// A tail write, with its value.
    Tail(u16),
}

impl BusMessage {
    /// Whether it takes the way below memory.
    pub(super) const fn passes_below(self) -> bool {
        matches!(self, Self::Interrupt | Self::Register | Self::Tail(_))
    }
}

/// What the last step was about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// Where who acted is.
    pub subject: Option<Place>,
    /// Where what it acted on is.
    pub object: Option<Place>,
    /// What went over the bus.
    pub bus: Option<BusMessage>,
    /// The packet it was done for.
    pub packet: Option<PacketId>,
}

impl Focus {
    /// The focus of the view's fact.
    #[must_use]
    pub fn of(view: &WalkView) -> Self {
        let Some(fact) = &view.fact else {
            return Self::default();
        };
        let on_cpu = view.stack.last().map_or(Place::Task, of_frame);
        Self {
            subject: Some(subject(fact, on_cpu)),
            object: object(view, fact, on_cpu),
            bus: bus(fact),
            packet: fact.packet.some(),
        }
    }
}

fn subject(fact: &Fact, on_cpu: Place) -> Place {
    match line_info(fact.line).subject {
        Subject::Wire => Place::Wire,
        Subject::Iommu => Place::Iommu,
        Subject::Lapic => Place::Hardirq,
        Subject::Application => Place::Application,
        Subject::Kernel | Subject::Driver => on_cpu,
        Subject::Nic => match fact.line.routine {
            RoutineId::MacReceive if line_info(fact.line).name() == "Classify" => Place::Rss,
            RoutineId::MacReceive => Place::Fifo,
            RoutineId::Moderate | RoutineId::SoftwareInterrupt => Place::Moderation,
            RoutineId::ArmVector => Place::Vector,
            _ => Place::Queue,
        },
    }
}

fn object(view: &WalkView, fact: &Fact, on_cpu: Place) -> Option<Place> {
    Some(match line_info(fact.line).object {
        Object::Frame if fact.line.routine == RoutineId::WireDeliver => Place::Fifo,
        Object::Frame => Place::Fifo,
        Object::Descriptor | Object::Ring | Object::RxBuf => Place::Ring,
        Object::Page => Place::Buffers,
        Object::Tail => Place::Queue,
        Object::Vector => Place::Vector,
        Object::Irq => Place::Hardirq,
        Object::Softirq | Object::Softnet => Place::Softirq,
        Object::Napi | Object::Budget => Place::Napi,
        Object::Skb | Object::SkbList | Object::GroResult => layer(view, fact.line.routine),
        Object::Socket => Place::Socket,
        Object::Task => Place::Task,
        Object::Cpu => on_cpu,
        Object::Reason => reason_place(view, fact),
        Object::Register | Object::Device => return None,
    })
}

/// The box of what a frame belongs to.
///
/// A frame's context is what `preempt_count` said when it was entered. The code that starts the
/// softirqs at the end of an interrupt is entered outside any, but on the interrupt's stack.
pub(super) fn of_frame(frame: &FrameView) -> Place {
    match frame.context {
        Context::Task if frame.task.is_some() => Place::Task,
        Context::Task | Context::Softirq => Place::Softirq,
        Context::Hardirq | Context::HardirqInSoftirq => Place::Hardirq,
    }
}

/// The layer that a step on a packet belongs to: its routine's, or that of the routine which called
/// the helpers that free and link packets everywhere.
fn layer(view: &WalkView, routine: RoutineId) -> Place {
    let helper = |id: RoutineId| (RoutineId::SkbReleaseData..RoutineId::EthTypeTrans).contains(&id);
    if !helper(routine) {
        return layer_of(routine);
    }
    let mut callers = view.stack.iter().rev().map(|frame| frame.routine);
    callers.find(|&caller| !helper(caller)).map_or(Place::Gro, layer_of)
}

/// The layer that a routine belongs to; the numbers go up the stack.
fn layer_of(routine: RoutineId) -> Place {
    use RoutineId as R;
    let stream_queue = [
        R::TcpQueueRcv,
        R::TcpDataReady,
        R::TcpDataQueueOfo,
        R::TcpOfoQueue,
        R::TcpAddBacklog,
        R::ReleaseSock,
        R::ReleaseSockBacklog,
        R::TcpRecvmsg,
        R::TcpRecvmsgLocked,
    ];
    if stream_queue.contains(&routine) {
        return Place::Socket;
    }
    if routine < RoutineId::NetifReceiveSkbListInternal {
        Place::Gro
    } else if routine < RoutineId::IpListRcv {
        Place::Core
    } else if routine < RoutineId::UdpRcv {
        Place::Ip
    } else if routine < RoutineId::UdpEnqueueScheduleSkb
        || (R::TcpV4EarlyDemux..R::SockDefReadable).contains(&routine)
    {
        Place::Transport
    } else {
        Place::Socket
    }
}

fn reason_place(view: &WalkView, fact: &Fact) -> Place {
    let reason = DropReason::ALL.get(usize::from(fact.object));
    match reason.map(|reason| reason.place()) {
        Some(DropPlace::Card) => Place::Fifo,
        Some(DropPlace::Driver) => Place::Ring,
        _ => layer(view, fact.line.routine),
    }
}

fn bus(fact: &Fact) -> Option<BusMessage> {
    let line = line_info(fact.line);
    Some(match (line.cost, line.object) {
        _ if fact.line.routine == RoutineId::TailWrite => BusMessage::Tail(fact.object),
        _ if fact.line.routine == RoutineId::ArmVector => BusMessage::Register,
        (_, Object::Vector) if line.subject == Subject::Lapic => BusMessage::Interrupt,
        (Cost::DmaWrite, Object::Vector) => BusMessage::Interrupt,
        (Cost::DmaWrite, Object::Descriptor) => BusMessage::WritesDescriptor,
        (Cost::DmaWrite, _) => BusMessage::WritesFrame,
        (Cost::DmaRead, _) => BusMessage::ReadsDescriptors,
        (Cost::Iotlb, _) => BusMessage::Translates,
        (Cost::MmioWrite, Object::Tail) => BusMessage::Tail(fact.object),
        (Cost::MmioWrite | Cost::MmioRead, _) => BusMessage::Register,
        _ => return None,
    })
}
