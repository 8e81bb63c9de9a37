# One message for each line of each routine of the model: who does what to what.
#
# $subject, $object, $packet: the actor, the object, the packet, each with its number.
# $value: the fact's number by itself. $found: "no" if the fact names no object, else "yes".
# .object: names the object where its kind alone says too little.
# .why: why it is done, what it prevents, or what to notice.

## The wire and the card

# wire: delivers frames
wire-deliver-deliver = { $subject } delivers { $object } to the NIC.
    .why = The sender never waits: when the host is slow, frames keep coming and pile up in the card.
wire-sent-pass =
    { $found ->
       *[yes] { $subject } carries a frame that this host sent for { $object }, as the capture has it.
        [no] { $subject } carries a frame that this host sent, as captured: the model has no { $object } for it.
    }
    .why = The model does not transmit yet. The capture tells what was sent, and so what the peer may acknowledge.

# mac_receive
mac-receive-check-frame = { $subject } tests the FCS and the length of { $object }.
    .why = A frame with a wrong FCS or an impossible length is counted and dropped in the card: no software ever sees it.
mac-receive-classify = { $subject } hashes the addresses and ports of { $object } and looks up its receive queue.
    .why = RSS: the hash indexes a table of queues, so one flow always reaches the same queue. The descriptor will carry the hash.
mac-receive-store = { $subject } puts { $object } into its on-chip packet buffer if there is room.
    .why = The on-chip buffer holds frames until a descriptor is there and DMA has moved them. When it is full, the frame is lost.
mac-receive-drop-frame = { $subject } drops { $packet }: { $object }.
    .why = Only a counter in the card tells of it: no CPU has done anything for this frame.

# rx_queue: the engine of one receive queue
rx-queue-receive-test-descriptor = { $subject } tests whether it has already fetched { $object } for { $packet }.
    .why = The NIC owns the slots from head up to, not including, tail. It reads several of them ahead.
rx-queue-receive-wait-for-tail = { $subject } has no descriptor for { $packet } and waits for the { $object } to move past { $value }.
    .why = head == tail: the card owns no slot. The frame stays on the chip; when that buffer overflows, frames are lost.
rx-queue-receive-translate-ring = { $subject } translates the DMA address of the next descriptors of { $object } to a physical address.
    .why = The card knows DMA addresses only. An IOTLB hit is nearly free; a miss walks page tables in memory.
rx-queue-receive-fetch-descriptors = { $subject } reads a run of descriptors by DMA, beginning with { $object }.
    .why = One bus round trip brings several descriptors, each with the DMA address of an empty buffer.
rx-queue-receive-translate-buffer = { $subject } translates the { $object } for { $packet } from a DMA address to a physical one.
    .object = buffer address
    .why = The address comes from the descriptor. If nothing is mapped there, the access is refused and memory stays untouched.
rx-queue-receive-write-data = { $subject } writes the bytes of { $packet } into { $object } by DMA.
    .why = Posted writes: the card waits for no answer, and no CPU instruction moves these bytes.
rx-queue-receive-write-back = { $subject } writes { $object } back by DMA with the length, status and hash of { $packet }.
    .why = It follows the data, so a finished descriptor means that the bytes are there. It destroys pkt_addr: the refill writes it anew.
rx-queue-receive-raise-cause = { $subject } raises the interrupt cause of { $object } for { $packet }.
    .why = A cause is not yet an interrupt: moderation decides when the vector fires, so many packets can share one interrupt.
rx-queue-receive-fault = { $subject } refuses the access and drops { $packet }: { $object }.
    .why = A device reaches only memory that the kernel has mapped for it. The refused access shows up in the kernel log.

# Interrupt moderation
moderate-expire = { $subject } ends the waiting interval of { $object } and tests whether the vector is armed.
    .why = At least ITR lies between two interrupts. If the vector is not armed, the cause stays pending until it is.
moderate-fire = { $subject } fires { $object }: it writes an MSI-X message to the local APIC.
    .why = The message is a memory write that follows the write-back, so the descriptor is visible first. Firing also masks the vector.

# software_interrupt
software-interrupt-expire = { $subject } raises the cause of { $object } that software asked for, unless it fired meanwhile.
    .why = SWINT_TRIG has a moderation interval of its own, 50 µs: changing modes often costs no interrupt each time.

# The local APIC
lapic-accept-accept = { $subject } raises the request of { $object } and holds it until the CPU takes interrupts.
    .why = The IRR bit waits while the CPU has interrupts off. A second message for the same vector adds nothing.
apic-timer-expire = { $subject } asks for its timer interrupt: the time that { $object } was to wait is over.
    .why = The timer counts down in the CPU's own local APIC: no message crosses the bus.

# Register writes that arrive at the card
tail-write-arrive = { $subject } takes the new value { $value } into its { $object }.
    .why = From now on the card owns every slot up to, not including, tail. A queue that waited for descriptors goes on.
arm-vector-arrive = { $subject } arms { $object }: it may fire from now on.
    .why = A cause that came while the vector was off leads to an interrupt now, so a packet between the last look and this is not lost.

## Interrupts, softirqs, scheduler

# common_interrupt()
common-interrupt-enter = { $subject } takes { $object }, turns interrupts off and adds HARDIRQ_OFFSET to preempt_count.
    .why = The top half begins. preempt_count is how the kernel knows that it runs in a hard interrupt.
common-interrupt-handle = { $subject } calls __common_interrupt() for { $object }.
    .why = common_interrupt() is noinstr: __common_interrupt() is the first function that a tracer sees.
common-interrupt-leave = { $subject } calls { $object } to leave the hard interrupt.
    .object = irq_exit_rcu()
common-interrupt-return = { $subject } returns to what it interrupted, with { $object } on again.
    .object = interrupts

# __common_interrupt()
do-common-interrupt-lookup = { $subject } looks up the CPU's vector in vector_irq and finds { $object }.
    .why = Three numbers meet here: the card's MSI-X index, the CPU's vector, and the Linux IRQ number shown in /proc/interrupts.

# handle_edge_irq()
handle-edge-irq-count = { $subject } counts one more interrupt on { $object }.
    .why = /proc/interrupts shows this count. Compare it with the number of packets.
handle-edge-irq-acknowledge = { $subject } acknowledges { $object }: it writes EOI to the local APIC.
    .why = After EOI the same vector may arrive again, although its handler has not run yet.
handle-edge-irq-handle = { $subject } calls handle_irq_event() for { $object }.

# handle_irq_event()
handle-irq-event-begin = { $subject } marks { $object } as in progress.
    .why = If the edge comes again on another CPU meanwhile, it is only noted and the handler runs once more: it is not lost.
handle-irq-event-end = { $subject } clears the in-progress mark of { $object }.

# __handle_irq_event_percpu()
handle-irq-event-percpu-entry = { $subject } reads the irqaction of { $object }.
    .why = The tracepoint irq_handler_entry fires here. irq_desc is the line; irqaction is what to call when it fires.
handle-irq-event-percpu-handler = { $subject } calls the handler that the driver registered for { $object }.
    .why = dev_id goes along: it points at the q_vector, so one handler function serves every vector.
handle-irq-event-percpu-exit = { $subject } returns from the handler of { $object }.
    .why = The tracepoint irq_handler_exit fires here. Between it and irq_handler_entry lies the driver's whole top half.

# irq_exit_rcu()
irq-exit-rcu-leave = { $subject } subtracts HARDIRQ_OFFSET from { $object }: the top half is over.
    .object = preempt_count
irq-exit-rcu-test = { $subject } tests whether a { $object } is pending and may run now.
    .object = softirq
    .why = Not if the interrupt hit a softirq or a section with bottom halves off: then the end of that section runs it.
# sysvec_apic_timer_interrupt(): the timer of the local APIC
sysvec-apic-timer-interrupt-enter = { $subject } enters the timer interrupt of { $object } and turns interrupts off.
    .why = No device did this: the kernel asked the local APIC for it some time ago.
sysvec-apic-timer-interrupt-timer = { $subject } finds the timer of { $object } due and calls napi_watchdog().
    .why = hrtimer_interrupt() runs every timer that is due. The model has no others.
sysvec-apic-timer-interrupt-leave = { $subject } calls { $object } to leave the timer interrupt.
    .object = irq_exit_rcu()
sysvec-apic-timer-interrupt-return = { $subject } goes on where the timer stopped it, with { $object } on again.
    .object = interrupts

# napi_watchdog(): gro_flush_timeout is over
napi-watchdog-claim = { $subject } sets SCHED of { $object }, unless it is set already.
    .why = MISSED stays as it is: if somebody polls right now, the timer has nothing to add.
napi-watchdog-link = { $subject } appends { $object } to its own poll_list, as an interrupt handler would.
napi-watchdog-raise = { $subject } looks in { $object } whether net_rx_action() runs below this interrupt.
napi-watchdog-set-pending = { $subject } raises { $object } for a poll that no device asked for.
    .why = While the device's interrupt is off, only this poll finds packets and lets old ones leave GRO.

# handle_softirqs()
handle-softirqs-begin = { $subject } reads its { $object } and adds SOFTIRQ_OFFSET to preempt_count.
    .object = mask of pending softirqs
    .why = The bottom half begins, on the CPU that raised the softirq.
handle-softirqs-clear = { $subject } takes { $object } by clearing the pending mask, and turns interrupts on.
    .why = From here interrupts may come again and set new bits; the end of this round will see them.
handle-softirqs-entry = { $subject } takes up { $object } as the next softirq of this round.
    .why = The tracepoint softirq_entry fires here. Softirqs run in the order of their numbers; NET_RX is number 3.
handle-softirqs-action = { $subject } calls net_rx_action(), the action of { $object }.
handle-softirqs-exit = { $subject } returns from the action of { $object }.
    .why = The tracepoint softirq_exit fires here.
handle-softirqs-again = { $subject } turns interrupts off and tests whether its { $object } has bits again.
    .object = mask of pending softirqs
    .why = New bits start another round, but at most 10, for 2 ms counted in jiffies, and not if a task must run: else ksoftirqd goes on.
handle-softirqs-defer = { $subject } wakes { $object }, which will go on with the softirqs.
    .why = A flood of packets must not keep every task from the CPU: ksoftirqd is a thread under the scheduler.
handle-softirqs-end = { $subject } subtracts SOFTIRQ_OFFSET from { $object }: the bottom half is over.
    .object = preempt_count

# __raise_softirq_irqoff()
raise-softirq-irqoff-raise = { $subject } raises { $object } once more: it sets bit { $value } of its pending mask.
    .why = Interrupts are off: only this CPU and its interrupts touch the mask, so no lock is needed.

# __local_bh_enable_ip()
local-bh-enable-ip-enable = { $subject } takes SOFTIRQ_DISABLE_OFFSET off { $object } but for 1: preemption waits until softirqs have run.
    .object = preempt_count
local-bh-enable-ip-run = { $subject } calls do_softirq() for the { $object } that became pending meanwhile.
    .object = softirq
    .why = An interrupt raised it while bottom halves were off and could not run it at its exit, so the task runs it here.
local-bh-enable-ip-interrupts = { $subject } turns { $object } on, takes the 1 off preempt_count, and the task goes on.
    .object = interrupts

# run_ksoftirqd()
run-ksoftirqd-sleep = { $subject } lets { $object } sleep unless a softirq is pending.
run-ksoftirqd-test = { $subject } turns interrupts off in ksoftirqd and tests its { $object }.
    .object = mask of pending softirqs
run-ksoftirqd-run = { $subject } calls { $object } in the thread ksoftirqd.
    .object = handle_softirqs()
    .why = The same code as at the end of an interrupt, but in a thread that the scheduler can make wait.
run-ksoftirqd-enable = { $subject } turns { $object } on at the end of ksoftirqd's round.
    .object = interrupts
run-ksoftirqd-resched = { $subject } lets another task run on { $object } first, if one was woken.
    .why = ksoftirqd has an ordinary priority: under load the application gets its share of the CPU.

# schedule()
schedule-pick = { $subject } looks for the next task to run and picks { $object }.
schedule-switch = { $subject } switches to { $object }.
    .why = A context switch is one of the most expensive steps of the path: the model charges about 1 µs.
schedule-finish = { $subject } finishes the switch: { $object } has the CPU again.

# do_idle()
do-idle-halt = { $subject } waits in { $object } for an interrupt, unless a task became runnable.
    .object = hlt
    .why = Interrupts are what brings a halted CPU back: without one, nothing here would notice the packet.
do-idle-resume = { $subject } tests { $object } in the idle loop: does a task want to run?
    .object = need_resched

## NAPI

# napi_schedule_prep()
napi-schedule-prep-claim = { $subject } tries to take ownership of { $object } by setting SCHED.
    .why = One atomic step decides who polls. If SCHED was set already, MISSED is set too, so that the owner polls once more.

# __napi_schedule()
napi-schedule-link = { $subject } links { $object } to the end of its own poll_list.
    .why = Interrupts are off: poll_list is shared with this CPU's interrupt handlers, and one in between could corrupt the list.
napi-schedule-raise = { $subject } tests in { $object } whether net_rx_action() is already at work.
    .why = If it is, its loop will find the NAPI on poll_list by itself: no softirq has to be raised.
napi-schedule-set-pending = { $subject } raises { $object }: it sets its bit in this CPU's pending mask.
    .why = Only a bit is set here. The packets are handled later, in the softirq, with interrupts on.

# net_rx_action()
net-rx-action-begin = { $subject } sets in_net_rx_action in { $object } and takes its budget.
    .why = netdev_budget, 300 packets by default, and netdev_budget_usecs, 8 ms, bound this one call.
net-rx-action-splice = { $subject } takes the whole poll_list of { $object } onto a private list.
    .why = Interrupts may fill poll_list again meanwhile without disturbing this loop.
net-rx-action-test-empty = { $subject } tests whether the private list of { $object } is empty.
    .why = NAPIs that used their whole weight wait on the repoll list; this call does not look at them again.
net-rx-action-poll = { $subject } calls napi_poll() for the first NAPI on the private list of { $object }.
net-rx-action-charge = { $subject } subtracts the packets of this poll from its { $object }: { $value } left.
    .object = budget
net-rx-action-limit = { $subject } tests whether its { $object }, { $value } left, or its time has run out.
    .object = budget
    .why = If so, time_squeeze goes up, even when nothing is left to poll. It is column 3 of /proc/net/softnet_stat.
net-rx-action-requeue = { $subject } joins unpolled, new and repoll NAPIs into the poll_list of { $object }.
    .why = Those not polled yet come first, then new ones, then those that used their whole weight.
net-rx-action-raise-again = { $subject } tests whether NAPIs are left on the poll_list of { $object }.
    .why = If so, NET_RX is raised again and in_net_rx_action stays set, so that nobody else has to raise it.
net-rx-action-send-ipis = { $subject } calls net_rps_action_and_irq_enable() with { $object }.

# net_rps_action_and_irq_enable()
net-rps-action-and-irq-enable-enable = { $subject } turns { $object } on, as no RPS message waits to be sent.
    .object = interrupts

# napi_poll()
napi-poll-unlink = { $subject } takes { $object } off the private list.
napi-poll-repoll = { $subject } links { $object } to the repoll list if it used its whole weight.
    .why = That list waits for the next net_rx_action(): one NAPI delivers at most 64 packets per call.

# __napi_poll()
do-napi-poll-call = { $subject } calls the driver's poll function for { $object } with a weight of 64.
    .why = Only the owner of SCHED may poll, so two CPUs never clean one ring. The weight is the most packets this poll may take.
do-napi-poll-trace = { $subject } returns from the driver's poll function for { $object }.
    .why = The tracepoint napi_poll fires here: it tells how many packets the poll took, and of how many.
do-napi-poll-decide = { $subject } tests whether { $object } used its whole weight.
    .why = If not, the driver has given the NAPI up and it must not be touched any more: it may be scheduled elsewhere already.
do-napi-poll-flush-gro = { $subject } tests whether GRO of { $object } still holds packets, and flushes them.
    .why = At HZ below 1000 all of them leave: the next poll may be far away.
do-napi-poll-flush = { $subject } delivers what { $object } still holds on rx_list up the stack.
    .why = The NAPI will be polled again only in a later round; the packets it has already must not wait for that.
do-napi-poll-keep = { $subject } keeps { $object } owned and asks for another poll.

# napi_complete_done()
napi-complete-done-test-owner = { $subject } tests whether netpoll or a busy poller holds { $object }.
    .why = If one does, napi_complete_done() returns false and changes nothing.
napi-complete-done-timeout = { $subject } decides, if { $object } took packets, on a timeout for held ones and a new count.
    .why = gro_flush_timeout counts only if GRO holds packets; defer_hard_irqs_count starts anew with every poll that had work.
napi-complete-done-defer = { $subject } takes one off defer_hard_irqs_count of { $object }, if any is left.
    .why = While it lasts and a timeout is set, the interrupt stays off and the timer polls in its place.
napi-complete-done-flush-gro = { $subject } lets packets that GRO of { $object } still holds go before it completes.
    .why = Without a timeout nothing may stay held when the poll ends. With one, only packets of an earlier jiffy leave.
napi-complete-done-deliver = { $subject } delivers the rest of the rx_list of { $object } up the stack.
    .why = So the last packets reach their socket before the interrupt is armed again, even if the batch is not full.
napi-complete-done-disown = { $subject } writes -1 to list_owner of { $object }: no CPU's list holds it now.
napi-complete-done-release = { $subject } gives { $object } up by clearing SCHED, unless MISSED is set.
    .why = One atomic step: whoever asked meanwhile has set MISSED. Then SCHED stays and the request is not lost.
napi-complete-done-start-timer = { $subject } starts the timer of { $object }, which will poll if nothing else does.
    .why = hrtimer_start() moves a timer that still runs. Without deferral the interrupt is armed beside it.
napi-complete-done-run-again = { $subject } calls __napi_schedule() for { $object } because MISSED was set.
napi-complete-done-refuse = { $subject } returns false for { $object }: its interrupt stays off.
    .why = Another poll follows anyway, so there is nothing that an interrupt would have to tell.

## The ice driver

# ice_probe()
ice-probe-enable = { $subject } enables { $object }: it answers to memory accesses from now on.
ice-probe-map-bar = { $subject } maps the registers of { $object } (BAR 0) to virtual addresses.
    .why = hw_addr is an address for the CPU. A writel() to hw_addr plus an offset travels over the bus to a register.
ice-probe-dma-mask = { $subject } tells the kernel that { $object } can use 64-bit DMA addresses.
ice-probe-bus-master = { $subject } sets the Bus Master bit of { $object }.
    .why = Without it no DMA and no MSI-X message can leave the device.
ice-probe-init-device = { $subject } resets { $object } and asks its firmware what it can do.
ice-probe-vectors = { $subject } allocates the MSI-X vectors and a q_vector for { $object }.
    .why = The q_vector ties one interrupt, one NAPI and its rings together.
ice-probe-rings = { $subject } allocates the software object of { $object }, still without descriptors.
ice-probe-map-rings = { $subject } links { $object } to its q_vector.
    .why = That is how a poll knows which rings to clean.
ice-probe-rss-table = { $subject } fills the { $object } with queue numbers in turn.
    .object = RSS table
    .why = Entry i names queue i modulo the number of queues, so hashes spread evenly over the queues.
ice-probe-napi-add = { $subject } calls ice_napi_add() to register the NAPI of { $object }.

# ice_vsi_open()
ice-open-setup-rings = { $subject } calls ice_setup_rx_ring() to allocate the memory of { $object }.
ice-open-configure = { $subject } calls ice_vsi_cfg_rxq() to tell the card about { $object }.
ice-open-fill = { $subject } calls ice_alloc_rx_bufs() to fill { $object } for the first time.
    .why = All slots but one get a buffer. If all did, a full ring would look like an empty one.
ice-open-request-irq = { $subject } calls request_irq() for { $object }.
ice-open-connect-vector = { $subject } writes { $object }: queue { $value } now belongs to its vector.
    .object = QINT_RQCTL and GLINT_ITR
    .why = QINT_RQCTL names the vector that the queue's cause raises; GLINT_ITR sets the least time between two interrupts.
ice-open-enable-queue = { $subject } sets QENA_REQ in queue { $value }'s { $object } and waits until the card confirms it.
    .object = QRX_CTRL
    .why = From here on the device may write to memory by DMA.
ice-open-enable-napi = { $subject } calls napi_enable() for the NAPI of { $object }.
ice-open-arm = { $subject } arms { $object } by writing INTENA to GLINT_DYN_CTL.
    .why = Buffers, handler and NAPI are ready by now, so the first interrupt finds everything in place.

# ice_setup_rx_ring()
ice-setup-rx-ring-shadow = { $subject } allocates the shadow array rx_buf for { $object }.
    .why = Only the driver sees it: it notes which page lies behind each descriptor. The device never learns of it.
ice-setup-rx-ring-descriptors = { $subject } allocates the descriptor memory of { $object }, shared with the device.
    .why = One memory, two addresses: desc is virtual, for the CPU; dma is for the device. GFP_KERNEL: the allocation may sleep.
ice-setup-rx-ring-indices = { $subject } sets next_to_use, next_to_clean and first_desc of { $object } to 0.

# ice_setup_rx_ctx()
ice-setup-rx-ctx-context = { $subject } writes ring { $value }'s DMA address and length to the { $object }.
    .object = queue context (RLAN)
    .why = Here the ring's DMA address reaches the device; the virtual address stays with the driver.
ice-setup-rx-ctx-tail = { $subject } notes the mapped address of ring { $value }'s { $object } and writes 0 to it.
    .why = ring->tail is hw_addr plus QRX_TAIL: a virtual address with a register of the card behind it.

# ice_msix_clean_rings()
ice-msix-clean-rings-count = { $subject } counts one more event on { $object }.
    .why = The handler touches no ring and no register: all work on packets is left to the poll.
ice-msix-clean-rings-prepare = { $subject } calls napi_schedule_prep() for { $object }.
ice-msix-clean-rings-schedule = { $subject } tests whether it got the ownership of { $object }, to schedule it.
    .why = If somebody owns the NAPI already, the handler is done: that owner will see MISSED.

# ice_napi_poll()
ice-napi-poll-clean = { $subject } calls ice_clean_rx_irq() to take packets from { $object }.
ice-napi-poll-decide = { $subject } tests whether the result, { $object }, uses the budget up.
    .why = If it does, more packets may wait: the driver stays in polling mode and arms no interrupt.
ice-napi-poll-write-back = { $subject } calls ice_set_wb_on_itr() for { $object }: it will poll on.
    .why = The driver stays in polling mode. The card must write partly filled cache lines of descriptors back all the same.
ice-napi-poll-keep = { $subject } returns the whole budget, { $object }: it wants to be polled again.
ice-napi-poll-complete = { $subject } calls napi_complete_done() to give { $object } up.
ice-napi-poll-rearm = { $subject } tests whether it may arm { $object } again.
    .why = Only after napi_complete_done() returned true: false means that another poll follows.
ice-napi-poll-refused = { $subject } leaves { $object } off and calls ice_set_wb_on_itr() instead.
    .why = Somebody will poll again, so that no interrupt is needed; descriptors must still be written back.
ice-napi-poll-return = { $subject } returns { $object } to NAPI: less than the budget.
    .why = At most budget - 1: the whole budget would mean "poll me again".

# ice_set_wb_on_itr()
ice-set-wb-on-itr-test = { $subject } tests whether { $object } is in WB_ON_ITR mode already.
    .why = One register write per episode of polling is enough.
ice-set-wb-on-itr-write = { $subject } writes { $object } for vector { $value }: write back without interrupts.
    .object = GLINT_DYN_CTL
    .why = INTENA_MSK tells the card that this write does not concern INTENA: the interrupt stays off.
ice-set-wb-on-itr-note = { $subject } notes in wb_on_itr that { $object } is in this mode now.

# ice_enable_interrupt()
ice-enable-interrupt-leave = { $subject } ends the WB_ON_ITR mode of { $object } and asks for a software interrupt.
    .why = A descriptor could slip through while the modes change. SWINT_TRIG makes the card interrupt once more and look.
ice-enable-interrupt-write = { $subject } writes { $object } so that vector { $value } may fire again.
    .object = GLINT_DYN_CTL
    .why = A posted write: the CPU goes on at once, the card sees it later. ITR_NONE leaves the moderation interval as it is.

# ice_clean_rx_irq()
ice-clean-rx-irq-loop = { $subject } compares { $object } taken in this poll with the budget.
    .why = At the budget the loop ends even if packets wait, so one busy ring cannot keep the CPU to itself.
ice-clean-rx-irq-test-dd = { $subject } tests whether the NIC has set DD in { $object }.
    .why = The device wrote this cache line, so the CPU has to fetch it: the first real wait. Without DD the loop ends.
ice-clean-rx-irq-barrier = { $subject } makes sure that it reads the rest of { $object } only after DD.
    .why = dma_rmb(): a weakly ordered CPU could otherwise use a length that it read before the device wrote it. On x86 it costs nothing.
ice-clean-rx-irq-read-size = { $subject } reads the length of { $packet } from { $object }.
ice-clean-rx-irq-get-buffer = { $subject } takes { $object } with { $packet } and moves ntc on by one slot.
    .why = pagecnt_bias-- takes a page reference out of the driver's own stock: no atomic operation for each packet.
ice-clean-rx-irq-prepare-buff = { $subject } points an xdp_buff at the bytes of { $packet } in { $object }.
    .why = An xdp_buff is only a few pointers. An XDP program would run on it now, before any sk_buff exists.
ice-clean-rx-irq-add-frag = { $subject } adds { $object } to the xdp_buff of { $packet } as a fragment.
    .why = The packet began in an earlier descriptor, perhaps in an earlier poll: xdp->data is still set.
ice-clean-rx-irq-test-eop = { $subject } tests whether { $packet } ends in { $object }.
    .why = Without EOF the frame goes on in the next descriptor. With an MTU of 1500 each frame fits into one.
ice-clean-rx-irq-sample-count = { $subject } samples the { $object } of each page that holds { $packet }.
    .object = page_count
    .why = It is noted in pgcnt before the packet goes up, so that nobody can change it before the test for reuse.
ice-clean-rx-irq-build-skb = { $subject } calls ice_build_skb() for { $packet } in { $object }.
ice-clean-rx-irq-construct-skb = { $subject } calls ice_construct_skb() for { $packet } in { $object }.
    .why = legacy-rx is on: headers are copied into a head of their own, the rest stays where the device wrote it.
ice-clean-rx-irq-put-buffer = { $subject } calls ice_put_rx_mbuf() to recycle or release { $object }.
ice-clean-rx-irq-test-skb =
    { $found ->
       *[yes] { $subject } tests whether it got an sk_buff: it got { $object }.
        [no] { $subject } tests whether it got an { $object }: it got none, so the packet is lost.
    }
    .why = Without memory for an sk_buff the packet is lost, rx_alloc_fail goes up and the loop ends.
ice-clean-rx-irq-drop-error = { $subject } frees { $object } with { $packet }: the RXE bit says that it was received badly.
    .why = No counter of the driver tells of it, and it does not count against the budget.
ice-clean-rx-irq-pad = { $subject } pads { $object } of { $packet } with zeros to 60 bytes.
    .why = An Ethernet frame has at least 60 bytes; the capture was taken where the padding was gone.
ice-clean-rx-irq-fields = { $subject } calls ice_process_skb_fields() to fill { $object } from the descriptor.
ice-clean-rx-irq-receive = { $subject } calls ice_receive_skb() to hand { $object } on.
ice-clean-rx-irq-count = { $subject } counts one more packet: { $object } in this poll so far.
ice-clean-rx-irq-store-clean = { $subject } stores ntc as next_to_clean of { $object }.
    .why = During the loop ntc was a local copy. The next poll begins at this slot.
ice-clean-rx-irq-refill = { $subject } calls ice_alloc_rx_bufs() to refill the free slots of { $object }.
    .why = ice refills once per poll, after its loop; igb whenever 16 slots are free.
ice-clean-rx-irq-return = { $subject } returns { $object } to ice_napi_poll().
    .why = After a failed refill it returns the whole budget instead, so that NAPI polls again soon.

# ice_build_skb()
ice-build-skb-build = { $subject } calls napi_build_skb() around { $object }.
    .why = The sk_buff is wrapped around the memory that the device wrote: the payload is not copied.
ice-build-skb-reserve =
    { $found ->
       *[yes] { $subject } sets data, tail and len of { $object } to the bytes of { $packet }.
        [no] { $subject } got no { $object } for { $packet } and returns NULL.
    }
    .why = skb_reserve() steps over 192 bytes of headroom; __skb_put() adds the frame's length.
ice-build-skb-frags = { $subject } counts the fragments of { $packet } into len, data_len and truesize of { $object }.
    .why = The list of fragments is there already: it lies behind the first buffer, where skb_shared_info must be.

# ice_construct_skb()
ice-construct-skb-alloc = { $subject } calls napi_alloc_skb() for 256 bytes: headers from { $object } go there.
ice-construct-skb-test-size =
    { $found ->
       *[yes] { $subject } asks eth_get_headlen() if { $packet } for { $object } exceeds 256 bytes.
        [no] { $subject } could not allocate { $object } for { $packet } and returns NULL.
    }
    .why = Up to 256 bytes the whole packet is copied, and its buffer is free at once.
ice-construct-skb-copy = { $subject } copies the first bytes of { $packet } behind data of { $object }.
    .why = The stack reads headers there. What building around the buffer avoids is paid here: one copy a packet.
ice-construct-skb-add-rest = { $subject } links the rest of { $packet } in its buffer to { $object } as fragment 0.
    .why = The payload is not copied: the fragment begins behind the headers in the same page.
ice-construct-skb-take-back = { $subject } takes the reference of { $object } back: all of { $packet } was copied.
    .why = Nobody else holds this half. ice_put_rx_mbuf() will flip it all the same, whoever holds the other one.
ice-construct-skb-add-frags = { $subject } links the other buffers of { $packet } to { $object } as fragments.

# ice_put_rx_mbuf()
ice-put-rx-mbuf-flip = { $subject } flips { $object } to its other half, or takes the reference back.
    .why = Delivered: the stack holds this half, the other is posted next. Not delivered: the reference returns to the stock.
ice-put-rx-mbuf-test-reuse = { $subject } tests whether nobody holds the other half of { $object }.
    .why = pgcnt - pagecnt_bias counts the pieces that are out in the stack. Only this packet: the page may stay in the ring.
ice-put-rx-mbuf-reuse = { $subject } moves the page of { $object } to the slot next_to_alloc.
    .why = Its mapping moves along: no unmap, no map, nothing to do for the IOMMU.
ice-put-rx-mbuf-unmap = { $subject } calls dma_unmap_page_attrs() for the page of { $object }.
    .why = Somebody, such as a socket, still holds the other half: the page cannot be posted again and leaves the ring.
ice-put-rx-mbuf-drain = { $subject } frees its stock of page references behind { $object }.
    .why = The page itself lives on until the last sk_buff that uses it is freed.
ice-put-rx-mbuf-advance = { $subject } sets first_desc of { $object } to ntc: the packet in hand is dealt with.

# ice_process_skb_fields()
ice-process-skb-fields-hash = { $subject } copies the RSS hash from the descriptor into { $object }.
    .why = The card has computed it already. GRO will choose its bucket by it.
ice-process-skb-fields-type = { $subject } calls eth_type_trans() for { $object }.
ice-process-skb-fields-checksum = { $subject } notes in { $object } what the card found out about the checksums.
    .why = L3L4P without an error bit gives CHECKSUM_UNNECESSARY: no CPU has to sum up the bytes again.

# ice_receive_skb()
ice-receive-skb-give = { $subject } calls napi_gro_receive() with { $object } for { $packet }.

# ice_alloc_rx_bufs()
ice-alloc-rx-bufs-test-page = { $subject } tests whether { $object } has a page already.
    .why = A recycled page is already mapped: only its address has to be written into the descriptor.
ice-alloc-rx-bufs-alloc-page = { $subject } asks the page allocator for a page for { $object }.
    .why = GFP_ATOMIC: a softirq must not sleep for memory. Without a page the refill stops and NAPI polls again.
ice-alloc-rx-bufs-map-page = { $subject } calls dma_map_page_attrs() for the new page of { $object }.
ice-alloc-rx-bufs-stock-page = { $subject } takes a stock of 65535 page references for { $object }.
    .why = One atomic addition for many packets: each takes its reference from pagecnt_bias without another.
ice-alloc-rx-bufs-write-address = { $subject } writes the DMA address of the buffer into { $object }.
    .why = The last write-back destroyed pkt_addr, so the address must be written again for each lap.
ice-alloc-rx-bufs-clear-next = { $subject } clears the status of { $object }, which is to be filled next.
    .why = So no slot up to the refill's end can show a DD bit left over from the last lap.
ice-alloc-rx-bufs-release = { $subject } tests whether { $object } got buffers that the card does not know yet.

# ice_release_rx_desc()
ice-release-rx-desc-store = { $subject } stores next_to_use and next_to_alloc of { $object }.
    .why = The tail register takes multiples of 8 only: slots beyond the last multiple stay with the CPU until later.
ice-release-rx-desc-barrier = { $subject } makes its writes to { $object } visible before it rings the doorbell.
    .why = wmb(): without it the card could read a stale address and write a packet into memory that serves something else now.
ice-release-rx-desc-doorbell = { $subject } writes { $value } to the { $object }: it rings the doorbell.
    .why = writel() to a mapped address. The write is posted: the CPU goes on at once and the card sees it later.

## The igb driver

# igb_probe()
igb-probe-enable = { $subject } enables memory access to { $object }.
igb-probe-dma-mask = { $subject } tells the kernel that { $object } can use 64-bit DMA addresses.
igb-probe-bus-master = { $subject } sets the Bus Master bit of { $object }.
    .why = Without it no DMA and no MSI-X message can leave the device.
igb-probe-map-bar = { $subject } maps the registers of { $object } (BAR 0) to virtual addresses.
    .why = io_addr is an address for the CPU. A writel() to io_addr plus an offset travels over the bus to a register.
igb-probe-vectors = { $subject } allocates the MSI-X vectors, among them { $object }.
    .why = Vector 0 is for link and other events; the receive queue has a vector of its own.
igb-probe-rings = { $subject } allocates a q_vector together with { $object }, still without descriptors.
    .why = The q_vector ties one interrupt, one NAPI and its ring together.
igb-probe-rss-table = { $subject } fills the { $object } with queue numbers, one block for each queue.
    .object = RSS table (RETA)
    .why = 128 entries: each queue gets an equal block of them, so hashes spread evenly over the queues.
igb-probe-napi-add = { $subject } calls netif_napi_add() to register the NAPI of { $object }.

# __igb_open()
igb-open-setup-rings = { $subject } calls igb_setup_rx_resources() to allocate the memory of { $object }.
igb-open-configure = { $subject } calls igb_configure_rx_ring() to tell the card about { $object }.
igb-open-fill = { $subject } calls igb_alloc_rx_buffers() to fill { $object } for the first time.
    .why = All slots but one get a buffer. If all did, a full ring would look like an empty one.
igb-open-request-irq = { $subject } calls request_irq() for { $object }.
igb-open-enable-napi = { $subject } calls napi_enable() for the NAPI of { $object }.
igb-open-arm = { $subject } arms { $object } by writes to EIAC, EIAM and EIMS.
    .why = EIAC and EIAM let the card clear the cause and mask the vector by itself when it fires.

# igb_setup_rx_resources()
igb-setup-rx-resources-shadow = { $subject } allocates the shadow array rx_buffer_info for { $object }.
    .why = Only the driver sees it: it notes which page lies behind each descriptor. The device never learns of it.
igb-setup-rx-resources-descriptors = { $subject } allocates the descriptor memory of { $object }, shared with the device.
    .why = One memory, two addresses: desc is virtual, for the CPU; dma is for the device. GFP_KERNEL: the allocation may sleep.
igb-setup-rx-resources-indices = { $subject } sets next_to_alloc, next_to_clean and next_to_use of { $object } to 0.

# igb_configure_rx_ring()
igb-configure-rx-ring-base = { $subject } writes ring { $value }'s DMA address and length to { $object }.
    .object = RDBAL, RDBAH and RDLEN
    .why = Here the ring's DMA address reaches the device; the virtual address stays with the driver.
igb-configure-rx-ring-tail = { $subject } notes the mapped address of ring { $value }'s { $object } and sets RDH and RDT to 0.
    .why = ring->tail is io_addr plus RDT: a virtual address with a register of the card behind it.
igb-configure-rx-ring-enable = { $subject } sets QUEUE_ENABLE in { $object }: the card may use queue { $value }.
    .object = RXDCTL
    .why = The first buffers are posted right after this.

# igb_msix_ring()
igb-msix-ring-test-itr = { $subject } tests whether a new interval waits to be written for { $object }.
    .why = EITR is written only if set_itr is set: at the first interrupt, or when the value has changed.
igb-msix-ring-write-itr = { $subject } writes the new interval of vector { $value } to { $object }.
    .object = EITR
igb-msix-ring-prepare = { $subject } calls napi_schedule_prep() for { $object }.
igb-msix-ring-schedule = { $subject } tests whether it got the ownership of { $object }, to schedule it.
    .why = If somebody owns the NAPI already, the handler is done: that owner will see MISSED.

# igb_poll()
igb-poll-clean = { $subject } calls igb_clean_rx_irq() to take packets from { $object }.
igb-poll-decide = { $subject } tests whether the result, { $object }, uses the budget up.
    .why = If it does, more packets may wait: the driver stays in polling mode and arms no interrupt.
igb-poll-keep = { $subject } returns the whole budget, { $object }: it wants to be polled again.
igb-poll-complete = { $subject } calls napi_complete_done() to give { $object } up.
igb-poll-rearm = { $subject } tests whether it may arm { $object } again.
    .why = Only after napi_complete_done() returned true: false means that another poll follows.
igb-poll-return = { $subject } returns { $object } to NAPI: less than the budget.

# igb_ring_irq_enable()
igb-ring-irq-enable-write = { $subject } writes { $object } so that vector { $value } may fire again.
    .object = EIMS
    .why = The card cleared the vector's bit in EIMS by itself when it fired. A posted write: the card sees it later.

# igb_clean_rx_irq()
igb-clean-rx-irq-loop = { $subject } compares { $object } taken in this poll with the budget.
    .why = At the budget the loop ends even if packets wait, so one busy ring cannot keep the CPU to itself.
igb-clean-rx-irq-refill-batch = { $subject } calls igb_alloc_rx_buffers(): { $object } has at least 16 free slots.
    .why = igb refills within its loop, whenever 16 slots are free; ice once per poll, after the loop.
igb-clean-rx-irq-read-length = { $subject } tests whether the NIC has written a length into { $object }.
    .why = igb tests the length, not DD: the refill left it at 0, so any length means that the device has finished this descriptor.
igb-clean-rx-irq-barrier = { $subject } makes sure that it reads the rest of { $object } only after the length.
    .why = dma_rmb(): a weakly ordered CPU could otherwise use values that it read before the device wrote them. On x86 it costs nothing.
igb-clean-rx-irq-get-buffer = { $subject } takes { $object } with { $packet } and notes its page count.
    .why = pagecnt_bias-- takes a page reference out of the driver's own stock: no atomic operation for each packet.
igb-clean-rx-irq-prepare-buff = { $subject } points an xdp_buff at the bytes of { $packet } in { $object }.
    .why = An xdp_buff is only a few pointers. An XDP program would run on it now, before any sk_buff exists.
igb-clean-rx-irq-add-frag = { $subject } calls igb_add_rx_frag() for { $packet } in { $object }.
    .why = An sk_buff is in hand: the packet began in an earlier descriptor and goes on in this one.
igb-clean-rx-irq-build-skb = { $subject } calls igb_build_skb() for { $packet } in { $object }.
igb-clean-rx-irq-construct-skb = { $subject } calls igb_construct_skb() for { $packet } in { $object }.
    .why = legacy-rx is on: headers are copied into a head of their own, the rest stays where the device wrote it.
igb-clean-rx-irq-test-skb =
    { $found ->
       *[yes] { $subject } tests whether it got an sk_buff: it got { $object }.
        [no] { $subject } tests whether it got an { $object }: it got none and leaves the slot as it is.
    }
    .why = igb loses nothing here: the slot stays where it is, and the next poll tries this packet again.
igb-clean-rx-irq-put-buffer = { $subject } calls igb_put_rx_buffer() to recycle or release { $object }.
igb-clean-rx-irq-cleaned = { $subject } moves next_to_clean of { $object } on by one slot.
igb-clean-rx-irq-drop-error = { $subject } frees { $object } with { $packet }: an error bit in the descriptor forbids its use.
    .why = With NETIF_F_RXALL (ethtool -K rx-all on) it would go up all the same.
igb-clean-rx-irq-pad = { $subject } pads { $object } of { $packet } with zeros to 60 bytes, in igb_cleanup_headers().
    .why = What was captured before the padding was added is shorter than any frame on a wire.
igb-clean-rx-irq-fields = { $subject } calls igb_process_skb_fields() to fill { $object } from the descriptor.
igb-clean-rx-irq-receive = { $subject } calls napi_gro_receive() with { $object } for { $packet }.
igb-clean-rx-irq-count = { $subject } counts one more packet: { $object } in this poll so far.
igb-clean-rx-irq-refill-rest = { $subject } tests whether free slots of { $object } are left to refill.
    .why = igb also refills the remainder that did not reach 16, so that the card has as many buffers as possible.
igb-clean-rx-irq-return = { $subject } returns { $object } to igb_poll().
    .why = A failed refill does not change the result: unlike ice, igb does not ask for another poll then.

# igb_build_skb()
igb-build-skb-build = { $subject } calls napi_build_skb() around { $object }.
    .why = The sk_buff is wrapped around the memory that the device wrote: the payload is not copied.
igb-build-skb-reserve =
    { $found ->
       *[yes] { $subject } sets data, tail and len of { $object } to the bytes of { $packet } and flips the buffer.
        [no] { $subject } got no { $object } for { $packet } and returns NULL.
    }
    .why = The flip (page_offset ^= truesize) makes the other half of the page the next one to post.
# igb_construct_skb()
igb-construct-skb-alloc = { $subject } calls napi_alloc_skb() for 256 bytes: headers from { $object } go there.
igb-construct-skb-test-size =
    { $found ->
       *[yes] { $subject } asks eth_get_headlen() if { $packet } for { $object } exceeds 256 bytes.
        [no] { $subject } could not allocate { $object } for { $packet } and returns NULL.
    }
    .why = Up to 256 bytes the whole packet is copied, and its buffer is free at once.
igb-construct-skb-copy = { $subject } copies the first bytes of { $packet } behind data of { $object }.
    .why = The stack reads headers there. What building around the buffer avoids is paid here: one copy a packet.
igb-construct-skb-add-rest = { $subject } links the rest of { $packet } in its buffer to { $object } as fragment 0.
    .why = The payload is not copied: the fragment begins behind the headers in the same page.
igb-construct-skb-flip = { $subject } flips { $object }, whose half stays with { $packet }.
igb-construct-skb-take-back = { $subject } takes the reference of { $object } back: all of { $packet } was copied.
    .why = The same half is posted again.

# igb_add_rx_frag()
igb-add-rx-frag-add = { $subject } links the buffer as a fragment to { $object } of { $packet }.
    .why = Nothing is copied. Only the first buffer has the headers; the others hold payload alone.
igb-add-rx-frag-flip = { $subject } flips { $object } with a fragment of { $packet } to its other half.

# igb_put_rx_buffer()
igb-put-rx-buffer-test-reuse = { $subject } tests whether nobody holds the other half of { $object }.
    .why = pgcnt - pagecnt_bias counts the pieces that are out in the stack. Only this packet: the page may stay in the ring.
igb-put-rx-buffer-reuse = { $subject } moves the page of { $object } to the slot next_to_alloc.
    .why = Its mapping moves along: no unmap, no map, nothing to do for the IOMMU.
igb-put-rx-buffer-unmap = { $subject } calls dma_unmap_page_attrs() for the page of { $object }.
    .why = Somebody, such as a socket, still holds the other half: the page cannot be posted again and leaves the ring.
igb-put-rx-buffer-drain = { $subject } frees its stock of page references behind { $object }.
    .why = The page itself lives on until the last sk_buff that uses it is freed.

# igb_process_skb_fields()
igb-process-skb-fields-hash = { $subject } copies the RSS hash from the descriptor into { $object }.
    .why = The card has computed it already. GRO will choose its bucket by it.
igb-process-skb-fields-checksum = { $subject } notes in { $object } what the card found out about the checksums.
    .why = UDPCS or TCPCS without an error bit gives CHECKSUM_UNNECESSARY: no CPU has to sum up the bytes again.
igb-process-skb-fields-type = { $subject } calls eth_type_trans() for { $object }.

# igb_alloc_rx_buffers()
igb-alloc-rx-buffers-test-page = { $subject } tests whether { $object } has a page already.
    .why = A recycled page is already mapped: only its address has to be written into the descriptor.
igb-alloc-rx-buffers-alloc-page = { $subject } asks the page allocator for a page for { $object }.
    .why = GFP_ATOMIC: a softirq must not sleep for memory. Without a page the refill stops.
igb-alloc-rx-buffers-map-page = { $subject } calls dma_map_page_attrs() for the new page of { $object }.
igb-alloc-rx-buffers-stock-page = { $subject } takes a stock of 65535 page references for { $object }.
    .why = One atomic addition for many packets: each takes its reference from pagecnt_bias without another.
igb-alloc-rx-buffers-write-address = { $subject } writes the DMA address of the buffer into { $object }.
    .why = The last write-back destroyed pkt_addr, so the address must be written again for each lap.
igb-alloc-rx-buffers-clear-next = { $subject } clears the length in { $object }, which is to be filled next.
    .why = So no slot up to the refill's end can show a length left over from the last lap.
igb-alloc-rx-buffers-store = { $subject } stores next_to_use and next_to_alloc of { $object }.
igb-alloc-rx-buffers-barrier = { $subject } makes its writes to { $object } visible before it rings the doorbell.
    .why = dma_wmb(): without it the card could read a stale address and write a packet into memory that serves something else now.
igb-alloc-rx-buffers-doorbell = { $subject } writes { $value } to the { $object }: it rings the doorbell.
    .why = Unlike ice, igb writes the value as it is, not rounded to a multiple of 8. The card sees the posted write later.

## DMA mapping

# dma_map_page_attrs()
dma-map-page-attrs-map = { $subject } maps { $object } for the device and gets a DMA address for it.
    .why = With an IOMMU an IOVA is allocated and a page-table entry written. The device reaches only what is mapped.

# dma_unmap_page_attrs()
dma-unmap-page-attrs-unmap = { $subject } takes { $object } away from the device by removing its mapping.
    .why = The IOVA is freed and its IOTLB entry flushed: an access by the device would be refused from now on.

## sk_buffs

# napi_build_skb()
napi-build-skb-take =
    { $found ->
       *[yes] { $subject } looks for a free sk_buff for { $packet } in its { $object }: sk_buff { $value } is on top.
        [no] { $subject } looks for a free sk_buff for { $packet } in its { $object }: it is empty.
    }
    .object = sk_buff cache
    .why = napi_alloc_cache belongs to this CPU. The slab is asked only when the cache is empty.
napi-build-skb-refill =
    { $value ->
        [0] { $subject } asks the slab to refill its cache and gets nothing: { $object }.
       *[other] { $subject } allocates { $object } at once from the slab into its cache.
    }
    .why = One request to the slab serves many packets. GFP_ATOMIC, because a softirq must not sleep.
napi-build-skb-fail = { $subject } returns { $object }: there is no memory for an sk_buff.
    .object = NULL
napi-build-skb-build = { $subject } calls __build_skb_around() for { $object }.
napi-build-skb-mark = { $subject } sets head_frag in { $object }: its head is a piece of a page.
    .why = So GRO can take the head over as a fragment instead of chaining the whole sk_buff on frag_list.

# napi_alloc_skb()
napi-alloc-skb-head =
    { $found ->
       *[yes] { $subject } cuts 1 KiB off { $object } for the headers of { $packet }.
        [no] { $subject } has no KiB left in a { $object } for the headers of { $packet }.
    }
    .why = Each CPU cuts small heads from a page of its own, four to a page, from its end.
napi-alloc-skb-page =
    { $found ->
       *[yes] { $subject } allocates { $object } and cuts the first 1 KiB off for { $packet }.
        [no] { $subject } asks for a { $object } to cut small heads from and gets none.
    }
    .why = The page has four references: one for each head that will be cut from it.
napi-alloc-skb-no-head = { $subject } returns { $object }: there is no page for the headers of { $packet }.
    .object = NULL
napi-alloc-skb-take = { $subject } looks in its { $object } for an sk_buff to go with the small head for { $packet }.
    .object = sk_buff cache
napi-alloc-skb-refill =
    { $value ->
        [0] { $subject } asks the slab for sk_buffs for small heads and gets nothing: { $object }.
       *[other] { $subject } allocates { $object } at once for small heads from the slab into its cache.
    }
napi-alloc-skb-free-head = { $subject } gives the small head in { $object } back: there is no sk_buff for { $packet }.
napi-alloc-skb-build = { $subject } calls __build_skb_around() with 1 KiB for { $object }.
napi-alloc-skb-reserve = { $subject } steps over 64 bytes in the small head of { $object } and sets head_frag.
    .why = A piece of a page too: GRO can take it over when it holds payload.

# eth_get_headlen()
eth-get-headlen-dissect = { $subject } reads the headers of { $packet } in its buffer and returns their length for { $object }.
    .why = The flow dissector walks Ethernet, IP and transport header: the first touch of what the device wrote.

# __pskb_pull_tail()
pskb-pull-tail-copy = { $subject } copies bytes from the first fragment of { $object } behind its head.
    .why = Headers are read from the head only. Here the driver could not tell how long they are.

# __build_skb_around()
build-skb-around-point = { $subject } points head of { $object } at the buffer that holds { $packet }.
    .why = head and data point into the page that the device wrote, tail and end are offsets from head. An sk_buff holds no packet bytes itself.

# skb_release_data()
skb-release-data-put-page = { $subject } drops the reference that { $packet } held on { $object }.
    .why = page_count falls by one. That is what lets the driver's next test for reuse succeed.

# kfree_skbmem()
kfree-skbmem-free = { $subject } gives { $object } back to the slab.
    .why = Only the sk_buff: the page lives on as long as somebody holds a reference to it.

# sk_skb_reason_drop()
kfree-skb-reason-reason = { $subject } drops { $packet } for a reason: { $object }.
    .why = The tracepoint kfree_skb fires here with this reason, so a tracer can tell why the packet was lost.
kfree-skb-reason-release = { $subject } calls skb_release_all() for the dropped { $object }.
kfree-skb-reason-free = { $subject } calls kfree_skbmem() for the dropped { $object }.

# skb_attempt_defer_free()
skb-attempt-defer-free-test-cpu = { $subject } tests whether this CPU allocated { $object }, which was read to its end.
    .why = Another CPU's sk_buff would go back there, so that the CPUs do not fight over caches and locks. Here it is always this CPU's own.
skb-attempt-defer-free-release = { $subject } turns bottom halves off and calls skb_release_all() for { $object }, which was read.
    .why = The sk_buff cache of this CPU is the softirq's too: it must not come in between.
skb-attempt-defer-free-put = { $subject } calls napi_skb_cache_put() for { $object }, which was read.
    .why = Unlike a UDP datagram, it goes to this CPU's cache: the next napi_build_skb() finds it there.
skb-attempt-defer-free-enable = { $subject } calls __local_bh_enable_ip() to turn { $object } on again after the sk_buff was freed.
    .object = bottom halves

# skb_try_coalesce()
skb-try-coalesce-copy = { $subject } tests whether { $object } fits behind the bytes of the packet before it, and copies it if so.
    .why = Many small segments then share one sk_buff; the room behind its bytes is paid for already.
skb-try-coalesce-room = { $subject } tests whether the packet before { $object } can take it: at most 17 fragments, no frag_list.
    .why = If it cannot, the new one stays a packet of its own.
skb-try-coalesce-take = { $subject } links the head and the fragments of { $object } to the packet before it, as its fragments.
    .why = No byte is copied: the pages change hands, and only the bare sk_buff is left.
skb-try-coalesce-account = { $subject } adds length and memory of { $object } to the packet that has taken it over.
    .why = truesize grows by all but the bare sk_buff: the socket pays for what it keeps.

# kfree_skb_partial()
kfree-skb-partial-test = { $subject } tests whether only the bare sk_buff is left of { $object }.
    .why = If its head and pages went over to another packet, they must stay; if its bytes were copied, all of it goes.
kfree-skb-partial-free = { $subject } gives the bare { $object } back to the slab.
kfree-skb-partial-whole = { $subject } calls __kfree_skb() for { $object }: its bytes are elsewhere now.

# __kfree_skb()
kfree-skb-release = { $subject } calls skb_release_all() for { $object }, which nobody needs any more.
    .why = The tracepoint kfree_skb does not fire here: nothing is lost, the packet has done its work.
kfree-skb-free = { $subject } calls kfree_skbmem() for { $object }, which nobody needs any more.

## GRO

# eth_type_trans()
eth-type-trans-pull = { $subject } reads the Ethernet header of { $object } and moves data past it.
    .why = The first touch of the packet's own bytes. The 14 bytes stay where they are; only the pointer moves.

# napi_gro_receive()
napi-gro-receive-mark = { $subject } writes the napi_id into { $object }.
napi-gro-receive-ask = { $subject } calls dev_gro_receive() for { $object }.
napi-gro-receive-finish = { $subject } acts on the GRO result of { $packet }: { $object }.
    .why = NORMAL is queued; MERGED_FREE frees the sk_buff, with its head unless that became a fragment; else it is kept, chained or held.
napi-gro-receive-queue = { $subject } links { $object } to the rx_list of its NAPI.
    .why = GRO_NORMAL: nothing is merged. Packets wait here so that several can climb the stack in one go.
napi-gro-receive-test-batch = { $subject } tests whether the rx_list of { $object } has reached gro_normal_batch.
    .why = 8 by default. A full batch goes up the stack at once, in the middle of the poll.
napi-gro-receive-exit = { $subject } returns { $object } to the driver.
    .why = The tracepoint napi_gro_receive_exit fires here with this result.

# dev_gro_receive()
dev-gro-receive-bucket = { $subject } looks up the GRO bucket for { $object } by its hash and marks candidates.
    .why = There are 8 buckets; only packets held in the same one are compared with it.
dev-gro-receive-protocol = { $subject } calls the GRO handler for the ethertype of { $object }, if there is one.
    .why = IPv4 has one. Without a handler the packet goes up the stack as it is.
dev-gro-receive-complete = { $subject } lets the held packet go if the protocol handler said so: { $object } comes after it, or is part of it.
    .why = A held packet leaves when the new one did not fit behind it, or closed it by a flag or a short length.
dev-gro-receive-decide = { $subject } tests whether { $object } was merged, or must not be held.
    .why = same_flow means merged; flush means that it goes up by itself.
dev-gro-receive-flush-oldest = { $subject } makes room in the bucket for { $object } if 8 packets are held there.
    .why = MAX_GRO_SKBS: the oldest packet leaves first.
dev-gro-receive-hold = { $subject } holds { $object } in its bucket until more of its flow comes.
    .why = GRO_HELD. Its payload length becomes the mss that later segments must not exceed.

# inet_gro_receive()
inet-gro-receive-header = { $subject } tests whether the IPv4 header of { $object } allows merging.
    .why = Not with IP options, a fragment or a wrong checksum. Nothing is dropped here: such a packet just goes up by itself.
inet-gro-receive-candidates = { $subject } compares the addresses of { $object } with those of the held packets.
    .why = Another protocol or address: same_flow of that held packet becomes 0.
inet-gro-receive-transport = { $subject } calls the transport's GRO handler for { $object }, if there is one.

# tcp4_gro_receive(), tcp_gro_pull_header(), tcp_gro_receive()
tcp4-gro-receive-checksum = { $subject } tests whether the TCP checksum of { $object } is right.
    .why = A merged packet has one checksum for all; a wrong one must not disappear in it.
tcp4-gro-receive-pull = { $subject } calls tcp_gro_pull_header() for { $object }.
tcp4-gro-receive-receive = { $subject } tests whether the TCP header of { $object } is whole, then calls tcp_gro_receive().
tcp-gro-pull-header-pull = { $subject } tests the TCP header length of { $object } and steps over the header.
tcp-gro-receive-lookup = { $subject } looks for the held packet of the connection that { $object } belongs to.
    .why = The ports decide now; addresses and protocol were compared before.
tcp-gro-receive-compare = { $subject } tests whether { $object } continues the held packet exactly.
    .why = Flags, ack, options, window, TTL, TOS and IP id must fit, and the sequence number must be the next one.
tcp-gro-receive-merged = { $subject } tests whether { $object } was merged, and hands FIN and PSH on to the held packet.
tcp-gro-receive-final = { $subject } tests whether { $object } ends its run: short, empty, or with PSH, FIN, SYN, RST or URG.
    .why = After such a segment the held packet leaves at once. With a flag or without data it is not held itself, if not merged.

# skb_gro_receive()
skb-gro-receive-test-size = { $subject } tests whether the held packet with { $object } stays below 65536 bytes.
    .why = gro_ipv4_max_size. With 1448 bytes a segment, 45 fit.
skb-gro-receive-take-frags = { $subject } moves the fragments of { $object } to the held packet.
    .why = All payload is in fragments, so they alone move. The head with its headers is freed.
skb-gro-receive-take-head = { $subject } links the head page of { $object } to the held packet as a fragment.
    .why = No byte is copied: page, offset and size move, its own fragments too. The empty sk_buff can be used again.
skb-gro-receive-chain = { $subject } links { $object } whole to the frag_list of the held packet.
    .why = There is no room for an 18th fragment. Later segments become fragments of this one.
skb-gro-receive-account = { $subject } counts { $object } in: count, len, data_len and truesize of the held packet grow.

# napi_gro_flush(), napi_gro_complete()
napi-gro-flush-next = { $subject } tests whether a bucket of { $object } still holds a packet, the oldest first.
napi-gro-complete-single = { $subject } tests whether { $object } is a single packet or a merged one.
    .why = A single packet needs no new header; its gso_size becomes 0.
napi-gro-complete-inet = { $subject } calls inet_gro_complete() for { $object }.
napi-gro-complete-queue = { $subject } links { $object } to the rx_list of its NAPI; each segment counts.
napi-gro-complete-test-batch = { $subject } compares the segments on the rx_list of { $object } with gro_normal_batch.
    .why = Segments count, not packets: a packet of 8 segments goes up at once.
napi-gro-complete-done = { $subject } returns to GRO of { $object }.
inet-gro-complete-length = { $subject } writes the length of all segments into the IP header of { $object }.
    .why = From here on the merged packet looks like one big packet.
tcp4-gro-complete-checksum = { $subject } writes the sum of the pseudo header into the TCP header of { $object }.
tcp-gro-complete-segments = { $subject } writes into { $object } how many segments it stands for.

# __napi_kfree_skb()
napi-kfree-skb-release = { $subject } calls skb_release_all() for { $object }, whose fragments were merged.
    .why = Its head holds only headers, which the held packet has already.
napi-kfree-skb-put = { $subject } calls napi_skb_cache_put() for { $object }, whose fragments were merged.

# napi_skb_free_stolen_head(), napi_skb_cache_put()
napi-skb-free-stolen-head-put = { $subject } calls napi_skb_cache_put() for { $object }.
    .why = Its head now belongs to the held packet; the sk_buff itself is empty.
napi-skb-cache-put-put = { $subject } gives { $object } back to its sk_buff cache.
    .why = The next napi_build_skb() on this CPU takes it from there without asking the slab.
napi-skb-cache-put-overflow = { $subject } frees { $object } of the full cache to the slab.


# udp4_gro_receive()
udp4-gro-receive-checksum = { $subject } tests whether the UDP checksum of { $object } is already known.
    .why = No tunnel or UDP_GRO socket exists (udp_encap_needed_key is off), so no socket is looked up here.

# udp_gro_receive()
udp-gro-receive-flush = { $subject } marks { $object } as not to be merged.
    .why = By default UDP datagrams are merged only for a socket that asked for UDP_GRO, and none did.

## The stack

# netif_receive_skb_list_internal()
netif-receive-skb-list-internal-stamp = { $subject } takes a batch of { $object } from NAPI.
    .why = The batch climbs layer by layer: all its packets pass one layer before the first enters the next.

# __netif_receive_skb_list_core()
netif-receive-skb-list-core-each =
    { $value ->
        [0] { $subject } has taken the whole batch through the core: { $object } left.
       *[other] { $subject } takes the first of { $object } left and calls __netif_receive_skb_core().
    }
netif-receive-skb-list-core-protocol =
    { $value ->
        [0] { $subject } ends here: { $object } are left for IPv4.
       *[other] { $subject } calls ip_list_rcv() with { $object }.
    }
    .why = Packets of one protocol are handed on together.

# __netif_receive_skb_core()
netif-receive-skb-core-count = { $subject } counts { $object } in softnet_data.processed and sets its network_header.
    .why = processed is column 1 of /proc/net/softnet_stat.
netif-receive-skb-core-protocol = { $subject } looks up the handler for the ethertype of { $object }.
    .why = Taps such as tcpdump would have got the packet earlier in this function.
netif-receive-skb-core-unhandled = { $subject } finds no protocol that wants { $object } and drops it.

# ip_list_rcv()
ip-list-rcv-each =
    { $value ->
        [0] { $subject } has checked the whole batch: { $object } left.
       *[other] { $subject } takes the first of { $object } left and calls ip_rcv_core().
    }
ip-list-rcv-dispatch =
    { $value ->
        [0] { $subject } ends here: { $object } passed the checks of IPv4.
       *[other] { $subject } calls ip_sublist_rcv() with { $object }.
    }

# ip_rcv_core()
ip-rcv-core-pull = { $subject } calls __pskb_pull_tail(): the IP header of { $object } is not in its head.
ip-rcv-core-header = { $subject } tests the address type, the header and its checksum, and the length of { $object }.
    .why = Not for this host, malformed, wrong checksum, cut short: each ends in a drop with its own reason and counter.
ip-rcv-core-trim = { $subject } trims { $object } to its IP length and sets its transport_header.
    .why = What follows the IP packet in the frame is only padding.
ip-rcv-core-drop = { $subject } calls kfree_skb_reason() because IPv4 refuses { $object }.

# ip_sublist_rcv()
ip-sublist-rcv-each =
    { $value ->
        [0] { $subject } has a route for the whole batch: { $object } left.
       *[other] { $subject } takes the first of { $object } left and calls ip_rcv_finish_core().
    }
ip-sublist-rcv-deliver =
    { $value ->
        [0] { $subject } has delivered what has one route: { $object } left.
       *[other] { $subject } takes the first of { $object } left and calls dst_input().
    }
    .why = The route leads to ip_local_deliver(), or to ip_error(). From here on each packet goes alone.

# ip_rcv_finish_core()
ip-rcv-finish-core-hint = { $subject } tests whether { $object } can use the route of the packet before it.
    .why = Same destination and type of service: then the route lookup is saved. The first packet of a batch has no such hint.
ip-rcv-finish-core-use-hint = { $subject } gives { $object } the route of the packet before it, by ip_route_use_hint().
    .why = Only its source is checked, by fib_validate_source(), and only if the route is local: no lookup.
ip-rcv-finish-core-demux = { $subject } calls udp_v4_early_demux() for { $object }.
ip-rcv-finish-core-tcp-demux = { $subject } calls tcp_v4_early_demux() for { $object }.
    .why = The socket of a TCP connection remembers a route: finding the socket now can save the route lookup.
ip-rcv-finish-core-found = { $subject } tests whether early demux has given { $object } the route of its socket.
    .why = If so, ip_route_input_noref() is not called.
ip-rcv-finish-core-route = { $subject } calls ip_route_input_noref(), as { $object } has no route yet.
ip-rcv-finish-core-accept = { $subject } accepts { $object } for delivery along its route.

# udp_v4_early_demux()
udp-v4-early-demux-find = { $subject } looks for a connected socket for { $object } and finds none.
    .why = A connected socket would hold a route already. The UDP sockets of this model are not connected.

# ip_route_input_noref()
ip-route-input-noref-slow = { $subject } calls ip_route_input_slow() for { $object }.

# ip_route_input_slow()
ip-route-input-slow-lookup = { $subject } calls fib_lookup() for the destination of { $object }.
ip-route-input-slow-local = { $subject } calls fib_validate_source(), as { $object } is for this host.
ip-route-input-slow-no-route = { $subject } finds that { $object } is for another address, and sets EHOSTUNREACH.
    .why = Only a router forwards. Forwarding is off here, so it does not matter where the route would lead.
ip-route-input-slow-unreachable = { $subject } writes a new route into { $object }, whose input is ip_error().
    .why = Such a route is not cached: without a hint, the next packet needs a new one.
ip-route-input-slow-set = { $subject } writes the local route into { $object }.
    .why = The route decides where dst_input() leads: here to ip_local_deliver().

# fib_table_lookup()
fib-table-lookup-walk = { $subject } looks up the longest prefix of the destination of { $object }.

# fib_validate_source()
fib-validate-source-check = { $subject } tests whether the source address of { $object } may come in here.
    .why = rp_filter is off here, so it is enough that the source is not an address of this host.

# ip_error()
ip-error-count = { $subject } adds 1 to InAddrErrors for { $object }: its route says EHOSTUNREACH.
    .why = With forwarding on, an ICMP message would tell the sender.
ip-error-drop = { $subject } calls kfree_skb_reason() for { $object }, which is for another address.

# ip_local_deliver()
ip-local-deliver-fragment = { $subject } tests whether { $object } is a fragment.
    .why = Fragments are reassembled here, before the transport sees them. The model ends them here instead.
ip-local-deliver-drop = { $subject } drops { $object }: the model does not reassemble fragments yet.

# ip_local_deliver_finish()
ip-local-deliver-finish-pull = { $subject } moves data of { $object } past the IP header.
    .why = The header stays where it is; transport_header now equals data.

# ip_protocol_deliver_rcu()
ip-protocol-deliver-rcu-raw = { $subject } calls raw_local_deliver() for { $object }.
    .why = Raw sockets get their copy before every transport handler.
ip-protocol-deliver-rcu-handler = { $subject } calls the transport handler for the protocol of { $object }.
ip-protocol-deliver-rcu-not-modelled = { $subject } drops { $object }: the model does not know this transport yet.

# raw_local_deliver()
raw-local-deliver-find = { $subject } looks for a raw socket for { $object } and finds none.

## UDP and the socket

# udp_rcv()
udp-rcv-call = { $subject } calls __udp4_lib_rcv() for { $object }.

# __udp4_lib_rcv()
udp4-lib-rcv-length = { $subject } tests the UDP length of { $object }.
    .why = Longer than the packet or shorter than 8 bytes, the header itself: dropped.
udp4-lib-rcv-checksum = { $subject } tests the UDP checksum of { $object }.
    .why = CHECKSUM_UNNECESSARY from the card is enough: no byte of the payload is summed up. Otherwise only a short datagram is.
udp4-lib-rcv-lookup = { $subject } calls __udp4_lib_lookup() for { $object }.
udp4-lib-rcv-deliver =
    { $found ->
       *[yes] { $subject } tests whether a socket was found: { $packet } goes to { $object }.
        [no] { $subject } tests whether a { $object } was found: there is none for { $packet }.
    }
udp4-lib-rcv-drop = { $subject } calls sk_skb_reason_drop() because UDP refuses { $object }.

# __udp4_lib_lookup()
udp4-lib-lookup-by-address = { $subject } calls udp4_lib_lookup2() with address and port of { $object }.
    .why = A socket bound to this very address would win over one bound to all addresses.
udp4-lib-lookup-by-port = { $subject } calls udp4_lib_lookup2() again with only the port of { $object }.

# udp4_lib_lookup2()
udp4-lib-lookup2-search =
    { $found ->
       *[yes] { $subject } searches a hash chain for { $packet } and finds { $object }.
        [no] { $subject } searches a hash chain for { $packet } and finds no { $object }.
    }

# udp_unicast_rcv_skb()
udp-unicast-rcv-skb-call = { $subject } calls udp_queue_rcv_skb() to give { $packet } to { $object }.

# udp_queue_rcv_skb()
udp-queue-rcv-skb-call = { $subject } calls udp_queue_rcv_one_skb() to give { $packet } to { $object }.

# udp_queue_rcv_one_skb()
udp-queue-rcv-one-skb-pull = { $subject } moves data of { $object } past the UDP header.
    .why = Now data points at the payload. All headers still lie in front of it in the same buffer.
udp-queue-rcv-one-skb-enqueue = { $subject } calls __udp_enqueue_schedule_skb() with { $packet } for { $object }.
udp-queue-rcv-one-skb-result = { $subject } tests whether { $object } took the packet.
    .why = If it refused, RcvbufErrors goes up and the packet is dropped. Otherwise the reader may already have freed it.

# __udp_enqueue_schedule_skb()
udp-enqueue-schedule-skb-test-memory = { $subject } tests whether { $object } has receive memory left for { $packet }.
    .why = It refuses only when the charged memory already exceeds sk_rcvbuf, so one packet may overshoot.
udp-enqueue-schedule-skb-refuse = { $subject } counts a drop on { $object }, as { $packet } does not fit.
    .why = The application reads too slowly. sk_drops counts for this socket, RcvbufErrors for the host.
udp-enqueue-schedule-skb-condense = { $subject } copies the fragments of { $object } behind its head if they fit there.
    .why = The socket is half full: a small copy now frees whole buffers, and truesize shrinks.
udp-enqueue-schedule-skb-charge = { $subject } charges { $object } with the memory of { $packet }.
    .why = What counts is truesize, the memory that the packet occupies, not its payload: so small packets cost much too.
udp-enqueue-schedule-skb-append = { $subject } links { $object } to the end of the socket's sk_receive_queue.
    .why = Two parties meet at this queue: the softirq appends, the reader takes.
udp-enqueue-schedule-skb-ready = { $subject } calls sock_def_readable() for { $object }.
    .why = This happens for every datagram; only the first one finds somebody asleep.

# sock_def_readable()
sock-def-readable-test-sleeper = { $subject } tests whether a task sleeps on { $object }.
    .why = A full barrier goes with the test. Without it the reader could fall asleep although data is queued.

# sock_def_wakeup()
sock-def-wakeup-test-sleeper = { $subject } tests whether a task waits on { $object }, whose state has changed.
    .why = FIN and reset concern everybody who waits, for whatever: all of them are woken.

# __wake_up_sync_key()
wake-up-sync-key-call = { $subject } walks the socket's wait queue and calls the wake function of { $object }.

# receiver_wake_function()
receiver-wake-function-call = { $subject } calls autoremove_wake_function(), as { $object } waits for data to read.

# autoremove_wake_function()
autoremove-wake-function-call = { $subject } calls default_wake_function() for { $object }, then takes it off the wait queue.
    .why = Once off the queue, it is not woken again for each further datagram.

# default_wake_function()
default-wake-function-call = { $subject } calls try_to_wake_up() for { $object }.

# try_to_wake_up()
try-to-wake-up-claim = { $subject } tests whether { $object } is asleep, to mark it TASK_WAKING.

# ttwu_do_activate()
ttwu-do-activate-activate = { $subject } wakes { $object }: it goes on this CPU's run queue.
    .why = Woken does not mean running: the task gets the CPU when the softirq is done and the scheduler picks it.

# udp_recvmsg()
udp-recvmsg-receive = { $subject } calls __skb_recv_udp() for { $object }.
udp-recvmsg-copy = { $subject } copies the payload of { $packet } from { $object } to user memory.
    .why = With build_skb() the only copy of the payload; before, only pointers moved. construct_skb() and skb_condense() copy short ones too.
udp-recvmsg-bad-checksum = { $subject } calls kfree_skb(), as the checksum of { $object } is wrong, and will look for another.
    .why = A long datagram is checked only while it is copied; a short one already in the softirq.
udp-recvmsg-consume = { $subject } calls skb_consume_udp() to free { $object }.
udp-recvmsg-return = { $subject } returns from recv() on { $object } with the number of bytes.

# __skb_recv_udp()
skb-recv-udp-lock = { $subject } locks the reader_queue of { $object } and turns bottom halves off.
    .why = spin_lock_bh(): a softirq on this CPU that wanted the same lock would wait for ever.
skb-recv-udp-try-reader = { $subject } tries to take a datagram from the reader_queue of { $object }.
    .why = The reader takes from a queue of its own, so it rarely meets the softirq at a lock.
skb-recv-udp-splice = { $subject } moves the whole sk_receive_queue of { $object } to its reader_queue.
    .why = The lock that the softirq uses is taken once for all datagrams that wait.
skb-recv-udp-unlock = { $subject } unlocks the reader_queue of { $object } and calls __local_bh_enable_ip().
skb-recv-udp-got = { $subject } tests whether it got a datagram from { $object }.
skb-recv-udp-prepare = { $subject } puts { $object } on the socket's wait queue as TASK_INTERRUPTIBLE.
skb-recv-udp-recheck = { $subject } tests once more whether { $object } has a datagram, before the task sleeps.
    .why = One may have come since the last look. As the task is on the wait queue already, it cannot miss one now.

# skb_consume_udp()
skb-consume-udp-release = { $subject } calls skb_release_data() for { $object }, whose bytes were read.
skb-consume-udp-free = { $subject } calls kfree_skbmem() for { $object }, whose bytes were read.
    .why = A datagram that was read goes back to the slab, not to the CPU's sk_buff cache.

## poll

# do_sys_poll()
do-sys-poll-ask = { $subject } calls tcp_poll() for { $object }.
    .why = poll() asks before it sleeps and again after each wake-up: being woken promises nothing.
do-sys-poll-found = { $subject } tests whether tcp_poll() has found something on { $object }.
    .why = If so, poll() returns without sleeping: while data keeps coming, no context switch is needed.
do-sys-poll-prepare = { $subject } marks { $object } as TASK_INTERRUPTIBLE before it sleeps in poll().
    .why = The mark comes before the last look: a wake-up in between takes it back, so none is missed.
do-sys-poll-sleep = { $subject } lets { $object } sleep in poll(), unless pollwake() has set triggered meanwhile.
do-sys-poll-woken = { $subject } marks { $object } as TASK_RUNNING and clears triggered: poll() looks again.
do-sys-poll-leave = { $subject } takes the task off the wait queue of { $object } at the end of poll().
    .why = poll() leaves nothing behind: the next call registers anew.

# tcp_poll()
tcp-poll-wait = { $subject } puts the task on the wait queue of { $object }, if it is not there yet.
    .why = It registers before it looks: data that comes in between will wake it.
tcp-poll-look = { $subject } tests whether { $object } has bytes to read, or has come to its end.
    .why = There are bytes when rcv_nxt is ahead of copied_seq. The end counts as readable too: recv() will return 0.

# pollwake()
poll-wake-trigger = { $subject } sets triggered for { $object } in poll() and calls default_wake_function().
    .why = The task stays on the wait queue: it takes itself off when poll() ends.

## TCP

# tcp_v4_early_demux()
tcp-v4-early-demux-header = { $subject } tests whether the TCP header of { $object } is long enough to look for its connection.
    .why = One that is too short is not dropped here: tcp_v4_rcv() will do that.
tcp-v4-early-demux-lookup = { $subject } calls __inet_lookup_established() for { $object }, before IP looks for a route.
tcp-v4-early-demux-take =
    { $found ->
       *[yes] { $subject } links { $packet } to { $object } and gives it the route that the socket remembers.
        [no] { $subject } finds no { $object } for { $packet }: IP has to look for the route itself.
    }
    .why = sk_rx_dst is the route of an earlier packet of this connection: one lookup serves IP and TCP.

# __inet_lookup_established()
inet-lookup-established-search =
    { $found ->
       *[yes] { $subject } searches the table of connections for { $packet } and finds { $object }.
        [no] { $subject } searches the table of connections for { $packet } and finds no { $object }.
    }
    .why = Both addresses and both ports make the hash. Listening sockets stand in another table.

# tcp_v4_rcv()
tcp-v4-rcv-header = { $subject } tests whether the TCP header of { $object } has at least 20 bytes.
tcp-v4-rcv-checksum = { $subject } tests the TCP checksum of { $object }, unless the card has done so.
    .why = CHECKSUM_UNNECESSARY from the card is enough. Otherwise up to 76 bytes are summed up here, longer segments later.
tcp-v4-rcv-steal = { $subject } tests whether early demux has linked { $object } to a socket, and looks one up if not.
    .why = A packet that took over the route of the one before skipped early demux: its socket is looked up now.
tcp-v4-rcv-socket =
    { $found ->
       *[yes] { $subject } tests whether a connection was found: { $packet } belongs to { $object }.
        [no] { $subject } tests whether a { $object } was found: { $packet } belongs to no connection.
    }
tcp-v4-rcv-fill-cb = { $subject } calls tcp_v4_fill_cb() for { $object }.
tcp-v4-rcv-owned = { $subject } locks { $object } for { $packet } and tests whether a task is working on the socket.
    .why = If one is, the softirq must leave the connection alone. It does not wait: the segment goes to the backlog.
tcp-v4-rcv-backlog = { $subject } calls tcp_add_backlog() to put { $packet } aside for { $object }.
    .why = The task that owns the socket processes it when it lets go.
tcp-v4-rcv-queued = { $subject } unlocks { $object } and tests whether its backlog has taken the segment.
    .why = If it has not, the segment is dropped, and the peer has to send it again.
tcp-v4-rcv-listen = { $subject } ends { $object } here: it is for a listening socket, and the model does no handshake yet.
    .why = The model begins with connections that are established. A real kernel would answer with SYN and ACK.
tcp-v4-rcv-no-socket = { $subject } finds no connection for { $object }. An RST would leave, but the model does not transmit yet.
    .why = RST tells the peer at once that nobody is here. A segment with a wrong checksum would get no answer.
tcp-v4-rcv-drop = { $subject } calls sk_skb_reason_drop() because TCP refuses { $object }.

# tcp_v4_fill_cb()
tcp-v4-fill-cb-fill = { $subject } writes the sequence numbers and flags of { $object } into its tcp_skb_cb.
    .why = It takes the place of the lower layers' notes. In end_seq, SYN and FIN count as one byte each.

# tcp_v4_do_rcv()
tcp-v4-do-rcv-state = { $subject } tests whether { $object }, which gets { $packet }, is in TCP_ESTABLISHED.
    .why = Nearly all data comes in this state, so it has a function of its own: tcp_rcv_established().
tcp-v4-do-rcv-other = { $subject } calls tcp_rcv_state_process() with { $packet } for { $object }.
    .why = It handles all other states; in this model those after the peer's FIN or a reset.

# tcp_rcv_established()
tcp-rcv-established-predict = { $subject } compares the header of { $packet } with the one that { $object } predicts.
    .why = In a steady stream flags, window and sequence number are known in advance: a few comparisons replace all other checks.
tcp-rcv-established-pure-ack = { $subject } calls tcp_ack() for { $object }, which is as predicted and holds no data.
tcp-rcv-established-free-ack = { $subject } calls __kfree_skb() for { $object }, an ACK without data.
    .why = tcp_ack() has taken in all that it says: the application will see nothing of it.
tcp-rcv-established-space-ack = { $subject } calls tcp_data_snd_check() for { $object } after an ACK without data.
    .why = An ACK may make room for what the application wants to send. The model does not transmit yet.
tcp-rcv-established-test-memory = { $subject } tests whether the memory set aside for { $object } is enough for { $packet }.
    .why = sk_forward_alloc is set aside in whole pages. When it is used up, the slow path asks for more.
tcp-rcv-established-fast-pull = { $subject } moves data of { $object } past the TCP header on the fast path.
    .why = TCPHPHits counts the segments that come this way.
tcp-rcv-established-fast-queue = { $subject } calls tcp_queue_rcv() on the fast path to give { $packet } to { $object }.
tcp-rcv-established-fast-event = { $subject } calls tcp_event_data_recv() on the fast path for { $packet } of { $object }.
tcp-rcv-established-fast-ack = { $subject } tests whether { $packet } acknowledges anything new to { $object }.
    .why = Where data flows one way only, the peer has nothing new to acknowledge, and tcp_ack() is not called.
tcp-rcv-established-fast-space = { $subject } calls tcp_data_snd_check() for { $object }, as the predicted segment brought a new ACK.
tcp-rcv-established-fast-check = { $subject } calls __tcp_ack_snd_check() for { $object } on the fast path, if an ACK is owed.
    .why = Gaps need not be looked at: header prediction is off as long as there is one.
tcp-rcv-established-fast-free = { $subject } tests on the fast path whether { $object } was coalesced, and calls kfree_skb_partial() if so.
    .why = The last packet of the queue holds its bytes then: only a shell is left.
tcp-rcv-established-fast-ready = { $subject } calls tcp_data_ready() for { $object } on the fast path.
tcp-rcv-established-slow = { $subject } tests length, checksum and flags of { $object } on the slow path.
    .why = The header was not the one predicted. What the card has not checked is summed up now; ACK, RST or SYN must be set.
tcp-rcv-established-validate = { $subject } calls tcp_validate_incoming() for { $packet } of { $object }.
tcp-rcv-established-passed = { $subject } tests whether { $object } has accepted the segment.
    .why = A refused segment is freed already: it must not be touched any more.
tcp-rcv-established-ack = { $subject } calls tcp_ack() for { $object } on the slow path.
    .why = A segment that was as predicted comes here too when the memory set aside was not enough.
tcp-rcv-established-data = { $subject } tests whether the ACK of { $object } was accepted, and calls tcp_data_queue() if so.
tcp-rcv-established-space = { $subject } calls tcp_data_snd_check() for { $object } at the end of the slow path.
tcp-rcv-established-check = { $subject } calls __tcp_ack_snd_check() for { $object } on the slow path, if an ACK is owed.
    .why = Every segment with data makes an ACK owed. When it goes is decided there.
tcp-rcv-established-drop = { $subject } calls tcp_drop_reason() for { $object }: its checksum, flags or ACK are wrong.

# tcp_validate_incoming()
tcp-validate-incoming-sequence = { $subject } tests whether { $packet } lies in the receive window of { $object }.
    .why = It may not end before what was acknowledged last, nor start behind the window: it would be old, or not of this connection.
tcp-validate-incoming-rst = { $subject } tests whether { $object } carries RST, and if so at exactly the byte expected next.
    .why = An RST elsewhere in the window may be forged: it only gets a challenge ACK, and the connection lives on.
tcp-validate-incoming-syn = { $subject } tests whether { $object } carries SYN.
    .why = A SYN is out of place in an open connection: a challenge ACK asks the peer whether it has started anew.
tcp-validate-incoming-answer = { $subject } would answer { $packet } with an ACK from { $object }, but the model does not transmit yet.
    .why = The ACK would tell the peer which byte is expected, so that both sides agree again.
tcp-validate-incoming-discard = { $subject } calls tcp_drop_reason() for { $object }, which does not fit into the connection.
tcp-validate-incoming-reset = { $subject } closes { $object }, as { $packet } resets the connection.
    .why = sk_err tells the application that the peer has broken off: ECONNRESET, or EPIPE in TCP_CLOSE_WAIT.
tcp-validate-incoming-wake = { $subject } calls sock_def_wakeup() for { $object }, which { $packet } has reset.
tcp-validate-incoming-free = { $subject } calls __kfree_skb() for { $object }, which has reset its connection.

# tcp_rcv_state_process()
tcp-rcv-state-process-closed = { $subject } tests whether { $object }, which gets { $packet }, is closed.
    .why = A closed connection takes nothing any more.
tcp-rcv-state-process-validate = { $subject } calls tcp_validate_incoming() for { $packet } of { $object }, whose peer has sent FIN.
tcp-rcv-state-process-passed = { $subject } tests whether { $object }, whose peer has sent FIN, has accepted the segment.
tcp-rcv-state-process-ack = { $subject } calls tcp_ack() for { $object }, which came after the peer's FIN.
    .why = The peer's side has ended, ours has not: its ACKs still count.
tcp-rcv-state-process-last = { $subject } tests whether { $packet } acknowledges the FIN that { $object } has sent.
    .why = In TCP_LAST_ACK both sides have ended: with this ACK the connection is closed.
tcp-rcv-state-process-consume = { $subject } calls __kfree_skb() for { $object }, the last ACK of the connection.
tcp-rcv-state-process-text = { $subject } tests whether { $object } begins before the byte expected next.
    .why = Nothing new can follow FIN. What begins earlier was sent again and goes to tcp_data_queue().
tcp-rcv-state-process-abort = { $subject } tests whether { $object }, which begins before the FIN, goes on beyond it.
    .why = The peer has said that there is no more. New data all the same means that something is wrong: reset.
tcp-rcv-state-process-queue = { $subject } calls tcp_data_queue() for { $object }, which came before the FIN already.
    .why = It was sent again, so an ACK got lost: tcp_data_queue() drops it and makes an ACK go at once.
tcp-rcv-state-process-space = { $subject } calls tcp_data_snd_check() for { $object }, whose peer has sent FIN.
tcp-rcv-state-process-check = { $subject } calls __tcp_ack_snd_check() for { $object } after the FIN, if an ACK is owed.
tcp-rcv-state-process-queued = { $subject } tests whether { $object } has queued the segment that came after the FIN.
tcp-rcv-state-process-discard = { $subject } calls tcp_drop_reason() for { $object }, which an ended connection does not take.
    .why = Even a good ACK without data ends this way after the peer's FIN, with the reason NOT_SPECIFIED.

# tcp_ack()
tcp-ack-old = { $subject } tests whether { $packet } acknowledges less than { $object } knows already.
    .why = An old ACK is passed over, its data is not. One that is older than a whole window is refused: it may be forged.
tcp-ack-unsent = { $subject } tests whether { $packet } acknowledges bytes that { $object } has never sent.
    .why = Such an ACK cannot be meant for this connection: the segment is dropped with its data.
tcp-ack-advance = { $subject } moves snd_una of { $object } up to the ACK of { $packet } on the fast path.
    .why = All before snd_una has reached the peer. A real kernel now frees it from the retransmit queue.
tcp-ack-window = { $subject } takes the window and the ACK of { $packet } over into { $object }.
    .why = A new window changes what the next header should look like: pred_flags is set anew.

# tcp_data_queue()
tcp-data-queue-empty = { $subject } tests whether { $object } holds neither data nor FIN.
    .why = FIN counts as a byte: if seq equals end_seq, there is nothing to queue.
tcp-data-queue-free-empty = { $subject } calls __kfree_skb() for { $object }, which holds nothing to queue.
tcp-data-queue-pull = { $subject } moves data of { $object } past the TCP header.
    .why = Now data points at the payload. The headers still lie in front of it in the same buffer.
tcp-data-queue-sequence = { $subject } compares the sequence number of { $packet } with the one that { $object } expects.
    .why = In order it goes to the receive queue, behind a gap to out_of_order_queue; what is old or beyond the window is dropped.
tcp-data-queue-memory = { $subject } tries to set memory aside in { $object } for { $packet }, which is in order.
    .why = In the model it fails if sk_rmem_alloc exceeds sk_rcvbuf; a kernel also heeds tcp_mem, and prunes its queues first.
tcp-data-queue-no-memory = { $subject } notes that { $object } has no memory for { $packet }, and calls sock_def_readable().
    .why = The next ACK is to close the window. Only the reader can make room, so it is told.
tcp-data-queue-forced = { $subject } tests whether { $object } already has data to read; if not, it takes { $packet } all the same.
    .why = A connection whose queue is empty must go on, whatever the memory says. A bare FIN needs no room and is taken too.
tcp-data-queue-queue = { $subject } calls tcp_queue_rcv() to give { $packet }, which is in order, to { $object }.
tcp-data-queue-event = { $subject } tests whether { $object } holds data, and calls tcp_event_data_recv() if so.
tcp-data-queue-fin = { $subject } tests whether { $object } carries FIN, and calls tcp_fin() if so.
tcp-data-queue-gap = { $subject } tests whether { $object } holds data behind a gap, and calls tcp_ofo_queue() if so.
    .why = This segment may be the one that was missing.
tcp-data-queue-closed = { $subject } asks for an ACK at once, if { $object } has no gap left.
    .why = The peer should learn at once that its repetition has arrived.
tcp-data-queue-predict = { $subject } turns header prediction of { $object } on, if nothing stands against it.
    .why = out_of_order_queue must be empty, the window open and memory left.
tcp-data-queue-free = { $subject } tests whether { $object } has coalesced the segment, and calls kfree_skb_partial() if so.
tcp-data-queue-ready = { $subject } calls tcp_data_ready() for { $object }, which has taken a segment in order.
tcp-data-queue-quick = { $subject } lets the next ACKs of { $object } go at once.
    .why = A segment that is old or outside the window shows that the peer may not know what has arrived: it should learn it soon.
tcp-data-queue-drop = { $subject } calls tcp_drop_reason() for { $object }, which no queue takes.
tcp-data-queue-out-of-order = { $subject } calls tcp_data_queue_ofo() with { $packet }: bytes before it have not reached { $object }.

# tcp_queue_rcv()
tcp-queue-rcv-coalesce = { $subject } tests whether { $packet } continues the last packet queued in { $object }, to coalesce them.
    .why = Several segments in one sk_buff need less memory and are read faster.
tcp-queue-rcv-advance = { $subject } moves rcv_nxt of { $object } to the end of { $packet }.
    .why = rcv_nxt is the byte expected next; every ACK names it.
tcp-queue-rcv-append = { $subject } links { $object } to the end of the connection's sk_receive_queue.
    .why = The bytes in this queue follow each other without a gap: the reader sees no packets.
tcp-queue-rcv-charge = { $subject } makes { $object } the owner of { $packet } and charges it with the packet's memory.
    .why = sk_rmem_alloc grows by truesize. sock_rfree() takes it off again when the packet has been read.

# tcp_fin()
tcp-fin-shutdown = { $subject } notes that { $object } will get nothing more from the peer and owes an ACK.
    .why = RCV_SHUTDOWN: once all is read, recv() returns 0 instead of waiting.
tcp-fin-state = { $subject } moves { $object } to TCP_CLOSE_WAIT.
    .why = The peer has ended its side; this side may still send, until the application closes the socket.
tcp-fin-purge = { $subject } drops what still lies in the out_of_order_queue of { $object }, one after the other.
    .why = No data can follow FIN, so what waits there is of no use.
tcp-fin-wake = { $subject } calls sock_def_wakeup() for { $object }, whose peer has sent FIN.

# tcp_data_ready()
tcp-data-ready-test = { $subject } tests whether { $object } holds enough bytes to wake its reader.
    .why = sk_rcvlowat is 1 unless the application asks for more: a single byte is enough.

# tcp_data_queue_ofo()
tcp-data-queue-ofo-memory = { $subject } tries to set memory aside in { $object } for { $packet }, which lies behind a gap.
    .why = Here there is no exception: without memory the segment is dropped, and the peer has to send it again.
tcp-data-queue-ofo-no-memory = { $subject } calls sock_def_readable(), as { $object } has no memory for { $packet } behind the gap.
tcp-data-queue-ofo-refuse = { $subject } calls tcp_drop_reason() for { $object }: there is no memory for data behind a gap.
tcp-data-queue-ofo-owe = { $subject } turns header prediction of { $object } off and owes an ACK, as { $packet } lies behind a gap.
    .why = Equal ACKs again and again tell the peer which byte is missing.
tcp-data-queue-ofo-place = { $subject } looks for the place of { $packet } among what { $object } holds behind the gap.
    .why = out_of_order_queue is a red-black tree by sequence number; most segments go to its end, which is tried first.
tcp-data-queue-ofo-coalesce = { $subject } calls tcp_ooo_try_coalesce() for { $object }, which continues its neighbour behind the gap.
tcp-data-queue-ofo-eaten = { $subject } tests whether { $object } went into its neighbour, and calls kfree_skb_partial() if so.
tcp-data-queue-ofo-merged = { $subject } calls tcp_drop_reason() for { $object }, all of which already waits behind the gap.
tcp-data-queue-ofo-insert = { $subject } links { $object } into out_of_order_queue at its place.
    .why = It cannot be read before the gap is closed; until then every ACK names the missing byte.
tcp-data-queue-ofo-condense = { $subject } copies the fragments of { $object }, behind the gap, into its head if they fit.
    .why = What waits for a gap to close may wait long: it should hold as little memory as possible.
tcp-data-queue-ofo-charge = { $subject } charges { $object } with the memory of { $packet }, which cannot be read yet.
    .why = Data behind a gap occupies memory all the same, and that narrows the window.
tcp-data-queue-ofo-covered = { $subject } tests whether { $packet } covers what { $object } holds behind it, and drops what is covered.
    .why = When the peer sends bytes again, it may cut them into other segments than before.

# tcp_ofo_queue()
tcp-ofo-queue-next = { $subject } looks for a packet behind the gap of { $object } whose turn has come.
    .why = rcv_nxt has moved on: what starts no later is in order now.
tcp-ofo-queue-take = { $subject } takes { $object } out of out_of_order_queue.
tcp-ofo-queue-drop = { $subject } calls tcp_drop_reason() for { $object }: all its bytes have come in order meanwhile.
tcp-ofo-queue-coalesce = { $subject } tests whether { $object } continues the last packet of sk_receive_queue, to coalesce them.
tcp-ofo-queue-advance = { $subject } moves rcv_nxt of { $object } to the end of { $packet }, which waited behind the gap.
tcp-ofo-queue-append = { $subject } links { $object }, which waited behind the gap, to the end of sk_receive_queue.
tcp-ofo-queue-free = { $subject } calls kfree_skb_partial() for { $object }, which went into the receive queue's last packet.
tcp-ofo-queue-fin = { $subject } tests whether the packet that moved in { $object } carries FIN, and calls tcp_fin() if so.
    .why = FIN counts only now that everything before it is there.

# tcp_event_data_recv()
tcp-event-data-recv-schedule = { $subject } notes that { $object } owes an ACK for { $packet }.
    .why = ICSK_ACK_SCHED: an ACK must go some time. When, is decided in __tcp_ack_snd_check().
tcp-event-data-recv-measure = { $subject } estimates from { $packet } how large the segments are that { $object } gets.
    .why = An ACK is due when more than one such segment is new. Payload against truesize tells how large a window fits into memory.
tcp-event-data-recv-quick = { $subject } lets the first ACKs of { $object } go at once, beginning with { $packet }.
    .why = The sender begins slowly and speeds up with each ACK: late ones would hold it back.

# tcp_check_space()
tcp-check-space-test = { $subject } tests whether a task waits for room to send on { $object }.
    .why = The model does not transmit yet, so nobody waits.

# __tcp_ack_snd_check()
tcp-ack-snd-check-test = { $subject } tests whether the ACK that { $object } owes must go at once.
    .why = Yes, if over one full segment is new and the window stays as wide, for quick ACKs, on demand, or behind a gap (with SACK, not modelled, only 3 times).
tcp-ack-snd-check-defer = { $subject } marks { $object } with TCP_ACK_DEFERRED, as a task owns the socket.
    .why = The task is emptying the backlog: one ACK at the end does for all its segments.
tcp-ack-snd-check-send = { $subject } calls tcp_send_ack() for { $object }, whose ACK must not wait.
tcp-ack-snd-check-delay = { $subject } lets the ACK of { $object } wait; the model has no timer for delayed ACKs yet.
    .why = More data or an answer of the application may follow, and then one ACK serves for all.

# tcp_send_ack()
tcp-send-ack-transmit = { $subject } counts an ACK of { $object } as due: the model does not transmit yet, so no ACK leaves.
    .why = A real kernel would allocate an sk_buff here and give it to __tcp_transmit_skb().
tcp-send-ack-window = { $subject } works out the window that { $object } would announce, and sets rcv_wup to rcv_nxt.
    .why = A window once announced is not taken back; it closes only when there was no memory for a segment.
tcp-send-ack-settle = { $subject } notes that { $object } owes no ACK any more, as if one had been sent.
    .why = So receive goes on as in a real kernel, which has sent one by now. A quick ACK is used up.

# tcp_add_backlog()
tcp-add-backlog-condense = { $subject } copies the fragments of { $object } into its head, if they fit, before the backlog.
    .why = It is not yet charged to the socket, so its truesize may still shrink.
tcp-add-backlog-checksum = { $subject } tests the TCP checksum of { $object } before it goes to the backlog.
    .why = A wrong one must not disappear in another segment.
tcp-add-backlog-follows = { $subject } tests whether { $object } continues the last segment of the backlog.
    .why = The sequence number must be the next one; flags and options must fit.
tcp-add-backlog-coalesce = { $subject } moves data of { $object } past the header and calls skb_try_coalesce() for the backlog.
    .why = The more is merged here, the fewer segments the task has to process afterwards.
tcp-add-backlog-merged = { $subject } hands the end, ACK and flags of { $object } on to the backlog's last segment, if it was merged.
tcp-add-backlog-push = { $subject } moves data of { $object } back to the TCP header, as it was not merged.
tcp-add-backlog-limit = { $subject } tests whether the backlog of { $object } still has room for { $packet }.
    .why = The limit is more than twice sk_rcvbuf: only the task that owns the socket can make room in its queues.
tcp-add-backlog-append = { $subject } links { $object } to the end of the socket's backlog.
    .why = The softirq does not wait for the task: it goes on with the next packet.

# release_sock()
release-sock-lock = { $subject } locks { $object } with bottom halves off, to let go of it.
    .why = The softirq adds to the backlog under the same lock.
release-sock-backlog = { $subject } tests whether { $object } has a backlog, and calls __release_sock() if so.
    .why = Segments came while the task owned the socket: whoever owned it processes them.
release-sock-deferred = { $subject } tests whether an ACK of { $object } was put off, and calls tcp_send_ack() if so.
release-sock-disown = { $subject } notes that no task owns { $object } any more.
    .why = From now on the softirq processes segments itself again.
release-sock-unlock = { $subject } unlocks { $object } and calls __local_bh_enable_ip() at the end of release_sock().

# __release_sock()
release-sock-backlog-take = { $subject } takes the whole backlog of { $object }.
    .why = Meanwhile the softirq may begin a new one.
release-sock-backlog-unlock = { $subject } unlocks { $object } and calls __local_bh_enable_ip() to process its backlog.
    .why = Interrupts and softirqs come in meanwhile. What they bring goes to the new backlog: the task still owns the socket.
release-sock-backlog-each = { $subject } calls tcp_v4_do_rcv() for { $object } of the backlog.
    .why = The same function as in the softirq, but here the task spends its own time on it.
release-sock-backlog-lock = { $subject } locks { $object } again and tests whether more has come to its backlog.
release-sock-backlog-done = { $subject } sets the length of the backlog of { $object } to 0.
    .why = Only now: until here the limit also counts what was processed, so a flood cannot keep the task here for ever.

# tcp_recvmsg()
tcp-recvmsg-lock = { $subject } locks { $object } with bottom halves off and notes that the task owns it.
    .why = From now on the softirq puts segments into the backlog. The lock itself is needed only for a moment.
tcp-recvmsg-unlock = { $subject } unlocks { $object }, which the task owns now, and calls __local_bh_enable_ip().
tcp-recvmsg-read = { $subject } calls tcp_recvmsg_locked() for { $object }.
tcp-recvmsg-release = { $subject } calls release_sock() for { $object }.
    .why = Segments that came during the read are processed before recv() returns.
tcp-recvmsg-return = { $subject } returns from recv() on { $object } with the number of bytes, 0 at the end of the stream.

# tcp_recvmsg_locked()
tcp-recvmsg-locked-next = { $subject } looks for the next byte to read in the receive queue of { $object }.
    .why = copied_seq is its number. A packet may be read in several calls, a call may read several packets.
tcp-recvmsg-locked-copy = { $subject } copies bytes of { $object } to user memory, as many as the buffer still takes.
    .why = Apart from small segments that were copied together, or by construct_skb(), this is the only copy of the payload.
tcp-recvmsg-locked-advance = { $subject } moves copied_seq of { $object } past the bytes copied from { $packet }.
tcp-recvmsg-locked-whole = { $subject } tests whether { $object } has been read to its end.
    .why = A packet that was read in part stays in the queue; the next byte is found by copied_seq.
tcp-recvmsg-locked-fin = { $subject } steps over the FIN of { $packet }: the stream of { $object } ends here.
tcp-recvmsg-locked-uncharge = { $subject } takes { $packet } off the receive queue and its memory off the charge of { $object }.
    .why = sk_rmem_alloc falls, so there is room for new segments, and the window can open.
tcp-recvmsg-locked-eat = { $subject } calls skb_attempt_defer_free() for { $object }, which was read.
tcp-recvmsg-locked-flush = { $subject } calls __sk_flush_backlog() for { $object }: its queue is empty, but a backlog waits.
    .why = The backlog may bring more data for this same recv().
tcp-recvmsg-locked-deferred = { $subject } calls tcp_send_ack() for { $object }, if an ACK was put off while the backlog was flushed.
tcp-recvmsg-locked-flushed = { $subject } unlocks { $object } and calls __local_bh_enable_ip(), as its backlog is flushed.
tcp-recvmsg-locked-cleanup = { $subject } tests whether an ACK is due because { $object } has been read.
    .why = Reading makes room: the peer should learn at once of a window that has at least doubled.
tcp-recvmsg-locked-return = { $subject } returns from tcp_recvmsg_locked() with the number of bytes read from { $object }.

## Setting the path up

# setup
setup-core = { $subject } calls { $object } at boot.
    .object = net_dev_init()
setup-driver = { $subject } calls the driver's probe function for { $object }.
    .why = modprobe loads the driver; the PCI core then offers it every device that it says it knows.
setup-up = { $subject } calls the driver's open function for { $object }.
    .why = The administrator said `ip link set up`. Rings and buffers are allocated only now, not at probe.
setup-application = { $subject } wakes { $object }, one for each UDP flow and TCP connection.
    .object =
        { $value ->
            [one] { $value } reader
           *[other] { $value } readers
        }
setup-link = { $subject } calls netif_carrier_on() for { $object }.
setup-end = { $subject } ends { $object }.

# net_dev_init()
net-dev-init-softnet = { $subject } prepares { $object } with an empty poll_list.
    .why = Every CPU has its own softnet_data, so most work on it needs no lock.
net-dev-init-register = { $subject } registers net_rx_action() as the action of { $object }.
    .why = Once, at boot. It runs each time NET_RX is raised and the pending softirqs are handled.

# netif_napi_add_weight()
netif-napi-add-weight-init = { $subject } registers { $object } with the driver's poll function and a weight of 64.
    .why = It begins with SCHED and NPSVC set: owned, which means disabled. Nobody can schedule it before napi_enable().
netif-napi-add-weight-id = { $subject } gives { $object } its napi_id.

# request_threaded_irq()
request-threaded-irq-action = { $subject } allocates an irqaction for { $object }: handler, dev_id and name.
    .why = dev_id is the q_vector: the handler will get it as its argument.
request-threaded-irq-link = { $subject } links the irqaction to the irq_desc of { $object }.
    .why = From now on the kernel knows whom to call when this line fires.
request-threaded-irq-message = { $subject } writes address and data into the MSI-X table entry of { $object }.
    .why = The address names a CPU's local APIC, the data that CPU's vector. So the card interrupts by a plain memory write.

# napi_enable()
napi-enable-release = { $subject } clears SCHED and NPSVC of { $object }: it may be scheduled now.

# netif_carrier_on()
netif-carrier-on-on = { $subject } clears __LINK_STATE_NOCARRIER of { $object }: the link is up.

# The application
application-open = { $subject } opens { $object } and binds it to its port.
application-receive = { $subject } calls recv() on { $object }.
    .why = A system call: the same thread goes on in the kernel.
application-use = { $subject } reads and uses the datagram that came from { $object }.
application-exit = { $subject } ends { $object }.

stream-application-open = { $subject } gets { $object }, an established connection, from accept().
    .why = The model does no handshake yet: a connection is there from its first captured segment on.
stream-application-poll = { $subject } calls poll() on { $object }.
    .why = A system call. A reader of a stream sleeps here until there is something to read, not in recv().
stream-application-receive = { $subject } calls recv() on { $object } for up to 131072 bytes.
    .why = A stream has no packets: one call may bring the bytes of many segments.
stream-application-end = { $subject } tests whether recv() on { $object } has returned 0.
    .why = 0 means that the peer has closed and all of it has been read.
stream-application-use = { $subject } uses the bytes that came from { $object }.
stream-application-exit = { $subject } ends { $object }, which has read its stream.

## Registers, and fields of descriptors and headers (comes later)

register-QRX_CTRL = Turns the receive queue on.
    .QENA_REQ = the driver asks for the queue
    .QENA_STAT = the card says that the queue is on
register-QRX_CONTEXT = What the card must know of the queue, packed into eight registers of 32 bits, 8 KiB apart.
    .head = the slot that the card writes back next
    .base = the ring's DMA address, in units of 128 bytes
    .qlen = slots of the ring
register-QRX_TAIL = The doorbell: the card may use the slots before this one.
    .TAIL = the first slot that is not the card's
register-QINT_RQCTL = Which interrupt the queue raises.
    .MSIX_INDX = the vector, counted within the function
register-GLINT_DYN_CTL = Turns one vector on and off, and lets software raise it.
    .INTENA = the vector may fire; firing clears the bit
    .SWINT_TRIG = software asked for an interrupt that is still to come
register-GLINT_ITR = The least time between two interrupts of the vector, in units of 2 µs.
register-GLINT_RATE = A rate limit for the vector, whatever its causes are.
    .intrl = the least time from one to the next, in units of 4 µs
    .INTRL_ENA = the limit holds
register-RDBAL = The ring's DMA address, lower half.
register-RDBAH = The ring's DMA address, upper half.
register-RDLEN = Bytes of the ring: 16 for each slot.
register-RDH = Head: the slot that the card writes back next.
register-RDT = Tail, the doorbell: slots before this one are the card's.
register-RXDCTL = Controls the receive queue.
    .QUEUE_ENABLE = the card may fetch descriptors
register-EITR = The least time between two interrupts of one vector, in quarters of a microsecond.
    .CNT_IGNR = writing leaves the running counter alone
register-EIMS = The vectors that may fire, one bit each; firing clears a bit.
register-EICR = The vectors with a cause that is not yet told, one bit each.

bytes-ice_32b_rx_flex_desc = descriptor
    .pkt_addr = where the card shall put the packet
    .status_error0 = what the card found, bit by bit
    .DD = descriptor done: the card has written it back
    .rxdid = which form of write-back: 2 is the one with the RSS hash
    .mir_id_umb_cast = mirror rule, and whether the frame went to one or to many
    .ptype_flex_flags0 = packet type, and flags chosen by the form
    .PTYPE = which headers the card recognised
    .pkt_len = bytes of the packet in this buffer
    .hdr_len_sph_flex_flags1 = length of a split header; the driver asks for none
    .EOF = the frame ends in this buffer
    .HBO = the header is longer than its buffer
    .L3L4P = the checksums were checked
    .XSUM_IPE = the IP checksum is wrong
    .XSUM_L4E = the transport checksum is wrong
    .XSUM_EIPE = the outer IP checksum is wrong
    .XSUM_EUDPE = the outer UDP checksum is wrong
    .LPBK = the frame came from this card
    .IPV6EXADD = an IPv6 header that changes the address
    .RXE = received with an error
    .CRCP = the frame check sequence is in the buffer
    .RSS_VALID = the hash is valid
    .L2TAG1P = l2tag1 holds a VLAN tag
    .XTRMD0_VALID = the first extra field is valid
    .XTRMD1_VALID = the second extra field is valid
    .l2tag1 = VLAN tag, taken out of the frame
    .flex_meta0 = RSS hash, lower half
    .flex_meta1 = RSS hash, upper half
    .status_error1 = more of what the card found
    .flex_flags2 = more flags chosen by the form
    .time_stamp_low = the lowest byte of a time stamp
    .l2tag2_1st = first VLAN tag of a second place
    .l2tag2_2nd = second VLAN tag of that place
    .flex_meta2 = flow number, lower half
    .flex_meta3 = flow number, upper half
    .ts_high = the rest of the time stamp
bytes-e1000_adv_rx_desc = descriptor
    .pkt_addr = where the card shall put the data
    .pkt_info = kind of RSS hash, kind of packet
    .hdr_info = where a split header would end; the driver asks for no split
    .rss = RSS hash
    .status_error = what the card found, each bit by its name
    .DD = done: the card has written this descriptor back
    .EOP = the packet ends in this buffer
    .IXSM = software shall ignore the checksum bits
    .VP = the frame had a VLAN tag
    .UDPCS = the UDP checksum was checked
    .TCPCS = the TCP checksum was checked
    .TS = there is a time stamp
    .LB = the frame came from the card itself
    .CE = CRC error
    .SE = symbol error
    .SEQ = sequence error
    .CXE = carrier extension error
    .TCPE = the UDP or TCP checksum is wrong
    .IPE = the checksum of the IP header is wrong
    .RXE = the card received it with an error
    .length = bytes in this buffer; 0 is what the driver takes for not done
    .vlan = VLAN tag, if it was taken out
bytes-ethhdr = Ethernet
    .h_dest = to whom on this link
    .h_source = from whom on this link
    .h_proto = what comes behind the Ethernet header
bytes-vlan_hdr = VLAN tag
    .h_vlan_TCI = tag control information
    .VLAN_PRIO = priority
    .VLAN_CFI = may be dropped first
    .VLAN_VID = number of the VLAN
    .h_vlan_encapsulated_proto = what comes behind the tag
bytes-iphdr = IPv4
    .version = 4, or it is not IPv4
    .ihl = header length in words of 4 bytes
    .tos = type of service and congestion bits
    .tot_len = bytes of header and payload together
    .id = which packet; fragments of one share it
    .frag_off = fragment flags and offset
    .IP_DF = routers must not fragment it
    .IP_MF = more fragments follow
    .IP_OFFSET = where the fragment belongs, in units of 8 bytes
    .ttl = routers that it may still pass
    .protocol = what comes behind the IP header
    .check = checksum of the header
    .saddr = the sender's IPv4 address
    .daddr = the receiver's IPv4 address
bytes-ipv6hdr = IPv6
    .version = 6, or it is not IPv6
    .priority = the upper half of the traffic class
    .flow_lbl = the rest of the traffic class, and the flow label
    .payload_len = bytes behind this header
    .nexthdr = kind of the next header
    .hop_limit = hops that it may still make
    .saddr = the sender's IPv6 address
    .daddr = the receiver's IPv6 address
bytes-udphdr = UDP
    .source = the sender's UDP port
    .dest = the receiver's UDP port: it leads to the socket
    .len = bytes of UDP header and payload
    .check = checksum with the addresses and the payload; 0 is none
bytes-tcphdr = TCP
    .source = the sender's TCP port
    .dest = the receiver's TCP port: with the other three it leads to the socket
    .seq = number of the first payload byte
    .ack_seq = the next byte that the sender expects
    .doff = TCP header length in words of 4 bytes
    .cwr = the sender has slowed down
    .ece = a router met congestion
    .urg = there is urgent data
    .ack = ack_seq counts
    .psh = pass it on to the application at once
    .rst = the connection is broken off
    .syn = a connection begins
    .fin = the sender has no more to send
    .window = bytes that the sender would take, before scaling
    .check = checksum of addresses, TCP header and payload
    .urg_ptr = where urgent data ends
    .TCPOPT_EOL = no more options
    .TCPOPT_NOP = padding, so that what follows is aligned
    .TCPOPT_MSS = the largest segment that the sender takes
    .TCPOPT_WINDOW = the window is shifted by so many bits
    .TCPOPT_SACK_PERM = selective acknowledgement is understood
    .TCPOPT_SACK = bytes that arrived beyond a gap, from this one on
    .TCPOPT_TIMESTAMP = the sender's clock, and what it last read of ours
