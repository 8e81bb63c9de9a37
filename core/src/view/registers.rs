//! The card's registers, as far as the model holds them: those of the shown queue, of its vector,
//! and of the card. Offsets are from the start of BAR 0.
//!
//! Facts from `ice_hw_autogen.h`, `ice_common.c` (the queue context), `e1000_regs.h`,
//! `e1000_defines.h` and `e1000_82575.h`. Queues and vectors of the model are numbered from 0, as
//! those of the first function are. Bits that the model does not hold are left out.

use super::{Place, shown};
use crate::engine::line_info;
use crate::fact::RoutineId;
use crate::machine::{Driver, Machine, RxQueue, Vector};

/// A register's bits with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterField {
    /// The name of its constant, without the register's.
    pub name: &'static str,
    /// Its lowest bit.
    pub low: u8,
    /// Its bits.
    pub size: u8,
    /// Before the step.
    pub old: u64,
    /// Now.
    pub new: u64,
}

/// A register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterView {
    /// Its name.
    pub name: &'static str,
    /// Which of its kind, if there are several.
    pub index: Option<u32>,
    /// Where it lies in BAR 0.
    pub offset: u32,
    /// Where the kernel names it: file and line.
    pub source: (&'static str, u32),
    /// Its value before the step; none if it had not been written.
    pub old: Option<u32>,
    /// Its value now; none also where the register is wider than 32 bits.
    pub new: Option<u32>,
    /// What a write that is on its way will leave there.
    pub posted: Option<u32>,
    /// The step writes it.
    pub written: bool,
    /// The step reads it.
    pub read: bool,
    /// Its parts.
    pub fields: Vec<RegisterField>,
}

/// What there is one of for each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Queue,
    Vector,
    Card,
}

/// A register's facts, and how its value is read.
struct Register {
    name: &'static str,
    of: Of,
    source: (&'static str, u32),
    offset: fn(u32) -> u32,
    /// As lines name it and its parts, those of the hardware by `ice`'s names.
    in_lines: &'static [&'static str],
    /// By queue or vector.
    value: fn(&Machine, usize) -> Option<u128>,
    fields: &'static [(&'static str, u8, u8)],
}

const AUTOGEN: &str = "drivers/net/ethernet/intel/ice/ice_hw_autogen.h";
const E1000: &str = "drivers/net/ethernet/intel/igb/e1000_regs.h";

fn queue(machine: &Machine, number: usize) -> Option<&RxQueue> {
    machine.nic.queues.get(number)
}

fn vector(machine: &Machine, number: usize) -> Option<&Vector> {
    machine.nic.vectors.get(number)
}

/// One bit for each vector.
fn by_vector(machine: &Machine, is_set: fn(&Vector) -> bool) -> Option<u128> {
    let bits = machine.nic.vectors.iter().enumerate().map(|(n, one)| u128::from(is_set(one)) << n);
    Some(bits.sum())
}

/// Units of 128 bytes in which the queue context has the ring's address (`ICE_RLAN_BASE_S`).
const BASE_SHIFT: u32 = 7;

const ICE: &[Register] = &[
    Register {
        name: "QRX_CTRL",
        of: Of::Queue,
        source: (AUTOGEN, 269),
        offset: |n| 0x0012_0000 + n * 4,
        in_lines: &["QRX_CTRL"],
        value: |m, n| Some(if queue(m, n)?.enabled { 0b101 } else { 0 }),
        fields: &[("QENA_REQ", 0, 1), ("QENA_STAT", 2, 1)],
    },
    Register {
        name: "QRX_CONTEXT",
        of: Of::Queue,
        source: (AUTOGEN, 268),
        offset: |n| 0x0028_0000 + n * 4,
        in_lines: &["RLAN.head", "RLAN.base"],
        value: |m, n| {
            let queue = queue(m, n)?;
            let base = queue.base.0 >> BASE_SHIFT;
            // Written together with the address.
            let qlen = if base == 0 { 0 } else { queue.count };
            Some(u128::from(queue.head) | u128::from(base) << 32 | u128::from(qlen) << 89)
        },
        fields: &[("head", 0, 13), ("base", 32, 57), ("qlen", 89, 13)],
    },
    Register {
        name: "QRX_TAIL",
        of: Of::Queue,
        source: (AUTOGEN, 276),
        offset: |n| 0x0029_0000 + n * 4,
        in_lines: &["QRX_TAIL"],
        value: |m, n| Some(queue(m, n)?.tail.into()),
        fields: &[("TAIL", 0, 13)],
    },
    Register {
        name: "QINT_RQCTL",
        of: Of::Queue,
        source: (AUTOGEN, 241),
        offset: |n| 0x0015_0000 + n * 4,
        in_lines: &["QINT_RQCTL"],
        value: |m, n| Some(queue(m, n)?.vector.0.into()),
        fields: &[("MSIX_INDX", 0, 11)],
    },
    Register {
        name: "GLINT_DYN_CTL",
        of: Of::Vector,
        source: (AUTOGEN, 184),
        offset: |n| 0x0016_0000 + n * 4,
        in_lines: &["GLINT_DYN_CTL", "GLINT_DYN_CTL.INTENA", "GLINT_DYN_CTL.SWINT_TRIG"],
        value: |m, n| {
            let vector = vector(m, n)?;
            Some(u128::from(vector.armed) | u128::from(vector.software_due.is_some()) << 2)
        },
        fields: &[("INTENA", 0, 1), ("SWINT_TRIG", 2, 1)],
    },
    Register {
        name: "GLINT_ITR",
        of: Of::Vector,
        source: (AUTOGEN, 197),
        // ITR index 0 is that of receive.
        offset: |n| 0x0015_4000 + n * 4,
        in_lines: &["GLINT_ITR"],
        value: |m, n| Some(u128::from(vector(m, n)?.itr_ns / 2_000)),
        fields: &[],
    },
    Register {
        name: "GLINT_RATE",
        of: Of::Vector,
        source: (AUTOGEN, 198),
        offset: |n| 0x0015_a000 + n * 4,
        in_lines: &[],
        value: |m, n| {
            let interval = vector(m, n)?.intrl_ns / 4_000;
            Some(u128::from(if interval == 0 { 0 } else { interval | 1 << 6 }))
        },
        fields: &[("intrl", 0, 6), ("INTRL_ENA", 6, 1)],
    },
];

/// Where a queue's registers begin: `_n < 4 ? 0x2800 + _n * 0x100 : 0xc000 + _n * 0x40`.
const fn igb_queue(n: u32) -> u32 {
    if n < 4 { 0x2800 + n * 0x100 } else { 0xc000 + n * 0x40 }
}

const IGB: &[Register] = &[
    Register {
        name: "RDBAL",
        of: Of::Queue,
        source: (E1000, 142),
        offset: igb_queue,
        in_lines: &["RDBAL", "RLAN.base"],
        value: |m, n| Some(u128::from(queue(m, n)?.base.0 & 0xffff_ffff)),
        fields: &[],
    },
    Register {
        name: "RDBAH",
        of: Of::Queue,
        source: (E1000, 144),
        offset: |n| igb_queue(n) + 0x04,
        in_lines: &["RDBAH", "RLAN.base"],
        value: |m, n| Some(u128::from(queue(m, n)?.base.0 >> 32)),
        fields: &[],
    },
    Register {
        name: "RDLEN",
        of: Of::Queue,
        source: (E1000, 146),
        offset: |n| igb_queue(n) + 0x08,
        in_lines: &["RDLEN"],
        value: |m, n| {
            let queue = queue(m, n)?;
            let bytes = u32::from(queue.count) * u32::from(m.settings.descriptor_bytes());
            Some(u128::from(if queue.base.0 == 0 { 0 } else { bytes }))
        },
        fields: &[],
    },
    Register {
        name: "RDH",
        of: Of::Queue,
        source: (E1000, 150),
        offset: |n| igb_queue(n) + 0x10,
        in_lines: &["RDH", "RLAN.head"],
        value: |m, n| Some(queue(m, n)?.head.into()),
        fields: &[],
    },
    Register {
        name: "RDT",
        of: Of::Queue,
        source: (E1000, 152),
        offset: |n| igb_queue(n) + 0x18,
        in_lines: &["RDT", "QRX_TAIL"],
        value: |m, n| Some(queue(m, n)?.tail.into()),
        fields: &[],
    },
    Register {
        name: "RXDCTL",
        of: Of::Queue,
        source: (E1000, 154),
        offset: |n| igb_queue(n) + 0x28,
        in_lines: &["RXDCTL"],
        value: |m, n| Some(u128::from(queue(m, n)?.enabled) << 25),
        fields: &[("QUEUE_ENABLE", 25, 1)],
    },
    Register {
        name: "EITR",
        of: Of::Vector,
        source: (E1000, 31),
        offset: |n| 0x1680 + n * 4,
        in_lines: &["EITR", "GLINT_ITR"],
        // The handler of the first interrupt writes it; before, the model does not know it.
        value: |m, n| {
            let vector = vector(m, n).filter(|vector| !vector.set_itr)?;
            Some(u128::from((vector.itr_ns / 250) & 0x7ffc | 1 << 31))
        },
        fields: &[("CNT_IGNR", 31, 1)],
    },
    Register {
        name: "EIMS",
        of: Of::Card,
        source: (E1000, 33),
        offset: |_| 0x1524,
        in_lines: &["EIMS", "GLINT_DYN_CTL.INTENA"],
        value: |m, _| by_vector(m, |vector| vector.armed),
        fields: &[],
    },
    Register {
        name: "EICR",
        of: Of::Card,
        source: (E1000, 30),
        offset: |_| 0x1580,
        in_lines: &[],
        value: |m, _| by_vector(m, |vector| vector.cause),
        fields: &[],
    },
];

const fn registers_of(driver: Driver) -> &'static [Register] {
    match driver {
        Driver::Ice => ICE,
        Driver::Igb => IGB,
    }
}

/// The registers of a driver's card by name, each with its parts' names.
pub fn register_names(
    driver: Driver,
) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let registers = registers_of(driver).iter();
    registers.map(|register| (register.name, register.fields.iter().map(|field| field.0)))
}

/// The registers of the shown queue and its vector, and those of the card, that are there.
#[must_use]
pub fn registers(place: &Place<'_>) -> Vec<RegisterView> {
    let machine = place.machine;
    let queue = shown::queue(machine, place.before, place.traffic, place.fact.as_ref());
    let Some(served) = machine.nic.queues.get(queue.index()) else { return Vec::new() };
    let known = registers_of(machine.settings.driver).iter().map(|register| {
        let number = match register.of {
            Of::Queue => queue.index(),
            Of::Vector => served.vector.index(),
            Of::Card => 0,
        };
        view(place, register, number)
    });
    known.collect()
}

fn view(place: &Place<'_>, register: &Register, number: usize) -> RegisterView {
    let old = (register.value)(place.before, number);
    let new = (register.value)(place.machine, number);
    let index = u32::try_from(number).unwrap_or_default();
    let line = place.fact.map(|fact| line_info(fact.line));
    let named = |name| register.in_lines.contains(&name);
    let part = |value: Option<u128>, low: u8, size: u8| {
        // At most 57 bits.
        (value.unwrap_or_default() >> low & ((1 << size) - 1)) as u64
    };
    let fields = register.fields.iter().map(|&(name, low, size)| RegisterField {
        name,
        low,
        size,
        old: part(old, low, size),
        new: part(new, low, size),
    });
    // The queue's context is wider.
    let is_wide = register.fields.iter().any(|(_, low, size)| low + size > 32);
    let narrow = |value: Option<u128>| value.filter(|_| !is_wide).map(|value| value as u32);
    RegisterView {
        name: register.name,
        index: (register.of != Of::Card).then_some(index),
        offset: (register.offset)(index),
        source: register.source,
        old: narrow(old),
        new: narrow(new),
        posted: posted(place.machine, register.name, index),
        // What was not there before was not written, but came to be.
        written: old.is_some() && old != new || line.is_some_and(|line| line.writes().any(named)),
        read: line.is_some_and(|line| line.reads().any(named)),
        fields: fields.collect(),
    }
}

/// The value of the last write to a register that has not yet arrived.
fn posted(machine: &Machine, name: &str, index: u32) -> Option<u32> {
    let wanted = match name {
        "QRX_TAIL" | "RDT" => RoutineId::TailWrite,
        "GLINT_DYN_CTL" => RoutineId::ArmVector,
        _ => return None,
    };
    let frames = machine.events.iter().map(|event| &event.frame);
    let of_it = frames.filter(|frame| frame.line.routine == wanted && frame.locals[0] == index);
    of_it.last().map(|frame| match (wanted, frame.locals[1]) {
        (RoutineId::TailWrite, tail) => tail,
        // ice_buildreg_itr(): INTENA, CLEARPBA, ITR_INDX 3; with SWINT_TRIG: ITR index 2, 50 us,
        // and the same index for software.
        (_, 0) => 0x1b,
        _ => 1 | 1 << 1 | 1 << 2 | 2 << 3 | 25 << 5 | 1 << 24 | 2 << 25,
    })
}

#[cfg(test)]
mod tests {
    use super::{RegisterView, registers};
    use crate::machine::Driver;
    use crate::scenario::{Scenario, named};
    use crate::session::{Command, Session};

    fn session(driver: Driver) -> Session {
        let (_, generator) = named("generator").expect("a ready scenario");
        Session::new(Scenario::of(driver, generator.traffic()))
    }

    fn of(session: &Session, name: &str) -> Option<RegisterView> {
        registers(&session.place_now()).into_iter().find(|one| one.name == name)
    }

    /// Steps until a register changes; gives it.
    fn changed(session: &mut Session, name: &str) -> RegisterView {
        for _ in 0..30_000 {
            session.run(Command::By(1));
            let differs = |one: &RegisterView| {
                one.old != one.new || one.fields.iter().any(|field| field.old != field.new)
            };
            if let Some(found) = of(session, name).filter(|one| one.written && differs(one)) {
                return found;
            }
        }
        panic!("no step changes {name}");
    }

    #[test]
    fn before_the_driver_has_built_a_queue_there_are_none() {
        assert_eq!(registers(&session(Driver::Ice).place_now()), Vec::new());
    }

    #[test]
    fn a_step_that_writes_a_register_shows_old_and_new() {
        for (driver, tail) in [(Driver::Ice, "QRX_TAIL"), (Driver::Igb, "RDT")] {
            let mut session = session(driver);
            let (seen, machine) = (changed(&mut session, tail), session.machine());
            assert_eq!(seen.new, Some(machine.nic.queues[0].tail.into()));
            // Where the driver itself has mapped it.
            assert_eq!(machine.rings[0].tail, machine.nic.hw_addr.offset(seen.offset.into()));
            assert!(seen.written && seen.old == Some(0), "{seen:?}");
            session.run(Command::By(1));
            let after = of(&session, tail).expect("it stays");
            assert_eq!((after.old, after.new), (seen.new, seen.new));
        }
    }

    #[test]
    fn the_queue_context_holds_the_rings_address_in_units_of_128_bytes() {
        let mut session = session(Driver::Ice);
        let context = changed(&mut session, "QRX_CONTEXT");
        let ring = &session.machine().rings[0];
        let [head, base, qlen] = context.fields[..] else { panic!("{context:?}") };
        assert_eq!((base.new << 7, qlen.new, head.new), (ring.dma.0, u64::from(ring.count), 0));
        assert_eq!((base.old, context.new), (0, None));
        assert_eq!(changed(&mut session, "QRX_CONTEXT").fields[0].new, 1, "one frame later");
    }

    #[test]
    fn a_vector_is_armed_by_a_write_that_was_on_its_way() {
        let mut session = session(Driver::Ice);
        let mut posted = None;
        let armed = loop {
            session.run(Command::By(1));
            let Some(now) = of(&session, "GLINT_DYN_CTL") else { continue };
            if now.new == Some(1) {
                break now;
            }
            posted = now.posted.or(posted);
        };
        assert_eq!((posted, armed.posted), (Some(0x1b), None));
        assert_eq!((armed.offset, armed.index), (0x0016_0004, Some(1)), "vector 1 is queue 0's");
        let mut session = self::session(Driver::Igb);
        assert_eq!(changed(&mut session, "EIMS").new, Some(0b10));
        let eitr = changed(&mut session, "EITR");
        // 648 quarters of a microsecond (IGB_START_ITR), and CNT_IGNR.
        assert_eq!((eitr.old, eitr.new), (None, Some(0x8000_0288)));
    }

    #[test]
    fn the_parts_of_a_register_do_not_overlap() {
        for driver in [Driver::Ice, Driver::Igb] {
            for register in super::registers_of(driver) {
                let mut ends = 0;
                for (name, low, size) in register.fields {
                    assert!(*low >= ends, "{}.{name}", register.name);
                    ends = low + size;
                }
            }
        }
    }
}
