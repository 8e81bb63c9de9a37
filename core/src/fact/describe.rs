//! The static description of a routine, and the macro that writes one down.

use super::{Cost, Object, RoutineId, Subject, Verb};
use crate::units::LocalKind;

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

/// One shown line.
#[derive(Clone, Copy, Debug)]
pub struct LineInfo {
    /// Its name within the routine.
    pub name: &'static str,
    /// The file of that line: the routine's, or that of a helper which the line stands for.
    pub source_file: &'static str,
    /// The line of the source file that it models; 0 for hardware.
    pub source_line: u32,
    /// What it does, as pseudo-code in our own words.
    pub code: &'static str,
    /// Who does it.
    pub subject: Subject,
    /// What is done.
    pub verb: Verb,
    /// To what kind of thing.
    pub object: Object,
    /// What kind of work it is.
    pub cost: Cost,
    /// Struct members and registers that it reads.
    pub reads: &'static [&'static str],
    /// Struct members and registers that it writes.
    pub writes: &'static [&'static str],
    /// The tracepoint that fires here.
    pub tracepoint: Option<&'static str>,
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
    /// Its shown lines.
    pub lines: &'static [LineInfo],
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
                lines: &[$($crate::fact::LineInfo {
                    name: stringify!($line),
                    source_file: $crate::fact::routine!(@file $file $($helper)?),
                    source_line: $src,
                    code: $code,
                    subject: $crate::fact::Subject::$subject,
                    verb: $crate::fact::Verb::$verb,
                    object: $crate::fact::Object::$object,
                    cost: $crate::fact::Cost::$cost,
                    reads: &[$($($read),*)?],
                    writes: &[$($($write),*)?],
                    tracepoint: $crate::fact::routine!(@trace $($tracepoint)?),
                }),+],
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
    (@file $file:literal) => { $file };
    (@file $file:literal $helper:literal) => { $helper };
    (@trace) => { None };
    (@trace $tracepoint:literal) => { Some($tracepoint) };
    (@first $lines:ident $first:ident $($rest:ident)*) => { $lines::$first };
}
pub(crate) use routine;
