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
stage-socket = Socket queue
stage-socket-of = Socket { $number }
stage-socket-short = Socket
stage-application = Application
stage-application-short = App
stage-reader-none = not started
stage-reader-ended = has ended
stage-reader-sleeps = asleep in recv
stage-reader-reads = awake
stage-reader-none-short = –
stage-reader-ended-short = ended
stage-reader-sleeps-short = asleep
stage-reader-reads-short = awake
stage-datagrams = read
stage-bytes = bytes

owner-nic = NIC
owner-back = written back
owner-filled = filled
owner-driver = driver

bus-frame = frame ▸
bus-descriptor = write-back ▸
bus-fetch = ◂ fetch
bus-translate = translate
bus-interrupt = MSI-X message
bus-register = register write
bus-tail = { $register } = { $value }
