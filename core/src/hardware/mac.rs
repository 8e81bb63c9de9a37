//! The card's front: MAC checks, parser, RSS, on-chip packet buffer.
//!
//! From `kernel-path` 2.1 to 2.3: ordinary NIC behaviour that the driver's source cannot prove.
//! Left out: VLAN and MAC filters of the switch, Flow Director, pause frames, and that `igb` hashes
//! UDP by addresses alone until `ethtool -N DEV rx-flow-hash udp4 sdfn` adds the ports.

use super::rx_queue::RxQueueReceive;
use crate::fact::{Sink, routine};
use crate::machine::{Act, DropReason, Fault, Flow, PACKET_BUFFER_BYTES, Run, WireFrame};
use crate::units::PacketId;

/// The shortest frame without its FCS (`ETH_ZLEN`) that the card takes from the wire.
///
/// Captures are taken above the driver, where padding may be gone, so only runts that could never
/// have been padded Ethernet (shorter than a header) are refused.
const SHORTEST: u32 = 14;

routine! {
    /// Takes one frame from the wire into the on-chip buffer.
    MacReceive { packet: PacketId } lines MacLine;
    Outside "mac_receive" "" : 0;
    CheckFrame 0 "if bad_fcs or bad_length: count, drop" Nic Tests Frame NicStage;
    Classify 0 "hash = toeplitz(tuple); queue = lut[hash]" Nic Looks Frame NicStage;
    Store 0 "if fifo.full: count, drop; fifo.push(frame)" Nic Writes Frame NicStage;
    DropFrame 0 "drop(frame)" Nic Drops Reason Free;
}

impl Run for MacReceive {
    fn run<S: Sink>(&mut self, line: MacLine, act: &mut Act<'_, S>) -> Flow<MacLine> {
        let frame = act.traffic.frames[self.packet.index()];
        match line {
            MacLine::CheckFrame => {
                act.did(self.packet.0, self.packet);
                if self.refusal(act, &frame).is_some() {
                    return Flow::Next(MacLine::DropFrame);
                }
                Flow::Next(MacLine::Classify)
            }
            MacLine::Classify => {
                act.did(self.packet.0, self.packet);
                Flow::Next(MacLine::Store)
            }
            MacLine::Store => {
                act.did(self.packet.0, self.packet);
                if act.m.nic.fifo_bytes + frame.length > PACKET_BUFFER_BYTES {
                    return Flow::Next(MacLine::DropFrame);
                }
                act.m.nic.fifo_bytes += frame.length;
                let number = act.m.nic.queue_of(frame.rss_hash);
                let queue = &mut act.m.nic.queues[number.index()];
                queue.fifo.push_back(self.packet);
                if queue.enabled && !queue.busy && !queue.starved {
                    queue.busy = true;
                    act.start(RxQueueReceive { queue: number, packet: self.packet }, 0);
                }
                Flow::Return(0)
            }
            MacLine::DropFrame => {
                let reason = self.refusal(act, &frame).unwrap_or_else(|| {
                    let queue = act.m.nic.queue_of(frame.rss_hash);
                    if act.m.nic.queues[queue.index()].starved {
                        act.m.nic.counters.no_descriptor += 1;
                        DropReason::NoDescriptor
                    } else {
                        act.m.nic.counters.buffer_full += 1;
                        DropReason::PacketBufferFull
                    }
                });
                match reason {
                    DropReason::CrcError => act.m.nic.counters.crc_errors += 1,
                    DropReason::Undersize => act.m.nic.counters.undersize += 1,
                    DropReason::Oversize => act.m.nic.counters.oversize += 1,
                    _ => {}
                }
                act.m.drops.count(reason);
                act.did(reason as u32, self.packet);
                Flow::Return(0)
            }
        }
    }
}

impl MacReceive {
    /// Why the MAC refuses the frame, if it does.
    fn refusal<S: Sink>(self, act: &Act<'_, S>, frame: &WireFrame) -> Option<DropReason> {
        if frame.fault == Fault::Crc {
            Some(DropReason::CrcError)
        } else if frame.length < SHORTEST {
            Some(DropReason::Undersize)
        } else if frame.length > act.m.settings.longest_frame() {
            Some(DropReason::Oversize)
        } else {
            None
        }
    }
}
