//! Every routine, by number: its description, and how to run it.

use crate::fact::{Cost, Described, RoutineId, RoutineInfo, Sink};
use crate::hardware::interrupt_controller::{ApicTimer, LapicAccept};
use crate::hardware::mac::MacReceive;
use crate::hardware::moderation::{Moderate, SoftwareInterrupt};
use crate::hardware::register::{ArmVector, TailWrite};
use crate::hardware::rx_queue::RxQueueReceive;
use crate::hardware::wire::{WireDeliver, WireSent};
use crate::kernel::alloc_skb::*;
use crate::kernel::boot::*;
use crate::kernel::build_skb::*;
use crate::kernel::coalesce::*;
use crate::kernel::driver::dma::{DmaMapPageAttrs, DmaUnmapPageAttrs};
use crate::kernel::driver::*;
use crate::kernel::fragments::*;
use crate::kernel::gro::*;
use crate::kernel::hardirq::*;
use crate::kernel::ip::*;
use crate::kernel::napi::*;
use crate::kernel::poll::*;
use crate::kernel::receive_core::*;
use crate::kernel::route::*;
use crate::kernel::scheduler::{DoIdle, Schedule};
use crate::kernel::socket::*;
use crate::kernel::softirq::*;
use crate::kernel::tcp::*;
use crate::kernel::timer::*;
use crate::kernel::udp::*;
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::user::application::{Application, StreamApplication};

/// How a frame goes on, with its line and locals already brought up to date.
pub(super) enum Step {
    /// Stay on top.
    Stay,
    /// A callee goes on top.
    Call(CallFrame),
    /// Leave with this value.
    Return(u32),
    /// The CPU stops until an interrupt.
    Halt,
}

macro_rules! routines {
    ($($name:ident),+ $(,)?) => {
        /// The routine's description.
        #[must_use]
        pub fn info(id: RoutineId) -> &'static RoutineInfo {
            match id { $(RoutineId::$name => described::<$name>()),+ }
        }

        /// All routines.
        pub const ALL: &[RoutineId] = &[$(RoutineId::$name),+];

        /// Runs the frame's line, and says what kind of work it was.
        #[inline(always)]
        pub(super) fn run<S: Sink>(frame: &mut CallFrame, act: &mut Act<'_, S>) -> (Step, Cost) {
            match frame.line.routine { $(RoutineId::$name => step::<$name, S>(frame, act)),+ }
        }
    };
}

routines! {
    WireDeliver, MacReceive, RxQueueReceive, Moderate, SoftwareInterrupt,
    LapicAccept, ApicTimer, TailWrite, ArmVector, CommonInterrupt,
    DoCommonInterrupt, HandleEdgeIrq, HandleIrqEvent, HandleIrqEventPercpu,
    IrqExitRcu, SysvecApicTimerInterrupt, NapiWatchdog, HandleSoftirqs, RaiseSoftirqIrqoff, LocalBhEnableIp,
    RunKsoftirqd, Schedule, DoIdle, NapiSchedulePrep,
    NapiSchedule, NetRxAction, NetRpsActionAndIrqEnable, NapiPoll,
    DoNapiPoll, NapiCompleteDone, IceProbe, IceOpen,
    IceSetupRxRing, IceSetupRxCtx, IceMsixCleanRings, IceNapiPoll, IceSetWbOnItr,
    IceEnableInterrupt, IceCleanRxIrq, IceBuildSkb, IcePutRxMbuf,
    IceProcessSkbFields, IceReceiveSkb, IceAllocRxBufs, IceReleaseRxDesc, IceConstructSkb,
    IgbProbe, IgbOpen, IgbSetupRxResources, IgbConfigureRxRing,
    IgbMsixRing, IgbPoll, IgbRingIrqEnable, IgbCleanRxIrq,
    IgbBuildSkb, IgbAddRxFrag, IgbPutRxBuffer, IgbProcessSkbFields, IgbAllocRxBuffers, IgbConstructSkb,
    DmaMapPageAttrs, DmaUnmapPageAttrs, NapiBuildSkb, BuildSkbAround, NapiAllocSkb, EthGetHeadlen, PskbPullTail, NapiKfreeSkb,
    SkbReleaseData, KfreeSkbmem, KfreeSkbReason, EthTypeTrans,
    NapiGroReceive, DevGroReceive, InetGroReceive, Udp4GroReceive,
    UdpGroReceive, Tcp4GroReceive, TcpGroPullHeader, TcpGroReceive, SkbGroReceive, NapiGroFlush, NapiGroComplete, InetGroComplete, Tcp4GroComplete, TcpGroComplete, NapiSkbCachePut, NapiSkbFreeStolenHead, NetifReceiveSkbListInternal, NetifReceiveSkbListCore, NetifReceiveSkbCore,
    IpListRcv, IpRcvCore, IpSublistRcv, IpRcvFinishCore,
    UdpV4EarlyDemux, IpRouteInputNoref, IpRouteInputSlow, FibTableLookup,
    FibValidateSource, IpError, IpLocalDeliver, IpLocalDeliverFinish, IpProtocolDeliverRcu,
    RawLocalDeliver, UdpRcv, Udp4LibRcv, Udp4LibLookup,
    Udp4LibLookup2, UdpUnicastRcvSkb, UdpQueueRcvSkb, UdpQueueRcvOneSkb,
    UdpEnqueueScheduleSkb, SockDefReadable, WakeUpSyncKey, ReceiverWakeFunction,
    AutoremoveWakeFunction, DefaultWakeFunction, TryToWakeUp, TtwuDoActivate,
    UdpRecvmsg, SkbRecvUdp, SkbConsumeUdp, Setup,
    NetDevInit, NetifNapiAddWeight, RequestThreadedIrq, NapiEnable,
    NetifCarrierOn, Application, StreamApplication, WireSent,
    SkbAttemptDeferFree, SkbTryCoalesce, KfreeSkbPartial, KfreeSkb, SockDefWakeup, DoSysPoll, TcpPoll, PollWake,
    TcpV4EarlyDemux, InetLookupEstablished, TcpV4Rcv, TcpV4FillCb, TcpV4DoRcv, TcpRcvEstablished, TcpValidateIncoming, TcpRcvStateProcess, TcpAck, TcpDataQueue, TcpQueueRcv, TcpEventDataRecv, TcpFin, TcpDataReady, TcpDataQueueOfo, TcpOfoQueue, TcpCheckSpace, TcpAckSndCheck, TcpSendAck, TcpAddBacklog, ReleaseSock, ReleaseSockBacklog, TcpRecvmsg, TcpRecvmsgLocked
}

// In wasm a function for each, which the compiler must not see through: so the page's first file needs to hold what
// is said of those routines alone that a first visit comes to.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn described<R: Described>() -> &'static RoutineInfo {
    let info = const { &R::INFO };
    if cfg!(target_arch = "wasm32") { std::hint::black_box(info) } else { info }
}

// In wasm one function of all routines is more than its compiler optimizes.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn step<R: Run, S: Sink>(frame: &mut CallFrame, act: &mut Act<'_, S>) -> (Step, Cost) {
    let mut routine = R::unpack(frame.locals);
    let cost = const { R::INFO.deeds }[usize::from(frame.line.line)].cost;
    let flow = routine.run(R::line(frame.line.line), act);
    frame.locals = routine.pack();
    let step = match flow {
        Flow::Next(line) => {
            frame.line.line = line.into();
            Step::Stay
        }
        Flow::Call(callee, line) => {
            frame.line.line = line.into();
            Step::Call(callee)
        }
        Flow::CallLast(callee) => {
            frame.ends = true;
            Step::Call(callee)
        }
        Flow::Return(value) => Step::Return(value),
        Flow::Halt(line) => {
            frame.line.line = line.into();
            Step::Halt
        }
    };
    (step, cost)
}
