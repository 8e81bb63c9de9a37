//! Intel `ice` (E810), one queue's vector: handler, poll, re-arm.
//!
//! Left out: transmit, adaptive moderation (`ice_net_dim`), WB_ON_ITR, the software interrupt at
//! the end of a busy poll.

use super::clean::IceCleanRxIrq;
use crate::fact::{Cost, Sink, routine};
use crate::hardware::register::ArmVector;
use crate::kernel::napi::{NapiCompleteDone, NapiSchedule, NapiSchedulePrep};
use crate::machine::{Act, CallFrame, Flow, Run};
use crate::units::{NapiId, PacketId, VectorId};

routine! {
    /// The interrupt handler: touches no ring and no register.
    IceMsixCleanRings { vector: VectorId } lines MsixLine;
    Visible "ice_msix_clean_rings" "drivers/net/ethernet/intel/ice/ice_lib.c" : 499;
    Count 506 "q_vector->total_events++" Driver Counts Vector Cpu
        writes["ice_q_vector.total_events"];
    Prepare 521 in "include/linux/netdevice.h" "if napi_schedule_prep(napi)" Driver Calls Napi Cpu;
    Schedule 522 in "include/linux/netdevice.h" "then __napi_schedule(napi)" Driver Tests Napi Cpu;
}

impl Run for IceMsixCleanRings {
    fn run<S: Sink>(&mut self, line: MsixLine, act: &mut Act<'_, S>) -> Flow<MsixLine> {
        let napi = act.m.irqs[self.vector.index()].napi;
        match line {
            MsixLine::Count => {
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
    /// The poll: cleans the vector's receive rings within the budget.
    IceNapiPoll { napi: NapiId, work: u32 } lines IcePollLine;
    Visible "ice_napi_poll" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 1515;
    Clean 1568 "cleaned = ice_clean_rx_irq(rx_ring, budget)" Driver Calls Ring Cpu
        reads["ice_q_vector.rx"];
    Decide 1571 "if cleaned >= budget: clean_complete = false" Driver Tests Budget Cpu;
    Keep 1581 "return budget: poll me again" Driver Returns Budget Cpu;
    Complete 1587 "if napi_complete_done(napi, work_done)" Driver Calls Napi Cpu;
    Rearm 1589 "then ice_enable_interrupt(q_vector)" Driver Tests Vector Cpu;
    Return 1594 "return min(work_done, budget - 1)" Driver Returns Budget Cpu;
}

impl Run for IceNapiPoll {
    fn run<S: Sink>(&mut self, line: IcePollLine, act: &mut Act<'_, S>) -> Flow<IcePollLine> {
        use IcePollLine as L;
        let napi = &act.m.napis[self.napi.index()];
        let weight = u32::from(napi.weight);
        let (ring, vector) = (napi.rings[0], napi.vector);
        match line {
            L::Clean => {
                act.did(ring.0, PacketId::NONE);
                let ntc = u32::from(act.m.rings[ring.index()].next_to_clean);
                let clean = IceCleanRxIrq { ring, packets: 0, ntc, failed: 0 };
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
                Flow::Call(CallFrame::of(NapiCompleteDone { napi: self.napi }), L::Rearm)
            }
            L::Rearm => {
                act.did(vector.0, PacketId::NONE);
                if act.result() == 0 {
                    return Flow::Next(L::Return);
                }
                Flow::Call(CallFrame::of(IceEnableInterrupt { vector }), L::Return)
            }
            L::Return => {
                let returned = self.work.min(weight - 1);
                act.did(returned, PacketId::NONE);
                Flow::Return(returned)
            }
        }
    }
}

routine! {
    /// Re-arms the vector.
    IceEnableInterrupt { vector: VectorId } lines EnableLine;
    Inlined "ice_enable_interrupt" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 1439;
    Write 1469 "wr32(GLINT_DYN_CTL, INTENA | CLEARPBA | ITR_NONE)" Driver Writes Register MmioWrite
        reads["ice_q_vector.reg_idx", "ice_q_vector.wb_on_itr"] writes["GLINT_DYN_CTL"];
}

impl Run for IceEnableInterrupt {
    fn run<S: Sink>(&mut self, _: EnableLine, act: &mut Act<'_, S>) -> Flow<EnableLine> {
        act.did(self.vector.0, PacketId::NONE);
        let arrives_ns = act.m.settings.costs.ns(Cost::Message);
        act.start(ArmVector { vector: self.vector }, arrives_ns);
        Flow::Return(0)
    }
}
