# The page of structs: its own labels. What is said of the structs is in structs.ftl.

structs-kernel = Kernel
structs-list = Structs on the way of a packet
structs-which = Struct
structs-own = Your kernel: { $files }
structs-group-packet = Packet and its memory
structs-group-napi = NAPI and softirq
structs-group-interrupt = Interrupts
structs-group-ice = Driver ice
structs-group-igb = Driver igb
structs-group-descriptor = Descriptors
structs-group-device = Device and queues
structs-group-header = Headers
structs-group-socket = Sockets and routes
structs-group-af-xdp = XDP and AF_XDP
structs-group-iommu = IOMMU

structs-fetch = All structs of this kernel ({ $size } MB)
structs-fetch-all = Fetch all structs of this kernel
structs-coming = { $done } of { $total } MB
structs-comes = The kernel's structs are coming
structs-not-fetched = They could not be fetched. Try again.
structs-all-here = All { $count } structs of this kernel are here: search for any.
structs-skipped =
    { $count ->
        [one] One type is of a kind that this page does not know; it was skipped.
       *[other] { $count } types are of kinds that this page does not know; they were skipped.
    }

structs-own-choose = Your kernel's BTF
structs-own-advice = Open /sys/kernel/btf/vmlinux; modules from the same folder come with it or after it. The files are read here and go nowhere.
structs-drop-here = Drop a BTF file, such as /sys/kernel/btf/vmlinux. It stays on this computer.
structs-own-taken =
    { $count ->
        [one] { $file } was read in this page; nothing was uploaded.
       *[other] { $file } were read in this page; nothing was uploaded.
    }
structs-own-gone = Your kernel's structs are only here while the page is open. Open the file again.
structs-error-no-base = { $file } looks like a module's BTF: open its kernel's vmlinux first, then the module.
structs-error-file = { $file } was not read: { $fault } (byte { $offset }).
structs-fault-not-btf = it is no BTF file
structs-fault-big-endian = it is of a big-endian machine
structs-fault-version = its version of BTF is not 1
structs-fault-section = a part of it does not fit into the file
structs-fault-cut-short = a type ends behind the end of the file
structs-fault-strings = its names cannot be read
structs-fault-name = a type has a name that is not in the file; a module needs its own kernel's vmlinux before it
structs-fault-reference = a type refers to one that is not in the file; a module needs its own kernel's vmlinux before it
structs-error-link = A part of the address means nothing here: { $part }. The rest is shown.
structs-unreachable = The structs could not be fetched. Check the connection.
structs-again = Try again
structs-no-kernel = There is no kernel { $kernel } here.
structs-own-no-struct = The files of your kernel have no struct or union named { $name }. Those of a module are in the module's own file: open it too.
structs-no-struct = Linux { $kernel } has no struct or union named { $name }.
structs-not-chosen = { $name } is not among the structs that are here for Linux { $kernel }. All of them can be fetched.

structs-made = Made by
structs-used = Used by
structs-life = Life
structs-source = Source
structs-size =
    { $bytes } { $bytes ->
        [one] byte
       *[other] bytes
    } · { $lines } { $lines ->
        [one] cacheline
       *[other] cachelines
    }
structs-unused =
    { $holes ->
        [0] no holes
        [one] one hole
       *[other] { $holes } holes
    }, { $unused } unused
structs-bits = { $bits } unused bits

structs-forms = Sides of the struct
structs-form-map = Cachelines
structs-form-table = Table
structs-form-source = C order
structs-form-pointers = Pointers
structs-form-compare = Compare
structs-map-label = Members by cacheline; arrow keys go from one to the next
structs-member-is = { $name }, { $type }, offset { $offset }

structs-offset = Offset
structs-bytes = Size
structs-type = Type
structs-name = Name
structs-bits-of =
    { $bits ->
        [one] { $bits } bit
       *[other] { $bits } bits
    }
structs-place = offset { $offset }, { $size } B, cacheline { $line }
structs-place-bits = offset { $offset }, { $size }, cacheline { $line }

structs-pointers-label = What this struct reaches: structs, and the members that lead there. The list below says the same.
structs-pointers-list = Members that lead elsewhere
structs-pointers-none = No member leads to a struct that is here.
structs-more =
    { $count ->
        [one] One more is reached.
       *[other] { $count } more are reached.
    }

structs-hole = hole of { $bytes } { $bytes ->
        [one] byte
       *[other] bytes
    }
structs-bit-hole = { $bits } unused { $bits ->
        [one] bit
       *[other] bits
    }
structs-padding =
    { $bits ->
        [0] { $bytes } bytes
       *[other] { $bytes } bytes and { $bits } bits
    } unused at the end
structs-border = cacheline { $line }
structs-border-ago = cacheline { $line } began { $bytes } bytes ago

structs-member = The member
structs-choose = Choose a member: what it is for, who writes it, where it lies in other kernels.
structs-no-member = { $struct } has no member { $name } here. Choose one of those that it has.
structs-open = Open in place
structs-close = Close it again
structs-beside = Shares its place with
structs-leads = Leads to
structs-written-by = Written by
structs-read-by = Read by
structs-written-by-in-model = Written by, in the model of 6.12
structs-read-by-in-model = Read by, in the model of 6.12
structs-in-run = In this run
structs-touches = { $writes } × written, { $reads } × read
structs-history = Changes ({ $count })
structs-heat = Shade what the run touched up to step { $step }
structs-heat-less = less
structs-heat-more = more
structs-elsewhere = Elsewhere
structs-at = offset { $offset }
structs-not-there = not there
structs-value = Value in { $object }, step { $step }

structs-compare-kernel = Compare with
structs-compare-name = Struct
structs-compare-all = Unchanged members too
structs-compare-none = That struct is not here. Choose another kernel or struct.
structs-unnamed-union = unnamed union
structs-unnamed-struct = unnamed struct
structs-compare-same = Both are the same.
structs-compare-change = Change
structs-compare-size = { $old } → { $new } bytes, { $before } → { $after } cachelines
structs-compare-sum = { $added } added, { $removed } removed, { $changed } changed, { $moved } moved
structs-added = added
structs-removed = removed
structs-changed = type or size
structs-moved = moved
structs-same = same
structs-other-line = other cacheline
