//! Register writes on their way to the card: the CPU posts them and goes on; they act when they
//! arrive.

use super::moderation::{consider, trigger};
use super::rx_queue::RxQueueReceive;
use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Run};
use crate::units::{PacketId, RingId, VectorId};

routine! {
    /// A write to a tail register arrives.
    TailWrite { queue: RingId, value: u32 } lines TailWriteLine;
    Outside "tail_register" "" : 0;
    Arrive 0 "queue.tail = value; wake the engine" Nic Takes Tail Free writes["QRX_TAIL"];
}

impl Run for TailWrite {
    fn run<S: Sink>(&mut self, _: TailWriteLine, act: &mut Act<'_, S>) -> Flow<TailWriteLine> {
        act.m.nic.counters.doorbells += 1;
        let queue = &mut act.m.nic.queues[self.queue.index()];
        queue.tail = u16::try_from(self.value).expect("a slot number");
        act.did(self.value, PacketId::NONE);
        let queue = &mut act.m.nic.queues[self.queue.index()];
        let supplied = queue.enabled && queue.fetch != queue.tail;
        if supplied {
            queue.starved = false;
            if let (false, Some(&packet)) = (queue.busy, queue.fifo.front()) {
                queue.busy = true;
                act.start(RxQueueReceive { queue: self.queue, packet }, 0);
            }
        }
        Flow::Return(0)
    }
}

routine! {
    /// A write that arms a vector arrives: `GLINT_DYN_CTL` (`ice`) or `EIMS` (`igb`). With
    /// `software` (SWINT_TRIG) it also asks for an interrupt.
    ArmVector { vector: VectorId, software: u32 } lines ArmVectorLine;
    Outside "interrupt_enable" "" : 0;
    Arrive 0 "vector.armed = 1; fire if a cause waits" Nic Arms Vector Free
        writes["GLINT_DYN_CTL.INTENA"];
}

impl Run for ArmVector {
    fn run<S: Sink>(&mut self, _: ArmVectorLine, act: &mut Act<'_, S>) -> Flow<ArmVectorLine> {
        act.m.nic.vectors[self.vector.index()].armed = true;
        act.did(self.vector.0, PacketId::NONE);
        if self.software != 0 {
            trigger(act, self.vector);
        }
        consider(act, self.vector);
        Flow::Return(0)
    }
}
