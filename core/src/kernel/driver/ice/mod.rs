//! Intel `ice` (E810).

mod clean;
mod construct;
mod poll;
mod refill;
mod setup;

pub(crate) use clean::{
    IceBuildSkb, IceCleanRxIrq, IceProcessSkbFields, IcePutRxMbuf, IceReceiveSkb,
};
pub(crate) use construct::IceConstructSkb;
pub(crate) use poll::{IceEnableInterrupt, IceMsixCleanRings, IceNapiPoll, IceSetWbOnItr};
pub(crate) use refill::{IceAllocRxBufs, IceReleaseRxDesc};
pub(crate) use setup::{IceOpen, IceProbe, IceSetupRxCtx, IceSetupRxRing};
