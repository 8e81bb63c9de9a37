//! Interrupt moderation: when a vector with a cause may fire.
//!
//! A vector fires at `max(cause, last fire + ITR, last fire + INTRL)`, and only while it is armed.
//! Firing disarms it (auto-mask): `ice` keeps `GLINT_CTL.DIS_AUTOMASK` 0; `igb` sets `EIAC` and
//! `EIAM`. A cause that waits when the vector is armed again fires then. From `kernel-path` 2.8
//! and 20.3 G2; how the card counts is an assumption.
//! Left out: adaptive moderation (DIM, `igb_update_ring_itr`): the interval stays as set.

use super::interrupt_controller::LapicAccept;
use crate::fact::{Cost, Sink, routine};
use crate::machine::{Act, Flow, Run};
use crate::units::{PacketId, VectorId};

routine! {
    /// Waits until the vector may fire, then fires it.
    Moderate { vector: VectorId } lines ModerateLine;
    Outside "moderation" "" : 0;
    Expire 0 "if not armed: leave the cause pending" Nic Tests Vector NicStage
        reads["GLINT_DYN_CTL.INTENA", "GLINT_ITR"];
    Fire 0 "cause = 0; INTENA = 0; write MSI-X message" Nic Fires Vector DmaWrite
        reads["msi_msg.address_lo", "msi_msg.data"] writes["GLINT_DYN_CTL.INTENA"];
}

impl Run for Moderate {
    fn run<S: Sink>(&mut self, line: ModerateLine, act: &mut Act<'_, S>) -> Flow<ModerateLine> {
        act.did(self.vector.0, PacketId::NONE);
        let at = act.at;
        let message_ns = act.m.settings.costs.ns(Cost::Message);
        let vector = &mut act.m.nic.vectors[self.vector.index()];
        match line {
            ModerateLine::Expire => {
                // Until it fires nothing else makes it fire: a cause that comes now is told of too.
                vector.timer = vector.armed && vector.cause;
                if vector.timer { Flow::Next(ModerateLine::Fire) } else { Flow::Return(0) }
            }
            ModerateLine::Fire => {
                vector.timer = false;
                vector.cause = false;
                vector.armed = false;
                // The message tells of every cause of the vector.
                vector.software_due = None;
                vector.fired_at = Some(at);
                vector.fired += 1;
                act.m.nic.counters.dma_writes += 1;
                act.start(LapicAccept { vector: self.vector }, message_ns);
                Flow::Return(0)
            }
        }
    }
}

/// From one software interrupt to the next: `ICE_ITR_20K`, in ns.
const SOFTWARE_ITR_NS: u64 = 50_000;

routine! {
    /// The software-triggered interrupt's moderation (ITR index 2) ends.
    SoftwareInterrupt { vector: VectorId } lines SoftwareLine;
    Outside "software_interrupt" "" : 0;
    Expire 0 "if SWINT_TRIG still waits: vector.cause = 1" Nic Raises Vector NicStage
        reads["GLINT_DYN_CTL.SWINT_TRIG"];
}

impl Run for SoftwareInterrupt {
    fn run<S: Sink>(&mut self, _: SoftwareLine, act: &mut Act<'_, S>) -> Flow<SoftwareLine> {
        act.did(self.vector.0, PacketId::NONE);
        let vector = &mut act.m.nic.vectors[self.vector.index()];
        if vector.software_due == Some(act.at) {
            vector.software_due = None;
            raise_cause(act, self.vector);
        }
        Flow::Return(0)
    }
}

/// Software asks for an interrupt of `number`: it comes when ITR index 2 allows, unless the vector
/// fires before for another cause.
pub(super) fn trigger<S: Sink>(act: &mut Act<'_, S>, number: VectorId) {
    let at = act.at;
    let vector = &mut act.m.nic.vectors[number.index()];
    let due = vector.fired_at.map_or(at, |fired_at| at.max(fired_at + SOFTWARE_ITR_NS));
    vector.software_due = Some(due);
    act.start(SoftwareInterrupt { vector: number }, due - at);
}

/// A cause for `vector` arose.
pub(super) fn raise_cause<S: Sink>(act: &mut Act<'_, S>, vector: VectorId) {
    act.m.nic.vectors[vector.index()].cause = true;
    consider(act, vector);
}

/// Starts the moderation timer if the vector is armed and has a cause.
pub(super) fn consider<S: Sink>(act: &mut Act<'_, S>, number: VectorId) {
    let at = act.at;
    let vector = &mut act.m.nic.vectors[number.index()];
    if vector.timer || !vector.armed || !vector.cause {
        return;
    }
    vector.timer = true;
    let least_ns = u64::from(vector.itr_ns.max(vector.intrl_ns));
    let fire_at = vector.fired_at.map_or(at, |fired_at| at.max(fired_at + least_ns));
    act.start(Moderate { vector: number }, fire_at - at);
}
