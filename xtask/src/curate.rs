//! `cargo xtask curate`: writes the layouts that the page shows, out of the kernel's BTF.

use crate::{kernels, workspace};
use anyhow::{Context, Result, anyhow, bail};
use nicscope_core::atlas::{Btf, Kind, Layout, Layouts, struct_name};
use std::collections::BTreeMap;

/// Options of `cargo xtask curate`: none.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// The kernel, as its Debian package is called.
const KERNEL: &str = "linux 6.12.107-1 amd64";
/// Where the layouts are kept.
const FILE: &str = "static/atlas/6.12.layouts";
/// It is fetched when a reader first looks at an object: it may have so many bytes.
const BYTES_MAX: usize = 60_000;
/// How many levels of structs within structs come along: enough for
/// `tcp_sock.inet_conn.icsk_inet.sk.__sk_common.skc_refcnt.refs.counter`.
const LEVELS: u32 = 7;

/// What the object pane shows. A struct stands beside those that it is reached from.
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

/// Writes the file.
pub(crate) fn run(_: Args) -> Result<()> {
    let text = curated()?.write();
    let path = workspace::root().join(FILE);
    std::fs::create_dir_all(path.parent().context("a folder")?)?;
    std::fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{FILE}: {} bytes of {BYTES_MAX}", text.len());
    Ok(())
}

fn curated() -> Result<Layouts> {
    let [vmlinux, ice, igb] = ["vmlinux", "ice", "igb"].map(unpacked);
    let (vmlinux, ice, igb) = (vmlinux?, ice?, igb?);
    let broken = |error| anyhow!("{error:?}");
    let base = Btf::read(&vmlinux).map_err(broken)?;
    let drivers = [&ice, &igb].map(|driver| Btf::read_split(driver, &base).map_err(broken));
    let [ice, igb] = drivers;
    let sources = [Names::of(ice?), Names::of(igb?)];
    let mut layouts = Layouts::new(KERNEL);
    for name in CHOSEN {
        let source = sources.iter().find(|source| source.ids.contains_key(name));
        let source = source.with_context(|| format!("no struct is named {name}"))?;
        source.add(name, LEVELS, &mut layouts)?;
    }
    Ok(layouts)
}

fn unpacked(object: &str) -> Result<Vec<u8>> {
    kernels::unpacked("6.12", object)
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

    fn committed() -> String {
        std::fs::read_to_string(workspace::root().join(FILE)).expect("a committed file")
    }

    #[test]
    fn the_committed_layouts_are_what_the_command_writes() {
        assert!(curated().expect("the layouts").write() == committed(), "run cargo xtask curate");
    }

    #[test]
    fn the_committed_layouts_are_small() {
        let bytes = committed().len();
        assert!(bytes <= BYTES_MAX, "{bytes} bytes");
    }

    #[test]
    fn every_curated_struct_is_read_back_as_the_kernel_has_it() {
        let read = Layouts::read(committed().as_bytes()).expect("the committed file");
        assert_eq!(read, curated().expect("the layouts"));
        assert!(CHOSEN.iter().all(|name| read.find(name).is_some()));
    }

    #[test]
    fn a_struct_expanded_from_the_file_is_as_one_expanded_from_btf() {
        let read = Layouts::read(committed().as_bytes()).expect("the committed file");
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
