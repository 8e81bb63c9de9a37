//! The network drivers: two real ones, each with its own names, formats and rules.
//!
//! What both share is how a 4 KiB page serves two packets: [`page`].

pub(crate) mod dma;
mod ice;
mod igb;
mod page;
mod setup;

pub(crate) use ice::{
    IceAllocRxBufs, IceBuildSkb, IceCleanRxIrq, IceConstructSkb, IceEnableInterrupt,
    IceMsixCleanRings, IceNapiPoll, IceOpen, IceProbe, IceProcessSkbFields, IcePutRxMbuf,
    IceReceiveSkb, IceReleaseRxDesc, IceSetWbOnItr, IceSetupRxCtx, IceSetupRxRing,
};
pub(crate) use igb::{
    IgbAddRxFrag, IgbAllocRxBuffers, IgbBuildSkb, IgbCleanRxIrq, IgbConfigureRxRing,
    IgbConstructSkb, IgbMsixRing, IgbOpen, IgbPoll, IgbProbe, IgbProcessSkbFields, IgbPutRxBuffer,
    IgbRingIrqEnable, IgbSetupRxResources,
};
