//! `cargo xtask curate`: writes the layouts that the page has at hand, out of the kernels' BTF.
//!
//! One file is for the object pane of a walk: it comes early and must be small. The others, one a kernel, are
//! for the page of structs, which has the rest of a kernel fetched when it is asked for.

use crate::{kernels, workspace};
use anyhow::{Context, Result, anyhow, bail};
use nicscope_core::atlas::{Btf, Guide, Kind, Layout, Layouts, struct_name};
use std::collections::BTreeMap;

/// Options of `cargo xtask curate`: none.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// A file of layouts.
struct Set {
    /// The kernel, by its short name.
    kernel: &'static str,
    /// Where it is kept.
    file: &'static str,
    /// It may have so many bytes.
    bytes_max: usize,
    /// How many levels of structs within structs come along.
    levels: u32,
}

/// The structs on the way of a packet.
const GUIDE: &str = "static/atlas/guide.txt";

/// What the object pane of a walk shows. The levels are enough for
/// `tcp_sock.inet_conn.icsk_inet.sk.__sk_common.skc_refcnt.refs.counter`.
const OBJECTS: Set =
    Set { kernel: "6.12", file: "static/atlas/6.12.layouts", bytes_max: 60_000, levels: 7 };

/// What the page of structs shows at once: the structs of the guide that the kernel has.
const STRUCTS: [Set; 3] = [structs("6.1"), structs("6.12"), structs("7.2")];

const fn structs(kernel: &'static str) -> Set {
    let file = match kernel.as_bytes() {
        b"6.1" => "static/atlas/6.1.structs",
        b"6.12" => "static/atlas/6.12.structs",
        _ => "static/atlas/7.2.structs",
    };
    Set { kernel, file, bytes_max: 140_000, levels: 3 }
}

/// The structs of the object pane. A struct stands beside those that it is reached from.
const CHOSEN: [&str; 34] = [
    "sk_buff",
    "skb_shared_info",
    "napi_struct",
    "napi_gro_cb",
    "gro_list",
    "softnet_data",
    "xdp_buff",
    "irq_desc",
    "irqaction",
    "ice_rx_ring",
    "ice_rx_buf",
    "ice_q_vector",
    "ice_ring_container",
    "ice_vsi",
    "ice_32b_rx_flex_desc",
    "ice_32b_rx_flex_desc_nic",
    "igb_ring",
    "igb_rx_buffer",
    "igb_q_vector",
    "igb_ring_container",
    "igb_adapter",
    "e1000_adv_rx_desc",
    "sock",
    "tcp_sock",
    "udp_sock",
    "socket",
    "page",
    "net_device",
    "iphdr",
    "tcphdr",
    "udphdr",
    "ethhdr",
    "tcp_skb_cb",
    "udp_skb_cb",
];
/// Structs that come along only when chosen: large, and of no part in the path.
const LEFT_OUT: [&str; 1] = ["device"];

/// Writes the files.
pub(crate) fn run(_: Args) -> Result<()> {
    for set in [&OBJECTS].into_iter().chain(&STRUCTS) {
        let text = set.layouts()?.write();
        let path = workspace::root().join(set.file);
        std::fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}: {} bytes of {}", set.file, text.len(), set.bytes_max);
    }
    Ok(())
}

impl Set {
    /// Its structs, as the kernel has them.
    fn layouts(&self) -> Result<Layouts> {
        let read = |object| kernels::unpacked(self.kernel, object);
        let (vmlinux, ice, igb) = (read("vmlinux")?, read("ice")?, read("igb")?);
        let broken = |error| anyhow!("{error:?}");
        let base = Btf::read(&vmlinux).map_err(broken)?;
        let split = |driver| Btf::read_split(driver, &base).map_err(broken);
        let sources = [Names::of(split(&ice)?), Names::of(split(&igb)?)];
        let kernel = kernels::listed(self.kernel)?;
        let title = format!("linux {} {}", kernel.version, kernel.architecture);
        let mut layouts = Layouts::new(&title);
        for name in self.names()? {
            let source = sources.iter().find(|source| source.ids.contains_key(&name));
            let source = source.with_context(|| format!("no struct is named {name}"))?;
            source.add(&name, self.levels, &mut layouts)?;
        }
        Ok(layouts)
    }

    /// The names of its structs.
    fn names(&self) -> Result<Vec<String>> {
        if self.file == OBJECTS.file {
            return Ok(CHOSEN.map(str::to_owned).to_vec());
        }
        let text = std::fs::read(workspace::root().join(GUIDE))?;
        let guide = Guide::read(&text).map_err(|error| anyhow!("{GUIDE}: line {}", error.line))?;
        let named = guide.entries().filter(|entry| entry.claim.is_of(self.kernel));
        Ok(named.map(|entry| entry.claim.name.clone()).collect())
    }
}

/// A driver's BTF over the kernel's, by name.
struct Names<'a> {
    btf: Btf<'a>,
    /// Structs and unions, and typedefs.
    ids: BTreeMap<String, Vec<u32>>,
}

impl<'a> Names<'a> {
    fn of(btf: Btf<'a>) -> Self {
        let mut ids: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for id in 1..btf.ids_end() {
            let record = btf.get(id);
            let name = btf.name(record.name);
            if (record.kind.has_members() || record.kind == Kind::Typedef) && !name.is_empty() {
                ids.entry(name.to_owned()).or_default().push(id);
            }
        }
        Self { btf, ids }
    }

    /// Adds the struct of that name and those within it.
    fn add(&self, name: &str, levels: u32, layouts: &mut Layouts) -> Result<()> {
        let Some(layout) = self.layout(name)? else { return Ok(()) };
        if layout.name != name {
            layouts.add_typedef(name, &layout.name);
        }
        if levels > 0 {
            for member in &layout.members {
                let inner = struct_name(&member.type_name);
                if !LEFT_OUT.contains(&inner) {
                    self.add(inner, levels - 1, layouts)?;
                }
            }
        }
        layouts.add(layout);
        Ok(())
    }

    /// The layout of that name, if the name is a struct's. A struct that only a typedef names has
    /// that name.
    fn layout(&self, name: &str) -> Result<Option<Layout>> {
        let mut found: Option<Layout> = None;
        for &named in self.ids.get(name).into_iter().flatten() {
            let mut id = named;
            while matches!(self.btf.get(id).kind, Kind::Typedef | Kind::Const | Kind::Volatile) {
                id = self.btf.get(id).size_or_type;
            }
            if !self.btf.get(id).kind.has_members() {
                continue;
            }
            let layout = self.btf.layout(id).map_err(|error| anyhow!("{name}: {error:?}"))?;
            let unnamed = layout.name.is_empty();
            let layout =
                Layout { name: if unnamed { name.to_owned() } else { layout.name }, ..layout };
            match &found {
                Some(other) if *other != layout => bail!("two structs are named {name}"),
                _ => found = Some(layout),
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> impl Iterator<Item = &'static Set> {
        [&OBJECTS].into_iter().chain(&STRUCTS)
    }

    fn committed(set: &Set) -> String {
        std::fs::read_to_string(workspace::root().join(set.file)).expect("a committed file")
    }

    #[test]
    fn the_committed_layouts_are_what_the_command_writes_small_and_read_back_the_same() {
        for set in sets() {
            let (file, text) = (set.file, committed(set));
            assert!(text.len() <= set.bytes_max, "{file}: {} bytes", text.len());
            let made = set.layouts().expect("the layouts");
            assert!(made.write() == text, "{file}: run cargo xtask curate");
            let read = Layouts::read(text.as_bytes()).expect("the committed file");
            assert_eq!(read, made, "{file}");
            let names = set.names().expect("the guide");
            assert!(!names.is_empty() && names.iter().all(|name| read.find(name).is_some()));
        }
    }

    #[test]
    fn a_struct_expanded_from_the_file_is_as_one_expanded_from_btf() {
        let read = Layouts::read(committed(&OBJECTS).as_bytes()).expect("the committed file");
        let unpacked = |object| kernels::unpacked(OBJECTS.kernel, object);
        let bytes = ["vmlinux", "ice"].map(|object| unpacked(object).expect("a committed file"));
        let base = Btf::read(&bytes[0]).expect("BTF");
        let names = Names::of(Btf::read_split(&bytes[1], &base).expect("BTF"));
        for name in ["sk_buff", "napi_struct", "ice_rx_ring", "ice_q_vector", "tcp_sock"] {
            let id = names.ids[name][0];
            let mut full = names.btf.layout_expanded(id, 3).expect("a layout");
            full.holes.sort_by_key(|hole| hole.offset);
            full.bit_holes.sort_by_key(|hole| (hole.offset, hole.bit_offset));
            assert_eq!(read.expanded(name, 3), Some(full), "{name}");
        }
        let sk_buff = read.expanded("sk_buff", 3).expect("a layout");
        let counter = sk_buff.member("users.refs.counter").expect("a member");
        assert_eq!((counter.offset, counter.size), (220, 4));
    }
}
