# The page's own labels.

app-name = nicscope
loading = Loading…

## Each language by its own name, whichever is chosen.

language-en = English
language-ko = 한국어

## The stage.

stage-wire = Wire
stage-arrived-of = of
stage-frames = frames
stage-nic = NIC
stage-fifo = On-chip buffer
stage-empty = empty
stage-queue = queue { $queue }
stage-queue-of = queue { $queue } of { $queues }
stage-registers = Queue registers
stage-prefetched = prefetched
stage-starved = waits for descriptors
stage-has-descriptors = has descriptors
stage-moderation = Moderation
stage-timer-runs = waits
stage-timer-idle = idle
stage-since-fired = since last
stage-off = off
stage-vector = vector { $vector }, IRQ { $irq }
stage-armed = armed
stage-masked = masked
stage-cause = cause
stage-no-cause = no cause
stage-fired = fired
stage-translates = translates
stage-iotlb-hits = IOTLB hits
stage-iotlb-misses = misses
stage-iotlb = IOTLB: { $hits } hits, { $misses } misses
stage-dma-reads = DMA reads
stage-dma-writes = writes
stage-bus-way = MSI-X ▸ · ◂ register writes
stage-memory = Host memory
stage-no-ring = The driver has not built the ring.
stage-ring = RX { $ring }
stage-ring-desc = virt
stage-ring-dma = DMA
stage-window = slots { $first } to { $last } of { $count }
stage-buffers = Packets in buffers, by slot
stage-no-packet = none waits
stage-irqs-on = IRQs on
stage-irqs-off = IRQs off
stage-irq-requested = requested
stage-nothing = nothing runs
stage-last-poll = last poll
stage-polls = polls
stage-stack = Stack
stage-core = Core
stage-pending = NET_RX pending
stage-not-pending = none pending
stage-socket = Socket queue
stage-socket-of = Socket { $number }
stage-socket-short = Socket
stage-application = Application
stage-application-short = App
stage-reader-none = not started
stage-reader-ended = has ended
stage-reader-sleeps = asleep
stage-reader-reads = awake
stage-reader-none-short = –
stage-reader-ended-short = ended
stage-reader-sleeps-short = asleep
stage-reader-reads-short = awake
stage-datagrams = read
stage-bytes = bytes

owner-nic = NIC { $slots }
owner-back = written back { $slots }
owner-filled = filled { $slots }
owner-driver = driver { $slots }

bus-frame = frame ▸
bus-descriptor = write-back ▸
bus-fetch = ◂ fetch
bus-translate = translate
bus-interrupt = MSI-X message
bus-register = register write
bus-tail = { $register } = { $value }

## The page's head and frame.

page-walk = Walk
page-structs = Structs
pages-label = Pages
page-title = nicscope: how Linux receives a packet
stage-label = The machine, from the wire at the left to the application at the right. The sentence below says what the last step did; the table of slots has the ring in text.
theme-system = Theme: as the system
theme-light = Theme: light
theme-dark = Theme: dark
close = Close
drop-here = Drop the capture file to run it. It stays on this computer.
summary-frames =
    { $frames ->
        [one] { $frames } frame
       *[other] { $frames } frames
    }
workload-change = Choose what runs: file, scenario, driver, ring
link-copy = Copy a link to this moment
help-title = Help and keys
notes-open = Copy for notes

## Before the first frame, and at power-on.

intro-capture =
    { $frames ->
        [one] One captured frame is about to arrive at { $host }.
       *[other] { $frames } captured frames are about to arrive at { $host }.
    }
intro-advice = The driver has filled the ring, the application sleeps, the CPU is halted. Press Space or the play button and watch the first frame come in; → makes a single step.
captured-short =
    { $cut ->
        [one] One frame was captured shorter than it was
       *[other] { $cut } frames were captured shorter than they were
    }: bytes beyond the captured ones count as length, and checksums over them as good.

## What just happened.

narration-label = What just happened
changes-label = Members that changed
changes-none = No member changed.
changes-to = became
source-hardware = hardware
model-value = model value
model-value-meaning = Times come from the model's table of costs. They are not measured on a real machine.

## Moving through the run.

transport-label = Moving through the run
to-first = To the moment before the first frame
step-back = Step back
play = Play
pause = Pause
step-on = Step
to-end = To the end
scrub-label = Step of the run
position = step { $step } of { $last }
step-word = step { $step }
still-exploring = The rest of the run is being worked out.
clock-meaning = Time since the first frame: a model value
grain-label = A step is a
grain-line = line
grain-function = function
grain-packet = packet
grain-poll = poll
grain-interrupt = interrupt
grain-object = object
speed-label = Speed
speed-steps = { $steps }/s
speed-fast = as fast as it can
jump-label = Go to step

## The timeline.

timeline-label = Timeline
timeline-picture = What each actor did over time
timeline-tools = Window of the timeline
timeline-closer = Zoom in
timeline-wider = Zoom out
timeline-place = Time in the run
timeline-earlier = Earlier
timeline-later = Later
timeline-fit = The whole run
timeline-markers = Marker
timeline-any = Main markers
timeline-previous = Previous marker
timeline-next = Next marker
timeline-list = Markers in view
timeline-none = There is none in view.
timeline-at = { $time } from the first frame
timeline-marker = { $name }, { $time }
timeline-step = { $lane }: step { $step }, { $time }
timeline-steps =
    { $count ->
        [one] { $lane }: one step near { $time }, busy { $share } %
       *[other] { $lane }: { $count } steps near { $time }, busy { $share } %
    }
timeline-nothing = { $lane }: nothing at { $time }
timeline-keys = On the lanes: W S or the wheel zoom, A D or a drag move, 0 shows all, Q E lead from marker to marker.
lane-wire = Wire
lane-nic = NIC, DMA
lane-bus = IOMMU, bus
lane-hardirq = hardirq
lane-softirq = softirq, NAPI
lane-task = Task
lane-application = Application
marker-arrival =
    { $count ->
        [one] a frame arrives
       *[other] { $count } frames arrive
    }
marker-card-drop =
    { $count ->
        [one] the card drops a frame
       *[other] the card drops { $count } frames
    }
marker-rearm =
    { $count ->
        [one] the vector is armed again
       *[other] vectors are armed again, { $count } times
    }
marker-interrupt =
    { $count ->
        [one] an interrupt
       *[other] { $count } interrupts
    }
marker-budget =
    { $count ->
        [one] a budget is used up
       *[other] a budget is used up, { $count } times
    }
marker-merge =
    { $count ->
        [one] GRO merges a packet
       *[other] GRO merges { $count } packets
    }
marker-drop =
    { $count ->
        [one] the kernel drops a packet
       *[other] the kernel drops packets, { $count } times
    }
marker-wakeup =
    { $count ->
        [one] a task is woken
       *[other] tasks are woken, { $count } times
    }
legend-arrival = frame arrives
legend-card-drop = dropped by the card
legend-rearm = vector armed again
legend-interrupt = interrupt
legend-budget = budget used up
legend-merge = merged by GRO
legend-drop = dropped by the kernel
legend-wakeup = task woken

## Panes.

panes-label = Details
pane-code = Code
pane-object = Object
pane-registers = Registers
pane-bytes = Bytes
pane-counters = Counters
pane-ring = Ring
stack-label = Call stack
stack-order = Call stack, innermost first
stack-empty = No function runs on this CPU.
listing-label = The routine's lines
listing-kind = pseudo-code
listing-note = Pseudo-code; numbers are lines of the kernel's source.

## Before the first frame of other runs, and at power-on (comes later)

intro-ready =
    { $frames ->
        [one] One frame is about to arrive: { $name }.
       *[other] { $frames } frames are about to arrive: { $name }.
    }
power-on = The machine has just been switched on.
power-on-advice = The boot comes first: the driver finds the card, builds the ring and fills it. Home leads to the moment before the first frame.

## What a search finds (comes later)

search-none = Nothing is called that. Parts of names will do, in any order: { $example }.
search-results =
    { $count ->
        [one] 1 result
       *[other] { $count } results
    }
search-objects = Objects here
search-packets = Packets
search-packet = packet { $number }
search-functions = Functions
search-structs = Structs and their members
search-said = What is said of structs
search-facts = Events
search-members = Members

## Counters and the ring (comes later)

counters-label = Counted so far
counter-arrived = arrived
counter-delivered = delivered
counter-control = TCP control
counter-bytes = bytes read
counter-dropped = dropped
counter-interrupts = interrupts
counter-polls = polls
counter-per-poll = packets per poll
counter-doorbells = doorbells
counter-dma-reads = DMA reads
counter-dma-writes = DMA writes
counter-pages-reused = pages reused
counter-pages-released = pages released
losses-label = Dropped, by reason
losses-reason = reason
losses-place = where
losses-counter = counter
losses-count = frames
ring-table-label = Slots of the ring
ring-slot = slot
ring-owner = owner
ring-packet = packet
ring-pointers = pointers
owner-nic-meaning = the NIC owns it and will fill it
owner-back-meaning = written back: a packet waits for the driver
owner-filled-meaning = filled by the driver, tail not yet moved past it
owner-driver-meaning = the driver owns it; nothing in it for anybody

## Choosing what runs (comes later)

workload-title = What runs
file-title = A capture of your own
file-advice = Choose a pcap or pcapng file, or drop one anywhere on this page. It is read here in the browser; nothing is uploaded.
file-choose = Choose a file
shipped-advice = Or take one of these, recorded between two network namespaces:
shipped-udp-small = Small datagrams, and the TCP connection that controls the test.
shipped-tcp-one-flow = One TCP connection that sends as fast as it can.
shipped-tcp-two-flows = Two TCP connections at a time.
shipped-tcp-bidir = TCP in both directions: the host sends data too.
host-label = Whose traffic arrives
host-choice =
    { $frames ->
        [one] { $address }, { $frames } frame
       *[other] { $address }, { $frames } frames
    }
ready-title = Ready scenarios
ready-generator = Steady traffic
    .about = A thousand small datagrams, one every two microseconds.
ready-stream = A TCP stream
    .about = Bursts of 16 full segments; GRO merges them, TCP queues them, the reader polls.
ready-disorder = A stream out of order
    .about = Segments that come twice or behind a gap, and what TCP does with them.
ready-budget = More than one poll
    .about = A hundred frames in one burst: a poll takes at most 64.
ready-shared-budget = Four queues, one budget
    .about = Frames for four rings at once; a budget of 150 ends before the last NAPI has had its turn.
ready-ring-dry = The ring runs dry
    .about = Frames come faster than the CPU can clean; a ring of 64.
ready-socket-full = The socket is full
    .about = The application reads too slowly; datagrams are dropped at the socket.
ready-bad-frames = Bad frames
    .about = Wrong checksums and lengths, each dropped where it is noticed.
ready-page-held = A page is still held
    .about = The other half of a page comes round while its packet still waits.
machine-title = The machine
driver-label = Driver
driver-ice = ice, Intel E810
driver-igb = igb, Intel 82576
ring-label = Ring size
ring-own = default
ring-teaching = { $size }, to teach
ring-note = 16 and 32 are smaller than the drivers accept: they are there because a whole lap fits into one view.

## Links (comes later)

link-copied = Copied: the link leads to this very moment.
link-in-address = The browser keeps its clipboard to itself: copy the link from the address bar.
link-settings = Also set:
link-takes-steps = { $small }, { $step }, or { $least }–{ $most } in steps of { $step }
link-takes-digits = 16 hexadecimal digits
link-takes-address = an IPv4 address
link-takes-object = the name of an object
link-takes-name = a file name
link-file-title = The link needs the file { $file }
link-file-advice = Drop it anywhere on this page, or choose it. It is known by its SHA-256, which begins with { $digest }; nothing is uploaded.
link-file-other = { $other } is another file: its SHA-256 begins otherwise. Look for the one that the link was made from.
link-file-close = Go on without the file
error-link-none = The address holds no link of this page. What runs here still works; ask for the link again.
error-link-version = The link is of version { $version }, and this page reads version 1. Look for a newer page.
error-link-long = The link has { $length } characters, and 2,000 is the most. Ask for it again.
error-link-escape = The link is damaged at character { $at }: a % stands there without its two digits. Ask for it again.
error-link-no-value = The link is damaged at character { $at }: “{ $part }” is not a name with a value. Ask for it again.
error-link-unknown = The link names “{ $key }” at character { $at }, which this page does not know. Ask for it again.
error-link-twice = The link names { $key } twice, the second time at character { $at }. Take one of them out.
error-link-value = The link says { $key } = “{ $value }” at character { $at }. What it may be: { $expected }.
error-link-missing = The link does not say { $key }. Ask for it again.
error-link-unfit = The link names { $key } at character { $at }, which does not go with its source. Take it out.
error-not-fetched = { $file } could not be fetched from this site. What was open stays open; try again.
error-link-object = The link names an object { $object }, which this machine does not have.
error-link-state = This version of the model comes to another state at step { $step } than the one that made the link.

## What went wrong (comes later)

error-not-a-capture = { $file } does not begin like a pcap file. What was open stays open.
error-not-ethernet = { $file } was captured on a link that is not Ethernet (link type { $type }). What was open stays open.
error-cut-short = { $file } ends in the middle of frame { $frame }, which begins at byte { $offset }. What was open stays open.
error-bad-record = { $file }: the record of frame { $frame }, at byte { $offset }, is malformed. What was open stays open.
error-nothing-received = { $file } holds no frame that its host received. What was open stays open.
error-too-many = { $file } holds more than { $limit } frames, the most that one run can take. What was open stays open.
error-no-step = There is no such step: the last one is { $last }.
nothing-more = Nothing more happens to it in this run.
nothing-before = Nothing happened to it before.
nothing-ever = This does not happen in this run.
error-no-first-capture = The capture that comes with this page could not be loaded; a ready scenario runs instead.

## Help (comes later)

help-buttons = Where a button, a slider or a field has focus, the keys that it uses itself are its own.
help-lanes = On the timeline, when it has focus
help-model = Fields, functions and their order are those of Linux 6.12.107. Times are model values.
key-step = one step on or back
key-ten = ten steps on or back
key-packet = the previous or next step of what is kept, or of this packet
key-play = play or pause
key-home = to the moment before the first frame
key-end = to the end
key-search = search
key-help = this list
key-close = close
key-zoom = zoom in or out
key-shift = show earlier or later
key-fit = show the whole run
key-marker = to the previous or next marker

## The object pane (comes later)

object-which = Struct
object-before = The one before, of the same kind
object-behind = The next one, of the same kind
object-earlier = Back to what happened to it
object-later = On to what happens to it
object-pin = Keep this one while stepping
object-none = There is no object yet: the driver has not built its ring.
object-absent = It does not exist at this step.
object-no-layouts = The structs could not be loaded. Open this pane again to retry.
object-size =
    { $bytes } B · { $lines ->
        [one] { $lines } cacheline
       *[other] { $lines } cachelines
    }
object-unused =
    { $holes ->
        [one] { $holes } hole
       *[other] { $holes } holes
    }, { $unused } B
object-members = The struct's members
object-offset = at
object-member = member
object-type = type
object-value = value
object-cacheline = cacheline { $line }
object-hole = { $bytes }-byte hole
object-written = written by this step
object-read = read by this step
object-gone = gone
object-itself = to itself: empty
object-all = Show all { $members } members
object-fewer = Show only members with a value
object-is-desc = descriptor { $number } of RX ring { $owner }
object-is-buf = buffer { $number } of RX ring { $owner }
object-is-ring = RX ring { $number }
object-is-vector = vector { $number }
object-is-irq = interrupt line { $number }
object-is-action = handler of line { $number }
object-is-napi = instance { $number }
object-is-gro = bucket { $number } of napi { $owner }
object-is-softnet = of CPU { $number }
object-is-page = page { $number }
object-is-skb = skb { $number }
object-is-shinfo = behind the data of skb { $number }
object-is-grocb = in cb of skb { $number } while in GRO
object-is-tcpcb = in cb of skb { $number } while in TCP
object-is-sock = socket { $number }
object-is-icsk = socket { $number }, as connection
object-is-tcp = socket { $number }, as TCP has it
object-is-udp = socket { $number }, as UDP has it
packet-followed = Packet { $number } is followed.
packet-on-wire = Packet { $number } is still on the wire.
packet-in-card = Packet { $number } is in the card: no memory of the host holds it yet.
packet-gone = No memory of the host holds packet { $number } any more: it was read, or dropped.

## Registers, bytes (comes later)

registers-none = The driver has not built its queue yet: there is nothing to show of the card.
registers-list = Registers of the card
registers-at = BAR 0 + { $offset }
registers-posted = { $value } is on its way: the CPU does not wait for a write to arrive.
registers-unwritten = not written yet
bytes-none = There are no bytes yet: the driver has not built a ring.
bytes-which = What to show
bytes-read = read format: the driver wrote it, the card will read it
bytes-written-back = write-back format: the card wrote it
bytes-captured = frame { $packet }: the headers, byte by byte as captured
bytes-made = frame { $packet }: headers rebuilt from what the generator fixes; its payload is zeros
bytes-virtual = for the CPU { $address }
bytes-device = for the card { $address }
bytes-nowhere = in no memory of the host now
bytes-hex = The bytes, sixteen to a row
bytes-fields = What they mean
bytes-bit = bit { $bit }
bytes-bits = bits { $high }:{ $low }
bytes-unknown = not modelled

## Search

search-label = Search
search-field = Search structs, members, functions, events…
search-hint = Parts of names will do, in any order: { $example }. The arrow keys choose, Enter goes there.

## Taking something along (comes later)

notes-title = For your notes
notes-theme = Theme
notes-theme-system = as the reader's
notes-theme-light = light
notes-theme-dark = dark
notes-copy = Copy
notes-keep = Save as a file
notes-link = Link
notes-markdown = Markdown table
notes-iframe = Frame (iframe)
notes-svg = SVG
notes-svg-file = SVG picture
notes-png-file = PNG picture
notes-copied = Copied.
notes-kept = Saved among your downloads.
notes-refused = The browser did not allow it.
notes-step = Step in words
notes-ring = Ring as a table
