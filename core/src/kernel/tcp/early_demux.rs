//! Early demux: an established connection's socket knows the route already.

use crate::fact::{Sink, routine};
use crate::machine::{Act, CallFrame, Flow, Run, Socket, TCP_SYN, TcpState};
use crate::units::{SkbId, SocketId};

routine! {
    /// Looks for the connection while IP still looks for the route: it holds one.
    TcpV4EarlyDemux { skb: SkbId } lines DemuxLine;
    Visible "tcp_v4_early_demux" "net/ipv4/tcp_ipv4.c" : 1967;
    Header 1983 "if th->doff < 5: return" Kernel Tests Skb Miss
        reads["tcphdr.doff", "sk_buff.network_header", "sk_buff.transport_header"];
    Lookup 1986 "sk = __inet_lookup_established(saddr, sport, daddr, dport)" Kernel Calls Skb Cpu
        reads["tcphdr.source", "tcphdr.dest"];
    Take 2000 "skb->sk = sk; skb_dst_set_noref(skb, sk->sk_rx_dst)" Kernel Links Socket Cpu
        reads["sock.sk_rx_dst"] writes["sk_buff.sk", "sk_buff._skb_refdst"];
}

impl Run for TcpV4EarlyDemux {
    fn run<S: Sink>(&mut self, line: DemuxLine, act: &mut Act<'_, S>) -> Flow<DemuxLine> {
        let skb = self.skb;
        let packet = act.m.packet_of(skb);
        match line {
            DemuxLine::Header => {
                act.did_skb(skb);
                let whole = act.traffic.frames[packet.index()].tcp.length != 0;
                if whole { Flow::Next(DemuxLine::Lookup) } else { Flow::Return(0) }
            }
            DemuxLine::Lookup => {
                act.did_skb(skb);
                Flow::Call(CallFrame::of(InetLookupEstablished { skb }), DemuxLine::Take)
            }
            DemuxLine::Take => {
                let socket = SocketId(act.result());
                act.m.skbs.objects[skb.index()].socket = socket;
                act.did(socket.0, packet);
                Flow::Return(u32::from(!socket.is_none()))
            }
        }
    }
}

routine! {
    /// Finds a connection by its two addresses and ports; returns it or none.
    InetLookupEstablished { skb: SkbId } lines EstablishedLine;
    Visible "__inet_lookup_established" "net/ipv4/inet_hashtables.c" : 491;
    Search 512 "chain of inet_ehashfn(): the socket with these addresses and ports"
        Kernel Looks Socket Lookup
        reads["inet_hashinfo.ehash", "sock.__sk_common.skc_hash", "sock.__sk_common.skc_daddr",
              "sock.__sk_common.skc_portpair", "sock.__sk_common.skc_refcnt"]
        writes["sock.__sk_common.skc_refcnt"];
}

impl Run for InetLookupEstablished {
    fn run<S: Sink>(&mut self, _: EstablishedLine, act: &mut Act<'_, S>) -> Flow<EstablishedLine> {
        let packet = act.m.packet_of(self.skb);
        let frame = &act.traffic.frames[packet.index()];
        let connected = |socket: &Socket| {
            // The SYN that the connection began with came before it: for the listening socket.
            let opens = frame.tcp.flags & TCP_SYN != 0
                && socket.tcp.rcv_nxt == frame.tcp.seq.wrapping_add(1);
            socket.flow == frame.flow && socket.tcp.state != TcpState::Close && !opens
        };
        let found = act.m.sockets.iter().position(connected);
        let found = found
            .map_or(SocketId::NONE, |at| SocketId(u32::try_from(at).expect("a socket number")));
        act.did(found.0, packet);
        Flow::Return(found.0)
    }
}
