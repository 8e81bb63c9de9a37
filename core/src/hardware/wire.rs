//! The wire: delivers the workload's frames to the card, each at its moment, and takes those that a
//! capture says the host sent.
//!
//! Left out: the sender, and pause frames; the wire never waits for the card.

use super::mac::MacReceive;
use crate::fact::{Sink, routine};
use crate::machine::{Act, Flow, Run, Socket, TcpState, before};
use crate::units::{PacketId, SocketId};

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

routine! {
    /// A frame that the host sent passes, as recorded: transmit is not modelled yet, but what the
    /// peer may acknowledge moves on.
    WireSent { number: u32 } lines WireSentLine;
    Outside "wire, sent frames" "" : 0;
    Pass 0 "recorded frame of this host passes: snd_nxt = its end" Wire Takes Socket Free
        writes["tcp_sock.snd_nxt"];
}

impl Run for WireSent {
    fn run<S: Sink>(&mut self, _: WireSentLine, act: &mut Act<'_, S>) -> Flow<WireSentLine> {
        let sent = act.traffic.sent[self.number as usize];
        let of_flow = |socket: &Socket| socket.flow == sent.flow;
        let socket = act.m.sockets.iter().position(of_flow);
        let socket = socket.map_or(SocketId::NONE, |at| {
            let tcp = &mut act.m.sockets[at].tcp;
            if before(tcp.snd_nxt, sent.end_seq) {
                tcp.snd_nxt = sent.end_seq;
            }
            if sent.fin && tcp.state == TcpState::CloseWait {
                tcp.state = TcpState::LastAck;
            }
            SocketId(u32::try_from(at).expect("a socket number"))
        });
        act.did(socket.0, PacketId::NONE);
        let next = self.number + 1;
        if let Some(later) = act.traffic.sent.get(next as usize) {
            act.start(WireSent { number: next }, later.at_ns - sent.at_ns);
        }
        Flow::Return(0)
    }
}
