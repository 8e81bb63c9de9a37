//! Intel `igb` (82576).

mod clean;
mod construct;
mod poll;
mod refill;
mod setup;

pub(crate) use clean::{
    IgbAddRxFrag, IgbBuildSkb, IgbCleanRxIrq, IgbProcessSkbFields, IgbPutRxBuffer,
};
pub(crate) use construct::IgbConstructSkb;
pub(crate) use poll::{IgbMsixRing, IgbPoll, IgbRingIrqEnable};
pub(crate) use refill::IgbAllocRxBuffers;
pub(crate) use setup::{IgbConfigureRxRing, IgbOpen, IgbProbe, IgbSetupRxResources};
