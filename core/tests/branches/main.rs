//! Each branch of interrupt, softirq, poll, refill and route that one queue on one CPU reaches: reached
//! by settings and traffic, and seen to do what Linux 6.12 does there.

mod deferral;
mod jumbo;
mod legacy_rx;
mod poll;
mod recording;
mod refill;
mod route;
mod softirq;
