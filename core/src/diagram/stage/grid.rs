//! The ring's slots one by one: owner by colour and letter, the driver's pointers above, the
//! card's below.

use crate::diagram::shape::{Area, Argument, Face, Label, Target};
use crate::diagram::sheet::{Sheet, Text};
use crate::view::{Owner, PointerKind, RingView, SlotView};

/// Between lines.
const GAP: i32 = 2;

impl Owner {
    /// All owners, as they follow each other around the ring from `next_to_clean`.
    pub const ALL: [Self; 4] = [Self::WrittenBack, Self::Nic, Self::Filled, Self::Driver];

    /// The letter that says it beside the colour.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Nic => "N",
            Self::WrittenBack => "W",
            Self::Filled => "F",
            Self::Driver => "D",
        }
    }

    /// The class that colours it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Nic => "own-nic",
            Self::WrittenBack => "own-back",
            Self::Filled => "own-filled",
            Self::Driver => "own-driver",
        }
    }
}

impl PointerKind {
    /// Its letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::NextToClean => "c",
            Self::NextToUse => "u",
            Self::Tail => "t",
            Self::Head => "h",
        }
    }

    /// Its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::NextToClean => "clean",
            Self::NextToUse => "use",
            Self::Tail => "tail",
            Self::Head => "head",
        }
    }

    /// Its name in the driver, or the card's register.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NextToClean => "next_to_clean",
            Self::NextToUse => "next_to_use",
            Self::Tail => "tail",
            Self::Head => "head",
        }
    }

    /// Whether it is in the card.
    #[must_use]
    pub const fn in_card(self) -> bool {
        matches!(self, Self::Tail | Self::Head)
    }
}

/// What an owner's letter means, and how many slots that owner has.
pub(super) fn owner_words(owner: Owner, slots: u16) -> Label {
    let key = match owner {
        Owner::Nic => "owner-nic",
        Owner::WrittenBack => "owner-back",
        Owner::Filled => "owner-filled",
        Owner::Driver => "owner-driver",
    };
    Label::with(key, [("slots", Argument::Number(slots.into()))])
}

/// Slots side by side; always four lines, so larger slots for a smaller ring.
pub(super) fn columns(slots: usize) -> i32 {
    i32::try_from(slots.div_ceil(4)).unwrap_or(16).max(1)
}

/// The slots of the ring's window.
pub(super) fn grid(sheet: &mut Sheet, area: Area, ring: &RingView) {
    let columns = columns(ring.window.len());
    let slots = i32::try_from(ring.window.len()).unwrap_or(64);
    let lines = ((slots + columns - 1) / columns).max(1);
    let height = (area.h - GAP * (lines - 1)) / lines;
    // The lane above and below each line, where the pointers stand.
    let lane = if height < 42 { 10 } else { 12 };
    for (place, slot) in (0..).zip(&ring.window) {
        let (column, line) = (place % columns, place / columns);
        // Each edge is rounded by itself, so that the last one ends where the area does.
        let (left, right) = (area.w * column / columns, area.w * (column + 1) / columns);
        let y = area.y + line * (height + GAP) + lane;
        let cell = Area::new(area.x + left + 1, y, right - left - 2, height - 2 * lane);
        draw_slot(sheet, cell, slot);
        draw_pointers(sheet, cell, ring, slot.index);
    }
}

fn draw_slot(sheet: &mut Sheet, cell: Area, slot: &SlotView) {
    let id = format!("slot-{}", slot.index);
    let mut classes = vec!["slot", slot.owner.class()];
    if slot.touched {
        classes.push("touched");
    }
    sheet.rect(&id, &classes, cell, 3);
    sheet.stands_for(Target::Slot(slot.index));
    let lettering = ["on-slot", slot.owner.class()];
    let letter = Label::ident(slot.owner.letter());
    let y = cell.centre() + 4;
    let owner = format!("{id}-owner");
    let Some(packet) = slot.packet.filter(|_| cell.w >= 64) else {
        let text = Text::middle(Face::Code, cell.middle(), y, cell.w, letter);
        return sheet.text(&owner, &lettering, text);
    };
    sheet.text(&owner, &lettering, Text::start(Face::Code, cell.x + 6, y, 10, letter));
    let number = Label::ident(format!("#{}", packet.0));
    let text = Text::end(Face::Code, cell.right() - 4, y, cell.w - 22, number);
    sheet.text(&format!("{id}-number"), &lettering, text);
}

fn draw_pointers(sheet: &mut Sheet, cell: Area, ring: &RingView, index: u16) {
    for in_card in [false, true] {
        let here: Vec<PointerKind> = ring
            .pointers
            .iter()
            .filter(|(kind, slot)| kind.in_card() == in_card && *slot == index)
            .map(|(kind, _)| *kind)
            .collect();
        let y = if in_card { cell.bottom() + 10 } else { cell.y - 3 };
        for (place, kind) in (0i32..).zip(&here) {
            let spread = i32::try_from(here.len()).unwrap_or(1) - 1;
            let x = cell.middle() + 10 * place - 5 * spread;
            let label = Label::ident(kind.letter());
            sheet.text(
                &format!("pointer-{}", kind.class()),
                &["pointer", kind.class()],
                Text::middle(Face::Code, x, y, 10, label),
            );
        }
    }
}
