//! The static description of a routine, and the macro that writes one down.

use super::{Cost, Object, RoutineId, Subject, Verb};
use crate::units::LocalKind;
use std::ops::Deref;

/// Whether a function tracer sees this routine on the recorded kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traced {
    /// It has a symbol of its own: a tracer can see it.
    Visible,
    /// The compiler merged it into its caller, or it is `noinstr`.
    Inlined,
    /// Not kernel code: hardware, or the application in user mode.
    Outside,
}

/// Who does what to what at a line, and what kind of work it is.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// Who does it.
    pub subject: Subject,
    /// What is done.
    pub verb: Verb,
    /// To what kind of thing.
    pub object: Object,
    /// What kind of work it is.
    pub cost: Cost,
}

/// One routine: a kernel function, an activity of the hardware, or the application.
#[derive(Clone, Copy, Debug)]
pub struct RoutineInfo {
    /// Its name, as the kernel spells it.
    pub name: &'static str,
    /// Its source file in Linux 6.12.107; empty for hardware and the application.
    pub file: &'static str,
    /// Where the function starts in that file.
    pub source_line: u32,
    /// Whether a tracer sees it.
    pub traced: Traced,
    /// What its local variables are, in the order in which its call frame keeps them.
    pub locals: &'static [LocalKind],
    /// What its shown lines do.
    pub deeds: &'static [Deed],
    /// The rest about them, a row each: one text takes far less of the page than many do.
    pub(crate) rows: &'static str,
}

impl RoutineInfo {
    /// Its shown lines.
    pub fn lines(&'static self) -> impl Iterator<Item = LineInfo> {
        (0..).zip(self.deeds).map(move |(number, &deed)| LineInfo { deed, routine: self, number })
    }

    /// The line of that number.
    #[must_use]
    pub fn line(&'static self, number: u8) -> LineInfo {
        LineInfo { deed: self.deeds[usize::from(number)], routine: self, number }
    }
}

/// One shown line. What it does is at hand; the rest is read from the routine's rows.
#[derive(Clone, Copy, Debug)]
pub struct LineInfo {
    deed: Deed,
    routine: &'static RoutineInfo,
    number: u8,
}

impl Deref for LineInfo {
    type Target = Deed;

    fn deref(&self) -> &Deed {
        &self.deed
    }
}

impl LineInfo {
    /// A column of its row, as [`routine!`] writes them.
    #[inline(never)]
    fn column(&self, column: usize) -> &'static str {
        let row = self.routine.rows.split('\n').nth(self.number.into());
        row.and_then(|row| row.split('\t').nth(column)).unwrap_or_default()
    }

    /// A column that lists names.
    #[inline(never)]
    fn names(&self, column: usize) -> std::vec::IntoIter<&'static str> {
        self.column(column).split_terminator(' ').collect::<Vec<_>>().into_iter()
    }

    /// Its name within the routine.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.column(0)
    }

    /// The line of the source file that it models; 0 for hardware.
    #[must_use]
    pub fn source_line(&self) -> u32 {
        self.column(1).parse().unwrap_or_default()
    }

    /// The file of that line: the routine's, or that of a helper which the line stands for.
    #[must_use]
    pub fn source_file(&self) -> &'static str {
        Some(self.column(2)).filter(|file| !file.is_empty()).unwrap_or(self.routine.file)
    }

    /// What it does, as pseudo-code in our own words.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.column(3)
    }

    /// Struct members and registers that it reads.
    pub fn reads(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.names(4)
    }

    /// Struct members and registers that it writes.
    pub fn writes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.names(5)
    }

    /// The tracepoint that fires here.
    #[must_use]
    pub fn tracepoint(&self) -> Option<&'static str> {
        Some(self.column(6)).filter(|name| !name.is_empty())
    }
}

/// A routine that has a description: implemented by [`routine!`].
pub trait Described: Copy {
    /// Its number.
    const ID: RoutineId;
    /// Its description.
    const INFO: RoutineInfo;
    /// Its lines.
    type Line: Copy + Into<u8>;
    /// Its first line.
    const FIRST: Self::Line;
    /// The line of that number.
    fn line(number: u8) -> Self::Line;
    /// The local variables, for the call frame.
    fn pack(self) -> [u32; 4];
    /// The local variables, from the call frame.
    fn unpack(locals: [u32; 4]) -> Self;
}

/// Describes a routine: its local variables (at most four), its source, its lines.
///
/// Each line reads: name, source line, `in` its file if that is not the routine's, pseudo-code,
/// subject, verb, object, cost; then what it reads and writes, and the tracepoint that fires at it.
macro_rules! routine {
    (
        $(#[$doc:meta])*
        $name:ident { $($local:ident: $ty:ty),* $(,)? } lines $lines:ident;
        $traced:ident $kernel:literal $file:literal : $at:literal;
        $(
            $line:ident $src:literal $(in $helper:literal)? $code:literal
            $subject:ident $verb:ident $object:ident $cost:ident $(reads[$($read:literal),*])?
            $(writes[$($write:literal),*])? $(trace $tracepoint:literal)?;
        )+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name { $(pub(crate) $local: $ty),* }

        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $lines { $($line),+ }

        impl From<$lines> for u8 {
            #[inline(always)]
            fn from(line: $lines) -> u8 {
                line as u8
            }
        }

        impl $crate::fact::Described for $name {
            const ID: $crate::fact::RoutineId = $crate::fact::RoutineId::$name;
            const INFO: $crate::fact::RoutineInfo = $crate::fact::RoutineInfo {
                name: $kernel,
                file: $file,
                source_line: $at,
                traced: $crate::fact::Traced::$traced,
                locals: &[$(<$ty as $crate::units::Local>::KIND),*],
                deeds: &[$($crate::fact::Deed {
                    subject: $crate::fact::Subject::$subject,
                    verb: $crate::fact::Verb::$verb,
                    object: $crate::fact::Object::$object,
                    cost: $crate::fact::Cost::$cost,
                }),+],
                rows: concat!($(
                    stringify!($line), "\t", $src, "\t", $($helper,)? "\t", $code, "\t",
                    $($($read, " ",)*)? "\t", $($($write, " ",)*)? "\t", $($tracepoint,)? "\n",
                )+),
            };
            type Line = $lines;
            const FIRST: $lines = $crate::fact::routine!(@first $lines $($line)+);

            #[inline(always)]
            fn line(number: u8) -> $lines {
                $(if number == $lines::$line as u8 { return $lines::$line; })+
                unreachable!("a frame holds a line of its own routine")
            }

            #[inline(always)]
            #[allow(unused_assignments, unused_mut, reason = "a routine may have no locals")]
            fn pack(self) -> [u32; 4] {
                let mut bits = [0; 4];
                let mut place = 0;
                $(bits[place] = $crate::units::Local::bits(self.$local); place += 1;)*
                let _ = place;
                bits
            }

            #[inline(always)]
            #[allow(unused_assignments, unused_mut, unused_variables, reason = "as above")]
            fn unpack(locals: [u32; 4]) -> Self {
                let mut place = 0;
                $(let $local = $crate::units::Local::from_bits(locals[place]); place += 1;)*
                let _ = place;
                Self { $($local),* }
            }
        }
    };
    (@first $lines:ident $first:ident $($rest:ident)*) => { $lines::$first };
}
pub(crate) use routine;
