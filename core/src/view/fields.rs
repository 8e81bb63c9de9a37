//! What lies where in a descriptor and in headers: members of the kernel's structs, and bits with
//! the names of the kernel's constants. Facts, looked up in Linux 6.12.107.

use super::object::Value;
use crate::machine::{ETH_P_8021Q, ETH_P_IP, ETH_P_IPV6, Header, IPPROTO_TCP, IPPROTO_UDP};
use crate::units::DmaAddr;

/// How a field's number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Number,
    Hex,
    Dma,
    Mac,
    Ipv4,
    Ipv6,
    Ethertype,
    Protocol,
}

use Form::{Dma, Ethertype, Hex, Ipv4, Ipv6, Mac, Number, Protocol};

/// A field: its name; its first byte and how many; for bits of these, the lowest and how many.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) at: usize,
    pub(super) size: usize,
    pub(super) bits: Option<(u8, u8)>,
    form: Form,
}

/// A struct's fields in order, bits behind the member that they are of.
pub(super) struct Fields {
    /// The struct.
    pub(super) name: &'static str,
    /// The first byte is the highest.
    big_endian: bool,
    pub(super) fields: &'static [Field],
}

const fn whole(name: &'static str, at: usize, size: usize, form: Form) -> Field {
    Field { name, at, size, bits: None, form }
}

const fn bits(name: &'static str, at: usize, size: usize, bits: (u8, u8)) -> Field {
    Field { name, at, size, bits: Some(bits), form: Number }
}

impl Field {
    /// Its value in these bytes; none where one of them is not known.
    pub(super) fn value(&self, bytes: &[Option<u8>], big_endian: bool) -> Option<Value> {
        let known: Option<Vec<u8>> =
            bytes.get(self.at..self.at + self.size)?.iter().copied().collect();
        let known = known?;
        let low = known.iter().take(8);
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        let number = if big_endian { low.fold(0, join) } else { low.rev().fold(0, join) };
        let number = self.bits.map_or(number, |(low, count)| number >> low & ((1 << count) - 1));
        Some(match self.form {
            Number => Value::Number(number),
            Hex => Value::Hex(number),
            Dma => Value::Dma(DmaAddr(number)),
            Mac => Value::Mac(known.try_into().ok()?),
            Ipv4 => Value::Ipv4(known.try_into().ok()?),
            Ipv6 => Value::Ipv6(known.try_into().ok()?),
            Ethertype => named(number, ETHERTYPES).unwrap_or(Value::Hex(number)),
            Protocol => named(number, PROTOCOLS).unwrap_or(Value::Number(number)),
        })
    }
}

impl Fields {
    pub(super) fn value(&self, field: &Field, bytes: &[Option<u8>]) -> Option<Value> {
        field.value(bytes, self.big_endian)
    }
}

const ETHERTYPES: &[(&str, u64)] = &[
    ("ETH_P_IP", ETH_P_IP as u64),
    ("ETH_P_IPV6", ETH_P_IPV6 as u64),
    ("ETH_P_8021Q", ETH_P_8021Q as u64),
    ("ETH_P_ARP", 0x0806),
];

const PROTOCOLS: &[(&str, u64)] = &[
    ("IPPROTO_ICMP", 1),
    ("IPPROTO_TCP", IPPROTO_TCP as u64),
    ("IPPROTO_UDP", IPPROTO_UDP as u64),
    ("IPPROTO_ICMPV6", 58),
];

fn named(number: u64, names: &[(&'static str, u64)]) -> Option<Value> {
    names.iter().find(|one| one.1 == number).map(|one| Value::Name(one.0, number))
}

/// A descriptor as the driver posted it.
pub(super) const ICE_READ: Fields = Fields {
    name: "ice_32b_rx_flex_desc",
    big_endian: false,
    fields: &[
        whole("pkt_addr", 0, 8, Dma),
        whole("status_error0", 8, 2, Hex),
        bits("DD", 8, 2, (0, 1)),
    ],
};

/// A descriptor as the card writes it back; `ice_lan_tx_rx.h`:175, bits from line 345 on.
pub(super) const ICE_WRITE_BACK: Fields = Fields {
    name: "ice_32b_rx_flex_desc",
    big_endian: false,
    fields: &[
        whole("rxdid", 0, 1, Number),
        whole("mir_id_umb_cast", 1, 1, Hex),
        whole("ptype_flex_flags0", 2, 2, Hex),
        bits("PTYPE", 2, 2, (0, 10)),
        whole("pkt_len", 4, 2, Number),
        whole("hdr_len_sph_flex_flags1", 6, 2, Hex),
        whole("status_error0", 8, 2, Hex),
        bits("DD", 8, 2, (0, 1)),
        bits("EOF", 8, 2, (1, 1)),
        bits("HBO", 8, 2, (2, 1)),
        bits("L3L4P", 8, 2, (3, 1)),
        bits("XSUM_IPE", 8, 2, (4, 1)),
        bits("XSUM_L4E", 8, 2, (5, 1)),
        bits("XSUM_EIPE", 8, 2, (6, 1)),
        bits("XSUM_EUDPE", 8, 2, (7, 1)),
        bits("LPBK", 8, 2, (8, 1)),
        bits("IPV6EXADD", 8, 2, (9, 1)),
        bits("RXE", 8, 2, (10, 1)),
        bits("CRCP", 8, 2, (11, 1)),
        bits("RSS_VALID", 8, 2, (12, 1)),
        bits("L2TAG1P", 8, 2, (13, 1)),
        bits("XTRMD0_VALID", 8, 2, (14, 1)),
        bits("XTRMD1_VALID", 8, 2, (15, 1)),
        whole("l2tag1", 10, 2, Hex),
        whole("flex_meta0", 12, 2, Hex),
        whole("flex_meta1", 14, 2, Hex),
        whole("status_error1", 16, 2, Hex),
        whole("flex_flags2", 18, 1, Hex),
        whole("time_stamp_low", 19, 1, Hex),
        whole("l2tag2_1st", 20, 2, Hex),
        whole("l2tag2_2nd", 22, 2, Hex),
        whole("flex_meta2", 24, 2, Hex),
        whole("flex_meta3", 26, 2, Hex),
        whole("ts_high", 28, 4, Hex),
    ],
};

/// A descriptor as the driver posted it: length and status are what is left of the last write-back.
pub(super) const IGB_READ: Fields = Fields {
    name: "e1000_adv_rx_desc",
    big_endian: false,
    fields: &[whole("pkt_addr", 0, 8, Dma), whole("length", 12, 2, Number)],
};

/// A descriptor as the card writes it back; `e1000_82575.h`:68, bits `e1000_defines.h`:85.
pub(super) const IGB_WRITE_BACK: Fields = Fields {
    name: "e1000_adv_rx_desc",
    big_endian: false,
    fields: &[
        whole("pkt_info", 0, 2, Hex),
        whole("hdr_info", 2, 2, Hex),
        whole("rss", 4, 4, Hex),
        whole("status_error", 8, 4, Hex),
        bits("DD", 8, 4, (0, 1)),
        bits("EOP", 8, 4, (1, 1)),
        bits("IXSM", 8, 4, (2, 1)),
        bits("VP", 8, 4, (3, 1)),
        bits("UDPCS", 8, 4, (4, 1)),
        bits("TCPCS", 8, 4, (5, 1)),
        bits("TS", 8, 4, (16, 1)),
        bits("LB", 8, 4, (18, 1)),
        bits("CE", 8, 4, (24, 1)),
        bits("SE", 8, 4, (25, 1)),
        bits("SEQ", 8, 4, (26, 1)),
        bits("CXE", 8, 4, (28, 1)),
        bits("TCPE", 8, 4, (29, 1)),
        bits("IPE", 8, 4, (30, 1)),
        bits("RXE", 8, 4, (31, 1)),
        whole("length", 12, 2, Number),
        whole("vlan", 14, 2, Hex),
    ],
};

const ETHERNET: Fields = Fields {
    name: "ethhdr",
    big_endian: true,
    fields: &[
        whole("h_dest", 0, 6, Mac),
        whole("h_source", 6, 6, Mac),
        whole("h_proto", 12, 2, Ethertype),
    ],
};

const VLAN: Fields = Fields {
    name: "vlan_hdr",
    big_endian: true,
    fields: &[
        whole("h_vlan_TCI", 0, 2, Hex),
        bits("VLAN_PRIO", 0, 2, (13, 3)),
        bits("VLAN_CFI", 0, 2, (12, 1)),
        bits("VLAN_VID", 0, 2, (0, 12)),
        whole("h_vlan_encapsulated_proto", 2, 2, Ethertype),
    ],
};

const IP: Fields = Fields {
    name: "iphdr",
    big_endian: true,
    fields: &[
        bits("version", 0, 1, (4, 4)),
        bits("ihl", 0, 1, (0, 4)),
        whole("tos", 1, 1, Hex),
        whole("tot_len", 2, 2, Number),
        whole("id", 4, 2, Number),
        whole("frag_off", 6, 2, Hex),
        bits("IP_DF", 6, 2, (14, 1)),
        bits("IP_MF", 6, 2, (13, 1)),
        bits("IP_OFFSET", 6, 2, (0, 13)),
        whole("ttl", 8, 1, Number),
        whole("protocol", 9, 1, Protocol),
        whole("check", 10, 2, Hex),
        whole("saddr", 12, 4, Ipv4),
        whole("daddr", 16, 4, Ipv4),
    ],
};

const IP6: Fields = Fields {
    name: "ipv6hdr",
    big_endian: true,
    fields: &[
        bits("version", 0, 1, (4, 4)),
        bits("priority", 0, 1, (0, 4)),
        whole("flow_lbl", 1, 3, Hex),
        whole("payload_len", 4, 2, Number),
        whole("nexthdr", 6, 1, Protocol),
        whole("hop_limit", 7, 1, Number),
        whole("saddr", 8, 16, Ipv6),
        whole("daddr", 24, 16, Ipv6),
    ],
};

const UDP: Fields = Fields {
    name: "udphdr",
    big_endian: true,
    fields: &[
        whole("source", 0, 2, Number),
        whole("dest", 2, 2, Number),
        whole("len", 4, 2, Number),
        whole("check", 6, 2, Hex),
    ],
};

const TCP: Fields = Fields {
    name: "tcphdr",
    big_endian: true,
    fields: &[
        whole("source", 0, 2, Number),
        whole("dest", 2, 2, Number),
        whole("seq", 4, 4, Number),
        whole("ack_seq", 8, 4, Number),
        bits("doff", 12, 1, (4, 4)),
        bits("cwr", 13, 1, (7, 1)),
        bits("ece", 13, 1, (6, 1)),
        bits("urg", 13, 1, (5, 1)),
        bits("ack", 13, 1, (4, 1)),
        bits("psh", 13, 1, (3, 1)),
        bits("rst", 13, 1, (2, 1)),
        bits("syn", 13, 1, (1, 1)),
        bits("fin", 13, 1, (0, 1)),
        whole("window", 14, 2, Number),
        whole("check", 16, 2, Hex),
        whole("urg_ptr", 18, 2, Number),
    ],
};

/// The options of TCP by kind, each with its value behind kind and length (include/net/tcp.h:184).
pub(super) const TCP_OPTIONS: &[(u8, Field)] = &[
    (0, whole("TCPOPT_EOL", 0, 1, Number)),
    (1, whole("TCPOPT_NOP", 0, 1, Number)),
    (2, whole("TCPOPT_MSS", 2, 2, Number)),
    (3, whole("TCPOPT_WINDOW", 2, 1, Number)),
    (4, whole("TCPOPT_SACK_PERM", 0, 2, Hex)),
    (5, whole("TCPOPT_SACK", 2, 4, Number)),
    (8, whole("TCPOPT_TIMESTAMP", 2, 4, Number)),
];

/// The fields of a header.
pub(super) const fn of_header(header: Header) -> &'static Fields {
    match header {
        Header::Ethernet => &ETHERNET,
        Header::Vlan => &VLAN,
        Header::Ipv4 => &IP,
        Header::Ipv6 => &IP6,
        Header::Udp => &UDP,
        Header::Tcp => &TCP,
    }
}

/// Every field's struct and name, each once.
pub fn field_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [
        &ICE_READ,
        &ICE_WRITE_BACK,
        &IGB_READ,
        &IGB_WRITE_BACK,
        &ETHERNET,
        &VLAN,
        &IP,
        &IP6,
        &UDP,
        &TCP,
    ];
    let options = TCP_OPTIONS.iter().map(|(_, option)| (TCP.name, option.name));
    let once = |of: &&Fields, field: &&Field| {
        // What both forms of a descriptor have is the later one's.
        let twice =
            [ICE_READ.fields, IGB_READ.fields].iter().any(|read| std::ptr::eq(*read, of.fields));
        !twice || field.name == "pkt_addr"
    };
    let fields = all.into_iter().flat_map(move |of| {
        let own = of.fields.iter().filter(move |field| once(&of, field));
        own.map(|field| (of.name, field.name))
    });
    fields.chain(options)
}
