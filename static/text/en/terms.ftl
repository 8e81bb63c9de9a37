# Names of what the sentences speak of. $value is the number, $cpu the CPU's.

## Who acts; a sentence begins with it.

subject-wire = The wire
subject-nic = The NIC
subject-iommu = The IOMMU
subject-lapic = The local APIC
subject-kernel = CPU { $cpu }
subject-driver = The driver on CPU { $cpu }
subject-application = The application

## What it is done to. 65535 stands for none.

object-frame = frame { $value }
object-descriptor = descriptor { $value }
object-ring = ring { $value }
object-page = page { $value }
object-rx-buf = buffer { $value }
object-tail = tail register
object-vector = vector { $value }
object-register = register
object-irq = IRQ { $value }
object-softirq =
    { $value ->
        [3] the NET_RX softirq
       *[other] softirq { $value }
    }
object-napi = NAPI { $value }
object-softnet = softnet_data { $value }
object-skb =
    { $value ->
        [65535] sk_buff
       *[other] sk_buff { $value }
    }
object-skb-list =
    { $value ->
        [one] { $value } sk_buff
       *[other] { $value } sk_buffs
    }
object-gro-result =
    { $value ->
        [0] GRO_MERGED
        [1] GRO_MERGED_FREE
        [2] GRO_HELD
        [3] GRO_NORMAL
        [4] GRO_CONSUMED
       *[other] GRO result { $value }
    }
object-budget =
    { $value ->
        [one] { $value } packet
       *[other] { $value } packets
    }
object-socket =
    { $value ->
        [65535] socket
       *[other] socket { $value }
    }
object-task =
    { $value ->
        [0] the idle task
        [1] ksoftirqd/0
        [2] the setup task
       *[other] task { $value }
    }
object-cpu = CPU { $value }
object-reason = reason { $value }
object-device = the device

packet = packet { $value }

## Contexts: what kind of code a CPU runs.

context-task = task
context-softirq = softirq
context-hardirq = hardirq
context-hardirq-in-softirq = hardirq in softirq

## Where packets are lost.

place-card = NIC
place-driver = driver
place-stack = stack
place-model = not modelled yet

## Why packets are lost.

drop-crc-error = wrong FCS
    .explanation = The checksum at the end of the frame does not match its bytes.
drop-undersize = too short
    .explanation = The frame is shorter than an Ethernet frame may be.
drop-oversize = too long
    .explanation = The frame is longer than the card accepts.
drop-packet-buffer-full = on-chip buffer full
    .explanation = Frames came faster than DMA could move them into memory.
drop-no-descriptor = no descriptor
    .explanation = The queue had no descriptor to fill, and the on-chip buffer overflowed meanwhile.
drop-iommu-fault = IOMMU fault
    .explanation = The card used a DMA address that is not mapped for it.
drop-skb-alloc-failed = no sk_buff
    .explanation = There was no memory for an sk_buff.
drop-receive-error = received with an error
    .explanation = The descriptor's error bits say that the frame is damaged; the driver frees it.
drop-unhandled-proto = unknown protocol
    .explanation = No protocol handler is registered for the frame's ethertype.
drop-other-host = for another host
    .explanation = The destination MAC address belongs to another host.
drop-ip-header = bad IP header
    .explanation = The version or the header length in the IPv4 header is wrong.
drop-ip-checksum = wrong IP checksum
    .explanation = The checksum of the IPv4 header does not match.
drop-packet-too-small = IP packet cut short
    .explanation = The IPv4 header states more bytes than the frame holds.
drop-ip-in-addr-errors = for another address
    .explanation = The MAC address is this host's, the IP address is not, and forwarding is off.
drop-udp-header = wrong UDP length
    .explanation = The length in the UDP header does not fit the packet.
drop-udp-checksum = wrong UDP checksum
    .explanation = The checksum of the UDP datagram does not match.
drop-no-socket = no socket
    .explanation = No socket is bound to the destination port.
drop-tcp-header = wrong TCP header length
    .explanation = The TCP header is shorter than 20 bytes, or the packet ends within it.
drop-tcp-checksum = wrong TCP checksum
    .explanation = The checksum of the TCP segment does not match.
drop-tcp-flags = TCP flags missing
    .explanation = The segment has none of ACK, RST and SYN.
drop-tcp-old-data = old TCP data
    .explanation = All data of the segment had come before: the peer has sent it again.
drop-tcp-old-sequence = old sequence number
    .explanation = The segment ends before the byte that was acknowledged last.
drop-tcp-invalid-sequence = beyond the TCP window
    .explanation = The segment starts behind the end of the receive window.
drop-tcp-overwindow = no room in the TCP window
    .explanation = The segment starts where the receive window ends: none of its data lies within.
drop-tcp-zero-window = TCP window closed
    .explanation = Data came while the receive window was closed.
drop-tcp-ack-unsent-data = ACK of unsent data
    .explanation = The segment acknowledges bytes that this host has never sent.
drop-tcp-too-old-ack = ACK too old
    .explanation = The segment acknowledges less than was acknowledged a whole window ago.
drop-tcp-invalid-syn = unexpected SYN
    .explanation = A SYN came on a connection that is already open.
drop-tcp-reset = RST at another byte
    .explanation = The RST is not at the byte expected next: it may be forged.
drop-tcp-abort-on-data = data after FIN
    .explanation = The peer had said that there is no more data, and sent some: the connection is reset.
drop-tcp-close = connection closed
    .explanation = The segment came for a connection that is already closed.
drop-tcp-ofo-merge = already waits behind a gap
    .explanation = Other segments that wait behind the gap hold all its data.
drop-tcp-ofo-drop = came in order meanwhile
    .explanation = While the segment waited behind a gap, all its data came in order.
drop-proto-mem = no memory for TCP data
    .explanation = The segments that wait in the socket already occupy more memory than sk_rcvbuf allows.
drop-socket-backlog = backlog full
    .explanation = A task was working on the socket, and its backlog had no room left.
drop-not-specified = after FIN
    .explanation = Data behind a gap when FIN came, which nothing counts, or a segment after FIN. The kernel states no reason.
drop-socket-rcvbuff = receive memory full
    .explanation = The packets that wait in the socket already occupy more memory than sk_rcvbuf allows.
drop-fragment-not-modelled = IP fragment
    .explanation = The model does not reassemble fragments yet; a real kernel would.
drop-protocol-not-modelled = other protocol
    .explanation = ARP, IPv6 or a VLAN tag: a real kernel handles it, the model does not yet.
drop-handshake-not-modelled = TCP handshake
    .explanation = The segment opens a connection. A real kernel answers it, the model does not do that yet.
drop-transport-not-modelled = other transport
    .explanation = The model does not know this transport protocol yet; a real kernel might.
