//! The guide through the structs on the way of a packet: which there are, of which kernels, and where the
//! source says what our words say of them.
//!
//! The file is text, its parts divided by tabs. The words themselves are messages with the names of these:
//! `sk_buff`, `sk_buff-len`, `ice_vsi-back-hw` (see [`message_id`]).
//!
//! ```text
//! guide 1
//! group   <name>
//! struct  <name>  <kernels, divided by commas>  <file:line>
//!         <path of a member>  <kernels>  <file:line>
//! lead    <struct>.<path of a member>  <struct>  <file:line>
//! ```
//!
//! A lead says where a member takes one whose type does not say it: a list, a `void *`, bytes that others use.
//! A kernel that lacks the member lacks the lead.

use super::lines::lines;

/// The first line of the file, with its version.
const MAGIC: &str = "guide 1";
/// The kernel whose source is meant where a claim is for it too; else it is the first that is claimed.
const PINNED: &str = "6.12";

/// A line of the file that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuideError {
    /// Its number, from 1.
    pub line: u32,
}

/// The structs, in the order of the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// Names differ, those of structs too.
    pub groups: Vec<Group>,
    /// Where members lead; a member may lead to several structs.
    pub leads: Vec<Lead>,
}

/// Where a member leads though its type does not say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The member's struct.
    pub owner: String,
    /// Its path.
    pub path: String,
    /// The struct that is found there.
    pub to: String,
    /// Where Linux 6.12.107 says so, as `file:line`.
    pub source: String,
}

/// Structs that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name in messages.
    pub name: String,
    /// Its structs.
    pub structs: Vec<Entry>,
}

/// A struct of which we say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is said of the struct itself.
    pub claim: Claim,
    /// Members of which something is said.
    pub members: Vec<Claim>,
}

/// For which kernels words are meant, and where their source is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The name of a struct, or a path of members.
    pub name: String,
    /// Short names of kernels; at least one.
    pub kernels: Vec<String>,
    /// A file of the kernel's source, and its line, as `file:line`.
    pub source: String,
}

impl Claim {
    /// Whether the words are meant for that kernel.
    #[must_use]
    pub fn is_of(&self, kernel: &str) -> bool {
        self.kernels.iter().any(|claimed| claimed == kernel)
    }

    /// The kernel whose source is meant.
    #[must_use]
    pub fn source_kernel(&self) -> &str {
        let first = self.kernels.first().map_or(PINNED, String::as_str);
        if self.is_of(PINNED) { PINNED } else { first }
    }

    fn read(name: &str, kernels: &str, source: &str) -> Option<Self> {
        let (file, line) = source.rsplit_once(':')?;
        let known = !name.is_empty() && !file.is_empty() && line.parse::<u32>().is_ok();
        let kernels: Vec<String> = kernels.split(',').map(str::to_owned).collect();
        let [name, source] = [name, source].map(str::to_owned);
        (known && kernels.iter().all(|kernel| !kernel.is_empty())).then_some(Self {
            name,
            kernels,
            source,
        })
    }
}

/// The id of the message that speaks of a struct, or of its member at a path.
#[must_use]
pub fn message_id(name: &str, path: Option<&str>) -> String {
    match path {
        Some(path) => [name, "-", &path.replace('.', "-")].concat(),
        None => name.to_owned(),
    }
}

impl Guide {
    /// Reads the file.
    ///
    /// # Errors
    /// The first line that is not of its form.
    pub fn read(bytes: &[u8]) -> Result<Self, GuideError> {
        let mut guide = Self::default();
        let read =
            lines(
                bytes,
                |line, first| {
                    if first { (line == MAGIC).then_some(()) } else { guide.line(line) }
                },
            );
        read.map_err(|line| GuideError { line })?;
        Ok(guide)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let parts: Vec<&str> = line.split('\t').collect();
        match *parts {
            ["group", name] => {
                if self.groups.iter().any(|group| group.name == name) {
                    return None;
                }
                self.groups.push(Group { name: name.to_owned(), structs: Vec::new() });
            }
            ["struct", name, kernels, source] => {
                if self.find(name).is_some() {
                    return None;
                }
                let claim = Claim::read(name, kernels, source)?;
                self.groups.last_mut()?.structs.push(Entry { claim, members: Vec::new() });
            }
            ["lead", member, to, source] => {
                let (owner, path) = member.split_once('.')?;
                let claim = Claim::read(to, PINNED, source)?;
                let twice = self.leads_of(owner, path).any(|lead| lead.to == to);
                if twice || owner.is_empty() || path.is_empty() {
                    return None;
                }
                let [owner, path] = [owner, path].map(str::to_owned);
                self.leads.push(Lead { owner, path, to: claim.name, source: claim.source });
            }
            ["", path, kernels, source] => {
                let members = &mut self.groups.last_mut()?.structs.last_mut()?.members;
                if members.iter().any(|member| member.name == path) {
                    return None;
                }
                members.push(Claim::read(path, kernels, source)?);
            }
            _ => return None,
        }
        Some(())
    }

    /// All structs.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.groups.iter().flat_map(|group| &group.structs)
    }

    /// Where a member leads though its type does not say it.
    pub fn leads_of(&self, owner: &str, path: &str) -> impl Iterator<Item = &Lead> {
        self.leads.iter().filter(move |lead| lead.owner == owner && lead.path == path)
    }

    /// The struct of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries().find(|entry| entry.claim.name == name)
    }
}

impl Entry {
    /// What is said of the member at a path.
    #[must_use]
    pub fn member(&self, path: &str) -> Option<&Claim> {
        self.members.iter().find(|member| member.name == path)
    }
}

#[cfg(test)]
mod tests {
    use super::{Guide, message_id};

    const TEXT: &str = "guide 1\n\
        group\tpacket\n\
        struct\tsk_buff\t6.1,6.12\tinclude/linux/skbuff.h:885\n\
        \tlen\t6.1,6.12\tinclude/linux/skbuff.h:917\n\
        \tusers.refs\t6.1\tinclude/linux/skbuff.h:1080\n\
        group\tnapi\n\
        struct\tgro_node\t7.2\tinclude/net/gro.h:10\n\
        lead\tsk_buff.cb\tnapi_gro_cb\tinclude/net/gro.h:103\n\
        lead\tsk_buff.cb\ttcp_skb_cb\tinclude/net/tcp.h:980\n";

    fn wrong_line(text: &str) -> Option<u32> {
        Guide::read(text.as_bytes()).err().map(|error| error.line)
    }

    #[test]
    fn structs_stand_in_groups_and_members_below_their_struct() {
        let guide = Guide::read(TEXT.as_bytes()).expect("a guide");
        let names: Vec<_> = guide.entries().map(|entry| entry.claim.name.as_str()).collect();
        assert_eq!(names, ["sk_buff", "gro_node"]);
        let skb = guide.find("sk_buff").expect("a struct");
        let users = skb.member("users.refs").expect("a member");
        assert_eq!((users.is_of("6.12"), users.source_kernel()), (false, "6.1"));
        assert_eq!(skb.member("len").expect("a member").source_kernel(), "6.12");
        assert_eq!(guide.find("gro_node").expect("a struct").claim.source_kernel(), "7.2");
        let leads: Vec<_> = guide.leads_of("sk_buff", "cb").map(|lead| lead.to.as_str()).collect();
        assert_eq!(leads, ["napi_gro_cb", "tcp_skb_cb"]);
        assert_eq!(message_id("sk_buff", Some("users.refs")), "sk_buff-users-refs");
    }

    #[test]
    fn a_line_that_is_not_of_the_form_is_named() {
        let with = |from: &str, to: &str| wrong_line(&TEXT.replacen(from, to, 1));
        assert_eq!(wrong_line(TEXT), None);
        assert_eq!(wrong_line(""), Some(1));
        assert_eq!(with("guide 1", "guide 2"), Some(1));
        assert_eq!(with("group\tpacket\n", ""), Some(2), "a struct in no group");
        assert_eq!(with("6.1,6.12", "6.1,"), Some(3));
        assert_eq!(with(":885", ""), Some(3));
        assert_eq!(with("\tlen", "\tusers.refs"), Some(5), "twice");
        assert_eq!(with("\tnapi", "\tpacket"), Some(6), "twice");
        assert_eq!(with("gro_node", "sk_buff"), Some(7), "twice");
        assert_eq!(with("tcp_skb_cb", "napi_gro_cb"), Some(9), "twice");
        assert_eq!(with("lead\tsk_buff.cb", "lead\tsk_buff"), Some(8), "no member");
    }
}
