//! What the kernel's CPUs run, one file per actor, in the order that a packet meets them.

pub(crate) mod alloc_skb;
pub(crate) mod boot;
pub(crate) mod build_skb;
pub(crate) mod coalesce;
pub(crate) mod driver;
pub(crate) mod fragments;
pub(crate) mod gro;
pub(crate) mod hardirq;
pub(crate) mod ip;
pub(crate) mod napi;
pub(crate) mod poll;
pub(crate) mod receive_core;
pub(crate) mod route;
pub(crate) mod scheduler;
pub(crate) mod socket;
pub(crate) mod softirq;
pub(crate) mod tcp;
pub(crate) mod timer;
pub(crate) mod udp;
