//! What the panes show of a run; made only while one of them is open.

use super::{Looked, Player, Searched};
use nicscope_core::diagram::{Target, meant_by};
use nicscope_core::units::PacketId;
use nicscope_core::view::{
    BytesView, Followed, ObjectId, RegisterView, Whereabouts, all_objects, bytes, has_bytes,
    neighbour, object, objects, registers, whereabouts,
};

impl Player {
    /// What the object pane shows now.
    #[must_use]
    pub fn looked(&self) -> Looked {
        let place = self.session.place_now();
        let packet = self.packet();
        let id = self.pinned.and_then(|pinned| pinned.object(&place));
        // Of a packet that nothing holds there is nothing to show, not even what the step was about.
        let object = if packet.is_some() && id.is_none() { None } else { object(&place, id) };
        let beside = |on| object.as_ref().and_then(|object| neighbour(&place, object.id, on));
        let neighbours = [beside(false), beside(true)];
        Looked { packet, neighbours, objects: objects(&place), object }
    }

    /// The packet that is followed, and where it is.
    fn packet(&self) -> Option<(PacketId, Whereabouts)> {
        match self.pinned? {
            Followed::Packet(packet) => {
                Some((packet, whereabouts(&self.session.place_now(), packet)))
            }
            Followed::Object(_) => None,
        }
    }

    /// The object that is pinned, or that holds the packet which is.
    pub(super) fn pinned_object(&self) -> Option<ObjectId> {
        self.pinned?.object(&self.session.place_now())
    }

    /// Whether this run can have it.
    #[must_use]
    pub fn can_have(&self, followed: Followed) -> bool {
        followed.is_possible(self.session.machine(), &self.session.scenario().traffic)
    }

    /// The card's registers now.
    #[must_use]
    pub fn registers(&self) -> Vec<RegisterView> {
        registers(&self.session.place_now())
    }

    /// What the pane of bytes shows now, with the objects that have some.
    #[must_use]
    pub fn bytes(&self) -> Option<(BytesView, Looked)> {
        let place = self.session.place_now();
        let shown = bytes(&place, self.pinned)?;
        let beside = |on| shown.id.and_then(|id| neighbour(&place, id, on));
        let objects = objects(&place).into_iter().filter(|id| has_bytes(id.kind)).collect();
        let neighbours = [beside(false), beside(true)];
        Some((shown, Looked { packet: self.packet(), object: None, objects, neighbours }))
    }

    /// What there is to search at this place.
    #[must_use]
    pub fn searched(&self) -> Searched {
        let place = self.session.place_now();
        let driver = place.machine.settings.driver;
        let packets = place.traffic.frames.len();
        Searched { driver, packets, objects: all_objects(&place), chosen: objects(&place) }
    }

    /// What the first of these means that means anything.
    #[must_use]
    pub fn meant_by(&self, targets: &[Target]) -> Option<Followed> {
        let (place, ring) = (self.session.place_now(), self.session.walk().ring);
        targets.iter().find_map(|&target| meant_by(&place, ring.as_ref(), target))
    }
}

#[cfg(test)]
mod tests {
    use super::{Followed, PacketId, Player, Target, Whereabouts};
    use crate::player::{Action, Refusal, Workload, ready};
    use nicscope_core::machine::Driver;
    use nicscope_core::scenario::Setup;

    fn player() -> Player {
        let mut setup = Setup::of(Driver::Ice);
        setup.choose("packets", "6").expect("a number");
        let source = ready("generator").expect("a ready scenario");
        Player::open(Workload { source, setup }).expect("a run")
    }

    /// What the step was about, each time that an action moves the place.
    fn packets(player: &mut Player, action: &Action) -> Vec<PacketId> {
        let mut packets = Vec::new();
        while player.act(action).is_ok() {
            packets.push(player.show().view.fact.expect("a step was made").packet);
        }
        packets
    }

    #[test]
    fn a_packet_that_is_clicked_stays_followed_wherever_it_is() {
        let mut player = player();
        let clicked = player.meant_by(&[Target::Packet(PacketId(3))]);
        assert_eq!(clicked, Some(Followed::Packet(PacketId(3))));
        player.act(&Action::Look(clicked)).expect("it can be looked at");
        assert_eq!(player.link().object.as_deref(), Some("packet3"));
        let looked = player.looked();
        assert_eq!(looked.packet, Some((PacketId(3), Whereabouts::Wire)));
        assert!(looked.object.is_none(), "nothing holds it");
        let on = packets(&mut player, &Action::ToObject(true));
        assert!(on.len() > 30 && on.iter().all(|&packet| packet == PacketId(3)), "{on:?}");
        assert_eq!(player.looked().packet, Some((PacketId(3), Whereabouts::Gone)));
        player.act(&Action::ToObject(false)).expect("it was somewhere");
        player.act(&Action::Look(None)).expect("it is let go");
        assert!(player.looked().packet.is_none() && player.link().object.is_none());
    }

    /// The arrows up and down go the same way as the buttons of what is pinned.
    #[test]
    fn the_arrows_follow_what_is_pinned() {
        let mut player = player();
        let slot = Followed::of_key(Driver::Ice, "desc0.3");
        for followed in [slot, Some(Followed::Packet(PacketId(2)))] {
            let steps = |player: &mut Player, action| {
                player.act(&Action::First).expect("there is a first frame");
                player.act(&Action::Look(followed)).expect("it can be looked at");
                let mut steps = Vec::new();
                while player.act(&action).is_ok() {
                    steps.push(player.show().view.step);
                }
                steps
            };
            let arrows = steps(&mut player, Action::Follow(true));
            assert!(arrows.len() > 4);
            assert_eq!(arrows, steps(&mut player, Action::ToObject(true)));
            assert_eq!(player.act(&Action::Follow(true)), Err(Refusal::Nothing { on: true }));
        }
    }

    #[test]
    fn what_the_run_can_never_have_is_known() {
        let player = player();
        let can_have = |key| player.can_have(Followed::of_key(Driver::Ice, key).expect("a key"));
        assert!(can_have("packet5") && can_have("desc0.3") && can_have("skb99"));
        assert!(!can_have("packet6") && !can_have("desc0.99999") && !can_have("buf9.0"));
    }
}
