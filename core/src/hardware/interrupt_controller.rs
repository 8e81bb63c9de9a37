//! The local APIC: takes the card's message and holds the vector until the CPU takes interrupts.
//!
//! From `kernel-path` 2.9 and 2.10. Left out: priorities between vectors, interrupt remapping.

use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Run};
use crate::units::{PacketId, VectorId};

routine! {
    /// Accepts a message for its CPU.
    LapicAccept { vector: VectorId } lines LapicLine;
    Outside "lapic" "" : 0;
    Accept 0 "irr[vector] = 1" Lapic Raises Vector Free;
}

impl Run for LapicAccept {
    fn run<S: Sink>(&mut self, _: LapicLine, act: &mut Act<'_, S>) -> Flow<LapicLine> {
        let cpu = act.m.nic.vectors[self.vector.index()].cpu;
        let cpu = &mut act.m.cpus[cpu.index()];
        if !cpu.requested.contains(&self.vector) {
            cpu.requested.push_back(self.vector);
        }
        cpu.cut_work_short(act.at);
        act.did(self.vector.0, PacketId::NONE);
        Flow::Return(0)
    }
}
