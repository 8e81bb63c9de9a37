//! The comparison workload: what other simulators were measured with, as a plain loop.
//!
//! One receive queue, a million packets: arrivals every 480 ns; a ring of 512, full means drop; the
//! first packet when NAPI is idle and no interrupt is armed: interrupt 50,000 ns later; the poll
//! starts 1,001 ns after it; 400 ns a packet, budget 64, 200 ns between polls; the application wakes
//! 2,002 ns after the first undelivered packet and drains.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const PACKETS: u64 = 1_000_000;

/// Events that every program counted for this workload.
pub const EVENTS: u64 = 2_187_031;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Arrival,
    Interrupt,
    Poll,
    PacketDone,
    Application,
}

#[derive(Default)]
struct Host {
    queue: BinaryHeap<Reverse<(u64, u64, Event)>>,
    sequence: u64,
    arrived: u64,
    ring: u64,
    in_poll: u64,
    undelivered: u64,
    armed: bool,
    polling: bool,
    waking: bool,
    read: u64,
}

impl Host {
    fn at(&mut self, time: u64, event: Event) {
        self.queue.push(Reverse((time, self.sequence, event)));
        self.sequence += 1;
    }

    fn handle(&mut self, now: u64, event: Event) {
        match event {
            Event::Arrival => {
                self.arrived += 1;
                if self.ring < 512 {
                    self.ring += 1;
                    if !self.polling && !self.armed {
                        self.armed = true;
                        self.at(now + 50_000, Event::Interrupt);
                    }
                }
                if self.arrived < PACKETS {
                    self.at(now + 480, Event::Arrival);
                }
            }
            Event::Interrupt => {
                self.armed = false;
                self.polling = true;
                self.at(now + 1_001, Event::Poll);
            }
            Event::Poll => {
                self.in_poll = 0;
                self.next_packet(now);
            }
            Event::PacketDone => {
                self.ring -= 1;
                self.in_poll += 1;
                self.undelivered += 1;
                if !self.waking {
                    self.waking = true;
                    self.at(now + 2_002, Event::Application);
                }
                self.next_packet(now);
            }
            Event::Application => {
                self.waking = false;
                self.read += std::mem::take(&mut self.undelivered);
            }
        }
    }

    fn next_packet(&mut self, now: u64) {
        if self.ring == 0 {
            self.polling = false;
        } else if self.in_poll == 64 {
            self.at(now + 200, Event::Poll);
        } else {
            self.at(now + 400, Event::PacketDone);
        }
    }
}

/// Runs the workload; how many events it took.
///
/// # Panics
/// If it did not run to its end.
#[must_use]
pub fn run() -> u64 {
    let mut host = Host::default();
    host.at(0, Event::Arrival);
    let mut events = 0;
    while let Some(Reverse((now, _, event))) = host.queue.pop() {
        host.handle(now, event);
        events += 1;
    }
    assert_eq!(host.arrived, PACKETS, "the workload was run");
    events
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_workload_has_as_many_events_as_the_other_programs_counted() {
        assert_eq!(super::run(), super::EVENTS);
    }
}
