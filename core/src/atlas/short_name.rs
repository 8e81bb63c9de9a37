//! What the kernel's own code calls a struct where it has one.

/// Structs, and the name that their variables have nearly everywhere.
const SHORT_NAMES: [(&str, &str); 4] = [
    ("net_device", "dev"),
    ("sk_buff", "skb"),
    ("skb_shared_info", "shinfo"),
    ("softnet_data", "sd"),
];

/// The name that variables of a struct mostly have: who looks for `skb` means `sk_buff`.
#[must_use]
pub fn short_name(name: &str) -> Option<&'static str> {
    SHORT_NAMES.iter().find(|(known, _)| *known == name).map(|(_, short)| *short)
}
