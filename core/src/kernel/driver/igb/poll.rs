//! Intel `igb` (82576), receive vector: handler, poll, re-arm.
//!
//! Left out: transmit, DCA, adaptive moderation (`igb_update_ring_itr`).

use super::clean::IgbCleanRxIrq;
use crate::fact::{Cost, Sink, routine};
use crate::hardware::register::ArmVector;
use crate::kernel::napi::{NapiCompleteDone, NapiSchedule, NapiSchedulePrep};
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{NapiId, PacketId, VectorId};

routine! {
    /// The interrupt handler: writes a new moderation value if there is one, schedules NAPI.
    IgbMsixRing { vector: VectorId } lines MsixLine;
    Visible "igb_msix_ring" "drivers/net/ethernet/intel/igb/igb_main.c" : 7068;
    TestItr 7053 "igb_write_itr(): if !q_vector->set_itr: nothing to write" Driver Tests Vector Cpu
        reads["igb_q_vector.set_itr"];
    WriteItr 7064 "writel(itr_val | CNT_IGNR, EITR); set_itr = 0" Driver Writes Register MmioWrite
        reads["igb_q_vector.itr_val", "igb_q_vector.itr_register"]
        writes["EITR", "igb_q_vector.set_itr"];
    Prepare 521 in "include/linux/netdevice.h" "if napi_schedule_prep(napi)" Driver Calls Napi Cpu;
    Schedule 522 in "include/linux/netdevice.h" "then __napi_schedule(napi)" Driver Tests Napi Cpu;
}

impl Run for IgbMsixRing {
    fn run<S: Sink>(&mut self, line: MsixLine, act: &mut Act<'_, S>) -> Flow<MsixLine> {
        let napi = act.m.irqs[self.vector.index()].napi;
        let vector = &mut act.m.nic.vectors[self.vector.index()];
        match line {
            MsixLine::TestItr => {
                let new_value = vector.set_itr;
                act.did(self.vector.0, PacketId::NONE);
                Flow::Next(if new_value { MsixLine::WriteItr } else { MsixLine::Prepare })
            }
            MsixLine::WriteItr => {
                vector.set_itr = false;
                act.did(self.vector.0, PacketId::NONE);
                Flow::Next(MsixLine::Prepare)
            }
            MsixLine::Prepare => {
                act.did(napi.0, PacketId::NONE);
                Flow::Call(CallFrame::of(NapiSchedulePrep { napi }), MsixLine::Schedule)
            }
            MsixLine::Schedule => {
                act.did(napi.0, PacketId::NONE);
                if act.result() == 0 {
                    return Flow::Return(1);
                }
                Flow::CallLast(CallFrame::of(NapiSchedule { napi }))
            }
        }
    }
}

routine! {
    /// The poll: cleans the vector's receive ring within the budget.
    IgbPoll { napi: NapiId, work: u32 } lines IgbPollLine;
    Visible "igb_poll" "drivers/net/ethernet/intel/igb/igb_main.c" : 8193;
    Clean 8209 "cleaned = igb_clean_rx_irq(q_vector, budget)" Driver Calls Ring Cpu
        reads["igb_q_vector.rx"];
    Decide 8212 "if cleaned >= budget: clean_complete = false" Driver Tests Budget Cpu;
    Keep 8218 "return budget: poll me again" Driver Returns Budget Cpu;
    Complete 8223 "if napi_complete_done(napi, work_done)" Driver Calls Napi Cpu;
    Rearm 8224 "then igb_ring_irq_enable(q_vector)" Driver Tests Vector Cpu;
    Return 8226 "return work_done" Driver Returns Budget Cpu;
}

impl Run for IgbPoll {
    fn run<S: Sink>(&mut self, line: IgbPollLine, act: &mut Act<'_, S>) -> Flow<IgbPollLine> {
        use IgbPollLine as L;
        let napi = &act.m.napis[self.napi.index()];
        let weight = u32::from(napi.weight);
        let (ring, vector) = (napi.rings[0], napi.vector);
        match line {
            L::Clean => {
                act.did(ring.0, PacketId::NONE);
                let record = &act.m.rings[ring.index()];
                let cleaned = u32::from(record.unused(record.next_to_clean));
                let clean = IgbCleanRxIrq { ring, packets: 0, cleaned };
                Flow::Call(CallFrame::of(clean), L::Decide)
            }
            L::Decide => {
                self.work = act.result();
                act.did(self.work, PacketId::NONE);
                Flow::Next(if self.work >= weight { L::Keep } else { L::Complete })
            }
            L::Keep => {
                act.did(weight, PacketId::NONE);
                Flow::Return(weight)
            }
            L::Complete => {
                act.did(self.napi.0, PacketId::NONE);
                Flow::Call(NapiCompleteDone::frame(self.napi, self.work), L::Rearm)
            }
            L::Rearm => {
                act.did(vector.0, PacketId::NONE);
                if act.result() == 0 {
                    return Flow::Next(L::Return);
                }
                Flow::Call(CallFrame::of(IgbRingIrqEnable { vector }), L::Return)
            }
            L::Return => {
                act.did(self.work, PacketId::NONE);
                Flow::Return(self.work)
            }
        }
    }
}

routine! {
    /// Re-arms the vector.
    IgbRingIrqEnable { vector: VectorId } lines EnableLine;
    Inlined "igb_ring_irq_enable" "drivers/net/ethernet/intel/igb/igb_main.c" : 8167;
    Write 8182 "wr32(EIMS, q_vector->eims_value)" Driver Writes Register MmioWrite
        reads["igb_q_vector.eims_value"] writes["EIMS"];
}

impl Run for IgbRingIrqEnable {
    fn run<S: Sink>(&mut self, _: EnableLine, act: &mut Act<'_, S>) -> Flow<EnableLine> {
        act.did(self.vector.0, PacketId::NONE);
        let arrives_ns = act.m.settings.costs.ns(Cost::Message);
        act.start(ArmVector { vector: self.vector, software: 0 }, arrives_ns);
        Flow::Return(0)
    }
}
