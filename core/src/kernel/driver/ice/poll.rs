//! Intel `ice` (E810), one queue's vector: handler, poll, re-arm.
//!
//! WB_ON_ITR changes nothing in the model's card, which writes each descriptor back at once; what
//! remains of it is the software interrupt after it. Left out: transmit, adaptive moderation
//! (`ice_net_dim`).

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
    WriteBack 1580 "ice_set_wb_on_itr(q_vector)" Driver Calls Vector Cpu;
    Keep 1581 "return budget: poll me again" Driver Returns Budget Cpu;
    Complete 1587 "if napi_complete_done(napi, work_done)" Driver Calls Napi Cpu;
    Rearm 1589 "then ice_enable_interrupt(q_vector)" Driver Tests Vector Cpu;
    Refused 1591 "else ice_set_wb_on_itr(q_vector)" Driver Calls Vector Cpu;
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
                Flow::Next(if self.work >= weight { L::WriteBack } else { L::Complete })
            }
            L::WriteBack | L::Refused => {
                act.did(vector.0, PacketId::NONE);
                let then = if line == L::WriteBack { L::Keep } else { L::Return };
                Flow::Call(CallFrame::of(IceSetWbOnItr { vector }), then)
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
                    return Flow::Next(L::Refused);
                }
                Flow::Call(IceEnableInterrupt::frame(act, vector), L::Return)
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
    /// Stays in polling mode: the card shall write descriptors back though interrupts are off.
    IceSetWbOnItr { vector: VectorId } lines WbLine;
    Inlined "ice_set_wb_on_itr" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 1486;
    Test 1491 "if q_vector->wb_on_itr: return" Driver Tests Vector Cpu
        reads["ice_q_vector.wb_on_itr"];
    Write 1498 "wr32(GLINT_DYN_CTL, WB_ON_ITR | INTENA_MSK | ITR_NONE)"
        Driver Writes Register MmioWrite reads["ice_q_vector.reg_idx"] writes["GLINT_DYN_CTL"];
    Note 1503 "q_vector->wb_on_itr = true" Driver Writes Vector Cpu
        writes["ice_q_vector.wb_on_itr"];
}

impl Run for IceSetWbOnItr {
    fn run<S: Sink>(&mut self, line: WbLine, act: &mut Act<'_, S>) -> Flow<WbLine> {
        act.did(self.vector.0, PacketId::NONE);
        let vector = &mut act.m.nic.vectors[self.vector.index()];
        match line {
            WbLine::Test if vector.wb_on_itr => Flow::Return(0),
            WbLine::Test => Flow::Next(WbLine::Write),
            WbLine::Write => Flow::Next(WbLine::Note),
            WbLine::Note => {
                vector.wb_on_itr = true;
                Flow::Return(0)
            }
        }
    }
}

routine! {
    /// Re-arms the vector; after WB_ON_ITR with a software interrupt, for what slipped through.
    IceEnableInterrupt { vector: VectorId, software: u32 } lines EnableLine;
    Inlined "ice_enable_interrupt" "drivers/net/ethernet/intel/ice/ice_txrx.c" : 1439;
    Leave 1456 "if wb_on_itr: wb_on_itr = false; itr_val |= SWINT_TRIG, ITR 2 at 50 us"
        Driver Writes Vector Cpu reads["ice_q_vector.wb_on_itr"]
        writes["ice_q_vector.wb_on_itr"];
    Write 1469 "wr32(GLINT_DYN_CTL, INTENA | CLEARPBA | itr_val)" Driver Writes Register MmioWrite
        reads["ice_q_vector.reg_idx", "ice_q_vector.wb_on_itr"] writes["GLINT_DYN_CTL"];
}

impl IceEnableInterrupt {
    /// Called for this vector: the first line is only for one that leaves WB_ON_ITR.
    fn frame<S: Sink>(act: &Act<'_, S>, vector: VectorId) -> CallFrame {
        let leaves = act.m.nic.vectors[vector.index()].wb_on_itr;
        let first = if leaves { EnableLine::Leave } else { EnableLine::Write };
        CallFrame::at(Self { vector, software: 0 }, first)
    }
}

impl Run for IceEnableInterrupt {
    fn run<S: Sink>(&mut self, line: EnableLine, act: &mut Act<'_, S>) -> Flow<EnableLine> {
        act.did(self.vector.0, PacketId::NONE);
        match line {
            EnableLine::Leave => {
                act.m.nic.vectors[self.vector.index()].wb_on_itr = false;
                self.software = 1;
                Flow::Next(EnableLine::Write)
            }
            EnableLine::Write => {
                let arrives_ns = act.m.settings.costs.ns(Cost::Message);
                let arm = ArmVector { vector: self.vector, software: self.software };
                act.start(arm, arrives_ns);
                Flow::Return(0)
            }
        }
    }
}
