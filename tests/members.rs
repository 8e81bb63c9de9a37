//! The tables of routines and lines agree with the kernel that they name: members, functions and
//! tracepoints exist in it.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use btf_rs::{Btf, Type};
use nicscope_core::atlas::{Guide, Layouts};
use nicscope_core::engine::{PARTS, ROUTINES, info};
use nicscope_core::fact::{LineInfo, RoutineInfo, Traced};
use nicscope_core::machine::Driver;
use nicscope_core::view::{ObjectKind, field_names, register_names};

/// The tracepoints that the recordings hold, by which model and kernel are compared.
const TRACEPOINTS: [&str; 7] = [
    "irq_handler_entry",
    "irq_handler_exit",
    "softirq_raise",
    "softirq_entry",
    "softirq_exit",
    "napi_poll",
    "napi_gro_receive_exit",
];

/// Functions whose symbol has a suffix (`.isra.0`), so that BTF leaves them out.
const SUFFIXED: [&str; 1] = ["ip_rcv_finish_core"];
/// Functions that have a symbol but are `noinstr`: no tracer sees them.
const NOINSTR: [&str; 2] = ["common_interrupt", "sysvec_apic_timer_interrupt"];

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// The types of the kernel and of both drivers.
struct Kernel {
    modules: [Btf; 2],
}

impl Kernel {
    fn open() -> Self {
        let bytes = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/atlas");
            let file = File::open(folder.join(name)).expect("a committed file");
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a gzip file");
            bytes
        };
        let base = Btf::from_bytes(&bytes("6.12-vmlinux.btf.gz")).expect("base BTF");
        Self {
            modules: ["6.12-ice.btf.gz", "6.12-igb.btf.gz"].map(|name| {
                Btf::from_split_bytes(&bytes(name), &base).expect("split BTF over the base")
            }),
        }
    }

    fn has_function(&self, name: &str) -> bool {
        self.modules.iter().any(|btf| {
            let types = btf.resolve_types_by_name(name).unwrap_or_default();
            types.iter().any(|found| matches!(found, Type::Func(_)))
        })
    }

    fn has_struct(&self, name: &str) -> bool {
        self.modules.iter().any(|btf| {
            let types = btf.resolve_types_by_name(name).unwrap_or_default();
            types.iter().any(|found| matches!(found, Type::Struct(_) | Type::Union(_)))
        })
    }

    /// Whether `struct.member.member` leads to a member.
    fn has_member(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('.').collect();
        names.len() > 1
            && self.modules.iter().any(|btf| {
                let types = btf.resolve_types_by_name(names[0]).unwrap_or_default();
                types
                    .into_iter()
                    .filter(|found| matches!(found, Type::Struct(_) | Type::Union(_)))
                    .any(|found| leads_to_member(btf, found, &names[1..]))
            })
    }
}

fn leads_to_member(btf: &Btf, from: Type, names: &[&str]) -> bool {
    names.iter().try_fold(from, |at, name| member(btf, at, name)).is_some()
}

/// What a member is, or an array of it: the name of its struct, or of its integer.
fn element(btf: &Btf, owner: &str, name: &str) -> Option<String> {
    let types = btf.resolve_types_by_name(owner).ok()?;
    let found = types.into_iter().find_map(|found| member(btf, found, name))?;
    match plain(btf, found) {
        Type::Array(of) => match plain(btf, btf.resolve_chained_type(&of).ok()?) {
            Type::Struct(of) => btf.resolve_name(&of).ok(),
            Type::Int(of) => btf.resolve_name(&of).ok(),
            _ => None,
        },
        Type::Struct(of) => btf.resolve_name(&of).ok(),
        _ => None,
    }
}

/// The type of the member of that name; members of unnamed structs and unions count as their
/// owner's.
fn member(btf: &Btf, owner: Type, name: &str) -> Option<Type> {
    let (Type::Struct(owner) | Type::Union(owner)) = plain(btf, owner) else {
        return None;
    };
    owner.members.iter().find_map(|field| {
        let field_name = btf.resolve_name(field).expect("a member's name");
        let field_type = btf.resolve_chained_type(field).expect("a member's type");
        if field_name == name {
            Some(field_type)
        } else if field_name.is_empty() {
            member(btf, field_type, name)
        } else {
            None
        }
    })
}

/// The type behind type definitions and qualifiers.
fn plain(btf: &Btf, mut at: Type) -> Type {
    loop {
        let next = match &at {
            Type::Typedef(of) => btf.resolve_chained_type(of),
            Type::Const(of) | Type::Volatile(of) | Type::Restrict(of) => {
                btf.resolve_chained_type(of)
            }
            Type::TypeTag(of) => btf.resolve_chained_type(of),
            _ => return at,
        };
        at = next.expect("what is qualified");
    }
}

fn routines() -> impl Iterator<Item = &'static RoutineInfo> {
    ROUTINES.iter().map(|&id| info(id))
}

fn lines() -> impl Iterator<Item = (&'static RoutineInfo, LineInfo)> {
    routines().flat_map(|routine| routine.lines().map(move |line| (routine, line)))
}

/// Every name that a line reads or writes, with where it stands.
fn names() -> impl Iterator<Item = (String, &'static str)> {
    lines().flat_map(|(routine, line)| {
        let at = format!("{}.{}", routine.name, line.name());
        let named = line.reads().chain(line.writes());
        named.map(move |name| (at.clone(), name))
    })
}

fn is_register(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
}

#[test]
fn every_member_that_a_line_reads_or_writes_exists() {
    let kernel = Kernel::open();
    let members = || names().filter(|(_, name)| !is_register(name));
    let unknown: Vec<_> = members().filter(|(_, name)| !kernel.has_member(name)).collect();
    assert!(unknown.is_empty(), "not in BTF: {unknown:#?}");
    assert!(members().count() > 100, "the tables were not read");
}

#[test]
fn a_member_that_does_not_exist_is_found_out() {
    let kernel = Kernel::open();
    assert!(kernel.has_member("sk_buff.len"), "in an unnamed struct");
    assert!(kernel.has_member("e1000_adv_rx_desc.wb.upper.length"));
    assert!(!kernel.has_member("sk_buff.length"));
    assert!(!kernel.has_member("e1000_adv_rx_desc.wb.upper.size"));
    assert!(!kernel.has_member("sk_buf.len"));
    assert!(!kernel.has_member("sk_buff"));
}

#[test]
fn every_register_is_in_the_list_and_every_listed_one_is_used() {
    let list = std::fs::read_to_string(data("registers.txt")).expect("a committed file");
    let listed: BTreeSet<&str> =
        list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let used: BTreeSet<&str> =
        names().map(|(_, name)| name).filter(|name| is_register(name)).collect();
    assert_eq!(used, listed);
}

#[test]
fn every_routine_and_line_of_the_kernel_has_its_source_line() {
    for routine in routines() {
        let outside = routine.traced == Traced::Outside;
        assert_eq!(routine.file.is_empty(), outside, "{}", routine.name);
        assert_eq!(routine.source_line == 0, outside, "{}", routine.name);
    }
    for (routine, line) in lines() {
        let outside = routine.traced == Traced::Outside;
        let at = format!("{}.{}", routine.name, line.name());
        assert_eq!(line.source_file().is_empty(), outside, "{at}");
        assert_eq!(line.source_line() == 0, outside, "{at}");
    }
}

#[test]
fn what_a_tracer_sees_is_a_function_of_the_kernel() {
    let kernel = Kernel::open();
    for routine in routines() {
        let name = routine.name;
        let expected = match routine.traced {
            Traced::Visible => !SUFFIXED.contains(&name),
            Traced::Inlined => NOINSTR.contains(&name),
            Traced::Outside => continue,
        };
        assert_eq!(kernel.has_function(name), expected, "{name}");
    }
}

#[test]
fn every_tracepoint_is_one_of_those_recorded() {
    let named: BTreeSet<&str> = lines().filter_map(|(_, line)| line.tracepoint()).collect();
    assert_eq!(named, BTreeSet::from(TRACEPOINTS));
}

#[test]
fn every_member_that_the_object_pane_shows_exists_in_btf_and_in_the_chosen_layouts() {
    let kernel = Kernel::open();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/atlas/6.12.layouts");
    let layouts = Layouts::read(&std::fs::read(file).expect("a committed file")).expect("layouts");
    let mut members = 0;
    for kind in ObjectKind::ALL {
        let name = kind.struct_name();
        let layout = layouts.expanded(name, 7).unwrap_or_else(|| panic!("no layout of {name}"));
        let paths: Vec<&str> = kind.paths().collect();
        for path in &paths {
            assert!(kernel.has_member(&format!("{name}.{path}")), "not in BTF: {name}.{path}");
            assert!(layout.member(path).is_some(), "not in the layouts: {name}.{path}");
        }
        assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len(), "{name}: twice");
        members += paths.len();
    }
    assert!(members > 90, "the tables were not read: {members}");
}

#[test]
fn every_member_that_the_bytes_pane_shows_exists() {
    let kernel = Kernel::open();
    // Bits have names of constants, which BTF does not hold.
    let is_member =
        |name: &&(&str, &str)| !name.1.starts_with(|first: char| first.is_ascii_uppercase());
    let within = [
        "",
        "read.",
        "wb.",
        "wb.flex_ts.",
        "wb.lower.lo_dword.",
        "wb.lower.hi_dword.",
        "wb.upper.",
    ];
    let mut members = 0;
    for (owner, name) in field_names().filter(|name| is_member(&name)) {
        let found = within.iter().any(|path| kernel.has_member(&format!("{owner}.{path}{name}")));
        assert!(found, "not in BTF: {owner} {name}");
        members += 1;
    }
    assert!(members > 60, "the tables were not read: {members}");
}

#[test]
fn the_registers_that_the_pane_shows_are_those_of_the_list_and_two_that_no_line_names() {
    let list = std::fs::read_to_string(data("registers.txt")).expect("a committed file");
    let named = |register: &str| {
        list.lines().any(|line| line.split('.').next() == Some(register))
            || register == "QRX_CONTEXT" && list.contains("RLAN.base")
    };
    let shown = [Driver::Ice, Driver::Igb].into_iter().flat_map(register_names);
    let others: Vec<_> = shown.map(|one| one.0).filter(|name| !named(name)).collect();
    assert_eq!(others, ["GLINT_RATE", "EICR"]);
}

#[test]
fn what_lies_in_a_struct_is_what_its_member_is_or_has_room_for() {
    let kernel = Kernel::open();
    for (owner, member, part) in PARTS {
        let found = kernel.modules.iter().find_map(|btf| element(btf, owner, member));
        let is_room = kernel.has_struct(part) && found.as_deref() == Some("char");
        assert!(is_room || found.as_deref() == Some(part), "{owner}.{member}: {found:?}");
    }
    let pairs: BTreeSet<_> = PARTS.iter().map(|(owner, _, part)| (owner, part)).collect();
    assert_eq!(pairs.len(), PARTS.len(), "one lies in the other once");
}

#[test]
fn every_lead_of_the_guide_goes_from_a_member_to_a_struct() {
    let kernel = Kernel::open();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/atlas/guide.txt");
    let guide = Guide::read(&std::fs::read(file).expect("a committed file")).expect("a guide");
    for lead in &guide.leads {
        let (member, to) = (format!("{}.{}", lead.owner, lead.path), &lead.to);
        assert!(kernel.has_member(&member), "not in BTF: {member}");
        assert!(kernel.has_struct(to), "not in BTF: {to}");
        assert!(!lead.source.ends_with(":0"), "{member}: {}", lead.source);
    }
    assert!(guide.leads.len() > 20, "the guide was not read");
    assert!(!kernel.has_struct("sk_buf") && !kernel.has_struct("netif_receive_skb"));
}
