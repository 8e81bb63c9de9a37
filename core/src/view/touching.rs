//! Which of the model's routines touch a member.

use crate::engine::naming;
use crate::fact::RoutineId;

/// The routines that touch a member, each once, in the order of [`crate::engine::ROUTINES`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touching {
    /// Those with a line that writes it.
    pub writes: Vec<RoutineId>,
    /// Those with a line that reads it.
    pub reads: Vec<RoutineId>,
}

/// The routines with a line that names this member, the whole that it is a part of, or a part of it.
#[must_use]
pub fn touching(struct_name: &str, path: &str) -> Touching {
    let mut touching = Touching::default();
    for named in naming(struct_name).iter().filter(|named| named.concerns(path)) {
        let routines = if named.writes { &mut touching.writes } else { &mut touching.reads };
        // A routine's lines follow each other.
        if routines.last() != Some(&named.line.routine) {
            routines.push(named.line.routine);
        }
    }
    touching
}

#[cfg(test)]
mod tests {
    use super::touching;
    use crate::engine::{ROUTINES, info};
    use crate::fact::RoutineId;

    fn names(routines: &[RoutineId]) -> Vec<&'static str> {
        routines.iter().map(|&routine| info(routine).name).collect()
    }

    /// As the tables of `ice_process_skb_fields`, `igb_process_skb_fields` and the one reader say.
    #[test]
    fn a_member_is_touched_by_the_routines_whose_lines_name_it() {
        let hash = touching("sk_buff", "hash");
        assert_eq!(names(&hash.writes), ["ice_process_skb_fields", "igb_process_skb_fields"]);
        assert_eq!(names(&hash.reads), ["dev_gro_receive"]);
        let squeeze = touching("softnet_data", "time_squeeze");
        assert_eq!((names(&squeeze.writes), squeeze.reads), (vec!["net_rx_action"], vec![]));
        assert_eq!(touching("sk_buff", "has"), super::Touching::default(), "no member");
        assert_eq!(touching("sk_buf", "hash"), super::Touching::default(), "no struct");
    }

    #[test]
    fn the_whole_and_its_parts_touch_each_other_and_parts_do_not() {
        let [len, memory, all] = ["sk_backlog.len", "sk_backlog.rmem_alloc", "sk_backlog"]
            .map(|path| touching("sock", path));
        assert!(len.writes.iter().chain(&memory.writes).all(|one| all.writes.contains(one)));
        assert!(len != memory && len != all && memory != all);
        let queue = touching("sock", "sk_receive_queue");
        assert!(!queue.writes.is_empty());
        assert_eq!(touching("sock", "sk_receive_queue.next"), queue);
    }

    #[test]
    fn each_routine_stands_once_and_in_order() {
        let len = touching("sk_buff", "len");
        for routines in [&len.writes, &len.reads] {
            let places = routines.iter().map(|one| ROUTINES.iter().position(|at| at == one));
            assert!(
                routines.len() > 5 && places.clone().is_sorted_by(|a, b| a < b),
                "{routines:?}"
            );
        }
    }
}
