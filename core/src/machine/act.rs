//! What a routine may do in one line.

use super::{CallFrame, Cpu, Machine, Traffic};
use crate::fact::{Described, Fact, LineId, Sink};
use crate::units::{CpuId, PacketId, SkbId};

/// How a routine goes on after a line.
pub(crate) enum Flow<L> {
    /// With this line.
    Next(L),
    /// With a call, and this line after it.
    Call(CallFrame, L),
    /// With a call that is the last thing it does.
    CallLast(CallFrame),
    /// Not at all: it returns this value to its caller.
    Return(u32),
    /// The CPU stops until an interrupt; then this line.
    Halt(L),
}

/// A routine that runs: one call of [`Run::run`] is one step of the machine.
pub(crate) trait Run: Described {
    /// Runs `line`: does exactly one thing, states it by [`Act::did`], says how to go on.
    fn run<S: Sink>(&mut self, line: Self::Line, act: &mut Act<'_, S>) -> Flow<Self::Line>;
}

/// The one thing that a step does.
pub(crate) struct Act<'a, S> {
    /// The host.
    pub(crate) m: &'a mut Machine,
    /// What the wire delivers.
    pub(crate) traffic: &'a Traffic,
    /// When it happens.
    pub(crate) at: u64,
    /// The CPU that acts; for hardware the CPU it talks to.
    pub(crate) cpu: CpuId,
    /// Time that the line takes beyond its kind's.
    pub(crate) extra_ns: u64,
    /// That time is a stretch of work that an interrupt may cut short.
    pub(crate) works: bool,
    line: LineId,
    sink: &'a mut S,
}

impl<'a, S: Sink> Act<'a, S> {
    /// A step of `line` at `at`.
    #[inline(always)]
    pub(crate) fn new(
        m: &'a mut Machine,
        traffic: &'a Traffic,
        sink: &'a mut S,
        at: u64,
        cpu: CpuId,
        line: LineId,
    ) -> Self {
        Self { m, traffic, at, cpu, extra_ns: 0, works: false, line, sink }
    }

    /// States what was done: to which object of the line's kind, for which packet.
    #[inline(always)]
    pub(crate) fn did(&mut self, object: u32, packet: PacketId) {
        #[expect(clippy::cast_possible_truncation, reason = "objects are indices below 2^16")]
        let object = object as u16;
        self.sink.fact(Fact { at: self.at, packet, line: self.line, object });
    }

    /// States what was done to an `sk_buff`.
    #[inline(always)]
    pub(crate) fn did_skb(&mut self, skb: SkbId) {
        let packet = self.m.skbs.objects[skb.index()].packet;
        self.did(skb.0, packet);
    }

    /// Lets the line take longer.
    #[inline(always)]
    pub(crate) fn spend(&mut self, ns: u64) {
        self.extra_ns += ns;
    }

    /// Lets the line take longer, by work that an interrupt may cut short: what the application
    /// does, or a copy to its memory.
    #[inline(always)]
    pub(crate) fn work(&mut self, ns: u64) {
        self.extra_ns += ns;
        self.works = true;
    }

    /// Interrupts are on again; work that the outermost one cut short goes on where it was.
    pub(crate) fn interrupt_returns(&mut self) {
        let cpu = self.cpu();
        cpu.interrupts_on = true;
        if cpu.irq_stack.len() == 1 {
            let owed_ns = std::mem::take(&mut cpu.owed_ns);
            self.work(owed_ns);
        }
    }

    /// The CPU that acts.
    #[inline(always)]
    pub(crate) fn cpu(&mut self) -> &mut Cpu {
        &mut self.m.cpus[self.cpu.index()]
    }

    /// Starts a hardware activity `delay_ns` from now.
    #[inline(always)]
    pub(crate) fn start<R: Described>(&mut self, routine: R, delay_ns: u64) {
        self.m.events.push(self.at + delay_ns, CallFrame::of(routine));
    }

    /// What the routine that returned last gave back.
    #[inline(always)]
    pub(crate) fn result(&self) -> u32 {
        self.m.cpus[self.cpu.index()].result
    }
}
