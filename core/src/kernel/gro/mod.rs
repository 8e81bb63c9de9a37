//! Generic receive offload: packets of one flow become one large packet before they go up.
//!
//! Nothing is copied: a merged packet's head becomes a fragment of the first one's.
//! Left out: IPv6, VLAN, tunnels, `frag_list` of sockets that ask for it (`rx-gro-list`), UDP_GRO.

mod complete;
mod inet;
mod merge;
mod receive;
mod tcp;
mod udp;

pub(crate) use complete::{
    InetGroComplete, NapiGroComplete, NapiGroFlush, Tcp4GroComplete, TcpGroComplete,
};
pub(crate) use inet::InetGroReceive;
pub(crate) use merge::SkbGroReceive;
pub(crate) use receive::{DevGroReceive, EthTypeTrans, NapiGroReceive};
pub(crate) use tcp::{Tcp4GroReceive, TcpGroPullHeader, TcpGroReceive};
pub(crate) use udp::{Udp4GroReceive, UdpGroReceive};

use crate::machine::{GRO_HASH_BUCKETS, GroList, Machine};
use crate::units::{NapiId, SkbId};

impl Machine {
    /// The bucket that a packet belongs to.
    fn gro_bucket(&self, skb: SkbId) -> usize {
        self.skbs.objects[skb.index()].hash as usize % GRO_HASH_BUCKETS
    }

    /// The held packets of that bucket.
    fn gro_list(&self, napi: NapiId, skb: SkbId) -> GroList {
        self.napis[napi.index()].gro_hash[self.gro_bucket(skb)]
    }

    /// Takes a held packet out of its bucket.
    fn gro_unhold(&mut self, napi: NapiId, skb: SkbId) {
        let bucket = self.gro_bucket(skb);
        let napi = &mut self.napis[napi.index()];
        napi.gro_hash[bucket].remove(skb);
        if napi.gro_hash[bucket].count == 0 {
            napi.gro_bitmask &= !(1 << bucket);
        }
    }

    /// Holds a packet in its bucket.
    fn gro_hold(&mut self, napi: NapiId, skb: SkbId) {
        let bucket = self.gro_bucket(skb);
        let napi = &mut self.napis[napi.index()];
        napi.gro_hash[bucket].push(skb);
        napi.gro_bitmask |= 1 << bucket;
    }
}
