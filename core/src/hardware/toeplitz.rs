//! The Toeplitz hash by which RSS spreads flows over queues.

use crate::machine::TrafficFlow;

/// The key that Microsoft published with verification vectors. Linux makes a random one at boot
/// (`netdev_rss_key_fill`); the model takes this one so that a run can be repeated.
pub const KEY: [u8; 40] = [
    0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0,
    0xd0, 0xca, 0x2b, 0xcb, 0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30, 0xf2, 0x0c,
    0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
];

/// The hash of `input` under [`KEY`].
#[must_use]
pub fn hash(input: &[u8]) -> u32 {
    let mut result = 0;
    // The 32 key bits that stand over the current input bit.
    let mut window = u32::from_be_bytes([KEY[0], KEY[1], KEY[2], KEY[3]]);
    for (index, &byte) in input.iter().enumerate() {
        let next_key_byte = KEY[(index + 4) % KEY.len()];
        for bit in (0..8).rev() {
            if byte >> bit & 1 == 1 {
                result ^= window;
            }
            window = window << 1 | u32::from(next_key_byte >> bit & 1);
        }
    }
    result
}

/// The hash of a flow's addresses and ports.
#[must_use]
pub fn hash_of_flow(flow: &TrafficFlow) -> u32 {
    let mut input = [0; 12];
    input[..4].copy_from_slice(&flow.source);
    input[4..8].copy_from_slice(&flow.destination);
    input[8..10].copy_from_slice(&flow.source_port.to_be_bytes());
    input[10..].copy_from_slice(&flow.destination_port.to_be_bytes());
    hash(&input)
}

#[cfg(test)]
mod tests {
    use super::{hash, hash_of_flow};
    use crate::machine::TrafficFlow;

    /// The verification suite of Microsoft's "Verifying the RSS Hash Calculation", IPv4.
    #[test]
    fn the_published_ipv4_vectors_come_out() {
        let vectors = [
            ([66, 9, 149, 187], 2794, [161, 142, 100, 80], 1766, 0x51cc_c178, 0x323e_8fc2),
            ([199, 92, 111, 2], 14230, [65, 69, 140, 83], 4739, 0xc626_b0ea, 0xd718_262a),
            ([24, 19, 198, 95], 12898, [12, 22, 207, 184], 38024, 0x5c2b_394a, 0xd2d0_a5de),
            ([38, 27, 205, 30], 48228, [209, 142, 163, 6], 2217, 0xafc7_327f, 0x8298_9176),
            ([153, 39, 163, 191], 44251, [202, 188, 127, 2], 1303, 0x10e8_28a2, 0x5d18_09c5),
        ];
        for (source, source_port, destination, destination_port, with_ports, addresses) in vectors {
            let flow =
                TrafficFlow { source, destination, source_port, destination_port, protocol: 6 };
            assert_eq!(hash_of_flow(&flow), with_ports);
            let mut input = [0; 8];
            input[..4].copy_from_slice(&source);
            input[4..].copy_from_slice(&destination);
            assert_eq!(hash(&input), addresses);
        }
    }
}
