//! The local APIC: takes the card's message and holds the vector until the CPU takes interrupts.
//!
//! From `kernel-path` 2.9 and 2.10. Left out: priorities between vectors, interrupt remapping.

use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Run};
use crate::units::{NapiId, PacketId, VectorId};

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

routine! {
    /// The local APIC's timer ends: it was set for the NAPI's `hrtimer`.
    ApicTimer { napi: NapiId } lines ApicTimerLine;
    Outside "lapic_timer" "" : 0;
    Expire 0 "irr[LOCAL_TIMER_VECTOR] = 1" Lapic Raises Napi Free;
}

impl Run for ApicTimer {
    fn run<S: Sink>(&mut self, _: ApicTimerLine, act: &mut Act<'_, S>) -> Flow<ApicTimerLine> {
        act.did(self.napi.0, PacketId::NONE);
        // A timer that was started again meanwhile is due later.
        let napi = &mut act.m.napis[self.napi.index()];
        if napi.timer_due == Some(act.at) {
            napi.timer_due = None;
            let at = act.at;
            let cpu = act.cpu();
            cpu.timer_requested.push_back(self.napi);
            cpu.cut_work_short(at);
        }
        Flow::Return(0)
    }
}
