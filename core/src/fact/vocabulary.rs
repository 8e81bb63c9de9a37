//! The closed vocabularies of facts: who, does what, to what kind of thing, at what kind of cost.

use serde::{Deserialize, Serialize};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// The cable and the sender behind it.
    Wire,
    /// The network card.
    Nic,
    /// The IOMMU between the card and memory.
    Iommu,
    /// The local APIC of a CPU.
    Lapic,
    /// A CPU running kernel code that belongs to no driver.
    Kernel,
    /// A CPU running the network driver.
    Driver,
    /// The application's thread in user mode.
    Application,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the plain English verb")]
pub enum Verb {
    Acknowledges,
    Allocates,
    Arms,
    Asks,
    Calls,
    Copies,
    Counts,
    Delivers,
    Drops,
    Fires,
    Frees,
    Gives,
    Links,
    Looks,
    Maps,
    Masks,
    Raises,
    Reads,
    Registers,
    Returns,
    Sleeps,
    Switches,
    Takes,
    Tests,
    Translates,
    Waits,
    Wakes,
    Writes,
}

/// What kind of thing it is done to; the fact's `object` says which one, or the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Object {
    /// A frame on the wire or in the card.
    Frame,
    /// A receive descriptor: its slot.
    Descriptor,
    /// The descriptor ring as a whole: its number.
    Ring,
    /// A page that holds packet data.
    Page,
    /// An entry of the driver's shadow array: its slot.
    RxBuf,
    /// The tail register: the value in it.
    Tail,
    /// An MSI-X vector: its table index.
    Vector,
    /// A device register that is none of the above.
    Register,
    /// An interrupt line: its Linux IRQ number.
    Irq,
    /// A softirq: its number.
    Softirq,
    /// A NAPI instance.
    Napi,
    /// The CPU's `softnet_data`.
    Softnet,
    /// An `sk_buff`.
    Skb,
    /// A list of `sk_buff`s: how many.
    SkbList,
    /// A GRO result (`GRO_MERGED` 0 … `GRO_CONSUMED` 4).
    GroResult,
    /// How much of a budget: the number.
    Budget,
    /// A socket.
    Socket,
    /// A task.
    Task,
    /// A CPU.
    Cpu,
    /// A drop reason ([`crate::machine::DropReason`]).
    Reason,
    /// The PCI device itself.
    Device,
}

/// What kind of work a line is; [`crate::engine::cost`] says how long each kind takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cost {
    /// No time of its own.
    Free,
    /// A few instructions on cached data.
    Cpu,
    /// The first touch of a cache line that the device or another CPU wrote.
    Miss,
    /// A locked read-modify-write.
    Atomic,
    /// An uncontended spinlock.
    Lock,
    /// A posted register write: the CPU does not wait.
    MmioWrite,
    /// A register read: the CPU waits for the round trip.
    MmioRead,
    /// An allocation from a per-CPU cache of the slab.
    Slab,
    /// A page from the page allocator.
    PageAlloc,
    /// An IOVA and a page-table update.
    IovaMap,
    /// A route or socket lookup.
    Lookup,
    /// Copying packet data; the bytes come on top.
    Copy,
    /// Interrupt entry or exit.
    IrqEntry,
    /// Waking a task: wait-queue lock and scheduler enqueue.
    Wake,
    /// Switching to another task.
    ContextSwitch,
    /// Entering or leaving the kernel by a system call.
    Syscall,
    /// A firmware command or a slow bus operation at set-up.
    Firmware,
    /// What the application does with one datagram.
    AppWork,
    /// A stage of the card's pipeline.
    NicStage,
    /// A posted DMA write; the bytes come on top.
    DmaWrite,
    /// A DMA read: a bus round trip.
    DmaRead,
    /// A translation that hits the IOTLB; a miss comes on top.
    Iotlb,
    /// The way of a message from the card to the CPU's APIC.
    Message,
}

impl Cost {
    /// How many kinds there are.
    pub const COUNT: usize = Self::Message as usize + 1;
}
