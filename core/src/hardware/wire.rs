//! The wire: delivers the workload's frames to the card, each at its moment.
//!
//! Left out: the sender, and pause frames; the wire never waits for the card.

use super::mac::MacReceive;
use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Run};
use crate::units::PacketId;

routine! {
    /// Delivers the next frame; asks for itself again when the one after it is due.
    WireDeliver { } lines WireLine;
    Outside "wire" "" : 0;
    Deliver 0 "mac.receive(frame)" Wire Delivers Frame Free;
}

impl Run for WireDeliver {
    fn run<S: Sink>(&mut self, _: WireLine, act: &mut Act<'_, S>) -> Flow<WireLine> {
        let packet = PacketId(act.m.arrived);
        act.m.arrived += 1;
        act.m.nic.counters.received += 1;
        act.did(packet.0, packet);
        let frames = &act.traffic.frames;
        if let Some(next) = frames.get(packet.index() + 1) {
            let gap_ns = next.at_ns - frames[packet.index()].at_ns;
            act.start(WireDeliver {}, gap_ns);
        }
        act.start(MacReceive { packet }, 0);
        Flow::Return(0)
    }
}
