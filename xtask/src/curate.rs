//! `cargo xtask curate`: writes the layouts that the page has at hand, out of the kernels' BTF.
//!
//! One file is for the object pane of a walk: it comes early and must be small. The others, one a kernel, are
//! for the page of structs, which has the rest of a kernel fetched when it is asked for.

use crate::{kernels, workspace};
use anyhow::{Context, Result, anyhow, ensure};
use nicscope_core::atlas::{Guide, Layouts, WholeKernel, struct_name};

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
        let whole = whole(self.kernel)?;
        let kernel = kernels::listed(self.kernel)?;
        let title = format!("linux {} {}", kernel.version, kernel.architecture);
        let mut layouts = Layouts::new(&title);
        for name in self.names()? {
            ensure!(whole.has(&name), "no struct is named {name}");
            add(&whole, &name, self.levels, &mut layouts)?;
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

/// A kernel with the two drivers.
fn whole(kernel: &str) -> Result<WholeKernel> {
    let file = |object: &str| Ok((object.to_owned(), kernels::unpacked(kernel, object)?));
    let files = ["vmlinux", "ice", "igb"].map(file).into_iter().collect::<Result<_>>()?;
    WholeKernel::read(files).map_err(|error| anyhow!("{error:?}"))
}

/// Adds the struct of that name and those within it.
fn add(kernel: &WholeKernel, name: &str, levels: u32, layouts: &mut Layouts) -> Result<()> {
    let Some(layout) = kernel.layout(name) else { return Ok(()) };
    ensure!(!kernel.has(&format!("{}~2", layout.name)), "two structs are named {name}");
    if layout.name != name {
        layouts.add_typedef(name, &layout.name);
    }
    if levels > 0 {
        for member in &layout.members {
            let inner = struct_name(&member.type_name);
            if !LEFT_OUT.contains(&inner) {
                add(kernel, inner, levels - 1, layouts)?;
            }
        }
    }
    layouts.add(layout);
    Ok(())
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
        let kernel = whole(OBJECTS.kernel).expect("a kernel");
        for name in ["sk_buff", "napi_struct", "ice_rx_ring", "ice_q_vector", "tcp_sock"] {
            assert_eq!(read.expanded(name, 3), kernel.expanded(name, 3), "{name}");
        }
        let sk_buff = read.expanded("sk_buff", 3).expect("a layout");
        let counter = sk_buff.member("users.refs.counter").expect("a member");
        assert_eq!((counter.offset, counter.size), (220, 4));
    }
}
