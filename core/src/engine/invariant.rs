//! What must hold after every step (`kernel-path` 13.E, as far as the model goes).
//!
//! Checked in tests, not in a run: a check walks the whole machine.

use crate::fact::RoutineId;
use crate::hardware::descriptor::EOP;
use crate::kernel::alloc_skb::SMALL_HEAD;
use crate::machine::{
    CallFrame, Driver, GroFree, IPPROTO_TCP, Machine, NAPI_SCHED, NET_RX_SOFTIRQ, RxQueue, RxRing,
    SkBuff, Traffic, before,
};
use crate::units::{NapiId, PacketId, RingId, SkbId, ring_distance, ring_next};
use std::collections::BTreeSet;

/// An invariant that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// 13.E.1: a NAPI is polled by more than one, or by one who does not own it.
    Ownership,
    /// 13.E.2: a NAPI is on a list without SCHED, or on two.
    ListMembership,
    /// 13.E.3: tail is not what the driver may write, or the device owns too many slots.
    DescriptorPartition,
    /// 13.E.4: a position overtook another around the ring.
    Order,
    /// 13.E.5: a slot of the device, or the gap slot, looks done.
    DoneDiscipline,
    /// 13.E.6: a posted half of a page is also held by the stack.
    BufferExclusivity,
    /// 13.E.7: a page's references do not add up.
    PageAccounting,
    /// A packet of which the driver has read only the first buffers is not kept as it must be.
    HalfRead,
    /// 13.E.8: a packet is lost or counted twice.
    Conservation,
    /// 13.E.9: work waits and nothing will look at it.
    LostWakeup,
    /// 13.E.10: a softirq is pending and nothing will run it.
    SoftirqLiveness,
    /// 13.E.12: a vector is armed while the ring of its NAPI is cleaned.
    RearmByLastOwner,
    /// A vector's timer runs twice, or not while the vector waits for it: it would fire while it is masked.
    Moderation,
    /// 13.E.17: the device was given an address that leads nowhere.
    Mapping,
    /// 13.E.18: a flow's packets are queued out of order.
    FlowOrder,
    /// A socket's charged memory is not that of its packets.
    SocketMemory,
}

/// Checks all of them; the first that does not hold is returned.
///
/// # Errors
/// The violation.
pub fn check(machine: &Machine, traffic: &Traffic) -> Result<(), Violation> {
    scheduling(machine)?;
    moderation(machine)?;
    for (number, ring, queue) in queues(machine) {
        if !ring.descriptors.is_empty() && queue.enabled {
            positions(machine, ring, queue)?;
            buffers(machine, ring, queue)?;
            half_read(machine, number, ring, queue)?;
        }
    }
    pages(machine)?;
    conservation(machine)?;
    wakeups(machine)?;
    flow_order(machine, traffic)?;
    streams(machine)
}

fn require(holds: bool, violation: Violation) -> Result<(), Violation> {
    if holds { Ok(()) } else { Err(violation) }
}

/// All call frames of all CPUs and tasks.
fn frames(machine: &Machine) -> impl Iterator<Item = &CallFrame> {
    let interrupts = machine.cpus.iter().flat_map(|cpu| &cpu.irq_stack);
    interrupts.chain(machine.tasks.iter().flat_map(|task| &task.stack))
}

/// The first local variable of each frame of these routines: what the routine is at work on.
fn at_work(machine: &Machine, routines: [RoutineId; 2]) -> impl Iterator<Item = u32> {
    let frames = frames(machine).filter(move |frame| routines.contains(&frame.line.routine));
    frames.map(|frame| frame.locals[0])
}

fn running(machine: &Machine, routine: RoutineId) -> bool {
    frames(machine).any(|frame| frame.line.routine == routine)
}

/// How many polls of a NAPI are under way.
fn polls(machine: &Machine, napi: NapiId) -> usize {
    let polled = at_work(machine, [RoutineId::IceNapiPoll, RoutineId::IgbPoll]);
    polled.filter(|&number| number == napi.0).count()
}

/// How many clean loops of a ring are under way.
fn cleaners(machine: &Machine, ring: RingId) -> usize {
    let cleaned = at_work(machine, [RoutineId::IceCleanRxIrq, RoutineId::IgbCleanRxIrq]);
    cleaned.filter(|&number| number == ring.0).count()
}

/// How often the hardware has this activity before it, for the queue or vector of that number.
fn times_coming(machine: &Machine, routine: RoutineId, number: u32) -> usize {
    let frames = machine.events.iter().map(|event| &event.frame);
    frames.filter(|frame| frame.line.routine == routine && frame.locals[0] == number).count()
}

fn coming(machine: &Machine, routine: RoutineId, number: u32) -> bool {
    times_coming(machine, routine, number) > 0
}

fn moderation(machine: &Machine) -> Result<(), Violation> {
    (0..).zip(&machine.nic.vectors).try_for_each(|(number, vector)| {
        let timers = times_coming(machine, RoutineId::Moderate, number);
        require(timers == usize::from(vector.timer), Violation::Moderation)
    })
}

/// The receive rings with their numbers and the device's queues.
fn queues(machine: &Machine) -> impl Iterator<Item = (RingId, &RxRing, &RxQueue)> {
    let pairs = machine.rings.iter().zip(&machine.nic.queues);
    (0..).zip(pairs).map(|(number, (ring, queue))| (RingId(number), ring, queue))
}

fn scheduling(machine: &Machine) -> Result<(), Violation> {
    let owned = |napi: &NapiId| machine.napis[napi.index()].state & NAPI_SCHED != 0;
    for (number, ring, queue) in queues(machine) {
        let Some(napi) = ring.napi.some() else { continue };
        require(polls(machine, napi) <= 1, Violation::Ownership)?;
        if cleaners(machine, number) > 0 {
            require(owned(&napi) && polls(machine, napi) == 1, Violation::Ownership)?;
            let fires_later = machine.nic.vectors[queue.vector.index()].armed;
            let rearmed = fires_later && machine.napis[napi.index()].polls > 0;
            // With a timeout and no deferral the timer polls while the vector is armed.
            let deferral = machine.settings.napi_defer_hard_irqs > 0;
            let by_timer = machine.settings.gro_flush_timeout_ns > 0 && !deferral;
            require(!rearmed || by_timer, Violation::RearmByLastOwner)?;
        }
    }
    let mut listed = BTreeSet::new();
    for cpu in &machine.cpus {
        let softnet = &cpu.softnet;
        let lists = [&softnet.poll_list, &softnet.private_list, &softnet.repoll];
        for napi in lists.into_iter().flatten() {
            require(owned(napi) && listed.insert(*napi), Violation::ListMembership)?;
        }
        let pending = cpu.softirq_pending & 1 << NET_RX_SOFTIRQ != 0;
        let will_run = cpu.in_interrupt()
            || !cpu.irq_stack.is_empty()
            || [RoutineId::LocalBhEnableIp, RoutineId::RunKsoftirqd, RoutineId::HandleSoftirqs]
                .iter()
                .any(|&routine| running(machine, routine));
        require(!pending || will_run, Violation::SoftirqLiveness)?;
    }
    Ok(())
}

/// The oldest slot that the driver has not finished with.
fn oldest(machine: &Machine, ring: &RxRing) -> u16 {
    match machine.settings.driver {
        Driver::Ice => ring.first_desc,
        Driver::Igb => ring.next_to_clean,
    }
}

fn positions(machine: &Machine, ring: &RxRing, queue: &RxQueue) -> Result<(), Violation> {
    if machine.settings.driver == Driver::Ice {
        require(queue.tail.is_multiple_of(8), Violation::DescriptorPartition)?;
    }
    let device = ring_distance(queue.head, queue.tail, queue.count);
    require(device < ring.count, Violation::DescriptorPartition)?;
    let from = oldest(machine, ring);
    let at = |slot| ring_distance(from, slot, ring.count);
    // Around the ring nothing overtakes: cleaned, written back, fetched, tail, next_to_use.
    let order = [at(queue.head), at(queue.fetch), at(queue.tail), at(ring.next_to_use)];
    require(order.is_sorted(), Violation::Order)?;
    require(
        ring_distance(queue.head, queue.fetch, queue.count) as usize == queue.fetched.len(),
        Violation::Order,
    )
}

/// Where the driver looks next, for `ice` with what its clean loop has not stored yet.
fn looked_at(machine: &Machine, number: RingId, ring: &RxRing) -> u16 {
    let cleans = |frame: &&CallFrame| {
        frame.line.routine == RoutineId::IceCleanRxIrq && frame.locals[0] == number.0
    };
    let ntc = frames(machine).find(cleans).and_then(|frame| u16::try_from(frame.locals[2]).ok());
    ntc.unwrap_or(ring.next_to_clean)
}

/// Between two polls a packet may be in the driver's hands up to one of its middle buffers.
fn half_read(
    machine: &Machine,
    number: RingId,
    ring: &RxRing,
    queue: &RxQueue,
) -> Result<(), Violation> {
    if cleaners(machine, number) > 0 {
        return Ok(());
    }
    let mut slot = oldest(machine, ring);
    while slot != ring.next_to_clean {
        let (descriptor, buf) =
            (&ring.descriptors[usize::from(slot)], &ring.rx_buf[usize::from(slot)]);
        let begun = descriptor.written_back && descriptor.status & EOP == 0;
        require(begun && !buf.page.is_none(), Violation::HalfRead)?;
        slot = ring_next(slot, ring.count);
    }
    // What igb keeps is the beginning of the packet that comes next.
    let Some(skb) = ring.skb.some().filter(|_| machine.settings.driver == Driver::Igb) else {
        return Ok(());
    };
    let rest = match ring.next_to_clean {
        slot if slot == queue.head => queue.fifo.front().copied().filter(|_| queue.written > 0),
        slot => Some(ring.descriptors[usize::from(slot)].packet),
    };
    require(rest == Some(machine.packet_of(skb)), Violation::HalfRead)
}

fn buffers(machine: &Machine, ring: &RxRing, queue: &RxQueue) -> Result<(), Violation> {
    let done = |slot: u16| {
        let descriptor = &ring.descriptors[usize::from(slot)];
        match machine.settings.driver {
            Driver::Ice => descriptor.status & 1 != 0,
            Driver::Igb => descriptor.length != 0,
        }
    };
    let rx_offset = machine.settings.rx_offset();
    // With legacy-rx ice flips a buffer whose packet was copied whole, though the stack may hold
    // the other half: the driver's own fault (ice_put_rx_mbuf, ice_txrx.c:1160).
    let flips_blindly = machine.settings.legacy_rx && machine.settings.driver == Driver::Ice;
    let mut held = BTreeSet::new();
    for skb in machine.skbs.objects.iter().filter(|skb| skb.live && !skb.page.is_none()) {
        held.insert((skb.page, skb.page_offset + rx_offset));
    }
    for frag in machine.skbs.frags.iter().filter(|frag| !frag.page.is_none()) {
        held.insert((frag.page, frag.head_offset + rx_offset));
    }
    let mut slot = queue.head;
    while slot != ring.next_to_use {
        require(!done(slot), Violation::DoneDiscipline)?;
        let buf = &ring.rx_buf[usize::from(slot)];
        let shared = held.contains(&(buf.page, buf.page_offset)) && !flips_blindly;
        require(!buf.page.is_none() && !shared, Violation::BufferExclusivity)?;
        let address = ring.descriptors[usize::from(slot)].pkt_addr;
        require(machine.iommu.look(address).is_some(), Violation::Mapping)?;
        slot = ring_next(slot, ring.count);
    }
    require(!done(ring.next_to_use), Violation::DoneDiscipline)
}

fn pages(machine: &Machine) -> Result<(), Violation> {
    let count = machine.memory.pages.len();
    let mut inside = vec![0u32; count];
    for (number, ring, _) in queues(machine) {
        let cleaned = cleaners(machine, number) > 0;
        for buf in &ring.rx_buf {
            let Some(page) = buf.page.some() else { continue };
            // A page between its allocation and its stock has the one reference it came with.
            let fresh = buf.pagecnt_bias == 0 && buf.page_offset == 0;
            let stock = if fresh { 1 } else { u32::from(buf.pagecnt_bias) };
            inside[page.index()] += stock;
            let mapped = machine.memory.pages[page.index()].iova.is_some();
            require(mapped || fresh || cleaned, Violation::Mapping)?;
        }
    }
    // A page of small heads has a reference for each that is not handed out.
    for small in machine.cpus.iter().map(|cpu| cpu.page_small) {
        if let Some(page) = small.page.some() {
            inside[page.index()] += u32::from(small.offset / SMALL_HEAD);
        }
    }
    let mut outside = vec![0u32; count];
    for skb in machine.skbs.objects.iter().filter(|skb| skb.live) {
        if let Some(page) = skb.page.some() {
            outside[page.index()] += 1;
        }
    }
    for page in machine.skbs.frags.iter().filter_map(|frag| frag.page.some()) {
        outside[page.index()] += 1;
    }
    // All descriptors were allocated before the first buffer, each ring in pages of its own.
    let descriptor_bytes = usize::from(machine.settings.descriptor_bytes());
    let coherent = |ring: &RxRing| (ring.descriptors.len() * descriptor_bytes).div_ceil(4096);
    let first: usize = machine.rings.iter().map(coherent).sum();
    let mut in_hand = 0;
    for (number, page) in machine.memory.pages.iter().enumerate().skip(first) {
        let accounted = inside[number] + outside[number];
        require(page.refcount >= accounted, Violation::PageAccounting)?;
        in_hand += page.refcount - accounted;
    }
    // The buffers that the driver has taken out but not yet wrapped.
    let taken = |(number, ring): (RingId, &RxRing)| match machine.settings.driver {
        Driver::Ice => ring_distance(ring.first_desc, looked_at(machine, number, ring), ring.count),
        Driver::Igb => u16::from(cleaners(machine, number) > 0),
    };
    let rings = queues(machine).map(|(number, ring, _)| (number, ring));
    let taken = rings.filter(|(_, ring)| ring.count > 0).map(taken).sum::<u16>();
    // A small head that has no sk_buff yet.
    let heads = u32::from(running(machine, RoutineId::NapiAllocSkb));
    require(in_hand <= u32::from(taken) + heads, Violation::PageAccounting)
}

fn conservation(machine: &Machine) -> Result<(), Violation> {
    let mut somewhere = BTreeSet::new();
    for event in machine.events.iter() {
        if event.frame.line.routine == RoutineId::MacReceive {
            somewhere.insert(PacketId(event.frame.locals[0]));
        }
    }
    for (_, ring, queue) in queues(machine) {
        somewhere.extend(queue.fifo.iter().copied());
        let mut slot = oldest(machine, ring);
        while slot != queue.head && !ring.descriptors.is_empty() {
            somewhere.insert(ring.descriptors[usize::from(slot)].packet);
            slot = ring_next(slot, ring.count);
        }
    }
    let mut counted = BTreeSet::new();
    // A stolen head's bytes are another's; its own sk_buff is only waiting to be freed.
    let owns = |skb: &SkBuff| skb.live && skb.gro.free == GroFree::Nothing;
    let live = (0..).zip(&machine.skbs.objects).filter(|(_, skb)| owns(skb));
    for (number, skb) in live {
        let place = if skb.counted { &mut counted } else { &mut somewhere };
        place.extend(machine.skbs.packets(SkbId(number)));
    }
    let waiting = somewhere.difference(&counted).count() as u64;
    let ended = machine.delivered() + machine.drops.total() + machine.control;
    require(u64::from(machine.arrived) == ended + waiting, Violation::Conservation)
}

fn wakeups(machine: &Machine) -> Result<(), Violation> {
    for (number, ring, queue) in queues(machine) {
        // A packet that is only begun raises its cause with its last descriptor.
        let mut slot = looked_at(machine, number, ring);
        let mut waits = false;
        while slot != queue.head && !ring.descriptors.is_empty() {
            waits |= ring.descriptors[usize::from(slot)].status & EOP != 0;
            slot = ring_next(slot, ring.count);
        }
        if !waits {
            continue;
        }
        let served = queue.vector;
        let vector = &machine.nic.vectors[served.index()];
        let owned = machine.napis[ring.napi.index()].state & NAPI_SCHED != 0;
        let told = coming(machine, RoutineId::LapicAccept, served.0)
            || coming(machine, RoutineId::RxQueueReceive, number.0)
            || machine.cpus.iter().any(|cpu| cpu.requested.contains(&served))
            || at_work(machine, [RoutineId::CommonInterrupt; 2]).any(|taken| taken == served.0)
            || running(machine, RoutineId::SysvecApicTimerInterrupt)
            || machine.cpus.iter().any(|cpu| cpu.timer_requested.contains(&ring.napi));
        // NAPI's timer polls whether a cause waits or not.
        let timed = machine.napis[ring.napi.index()].timer_due.is_some();
        let will_fire =
            vector.cause && (vector.armed || coming(machine, RoutineId::ArmVector, served.0));
        // igb leaves a packet in its slot when no sk_buff could be had; the next one brings it.
        let left_on_purpose = ring.alloc_buf_failed > 0;
        let polled = polls(machine, ring.napi) > 0;
        let looked_at = owned || told || timed || will_fire || polled || left_on_purpose;
        require(looked_at, Violation::LostWakeup)?;
    }
    Ok(())
}

fn flow_order(machine: &Machine, traffic: &Traffic) -> Result<(), Violation> {
    for socket in &machine.sockets {
        if traffic.flows[socket.flow as usize].protocol == IPPROTO_TCP {
            continue;
        }
        let queued = socket.reader_queue.iter(&machine.skbs);
        let packets = queued.chain(socket.receive_queue.iter(&machine.skbs));
        let packets: Vec<_> = packets.map(|skb| machine.packet_of(skb)).collect();
        require(packets.is_sorted(), Violation::FlowOrder)?;
        let right_flow = |packet: &PacketId| traffic.frames[packet.index()].flow == socket.flow;
        require(packets.iter().all(right_flow), Violation::FlowOrder)?;
    }
    Ok(())
}

/// What a stream's queues hold is in order of sequence and charged; the reader is never ahead.
fn streams(machine: &Machine) -> Result<(), Violation> {
    let notes = |skb: SkbId| machine.skbs.objects[skb.index()].tcp;
    let truesize = |skb: SkbId| machine.skbs.objects[skb.index()].truesize;
    for socket in machine.sockets.iter().filter(|socket| socket.tcp.rcv_mss != 0) {
        let tcp = &socket.tcp;
        require(!before(tcp.rcv_nxt, tcp.copied_seq), Violation::FlowOrder)?;
        let moving = segment_moves(machine);
        let queue: Vec<SkbId> = socket.receive_queue.iter(&machine.skbs).collect();
        let behind_gap: Vec<SkbId> = tcp.out_of_order.iter(&machine.skbs).collect();
        for pair in queue.windows(2) {
            // A later segment may begin with bytes that came before; it never leaves a gap.
            let gap = before(notes(pair[0]).end_seq, notes(pair[1]).seq);
            require(!gap, Violation::FlowOrder)?;
        }
        let last = queue.last().map(|&skb| notes(skb).end_seq);
        require(moving || last.is_none_or(|end| end == tcp.rcv_nxt), Violation::FlowOrder)?;
        let sorted = behind_gap.is_sorted_by(|&a, &b| !before(notes(b).seq, notes(a).seq));
        let first = behind_gap.first().map(|&skb| notes(skb).seq);
        let behind = first.is_none_or(|seq| before(tcp.rcv_nxt, seq));
        require(sorted && (moving || behind), Violation::FlowOrder)?;
        let held = queue.iter().chain(&behind_gap).map(|&skb| truesize(skb)).sum::<u32>();
        require(moving || held == socket.rmem_alloc, Violation::SocketMemory)?;
        require(tcp.owned || tcp.backlog.is_empty(), Violation::LostWakeup)?;
    }
    Ok(())
}

/// Whether a segment is on its way between a stream's queues.
fn segment_moves(machine: &Machine) -> bool {
    const MOVERS: [RoutineId; 6] = [
        RoutineId::TcpQueueRcv,
        RoutineId::TcpDataQueue,
        RoutineId::TcpDataQueueOfo,
        RoutineId::TcpOfoQueue,
        RoutineId::TcpRcvEstablished,
        RoutineId::TcpFin,
    ];
    MOVERS.iter().any(|&routine| running(machine, routine))
}
