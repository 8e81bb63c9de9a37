//! What is not a CPU: the wire, the card, the bus, the IOMMU, the interrupt controller.
//!
//! Each activity is a routine like any other; between its lines it waits in the event queue.

pub(crate) mod descriptor;
pub(crate) mod interrupt_controller;
pub(crate) mod mac;
pub(crate) mod moderation;
pub(crate) mod register;
pub(crate) mod rx_queue;
pub mod toeplitz;
pub(crate) mod wire;
